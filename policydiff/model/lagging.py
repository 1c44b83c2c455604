"""Work lists over a whole store: local documents behind their basis, and what a document ordered others to make."""

from datetime import date
from enum import StrEnum
from typing import ClassVar, Literal

from pydantic import Field

from policydiff.model.base import Value
from policydiff.model.peers import Pace
from policydiff.model.result import Record, Result


class BasisChange(StrEnum):
    """What became of the document that a local one stands on."""

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
    """How it stands between the old wording and the new one."""
    clause: str | None
    """Id of the local clause, None for what it lacks."""
    text: str
    old: str | None
    """Clause of the basis it was made from."""
    new: str | None
    """Clause of the text in force that it should be read against."""


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
    """One local document and one basis that changed since."""

    id: str
    version: str
    title: str
    relation: str
    """What the local document does with its basis: implements or basis."""
    basis: str
    """Id of the basis."""
    basis_title: str
    """Its title."""
    made_under: str
    """Version of the basis that the local document was made under."""
    change: BasisChange
    current: str | None
    """`id@version` of the text in force instead, None where there is none held."""
    since: date | None
    """Day of the change, None where no day is given."""
    days: int | None
    """Days gone by since."""
    said_by: str | None = None
    """`id@version` of the document that says so."""
    sentence: str | None = None
    """The sentence that says so; None where a newer version is held."""
    clauses: tuple[LaggingClause, ...] = ()
    """Clauses behind, and new duties it lacks."""
    references: tuple[StrayReference, ...] = ()
    """References to the basis that lead elsewhere now, or nowhere."""
    weight: int
    """By which the list is ordered, higher first."""
    unread: str | None = None
    """Why the clauses were not compared; None where they were."""


class LeftAside(Value):
    """A document whose basis changed, and that is no work to do: it is out of force itself."""

    id: str
    basis: str
    """Id of the basis that changed."""
    reason: str
    """How it stands: ended, expired, draft."""


class Radar(Result):
    """Local documents whose basis was revised, repealed or replaced since they were made, the weightiest first."""

    schema_id: Literal["policydiff/radar/1"] = Field(default="policydiff/radar/1", alias="schema")
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

    def _items(self) -> tuple[RadarEntry, ...]:
        return self.entries

    def _record(self, item: RadarEntry) -> Record:
        return {
            "id": item.id,
            "title": item.title,
            "superior": item.basis,
            "made_under": item.made_under,
            "change": item.change.value,
            "now": item.current,
            "since": item.since.isoformat() if item.since else None,
            "days": item.days,
            "behind": sum(each.pace is not Pace.CURRENT for each in item.clauses),
            "clauses": "; ".join(f"{each.clause or '-'}: {each.pace.value}" for each in item.clauses) or None,
            "references": "; ".join(
                f"{each.clause}: {each.printed} → {each.leads_to or '-'}" for each in item.references
            )
            or None,
            "weight": item.weight,
            "sentence": item.sentence,
            "detail": item.unread,
        }

    def _told(self) -> str:
        return f"{len(self)} of {self.with_basis} documents with a basis"


class MadeUnder(Value):
    """A document of the store that answers a delegation."""

    id: str
    version: str
    title: str
    day: date
    """Its day."""
    late_days: int | None
    """Days after the last day set, negative where it was early; None where none was set."""


class DelegationEntry(Value):
    """One order to make something, and whether it was carried out by a document of the store."""

    id: str
    version: str
    title: str
    clause: str
    text: str
    body: str
    """Who is to make it, as printed."""
    thing: str | None
    """What is to be made, as printed; None where it is not named."""
    due: date | None
    """Last day by which it is to be made, None where none is set."""
    due_words: str | None
    """The words that set that day."""
    made: tuple[MadeUnder, ...]
    """Documents of the store that name the ordering one as their basis and are of the bodies meant, by day."""
    overdue_days: int | None = None
    """Days gone by since the last day, where nothing held answers it."""


class DelegationList(Result):
    """What the documents of a store order others to make, and what of it is made."""

    schema_id: Literal["policydiff/delegations/1"] = Field(default="policydiff/delegations/1", alias="schema")
    day: date
    """The day asked for."""
    entries: tuple[DelegationEntry, ...]
    """One for each order and body."""

    _thing: ClassVar[str] = "delegation"

    def _items(self) -> tuple[DelegationEntry, ...]:
        return self.entries

    def _record(self, item: DelegationEntry) -> Record:
        return {
            "id": item.id,
            "clause": item.clause,
            "body": item.body,
            "thing": item.thing,
            "due": item.due.isoformat() if item.due else None,
            "made": "; ".join(each.id for each in item.made) or None,
            "made_on": item.made[0].day.isoformat() if item.made else None,
            "late_days": item.made[0].late_days if item.made else None,
            "overdue_days": item.overdue_days,
            "sentence": item.text,
        }
