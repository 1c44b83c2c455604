"""Pages: lines from characters, furniture, paragraphs from indents, ruled tables, what recognition gets wrong."""

import io
import subprocess
from importlib.resources import files

import pypdfium2
import pytest

from benchmarks import page_cost
from policydiff.errors import UnreadableInputError
from policydiff.extract import extract
from policydiff.extract.pages import recognition
from policydiff.extract.pages.assembly import (
    FoundLine,
    Picture,
    blocks_of_pages,
    mean_confidence,
    put_right,
    repaired,
    straightened,
    strokes,
    text_of_pages,
)
from policydiff.extract.pages.lines import Fragment, Page, Ruling, joined, printed_lines
from policydiff.extract.pages.recognition import _lines as lines_of_tesseract
from policydiff.extract.reading import Leftovers, Remark, Request
from policydiff.extract.sniff import FileKind, read_as
from tests.extract.small_files import ofd, ofd_text, pdf, text_lines

EM = 10.0
LEFT = 100.0
WIDTH = 28


def line(text: str, row: float, *, indent: float = 0.0, size: float = EM, fill: bool = False) -> Fragment:
    """Return a line `row` lines down the page; `fill` stretches it to the right margin, as justified text is."""
    x0 = LEFT + indent * EM
    return Fragment(text, x0, LEFT + WIDTH * EM if fill else x0 + len(text) * size, 100 + 18.0 * row, size)


def page(*fragments: Fragment, number: int = 1, rulings: tuple[Ruling, ...] = ()) -> Page:
    return Page(number, 480, 840, fragments, rulings)


FULL = "为深入贯彻落实党中央国务院决策部署加快产业发展现就有关事项"
BASE = (
    *(line(FULL, row, indent=2 if row % 2 == 0 else 0, fill=True) for row in range(5)),
    line("执行。", 5),
)


def after(*fragments: Fragment) -> list[str]:
    """Return the lines that fragments give below a body of three paragraphs of two lines each, which sets the margins."""
    return text_of_pages([page(*BASE, *fragments)]).splitlines()[3:]


