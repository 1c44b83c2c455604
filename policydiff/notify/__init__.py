"""Notices of changes to people and programs: messages, the outbox where they wait, the channels that send them, and the feed.

A message is written for each run that recorded a change, or that can no longer read a source. The Atom feed lists recorded versions.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Literal, NamedTuple, cast

from lxml import etree

from policydiff.model import (
    ChangeKind,
    ComparisonSummary,
    OutsideKind,
    Reference,
    RevisionSummary,
    Signal,
    Value,
)
from policydiff.model.base import StoredVersion, published
from policydiff.model.lagging import BasisChange
from policydiff.report.to_text import one_line


class Concern(Value):
    """Another document that a change concerns, compared again."""

    role: Literal["superior", "local"]
    """Relation of the concerned document to the changed document."""
    other: Reference
    """The directive above the changed document, or the local policy below it."""
    before: ComparisonSummary | None
    """Comparison with the version before the change; None for a document's first version."""
    after: ComparisonSummary
    """Comparison of the two documents after the change."""


class ToldChange(Value):
    """A changed clause with its old and its new text."""

    label: str | None
    """Number of the clause as printed in the new text, else in the old text: 第三条."""
    kind: ChangeKind
    """Kind of change of the clause: modified, added, removed, split or merged."""
    old: str | None
    """Words of the clause in the old version; None if the clause is new."""
    new: str | None
    """Words of the clause in the new version; None if the clause was removed."""
    signals: tuple[Signal, ...]
    """Differences of substance in the clause, the weightiest first."""
    weight: float
    """Weight of the heaviest signal, from 0 to 1; 0 without signals."""


class ToldLine(Value):
    """A line outside the clauses that differs: a day of signature, an addressee, an imprint."""

    kind: OutsideKind
    """Part of the document that holds the line: head, tail, table, or no place."""
    old: str | None
    """The line as printed in the old text; None for none."""
    new: str | None
    """The line as printed in the new text; None for none."""
    signals: tuple[Signal, ...]
    """Differences of substance in the line, in reading order."""


class ToldFact(Value):
    """A fact that the page states about its document differently from before."""

    label: str
    old: str
    """Value in the old version; empty for none."""
    new: str
    """Value in the new version; empty for none."""


class ToldLag(StoredVersion):
    """A local document of the store that lags behind a document it is based on, because of a change that a run recorded."""

    basis: str
    """Id of the basis of the lagging document: the changed document, or a document that the changed document ended or replaced."""
    basis_title: str
    """Title of the basis."""
    change: BasisChange
    """Change of the basis: revised, replaced, repealed, expired, or disputed."""
    since: date | None
    """Day of the change of the basis; None if no day is stated."""
    behind: tuple[str, ...]
    """Clauses that still say what the old text said, or whose source was removed: labels as printed, else ids."""
    lacking: int
    """Number of new duties of the basis that the local document lacks."""
    astray: int
    """Number of references to the basis that now lead to another place, or nowhere."""
    unread: str | None = None
    """Reason why the clauses were not compared; None if they were."""


