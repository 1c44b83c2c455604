"""Clauses followed through many versions: one identity, whatever the number."""

from collections.abc import Sequence

from policydiff.model import ChangeKind, Document, RevisionDiff, UnitRef
from policydiff.model.base import Value
from policydiff.revision.diffing import diff_documents
from policydiff.revision.units import document_units


class Appearance(Value):
    """A clause in one version."""

    version: int
    """Index of the version in the sequence given, oldest first."""
    unit: UnitRef
    kind: ChangeKind
    """What happened to it since the version before; `added` where it appears first."""
    renumbered: bool = False
    moved: bool = False


class ClauseLine(Value):
    """One clause through its versions."""

    key: str
    """`VERSION:ID` of its first appearance: the same whatever versions follow."""
    parents: tuple[str, ...] = ()
    """Keys of the further clauses it came from, where it is a part of a split or a merger."""
    appearances: tuple[Appearance, ...]
    """Oldest first, without gaps."""
    removed_in: int | None = None
    """Index of the first version without it; None while it stands."""

    @property
    def last_changed(self) -> int:
        """Index of the version that last changed its words."""
        return next(
            (seen.version for seen in reversed(self.appearances) if seen.kind is not ChangeKind.UNCHANGED),
            self.appearances[0].version,
        )


def history(documents: Sequence[Document]) -> tuple[ClauseLine, ...]:
    """Return the line of every clause of any version, in the order of first appearance.

    Each version is compared with the one before; a clause keeps its line while it is unchanged, modified, renumbered
    or moved. Where a clause is split, the part most like it keeps the line; a merged clause keeps that of its primary.

    Args:
        documents: The versions, oldest first.
    """
    lines: dict[str, list[Appearance]] = {}
    parents: dict[str, tuple[str, ...]] = {}
    removed: dict[str, int] = {}
    current: dict[str, str] = {}
    for unit in document_units(documents[0]) if documents else ():
        key = f"0:{unit.id}"
        current[unit.id] = key
        lines[key] = [Appearance(version=0, unit=unit.reference(), kind=ChangeKind.ADDED)]
    for version in range(1, len(documents)):
        diff = diff_documents(documents[version - 1], documents[version])
        current = _step(diff, version, current, (lines, parents, removed))
    return tuple(
        ClauseLine(
            key=key, parents=parents.get(key, ()), appearances=tuple(seen), removed_in=removed.get(key)
        )
        for key, seen in lines.items()
    )


def _step(
    diff: RevisionDiff,
    version: int,
    current: dict[str, str],
    found: tuple[dict[str, list[Appearance]], dict[str, tuple[str, ...]], dict[str, int]],
) -> dict[str, str]:
    """Carry the lines on to the next version; return which line each of its units belongs to."""
    lines, parents, removed = found
    carried: dict[str, str] = {}
    for change in diff.changes:
        origins = tuple(current[unit.id] for unit in change.old)
        for index, unit in enumerate(change.new):
            key = origins[0] if origins and index == 0 else f"{version}:{unit.id}"
            others = origins[1:] if index == 0 else origins
            if others:
                parents[key] = (*parents.get(key, ()), *others)
            lines.setdefault(key, []).append(
                Appearance(
                    version=version,
                    unit=unit,
                    kind=change.kind,
                    renumbered=change.renumbered,
                    moved=change.moved,
                )
            )
            carried[unit.id] = key
        for origin in origins[1:] if change.new else origins:
            removed[origin] = version
    return carried
