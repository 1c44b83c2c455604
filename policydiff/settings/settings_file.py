"""Reads `policydiff.toml` into validated values, with an error message and line number for each fault; adds a source to the file.

A source is appended as text, so that comments and order of the file stay.
"""

import csv
import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import lru_cache, partial
from itertools import chain, count
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, get_args, get_type_hints
from urllib.parse import urlsplit

from lxml import etree
from pydantic import BaseModel, ValidationError

from policydiff.errors import NotFoundError, UnreadableInputError, UsageError, worded
from policydiff.extract import Limits
from policydiff.extract.decoding import plain_text
from policydiff.lexicon.patterns import foreign_tables
from policydiff.platforms import write_whole
from policydiff.settings import NAME, SINGLE_KINDS, Source, SourceKind
from policydiff.settings.settings import Configuration, FileSettings

CONFIG_NAME = "policydiff.toml"
_Model = TypeVar("_Model", bound=BaseModel)
_OTHER_WORDS = {
    "watch": "sources",
    "watched": "sources",
    "fetch": "track",
    "rules": "check",
    "notification": "notify",
    "mail": "notify",
    "webhooks": "notify",
    "limits": "extract",
    "read_limit": "extract",
}
"""Words of commands and documentation that users may write for a table with another name."""
_OF_THE_STORE = "spec_version"
"""The only name that the store itself reads."""


Keys = tuple[str | int, ...]
"""Path to a value: names of tables and keys, and indices in arrays."""


class _Tables(NamedTuple):
    """A parsed file with its text, which is searched for the line of a fault."""

    data: dict[str, Any]
    text: str
    name: str

    def at(self, path: Keys) -> str:
        """Return the file's name with the line of a value, or of the nearest table around it."""
        lines = locate(self.text)
        ways = (path[:length] for length in range(len(path), 0, -1))
        line = next((lines[way] for way in ways if way in lines), None)
        return worded(f"{self.name}, line {line}") if line else self.name


def read_configuration(path: Path) -> Configuration:
    """Return the settings of tracking in the file; tables of the store itself are ignored.

    Raises NotFoundError if there is no such file, UsageError with the line if it is no TOML or contains an invalid
    setting.
    """
    return parse_configuration(_text(path), name=str(path))


def read_limits_table(path: Path) -> Limits:
    """Return the limits in the table `[extract]` of the file; faults in other tables do not matter.

    Raises NotFoundError and UsageError as `read_configuration`.
    """
    return _validated(FileSettings, _parse(_text(path), str(path))).extract


def _text(path: Path) -> str:
    if path.resolve().parent != path.parent.resolve():
        raise UsageError(f"{path} leaves the store by a symbolic link: copy the file there")
    try:
        return path.read_text("utf-8")
    except FileNotFoundError as error:
        raise NotFoundError(f"{path} does not exist: run `policydiff init` first") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8: save it as UTF-8") from error


def parse_configuration(text: str, *, name: str = CONFIG_NAME) -> Configuration:
    """Return the configuration in the text of a `policydiff.toml`. Raises UsageError as `read_configuration`."""
    tables = _parse(text, name)
    configuration = _validated(Configuration, tables)
    _refuse_doubles(configuration, tables)
    return configuration


def _parse(text: str, name: str) -> _Tables:
    tables = _Tables(foreign_tables(text, name), text, name)
    names = [*Configuration.model_fields, _OF_THE_STORE]
    for key, value in tables.data.items():
        if key not in names:
            place = tables.at((key, 0) if isinstance(value, list) else (key,))
            hint = _OTHER_WORDS.get(key) or _nearest(key, names)
            if hint:
                raise UsageError(f"{place}: there is no table {key!r}: did you mean {hint!r}?")
            raise UsageError(f"{place}: there is no table {key!r}; the tables are {', '.join(names[:-1])}")
    return tables


def _nearest(name: str, names: Iterable[str]) -> str | None:
    """Return the most similar of the names, ignoring case and hyphens for underscores; None if none is similar."""
    found = get_close_matches(name.lower().replace("-", "_"), list(names), n=1)
    return found[0] if found else None


