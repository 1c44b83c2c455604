"""Furniture stands outside the text block on nearly all pages at one place; words that repeat in the text are text."""

import pytest

from policydiff.extract.pages.assembly import FoundLine, blocks_of_pages, suspicious, text_of_pages
from policydiff.extract.pages.lines import Fragment, Page
from policydiff.extract.reading import Leftovers

EM, STEP, LEFT = 16.0, 29.0, 90.0
TOP, BOTTOM = 110.0, 780.0
"""Baselines of the first and the last line a page has room for; it is 842 points high."""


def at(text: str, baseline: float, *, x: float = LEFT, size: float = EM) -> Fragment:
    return Fragment(text, x, x + len(text) * size, baseline, size)


def pages_of(
    lines: list[str], *, header: str = "", footer: str = "", gap: float = 50.0, size: float = 10.5
) -> list[Page]:
    """Return the lines set on pages, 24 on each, with a header and a footer outside the text block."""
    rows = int((BOTTOM - TOP) / STEP) + 1
    made = []
    for number, first in enumerate(range(0, len(lines), rows), start=1):
        fragments = [
            at(line, TOP + STEP * row, x=LEFT + 2 * EM)
            for row, line in enumerate(lines[first : first + rows])
        ]
        if header:
            fragments.insert(0, at(header, TOP - gap, x=250, size=size))
        if footer:
            fragments.append(at(footer.format(number), 842 - 40, x=250, size=size))
        made.append(Page(number, 595, 842, tuple(fragments)))
    return made


NOTE_LINES = [
    "（责任单位：某市经济和信息化局）", "完成时限：长期坚持", "由主管部门责令限期改正。",
    "（各区政府、市各有关部门按职责分工负责）", "长期", "并处二千元罚款。", "2025年底前完成。", "同上",
]  # fmt: skip


@pytest.mark.parametrize("note", NOTE_LINES)
@pytest.mark.parametrize("between", [1, 2, 3, 5, 11, 23])
def test_words_that_repeat_at_the_edges_of_pages_are_text(note: str, between: int) -> None:
    """Also where each page ends in the same words, because a task takes just a page."""
    lines = []
    for task in range(200 // between):
        lines.extend(f"第{task}项任务的第{number}个要求。" for number in range(between))
        lines.append(note)
    left_out = Leftovers()
    found = [block.text for block in blocks_of_pages(pages_of(lines), left_out)]
    assert found == lines
    assert left_out.found() == ()


FURNITURE = [
    ("某市产业发展办法", "", 50.0, 10.5, "a header"),
    ("某市产业发展办法", "— {} —", 40.0, 16.0, "a header in the type of the text, out of its rhythm"),
    ("", "某市人民政府办公室 第{}页", 0.0, 10.5, "a footer that counts"),
    ("第一章总则", "{}", 50.0, 9.0, "both"),
]


@pytest.mark.parametrize(
    ("header", "footer", "gap", "size", "reason"), FURNITURE, ids=[row[4] for row in FURNITURE]
)
def test_what_stands_outside_the_text_on_all_pages_is_named(
    header: str, footer: str, gap: float, size: float, reason: str
) -> None:
    lines = [f"第{number}项要求应当认真落实。" for number in range(100)]
    left_out = Leftovers()
    pages = pages_of(lines, header=header, footer=footer, gap=gap, size=size)
    assert [block.text for block in blocks_of_pages(pages, left_out)] == lines
    assert sum(each.times for each in left_out.found()) == len(pages) * (bool(header) + bool(footer))


def test_a_header_on_one_page_in_four_is_text() -> None:
    """Borderline of nearly all pages: four of five bear furniture, three of five do not."""
    lines = [f"第{number}项要求应当认真落实。" for number in range(24 * 5)]
    for bearing, is_text in ((4, False), (3, True)):
        pages = pages_of(lines, header="某市文件")
        kept = {0, 4, *range(1, bearing - 1)}
        pages = [
            page if index in kept else page._replace(fragments=page.fragments[1:])
            for index, page in enumerate(pages)
        ]
        assert ("某市文件" in text_of_pages(pages)) is is_text


def test_a_title_that_the_header_repeats_stays() -> None:
    lines = ["某市产业发展办法", *(f"第{number}项要求应当认真落实。" for number in range(100))]
    text = text_of_pages(pages_of(lines, header="某市产业发展办法"))
    assert text.splitlines() == lines


def test_a_wrapped_range_at_the_edge_is_no_page_number() -> None:
    lines = [f"第{number}项要求应当认真落实。" for number in range(60)]
    lines[21:23] = ["规划期为", "2021—"]
    assert "2021—" in text_of_pages(pages_of(lines, footer="— {} —"))


RECOGNISED = [
    (["六、会议要求准时参加请假须经批准", "七、会议联系方式"], 2, "the next number"),
    (["六、会议要求准时参加请假须经批准", "七、八两项另行通知安排"], 1, "a list of numbers"),
    (["六、会议要求准时参加请假须经批准", "九、这不是下一个编号的行"], 1, "another number"),
]


@pytest.mark.parametrize(("lines", "count", "reason"), RECOGNISED, ids=[row[2] for row in RECOGNISED])
def test_the_next_number_begins_a_paragraph_of_a_recognised_page(
    lines: list[str], count: int, reason: str
) -> None:
    full = 25 * EM
    body = [Fragment("其" * 25, LEFT, LEFT + full, TOP + STEP * row, EM) for row in range(6)]
    ends = at("完。", TOP + STEP * 6)
    numbered = [
        Fragment(line, LEFT, LEFT + full, TOP + STEP * (7 + row), EM) for row, line in enumerate(lines)
    ]
    for recognised in (True, False):
        page = Page(1, 595, 842, (*body, ends, *numbered), recognised=recognised)
        found = text_of_pages([page]).splitlines()[1:]
        assert found == (lines if recognised and count == 2 else ["".join(lines)])


DOUBTFUL = [
    ("+一", 1000.0, True, "two signs for a whole line"),
    ("一二三四五六七八", 1000.0, True, "just under a quarter of its room"),
    ("一二三四五六七八九", 1000.0, False, "just over it"),
    ("通知", 330.0, False, "a title spaced out"),
    ("————", 1000.0, False, "a ruling"),
]


@pytest.mark.parametrize(("text", "width", "doubted", "reason"), DOUBTFUL, ids=[row[3] for row in DOUBTFUL])
def test_a_line_whose_words_fill_hardly_any_of_its_room_is_doubted(
    text: str, width: float, doubted: bool, reason: str
) -> None:
    found = suspicious([FoundLine(text, (0.0, 0.0), (width, 0.0), 30.0, 0.9)], 3)
    assert bool(found) is doubted
    assert all("page 3" in warning.text and warning.words == text for warning in found)
