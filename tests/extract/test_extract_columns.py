"""Pages in columns, and tables without rulings."""

from pathlib import Path

import pytest

from policydiff.extract.pages.assembly import text_of_pages
from policydiff.extract.pages.columns import columns_of_prose
from policydiff.extract.pages.lines import Fragment, Page
from policydiff.extract.reading import Request
from policydiff.extract.sniff import FileKind, read_as
from policydiff.lexicon.text_marks import row_line
from tests.extract.laid_out import LAYOUTS, Layout, laid_out
from tests.extract.made_files import SOFFICE, converted

EM = 10.0
PITCH = 16.0
LEFT, WIDTH, GUTTER = 50.0, 20, 20.0


def text_at(text: str, x: float, baseline: float) -> Fragment:
    return Fragment(text, x, x + len(text) * EM, baseline, EM)


def page(*fragments: Fragment, number: int = 1) -> Page:
    return Page(number, 520, 800, fragments)


def column(words: str, number: int, top: float, *, indented: bool = True) -> list[Fragment]:
    """Return a paragraph of a column of twenty characters."""
    x = LEFT + number * (WIDTH * EM + GUTTER)
    first = WIDTH - 2 if indented else WIDTH
    lines = [words[:first], *(words[at : at + WIDTH] for at in range(first, len(words), WIDTH))]
    return [
        text_at(line, x + (2 * EM if indented and index == 0 else 0), top + PITCH * index)
        for index, line in enumerate(lines)
    ]


def words(start: int, count: int) -> str:
    """Return characters that tell where they come from."""
    return "".join(chr(0x4E00 + start + index) for index in range(count))


TITLE = text_at("某市产业发展办法", 230, 100)
LEFT_TEXT, RIGHT_TEXT = words(0, 118), words(200, 118)


def test_a_column_is_read_to_its_end_before_the_next() -> None:
    made = page(TITLE, *column(LEFT_TEXT, 0, 140), *column(RIGHT_TEXT, 1, 140))
    assert text_of_pages([made]).splitlines() == ["某市产业发展办法", LEFT_TEXT, RIGHT_TEXT]


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    made = page(*column(LEFT_TEXT, 0, 140), *column(RIGHT_TEXT[:110], 1, 140, indented=False))
    assert text_of_pages([made]).splitlines() == [LEFT_TEXT + RIGHT_TEXT[:110]]


def test_words_over_the_whole_width_part_the_columns() -> None:
    made = page(
        *column(LEFT_TEXT, 0, 140),
        *column(RIGHT_TEXT, 1, 140),
        text_at("第二部分各方面的具体要求", 200, 260),
        *column(LEFT_TEXT, 0, 290),
        *column(RIGHT_TEXT, 1, 290),
    )
    expected = [LEFT_TEXT, RIGHT_TEXT, "第二部分各方面的具体要求", LEFT_TEXT, RIGHT_TEXT]
    assert text_of_pages([made]).splitlines() == expected


def test_a_column_alone_is_known_from_other_pages() -> None:
    """The last page of a text in two columns often has the first of them only."""
    full = page(*column(LEFT_TEXT, 0, 140), *column(RIGHT_TEXT, 1, 140))
    rest = words(400, 90)
    last = page(*column(rest, 0, 100), number=2)
    assert text_of_pages([full, last]).splitlines() == [LEFT_TEXT, RIGHT_TEXT, rest]


@pytest.mark.parametrize(
    ("gap", "is_read_across", "reason"),
    [
        (1.0, True, "one wide blank behind the label"),
        (2.0, True, "two wide blanks"),
        (2.9, True, "two, in a line that is stretched to its margin"),
        (3.1, False, "farther apart than blanks: words at the end of a column, and the next column"),
    ],
)
@pytest.mark.parametrize("label", ["第一百五十四条", "第一千一百二十六条", "第十二条之一"])
def test_long_labels_above_short_last_lines_are_no_column(
    label: str, gap: float, is_read_across: bool, reason: str
) -> None:
    """Articles of two lines: the label and the end of the sentence stand under one another as a narrow column would."""
    indent, size = 2 * EM, len(label)
    lines: list[Fragment] = []
    expected: list[str] = []
    for number in range(4):
        top = 140 + 2 * PITCH * number
        first, rest = words(40 * number, 30 - size), words(40 * number + 200, size + 2 - number) + "。"
        start = LEFT + indent + (size + gap) * EM
        lines += [
            text_at(label, LEFT + indent, top),
            text_at(first, start, top),
            text_at(rest, LEFT, top + PITCH),
        ]
        expected.append(f"{label} {first}{rest}")
    assert (text_of_pages([page(*lines)]).splitlines() == expected) is is_read_across, reason


