"""A revision diff as a reader goes through it.

Each change bears both texts with marks and its place; tables list the changes and the differences of substance.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from policydiff.model import (
    Change,
    ChangeKind,
    Document,
    RevisionDiff,
    UnitRef,
)
from policydiff.report.catalog import Catalog
from policydiff.report.half_sentences import distinct, lines, touched, types_told
from policydiff.report.outline import Outline, anchor
from policydiff.report.page import TEXT, Column, Facet, Field, Made, Row, Table, tabled
from policydiff.report.runs import (
    Cell,
    Mark,
    Run,
    badge,
    cell,
    cut,
    new_side,
    old_side,
    plain,
)
from policydiff.report.words import CHANGES, MOVED, OUTSIDE, RENUMBERED, SIGNALS
from policydiff.substance import OF_SUBSTANCE

_WORDS_SHOWN = 12
"""Characters by which a unit without a number is called."""


class Unit(NamedTuple):
    """A clause of the old side or of the new side, as a cell of a table shows it."""

    label: str
    """Number as printed, else heading or address; may be empty."""
    words: Cell


class RevisionRow(NamedTuple):
    """A change between two versions, with the words of the old side and of the new side."""

    anchor: str
    change: Change
    old: tuple[Unit, ...]
    new: tuple[Unit, ...]
    chapter: str
    """Title of the chapter it stands in, in the new text where it has a place there."""

    @property
    def folds(self) -> bool:
        """Whether it can be folded to （略）: nothing but perhaps the number differs."""
        return self.change.kind is ChangeKind.UNCHANGED and not self.change.moved and not self.change.signals

    @property
    def place(self) -> str:
        """The clause's number in the new text, or in the old one where it was removed; else its first words."""
        units = self.new or self.old
        if not units:
            return ""
        words = plain(units[0].words)
        return units[0].label or (f"{words[:_WORDS_SHOWN]}…" if len(words) > _WORDS_SHOWN else words)


def revision_rows(diff: RevisionDiff, old: Document | None, new: Document | None) -> tuple[RevisionRow, ...]:
    """Return the changes in their order, with chapters where the documents are given."""
    before, after = Outline(old), Outline(new)
    rows = []
    chapter = ""
    is_divided = len({after.chapter_of(ref.id) for change in diff.changes for ref in change.new} - {""}) > 1
    for index, change in enumerate(diff.changes):
        # A removed unit has no place in the new text: it stands where its neighbour stands.
        if change.new:
            chapter = after.chapter_of(change.new[0].id)
        elif not chapter and change.old:
            chapter = before.chapter_of(change.old[0].id)
        name = f"c-{index}"
        if change.new or change.old:
            name = anchor("c", change.new[0].id) if change.new else anchor("r", change.old[0].id)
        rows.append(
            RevisionRow(
                name,
                change,
                _units(change.old, before, _old_words(change)),
                _units(change.new, after, _new_words(change)),
                chapter if is_divided else "",
            )
        )
    return tuple(rows)


def is_substance(change: Change) -> bool:
    """Return whether a change lays down something else, as `summary.of_substance` counts it."""
    return change.weight >= OF_SUBSTANCE


def _units(refs: Sequence[UnitRef], outline: Outline, words: tuple[Cell, ...]) -> tuple[Unit, ...]:
    return tuple(Unit(_label(ref, outline), shown) for ref, shown in zip(refs, words, strict=True))


def _label(ref: UnitRef, outline: Outline) -> str:
    if ref.label:
        return ref.label.strip()
    place = outline.place(ref.id)
    return "" if place.address in (ref.id, place.heading) else place.address


def _old_words(change: Change) -> tuple[Cell, ...]:
    mark = Mark.DELETE if change.kind is ChangeKind.REMOVED else Mark.PLAIN
    return _distributed(change.old, old_side(change.wording), mark)


def _new_words(change: Change) -> tuple[Cell, ...]:
    mark = Mark.INSERT if change.kind is ChangeKind.ADDED else Mark.PLAIN
    return _distributed(change.new, new_side(change.wording), mark)


def _distributed(refs: Sequence[UnitRef], side_: Cell, mark: Mark) -> tuple[Cell, ...]:
    """Deal the words of a wording diff out to the units of its side.

    The wording covers one unit, or all units of the side with whatever joins them; a unit whose text is not
    found in it is shown whole.
    """
    joined = "".join(run.text for run in side_)
    cells: list[Cell] = []
    cursor = 0
    for ref in refs:
        start = joined.find(ref.text, cursor) if side_ and ref.text else -1
        if start < 0:
            cells.append(cell(ref.text, mark))
        else:
            cursor = start + len(ref.text)
            cells.append(cut(side_, start, cursor))
    return tuple(cells)


def changes_table(rows: Sequence[RevisionRow], say: Catalog) -> Table:
    """Return every clause of both versions beside each other."""
    return Table(
        "changes",
        say("Clause by clause"),
        (
            Column(say("Before"), 42, is_text=True),
            Column(say("After"), 42, is_text=True),
            Column(say("Remark"), 16),
        ),
        tuple(_change(row, say) for row in rows),
        facets=_facets(rows, say),
        is_parallel=True,
        fold="unchanged",
        flat=_flat(rows, say),
    )


