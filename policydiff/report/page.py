"""A report as data: sentences, lists, pictures and tables that every format renders in its own way.

A result becomes a `Page` once (see `pages`); terminal, Markdown, HTML, Word, Excel and CSV are made from the page alone.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple, TypeVar

from policydiff.report.catalog import Catalog
from policydiff.report.runs import Cell, Mark, Run, cell


class Column(NamedTuple):
    """One column of a table."""

    label: str
    weight: int
    """Share of the width that long text deserves; a table's weights add up to about 100."""
    is_text: bool = False
    """Words of a document: set in the document's type, wrapped, never shortened but in Markdown under a limit."""
    full: str = ""
    """Long label for CSV and XLSX, where a short label (`[1]`) has no legend beside it; empty: use `label`."""
    is_number: bool = False
    """Counts: set flush right."""
    is_key: bool = False
    """Ids for other programs: in CSV, and in a sheet for those who unhide it."""


class Row(NamedTuple):
    """One row, with the facts by which a renderer may filter, group, fold or drop it."""

    cells: tuple[Cell, ...]
    kind: str = ""
    """Published name of the change kind, relation or status, empty where there is none."""
    weight: int = 1
    """2 substance (shown to the last), 1 ordinary, 0 folded to （略） unless everything is asked for."""
    anchor: str = ""
    """Address of the row inside the HTML report."""
    group: str = ""
    """Title of the chapter it stands in; a table with groups shows it before the first row of each."""
    facets: tuple[tuple[str, str], ...] = ()
    """(name of a facet, its values separated by blanks), by which the filters of the table choose."""
    is_same: bool = False
    """Both text cells hold the same words: where room is short they are printed once."""


class Facet(NamedTuple):
    """A group of filters over a table."""

    name: str
    label: str
    choices: tuple[tuple[str, str, int], ...]
    """(value, label, number of rows)."""


class Table(NamedTuple):
    """A table with a title; every row has one cell a column."""

    name: str
    """Stable ASCII name."""
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    facets: tuple[Facet, ...] = ()
    is_parallel: bool = False
    """Two texts side by side, then a remark: rows open as evidence, chapters head their rows, views can be stacked."""
    fold: str = ""
    """Name of the light rows, for the line that counts them: `unchanged`, `unsourced`, `taken`; empty: rows never fold."""
    flat: "Table | None" = None
    """The same rows with one fact a column, for CSV and Excel; None where the table itself will do."""
    counted: int | None = None
    """The number told with its title, where some rows are not counted (headings between sentences); None: all rows."""
    empty: str = ""
    """Sentence shown in place of a table without rows; empty: the word "none"."""
    is_detail: bool = False
    """Left out of the short forms (terminal, Word) unless everything is asked for: another part sums it up."""


class Side(NamedTuple):
    """One of the texts a report is made from."""

    role: str
    title: str
    facts: tuple[tuple[str, str], ...]
    """(label, value) pairs: number, issuers, dates, file."""
    fingerprint: str = ""
    """SHA-256 of the text; a memo and an official table leave it out."""


class Figure(NamedTuple):
    """One counted answer of the first screen."""

    label: str
    number: int
    kind: str
    """Published name of the kind that is counted; colours follow it."""
    link: str = ""
    """`table:facet=value`, the rows that are counted; `table` alone for all its rows; empty for none."""


class Entry(NamedTuple):
    """One line of a list of findings."""

    words: Cell
    """The finding in the words of a person: badge, old and new words."""
    place: str = ""
    """Where it stands, as a reader would cite it."""
    link: str = ""
    """Anchor of the row with the words of both texts."""
    kind: str = ""


