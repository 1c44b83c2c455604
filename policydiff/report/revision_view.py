"""A revision diff as a reader goes through it: each change with both texts marked, its place and its chapter."""

from collections.abc import Sequence
from typing import NamedTuple

from policydiff.model import (
    Change,
    ChangeKind,
    Document,
    RevisionDiff,
    UnitRef,
)
from policydiff.report.outline import Outline, anchor
from policydiff.report.runs import (
    Cell,
    Mark,
    cell,
    cut,
    new_side,
    old_side,
    plain,
)
from policydiff.substance import OF_SUBSTANCE

_WORDS_SHOWN = 12
"""Characters by which a unit without a number is called."""


class Unit(NamedTuple):
    """One unit of one side."""

    label: str
    """Number as printed, else heading or address; may be empty."""
    words: Cell


class RevisionRow(NamedTuple):
    """One change: what stands on each side, and what it means."""

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
