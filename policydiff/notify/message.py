"""What is told to people and programs: one message for a run that changed something, or that can no longer read a source."""

from datetime import date
from typing import Literal

from pydantic import Field

from policydiff.model import ChangeKind, ComparisonSummary, Reference, RevisionSummary, Signal, Value
from policydiff.model.lagging import BasisChange


class Concern(Value):
    """Another document that a change concerns, compared anew."""

    role: Literal["superior", "local"]
    """What the other document is to the changed one."""
    other: Reference
    """The document that stands to the changed one as superior or local."""
    before: ComparisonSummary | None
    """With the version before the change; None for a document's first version."""
    after: ComparisonSummary
    """The comparison of the two after the change."""


class ToldChange(Value):
    """One clause that changed, with both texts."""

    label: str | None
    """Its number as printed in the new text, else in the old one: 第三条."""
    kind: ChangeKind
    old: str | None
    new: str | None
    signals: tuple[Signal, ...]
    weight: float
    """Weight of the heaviest signal, 0 to 1; 0 where there is none."""


class ToldFact(Value):
    """A fact that the page declares of its document otherwise than before."""

    label: str
    old: str
    new: str


class ToldLag(Value):
    """A local document of the store that lags behind a document it is based on, since a change that a run recorded."""

    id: str
    """Id of the local document."""
    version: str
    title: str
    basis: str
    """Id of the document it stands on: the changed one, or one that the changed one ended or replaced."""
    basis_title: str
    """Title of that document."""
    change: BasisChange
    """What became of the basis."""
    since: date | None
    """Day from which that holds, None where no day is given."""
    behind: tuple[str, ...]
    """Clauses that still say what the old text said, or that came from words now gone: labels as printed, else ids."""
    lacking: int
    """Number of new duties of the basis that the local document lacks."""
    astray: int
    """Number of references to the basis that lead elsewhere now, or nowhere."""
    unread: str | None = None
    """Why the clauses were not compared; None where they were."""


class DocumentChange(Value):
    """One version that a run recorded."""

    source: str
    item: str
    """Item of the source: an address or a file."""
    url: str | None
    reference: Reference
    """The document that changed."""
    previous: str | None
    """The version before, None for a document's first."""
    summary: RevisionSummary | None
    signals: tuple[Signal, ...] = ()
    concerns: tuple[Concern, ...] = ()
    """Documents of the store that the change concerns."""
    clauses: tuple[ToldChange, ...] = ()
    """The clauses that changed, the weightiest first."""
    facts: tuple[ToldFact, ...] = ()
    """What the page declares otherwise: validity, number, title, dates, files of annexes."""
    lagging: tuple[ToldLag, ...] = ()
    """Local documents of the store that lag since the change, the weightiest first; none is left out."""
    report: str | None = None
    """Address of the diff of our own, None where reports are not published."""

    @property
    def name(self) -> str:
        """How people call it: title, else id."""
        return self.reference.title or self.reference.id or self.source


class ToldFailure(Value):
    """A source that can no longer be read."""

    source: str
    item: str
    failure: str
    """Type of the failure: transient, blocked, gone, structure_changed, empty."""
    detail: str | None


class Message(Value):
    """The changes of one run, ready to be sent."""

    schema_id: Literal["policydiff/notice/1"] = Field(default="policydiff/notice/1", alias="schema")
    id: str
    """The same for the same versions, however often it is sent: receivers drop doubles by it."""
    run: str
    subject: str
    text: str
    changes: tuple[DocumentChange, ...]
    failures: tuple[ToldFailure, ...] = ()
    """Sources that failed in this run and did not before."""