def test_lines_with_gaps_are_no_columns() -> None:
    made = page(
        *(
            part
            for n in range(6)
            for part in (text_at("甲方", 60, 100 + 30 * n), text_at("乙方", 300, 100 + 30 * n))
        )
    )
    assert text_of_pages([made]).splitlines() == ["| 甲方 | 乙方 |"] * 6


def rows(*cells: tuple[tuple[str, float], ...], top: float = 100, step: float = 24) -> list[Fragment]:
    return [
        text_at(text, x, top + step * number) for number, row in enumerate(cells) for text, x in row if text
    ]


UNRULED = [
    (
        rows((("序号", 60), ("任务", 120), ("单位", 300)), (("1", 60), ("建设平台", 120), ("市科技局", 300))),
        ["| 序号 | 任务 | 单位 |", "| 1 | 建设平台 | 市科技局 |"],
        "two lines that share two gaps",
    ),
    (
        rows(
            (("姓名", 60), ("单位", 300)),
            (("张三", 60), ("市财政局", 300)),
            (("李四", 60), ("市教育局", 300)),
        ),
        ["| 姓名 | 单位 |", "| 张三 | 市财政局 |", "| 李四 | 市教育局 |"],
        "three lines that share one",
    ),
    (
        rows((("姓名", 60), ("单位", 300)), (("张三", 60), ("市财政局", 300))),
        ["姓名 单位", "张三 市财政局"],
        "two lines that share one may be chance",
    ),
    (
        [
            *rows(
                (("序号", 60), ("任务", 120), ("单位", 300)),
                (("1", 60), ("建设公共服务", 120), ("市科技局", 300)),
            ),
            text_at("平台", 120, 124 + 14),
            *rows((("2", 60), ("引进人才", 120), ("组织部", 300)), top=162),
        ],
        ["| 序号 | 任务 | 单位 |", "| 1 | 建设公共服务平台 | 市科技局 |", "| 2 | 引进人才 | 组织部 |"],
        "a cell goes on where its line was full",
    ),
    (
        rows(
            (("1", 60), ("甲", 120), ("市科技局", 300)),
            (("", 60), ("乙", 120), ("市财政局", 300)),
            (("2", 60), ("丙丁戊己庚", 120), ("市教育局", 300)),
        ),
        ["| 1 | 甲 | 市科技局 |", "|  | 乙 | 市财政局 |", "| 2 | 丙丁戊己庚 | 市教育局 |"],
        "an empty cell is kept where the cell above it was not full",
    ),
    (
        [
            *rows(
                (("序号", 60), ("任务", 120), ("单位", 300)),
                (("1", 60), ("建设平台", 120), ("市科技局", 300)),
            ),
            text_at("特此通知。", 80, 148),
        ],
        ["| 序号 | 任务 | 单位 |", "| 1 | 建设平台 | 市科技局 |", "特此通知。"],
        "words at the left after the table",
    ),
    (
        [
            *rows(
                (("序号", 60), ("任务", 120), ("单位", 300)),
                (("1", 60), ("建设公共服务", 120), ("市科技局", 300)),
            ),
            text_at("第二章 附则", 150, 140),
        ],
        ["| 序号 | 任务 | 单位 |", "| 1 | 建设公共服务 | 市科技局 |", "第二章 附则"],
        "a heading after the table, over one of its columns",
    ),
    (
        [
            *rows(
                (("1", 60), ("一二三四五六七八九十甲乙丙丁戊", 135), ("市科技局", 300)),
                (("2", 60), ("引进", 135), ("组织部", 300)),
            ),
            text_at("各区人民政府要加强组织领导，明确责任分工，按期完成任务。", 80, 148),
        ],
        [
            "| 1 | 一二三四五六七八九十甲乙丙丁戊 | 市科技局 |",
            "| 2 | 引进 | 组织部 |",
            "各区人民政府要加强组织领导，明确责任分工，按期完成任务。",
        ],
        "a paragraph after the table, within the gap of its first column",
    ),
    (
        rows(
            (("第一条", 70), ("为了规范管理，制定本办法。", 120)),
            (("第二条", 70), ("本办法适用于全市。", 120)),
            (("第三条", 70), ("市科技局负责实施。", 120)),
        ),
        ["第一条 为了规范管理，制定本办法。", "第二条 本办法适用于全市。", "第三条 市科技局负责实施。"],
        "labels set off from their articles",
    ),
    (
        rows(
            (("第一章 总则", 60), ("1", 300)),
            (("第二章 管理", 60), ("3", 300)),
            (("第三章 附则", 60), ("9", 300)),
        ),
        ["第一章 总则 1", "第二章 管理 3", "第三章 附则 9"],
        "a table of contents",
    ),
]


