"""What a local document took from the superior document it implements."""

from enum import StrEnum
from typing import ClassVar, Literal, NamedTuple

from pydantic import Field

from policydiff.model.annotations import Responsibility, Target
from policydiff.model.base import Value
from policydiff.model.reference import Reference
from policydiff.model.result import Record, Result, counted, joined, shortened


class Relation(StrEnum):
    """Local sentence or clause against the superior document."""

    VERBATIM = "verbatim"
    """照搬"""
    ADAPTED = "adapted"
    """调整"""
    RELATED = "related"
    """相关: same topic, no descent"""
    ADDED = "added"
    """新增"""


class Band(StrEnum):
    """How sure the derivation is."""

    SURE = "sure"
    """score ≥ 0.7: counted as adopted"""
    POSSIBLE = "possible"
    """0.3 ≤ score < 0.7: for a person to judge"""
    UNLIKELY = "unlikely"
    """score < 0.3"""


class Coverage(StrEnum):
    """Superior clause against the local document."""

    ADOPTED = "adopted"
    """采纳"""
    TOUCHED = "touched"
    """涉及"""
    OMITTED = "omitted"
    """未涉及"""


class SharedSpan(NamedTuple):
    """Words both sides share: `sentence.text[local_start:local_end]` and `source.text[source_start:source_end]`."""

    local_start: int
    local_end: int
    source_start: int
    source_end: int


class SentenceSource(Value):
    """A superior sentence a local sentence may come from."""

    clause: str
    """Id of the superior clause."""
    text: str
    score: float
    """0…1: how well it explains the local sentence; orders the sources."""
    spans: tuple[SharedSpan, ...] = ()


class SentenceComparison(Value):
    """One local sentence."""

    clause: str
    """Id of the local clause it stands in."""
    text: str
    relation: Relation
    score: float
    """Calibrated probability that the sentence is derived from the superior document."""
    band: Band
    sources: tuple[SentenceSource, ...] = ()
    """Best first."""

    def __repr__(self) -> str:
        return f"<SentenceComparison {self.relation.value} {self.score:.2f}: {shortened(self.text)}>"


class ClauseComparison(Value):
    """One local clause that holds sentences; follows from them."""

    clause: str
    label: str | None = None
    relation: Relation
    score: float
    """Share-weighted mean of its sentences' scores."""
    sources: tuple[str, ...] = ()
    """Ids of superior clauses, most important first."""


class CoveredClause(Value):
    """One clause of the superior document."""

    clause: str
    label: str | None = None
    text: str = ""
    status: Coverage
    score: float = 0.0
    """0…1: probability that at least one local sentence derives from it."""
    by: tuple[str, ...] = ()
    """Ids of local clauses, surest first."""


class TargetChange(StrEnum):
    """How a local target stands to the superior one."""

    KEPT = "kept"
    TIGHTENED = "tightened"
    RELAXED = "relaxed"
    CHANGED = "changed"
    """matched, but neither tighter nor looser can be said"""
    NEW = "new"
    MISSING = "missing"


class TargetComparison(Value):
    """A target of either side with its counterpart."""

    change: TargetChange
    local: Target | None = None
    superior: Target | None = None


class ResponsibilityComparison(Value):
    """Who carries a local measure, and who carries the superior clause it comes from."""

    local: Responsibility | None = None
    superior: Responsibility | None = None
    counterparts: tuple[tuple[str, str], ...] = ()
    """Pairs (local body, superior body) of the same system: 区科委 / 市科委."""


class ComparisonSummary(Value):
    """Counts and shares over sentences and superior clauses."""

    sentences: int
    verbatim: int
    adapted: int
    related: int
    added: int
    sure: int
    possible: int
    counted_share: float
    """Share of local sentences with score ≥ 0.7."""
    estimated_share: float
    """Share of local sentences estimated to be derived (document-level estimate)."""
    clauses_adopted: int
    clauses_touched: int
    clauses_omitted: int


class Comparison(Result):
    """A local document against one superior document."""

    schema_id: Literal["policydiff/comparison/1"] = Field(default="policydiff/comparison/1", alias="schema")
    local: Reference
    superior: Reference
    summary: ComparisonSummary
    sentences: tuple[SentenceComparison, ...]
    """Every sentence of the local body in reading order."""
    clauses: tuple[ClauseComparison, ...]
    coverage: tuple[CoveredClause, ...]
    """Every clause of the superior document in reading order."""
    targets: tuple[TargetComparison, ...] = ()
    responsibilities: tuple[ResponsibilityComparison, ...] = ()

    _thing: ClassVar[str] = "sentence"

    def _items(self) -> tuple[SentenceComparison, ...]:
        return self.sentences

    def _record(self, item: SentenceComparison) -> Record:
        best = item.sources[0] if item.sources else None
        return {
            "local_document": self.local.name,
            "superior_document": self.superior.name,
            "clause": item.clause,
            "text": item.text,
            "relation": item.relation.value,
            "band": item.band.value,
            "score": item.score,
            "source_clause": best.clause if best else None,
            "source_text": best.text if best else None,
            "source_score": best.score if best else None,
            "further_sources": joined([each.clause for each in item.sources[1:]]),
        }

    def _told(self) -> str:
        return (
            f"{self.local.name} against {self.superior.name}, {counted(len(self), 'sentence')}, "
            f"{self.summary.counted_share:.0%} adopted"
        )


class SentenceOrigin(Value):
    """One local sentence and the superior document that explains it best."""

    clause: str
    """Id of the local clause it stands in."""
    text: str
    comparison: int | None
    """Index of the comparison whose superior it comes from; None where none explains it (score below 0.5)."""
    score: float
    """Highest probability over the superior documents."""
    band: Band


class SourcedComparison(Result):
    """A local document against several superior documents."""

    schema_id: Literal["policydiff/sourced-comparison/1"] = Field(
        default="policydiff/sourced-comparison/1", alias="schema"
    )
    local: Reference
    comparisons: tuple[Comparison, ...]
    """One for each superior document, in the order given."""
    origins: tuple[SentenceOrigin, ...]
    """Every sentence of the local body in reading order."""

    _thing: ClassVar[str] = "sentence"

    def _items(self) -> tuple[SentenceOrigin, ...]:
        return self.origins

    def _record(self, item: SentenceOrigin) -> Record:
        source = None if item.comparison is None else self.comparisons[item.comparison].superior.name
        return {
            "local_document": self.local.name,
            "clause": item.clause,
            "text": item.text,
            "superior_document": source,
            "score": item.score,
            "band": item.band.value,
        }

    def _told(self) -> str:
        against = " and ".join(str(each.superior.name) for each in self.comparisons)
        return f"{self.local.name} against {against}, {counted(len(self), 'sentence')}"


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
    new_superior: Reference
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
