"""Rows that say little, folded into one line with their number, wherever a table is read from top to bottom."""

from policydiff.report.catalog import Catalog
from policydiff.report.page import Row, Table
from policydiff.report.runs import Mark, cell


def folded(table: Table, least: int, say: Catalog) -> tuple[Row, ...]:
    """Return the rows, each stretch of rows lighter than `least` as one row that counts them."""
    rows: list[Row] = []
    count = 0
    for row in (*table.rows, None):
        if row is not None and row.weight < least:
            count += 1
            continue
        if count:
            rows.append(_line(table, _words(table, count, say)))
            count = 0
        if row is not None:
            rows.append(row)
    return tuple(rows)


def _line(table: Table, words: str) -> Row:
    """Return a row with the words in the first column that is wide enough for text."""
    wide = next((index for index, column in enumerate(table.columns) if column.is_text), 0)
    return Row(tuple(cell(words, Mark.MUTED) if index == wide else () for index in range(len(table.columns))))


def _words(table: Table, count: int, say: Catalog) -> str:
    if table.name == "sentences":
        return say.plural("({n} sentence without a source)", "({n} sentences without a source)", count)
    if table.name == "coverage":
        return say.plural("({n} clause taken up)", "({n} clauses taken up)", count)
    if table.name == "history":
        return say.plural("({n} row without change of words)", "({n} rows without change of words)", count)
    return say.plural("({n} clause unchanged)", "({n} clauses unchanged)", count)
