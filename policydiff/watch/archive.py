"""What tracking asks of the place where versions are kept."""

from datetime import datetime
from typing import NamedTuple, Protocol

from policydiff.collection.loaded import Loaded
from policydiff.model import Document, Extraction, ReadingRules
from policydiff.settings import Source
from policydiff.watch.gather import Capture
from policydiff.watch.judge.facts import FactChange


class Stored(NamedTuple):
    """A recorded version."""

    document_id: str
    version: str
    text: str
    source: bytes
    document: Document
    """The text parsed, with what its source declared outside it."""
    media_name: str = "page.html"
    """Name of the captured file."""
    reading: ReadingRules | None = None
    """Rules by which the text was read, None where they are not known."""


class Submission(NamedTuple):
    """A reading that passed all guards."""

    document_id: str
    source: Source
    capture: Capture
    extraction: Extraction
    document: Document
    retrieved_at: datetime
    is_same_document: bool
    """The id was chosen by a person or by an earlier reading of the same address, not read from this text."""
    facts: tuple[FactChange, ...] = ()
    """What the page declares otherwise than the last version's page; recorded also where the words are the same."""


class Recorded(NamedTuple):
    """What became of a submission."""

    document_id: str
    version: str
    is_new: bool
    """False where the same text was recorded before."""
    refusal: str | None = None
    """Why the id cannot take this text, None if it did."""


class Proof(NamedTuple):
    """What tells one version from another of the same name."""

    source_sha256: str
    text_sha256: str


class Archive(Protocol):
    """Where versions are kept."""

    def document_ids(self) -> frozenset[str]:
        """Return the ids of all documents."""
        ...

    def newest(self, document_id: str) -> Stored | None:
        """Return the newest version by date, None for an unknown document."""
        ...

    def proof(self, document_id: str, version: str) -> Proof | None:
        """Return the hashes of a recorded version, None where there is none of that name."""
        ...

    def proofs(self, document_id: str) -> list[Proof]:
        """Return the hashes of every version of a document, none for an unknown one."""
        ...

    def facts(self, document_id: str, old: str, new: str) -> tuple[FactChange, ...]:
        """Return how the facts that the sources of two versions declare differ."""
        ...

    def texts(self, document_id: str) -> list[tuple[str, str]]:
        """Return (version, text) of all versions, oldest first."""
        ...

    def propose_id(self, document: Document, source: Source) -> str | None:
        """Return the id for a document found by a listing, feed or folder; None where nothing in it gives one."""
        ...

    def add(self, submission: Submission) -> Recorded:
        """Record a version; the same text again changes nothing."""
        ...

    def read(self, document_id: str, version: str) -> Loaded:
        """Return a recorded version, parsed and annotated, with how results name it."""
        ...

    def superiors(self, document_id: str) -> tuple[str, ...]:
        """Return the ids of recorded documents that a document implements."""
        ...

    def locals(self, document_id: str) -> tuple[str, ...]:
        """Return the ids of recorded documents that implement a document."""
        ...
