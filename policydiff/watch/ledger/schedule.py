"""Which sources are due, and which are late."""

from datetime import datetime, timedelta
from typing import NamedTuple

from policydiff.settings import Source
from policydiff.watch.ledger.memory import ItemState, Memory

_SLACK = 0.1
"""Share of the cadence by which a check may be early: a daily job never starts at the same second."""


def is_due(source: Source, state: ItemState, now: datetime) -> bool:
    """Say whether a source is to be checked now; one that failed is due in every run."""
    if source.paused:
        return False
    if state.not_before is not None and now < state.not_before:
        return False
    if state.read_at is None or state.failures:
        return True
    return now - state.read_at >= source.every * (1 - _SLACK)


class Lateness(NamedTuple):
    """A source that was not read for longer than its cadence allows."""

    source: str
    read_at: datetime | None
    """Last reading, None for a source never read."""
    allowed: timedelta
    failures: int
    detail: str | None


def late_sources(sources: tuple[Source, ...], memory: Memory, now: datetime, grace: float) -> list[Lateness]:
    """Return the sources, in their order, whose last reading is older than cadence and grace; paused ones never are."""
    late = []
    for source in sources:
        state = memory.item(source.name, "")
        allowed = source.every * (1 + grace)
        if not source.paused and (state.read_at is None or now - state.read_at > allowed):
            late.append(Lateness(source.name, state.read_at, allowed, state.failures, state.detail))
    return late
