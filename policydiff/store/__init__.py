"""Every version of every document in git: valid time in the path, record time in the history.

`Store` is the way in. It knows bytes, texts and records; what a text means is for the packages above it. Here are the values that go into
the store, and its answers; faults that `verify` can find are named with document, version, file and commit where known.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Literal, NamedTuple

from pydantic import Field

from policydiff.model import DocumentIdentity, ReadingRules, Value, VersionHead
from policydiff.model.base import Result, counted, published


class Action(StrEnum):
    """Act of a commit, from its trailer `Policydiff-Action`."""

    ADD = "add"
    """the first version of a document"""
    REVISE = "revise"
    """a further version of a document already known, older or newer"""
    CORRECT = "correct"
    """the text put right by hand; the policy did not change"""
    REEXTRACT = "reextract"
    """the text read anew by a newer extractor; the policy did not change"""
    META = "meta"
    """identity, dates or settings put right"""


class Extracted(Value):
    """Reading of a text from its source, and the facts that the source declares beside it."""

    extractor: str
    extractor_version: str
    reading: ReadingRules = ReadingRules()
    """Rules by which the text was read from its source."""
    declared_title: str | None = None
    declared: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()


class NewVersion(Extracted):
    """A text to be recorded: its document, dates, origin, bytes and words."""

    identity: DocumentIdentity
    source: bytes = Field(repr=False)
    """The captured bytes, kept untouched."""
    text: str = Field(repr=False)
    """The extracted text, kept exactly."""
    head: VersionHead = VersionHead()
    """Facts printed in the head of the text or given by the user; kept if they differ from those of the document."""
    issued: date | None = None
    """成文日期; names the version."""
    published: date | None = None
    """公布日期; names the version where `issued` is unknown."""
    effective: date | None = None
    expires: date | None = None
    seen: date | None = None
    """Date on which the source was seen; names the version where the text bears no date."""
    media_type: str
    extension: str
    """Of the captured bytes, `html`."""
    url: str | None = None
    retrieved_at: datetime | None = None
    declared_anew: bool = False
    """The source declares different facts than before: the same words are then recorded as a version of their own."""
    same_document: bool = False
    """The caller vouches that the text is a version of the document already recorded under the id, even if
    title and number differ."""


class AddStatus(StrEnum):
    """Outcome of recording a text."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    """the same text is recorded already; nothing was written"""
    REFUSED = "refused"
    """the id belongs to a different document"""


class AddOutcome(Value):
    """Outcome of the attempt to record a `NewVersion`."""

    id: str
    version: str
    """The recorded version, or the version that already holds the same text; for a refused text, the name it would have received."""
    status: AddStatus
    """`added`: a version was recorded; `unchanged`: the store holds this text; `refused`: nothing was recorded, see `notes`."""
    action: Action | None = None
    """`add` or `revise` where something was recorded."""
    commit: str | None = None
    notes: tuple[str, ...] = ()
    """Doubts and their resolution, one sentence each."""


class Plan(NamedTuple):
    """Files and message of a commit that is not made yet."""

    files: dict[str, bytes]
    """Path relative to the store to content; empty where nothing changes."""
    actions: tuple[Action, ...]
    """Type of the commit."""
    subject: str
    """First line of its message."""
    outcomes: tuple[AddOutcome, ...] = ()


class LogEntry(Value):
    """Effect of one commit on one document, by record time."""

    commit: str
    recorded_at: datetime
    """Committer date, aware, UTC."""
    author: str
    """Name of the author as git has it."""
    action: Action | None
    """None for a commit made without policydiff."""
    id: str
    versions: tuple[str, ...] = ()
    """Names of the versions touched; empty where only the identity of the document was."""
    subject: str
    """First line of the commit message."""


class AuditLog(Result[LogEntry]):
    """Records by the time of recording, newest first."""

    schema_id: Literal["policydiff/audit/1"] = published("policydiff/audit/1")
    entries: tuple[LogEntry, ...]
    """Entries of the log, one per commit and touched document."""

    _thing: ClassVar[str] = "entry"
    _list: ClassVar[str] = "entries"
    _columns: ClassVar[str] = "recorded_at commit author action document=id versions subject"

    def _told(self) -> str:
        return f"{len(self)} entries"


class Reextraction(Extracted):
    """A version's text as a newer extractor reads it."""

    id: str
    version: str
    text: str = Field(repr=False)
    replace_correction: bool = False
    """Overwrite a text even if it was corrected by hand."""


