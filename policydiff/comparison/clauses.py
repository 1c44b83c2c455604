"""Verdicts on clauses of both sides; they follow from the sentences."""

from collections.abc import Mapping, Sequence

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
ADOPTED = 0.34
"""From here on adopted was the better guess for the articles of the training pairs: several sentences bear on one
clause, so that a clause is adopted on less than a sentence is derived."""
TOUCHED = 0.22
"""Below this the readers saw no relation more often than one."""
_WHOLE = frozenset({ClauseKind.ARTICLE, ClauseKind.MEASURE, ClauseKind.SUBPARAGRAPH})
"""Clauses that are adopted when anything below them is; a chapter or a level with levels below is adopted by its
own words only, and touched when anything below it is adopted or touched."""
_DIGITS = 4


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


def coverage(superior: Document, sentences: Sequence[SentenceComparison]) -> tuple[CoveredClause, ...]:
    """Return the status of each clause of the superior document, in reading order.

    Adopted: a local sentence that is derived names it as its source. Touched: a local sentence may come from it, or
    is about the same matter. Omitted: neither.
    """
    takers: dict[str, dict[str, float]] = {}
    for sentence in sentences:
        for place, source in enumerate(sentence.sources):
            score = claim(sentence.score, source.score, first=place == 0)
            held = takers.setdefault(source.clause, {})
            held[sentence.clause] = max(score, held.get(sentence.clause, 0.0))
    covered: list[CoveredClause] = []
    for clause in superior.clauses:
        _cover(clause, takers, covered)
    return tuple(covered)


def claim(derived: float, source: float, *, first: bool) -> float:
    """Return how strongly a local sentence claims a superior sentence as its source.

    Args:
        derived: Probability that the local sentence is derived.
        source: Score of the superior sentence as its source.
        first: Whether it is the best source.
    """
    return max(source, derived) if first else min(source, derived)


def _cover(
    clause: Clause, takers: Mapping[str, Mapping[str, float]], covered: list[CoveredClause]
) -> dict[str, float]:
    """Add the clause and all below it to `covered`; return who takes any of it, and how surely."""
    place = len(covered)
    own = dict(takers.get(clause.id, {}))
    below: dict[str, float] = {}
    for child in clause.children:
        for taker, score in _cover(child, takers, covered).items():
            below[taker] = max(score, below.get(taker, 0.0))
    everything = {taker: max(own.get(taker, 0.0), below.get(taker, 0.0)) for taker in own | below}
    counted = everything if clause.kind in _WHOLE else own
    score = max(counted.values(), default=0.0)
    status = _status(score)
    if status is Coverage.OMITTED and _status(max(below.values(), default=0.0)) is not Coverage.OMITTED:
        status = Coverage.TOUCHED
    by = sorted(
        (taker for taker, sure in counted.items() if sure >= TOUCHED),
        key=lambda taker: (-counted[taker], taker),
    )
    covered.insert(
        place,
        CoveredClause(
            clause=clause.id,
            label=clause.label,
            text=clause.text,
            status=status,
            score=round(score, _DIGITS),
            by=tuple(by),
        ),
    )
    return everything


def _status(score: float) -> Coverage:
    if score >= ADOPTED:
        return Coverage.ADOPTED
    return Coverage.TOUCHED if score >= TOUCHED else Coverage.OMITTED
