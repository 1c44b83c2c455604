"""Tables without rulings: cells stand under one another, parted by empty space that no line crosses."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from policydiff.extract.pages.lines import first_unit, joined
from policydiff.extract.pages.placed import Flow, Line, TableRow

_GAP = 1.5
_LEFT_OVER = 0.4
_STEP = 3.2
_CLOSE = 1.25
_MOST_LINES = 1000
_LABEL = re.compile(
    r"""(?: 第[一二三四五六七八九十百千零〇\d]+[编章节条款项] .*
          | [一二三四五六七八九十]+、 | [（(][一二三四五六七八九十\d]+[）)] | \d{1,3}[.．、] | 附\s*件\s*\d* [:：]?
    )""",
    re.VERBOSE,
)
"""What stands before a gap and heads no column: 第一条　　为了…, 第一章 总则 …… 3."""

_Gap = tuple[float, float]


class _Run(NamedTuple):
    """Lines `first` to `last - 1`, and the empty space between their columns."""

    first: int
    last: int
    gaps: list[_Gap]


def with_unruled_tables(flow: Flow) -> Flow:
    """Return the flow with the lines of unruled tables as rows.

    Three lines must share a gap, or two lines two gaps. A cell that goes on in the next line is joined where its
    line was full; what fills every column begins a row.
    """
    lines = sorted(flow.lines, key=lambda line: line.baseline)
    if len(lines) > _MOST_LINES:
        return flow
    kept: list[Line] = []
    rows = list(flow.rows)
    index = 0
    while index < len(lines):
        run = _run(lines, index)
        made = _rows(lines[run.first : run.last], run.gaps) if run else []
        if run is None or not made:
            kept.append(lines[index])
            index += 1
            continue
        rows.extend(made)
        index = run.last
    return Flow(flow.page, kept, rows)


def _run(lines: Sequence[Line], first: int) -> _Run | None:
    """Return the table that begins with this line, None where none does."""
    head = lines[first]
    gaps = [(before.x1, after.x0) for before, after in pairwise(head.parts)]
    if not any(_is_wide(gap, head) for gap in gaps):
        return None
    # Where a cell fills its column the gap after it is narrow, and may be one between words: later lines tell.
    doubtful = [not _is_wide(gap, head) for gap in gaps]
    last = first + 1
    while last < len(lines) and lines[last].baseline - lines[last - 1].baseline < _STEP * head.size:
        left = [_left_over(gap, lines[last]) for gap in gaps]
        if any(gap is None and not may_go for gap, may_go in zip(left, doubtful, strict=True)):
            break
        kept = [(gap, may_go) for gap, may_go in zip(left, doubtful, strict=True) if gap is not None]
        # Words at the left alone, or a heading, come after the table.
        alone = list(_columns(lines[last], [gap for gap, _ in kept])) == [0]
        if alone or (not lines[last].parts and _LABEL.fullmatch(lines[last].text)):
            break
        gaps = [gap for gap, _ in kept]
        doubtful = [may_go and not _parts(gap, lines[last]) for gap, may_go in kept]
        last += 1
    sharing = [line for line in lines[first:last] if len(_columns(line, gaps)) > 1]
    if len(sharing) < (3 if len(gaps) == 1 else 2) or _are_labels(sharing, gaps):
        return None
    return _Run(first, last, gaps)


def _is_wide(gap: _Gap, line: Line) -> bool:
    return gap[1] - gap[0] > _GAP * line.size


def _parts(gap: _Gap, line: Line) -> bool:
    return line.pieces[0].x1 <= gap[0] and gap[1] <= line.pieces[-1].x0


def _left_over(gap: _Gap, line: Line) -> _Gap | None:
    """Return what a line leaves of a gap, None where it crosses it."""
    start, end = gap
    # A piece belongs to the side it reaches beyond the gap, one within the gap to the nearer side.
    sides = [(piece, start - piece.x0, piece.x1 - end) for piece in line.pieces]
    before = [piece.x1 for piece, left_of, right_of in sides if left_of >= right_of]
    after = [piece.x0 for piece, left_of, right_of in sides if left_of < right_of]
    left = max((start, *before)), min((end, *after))
    return left if left[1] - left[0] >= _LEFT_OVER * line.size else None


def _columns(line: Line, gaps: Sequence[_Gap]) -> dict[int, list[Line]]:
    """Return a line's pieces by column."""
    found: dict[int, list[Line]] = {}
    for piece in line.pieces:
        column = sum(piece.x0 >= end - 0.01 for _, end in gaps)
        found.setdefault(column, []).append(piece)
    return found


def _are_labels(lines: Sequence[Line], gaps: Sequence[_Gap]) -> bool:
    """Say whether the lines are headings: a label, and after the gap its words, perhaps spaced out (第二章　法　人)."""
    columns = [_columns(line, gaps) for line in lines]
    labelled = sum(bool(_LABEL.fullmatch(_text(row.get(0, [])))) for row in columns)
    spaced_out = all(
        len(piece.text) == 1
        for row in columns
        for column, pieces in row.items()
        if column
        for piece in pieces
    )
    return 2 * labelled >= len(lines) and (len(gaps) == 1 or spaced_out)


def _rows(lines: Sequence[Line], gaps: Sequence[_Gap]) -> list[TableRow]:
    cells = [_columns(line, gaps) for line in lines]
    count = len(gaps) + 1
    ends = [
        max((row[column][-1].x1 for row in cells if column in row), default=0.0) for column in range(count)
    ]
    borders = tuple(round((start + end) / 2) for start, end in gaps)
    rows: list[list[str]] = []
    places: list[float] = []
    latest: dict[int, Line] = {}
    steps = [0.0, *(lower.baseline - upper.baseline for upper, lower in pairwise(lines))]
    close = _CLOSE * min(steps[1:])
    for line, row, step in zip(lines, cells, steps, strict=True):
        goes_on = len(row) < count and all(
            column in latest and _is_full(latest[column], pieces[0], ends[column])
            for column, pieces in row.items()
        )
        if not rows or not goes_on or step > close:
            rows.append([""] * count)
            places.append(line.baseline)
            latest = {}
        for column, pieces in row.items():
            rows[-1][column] = joined(rows[-1][column], _text(pieces))
            latest[column] = pieces[-1]
    left = round(min(line.x0 for line in lines))
    right = round(max(line.x1 for line in lines))
    return [
        TableRow(tuple(texts), place, (left, *borders, right))
        for texts, place in zip(rows, places, strict=True)
    ]


def _is_full(before: Line, here: Line, end: float) -> bool:
    """Say whether a cell's line ends only because what begins the next had no room in it."""
    return (end - before.x1) / before.size < first_unit(here.text) + 1.0


def _text(pieces: Sequence[Line]) -> str:
    return " ".join(piece.text for piece in pieces)
