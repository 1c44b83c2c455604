"""What is known of every item: the ledger folded up, kept beside it so that a run need not read years of lines."""

import json
import os
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from policydiff.model import Value
from policydiff.watch.failure import FailureKind
from policydiff.watch.ledger.entries import Entry, Intent, Line, Outcome, RunEnd, RunStart
from policydiff.watch.ledger.journal import Journal, Position


class ItemState(Value):
    """What is known of one item of a source."""

    checked_at: datetime | None = None
    """Last check of any outcome."""
    read_at: datetime | None = None
    """Last check that could read it."""
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
    detail: str | None = None
    failing_since: datetime | None = None
    not_before: datetime | None = None
    unconfirmed: str | None = None
    """Essence of a change that waits for confirmation."""
    sightings: int = 0


BLANK = ItemState()
Key = tuple[str, str]
"""Source and item."""


class OpenRun(NamedTuple):
    """A run that was begun and has no end."""

    start: RunStart
    done: dict[Key, Entry]
    intents: dict[Key, Intent]


class Memory:
    """The state of all items, kept up with each line."""

    def __init__(self) -> None:
        self.items: dict[Key, ItemState] = {}
        self.open_run: OpenRun | None = None
        self.last_run: RunEnd | None = None

    def take(self, line: Line) -> None:
        """Fold one line in."""
        if isinstance(line, RunStart):
            self.open_run = OpenRun(line, {}, {})
        elif isinstance(line, RunEnd):
            self.open_run, self.last_run = None, line
        elif isinstance(line, Intent):
            if self.open_run:
                self.open_run.intents[line.source, line.item] = line
        else:
            key = (line.source, line.item)
            self.items[key] = fold(self.items.get(key, BLANK), line)
            if self.open_run:
                self.open_run.done[key] = line

    def item(self, source: str, item: str) -> ItemState:
        """Return what is known of an item; blank for one never seen."""
        return self.items.get((source, item), BLANK)


def fold(state: ItemState, entry: Entry) -> ItemState:
    """Return the state after one more check."""
    if entry.outcome in {Outcome.FAILED, Outcome.GONE}:
        return state.model_copy(
            update={
                "checked_at": entry.at,
                "failures": state.failures + 1,
                "failure": entry.failure,
                "detail": entry.detail,
                "failing_since": state.failing_since or entry.at,
                "not_before": entry.not_before,
            }
        )
    if entry.outcome is Outcome.UNCONFIRMED:
        return state.model_copy(
            update={
                "checked_at": entry.at,
                "read_at": entry.at,
                "failures": 0,
                "failure": None,
                "detail": entry.detail,
                "failing_since": None,
                "not_before": None,
                "unconfirmed": entry.essence,
                "sightings": entry.sightings,
            }
        )
    return ItemState(
        checked_at=entry.at,
        read_at=entry.at,
        url=entry.url,
        etag=entry.etag,
        last_modified=entry.last_modified,
        source_sha256=entry.source_sha256,
        rules=entry.rules,
        document=entry.document or state.document,
        version=entry.version or state.version,
        version_source=entry.version_source if entry.version else state.version_source,
        version_text=entry.version_text if entry.version else state.version_text,
        detail=entry.detail,
    )


_ITEMS: TypeAdapter[list[tuple[str, str, ItemState]]] = TypeAdapter(list[tuple[str, str, ItemState]])


def remember(journal: Journal, snapshot: Path) -> Memory:
    """Return the memory of a ledger: from its snapshot where that fits, else from the first line."""
    memory, position = _load(snapshot)
    if memory is None or not journal.holds(position):
        memory, position = Memory(), Position()
    for line in journal.read(position):
        memory.take(line)
    return memory


def save(memory: Memory, journal: Journal, snapshot: Path) -> None:
    """Write the snapshot, whole or not at all; only between runs, so that it never hides an open one."""
    rows = [(source, item, state) for (source, item), state in sorted(memory.items.items())]
    data = {
        "position": journal.position(),
        "last_run": memory.last_run.model_dump(mode="json") if memory.last_run else None,
        "items": json.loads(_ITEMS.dump_json(rows, exclude_defaults=True)),
    }
    fresh = snapshot.with_suffix(".new")
    fresh.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), "utf-8")
    fresh.replace(snapshot)


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


def prepare_folder(folder: Path) -> Path:
    """Make the folder of the ledger, ignored by git whatever the repository's own rules say."""
    folder.mkdir(parents=True, exist_ok=True)
    marker = folder / ".gitignore"
    if not marker.exists():
        fresh = folder / f".gitignore.{os.getpid()}"
        fresh.write_text("*\n", "utf-8")
        fresh.replace(marker)
    return folder
