"""Pages set in columns: each column is read to its end before the next, even if only part of a page has columns."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from policydiff.extract.pages.lines import Flow, Line, Page, TableRow, united, with_their_labels

Span = tuple[float, float]
"""Left and right end of a piece of a line, in points."""

Columns = tuple[Span, ...]


_FEWEST = 4
"""Least lines beside each other that prove two columns; short lists and signatures set side by side have fewer."""
_FEWEST_ON_A_SHEET = 2
"""Lines beside each other on a sheet for two pages; a page of two columns has more, a table without rulings as many as it has rows."""
_SHEET = 1.3
"""Multiple of its height that a sheet for two pages is wide: A3 laid sideways has 1.41."""
_FOLD = 0.05
"""Share of the sheet's width by which the gap between its two pages may miss the middle: their margins differ."""
_FEWEST_KNOWN = 2
"""The same for columns that another page of the document has already proved."""
_FULL_SHARE_KNOWN = 0.3
"""Least share of lines that fill such columns up to their right end; a table of short cells fills none."""
_STEP = 1.6
"""Most distance to a line that continues one column alone, as a multiple of the usual distance of lines."""
_MOST_LINES = 200
"""Most lines of a page on which columns are looked for; the search grows with their square."""
_MOST_LAYOUTS = 4
"""Most arrangements of columns remembered of a document, each tried on every page."""

_Item = Line | TableRow


class _Band(NamedTuple):
    """A band of a page: the items `first` to `last` are set in these columns."""

    first: int
    last: int
    columns: Columns


def in_columns(wholes: Sequence[Flow]) -> list[Flow]:
    """Return the flows of pages in reading order; a page without columns is one flow.

    Columns of prose differ from columns of a table in that most of their lines fill the column. If a column has no other
    beside it, as at the end of a text, the columns of other pages show it.
    """
    known: list[Columns] = []
    searches: dict[int, _Search] = {}
    for index, whole in enumerate(wholes):
        if any(line.parts and len(with_their_labels(line)) > 1 for line in whole.lines):
            page = searches[index] = _Search(whole)
            for band in page.bands(()):
                if len(known) < _MOST_LAYOUTS and not any(
                    are_alike(band.columns, columns, page.em) for columns in known
                ):
                    known.append(band.columns)
    if not known:
        return list(wholes)
    return [
        flow
        for index, whole in enumerate(wholes)
        for flow in (searches.get(index) or _Search(whole)).flows(known)
    ]


