"""Workbooks through python-calamine: each sheet is a table, its title lines are paragraphs."""

import datetime
import re
from collections.abc import Collection, Sequence
from importlib.metadata import version
from io import BytesIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from policydiff.errors import UnreadableInputError
from policydiff.extract.container import Container
from policydiff.extract.reading import (
    LIBRARY_FAULTS,
    Block,
    Leftovers,
    Reading,
    Remark,
    Request,
    text_and_forms,
)
from policydiff.lexicon.table_rows import Merged, Slot, compact, row_line

_MOST_CELLS = 2_000_000
"""Cells of a sheet that are read: a sheet formatted to its last row declares seventeen thousand million."""
_MOST_COLUMNS = 500
_MOST_ROWS = 100_000
"""Rows of a sheet that are read: lists of names have some ten thousand, and each row is a line to parse."""

_PERCENT_FORMATS = frozenset({"9", "10"})
"""Formats of numbers that every XLSX has: 0% and 0.00%."""
_QUOTED = re.compile(r'"[^"]*"|\\.')
_CELL = re.compile(rb"<(?:\w{1,20}:)?c\s([^>]{1,400})>")
_STYLE = re.compile(rb"\bs=[\"'](\d{1,6})[\"']")
_PLACE = re.compile(rb"\br=[\"'](?P<column>[A-Z]{1,3})(?P<row>\d{1,7})[\"']")

_Cell = tuple[int, int]
"""Row and column of a cell, from 0."""
_Value = object
_Range = tuple[tuple[int, int], tuple[int, int]]


def read_workbook(request: Request) -> Reading:
    """Return the text of a workbook, its hidden sheets left out.

    Raises:
        UnreadableInputError: if it is encrypted or damaged, or holds no text.
    """
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(request.data))
    except (CalamineError, *LIBRARY_FAULTS) as error:
        raise UnreadableInputError(f"the workbook is encrypted or damaged: {error}") from error
    blocks: list[Block] = []
    warnings: list[Remark] = []
    left_out = Leftovers()
    shares = _shares(request)
    shown = [sheet for sheet in book.sheets_metadata if sheet.visible is SheetVisibleEnum.Visible]
    for sheet in book.sheets_metadata:
        try:
            found = _sheet_blocks(book.get_sheet_by_name(sheet.name), shares.get(sheet.name, ()), warnings)
        except (CalamineError, *LIBRARY_FAULTS) as error:
            warnings.append(Remark("damage", f"the sheet {sheet.name} is damaged: {error}"))
            continue
        if sheet.visible is not SheetVisibleEnum.Visible:
            left_out.part()
            left_out.add("hidden", "\n".join([sheet.name, *(block.text for block in found)]))
            continue
        if not found:
            continue
        if blocks:
            blocks.append(Block(""))
        # The name of a sheet is a heading where it tells several apart.
        if len(shown) > 1 and not any(sheet.name in block.text for block in found[:2] if block.kind != "row"):
            blocks.append(Block(sheet.name, style="sheet"))
        blocks.extend(found)
    if not blocks:
        raise UnreadableInputError(
            " ".join(("the workbook holds no text.", *(remark.text for remark in warnings)))
        )
    text, forms = text_and_forms(blocks)
    return Reading(
        text,
        "workbook",
        f"python-calamine {version('python-calamine')}",
        warnings=tuple(warnings),
        forms=forms,
        left_out=left_out.found(),
    )


def _shares(request: Request) -> dict[str, set[_Cell]]:
    """Return by sheet of an XLSX the cells whose format shows a share (0.95 as 95 %), which python-calamine does not tell."""
    if not request.data.startswith(b"PK"):
        return {}
    try:
        container = Container(request.data, request.limits)
        styles, book = container.xml("xl/styles.xml"), container.xml("xl/workbook.xml")
        links = container.xml("xl/_rels/workbook.xml.rels")
    except UnreadableInputError:
        return {}
    if styles is None or book is None or links is None:
        return {}
    formats = {
        each.get("numFmtId")
        for each in styles.iter("{*}numFmt")
        if "%" in _QUOTED.sub("", each.get("formatCode") or "")
    }
    looks = [each for held in styles.iter("{*}cellXfs") for each in held]
    wanted = {
        str(index).encode()
        for index, each in enumerate(looks)
        if each.get("numFmtId") in formats | _PERCENT_FORMATS
    }
    if not wanted:
        return {}
    targets = {str(each.get("Id")): str(each.get("Target") or "") for each in links}
    found = {}
    for sheet in book.iter("{*}sheet"):
        link = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), None)
        target = targets.get(str(link), "").removeprefix("/xl/")
        content = container.read(f"xl/{target}") or b""
        found[str(sheet.get("name"))] = {
            (int(cell["row"]) - 1, _column(cell["column"]))
            for tag in _CELL.finditer(content)
            if (style := _STYLE.search(tag[1])) and style[1] in wanted and (cell := _PLACE.search(tag[1]))
        }
    return found


