"""`DOC` on the command line: a file, an id in the store, or `id@when`; loaded and parsed."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from policydiff.errors import InvalidIdentifierError, NotFoundError, UnreadableInputError, UsageError
from policydiff.extract import DEFAULT_LIMITS, Limits, extract
from policydiff.extract.reading import Revisions
from policydiff.model import Document, DocumentIdentity, Reference, VersionRecord
from policydiff.parsing import parse_text
from policydiff.store import Moment, Store, split_reference


@dataclass(frozen=True)
class Loaded:
    """A text, parsed, and how results name it."""

    reference: Reference
    parsed: Document
    """Title, dates and clauses: all that a diff needs."""
    text: str

    @cached_property
    def document(self) -> Document:
        """The document with its citations, targets and responsibilities, looked for when first asked for."""
        from policydiff.annotate import annotate  # noqa: PLC0415 (a diff does without)

        return annotate(self.parsed, self.text)


def load(
    doc: str,
    store: Store | None = None,
    *,
    as_of: Moment | None = None,
    revisions: Revisions = "final",
    limits: Limits = DEFAULT_LIMITS,
) -> Loaded:
    """Return the document that `doc` names: an existing file, else what it is in the store.

    Raises:
        UsageError: if it is empty.
        NotFoundError: if it has the shape of an id and is neither a file nor in the store.
        InvalidIdentifierError: if what stands before or after its @ is not well formed.
        UnreadableInputError: if it is a file that is missing or holds no readable text.
    """
    if not doc:
        raise UsageError("the name of a document is empty: name a file, or a document of the store by its id")
    file = Path(doc)
    if file.is_file():
        return load_file(file, revisions=revisions, limits=limits)
    if not names_stored(doc):
        if file.is_dir():
            raise UnreadableInputError(
                f"{doc} is a folder: name a file, or a document of the store by its id"
            )
        if "@" in doc:
            split_reference(doc)  # says which half is not well formed
        raise UnreadableInputError(f"there is no file {doc}, and it is no id of a document in a store")
    if store is None:
        raise NotFoundError(
            f"there is no file {doc}, and no store to look for a document of that id: use --store"
        )
    return load_stored(doc, store, as_of=as_of)


def names_stored(doc: str) -> bool:
    """Say whether `doc` has the shape of `id` or `id@when`."""
    try:
        split_reference(doc)
    except InvalidIdentifierError:
        return False
    return True


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
    data: bytes, name: str, *, revisions: Revisions = "final", limits: Limits = DEFAULT_LIMITS
) -> Loaded:
    """Return the document in captured bytes; `name` is how results call it.

    Raises:
        UnreadableInputError: if they hold no readable text.
    """
    extraction = extract(data, name=name, revisions=revisions, limits=limits)
    document = parse_text(extraction.text, declared=extraction.metadata, declared_title=extraction.title)
    reference = Reference(
        file=name,
        title=document.title,
        document_number=document.document_number,
        issuing_bodies=document.issuing_bodies,
        issued=document.dates.issued,
        text_sha256=hashlib.sha256(extraction.text.encode()).hexdigest(),
    )
    return Loaded(reference, document, extraction.text)


def load_stored(doc: str, store: Store, *, as_of: Moment | None = None) -> Loaded:
    """Return the document that `id` or `id@when` names in a store.

    Raises:
        NotFoundError: if there is no such document or version.
    """
    identity, record = store.resolve(doc, as_of=as_of)
    return _loaded(identity, record, store.text(identity.id, record.version, as_of=as_of))


def load_versions(doc: str, store: Store, *, as_of: Moment | None = None) -> list[Loaded]:
    """Return the versions of a document up to the one that `id` or `id@when` names, oldest first.

    Raises:
        NotFoundError: if there is no such document or version.
    """
    identity, last = store.resolve(doc, as_of=as_of)
    records = store.versions(identity.id, as_of=as_of)
    records = records[: records.index(last) + 1]
    return [_loaded(identity, each, store.text(identity.id, each.version, as_of=as_of)) for each in records]


def _loaded(identity: DocumentIdentity, record: VersionRecord, text: str) -> Loaded:
    return Loaded(refer(identity, record), _parsed(identity, record, text), text)


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
    return _loaded(identity, record, text).document


def _parsed(identity: DocumentIdentity, record: VersionRecord, text: str) -> Document:
    document = parse_text(text, declared=record.declared, declared_title=record.declared_title)
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
    return document.model_copy(update=changes | {"dates": document.dates.model_copy(update=known)})