PARAGRAPHS = [
    (
        (line("甲" * 26, 6, indent=2, fill=True), line("乙。", 7)),
        ["甲" * 26 + "乙。"],
        "an indent begins, a margin goes on",
    ),
    ((line("甲。", 6, indent=2), line("乙。", 7, indent=2)), ["甲。", "乙。"], "two indents"),
    (
        (line("各区人民政府：", 6), line("现通知如下。", 7)),
        ["各区人民政府：", "现通知如下。"],
        "a line left short ends",
    ),
    (
        (line("推进健康合肥", 6, indent=2), line("2030”规划纲要落地。", 7)),
        ["推进健康合肥", "2030”规划纲要落地。"],
        "a line left very short ends whatever follows",
    ),
    (
        (
            Fragment("甲" * 22, LEFT + 2 * EM, LEFT + 24.5 * EM, 208, EM),
            line("GB/T9704—2012”的规定。", 7),
        ),
        ["甲" * 22 + "GB/T9704—2012”的规定。"],
        "a number that had no room leaves its line short",
    ),
    (
        (line("甲" * 22 + "伪基", 6, indent=2)._replace(x1=LEFT + 25.5 * EM), line("站”的；", 7)),
        ["甲" * 22 + "伪基站”的；"],
        "no line is broken beside a quotation mark: 站”的； had no room",
    ),
    (
        (line("甲" * 22 + "伪基", 6, indent=2)._replace(x1=LEFT + 22.9 * EM), line("站”的；", 7)),
        ["甲" * 22 + "伪基", "站”的；"],
        "all of it had room",
    ),
    (
        (
            line("释义" + "." * 25 + "1", 6, fill=True),
            line("前言" + "…" * 24 + "- 3 -", 7, fill=True),
            line("一、情况" + "…" * 22 + "12", 8, fill=True),
        ),
        ["释义" + "." * 25 + "1", "前言" + "…" * 24 + "- 3 -", "一、情况" + "…" * 22 + "12"],
        "each entry of a table of contents is a paragraph, though it fills its line",
    ),
    (
        (line("甲" * 22 + "……12", 6, fill=True), line("乙。", 7)),
        ["甲" * 22 + "……12乙。"],
        "an ellipsis leads to no page",
    ),
    (
        (line("第一章总则", 6, indent=11.5), line("甲" * 28, 7)),
        ["第一章总则", "甲" * 28],
        "a centred heading",
    ),
    (
        (line("关" * 28, 6), line("的通知", 7, indent=12.5)),
        ["关" * 28 + "的通知"],
        "a centred title that wraps",
    ),
    (
        (line("关" * 27, 6, indent=0.5), line("的通知", 7, indent=12.5)),
        ["关" * 27, "的通知"],
        "a centred title broken by hand: the next character had room",
    ),
    (
        (line("市人民政府", 6, indent=20), line("2021年1月1日", 7, indent=19)),
        ["市人民政府", "2021年1月1日"],
        "signature and date on the right",
    ),
    (
        (
            line("第二章　物权的设立变更转让和消灭以及其他有关各项", 6, indent=4, fill=True),
            line("规定", 7, indent=8),
        ),
        ["第二章　物权的设立变更转让和消灭以及其他有关各项规定"],
        "a heading of a chapter that fills its line",
    ),
    (
        (line("第二章　物权的设立", 6, indent=4), line("规定", 7, indent=8)),
        ["第二章　物权的设立", "规定"],
        "one that leaves room",
    ),
    (
        (
            line("第二章　物权的设立变更转让和消灭以及其他", 6, indent=4, fill=True),
            line("第一节　总则", 7, indent=8),
        ),
        ["第二章　物权的设立变更转让和消灭以及其他", "第一节　总则"],
        "a heading below one that fills its line",
    ),
    (
        (line("甲" * 27 + "。", 6, fill=True), line("第二章 总则", 7)),
        ["甲" * 27 + "。", "第二章 总则"],
        "a heading at the margin below a full line",
    ),
    (
        (line("（2020年5月28日第十三届全国人民", 6, indent=5), line("代表大会第三次会议通过）", 7, indent=8)),
        ["（2020年5月28日第十三届全国人民代表大会第三次会议通过）"],
        "a note in brackets that is set in",
    ),
    (
        (line("（2020年5月28日通过）", 6, indent=5), line("代表大会第三次会议", 7, indent=8)),
        ["（2020年5月28日通过）", "代表大会第三次会议"],
        "a note that is closed",
    ),
    (
        (line("（一）甲（乙", 6, indent=2), line("（二）丙）", 7, indent=2)),
        ["（一）甲（乙", "（二）丙）"],
        "a bracket left open before the next item",
    ),
    (
        (
            line("甲" * 28 + "，", 6, indent=0)._replace(x1=LEFT + 29 * EM),
            line("乙" * 28, 7, fill=True),
            line("丙。", 8),
        ),
        ["甲" * 28 + "，" + "乙" * 28 + "丙。"],
        "a mark that hangs beyond the margin",
    ),
    (
        (line("甲" * 28, 6, fill=True), line("标题", 7, size=16)),
        ["甲" * 28, "标题"],
        "larger type",
    ),
]


@pytest.mark.parametrize(("fragments", "expected", "reason"), PARAGRAPHS, ids=[row[2] for row in PARAGRAPHS])
def test_paragraphs(fragments: tuple[Fragment, ...], expected: list[str], reason: str) -> None:
    assert after(*fragments) == expected


SET_IN = [
    (5, 1, "辽宁省", True, "paragraphs return to the margin: the next first line begins one"),
    (4, 1, "辽宁省", False, "one line in five stands as far in below a full one: it may hang"),
    (9, 2, "辽宁省", True, "two of eleven"),
    (8, 2, "辽宁省", False, "two of ten"),
    (0, 3, "辽宁省", False, "a list that hangs from its labels"),
    (5, 1, "and so on", False, "lines of letters hang at this depth more often"),
]


