"""Stored versions, loaded and parsed, and how results name them."""

from policydiff.collection.loaded import Loaded
from policydiff.errors import InvalidIdentifierError
from policydiff.intake.captured import recorded_document
from policydiff.model import Document, DocumentIdentity, Reference, VersionRecord
from policydiff.store import Moment, Store, split_reference


def names_stored(doc: str) -> bool:
    """Say whether `doc` has the shape of `id` or `id@when`."""
    try:
        split_reference(doc)
    except InvalidIdentifierError:
        return False
    return True


def load_versions(doc: str, store: Store, *, as_of: Moment | None = None) -> list[Loaded]:
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
