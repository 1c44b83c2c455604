"""A page as one HTML file that loads nothing: markup from the template, style and script inside under a strict policy.

Every text stands in the file once, in the row of its table; views, evidence and filters are made of these rows.
"""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import groupby
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from policydiff.report import words
from policydiff.report.catalog import Catalog
from policydiff.report.folding import counted_line
from policydiff.report.page import Entry, Flow, Page, Row, Strip, Table, Timeline
from policydiff.report.pictures import boxes, drawn_flow, picture_table
from policydiff.report.runs import Cell, Mark, Run
from policydiff.report.visible import visible

_SLIGHT = 4
"""Characters of a shared run below which it is only underlined: many short marks would hide the long ones."""
_CLASSES = {
    Mark.LABEL: "label",
    Mark.PLACE: "place",
    Mark.STRONG: "strong",
    Mark.MUTED: "muted",
}


class Stretch(NamedTuple):
    """Neighbouring rows of a chapter that fold together, or that all stay open."""

    fold: str
    """The words of the line that stands for them; empty where they stay open."""
    rows: tuple[Markup, ...]


class Chapter(NamedTuple):
    """The rows under one heading."""

    title: str
    stretches: tuple[Stretch, ...]


def to_html(page: Page, say: Catalog) -> str:
    """Return the report: the answer, lists and pictures first, then the tables as views."""
    writer = _Writer(page, say)
    style, early, script = _asset("report.css"), _asset("early.js"), _asset("report.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(early)}' '{_digest(script)}';"
        " base-uri 'none'; form-action 'none'"
    )
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            page=page,
            say=say,
            write=writer,
            words=words,
            most=_entries_shown(page),
            policy=policy,
            style=Markup(style),  # noqa: S704 (our own file, not a document's text)
            early=Markup(early),  # noqa: S704
            script=Markup(script),  # noqa: S704
        )
    )


def _entries_shown(page: Page) -> int:
    """Return how many entries a list shows at once: a memo has nothing else, a report has tables below."""
    return 1_000 if not page.tables else 0


