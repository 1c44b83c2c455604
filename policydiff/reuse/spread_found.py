"""What is answered about one clause that spread, and about documents that share a template."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from policydiff.model import Level, Reference, Value
from policydiff.model.result import Record, Result, counted, shortened


class Holder(Value):
    """A document that holds the clause, in the first of its versions that does."""

    id: str
    version: str
    title: str
    jurisdiction: str | None = None
    """GB/T 2260 code of the area its issuer governs."""
    level: Level | None = None
    """Level of its issuer's government."""
    day: date
    """By which holders are ordered."""
    dated: bool = True
    """Whether the text bears that date; if not it is the day on which it was seen, and tells no order."""
    clause: str
    text: str
    """The sentences that hold it, as printed."""
    kept: float
    """Share (0…1) of what the clause says that these words say too, rare words counting more."""
    parent: int | None = None
    """Index of the earlier holder whose words are nearest; None for the first one."""
    likeness: float | None = None
    """Likeness (0…1) of its words to the parent's; 1 where they are the same."""


class ClauseSpread(Result):
    """Documents of the store that hold a clause (`spread`), by date, each with the earlier one nearest in wording.

    The first holder is the first in this collection: an earlier one may exist outside of it. A holder has
    a sentence that shares a run of seven characters or more with the clause, punctuation and names of places aside, 15 % of the
    runs that are kept of it, and
    says at least half of what the clause says in the same words, rare words counting more. Within this collection all of
    those are found; wording that shares no such run is not looked for.
    """

    schema_id: Literal["policydiff/spread/1"] = Field(default="policydiff/spread/1", alias="schema")
    text: str
    document: Reference | None = None
    """The document the clause was taken from, None where a text was given."""
    formula: bool = False
    """Words that say too little to be traced: holders share them because everybody writes so. No parents are given."""
    holders: tuple[Holder, ...]
    """By date, those without a date of their own last."""

    _page_module: ClassVar[str | None] = "policydiff.reuse.spread_pages"
    _thing: ClassVar[str] = "holder"

    def _items(self) -> tuple[Holder, ...]:
        return self.holders

    def _record(self, item: Holder) -> Record:
        parent = None if item.parent is None else self.holders[item.parent]
        return {
            "document": item.id,
            "version": item.version,
            "title": item.title,
            "day": item.day.isoformat() if item.dated else None,
            "level": item.level,
            "jurisdiction": item.jurisdiction,
            "clause": item.clause,
            "text": item.text,
            "kept": item.kept,
            "parent": None if parent is None else f"{parent.id}@{parent.version}",
            "likeness": item.likeness,
        }

    def _told(self) -> str:
        return f"{shortened(self.text)}, {counted(len(self), 'holder')}"


class FamilyMember(Value):
    """A document of a family."""

    id: str
    version: str
    title: str
    kept: int
    """Sentences of the common text that it holds."""
    own: int
    """Sentences of its own that the common text does not have."""


class MemberWords(Value):
    """A sentence of the common text in the words of one member."""

    member: int
    """Index of the member in its family."""
    text: str
    """Its words, as printed."""


class CommonSentence(Value):
    """A sentence of the text that the members of a family have in common."""

    text: str
    """As the member nearest to all prints it; 〔…〕 stands where members differ."""
    held_by: int
    """Number of members that hold it."""
    formula: bool = False
    """Whether texts that have nothing to do with each other say it too: it makes no family."""
    changed: tuple[MemberWords, ...] = ()
    """Members that say it in other words than the first one, names of places and punctuation aside."""
    lacking: tuple[int, ...] = ()
    """Index of each member that does not hold it."""


class Family(Value):
    """Documents that share a template."""

    members: tuple[FamilyMember, ...]
    """The one nearest to all others first, then by id."""
    common: tuple[CommonSentence, ...]
    """Sentences that most members hold, in the order of the first member."""


class FamilyList(Result):
    """Documents of the store that share a template (`families`), the largest families first."""

    schema_id: Literal["policydiff/families/1"] = Field(default="policydiff/families/1", alias="schema")
    families: tuple[Family, ...]
    """Groups of documents that share a template, the largest first."""

    _page_module: ClassVar[str | None] = "policydiff.reuse.spread_pages"
    _thing: ClassVar[str] = "family"

    def _items(self) -> tuple[Family, ...]:
        return self.families

    def _record(self, item: Family) -> Record:
        return {
            "first": item.members[0].id,
            "title": item.members[0].title,
            "members": len(item.members),
            "common_sentences": len(item.common),
            "documents": "; ".join(member.id for member in item.members),
        }

    def _told(self) -> str:
        return "1 family" if len(self) == 1 else f"{len(self)} families"
