"""One comparison held against what readers of the two documents saw."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.training.gold import LabelledPair, best_overlap, places
from policydiff.model import Clause, ClauseKind, Comparison, Coverage, Document, Relation

_POLICY = frozenset({ClauseKind.LEVEL, ClauseKind.MEASURE})
_RELATIONS = {
    "VERBATIM": Relation.VERBATIM,
    "ADAPTED": Relation.ADAPTED,
    "RELATED": Relation.RELATED,
    "NEW": Relation.ADDED,
}


@dataclass(frozen=True)
class Row:
    """One scored local sentence."""

    derived: bool
    score: float
    rank: int | None
    """Place of the first listed source among those given, from 0; None where none is given or none is listed."""
    labels: frozenset[Relation] = frozenset()
    """What the readers called it, each of them."""
    relation: Relation = Relation.ADDED
    """What the comparison calls it."""


@dataclass(frozen=True)
class Measured:
    """What was found on one pair."""

    rows: tuple[Row, ...]
    coverage: tuple[tuple[Coverage, Coverage], ...] = ()
    """(gold, found) for each article or measure of the superior document."""


def measure(pair: LabelledPair, superior: Document, comparison: Comparison) -> Measured:
    """Return scored rows and coverage of one pair."""
    here = places(pair.local, [sentence.text for sentence in comparison.sentences])
    rows = []
    for gold in pair.sentences:
        if gold.derived is None:
            continue
        index = best_overlap(gold.place, here)
        sentence = comparison.sentences[index] if index is not None else None
        rank = None
        if sentence is not None and gold.derived:
            given = places_of_sources(pair.superior, [source.text for source in sentence.sources])
            rank = next(
                (
                    place
                    for place, ranges in enumerate(given)
                    if any(meet(one, listed) for one in ranges for listed in gold.sources)
                ),
                None,
            )
        labels = frozenset(_RELATIONS[label] for label in gold.labels)
        score, relation = (sentence.score, sentence.relation) if sentence else (0.0, Relation.ADDED)
        rows.append(Row(gold.derived, score, rank, labels, relation))
    return Measured(tuple(rows), tuple(_coverage(pair, superior, comparison)))


def places_of_sources(text: str, sources: Sequence[str]) -> list[list[tuple[int, int]]]:
    """Return for each quoted source every place where it stands in the superior text without blanks."""
    bare = "".join(text.split())
    found = []
    for source in sources:
        words = "".join(source.split())
        ranges, start = [], bare.find(words)
        while start >= 0 and words:
            ranges.append((start, start + len(words)))
            start = bare.find(words, start + 1)
        found.append(ranges)
    return found


def meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Return whether two ranges share more than half of the shorter one."""
    return min(one[1], other[1]) - max(one[0], other[0]) > 0.5 * min(one[1] - one[0], other[1] - other[0])


def _coverage(
    pair: LabelledPair, superior: Document, comparison: Comparison
) -> list[tuple[Coverage, Coverage]]:
    """Return (gold, found) for the articles, or the measures, of the superior document.

    Gold is the readers' verdict where they gave one. Else it follows from the labels: adopted where a derived sentence
    lists a sentence of the clause as its source, touched where only another one lists it, else omitted.
    """
    status = {covered.clause: covered.status for covered in comparison.coverage}
    clauses = [clause for clause in superior.walk() if clause.text]
    ranges = dict(
        zip(
            (clause.id for clause in clauses),
            places(pair.superior, [one.text for one in clauses]),
            strict=True,
        )
    )
    compared = []
    for clause in _measures(superior):
        if clause.label and clause.label in pair.verdicts:
            verdict = pair.verdicts[clause.label]
            if verdict is not None:
                compared.append((Coverage(verdict), status[clause.id]))
            continue
        own = [place for part in clause.walk() if (place := ranges.get(part.id)) is not None]
        compared.append((_gold_status(pair, own), status[clause.id]))
    return compared


def _measures(superior: Document) -> list[Clause]:
    """Return the articles; in a policy, the levels and measures that say something and have none below them."""
    return articles_of(superior) or [
        clause
        for clause in superior.walk()
        if clause.kind in _POLICY
        and not any(part.kind in _POLICY for child in clause.children for part in child.walk())
        and any("。" in part.text for part in clause.walk())
    ]


def articles_of(document: Document) -> list[Clause]:
    """Return the articles of a document; none in a policy."""
    return [clause for clause in document.walk() if clause.kind is ClauseKind.ARTICLE]


def _gold_status(pair: LabelledPair, own: Sequence[tuple[int, int]]) -> Coverage:
    listing = [
        sentence.derived
        for sentence in pair.sentences
        if any(meet(source, place) for source in sentence.sources for place in own)
    ]
    if any(listing):
        return Coverage.ADOPTED
    return Coverage.TOUCHED if listing else Coverage.OMITTED
