"""The same bytes give the same text by every verb: read, diff, compare, add, import, watch try, track; read anew, no byte changes."""

import io
from html import escape
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st

import policydiff
from policydiff import Store
from policydiff.extract.sniff import bundle
from policydiff.intake import read_bytes
from policydiff.model import ReadingRules
from tests.extract.small_files import pdf, text_lines
from watch.portal import CHROME, Portal, page, running_portal
from watch.workplace import Workplace

LINES = (
    "某市人民政府关于促进健康服务业发展的意见", "某府发〔2024〕{n}号", "各区人民政府，市政府各委、办、局：",
    "现就促进健康服务业第{n}项工作提出以下意见，请认真贯彻执行。",
    "一、扩大服务供给。到2026年，每千人护理床位达到{n}张，由市卫生健康委牵头。",
    "二、完善支持政策。对新建机构给予不超过{n}万元补助。", "某市人民政府", "2024年3月5日",
)  # fmt: skip
FURNITURE = '<div class="nav"><a href="/">首页</a> &gt; <a href="/zw">政务公开</a></div>'


def _html(place: str, lines: list[str], *, tag: str = "p", charset: str = "utf-8") -> bytes:
    body = "".join(f"<{tag}>{escape(line)}</{tag}>" for line in lines)
    head = f'<html><head><meta charset="{charset}"><title>{lines[0]}</title></head><body>{FURNITURE}'
    return f'{head}<div {place}>{body}</div><div class="footer">版权所有 某ICP备05000001号</div></body></html>'.encode(
        charset
    )


def _table_page(lines: list[str]) -> bytes:
    rows = "<table><tr><td>责任单位</td><td>任务</td></tr><tr><td>市卫生健康委</td><td></td></tr></table>"
    return page(lines, after=rows)


def _docx(lines: list[str]) -> bytes:
    made, out = docx.Document(), io.BytesIO()
    for line in lines:
        made.add_paragraph(line)
    table = made.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "单位", "任务"
    made.save(out)
    return out.getvalue()


def _pdf(lines: list[str]) -> bytes:
    words = [(72.0, 760.0, "Measures on parking, No. " + "".join(filter(str.isdigit, lines[1])))]
    words += [(72.0, 730.0 - 20 * at, f"Article {at + 1} Fees are set once a year.") for at in range(5)]
    return pdf(text_lines(*words))


MAKERS = {
    "trs.html": page,
    "ucap.html": lambda lines: _html('id="UCAP-CONTENT"', lines),
    "zoom.html": lambda lines: _html('id="zoom" class="article"', lines),
    "unknown.html": lambda lines: _html('class="x7"', lines, tag="div"),
    "spans.html": lambda lines: _html('class="content"', lines, tag="section"),
    "hidden.html": lambda lines: _html('class="con"', lines).replace(
        b"<body>", b'<body style="visibility: hidden">'
    ),
    "gbk.html": lambda lines: _html('class="con"', lines, charset="gbk"),
    "big5.html": lambda lines: _html('class="con"', [*lines[:1], *lines[4:6]], charset="gb18030"),
    "table.html": _table_page,
    "breaks.html": lambda lines: CHROME.format(
        title=lines[0], body="<br>　　".join(lines), counter=3, today="2026年1月1日", before="", after=""
    ).encode(),
    "words.docx": _docx,
    "plain.txt": lambda lines: "\n".join(lines).encode(),
    "gbk.txt": lambda lines: "\r\n".join(lines).encode("gbk"),
    "utf16.txt": lambda lines: "\n".join(lines).encode("utf-16"),
    "marks.md": lambda lines: ("# " + "\n\n".join(lines)).encode(),
    "letters.pdf": _pdf,
}
TYPES = {
    "html": "text/html",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "txt": "text/plain",
    "md": "text/markdown",
}


