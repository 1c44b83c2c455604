"""Tables that go on overleaf: which first row of a page is the rest of the last row above it."""

import pytest

from policydiff.extract.pages.lines import TableRow
from policydiff.extract.pages.page_edges import continued
from policydiff.extract.reading import Leftovers
from policydiff.lexicon.text_marks import Merged, Slot

Cells = tuple[Slot, ...]
HEAD: Cells = ("条文", "罪名", "期限")
FULL: tuple[Cells, ...] = (("甲款", "甲罪", "一年"), ("乙款", "乙罪", "二年"))
BORDERS = (80, 200, 320, 440)

PARTED: list[tuple[Cells, Cells, Cells | None, str]] = [
    (("丙款（《修正案》第二十三", "丙罪", "三年"), ("条）", "", ""), ("丙款（《修正案》第二十三条）", "丙罪", "三年"), "a bracket is closed overleaf"),
    (("丙款", "丙罪（取消丁罪", "三年"), ("", "罪名）", ""), ("丙款", "丙罪（取消丁罪罪名）", "三年"), "the first cell is empty"),
    (("丙款（《修正", "丙罪", "三年（不含"), ("案》）", "之一", "本数）"), ("丙款（《修正案》）", "丙罪之一", "三年（不含本数）"), "all cells go on"),
    (("丙款", "丙罪", "三年"), ("（《修正案》）", "", ""), ("丙款（《修正案》）", "丙罪", "三年"), "no other row leaves its cells empty"),
    (("丙款", "为境外窃取", "三年"), ("之一", "商业秘密罪", ""), ("丙款之一", "为境外窃取商业秘密罪", "三年"), "one cell is empty"),
    (("丙款", "丙罪", "三年"), ("第四条", "", ""), None, "a label begins a row"),
    (("丙款", "丙罪", "三年"), ("（二）", "丁罪", ""), None, "a number in brackets begins a row"),
    (("丙款", "丙罪", "三年"), ("4", "丁罪", ""), None, "a number alone begins a row"),
    (("丙款", "丙罪", "三年"), ("丁款", "丁罪", "四年"), None, "a full row"),
    (("丙款", "丙罪", ""), ("丁款", "丁罪", ""), None, "rows without a period are usual here"),
    (("丙款（《修正案》）", "丙罪", "三年"), ("丁款）", "丁罪", "四年"), None, "a bracket that nothing opened"),
]  # fmt: skip


def row(cells: Cells) -> TableRow:
    return TableRow(cells, 100.0, BORDERS)


@pytest.mark.parametrize(("last", "first", "whole", "reason"), PARTED, ids=[each[3] for each in PARTED])
def test_rows_that_a_page_break_parts(last: Cells, first: Cells, whole: Cells | None, reason: str) -> None:
    above = [row(cells) for cells in (HEAD, *FULL, last)]
    found = continued([above, [row(first), row(("戊款", "戊罪", "五年"))]], [[], []], Leftovers())
    assert found[0][-1].cells == (whole or last), reason
    assert [each.cells[0] for each in found[1]] == (["戊款"] if whole else [first[0], "戊款"]), reason


def test_two_rows_show_too_little() -> None:
    found = continued([[row(HEAD), row(FULL[0])], [row(("（续）", "", ""))]], [[], []], Leftovers())
    assert len(found[1]) == 1


def test_a_head_that_is_printed_again_is_left_out() -> None:
    left_out = Leftovers()
    pages = [[row(HEAD), row(FULL[0])], [row(HEAD), row(FULL[1])]]
    assert [each.cells[0] for each in continued(pages, [[], []], left_out)[1]] == ["乙款"]
    assert [each.kind for each in left_out.found()] == ["header"]


def test_a_merged_cell_overleaf_has_no_words_to_join() -> None:
    above = [row(cells) for cells in (HEAD, *FULL)]
    found = continued([above, [row(("", Merged.ABOVE, "（含本数）"))]], [[], []], Leftovers())
    assert found[0][-1].cells == ("乙款", "乙罪", "二年（含本数）")
