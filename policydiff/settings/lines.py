"""Where in a TOML file a value stands, so that an error can name its line.

The standard library's reader keeps no positions. This scan only follows headers, keys and the ends of values;
it is run on text that `tomllib` has accepted.
"""

import re

Path = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(
    r"""\s*(?P<key>(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+)
    (?:\s*\.\s*(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+))*)\s*=""",
    re.VERBOSE,
)
_PART = re.compile(r"\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9_-]+)")
_CLOSERS = ('"""', "'''")


def locate(text: str) -> dict[Path, int]:
    """Return the 1-based line of every table, array entry and key: `("sources", 2, "every") -> 14`."""
    lines: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    open_value = _OpenValue()
    for number, line in enumerate(text.split("\n"), start=1):
        if open_value.pending:
            open_value.feed(line)
            continue
        header = _HEADER.match(line)
        if header:
            table = _enter(_split(header.group(2)), header.group(1) == "[[", counts)
            lines.setdefault(table, number)
            continue
        key = _KEY.match(line)
        if key:
            lines.setdefault((*table, *_split(key.group("key"))), number)
            open_value.feed(line[key.end() :])
    return lines


def line_of(path: Path, lines: dict[Path, int]) -> int | None:
    """Return the line of the value at `path`, or of the nearest table around it."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return None


def _split(dotted: str) -> tuple[str, ...]:
    return tuple("".join(part) for part in _PART.findall(dotted))


def _enter(names: tuple[str, ...], is_array: bool, counts: dict[Path, int]) -> Path:
    path: Path = ()
    for position, name in enumerate(names):
        path = (*path, name)
        if is_array and position == len(names) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


class _OpenValue:
    """Follows a value over lines: open brackets and multi-line strings."""

    def __init__(self) -> None:
        self._depth = 0
        self._quote = ""

    @property
    def pending(self) -> bool:
        return self._depth > 0 or bool(self._quote)

    def feed(self, line: str) -> None:
        position = 0
        while position < len(line):
            position = self._string(line, position) if self._quote else self._plain(line, position)
        if self._quote not in _CLOSERS:
            self._quote = ""

    def _string(self, line: str, position: int) -> int:
        if self._quote.startswith('"') and line[position] == "\\":
            return position + 2
        if line.startswith(self._quote, position):
            position += len(self._quote)
            self._quote = ""
            return position
        return position + 1

    def _plain(self, line: str, position: int) -> int:
        character = line[position]
        if character == "#":
            return len(line)
        for quote in (*_CLOSERS, '"', "'"):
            if line.startswith(quote, position):
                self._quote = quote
                return position + len(quote)
        self._depth += (character in "[{") - (character in "]}")
        return position + 1