def _validated(model: type[_Model], tables: _Tables) -> _Model:
    known = model.model_fields
    try:
        return model.model_validate({key: value for key, value in tables.data.items() if key in known})
    except ValidationError as error:
        told = error.errors(include_url=False)[:3]
        faults = "; ".join(f"{tables.at(each['loc'])}: {_message(each, model)}" for each in told)
        more = error.error_count() - 3
        raise UsageError(worded(f"{faults} (and {more} more)") if more > 0 else faults) from error


def _message(fault: Any, model: type[BaseModel]) -> str:
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in fault["loc"]).lstrip(".")
    if fault["type"] in {"extra_forbidden", "unexpected_keyword_argument"}:
        *way, name = fault["loc"]
        meant = _nearest(str(name), _settings_at(way, model))
        return (
            worded(f"{place}: no such setting: did you mean {meant!r}?")
            if meant
            else f"{place}: no such setting"
        )
    return f"{place}: {str(fault['msg']).removeprefix('Value error, ')}"


def _settings_at(way: Iterable[str | int], model: Any) -> Iterable[str]:
    """Return the names of the settings in the table at a path."""
    for part in way:
        if isinstance(part, str):
            kind = get_type_hints(model)[part]
            model = next((each for each in (kind, *get_args(kind)) if isinstance(each, type)), kind)
    return model.model_fields if issubclass(model, BaseModel) else get_type_hints(model)


def _refuse_doubles(configuration: Configuration, tables: _Tables) -> None:
    seen, owners = set[str](), dict[str, str]()
    for position, source in enumerate(configuration.sources):
        path = ("sources", position, "name")
        if source.name in seen:
            raise UsageError(
                f"{tables.at(path)}: a source named {source.name!r} was given before: names are unique"
            )
        seen.add(source.name)
        if source.kind in SINGLE_KINDS and source.id is not None:
            if source.id in owners:
                raise UsageError(
                    f"{tables.at(path)}: {source.name!r} and {owners[source.id]!r} both give {source.id}: "
                    "two renderings of one text would alternate as false versions, keep one"
                )
            owners[source.id] = source.name


_LONGEST_VALUE = 400
"""Most lines of a value; after a longer value faults have no line, because every beginning of it would be tried."""


@lru_cache(maxsize=1)
def locate(text: str) -> dict[Keys, int]:
    """Return the line (from 1) of every table, array entry and key: `("sources", 2, "every") -> 14`."""
    rows = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    lines: dict[Keys, int] = {}
    counts: dict[Keys, int] = {}
    table: Keys = ()
    start = 0
    while start < len(rows):
        statement = _statement(rows[start : start + _LONGEST_VALUE])
        if statement is None:
            break
        size, names, is_array = statement
        if rows[start].lstrip().startswith("["):
            path: Keys = ()
            for position, name in enumerate(names):
                path = (*path, name)
                if is_array and position == len(names) - 1:
                    counts[path] = counts.get(path, -1) + 1
                if path in counts:
                    path = (*path, counts[path])
            table = path
            lines.setdefault(table, start + 1)
        else:
            for length in range(len(names)):
                lines.setdefault((*table, *names[: length + 1]), start + 1)
        start += size
    return lines


def _statement(rows: list[str]) -> tuple[int, tuple[str, ...], bool] | None:
    """Return the number of lines of the first statement, its dotted name, and whether its value is an array; None for no statement."""
    for size in range(1, len(rows) + 1):
        try:
            value: Any = tomllib.loads("\n".join(rows[:size]))
        except ValueError:  # from the library, also for a number with too many digits
            continue
        names = []
        while isinstance(value, dict) and value:
            name, value = next(iter(value.items()))
            names.append(name)
        return size, tuple(names), isinstance(value, list)
    return None


_DEFAULTS = Source(name="x", kind=SourceKind.FOLDER, path="x")
_WRITTEN = ("name", "kind", "url", "path", "id", "select", "ignore", "ignore_lines", "link", "entries", "match", "next", "number")  # fmt: skip
_UNITS = ((604_800, "w"), (86_400, "d"), (3_600, "h"), (60, "m"))


