"""One request at a time to a host, and a pause between two."""

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from policydiff.watch.clock import Clock


class Pacer:
    """Keeps requests to one host apart, over all threads."""

    def __init__(self, clock: Clock, pause: float) -> None:
        self._clock = clock
        self._pause = pause
        self._delays: dict[str, float] = {}
        self._last: dict[str, float] = {}
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._guard = threading.Lock()

    def slow_down(self, host: str, delay: float) -> None:
        """Keep a longer pause for a host that asks for it (Crawl-delay)."""
        self._delays[host] = max(delay, self._pause)

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait for this host's turn and hold it."""
        with self._guard:
            lock = self._locks[host]
        with lock:
            if host in self._last:
                pause = self._delays.get(host, self._pause)
                wait = self._last[host] + pause - self._clock.monotonic()
                if wait > 0:
                    self._clock.sleep(wait)
            try:
                yield
            finally:
                self._last[host] = self._clock.monotonic()
