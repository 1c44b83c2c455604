"""Verdicts on clauses of both sides; they follow from the sentences."""

from collections.abc import Mapping, Sequence
from math import prod

from policydiff.model import (
    Band,
    Clause,
    ClauseComparison,
    ClauseKind,
    Coverage,
    CoveredClause,
    Document,
    Relation,
    SentenceComparison,
)

_DERIVED = 0.5
_ADOPTED = 0.34
"""From here on adopted is the better guess, whichever superior document of the labelled pairs is left out."""
_TOUCHED = 0.22
_TOUCHED_MEASURE = 0.15
"""Measures of policies treat a theme in several sentences: three in four of those that score from 0.1 to 0.3 were
touched as readers saw it, of articles one in five."""
_SURELY_ONE_OF_SEVERAL = 0.5
"""A sentence claims its second source and further ones where they are more likely a source than not."""
_WHOLE = frozenset({ClauseKind.ARTICLE, ClauseKind.SUBPARAGRAPH})
"""Clauses that are adopted when anything below them is. So is a level or measure with none below. A chapter, or a
level with levels below, is adopted by its own words only, and touched when anything below it is adopted or touched."""
_MEASURES = frozenset({ClauseKind.LEVEL, ClauseKind.MEASURE})
_DIGITS = 4

_Claims = dict[int, float]
"""For each local sentence, by its place, how likely it is derived from a clause."""


def clause_comparisons(
    document: Document, sentences: Sequence[SentenceComparison]
) -> tuple[ClauseComparison, ...]:
    """Return a verdict for each local clause that holds sentences, in reading order."""
    labels = {clause.id: clause.label for clause in document.walk()}
    by_clause: dict[str, list[SentenceComparison]] = {}
    for sentence in sentences:
        by_clause.setdefault(sentence.clause, []).append(sentence)
    return tuple(_verdict(clause, labels.get(clause), members) for clause, members in by_clause.items())


def _verdict(clause: str, label: str | None, members: Sequence[SentenceComparison]) -> ClauseComparison:
    size = sum(len(member.text) for member in members) or 1
    score = sum(member.score * len(member.text) for member in members) / size
    share: dict[Relation, float] = {}
    for member in members:
        share[member.relation] = share.get(member.relation, 0.0) + len(member.text) / size
    derived = share.get(Relation.VERBATIM, 0.0) + share.get(Relation.ADAPTED, 0.0)
    if derived:
        verbatim = share.get(Relation.VERBATIM, 0.0) > _DERIVED
        relation = Relation.VERBATIM if verbatim else Relation.ADAPTED
    else:
        relation = Relation.RELATED if Relation.RELATED in share else Relation.ADDED
    weight: dict[str, float] = {}
    for member in members:
        if member.band is not Band.UNLIKELY:
            for source in member.sources:
                weight[source.clause] = weight.get(source.clause, 0.0) + member.score * source.score
    sources = sorted(weight, key=lambda source: (-weight[source], source))
    return ClauseComparison(
        clause=clause, label=label, relation=relation, score=round(score, _DIGITS), sources=tuple(sources)
    )


def measures_of(document: Document) -> list[Clause]:
    """Return the clauses that a reader would count as provisions or measures, in reading order.

    Articles; in a text without, the levels and measures that have none below them; without those too, whatever stands
    at the top.
    """
    articles = [clause for clause in document.walk() if clause.kind is ClauseKind.ARTICLE]
    if articles:
        return articles
    lowest = [clause for clause in document.walk() if clause.kind in _MEASURES and _counts_whole(clause)]
    return lowest or [clause for clause in document.clauses if clause.text]


def coverage(superior: Document, sentences: Sequence[SentenceComparison]) -> tuple[CoveredClause, ...]:
    """Return the status of each clause of the superior document, in reading order.

    A clause scores the probability that at least one local sentence is derived from it. Adopted: that is likely.
    Touched: it may be, or a local sentence is about the same matter. Omitted: neither.
    """
    claims: dict[str, _Claims] = {}
    for place, sentence in enumerate(sentences):
        for rank, source in enumerate(sentence.sources):
            held = claims.setdefault(source.clause, {})
            claimed = claim(sentence.score, source.score, first=rank == 0)
            held[place] = max(claimed, held.get(place, 0.0))
    takers = [sentence.clause for sentence in sentences]
    covered: list[CoveredClause] = []
    for clause in superior.clauses:
        _cover(clause, claims, takers, covered)
    return tuple(covered)


def claim(derived: float, source: float, *, first: bool) -> float:
    """Return how likely a local sentence is derived from one of its sources.

    Args:
        derived: Probability that the local sentence is derived.
        source: Score of the superior sentence as its source.
        first: Whether it is the best source.
    """
    if first:
        return derived
    return min(source, derived) if source >= _SURELY_ONE_OF_SEVERAL else 0.0


def _cover(
    clause: Clause, claims: Mapping[str, _Claims], takers: Sequence[str], covered: list[CoveredClause]
) -> _Claims:
    """Add the clause and all below it to `covered`; return the claims on any of it."""
    place = len(covered)
    own = claims.get(clause.id, {})
    below: _Claims = {}
    for child in clause.children:
        _join(below, _cover(child, claims, takers, covered))
    everything = dict(own)
    _join(everything, below)
    counted = everything if _counts_whole(clause) else own
    score = _any_of(counted)
    status = _status(clause, score)
    if status is Coverage.OMITTED and _status(clause, _any_of(below)) is not Coverage.OMITTED:
        status = Coverage.TOUCHED
    covered.insert(
        place,
        CoveredClause(
            clause=clause.id,
            label=clause.label,
            text=clause.text,
            status=status,
            score=round(score, _DIGITS),
            by=_by(counted, takers) if score >= _touched_from(clause) else (),
        ),
    )
    return everything


def _join(claims: _Claims, more: Mapping[int, float]) -> None:
    """Add claims; a sentence that claims several sentences of a clause claims it once."""
    for sentence, claimed in more.items():
        claims[sentence] = max(claimed, claims.get(sentence, 0.0))


def _any_of(claims: Mapping[int, float]) -> float:
    """Return how likely at least one claim holds."""
    return 1.0 - prod(1.0 - claimed for _, claimed in sorted(claims.items()))


def _by(claims: Mapping[int, float], takers: Sequence[str]) -> tuple[str, ...]:
    """Return the local clauses whose sentences make the score, surest first."""
    sure: dict[str, float] = {}
    for sentence, claimed in claims.items():
        sure[takers[sentence]] = max(claimed, sure.get(takers[sentence], 0.0))
    least = min(_TOUCHED, max(sure.values()))
    return tuple(
        sorted((taker for taker in sure if sure[taker] >= least), key=lambda taker: (-sure[taker], taker))
    )


def _counts_whole(clause: Clause) -> bool:
    if clause.kind in _MEASURES:
        return not any(part.kind in _MEASURES for child in clause.children for part in child.walk())
    return clause.kind in _WHOLE


def _touched_from(clause: Clause) -> float:
    return _TOUCHED_MEASURE if clause.kind in _MEASURES else _TOUCHED


def _status(clause: Clause, score: float) -> Coverage:
    if score >= _ADOPTED:
        return Coverage.ADOPTED
    return Coverage.TOUCHED if score >= _touched_from(clause) else Coverage.OMITTED
