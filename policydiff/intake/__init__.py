"""The only place where bytes become a document: captured bytes and reading rules give a text, a document, its identity, and a version to record.

Callers bring captured bytes with the rules of their source, files, texts, or versions of a store. A document comes with its text and with
the name that results show.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from policydiff.errors import InvalidIdentifierError, UnreadableInputError
from policydiff.extract import DEFAULT_LIMITS, Limits, extract
from policydiff.extract.decoding import bytes_of_file
from policydiff.extract.reading import Revisions
from policydiff.lexicon.patterns import ForeignPatterns
from policydiff.model import (
    Diagnostic,
    Document,
    DocumentIdentity,
    Extraction,
    ReadingRules,
    Reference,
    Severity,
    Span,
    VersionRecord,
)
from policydiff.parsing import parse_text

if TYPE_CHECKING:
    from policydiff.store import Moment, Store


def read_bytes(
    data: bytes,
    *,
    name: str | None = None,
    rules: ReadingRules | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Extraction:
    """Return the text of captured bytes (a file, a page, or a bundle of pages) by the `rules` of their source; None for a file that a user names.

    The same bytes and rules give the same text for every caller; the extension of `name` is ignored. Raises
    LayoutChangedError if the selectors of the rules find nothing on the page, UnreadableInputError if the bytes
    contain no readable text, or the rules leave none.
    """
    extraction = extract(data, name=name, limits=limits, rules=rules)
    if rules is not None and rules.ignore_lines:
        extraction = _without_lines(extraction, rules.ignore_lines)
    if not extraction.text.strip():
        raise UnreadableInputError(f"{name or 'the input'} holds no text, so there is nothing to record")
    return extraction


def _without_lines(extraction: Extraction, ignored: Iterable[str]) -> Extraction:
    """Return a text without the lines in which an ignored pattern is found; the blocks of the other lines keep their lines."""
    patterns = ForeignPatterns(ignored)
    kept: list[str] = []
    moved: dict[int, int] = {}
    start = length = 0
    for line in extraction.text.split("\n"):
        if not patterns.found_in(line):
            moved[start] = length
            kept.append(line)
            length += len(line) + 1
        start += len(line) + 1
    blocks = tuple(
        block.model_copy(update={"span": Span(at, at + block.span.end - block.span.start)})
        for block in extraction.blocks
        if (at := moved.get(block.span.start)) is not None
    )
    return extraction.model_copy(update={"text": "\n".join(kept), "blocks": blocks})


def document_of(extraction: Extraction) -> Document:
    """Return the document of an extracted text."""
    return parse_text(
        extraction.text,
        declared=extraction.metadata,
        declared_title=extraction.title,
        blocks=extraction.blocks,
    )


def recorded_document(text: str, record: VersionRecord) -> Document:
    """Return the document of a recorded text, parsed with the facts that were declared when it was captured."""
    return parse_text(text, declared=record.declared, declared_title=record.declared_title)


_RULES: dict[Revisions, ReadingRules | None] = {"final": None, "original": ReadingRules(revisions="original")}


@dataclass(frozen=True)
class Loaded:
    """A parsed text."""

    parsed: Document
    """Title, dates and clauses, which are enough for a diff."""
    complete: bool = False
    """Whether `parsed` already holds its citations, targets and responsibilities."""

    @property
    def reference(self) -> Reference:
        """The reference by which results name the document."""
        return self.parsed.reference

    @property
    def text(self) -> str:
        """The text in which spans are offsets; empty for a document made from JSON."""
        return self.parsed.text or ""

    @cached_property
    def document(self) -> Document:
        """The document with its citations, targets and responsibilities, which are found on first use."""
        if self.complete:
            return self.parsed
        from policydiff.annotate import annotate  # noqa: PLC0415 (a diff does without)

        return annotate(self.parsed, self.text)


def load_file(file: Path, *, revisions: Revisions = "final", limits: Limits = DEFAULT_LIMITS) -> Loaded:
    """Return the document in a file. Raises UnreadableInputError if it contains no readable text."""
    return load_bytes(bytes_of_file(file), str(file), revisions=revisions, limits=limits)


def load_bytes(
    data: bytes, name: str | None, *, revisions: Revisions = "final", limits: Limits = DEFAULT_LIMITS
) -> Loaded:
    """Return the document in captured bytes; `name` is its name in results, None for none.

    Raises UnreadableInputError if the bytes contain no readable text.
    """
    extraction = read_bytes(data, name=name, rules=_RULES[revisions], limits=limits)
    document = document_of(extraction)
    doubts = tuple(
        Diagnostic(severity=Severity.WARNING, message=warning.text, kind=warning.kind, span=warning.span)
        for warning in extraction.warnings
    )
    document = document.model_copy(
        update={"diagnostics": (*doubts, *document.diagnostics), "left_out": extraction.left_out}
    )
    return _named(document, extraction.text, name)


def _named(document: Document, text: str, name: str | None) -> Loaded:
    """Return a document outside a store, with the reference by which results name it."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    reference = document.reference.model_copy(update={"file": name, "text_sha256": digest})
    return Loaded(document.known_as(reference, text))


