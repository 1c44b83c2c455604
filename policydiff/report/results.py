"""Lists over documents, as results that render themselves: of a store, of versions, of facts that texts hold."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from policydiff.model import (
    Citation,
    DocumentIdentity,
    ListedDocument,
    Reference,
    Responsibility,
    RevisionSummary,
    Span,
    Target,
    VersionRecord,
)
from policydiff.model.base import Record, Result, Value, counted, shortened
from policydiff.model.document import BeginsBy
from policydiff.model.lagging import DocumentValidity


class DocumentList(Result):
    """Documents of a store (`list`)."""

    schema_id: Literal["policydiff/documents/1"] = Field(default="policydiff/documents/1", alias="schema")
    documents: tuple[ListedDocument, ...]

    _thing: ClassVar[str] = "document"

    def _items(self) -> tuple[ListedDocument, ...]:
        return self.documents

    def _record(self, item: ListedDocument) -> Record:
        return {
            "document": item.identity.id,
            "title": item.identity.title,
            "document_number": item.identity.document_number,
            "issuing_bodies": "; ".join(item.identity.issuing_bodies) or None,
            "document_type": item.identity.document_type,
            "jurisdiction": item.identity.jurisdiction,
            "level": item.identity.level,
            "newest": item.newest,
            "versions": item.versions,
            "validity": item.validity,
            "until": _iso(item.until),
            "ended_by": item.ended_by,
        }


class LoggedVersion(Value):
    """One version with what it changed against the one before it."""

    record: VersionRecord
    """The version as the store has it."""
    in_force_from: date | None = None
    """First day on which it is the version in force; None where another one replaces it from the first."""
    in_force_by: BeginsBy | None = None
    """What the first day is known by: the text or another one states it, it is the text's own date, or it was first seen then."""
    in_force_until: date | None = None
    """Last such day, None until further notice."""
    changes: RevisionSummary | None = None
    """None for the first version, or where nothing was compared."""


class VersionLog(Result):
    """Versions of one document (`log`), newest first or as the caller orders them."""

    schema_id: Literal["policydiff/log/1"] = Field(default="policydiff/log/1", alias="schema")
    identity: DocumentIdentity
    versions: tuple[LoggedVersion, ...]
    standing: DocumentValidity | None = None
    """How the document stands today by what all documents of the store say; None where their texts are unread."""

    _thing: ClassVar[str] = "version"

    def _items(self) -> tuple[LoggedVersion, ...]:
        return self.versions

    def _record(self, item: LoggedVersion) -> Record:
        return {
            "document": self.identity.id,
            "version": item.record.version,
            "issued": _iso(item.record.issued),
            "effective": _iso(item.record.effective),
            "in_force_from": _iso(item.in_force_from),
            "in_force_by": item.in_force_by.value if item.in_force_by else None,
            "in_force_until": _iso(item.in_force_until),
            "url": item.record.url,
            "source_sha256": item.record.source_sha256,
        }

    def _told(self) -> str:
        return f"{self.identity.id}, {counted(len(self), 'version')}"


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


class Blame(Result):
    """Clauses of a version with the versions they come from (`blame`)."""

    schema_id: Literal["policydiff/blame/1"] = Field(default="policydiff/blame/1", alias="schema")
    document: Reference
    clauses: tuple[BlamedClause, ...]

    _thing: ClassVar[str] = "clause"

    def _items(self) -> tuple[BlamedClause, ...]:
        return self.clauses

    def _record(self, item: BlamedClause) -> Record:
        return {
            "document": self.document.name,
            "clause": item.clause,
            "label": item.label,
            "text": item.text,
            "version": item.version,
            "since": _iso(item.since),
        }

    def _told(self) -> str:
        return f"{self.document.name}, {counted(len(self), 'clause')}"


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


class SearchHits(Result):
    """What a search found (`search`), best first."""

    schema_id: Literal["policydiff/search/1"] = Field(default="policydiff/search/1", alias="schema")
    query: str
    hits: tuple[SearchHit, ...]

    _thing: ClassVar[str] = "hit"

    def _items(self) -> tuple[SearchHit, ...]:
        return self.hits

    def _record(self, item: SearchHit) -> Record:
        return {
            "document": item.document.name,
            "title": item.document.title,
            "clause": item.clause,
            "label": item.label,
            "text": item.text,
        }

    def _told(self) -> str:
        return f"{shortened(self.query)}, {counted(len(self), 'hit')}"


class FoundTarget(Value):
    """A target and the document it stands in."""

    document: Reference
    address: str
    """The clause as a reader would cite it."""
    target: Target


class TargetList(Result):
    """Targets over documents (`targets`)."""

    schema_id: Literal["policydiff/targets/1"] = Field(default="policydiff/targets/1", alias="schema")
    targets: tuple[FoundTarget, ...]

    _thing: ClassVar[str] = "target"

    def _items(self) -> tuple[FoundTarget, ...]:
        return self.targets

    def _record(self, item: FoundTarget) -> Record:
        return {
            "document": item.document.name,
            "address": item.address,
            "clause": item.target.clause,
            "metric": item.target.metric,
            "value": item.target.value,
            "unit": item.target.unit,
            "qualifier": item.target.qualifier,
            "deadline": item.target.deadline,
            "kind": item.target.kind.value,
            "text": item.target.text,
        }


class FoundResponsibility(Value):
    """A responsibility and the document it stands in."""

    document: Reference
    address: str
    responsibility: Responsibility


class ResponsibilityList(Result):
    """Responsibilities over documents (`responsibilities`)."""

    schema_id: Literal["policydiff/responsibilities/1"] = Field(
        default="policydiff/responsibilities/1", alias="schema"
    )
    responsibilities: tuple[FoundResponsibility, ...]

    _thing: ClassVar[str] = "responsibility"

    def _items(self) -> tuple[FoundResponsibility, ...]:
        return self.responsibilities

    def _record(self, item: FoundResponsibility) -> Record:
        return {
            "document": item.document.name,
            "address": item.address,
            "clause": item.responsibility.clause,
            "lead": "; ".join(item.responsibility.lead) or None,
            "supporting": "; ".join(item.responsibility.supporting) or None,
            "text": item.responsibility.text,
        }

    def _told(self) -> str:
        return f"{len(self)} notes of who does a measure"


class FoundCitation(Value):
    """A citation and the document it stands in."""

    document: Reference
    address: str
    citation: Citation


class CitationList(Result):
    """Citations over documents (`cites`)."""

    schema_id: Literal["policydiff/citations/1"] = Field(default="policydiff/citations/1", alias="schema")
    citations: tuple[FoundCitation, ...]

    _thing: ClassVar[str] = "citation"

    def _items(self) -> tuple[FoundCitation, ...]:
        return self.citations

    def _record(self, item: FoundCitation) -> Record:
        return {
            "document": item.document.name,
            "address": item.address,
            "clause": item.citation.clause,
            "relation": item.citation.relation.value,
            "title": item.citation.title,
            "document_number": item.citation.document_number,
            "article": item.citation.article,
        }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