def source_block(source: Source) -> str:
    """Return a source as a TOML table, without default values."""
    lines = ["[[sources]]"]
    for field in _WRITTEN:
        value = getattr(source, field)
        if value is not None and (field in {"name", "url", "path"} or value != getattr(_DEFAULTS, field)):
            lines.append(f"{field} = {_toml(value)}")
    if source.every != _DEFAULTS.every:
        seconds = int(source.every.total_seconds())
        size, unit = next((each for each in _UNITS if seconds % each[0] == 0), _UNITS[-1])
        lines.append(f'every = "{seconds // size}{unit}"')
    if source.issued:
        lines.append(f"issued = {source.issued.isoformat()}")
    if source.superiors:
        lines.append(f"superiors = {_toml(source.superiors)}")
    if source.expect.min_clauses:
        lines.append(f"expect = {{ min_clauses = {source.expect.min_clauses} }}")
    return "\n".join(lines) + "\n"


def append_source(path: Path, source: Source) -> Configuration:
    """Add a source to the file and return the new configuration; the file is replaced as a whole or not at all.

    Raises UsageError if the name or document id is taken, or the file is invalid.
    """
    text = _text(path)
    joined = text.rstrip("\n") + "\n\n" + source_block(source)
    configuration = parse_configuration(joined, name=str(path))
    if configuration.source(source.name) != source:
        raise UsageError(f"{source.name} cannot be written to {path} as it was given: edit the file by hand")
    write_whole(path, joined)
    return configuration


def propose_name(url: str, taken: set[str]) -> str:
    """Return a free name for the source at an address, from its host and path."""
    parts = urlsplit(url)
    path = re.sub(r"\.[a-z]{2,5}$", "", parts.path.lower())
    return free_name((parts.hostname or "source").removeprefix("www.") + path, taken)


def free_name(words: str, taken: set[str]) -> str:
    """Return a free name for a source, made from words such as the id of its document."""
    name = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:50].strip("-") or "source"
    numbered = (f"{name}-{number}" for number in count(2))
    return next(each for each in chain((name,), numbered) if each not in taken)


