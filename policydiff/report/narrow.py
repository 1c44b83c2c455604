"""Columns of a table for few characters: which go together, and how wide each must be."""

from rich.cells import cell_len

from policydiff.report.page import Column, Row, Table
from policydiff.report.runs import Cell, Run, plain

_UNBROKEN = 8
"""Cells of a Chinese heading that stay on one line: four characters make a word or two."""


def joined(table: Table) -> Table:
    """Return the table with each column that may go on in the one before it put there."""
    groups: list[list[int]] = []
    for index, column in enumerate(table.columns):
        if column.joins and groups:
            groups[-1].append(index)
        else:
            groups.append([index])
    if len(groups) == len(table.columns):
        return table
    columns = tuple(_column([table.columns[index] for index in group]) for group in groups)
    rows = tuple(
        row._replace(cells=tuple(_cell(row, table.columns, group) for group in groups)) for row in table.rows
    )
    return table._replace(columns=columns, rows=rows)


def _column(columns: list[Column]) -> Column:
    first = columns[0]
    label = first.label + "".join(f"{column.joins}{column.label}" for column in columns[1:])
    return first._replace(label=label, weight=sum(column.weight for column in columns))


def _cell(row: Row, columns: tuple[Column, ...], group: list[int]) -> Cell:
    runs: Cell = ()
    for index in group:
        more = row.cells[index]
        runs = (*runs, Run(columns[index].joins), *more) if runs and more else (*runs, *more)
    return runs


def longest_word(heading: str) -> int:
    """Return the cells a heading needs to break between words only.

    Examples:
        >>> longest_word("Measures supported"), longest_word("关系"), longest_word("牵头（负责）项数")
        (9, 4, 8)
    """
    words = (word for word in heading.split())
    return max(
        (cell_len(word) if word.isascii() else min(cell_len(word), _UNBROKEN) for word in words), default=0
    )


def width(table: Table, index: int, total: int) -> int | None:
    """Return the cells of a column of numbers or short labels, which texts beside it must not take; None for text."""
    column = table.columns[index]
    if column.is_text:
        return None
    lines = (line for row in table.rows for line in plain(row.cells[index]).split("\n"))
    longest = max((cell_len(line) for line in lines), default=0)
    return max(2, longest_word(column.label), min(longest, total * max(column.weight, 10) // 100))
