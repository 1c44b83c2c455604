"""Sources of a document and documents that took wording from it: candidates by citation and by common wording, each compared with it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from policydiff.collection.in_force import ValidityBook
from policydiff.collection.relations import (
    UPWARD,
    Above,
    Seat,
    area_and_level,
    is_above,
    place_of,
    resolve_citations,
    seat,
    version_then,
)
from policydiff.comparison.compare import compare_documents
from policydiff.comparison.counted_measures import measures_of
from policydiff.comparison.several import compare_many
from policydiff.intake import Loaded, loaded_version
from policydiff.model import Citation, Comparison, Coverage, DocumentIdentity, VersionRecord
from policydiff.model.lagging import ValidityState
from policydiff.reuse import (
    DocumentReuse,
    DocumentSources,
    Doubt,
    FoundBy,
    FoundSource,
    SetAside,
    TakenClause,
    Taker,
)
from policydiff.reuse.gram_index import GramIndex
from policydiff.reuse.shared_wording import Shared, grams_of, named_as_basis, ranked_documents, sharing
from policydiff.store import date_order

WhichLevel = Literal["higher", "any"]
SHARE = 0.02
"""Least share of the wording with which a document that is not cited as a basis is compared; below it, it is only
counted. `benchmarks.reuse` prints the share of right superiors and of texts drawn by lot on both sides of it."""
FAR = 0.1
"""Share of the first one's evidence below which a document that is not named so is not compared either. Of 156 right superiors
that their local documents do not cite, none has less than 0.15; of the other documents with 2 % of the wording 0.87 have less
than 0.1 (`benchmarks.reuse`)."""
_ASIDE = 5
"""Most later documents that are listed."""
_OF_DATES = frozenset({Doubt.UNDATED, Doubt.VERSION_LATER, Doubt.NOT_IN_FORCE})
"""Doubts about dates; beside them no doubt about validity is added."""


class _Candidate(NamedTuple):
    identity: DocumentIdentity
    loaded: Loaded
    shared: Shared | None
    citation: Citation | None
    doubts: tuple[Doubt, ...]


def document_sources(
    grams: GramIndex, own: Loaded, *, level: WhichLevel = "higher", top: int = 4
) -> DocumentSources:
    """Return where a document, of the store or not, comes from, as far as the store holds it; `top` sources are compared at most."""
    shared = sharing(grams, grams_of(own.document))
    search = _Search(grams, own, level)
    chosen, aside = search.candidates(shared, top)
    superiors = [each.loaded.document for each in chosen]
    comparison = compare_many(own.document, superiors) if superiors else None
    sources = tuple(
        FoundSource(
            document=each.loaded.reference,
            level=place_of(each.identity)[1],
            found_by=tuple(_found_by(each)),
            citation=each.citation,
            share=round(each.shared.share, 4) if each.shared else 0.0,
            doubts=each.doubts,
        )
        for each in chosen
    )
    return DocumentSources(
        document=own.reference,
        dated=search.day is not None,
        level=level,
        looked_at=sum(grams.texts[each.text].document_id != own.reference.id for each in shared),
        sources=sources,
        set_aside=tuple(aside),
        slight=search.slight,
        comparison=comparison,
    ).made_from(own.document, *superiors)


def _found_by(candidate: _Candidate) -> Iterator[FoundBy]:
    if candidate.citation is not None:
        yield FoundBy.CITATION
    if candidate.shared is not None and candidate.shared.of_substance:
        yield FoundBy.TEXT


class _Search:
    """Chooses the documents of the store from which a given document may come."""

    def __init__(self, grams: GramIndex, own: Loaded, level: WhichLevel) -> None:
        self.grams, self.own, self.level = grams, own, level
        self.slight = 0
        document = own.document
        self.day = document.dates.issued or own.reference.issued
        body = document.issuing_bodies[0] if document.issuing_bodies else ""
        self.place = area_and_level(document.title or "", body, document.jurisdiction, document.level)

    def candidates(self, shared: list[Shared], top: int) -> tuple[list[_Candidate], list[SetAside]]:
        """Return the candidates with most evidence first, and later documents that share as much wording."""
        cited, named = self._cited()
        ranking = ranked_documents(
            self.grams, shared, named, self.own.document.title or "", own_id=self.own.reference.id
        )
        chosen: list[_Candidate] = []
        aside: list[SetAside] = []
        first = 0.0
        for document_id in ranking.documents:
            if len(chosen) >= top:
                break
            share, evidence = ranking.shared.get(document_id), ranking.evidence.get(document_id, 0.0)
            if document_id not in named and (share is None or share.share < SHARE or evidence < FAR * first):
                self.slight += 1
                continue
            found = self._candidate(document_id, share, cited.get(document_id), is_named=document_id in named)
            if isinstance(found, SetAside):
                aside.append(found)
            elif found is not None:
                chosen.append(found)
                if self.level == "higher":
                    # A sister's text may be the same throughout; what stands above is not the farther for that.
                    first = max(first, evidence)
        return self._with_force(chosen), aside[:_ASIDE]

    def _with_force(self, chosen: list[_Candidate]) -> list[_Candidate]:
        """Return the candidates, with a doubt added to those that had ended or expired by the document's day."""
        if self.day is None:
            return chosen
        book = ValidityBook(self.grams.index, about=[each.identity.id for each in chosen])
        over = (ValidityState.ENDED, ValidityState.EXPIRED)
        return [
            each._replace(doubts=(*each.doubts, Doubt.NOT_IN_FORCE))
            if not _OF_DATES.intersection(each.doubts) and book.on(each.identity.id, self.day).state in over
            else each
            for each in chosen
        ]

    def _cited(self) -> tuple[dict[str, Citation], set[str]]:
        """Return the documents implemented or cited as a basis, each with its citation, and the ids of the documents named as the text's basis."""
        document = self.own.document
        resolved = resolve_citations(
            self.grams.index,
            list(document.citations),
            self.day or date.max,
            own_id=self.own.reference.id,
        )
        cited: dict[str, Citation] = {}
        for relation in UPWARD:
            for each in resolved:
                if each.relation is relation and each.id:
                    cited.setdefault(each.id, each.citation)
        return cited, named_as_basis(resolved, (clause.id for clause in document.walk() if clause.text))

    def _candidate(
        self, document_id: str, shared: Shared | None, citation: Citation | None, *, is_named: bool
    ) -> _Candidate | SetAside | None:
        identity = self.grams.identity(document_id)
        doubts = []
        above = is_above(place_of(identity), self.place)
        if not is_named and self.level == "higher":
            if above is Above.NO:
                return None
            if above is Above.UNKNOWN:
                doubts.append(Doubt.LEVEL_UNKNOWN)
        records = self.grams.records(document_id)
        if not records:
            return None
        record, assumed = version_then(document_id, records, self.day or date.max)
        loaded = loaded_version(identity, record, self.grams.index.store.text(identity.id, record.version))
        stands = seat(records, self.day)
        if stands is Seat.UNDATED:
            doubts.append(Doubt.UNDATED)
        elif stands is Seat.LATER:
            if not is_named and not _was_there(loaded, self.day):
                return SetAside(
                    id=document_id,
                    version=record.version,
                    title=identity.title,
                    share=round(shared.share, 4) if shared else 0.0,
                )
            doubts.append(Doubt.VERSION_LATER)
        elif assumed:
            doubts.append(Doubt.NOT_IN_FORCE)
        if stands is None and date_order(record)[0] == self.day:
            doubts.append(Doubt.SAME_DAY)
        return _Candidate(identity, loaded, shared, citation, tuple(doubts))