@pytest.mark.parametrize(
    ("returning", "hanging", "below", "begins", "reason"), SET_IN, ids=[row[4] for row in SET_IN]
)
def test_a_line_below_a_full_one_as_far_in(
    returning: int, hanging: int, below: str, begins: bool, reason: str
) -> None:
    drawn = [
        each
        for row in range(0, 2 * returning, 2)
        for each in (line("甲" * 26, row, indent=2, fill=True), line("乙" * 20 + "。", row + 1))
    ]
    for row in range(2 * returning, 2 * returning + 2 * hanging, 2):
        drawn += [line("丙" * 26, row, indent=2, fill=True), line(below, row + 1, indent=2)]
    # At the margin, so that a list alone is set in too.
    drawn += [line("丁" * 28, 2 * (returning + hanging) + row, fill=True) for row in range(2)]
    assert (below in text_of_pages([page(*drawn)]).splitlines()) is begins


FEW = [
    (("某市办法",), "one short line"),
    (("甲情形；", "乙情形。"), "two short lines that are as long by chance"),
    (("甲情形；", "乙情形。", "丙情形。"), "three"),
]


@pytest.mark.parametrize(("short", "reason"), FEW, ids=[row[1] for row in FEW])
def test_few_lines_show_their_margin(short: tuple[str, ...], reason: str) -> None:
    long = (line("甲" * 25 + "，", 0, indent=2), line("乙" * 9 + "。", 1))
    drawn = [*long, *(line(words, row, indent=2) for row, words in enumerate(short, 2))]
    found = text_of_pages([Page(1, 480, 840, tuple(drawn), ())]).splitlines()
    assert found == ["甲" * 25 + "，" + "乙" * 9 + "。", *short]


def test_a_paragraph_runs_over_the_page_without_its_number() -> None:
    pages = [
        page(
            *(line(FULL, row, indent=0 if row else 2, fill=True) for row in range(37)),
            line("— 1 —", 39, indent=12),
        ),
        page(line("完。", 0), line("新段。", 1, indent=2), line("— 2 —", 39, indent=12), number=2),
    ]
    assert text_of_pages(pages).splitlines() == [FULL * 37 + "完。", "新段。"]


PRINTED = [
    ("11/30/26, 6:46 AM 某市停车收费办法", "file:///C:/a.html 1/1", True, "a browser set to English"),
    ("2026/11/30 06:46 某市停车收费办法", "https://www.a.gov.cn/art/2024/5/1/a.html 1/1", True, "to Chinese"),
    ("2026/11/30 上午6:46 办法", "http://a.gov.cn/?id=12 2/13", True, "twelve hours"),
    ("30/11/2026, 06:46 办法", "https://a.gov.cn/ 1/1", True, "days first"),
    ("2026.11.30, 06:46 办法", "https://a.gov.cn/a 1/1", True, "points"),
    ("2026/11/30 06:46 发布", "联系人：张三 1/1", False, "no address at the foot"),
    ("市政府2026年第3号", "详见 https://a.gov.cn/a", False, "an address without a count"),
    ("2026/11/30 会议纪要", "见 https://a.gov.cn/a", False, "a day without an hour"),
    ("2026/11-30 06:46 办法", "见 https://a.gov.cn/a", False, "a number of two marks"),
    ("关于2026/11/30 06:46停电的通知", "https://a.gov.cn/a 及附件", False, "a title with an hour"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "foot", "goes", "reason"), PRINTED, ids=[row[3] for row in PRINTED])
def test_head_and_foot_of_a_browser_on_one_page(head: str, foot: str, goes: bool, reason: str) -> None:
    edges = (Fragment(head, 60, 300, 24, 8), Fragment(foot, 60, 300, 830, 8))
    found = text_of_pages([page(edges[0], *BASE, edges[1])])
    assert (head in found, foot in found) == (not goes, not goes)


FURNITURE = [
    ("— {} —", "dashes"),
    ("第 {} 页 共 3 页", "words"),
    ("{}/3", "a share"),
    ("{}", "a bare number at one place of three pages"),
    ("市发展改革委文件", "the same words on every page"),
]


@pytest.mark.parametrize(("footer", "reason"), FURNITURE, ids=[row[1] for row in FURNITURE])
def test_furniture_goes(footer: str, reason: str) -> None:
    pages = [
        page(line("甲。", 1, indent=2), line(footer.format(number), 39, indent=12), number=number)
        for number in (1, 2, 3)
    ]
    assert text_of_pages(pages).splitlines() == ["甲。"] * 3


