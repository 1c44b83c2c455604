"""`Store`: every version of every document in git, with every verb that the command line has."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from policydiff.api.asking import AskedStore
from policydiff.api.opened_store import as_held, opened_grams
from policydiff.api.opening import Lookup, Source, name_of
from policydiff.api.recording import RecordingStore
from policydiff.api.watching import WatchingStore
from policydiff.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from policydiff.collection.index import Progress
    from policydiff.model.listed import SearchHits
    from policydiff.reuse.bulk import CorpusReuse
    from policydiff.reuse.found import ClauseSpread, DocumentReuse, DocumentSources, FamilyList


class Store(AskedStore, RecordingStore, WatchingStore):
    """Every version of every document, in a folder of a git repository or in a bare one.

    Reading sees what is recorded, never uncommitted files, and writes nothing but the index. Methods that take `as_of`
    answer from the store as it was known at the end of that day. Close it, or use it as a context manager; one store
    is for one thread.
    """

    def sources_of(
        self, doc: Source, *, level: Literal["higher", "any"] = "higher", top: int = 4, **how: Any
    ) -> "DocumentSources":
        """Return which documents of the store a document comes from, what it took from each, and what comes from none.

        Args:
            doc: An id, `id@date`, or anything that `policydiff.read` takes.
            level: Only documents of a level above its own, or all.
            top: Sources that are compared at most.
            how: As for `policydiff.read`.
        """
        from policydiff.reuse.sourcing import document_sources

        own = Lookup(self.recorded, **how).open(doc)
        with opened_grams(self.recorded) as (index, grams):
            return document_sources(self.recorded, index, grams, as_held(own, index), level=level, top=top)

    def taken_from(
        self, doc: Source, *, clause: str | None = None, top: int = 8, **how: Any
    ) -> "DocumentReuse":
        """Return which later documents of the store took what from a document, measure by measure.

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
        with opened_grams(self.recorded) as (index, grams):
            found = document_reuse(self.recorded, grams, as_held(own, index), clause=clause, top=top)
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
        """Look at the whole store: every pair of sentences that are the same or nearly so, and what follows from them.

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
            WorkersLostError: if workers died again and again; what was done is kept.
        """
        from policydiff.collection.index import Index
        from policydiff.reuse.bulk import corpus_of, executor_of, reuse_of_corpus

        executor = executor_of(workers, scheduler)
        with Index.open(self.recorded) as index:
            index.parse()
            return reuse_of_corpus(lambda: corpus_of(index), Path(out), executor, progress)

    def spread(self, words: str, **how: Any) -> "ClauseSpread":
        """Return the documents of the store that hold a clause, by date, each with the nearest earlier wording.

        A holder has a sentence that shares a run of seven characters or more with the clause, punctuation and names of
        places aside, and 15 % of its runs, and says at least half of what the clause says in the same words. All of those are
        found; a rewording that shares no such run is not looked for. Formulas (`formula_by` says by which rule) are not traced.

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
        with opened_grams(self.recorded) as (_, grams):
            return clause_spread(grams, text, reference)

    def families(self, *, least: int = 2) -> "FamilyList":
        """Return the documents of the store that share a template, and the text they have in common.

        Args:
            least: Members from which a family is named.
        """
        from policydiff.reuse.shared_wording import families

        with opened_grams(self.recorded) as (_, grams):
            return families(grams, least=least)


def search(
    words: str | Sequence[str], *, store: "Store | str | os.PathLike[str] | None" = None, **how: Any
) -> "SearchHits":
    """Return the clauses of a store that hold all the words, best first.

    Args:
        words: Words joined by blanks, or a list of them; a phrase with blanks stands in quotation marks.
        store: The store or its folder; None for the nearest one upward of the current folder.
        how: As for `Store.search`: jurisdiction, issuer, level, document_type, since, until, all_versions, limit.

    Raises:
        UsageError: if no word is given.
        NotFoundError: if there is no store.
    """
    if isinstance(store, Store):
        return store.search(words, **how)
    with Store.discover() if store is None else Store.open(store) as found:
        return found.search(words, **how)


def store_if_any(folder: str | os.PathLike[str] | None = None) -> Store | None:
    """Open the store in a folder, else the nearest one upward; None where there is none.

    Raises:
        NotFoundError: if a folder is named that is no store.
    """
    if folder is not None:
        return Store.open(folder)
    try:
        return Store.discover()
    except NotFoundError:
        return None
