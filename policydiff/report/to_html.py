"""A page as one HTML file that loads nothing: markup from a template, with style and script inside it under a strict content policy.

Every text is in the file once, in the row of its table. A cell that quotes another row holds only a reference, and the
script copies the words. Views, evidence and filters use the same rows. End tags and quotes that HTML allows to omit are
omitted, so that a report on a thousand clauses is small enough to send by mail.
"""

import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import groupby
from math import ceil
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from policydiff.lexicon.widths import visible
from policydiff.report import RenderOptions, words
from policydiff.report.catalog import Catalog
from policydiff.report.page import Entry, Findings, Page, Row, Strip, Table, Timeline
from policydiff.report.pictures import (
    COVERAGE_SIGNS,
    Box,
    boxes,
    counted_line,
    drawn_flow,
    number,
    picture_table,
)
from policydiff.report.runs import Cell, Mark, Run, plain

_TAGS = {
    Mark.LABEL: "b",
    Mark.PLACE: "i",
    Mark.STRONG: "strong",
    Mark.MUTED: "small",
    Mark.SHARED: "u",
    Mark.INSERT: "ins",
    Mark.DELETE: "del",
}
_PLAIN = re.compile(r"[A-Za-z0-9_.:#-]+")
"""A value that needs no quotes in HTML."""
_LETTERS = {Mark.SHARED: "", Mark.DELETE: "d", Mark.INSERT: "i"}
"""Letters by which a quoting cell names the mark of a stretch; shared words, the most frequent mark, have no letter."""
_SHORT = 60
"""Most characters of a single sentence without a source that is not folded, because the line in its place would be as long."""
_PICTURED_TITLES = 200
"""Most cells of a picture in which each cell holds its title; in a larger picture, the script reads the title from the row."""
_UNBROKEN = 15
"""Most characters of a label without a line break: a date, a number, an address (第一百二十八条第二款)."""
_LISTED = 40
"""Most entries of a list in the file; further entries are rows of a table, to which the list links."""


class Stretch(NamedTuple):
    """Neighbouring rows of a chapter that are folded together, or that all stay open."""

    fold: str
    """The line in place of the folded rows; empty if they stay open."""
    rows: tuple[Markup, ...]


class Chapter(NamedTuple):
    """The rows below one heading."""

    title: str
    stretches: tuple[Stretch, ...]


def to_html(page: Page, say: Catalog, _options: RenderOptions) -> str:
    """Return the report: answer, lists and pictures first, then the tables as views."""
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
            signs=COVERAGE_SIGNS,
            drawn_flow=drawn_flow,
            picture_table=picture_table,
            most=0 if page.tables else 1_000,  # a memo consists of its lists; a report has tables too
            listed=_LISTED,
            policy=policy,
            style=Markup(style),  # noqa: S704 (our own file, not a document's text)
            early=Markup(early),  # noqa: S704
            script=Markup(script),  # noqa: S704
        )
    )


def _attribute(value: str) -> str:
    """Return an attribute's value, in quotes if HTML needs them."""
    return value if _PLAIN.fullmatch(value) else f'"{escape(value)}"'


def _href(anchor: str) -> str:
    return f"href={_attribute(f'#{anchor}')}"


def _merged(runs: Cell) -> Iterator[Run]:
    """Yield the runs, with neighbours of the same mark joined."""
    held: Run | None = None
    for run in runs:
        if held and run.mark is held.mark and run.mark is not Mark.BADGE and not (run.link or held.link):
            held = held._replace(text=held.text + run.text)
            continue
        if held:
            yield held
        held = run
    if held:
        yield held


def _units(text: str) -> int:
    """Return the length of a text as JavaScript counts it: a character beyond the basic plane counts as two."""
    return len(text) + sum(character > "\uffff" for character in text)


def _quotable(tables: Sequence[Table]) -> tuple[dict[str, str], dict[str, str]]:
    """Return by row anchor the words of the row's first text cell, if the row shows only one text, and the address before them."""
    held: dict[str, str] = {}
    places: dict[str, str] = {}
    for table in tables:
        at = next((index for index, column in enumerate(table.columns) if column.is_text), None)
        if at is None:
            continue
        for row in table.rows:
            runs = row.cells[at]
            is_placed = bool(runs) and runs[0].mark is Mark.PLACE and not runs[0].link
            if row.anchor and is_placed:
                places[row.anchor] = runs[0].text
            if row.anchor and not table.is_parallel:
                held[row.anchor] = "".join(visible(run.text) for run in runs[is_placed:])
    return held, places


_SHELF = (30, 20, 20)
"""Characters on a line in each of the three columns of lists."""


