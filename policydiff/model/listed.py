"""Lists as results: documents of a store, versions of a document, facts in texts."""

from datetime import date
from typing import ClassVar, Literal

from policydiff import model
from policydiff.model.base import Result, Value, counted, published, shortened
from policydiff.model.document import BeginsBy
from policydiff.model.lagging import DocumentValidity


class DocumentList(Result[model.ListedDocument]):
    """Documents of a store (`list`)."""

    schema_id: Literal["policydiff/documents/1"] = published("policydiff/documents/1")
    documents: tuple[model.ListedDocument, ...]
    """Documents of the store by id."""

    _columns: ClassVar[str] = (
        "document=identity.id title=shown.title document_number=shown.document_number "
        "issuing_bodies=shown.issuing_bodies document_type=identity.document_type "
        "jurisdiction=identity.jurisdiction level=identity.level newest versions validity until ended_by amended_by"
    )
    _list: ClassVar[str] = "documents"


class LoggedVersion(Value):
    """A version of a document, with its changes against the version before it."""

    record: model.VersionRecord
    """The version as the store has it."""
    in_force_from: date | None = None
    """First day on which it is the version in force; None if another version replaces it from the first day."""
    in_force_by: BeginsBy | None = None
    """Source of the first day: stated by a text, the text's own date, or the day on which the text was first seen."""
    in_force_until: date | None = None
    """Last day on which it is the version in force; None until further notice."""
    changes: model.RevisionSummary | None = None
    """Counts of changes since the version before; None for the first version, or where nothing was compared."""


class VersionLog(Result[LoggedVersion]):
    """Versions of one document (`log`), newest first or as the caller orders them."""

    schema_id: Literal["policydiff/log/1"] = published("policydiff/log/1")
    identity: model.DocumentIdentity
    versions: tuple[LoggedVersion, ...]
    """Versions of the document, the earliest first."""
    standing: DocumentValidity | None = None
    """The document's present state by all documents of the store; None if their texts are unread."""

    _columns: ClassVar[str] = (
        "document=/identity.id version=record.version issued=record.issued effective=record.effective "
        "in_force_from in_force_by in_force_until url=record.url source_sha256=record.source_sha256"
    )
    _list: ClassVar[str] = "versions"

    def _told(self) -> str:
        return f"{self.identity.id}, {counted(len(self), 'version')}"


class BlamedClause(Value):
    """One clause with the version from which its present words come."""

    clause: str
    label: str | None = None
    address: str | None = None
    """The clause as a reader would cite it; None if it must be made from id, label and words."""
    text: str
    """Words of the clause as printed, label excluded."""
    version: str
    """Latest version that changed the clause's words."""
    since: date | None = None
    """Date of that version; None if it has none."""
    first_version: str | None = None
    """First version with the clause; None if the clause was not followed back so far."""


class Blame(Result[BlamedClause]):
    """Clauses of a version with the versions they come from (`blame`)."""

    schema_id: Literal["policydiff/blame/1"] = published("policydiff/blame/1")
    document: model.Reference
    """The document and version asked for."""
    clauses: tuple[BlamedClause, ...]
    """Clauses of the version in reading order, each with the version its words come from."""

    _columns: ClassVar[str] = "document=/document.name clause label text version since"
    _list: ClassVar[str] = "clauses"

    def _told(self) -> str:
        return f"{self.document}, {counted(len(self), 'clause')}"


class SearchHit(Value):
    """A clause that holds the words of a search."""

    document: model.Reference
    """The document and version that holds the clause."""
    clause: str
    label: str | None = None
    address: str | None = None
    """The clause as a reader would cite it; None if it must be made from id, label and words."""
    text: str
    """Words of the clause as printed."""
    spans: tuple[model.Span, ...] = ()
    """Places of the query's words in `text`."""


