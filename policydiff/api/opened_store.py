"""The part of the public `Store` that opens and closes it, reads the settings beside it, and says what is in force."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from policydiff.api.opening import Day, Lookup, Revisions, day_of
from policydiff.errors import UsageError
from policydiff.extract import Limits
from policydiff.settings import CONFIG_NAME, parse_configuration, read_configuration
from policydiff.store import Store as RecordedStore

if TYPE_CHECKING:
    from policydiff.collection.index import Index
    from policydiff.intake.captured import Loaded
    from policydiff.model.lagging import DelegationList, Radar, ValidityReport
    from policydiff.reuse.gram_index import GramIndex
    from policydiff.settings import CheckSettings, Configuration


class OpenedStore:
    """A store in a folder of a git repository, or in a bare one; close it, or use it as a context manager.

    `Store("folder")` opens the store in that folder, as `Store.open` does.

    Reading sees what is recorded, never uncommitted files, and writes nothing but the index. Methods that take `as_of`
    answer from the store as it was known at the end of that day. One store is for one thread.
    """

    def __init__(self, path: str | os.PathLike[str] | RecordedStore) -> None:
        self._recorded = path if isinstance(path, RecordedStore) else RecordedStore.open(Path(path))

    @classmethod
    def init(cls, path: str | os.PathLike[str] = ".", *, bare: bool = False) -> Self:
        """Create a store in a folder (made if absent), in the repository around it or in a new one.

        Args:
            path: The folder.
            bare: Make a bare repository, for a server.

        Raises:
            UsageError: if there is a store already, or the folder cannot be written.
        """
        return cls(RecordedStore.init(Path(path), bare=bare))

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Self:
        """Open the store in a folder or bare repository.

        Raises:
            NotFoundError: if there is none.
            UsageError: if it was made by a newer policydiff, or git cannot be used.
        """
        return cls(path)

    @classmethod
    def discover(cls, start: str | os.PathLike[str] = ".") -> Self:
        """Open the store in `start` or the nearest folder above it.

        Raises:
            NotFoundError: if there is none.
        """
        return cls(RecordedStore.discover(Path(start)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Store: {self.folder}>"

    def close(self) -> None:
        """End the git process that answers reads."""
        self._recorded.close()

    @property
    def folder(self) -> Path:
        """The folder the store lies in."""
        return self._recorded.folder

    @property
    def recorded(self) -> RecordedStore:
        """The store of bytes, texts and records below this one; internal."""
        return self._recorded

    def lookup(
        self, as_of: Day | None = None, revisions: Revisions = "final", limits: Limits | None = None
    ) -> Lookup:
        """Return how names are looked up in this store; internal."""
        return Lookup(self._recorded, as_of, revisions, limits)

    def meant(self, doc: str) -> str:
        """Return `id` or `id@when` of what a document number means, other names as they are; internal.

        Raises:
            NotFoundError: if the store holds no document of that number.
            DoubtfulIdentityError: if it holds several.
        """
        from policydiff.collection.naming import stored_name

        return stored_name(doc, self._recorded)

    def name(self, doc: str) -> str:
        """Return the full name `id@version` of what `id`, `id@date` or a document number means.

        Raises:
            NotFoundError: if there is no such document or version.
            DoubtfulIdentityError: if a number is that of several documents.
        """
        identity, record = self._recorded.resolve(self.meant(doc))
        return f"{identity.id}@{record.version}"


class StandingStore(OpenedStore):
    """What a store answers on validity."""

    def validity(self, doc: str | None = None, *, on: Day | None = None) -> "ValidityReport":
        """Return which documents are in force on a day, each with the document and the sentence that say so.

        Args:
            doc: Id of one document; None for all.
            on: The day; None for today.

        Raises:
            NotFoundError: if there is no such document.
        """
        from policydiff.collection.in_force import ValidityBook
        from policydiff.collection.index import Index
        from policydiff.model.lagging import ValidityReport

        day = day_of(on, "on")
        with Index.open(self.recorded) as index:
            book = ValidityBook(index)
            ids = book.ids() if doc is None else [doc.partition("@")[0]]
            found = tuple(book.on(document_id, day) for document_id in ids)
        names = {f"{each.id}@" for each in found}
        unresolved = tuple(
            each for each in book.unresolved if doc is None or f"{each.document.partition('@')[0]}@" in names
        )
        return ValidityReport(day=day, documents=found, unresolved=unresolved)

    def radar(self, *, on: Day | None = None, basis: str | None = None) -> "Radar":
        """Return every local document whose basis was revised, repealed or replaced since, the weightiest first.

        Each entry names the clauses that lag and the references that lead elsewhere or nowhere. Nothing is left out
        without being named.

        Args:
            on: The day; None for today.
            basis: Id of one document: only what lags behind it, or behind a text that it ended or replaced.
        """
        from policydiff.collection.index import Index
        from policydiff.collection.radar import radar

        with Index.open(self.recorded) as index:
            return radar(index, self.recorded, day_of(on, "on"), only={basis} if basis else None)

    def delegations(self, doc: str | None = None, *, on: Day | None = None) -> "DelegationList":
        """Return what documents order others to make, and which documents of the store answer, and how late.

        Args:
            doc: Id of the ordering document; None for all.
            on: The day; None for today.
        """
        from policydiff.collection.delegated import delegations
        from policydiff.collection.index import Index

        with Index.open(self.recorded) as index:
            return delegations(index, day_of(on, "on"), only=doc)


def configuration_of(folder: Path) -> "Configuration":
    """Return the settings in the folder of a store.

    Raises:
        UsageError: if it is a bare store, which has no settings to edit.
    """
    path = folder / CONFIG_NAME
    if not path.is_file():
        raise UsageError(
            f"{folder} is a bare store, without settings to edit or a place for a ledger: track in a clone of it"
        )
    return read_configuration(path)


def rules_of(store: RecordedStore) -> "CheckSettings":
    """Return the rules and waivers of a store; those of a bare one as recorded."""
    if (store.folder / CONFIG_NAME).is_file():
        return configuration_of(store.folder).check
    recorded = store.at(None).blob(CONFIG_NAME) or b""
    return parse_configuration(recorded.decode("utf-8"), name=f"{store.folder}: {CONFIG_NAME}").check


def as_held(own: "Loaded", index: "Index") -> "Loaded":
    """Return a text from outside under the id that it has in the store: a document is no source and no taker of itself."""
    from policydiff.intake.placing import held_as

    held = held_as(index, own.document) if own.reference.id is None else None
    if held is None:
        return own
    return replace(own, reference=own.reference.model_copy(update={"id": held.id}))


@contextmanager
def opened_grams(store: "RecordedStore") -> "Iterator[tuple[Index, GramIndex]]":
    """Give the index and the gram index of a store, brought up to date."""
    from policydiff.collection.index import Index
    from policydiff.reuse.gram_index import GramIndex

    with Index.open(store) as index, GramIndex.open(store, index) as grams:
        yield index, grams