class Findings(NamedTuple):
    """A list of findings, those with the highest weight first, for a reader who does not read the tables."""

    name: str
    title: str
    entries: tuple[Entry, ...]
    total: int = 0
    """Number of findings in all where `entries` holds only the weightiest; 0: as many as entries."""
    link: str = ""
    """As of `Figure`: the rows behind the list."""
    empty: str = ""
    """Sentence where nothing was found."""
    shown: int = 8
    """Entries of the first screen; a memo and `--all` show more."""
    others: str = ""
    """Sentence that sums up the findings counted in `total` but not listed as entries."""
    listed: int = 0
    """Number of all findings, where `entries` holds only the weightiest of them; 0: as `total` says."""

    @property
    def number(self) -> int:
        """Number of findings."""
        return self.total or len(self.entries)

    def left(self, shown: int) -> int:
        """Return how many findings are left out if `shown` entries are printed; findings summed up in `others` do not count as left out."""
        whole = self.listed or (len(self.entries) if self.others else self.number)
        return whole - min(shown, len(self.entries))


class StripCell(NamedTuple):
    """One clause in a picture."""

    kind: str
    """Published names of its outcome, separated by blanks: `adopted loosened`."""
    anchor: str
    title: str


class StripLine(NamedTuple):
    """One chapter of a strip, or one row of a heat map."""

    title: str
    anchor: str
    cells: tuple[StripCell, ...]


class Strip(NamedTuple):
    """A line a chapter, a cell a clause, coloured and shaped by its outcome; with columns a heat map."""

    name: str
    title: str
    head: str
    """Kind of unit that a line stands for: chapter, measure."""
    kinds: tuple[tuple[str, str], ...]
    """(published name, label) of the kinds counted beside the picture, in order."""
    lines: tuple[StripLine, ...]
    columns: tuple[str, ...] = ()
    """Of a heat map: name of the document that each cell of a line stands for; empty for a strip."""
    table: str = ""
    """Name of the table that its counts lead to."""
    facet: str = ""
    """Facet of that table which its kinds are values of."""

    def number(self, line: StripLine, kind: str) -> int:
        """Return how many cells of a line are of a kind."""
        return sum(kind in each.kind.split() for each in line.cells)


class Ribbon(NamedTuple):
    """A ribbon of a flow: the number of sentences that lead from a source part to a target part."""

    source: int
    target: int
    number: int


class Flow(NamedTuple):
    """From the parts of one document to those of another; ribbons as wide as their number."""

    name: str
    title: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    ribbons: tuple[Ribbon, ...]
    head: tuple[str, str, str]
    """Labels of source, target and number for the table beside the picture."""


class Moment(NamedTuple):
    """One version on a line of time."""

    date: str
    """As a person writes it; empty where the text bears none."""
    label: str
    words: str
    """Words for the changes of the version."""
    counts: tuple[tuple[str, int], ...] = ()
    """(kind of change, number)."""
    anchor: str = ""


class Timeline(NamedTuple):
    """Versions in order of time, each with its changes."""

    name: str
    title: str
    moments: tuple[Moment, ...]
    head: tuple[str, str, str]
    """Labels of date, version and change for the table beside the picture."""


Picture = Strip | Flow | Timeline


class Page(NamedTuple):
    """A whole report."""

    name: str
    """comparison, revision, document, or the name of the list."""
    title: str
    sides: tuple[Side, ...]
    tables: tuple[Table, ...]
    main: str
    """Name of the table that a one-table format writes."""
    lead: str = ""
    """One plain sentence that answers the reader's first question."""
    answers: tuple[str, ...] = ()
    """Further sentences."""
    findings: tuple[Findings, ...] = ()
    figures: tuple[Figure, ...] = ()
    pictures: tuple[Picture, ...] = ()
    legend: tuple[tuple[str, str], ...] = ()
    """(term, explanation)."""
    notice: str = ""
    """Parts of the page that are the machine's judgement, and the version of the program."""
    reading: tuple[tuple[str, str], ...] = ()
    """(basis, sentence): doubts about the texts themselves a reader must know first, such as amendments not included."""

    @property
    def is_one_list(self) -> bool:
        """Whether it is a list under the list's own title, which is then printed once."""
        return bool(self.tables) and not self.findings and self.main_table.title == self.title

    @property
    def main_table(self) -> Table:
        """The table that a one-table format writes."""
        return next(table for table in self.tables if table.name == self.main)