def load_text(text: str) -> Loaded:
    """Return the document in a text; results name it by its title."""
    return _named(parse_text(text), text, None)


def names_stored(doc: str) -> bool:
    """Return whether `doc` has the form of `id` or `id@when`."""
    from policydiff.store import split_reference  # noqa: PLC0415 (a text and a file are read without the store)

    try:
        split_reference(doc)
    except InvalidIdentifierError:
        return False
    return True


def load_versions(doc: str, store: "Store", *, as_of: "Moment | None" = None) -> list[Loaded]:
    """Return the versions of a document up to the one that `id` or `id@when` names, oldest first.

    Raises NotFoundError if there is no such document or version.
    """
    identity, last = store.resolve(doc, as_of=as_of)
    records = store.versions(identity.id, as_of=as_of)
    records = records[: records.index(last) + 1]
    return [
        loaded_version(identity, each, store.text(identity.id, each.version, as_of=as_of)) for each in records
    ]


def loaded_version(identity: DocumentIdentity, record: VersionRecord, text: str) -> Loaded:
    """Return a stored version, parsed; recorded facts take precedence over facts that the parser reads."""
    reference = refer(identity, record)
    parsed = described(recorded_document(text, record), identity, record)
    return Loaded(parsed.known_as(reference, text))


def refer(identity: DocumentIdentity, record: VersionRecord) -> Reference:
    """Return the reference by which results name a stored version, with the facts that its own head prints."""
    head = record.head_in(identity)
    return Reference(
        id=identity.id,
        version=record.version,
        title=head.title,
        document_number=head.document_number,
        issuing_bodies=head.issuing_bodies,
        issued=record.issued,
        text_sha256=record.text_sha256,
    )


def parse_stored(identity: DocumentIdentity, record: VersionRecord, text: str) -> Document:
    """Return a stored text, parsed with its annotations; recorded facts take precedence over facts that the parser reads."""
    return loaded_version(identity, record, text).document


def described(document: Document, identity: DocumentIdentity, record: VersionRecord) -> Document:
    """Return a parsed document with title, number, bodies and dates from the store, which take precedence over the text."""
    recorded = {
        **dict(record.head_in(identity)),
        "document_type": identity.document_type,
        "jurisdiction": identity.jurisdiction,
        "level": identity.level,
    }
    dates = {name: getattr(record, name) for name in ("issued", "published", "effective", "expires")}
    known = {name: value for name, value in dates.items() if value is not None}
    changes: dict[str, object] = {name: value for name, value in recorded.items() if value}
    now = document.dates.model_copy(update=known)
    validity = document.validity.model_copy(update={"effective": now.effective, "expires": now.expires})
    return document.model_copy(update=changes | {"dates": now, "validity": validity})
