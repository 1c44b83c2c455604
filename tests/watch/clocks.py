"""A clock that only moves when told to, or when somebody sleeps."""

import threading
import time
from datetime import UTC, datetime, timedelta


class FakeClock:
    def __init__(self, now: datetime = datetime(2026, 1, 1, 0, 0, tzinfo=UTC)) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._passed = 0.0
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self._now.replace(microsecond=0)

    def monotonic(self) -> float:
        """Real seconds, for deadlines of real connections, and those slept or advanced."""
        return time.monotonic() + self._passed

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.slept.append(seconds)
            self.advance(seconds=seconds)

    def advance(self, **span: float) -> None:
        self._now += timedelta(**span)
        self._passed += timedelta(**span).total_seconds()
