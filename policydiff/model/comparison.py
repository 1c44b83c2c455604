"""What a local document took from the superior document it implements."""

from enum import StrEnum
from typing import Literal, NamedTuple

from pydantic import Field

from policydiff.model.annotations import Responsibility, Target
from policydiff.model.base import Value
from policydiff.model.reference import Reference


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
    """0…1: highest probability that a local sentence derives from it."""
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


class Comparison(Value):
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
