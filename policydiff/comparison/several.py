"""Comparisons of more than two documents: with several superiors, among peers, and with a superior before and after a revision."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import permutations

from rapidfuzz.fuzz import ratio

from policydiff.collector import collecting_seldom
from policydiff.comparison.body_pairs import stands_in
from policydiff.comparison.character_runs import shared_runs
from policydiff.comparison.compare import Prepared, are_versions, rests_on
from policydiff.comparison.counted_measures import is_own, measure_count, measures_of
from policydiff.comparison.differences import ALSO_A_SOURCE
from policydiff.comparison.encoders import SentenceEncoder
from policydiff.comparison.folding import fold
from policydiff.comparison.judged_sentences import DERIVED, POSSIBLE
from policydiff.comparison.probabilities import SURE
from policydiff.comparison.sentence_units import units_of
from policydiff.model import (
    Change,
    ChangeKind,
    Clause,
    Comparison,
    Coverage,
    CoveredClause,
    Document,
    Effect,
    OrderDoubt,
    Pace,
    PaceComparison,
    PaceOfClause,
    PeerCell,
    PeerComparison,
    PeerMeasure,
    SeenIn,
    SentenceComparison,
    SentenceKind,
    SentenceOrigin,
    SentenceSource,
    SourcedComparison,
)
from policydiff.revision.diffing import diff_documents


@collecting_seldom()
def compare_many(
    local: Document, superiors: Sequence[Document], *, encoder: SentenceEncoder | None = None
) -> SourcedComparison:
    """Return the content that `local` took from each of several superior documents, and the content from none of them."""
    prepared = Prepared(local)
    comparisons = tuple(prepared.against(superior, encoder=encoder) for superior in superiors)
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
    return SourcedComparison(
        local=local.reference,
        comparisons=comparisons,
        origins=tuple(origins),
        doubts=tuple(_beside(superior, superiors) for superior in superiors),
    ).made_from(local, *superiors)


def _beside(one: Document, documents: Sequence[Document], *, peers: bool = False) -> OrderDoubt | None:
    """Return a doubt about a document among others: a version of it, or (among `peers`) a document that rests on it."""
    others = [other for other in documents if other is not one]
    if any(are_versions(one, other, ()) for other in others):
        return OrderDoubt.VERSIONS
    return OrderDoubt.SWAPPED if peers and any(rests_on(other, one) for other in others) else None


@collecting_seldom()
def compare_peers(
    documents: Sequence[Document], superior: Document | None = None, *, encoder: SentenceEncoder | None = None
) -> PeerComparison:
    """Return the measures of several documents of one level side by side.

    Listed are the measures of `superior` (articles; in a policy its lowest levels), or without it the
    measures of every document, each under the first document that has it.
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
    """Return the measures of all documents, each once, under the first document that has it.

    Two documents have one measure if either takes it from the other, because a measure may be long in one
    document and part of a wider measure in the other.
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
    """Return the coverage of each clause of `superior` by `local`."""
    return {covered.clause: covered for covered in local.against(superior, encoder=encoder).coverage}


def _found_within(
    clause: str,
    others: Mapping[str, Clause],
    covers: Mapping[str, CoveredClause],
    measure_of: Mapping[str, str],
) -> dict[str, float]:
    """Return the measures of another document that are found mainly in the measure `clause`, each with its score."""
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

    Districts copy each other: many sentences that look new against the superior document are a
    neighbour's. Only documents issued before the local one are searched, and only sure matches are named.
    """
    prepared = Prepared(local)
    limit = comparison.local.issued or date.max
    dated = [(day, each) for each in siblings if (day := each.reference.issued) is not None and day < limit]
    seen: dict[int, SeenIn] = {}
    for _, document in sorted(dated, key=lambda each: each[0]):
        found = prepared.against(document).sentences
        for index, (own, there) in enumerate(zip(comparison.sentences, found, strict=True)):
            if index not in seen and is_own(own) and there.score >= SURE and there.sources:
                source = there.sources[0]
                seen[index] = SeenIn(document=document.reference, clause=source.clause, text=source.text)
    sentences = tuple(
        sentence.model_copy(update={"seen_in": seen[index]}) if index in seen else sentence
        for index, sentence in enumerate(comparison.sentences)
    )
    return comparison.model_copy(update={"sentences": sentences})