class SearchHits(Result[SearchHit]):
    """Clauses that a search found (`search`), best first."""

    schema_id: Literal["policydiff/search/1"] = published("policydiff/search/1")
    query: str
    hits: tuple[SearchHit, ...]
    """The best of the found clauses, at most the requested number."""
    total: int
    """Number of clauses that hold all the words."""

    _columns: ClassVar[str] = "document=document.name title=document.title clause label text"
    _list: ClassVar[str] = "hits"

    def _told(self) -> str:
        of_all = "" if self.total == len(self) else f" of {self.total}"
        return f"{shortened(self.query)}, {counted(len(self), 'hit')}{of_all}"


class _Found(Value):
    """A fact and the document that holds it."""

    document: model.Reference
    """The document and version that holds the words."""
    address: str
    """The clause as a reader would cite it."""


class FoundTarget(_Found):
    """A target and the document that holds it; its fields can be read here too (`each.metric`)."""

    target: model.Target

    @property
    def metric(self) -> str:
        """Name of the quantity in the document's words."""
        return self.target.metric

    @property
    def value(self) -> str:
        """Digits as a decimal string, or a range `1-2`."""
        return self.target.value

    @property
    def unit(self) -> str:
        """`%`, `家`, `亿元`; empty for a value without a unit."""
        return self.target.unit

    @property
    def qualifier(self) -> str | None:
        """左右, 以上, 力争, as printed."""
        return self.target.qualifier

    @property
    def deadline(self) -> str | None:
        """`2020`, `2020-06`, `“十四五”`; None where none governs."""
        return self.target.deadline


class TargetList(Result[FoundTarget]):
    """Targets over documents (`targets`)."""

    schema_id: Literal["policydiff/targets/1"] = published("policydiff/targets/1")
    targets: tuple[FoundTarget, ...]

    _list: ClassVar[str] = "targets"
    _columns: ClassVar[str] = (
        "document=document.name address clause=target.clause metric=target.metric value=target.value "
        "unit=target.unit qualifier=target.qualifier deadline=target.deadline kind=target.kind "
        "text=target.text"
    )


class FoundResponsibility(_Found):
    """A responsibility and the document that holds it; its bodies can be read here too (`each.lead`)."""

    responsibility: model.Responsibility

    @property
    def lead(self) -> tuple[str, ...]:
        """Bodies named as leading, or all bodies where the note names none as leading."""
        return self.responsibility.lead

    @property
    def supporting(self) -> tuple[str, ...]:
        """Supporting bodies."""
        return self.responsibility.supporting


class ResponsibilityList(Result[FoundResponsibility]):
    """Responsibilities over documents (`responsibilities`)."""

    schema_id: Literal["policydiff/responsibilities/1"] = published("policydiff/responsibilities/1")
    responsibilities: tuple[FoundResponsibility, ...]

    _thing: ClassVar[str] = "responsibility"
    _list: ClassVar[str] = "responsibilities"
    _columns: ClassVar[str] = (
        "document=document.name address clause=responsibility.clause lead=responsibility.lead "
        "supporting=responsibility.supporting text=responsibility.text"
    )

    def _told(self) -> str:
        return f"{counted(len(self), 'note')} of who does a measure"


class FoundCitation(_Found):
    """A citation and the document that holds it; the cited document's fields can be read here too (`each.title`)."""

    citation: model.Citation

    @property
    def title(self) -> str | None:
        """Title of the cited document."""
        return self.citation.title

    @property
    def document_number(self) -> str | None:
        """Number of the cited document."""
        return self.citation.document_number

    @property
    def relation(self) -> model.CitationRelation:
        """Relation of the citing document to the cited document: basis, directive carried out, text repealed, or other."""
        return self.citation.relation


class CitationList(Result[FoundCitation]):
    """Citations over documents (`cites`)."""

    schema_id: Literal["policydiff/citations/1"] = published("policydiff/citations/1")
    citations: tuple[FoundCitation, ...]

    _list: ClassVar[str] = "citations"
    _columns: ClassVar[str] = (
        "document=document.name address clause=citation.clause relation=citation.relation "
        "title=citation.title document_number=citation.document_number article=citation.article"
    )
