"""A diff applied to the units of the old version gives the units of the new one."""

from collections.abc import Iterator, Sequence

from policydiff.errors import UsageError
from policydiff.model import Change, RevisionDiff, UnitRef, Wording
from policydiff.revision.wording import rebuild


class DiffDoesNotFitError(UsageError):
    """The diff was not made from this text."""


def apply_diff(old_units: Sequence[UnitRef], diff: RevisionDiff) -> tuple[UnitRef, ...]:
    """Return the units of the new version, built from the old units and the diff alone.

    The words of the old version are taken from `old_units`, those of the new one from the wording of each change;
    ids and labels are the new ones. For any two documents, with `document_units` for their units,
    `apply_diff(units of old, diff_documents(old, new))` are the units of `new`, in the order of the changes (that of
    the new text, the parts of a split together).

    Args:
        old_units: The units of the old version, in any order.
        diff: A diff made from the old version.

    Raises:
        DiffDoesNotFitError: A unit the diff speaks of is missing, has other words, or is left over.
    """
    texts = {unit.id: unit.text for unit in old_units}
    new: list[UnitRef] = []
    for change in diff.changes:
        try:
            old = "\n".join(texts.pop(unit.id) for unit in change.old)
        except KeyError as missing:
            raise DiffDoesNotFitError(
                f"the text has no unit {missing}: give the version the diff was made from"
            ) from None
        new.extend(_rebuilt(change, old))
    if texts:
        left = ", ".join(sorted(texts))
        raise DiffDoesNotFitError(f"the diff says nothing of {left}: give the version the diff was made from")
    return tuple(new)


def _rebuilt(change: Change, old: str) -> Iterator[UnitRef]:
    """Yield the new units of a change."""
    wording: Sequence[Wording] = change.wording
    if wording and rebuild(wording, new=False) != old:
        names = "、".join(unit.label or unit.id for unit in change.old)
        raise DiffDoesNotFitError(f"the words of {names} are not those the diff was made from")
    words = rebuild(wording, new=True) if wording or not change.old else old
    start = 0
    for unit in change.new:
        end = start + len(unit.text)
        yield UnitRef(id=unit.id, label=unit.label, text=words[start:end])
        start = end + 1
