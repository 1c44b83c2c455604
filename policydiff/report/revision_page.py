"""A revision diff as plain tables."""

from policydiff.model import Change, ChangeKind, Direction, Signal
from policydiff.report.catalog import Catalog
from policydiff.report.legends import revision_legend
from policydiff.report.notes import notes
from policydiff.report.page import Column, Figure, Page, Row, Side, Table, text_row
from policydiff.report.revision_view import RevisionRow, RevisionView, Unit
from policydiff.report.runs import Cell, Run, cell, plain
from policydiff.report.sides import notice, side
from policydiff.report.words import CHANGES, DIRECTIONS, MOVED, OUTSIDE, RENUMBERED, SIGNALS


def revision_page(view: RevisionView, say: Catalog, *, new_first: bool = False) -> Page:
    """Return the whole report of a revision diff as tables, changes of substance in front."""
    return Page(
        name="revision",
        title=say("What changed between two versions"),
        sides=revision_sides(view, say),
        tables=tuple(
            table
            for table in (_signals(view, say), _outside(view, say), _changes(view, say, new_first=new_first))
            if table
        ),
        main="changes",
        answers=revision_answers(view, say),
        figures=revision_figures(view, say),
        legend=revision_legend(say),
        notice=notice(say, judged=True),
    )


def revision_sides(view: RevisionView, say: Catalog) -> tuple[Side, Side]:
    """Return the two sides, the old one first."""
    return (
        side(say("Old version"), view.diff.old, view.old, say),
        side(say("New version"), view.diff.new, view.new, say),
    )


def revision_figures(view: RevisionView, say: Catalog) -> tuple[Figure, ...]:
    """Return the counts by kind, then the flags."""
    summary = view.diff.summary
    counts = {
        ChangeKind.MODIFIED: summary.modified,
        ChangeKind.ADDED: summary.added,
        ChangeKind.REMOVED: summary.removed,
        ChangeKind.SPLIT: summary.split,
        ChangeKind.MERGED: summary.merged,
        ChangeKind.UNCHANGED: summary.unchanged,
    }
    flags = ((MOVED, "moved", summary.moved), (RENUMBERED, "renumbered", summary.renumbered))
    return (
        *(Figure(say(CHANGES[kind]), count, kind) for kind, count in counts.items()),
        *(Figure(say(label), count, kind) for label, kind, count in flags),
    )


def revision_answers(view: RevisionView, say: Catalog) -> tuple[str, ...]:
    """Return the sentences that answer how much changed, and the facts over many clauses."""
    summary = view.diff.summary
    total = len(view.diff.changes)
    if summary.unchanged == total:
        first = say("No clause changed in its words.")
    elif not any(row.signals for row in view.rows):
        first = say(
            "{changed} of {total} clauses changed; no change of substance was found.",
            changed=total - summary.unchanged,
            total=total,
        )
    else:
        first = say(
            "{changed} of {total} clauses changed, {signals} of them in substance.",
            changed=total - summary.unchanged,
            total=total,
            signals=summary.of_substance,
        )
    if summary.outside:
        outside = say(
            "{n} lines outside the clauses differ: head, signature, tables there.", n=summary.outside
        )
        return (first, outside, *notes(view.diff.facts, say))
    return (first, *notes(view.diff.facts, say))


def remark(change: Change, say: Catalog) -> str:
    """Return kind, flags and signals of a change in one line."""
    words = [] if change.kind is ChangeKind.UNCHANGED else [say(CHANGES[change.kind])]
    words += [_moved(change, say)] if change.moved else []
    words += [say(RENUMBERED)] if change.renumbered else []
    found = list(dict.fromkeys(say(SIGNALS[signal.type]) for signal in change.signals))
    head = "、".join(words)
    return f"{head}\n{'、'.join(found)}" if found else head


def _moved(change: Change, say: Catalog) -> str:
    if change.moved_from is None or change.moved_to is None:
        return say(MOVED)
    return say("moved from {old} to {new}", old=change.moved_from, new=change.moved_to)


def _signals(view: RevisionView, say: Catalog) -> Table | None:
    rows = tuple(
        text_row(
            place(row),
            touched(signal, say),
            signal.old or "",
            signal.new or "",
            kind=signal.type,
            weight=2,
            anchor=row.anchor,
        )
        for row, signal in view.ranked
    )
    columns = (
        Column(say("Clause"), 18),
        Column(say("What it touches"), 14),
        Column(say("Before"), 34, is_text=True),
        Column(say("After"), 34, is_text=True),
    )
    return Table("signals", say("Changes of substance"), columns, rows) if rows else None


def touched(signal: Signal, say: Catalog) -> str:
    """Return what a change of substance touches, and which way it goes where that can be said."""
    kind = say(SIGNALS[signal.type])
    if signal.direction is Direction.CHANGED:
        return kind
    way = say(DIRECTIONS[signal.direction])
    return f"{kind} · {way}"


def _outside(view: RevisionView, say: Catalog) -> Table | None:
    """Return the lines outside the clauses that differ."""
    rows = tuple(
        text_row(say(OUTSIDE[each.kind]), each.old or "", each.new or "", kind=each.kind, weight=1, anchor="")
        for each in view.diff.outside
    )
    columns = (
        Column(say("Where"), 16),
        Column(say("Before"), 42, is_text=True),
        Column(say("After"), 42, is_text=True),
    )
    return Table("outside", say("Outside the clauses"), columns, rows) if rows else None


_WORDS_SHOWN = 12
"""Characters by which a unit without a number is called."""


def place(row: RevisionRow) -> str:
    """Return the clause's number in the new text, or in the old one where it was removed; else its first words."""
    units = row.new or row.old
    if not units:
        return ""
    words = plain(units[0].words)
    return units[0].label or (f"{words[:_WORDS_SHOWN]}…" if len(words) > _WORDS_SHOWN else words)


def _changes(view: RevisionView, say: Catalog, *, new_first: bool) -> Table:
    sides = [Column(say("Before"), 42, is_text=True), Column(say("After"), 42, is_text=True)]
    if new_first:
        sides.reverse()
    return Table(
        "changes",
        say("Clause by clause"),
        (*sides, Column(say("Remark"), 16)),
        tuple(_change(row, say, new_first=new_first) for row in view.rows),
    )


def _change(row: RevisionRow, say: Catalog, *, new_first: bool) -> Row:
    texts = [_with_labels(row.old), _with_labels(row.new)]
    if new_first:
        texts.reverse()
    substance = 2 if row.signals else 1
    return Row(
        (*texts, cell(remark(row.change, say))),
        row.change.kind,
        0 if row.folds else substance,
        row.anchor,
    )


def _with_labels(units: tuple[Unit, ...]) -> Cell:
    runs: list[Run] = []
    for index, unit in enumerate(units):
        if index:
            runs.append(Run("\n"))
        if unit.label:
            runs.append(Run(f"{unit.label}　"))
        runs.extend(unit.words)
    return tuple(runs)