def _facets(rows: Sequence[RevisionRow], say: Catalog) -> tuple[Facet, ...]:
    kinds = Counter(row.change.kind for row in rows)
    signals = Counter(
        name for row in rows for name in dict.fromkeys(signal.type for signal in row.change.signals)
    )
    flags = (("moved", MOVED), ("renumbered", RENUMBERED))
    number = {flag: sum(getattr(row.change, flag) for row in rows) for flag, _ in flags}
    found = (
        Facet(
            "kind",
            say("Kind"),
            tuple((kind, say(CHANGES[kind]), kinds[kind]) for kind in CHANGES if kinds[kind]),
        ),
        Facet(
            "flag",
            say("Place"),
            tuple((flag, say(label), number[flag]) for flag, label in flags if number[flag]),
        ),
        Facet(
            "signal",
            say("Substance"),
            tuple((each, say(SIGNALS[each]), count) for each, count in signals.most_common()),
        ),
    )
    return tuple(facet for facet in found if facet.choices)


def _change(row: RevisionRow, say: Catalog) -> Row:
    texts = _with_labels(row.old), _with_labels(row.new)
    change = row.change
    flags = " ".join(flag for flag in ("moved", "renumbered") if getattr(change, flag))
    types = " ".join(dict.fromkeys(signal.type.value for signal in change.signals))
    return Row(
        (*texts, _remark(row, say)),
        change.kind,
        0 if row.folds else 2 if is_substance(change) else 1,
        row.anchor,
        row.chapter,
        facets=(
            ("kind", change.kind),
            ("flag", flags),
            ("signal", f"{types} any" if is_substance(change) else types),
        ),
        is_same=row.folds and plain(texts[0]) == plain(texts[1]),
    )


def _remark(row: RevisionRow, say: Catalog) -> Cell:
    """Return kind, flags and signals of a change."""
    change = row.change
    runs = [] if change.kind is ChangeKind.UNCHANGED else [badge(say(CHANGES[change.kind]), change.kind)]
    runs += [badge(say(MOVED), "moved")] if change.moved else []
    runs += [badge(say(RENUMBERED), "renumbered")] if change.renumbered else []
    parts: list[Run] = []
    for run in runs:
        parts += [Run(" "), run] if parts else [run]
    if change.moved_from is not None and change.moved_to is not None:
        went = say("moved from {old} to {new}", old=change.moved_from, new=change.moved_to)
        parts.append(Run(f"\n{went}", Mark.MUTED))
    touches = touched(change.signals, say)
    return (*parts, Run("\n"), *touches) if touches else tuple(parts)


def _flat(rows: Sequence[RevisionRow], say: Catalog) -> Table:
    def flags(change: Change) -> str:
        return say.joined(say(MOVED) if change.moved else "", say(RENUMBERED) if change.renumbered else "")

    fields = (
        Field(say("Old clause"), 8, lambda row: say.joined(*(unit.label for unit in row.old))),
        Field(say("Before"), 30, lambda row: _words(row.old), TEXT),
        Field(say("New clause"), 8, lambda row: say.joined(*(unit.label for unit in row.new))),
        Field(say("After"), 30, lambda row: _words(row.new), TEXT),
        Field(say("Kind"), 6, lambda row: say(CHANGES[row.change.kind])),
        Field(say("Place"), 6, lambda row: flags(row.change)),
        Field(say("Differences"), 12, lambda row: lines(row.change.signals, say), TEXT),
    )
    made = Made(lambda row: row.change.kind, lambda row: row.anchor)
    return tabled("changes", say("Clause by clause"), rows, fields, made)


def _words(units: Iterable[Unit]) -> Cell:
    runs: list[Run] = []
    for unit in units:
        runs += [Run("\n"), *unit.words] if runs else unit.words
    return tuple(runs)


def signals_table(rows: Sequence[RevisionRow], say: Catalog) -> Table:
    """Every difference of substance on a row of its own: a sheet for Excel."""
    changed = sorted((row for row in rows if row.change.signals), key=lambda row: -row.change.weight)
    found = [(row, *each) for row in changed for each in distinct(row.change.signals)]
    fields = (
        Field(say("Clause"), 18, lambda each: cell(each[0].place, link=each[0].anchor)),
        Field(say("What it touches"), 14, lambda each: types_told(each[2], say)),
        Field(say("Before"), 34, lambda each: cell(each[1].old or "", Mark.DELETE), TEXT),
        Field(say("After"), 34, lambda each: cell(each[1].new or "", Mark.INSERT), TEXT),
    )
    made = Made(lambda each: each[1].type.value, weight=2)
    return tabled("signals", say("Changes of substance"), found, fields, made, is_detail=True)


def outside_table(diff: RevisionDiff, say: Catalog) -> Table:
    """Return the lines outside the clauses that differ."""
    fields = (
        Field(say("Where"), 16, lambda pair: say(OUTSIDE[pair[1].kind])),
        Field(
            say("Before"),
            42,
            lambda pair: old_side(pair[1].wording) or cell(pair[1].old or "", Mark.DELETE),
            TEXT,
        ),
        Field(
            say("After"),
            42,
            lambda pair: new_side(pair[1].wording) or cell(pair[1].new or "", Mark.INSERT),
            TEXT,
        ),
    )
    made = Made(lambda pair: pair[1].kind, lambda pair: f"outside-{pair[0]}", weight=2)
    ranked = enumerate(sorted(diff.outside, key=lambda one: -one.weight))
    return tabled("outside", say("Outside the clauses"), ranked, fields, made)


def _with_labels(units: tuple[Unit, ...]) -> Cell:
    runs: list[Run] = []
    for index, unit in enumerate(units):
        if index:
            runs.append(Run("\n"))
        if unit.label:
            runs.append(Run(f"{unit.label}　", Mark.LABEL))
        runs.extend(unit.words)
    return tuple(runs)
