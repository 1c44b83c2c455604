"""Validity of a store's document on a day, with the texts that decide it; and work lists for a store: documents older than their basis, documents ordered to be made."""

from datetime import date
from enum import StrEnum
from typing import ClassVar, Literal

from policydiff.model.annotations import Delegation, ForceKind
from policydiff.model.base import Record, Result, StoredVersion, Value, cells, published
from policydiff.model.comparison import LaggingClause, Pace
from policydiff.model.document import BeginsBy, PartInForce


class BasisChange(StrEnum):
    """Change of the document on which a local document is based."""

    REVISED = "revised"
    """修订: there is a newer version"""
    REPLACED = "replaced"
    """被新文件取代: ended by its replacement"""
    REPEALED = "repealed"
    """废止: ended, and nothing held takes its place"""
    EXPIRED = "expired"
    """期满失效"""
    DISPUTED = "disputed"
    """held documents contradict each other on whether it is in force"""


class StrayReference(Value):
    """A reference to the basis that has lost its old target."""

    clause: str
    """Id of the local clause."""
    printed: str
    """The place as printed: 第十二条."""
    leads_to: str | None
    """The place where the cited words stand now; None if nowhere."""
    was: str | None = None
    """The words it led to, shortened."""


class RadarEntry(StoredVersion):
    """A local document whose basis changed after it was made."""

    relation: str
    """Relation of the local document to its basis: `implements` or `basis`."""
    basis: str
    """Id of the basis."""
    basis_title: str
    """Title of the basis."""
    made_under: str
    """Version of the basis under which the local document was made."""
    change: BasisChange
    """Change of the basis: it was revised, replaced or repealed, it expired, or texts disagree on it."""
    current: str | None
    """`id@version` of the text that is in force instead; None if none is held."""
    since: date | None
    """Day of the change, None where no day is given."""
    days: int | None
    """Number of days gone by since the change."""
    said_by: str | None = None
    """`id@version` of the document that states the change."""
    sentence: str | None = None
    """The sentence that states the change; None if a newer version is held."""
    clauses: tuple[LaggingClause, ...] = ()
    """Clauses behind, and new duties it lacks."""
    references: tuple[StrayReference, ...] = ()
    """References to the basis that now have another target, or none."""
    weight: int
    """Weight by which the list is ordered, higher first."""
    unread: str | None = None
    """Reason why the clauses were not compared; None where they were."""


class LeftAside(Value):
    """A document whose basis changed but needs no work, because it is itself out of force."""

    id: str
    basis: str
    """Id of the basis that changed."""
    reason: str
    """State of the local document: ended, expired, draft."""


class Radar(Result[RadarEntry]):
    """Local documents whose basis was revised, repealed or replaced since they were made, the weightiest first."""

    schema_id: Literal["policydiff/radar/1"] = published("policydiff/radar/1")
    day: date
    """The day of the report."""
    documents: int
    """Documents of the store."""
    with_basis: int
    """Number of these documents that name a basis held in the store."""
    entries: tuple[RadarEntry, ...]
    """The work list."""
    aside: tuple[LeftAside, ...] = ()
    """Documents out of force themselves; every document left out is named here."""

    _thing: ClassVar[str] = "document behind its basis"
    _list: ClassVar[str] = "entries"

    def _record(self, item: RadarEntry) -> Record:
        return {
            **cells(item, "id title superior=basis made_under change now=current since days"),
            "behind": sum(each.pace is not Pace.CURRENT for each in item.clauses),
            "clauses": "; ".join(f"{each.clause or '-'}: {each.pace.value}" for each in item.clauses) or None,
            "references": "; ".join(
                f"{each.clause}: {each.printed} → {each.leads_to or '-'}" for each in item.references
            )
            or None,
            **cells(item, "weight sentence detail=unread"),
        }

    def _told(self) -> str:
        return f"{len(self)} of {self.with_basis} documents with a basis"


class MadeUnder(StoredVersion):
    """A document of the store that answers a delegation."""

    day: date
    """Day of the document that answers the order."""
    late_days: int | None
    """Days after the last day set, negative if early; None if no last day was set."""


class DelegationEntry(Delegation, StoredVersion):
    """One order to make a document, and the documents of the store that carry it out."""

    made: tuple[MadeUnder, ...]
    """Documents of the store by the ordered bodies that name the ordering document as their basis, by day."""
    overdue_days: int | None = None
    """Days gone by since the last day, where nothing held answers it."""


class DelegationList(Result[DelegationEntry]):
    """Orders of the stored documents to make other documents, with the documents that carry them out."""

    schema_id: Literal["policydiff/delegations/1"] = published("policydiff/delegations/1")
    day: date
    """The day of the report."""
    entries: tuple[DelegationEntry, ...]
    """One entry for each order and body."""

    _thing: ClassVar[str] = "delegation"
    _list: ClassVar[str] = "entries"
    _columns: ClassVar[str] = (
        "id clause body thing due made=made.*.id made_on=made.0.day late_days=made.0.late_days "
        "overdue_days sentence=text"
    )


