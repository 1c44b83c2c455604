"""`DOC` on the command line: a file, an id in the store, or `id@when`; loaded and parsed."""

from pathlib import Path

from policydiff.collection.loaded import Loaded, load_file
from policydiff.errors import InvalidIdentifierError, NotFoundError, UnreadableInputError, UsageError
from policydiff.extract import DEFAULT_LIMITS, Limits
from policydiff.extract.reading import Revisions
from policydiff.intake.captured import recorded_document
from policydiff.model import Document, DocumentIdentity, Reference, VersionRecord
from policydiff.store import Moment, Store, split_reference


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
    reference = refer(identity, record)
    return Loaded(reference, _parsed(identity, record, text).known_as(reference, text), text)


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
    document = recorded_document(text, record)
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