def test_what_stands_once_at_the_edge_stays() -> None:
    pages = [
        page(line("机密★1年", 0), line("甲。", 10, indent=2), line("印发", 39)),
        page(line("乙。", 10), number=2),
    ]
    assert text_of_pages(pages).splitlines() == ["机密★1年", "甲。", "印发", "乙。"]


def grid(*, xs: tuple[float, ...], ys: tuple[float, ...]) -> tuple[Ruling, ...]:
    return tuple(Ruling(xs[0], y, xs[-1], y) for y in ys) + tuple(Ruling(x, ys[0], x, ys[-1]) for x in xs)


def cell(text: str, x: float, baseline: float) -> Fragment:
    return Fragment(text, x, x + len(text) * EM, baseline, EM)


def test_a_ruled_table_keeps_wrapped_cells_together() -> None:
    made = page(
        cell("序号", 105, 215),
        cell("任务", 155, 215),
        cell("1", 105, 235),
        cell("建设平", 155, 235),
        cell("台", 155, 250),
        cell("表后", 100, 290),
        rulings=grid(xs=(100, 150, 200), ys=(200, 220, 260)),
    )
    assert text_of_pages([made]).splitlines() == ["| 序号 | 任务 |", "| 1 | 建设平台 |", "表后"]


def test_a_merged_cell_is_printed_in_its_first_row() -> None:
    rulings = (*grid(xs=(100, 150, 200), ys=(200, 240)), Ruling(150, 220, 200, 220))
    made = page(cell("合", 110, 225), cell("甲", 155, 215), cell("乙", 155, 235), rulings=rulings)
    assert text_of_pages([made]).splitlines() == ["| 合 | 甲 |", "|^^| 乙 |"]


def test_a_row_parted_by_the_page_is_one_row_and_its_head_stands_once() -> None:
    first = page(
        cell("序号", 105, 715),
        cell("任务", 155, 715),
        cell("1", 105, 735),
        cell("建设", 155, 735),
        rulings=grid(xs=(100, 150, 200), ys=(700, 720, 740)),
    )
    second = page(
        cell("序号", 105, 115),
        cell("任务", 155, 115),
        cell("平台", 155, 135),
        cell("2", 105, 155),
        cell("其他", 155, 155),
        number=2,
        rulings=grid(xs=(100, 150, 200), ys=(100, 120, 140, 160)),
    )
    left_out = Leftovers()
    blocks = blocks_of_pages([first, second], left_out)
    assert [block.text for block in blocks] == ["| 序号 | 任务 |", "| 1 | 建设平台 |", "| 2 | 其他 |"]
    assert [(each.kind, each.text) for each in left_out.found()] == [("header", "序号 任务")]


def open_row(border: float, edge: float, xs: tuple[float, ...]) -> tuple[Ruling, ...]:
    """Return one border across, and sides that end without one at the edge of the page's body."""
    sides = (Ruling(x, min(border, edge), x, max(border, edge)) for x in xs)
    return Ruling(xs[0], border, xs[-1], border), *sides


OPEN_ROWS: list[tuple[float, float, tuple[float, ...], bool, str]] = [
    (60, 28, (100, 150, 200, 250), True, "the rest of a row at the head of a page"),
    (780, 812, (100, 150, 200, 250), True, "the first of a row at the foot of a page"),
    (60, 28, (100, 150, 200), True, "two cells"),
    (60, 28, (100, 200), False, "two sides are a box around words"),
    (60, 5, (100, 150, 200), False, "sides that the edge of the paper cuts off"),
    (460, 428, (100, 150, 200), False, "in the middle of a page"),
    (33, 28, (100, 150, 200), False, "sides that reach less than a line beyond the border"),
]


@pytest.mark.parametrize(
    ("border", "edge", "xs", "is_row", "reason"), OPEN_ROWS, ids=[row[4] for row in OPEN_ROWS]
)
def test_one_row_without_a_border_where_a_page_ends(
    border: float, edge: float, xs: tuple[float, ...], is_row: bool, reason: str
) -> None:
    baseline = (border + edge) / 2 + 4
    made = page(
        cell("甲", 105, baseline), cell("乙", xs[1] + 5, baseline), rulings=open_row(border, edge, xs)
    )
    assert text_of_pages([made]).startswith("| 甲 | 乙 |") is is_row, reason