class _Writer:
    """Markup of a page's cells, rows and pictures; links lead only to what is in the page."""

    def __init__(self, page: Page, say: Catalog) -> None:
        self._say = say
        added, deleted = escape(say("added: ")), escape(say("deleted: "))
        self._tags = {
            Mark.INSERT: (f'<ins><span class="vh">{added}</span>', "</ins>"),
            Mark.DELETE: (f'<del><span class="vh">{deleted}</span>', "</del>"),
            Mark.SHARED: ("<mark>", "</mark>"),
        }
        self.tables = tuple(table for table in page.tables if table.rows or table.name == page.main)
        self._anchors = {row.anchor for table in self.tables for row in table.rows if row.anchor}
        self._names = {table.name for table in self.tables}

    def cell(self, runs: Cell) -> Markup:
        """Return a cell's runs as markup."""
        return Markup("".join(self._run(run) for run in runs))  # noqa: S704 (every text in it is escaped)

    def _run(self, run: Run) -> str:
        shown = escape(visible(run.text))
        if run.link in self._anchors:
            return f'<a class="{_CLASSES.get(run.mark, "")}" href="#{escape(run.link)}">{shown}</a>'
        if run.mark is Mark.PLAIN:
            return str(shown)
        if run.mark is Mark.BADGE:
            return f'<b class="badge k-{escape(run.kind)}">{shown}</b>'
        if run.mark in self._tags:
            before, after = self._tags[run.mark]
            if run.mark is Mark.SHARED and len(run.text) < _SLIGHT:
                before = '<mark class="slight">'
            return f"{before}{shown}{after}"
        return f'<span class="{_CLASSES[run.mark]}">{shown}</span>'

    def entry(self, entry: Entry) -> Markup:
        """Return a finding: a link to its row where the page has it, which opens both texts."""
        told = self.cell(entry.words)
        place = f' <span class="place">{escape(visible(entry.place))}</span>' if entry.place else ""
        if entry.link not in self._anchors:
            return Markup(f"<span>{told}{place}</span>")  # noqa: S704 (escaped above)
        link = escape(entry.link)
        return Markup(f'<a href="#{link}" data-evidence="{link}">{told}{place}</a>')  # noqa: S704

    def target(self, link: str) -> Markup:
        """Return the attributes of a link to the rows of a table, empty where the page has no such table."""
        name, _, only = link.partition(":")
        if name not in self._names:
            return Markup("")
        chosen = f' data-only="{escape(only.replace("=", ":"))}"' if only else ""
        return Markup(f'href="#view-{escape(name)}"{chosen}')  # noqa: S704 (escaped here)

    def href(self, anchor: str) -> Markup:
        """Return the attribute of a link to a row, empty where the page has no such row."""
        return Markup(f'href="#{escape(anchor)}"') if anchor in self._anchors else Markup("")  # noqa: S704

    def chapters(self, table: Table) -> tuple[Chapter, ...]:
        """Return a table's rows by chapter, light ones in stretches that fold."""
        found = []
        for title, group in groupby(table.rows, key=lambda row: row.group):
            stretches = []
            for folds, rows in groupby(group, key=lambda row: bool(table.fold) and row.weight < 1):
                held = list(rows)
                line = counted_line(table, len(held), self._say) if folds and table.is_parallel else ""
                stretches.append(Stretch(line, tuple(self._rows(table, held))))
            found.append(Chapter(title, tuple(stretches)))
        return tuple(found)

    def _rows(self, table: Table, rows: Sequence[Row]) -> Iterator[Markup]:
        for row in rows:
            facets = "".join(f' data-{name}="{escape(values)}"' for name, values in row.facets if values)
            name = f' id="{escape(row.anchor)}"' if row.anchor else ""
            yield Markup(f'<tr class="row"{name}{facets}>{"".join(self._cells(table, row))}</tr>')  # noqa: S704

    def _cells(self, table: Table, row: Row) -> Iterator[str]:
        if table.is_parallel and row.is_same:
            yield f'<td class="doc same" colspan="2">{self.cell(row.cells[0])}</td>'
            yield f'<td class="remark">{self._claim(row.cells[2])}</td>'
            return
        for column, runs in zip(table.columns, row.cells, strict=True):
            shown = self.cell(runs)
            if column.is_text:
                yield f'<td class="doc">{shown}</td>'
            elif table.is_parallel:
                yield f'<td class="remark">{self._claim(runs)}</td>'
            else:
                yield f'<td class="num">{shown}</td>' if column.is_number else f"<td>{shown}</td>"

    def _claim(self, runs: Cell) -> Markup:
        """Return a judgement whose first badge opens both texts."""
        for index, run in enumerate(runs):
            if run.mark is Mark.BADGE:
                button = f'<button type="button" class="claim">{self._run(run)}</button>'
                before, after = self.cell(runs[:index]), self.cell(runs[index + 1 :])
                return Markup(f"{before}{button}{after}")  # noqa: S704 (escaped where it was made)
        return self.cell(runs)

    def kind_of(self, picture: object) -> str:
        """Return which picture it is, for the template."""
        if isinstance(picture, Strip):
            return "heat" if picture.columns else "strip"
        return "flow" if isinstance(picture, Flow) else "timeline"

    def strip(self, picture: Strip) -> tuple[Markup, ...]:
        """Return the drawn line of each chapter."""
        drawn = ("".join(self._box(*box) for box in line) for line in boxes(picture))
        return tuple(Markup(line) for line in drawn)  # noqa: S704 (escaped in each box)

    def _box(self, x: str, width: str, kind: str, anchor: str, title: str) -> str:
        names = " ".join(f"k-{name}" for name in kind.split())
        shape = _shape(kind, float(x) + float(width) / 2) if float(width) >= _LEAST_SHAPE else ""
        drawn = f'<rect x="{x}" y=".5" width="{width}" height="17"/>{shape}<title>{escape(visible(title))}</title>'
        return f'<a class="{names}" href="#{escape(anchor)}" tabindex="-1">{drawn}</a>'

    def flow(self, flow: Flow) -> object:
        """Return the geometry of a flow."""
        return drawn_flow(flow)

    def heat_sign(self, kind: str) -> str:
        """Return the sign of a heat map's cell: its shape tells what its colour tells."""
        return {"adopted": "●", "touched": "◐"}.get(kind, "–")

    def timeline(self, timeline: Timeline) -> tuple[tuple[str, str, str, str], ...]:
        """Return (x, height of the bar, date, label) of each version; places follow the order, heights the number of changes."""
        most = max((sum(number for _, number in each.counts) for each in timeline.moments), default=1) or 1
        step = 100 / max(1, len(timeline.moments))
        return tuple(
            (
                f"{step * (index + 0.5):.2f}",
                f"{max(2.0, 60 * sum(number for _, number in each.counts) / most):.1f}",
                each.date,
                each.label,
            )
            for index, each in enumerate(timeline.moments)
        )

    def data_of(self, picture: Strip | Flow | Timeline) -> Table:
        """Return the table that says what the picture shows."""
        return picture_table(picture, self._say)


_LEAST_SHAPE = 7.0
"""Width of a cell, in units of the picture, from which a shape fits in it."""


def _shape(kind: str, middle: float) -> str:
    """Return the shape inside a cell: up for tightened, down for loosened, a rhomb for different, a dot for substance."""
    left, right = f"{middle - 3:.2f}", f"{middle + 3:.2f}"
    if "tightened" in kind:
        return f'<path d="M{left} 12L{middle:.2f} 5L{right} 12Z"/>'
    if "loosened" in kind:
        return f'<path d="M{left} 6L{middle:.2f} 13L{right} 6Z"/>'
    if "different" in kind:
        return f'<path d="M{left} 9L{middle:.2f} 5L{right} 9L{middle:.2f} 13Z"/>'
    if "substance" in kind:
        return f'<circle cx="{middle:.2f}" cy="9" r="2.2"/>'
    return ""


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("policydiff.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_shown,
    )


def _shown(value: object) -> object:
    """Make hidden characters visible in everything that is printed but markup of our own."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def _asset(name: str) -> str:
    return files("policydiff.report").joinpath("templates", name).read_text("utf-8")


def _digest(content: str) -> str:
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"
