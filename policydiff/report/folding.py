"""What of a long table the short forms leave out, and the line that counts it."""

from policydiff.report.catalog import Catalog
from policydiff.report.page import Row, Table
from policydiff.report.runs import Mark, cell


def shown_rows(table: Table, say: Catalog, *, everything: bool) -> tuple[Row, ...]:
    """Return the rows a short form shows: stretches of light rows become one line that counts them.

    A table that folds nothing, or of which everything is asked for, is shown whole.
    """
    if everything or not table.fold:
        return table.rows
    rows: list[Row] = []
    light: list[Row] = []
    for row in (*table.rows, None):
        if row is not None and row.weight < 1:
            light.append(row)
            continue
        if light:
            rows.append(_line(table, len(light), light[0].group, say))
            light = []
        if row is not None:
            rows.append(row)
    return tuple(rows)


def counted_line(table: Table, count: int, say: Catalog) -> str:
    """Return the words of the line that stands for folded rows."""
    if table.fold == "unsourced":
        return say.plural("({n} sentence without a source)", "({n} sentences without a source)", count)
    if table.fold == "taken":
        return say.plural("({n} clause taken up)", "({n} clauses taken up)", count)
    if table.fold == "wording":
        return say.plural("({n} row without change of words)", "({n} rows without change of words)", count)
    return say.plural("({n} clause unchanged)", "({n} clauses unchanged)", count)


def _line(table: Table, count: int, group: str, say: Catalog) -> Row:
    """Return a row with the words in the first column that is wide enough for text."""
    wide = next((index for index, column in enumerate(table.columns) if column.is_text), 0)
    words = counted_line(table, count, say)
    cells = tuple(cell(words, Mark.MUTED) if index == wide else () for index in range(len(table.columns)))
    return Row(cells, "folded", 2, group=group)
