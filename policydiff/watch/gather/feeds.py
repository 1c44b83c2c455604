"""Entries of an RSS or Atom feed, through feedparser, and of a sitemap."""

import re
from urllib.parse import urljoin, urlsplit

import feedparser
from lxml import etree

from policydiff.watch.failure import FailureKind, SourceFailedError
from policydiff.watch.links import Link, clean_address

_SITEMAP = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]")
_ENTITIES = re.compile(rb"<!ENTITY", re.IGNORECASE)
_HEAD = 4_096


def read_feed(data: bytes, base: str) -> list[Link]:
    """Return the entries of a feed or sitemap in its order, each address once.

    Raises:
        SourceFailedError: structure changed, if these bytes are neither.
    """
    if _ENTITIES.search(data):
        # Entities that a feed declares itself can grow without end.
        raise SourceFailedError(FailureKind.STRUCTURE, f"{base} is no feed: it declares entities of its own")
    if _SITEMAP.search(data[:_HEAD]):
        return _distinct([("", address) for address in _sitemap(data, base)], base)
    try:
        parsed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # whatever a hostile feed makes of the parser, it is that feed's failure
        raise SourceFailedError(FailureKind.STRUCTURE, f"{base} is no feed: {error}") from error
    if not parsed.get("version") or (parsed.get("bozo") and not parsed.entries):
        raise SourceFailedError(FailureKind.STRUCTURE, f"{base} is no feed: neither RSS nor Atom")
    return _distinct([(_title(entry), entry.get("link") or "") for entry in parsed.entries], base)


def _title(entry: "feedparser.FeedParserDict") -> str:
    return " ".join(str(entry.get("title") or "").split())


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
        address = _address(link, base)
        if address and address not in found:
            found[address] = title
    return [Link(title, address) for address, title in found.items()]


def _address(link: str, base: str) -> str | None:
    if not link.strip():
        return None
    try:
        address = clean_address(urljoin(base, link.strip()))
    except ValueError:
        return None
    return address if urlsplit(address).scheme in {"http", "https"} else None
