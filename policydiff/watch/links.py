"""Links of a page to files, entries and next pages; and whether a page can be parsed in reasonable time.

The time of a parser grows with the square of the nesting depth and of the number of attributes of one element: half a megabyte
of nested blocks takes fifteen seconds. Both are therefore counted in one pass over the bytes before parsing.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import feedparser
from lxml import etree
from selectolax.lexbor import LexborHTMLParser, LexborNode

from policydiff.extract.decoding import decode
from policydiff.watch import FailureKind, SourceFailedError

_BLANKS = re.compile(r"\s+")
_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_LONG_TAG = re.compile(rb"<[a-zA-Z][^<>]{20000,}")
_SELF_CLOSED = frozenset(
    b"p li td th tr dt dd option br hr img input meta link base col area source wbr embed param track tbody thead colgroup".split()
)
"""Elements that the next element of their kind ends, or that hold nothing: leaving them open does not nest them."""
_DEEPEST = 8_000
"""Depth of nested elements; at this depth parsing a page takes a tenth of a second. Pages of portals have a depth below a hundred."""
_MOST_PIECES = 4_000
"""Most words within one tag, counting attributes and the words of their values."""
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#]*", re.IGNORECASE)


@cache
def _session_parameters() -> frozenset[str]:
    """Return the names of query parameters that distinguish visits and not documents."""
    text = files("policydiff.watch").joinpath("sessions.toml").read_text("utf-8")
    return frozenset(tomllib.loads(text)["parameters"])


class Link(NamedTuple):
    """A link on a page or in a feed."""

    title: str
    url: str


def clean_address(url: str) -> str:
    """Return an address without fragment and session or tracking parameters, which differ on every visit."""
    parts = urlsplit(url)
    unwanted = _session_parameters()
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if name.lower() not in unwanted]
    query = parts.query if len(kept) == len(pairs) else urlencode(kept)
    return urlunsplit((parts.scheme, parts.netloc, _PATH_SESSION.sub("", parts.path), query, ""))


def is_file_address(url: str) -> bool:
    """Return whether an address ends like that of a file, which no browser renders as a page."""
    return _FILE_ENDING.search(urlsplit(url).path) is not None


_FILE_ENDING = re.compile(r"\.(?:pdf|docx?|wps|ofd|rtf|xlsx?|et|txt|zip)$", re.IGNORECASE)


def is_html(data: bytes) -> bool:
    """Return whether bytes are a page to which selectors apply."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return (
        (head.startswith(b"<") and b"<?xml" not in head[:5]) or b"<html" in head or b"<!doctype html" in head
    )


def find_links(data: bytes, base: str, selector: str) -> list[Link]:
    """Return the web links that a selector finds, in reading order, each address once.

    A selector may match the link itself or a block that holds links. Raises SourceFailedError (structure
    changed) for a page whose markup is built to exhaust a parser.
    """
    check_bounds(data)
    tree = LexborHTMLParser(decode(data).text)
    node = tree.css_first("base[href]")
    base = urljoin(base, (node.attributes.get("href") or "").strip()) if node else base
    found: dict[str, str] = {}
    for hit in tree.css(selector):
        for link in [hit] if hit.tag == "a" else hit.css("a"):
            address = _address(link, base)
            title = _BLANKS.sub(" ", link.attributes.get("title") or link.text()).strip()
            if address and address not in found:
                found[address] = title
    return [Link(title, address) for address, title in found.items()]


def web_addresses(links: Iterable[str], base: str) -> list[str]:
    """Return the addresses of the links of a page, each once; links that do not lead to the web are left out."""
    found = []
    for link in links:
        try:
            address = clean_address(urljoin(base, link.strip()))
        except ValueError:
            continue
        if urlsplit(address).scheme in {"http", "https"}:
            found.append(address)
    return list(dict.fromkeys(found))


def _address(link: LexborNode, base: str) -> str | None:
    href = (link.attributes.get("href") or "").strip()
    if not href or href.startswith("#"):
        return None
    try:
        address = clean_address(urljoin(base, href))
    except ValueError:
        return None
    return address if urlsplit(address).scheme in {"http", "https"} else None


def is_bounded(data: bytes) -> bool:
    """Return whether a page can be parsed in time that grows only with its length."""
    for found in _LONG_TAG.finditer(data):
        if len(found[0].split()) > _MOST_PIECES:
            return False
    if data.count(b"<") <= _DEEPEST:
        return True
    depth: dict[bytes, int] = {}
    for found in _TAG.finditer(data):
        name = found[2].lower()
        if name in _SELF_CLOSED:
            continue
        depth[name] = max(0, depth.get(name, 0) + (-1 if found[1] else 1))
        if depth[name] > _DEEPEST:
            return False
    return True


def check_bounds(data: bytes) -> None:
    """Raise SourceFailedError (structure changed) for a page whose markup is built to exhaust a parser."""
    if not is_bounded(data):
        raise SourceFailedError(
            FailureKind.STRUCTURE, "the page nests its elements or heaps attributes without end: no document"
        )


_SITEMAP = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]")
_ENTITIES = re.compile(rb"<!ENTITY", re.IGNORECASE)
_ENTRY = re.compile(rb"<(?:\w{1,20}:)?(?:item|entry|loc)[\s>]", re.IGNORECASE)
_MOST_ENTRIES = 50_000
"""Entries of a feed or sitemap: as many as the standard of sitemaps allows, and three seconds of a feed."""
_HEAD = 4_096


def read_feed(data: bytes, base: str) -> list[Link]:
    """Return the entries of a feed or sitemap in its order, each address once.

    Raises SourceFailedError (structure changed) if the bytes are neither.
    """
    if _ENTITIES.search(data):
        # Entities that a feed declares itself can grow without end.
        raise SourceFailedError(FailureKind.STRUCTURE, f"{base} is no feed: it declares entities of its own")
    entries = len(_ENTRY.findall(data))
    if entries > _MOST_ENTRIES:
        raise SourceFailedError(
            FailureKind.STRUCTURE,
            f"{base} has {entries:,} entries, more than the {_MOST_ENTRIES:,} of a feed or sitemap",
        )
    if _SITEMAP.search(data[:_HEAD]):
        return _distinct([("", address) for address in _sitemap(data, base)], base)
    try:
        parsed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # whatever a hostile feed makes of the parser, it is that feed's failure
        raise SourceFailedError(FailureKind.STRUCTURE, f"{base} is no feed: {error}") from error
    if not parsed.get("version") or (parsed.get("bozo") and not parsed.entries):
        raise SourceFailedError(FailureKind.STRUCTURE, f"{base} is no feed: neither RSS nor Atom")
    titles = (" ".join(str(entry.get("title") or "").split()) for entry in parsed.entries)
    return _distinct(
        [(title, entry.get("link") or "") for title, entry in zip(titles, parsed.entries, strict=True)], base
    )


def _sitemap(data: bytes, base: str) -> list[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise SourceFailedError(FailureKind.STRUCTURE, f"{base} is no sitemap: {error}") from error
    return [(node.text or "").strip() for node in root.iter("{*}loc")]


def _distinct(pairs: list[tuple[str, str]], base: str) -> list[Link]:
    found: dict[str, str] = {}
    for title, link in pairs:
        for address in web_addresses([link], base) if link.strip() else []:
            found.setdefault(address, title)
    return [Link(title, address) for address, title in found.items()]