class _Search:
    """The lines and rows of one page from top to bottom."""

    def __init__(self, whole: Flow) -> None:
        self._page = whole.page
        items: list[_Item] = [*whole.lines, *whole.rows]
        self._items = sorted(items, key=lambda each: each.baseline)
        self._pieces = [() if isinstance(item, TableRow) else with_their_labels(item) for item in self._items]
        self._spans = [*map(_spans, self._items, self._pieces)]
        self._by_gutters = cache(self._beside)
        sizes: Counter[float] = Counter()
        for line in whole.lines:
            sizes[line.size] += len(line.text)
        self.em = max(sizes.most_common(1)[0][0], 1.0) if sizes else 12.0

    def bands(self, known: Sequence[Columns]) -> list[_Band]:
        """Return the bands of columns from top to bottom; empty for a page with so many items that it is a drawing."""
        return list(self._search(0, len(self._items), known)) if len(self._items) <= _MOST_LINES else []

    def flows(self, known: Sequence[Columns]) -> Iterator[Flow]:
        """Yield a flow for the items before, between and after the bands, and for each column of each band."""
        done = 0
        for band in self.bands(known):
            if band.first > done:
                yield _flow(self._page, self._items[done : band.first])
            yield from self._columns(band)
            done = band.last + 1
        if done < len(self._items) or not done:
            yield _flow(self._page, self._items[done:])

    def _columns(self, band: _Band) -> Iterator[Flow]:
        held: list[list[_Item]] = [[] for _ in band.columns]
        for index in range(band.first, band.last + 1):
            item, beside = self._items[index], defaultdict[int, list[Line]](list)
            numbers = [column_of(span, band.columns) for span in self._spans[index]]
            if isinstance(item, TableRow):
                held[numbers[0]].append(item)
                continue
            for number, piece in zip(numbers, self._pieces[index], strict=True):
                beside[number].append(piece)
            for number, pieces in beside.items():
                held[number].append(united(pieces))
        for (start, end), items in zip(band.columns, held, strict=True):
            if items:
                page = self._page._replace(width=end - start, fragments=(), rulings=())
                yield _flow(page, [_shifted(item, start) for item in items])

    def _search(self, first: int, end: int, known: Sequence[Columns]) -> Iterator[_Band]:
        found = filter(None, (self._by_known(first, end, known), self._by_gutters(first, end)))
        band = max(found, key=lambda each: each.last - each.first, default=None)
        if band is not None:
            yield from self._search(first, band.first, known)
            yield band
            yield from self._search(band.last + 1, end, known)

    def _beside(self, first: int, end: int) -> _Band | None:
        """Return the band with the most lines side by side in columns of prose; None for none."""
        best: tuple[int, _Band] | None = None
        for x in gutter_places(self._spans[first:end], self.em):
            fewest = _FEWEST_ON_A_SHEET if self._is_fold(x) else _FEWEST
            for start, stop, both in runs_beside(self._spans[first:end], x):
                if both < fewest or (best is not None and both <= best[0]):
                    continue
                columns = columns_of_prose(self._spans[first + start : first + stop + 1], self.em)
                if columns:
                    best = both, _Band(first + start, first + stop, columns)
        return self._reaching(best[1], first, end) if best else None

    def _is_fold(self, x: float) -> bool:
        """Return whether a gap is that between two pages printed on one sheet."""
        page = self._page
        return page.width > _SHEET * page.height and abs(x - page.width / 2) < _FOLD * page.width

    def _by_known(self, first: int, end: int, known: Sequence[Columns]) -> _Band | None:
        """Return the longest stretch that fits columns known from another page and fills them; None for none."""
        best: _Band | None = None
        for columns in known:
            start = first
            for index in range(first, end + 1):
                if index < end and fits(self._spans[index], columns, self.em):
                    # Columns begin at the same height; a line above the first column is a heading.
                    start += start == index and not is_in_first(self._spans[index], columns)
                    continue
                longer = index - start > (best.last + 1 - best.first if best else _FEWEST_KNOWN - 1)
                if longer and self._fills(self._spans[start:index], columns):
                    best = _Band(start, index - 1, columns)
                start = index + 1
        return best

    def _fills(self, spans: Sequence[Sequence[Span]], columns: Columns) -> bool:
        pieces = [span for of_item in spans for span in of_item]
        ends = [end for _, end in columns]
        full = sum(any(abs(end - x) < FULL * self.em for end in ends) for _, x in pieces)
        return full >= _FULL_SHARE_KNOWN * len(pieces)

    def _reaching(self, band: _Band, lowest: int, end: int) -> _Band:
        """Return the band extended by lines that continue it because one column is longer than the other."""
        first, last, columns = band
        most = _STEP * median(
            lower.baseline - upper.baseline for upper, lower in pairwise(self._items[first : last + 1])
        )
        while last + 1 < end and self._goes_on(last, last + 1, columns, most):
            last += 1
        while first > lowest and self._goes_on(first, first - 1, columns, most):
            if not is_in_first(self._spans[first - 1], columns):
                break
            first -= 1
        return _Band(first, last, columns)

    def _goes_on(self, here: int, there: int, columns: Columns, most: float) -> bool:
        step = abs(self._items[there].baseline - self._items[here].baseline)
        return step <= most and fits(self._spans[there], columns, self.em)


def _flow(page: Page, items: Sequence[_Item]) -> Flow:
    lines = [item for item in items if isinstance(item, Line)]
    return Flow(page, lines, [item for item in items if isinstance(item, TableRow)])


def _spans(item: _Item, pieces: Sequence[Line]) -> list[Span]:
    if isinstance(item, TableRow):
        return [(float(item.borders[0]), float(item.borders[-1]))]
    return [(piece.x0, piece.x1) for piece in pieces]


def _shifted(item: _Item, by: float) -> _Item:
    """Return the item with its coordinates relative to its column."""
    if isinstance(item, TableRow):
        return item._replace(borders=tuple(round(border - by) for border in item.borders))
    return _shifted_line(item, by)


def _shifted_line(line: Line, by: float) -> Line:
    parts = tuple(_shifted_line(part, by) for part in line.parts)
    return line._replace(x0=line.x0 - by, x1=line.x1 - by, parts=parts)


