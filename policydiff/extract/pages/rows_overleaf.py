"""Tables that go on overleaf: rows that a page break parts are one, and heads that are printed again are left out."""

import re
from collections.abc import Sequence

from policydiff.extract.pages.lines import Line, TableRow, joined
from policydiff.extract.reading import Leftovers
from policydiff.lexicon.text_marks import Slot

_FEWEST_ROWS = 3
"""Rows that show which cells a table fills."""
_BEGINS = re.compile(
    r"第[一二三四五六七八九十百千零〇\d]+[编章节条款项]|[（(]?[一二三四五六七八九十\d]+[、.．）)]|\d+$"
)
"""How the first cell of a row of its own begins: a label, or its number alone."""


def continued(
    tables: list[list[TableRow]], lines: Sequence[list[Line]], left_out: Leftovers
) -> list[list[TableRow]]:
    """Join rows that a page break parts, and leave out the heads of tables repeated overleaf."""
    head: TableRow | None = None
    for here in range(1, len(tables)):
        above, below = tables[here - 1], tables[here]
        if not above or not below or not _adjoin(above[-1], below[0], lines[here - 1], lines[here]):
            head = None
            continue
        head = head or next(row for row in above if row.borders == below[0].borders)
        if below[0].cells == head.cells:
            left_out.part()
            left_out.add("header", " ".join(slot for slot in head.cells if isinstance(slot, str)))
            del below[0]
        if below and _goes_on(above, below):
            halves = zip(above[-1].cells, below[0].cells, strict=True)
            above[-1] = above[-1]._replace(cells=tuple(_joined(upper, lower) for upper, lower in halves))
            del below[0]
    return tables


def _goes_on(above: Sequence[TableRow], below: Sequence[TableRow]) -> bool:
    """Say whether the first row overleaf is the rest of the last row above.

    Its first cell is empty, or a bracket that is open above is closed in it, or cells are empty that no other row leaves empty.
    """
    upper, lower = above[-1].cells, below[0].cells
    if len(upper) != len(lower) or not lower[0]:
        return len(upper) == len(lower)
    if any(_is_open(before) and _closes(after) for before, after in zip(upper, lower, strict=True)):
        return True
    empty = [column for column, cell in enumerate(lower) if not cell]
    others = [row.cells for row in (*above, *below[1:]) if len(row.cells) == len(lower)]
    return (
        bool(empty)
        and len(others) >= _FEWEST_ROWS
        and all(cells[column] for cells in others for column in empty)
        and not any(isinstance(cell, str) and _BEGINS.match(cell) for cell in lower)
    )


def _is_open(cell: Slot) -> bool:
    return isinstance(cell, str) and _depth(cell) > 0


def _closes(cell: Slot) -> bool:
    return isinstance(cell, str) and _depth(cell) < 0


def _depth(words: str) -> int:
    """Return how many brackets are open at the end of words; those that words close and do not open count below nothing."""
    return sum(map(words.count, "（(《〈【〔")) - sum(map(words.count, "）)》〉】〕"))


def _joined(upper: Slot, lower: Slot) -> Slot:
    """Return a cell that a page break parts; a merge has no words to join."""
    return joined(upper, lower) if isinstance(upper, str) and isinstance(lower, str) else upper


def _adjoin(above: TableRow, below: TableRow, before: Sequence[Line], after: Sequence[Line]) -> bool:
    """Say whether one table ends a page and goes on at the top of the next."""
    return (
        above.borders == below.borders
        and all(line.baseline < above.baseline for line in before)
        and all(line.baseline > below.baseline for line in after)
    )
