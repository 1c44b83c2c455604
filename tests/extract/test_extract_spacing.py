"""Text spaced out on a grid of characters, as word processors print it: the same words as text set solid."""

import pytest

from policydiff.extract.pages.assembly import text_of_pages
from policydiff.extract.pages.gathering import closed_up
from policydiff.extract.pages.lines import Fragment, Page, Ruling, printed_lines

SIZE, STEP, LEFT = 16.0, 15.5, 80.0
"""Type, the empty space behind each character, and the margin, in points."""
FILL = "国家保护公民的合法权益"


def page(*lines: list[tuple[str, float]], rulings: tuple[Ruling, ...] = ()) -> Page:
    """Return a page of lines; each word stands so many steps of the grid from the margin, a character a step."""
    fragments = [
        Fragment(character, x0, x0 + SIZE, 100.0 + 29 * number, SIZE)
        for number, line in enumerate(lines)
        for word, place in line
        for index, character in enumerate(word)
        for x0 in [LEFT + (place + index) * (SIZE + STEP)]
    ]
    return Page(1, 595.0, 842.0, tuple(fragments), rulings)


BODY = [[(FILL, 0.0)] for _ in range(4)]
LINES = [
    ([("第十三条", 0.0), ("甲乙丙丁", 5.0)], "第十三条 甲乙丙丁", "a label and the blank behind it"),
    ([("第十三条", 0.0), ("甲乙丙丁", 4.0)], "第十三条甲乙丙丁", "a label without a blank"),
    ([("第三章", 0.0), ("总则", 4.0)], "第三章 总则", "a heading"),
    ([("第一百二十三条之一", 0.0), ("甲", 10.0)], "第一百二十三条之一 甲", "a long label"),
    ([("第三十条", 0.0), ("甲乙", 4.2)], "第三十条 甲乙", "a fifth of the grid is a blank behind a label"),
    (
        [("甲乙丙丁", 0.0), ("戊己庚辛", 4.2)],
        "甲乙丙丁戊己庚辛",
        "and none between words: a line is stretched",
    ),
    ([("甲乙丙", 0.0), ("丁", 3.0)], "甲乙丙丁", "words that follow one another"),
    ([("附件", 0.0), ("一", 2.0)], "附件一", "no label of a clause"),
]


@pytest.mark.parametrize(("line", "expected", "reason"), LINES, ids=[row[2] for row in LINES])
def test_blanks_of_spaced_lines(line: list[tuple[str, float]], expected: str, reason: str) -> None:
    [closed] = closed_up([page(*BODY, line)])
    assert printed_lines(closed.fragments)[-1].text == expected, reason


def test_spaced_characters_are_one_fragment_a_line() -> None:
    [closed] = closed_up([page(*BODY)])
    assert [each.text for each in closed.fragments] == [FILL] * 4


@pytest.mark.parametrize(("size", "parted"), [(16.0, True), (18.5, True), (18.9, False), (22.0, False)])
def test_type_of_another_size_on_the_same_grid_begins_a_paragraph(size: float, parted: bool) -> None:
    """A title and the note below it stand on one grid: three twentieths of the larger type part them."""
    title = [each._replace(size=22.0) for each in page(*[[(FILL, 0.0)]] * 3).fragments]
    note = page(*[[]] * 3, *[[(FILL, 0.0)]] * 9).fragments
    both = (*title, *(each._replace(size=size) for each in note))
    found = text_of_pages([Page(1, 595.0, 842.0, both)]).split()
    assert found == ([FILL * 3, FILL * 9] if parted else [FILL * 12])


def test_no_words_are_joined_over_the_border_of_a_cell() -> None:
    border = Ruling(LEFT + 4 * (SIZE + STEP), 80.0, LEFT + 4 * (SIZE + STEP), 200.0)
    [closed] = closed_up([page(*BODY, rulings=(border,))])
    assert {len(each.text) for each in closed.fragments} == {1}


INDENTED = [[(FILL[:9], 2.0)], [(FILL, 0.0)], [("权益和自由。", 0.0)]] * 3
HEADINGS = [
    ([("第二节", 2.0), ("标签、说明书", 5.0)], [("长期坚持", 2.0)], "长期坚持", "a note where paragraphs begin"),
    ([("第二节", 2.0), ("标签、说明书", 5.0)], [("和广告", 0.0)], "第二节标签、说明书和广告", "goes on at the margin"),
    ([("第二节", 2.0), ("标签、说明书", 5.0)], [("长期坚持。", 2.0)], "长期坚持。", "a sentence below it"),
    ([("第二节", 2.0), ("标签", 5.0)], [("和广告", 2.0)], "和广告", "the heading does not fill its line"),
    ([("第二节", 2.0), ("标签、说明书", 5.0)], [("第三节", 2.0), ("总则", 5.0)], "第三节总则", "the next heading"),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "below", "last", "reason"), HEADINGS, ids=[row[3] for row in HEADINGS])
