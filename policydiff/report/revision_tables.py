"""The tables of a revision: clause by clause, every difference of substance, and what lies outside the clauses."""

from collections import Counter
from collections.abc import Iterable, Sequence

from policydiff.model import (
    ChangeKind,
    RevisionDiff,
    Signal,
    SignalType,
)
from policydiff.report.catalog import Catalog
from policydiff.report.page import (
    Column,
    Facet,
    Row,
    Table,
)
from policydiff.report.revision_view import RevisionRow, Unit, is_substance
from policydiff.report.runs import (
    Cell,
    Mark,
    Run,
    badge,
    cell,
    new_side,
    old_side,
    plain,
)
from policydiff.report.signals_told import distinct, lines, types_told
from policydiff.report.words import CHANGES, MOVED, OUTSIDE, RENUMBERED, SIGNALS

_REMARKS = 5
"""Differences told beside both texts, which mark every word anyway; the table of differences holds them all."""


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
    told_of = lines(change.signals, say, longest=40, most=_REMARKS)
    return (*parts, Run("\n"), *told_of) if told_of else tuple(parts)


def _flat(rows: Sequence[RevisionRow], say: Catalog) -> Table:
    columns = (
        Column(say("Old clause"), 8),
        Column(say("Before"), 30, is_text=True),
        Column(say("New clause"), 8),
        Column(say("After"), 30, is_text=True),
        Column(say("Kind"), 6),
        Column(say("Place"), 6),
        Column(say("Differences"), 12, is_text=True),
    )
    flat = []
    for row in rows:
        change = row.change
        flags = say.joined(say(MOVED) if change.moved else "", say(RENUMBERED) if change.renumbered else "")
        cells = (
            cell(say.joined(*(unit.label for unit in row.old))),
            _words(row.old),
            cell(say.joined(*(unit.label for unit in row.new))),
            _words(row.new),
            cell(say(CHANGES[change.kind])),
            cell(flags),
            lines(change.signals, say),
        )
        flat.append(Row(cells, change.kind, 0 if row.folds else 1, row.anchor))
    return Table("changes", say("Clause by clause"), columns, tuple(flat))


def _words(units: Iterable[Unit]) -> Cell:
    runs: list[Run] = []
    for unit in units:
        runs += [Run("\n"), *unit.words] if runs else unit.words
    return tuple(runs)


def signals_table(rows: Sequence[RevisionRow], say: Catalog) -> Table:
    """Every difference of substance on a row of its own: a sheet for Excel."""
    found = sorted((row for row in rows if row.change.signals), key=lambda row: -row.change.weight)
    return Table(
        "signals",
        say("Changes of substance"),
        (
            Column(say("Clause"), 18),
            Column(say("What it touches"), 14),
            Column(say("Before"), 34, is_text=True),
            Column(say("After"), 34, is_text=True),
        ),
        tuple(
            _signal(row, signal, types, say)
            for row in found
            for signal, types in distinct(row.change.signals)
        ),
        is_detail=True,
    )


def _signal(row: RevisionRow, signal: Signal, types: Sequence[SignalType], say: Catalog) -> Row:
    return Row(
        (
            cell(row.place, link=row.anchor),
            cell(types_told(types, say)),
            cell(signal.old or "", Mark.DELETE),
            cell(signal.new or "", Mark.INSERT),
        ),
        kind=signal.type.value,
        weight=2,
    )


def outside_table(diff: RevisionDiff, say: Catalog) -> Table:
    """Return the lines outside the clauses that differ."""
    columns = (
        Column(say("Where"), 16),
        Column(say("Before"), 42, is_text=True),
        Column(say("After"), 42, is_text=True),
    )
    rows = tuple(
        Row(
            (
                cell(say(OUTSIDE[each.kind])),
                old_side(each.wording) or cell(each.old or "", Mark.DELETE),
                new_side(each.wording) or cell(each.new or "", Mark.INSERT),
            ),
            kind=each.kind,
            weight=2,
            anchor=f"outside-{index}",
        )
        for index, each in enumerate(sorted(diff.outside, key=lambda one: -one.weight))
    )
    return Table("outside", say("Outside the clauses"), columns, rows)


def _with_labels(units: tuple[Unit, ...]) -> Cell:
    runs: list[Run] = []
    for index, unit in enumerate(units):
        if index:
            runs.append(Run("\n"))
        if unit.label:
            runs.append(Run(f"{unit.label}　", Mark.LABEL))
        runs.extend(unit.words)
    return tuple(runs)
