"""All versions of one document: what became of each clause, under whatever number."""

from typing import ClassVar, Literal

from pydantic import Field

from policydiff.model.base import Reference, Value
from policydiff.model.result import Record, Result, counted
from policydiff.model.revision import ChangeKind, Fact, RevisionSummary, UnitRef, Wording
from policydiff.model.substance import Signal


class Appearance(Value):
    """A clause in one version."""

    version: int
    """Index of the version, oldest first."""
    unit: UnitRef
    kind: ChangeKind
    """What happened to it since the version before; where it appears first, `added`, or how it came from others."""
    renumbered: bool = False
    moved: bool = False
    also_from: tuple[str, ...] = ()
    """Keys of the further clauses it came from in this version, where it is a part of a split or a merger."""
    wording: tuple[Wording, ...] = ()
    """Its words against those of the version before; empty where they are the same, or where it appears first."""
    signals: tuple[Signal, ...] = ()


class ClauseLine(Value):
    """One clause through its versions."""

    key: str
    """`VERSION:ID` of its first appearance (the version's name, else its index): the same whatever versions follow."""
    appearances: tuple[Appearance, ...]
    """Oldest first, without gaps."""
    removed_in: int | None = None
    """Index of the first version without it; None while it stands."""
    merged_into: str | None = None
    """Key of the clause that took it in, where it ended so."""

    @property
    def last(self) -> Appearance:
        """Its newest appearance."""
        return self.appearances[-1]

    @property
    def last_changed(self) -> int:
        """Index of the version that last changed its words."""
        return next(
            (seen.version for seen in reversed(self.appearances) if seen.kind is not ChangeKind.UNCHANGED),
            self.appearances[0].version,
        )


class RevisionStep(Value):
    """What one version changed against the one before it."""

    summary: RevisionSummary
    facts: tuple[Fact, ...] = ()


class RevisionHistory(Result):
    """Every clause of any version, followed through all of them."""

    schema_id: Literal["policydiff/history/2"] = Field(default="policydiff/history/2", alias="schema")
    versions: tuple[Reference, ...]
    """Oldest first."""
    steps: tuple[RevisionStep, ...]
    """One for each version but the first."""
    clauses: tuple[ClauseLine, ...]
    """In the order of the newest version; those that ended stand where they stood."""

    _thing: ClassVar[str] = "clause"

    @property
    def differs(self) -> bool:
        """Whether any version differs from the one before it."""
        return any(step.summary.differs for step in self.steps)

    def _items(self) -> tuple[ClauseLine, ...]:
        return self.clauses

    def to_records(self) -> list[Record]:
        """Return one record for each clause in each version it stands in."""
        return [
            {
                "clause_line": line.key,
                "version": self.versions[seen.version].name,
                "kind": seen.kind.value,
                "renumbered": seen.renumbered,
                "moved": seen.moved,
                "clause": seen.unit.id,
                "label": seen.unit.label,
                "text": seen.unit.text,
                "signals": len(seen.signals),
            }
            for line in self.clauses
            for seen in line.appearances
        ]

    def _told(self) -> str:
        return f"{counted(len(self), 'clause')} through {counted(len(self.versions), 'version')}"
