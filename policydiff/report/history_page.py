"""The history of each clause through all versions as plain tables: one row for each version that changed it."""

from collections.abc import Iterator
from typing import NamedTuple

from policydiff.model import (
    Appearance,
    ChangeKind,
    ClauseLine,
    Reference,
    RevisionHistory,
    RevisionStep,
    UnitRef,
)
from policydiff.report.addresses import address_of
from policydiff.report.catalog import Catalog
from policydiff.report.counts import counts
from policydiff.report.legends import revision_legend
from policydiff.report.notes import notes
from policydiff.report.page import Column, Page, Row, Table, text_row
from policydiff.report.runs import Cell, Mark, cell, new_side, old_side
from policydiff.report.sides import notice, side
from policydiff.report.words import CHANGES, MOVED, SIGNALS

_WORDS_SHOWN = 12
"""Characters by which a clause without a number is called."""


class _Event(NamedTuple):
    """What one version did to a clause."""

    version: str
    remark: str
    old: Cell
    new: Cell
    weight: int
    """As of a row of a table."""


def history_page(given: RevisionHistory, say: Catalog) -> Page:
    """Return the report of a history: what each version changed, then clause by clause when and how."""
    changed = sum(
        any(map(_is_change, line.appearances)) or line.removed_in is not None for line in given.clauses
    )
    return Page(
        name="history",
        title=say("What became of each clause"),
        sides=tuple(side(say("Document"), reference, None, say) for reference in given.versions[-1:]),
        tables=(_versions(given, say), _clauses(given, say)),
        main="history",
        answers=(
            say(
                "{changed} of {total} clauses changed in {versions} versions.",
                changed=changed,
                total=len(given.clauses),
                versions=len(given.versions),
            ),
        ),
        legend=revision_legend(say),
        notice=notice(say, judged=True),
    )


def _versions(given: RevisionHistory, say: Catalog) -> Table:
    columns = (
        Column(say("Version"), 12),
        Column(say("What changed"), 26),
        Column(say("Numbers and references"), 50),
    )
    steps: tuple[RevisionStep | None, ...] = (None, *given.steps)
    rows = tuple(
        text_row(
            _name(reference, index),
            counts(step.summary, say) if step else say("first version"),
            "".join(notes(step.facts, say)) if step else "",
        )
        for index, (reference, step) in enumerate(zip(given.versions, steps, strict=True))
    )
    return Table("versions", say("Versions"), columns, rows)


def _clauses(given: RevisionHistory, say: Catalog) -> Table:
    columns = (
        Column(say("Clause"), 12),
        Column(say("Version"), 12),
        Column(say("Remark"), 16),
        Column(say("Before"), 30, is_text=True),
        Column(say("After"), 30, is_text=True),
    )
    teller = _Teller(given, say)
    rows = tuple(row for line in given.clauses for row in teller.rows(line))
    return Table("history", say("Clause by clause"), columns, rows)


class _Teller:
    """Tells the line of one clause after another; they name each other as they are called in their last version."""

    def __init__(self, given: RevisionHistory, say: Catalog) -> None:
        self._say = say
        self._versions = [_name(reference, index) for index, reference in enumerate(given.versions)]
        self._called = {line.key: _called(line.last.unit) for line in given.clauses}

    def rows(self, line: ClauseLine) -> Iterator[Row]:
        """Yield a row for each version that changed the clause; a light one for a clause that none did."""
        first, last = line.appearances[0], line.last
        events = [
            self._event(seen, before)
            for before, seen in zip((None, *line.appearances), line.appearances, strict=False)
            if seen.version and (_is_change(seen) or seen.renumbered)
        ]
        if line.removed_in is not None:
            events.append(self._end(line, line.removed_in))
        if not events:
            events.append(_Event("", self._say(CHANGES[ChangeKind.UNCHANGED]), (), cell(first.unit.text), 0))
        for event in events:
            texts = self._called[line.key], event.version, event.remark
            yield Row((*map(cell, texts), event.old, event.new), last.kind, event.weight)

    def _event(self, seen: Appearance, before: Appearance | None) -> _Event:
        version, remark = self._versions[seen.version], self._remark(seen, before)
        if before is None:
            mark = Mark.INSERT if seen.kind is ChangeKind.ADDED else Mark.PLAIN
            return _Event(version, remark, (), cell(seen.unit.text, mark), 1)
        weight = 2 if seen.signals else int(_is_change(seen))
        if not seen.wording:
            return _Event(version, remark, (), cell(seen.unit.text), weight)
        return _Event(version, remark, old_side(seen.wording), new_side(seen.wording), weight)

    def _end(self, line: ClauseLine, version: int) -> _Event:
        kind = ChangeKind.MERGED if line.merged_into else ChangeKind.REMOVED
        remark = self._say(CHANGES[kind])
        if line.merged_into:
            remark = "\n".join((remark, "→ " + self._named(line.merged_into)))
        return _Event(self._versions[version], remark, cell(line.last.unit.text, Mark.DELETE), (), 2)

    def _remark(self, seen: Appearance, before: Appearance | None) -> str:
        """Return kind and flags, the change of number, the clauses it also came from, what it touches; one a line."""
        words = [] if seen.kind is ChangeKind.UNCHANGED else [self._say(CHANGES[seen.kind])]
        words += [self._say(MOVED)] if seen.moved else []
        lines = ["、".join(words)]
        if before is not None and seen.renumbered:
            lines.append(f"{_called(before.unit)} → {_called(seen.unit)}")
        if seen.also_from:
            lines.append("← " + "、".join(map(self._named, seen.also_from)))
        lines.append("、".join(dict.fromkeys(self._say(SIGNALS[signal.type]) for signal in seen.signals)))
        return "\n".join(each for each in lines if each)

    def _named(self, key: str) -> str:
        """Return what a clause is called, its key where it is not among those shown."""
        return self._called.get(key, key)


def _is_change(seen: Appearance) -> bool:
    """Return whether a version changed more of a clause than its number."""
    return seen.version > 0 and (seen.kind is not ChangeKind.UNCHANGED or seen.moved)


def _called(unit: UnitRef) -> str:
    if unit.label:
        return address_of(unit.id, unit.label, unit.text)
    return f"{unit.text[:_WORDS_SHOWN]}…" if len(unit.text) > _WORDS_SHOWN else unit.text


def _name(reference: Reference, index: int) -> str:
    """Return what a version is called: by its name in the store, else its date, its file, or its place."""
    dated = reference.issued.isoformat() if reference.issued else None
    return reference.version or dated or reference.file or str(index + 1)
