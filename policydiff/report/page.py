"""A report as pages of plain tables: what terminal, Markdown, CSV, XLSX and DOCX renderers and the general HTML print."""

from typing import NamedTuple

from policydiff.report.runs import Cell, cell

JOINT = "："
"""Between the place and the words of one cell: a blank there would break the line after the place."""


class Column(NamedTuple):
    """One column of a table."""

    label: str
    weight: int
    """Share of the width that long text deserves; a table's weights add up to about 100."""
    is_text: bool = False
    """Words of a document: set in the document's type, wrapped, never shortened but in Markdown under a limit."""
    full: str = ""
    """The label where nothing else tells what a short one stands for (CSV, XLSX); empty where it is the same."""
    joins: str = ""
    """Where a terminal is narrow it goes on in the column before it, these characters between; empty: never."""


class Row(NamedTuple):
    """One row, with what a renderer may filter or drop by."""

    cells: tuple[Cell, ...]
    kind: str = ""
    """Published name of the change kind, relation or status, empty where there is none."""
    weight: int = 1
    """2 substance (shown to the last), 1 ordinary, 0 folded to （略） unless everything is asked for."""
    anchor: str = ""
    """Address of the row inside the HTML report."""


class Table(NamedTuple):
    """A table with a title; every row has one cell a column."""

    name: str
    """Stable ASCII name."""
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""


class Side(NamedTuple):
    """One of the texts a report is made from."""

    role: str
    title: str
    facts: tuple[tuple[str, str], ...]
    """(label, value) pairs: number, issuers, dates, hash, file."""


class Figure(NamedTuple):
    """One counted answer of the first screen."""

    label: str
    number: int
    kind: str
    """Published name of what is counted; colours follow it."""
    note: str = ""


class Bar(NamedTuple):
    """A chapter, or another part, divided by what became of its clauses."""

    title: str
    counts: tuple[Figure, ...]


class Listing(NamedTuple):
    """Short entries, in groups, that stand for a long table where little room is."""

    instead_of: str
    """Name of the table."""
    title: str
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    """(title, entries)."""


class Page(NamedTuple):
    """A whole report."""

    name: str
    """comparison, revision, document, or the name of the list."""
    title: str
    sides: tuple[Side, ...]
    tables: tuple[Table, ...]
    """The main table first after the summary ones; `main` names it."""
    main: str
    answers: tuple[str, ...] = ()
    """Sentences that answer the reader's first questions."""
    figures: tuple[Figure, ...] = ()
    bars: tuple[Bar, ...] = ()
    bars_title: str = ""
    legend: tuple[tuple[str, str], ...] = ()
    """(term, explanation)."""
    notice: str = ""
    """What is the machine's judgement, and the tool's version."""
    triptych: Table | None = None
    """The main table in three columns, as a terminal and Word show it; None where the main table will do."""

    listing: Listing | None = None
    """What a terminal shows of a long table unless everything is asked for."""

    @property
    def main_table(self) -> Table:
        """The table that a one-table format writes."""
        return next(table for table in self.tables if table.name == self.main)

    @property
    def three_column_tables(self) -> tuple[Table, ...]:
        """The tables with the main one in three columns."""
        return tuple(
            self.triptych if self.triptych and table.name == self.main else table for table in self.tables
        )


def text_row(*texts: str, kind: str = "", weight: int = 1, anchor: str = "") -> Row:
    """Return a row of unmarked texts."""
    return Row(tuple(cell(text) for text in texts), kind, weight, anchor)
