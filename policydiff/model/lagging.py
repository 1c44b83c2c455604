"""Validity of a document of a store on a day, with the texts that decide it; and lists of work for a store: documents older than their basis, documents that were ordered to be made."""

from datetime import date
from enum import StrEnum
from typing import ClassVar, Literal

from policydiff.model.annotations import ForceKind
from policydiff.model.base import Record, Result, Value, cells, published
from policydiff.model.comparison import Pace
from policydiff.model.document import BeginsBy, PartInForce


class BasisChange(StrEnum):
    """Fate of the document that a local document is based on."""

    REVISED = "revised"
    """修订: there is a newer version"""
    REPLACED = "replaced"
    """被新文件取代: ended by the document that takes its place"""
    REPEALED = "repealed"
    """废止: ended, and nothing held takes its place"""
    EXPIRED = "expired"
    """期满失效"""
    DISPUTED = "disputed"
    """documents held contradict each other on whether it is in force"""


class LaggingClause(Value):
    """A clause of the local document that the change left behind, or a new duty it lacks."""

    pace: Pace
    """Whether the local clause holds the old wording, the new wording, or neither."""
    clause: str | None
    """Id of the local clause, None for a duty that the local document lacks."""
    text: str
    """Words of the local clause as printed."""
    old: str | None
    """Clause of the basis that the local clause was made from."""
    new: str | None
    """Clause of the text in force that the local clause should be read against."""


class StrayReference(Value):
    """A reference to the basis that no longer leads where it led."""

    clause: str
    """Id of the local clause."""
    printed: str
    """The place as printed: 第十二条."""
    leads_to: str | None
    """The place where its words stand now, None where they stand nowhere."""
    was: str | None = None
    """The words it led to, shortened."""


class RadarEntry(Value):
    """A local document, and a document it is based on that changed since."""

    id: str
    version: str
    title: str
    relation: str
    """Relation of the local document to its basis: `implements` or `basis`."""
    basis: str
    """Id of the basis."""
    basis_title: str
    """Title of the basis."""
    made_under: str
    """Version of the basis that the local document was made under."""
    change: BasisChange
    """Change of the basis: it was revised, replaced or repealed, it expired, or texts disagree on it."""
    current: str | None
    """`id@version` of the text in force instead, None where there is none held."""
    since: date | None
    """Day of the change, None where no day is given."""
    days: int | None
    """Number of days gone by since the change."""
    said_by: str | None = None
    """`id@version` of the document that states the change."""
    sentence: str | None = None
    """The sentence that states the change; None where a newer version is held."""
    clauses: tuple[LaggingClause, ...] = ()
    """Clauses behind, and new duties it lacks."""
    references: tuple[StrayReference, ...] = ()
    """References to the basis that lead elsewhere now, or nowhere."""
    weight: int
    """Weight by which the list is ordered, higher first."""
    unread: str | None = None
    """Reason why the clauses were not compared; None where they were."""


class LeftAside(Value):
    """A document whose basis changed, and that is no work to do: it is out of force itself."""

    id: str
    basis: str
    """Id of the basis that changed."""
    reason: str
    """State of the local document: ended, expired, draft."""


class Radar(Result[RadarEntry]):
    """Local documents whose basis was revised, repealed or replaced since they were made, the weightiest first."""

    schema_id: Literal["policydiff/radar/1"] = published("policydiff/radar/1")
    day: date
    """The day asked for."""
    documents: int
    """Documents of the store."""
    with_basis: int
    """Of these, documents that name a basis the store holds."""
    entries: tuple[RadarEntry, ...]
    """The work list."""
    aside: tuple[LeftAside, ...] = ()
    """Documents that are out of force themselves; nothing is left out without being named."""

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


class MadeUnder(Value):
    """A document of the store that answers a delegation."""

    id: str
    version: str
    title: str
    day: date
    """Day of the document that answers the order."""
    late_days: int | None
    """Days after the last day set, negative where it was early; None where none was set."""