_HALF = 0.5
_REWORDED = 40
"""Likeness of two sentences, in percent, from which one is a rewording of the other."""
_GRAVEST = (Pace.BEHIND, Pace.UNFOUNDED, Pace.APART, Pace.CURRENT)
_FIGURES = frozenset("0123456789一二两三四五六七八九十百千万亿半")

_Said = tuple[str, str, str]
"""A sentence of the revised text: its clause, its folded words, its printed words."""


@collecting_seldom()
def compare_over_time(
    local: Document, old_superior: Document, new_superior: Document, *, encoder: SentenceEncoder | None = None
) -> PaceComparison:
    """Return the local clauses that lag behind after the superior document was revised.

    Sentences whose source did not change are not listed.
    """
    prepared = Prepared(local)
    before = prepared.against(old_superior, encoder=encoder)
    after = prepared.against(new_superior, encoder=encoder)
    revision = diff_documents(old_superior, new_superior)
    said_now = _said(new_superior)
    clauses: list[PaceOfClause] = []
    for was, is_now in zip(before.sentences, after.sentences, strict=True):
        if was.kind is not SentenceKind.SENTENCE or was.score < DERIVED:
            continue
        paces = [
            found
            for source in was.sources
            if source.score >= ALSO_A_SOURCE
            and (found := _pace_of(was, source, is_now, revision.changes, said_now)) is not None
        ]
        if paces:  # several sources of a sentence were revised: the gravest pace is told
            clauses.append(min(paces, key=lambda found: _GRAVEST.index(found.pace)))
    clauses += _missing(after, revision.changes, [words for *_, words in _said(old_superior)], said_now)
    return PaceComparison(
        local=local.reference,
        old_superior=old_superior.reference,
        new_superior=new_superior.reference,
        before=before.summary.measures,
        after=after.summary.measures,
        reading=after.reading,
        order=before.order if after.order is OrderDoubt.LATER else after.order,  # a revision may be later
        doubt=revision.doubt,
        clauses=tuple(clauses),
    ).made_from(local, old_superior, new_superior)


def _said(superior: Document) -> list[_Said]:
    sentences = (unit for unit in units_of(superior) if unit.kind is SentenceKind.SENTENCE)
    return [(unit.clause, fold(unit.text).text, unit.text) for unit in sentences]


def _pace_of(
    was: SentenceComparison,
    source: SentenceSource,
    is_now: SentenceComparison,
    changes: Sequence[Change],
    said_now: Sequence[_Said],
) -> PaceOfClause | None:
    """Return the pace of a local sentence after one of its sources was revised; None if the source did not change.

    A rule of the local document's own that is looser than the revised text is behind that text, whatever its
    words.
    """
    # The change whose old unit holds the clause; the innermost of several
    holding = [
        (len(unit.id), index)
        for index, change in enumerate(changes)
        for unit in change.old
        if stands_in(source.clause, unit.id)
    ]
    change = changes[max(holding)[1]] if holding else None
    if change is None or change.kind is ChangeKind.UNCHANGED:
        return None
    old_words = fold(source.text).text
    revised = [said for said in said_now if any(stands_in(said[0], unit.id) for unit in change.new)]
    if any(words == old_words for _, words, _ in revised):
        return None
    successor = _successor(source.text, is_now, revised)
    pace = Pace.UNFOUNDED
    if successor is not None:
        pace = _pace(fold(was.text).text, old_words, successor[1])
    if pace is Pace.APART and is_now.effect is Effect.LOOSENED:
        pace = Pace.BEHIND
    return PaceOfClause(
        pace=pace,
        clause=was.clause,
        text=was.text,
        old=source.clause,
        new=successor[0] if successor is not None else None,
        score=was.score,
    )


