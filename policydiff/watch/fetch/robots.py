"""robots.txt as RFC 9309 reads it, through Protego: the longest matching rule decides, `*` and `$` are special."""

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from protego import Protego

from policydiff.watch.clock import Clock

_MAX_BYTES = 500 * 1024
"""RFC 9309, 2.5: what a crawler must read at least."""
_MAX_RULES = 5_000
_LONGEST_LINE = 2_000
"""Characters of a rule; longer ones are made to keep a matcher busy."""
_MOST_STARS = 8
_LONGEST_DELAY = 60.0


class Robots(NamedTuple):
    """What one host asks of this client."""

    rules: Protego | None = None
    """None where nothing is asked."""
    product: str = ""
    delay: float | None = None
    """Crawl-delay in seconds, None where none is asked for."""

    def allows(self, path: str) -> bool:
        """Say whether a path with its query may be fetched."""
        return self.rules is None or bool(self.rules.can_fetch(path or "/", self.product))


ALLOW_ALL = Robots()


def parse_robots(data: bytes, product: str) -> Robots:
    """Read a robots.txt for the product token of a user agent, else for `*`."""
    lines = data[:_MAX_BYTES].decode("utf-8", "replace").splitlines()[:_MAX_RULES]
    kept = [line for line in lines if len(line) <= _LONGEST_LINE and line.count("*") <= _MOST_STARS]
    rules = Protego.parse("\n".join(kept))
    delay = rules.crawl_delay(product)
    return Robots(rules, product, min(max(float(delay), 0.0), _LONGEST_DELAY) or None if delay else None)


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
