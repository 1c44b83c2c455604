"""The part of the public `Store` that asks where wording came from and where it went."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from policydiff.api.opened_store import OpenedStore
from policydiff.api.opening import Lookup, Source, name_of
from policydiff.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from policydiff.collection.index import Index, Progress
    from policydiff.collection.loaded import Loaded
    from policydiff.reuse.bulk import CorpusReuse
    from policydiff.reuse.found import ClauseSpread, DocumentReuse, DocumentSources, FamilyList
    from policydiff.reuse.gram_index import GramIndex
    from policydiff.store import Store as RecordedStore


class ReusedStore(OpenedStore):
    """What a store answers about reuse."""

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
        from policydiff.reuse.templates import families

        with opened_grams(self.recorded) as (_, grams):
            return families(grams, least=least)


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
