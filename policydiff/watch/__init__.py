"""Records new versions of watched sources, and sends notices of changes.

This module defines the reasons why a source could not be read, which are counted and reported.

It also has the clock, which callers pass in, so that a test can simulate thirty days.
"""

import time
from datetime import UTC, datetime
from enum import StrEnum

from policydiff.errors import SourcesFailedError


class FailureKind(StrEnum):
    """Kind of a failed check of a source; the kind decides who has to act."""

    TRANSIENT = "transient"
    """network, time-out, 429, 5xx, cut body: the next run will show whether it persists"""
    BLOCKED = "blocked"
    """401, 403, captcha, robots.txt, refused address, redirect loop: the site or our own rules refuse"""
    GONE = "gone"
    """404, 410: withdrawn or moved; the recorded versions stay"""
    STRUCTURE = "structure_changed"
    """the page exists, but does not fit the description of the source: a person has to look"""
    EMPTY = "empty"
    """no text"""


class SourceFailedError(SourcesFailedError):
    """One source could not be read."""

    def __init__(
        self,
        kind: str,
        detail: str,
        *,
        status: int | None = None,
        retry_after: float | None = None,
        attempts: int = 1,
    ) -> None:
        super().__init__(detail)
        self.kind = FailureKind(kind)
        self.detail = str(self)
        self.status = status
        self.retry_after = retry_after
        """Seconds after which the server accepts the next request."""
        self.attempts = attempts


class Clock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the time of day, aware, UTC, in whole seconds."""
        return datetime.now(UTC).replace(microsecond=0)

    def monotonic(self) -> float:
        """Return seconds of a clock that never runs backwards."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)
