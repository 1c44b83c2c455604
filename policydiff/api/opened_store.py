"""The part of the public `Store` that opens the store, reads its settings, and answers on validity, sources and reuse of wording."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any, Literal, Self

from policydiff.api.arguments import Day, day_of, guarded
from policydiff.api.opening import Lookup, Revisions, Source, folder_named, name_of
from policydiff.errors import NotFoundError, UsageError
from policydiff.extract import Limits
from policydiff.settings.settings_file import CONFIG_NAME, parse_configuration, read_configuration
from policydiff.store import Store as RecordedStore

if TYPE_CHECKING:
    from policydiff.collection.index import Index, Progress
    from policydiff.intake import Loaded
    from policydiff.model.lagging import DelegationList, Radar, ValidityReport
    from policydiff.reuse import ClauseSpread, CorpusReuse, DocumentReuse, DocumentSources, FamilyList
    from policydiff.reuse.gram_index import GramIndex
    from policydiff.settings.settings import CheckSettings, Configuration


class OpenedStore:
    """A store in a folder of a git repository, or in a bare repository; close it, or use it as a context manager.

    `Store("folder")` opens the store in that folder, as `Store.open` does.

    Reading sees only recorded content, never uncommitted files, and writes nothing but the index. Methods that take
    `as_of` answer from the store as it was known at the end of that day.
    """

    def __init_subclass__(cls) -> None:
        """Guard the arguments of the public methods."""
        for name, method in list(vars(cls).items()):
            if isinstance(method, FunctionType) and not name.startswith("_"):
                setattr(cls, name, guarded(method))

    def __init__(self, path: str | os.PathLike[str] | RecordedStore) -> None:
        self._recorded = path if isinstance(path, RecordedStore) else RecordedStore.open(folder_named(path))

    @classmethod
    def init(cls, path: str | os.PathLike[str] = ".", *, bare: bool = False) -> Self:
        """Create a store in a folder (made if absent), in the repository around it or in a new one.

        Args:
            path: The folder.
            bare: Make a bare repository, for a server.

        Raises:
            UsageError: if there is a store already, or the folder cannot be written.
        """
        return cls(RecordedStore.init(folder_named(path), bare=bare))

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
        return cls(RecordedStore.discover(folder_named(start)))

    def __reduce__(self) -> tuple[type[Self], tuple[Path]]:
        """Let another process open the store itself (for pickling)."""
        return type(self), (self.folder,)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Store: {self.folder}>"

    def close(self) -> None:
        """End the git process used for reading."""
        self._recorded.close()

    @property
    def folder(self) -> Path:
        """The folder the store lies in."""
        return self._recorded.folder

    @property
    def recorded(self) -> RecordedStore:
        """The store of bytes, texts and records below this store; internal."""
        return self._recorded

    def lookup(
        self, as_of: Day | None = None, revisions: Revisions = "final", limits: Limits | None = None
    ) -> Lookup:
        """Return how names are looked up in this store; internal."""
        return Lookup(self._recorded, as_of, revisions, limits)

    @contextmanager
    def _indexed(self) -> "Iterator[Index]":
        """Give the index of the store, brought up to date."""
        from policydiff.collection.index import Index

        with Index.open(self._recorded) as index:
            yield index

    def meant(self, doc: str) -> str:
        """Return `id` or `id@when` of the document that a document number names, any other name unchanged; internal.

        Raises:
            NotFoundError: if the store holds no document of that number.
            DoubtfulIdentityError: if the store holds several documents of that number.
        """
        from policydiff.collection.lookalikes import stored_name

        return stored_name(doc, self._recorded)

    def name(self, doc: str) -> str:
        """Return the full name `id@version` of the version that `id`, `id@date` or a document number names.

        Raises:
            NotFoundError: if there is no such document or version.
            DoubtfulIdentityError: if a number is that of several documents.
        """
        identity, record = self._recorded.resolve(self.meant(doc))
        return f"{identity.id}@{record.version}"


class StandingStore(OpenedStore):
    """The questions that a store answers on validity, and on the sources and the reuse of wording."""

    def validity(self, doc: str | None = None, *, on: Day | None = None) -> "ValidityReport":
        """Return which documents are in force on a day, each with the document and the sentence that say so.

        Args:
            doc: Id of one document; None for all.
            on: The day; None for today.

        Raises:
            NotFoundError: if there is no such document.
        """
        from policydiff.collection.in_force import ValidityBook
        from policydiff.model.lagging import ValidityReport

        day = day_of(on, "on")
        with self._indexed() as index:
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
            basis: Id of one document: only local documents that lag behind it, or behind a text that it ended or replaced.
        """
        from policydiff.collection.radar import radar

        with self._indexed() as index:
            return radar(index, day_of(on, "on"), only={basis} if basis else None)

    def delegations(self, doc: str | None = None, *, on: Day | None = None) -> "DelegationList":
        """Return the orders to make further documents, each with the documents of the store that answer it and their delay.

        Args:
            doc: Id of the ordering document; None for all.
            on: The day; None for today.
        """
        from policydiff.collection.delegated import delegations

        with self._indexed() as index:
            return delegations(index, day_of(on, "on"), only=doc)

    def sources_of(
        self, doc: Source, *, level: Literal["higher", "any"] = "higher", top: int = 4, **how: Any
    ) -> "DocumentSources":
        """Return the documents that a document comes from, the sentences taken from each, and the sentences from none.

        Args:
            doc: An id, `id@date`, or anything that `policydiff.read` takes.
            level: Only documents of a level above its own, or all.
            top: Sources that are compared at most.
            how: As for `policydiff.read`.
        """
        from policydiff.reuse.sourcing import document_sources

        own = Lookup(self.recorded, **how).open(doc)
        with opened_grams(self.recorded) as grams:
            return document_sources(grams, as_held(own, grams.index), level=level, top=top)

    def taken_from(
        self, doc: Source, *, clause: str | None = None, top: int = 8, **how: Any
    ) -> "DocumentReuse":
        """Return the later documents of the store that took wording from a document, measure by measure.

        Args:
            doc: An id, `id@date`, or anything that `policydiff.read` takes.
            clause: Id of the one measure that is asked about; None for all.
            top: Documents that are compared at most, those that share most wording first.
            how: As for `policydiff.read`.

        Raises:
            NotFoundError: if the document has no measure of this id.
        """
        from policydiff.reuse.sourcing import document_reuse

        own = Lookup(self.recorded, **how).open(doc)
        with opened_grams(self.recorded) as grams:
            found = document_reuse(grams, as_held(own, grams.index), clause=clause, top=top)
        if clause is not None and not found.clauses:
            raise NotFoundError(f"{name_of(doc)} has no measure {clause}: policydiff parse shows the ids")
        return found

    def reuse_all(
        self,
        out: str | os.PathLike[str],
        *,
        workers: int | None = None,
        scheduler: str | None = None,
        progress: "Progress | None" = None,
    ) -> "CorpusReuse":
        """Find every pair of equal or nearly equal sentences in the whole store, and the families of their documents.

        The tables are written as Parquet files into a folder, described by `datapackage.json` beside them. A run that was
        broken off goes on where it was. Needs the extra `scale`.

        Args:
            out: A folder of its own.
            workers: Processes of this machine that share the work; None for this process alone.
            scheduler: Address of a Dask scheduler, instead; its workers must see `out` under the same name, and have this
                release of policydiff with the extra `scale`.
            progress: Told how many of how many pieces of work are done.

        Raises:
            UsageError: if the extra is not installed, no scheduler answers, or the folder holds something else.
            WorkersLostError: if workers died again and again; finished pieces of work are kept.
        """
        from policydiff.reuse.bulk import corpus_of, executor_of, reuse_of_corpus

        executor = executor_of(workers, scheduler)
        with self._indexed() as index:
            index.parse()
            return reuse_of_corpus(lambda: corpus_of(index), Path(out), executor, progress)

    def spread(self, words: str, **how: Any) -> "ClauseSpread":
        """Return the documents of the store that hold a clause, by date, each with the nearest earlier wording.

        A holder has a sentence that shares a run of seven characters or more with the clause, punctuation and names of
        places aside, and 15 % of its runs, and holds at least half of the information of the clause in the same words. All
        holders are found; a rewording without a shared run is not looked for. Formulas (`formula_by` names the rule) are not traced.

        Args:
            words: The words of a clause, or a clause of a document: `id#clause`, `file#clause`.
            how: As for `policydiff.read`, where a document is named.

        Raises:
            UsageError: if there are no words to look for, or fewer than seven characters.
            NotFoundError: if the document has no such clause.
        """
        from policydiff.reuse.spreading import clause_spread

        doc, mark, clause = words.rpartition("#")
        reference, text = None, words
        if mark and doc and clause.isascii():
            loaded = Lookup(self.recorded, **how).open(doc)
            meant = loaded.parsed.find(clause)
            if meant is None:
                raise NotFoundError(f"{doc} has no clause {clause}: policydiff parse {doc} shows the ids")
            reference, text = loaded.reference, meant.full_text()
        if not text.strip():
            raise UsageError("there are no words to look for: give the words of a clause, or DOC#CLAUSE")
        with opened_grams(self.recorded) as grams:
            return clause_spread(grams, text, reference)

    def families(self, *, least: int = 2) -> "FamilyList":
        """Return the documents of the store that share a template, and the text they have in common.

        Args:
            least: Members from which a family is named.
        """
        from policydiff.reuse.shared_wording import families

        with opened_grams(self.recorded) as grams:
            return families(grams, least=least)


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
    """Return a text from outside under its id in the store: a document is neither a source nor a taker of itself."""
    from policydiff.intake.placing import held_as

    held = held_as(index, own.document) if own.reference.id is None else None
    if held is None:
        return own
    reference = own.reference.model_copy(update={"id": held.id})
    return replace(own, parsed=own.parsed.known_as(reference, own.text))


@contextmanager
def opened_grams(store: "RecordedStore") -> "Iterator[GramIndex]":
    """Give the gram index of a store, and with it the index, brought up to date."""
    from policydiff.collection.index import Index
    from policydiff.reuse.gram_index import GramIndex

    with Index.open(store) as index, GramIndex.open(index) as grams:
        yield grams
