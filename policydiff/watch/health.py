"""Whether every watched source was read as often as it should be."""

from datetime import datetime
from pathlib import Path

from policydiff.model import Value
from policydiff.settings import Configuration
from policydiff.watch.ledger import Journal, RunEnd, late_sources, remember
from policydiff.watch.run import LEDGER_FOLDER


class SourceHealth(Value):
    """One source that is late."""

    source: str
    read_at: datetime | None
    """Last reading; None for a source never read."""
    every_hours: float
    failures: int
    """Failures in a row."""
    detail: str | None


class Health(Value):
    """How the watch stands."""

    at: datetime
    sources: int
    paused: int
    items: int
    """Pages, files and entries known."""
    last_run: RunEnd | None
    late: tuple[SourceHealth, ...]
    failing: tuple[str, ...]
    """`source item` of everything whose last check failed, late or not."""


def read_health(configuration: Configuration, folder: Path, now: datetime, *, full: bool = False) -> Health:
    """Return how the watch of a store stands.

    Args:
        configuration: The sources and their cadence.
        folder: The store's folder.
        now: The time that lateness is held against.
        full: Read the ledger from its first line, which checks the whole chain.

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
    )
