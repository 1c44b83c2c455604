"""Frozen values that the other packages pass to each other; no I/O, no clock, no rules."""

from policydiff.model.annotations import (
    Citation,
    CitationRelation,
    Responsibility,
    Target,
    TargetKind,
)
from policydiff.model.base import Diagnostic, Severity, Span, Value
from policydiff.model.clause import Clause, ClauseKind
from policydiff.model.comparison import (
    Band,
    ClauseComparison,
    Comparison,
    ComparisonSummary,
    Coverage,
    CoveredClause,
    Relation,
    ResponsibilityComparison,
    SentenceComparison,
    SentenceSource,
    SharedSpan,
    TargetChange,
    TargetComparison,
)
from policydiff.model.document import Carrier, Dates, Document, Grammar
from policydiff.model.extraction import Extraction, RecognisedPage
from policydiff.model.reference import Reference
from policydiff.model.revision import (
    Change,
    ChangeKind,
    RevisionDiff,
    RevisionSummary,
    Signal,
    SignalType,
    UnitRef,
    Wording,
    WordingOp,
)
from policydiff.model.stored import DocumentIdentity, DocumentRelation, VersionRecord

__all__ = [
    "Band",
    "Carrier",
    "Change",
    "ChangeKind",
    "Citation",
    "CitationRelation",
    "Clause",
    "ClauseComparison",
    "ClauseKind",
    "Comparison",
    "ComparisonSummary",
    "Coverage",
    "CoveredClause",
    "Dates",
    "Diagnostic",
    "Document",
    "DocumentIdentity",
    "DocumentRelation",
    "Extraction",
    "Grammar",
    "RecognisedPage",
    "Reference",
    "Relation",
    "Responsibility",
    "ResponsibilityComparison",
    "RevisionDiff",
    "RevisionSummary",
    "SentenceComparison",
    "SentenceSource",
    "Severity",
    "SharedSpan",
    "Signal",
    "SignalType",
    "Span",
    "Target",
    "TargetChange",
    "TargetComparison",
    "TargetKind",
    "UnitRef",
    "Value",
    "VersionRecord",
    "Wording",
    "WordingOp",
]
