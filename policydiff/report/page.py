"""A report as data: sentences, lists, pictures and tables, which each format writes in its own way.

A result is turned into a `Page` once; terminal, Markdown, HTML, Word, Excel and CSV are made from the page alone.
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
    """Width of the column relative to the other columns of the table, whose weights add up to about 100."""
    is_text: bool = False
    """Whether the column holds words of a document: set in the document's type, wrapped, and shortened only in Markdown under a limit."""
    full: str = ""
    """Long label for CSV and XLSX, which have no legend that explains a short label such as `[1]`; empty: use `label`."""
    is_number: bool = False
    """Whether the column holds counts, which are set flush right."""
    is_key: bool = False
    """Whether the column holds ids for other programs: shown in CSV, hidden in a sheet until the reader unhides it."""


class Row(NamedTuple):
    """One row, with the facts by which a format filters, groups, folds or drops it."""

    cells: tuple[Cell, ...]
    kind: str = ""
    """Published name of the change kind, relation or status; empty for none."""
    weight: int = 1
    """2: substance, shown even in the shortest form; 1: ordinary; 0: folded to （略） unless the user asks for everything."""
    anchor: str = ""
    """Address of the row inside the HTML report."""
    group: str = ""
    """Title of the chapter around the row; a table with groups shows it before the first row of each chapter."""
    facets: tuple[tuple[str, str], ...] = ()
    """Pairs (name of a facet, its values separated by blanks), by which the filters of the table choose rows."""
    is_same: bool = False
    """Whether both text cells hold the same words, which are then printed only once where room is short."""


class Facet(NamedTuple):
    """A group of filters over a table."""

    name: str
    label: str
    choices: tuple[tuple[str, str, int], ...]
    """Triples (value, label, number of rows)."""


class Table(NamedTuple):
    """A table with a title; every row has one cell for each column."""

    name: str
    """Name that never changes, in ASCII, for links and for other programs."""
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    facets: tuple[Facet, ...] = ()
    is_parallel: bool = False
    """Whether the columns are two texts side by side and a remark: HTML opens rows as evidence, heads them with chapters, and can stack texts."""
    fold: str = ""
    """Name of the rows with weight 0, for the line that counts them when folded: `unchanged`, `unsourced`, `taken`; empty: rows never fold."""
    flat: "Table | None" = None
    """The same rows with one fact in each column, for CSV and Excel; None if the table itself is suitable."""
    counted: int | None = None
    """Number printed with the title if some rows do not count (headings between sentences); None: number of all rows."""
    empty: str = ""
    """Sentence in place of a table without rows; empty: the word "none"."""
    is_detail: bool = False
    """Whether terminal and Word leave the table out unless the user asks for everything, because another part sums it up."""


class Side(NamedTuple):
    """One of the texts that a report is about."""

    role: str
    title: str
    facts: tuple[tuple[str, str], ...]
    """Pairs (label, value): document number, issuing bodies, dates, file."""
    fingerprint: str = ""
    """SHA-256 of the text; a memo and an official table do not print it."""


class Figure(NamedTuple):
    """A count in the first screen of a report."""

    label: str
    number: int
    kind: str
    """Published name of the counted kind, which decides the colour."""
    link: str = ""
    """Counted rows, as `table:facet=value`; `table` alone for all rows of a table; empty for none."""


class Entry(NamedTuple):
    """One line of a list of findings."""

    words: Cell
    """The finding in words for people: badge, old words and new words."""
    place: str = ""
    """Address of the clause, as a reader would cite it."""
    link: str = ""
    """Anchor of the table row with the words of both texts."""
    kind: str = ""


class Findings(NamedTuple):
    """A list of findings, those with the highest weight first, for readers who do not read the tables."""

    name: str
    title: str
    entries: tuple[Entry, ...]
    total: int = 0
    """Number of all findings if `entries` holds only the weightiest; 0: the number of entries."""
    link: str = ""
    """Rows behind the list, in the form of `Figure.link`."""
    empty: str = ""
    """Sentence for a list without findings."""
    shown: int = 8
    """Number of entries on the first screen; a memo and `--all` show other numbers."""
    others: str = ""
    """Sentence that sums up the findings counted in `total` but not listed as entries."""
    listed: int = 0
    """Number of findings to list before a memo shortened the list; 0: the list was not shortened."""

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
    """Published names of the clause's outcome, separated by blanks: `adopted loosened`."""
    anchor: str
    title: str


class StripLine(NamedTuple):
    """One chapter of a strip, or one row of a heat map."""

    title: str
    anchor: str
    cells: tuple[StripCell, ...]


class Strip(NamedTuple):
    """A picture with one line per chapter and one cell per clause, coloured and shaped by the clause's outcome; with `columns` a heat map."""

    name: str
    title: str
    head: str
    """Kind of unit that each line stands for: chapter, measure."""
    kinds: tuple[tuple[str, str], ...]
    """Pairs (published name, label) of the kinds that are counted beside the picture, in order."""
    lines: tuple[StripLine, ...]
    columns: tuple[str, ...] = ()
    """For a heat map: name of the document behind each cell of a line; empty for a strip."""
    table: str = ""
    """Name of the table to which the counts link."""
    facet: str = ""
    """Facet of this table whose values are the kinds."""

    def number(self, line: StripLine, kind: str) -> int:
        """Return how many cells of a line have a kind."""
        return sum(kind in each.kind.split() for each in line.cells)