def heading_of(table: Table, say: Catalog) -> str:
    """Return the title of a table with its number, where it has rows."""
    number = len(table.rows) if table.counted is None else table.counted
    return say("{title} ({n})", title=table.title, n=number) if table.rows else table.title


def without_empty(table: Table) -> Table:
    """Return the table without columns that no row fills; sheets and CSV keep them all."""
    kept = [at for at in range(len(table.columns)) if any(row.cells[at] for row in table.rows)]
    if not table.rows or len(kept) == len(table.columns):
        return table
    return table._replace(
        columns=tuple(table.columns[at] for at in kept),
        rows=tuple(row._replace(cells=tuple(row.cells[at] for at in kept)) for row in table.rows),
        flat=table.flat or table,
    )


TEXT, NUMBER, LABEL, KEY = "text", "number", "label", "key"
"""Content of a column: words of a document, counts, short labels, or ids for other programs."""


class Field(NamedTuple):
    """A column together with how its cell is made of an item."""

    label: str
    weight: int
    of: Callable[[Any], "Cell | str | int | date | None"]
    """The cell, or the value written into it; None for an empty cell."""
    holds: str = LABEL
    full: str = ""

    @property
    def column(self) -> Column:
        """The column alone."""
        holds = self.holds
        return Column(self.label, self.weight, holds == TEXT, self.full, holds == NUMBER, is_key=holds == KEY)


def written(value: "Cell | str | int | date | None") -> Cell:
    """Return a value as a cell; nothing for None."""
    if isinstance(value, tuple):
        return value
    if isinstance(value, date):
        return cell(value.isoformat(), Mark.DAY)
    return cell("" if value is None else str(value))


class Made(NamedTuple):
    """Kind, anchor, group and weight of a row, made from the item that the row shows."""

    kind: Callable[[Any], str] = lambda _: ""
    anchor: Callable[[Any], str] = lambda _: ""
    group: Callable[[Any], str] = lambda _: ""
    weight: Callable[[Any], int] | int = 1
    facets: Callable[[Any], tuple[tuple[str, str], ...]] = lambda _: ()
    is_same: Callable[[Any], bool] | bool = False


_BARE = Made()


def tabled(
    name: str, title: str, items: Iterable[Any], fields: Sequence[Field], made: Made = _BARE, **more: Any
) -> Table:
    """Return a table with a row for each item and a column for each field; `more` are further fields of the table."""
    rows = tuple(
        Row(
            tuple(written(field.of(item)) for field in fields),
            made.kind(item),
            made.weight if isinstance(made.weight, int) else made.weight(item),
            made.anchor(item),
            made.group(item),
            made.facets(item),
            made.is_same if isinstance(made.is_same, bool) else made.is_same(item),
        )
        for item in items
    )
    return Table(name, title, tuple(field.column for field in fields), rows, **more)


_K = TypeVar("_K", bound=str)


def facet(
    name: str,
    label: str,
    choices: Mapping[_K, str],
    number: Mapping[_K, int],
    say: Catalog,
    *,
    every: bool = False,
) -> tuple[Facet, ...]:
    """Return a group of filters: the choices that occur in the rows, or all choices if `every`; no group without choices."""
    kept = tuple((key, say(word), number[key]) for key, word in choices.items() if every or number[key])
    return (Facet(name, label, kept),) if kept else ()


def chaptered(
    items: Iterable[Any], drawn: Callable[[Any], StripCell], untitled: str = ""
) -> tuple[StripLine, ...]:
    """Return the lines of a strip: clauses (each with its chapter and anchor) as they are drawn, a line a chapter."""
    lines = []
    for chapter, group in groupby(items, key=lambda item: str(item.chapter)):
        held = list(group)
        lines.append(StripLine(chapter or untitled, held[0].anchor, tuple(map(drawn, held))))
    return tuple(lines)


def placed(place: str, words: Cell, *, link: str = "") -> Cell:
    """Return words with their address in front."""
    return (Run(place, Mark.PLACE, link), *words) if place else words
