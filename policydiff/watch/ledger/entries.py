"""Lines of the ledger: what a run set out to do, what it found for every source, and that it ended."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from policydiff.model import Value
from policydiff.watch.failure import FailureKind


class Outcome(StrEnum):
    """What became of one check."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    """a version was recorded"""
    UNCONFIRMED = "unconfirmed"
    """a change was seen, but not yet in as many runs as the settings ask for"""
    FAILED = "failed"
    GONE = "gone"


class RunStart(Value):
    """A run begins."""

    type: Literal["start"] = "start"
    run: str
    at: datetime
    sources: tuple[str, ...]
    """Names of the sources that are due."""


class Intent(Value):
    """A version is about to be recorded: after a crash, this tells whose change it was."""

    type: Literal["intent"] = "intent"
    run: str
    source: str
    item: str
    document: str
    text_sha256: str
    previous: str | None = None


class Entry(Value):
    """One check of one item: the evidence that it was looked at, and what was there."""

    type: Literal["entry"] = "entry"
    run: str
    at: datetime
    """When it was written, UTC."""
    source: str
    item: str = ""
    """Empty for the source itself, else the address or path of one of its documents."""
    outcome: Outcome
    status: int | None = None
    """HTTP status of the last answer."""
    failure: FailureKind | None = None
    """What failed; null where nothing did."""
    detail: str | None = None
    url: str | None = None
    source_sha256: str | None = None
    """SHA-256 of the bytes that the server holds, as far as it gave them or confirmed them."""
    rules: str | None = None
    """Hash of the rules by which they were read."""
    essence: str | None = None
    """Hash of the text that was seen."""
    document: str | None = None
    version: str | None = None
    """Version recorded or confirmed."""
    version_source: str | None = None
    """SHA-256 of the captured bytes of that version, as the store had it; with `version_text` the proof of which version is meant."""
    version_text: str | None = None
    """SHA-256 of the text of that version, as the store had it."""
    previous: str | None = None
    """Version before a change, None for a document's first."""
    etag: str | None = None
    """`ETag` of the answer, sent with the next request."""
    last_modified: str | None = None
    """`Last-Modified` of the answer, sent with the next request."""
    attempts: int = 1
    """Requests made until there was an answer."""
    sightings: int = 0
    """In how many runs an unconfirmed change was seen."""
    found: int | None = None
    """Entries of a listing, feed or folder."""
    not_before: datetime | None = None
    """When the server wants to be asked again."""


class RunEnd(Value):
    """A run is over; every due source has its entry."""

    type: Literal["end"] = "end"
    run: str
    at: datetime
    """When the run ended, UTC."""
    unchanged: int = 0
    changed: int = 0
    """Items recorded anew."""
    unconfirmed: int = 0
    """Items whose change is not confirmed yet."""
    failed: int = 0
    """Items that failed."""
    gone: int = 0
    """Items that are no longer there."""


Line = Annotated[RunStart | Intent | Entry | RunEnd, Field(discriminator="type")]
LINE: TypeAdapter[Line] = TypeAdapter(Line)
