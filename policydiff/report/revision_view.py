"""A revision diff as a reader goes through it: units with both texts marked, folded where nothing changed."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from policydiff.model import Change, ChangeKind, Document, RevisionDiff, Signal, UnitRef
from policydiff.report.inputs import RevisionReport
from policydiff.report.outline import Outline, anchor
from policydiff.report.runs import Cell, Mark, Run, both_sides, cell, new_side, old_side
from policydiff.substance import OF_SUBSTANCE


class Unit(NamedTuple):
    """One unit of one side."""

    anchor: str
    label: str
    """Number as printed, else heading or address; may be empty."""
    words: Cell


class RevisionRow(NamedTuple):
    """One change: what stands on each side, and what it means."""

    anchor: str
    change: Change
    old: tuple[Unit, ...]
    new: tuple[Unit, ...]
    inline: Cell
    """Both sides as one text with deletions and insertions marked."""
    chapter: str
    """Title of the chapter it stands in, in the new text where it has a place there."""
    is_chapter_head: bool
    """Whether it is that chapter's own heading, unchanged."""

    @property
    def folds(self) -> bool:
        """Whether it can be folded to （略）: nothing but perhaps the number differs."""
        return self.change.kind is ChangeKind.UNCHANGED and not self.change.moved and not self.change.signals

    @property
    def signals(self) -> tuple[Signal, ...]:
        """Its changes of substance."""
        return self.change.signals


class Stretch(NamedTuple):
    """Neighbouring rows that fold together, or that all stay open."""

    folded: bool
    chapter: str
    """Title of the chapter, set on its first stretch only."""
    head: RevisionRow | None
    """The unchanged heading of that chapter, where it is a unit."""
    rows: tuple[RevisionRow, ...]


class RankedSignal(NamedTuple):
    """A change of substance with the row it stands in."""

    row: RevisionRow
    signal: Signal


class RevisionView(NamedTuple):
    """Everything the renderers show of a revision diff."""

    diff: RevisionDiff
    old: Document | None
    new: Document | None
    rows: tuple[RevisionRow, ...]

    def stretches(self) -> tuple[Stretch, ...]:
        """Rows grouped by chapter and by whether they fold."""
        stretches = []
        begun = ""
        for (chapter, folded), group in groupby(self.rows, key=lambda row: (row.chapter, row.folds)):
            held = list(group)
            title = chapter if chapter != begun else ""
            begun = chapter
            head = held.pop(0) if title and held[0].is_chapter_head else None
            stretches.append(Stretch(folded, title, head, tuple(held)))
        return tuple(stretches)

    @property
    def ranked(self) -> list[RankedSignal]:
        """The changes of substance, what a lawyer would tell a client first in front; light ones are left to their rows."""
        found = [
            RankedSignal(row, signal)
            for row in self.rows
            for signal in row.signals
            if signal.weight >= OF_SUBSTANCE
        ]
        return sorted(found, key=lambda each: -each.signal.weight)


def revision_view(given: RevisionDiff | RevisionReport) -> RevisionView:
    """Return the view of a revision diff, with chapters where its documents are given."""
    if isinstance(given, RevisionReport):
        diff, old, new = given.diff, given.old, given.new
    else:
        diff, old, new = given, None, None
    before, after = Outline(old), Outline(new)
    rows = []
    chapter = ""
    for index, change in enumerate(diff.changes):
        # A removed unit has no place in the new text: it stands where its neighbour stands.
        if change.new:
            chapter = after.chapter_of(change.new[0].id)
        elif not chapter and change.old:
            chapter = before.chapter_of(change.old[0].id)
        rows.append(_row(change, index, before, after, chapter))
    return RevisionView(diff, old, new, tuple(rows))


def _row(change: Change, index: int, before: Outline, after: Outline, chapter: str) -> RevisionRow:
    name = anchor("c", change.new[0].id) if change.new else anchor("r", change.old[0].id)
    if not change.new and not change.old:
        name = f"c-{index}"
    return RevisionRow(
        name,
        change,
        _units(change.old, "o", before, _old_words(change)),
        _units(change.new, "n", after, _new_words(change)),
        both_sides(change.wording) or _whole(change),
        chapter,
        is_chapter_head=bool(change.new) and _is_head(change, after),
    )


def _is_head(change: Change, after: Outline) -> bool:
    unit = change.new[0].id
    return change.kind is ChangeKind.UNCHANGED and not change.moved and after.is_chapter(unit)


def _units(
    refs: Sequence[UnitRef], prefix: str, outline: Outline, words: tuple[Cell, ...]
) -> tuple[Unit, ...]:
    return tuple(
        Unit(anchor(prefix, ref.id), _label(ref, outline), shown)
        for ref, shown in zip(refs, words, strict=True)
    )


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


def _distributed(refs: Sequence[UnitRef], side: Cell, mark: Mark) -> tuple[Cell, ...]:
    """Deal the words of a wording diff out to the units of its side.

    The wording covers one unit, or all units of the side with whatever joins them; a unit whose text is not
    found in it is shown whole.
    """
    joined = "".join(run.text for run in side)
    cells: list[Cell] = []
    cursor = 0
    for ref in refs:
        start = joined.find(ref.text, cursor) if side and ref.text else -1
        if start < 0:
            cells.append(cell(ref.text, mark))
        else:
            cursor = start + len(ref.text)
            cells.append(_cut(side, start, cursor))
    return tuple(cells)


def _cut(runs: Cell, start: int, end: int) -> Cell:
    """Return the runs between two code points of their joined words."""
    cut: list[Run] = []
    position = 0
    for run in runs:
        left, right = max(start - position, 0), min(end - position, len(run.text))
        if left < right:
            cut.append(Run(run.text[left:right], run.mark))
        position += len(run.text)
    return tuple(cut)


def _whole(change: Change) -> Cell:
    """The change without a wording diff: all of the old text against all of the new one."""
    old = "\n".join(ref.text for ref in change.old)
    new = "\n".join(ref.text for ref in change.new)
    if old == new or change.kind is ChangeKind.UNCHANGED:
        return cell(new or old)
    return cell(old, Mark.DELETE) + cell(new, Mark.INSERT)