def _was_there(loaded: Loaded, day: date | None) -> bool:
    """Return whether a text states an adoption or a publication on or before `day`, even if it was amended later."""
    dates = loaded.parsed.dates
    return day is not None and any(
        each is not None and each <= day for each in (dates.adopted, dates.published)
    )


class _Later(NamedTuple):
    identity: DocumentIdentity
    record: VersionRecord
    day: date
    dated: bool
    share: float


def document_reuse(
    grams: GramIndex, own: Loaded, *, clause: str | None = None, top: int = 8
) -> DocumentReuse:
    """Return the takers of a document (or of one of its measures) in the store, each with the wording it took.

    Only the `top` takers with the most shared wording are compared.
    """
    later = _later(grams, own)
    day = own.document.dates.issued or own.reference.issued
    day_before = None if day is None else day - timedelta(days=1)
    compared = sorted(later[:top], key=lambda each: (each.day, each.identity.id))
    loaded = [
        loaded_version(
            each.identity, each.record, grams.index.store.text(each.identity.id, each.record.version)
        )
        for each in compared
    ]
    comparisons = [compare_documents(there.document, own.document) for there in loaded]
    takers = tuple(
        Taker(
            document=there.reference,
            level=place_of(each.identity)[1],
            day=each.day,
            dated=each.dated,
            was_there=_was_there(there, day_before),
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
        clauses=tuple(_clauses(own, comparisons, [each.was_there for each in takers], clause)),
        not_compared=max(0, len(later) - top),
    ).made_from(own.document, *(each.document for each in loaded))


def _later(grams: GramIndex, own: Loaded) -> list[_Later]:
    """Return the documents that share wording and are not known to be earlier, most shared wording first."""
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


def _clauses(
    own: Loaded, comparisons: list[Comparison], was_there: list[bool], wanted: str | None
) -> list[TakenClause]:
    covers = [{each.clause: each.status for each in found.coverage} for found in comparisons]
    clauses = []
    for clause in measures_of(own.document):
        if wanted is not None and clause.id != wanted:
            continue
        statuses = tuple(cover.get(clause.id, Coverage.OMITTED) for cover in covers)
        first = next(
            (
                place
                for place, status in enumerate(statuses)
                if status is Coverage.ADOPTED and not was_there[place]
            ),
            None,
        )
        words = "\n".join(part.text for part in clause.walk() if part.text)
        clauses.append(
            TakenClause(clause=clause.id, label=clause.label, text=words, statuses=statuses, first=first)
        )
    return clauses
