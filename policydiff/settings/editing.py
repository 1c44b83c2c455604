"""Add a source to `policydiff.toml`: appended as text, so that comments and order of the file stay."""

import csv
import io
import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml import etree
from pydantic import ValidationError

from policydiff.errors import UnreadableInputError, UsageError
from policydiff.extract.sniff import plain_text
from policydiff.settings.settings import Configuration
from policydiff.settings.settings_file import parse_configuration
from policydiff.settings.sources import Source, SourceKind

_DEFAULTS = Source(name="x", kind=SourceKind.FOLDER, path="x")
_WRITTEN = ("name", "kind", "url", "path", "id", "select", "ignore", "ignore_lines", "link", "entries", "match", "next", "number")  # fmt: skip
_ALWAYS = frozenset({"name", "url", "path"})
_UNITS = ((604_800, "w"), (86_400, "d"), (3_600, "h"), (60, "m"))


def source_block(source: Source) -> str:
    """Return a source as a TOML table, defaults left out."""
    lines = ["[[sources]]"]
    for field in _WRITTEN:
        value = getattr(source, field)
        if value is not None and (field in _ALWAYS or value != getattr(_DEFAULTS, field)):
            lines.append(f"{field} = {_toml(value)}")
    if source.every != _DEFAULTS.every:
        lines.append(f'every = "{_duration(int(source.every.total_seconds()))}"')
    if source.issued:
        lines.append(f"issued = {source.issued.isoformat()}")
    if source.superiors:
        lines.append(f"superiors = {_toml(source.superiors)}")
    if source.expect.min_clauses:
        lines.append(f"expect = {{ min_clauses = {source.expect.min_clauses} }}")
    return "\n".join(lines) + "\n"


def append_source(path: Path, source: Source) -> Configuration:
    """Add a source to the file and return the new configuration; the file is replaced whole or not at all.

    Raises:
        UsageError: if the name or document id is taken, or the file does not hold.
    """
    text = path.read_text("utf-8")
    joined = text.rstrip("\n") + "\n\n" + source_block(source)
    configuration = parse_configuration(joined, name=str(path))
    if configuration.source(source.name) != source:
        raise UsageError(f"{source.name} cannot be written to {path} as it was given: edit the file by hand")
    fresh = path.with_suffix(".toml.new")
    fresh.write_text(joined, "utf-8")
    fresh.replace(path)
    return configuration


def propose_name(url: str, taken: set[str]) -> str:
    """Return a free name for the source at an address, from its host and path."""
    parts = urlsplit(url)
    host = (parts.hostname or "source").removeprefix("www.")
    path = re.sub(r"\.[a-z]{2,5}$", "", parts.path.lower())
    return free_name(f"{host}{path}", taken)


def free_name(words: str, taken: set[str]) -> str:
    """Return a free name for a source from the id of its document."""
    name = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:50].strip("-") or "source"
    number, proposed = 1, name
    while proposed in taken:
        number += 1
        proposed = f"{name}-{number}"
    return proposed


def _toml(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(item) for item in value)}]"
    text = str(value)
    escaped = "".join(
        f"\\{character}"
        if character in '"\\'
        else (character if character.isprintable() else f"\\U{ord(character):08x}")
        for character in text
    )
    return f'"{escaped}"'


def _duration(seconds: int) -> str:
    return next(
        (f"{seconds // size}{unit}" for size, unit in _UNITS if seconds % size == 0), f"{seconds // 60}m"
    )


def make_source(origin: str, given: dict[str, object], configuration: Configuration) -> Source:
    """Return the source that was asked for, with a name of its own.

    Raises:
        UsageError: if what was given does not fit together.
    """
    fields = {name: value for name, value in given.items() if value not in (None, ())}
    is_folder = fields.get("kind") == SourceKind.FOLDER.value
    fields["path" if is_folder else "url"] = origin
    fields.setdefault("name", propose_name(origin, {source.name for source in configuration.sources}))
    try:
        return Source.model_validate(fields)
    except ValidationError as error:
        faults = "; ".join(str(fault["msg"]).removeprefix("Value error, ") for fault in error.errors())
        hint = "" if is_folder or "://" in origin else "; a folder takes --kind folder"
        raise UsageError(f"{origin} cannot be watched like that: {faults}{hint}") from error


_COLUMNS = {
    "url": "url", "address": "url", "link": "url", "网址": "url", "链接": "url", "地址": "url",
    "name": "name", "名称": "name", "id": "id", "编号": "id", "kind": "kind", "类型": "kind",
    "every": "every", "频率": "every", "entries": "entries", "match": "match", "select": "select", "link_css": "link",
    "title": "title", "标题": "title",
}  # fmt: skip
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)
_SEVERAL = frozenset({"select"})


class Listed(NamedTuple):
    """One address of a list with what the list says of it."""

    url: str
    given: dict[str, object]
    """Fields of a source."""


def read_list(data: bytes, name: str) -> list[Listed]:
    """Return the addresses of a list, each once: one a line, a CSV with a head, or OPML.

    Raises:
        UnreadableInputError: if it holds no address, is damaged, or is no text.
    """
    text = plain_text(data, name)
    if text.lstrip().startswith("<"):
        found = _opml(data, name)
    elif "," in (head := text.lstrip().partition("\n")[0]) and not _WEB.match(head):
        found = _table(text)
    else:
        found = [Listed(hit[0], {}) for line in text.splitlines() if (hit := _WEB.match(line.strip()))]
    first: dict[str, Listed] = {}
    for each in found:
        first.setdefault(each.url, each)
    distinct = list(first.values())
    if not distinct:
        raise UnreadableInputError(
            f"{name} holds no address: give one a line, a CSV with a column url, or an OPML file"
        )
    return distinct


def _table(text: str) -> list[Listed]:
    found = []
    for row in csv.DictReader(io.StringIO(text)):
        fields = {
            _COLUMNS[key.strip().lower()]: value.strip()
            for key, value in row.items()
            if key and isinstance(value, str) and value.strip() and key.strip().lower() in _COLUMNS
        }
        url = fields.pop("url", "")
        fields.pop("title", None)
        given: dict[str, object] = {
            key: (value,) if key in _SEVERAL else value for key, value in fields.items()
        }
        if _WEB.match(url):
            found.append(Listed(url, given))
    return found


def _opml(data: bytes, name: str) -> list[Listed]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableInputError(f"{name} is damaged: {error}") from error
    found = []
    for outline in root.iter("outline"):
        feed, page = outline.get("xmlUrl"), outline.get("htmlUrl") or outline.get("url")
        address = feed or page
        if address and _WEB.match(address):
            found.append(Listed(address, {"kind": "feed"} if feed else {}))
    return found