def test_a_frame_is_no_table() -> None:
    made = page(cell("框中", 105, 215), rulings=grid(xs=(100, 200), ys=(200, 230)))
    assert text_of_pages([made]) == "框中\n"


def test_lines_are_found_in_any_order_with_raised_characters() -> None:
    found = printed_lines(
        [cell("2", 120, 196)._replace(size=5), cell("积10m", 70, 200)._replace(x1=120), cell("面", 60, 200)]
    )
    assert [each.text for each in found] == ["面积10m²"]


JOINED = [
    ("加快产", "业发展", "加快产业发展"),
    ("public", "policy", "public policy"),
    ("1-", "2家", "1-2家"),
    ("见GB", "标准", "见GB标准"),
    ("", "甲", "甲"),
]


@pytest.mark.parametrize(("before", "following", "expected"), JOINED)
def test_lines_join_without_blanks_between_chinese(before: str, following: str, expected: str) -> None:
    assert joined(before, following) == expected


def test_radicals_become_ideographs() -> None:
    assert repaired("⼈⺠政府⾸⻚") == "人民政府首页"
    rows = files("policydiff.extract.pages").joinpath("radicals.tsv").read_text("utf-8").splitlines()[2:]
    cells = [cell for row in rows for cell in row.split("\t")]
    assert len(cells) > 300
    for cell in cells:
        radical, ideograph = cell.split(" ")
        assert 0x2E80 <= ord(radical) <= 0x2FD5
        assert 0x3400 <= ord(ideograph) <= 0x323AF


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("102\uf98e", "102年"),
        ("國\uf9f7臺灣大學", "國立臺灣大學"),
        ("管\uf9e4要點", "管理要點"),
        ("條\uf9b5施\ufa08", "條例施行"),
        ("\uf974有訓\uf996", "若有訓練"),
        ("\ufa0e", "\ufa0e"),
        ("\ufb01", "\ufb01"),
        ("年立理", "年立理"),
    ],
)
def test_ideographs_that_a_font_holds_twice_are_one(printed: str, text: str) -> None:
    """Some characters of the block (U+FA0E) are no second ones, and ligatures behind it are others' work."""
    assert repaired(printed) == text


def recognised(text: str) -> str:
    done, _ = put_right([page(line(text, 0))])
    return done[0].fragments[0].text


RIGHT = [
    (
        "各区：甲，乙,丙，丁(戊）",
        "各区：甲，乙，丙，丁（戊）",
        "the more frequent width wins, brackets alike",
    ),
    ("甲,乙,丙，丁", "甲,乙,丙,丁", "a document may print narrow marks"),
    ("规划和二三五年目标", "规划和二〇三五年目标", "a lost circle"),
    ("二O二一年", "二〇二一年", "a circle read as a letter"),
    ("二十三年、十二三五年、二〇三五年", "二十三年、十二三五年、二〇三五年", "no year of three digits"),
    ("占 3.5,8:00", "占 3.5,8:00", "marks after digits stay"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), RIGHT, ids=[row[2] for row in RIGHT])
def test_misreadings(text: str, expected: str, reason: str) -> None:
    assert recognised(text) == expected


def test_a_changed_year_is_said() -> None:
    _, warnings = put_right([page(line("二三五年", 0), number=4)])
    assert tuple(each.text for each in warnings) == (
        "page 4: a year of three digits was recognised, and taken for one with a lost 〇",
    )


def test_a_turned_scan_is_set_straight() -> None:
    """At one degree the left edge wanders by two characters down a page."""
    blank = Picture(1000, 1400, bytes([255]) * 1_400_000)
    found = [
        FoundLine("甲" * 28, (100 - 0.0175 * y, y), (940 - 0.0175 * y, y + 14.7), 32.0, 0.9)
        for y in (100.0, 700.0, 1300.0)
    ]
    made = straightened(found, blank, 1, 500)
    edges = [fragment.x0 for fragment in made.fragments]
    assert max(edges) - min(edges) < 0.5
    assert len({fragment.size for fragment in made.fragments}) == 1
    assert mean_confidence(found) == pytest.approx(0.9)


