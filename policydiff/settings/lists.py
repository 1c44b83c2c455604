"""Addresses to be watched from a list, a table or the subscriptions of a feed reader (OPML)."""

import csv
import io
import re
from typing import NamedTuple

from lxml import etree

from policydiff.errors import UnreadableInputError

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
        UnreadableInputError: if it holds no address, or is damaged.
    """
    text = data.decode("utf-8-sig", "replace")
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