def _column(letters: bytes) -> int:
    """Return the index of a column from its letters, A is 0.

    Examples:
        >>> _column(b"AB")
        27
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _sheet_blocks(sheet: CalamineSheet, shares: Collection[_Cell], warnings: list[Remark]) -> list[Block]:
    height, width = sheet.total_height, sheet.total_width
    rows_read = min(_MOST_ROWS, max(1, _MOST_CELLS // max(width, 1)))
    if height > rows_read or width > _MOST_COLUMNS:
        warnings.append(
            Remark(
                "unread",
                f"the sheet {sheet.name} has {height:,} rows and {width:,} columns: only its first {rows_read:,} rows and {_MOST_COLUMNS} columns were read",
            )
        )
    rows = sheet.to_python(skip_empty_area=False, nrows=rows_read)
    grid: list[list[Slot]] = [[_shown(value) for value in row[:_MOST_COLUMNS]] for row in rows]
    for row, column in shares:
        value = rows[row][column] if row < len(rows) and column < len(rows[row]) else None
        if isinstance(value, float) and column < _MOST_COLUMNS:
            grid[row][column] = f"{100 * value:.10g}%"
    # Merges of honest sheets do not overlap: together they cover the sheet once at most.
    left = sum(map(len, grid))
    for (top, first), (bottom, last) in dict.fromkeys(sheet.merged_cell_ranges or []):
        left -= (min(bottom, len(grid) - 1) - top + 1) * (min(last, _MOST_COLUMNS) - first + 1)
        if left < 0:
            break
        _merge(grid, ((top, first), (bottom, last)))
    return list(_blocks(_trimmed(grid)))


def _merge(grid: list[list[Slot]], reach: _Range) -> None:
    (top, left), (bottom, right) = reach
    for row in range(top, min(bottom, len(grid) - 1) + 1):
        for column in range(left, min(right, len(grid[row]) - 1) + 1):
            if (row, column) != (top, left):
                grid[row][column] = Merged.ABOVE if column == left else Merged.LEFT


def _trimmed(grid: list[list[Slot]]) -> list[list[Slot]]:
    """Return the rows and columns that hold words, and those between them."""
    filled = [[isinstance(slot, str) and bool(slot) for slot in row] for row in grid]
    rows = [index for index, row in enumerate(filled) if any(row)]
    columns = [index for row in filled for index, is_filled in enumerate(row) if is_filled]
    if not rows:
        return []
    first, last = min(columns), max(columns)
    return [row[first : last + 1] for row in grid[rows[0] : rows[-1] + 1]]


def _blocks(grid: list[list[Slot]]) -> list[Block]:
    """Return a title above the table and remarks below it as paragraphs, and what stands between as rows."""
    widths = [_filled(row) for row in grid]
    first = next((index for index, filled in enumerate(widths) if filled > 1), len(grid))
    last = next((index for index in range(len(grid) - 1, -1, -1) if widths[index] > 1), -1)
    above = [Block(words, centred=True) for row in grid[:first] for words in _words(row)]
    table = [Block(line, "row") for row in compact(grid[first : last + 1]) if (line := row_line(row))]
    below = [Block(words) for row in grid[max(last + 1, first) :] for words in _words(row)]
    return [*above, *table, *below]


def _filled(row: Sequence[Slot]) -> int:
    return sum(isinstance(slot, str) and bool(slot) for slot in row)


def _words(row: Sequence[Slot]) -> list[str]:
    return [
        line.strip() for slot in row if isinstance(slot, str) for line in slot.split("\n") if line.strip()
    ]


def _shown(value: _Value) -> str:
    """Return a cell's value as the sheet shows it, formats of numbers apart."""
    if value is None or isinstance(value, bool):
        return "" if value is None else ("是" if value else "否")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}"
    if isinstance(value, datetime.datetime):
        return (
            _day(value) if not (value.hour or value.minute or value.second) else f"{_day(value)}{value:%H:%M}"
        )
    if isinstance(value, datetime.date):
        return _day(value)
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def _day(value: datetime.date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"