@pytest.mark.parametrize(("fragments", "expected", "reason"), UNRULED, ids=[row[2] for row in UNRULED])
def test_tables_without_rulings(fragments: list[Fragment], expected: list[str], reason: str) -> None:
    assert text_of_pages([page(*fragments)]).splitlines() == expected


@pytest.mark.parametrize(
    ("rows", "from_left", "is_table", "reason"),
    [
        (3, 8.0, True, "three rows whose words begin at one place are cells"),
        (2, 8.0, False, "two headings may be spaced out alike"),
        (3, 7.1, True, "just right of the longest label"),
        (3, 6.9, False, "as far left as a label stands from its words"),
        (9, 8.0, True, "a long table"),
    ],
)
def test_cells_of_a_table_are_no_columns_of_prose(
    rows: int, from_left: float, is_table: bool, reason: str
) -> None:
    """Both halves of a table with four columns fill the page as prose in two columns does."""
    plain = [[(50.0, 250.0), (270.0, 470.0)]] * 8
    x = 270.0 + from_left * EM
    cells = [[(50.0, 250.0), (270.0, x - 15.0), (x, 470.0)]] * rows
    assert (columns_of_prose([*plain, *cells], EM) == ()) is is_table, reason


def test_every_character_of_a_page_comes_out_once() -> None:
    """Whatever is taken for a column: pieces far outside of all columns too."""
    stray = [text_at("外", 5, 150), text_at("边", 505, 170)]
    made = page(*column(LEFT_TEXT, 0, 140), *column(RIGHT_TEXT, 1, 140), *stray)
    text = "".join(text_of_pages([made]).replace("|", "").split())
    assert sorted(text) == sorted(LEFT_TEXT + RIGHT_TEXT + "外边")


BODY = [
    f"第{number}条 {words(60 * index, 55)}，{words(60 * index + 7, 40)}。"
    for index, number in enumerate("一二三四五六七八九")
]
TABLE = (
    ("序号", "任务", "单位"),
    ("1", "建设公共技术服务平台，培育龙头企业和高层次人才", "市科技局"),
    ("2", "推进数据共享", "市大数据局"),
)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_what_libreoffice_sets_in_columns_comes_back(layout: Layout, tmp_path: Path) -> None:
    if SOFFICE is None:
        pytest.skip("LibreOffice (soffice, Debian: libreoffice-writer-nogui) is not on the path")
    tables = {4: TABLE} if layout.columns == 1 else None
    made = converted({"a": laid_out("某市产业发展办法", BODY, layout, tables=tables)}, "pdf", tmp_path)["a"]
    expected = ["某市产业发展办法", *BODY]
    if tables:
        expected[5:5] = [row_line(row) for row in TABLE]
    got = read_as(FileKind.PDF, Request(made)).text.splitlines()
    assert [line.replace(" ", "") for line in got] == [line.replace(" ", "") for line in expected]


@pytest.mark.parametrize(
    ("lines", "width", "height", "apart", "reason"),
    [
        (3, 520, 380, True, "a sheet laid sideways, three lines on each of its pages"),
        (2, 520, 380, True, "two lines"),
        (1, 520, 380, False, "one line beside another is a line with a gap"),
        (3, 520, 399, True, "1.303 times as wide as high"),
        (3, 520, 401, False, "1.297 times: a page"),
        (3, 596, 380, True, "the gap of the first lines is 4.7 % of the width beside the middle"),
        (3, 612, 380, False, "5.9 %: no fold"),
        (3, 520, 800, False, "an upright page of two short columns"),
        (4, 520, 800, True, "four lines show columns on any page"),
    ],
)
def test_a_sheet_of_two_pages(lines: int, width: float, height: float, apart: bool, reason: str) -> None:
    left, right = words(0, 20 * lines - 2), words(200, 20 * lines - 2)
    made = Page(1, width, height, (*column(left, 0, 140), *column(right, 1, 140)))
    assert (text_of_pages([made]).splitlines() == [left, right]) is apart, reason
