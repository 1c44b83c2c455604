"""Links of a page to files, entries and next pages; and whether a page can be parsed in reasonable time.

The time of a parser grows with the square of the nesting depth and of the number of attributes of one element: half a megabyte
of nested blocks takes fifteen seconds. Both are therefore counted in one pass over the bytes before parsing.
"""

import re
import tomllib
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit, urlunsplit

import feedparser
from lxml import etree
from selectolax.lexbor import LexborHTMLParser, LexborNode

from policydiff.extract.decoding import decode
from policydiff.extract.web.portal import other_pages
from policydiff.settings.settings_file import BARE_AMPERSAND
from policydiff.watch import FailureKind, SourceFailedError
from policydiff.watch.fetch.answers import read_body

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
    day: str = ""
    """Time of the last change in UTC, as a sitemap states it; empty for none."""


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


FRAMES = frozenset({"iframe", "embed", "object"})
"""Elements that show another page or a file within theirs."""
_ARGUMENTS = re.compile(r"""["']([^"']{1,200})["']|[(,]\s*(\d+)""")


def target_of(node: LexborNode) -> str:
    """Return where an element leads: the address of a link or frame, else the words that it hands to a script."""
    given = node.attributes
    if node.tag in FRAMES:
        return (given.get("src") or given.get("data") or "").strip()
    href = (given.get("href") or "").strip()
    if href and not href.startswith(("#", "javascript:")):
        return href if node.tag == "a" else ""
    called = given.get("onclick") or href.removeprefix("javascript:")
    said = [one or other for one, other in _ARGUMENTS.findall(called)]
    said += [value for name, value in given.items() if name in _HANDED and value]
    return " ".join(said)


def is_contact(node: LexborNode) -> bool:
    """Say whether a link writes to somebody or calls: it leads to no page."""
    return (node.attributes.get("href") or "").strip().lower().startswith(("mailto:", "tel:"))


_HANDED = frozenset({"data-href", "data-url", "data-file", "data-path", "data-src", "data-id", "data-fileid"})


def file_identity(target: str) -> str:
    """Return the identity of a file: its name, the numbers of its folders, and its query where it has no name."""
    try:
        parts = urlsplit(clean_address(target))
    except ValueError:
        return target
    if " " in target:
        return target
    *folders, name = unquote(parts.path).split("/")
    numbered = "/".join(each for each in (*folders, name) if each == name or any(map(str.isdigit, each)))
    return f"{numbered}?{parts.query}" if parts.query else numbered


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
    tree, base = _tree_of(data, base)
    found: dict[str, str] = {}
    for hit in tree.css(selector):
        for link in [hit] if hit.tag == "a" else hit.css("a"):
            address = _address(link, base)
            title = _BLANKS.sub(" ", link.attributes.get("title") or link.text()).strip()
            if address and address not in found:
                found[address] = title
    return [Link(title, address) for address, title in found.items()]


def next_pages(data: bytes, base: str) -> list[str]:
    """Return the address of the next page of a listing as its page marks it: 下一页, page numbers, a link in its head, a script."""
    tree, base = _tree_of(data, base)
    following = other_pages(tree, tree.body, is_listing=True)[0] if tree.body is not None else ()
    return web_addresses((address for _, address in following), base)


def _tree_of(data: bytes, base: str) -> tuple[LexborHTMLParser, str]:
    """Return the elements of a page, and the address to which its links are relative."""
    check_bounds(data)
    tree = LexborHTMLParser(decode(data).text)
    node = tree.css_first("base[href]")
    return tree, urljoin(base, (node.attributes.get("href") or "").strip()) if node else base


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


_ENTITIES = re.compile(rb"<!ENTITY", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>")
_SITEMAP = re.compile(rb"<(?:\w{1,20}:)?(?:urlset|sitemapindex)[\s>]")
_ENTRY = re.compile(rb"<(?:\w{1,20}:)?(?:item|entry|loc)[\s>]", re.IGNORECASE)
_MOST_ENTRIES = 50_000
"""Entries of a feed or sitemap: as many as the standard of sitemaps allows, and three seconds of a feed."""
_MOST_UNPACKED = 50 * 1024 * 1024
"""Bytes of an unpacked sitemap: as many as the standard allows."""


def read_feed(data: bytes, base: str) -> tuple[list[Link], list[str]]:
    """Return the entries of a feed or sitemap in its order, each address once, and the sitemaps that an index names.

    Raises SourceFailedError (structure changed) if the bytes are neither.
    """
    if data.startswith(b"\x1f\x8b"):
        data = read_body([data], "gzip", _MOST_UNPACKED)
    # A declared encoding is often another one than that of the bytes.
    text = _DECLARATION.sub("", decode(data).text.strip().lstrip("\ufeff"))
    data = text.encode()
    if _ENTITIES.search(data):
        # Entities that a feed declares itself can grow without end.
        raise SourceFailedError(FailureKind.STRUCTURE, f"{base} is no feed: it declares entities of its own")
    entries = len(_ENTRY.findall(data))
    if entries > _MOST_ENTRIES:
        raise SourceFailedError(
            FailureKind.STRUCTURE,
            f"{base} has {entries:,} entries, more than the {_MOST_ENTRIES:,} of a feed or sitemap",
        )
    if _SITEMAP.search(data):
        return _sitemap(data, base)
    lines = list(filter(None, map(str.strip, text.splitlines())))
    if lines and all(line.startswith(("http://", "https://")) for line in lines):
        # The standard allows a sitemap of plain lines.
        return _distinct([Link("", line) for line in lines], base), []
    try:
        parsed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # whatever a hostile feed makes of the parser, it is that feed's failure
        raise SourceFailedError(FailureKind.STRUCTURE, f"{base} is no feed: {error}") from error
    if not parsed.get("version") or (parsed.get("bozo") and not parsed.entries):
        raise SourceFailedError(FailureKind.STRUCTURE, f"{base} is no feed: neither RSS nor Atom")
    found = []
    for entry in parsed.entries:
        files = [str(file.get("href") or "") for file in entry.get("enclosures") or ()]
        title = _BLANKS.sub(" ", _MARKUP.sub("", str(entry.get("title") or ""))).strip()
        found.append(Link(title, entry.get("link") or next(iter(files), "")))
    return _distinct(found, base), []


def _sitemap(data: bytes, base: str) -> tuple[list[Link], list[str]]:
    """Return the entries of a sitemap with their days, and the sitemaps that an index names."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(BARE_AMPERSAND.sub(b"&amp;", data), parser)
    except etree.XMLSyntaxError as error:
        raise SourceFailedError(FailureKind.STRUCTURE, f"{base} is no sitemap: {error}") from error
    found = []
    for node in root.iterfind("{*}url"):
        title = _BLANKS.sub(" ", node.findtext("{*}news/{*}title") or "").strip()
        found.append(Link(title, node.findtext("{*}loc") or "", _moment(node.findtext("{*}lastmod") or "")))
    parts = [node.findtext("{*}loc") or "" for node in root.iterfind("{*}sitemap")]
    return _distinct(found, base), web_addresses(filter(None, map(str.strip, parts)), base)


def _moment(stated: str) -> str:
    """Return a stated time in UTC, in a form whose order is that of time; a time of an unknown form as it is stated."""
    try:
        moment = datetime.fromisoformat(stated.strip())
    except ValueError:
        return stated.strip()
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat()


def _distinct(links: Iterable[Link], base: str) -> list[Link]:
    found: dict[str, Link] = {}
    for link in links:
        for address in web_addresses([link.url], base) if link.url.strip() else []:
            found.setdefault(address, link._replace(url=address))
    return list(found.values())
