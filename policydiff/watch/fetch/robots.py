"""robots.txt as RFC 9309 reads it, through Protego: the longest matching rule decides, `*` and `$` are special."""

from typing import NamedTuple

from protego import Protego

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
