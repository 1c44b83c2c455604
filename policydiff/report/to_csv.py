"""The main table of a report as CSV that Excel opens rightly: UTF-8 with a mark, no cell a formula."""

import csv
from io import StringIO

from policydiff.lexicon.visible import visible
from policydiff.report.page import Page
from policydiff.report.runs import Cell, Mark

_FORMULA_STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "＝",
    "＋",
    "－",
    "＠",
)  # full width: East Asian Excel reads them so
_SIGNS = {Mark.INSERT: ("{+", "+}"), Mark.DELETE: ("[-", "-]")}


def to_csv(page: Page) -> bytes:
    """Return the main table, one fact a column, one row a line; changed words carry the signs of `git diff --word-diff`."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    table = page.main_table.flat or page.main_table
    writer.writerow([column.full or column.label for column in table.columns])
    for row in table.rows:
        writer.writerow([safe(_text(cell)) for cell in row.cells])
    return stream.getvalue().encode("utf-8-sig")


def safe(text: str) -> str:
    """Return the text such that no spreadsheet takes it for a formula: an apostrophe goes before it.

    Examples:
        >>> safe("=cmd|' /C calc'!A0")
        "'=cmd|' /C calc'!A0"
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _text(runs: Cell) -> str:
    parts = []
    for run in runs:
        before, after = _SIGNS.get(run.mark, ("", ""))
        space = " " if run.mark is Mark.PLACE else ""
        parts.append(f"{before}{visible(run.text)}{after}{space}")
    return "".join(parts)
