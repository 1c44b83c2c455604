"""A document with its text and how results name it, read from a file, from bytes, from a text or from a store."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from policydiff.errors import InvalidIdentifierError, UnreadableInputError
from policydiff.extract import DEFAULT_LIMITS, Limits
from policydiff.extract.reading import Revisions
from policydiff.intake.captured import document_of, read_bytes, recorded_document
from policydiff.model import (
    Diagnostic,
    Document,
    DocumentIdentity,
    ReadingRules,
    Reference,
    Severity,
    VersionRecord,
)
from policydiff.parsing import parse_text

if TYPE_CHECKING:
    from policydiff.store import Moment, Store

_RULES: dict[Revisions, ReadingRules | None] = {"final": None, "original": ReadingRules(revisions="original")}


@dataclass(frozen=True)
class Loaded:
    """A text, parsed, and how results name it."""

    reference: Reference
    parsed: Document
    """Title, dates and clauses: all that a diff needs."""
    text: str

    complete: bool = False
    """Whether `parsed` holds its citations, targets and responsibilities already."""

    @classmethod
    def of(cls, document: Document) -> "Loaded":
        """Return a document that a caller parsed before."""
        return cls(document.reference, document, document.text or "", complete=True)

    @cached_property
    def document(self) -> Document:
        """The document with its citations, targets and responsibilities, looked for when first asked for."""
        if self.complete:
            return self.parsed
        from policydiff.annotate import annotate  # noqa: PLC0415 (a diff does without)

        return annotate(self.parsed, self.text).known_as(self.reference, self.text)


def load_file(file: Path, *, revisions: Revisions = "final", limits: Limits = DEFAULT_LIMITS) -> Loaded:
    """Return the document in a file.

    Raises:
        UnreadableInputError: if it holds no readable text.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UnreadableInputError(f"cannot read {file}: {error.strerror or error}") from error
    return load_bytes(data, str(file), revisions=revisions, limits=limits)


def load_bytes(
    data: bytes, name: str | None, *, revisions: Revisions = "final", limits: Limits = DEFAULT_LIMITS
) -> Loaded:
    """Return the document in captured bytes; `name` is how results call it, None where it has no name.

    Raises:
        UnreadableInputError: if they hold no readable text.
    """
    extraction = read_bytes(data, name=name, rules=_RULES[revisions], limits=limits)
    document = document_of(extraction)
    doubts = tuple(
        Diagnostic(severity=Severity.WARNING, message=warning.text, span=warning.span)
        for warning in extraction.warnings
    )
    document = document.model_copy(
        update={"diagnostics": (*doubts, *document.diagnostics), "left_out": extraction.left_out}
    )
    return _named(document, extraction.text, name)


def _named(document: Document, text: str, name: str | None) -> Loaded:
    """Return a document that is in no store, as results name it."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    reference = document.reference.model_copy(update={"file": name, "text_sha256": digest})
    return Loaded(reference, document.known_as(reference, text), text)


def load_text(text: str) -> Loaded:
    """Return the document that a text is; results call it by its title."""
    return _named(parse_text(text), text, None)


def names_stored(doc: str) -> bool:
    """Say whether `doc` has the shape of `id` or `id@when`."""
    from policydiff.store import split_reference  # noqa: PLC0415 (a text and a file are read without the store)

    try:
        split_reference(doc)
    except InvalidIdentifierError:
        return False
    return True


def load_versions(doc: str, store: "Store", *, as_of: "Moment | None" = None) -> list[Loaded]:
    """Return the versions of a document up to the one that `id` or `id@when` names, oldest first.

    Raises:
        NotFoundError: if there is no such document or version.
    """
    identity, last = store.resolve(doc, as_of=as_of)
    records = store.versions(identity.id, as_of=as_of)
    records = records[: records.index(last) + 1]
    return [
        loaded_version(identity, each, store.text(identity.id, each.version, as_of=as_of)) for each in records
    ]


def loaded_version(identity: DocumentIdentity, record: VersionRecord, text: str) -> Loaded:
    """Return a stored version, parsed; what the store records goes before what the parser reads."""
    reference = refer(identity, record)
    parsed = described(recorded_document(text, record), identity, record)
    return Loaded(reference, parsed.known_as(reference, text), text)


def refer(identity: DocumentIdentity, record: VersionRecord) -> Reference:
    """Return how results name a stored version."""
    return Reference(
        id=identity.id,
        version=record.version,
        title=identity.title,
        document_number=identity.document_number,
        issuing_bodies=identity.issuing_bodies,
        issued=record.issued,
        text_sha256=record.text_sha256,
    )


def parse_stored(identity: DocumentIdentity, record: VersionRecord, text: str) -> Document:
    """Return a stored text parsed, with its facts; what the store records goes before what the parser reads."""
    return loaded_version(identity, record, text).document


def described(document: Document, identity: DocumentIdentity, record: VersionRecord) -> Document:
    """Return a text as it was parsed with what the store records of it, which goes before what it says of itself."""
    recorded = {
        "title": identity.title,
        "document_number": identity.document_number,
        "issuing_bodies": identity.issuing_bodies,
        "drafting_body": identity.drafting_body,
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
