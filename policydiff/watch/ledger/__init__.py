"""The ledger: every check with its time and outcome, and the sources whose check is overdue.

On disk it has one line of JSON for each event and one file for each month; every line holds the hash of the line before it.

The hashes show that a line was removed or altered; they cannot prevent it. A last line cut by a crash is
dropped when the ledger is opened: its event had not been reported yet.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import Field, TypeAdapter

from policydiff.errors import DamagedStoreError
from policydiff.model import Value
from policydiff.platforms import O_BINARY, write_whole
from policydiff.watch import FailureKind


class Outcome(StrEnum):
    """Outcome of checking an item of a source."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    """a version was recorded"""
    UNCONFIRMED = "unconfirmed"
    """a change was seen, but not yet in as many runs as the settings ask for"""
    UNSURE = "unsure"
    """the text is unchanged, but an unexplained difference stands around it: a person should look"""
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
    """A version is about to be recorded: after a crash, this names the source of the change."""

    type: Literal["intent"] = "intent"
    run: str
    source: str
    item: str
    document: str
    text_sha256: str
    previous: str | None = None


class Entry(Value):
    """Entry of the ledger: proof that an item of a source was checked at a time, with the outcome."""

    type: Literal["entry"] = "entry"
    """Distinguishes the check of a source from the end of a run."""
    run: str
    """Name of the run: its beginning, UTC."""
    at: datetime
    """Time at which the entry was written, UTC."""
    source: str
    """Name of the watched source."""
    item: str = ""
    """Empty for the source itself; otherwise the address or path of one of its documents."""
    outcome: Outcome
    """Result of the look at this source or document."""
    status: int | None = None
    """HTTP status of the last answer."""
    failure: FailureKind | None = None
    """Type of the failure; None where the check succeeded."""
    detail: str | None = None
    """The check in one sentence: the reason of a failure, the way in which the page was read."""
    url: str | None = None
    source_sha256: str | None = None
    """SHA-256 of the bytes that the server holds, as received or as confirmed by the server."""
    rules: str | None = None
    """Hash of the reading rules by which the bytes were read."""
    essence: str | None = None
    """Hash of the text that was seen."""
    document: str | None = None
    """Id of the document of the source; None if not yet known."""
    version: str | None = None
    """Version recorded or confirmed."""
    version_source: str | None = None
    """SHA-256 of the captured bytes of that version in the store; together with `version_text` it identifies the version."""
    version_text: str | None = None
    """SHA-256 of the text of that version in the store."""
    previous: str | None = None
    """Version before a change, None for a document's first."""
    etag: str | None = None
    """`ETag` of the answer, sent with the next request."""
    last_modified: str | None = None
    """`Last-Modified` of the answer, sent with the next request."""
    attempts: int = 1
    """Number of requests made until an answer came."""
    sightings: int = 0
    """Number of runs in which an unconfirmed change was seen."""
    left_out: str | None = None
    """Words of the page that were left out, old → new: only they differed, at places that also changed alone in earlier versions."""
    watched_by: str | None = None
    """Source and item that watch the same document: only their readings become versions. None if this item is the watcher."""
    beside: str | None = None
    """Version of the watcher with which the page was compared; None if this item is the watcher."""
    apart: str | None = None
    """Words in which a page differs from the record without a version: of a document that another source watches, or around the text (`unsure`)."""
    found: int | None = None
    """Number of entries of a listing, feed or folder."""
    not_before: datetime | None = None
    """Time before which the server accepts no further request."""


class RunEnd(Value):
    """A run is over; every due source has its entry."""

    type: Literal["end"] = "end"
    """Distinguishes the end of a run from the check of a source."""
    run: str
    """Name of the run: its beginning, UTC."""
    at: datetime
    """When the run ended, UTC."""
    unchanged: int = 0
    """Number of sources with nothing new."""
    changed: int = 0
    """Number of items recorded anew."""
    unconfirmed: int = 0
    """Number of items whose change is not confirmed yet."""
    unsure: int = 0
    """Number of items with an unexplained difference around their text."""
    failed: int = 0
    """Number of items that failed."""
    gone: int = 0
    """Number of items that no longer exist at their source."""


Line = Annotated[RunStart | Intent | Entry | RunEnd, Field(discriminator="type")]
LINE: TypeAdapter[Line] = TypeAdapter(Line)

GENESIS = "0" * 32
_CHAIN = '"chain":"'


class Position(NamedTuple):
    """A place between two lines."""

    file: str = ""
    """Name of the month's file; empty before the first."""
    offset: int = 0
    """Bytes."""
    chain: str = GENESIS