class DocumentChange(Value):
    """A version that a run recorded, as notices describe it."""

    source: str
    """Name of the watched source."""
    item: str
    """Item of the source: an address or a file."""
    url: str | None
    reference: Reference
    """The document that changed."""
    previous: str | None
    """Name of the version before; None for a document's first version."""
    summary: RevisionSummary | None
    """Counts of clauses by kind of change; None for a first version."""
    signals: tuple[Signal, ...] = ()
    """Differences of substance, the weightiest first."""
    concerns: tuple[Concern, ...] = ()
    """Documents of the store that the change concerns."""
    clauses: tuple[ToldChange, ...] = ()
    """The clauses that changed, the weightiest first."""
    outside: tuple[ToldLine, ...] = ()
    """The lines outside the clauses that differ, the weightiest first."""
    facts: tuple[ToldFact, ...] = ()
    """Facts that the page states differently from before: validity, number, title, dates, files of annexes."""
    lagging: tuple[ToldLag, ...] = ()
    """Local documents of the store that lag because of the change, the weightiest first and without omission."""
    report: str | None = None
    """Address of this program's diff; None if reports are not published."""

    @property
    def name(self) -> str:
        """Name for people: the title, else the id."""
        return self.reference.title or self.reference.id or self.source

    @property
    def differing(self) -> int:
        """Number of facts, clauses and lines that differ, including those that the message leaves out."""
        counts = self.summary or RevisionSummary()
        clauses = sum(getattr(counts, kind.value) for kind in ChangeKind if kind is not ChangeKind.UNCHANGED)
        told: tuple[ToldChange | ToldLine, ...] = (*self.clauses, *self.outside)
        more = max(clauses + counts.outside - len(told), 0) if told else 0
        return len(self.facts) + sum(not self.is_fact(each) for each in told) + more

    def is_fact(self, passage: ToldChange | ToldLine) -> bool:
        """Return whether a row or title differs only in one of the facts."""
        old, new = passage.old or "", passage.new or ""
        split = ((fact, old.split(fact.old)) for fact in self.facts if fact.old)
        return any(
            fact.new.join((fact.old.join(parts[:n]), fact.old.join(parts[n:]))) == new
            for fact, parts in split
            for n in range(1, len(parts))
        )


class ToldRead(Value):
    """A source in a notice: it can be read again after a reported failure, or it has another message."""

    source: str
    item: str
    url: str | None = None
    """Address that was read, or could not be read."""


class ToldFailure(ToldRead):
    """A source that can no longer be read."""

    failure: str
    """Type of the failure: transient, blocked, gone, structure_changed, empty."""
    detail: str | None


class ToldApart(ToldRead):
    """A source whose page differs from the recorded version but gave no new version: another source's document, or words around the text."""

    document: str
    """Id of the document."""
    watched_by: str | None
    """Source and item whose text is recorded; None if it is this source."""
    apart: str
    """Words that differ: recorded → on this page."""


class Message(Value):
    """The changes of one run, ready to be sent."""

    schema_id: Literal["policydiff/notice/1"] = published("policydiff/notice/1")
    id: str
    """Id of the message, the same for the same versions however often it is sent, so that receivers can drop duplicates."""
    run: str
    subject: str
    text: str
    changes: tuple[DocumentChange, ...]
    failures: tuple[ToldFailure, ...] = ()
    """Sources that failed in this run and had not failed before."""
    read_again: tuple[ToldRead, ...] = ()
    """Sources that can be read again since this run, after a failure that was reported."""
    apart: tuple[ToldApart, ...] = ()
    """Sources that differ from the recorded text since this run."""


_ATOM = "http://www.w3.org/2005/Atom"
_FOUNDED = "2026"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class FeedEntry(NamedTuple):
    """A version of a document as the store records it."""

    document_id: str
    version: str
    title: str
    source_sha256: str
    """SHA-256 of the captured bytes, because the text may be corrected later, which is no news."""
    recorded_at: datetime
    summary: str
    url: str | None
    issuers: tuple[str, ...] = ()
    report: str | None = None
    """Address of this program's diff; None for none."""


def entry_id(entry: FeedEntry, authority: str) -> str:
    """Return the permanent id of the entry."""
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
        # The first link is this program's diff, because the page shows only the new text and may have changed again.
        link = f"{site.rstrip('/')}/documents/{entry.document_id}/{entry.version}" if site else entry.url
        for relation, address in (("alternate", entry.report or link), ("via", entry.url)):
            if web_link(address) and not (relation == "via" and address == link and not entry.report):
                etree.SubElement(
                    node, f"{{{_ATOM}}}link", rel=relation, href=one_line(web_link(address), 2000)
                )
        _add(node, "summary", one_line(entry.summary, 1000))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def web_link(address: str | None) -> str:
    """Return an address that leads to the web; empty for other words, which a record of a store may contain."""
    return address if address and address.lower().startswith(("http://", "https://")) else ""


def _add(parent: "etree._Element", name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{_ATOM}}}{name}").text = text


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