class DelegationEntry(Value):
    """One order to make something, and whether it was carried out by a document of the store."""

    id: str
    version: str
    title: str
    clause: str
    text: str
    """Sentence that orders a body to make rules, as printed."""
    body: str
    """Body that is to make the rules, as printed."""
    thing: str | None
    """Rules to be made, as printed; None where the sentence does not name them."""
    due: date | None
    """Last day by which the rules are to be made, None where none is set."""
    due_words: str | None
    """The words that set that day."""
    made: tuple[MadeUnder, ...]
    """Documents of the store that name the ordering one as their basis and are of the bodies meant, by day."""
    overdue_days: int | None = None
    """Days gone by since the last day, where nothing held answers it."""


class DelegationList(Result[DelegationEntry]):
    """Orders of the stored documents to make other documents, with the documents that carry them out."""

    schema_id: Literal["policydiff/delegations/1"] = published("policydiff/delegations/1")
    day: date
    """The day asked for."""
    entries: tuple[DelegationEntry, ...]
    """One for each order and body."""

    _thing: ClassVar[str] = "delegation"
    _list: ClassVar[str] = "entries"
    _columns: ClassVar[str] = (
        "id clause body thing due made=made.*.id made_on=made.0.day late_days=made.0.late_days "
        "overdue_days sentence=text"
    )


class ValidityState(StrEnum):
    """How a document stands on a day."""

    IN_FORCE = "in_force"
    """现行有效: begun, not expired, not ended"""
    NOT_YET = "not_yet"
    """尚未施行: published, but its first day is still to come"""
    EXPIRED = "expired"
    """有效期满: its own term is over, and no document held extends it"""
    ENDED = "ended"
    """已废止: another document held ends it, or its publisher marks it so"""
    SUSPENDED = "suspended"
    """暂停施行"""
    DISPUTED = "disputed"
    """说法不一: documents held contradict each other on this day; all are listed"""
    DRAFT = "draft"
    """征求意见稿: no text in force at all"""


class Ground(Value):
    """A sentence that the state of a document follows from, with its place."""

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
    """How one document stands on a day."""

    id: str
    version: str | None
    """Version in force on the day asked for; the newest where none is."""
    title: str
    state: ValidityState
    """State on the day asked for."""
    since: date | None = None
    """First day in force, as far as is known."""
    since_by: BeginsBy | None = None
    """Source of that first day: stated by a text, the text's own date, or the day on which the text was first seen."""
    until: date | None = None
    """Last day in force, None until further notice or where no day is given."""
    ended_by: str | None = None
    """`id@version` of the document that ended it."""
    parts: tuple[PartInForce, ...] = ()
    """Clauses that begin or end on a day of their own, by the text's own words or another's."""
    grounds: tuple[Ground, ...] = ()
    """The sentences that say so, own ones first."""
    contradictions: tuple[Ground, ...] = ()
    """Sentences that do not agree with each other; never settled by guess."""
    amended_by: tuple[Ground, ...] = ()
    """Acts held that amend the document and are younger than its newest text: the text held is not the one in force from their day on."""

    def parts_out_of_force(self, day: date) -> tuple[Ground, ...]:
        """Return the sentences by which single clauses are not in force on a day, though the document is."""
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
        """Sentences that the state follows from: all contradicting sentences, else the sentence that ends the document, else its term.

        A commencement on another day than `since` is that of an earlier version, which the text repeats: it is left out here.
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
    """A text that is ended or extended by a document held, and that no document held is surely taken for."""

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
    """Documents of a store and their force on a day, each with the sentences that it follows from."""

    schema_id: Literal["policydiff/validity/1"] = published("policydiff/validity/1")
    day: date
    """The day asked for."""
    documents: tuple[DocumentValidity, ...]
    """Documents of the store by id, each with its state on the day."""
    unresolved: tuple[UnresolvedEnd, ...] = ()
    """Ends and extensions of texts that the store does not surely hold."""

    _list: ClassVar[str] = "documents"
    _columns: ClassVar[str] = (
        "id version title state since until ended_by amended_by=amended_by.0.document"
        " said_by=decisive.0.document sentence=decisive.0.text"
    )
