"""Tables of a page.

Ruled tables are read from their lines, so that wrapped and merged cells keep their words together; tables without
rulings are found by empty space that no line crosses.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from policydiff.extract.pages.lines import (
    Flow,
    Fragment,
    Line,
    Page,
    Ruling,
    TableRow,
    first_unit,
    joined,
    printed_lines,
)
from policydiff.lexicon.text_marks import Merged, Slot

_TOUCH = 3.0
"""Points by which rulings may miss each other and still meet; drawing programs round their ends."""
_LOWEST_ROW = 6.0
"""Least points by which upright borders extend beyond the last level one if a row continues there: the height of the smallest print."""
_NARROWEST = 5.0
"""Points between two borders below which they are the two strokes of a double border, without characters between them."""
_FEWEST_BORDERS = 3
"""Least upright borders of a table; two are the sides of a box around words."""
_MARGIN = 15.0
"""Points at the edge of a page that no table reaches; lines drawn there are cut off by the edge."""
_EDGE = 0.2
"""Share of the page's height at each edge within which a page break may divide a row; margins take up an eighth."""
_MOST_RULINGS = 3000
"""Most rulings of a page with tables; maps and plans have more."""
_MOST_CELLS = 10_000
"""Most cells of a grid of rulings, a bound on memory; the largest real tables have some hundreds a page."""


class _Grid(NamedTuple):
    """Lines of a table: level ones as `(y, x0, x1)`, upright ones as `(x, y0, y1)`."""

    across: list[tuple[float, float, float]]
    down: list[tuple[float, float, float]]


class _Cell(NamedTuple):
    x0: float
    x1: float
    y0: float
    y1: float
    first_band: int


def cut_tables(page: Page) -> tuple[list[TableRow], list[Fragment]]:
    """Return the rows of the page's ruled tables, and the fragments outside them."""
    rows: list[TableRow] = []
    fragments = list(page.fragments)
    for grid in _grids(page.rulings, page.height):
        heights = _places([y for y, _, _ in grid.across])
        bands = list(pairwise(heights))
        cells = _cells(grid, bands)
        if len(cells) < 2:
            continue  # a frame around text is no table
        made, fragments = _fill(cells, bands, fragments)
        rows.extend(made)
    return rows, fragments


def _grids(rulings: Sequence[Ruling], height: float) -> list[_Grid]:
    if len(rulings) > _MOST_RULINGS:
        return []  # a drawing
    across = _merged([(r.y0, r.x0, r.x1) for r in rulings if r.x1 - r.x0 >= r.y1 - r.y0])
    down = _merged([(r.x0, r.y0, r.y1) for r in rulings if r.x1 - r.x0 < r.y1 - r.y0])
    groups: list[_Grid] = []
    for line in across:
        crossing = [other for other in down if _cross(line, other)]
        touched = [group for group in groups if any(other in group.down for other in crossing)]
        merged = _Grid([line], crossing)
        for group in touched:
            groups.remove(group)
            merged.across.extend(group.across)
            merged.down.extend(other for other in group.down if other not in merged.down)
        groups.append(merged)
    for group in groups:
        # Borders left undrawn at a page break, as browsers print a row that continues on the next page: all upright borders end there
        heights = [y for y, _, _ in group.across]
        found: list[tuple[float, float, float]] = []
        for outermost, inner in (
            (min((y0 for _, y0, _ in group.down), default=0.0), min(heights)),
            (max((y1 for _, _, y1 in group.down), default=0.0), max(heights)),
        ):
            places = [x for x, y0, y1 in group.down if min(abs(y0 - outermost), abs(y1 - outermost)) < _TOUCH]
            at_edge = _MARGIN < min(outermost, height - outermost) < _EDGE * height
            if at_edge and abs(outermost - inner) > _LOWEST_ROW and len(places) >= _FEWEST_BORDERS:
                found.append((outermost, min(places), max(places)))
        group.across.extend(found)
    tables = [group for group in groups if group.down and len(group.across) >= 2]
    return [group for group in tables if len(group.across) * len(group.down) <= _MOST_CELLS]


def _cross(across: tuple[float, float, float], down: tuple[float, float, float]) -> bool:
    y, x0, x1 = across
    x, y0, y1 = down
    return x0 - _TOUCH <= x <= x1 + _TOUCH and y0 - _TOUCH <= y <= y1 + _TOUCH


