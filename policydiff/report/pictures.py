"""Geometry of a page's pictures for the HTML report, and for each picture a table with the same numbers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from policydiff import model
from policydiff.model import Coverage
from policydiff.report.catalog import Catalog
from policydiff.report.page import (
    NUMBER,
    TEXT,
    Field,
    Flow,
    Moment,
    Picture,
    Ribbon,
    Row,
    Strip,
    Table,
    Timeline,
    tabled,
)
from policydiff.report.runs import Mark, cell
from policydiff.report.words import CHANGES, counts, notes

COVERAGE_SIGNS = dict(zip(Coverage, "●◐–", strict=True))
"""Sign before the label of a coverage, so that a matrix can be read at a glance."""
WIDTH = 560
"""Width of a picture in its own units; HTML stretches it to the width of the window."""
_LARGEST = 18.0
"""Widest cell of a strip in units of the picture, so that few cells do not fill its width."""
_NARROW = 8.0
"""Distance between cells below which the gap between them shrinks in proportion."""
_FLOW_HEIGHT, _FLOW_GAP, _FLOW_LEAST = 320.0, 10.0, 16.0
"""Sizes of a flow in units of the picture: height of all ribbons, gap between parts, least height of a part (room for its label)."""


class Box(NamedTuple):
    """The rectangle of a clause in a picture."""

    x: str
    width: str
    kind: str
    anchor: str
    title: str


def picture_table(picture: Picture, say: Catalog) -> Table:
    """Return a picture as a table, for readers who cannot see the picture and for formats without pictures."""
    match picture:
        case Strip():
            kinds = picture.kinds
            counted = (Field(told, 10, partial(picture.number, kind=kind), NUMBER) for kind, told in kinds)
            head = Field(picture.head, 60, lambda line: cell(line.title, link=line.anchor))
            return tabled(picture.name, picture.title, picture.lines, (head, *counted))
        case Flow():
            fields = (
                Field(picture.head[0], 42, lambda each: picture.sources[each.source], TEXT),
                Field(picture.head[1], 42, lambda each: picture.targets[each.target], TEXT),
                Field(picture.head[2], 16, lambda each: each.number, NUMBER),
            )
            return tabled(picture.name, picture.title, picture.ribbons, fields)
        case Timeline():
            moments = (
                Field(picture.head[0], 18, lambda each: each.date or say("not stated")),
                Field(picture.head[1], 26, lambda each: each.label),
                Field(picture.head[2], 56, lambda each: each.words, TEXT),
            )
            return tabled(picture.name, picture.title, picture.moments, moments)


def boxes(strip: Strip) -> tuple[tuple[Box, ...], ...]:
    """Return the cells of each line of a strip; all lines have one scale, so that the length shows the number of clauses."""
    longest = max((len(line.cells) for line in strip.lines), default=0)
    pitch = min(_LARGEST, WIDTH / longest) if longest else _LARGEST
    gap = 2.0 if pitch >= _NARROW else pitch * 0.12
    return tuple(
        tuple(Box(number(index * pitch), number(pitch - gap), *each) for index, each in enumerate(line.cells))
        for line in strip.lines
    )


Step = tuple[date | str | None, str, model.RevisionSummary | None, Iterable[model.Fact]]
"""A version on a time line: date, label, counts of changes (None for the first version), facts that concern many clauses."""


def line_of_time(versions: Iterable[Step], say: Catalog) -> Timeline:
    """Return the time line of the versions in the order given, each with its kinds of changes and its shifts of numbers."""
    moments = []
    for day, label, summary, facts in versions:
        words = counts(summary, say) if summary else say("first version")
        counted = ((str(kind), getattr(summary, kind, 0)) for kind in CHANGES if kind != "unchanged")
        told = say.semicolon.join((words, *notes(facts, say)))
        moments.append(Moment(say.day(day), label, told, tuple(pair for pair in counted if pair[1])))
    head = (say("Date"), say("Version"), say("What changed"))
    return Timeline("timeline", say("Versions"), tuple(moments), head)


class Part(NamedTuple):
    """A part of a document on one side of a flow."""

    y: str
    height: str
    middle: str
    title: str
    sentences: int


class Band(NamedTuple):
    """A ribbon as it is drawn."""

    path: str
    source: int
    target: int
    title: str


class DrawnFlow(NamedTuple):
    """The geometry of a flow."""

    height: str
    sources: tuple[Part, ...]
    targets: tuple[Part, ...]
    bands: tuple[Band, ...]


def drawn_flow(flow: Flow) -> DrawnFlow:
    """Return the parts, as tall as the number of sentences that they give or take, and the ribbons between them."""
    given = [sum(each.number for each in flow.ribbons if each.source == n) for n in range(len(flow.sources))]
    taken = [sum(each.number for each in flow.ribbons if each.target == n) for n in range(len(flow.targets))]
    scale = _FLOW_HEIGHT / max(1, sum(given))
    left, left_height = _stacked(given, flow.sources, scale)
    right, right_height = _stacked(taken, flow.targets, scale)
    used_left = [float(part.y) for part in left]
    used_right = [float(part.y) for part in right]
    bands = []
    for ribbon in flow.ribbons:
        thick = ribbon.number * scale
        top, end = used_left[ribbon.source], used_right[ribbon.target]
        used_left[ribbon.source] += thick
        used_right[ribbon.target] += thick
        path = (
            f"M0 {number(top)}C50 {number(top)} 50 {number(end)} 100 {number(end)}"
            f"V{number(end + thick)}C50 {number(end + thick)} 50 {number(top + thick)} 0 {number(top + thick)}Z"
        )
        title = f"{flow.sources[ribbon.source]} → {flow.targets[ribbon.target]}: {ribbon.number}"
        bands.append(Band(path, ribbon.source, ribbon.target, title))
    return DrawnFlow(number(max(left_height, right_height)), left, right, tuple(bands))


def _stacked(counts: Sequence[int], titles: Sequence[str], scale: float) -> tuple[tuple[Part, ...], float]:
    parts = []
    y = 0.0
    for count, title in zip(counts, titles, strict=True):
        height = max(count * scale, _FLOW_LEAST)
        parts.append(Part(number(y), number(max(count * scale, 1.0)), number(y + height / 2), title, count))
        y += height + _FLOW_GAP
    return tuple(parts), max(y - _FLOW_GAP, 1.0)


def number(value: float) -> str:
    """Return a length with at most two decimals, without zeros at the end."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def shown_rows(table: Table, say: Catalog, *, everything: bool) -> tuple[Row, ...]:
    """Return the rows that a short form shows: neighbouring rows of weight 0 become one line with their number.

    If the table has no `fold`, or `everything` is true, all rows are shown.
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
    """Return the words of the line that replaces `count` folded rows."""
    if table.fold == "unsourced":
        return say.plural("({n} sentence without a source)", "({n} sentences without a source)", count)
    if table.fold == "taken":
        return say.plural("({n} clause taken up)", "({n} clauses taken up)", count)
    if table.fold == "wording":
        return say.plural("({n} row without change of words)", "({n} rows without change of words)", count)
    return say.plural("({n} clause unchanged)", "({n} clauses unchanged)", count)


def _line(table: Table, count: int, group: str, say: Catalog) -> Row:
    """Return a row with the words of `counted_line` in the first column of texts."""
    wide = next((index for index, column in enumerate(table.columns) if column.is_text), 0)
    words = counted_line(table, count, say)
    cells = tuple(cell(words, Mark.MUTED) if index == wide else () for index in range(len(table.columns)))
    return Row(cells, "folded", 2, group=group)


_FEWEST_RIBBONS = 2
"""Least number of ribbons in a picture; a single ribbon is clear from the table beside the picture."""


def flow(
    title: str,
    sources: Sequence[str],
    targets: Sequence[str],
    number: Mapping[tuple[int, int], int],
    head: tuple[str, str, str],
) -> tuple[Flow, ...]:
    """Return a flow of sentences between parts; parts without sentences are left out, and a flow to a single part is not drawn."""
    leading = sorted((start, end, count) for (start, end), count in number.items() if count)
    if len(leading) < _FEWEST_RIBBONS or len(targets) < 2:
        return ()
    starts, ends = (sorted({each[side] for each in leading}) for side in (0, 1))
    ribbons = tuple(Ribbon(starts.index(start), ends.index(end), count) for start, end, count in leading)
    kept = tuple(sources[place] for place in starts), tuple(targets[place] for place in ends)
    return (Flow("flow", title, *kept, ribbons, head),)