class ValidityState(StrEnum):
    """State of a document on a day."""

    IN_FORCE = "in_force"
    """现行有效: begun, not expired, not ended"""
    NOT_YET = "not_yet"
    """尚未施行: published, but its first day is still to come"""
    EXPIRED = "expired"
    """有效期满: its own term is over, and no document held extends it"""
    ENDED = "ended"
    """已废止: another held document ends it, or its publisher marks it as ended"""
    SUSPENDED = "suspended"
    """暂停施行"""
    DISPUTED = "disputed"
    """说法不一: held documents contradict each other on this day; all are listed"""
    DRAFT = "draft"
    """征求意见稿: no text in force at all"""


class Ground(Value):
    """A sentence that decides the state of a document, with its place."""

    kind: ForceKind | Literal["recorded", "ruling", "amends"]
    """`recorded`: a date of the version as recorded; `ruling`: a person's decision; `amends`: an act that changes the document."""
    document: str
    """`id@version` of the document that holds the sentence."""
    title: str
    clause: str = ""
    text: str
    """The sentence as printed."""
    day: date | None = None
    """First day of the change that the sentence makes."""
    until: date | None = None
    """Last day in force, or of a suspension."""
    part: str | None = None
    """The place of the document concerned, None for the whole of it."""


class DocumentValidity(Value):
    """State of one document on a day."""

    id: str
    version: str | None
    """Version in force on the day of the report; the newest if none is."""
    title: str
    state: ValidityState
    """State on the day of the report."""
    since: date | None = None
    """First day in force, as far as is known."""
    since_by: BeginsBy | None = None
    """Source of that first day: stated by a text, the text's own date, or the day on which the text was first seen."""
    until: date | None = None
    """Last day in force, None until further notice or where no day is given."""
    ended_by: str | None = None
    """`id@version` of the document that ended it."""
    parts: tuple[PartInForce, ...] = ()
    """Clauses that begin or end on a day of their own, by the words of this text or another."""
    grounds: tuple[Ground, ...] = ()
    """The sentences that decide the state, own sentences first."""
    contradictions: tuple[Ground, ...] = ()
    """Sentences that contradict each other; the contradiction is never settled by a guess."""
    amended_by: tuple[Ground, ...] = ()
    """Held acts that amend the document and are later than its newest text; from their day on the held text is not the one in force."""

    def parts_out_of_force(self, day: date) -> tuple[Ground, ...]:
        """Return the sentences by which single clauses are out of force on a day, although the document is in force."""
        return tuple(
            ground
            for ground in self.grounds
            if ground.part is not None
            and (
                (ground.kind is ForceKind.COMMENCES and ground.day is not None and ground.day > day)
                or (ground.kind is ForceKind.EXPIRES and ground.until is not None and ground.until < day)
                or (ground.kind is ForceKind.ENDS and (ground.day is None or ground.day <= day))
            )
        )

    @property
    def decisive(self) -> tuple[Ground, ...]:
        """Sentences that decide the state: all contradicting sentences, else the sentence that ends the document, else its term.

        A commencement on a day other than `since` belongs to an earlier version and is left out.
        """
        if self.contradictions:
            return self.contradictions
        if self.amended_by and self.state in (ValidityState.IN_FORCE, ValidityState.SUSPENDED):
            return self.amended_by[::-1]
        by = [
            each
            for each in self.grounds
            if self.ended_by is not None and each.document == self.ended_by and each.part is None
        ]
        by = by or [each for each in self.grounds if self.until is not None and each.until == self.until]
        telling = [
            each
            for each in self.grounds
            if each.kind != ForceKind.COMMENCES or each.day is None or each.day == self.since
        ]
        by = by or [each for each in telling if each.part is None] or telling
        return tuple(by[-1:])


class UnresolvedEnd(Value):
    """A text ended or extended by a held document that matches no held document for certain."""

    kind: ForceKind
    """Effect on the force of the named text: it commences, expires, ends, extends, continues, suspends or postpones it."""
    named: str
    """Title and number as printed."""
    document: str
    """`id@version` of the document that states the end."""
    text: str
    """Sentence that ends a text, as printed."""
    reason: Literal[
        "not held", "several of that name", "another number", "another area", "depends on an event"
    ]
    """Why no document held is taken for it."""


class ValidityReport(Result[DocumentValidity]):
    """Documents of a store and their force on a day, each with the deciding sentences."""

    schema_id: Literal["policydiff/validity/1"] = published("policydiff/validity/1")
    day: date
    """The day of the report."""
    documents: tuple[DocumentValidity, ...]
    """Documents of the store by id, each with its state on the day."""
    unresolved: tuple[UnresolvedEnd, ...] = ()
    """Ends and extensions of texts that the store does not certainly hold."""

    _list: ClassVar[str] = "documents"
    _columns: ClassVar[str] = (
        "id version title state since until ended_by amended_by=amended_by.0.document"
        " said_by=decisive.0.document sentence=decisive.0.text"
    )