def _hold(place: Path, portal: Portal, files: dict[str, bytes]) -> None:
    """Send each file through every verb, and hold the texts against that of the reader."""
    folder = place / "files"
    folder.mkdir(parents=True)
    expected = {}
    for number, (name, data) in enumerate(files.items()):
        (folder / name).write_bytes(data)
        expected[name] = read_bytes(data, name=name).text
        kind = TYPES[name.rpartition(".")[2]]
        portal.pages[f"/{number}/{name}"] = lambda request, data=data, kind=kind: request.send(
            200, data, Content_Type=kind
        )
        assert policydiff.read(folder / name).text == expected[name], f"read {name}"
        assert policydiff.read(data).text == expected[name], f"read bytes of {name}"
        assert policydiff.diff(folder / name, folder / name).sides[1].text == expected[name], f"diff {name}"
    names = list(files)
    for name, other in zip(names, names[1:] + names[:1], strict=True):
        found = policydiff.compare(folder / name, folder / other)
        assert [each.text for each in found.sides[:2]] == [expected[name], expected[other]], f"compare {name}"

    work = Workplace(place / "tracked")
    work.configure(
        "".join(
            f'[[sources]]\nname = "s{at}"\nurl = "{portal.url(f"/{at}/{name}")}"\nid = "t/d{at}"\n'
            for at, name in enumerate(names)
        )
    )
    work.run(everything=True)
    with Store.init(place / "added") as store:
        for at, name in enumerate(names):
            store.add(folder / name, id=f"a/d{at}", seen="2026-01-01")
            [record] = store.recorded.versions(f"a/d{at}")
            assert store.recorded.text(f"a/d{at}", record.version) == expected[name], f"add {name}"
        before = store.recorded.commit
        again = store.reextract()
        assert (again.commit, again.left_alone) == (None, ())
        assert store.recorded.commit == before
    with Store.init(place / "imported") as store:
        manifest = "".join(f'{{"file": "{name}", "id": "i/d{at}"}}\n' for at, name in enumerate(names))
        (folder / "all.jsonl").write_text(manifest, encoding="utf-8")
        assert store.import_files(folder / "all.jsonl").added == len(names)
        for at, name in enumerate(names):
            [record] = store.recorded.versions(f"i/d{at}")
            assert store.recorded.text(f"i/d{at}", record.version) == expected[name], f"import {name}"
    with Store.open(place / "tracked") as store:
        for at, name in enumerate(names):
            [record] = store.recorded.versions(f"t/d{at}")
            assert store.recorded.text(f"t/d{at}", record.version) == expected[name], f"track {name}"
            [trial] = store.try_source(f"s{at}").trials
            assert trial.characters == len("".join(expected[name].split())), f"watch try {name}"
        again = store.reextract()
        assert (again.commit, again.left_alone) == (None, ()), "tracked versions, read anew"


def test_every_format_of_many_portals(tmp_path: Path, portal: Portal) -> None:
    files = {
        name: maker([line.format(n=at + 1) for line in LINES])
        for at, (name, maker) in enumerate(MAKERS.items())
    }
    _hold(tmp_path, portal, files)


WORDS = st.sampled_from([
    "三、加强队伍建设。鼓励医师到基层执业。", "来源：某某网", "（一）设立中心。", "浏览次数：12", "【打印】【关闭】",
    "第一条 甲方应当按时付款。", "附件：1.任务分工表", "分享到：微信 微博", "热线：12345", "保存期限不少于十年",
    "| 单位 | 任务 |", "　　缩进的一段，用于排版。", "Open Data 平台 2.0 上线", "责任编辑：某某",
])  # fmt: skip


@settings(
    deadline=None,
    max_examples=2,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    pages=st.lists(
        st.tuples(st.sampled_from(sorted(MAKERS)), st.lists(WORDS, max_size=8)), min_size=5, max_size=5
    )
)
def test_made_up_pages(tmp_path_factory: pytest.TempPathFactory, pages: list[tuple[str, list[str]]]) -> None:
    place = tmp_path_factory.mktemp("made")
    files = {}
    for at, (name, more) in enumerate(pages):
        lines = [line.format(n=at + 1) for line in LINES]
        files[f"{at}-{name}"] = MAKERS[name]([*lines[:6], *more, *lines[6:]])
    with running_portal(place / "portal") as portal:
        _hold(place / "work", portal, files)


@pytest.mark.parametrize("select", [(), ("#zoom",)])
def test_a_document_of_several_pages(tmp_path: Path, portal: Portal, select: tuple[str, ...]) -> None:
    """A run captures all pages as one file; that file, read by the rules kept beside it, is the text."""
    lines = [line.format(n=7) for line in LINES]
    further = '<a class="next" href="2.html">下一页</a>'
    portal.pages["/1.html"] = page(lines[:5], after=further)
    portal.pages["/2.html"] = page(lines[5:])
    work = Workplace(tmp_path / "tracked")
    chosen = f"select = {list(select)}\n".replace("'", '"') if select else ""
    work.configure(
        f'[[sources]]\nname = "s"\nurl = "{portal.url("/1.html")}"\nid = "t/d"\nnext = "a.next"\n{chosen}'
    )
    work.run(everything=True)
    with Store.open(tmp_path / "tracked") as store:
        [record] = store.recorded.versions("t/d")
        text = store.recorded.text("t/d", record.version)
        data = store.recorded.source("t/d", record.version)
        assert record.reading is not None
        assert read_bytes(data, rules=record.reading).text == text
        assert store.reextract().commit is None
        assert text.count("二、完善支持政策") == 1
    assert bundle([portal.pages["/1.html"], portal.pages["/2.html"]]) == data  # type: ignore[list-item]
    assert record.reading.pages == 2
    assert record.reading == ReadingRules(select=select, pages=2) or record.reading.select == select
