"""Read `policydiff.toml` into validated values; every fault is one sentence with its line."""

import re
import tomllib
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from policydiff.errors import NotFoundError, UsageError
from policydiff.extract import Limits
from policydiff.settings.settings import Configuration, FileSettings
from policydiff.settings.sources import SINGLE_KINDS

CONFIG_NAME = "policydiff.toml"
_Model = TypeVar("_Model", bound=BaseModel)
_LOOKALIKES = {
    "source": "sources",
    "tracks": "track",
    "checks": "check",
    "notification": "notify",
    "watch": "sources",
    "limits": "extract",
    "extraction": "extract",
}


class _Tables(NamedTuple):
    """A parsed file with the lines on which its values stand."""

    data: dict[str, Any]
    lines: dict[tuple[str | int, ...], int]
    name: str


def read_configuration(path: Path) -> Configuration:
    """Return what the file says about tracking; tables of the store itself are left to the store.

    Raises:
        NotFoundError: if there is no such file.
        UsageError: if it is no TOML or says something that does not hold, with the line.
    """
    return parse_configuration(_text(path), name=str(path))


def read_limits_table(path: Path) -> Limits:
    """Return the limits that the table `[extract]` of the file sets; its other tables may hold anything.

    Raises:
        NotFoundError: as `read_configuration`.
        UsageError: as `read_configuration`.
    """
    return _validated(FileSettings, _parse(_text(path), str(path))).extract


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError as error:
        raise NotFoundError(f"{path} does not exist: run `policydiff init` first") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8: save it as UTF-8") from error


def parse_configuration(text: str, *, name: str = CONFIG_NAME) -> Configuration:
    """Return the configuration held in the text of a `policydiff.toml`.

    Raises:
        UsageError: as `read_configuration`.
    """
    tables = _parse(text, name)
    configuration = _validated(Configuration, tables)
    _refuse_doubles(configuration, tables.lines, name)
    return configuration


_MOST_CHARACTERS = 4_000_000
"""Some ten thousand sources with all that can be said of each."""
_DEEP = re.compile(r"(?<![\w\-\"'])(?:[\w\-\"']{1,200}[ \t]{0,9}\.[ \t]{0,9}){40}")
"""A key of forty parts; reading one of a hundred thousand takes time in proportion to the square."""


def _parse(text: str, name: str) -> _Tables:
    if len(text) > _MOST_CHARACTERS:
        raise UsageError(f"{name} has {len(text):,} characters, more than settings of any store need")
    if _DEEP.search(text):
        raise UsageError(f"{name} is nested too deep: settings have three levels")
    try:
        data = tomllib.loads(text.removeprefix("\ufeff"))  # a mark that editors of Windows write
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{name} is no TOML: {error}") from error
    except (
        RecursionError,
        ValueError,
    ) as error:  # arrays in arrays; a number of more digits than Python reads
        raise UsageError(f"{name} is nested too deep, or holds a number of too many digits") from error
    lines = locate(text.replace("\r\n", "\n"))
    for key in data:
        if key in _LOOKALIKES:
            raise UsageError(
                f"{name}, line {line_of((key,), lines) or line_of((key, 0), lines) or 1}: "
                f"there is no table {key!r}: did you mean {_LOOKALIKES[key]!r}?"
            )
    return _Tables(data, lines, name)


def _validated(model: type[_Model], tables: _Tables) -> _Model:
    known = model.model_fields
    try:
        return model.model_validate({key: value for key, value in tables.data.items() if key in known})
    except ValidationError as error:
        raise UsageError(_sentence(error, tables.lines, tables.name)) from error


def _sentence(error: ValidationError, lines: dict[tuple[str | int, ...], int], name: str) -> str:
    sentences = []
    for fault in error.errors(include_url=False):
        location = tuple(fault["loc"])
        line = line_of(location, lines)
        where = f"{name}, line {line}" if line else name
        sentences.append(f"{where}: {_dotted(location)}: {_message(fault)}")
    more = f" (and {len(sentences) - 3} more)" if len(sentences) > 3 else ""
    return "; ".join(sentences[:3]) + more


def _message(fault: Any) -> str:
    if fault["type"] in {"extra_forbidden", "unexpected_keyword_argument"}:
        return "no such setting"
    return str(fault["msg"]).removeprefix("Value error, ")


def _dotted(location: tuple[str | int, ...]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location).lstrip(".")


def _refuse_doubles(configuration: Configuration, lines: dict[tuple[str | int, ...], int], name: str) -> None:
    seen: dict[str, int] = {}
    owners: dict[str, str] = {}
    for position, source in enumerate(configuration.sources):
        line = line_of(("sources", position, "name"), lines)
        if source.name in seen:
            raise UsageError(
                f"{name}, line {line}: a source named {source.name!r} was given before: names are unique"
            )
        seen[source.name] = position
        single = source.kind in SINGLE_KINDS
        if single and source.id is not None:
            if source.id in owners:
                raise UsageError(
                    f"{name}, line {line}: {source.name!r} and {owners[source.id]!r} both give {source.id}: "
                    "two renderings of one text would alternate as false versions, keep one"
                )
            owners[source.id] = source.name


Keys = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(
    r"""\s*(?P<key>(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+)
    (?:\s*\.\s*(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+))*)\s*=""",
    re.VERBOSE,
)
_PART = re.compile(r"\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9_-]+)")
_CLOSERS = ('"""', "'''")


def locate(text: str) -> dict[Keys, int]:
    """Return the 1-based line of every table, array entry and key: `("sources", 2, "every") -> 14`."""
    lines: dict[Keys, int] = {}
    counts: dict[Keys, int] = {}
    table: Keys = ()
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


def line_of(path: Keys, lines: dict[Keys, int]) -> int | None:
    """Return the line of the value at `path`, or of the nearest table around it."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return None


def _split(dotted: str) -> tuple[str, ...]:
    return tuple("".join(part) for part in _PART.findall(dotted))


def _enter(names: tuple[str, ...], is_array: bool, counts: dict[Keys, int]) -> Keys:
    path: Keys = ()
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