def test_headings_that_fill_their_line(
    heading: list[tuple[str, float]], below: list[tuple[str, float]], last: str, reason: str
) -> None:
    read = text_of_pages([page(*INDENTED, heading, below)]).strip().split("\n")
    assert read[-1] == last, reason


@pytest.mark.parametrize(("place", "goes_on"), [(3.0, True), (2.4, True), (2.2, False), (2.0, False)])
def test_further_lines_of_an_entry_of_the_contents(place: float, goes_on: bool) -> None:
    """They are set in deeper than first lines of paragraphs, by more than three tenths of a cell, and may be full."""
    entry = [("第二节", 4.0), ("标签、说", 7.0)]
    below = [("明书和广告的", place), ("要求", place + 6), ("等", place + 8 if place < 3 else 10.9)]
    read = text_of_pages([page(*INDENTED, entry, below)]).strip().split("\n")
    assert (len(read[-1]) > 9) is goes_on


HANGING = [(FILL[:10], 0.3), ("、", 10.85)]
ITEMS = [HANGING, HANGING, HANGING, [("（二）配料表；", 2.0)], [("（三）名称；", 2.0)]]


def test_marks_that_hang_move_no_margins() -> None:
    read = text_of_pages([page(*INDENTED), page(*ITEMS)._replace(number=2)]).strip().split("\n")
    assert read[-2:] == ["（二）配料表；", "（三）名称；"]


SENTENCE, INSIDE = "国家保护公民合法权益。", FILL
"""Full lines, one of which ends a sentence."""
CELLS: list[tuple[tuple[str, float], tuple[str, float], bool, str]] = [
    ((SENTENCE, 0.0), ("根据法律的规定制定", 1.0), True, "a cell behind a full line that ends a sentence"),
    ((SENTENCE, 0.0), ("根据法律的规定制定", 0.85), True, "a little less than a cell"),
    ((SENTENCE, 0.0), ("根据法律的规定制定", 0.7), False, "much less than a cell: a bracket hangs so"),
    ((SENTENCE, 0.0), ("根据法律的规定制定", 0.0), False, "at the margin"),
    ((INSIDE, 0.0), ("根据法律的规定制定", 1.0), False, "the line before ends no sentence"),
    ((INSIDE[1:], 1.0), ("根据法律的规定制定", 1.0), False, "a list whose lines hang together"),
    ((SENTENCE[1:], 1.0), ("根据法律的规定制定", 1.0), False, "the same, behind the end of a sentence"),
    ((SENTENCE[1:], 1.0), ("（二）根据法律规定", 1.0), True, "a number begins an item of a list"),
    ((INSIDE, 0.0), ("（二）根据法律规定", 1.0), True, "a number behind a line without a mark"),
    ((SENTENCE[1:], 1.0), ("第二条根据法律规定", 1.0), True, "the label of an article"),
    ((SENTENCE, 0.0), ("2001", 1.0), False, "digits are narrower than a cell: their place tells little"),
]


@pytest.mark.parametrize(("before", "here", "begins", "reason"), CELLS, ids=[row[3] for row in CELLS])
def test_first_lines_set_in_by_a_cell_of_the_grid(
    before: tuple[str, float], here: tuple[str, float], begins: bool, reason: str
) -> None:
    body = [line for _ in range(6) for line in ([(FILL[1:], 1.0)], [(FILL, 0.0)], [("权益和自由。", 0.0)])]
    made = text_of_pages(closed_up([page(*body[:-1], [("权益和自由。", 0.0)], [before], [here])]))
    assert made.splitlines()[-1].startswith(here[0][:3]) is begins, (reason, made)


@pytest.mark.parametrize(
    ("number", "is_closed", "reason"),
    [
        ("114", True, "digits stand close on a grid too, and tell nothing"),
        ("114条", True, "with a character behind them as well"),
        ("ABCDEFGHIJKL", False, "letters are words, which are set solid"),
        ("甲乙丙丁戊己庚辛", False, "characters that touch are no grid"),
    ],
)
def test_digits_close_to_each_other_hide_no_grid(number: str, is_closed: bool, reason: str) -> None:
    """Characters of one size stand a step apart where seven tenths of the neighbours do."""
    words = page(*[[("根据第", 0.0), ("款", 12.0)]] * 12).fragments
    held = tuple(Fragment(number, LEFT + 130, LEFT + 250, 100.0 + 29 * line, SIZE) for line in range(12))
    both = tuple(sorted((*words, *held), key=lambda each: (each.baseline, each.x0)))
    [closed] = closed_up([Page(1, 595.0, 842.0, both)])
    assert (closed.fragments[0].size > SIZE) == is_closed, reason