START = Position()


class Journal:
    """Appends lines to the monthly files of a folder, created with the first line, and reads them back.

    `repair` removes a last line that a crash has cut; only the holder of the run lock may set it.
    """

    def __init__(self, folder: Path, *, repair: bool = False) -> None:
        self._folder = folder
        self._open: tuple[str, int] | None = None
        self._chain = GENESIS
        files = self.files()
        if files:
            if repair:
                _drop_torn_line(files[-1])
            self._chain = next((chain for chain in map(_last_chain, reversed(files)) if chain), GENESIS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def files(self) -> list[Path]:
        """Return the months' files, oldest first."""
        return sorted(self._folder.glob("[0-9][0-9][0-9][0-9]-[0-9][0-9].jsonl"))

    def append(self, line: Line, at: datetime) -> None:
        """Write an entry as a line, and hand it to the operating system before returning."""
        body = line.model_dump_json(exclude_none=True, exclude_defaults=False)
        self._chain = _link(self._chain, body)
        data = f'{body[:-1]},{_CHAIN}{self._chain}"}}\n'.encode()
        os.write(self._descriptor(f"{at:%Y-%m}.jsonl"), data)

    def sync(self) -> None:
        """Wait until everything written is on the disk."""
        if self._open:
            os.fsync(self._open[1])

    def close(self) -> None:
        """Write out and close."""
        if self._open:
            self.sync()
            os.close(self._open[1])
            self._open = None

    def position(self) -> Position:
        """Return the end of the ledger."""
        files = self.files()
        return Position(files[-1].name, files[-1].stat().st_size, self._chain) if files else START

    def holds(self, position: Position) -> bool:
        """Return whether a position lies in this ledger."""
        return not position.file or (
            (path := self._folder / position.file).is_file() and path.stat().st_size >= position.offset
        )

    def read(self, start: Position = START) -> Iterator[Line]:
        """Yield the lines after a position, checking the chain of hashes.

        Raises DamagedStoreError at the first line whose hash does not fit the previous line.
        """
        chain = start.chain
        for path in self.files():
            if path.name < start.file:
                continue
            with path.open("rb") as stream:
                if path.name == start.file:
                    stream.seek(start.offset)
                for number, raw in enumerate(stream, start=1):
                    if not raw.endswith(b"\n"):
                        return
                    line, chain = _unchain(raw, chain, f"{path.name}, line {number}")
                    yield line

    def archive(self, folder: Path, now: datetime) -> None:
        """Copy the file of each past month into a folder, once: past months never change again."""
        for path in self.files():
            copy = folder / path.name
            if path.name < f"{now:%Y-%m}.jsonl" and not copy.exists():
                folder.mkdir(parents=True, exist_ok=True)
                write_whole(copy, path.read_bytes())

    def _descriptor(self, name: str) -> int:
        files = self.files()
        if files and name < files[-1].name:
            # A clock that was set back must not write into a month that others follow.
            name = files[-1].name
        if self._open is None or self._open[0] != name:
            self.close()
            self._folder.mkdir(parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | O_BINARY
            self._open = (name, os.open(self._folder / name, flags, 0o644))
        return self._open[1]


def _link(chain: str, body: str) -> str:
    return hashlib.sha256(f"{chain}\n{body}".encode()).hexdigest()[:32]


def _unchain(raw: bytes, chain: str, where: str) -> tuple[Line, str]:
    text = raw.decode("utf-8", "replace").rstrip("\n")
    body, separator, rest = text.rpartition(f",{_CHAIN}")
    found = rest.removesuffix('"}')
    expected = _link(chain, body + "}")
    if not separator or found != expected:
        raise DamagedStoreError(f"the ledger was altered: {where} does not follow from the line before it")
    try:
        return LINE.validate_python(json.loads(body + "}"), strict=False), expected
    except ValueError as error:
        raise DamagedStoreError(f"the ledger holds a line of an unknown kind: {where}") from error


def _drop_torn_line(path: Path) -> None:
    with path.open("r+b") as stream:
        size = stream.seek(0, os.SEEK_END)
        end = size
        step = 64 * 1024
        while end > 0:
            start = max(0, end - step)
            stream.seek(start)
            found = stream.read(end - start).rfind(b"\n")
            if found >= 0:
                end = start + found + 1
                break
            end = start
        if end != size:
            stream.truncate(end)


def _last_chain(path: Path) -> str | None:
    with path.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - 64 * 1024))
        lines = stream.read().splitlines()
    if not lines:
        return None
    return lines[-1].decode("utf-8", "replace").rpartition(_CHAIN)[2].removesuffix('"}')
