"""The form of table rows in a text: written, read again, and never taken for more than it is."""

import pytest
from hypothesis import given, strategies as st

from policydiff.lexicon.text_marks import Merged, Slot, compact, is_row, read_row, row_line, table_lines

ABOVE, LEFT = Merged.ABOVE, Merged.LEFT

ROWS: list[tuple[list[Slot], int, str, str]] = [
    (["甲", "乙"], 0, "| 甲 | 乙 |", "two cells"),
    (["甲", ""], 0, "| 甲 |  |", "an empty cell at the end stays"),
    (["", "甲"], 0, "|  | 甲 |", "and at the beginning"),
    (["甲", LEFT, LEFT], 0, "| 甲 |||", "a cell over three columns"),
    ([ABOVE, "乙"], 0, "|^^| 乙 |", "a cell that goes on from above"),
    (["甲\n乙", "丙"], 0, "| 甲<br>乙 | 丙 |", "two lines in a cell"),
    (["甲|乙", "丙"], 0, "| 甲\\|乙 | 丙 |", "a bar in a cell"),
    (["^^", "丙"], 0, "| ^ ^ | 丙 |", "words that look like a merge are told from one"),
    (["甲", "乙"], 1, "|> 甲 | 乙 |", "a table in a cell"),
    ([ABOVE, "乙"], 2, "|>> ^^| 乙 |", "deeper, and merged"),
    (["", ""], 0, "", "a row without words is none"),
    ([ABOVE, LEFT], 0, "", "nor is one of merges alone"),
]


@pytest.mark.parametrize(("slots", "depth", "line", "reason"), ROWS, ids=[row[3] for row in ROWS])
def test_rows_are_written(slots: list[Slot], depth: int, line: str, reason: str) -> None:
    assert row_line(slots, depth) == line


def test_columns_in_which_no_cell_begins_go() -> None:
    assert compact([["甲", LEFT, "乙"], ["丙", LEFT, "丁"]]) == [["甲", "乙"], ["丙", "丁"]]
    assert compact([["甲", LEFT, "乙"], ["丙", "戊", "丁"]])[0] == ["甲", LEFT, "乙"]


def test_short_rows_are_filled_up() -> None:
    assert table_lines([["甲", "乙"], ["丙"]]) == ["| 甲 | 乙 |", "| 丙 |  |"]


_WORDS = st.text(st.characters(blacklist_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), min_size=1, max_size=6)
_SLOTS = st.lists(st.one_of(_WORDS, st.just(""), st.just(ABOVE), st.just(LEFT)), min_size=2, max_size=6)


@given(_SLOTS, st.integers(0, 3))
def test_what_is_written_is_read_again(slots: list[Slot], depth: int) -> None:
    slots[0] = slots[0] if slots[0] is not LEFT else ""
    line = row_line(slots, depth)
    if not line:
        return
    assert is_row(line)
    row = read_row(line)
    assert row.depth == depth
    assert [cell.merged for cell in row.cells] == [
        slot if isinstance(slot, Merged) else None for slot in slots
    ]