_GUTTER = 1.0
"""Least width in ems of the gap between columns; gaps between words of a justified line are narrower."""
_NARROWEST = 9.0
"""Least width in ems of a column of prose; narrower pieces are labels or cells of a table."""
_FEWEST_BESIDE = 2
"""Least lines with words on both sides of a gap inside a band of columns."""
FULL = 2.0
"""Ems that a line may leave empty and still fill its column."""
_FULL_SHARE = 0.45
"""Least share of a column's lines that fill it; prose fills nearly all of them, cells of a table hardly any."""
_BEYOND = 0.6
"""Ems by which a line may reach over the end of a column: hanging marks and unequal type."""
_MOST_GUTTERS = 40
"""Most places tried as gutters, the most frequent first, a bound on time alone."""
_LABELS = 7.0
"""Ems at the left of a column that a label and the gap after it may take: 第一百二十三条　…"""
_FEWEST_CELLS = 3
"""Least lines that prove the cells of a table; two headings spaced out alike (总　则, 附　则) may be in one column."""


def gutter_places(spans: Sequence[Sequence[Span]], em: float) -> list[int]:
    """Return the middles of the gaps that may be gutters between columns, the most frequent first.

    A gap after a column too narrow for prose is no gutter, because the words before it are a label (第一条　…).
    """
    if not any(len(of_item) > 1 for of_item in spans):
        return []
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
    """Return stretches without words across `x`: first and last line with words on both sides, and the number of such lines."""
    runs: list[tuple[int, int, int]] = []
    first = last = both = 0
    for index, of_item in enumerate(spans):
        for start, end in of_item:
            if start < x < end:
                runs.append((first, last, both))
                both = 0
                break
        else:
            if of_item[0][0] < x < of_item[-1][1]:
                first, last, both = (index if not both else first), index, both + 1
    return [run for run in (*runs, (first, last, both)) if run[2]]


def columns_of_prose(spans: Sequence[Sequence[Span]], em: float) -> Columns:
    """Return the columns of a band; empty unless each is wide and is filled by most of its lines."""
    gutters = [x for x in gutter_places(spans, em) if _side_by_side(spans, x) >= _FEWEST_BESIDE]
    columns: list[Span] = []
    for start, end in pairwise([-math.inf, *sorted(gutters), math.inf]):
        inside = [[span for span in of_item if start <= span[0] and span[1] <= end] for of_item in spans]
        lines = [(pieces[0][0], pieces[-1][1]) for pieces in inside if pieces]
        if not lines:
            continue  # two places in one gutter
        left, right = min(line[0] for line in lines), max(line[1] for line in lines)
        full = sum(right - line[1] < FULL * em for line in lines)
        if right - left < _NARROWEST * em or full < _FULL_SHARE * len(lines):
            return ()
        # A column is two columns of a table if words after a gap begin at the same place, right of the place for labels
        starts = Counter(
            round(2 * after[0] / em)
            for pieces in inside
            for before, after in pairwise(pieces)
            if after[0] - before[1] >= _GUTTER * em and after[0] - left > _LABELS * em
        )
        if max(starts.values(), default=0) >= _FEWEST_CELLS:
            return ()
        columns.append((left, right))
    return tuple(columns)


def _side_by_side(spans: Sequence[Sequence[Span]], x: float) -> int:
    """Return how many lines have words on both sides of `x`; 0 if a line crosses it."""
    if any(start < x < end for of_item in spans for start, end in of_item):
        return 0
    return sum(of_item[0][0] < x < of_item[-1][1] for of_item in spans)


def fits(spans: Sequence[Span], columns: Columns, em: float) -> bool:
    """Return whether every piece of a line is inside a column."""
    beyond = _BEYOND * em
    return all(
        any(left - beyond <= x0 and x1 <= right + beyond for left, right in columns) for x0, x1 in spans
    )


def is_in_first(spans: Sequence[Span], columns: Columns) -> bool:
    """Return whether a line has a piece in the first column."""
    return any(column_of(span, columns) == 0 for span in spans)


def are_alike(one: Columns, other: Columns, em: float) -> bool:
    """Return whether the columns of two pages differ by less than an em."""
    return len(one) == len(other) and all(
        abs(left - left2) < em and abs(right - right2) < em
        for (left, right), (left2, right2) in zip(one, other, strict=True)
    )


def column_of(span: Span, columns: Columns) -> int:
    """Return the index of the column nearest to a span, so that no piece is lost."""
    middle = (span[0] + span[1]) / 2
    return min(range(len(columns)), key=lambda number: abs(sum(columns[number]) / 2 - middle))
