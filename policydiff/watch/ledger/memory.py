"""The latest state of every item, computed from the ledger and kept beside it, so that a run need not read years of lines."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from policydiff.errors import WriteConflictError
from policydiff.model import Value
from policydiff.platforms import O_BINARY, take_lock, write_at_start, write_whole
from policydiff.settings import Source
from policydiff.store.layout import path_inside
from policydiff.watch import FailureKind
from policydiff.watch.ledger import Entry, Intent, Journal, Line, Outcome, Position, RunEnd, RunStart


class ItemState(Value):
    """The known state of one item of a source."""

    checked_at: datetime | None = None
    """Last check of any outcome."""
    read_at: datetime | None = None
    """Time of the last check that could read it."""
    url: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    source_sha256: str | None = None
    rules: str | None = None
    document: str | None = None
    version: str | None = None
    version_source: str | None = None
    """SHA-256 of the captured bytes of that version."""
    version_text: str | None = None
    """SHA-256 of the text of that version."""
    failures: int = 0
    """Failures in a row."""
    failure: FailureKind | None = None
    told: FailureKind | None = None
    """Failure that was reported when it began and still lasts."""
    detail: str | None = None
    failing_since: datetime | None = None
    not_before: datetime | None = None
    unconfirmed: str | None = None
    """Essence of a change that waits for confirmation."""
    sightings: int = 0
    watched_by: str | None = None
    """Source and item that watch its document; None if this item is the watcher."""
    beside: str | None = None
    """Version of the watcher with which the item was compared."""
    apart: str | None = None
    """Words in which the item differs from the text of a document that another source watches."""


BLANK = ItemState()
Key = tuple[str, str]
"""Source and item."""


class OpenRun(NamedTuple):
    """A run that began and has not ended."""

    start: RunStart
    done: dict[Key, Entry]
    intents: dict[Key, Intent]


class Memory:
    """The state of all items, kept up with each line."""

    def __init__(self) -> None:
        self.items: dict[Key, ItemState] = {}
        self.open_run: OpenRun | None = None
        self.last_run: RunEnd | None = None
        self.untold: dict[tuple[str, str, str], Entry] = {}
        """News that no completed run has reported yet, by source, item and version: recorded versions and,
        without a version, failures that began or ended."""

    def take(self, line: Line) -> None:
        """Update the memory by one line of the ledger."""
        if isinstance(line, RunStart):
            self.open_run = OpenRun(line, {}, {})
        elif isinstance(line, RunEnd):
            self.open_run, self.last_run = None, line
            self.untold.clear()
        elif isinstance(line, Intent):
            if self.open_run:
                self.open_run.intents[line.source, line.item] = line
        else:
            key = (line.source, line.item)
            before = self.items.get(key, BLANK)
            self.items[key] = state = fold(before, line)
            if line.outcome is Outcome.CHANGED:
                self.untold[*key, line.version or ""] = line
            if state.told is not before.told:
                # A failure that passes before anybody heard of it is none.
                unheard = self.untold.pop((*key, ""), None)
                if state.told or not unheard:
                    self.untold[*key, ""] = line
            if self.open_run:
                self.open_run.done[key] = line

    def item(self, source: str, item: str) -> ItemState:
        """Return the state of an item; a blank state for an item never checked."""
        return self.items.get((source, item), BLANK)


def fold(state: ItemState, entry: Entry) -> ItemState:
    """Return the state of an item after one more check."""
    if entry.outcome in {Outcome.FAILED, Outcome.GONE}:
        lasting = {"failures": state.failures + 1, "failing_since": state.failing_since or entry.at}
        failed = entry.model_dump(include={"failure", "detail", "not_before"})
        passes_by_itself = entry.failure is FailureKind.TRANSIENT
        is_told = passes_by_itself and (state.told is not None or state.failures < _PATIENCE - 1)
        told = state.told if is_told else entry.failure
        return state.model_copy(update={"checked_at": entry.at, "told": told, **lasting, **failed})
    read = {"checked_at": entry.at, "read_at": entry.at, "detail": entry.detail}
    if entry.outcome is Outcome.UNCONFIRMED:
        waiting = {"unconfirmed": entry.essence, "sightings": entry.sightings}
        return state.model_copy(update={**read, **_WELL, **waiting})
    # An item that gave way holds no version: two that both held it would each leave the next change to the other.
    held = entry if entry.version else BLANK if entry.watched_by else state
    return ItemState(
        document=entry.document or state.document,
        version=held.version,
        version_source=held.version_source,
        version_text=held.version_text,
        **read,
        **entry.model_dump(include=_OF_ENTRY),
    )


_PATIENCE = 3
"""Runs in a row after which a temporary failure that persists is reported."""
_WELL = {"failures": 0, "failure": None, "told": None, "failing_since": None, "not_before": None}
_OF_ENTRY = {"url", "etag", "last_modified", "source_sha256", "rules", "watched_by", "beside", "apart"}
"""Facts of a check that stay valid until the next check."""
_ITEMS: TypeAdapter[list[tuple[str, str, ItemState]]] = TypeAdapter(list[tuple[str, str, ItemState]])


def remember(journal: Journal, snapshot: Path) -> Memory:
    """Return the memory of a ledger: from its snapshot if that fits the ledger, else from the first line."""
    memory, position = _load(snapshot)
    if memory is None or not journal.holds(position):
        memory, position = Memory(), Position()
    for line in journal.read(position):
        memory.take(line)
    return memory


def save(memory: Memory, journal: Journal, snapshot: Path) -> None:
    """Write the snapshot, completely or not at all; only between runs, so that it never hides an open run."""
    rows = [(source, item, state) for (source, item), state in sorted(memory.items.items())]
    data = {
        "position": journal.position(),
        "last_run": memory.last_run.model_dump(mode="json") if memory.last_run else None,
        "items": json.loads(_ITEMS.dump_json(rows, exclude_defaults=True)),
    }
    write_whole(snapshot, json.dumps(data, ensure_ascii=False, separators=(",", ":")))


def _load(snapshot: Path) -> tuple[Memory | None, Position]:
    try:
        data = json.loads(snapshot.read_text("utf-8"))
        memory = Memory()
        memory.items = {
            (source, item): state for source, item, state in _ITEMS.validate_python(data["items"])
        }
        memory.last_run = RunEnd.model_validate(data["last_run"]) if data["last_run"] else None
        return memory, Position(*data["position"])
    except (FileNotFoundError, ValueError, KeyError, TypeError, ValidationError):
        return None, Position()


def prepare_folder(store: Path, relative: Path) -> Path:
    """Make the folder of the ledger inside a store, ignored by git regardless of the repository's own rules.

    Raises UsageError if the folder, or a file written in it, is a symbolic link that leads out of the store.
    """
    for name in ("", *_WRITTEN):
        path_inside(store, str(relative / name))
    folder = store / relative
    folder.mkdir(parents=True, exist_ok=True)
    marker = folder / ".gitignore"
    if not marker.exists():
        fresh = folder / f".gitignore.{os.getpid()}"
        fresh.write_text("*\n", "utf-8")
        fresh.replace(marker)
    return folder


_WRITTEN = (".gitignore", "lock", "ledger", "captures", "outbox", "state.json")
"""Names of the files and folders that the watch writes in its folder."""


@contextmanager
def run_lock(path: Path) -> Iterator[None]:
    """Hold the lock while the block runs. Raises WriteConflictError if another run holds it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | O_BINARY, 0o644)
    try:
        if not take_lock(descriptor):
            os.lseek(descriptor, 0, os.SEEK_SET)
            holder = os.read(descriptor, 32).decode("ascii", "replace").strip() or "unknown"
            raise WriteConflictError(
                f"another run of `policydiff track` is at work in this store (process {holder}): wait for it to end"
            )
        write_at_start(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)


_SLACK = 0.1
"""Share of the cadence by which a check may be early: a daily job never starts at exactly the same second."""


def is_due(source: Source, state: ItemState, now: datetime) -> bool:
    """Return whether a source must be checked now; a source that failed is due in every run."""
    if source.paused:
        return False
    if state.not_before is not None and now < state.not_before:
        return False
    if state.read_at is None or state.failures:
        return True
    # A day to come is that of a clock that went wrong, and says nothing.
    return abs(now - state.read_at) >= source.every * (1 - _SLACK)


def late_sources(sources: tuple[Source, ...], memory: Memory, now: datetime, grace: float) -> list[str]:
    """Return the names of the sources, in their order, whose last reading is older than cadence and grace; paused sources are never late."""
    late = []
    for source in sources:
        state = memory.item(source.name, "")
        allowed = source.every * (1 + grace)
        if not source.paused and (state.read_at is None or abs(now - state.read_at) > allowed):
            late.append(source.name)
    return late