def test_rulings_are_seen_in_a_picture() -> None:
    width, height = 200, 100
    pixels = bytearray([255]) * (width * height)
    for x in range(20, 180):
        pixels[50 * width + x] = pixels[51 * width + x] = 0
    for y in range(10, 90):
        pixels[y * width + 100] = 0
    assert strokes(Picture(width, height, bytes(pixels))) == [
        (20.0, 50.0, 180.0, 50.0),
        (100.0, 10.0, 100.0, 90.0),
    ]


def test_a_slow_recognition_is_no_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(arguments: list[str], **_: object) -> None:
        raise subprocess.TimeoutExpired(arguments, 60)

    monkeypatch.setattr(recognition, "_version", lambda _: "tesseract")
    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(UnreadableInputError, match="longer than 60 seconds"):
        recognition.Tesseract("tesseract", 60.0).recognise(Picture(1, 1, b"\0"))


def test_tesseract_table() -> None:
    head = "level\tpage\tblock\tpar\tline\tword\tleft\ttop\twidth\theight\tconf\ttext"
    rows = ["4\t1\t1\t1\t1\t0\t10\t20\t300\t30\t-1\t", "5\t1\t1\t1\t1\t1\t10\t20\t60\t30\t90\t第一"]
    rows += [
        "5\t1\t1\t1\t1\t2\t80\t20\t60\t30\t60\t条",
        "5\t1\t1\t1\t1\t3\t150\t22\t50\t28\t96\tGB",
        "broken",
    ]
    (found,) = lines_of_tesseract("\n".join([head, *rows]))
    assert (found.text, found.start, found.end, found.height) == ("第一条GB", (10, 35), (200, 36), 30)
    assert found.confidence == pytest.approx((0.9 * 2 + 0.6 + 0.96 * 2) / 5)


def read(kind: FileKind, data: bytes) -> tuple[str, tuple[str, ...]]:
    reading = read_as(kind, Request(data))
    return reading.text, tuple(each.text for each in reading.warnings)


def test_pdf_of_words_and_a_table() -> None:
    rulings = "\n".join(
        f"60 {y} m 300 {y} l S {x} 400 m {x} 440 l S" for x, y in ((60, 400), (180, 420), (300, 440))
    )
    content = (
        text_lines((60, 700, "Hello all"), (70, 425, "a"), (190, 425, "b"), (70, 405, "c")) + "\n" + rulings
    )
    assert read(FileKind.PDF, pdf(content))[0].splitlines() == ["Hello all", "| a | b |", "| c |  |"]


DRAWN = [
    ("BT /F1 12 Tf 60 700 Td (policydiff effects) Tj ET", "policydiff effects", "a letter that stands twice"),
    (
        "BT /F1 12 Tf 60 700 Td (Bold) Tj ET\nBT /F1 12 Tf 60.3 700 Td (Bold) Tj ET",
        "Bold",
        "words drawn again a little aside, as bold type",
    ),
    (
        "BT /F1 12 Tf 60 700 Td (one) Tj ET\nBT /F1 12 Tf 80 700 Td (one) Tj ET",
        "oneone",
        "the same word again in its own place",
    ),
    ("BT /F1 12 Tf 60 700 Td [(left)-3000(right)] TJ ET", "left right", "a gap inside one text object"),
    ("BT /F1 12 Tf 60 700 Td [(kerned)-30(pair)] TJ ET", "kernedpair", "kerning inside one text object"),
    ("BT /F1 12 Tf 1 0 0.3 1 60 700 Tm (leaning) Tj ET", "leaning", "slanted type is no watermark"),
    (
        "BT /F1 12 Tf 60 700 Td (area m) Tj /F1 7 Tf 5 Ts (2) Tj ET",
        "area m²",
        "a raised sign of smaller type",
    ),
    (
        "BT 1 0 0 1 60 700 Tm /F1 1 Tf 12 0 0 12 60 700 Tm (scaled type) Tj ET",
        "scaled type",
        "size by a matrix",
    ),
]


@pytest.mark.parametrize(("content", "expected", "reason"), DRAWN, ids=[row[2] for row in DRAWN])
def test_characters_of_one_text_object_are_read_at_once(content: str, expected: str, reason: str) -> None:
    assert read(FileKind.PDF, pdf(content))[0].strip() == expected


