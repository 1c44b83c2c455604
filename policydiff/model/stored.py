"""What the store records of a document and of each of its versions (the two JSON files of the layout)."""

from datetime import date, datetime
from typing import Literal

from policydiff.model.base import Level, Value


class DocumentRelation(Value):
    """A link to another document."""

    kind: str
    """implements, amends, repeals, carried_by, cites"""
    target: str
    """Id in the store, or the title or number where the store does not hold it."""


class SeparatedVersion(Value):
    """A version that was recorded under a document by mistake and belongs to another one."""

    version: str
    """Its name here and there."""
    to: str
    """Id of the document it belongs to."""


class DocumentIdentity(Value):
    """`document.json`: what stays the same through all versions."""

    id: str
    title: str
    document_number: str | None = None
    issuing_bodies: tuple[str, ...] = ()
    drafting_body: str | None = None
    document_type: str | None = None
    """文种: 意见, 办法, 通知; null where the title names none."""
    jurisdiction: str | None = None
    """GB/T 2260 code."""
    level: Level | None = None
    """Level of the issuer's government; None where unknown."""
    relations: tuple[DocumentRelation, ...] = ()
    separated: tuple[SeparatedVersion, ...] = ()
    """Versions that lie here and belong to other documents; they are versions of this one no more."""


class ListedDocument(Value):
    """One document of a store at a glance."""

    identity: DocumentIdentity
    versions: int
    """Number of versions recorded."""
    newest: str | None = None
    """Its newest version by date, None where it has none."""


class ReadingRules(Value):
    """How a captured source is read; the same bytes and the same rules give the same text."""

    select: tuple[str, ...] = ()
    """CSS selectors of the blocks of a page that hold the document; empty for the block that is found by itself."""
    ignore: tuple[str, ...] = ()
    """CSS selectors of blocks of a page that are cut out first."""
    ignore_lines: tuple[str, ...] = ()
    """Regular expressions; a line of the text in which one is found is left out."""
    pages: int = 1
    """Number of pages that were captured; several lie in one file, a bundle."""
    revisions: Literal["final", "original"] = "final"
    """Tracked changes of a Word file: accepted or refused."""


class VersionRecord(Value):
    """`version.json`: one text at one date, and where it came from."""

    version: str
    """`2021-11-29`, `seen-2019-06-18`, `2021-11-29.2`."""
    issued: date | None = None
    """成文日期; None where the text bears none."""
    published: date | None = None
    effective: date | None = None
    expires: date | None = None
    seen: date | None = None
    """Date on which the source was seen, where the text bears no date."""
    source_sha256: str
    text_sha256: str
    source_name: str
    """File name of the captured bytes in the version's folder: `source.html`."""
    media_type: str
    url: str | None = None
    retrieved_at: datetime | None = None
    extractor: str
    extractor_version: str
    reading: ReadingRules | None = None
    """Rules by which the text was read from the source; None where the version was recorded before they were kept."""
    declared_title: str | None = None
    """Title the container of the text declared; the parser reads it beside the text."""
    declared: tuple[tuple[str, str], ...] = ()
    """Labelled facts the container declared: (`发文字号`, `国发〔2019〕5号`)."""
    warnings: tuple[str, ...] = ()
    corrected: bool = False
    """The text was put right by hand; a re-extraction leaves it alone."""
    recorded_at: datetime
    """When the version was recorded, aware, UTC."""
