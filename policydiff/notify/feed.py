"""An Atom feed of recorded versions, made from the store alone: the same store gives the same bytes.

Entry ids are tag URIs of the document, the version and its bytes; they never change, whatever the site or title does.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple, cast

from lxml import etree

from policydiff.report.to_csv import one_line

_ATOM = "http://www.w3.org/2005/Atom"
_FOUNDED = "2026"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class FeedEntry(NamedTuple):
    """One recorded version."""

    document_id: str
    version: str
    title: str
    source_sha256: str
    """Of the captured bytes: the text may be corrected later, which is no news."""
    recorded_at: datetime
    summary: str
    url: str | None
    issuers: tuple[str, ...] = ()
    report: str | None = None
    """Address of the diff of our own."""


def entry_id(entry: FeedEntry, authority: str) -> str:
    """Return the entry's lasting name."""
    return f"tag:{authority},{_FOUNDED}:{entry.document_id}/{entry.version}/{entry.source_sha256[:12]}"


def atom_feed(
    entries: Iterable[FeedEntry], *, title: str, authority: str, site: str | None, limit: int
) -> bytes:
    """Return the newest entries as an Atom document, newest record first."""
    newest = sorted(entries, key=lambda one: (one.recorded_at, one.document_id, one.version), reverse=True)[
        :limit
    ]
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap=cast("dict[str, str]", {None: _ATOM}))
    _add(root, "id", f"tag:{authority},{_FOUNDED}:feed")
    _add(root, "title", title)
    _add(root, "updated", _stamp(newest[0].recorded_at if newest else _EPOCH))
    _add(etree.SubElement(root, f"{{{_ATOM}}}author"), "name", "policydiff")
    if site:
        etree.SubElement(root, f"{{{_ATOM}}}link", rel="alternate", href=site)
    for entry in newest:
        node = etree.SubElement(root, f"{{{_ATOM}}}entry")
        _add(node, "id", entry_id(entry, authority))
        _add(node, "title", f"{one_line(entry.title)} ({entry.version})")
        _add(node, "updated", _stamp(entry.recorded_at))
        for issuer in entry.issuers:
            _add(etree.SubElement(node, f"{{{_ATOM}}}author"), "name", one_line(issuer))
        # A reader opens our own diff: the page is what it changed to, and may have changed again.
        link = f"{site.rstrip('/')}/documents/{entry.document_id}/{entry.version}" if site else entry.url
        for relation, address in (("alternate", entry.report or link), ("via", entry.url)):
            if web_link(address) and not (relation == "via" and address == link and not entry.report):
                etree.SubElement(
                    node, f"{{{_ATOM}}}link", rel=relation, href=one_line(web_link(address), 2000)
                )
        _add(node, "summary", one_line(entry.summary, 1000))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def web_link(address: str | None) -> str:
    """Return an address that leads to the web, empty for any other: a record of a store may hold any words."""
    return address if address and address.lower().startswith(("http://", "https://")) else ""


def _add(parent: "etree._Element", name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{_ATOM}}}{name}").text = text


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