def test_a_turned_page_is_read_upright() -> None:
    document = pypdfium2.PdfDocument(pdf(text_lines((60, 700, "first"), (60, 680, "second"))))
    page_of = document[0]
    stream = io.BytesIO()
    page_of.set_rotation(0)
    document.save(stream)
    assert read(FileKind.PDF, stream.getvalue())[0].splitlines() == ["first", "second"]
    turned = b"0 1 -1 0 500 0 cm\n".decode() + text_lines((60, 300, "first"), (60, 280, "second"))
    document = pypdfium2.PdfDocument(pdf(turned))
    page_of = document[0]
    page_of.set_rotation(90)
    stream = io.BytesIO()
    document.save(stream)
    assert read(FileKind.PDF, stream.getvalue())[0].splitlines() == ["first", "second"]


def test_a_watermark_is_left_out_and_said() -> None:
    slanted = "BT /F1 40 Tf 0.7 0.7 -0.7 0.7 200 300 Tm (DRAFT) Tj ET"
    text, warnings = read(
        FileKind.PDF, pdf(text_lines((60, 700, "Article one of the text")) + "\n" + slanted)
    )
    assert text == "Article one of the text\n"
    assert warnings == (
        "page 1: 5 characters set at an angle, or large and pale behind others, left out (a watermark)",
    )


def test_ofd_text_and_title() -> None:
    assert read(FileKind.OFD, ofd(ofd_text("关于印发办法的通知"))) == ("关于印发办法的通知\n", ())


OUTLINE = (
    "<ofd:PathObject Boundary='{} 60 4 4'><ofd:AbbreviatedData>M 0 0 B 1 1 2 2 3 3 L 4 4 C"
    "</ofd:AbbreviatedData></ofd:PathObject>"
)


def outlined(count: int) -> str:
    return "".join(OUTLINE.format(20 + index % 40) for index in range(count))


def test_an_ofd_page_without_text_is_named() -> None:
    """Characters may be drawn as outlines, so that no font need be in the file."""
    with pytest.raises(
        UnreadableInputError, match=r"no text, or hardly any, on page 1: .* drawn as outlines"
    ):
        extract(ofd("<ofd:PathObject Boundary='0 0 9 9'/>"))


OUTLINED = [
    (ofd_text("- 1 -") + outlined(300), True, "a page number alone is text"),
    (ofd_text("关于印发办法的通知") + outlined(60), False, "a seal"),
    (ofd_text("第一条" * 90) + outlined(200), False, "an emblem on a page of text"),
]


@pytest.mark.parametrize(("page", "is_named", "reason"), OUTLINED, ids=[row[2] for row in OUTLINED])
def test_an_ofd_page_of_outlines_with_a_little_text_is_named(page: str, is_named: bool, reason: str) -> None:
    warnings = extract(two_pages(page)).warnings
    assert any("hardly any, on page 2" in each.text for each in warnings) is is_named


