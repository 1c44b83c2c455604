"""robots.txt as RFC 9309 reads it: the longest matching rule decides, Allow wins a tie, `*` and `$` are special.

The standard library's reader knows neither wildcards nor the longest match.
"""

from typing import NamedTuple
from urllib.parse import quote, unquote_to_bytes

_MAX_BYTES = 500 * 1024
_MAX_RULES = 5_000
_SAFE = "/!$&'()*+,;=:@-._~"


class _Rule(NamedTuple):
    pattern: str
    is_allowed: bool


class Robots(NamedTuple):
    """What one host asks of this client."""

    rules: tuple[_Rule, ...] = ()
    delay: float | None = None
    """Crawl-delay in seconds, None where none is asked for."""

    def allows(self, path: str) -> bool:
        """Say whether a path with its query may be fetched."""
        asked = _canonical(path or "/")
        best = max(
            (rule for rule in self.rules if _matches(rule.pattern, asked)),
            key=lambda rule: (len(rule.pattern), rule.is_allowed),
            default=None,
        )
        return best is None or best.is_allowed


ALLOW_ALL = Robots()


def parse_robots(data: bytes, product: str) -> Robots:
    """Read a robots.txt for the product token of a user agent, else for `*`."""
    groups: dict[str, list[_Rule]] = {}
    delays: dict[str, float] = {}
    agents: list[str] = []
    is_open = False
    for line in data[:_MAX_BYTES].decode("utf-8", "replace").splitlines():
        field, separator, value = line.partition("#")[0].partition(":")
        name, value = field.strip().lower(), value.strip()
        if not separator:
            continue
        if name == "user-agent":
            agents = [*agents, value.lower()] if is_open else [value.lower()]
            is_open = True
            groups.setdefault(value.lower(), [])
        elif name in {"allow", "disallow"}:
            is_open = False
            for agent in agents:
                if value and len(groups[agent]) < _MAX_RULES:
                    groups[agent].append(_Rule(_canonical(value), name == "allow"))
        elif name == "crawl-delay":
            is_open = False
            delays.update(dict.fromkeys(agents, _seconds(value)))
    agent = product.lower() if product.lower() in groups else "*"
    return Robots(tuple(groups.get(agent, ())), delays.get(agent) or None)


def _seconds(value: str) -> float:
    try:
        return min(max(float(value), 0.0), 60.0)
    except ValueError:
        return 0.0


def _canonical(path: str) -> str:
    return quote(unquote_to_bytes(path), safe=_SAFE + "?%")


def _matches(pattern: str, path: str) -> bool:
    """Match a rule against a path, left to right and without going back further than one star."""
    anchored = pattern.endswith("$")
    pieces = (pattern[:-1] if anchored else pattern).split("*")
    if not path.startswith(pieces[0]):
        return False
    position = len(pieces[0])
    for piece in pieces[1:-1]:
        found = path.find(piece, position)
        if found < 0:
            return False
        position = found + len(piece)
    if len(pieces) == 1:
        return not anchored or position == len(path)
    if anchored:
        return len(path) - len(pieces[-1]) >= position and path.endswith(pieces[-1])
    return path.find(pieces[-1], position) >= 0
