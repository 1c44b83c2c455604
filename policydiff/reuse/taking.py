"""Who took what from a document: later documents that share its wording, compared with it."""

from datetime import date
from typing import NamedTuple

from policydiff.collection.loaded import Loaded
from policydiff.collection.stored_references import loaded_version
from policydiff.comparison import compare_documents
from policydiff.comparison.clauses import measures_of
from policydiff.model import Comparison, Coverage, DocumentIdentity, VersionRecord
from policydiff.reuse.found import DocumentReuse, TakenClause, Taker
from policydiff.reuse.gram_index import GramIndex
from policydiff.reuse.likely_sources import grams_of, sharing
from policydiff.reuse.relative_standing import place_of
from policydiff.store import Store, date_order


class _Later(NamedTuple):
    identity: DocumentIdentity
    record: VersionRecord
    day: date
    dated: bool
    share: float


def document_reuse(
    store: Store, grams: GramIndex, own: Loaded, *, clause: str | None = None, top: int = 8
) -> DocumentReuse:
    """Return who took what from a document, as far as the store holds it.

    Args:
        store: The store.
        grams: Its gram index.
        own: The document asked about, of the store or not.
        clause: Id of the one measure that is asked about; None for all.
        top: Takers that are compared at most, those that share most first.
    """
    later = _later(grams, own)
    compared = sorted(later[:top], key=lambda each: (each.day, each.identity.id))
    loaded = [
        loaded_version(each.identity, each.record, store.text(each.identity.id, each.record.version))
        for each in compared
    ]
    comparisons = [
        compare_documents(
            there.document,
            own.document,
            local_reference=there.reference,
            superior_reference=own.reference,
        )
        for there in loaded
    ]
    takers = tuple(
        Taker(
            document=there.reference,
            level=place_of(each.identity)[1],
            day=each.day,
            dated=each.dated,
            share=round(each.share, 4),
            sure=found.summary.sure,
            possible=found.summary.possible,
            sentences=found.summary.sentences,
        )
        for each, there, found in zip(compared, loaded, comparisons, strict=True)
    )
    return DocumentReuse(
        document=own.reference,
        dated=(own.document.dates.issued or own.reference.issued) is not None,
        takers=takers,
        clauses=tuple(_clauses(own, comparisons, clause)),
        not_compared=max(0, len(later) - top),
    ).made_from(own.document, *(each.document for each in loaded))


def _later(grams: GramIndex, own: Loaded) -> list[_Later]:
    """Return the documents that share wording and are not known to be earlier, those that share most first."""
    day = own.document.dates.issued or own.reference.issued
    found: dict[str, _Later] = {}
    for each in sharing(grams, grams_of(own.document)):
        text = grams.texts[each.text]
        if not each.of_substance or text.document_id in found or text.document_id == own.reference.id:
            continue
        record = next(one for one in grams.records(text.document_id) if one.version == text.version)
        dated = not record.version.startswith("seen-")
        its_day = date_order(record)[0]
        if day is not None and dated and its_day < day:
            continue
        found[text.document_id] = _Later(grams.identity(text.document_id), record, its_day, dated, each.share)
    return list(found.values())


def _clauses(own: Loaded, comparisons: list[Comparison], wanted: str | None) -> list[TakenClause]:
    covers = [{each.clause: each.status for each in found.coverage} for found in comparisons]
    clauses = []
    for clause in measures_of(own.document):
        if wanted is not None and clause.id != wanted:
            continue
        statuses = tuple(cover.get(clause.id, Coverage.OMITTED) for cover in covers)
        first = next((place for place, status in enumerate(statuses) if status is Coverage.ADOPTED), None)
        words = "\n".join(part.text for part in clause.walk() if part.text)
        clauses.append(
            TakenClause(clause=clause.id, label=clause.label, text=words, statuses=statuses, first=first)
        )
    return clauses