def two_pages(second: str) -> bytes:
    """Return an OFD whose first page is text and whose second holds this XML."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    document = (
        f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
        '</ofd:PageArea></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/0.xml"/>'
        '<ofd:Page ID="2" BaseLoc="Pages/1.xml"/></ofd:Pages></ofd:Document>'
    )
    page = f"<ofd:Page {space}><ofd:Content><ofd:Layer>{second}</ofd:Layer></ofd:Content></ofd:Page>"
    return ofd(ofd_text("关于印发办法的通知"), **{"Doc_0/Document.xml": document, "Doc_0/Pages/1.xml": page})


def test_an_ill_formed_ofd_page_is_named() -> None:
    """ofdkit leaves such a page out without a word where it is one of several."""
    members = {"Doc_0/Pages/0.xml": "<ofd:Page"}
    with pytest.raises(UnreadableInputError, match="page 1 is damaged"):
        extract(ofd("", **members))


def flush(text: str, y: float, *, width: float | None = None, x0: float = LEFT, size: float = EM) -> Fragment:
    """Return a line at a height in points; `width` in ems where it is not set solid."""
    return Fragment(text, x0, x0 + (len(text) if width is None else width) * size, y, size)


def printed_from_a_browser(*tail: Fragment) -> list[str]:
    """Return what follows twelve short paragraphs set apart, none indented, and one of four lines."""
    short = [flush("短段落。", 40 + 27.0 * row) for row in range(12)]
    long = [*(flush("长" * WIDTH, 370 + 16.0 * row) for row in range(3)), flush("长。", 418)]
    return text_of_pages([page(*short, *long, *tail)]).splitlines()[13:]


APART = [
    (
        (flush("甲" * (WIDTH - 1) + "。", 446), flush("乙。", 473)),
        2,
        "a full line that ends a paragraph set apart",
    ),
    ((flush("甲" * (WIDTH - 1) + "。", 446), flush("乙。", 462)), 1, "a sentence that ends inside one"),
    ((flush("甲" * WIDTH, 446), flush("乙。", 462)), 1, "a line that goes on"),
    ((flush("甲" * (WIDTH - 2) + "。", 446), flush("乙丙。", 462)), 2, "room for the next character"),
    (
        (flush("甲" * (WIDTH - 2) + "。", 446), flush("（乙）。", 462)),
        1,
        "and none for what cannot be parted",
    ),
    ((flush("甲" * (WIDTH - 3), 446), flush("乙。", 462)), 2, "a short line without a mark"),
]


@pytest.mark.parametrize(("tail", "count", "reason"), APART, ids=[row[2] for row in APART])
def test_paragraphs_without_indents(tail: tuple[Fragment, ...], count: int, reason: str) -> None:
    """Pages printed from a browser: the distance inside paragraphs is the measure, not the more frequent one between them."""
    assert len(printed_from_a_browser(*tail)) == count


LABELS = [
    (("第十二章", "第一审普通程序"), 0.3, "第十二章 第一审普通程序", "a label set off"),
    (("第十二章", "第一审普通程序"), 0.0, "第十二章第一审普通程序", "a label that touches"),
    (("第三条之一", "甲方"), 0.2, "第三条之一 甲方", "an article put in"),
    (("普通程序", "第一审"), 0.3, "普通程序第一审", "words that are no label"),
]


@pytest.mark.parametrize(("parts", "gap", "expected", "reason"), LABELS, ids=[row[3] for row in LABELS])
def test_a_blank_behind_a_label(parts: tuple[str, str], gap: float, expected: str, reason: str) -> None:
    first = flush(parts[0], 100)
    second = flush(parts[1], 100, x0=first.x1 + gap * EM)
    assert [each.text for each in printed_lines([first, second])] == [expected]


def sentences(count: int, far: int) -> tuple[Fragment, ...]:
    """Return paragraphs of two lines, the last of which stand apart, and two lines more, the first full and the end of a sentence."""
    made: list[Fragment] = []
    down = 0.0
    for number in range(count):
        down += 0.6 * (number >= count - far)
        made += [line("甲" * 28, down, fill=True), line("甲甲。", down + 1)]
        down += 2
    down += 0.6 * bool(far)
    return (*made, line("乙" * 27 + "。", down, fill=True), line("丙" * 9 + "。", down + 1))


@pytest.mark.parametrize(
    ("made", "is_told", "reason"),
    [
        (sentences(8, 0), True, "paragraphs neither set in nor apart: 丙 may begin one"),
        (sentences(8, 4), True, "half of them apart: articles, perhaps"),
        (sentences(8, 7), False, "all of them apart: 丙 goes on"),
        ((*BASE, line("乙" * 28, 6, indent=2, fill=True), line("丙。", 7)), False, "paragraphs are set in"),
        (
            (*sentences(8, 0)[:-2], line("乙" * 28, 16, fill=True), line("丙。", 17)),
            False,
            "no sentence ends",
        ),
        (
            (*sentences(8, 0)[:-2], line("乙" * 20 + "。", 16), line("丙。", 17)),
            False,
            "the line leaves room",
        ),
    ],
)
def test_a_paragraph_that_nothing_tells_is_told(
    made: tuple[Fragment, ...], is_told: bool, reason: str
) -> None:
    warnings: list[Remark] = []
    blocks_of_pages([page(*made)], Leftovers(), warnings)
    assert bool(warnings) is is_told, reason


def test_each_step_of_a_page_is_where_its_cost_is_measured() -> None:
    missing = [name for name, place, attribute in page_cost.STEPS if not hasattr(place, attribute)]
    assert not missing
