"""Measures across documents of one level, and a local document after its superior was revised."""

from enum import StrEnum
from typing import ClassVar, Literal

from pydantic import Field

from policydiff.model.base import Reference, Value
from policydiff.model.comparison import Coverage, MeasureCount
from policydiff.model.result import Record, Result, counted, joined


class PeerCell(Value):
    """What one document says on a measure."""

    status: Coverage
    """Adopted: it says it; touched: it may say it, or something near; omitted: it does not."""
    score: float
    clauses: tuple[str, ...] = ()
    """Ids of its clauses, surest first."""


class PeerMeasure(Value):
    """One measure across documents."""

    document: int | None
    """Index of the document the measure is quoted from; None for the superior document."""
    clause: str
    label: str | None = None
    text: str
    cells: tuple[PeerCell, ...]
    """One for each document, in the order given."""


class PeerComparison(Result):
    """Measures across documents of one level, against a superior document or against each other."""

    schema_id: Literal["policydiff/peer-comparison/1"] = Field(
        default="policydiff/peer-comparison/1", alias="schema"
    )
    documents: tuple[Reference, ...]
    superior: Reference | None = None
    measures: tuple[PeerMeasure, ...]
    """Every measure of any of the documents, each with who has it."""
    counts: tuple[MeasureCount, ...] = ()
    """Measures of the superior document for each document, in the order given: the figures of its own comparison."""

    _thing: ClassVar[str] = "measure"

    def _items(self) -> tuple[PeerMeasure, ...]:
        return self.measures

    def to_records(self) -> list[Record]:
        """Return one record for each measure in each document."""
        return [
            {
                "measure_document": self._quoted(each),
                "measure": each.clause,
                "label": each.label,
                "text": each.text,
                "document": reference.name,
                "status": cell.status.value,
                "score": cell.score,
                "clauses": joined(cell.clauses),
            }
            for each in self.measures
            for reference, cell in zip(self.documents, each.cells, strict=True)
        ]

    def _quoted(self, measure: PeerMeasure) -> str | None:
        source = self.superior if measure.document is None else self.documents[measure.document]
        return source.name if source else None

    def _told(self) -> str:
        return f"{counted(len(self), 'measure')} across {counted(len(self.documents), 'document')}"


class Pace(StrEnum):
    """How a local clause stands after its superior document was revised."""

    CURRENT = "current"
    """it already says what the revised text says"""
    BEHIND = "behind"
    """it still says what the old text said"""
    UNFOUNDED = "unfounded"
    """what it came from was removed"""
    MISSING = "missing"
    """the revised text has something new that the local document does not have"""


class PaceOfClause(Value):
    """A local clause, or a new superior clause, after a revision of the superior document."""

    pace: Pace
    """How the local clause kept up with the change."""
    clause: str | None
    """Id of the local clause; None for what is missing."""
    text: str
    """The local sentence; the new superior words where it is missing."""
    old: str | None
    """Id of the old superior clause it came from; None for what is missing."""
    new: str | None
    """Id of the revised superior clause; None where it was removed."""
    score: float
    """Probability that the local sentence comes from the old clause; 1 minus the probability that any takes up the
    new one, for what is missing."""


class PaceComparison(Result):
    """A local document against the old and the revised text of its superior document."""

    schema_id: Literal["policydiff/pace-comparison/1"] = Field(
        default="policydiff/pace-comparison/1", alias="schema"
    )
    local: Reference
    old_superior: Reference
    """The superior document before."""
    new_superior: Reference
    """The superior document as it is now."""
    clauses: tuple[PaceOfClause, ...]
    """Local clauses touched by the revision in reading order, then what is missing, in order of the revised text."""

    _thing: ClassVar[str] = "clause"

    def _items(self) -> tuple[PaceOfClause, ...]:
        return self.clauses

    def _record(self, item: PaceOfClause) -> Record:
        return {
            "local_document": self.local.name,
            "old_superior": self.old_superior.name,
            "new_superior": self.new_superior.name,
            "pace": item.pace.value,
            "clause": item.clause,
            "text": item.text,
            "old_clause": item.old,
            "new_clause": item.new,
            "score": item.score,
        }

    def _told(self) -> str:
        revised = f"{self.old_superior.name} → {self.new_superior.name}"
        return f"{self.local.name} against {revised}, {counted(len(self), 'clause')} concerned"
