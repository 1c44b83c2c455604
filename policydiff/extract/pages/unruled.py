"""Tables without rulings: cells stand under one another, parted by empty space that no line crosses."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from policydiff.extract.pages.lines import joined
from policydiff.extract.pages.placed import Flow, Line, TableRow

_GAP = 1.5
_LEFT_OVER = 0.4
_FULL = 2.0
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
    gaps = [gap for gap in _gaps(head) if gap[1] - gap[0] > _GAP * head.size]
    if not gaps:
        return None
    last = first + 1
    while last < len(lines) and lines[last].baseline - lines[last - 1].baseline < _STEP * head.size:
        left = _left_over(gaps, lines[last])
        if left is None or _is_text(lines[last], left):
            break
        gaps = left
        last += 1
    sharing = [line for line in lines[first:last] if len(_columns(line, gaps)) > 1]
    if len(sharing) < (3 if len(gaps) == 1 else 2) or _are_labels(sharing, gaps):
        return None
    return _Run(first, last, gaps)


def _gaps(line: Line) -> list[_Gap]:
    return [(before.x1, after.x0) for before, after in pairwise(line.parts)]


def _left_over(gaps: Sequence[_Gap], line: Line) -> list[_Gap] | None:
    """Return what a line leaves of the gaps, None where it crosses one."""
    kept: list[_Gap] = []
    for start, end in gaps:
        # A piece belongs to the side it reaches beyond the gap, one within the gap to the nearer side.
        sides = [(piece, start - piece.x0, piece.x1 - end) for piece in line.pieces]
        before = [piece.x1 for piece, left_of, right_of in sides if left_of >= right_of]
        after = [piece.x0 for piece, left_of, right_of in sides if left_of < right_of]
        gap = max((start, *before)), min((end, *after))
        if gap[1] - gap[0] < _LEFT_OVER * line.size:
            return None
        kept.append(gap)
    return kept


def _columns(line: Line, gaps: Sequence[_Gap]) -> dict[int, list[Line]]:
    """Return a line's pieces by column."""
    found: dict[int, list[Line]] = {}
    for piece in line.pieces:
        column = sum(piece.x0 >= end - 0.01 for _, end in gaps)
        found.setdefault(column, []).append(piece)
    return found


def _is_text(line: Line, gaps: Sequence[_Gap]) -> bool:
    """Say whether a line after the rows is none of them: it stands at the left alone, as the words after a table do."""
    return list(_columns(line, gaps)) == [0]


def _are_labels(lines: Sequence[Line], gaps: Sequence[_Gap]) -> bool:
    if len(gaps) > 1:
        return False
    first = [_text(_columns(line, gaps).get(0, [])) for line in lines]
    return 2 * sum(bool(_LABEL.fullmatch(text)) for text in first) >= len(first)


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
            column in latest and ends[column] - latest[column].x1 < _FULL * line.size for column in row
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


def _text(pieces: Sequence[Line]) -> str:
    return " ".join(piece.text for piece in pieces)