class Ribbon(NamedTuple):
    """One ribbon of a `Flow`: the number of sentences that lead from a source part to a target part."""

    source: int
    target: int
    number: int


class Flow(NamedTuple):
    """A picture of the sentences that lead from parts of one document to parts of another; the width of a ribbon shows their number."""

    name: str
    title: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    ribbons: tuple[Ribbon, ...]
    head: tuple[str, str, str]
    """Labels of source, target and number in the table beside the picture."""


class Moment(NamedTuple):
    """One version on a time line."""

    date: str
    """Date as a person writes it; empty if the text has no date."""
    label: str
    words: str
    """The changes of the version in words."""
    counts: tuple[tuple[str, int], ...] = ()
    """Pairs (kind of change, number)."""
    anchor: str = ""


class Timeline(NamedTuple):
    """Versions in order of time, each with its changes."""

    name: str
    title: str
    moments: tuple[Moment, ...]
    head: tuple[str, str, str]
    """Labels of date, version and change in the table beside the picture."""


Picture = Strip | Flow | Timeline


class Page(NamedTuple):
    """A whole report, before it is written in a format."""

    name: str
    """`comparison`, `revision`, `document`, or the name of a list."""
    title: str
    sides: tuple[Side, ...]
    tables: tuple[Table, ...]
    main: str
    """Name of the table for formats that write only one table."""
    lead: str = ""
    """One sentence that answers the reader's first question."""
    answers: tuple[str, ...] = ()
    """Further sentences after `lead`."""
    findings: tuple[Findings, ...] = ()
    figures: tuple[Figure, ...] = ()
    pictures: tuple[Picture, ...] = ()
    legend: tuple[tuple[str, str], ...] = ()
    """Pairs (term, explanation)."""
    notice: str = ""
    """Sentence on the parts of the page that a machine judged, with the version of the program."""
    reading: tuple[tuple[str, str], ...] = ()
    """Pairs (role of a text, sentence): doubts about the texts themselves that a reader must know first, such as amendments not included."""

    @property
    def is_one_list(self) -> bool:
        """Whether the page is only a list with the title of the page, which is then printed once."""
        return bool(self.tables) and not self.findings and self.main_table.title == self.title

    @property
    def main_table(self) -> Table:
        """The table for formats that write only one table."""
        return next(table for table in self.tables if table.name == self.main)


def heading_of(table: Table, say: Catalog) -> str:
    """Return the title of a table, with the number of rows if it has any."""
    number = len(table.rows) if table.counted is None else table.counted
    return say("{title} ({n})", title=table.title, n=number) if table.rows else table.title


def without_empty(table: Table) -> Table:
    """Return the table without columns that are empty in all rows; sheets and CSV keep all columns."""
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
    """A column, and the function that makes its cell from an item."""

    label: str
    weight: int
    of: Callable[[Any], "Cell | str | int | date | None"]
    """Function from an item to its cell, or to the value in the cell; None for an empty cell."""
    holds: str = LABEL
    full: str = ""

    @property
    def column(self) -> Column:
        """The column alone."""
        holds = self.holds
        return Column(self.label, self.weight, holds == TEXT, self.full, holds == NUMBER, is_key=holds == KEY)


def written(value: "Cell | str | int | date | None") -> Cell:
    """Return a value as a cell; an empty cell for None."""
    if isinstance(value, tuple):
        return value
    if isinstance(value, date):
        return cell(value.isoformat(), Mark.DAY)
    return cell("" if value is None else str(value))


class Made(NamedTuple):
    """Functions that make kind, anchor, group and weight of a row from the item that the row shows."""

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
    """Return a table with a row for each item and a column for each field; `more` are further fields of `Table`."""
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
    """Return a group of filters with the choices that occur in the rows, or with all choices if `every`; empty without choices."""
    kept = tuple((key, say(word), number[key]) for key, word in choices.items() if every or number[key])
    return (Facet(name, label, kept),) if kept else ()


def chaptered(
    items: Iterable[Any], drawn: Callable[[Any], StripCell], untitled: str = ""
) -> tuple[StripLine, ...]:
    """Return the lines of a strip, one for each chapter; `drawn` makes the cell of an item, and an item knows its chapter and anchor."""
    lines = []
    for chapter, group in groupby(items, key=lambda item: str(item.chapter)):
        held = list(group)
        lines.append(StripLine(chapter or untitled, held[0].anchor, tuple(map(drawn, held))))
    return tuple(lines)


def placed(place: str, words: Cell, *, link: str = "") -> Cell:
    """Return words with their address in front."""
    return (Run(place, Mark.PLACE, link), *words) if place else words