class StoreStatus(Value):
    """Size and state of a store."""

    folder: str
    commit: str | None
    documents: int
    """Number of documents."""
    versions: int
    """Number of listed versions of all documents: a text that two checkouts recorded is one version."""
    recorded_at: datetime | None
    """Committer date of the newest commit that touched a document."""
    unrecorded: tuple[str, ...]
    """Files under `documents/` that differ from the recorded state, relative to the store."""


class FaultKind(StrEnum):
    """The fault in one sentence."""

    DAMAGED = "damaged"
    """a recorded file contradicts its own record: a hash, a name, a form"""
    MISSING = "missing"
    """a file that belongs to a version or document is not recorded, or not in the work tree"""
    UNEXPECTED = "unexpected"
    """a file that belongs to no version, or that no commit accounts for"""
    CHANGED = "changed"
    """a file in the work tree differs from its recorded state"""
    UNRECORDED = "unrecorded"
    """a file in the work tree that looks recorded and is not, or a change that is only staged"""
    OBJECT = "object"
    """git's own object is unreadable or does not match its id"""
    REMOVED = "removed"
    """a version that was recorded is gone"""
    REWRITTEN = "rewritten"
    """the history, or a file in it, differs from its recorded state"""
    BACKDATED = "backdated"
    """a time of recording that contradicts the commits around it"""
    UNSIGNED = "unsigned"
    """a commit without a good signature by a required signer"""
    UNCHECKED = "unchecked"
    """a part that cannot be checked in this clone: it is shallow, partial or grafted"""


class Fault(Value):
    """A fault that `verify` found in a store."""

    kind: FaultKind
    """Kind of fault: bytes damaged, missing, unexpected or changed; a history rewritten, backdated or unsigned; a part unchecked."""
    message: str
    """A sentence with the fault, its place and its remedy."""
    id: str | None = None
    version: str | None = None
    path: str | None = None
    """Relative to the store."""
    commit: str | None = None


class Verification(Result[Fault]):
    """Everything wrong with a store; without faults all is as recorded."""

    schema_id: Literal["policydiff/verification/1"] = published("policydiff/verification/1")
    folder: str
    """The folder of the store."""
    documents: int
    """Number of documents recorded."""
    versions: int
    """Number of versions recorded, as they are listed; of a damaged document the number of its records."""
    faults: tuple[Fault, ...]
    """Every fault found."""
    unchecked: tuple[Fault, ...] = ()
    """Parts that could not be checked and were accepted unchecked; parts that were not accepted are among the faults."""

    _list: ClassVar[str] = "faults"
    _columns: ClassVar[str] = "*"

    def _told(self) -> str:
        held = f"{counted(self.documents, 'document')}, {counted(self.versions, 'version')}"
        return f"{held}, {counted(len(self), 'fault')}"


from policydiff.store.exchange import write_plain_git as write_plain_git  # noqa: E402 - made of the values above
from policydiff.store.history import Moment as Moment  # noqa: E402 - made of the values above
from policydiff.store.layout import (  # noqa: E402 - made of the values above
    VersionName as VersionName,
    check_id as check_id,
    find_version as find_version,
    parse_version as parse_version,
    split_reference as split_reference,
)
from policydiff.store.snapshot import (  # noqa: E402 - made of the values above
    Snapshot as Snapshot,
    beginning as beginning,
    begins as begins,
    date_order as date_order,
    in_force as in_force,
    periods as periods,
)
from policydiff.store.store import Store as Store  # noqa: E402 - made of the values above
