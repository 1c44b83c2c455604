"""Workbooks, read with python-calamine: each sheet becomes a table, its title lines become paragraphs."""

import datetime
from collections.abc import Iterator, Sequence
from io import BytesIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from policydiff.errors import UnreadableInputError
from policydiff.extract.container import Container
from policydiff.extract.number_formats import printed
from policydiff.extract.reading import (
    LIBRARY_FAULTS,
    Block,
    Leftovers,
    Reading,
    Remark,
    Request,
    library,
    text_and_forms,
)
from policydiff.extract.sheet_looks import SheetLooks, looks_of_open_sheets, looks_of_sheets
from policydiff.lexicon.text_marks import Merged, Slot, compact, row_line

_MOST_CELLS = 2_000_000
"""Most cells read of a sheet, because a sheet formatted to its last row declares seventeen thousand million cells."""
_MOST_COLUMNS = 500
"""Most columns read of a sheet; wider sheets are data and no text, and the warning says so."""
_MOST_ROWS = 100_000
"""Most rows read of a sheet: lists of names have about ten thousand, and each row is a line to parse."""

_Value = object
_PACKED = b"PK"
"""First bytes of an XLSX or ODS; an XLS is no zip container."""
_PLAIN = SheetLooks({}, {})
_Range = tuple[tuple[int, int], tuple[int, int]]


def read_workbook(request: Request) -> Reading:
    """Return the text of a workbook, without its hidden sheets.

    Raises UnreadableInputError if the workbook is encrypted or damaged, or holds no text.
    """
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(request.data))
    except (CalamineError, *LIBRARY_FAULTS) as error:
        raise UnreadableInputError(f"the workbook is encrypted or damaged: {error}") from error
    sheets: list[tuple[str, list[Block]]] = []
    warnings: list[Remark] = []
    left_out = Leftovers()
    bare = False
    looks = _looks(request, warnings)
    for sheet in book.sheets_metadata:
        try:
            of_sheet = looks.get(sheet.name, _PLAIN)
            reading = _Sheet(of_sheet, left_out, shows_struck=request.revisions == "original")
            found = reading.blocks(book.get_sheet_by_name(sheet.name), warnings)
            bare |= reading.holds_numbers and not request.data.startswith(_PACKED)
        except (CalamineError, *LIBRARY_FAULTS) as error:
            warnings.append(Remark("damage", f"the sheet {sheet.name} is damaged: {error}"))
            continue
        if sheet.visible is not SheetVisibleEnum.Visible:
            left_out.add("hidden", "\n".join([sheet.name, *(block.text for block in found)]))
            continue
        warnings.extend(_beside(sheet.name, of_sheet, left_out))
        if found:
            sheets.append((sheet.name, found))
    if bare:
        warnings.append(
            Remark(
                "unread",
                "XLS: numbers stand without the format of their cell, which may show a share or a unit",
            )
        )
    if not sheets:
        raise UnreadableInputError(
            " ".join(("the workbook holds no text.", *(remark.text for remark in warnings)))
        )
    text, forms = text_and_forms(_one_below_another(sheets))
    return Reading(
        text,
        "workbook",
        library("python-calamine"),
        warnings=(*warnings, *left_out.struck_warning()),
        forms=forms,
        left_out=left_out.found(),
    )


def _one_below_another(sheets: list[tuple[str, list[Block]]]) -> list[Block]:
    """Return the lines of all sheets; the name of a sheet is a heading if several sheets hold text."""
    blocks: list[Block] = []
    for name, found in sheets:
        if blocks:
            blocks.append(Block(""))
        if len(sheets) > 1 and not any(name in block.text for block in found[:2] if block.kind != "row"):
            blocks.append(Block(name, style="sheet"))
        blocks.extend(found)
    return blocks


def _looks(request: Request, warnings: list[Remark]) -> dict[str, SheetLooks]:
    """Return the looks of the cells of an XLSX or ODS by sheet name, because python-calamine does not return them."""
    if not request.data.startswith(_PACKED):
        return {}
    try:
        container = Container(request.data, request.limits)
        is_open = container.read("content.xml") is not None
        return looks_of_open_sheets(container) if is_open else looks_of_sheets(container)
    except (UnreadableInputError, *LIBRARY_FAULTS) as error:
        warnings.append(
            Remark("damage", f"the formats of the cells are damaged: numbers stand bare ({error})")
        )
        return {}


