"""A document against several superior ones, and several documents beside each other."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import permutations

from policydiff.collector import collecting_seldom
from policydiff.comparison.compare import Prepared, are_versions, rests_on
from policydiff.comparison.counted_measures import is_own, measure_count, measures_of
from policydiff.comparison.encoders import SentenceEncoder
from policydiff.comparison.judged_sentences import DERIVED
from policydiff.comparison.probabilities import SURE
from policydiff.model import (
    Clause,
    Comparison,
    Coverage,
    CoveredClause,
    Document,
    OrderDoubt,
    PeerCell,
    PeerComparison,
    PeerMeasure,
    SeenIn,
    SentenceOrigin,
    SourcedComparison,
)


@collecting_seldom()
def compare_many(
    local: Document, superiors: Sequence[Document], *, encoder: SentenceEncoder | None = None
) -> SourcedComparison:
    """Return what `local` took from each of several superior documents, and what comes from none."""
    prepared = Prepared(local)
    comparisons = tuple(prepared.against(superior, encoder=encoder) for superior in superiors)
    return SourcedComparison(
        local=local.reference,
        comparisons=comparisons,
        origins=_origins(comparisons),
        doubts=tuple(_beside(superior, superiors) for superior in superiors),
    ).made_from(local, *superiors)


def _beside(one: Document, documents: Sequence[Document], *, peers: bool = False) -> OrderDoubt | None:
    """Return what speaks against a document beside the others: a version of it is among them, or, of peers, one that rests on it."""
    others = [other for other in documents if other is not one]
    if any(are_versions(one, other, ()) for other in others):
        return OrderDoubt.VERSIONS
    return OrderDoubt.SWAPPED if peers and any(rests_on(other, one) for other in others) else None


def _origins(comparisons: Sequence[Comparison]) -> tuple[SentenceOrigin, ...]:
    origins = []
    for sentences in zip(*(comparison.sentences for comparison in comparisons), strict=True):
        best = max(range(len(sentences)), key=lambda index: (sentences[index].score, -index))
        score = sentences[best].score
        origins.append(
            SentenceOrigin(
                clause=sentences[best].clause,
                text=sentences[best].text,
                kind=sentences[best].kind,
                comparison=best if score >= DERIVED else None,
                score=score,
                band=sentences[best].band,
            )
        )
    return tuple(origins)


@collecting_seldom()
def compare_peers(
    documents: Sequence[Document], superior: Document | None = None, *, encoder: SentenceEncoder | None = None
) -> PeerComparison:
    """Return measures across documents of one level.

    Listed are the measures of a superior document (articles; in a policy its lowest levels). Without one, those of each document are,
    those excepted which an earlier document says too.
    """
    named = tuple(document.reference for document in documents)
    doubts = tuple(_beside(document, documents, peers=True) for document in documents)
    if superior is None:
        measures = tuple(_measures_among(documents, encoder))
        return PeerComparison(documents=named, measures=measures, doubts=doubts).made_from(*documents)
    covers = [_covered(Prepared(document), superior, encoder) for document in documents]
    measures = tuple(
        _measure(None, clause, [_cell(cover[clause.id]) for cover in covers])
        for clause in measures_of(superior)
    )
    return PeerComparison(
        documents=named,
        superior=superior.reference,
        measures=measures,
        doubts=doubts,
        counts=tuple(measure_count([*cover.values()]) for cover in covers),
    ).made_from(*documents, superior)


def _measures_among(documents: Sequence[Document], encoder: SentenceEncoder | None) -> list[PeerMeasure]:
    """Return each document's measures, each once: under the first document that says it.

    Two documents say one measure where either takes it from the other: a measure may be worded at length in one and
    be part of a wider one in the other.
    """
    prepared = [Prepared(document) for document in documents]
    covers = {
        (anchor, other): _covered(prepared[other], documents[anchor], encoder)
        for anchor, other in permutations(range(len(documents)), 2)
    }
    own = [{clause.id: clause for clause in measures_of(document)} for document in documents]
    measure_of = [
        {part.id: clause.id for clause in clauses.values() for part in clause.walk()} for clauses in own
    ]
    said: list[set[str]] = [set() for _ in documents]
    measures: list[PeerMeasure] = []
    for index, clauses in enumerate(own):
        for clause in clauses.values():
            if clause.id in said[index]:
                continue
            cells = []
            for other in range(len(documents)):
                if other == index:
                    cells.append(PeerCell(status=Coverage.ADOPTED, score=1.0, clauses=(clause.id,)))
                    continue
                cell = _cell(covers[index, other][clause.id])
                within = _found_within(clause.id, own[other], covers[other, index], measure_of[index])
                said[other].update(within)
                if cell.status is Coverage.ADOPTED:
                    said[other].update(measure_of[other].get(taker, taker) for taker in cell.clauses[:1])
                elif within:
                    cell = PeerCell(
                        status=Coverage.ADOPTED, score=max(within.values()), clauses=tuple(within)
                    )
                cells.append(cell)
            measures.append(_measure(index, clause, cells))
    return measures


def _covered(
    local: Prepared, superior: Document, encoder: SentenceEncoder | None
) -> dict[str, CoveredClause]:
    """Return what `local` says of each clause of `superior`."""
    return {covered.clause: covered for covered in local.against(superior, encoder=encoder).coverage}


def _found_within(
    clause: str,
    others: Mapping[str, Clause],
    covers: Mapping[str, CoveredClause],
    measure_of: Mapping[str, str],
) -> dict[str, float]:
    """Return the measures of another document that are found above all in one measure, each with its score.

    `covers` says what the document of the measure has of the other's clauses, `measure_of` to which measure each clause belongs.
    """
    return {
        other: covers[other].score
        for other in others
        if covers[other].status is Coverage.ADOPTED
        and covers[other].by
        and measure_of.get(covers[other].by[0]) == clause
    }


def _measure(document: int | None, clause: Clause, cells: Sequence[PeerCell]) -> PeerMeasure:
    words = "\n".join(part.text for part in clause.walk() if part.text)
    return PeerMeasure(
        document=document, clause=clause.id, label=clause.label, text=words, cells=tuple(cells)
    )


def _cell(clause: CoveredClause) -> PeerCell:
    return PeerCell(status=clause.status, score=clause.score, clauses=clause.by)


def name_siblings(comparison: Comparison, local: Document, siblings: Sequence[Document]) -> Comparison:
    """Return the comparison with the earliest sibling named beside each sentence of the local document's own.

    Districts copy each other: much of what reads as new against the superior document is a neighbour's text. Only documents
    issued before the local one are looked at, and only what is sure is named.
    """
    prepared = Prepared(local)
    dated = [(each.reference.issued, each) for each in siblings]
    limit = comparison.local.issued or date.max
    seen: dict[int, SeenIn] = {}
    for day, document in sorted(dated, key=lambda each: each[0] or date.max):
        if day is None or day >= limit:
            continue
        found = prepared.against(document).sentences
        for index, (own, there) in enumerate(zip(comparison.sentences, found, strict=True)):
            if index not in seen and is_own(own) and there.score >= SURE and there.sources:
                source = there.sources[0]
                seen[index] = SeenIn(document=document.reference, clause=source.clause, text=source.text)
    return comparison.model_copy(
        update={
            "sentences": tuple(
                sentence.model_copy(update={"seen_in": seen[index]}) if index in seen else sentence
                for index, sentence in enumerate(comparison.sentences)
            )
        }
    )