def _merged(lines: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Join collinear pieces, because borders are drawn cell by cell."""
    found: list[tuple[float, float, float]] = []
    for place, start, end in sorted(lines, key=lambda line: (round(line[0] / _TOUCH), line[1])):
        if found and abs(found[-1][0] - place) < _TOUCH and start <= found[-1][2] + _TOUCH:
            found[-1] = (found[-1][0], found[-1][1], max(end, found[-1][2]))
        else:
            found.append((place, start, end))
    return found


def _places(values: Sequence[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NARROWEST:
            found.append(value)
    return found


def _cells(grid: _Grid, bands: list[tuple[float, float]]) -> list[_Cell]:
    cells: list[_Cell] = []
    open_cells: dict[tuple[float, float], int] = {}
    left, right = min(x0 for _, x0, _ in grid.across), max(x1 for _, _, x1 in grid.across)
    for band, (upper, lower) in enumerate(bands):
        middle = (upper + lower) / 2
        inner = [x for x, y0, y1 in grid.down if y0 - _TOUCH <= middle <= y1 + _TOUCH]
        # Tables without side borders end where their level lines end.
        borders = _places([left, *inner, right])
        still_open: dict[tuple[float, float], int] = {}
        for x0, x1 in pairwise(borders):
            span = (round(x0), round(x1))
            closed = any(
                abs(y - upper) <= _TOUCH and start <= (x0 + x1) / 2 <= end for y, start, end in grid.across
            )
            if span in open_cells and not closed:
                index = open_cells[span]
                cells[index] = cells[index]._replace(y1=lower)
            else:
                index = len(cells)
                cells.append(_Cell(x0, x1, upper, lower, band))
            still_open[span] = index
        open_cells = still_open
    return cells


def _fill(
    cells: list[_Cell], bands: list[tuple[float, float]], fragments: list[Fragment]
) -> tuple[list[TableRow], list[Fragment]]:
    held: list[list[Fragment]] = [[] for _ in cells]
    outside: list[Fragment] = []
    for fragment in fragments:
        middle = (fragment.x0 + fragment.x1) / 2
        home = next(
            (
                index
                for index, cell in enumerate(cells)
                if cell.x0 <= middle <= cell.x1 and cell.y0 <= fragment.middle <= cell.y1
            ),
            None,
        )
        (outside if home is None else held[home]).append(fragment)
    borders = tuple(round(place) for place in _places([cell.x0 for cell in cells]))
    rows = []
    for band, (upper, _) in enumerate(bands):
        slots: list[Slot] = [""] * len(borders)
        for index, cell in enumerate(cells):
            if not (cell.first_band <= band and cell.y0 < upper + _TOUCH < cell.y1):
                continue
            first = min(range(len(borders)), key=[abs(x - cell.x0) for x in borders].__getitem__)
            for column in range(first + 1, bisect_left(borders, cell.x1 - _NARROWEST)):
                slots[column] = Merged.LEFT
            words = _cell_text(held[index]) if cell.first_band == band else Merged.ABOVE
            beside = slots[first]  # cells share a place if their borders are one in other rows
            slots[first] = (
                joined(beside, words) if isinstance(beside, str) and isinstance(words, str) else words
            )
        rows.append(TableRow(tuple(slots), upper, borders))
    return [row for row in rows if any(isinstance(slot, str) and slot for slot in row.cells)], outside


def _cell_text(fragments: list[Fragment]) -> str:
    text = ""
    for line in printed_lines(fragments):
        text = joined(text, line.text)
    return text


_GAP = 1.5
"""Width in type sizes from which a gap surely parts two cells."""
_LEFT_OVER = 0.4
"""Least width in type sizes that every line of a table leaves empty between two cells."""
_STEP = 3.2
"""Most distance of two lines of one table, in type sizes; more white space ends the table."""
_CLOSE = 1.25
"""Most distance to a line that continues the cell above it, as a multiple of the smallest distance in the table."""
_MOST_LINES = 1000
"""Most lines of a page on which tables without rulings are looked for."""
_LABEL = re.compile(
    r"""(?: 第[一二三四五六七八九十百千零〇\d]+[编章节条款项] .*
          | [一二三四五六七八九十]+、 | [（(][一二三四五六七八九十\d]+[）)] | \d{1,3}[.．、] | 附\s*件\s*\d* [:：]?
    )""",
    re.VERBOSE,
)
"""Words before a gap that are no column: 第一条　　为了…, 第一章 总则 …… 3."""

_Gap = tuple[float, float]


class _Run(NamedTuple):
    """Lines `first` to `last - 1`, and the gaps between their columns."""

    first: int
    last: int
    gaps: list[_Gap]


def with_unruled_tables(flow: Flow) -> Flow:
    """Return the flow with the lines of unruled tables as rows.

    Three lines must share a gap, or two lines two gaps. Words on the next line continue a cell if the cell's line was full;
    a line with words in every column begins a row.
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
    """Return the table that begins with this line; None for none."""
    head = lines[first]
    gaps = [(before.x1, after.x0) for before, after in pairwise(head.parts)]
    if not any(_is_wide(gap, head) for gap in gaps):
        return None
    # If a cell fills its column, the gap after it is narrow and may be one between words; later lines decide.
    doubtful = [not _is_wide(gap, head) for gap in gaps]
    last = first + 1
    while last < len(lines) and lines[last].baseline - lines[last - 1].baseline < _STEP * head.size:
        left = [_left_over(gap, lines[last]) for gap in gaps]
        if any(gap is None and not may_go for gap, may_go in zip(left, doubtful, strict=True)):
            break
        kept = [(gap, may_go) for gap, may_go in zip(left, doubtful, strict=True) if gap is not None]
        # Words in the first column alone, or a heading, follow the table.
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
    """Return the part of a gap that a line leaves empty; None if the line crosses the gap."""
    start, end = gap
    # A piece belongs to the side on which it extends further beyond the gap, a piece inside the gap to the nearer side.
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
    """Return whether the lines are headings: a label and, after the gap, its words, perhaps spaced out (第二章　法　人)."""
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
    """Return whether a cell's line ends only because the first unit of the next line did not fit."""
    return (end - before.x1) / before.size < first_unit(here.text) + 1.0


def _text(pieces: Sequence[Line]) -> str:
    return " ".join(piece.text for piece in pieces)
