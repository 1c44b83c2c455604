"""`DOC` on the command line: a file, an id in the store, a document number, or one of both with `@when`.

`id@date` is the version in force on that day.
"""

from pathlib import Path

from policydiff.collection.in_force import ValidityBook
from policydiff.collection.index import Index
from policydiff.errors import DoubtfulIdentityError, NotFoundError, UnreadableInputError, UsageError
from policydiff.intake.captured import Loaded, load_file, loaded_version, names_stored
from policydiff.lexicon.document_numbers import DocumentNumber
from policydiff.model import DocumentIdentity, VersionRecord
from policydiff.model.lagging import DocumentValidity
from policydiff.platforms import local_day
from policydiff.store import Moment, Store, parse_version, split_reference


def load(doc: str, store: Store | None = None, *, as_of: Moment | None = None) -> Loaded:
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
        return load_file(file)
    if store is not None:
        doc = stored_name(doc, store)
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


def stored_name(doc: str, store: Store) -> str:
    """Return the `id` or `id@when` of the document that bears a number (`number`, `number@when`); any other name is returned unchanged.

    Every spelling of a number is read, and one without its body (2021年第3号) means any body's.

    Raises:
        NotFoundError: if the store holds no document of that number.
        DoubtfulIdentityError: if it holds several.
    """
    if names_stored(doc):
        return doc
    words, at, when = doc.rpartition("@") if "@" in doc else (doc, "", "")
    number = DocumentNumber.parse(words)
    if number is None:
        return doc
    with Index.open(store) as index:
        found = index.find(number=words) or (index.find_serial(number.key) if number.lacks_body else [])
    if not found:
        raise NotFoundError(f"the store holds no document with the number {number}")
    if len(found) > 1:
        names = ", ".join(f"{each.id} 《{each.title}》" for each in found)
        raise DoubtfulIdentityError(f"{number} is the number of {names}: name one of them by its id")
    return f"{found[0].id}{at}{when}"


def load_stored(doc: str, store: Store, *, as_of: Moment | None = None) -> Loaded:
    """Return the document that `id` or `id@when` names in a store; `id@date` is the version in force on that day.

    In force means by the words of all documents held: a text that another one ended is not, an extended one is.

    Raises:
        NotFoundError: if there is no such document or version, or none was in force; the sentence that says so is named.
    """
    identity, record, validity = resolve_in_force(doc, store, as_of=as_of)
    loaded = loaded_version(identity, record, store.text(identity.id, record.version, as_of=as_of))
    if validity is None or record.version != validity.version:
        return loaded
    known = loaded.parsed.validity.model_copy(
        update={"expires": validity.until, "ended_by": validity.ended_by}
    )
    parsed = loaded.parsed.model_copy(update={"validity": known}).known_as(loaded.reference, loaded.text)
    return Loaded(loaded.reference, parsed, loaded.text)


def resolve_in_force(
    doc: str, store: Store, *, as_of: Moment | None = None
) -> tuple[DocumentIdentity, VersionRecord, DocumentValidity | None]:
    """Return document, version and validity of what `id`, `id@version` or `id@date` means.

    The validity is None where the index has not read the texts of the store yet and no day is asked for: a question for
    one text does not wait for thousands to be read.

    Raises:
        NotFoundError: as for `load_stored`.
    """
    document_id, when = split_reference(doc)
    snapshot = store.at(as_of)
    if when is None or snapshot.names_version(document_id, when):
        identity, record = store.resolve(doc, as_of=as_of)
        with Index.open(store) as index:
            if as_of is not None or not index.is_read(most=_FEW):
                return identity, record, None
            return identity, record, ValidityBook(index, about=[identity.id]).on(identity.id, local_day())
    identity = snapshot.identity(document_id)
    held = (
        None
        if as_of is None
        else {
            (each.id, record.version)
            for each in snapshot.documents()
            for record in snapshot.versions(each.id)
        }
    )
    with Index.open(store) as index:
        book = ValidityBook(
            index, None if held is None else lambda *version: version in held, about=[document_id]
        )
        day = parse_version(when).day
        return identity, book.version_in_force(document_id, day), book.on(document_id, day)


_FEW = 200
"""Texts that are read on the spot so that the validity of one can be told; 200 take some three seconds."""
