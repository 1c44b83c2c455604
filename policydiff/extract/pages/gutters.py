"""Gutters: empty space between columns, found from where the pieces of lines begin and end."""

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

_GUTTER = 1.0
_NARROWEST = 9.0
_FEWEST_BESIDE = 2
FULL = 2.0
"""Room in ems that a line which fills its column may leave."""
_FULL_SHARE = 0.45
_BEYOND = 0.6
_MOST_GUTTERS = 40

Span = tuple[float, float]
"""Where a piece of a line begins and ends."""
Columns = tuple[Span, ...]


def gutter_places(spans: Sequence[Sequence[Span]], em: float) -> list[int]:
    """Return the middles of the gaps that may be gutters, the most frequent first.

    A gap beside a column too narrow for prose is none: what stands before it is a label (第一条　…).
    """
    left = min((of_item[0][0] for of_item in spans), default=0.0) + _NARROWEST * em
    right = max((of_item[-1][1] for of_item in spans), default=0.0) - _NARROWEST * em
    middles = Counter(
        round(middle)
        for of_item in spans
        if len(of_item) > 1
        for before, after in pairwise(of_item)
        if after[0] - before[1] >= _GUTTER * em and left <= (middle := (before[1] + after[0]) / 2) <= right
    )
    return [x for x, _ in middles.most_common(_MOST_GUTTERS)]


def runs_beside(spans: Sequence[Sequence[Span]], x: float) -> list[tuple[int, int, int]]:
    """Return stretches that nothing at `x` crosses: first and last line with words on both sides, and how many."""
    runs: list[tuple[int, int, int]] = []
    first = last = both = 0
    for index, of_item in enumerate(spans):
        if any(start < x < end for start, end in of_item):
            runs.append((first, last, both))
            both = 0
        elif of_item[0][0] < x < of_item[-1][1]:
            first, last, both = (index if not both else first), index, both + 1
    return [run for run in (*runs, (first, last, both)) if run[2]]


def columns_of_prose(spans: Sequence[Sequence[Span]], em: float) -> Columns:
    """Return the columns of a band; empty unless each is wide and most of its lines fill it."""
    gutters = [x for x in gutter_places(spans, em) if _side_by_side(spans, x) >= _FEWEST_BESIDE]
    columns: list[Span] = []
    for start, end in pairwise([-math.inf, *sorted(gutters), math.inf]):
        lines = [
            (inside[0][0], inside[-1][1])
            for of_item in spans
            if (inside := [span for span in of_item if start <= span[0] and span[1] <= end])
        ]
        if not lines:
            continue  # two places in one gutter
        left, right = min(line[0] for line in lines), max(line[1] for line in lines)
        full = sum(right - line[1] < FULL * em for line in lines)
        if right - left < _NARROWEST * em or full < _FULL_SHARE * len(lines):
            return ()
        columns.append((left, right))
    return tuple(columns)


def _side_by_side(spans: Sequence[Sequence[Span]], x: float) -> int:
    """Return how many lines have words on both sides of a place that no line crosses; 0 where one does."""
    if any(start < x < end for of_item in spans for start, end in of_item):
        return 0
    return sum(of_item[0][0] < x < of_item[-1][1] for of_item in spans)


def fits(spans: Sequence[Span], columns: Columns, em: float) -> bool:
    """Return whether every piece of a line stands in a column."""
    beyond = _BEYOND * em
    return all(
        any(left - beyond <= x0 and x1 <= right + beyond for left, right in columns) for x0, x1 in spans
    )


def is_in_first(spans: Sequence[Span], columns: Columns) -> bool:
    """Return whether a line has a piece in the first column."""
    return any(column_of(span, columns) == 0 for span in spans)


def are_alike(one: Columns, other: Columns, em: float) -> bool:
    """Return whether columns of two pages are the same but for less than an em."""
    return len(one) == len(other) and all(
        abs(left - left2) < em and abs(right - right2) < em
        for (left, right), (left2, right2) in zip(one, other, strict=True)
    )


def column_of(span: Span, columns: Columns) -> int:
    """Return the column nearest to a span: no piece is lost, wherever it stands."""
    middle = (span[0] + span[1]) / 2
    return min(range(len(columns)), key=lambda number: abs(sum(columns[number]) / 2 - middle))
