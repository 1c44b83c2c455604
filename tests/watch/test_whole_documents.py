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


_HALVES = [
    "".join(f"<p>第{n}条　各区应当在{10 + d}日内完成第{d}项工作，并报市政府备案。</p>" for n, d in some)
    for some in (list(zip("一二三四五六", range(1, 7), strict=True)), list(zip("七八九十", range(7, 11), strict=True)))
]  # fmt: skip
GOES_ON = (
    ("<a href='/zc_2.html'>下一页</a>", True, "words"),
    ("<a href='/zc_2.html'>后页</a>", True, "words cut short"),
    ("<a href='/zc_2.html'>下一頁</a>", True, "traditional signs"),
    ("<a href='/zc_2.html'>Next »</a>", True, "English"),
    ("<a href='/zc_2.html'>余下全文</a>", True, "the rest of the text"),
    ("<a href='javascript:void(0)' onclick=\"location.href='/zc_2.html'\">下一页</a>", True, "a script"),
    ("<button onclick=\"window.location='/zc_2.html'\">下一页</button>", True, "a button"),
    ("<a data-url='/zc_2.html'>下一页</a>", True, "an attribute"),
    ("<p><a class='on' href='/zc'>1</a><a href='/zc_2.html'>2</a></p>", True, "numbers"),
    ("<p><b>1</b> <a href='/zc_2.html'>2</a></p>", True, "numbers, this one no link"),
    ("<p><b>1</b> <a href='/pl_2.html'>2</a></p>", False, "numbers of comments"),
    ("<a href='/xw.html'>Next: another story</a>", False, "the next story"),
    ("<p>下一篇：<a href='/zc_3.html'>另一办法</a></p>", False, "the next document"),
    ("<a href='javascript:next()'>下一页</a>", False, "a script alone knows where"),
)  # fmt: skip


@pytest.mark.parametrize(("link", "follows", "why"), GOES_ON, ids=[why for *_, why in GOES_ON])
def test_a_document_is_followed_to_its_next_page(
    link: str, follows: bool, why: str, portal: Portal, tmp_path: Path
) -> None:
    frame = "<html><head><meta charset='utf-8'><title>某市办法</title></head><body><h1>某市办法</h1><div id='zoom'>{}</div>{}</body></html>"
    for path, half, after in (("/zc", 0, link), ("/zc_2.html", 1, "")):
        portal.pages[path] = frame.format(_HALVES[half], after).encode()
    for path in ("/pl_2.html", "/xw.html", "/zc_3.html"):
        portal.pages[path] = frame.format("<p>网友说了别的话。</p>", "").encode()
    work = Workplace(tmp_path / "store")
    work.configure(f'[[sources]]\nname = "zc"\nurl = "{portal.url("/zc")}"\nid = "city/zc"\n')
    (entry,) = work.run().entries
    with Store.open(work.folder) as store:
        text = store.text("city/zc", entry.version or "")
    assert ("第十条" in text) is follows, why
    assert "网友" not in text, why