class _Writer:
    """Writes a page's cells, rows and pictures as markup; links lead only to rows and tables in the page."""

    def __init__(self, page: Page, say: Catalog) -> None:
        self._say = say
        is_told = bool(page.lead)  # the lead already says that there is nothing
        self.tables = tuple(
            table for table in page.tables if table.rows or (table.name == page.main and not is_told)
        )
        self._anchors = {row.anchor for table in self.tables for row in table.rows if row.anchor}
        self._names = {table.name for table in self.tables}
        self._quotable, self._places = _quotable(self.tables)

    def cell(self, runs: Cell) -> Markup:
        """Return the runs of a cell as markup."""
        return Markup("".join(map(self._run, _merged(runs))))  # noqa: S704 (every text in it is escaped)

    def _run(self, run: Run) -> str:
        shown = escape(visible(run.text))
        if run.link in self._anchors:
            # If a link's address is the one at the beginning of the linked row, the script writes it.
            return f"<a {_href(run.link)}>{'' if self._places.get(run.link) == run.text else shown}</a>"
        if run.mark is Mark.PLAIN:
            return str(shown)
        if run.mark is Mark.DAY:
            return f"<time datetime={run.kind}>{shown}</time>"
        if run.mark is Mark.BADGE:
            return f"<b class={_attribute(f'k-{run.kind}')}>{shown}</b>"
        tag = _TAGS[run.mark]
        return f"<{tag}>{shown}</{tag}>"

    def _quoting(self, row: Row, runs: Cell) -> str | None:
        """Return a cell as a reference to the words of the row that it quotes; None if it quotes no row."""
        if not runs or runs[0].mark is not Mark.PLACE or runs[0].link == row.anchor:
            return None
        held = self._quotable.get(runs[0].link)
        if held is None:
            return None
        words = "".join(visible(run.text) for run in runs[1:])
        start = held.find(words)
        if not words or start < 0:
            return None
        marks, at = [], 0
        for run in runs[1:]:
            end = at + _units(visible(run.text))
            if run.mark is not Mark.PLAIN:
                letter = _LETTERS.get(run.mark)
                if letter is None:
                    return None
                marks.append(f" {letter}{at},{end}")
            at = end
        return f'<td data-q="{_units(held[:start])} {at}{"".join(marks)}">{self._run(runs[0])}'

    def entry(self, entry: Entry) -> Markup:
        """Return a finding as a link that opens both texts; as plain words if the page does not hold its row."""
        told = self.cell(entry.words)
        place = f" <i>{escape(visible(entry.place))}</i>" if entry.place else ""
        if entry.link not in self._anchors:
            return Markup(f"<span>{told}{place}</span>")  # noqa: S704 (escaped above)
        return Markup(f"<a {_href(entry.link)}>{told}{place}</a>")  # noqa: S704

    def shelves(self, findings: Sequence[Findings]) -> list[list[tuple[int, Findings]]]:
        """Return lists in three columns, each below the shortest column so far, with its place in the order; empty for three lists or fewer.

        If changes of substance come first, the result is empty too, because their list takes the whole width.
        """
        shelves: list[list[tuple[int, Findings]]] = [[], [], []]
        heights = [0] * len(shelves)
        if len(findings) <= len(shelves) or findings[0].name == "substance":
            return []
        for place, each in enumerate(findings, 1):
            lowest = heights.index(min(heights))
            shelves[lowest].append((place, each))
            words = (len(plain(entry.words) + entry.place) for entry in each.entries[: each.shown])
            heights[lowest] += 2 + sum(ceil(length / _SHELF[lowest]) for length in words)
        return shelves

    def target(self, link: str) -> Markup:
        """Return the attributes of a link to rows of a table; empty if the page lacks the table."""
        name, _, only = link.partition(":")
        if name not in self._names:
            return Markup("")
        chosen = f' data-only="{escape(only.replace("=", ":"))}"' if only else ""
        return Markup(f'href="#view-{escape(name)}"{chosen}')  # noqa: S704 (escaped here)

    def href(self, anchor: str) -> Markup:
        """Return the attribute of a link to a row; empty if the page lacks the row."""
        return Markup(f'href="#{escape(anchor)}"') if anchor in self._anchors else Markup("")  # noqa: S704

    def chapters(self, table: Table) -> tuple[Chapter, ...]:
        """Return a table's rows by chapter, with rows of weight 0 in stretches that can be folded."""
        found = []
        for title, group in groupby(table.rows, key=lambda row: row.group):
            stretches = []
            for folds, rows in groupby(group, key=lambda row: bool(table.fold) and row.weight < 1):
                held = list(rows)
                # A single short sentence without a source stays open; an unchanged clause is folded however short, as in printed tables.
                short = len(held) == 1 and len(plain(held[0].cells[0])) <= _SHORT
                is_folded = folds and table.is_parallel and not (short and table.fold == "unsourced")
                line = counted_line(table, len(held), self._say) if is_folded else ""
                stretches.append(Stretch(line, tuple(self._rows(table, held))))
            found.append(Chapter(title, tuple(stretches)))
        return tuple(found)

    def _rows(self, table: Table, rows: Sequence[Row]) -> Iterator[Markup]:
        for row in rows:
            # The row's own kind comes first, because the style of its judgement depends on it.
            held = [value for _, values in row.facets for value in values.split()]
            values = " ".join(sorted(held, key=lambda value: value != row.kind))
            facets = f' data-f="{escape(values)}"' if values else ""
            name = f" id={_attribute(row.anchor)}" if row.anchor else ""
            yield Markup(f"<tr{name}{facets}>{''.join(self._cells(table, row))}")  # noqa: S704

    def _cells(self, table: Table, row: Row) -> Iterator[str]:
        if table.is_parallel and row.is_same:
            yield f"<td class=same colspan=2>{self.cell(row.cells[0])}"
            yield f"<td>{self._claim(row, row.cells[2])}"
            return
        for column, runs in zip(table.columns, row.cells, strict=True):
            if table.is_parallel:
                quoting = self._quoting(row, runs) if column.is_text else None
                yield quoting or f"<td>{self.cell(runs) if column.is_text else self._claim(row, runs)}"
            else:
                is_long = len(plain(runs)) > _UNBROKEN
                kind = "doc" if column.is_text else "num" if column.is_number else "w" if is_long else ""
                kind = f" class={kind}" if kind else ""
                yield f"<td{kind}>{self.cell(runs)}"

    def _claim(self, row: Row, runs: Cell) -> Markup:
        """Return a judgement with its first badge as a button that opens both texts."""
        for index, run in enumerate(runs):
            if run.mark is Mark.BADGE:
                is_told = any(row.kind in values.split() for _, values in row.facets)
                kind = "" if is_told and run.kind == row.kind else f" class={_attribute(f'k-{run.kind}')}"
                button = f"<button{kind}>{escape(visible(run.text))}</button>"
                before, after = self.cell(runs[:index]), self.cell(runs[index + 1 :])
                return Markup(f"{before}{button}{after}")  # noqa: S704 (escaped where it was made)
        return self.cell(runs)

    def strip(self, picture: Strip) -> tuple[Markup, ...]:
        """Return the drawn line of each chapter; in a picture with many cells the script reads the titles from the rows."""
        is_titled = sum(len(line.cells) for line in picture.lines) <= _PICTURED_TITLES
        drawn = ("".join(self._box(box, is_titled=is_titled) for box in line) for line in boxes(picture))
        return tuple(Markup(line) for line in drawn)  # noqa: S704 (escaped in each box)

    def _box(self, box: Box, *, is_titled: bool) -> str:
        x, width, kind, anchor, title = box
        names = " ".join(f"k-{name}" for name in kind.split())
        shape = _shape(kind, float(x) + float(width) / 2, float(width))
        words = f"<title>{escape(visible(title))}</title>" if is_titled else ""
        return (
            f'<a class="{names}" {_href(anchor)} tabindex=-1><rect x={x} width={width} />{shape}{words}</a>'
        )

    def shapes(self, picture: Strip) -> list[tuple[str, str, str]]:
        """Return the legend of the shapes in a strip: name, sign and label of each shape drawn."""
        drawn = {
            name
            for line in boxes(picture)
            for box in line
            for name in box.kind.split()
            if float(box.width) >= _LEAST_SHAPE
        }
        labels = {str(name): word for name, word in words.EFFECTS.items()} | {"substance": words.OF_SUBSTANCE}
        return [(name, sign, self._say(labels[name])) for name, (sign, _) in _SHAPES.items() if name in drawn]

    def timeline(self, timeline: Timeline) -> tuple[str, ...]:
        """Return the length of each version's bar: its number of changes, in hundredths of the largest number."""
        numbers = [sum(number for _, number in each.counts) for each in timeline.moments]
        most = max(numbers, default=0) or 1
        return tuple(f"{max(1.0, 100 * number / most) if number else 0:.1f}" for number in numbers)


