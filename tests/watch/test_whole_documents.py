"""A document that is spread over pages and attachments is recorded whole; a source that begins to fail is told once."""

import io
from pathlib import Path

import docx
import pytest

from policydiff.errors import UsageError
from policydiff.store import Store
from policydiff.watch.examine import RunReport
from policydiff.watch.run import RunResult
from policydiff.watch.run_page import compose
from policydiff.watch.session import write_feed
from watch.portal import Portal, page, policy_lines
from watch.workplace import Workplace

TITLE = "某市人民政府关于促进健康服务业发展的意见"
POINTS = ["给予最高50万元补助。", "应当为高层次人才提供住房保障。", "支持社会办医疗机构。"]
MORE = ["由区卫生健康委牵头，按季度报送进展。", "本意见自印发之日起施行。"]


@pytest.fixture
def work(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path / "store")


def word(*lines: str) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def text_of(work: Workplace) -> str:
    with Store.open(work.folder) as store:
        return store.text("city/health", store.versions("city/health")[-1].version)


def source(portal: Portal, more: str = "") -> str:
    return f'[[sources]]\nname = "health"\nurl = "{portal.url("/a.html")}"\nid = "city/health"\n{more}\n'


def half(lines: list[str], link: str) -> bytes:
    return page(lines).replace("<p>浏览次数".encode(), f"{link}<p>浏览次数".encode())


@pytest.mark.parametrize(
    "link", ['<p><a href="a_2.html">下一页</a></p>', '<p><a href="/a_2.html">[下一页]</a></p>']
)
def test_the_next_page_is_followed_without_being_named(portal: Portal, work: Workplace, link: str) -> None:
    portal.pages["/a.html"] = half(policy_lines(TITLE, "某府发〔2024〕25号", POINTS)[:-2], link)
    portal.pages["/a_2.html"] = page([f"四、{MORE[0]}", f"五、{MORE[1]}", "某市人民政府", "2024年3月5日"])
    work.configure(source(portal))
    assert work.outcomes(work.run()) == {"health": "changed"}
    assert POINTS[0] in text_of(work)
    assert MORE[1] in text_of(work)
    portal.pages["/a_2.html"] = page(
        [f"四、{MORE[0].replace('季度', '月')}", f"五、{MORE[1]}", "某市人民政府", "2024年3月5日"]
    )
    assert work.outcomes(work.run(everything=True)) == {"health": "changed"}


def test_a_notice_is_recorded_with_its_attachment(portal: Portal, work: Workplace) -> None:
    notice = ["某市财政局关于印发专项资金管理办法的通知", "某财规〔2024〕3号", "各区财政局：", "现将《专项资金管理办法》印发给你们。", "某市财政局", "2024年1月15日"]  # fmt: skip
    link = '<p><a href="/files/1.docx">附件：专项资金管理办法.docx</a></p>'
    portal.pages["/a.html"] = half(notice, link)
    portal.pages["/files/1.docx"] = word(
        "专项资金管理办法", "第一条 单个项目不超过200万元。", "第二条 逾期不予受理。"
    )
    work.configure(source(portal, 'kind = "notice"'))
    assert work.outcomes(work.run()) == {"health": "changed"}
    assert "现将《专项资金管理办法》印发给你们。" in text_of(work)
    assert "第一条 单个项目不超过200万元。" in text_of(work)
    assert work.outcomes(work.run(everything=True)) == {"health": "unchanged"}
    portal.pages["/files/1.docx"] = word(
        "专项资金管理办法", "第一条 单个项目不超过20万元。", "第二条 逾期不予受理。"
    )
    assert work.outcomes(work.run(everything=True)) == {"health": "changed"}


def test_a_notice_without_an_attachment_is_a_changed_structure(portal: Portal, work: Workplace) -> None:
    portal.pages["/a.html"] = page(policy_lines(TITLE, "某府发〔2024〕25号", POINTS))
    work.configure(source(portal, 'kind = "notice"'))
    assert work.outcomes(work.run()) == {"health": "structure_changed"}


def test_links_that_lead_out_of_the_store_are_no_files_of_a_folder(tmp_path: Path, work: Workplace) -> None:
    outside = tmp_path / "secret"
    outside.mkdir()
    (outside / "key.txt").write_text("某市办法\n第一条 甲。\n", "utf-8")
    inbox = work.folder / "inbox"
    inbox.mkdir()
    (inbox / "link.txt").symlink_to(outside / "key.txt")
    (inbox / "deep").symlink_to(outside)
    (inbox / "own.txt").write_text("某市规定\n第一条 乙。\n2024年3月5日\n", "utf-8")
    work.configure('[[sources]]\nname = "in"\nkind = "folder"\npath = "inbox"\n')
    found = [entry.item for entry in work.run().entries]
    assert found == ["", "own.txt"]
    (work.folder / "away").symlink_to(outside)
    work.configure('[[sources]]\nname = "in"\nkind = "folder"\npath = "away"\n')
    assert work.outcomes(work.run(everything=True)) == {"in": "blocked"}


def test_a_feed_is_not_written_through_a_link_that_leads_out(tmp_path: Path, work: Workplace) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (work.folder / "public").symlink_to(outside)
    work.configure('[notify]\nfeed = "public/feed.xml"\n')
    with Store.open(work.folder) as store, pytest.raises(UsageError, match="symbolic link"):
        write_feed(work.configuration, store, is_changed=True)
    assert list(outside.iterdir()) == []


def told(result: RunResult, lang: str) -> str | None:
    message = compose(RunReport(result=result, changes=()), lang)
    return message.subject if message else None


def test_a_source_that_begins_to_fail_is_told_once(portal: Portal, work: Workplace) -> None:
    portal.pages["/a.html"] = page(policy_lines(TITLE, "某府发〔2024〕25号", POINTS))
    work.configure(source(portal))
    assert told(work.run(), "zh") is None
    portal.pages["/a.html"] = lambda request: request.send(404, b"")
    first = work.run(everything=True)
    assert told(first, "zh") == "政策跟踪：health 无法读取：已撤下"
    assert told(first, "en") == "Policy watch: health cannot be read: gone"
    assert told(work.run(everything=True), "zh") is None
    portal.pages["/a.html"] = lambda request: request.send(403, b"")
    assert told(work.run(everything=True), "zh") is not None


def test_what_passes_by_itself_is_told_when_it_does_not(portal: Portal, work: Workplace) -> None:
    portal.pages["/a.html"] = lambda request: request.send(503, b"")
    work.configure(source(portal), "retries = 0")
    assert [told(work.run(everything=True), "zh") is not None for _ in range(5)] == [
        False,
        False,
        True,
        False,
        False,
    ]
