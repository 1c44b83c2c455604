"""Entries of an RSS 2.0, RSS 1.0 or Atom feed."""

from urllib.parse import urljoin, urlsplit

from lxml import etree

from policydiff.watch.failure import FailureKind, SourceFailedError
from policydiff.watch.gather.page import Link, clean_address

_ATOM = "{http://www.w3.org/2005/Atom}"
_RSS1 = "{http://purl.org/rss/1.0/}"


def read_feed(data: bytes, base: str) -> list[Link]:
    """Return the entries of a feed in its order, each address once.

    Raises:
        SourceFailedError: structure changed, if these bytes are no feed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise SourceFailedError(FailureKind.STRUCTURE, f"{base} is no feed: {error}") from error
    found: dict[str, str] = {}
    for element in root.iter("item", f"{_RSS1}item", f"{_ATOM}entry"):
        address = _address(element, base)
        if address and address not in found:
            title = (
                element.findtext("title")
                or element.findtext(f"{_RSS1}title")
                or element.findtext(f"{_ATOM}title")
            )
            found[address] = " ".join((title or "").split())
    if not found and root.tag not in {"rss", f"{_ATOM}feed"} and not root.tag.endswith("}RDF"):
        raise SourceFailedError(FailureKind.STRUCTURE, f"{base} is XML, but neither RSS nor Atom")
    return [Link(title, address) for address, title in found.items()]


def _address(element: "etree._Element", base: str) -> str | None:
    text = element.findtext("link") or element.findtext(f"{_RSS1}link")
    for link in element.findall(f"{_ATOM}link"):
        if link.get("rel", "alternate") == "alternate":
            text = link.get("href")
            break
    if not text or not text.strip():
        return None
    try:
        address = clean_address(urljoin(base, text.strip()))
    except ValueError:
        return None
    return address if urlsplit(address).scheme in {"http", "https"} else None