_SHAPES = {
    "tightened": ("▲", "M{left} 12L{middle} 5L{right} 12Z"),
    "loosened": ("▼", "M{left} 6L{middle} 13L{right} 6Z"),
    "different": ("◆", "M{left} 9L{middle} 5L{right} 9L{middle} 13Z"),
    "substance": ("●", "M{left} 9A1 1 0 0 0 {right} 9A1 1 0 0 0 {left} 9Z"),
}
"""Shape inside a cell, by the kind it stands for: the character in the legend, and the path to draw."""
_LEAST_SHAPE = 4.0
"""Least width of a cell, in units of the picture, for a shape inside it."""


def _shape(kind: str, middle: float, width: float) -> str:
    """Return the shape inside a cell; empty if its kind has no shape or the cell is too narrow."""
    path = next((path for name, (_, path) in _SHAPES.items() if name in kind), None)
    if path is None or width < _LEAST_SHAPE:
        return ""
    half = min(3.0, width / 2 - 0.8)
    drawn = path.format(left=number(middle - half), middle=number(middle), right=number(middle + half))
    return f'<path d="{drawn}"/>'


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
    """Make hidden characters visible in all text printed, except in the program's own markup."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def _asset(name: str) -> str:
    return files("policydiff.report").joinpath("templates", name).read_text("utf-8")


def _digest(content: str) -> str:
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"
