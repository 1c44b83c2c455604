"""Lists over documents, as results: of a store, of versions, of facts that texts hold."""

from datetime import date
from typing import Any, ClassVar, Literal

from pydantic import Field

from policydiff import model
from policydiff.model.base import Record, Result, Value, counted, shortened
from policydiff.model.document import BeginsBy
from policydiff.model.lagging import DocumentValidity


class DocumentList(Result):
    """Documents of a store (`list`)."""

    schema_id: Literal["policydiff/documents/1"] = Field(default="policydiff/documents/1", alias="schema")
    documents: tuple[model.ListedDocument, ...]

    _thing: ClassVar[str] = "document"
    _list: ClassVar[str] = "documents"

    def _record(self, item: model.ListedDocument) -> Record:
        own = "title document_number issuing_bodies document_type jurisdiction level"
        known = "newest versions validity until ended_by"
        return {"document": item.identity.id, **_flat(item.identity, own), **_flat(item, known)}


class LoggedVersion(Value):
    """A version of a document, with its changes against the version before it."""

    record: model.VersionRecord
    """The version as the store has it."""
    in_force_from: date | None = None
    """First day on which it is the version in force; None where another one replaces it from the first."""
    in_force_by: BeginsBy | None = None
    """What the first day is known by: the text or another one states it, it is the text's own date, or it was first seen then."""
    in_force_until: date | None = None
    """Last such day, None until further notice."""
    changes: model.RevisionSummary | None = None
    """None for the first version, or where nothing was compared."""


class VersionLog(Result):
    """Versions of one document (`log`), newest first or as the caller orders them."""

    schema_id: Literal["policydiff/log/1"] = Field(default="policydiff/log/1", alias="schema")
    identity: model.DocumentIdentity
    versions: tuple[LoggedVersion, ...]
    standing: DocumentValidity | None = None
    """How the document stands today by what all documents of the store say; None where their texts are unread."""

    _thing: ClassVar[str] = "version"
    _list: ClassVar[str] = "versions"

    def _record(self, item: LoggedVersion) -> Record:
        return {
            "document": self.identity.id,
            **_flat(item.record, "version issued effective"),
            **_flat(item, "in_force_from in_force_by in_force_until"),
            **_flat(item.record, "url source_sha256"),
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
    document: model.Reference
    clauses: tuple[BlamedClause, ...]

    _thing: ClassVar[str] = "clause"
    _list: ClassVar[str] = "clauses"

    def _record(self, item: BlamedClause) -> Record:
        return {"document": self.document.name, **_flat(item, "clause label text version since")}

    def _told(self) -> str:
        return f"{self.document.name}, {counted(len(self), 'clause')}"


class SearchHit(Value):
    """A clause that holds the words of a search."""

    document: model.Reference
    clause: str
    label: str | None = None
    address: str | None = None
    """The clause as a reader would cite it; None where it is to be made of id, label and words."""
    text: str
    spans: tuple[model.Span, ...] = ()
    """Where the query's words stand in `text`."""


class SearchHits(Result):
    """What a search found (`search`), best first."""

    schema_id: Literal["policydiff/search/1"] = Field(default="policydiff/search/1", alias="schema")
    query: str
    hits: tuple[SearchHit, ...]

    _thing: ClassVar[str] = "hit"
    _list: ClassVar[str] = "hits"

    def _record(self, item: SearchHit) -> Record:
        named = {"document": item.document.name, "title": item.document.title}
        return {**named, **_flat(item, "clause label text")}

    def _told(self) -> str:
        return f"{shortened(self.query)}, {counted(len(self), 'hit')}"


class _Found(Value):
    """A fact and the document it stands in."""

    document: model.Reference
    address: str
    """The clause as a reader would cite it."""

    def told(self, fact: Value, fields: str) -> Record:
        """Return the record of a fact: where it stands, and those of its fields."""
        return {"document": self.document.name, "address": self.address, **_flat(fact, fields)}


class FoundTarget(_Found):
    """A target and the document it stands in."""

    target: model.Target


class TargetList(Result):
    """Targets over documents (`targets`)."""

    schema_id: Literal["policydiff/targets/1"] = Field(default="policydiff/targets/1", alias="schema")
    targets: tuple[FoundTarget, ...]

    _thing: ClassVar[str] = "target"
    _list: ClassVar[str] = "targets"

    def _record(self, item: FoundTarget) -> Record:
        return item.told(item.target, "clause metric value unit qualifier deadline kind text")


class FoundResponsibility(_Found):
    """A responsibility and the document it stands in."""

    responsibility: model.Responsibility


class ResponsibilityList(Result):
    """Responsibilities over documents (`responsibilities`)."""

    schema_id: Literal["policydiff/responsibilities/1"] = Field(
        default="policydiff/responsibilities/1", alias="schema"
    )
    responsibilities: tuple[FoundResponsibility, ...]

    _thing: ClassVar[str] = "responsibility"
    _list: ClassVar[str] = "responsibilities"

    def _record(self, item: FoundResponsibility) -> Record:
        return item.told(item.responsibility, "clause lead supporting text")

    def _told(self) -> str:
        return f"{len(self)} notes of who does a measure"


class FoundCitation(_Found):
    """A citation and the document it stands in."""

    citation: model.Citation


class CitationList(Result):
    """Citations over documents (`cites`)."""

    schema_id: Literal["policydiff/citations/1"] = Field(default="policydiff/citations/1", alias="schema")
    citations: tuple[FoundCitation, ...]

    _thing: ClassVar[str] = "citation"
    _list: ClassVar[str] = "citations"

    def _record(self, item: FoundCitation) -> Record:
        return item.told(item.citation, "clause relation title document_number article")


def _flat(value: Value, fields: str) -> Record:
    """Return some fields of a value as they stand in a record: dates in ISO form, several words in one."""
    return {name: _written(getattr(value, name)) for name in fields.split()}


def _written(value: Any) -> Any:
    if isinstance(value, tuple):
        return "; ".join(value) or None
    return value.isoformat() if isinstance(value, date) else getattr(value, "value", value)