def _toml(value: object) -> str:
    """Return a string, or a list of strings, as TOML, which differs from JSON in one character only."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def make_source(origin: str, given: dict[str, object], configuration: Configuration) -> Source:
    """Return the requested source with a name of its own. Raises UsageError if the given fields contradict each other."""
    fields = {name: value for name, value in given.items() if value not in (None, ())}
    is_folder = fields.get("kind") == SourceKind.FOLDER.value
    fields["path" if is_folder else "url"] = origin
    fields.setdefault("name", propose_name(origin, {source.name for source in configuration.sources}))
    try:
        return Source.model_validate(fields)
    except ValidationError as error:
        faults = "; ".join(str(fault["msg"]).removeprefix("Value error, ") for fault in error.errors())
        if is_folder or "://" in origin:
            raise UsageError(f"{origin} cannot be watched like that: {faults}") from error
        raise UsageError(
            f"{origin} cannot be watched like that: {faults}; a folder takes --kind folder"
        ) from error


_COLUMNS = {
    "url": "url", "address": "url", "link": "url", "网址": "url", "链接": "url", "地址": "url",
    "name": "name", "名称": "name", "id": "id", "编号": "id", "kind": "kind", "类型": "kind",
    "every": "every", "频率": "every", "entries": "entries", "match": "match", "select": "select", "link_css": "link",
    "title": "title", "标题": "title",
}  # fmt: skip
_WEB = re.compile(
    r"https?://(?:[^\s<>\"'，。；、）】》,;\]]|\](?!\()|[,;](?!https?:)(?=[!-~]))+", re.IGNORECASE
)
"""An address in a line; Chinese words after a comma are not part of it."""


class Listed(NamedTuple):
    """An address in a list, with the facts that the list states about it."""

    url: str
    given: dict[str, object]
    """Fields of a `Source`."""
    fault: str = ""
    """Reason why a row names no address; empty if it names one."""


def read_list(data: bytes, name: str) -> list[Listed]:
    """Return the addresses of a list, each once, and its rows without one: a list, a table with or without a head, OPML, a sitemap or bookmarks.

    Raises UnreadableInputError if the list names no address, is damaged, or is no text.
    """
    text = plain_text(data, name)
    first: dict[str, Listed] = {}
    for each in _marked_up(data, name) if _MARKUP.match(text) else _rows(text):
        first.setdefault(_HOST.sub(lambda host: host[0].lower(), each.url), each)
    if all(each.fault for each in first.values()):
        raise UnreadableInputError(
            f"{name} holds no address: give one a line, a CSV with a column url, or an OPML file"
        )
    return list(first.values())


BARE_AMPERSAND = re.compile(rb"&(?!#?\w{1,10};)")
"""An ampersand that XML has as &amp; and programs write into addresses as it is."""
_HOST = re.compile(r"^https?://[^/?#]+", re.IGNORECASE)
_MARKUP = re.compile(r"\s*<(?!https?:)")


def _rows(text: str) -> Iterator[Listed]:
    """Yield the rows of a list or table; if no column is named as addresses, each row is searched for one."""
    lines = [line for line in text.splitlines(keepends=True) if line.strip() and line.lstrip()[0] != "#"]
    head = lines[0] if lines else ""
    separator = max(",\t;", key=head.count)
    table = csv.reader(lines, delimiter=separator)
    named = (cell.strip().lower() for cell in next(table, ()))
    columns = [_COLUMNS.get(cell) or _COLUMNS.get(cell[-2:], "") for cell in named]
    if "url" not in columns or _WEB.search(head):
        for line in lines:
            addresses = [found[0] for found in _WEB.finditer(line)]
            yield from (_listed(address, {}, line) for address in addresses or [line])
        return
    for row in table:
        fields = {key: cell.strip() for key, cell in zip(columns, row, strict=False) if key and cell.strip()}
        if not NAME.fullmatch(fields.get("name", "")):
            fields.pop("name", None)  # the document's title, which names the source anyway
        given: dict[str, object] = {
            key: (value,) if key == "select" else value
            for key, value in fields.items()
            if key not in {"url", "title"}
        }
        yield _listed(fields.get("url", ""), given, separator.join(row), whole=True)


def _listed(words: str, given: dict[str, object], row: str, *, whole: bool = False) -> Listed:
    """Return the address in the words (with `whole`, all words from its beginning); without an address, the row itself."""
    found = _WEB.search(words)
    if found is None:
        return Listed(" ".join(row.split())[:_LONGEST_ROW], {}, worded("no web address stands in this row"))
    address = words[found.start() :].strip() if whole else found[0].rstrip(".,;:!?]")
    return Listed(address if "(" in address else address.rstrip(")"), given)


_LONGEST_ROW = 80
"""Most characters of a row without an address in a message."""


def _marked_up(data: bytes, name: str) -> Iterator[Listed]:
    """Yield the addresses of a subscription list, a sitemap, or bookmarks exported by a browser."""
    is_page = b"<dl" in data[:4096].lower() or b"<html" in data[:4096].lower()
    reader = etree.HTMLParser if is_page else partial(etree.XMLParser, resolve_entities=False, load_dtd=False)
    try:
        root = etree.fromstring(BARE_AMPERSAND.sub(b"&amp;", data), reader())
    except etree.XMLSyntaxError as error:
        raise UnreadableInputError(f"{name} is damaged: {error}") from error
    for node in root.iter("{*}outline", "{*}loc", "{*}a"):
        given = {str(key).lower(): str(value) for key, value in node.items()}
        feed = given.get("xmlurl")
        address = feed or given.get("htmlurl") or given.get("url") or given.get("href") or node.text or ""
        if address.strip():
            yield _listed(address, {"kind": "feed"} if feed else {}, address, whole=True)