def _successor(old: str, is_now: SentenceComparison, revised: Sequence[_Said]) -> tuple[str, str] | None:
    """Return the revised sentence that a local sentence should be compared with, as clause and folded words.

    Within the revised clause this is the sentence that the local sentence comes from, else the sentence
    most like the old one. If clause or sentence is gone, or was moved and reworded beyond recognition, it is
    any present source of the local sentence; None without a source.
    """
    named = {source.text for source in is_now.sources} if is_now.score >= POSSIBLE else set()
    within = [said for said in revised if said[2] in named] or revised
    if within:
        best = max(within, key=lambda said: ratio(old, said[2]))
        if best[2] in named or (is_now.score < DERIVED and ratio(old, best[2]) >= _REWORDED):
            return best[:2]
    if named:
        source = is_now.sources[0]
        return source.clause, fold(source.text).text
    return None


def _pace(own: str, old: str, new: str) -> Pace:
    """Return the pace of a local sentence between two wordings of its source; all three are folded.

    It is behind if it holds half or more of the words that the revision struck out, or lacks more than
    half of the words that the revision only added. If words were exchanged and it holds neither half, it is
    apart.
    """
    struck, put_in = _only_in(old, new), _only_in(new, old)
    if struck and _share_held(struck, own) >= _HALF:
        return Pace.BEHIND
    if not put_in or _share_held(put_in, own) >= _HALF:
        return Pace.CURRENT
    return Pace.APART if struck else Pace.BEHIND


def _only_in(one: str, other: str) -> list[str]:
    """Return the stretches of words that only the first wording has.

    A single character (并, 的) counts for nothing unless it is a figure, which is returned with its neighbours (于二十).
    """
    stretches: list[str] = []
    end = 0
    for start, _, length in [*shared_runs(one, other), (len(one), 0, 0)]:
        if start - end == 1 and one[end] in _FIGURES:
            stretches.append(one[max(0, end - 1) : start + 1].strip())
        stretches.extend(stretch for stretch in one[end:start].split() if len(stretch) > 1)
        end = start + length
    return stretches


def _share_held(stretches: Sequence[str], words: str) -> float:
    held = sum(length for stretch in stretches for _, _, length in shared_runs(stretch, words))
    return held / sum(map(len, stretches))


def _missing(
    after: Comparison, changes: Sequence[Change], said_then: Sequence[str], said_now: Sequence[_Said]
) -> Iterator[PaceOfClause]:
    """Yield new superior content not taken up, in order of the revised text: clauses not adopted, new sentences in kept clauses.

    A heading over new clauses lays down nothing and is left out; an article in paragraphs is represented by its paragraphs.
    """
    coverage = {covered.clause: covered for covered in after.coverage}
    own: dict[str, list[tuple[str, str]]] = {unit.id: [] for change in changes for unit in change.new}
    for clause, _, text in said_now:
        parts = clause.split("__")
        above = ("__".join(parts[:depth]) for depth in range(len(parts), 0, -1))
        if holder := next((each for each in above if each in own), None):
            own[holder].append((clause, text))
    taken: dict[str, float] = {}
    for sentence in after.sentences:
        for source in sentence.sources:
            taken[source.text] = max(taken.get(source.text, 0.0), min(source.score, sentence.score))
    for change in changes:
        found = []
        if change.kind is ChangeKind.ADDED:
            found = [
                (
                    each.clause,
                    each.text if said[0][1] in each.text else "".join(words for _, words in said),
                    each.score,
                )
                for unit in change.new
                if (each := coverage.get(unit.id)) is not None
                and (said := own[unit.id])
                and each.status is not Coverage.ADOPTED
            ]
        elif change.old and change.kind is not ChangeKind.UNCHANGED:
            found = [
                (clause, text, taken.get(text, 0.0))
                for unit in change.new
                for clause, text in own[unit.id]
                if taken.get(text, 0.0) < DERIVED and all(ratio(text, old) < _REWORDED for old in said_then)
            ]
        for clause, text, chance in found:
            yield PaceOfClause(
                pace=Pace.MISSING, clause=None, text=text, old=None, new=clause, score=round(1 - chance, 4)
            )
