"""Whether a document of a store is in force on a day, by the words of which document."""

from datetime import date
from enum import StrEnum
from typing import ClassVar, Literal

from pydantic import Field

from policydiff.model.annotations import ForceKind
from policydiff.model.base import Value
from policydiff.model.document import PartInForce
from policydiff.model.result import Record, Result


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
    """One sentence that decides, and where it stands."""

    kind: ForceKind | Literal["recorded", "ruling"]
    """`recorded`: a date of the version as recorded; `ruling`: a person's decision."""
    document: str
    """`id@version` of the document that says so."""
    title: str
    clause: str = ""
    text: str
    """The sentence."""
    day: date | None = None
    """First day of the change."""
    until: date | None = None
    """Last day in force, or of a suspension."""
    part: str | None = None
    """The place of the document concerned, None for the whole of it."""


class DocumentValidity(Value):
    """How one document stands on a day."""

    id: str
    version: str | None
    """Its version in force on that day; its newest where none is."""
    title: str
    state: ValidityState
    """How it stands on that day."""
    since: date | None = None
    """First day in force, as far as is known."""
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

    @property
    def decisive(self) -> tuple[Ground, ...]:
        """The sentences that decide: all that contradict each other, else the one that ends the document, else its term."""
        if self.contradictions:
            return self.contradictions
        by = [
            each
            for each in self.grounds
            if self.ended_by is not None and each.document == self.ended_by and each.part is None
        ]
        by = by or [each for each in self.grounds if self.until is not None and each.until == self.until]
        by = by or [each for each in self.grounds if each.part is None] or [*self.grounds]
        return tuple(by[-1:])


class UnresolvedEnd(Value):
    """A text that is ended or extended by a document held, and that no document held is surely taken for."""

    kind: ForceKind
    named: str
    """Title and number as printed."""
    document: str
    """`id@version` that says so."""
    text: str
    reason: Literal[
        "not held", "several of that name", "another number", "another area", "depends on an event"
    ]
    """Why no document held is taken for it."""


class ValidityReport(Result):
    """Which documents of a store are in force on a day, each with the sentence that says so."""

    schema_id: Literal["policydiff/validity/1"] = Field(default="policydiff/validity/1", alias="schema")
    day: date
    """The day asked for."""
    documents: tuple[DocumentValidity, ...]
    unresolved: tuple[UnresolvedEnd, ...] = ()
    """Ends and extensions of texts that the store does not surely hold."""

    _thing: ClassVar[str] = "document"

    def _items(self) -> tuple[DocumentValidity, ...]:
        return self.documents

    def _record(self, item: DocumentValidity) -> Record:
        said = item.decisive
        return {
            "id": item.id,
            "version": item.version,
            "title": item.title,
            "state": item.state.value,
            "since": item.since.isoformat() if item.since else None,
            "until": item.until.isoformat() if item.until else None,
            "ended_by": item.ended_by,
            "said_by": said[0].document if said else None,
            "sentence": said[0].text if said else None,
        }
