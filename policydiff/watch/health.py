"""Whether every watched source was read as often as it should be."""

from datetime import datetime
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import Field

from policydiff.model import Value
from policydiff.model.base import Result, counted
from policydiff.settings import Configuration
from policydiff.watch.captures import missing
from policydiff.watch.ledger.journal import Journal, RunEnd
from policydiff.watch.ledger.memory import late_sources, remember
from policydiff.watch.run import LEDGER_FOLDER
from policydiff.watch.store_archive import Archive


class SourceHealth(Value):
    """A source whose check is overdue or fails."""

    source: str
    """Name of the watched source."""
    read_at: datetime | None
    """Last reading; None for a source never read."""
    every_hours: float
    """Hours after which the source should be read again."""
    failures: int
    """Number of failures in a row."""
    detail: str | None
    """The last failure in one sentence, None where the source is read."""


class Health(Result[SourceHealth]):
    """How the watch stands."""

    schema_id: Literal["policydiff/health/1"] = Field(default="policydiff/health/1", alias="schema")
    at: datetime
    """The time that lateness is held against, UTC."""
    sources: int
    """Number of watched sources."""
    paused: int
    """Number of watched sources that are paused."""
    items: int
    """Number of pages, files and entries known."""
    last_run: RunEnd | None
    """How the last run ended; null before the first."""
    late: tuple[SourceHealth, ...]
    """Sources that were not read when they should have been."""
    failing: tuple[str, ...]
    """`source item` of everything whose last check failed, late or not."""
    missing: tuple[str, ...] = ()
    """`source item: document@version` of every version that the ledger names and the store lacks at HEAD."""

    _thing: ClassVar[str] = "late source"
    _list: ClassVar[str] = "late"
    _columns: ClassVar[str] = "source read_at every_hours failures detail"

    def _told(self) -> str:
        lacks = f", {counted(len(self.missing), 'version')} missing from the store" if self.missing else ""
        return f"{counted(self.sources, 'source')}, {len(self.late)} late, {len(self.failing)} failing{lacks}"

    @property
    def is_well(self) -> bool:
        """Whether no source is late and the store holds every version that the ledger names."""
        return not self.late and not self.missing


def read_health(
    configuration: Configuration,
    folder: Path,
    now: datetime,
    *,
    full: bool = False,
    archive: Archive | None = None,
) -> Health:
    """Return how the watch of a store stands.

    Args:
        configuration: The sources and their cadence.
        folder: The store's folder.
        now: The time that lateness is held against.
        full: Read the ledger from its first line, which checks the whole chain.
        archive: The store, to hold the ledger against; None for the ledger alone.

    Raises:
        DamagedStoreError: if the ledger was altered.
    """
    place = folder / LEDGER_FOLDER
    with Journal(place / "ledger") as journal:
        memory = remember(journal, place / ("none.json" if full else "state.json"))
    late = late_sources(configuration.sources, memory, now, configuration.track.grace)
    cadence = {source.name: source.every for source in configuration.sources}
    return Health(
        at=now,
        sources=len(configuration.sources),
        paused=sum(source.paused for source in configuration.sources),
        items=len(memory.items),
        last_run=memory.last_run,
        late=tuple(
            SourceHealth(
                source=one.source,
                read_at=one.read_at,
                every_hours=cadence[one.source].total_seconds() / 3600,
                failures=one.failures,
                detail=one.detail,
            )
            for one in late
        ),
        failing=tuple(
            f"{source} {item}".strip()
            for (source, item), state in sorted(memory.items.items())
            if state.failures and source in cadence
        ),
        missing=tuple(missing(sorted(memory.items.items()), archive)) if archive else (),
    )
