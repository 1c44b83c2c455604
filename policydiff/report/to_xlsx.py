"""A report as a workbook: a sheet about the report, then one sheet per table, with filters, a frozen head row and coloured words."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import compress
from math import ceil
from typing import Any, NamedTuple

import xlsxwriter
from rich.cells import cell_len

from policydiff.lexicon.widths import visible
from policydiff.report import RenderOptions
from policydiff.report.catalog import Catalog
from policydiff.report.page import Column, Findings, Page, Row, Table
from policydiff.report.pictures import picture_table
from policydiff.report.runs import Cell, Mark, Run, apart, cell, plain

_LONGEST_CELL = 32_767
"""Most characters of a cell in this file format."""
_WIDTH = 150
"""Characters over all columns of a sheet, as on a landscape A4 page."""
_LINE, _TALLEST_ROW = 14.5, 409.0
"""Points: height of a line, and most height of a row."""
_FEW_ROWS = 3
"""Rows from which a value that all rows share is ignored for row heights; with one or two rows, it is no repetition."""
_FULL = 1.12
"""Width of a character relative to a digit of the standard font, in which columns are measured."""
_NO_CLOCK = datetime(1980, 1, 1, tzinfo=UTC)
_FONT: dict[str, object] = {"font_name": "宋体", "font_size": 10.5}
_BOXED: dict[str, object] = {**_FONT, "text_wrap": True, "valign": "top", "border": 4}
_MARKS: dict[Mark, dict[str, object]] = {
    Mark.PLAIN: {},
    Mark.DAY: {},
    Mark.INSERT: {"font_color": "#0B4F8A", "underline": 1},
    Mark.DELETE: {"font_color": "#B35400", "font_strikeout": True},
    Mark.SHARED: {"font_color": "#0B4F8A", "bold": True},
    Mark.LABEL: {"bold": True},
    Mark.PLACE: {"font_color": "#666666"},
    Mark.BADGE: {"bold": True},
    Mark.STRONG: {"bold": True},
    Mark.MUTED: {"font_color": "#666666"},
}


class _Formats(NamedTuple):
    text: Any
    day: Any
    share: Any
    score: Any
    head: Any
    title: Any
    label: Any
    wrapped: Any
    marks: dict[Mark, Any]


def to_xlsx(page: Page, say: Catalog, _options: RenderOptions) -> bytes:
    """Return the workbook; text is never written as a formula or link, and is a number only in a column of numbers."""
    stream = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": visible(page.title), "created": _NO_CLOCK, "author": "policydiff"})
    formats = _Formats(
        text=book.add_format(_BOXED),
        day=book.add_format({**_BOXED, "num_format": "yyyy-mm-dd", "align": "left"}),
        share=book.add_format({**_BOXED, "num_format": "0%"}),
        score=book.add_format({**_BOXED, "num_format": "0.00"}),
        head=book.add_format(
            {"font_name": "黑体", "font_size": 10.5, "bg_color": "#E8EEF4", "border": 1, "text_wrap": True}
        ),
        title=book.add_format({"font_name": "黑体", "font_size": 14}),
        label=book.add_format({**_FONT, "font_color": "#666666", "valign": "top"}),
        wrapped=book.add_format({**_FONT, "text_wrap": True, "valign": "top", "align": "left"}),
        marks={mark: book.add_format({**_FONT, **style}) for mark, style in _MARKS.items()},
    )
    _about(book, page, say, formats)
    used = {say("About")}
    own = [table.flat or table for table in page.tables if table.rows or table.name == page.main]
    titles = {table.title for table in own}
    lists = (each for each in page.findings if each.entries and each.title not in titles)
    tables = [*(_listed(findings, say) for findings in lists), *own]
    tables += [picture_table(picture, say) for picture in page.pictures]
    for table in tables:
        # The sheet's name: at most 31 characters, without characters that the format forbids, and unique
        name = "".join(character for character in table.title if character not in "[]:*?/\\'")[:28]
        while name in used:
            name += "·"
        used.add(name)
        _sheet(book, table, name, formats)
    book.close()
    return stream.getvalue()


def _listed(findings: Findings, say: Catalog) -> Table:
    """Return a list of findings as a table, for a sheet that users can work on."""
    columns = (Column(say("What was found"), 76, is_text=True), Column(say("Where"), 24))
    rows = tuple(Row((entry.words, cell(entry.place)), entry.kind) for entry in findings.entries)
    return Table(findings.name, findings.title, columns, rows)


def _about(book: Any, page: Page, say: Catalog, formats: _Formats) -> None:
    sheet = book.add_worksheet(say("About"))
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 110)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, visible(page.title), formats.title)
    rows: list[tuple[str, str]] = [("", answer) for answer in (page.lead, *page.answers) if answer]
    rows += list(page.reading)
    for side in page.sides:
        rows += [("", ""), (side.role, side.title), *side.facts]
        rows += [("SHA-256", side.fingerprint)] if side.fingerprint else []
    counted = [(figure.label, figure.number) for figure in page.figures]
    closing = [("", ""), *page.legend, ("", ""), ("", page.notice)]
    told: list[tuple[str, str | int]] = [*rows, ("", ""), *counted, *closing]
    for index, (label, value) in enumerate(told, 1):
        sheet.write_string(index, 0, visible(label), formats.label)
        if isinstance(value, int):
            sheet.write_number(index, 1, value, formats.wrapped)
        else:
            sheet.write_string(index, 1, visible(value)[:_LONGEST_CELL], formats.wrapped)


def _sheet(book: Any, table: Table, name: str, formats: _Formats) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    sheet.set_footer("&C&P / &N")
    for index, column in enumerate(table.columns):
        # Columns without values, and columns of ids for other programs, are hidden.
        is_bare = bool(table.rows) and not any(row.cells[index] for row in table.rows)
        sheet.set_column(index, index, _width(column), None, {"hidden": is_bare or column.is_key})
        sheet.write_string(0, index, column.full or column.label, formats.head)
    said = [{plain(row.cells[index]) for row in table.rows} for index in range(len(table.columns))]
    # A column with the same value in all rows (a document's title in a narrow column) does not make rows taller.
    telling = [len(values - {""}) > 1 or len(table.rows) < _FEW_ROWS for values in said]
    for line, row in enumerate(table.rows, 1):
        for index, runs in enumerate(row.cells):
            _write(sheet, (line, index), runs, formats, is_number=table.columns[index].is_number)
        sheet.set_row(line, _height(compress(row.cells, telling), compress(table.columns, telling)))
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)


def _width(column: Column) -> float:
    return max(6.0, _WIDTH * column.weight / 100)


def _height(cells: Iterable[Cell], columns: Iterable[Column]) -> float:
    """Return the height of a row in points, because not all programs fit heights to wrapped text when they open a file."""
    lines = 1
    for runs, column in zip(cells, columns, strict=True):
        room = _width(column)
        shown = plain(runs).split("\n")
        lines = max(lines, sum(max(1, ceil(cell_len(text) * _FULL / room)) for text in shown))
    return min(_TALLEST_ROW, lines * _LINE + 3)


_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d+)?%?")
"""A number in a column of numbers, within the digits that a spreadsheet keeps."""
_FIRST_DAY = date(1900, 3, 1)
"""First day that has the same number in all spreadsheet programs."""


def _write(
    sheet: Any, at: tuple[int, int], given: Cell, formats: _Formats, *, is_number: bool = False
) -> None:
    """Write a cell: counts as numbers and dates as dates, so that users can sort and add them; other cells as text."""
    runs = _clipped(given)
    text = plain(runs)
    if is_number and _NUMBER.fullmatch(text):
        share = text.endswith("%")
        value = float(text.removesuffix("%")) / (100 if share else 1)
        decimals = len(text.partition(".")[2])
        sheet.write_number(
            *at, value, formats.share if share else formats.score if decimals else formats.text
        )
        return
    if len(runs) == 1 and runs[0].mark is Mark.DAY and date.fromisoformat(text) >= _FIRST_DAY:
        sheet.write_datetime(*at, date.fromisoformat(text), formats.day)
        return
    if len(runs) < 2 or all(run.mark is Mark.PLAIN for run in runs):
        # One fragment is no rich text in this format, so it is written as a plain string.
        sheet.write_string(*at, text, formats.text)
        return
    fragments: list[Any] = []
    for run in runs:
        fragments += [formats.marks[run.mark], run.text]
    sheet.write_rich_string(*at, *fragments, formats.text)


def _clipped(given: Cell) -> list[Run]:
    """Return the runs within the format's limit, without empty runs, with hidden characters made visible."""
    runs: list[Run] = []
    room = _LONGEST_CELL
    for run in apart(given):
        text = visible(run.text)[:room]
        if text:
            runs.append(Run(text, run.mark))
            room -= len(text)
    return runs
