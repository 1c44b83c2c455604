"""Frozen values that the other packages pass to each other; no I/O, no clock, no rules."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from policydiff.model.annotations import (
    Citation as Citation,
    CitationRelation as CitationRelation,
    Delegation as Delegation,
    Diagnostic as Diagnostic,
    Extraction as Extraction,
    ForceKind as ForceKind,
    ForceStatement as ForceStatement,
    LeftOut as LeftOut,
    NamedText as NamedText,
    Place as Place,
    ReadingWarning as ReadingWarning,
    RecognisedPage as RecognisedPage,
    Responsibility as Responsibility,
    Target as Target,
    TargetKind as TargetKind,
    TextBlock as TextBlock,
    WarningKind as WarningKind,
)
from policydiff.model.base import (
    Level as Level,
    Reference as Reference,
    Severity as Severity,
    Span as Span,
    Value as Value,
)
from policydiff.model.clause_history import (
    Appearance as Appearance,
    ClauseLine as ClauseLine,
    DocumentIdentity as DocumentIdentity,
    DocumentRelation as DocumentRelation,
    ListedDocument as ListedDocument,
    ReadingRules as ReadingRules,
    RevisionHistory as RevisionHistory,
    RevisionStep as RevisionStep,
    SeparatedVersion as SeparatedVersion,
    ValidityRuling as ValidityRuling,
    VersionHead as VersionHead,
    VersionRecord as VersionRecord,
)
from policydiff.model.document import (
    Act as Act,
    ActKind as ActKind,
    Attachment as Attachment,
    Carrier as Carrier,
    Clause as Clause,
    ClauseKind as ClauseKind,
    Dates as Dates,
    Document as Document,
    Grammar as Grammar,
    NotPlaced as NotPlaced,
    PartInForce as PartInForce,
    Validity as Validity,
)
from policydiff.model.revision import (
    Change as Change,
    ChangeKind as ChangeKind,
    ComparedPair as ComparedPair,
    Fact as Fact,
    LeftOutDiffers as LeftOutDiffers,
    NumbersShifted as NumbersShifted,
    OutsideChange as OutsideChange,
    OutsideKind as OutsideKind,
    PunctuationDiffers as PunctuationDiffers,
    ReferencesFollow as ReferencesFollow,
    RevisionBatch as RevisionBatch,
    RevisionDiff as RevisionDiff,
    RevisionSummary as RevisionSummary,
    SidesDoubt as SidesDoubt,
    UnitRef as UnitRef,
    Wording as Wording,
    WordingOp as WordingOp,
)
from policydiff.model.substance import (
    Direction as Direction,
    Dropped as Dropped,
    Effect as Effect,
    Found as Found,
    Genre as Genre,
    InstrumentFound as InstrumentFound,
    InstrumentKind as InstrumentKind,
    Modal as Modal,
    ModalFound as ModalFound,
    Provision as Provision,
    Signal as Signal,
    SignalType as SignalType,
)

if TYPE_CHECKING:
    from policydiff.model.compared_parts import (
        Band as Band,
        BodyComparison as BodyComparison,
        Burden as Burden,
        BurdenChange as BurdenChange,
        BurdenKind as BurdenKind,
        ClauseComparison as ClauseComparison,
        Coverage as Coverage,
        CoveredClause as CoveredClause,
        LegalBasis as LegalBasis,
        LocalMeasure as LocalMeasure,
        Matter as Matter,
        MeasureCount as MeasureCount,
        OwnMeasureCount as OwnMeasureCount,
        Relation as Relation,
        ResponsibilityComparison as ResponsibilityComparison,
        SeenIn as SeenIn,
        SentenceComparison as SentenceComparison,
        SentenceKind as SentenceKind,
        SentenceSource as SentenceSource,
        SharedSpan as SharedSpan,
        TargetChange as TargetChange,
        TargetComparison as TargetComparison,
    )
    from policydiff.model.comparison import (
        Comparison as Comparison,
        ComparisonSummary as ComparisonSummary,
        OrderDoubt as OrderDoubt,
        Pace as Pace,
        PaceComparison as PaceComparison,
        PaceOfClause as PaceOfClause,
        PeerCell as PeerCell,
        PeerComparison as PeerComparison,
        PeerMeasure as PeerMeasure,
        Reading as Reading,
        SentenceOrigin as SentenceOrigin,
        SourcedComparison as SourcedComparison,
        Untold as Untold,
    )

_OF_COMPARISONS = ("comparison", "compared_parts")
"""Modules with values that a diff does not need; loading them takes a tenth of its start-up time."""


def __getattr__(name: str) -> Any:
    for module in () if name.startswith("_") else _OF_COMPARISONS:
        found = vars(import_module(f"{__name__}.{module}"))
        if name in found:
            return found[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
