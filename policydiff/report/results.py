"""What can be rendered beside the bare results: results with their documents, and lists over documents."""

from datetime import date

from policydiff.model import (
    Citation,
    Comparison,
    Document,
    DocumentIdentity,
    ListedDocument,
    PaceComparison,
    PeerComparison,
    Reference,
    Responsibility,
    RevisionDiff,
    RevisionSummary,
    SourcedComparison,
    Span,
    Target,
    VersionRecord,
)
from policydiff.model.base import Value


class ComparisonReport(Value):
    """A comparison and its two documents.

    A bare `Comparison` can be rendered too: chapters are then known by their ids only.
    """

    comparison: Comparison
    local: Document
    superior: Document


class RevisionReport(Value):
    """A revision diff and its two documents. A bare `RevisionDiff` can be rendered too."""

    diff: RevisionDiff
    old: Document
    new: Document


class SourcedReport(Value):
    """A comparison with several superior documents, and the documents. A bare `SourcedComparison` can be rendered too."""

    comparison: SourcedComparison
    local: Document
    superiors: tuple[Document, ...]
    """In the order of the comparisons."""


class PeerReport(Value):
    """A comparison of peers and their documents. A bare `PeerComparison` can be rendered too."""

    comparison: PeerComparison
    documents: tuple[Document, ...]
    """In the order of the comparison."""
    superior: Document | None = None


class PaceReport(Value):
    """A comparison over time and its documents; a bare `PaceComparison` lacks the superior's words."""

    comparison: PaceComparison
    local: Document
    old_superior: Document
    new_superior: Document


class DocumentList(Value):
    """Documents of a store (`list`)."""

    documents: tuple[ListedDocument, ...]


class LoggedVersion(Value):
    """One version with what it changed against the one before it."""

    record: VersionRecord
    in_force_from: date | None = None
    """First day on which it is the version in force; None where another one replaces it from the first."""
    in_force_until: date | None = None
    """Last such day, None until further notice."""
    changes: RevisionSummary | None = None
    """None for the first version, or where nothing was compared."""


class VersionLog(Value):
    """Versions of one document (`log`), newest first or as the caller orders them."""

    identity: DocumentIdentity
    versions: tuple[LoggedVersion, ...]


class BlamedClause(Value):
    """One clause with the version its present words come from."""

    clause: str
    label: str | None = None
    address: str | None = None
    """The clause as a reader would cite it; None where it is to be made of id, label and words."""
    text: str
    version: str
    """Version that last changed its words."""
    since: date | None = None
    """Date of that version, None where it bears none."""
    first_version: str | None = None
    """Version it first stood in, None where it was not followed so far."""


class Blame(Value):
    """Clauses of a version with the versions they come from (`blame`)."""

    document: Reference
    clauses: tuple[BlamedClause, ...]


class SearchHit(Value):
    """One clause that a search found."""

    document: Reference
    clause: str
    label: str | None = None
    address: str | None = None
    """The clause as a reader would cite it; None where it is to be made of id, label and words."""
    text: str
    spans: tuple[Span, ...] = ()
    """Where the query's words stand in `text`."""


class SearchHits(Value):
    """What a search found (`search`), best first."""

    query: str
    hits: tuple[SearchHit, ...]


class FoundTarget(Value):
    """A target and the document it stands in."""

    document: Reference
    address: str
    """The clause as a reader would cite it."""
    target: Target


class TargetList(Value):
    """Targets over documents (`targets`)."""

    targets: tuple[FoundTarget, ...]


class FoundResponsibility(Value):
    """A responsibility and the document it stands in."""

    document: Reference
    address: str
    responsibility: Responsibility


class ResponsibilityList(Value):
    """Responsibilities over documents (`responsibilities`)."""

    responsibilities: tuple[FoundResponsibility, ...]


class FoundCitation(Value):
    """A citation and the document it stands in."""

    document: Reference
    address: str
    citation: Citation


class CitationList(Value):
    """Citations over documents (`cites`)."""

    citations: tuple[FoundCitation, ...]