def _beside(name: str, looks: SheetLooks, left_out: Leftovers) -> Iterator[Remark]:
    """Record the words of a sheet beside its cells, and yield warnings about formulas without values and hidden rows or columns."""
    if looks.uncomputed:
        yield Remark(
            "unread",
            f"the sheet {name} has {looks.uncomputed} formulas that nothing has computed: they stand in place of their values",
        )
    if looks.unseen:
        yield Remark("unread", f"the sheet {name} hides rows or columns: they are read as all others")
    for kind, words in (*(("comment", words) for words in looks.comments), *looks.edges):
        left_out.add(kind, words)


class _Sheet:
    """Reads one sheet of a workbook."""

    def __init__(self, looks: SheetLooks, left_out: Leftovers, *, shows_struck: bool) -> None:
        self._looks = looks
        self._left_out = left_out
        self._shows_struck = shows_struck
        self.holds_numbers = False

    def blocks(self, sheet: CalamineSheet, warnings: list[Remark]) -> list[Block]:
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
        self.holds_numbers = any(isinstance(value, float) for row in rows for value in row)
        grid: list[list[Slot]] = [[_shown(value) for value in row[:_MOST_COLUMNS]] for row in rows]
        for (row, column), code in self._looks.formats.items():
            if row < len(grid) and column < len(grid[row]):
                words = printed(rows[row][column], code)
                if words == "":
                    self._left_out.add("hidden", str(grid[row][column]))
                grid[row][column] = grid[row][column] if words is None else words
        for (row, column), words in self._looks.shown.items():
            if (
                row < len(grid)
                and column < len(grid[row])
                and (isinstance(rows[row][column], int | float) or rows[row][column] == "")
            ):
                grid[row][column] = words
        if not self._shows_struck:
            self._strike(grid)
        left = sum(map(len, grid))
        for (top, first), (bottom, last) in dict.fromkeys(sheet.merged_cell_ranges or []):
            left -= (min(bottom, len(grid) - 1) - top + 1) * (min(last, _MOST_COLUMNS) - first + 1)
            if left < 0:
                break
            _merge(grid, ((top, first), (bottom, last)))
        found = [block for table in _tables(_trimmed(grid)) for block in _blocks(table)]
        return [*found, *(Block(words, style="text box") for words in self._looks.boxes)]

    def _strike(self, grid: list[list[Slot]]) -> None:
        for (row, column), parts in self._looks.struck.items():
            if row >= len(grid) or column >= len(grid[row]):
                continue
            whole = grid[row][column]
            kept, gone = parts or ("", str(whole))
            if gone.strip():
                self._left_out.add("struck", gone)
            if gone.strip() or kept.strip():
                grid[row][column] = kept.strip()


def _merge(grid: list[list[Slot]], reach: _Range) -> None:
    (top, left), (bottom, right) = reach
    for row in range(top, min(bottom, len(grid) - 1) + 1):
        for column in range(left, min(right, len(grid[row]) - 1) + 1):
            if (row, column) != (top, left):
                grid[row][column] = Merged.ABOVE if column == left else Merged.LEFT


def _trimmed(grid: list[list[Slot]]) -> list[list[Slot]]:
    """Return the rows and columns from the first to the last with words."""
    filled = [[isinstance(slot, str) and bool(slot) for slot in row] for row in grid]
    rows = [index for index, row in enumerate(filled) if any(row)]
    columns = [index for row in filled for index, is_filled in enumerate(row) if is_filled]
    if not rows:
        return []
    first, last = min(columns), max(columns)
    return [row[first : last + 1] for row in grid[rows[0] : rows[-1] + 1]]


def _tables(grid: list[list[Slot]]) -> Iterator[list[list[Slot]]]:
    """Yield the tables of a sheet: after an empty row, a title merged over several columns begins a new table."""
    start = 0
    for number in range(2, len(grid)):
        if (
            not _filled(grid[number - 1])
            and _filled(grid[number]) == 1
            and grid[number][1:2] == [Merged.LEFT]
        ):
            yield grid[start : number - 1]
            start = number
    yield grid[start:]


def _blocks(grid: list[list[Slot]]) -> list[Block]:
    """Return a title above the table and remarks below it as paragraphs, and the lines between as table rows."""
    widths = [_filled(row) for row in grid]
    first = next((index for index, filled in enumerate(widths) if filled > 1), len(grid))
    # A row with an empty first cell belongs to the table (a total without 合计); remarks begin in the first column.
    last = next(
        (
            index
            for index in range(len(grid) - 1, -1, -1)
            if widths[index] > 1 or (widths[index] and grid[index][0] in {"", *Merged})
        ),
        -1,
    )
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
    """Return a cell's value as the sheet shows it, before number formats are applied."""
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
