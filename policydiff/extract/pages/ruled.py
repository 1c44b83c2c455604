"""Ruled tables: the grid is read from its lines, so that wrapped and merged cells keep their words together."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from policydiff.extract.pages.lines import joined, printed_lines
from policydiff.extract.pages.placed import Fragment, Page, Ruling, TableRow
from policydiff.lexicon.table_rows import Merged, Slot

_TOUCH = 3.0
_MOST_RULINGS = 3000
_MOST_CELLS = 10_000


class _Grid(NamedTuple):
    """One table's lines: `(y, x0, x1)` and `(x, y0, y1)`."""

    across: list[tuple[float, float, float]]
    down: list[tuple[float, float, float]]


class _Cell(NamedTuple):
    x0: float
    x1: float
    y0: float
    y1: float
    first_band: int


def cut_tables(page: Page) -> tuple[list[TableRow], list[Fragment]]:
    """Return the rows of the page's ruled tables, and the fragments that stand in none."""
    rows: list[TableRow] = []
    fragments = list(page.fragments)
    for grid in _grids(page.rulings):
        bands = _bands(grid)
        cells = _cells(grid, bands)
        if len(cells) < 2:
            continue  # a frame around text is no table
        made, fragments = _fill(cells, bands, fragments)
        rows.extend(made)
    return rows, fragments


def _grids(rulings: Sequence[Ruling]) -> list[_Grid]:
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
    return [
        group
        for group in groups
        if len(group.across) >= 2 and group.down and len(group.across) * len(group.down) <= _MOST_CELLS
    ]


def _cross(across: tuple[float, float, float], down: tuple[float, float, float]) -> bool:
    y, x0, x1 = across
    x, y0, y1 = down
    return x0 - _TOUCH <= x <= x1 + _TOUCH and y0 - _TOUCH <= y <= y1 + _TOUCH


def _merged(lines: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Join collinear pieces: borders are drawn cell by cell."""
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
        if not found or value - found[-1] > _TOUCH:
            found.append(value)
    return found


def _bands(grid: _Grid) -> list[tuple[float, float]]:
    heights = _places([y for y, _, _ in grid.across])
    return list(pairwise(heights))


def _cells(grid: _Grid, bands: list[tuple[float, float]]) -> list[_Cell]:
    cells: list[_Cell] = []
    open_cells: dict[tuple[float, float], int] = {}
    left, right = min(x0 for _, x0, _ in grid.across), max(x1 for _, _, x1 in grid.across)
    for band, (upper, lower) in enumerate(bands):
        middle = (upper + lower) / 2
        inner = [x for x, y0, y1 in grid.down if y0 - _TOUCH <= middle <= y1 + _TOUCH]
        # Tables without side borders end where their horizontal lines end.
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
            columns = [place for place, x in enumerate(borders) if cell.x0 - _TOUCH <= x < cell.x1 - _TOUCH]
            for column in columns:
                slots[column] = Merged.LEFT
            if columns:
                slots[columns[0]] = _cell_text(held[index]) if cell.first_band == band else Merged.ABOVE
        rows.append(TableRow(tuple(slots), upper, borders))
    return [row for row in rows if any(isinstance(slot, str) and slot for slot in row.cells)], outside


def _cell_text(fragments: list[Fragment]) -> str:
    text = ""
    for line in printed_lines(fragments):
        text = joined(text, line.text)
    return text
