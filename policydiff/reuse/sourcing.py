"""Where a document comes from and who took what from it: candidates by citation and by text, compared with it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Literal, NamedTuple

from policydiff.collection.in_force import ValidityBook
from policydiff.collection.index import Index
from policydiff.collection.loaded import Loaded
from policydiff.collection.relations import UPWARD, resolve_citations, version_then
from policydiff.collection.stored_references import loaded_version
from policydiff.comparison import compare_documents, compare_many
from policydiff.comparison.clauses import measures_of
from policydiff.lexicon.titles import STATE, bare_title
from policydiff.model import Citation, Comparison, Coverage, DocumentIdentity, VersionRecord
from policydiff.model.lagging import ValidityState
from policydiff.reuse.found import (
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
from policydiff.reuse.likely_sources import CITED, Shared, grams_of, sharing
from policydiff.reuse.relative_standing import Above, Seat, area_and_level, is_above, place_of, seat
from policydiff.store import Store, date_order

WhichLevel = Literal["higher", "any"]
ENTITLED = 2.0
"""How much more the evidence of a document counts whose title stands in the text's own. Of 780 pairs the right one is first in
.909 without, in .924 with 1.5 to 2; several documents have more than one right superior, so that no ranking comes above .949."""
_TITLE_LEAST = 4
"""Letters of a title that can be named so: 刑法 stands in too many."""
SHARE = 0.02
"""Share of the wording below which a document that is not cited is not compared, only counted. `benchmarks.reuse` prints the
share of right superiors and of texts drawn by lot on both sides of it."""
_ASIDE = 5
"""Later documents that are named at most."""


class _Candidate(NamedTuple):
    identity: DocumentIdentity
    record: VersionRecord
    shared: Shared | None
    citation: Citation | None
    doubts: tuple[Doubt, ...]


def document_sources(
    store: Store, index: Index, grams: GramIndex, own: Loaded, *, level: WhichLevel = "higher", top: int = 4
) -> DocumentSources:
    """Return where a document comes from, as far as the store holds it.

    Args:
        store: The store.
        index: Its index.
        grams: Its gram index.
        own: The document asked about, of the store or not.
        level: Only documents of a level above its own, or all.
        top: Sources that are compared at most.
    """
    shared = sharing(grams, grams_of(own.document))
    search = _Search(store, index, grams, own, level)
    chosen, aside = search.candidates(shared, top)
    loaded = [
        loaded_version(each.identity, each.record, store.text(each.identity.id, each.record.version))
        for each in chosen
    ]
    comparison = None
    if loaded:
        comparison = compare_many(
            own.document,
            [each.document for each in loaded],
            local_reference=own.reference,
            superior_references=[each.reference for each in loaded],
        )
    sources = tuple(
        FoundSource(
            document=there.reference,
            level=place_of(each.identity)[1],
            found_by=tuple(_found_by(each)),
            citation=each.citation,
            share=round(each.shared.share, 4) if each.shared else 0.0,
            doubts=each.doubts,
        )
        for each, there in zip(chosen, loaded, strict=True)
    )
    return DocumentSources(
        document=own.reference,
        level=level,
        looked_at=sum(grams.texts[each.text].document_id != own.reference.id for each in shared),
        sources=sources,
        set_aside=tuple(aside),
        slight=search.slight,
        comparison=comparison,
    ).made_from(own.document, *(each.document for each in loaded))


def _found_by(candidate: _Candidate) -> Iterator[FoundBy]:
    if candidate.citation is not None:
        yield FoundBy.CITATION
    if candidate.shared is not None and candidate.shared.of_substance:
        yield FoundBy.TEXT


def ranked_documents(
    grams: GramIndex, shared: list[Shared], cited: Iterable[str], title: str = ""
) -> tuple[list[str], dict[str, Shared]]:
    """Return candidates, those with most evidence first and those cited without shared wording last, and what each shares.

    A document that shares nothing but formulas is a candidate only where it is cited.

    Args:
        grams: The gram index of the store.
        shared: What texts of the store share with the one asked about.
        cited: Documents that it cites as what it rests on.
        title: Its title; empty where only wording and citations count.
    """
    named = dict.fromkeys(cited)
    entitled = _named_in(grams, title)
    best: dict[str, Shared] = {}
    evidence: dict[str, float] = {}
    for each in shared:
        document = grams.texts[each.text].document_id
        if document not in best and (each.of_substance or document in named):
            best[document] = each
            evidence[document] = (
                each.evidence
                * (CITED if document in named else 1.0)
                * (ENTITLED if document in entitled else 1.0)
            )
    ranked = sorted(evidence, key=lambda document: (-evidence[document], document))
    return [*ranked, *(document for document in named if document not in evidence)], best


def _named_in(grams: GramIndex, title: str) -> set[str]:
    """Return the documents whose whole title stands in a title: 某市实施《…法》办法, 某市全民健身条例 of 全民健身条例."""
    own = bare_title(title)
    if not own:
        return set()
    rows = grams.index.database.execute("SELECT id, bare_title FROM document")
    return {
        document
        for document, bare in rows
        if len(name := bare.removeprefix(STATE)) >= _TITLE_LEAST and name != own and name in own
    }


class _Search:
    """Chooses among the documents of a store those that one document may come from."""

    def __init__(self, store: Store, index: Index, grams: GramIndex, own: Loaded, level: WhichLevel) -> None:
        self.store, self.index, self.grams, self.own, self.level = store, index, grams, own, level
        self.slight = 0
        document = own.document
        self.day = document.dates.issued or own.reference.issued
        body = document.issuing_bodies[0] if document.issuing_bodies else ""
        self.place = area_and_level(document.title or "", body, document.jurisdiction, document.level)

    def candidates(self, shared: list[Shared], top: int) -> tuple[list[_Candidate], list[SetAside]]:
        """Return the candidates, those with most evidence first, and later documents that share as much."""
        cited = self._cited()
        ranked, best = ranked_documents(self.grams, shared, cited, self.own.document.title or "")
        chosen: list[_Candidate] = []
        aside: list[SetAside] = []
        for document_id in ranked:
            if len(chosen) >= top:
                break
            if document_id == self.own.reference.id:
                continue
            shared_with = best.get(document_id)
            if document_id not in cited and shared_with is not None and shared_with.share < SHARE:
                self.slight += 1
                continue
            found = self._candidate(document_id, shared_with, cited)
            if isinstance(found, SetAside):
                aside.append(found)
            elif found is not None:
                chosen.append(found)
        return chosen, aside[:_ASIDE]

    def _cited(self) -> dict[str, Citation]:
        """Return the documents that it implements or rests on, as it cites them, what it implements first."""
        resolved = resolve_citations(
            self.index,
            self.store,
            list(self.own.document.citations),
            self.day or date.max,
            own_id=self.own.reference.id,
        )
        upward = [each for relation in UPWARD for each in resolved if each.relation is relation and each.id]
        cited: dict[str, Citation] = {}
        for each in upward:
            cited.setdefault(str(each.id), each.citation)
        return cited

    def _candidate(
        self, document_id: str, shared: Shared | None, cited: Mapping[str, Citation]
    ) -> _Candidate | SetAside | None:
        identity = self.grams.identity(document_id)
        citation = cited.get(document_id)
        doubts = []
        above = is_above(place_of(identity), self.place)
        if citation is None and self.level == "higher":
            if above is Above.NO:
                return None
            if above is Above.UNKNOWN:
                doubts.append(Doubt.LEVEL_UNKNOWN)
        records = self.grams.records(document_id)
        if not records:
            return None
        record, assumed = version_then(document_id, records, self.day or date.max)
        if self.day is not None and not assumed:
            standing = ValidityBook(self.index, about=[document_id]).on(document_id, self.day)
            assumed = standing.state in (ValidityState.ENDED, ValidityState.EXPIRED)
        stands = seat(records, self.day)
        if stands is Seat.UNDATED:
            doubts.append(Doubt.UNDATED)
        elif stands is Seat.LATER:
            if citation is None and not self._was_there(identity, record):
                return SetAside(
                    id=document_id,
                    version=record.version,
                    title=identity.title,
                    share=round(shared.share, 4) if shared else 0.0,
                )
            doubts.append(Doubt.VERSION_LATER)
        elif assumed:
            doubts.append(Doubt.NOT_IN_FORCE)
        return _Candidate(identity, record, shared, citation, tuple(doubts))

    def _was_there(self, identity: DocumentIdentity, record: VersionRecord) -> bool:
        """Say whether a text that was amended later names an adoption on or before the day of the document."""
        text = self.store.text(identity.id, record.version)
        adopted = loaded_version(identity, record, text).parsed.dates.adopted
        return adopted is not None and self.day is not None and adopted <= self.day


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
