"""One comparison held against what readers of the two documents saw."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.training.gold import LabelledPair, best_overlap, meet, places, without_blanks
from policydiff.comparison.counted_measures import measures_of
from policydiff.comparison.sentence_units import units_of
from policydiff.model import (
    Clause,
    ClauseKind,
    Comparison,
    Coverage,
    Document,
    Relation,
    SentenceComparison,
    SentenceKind,
)

_ADOPTED_SHARE = 0.5
"""Share of the words of a measure in sentences that a reader lists as sources of derived ones, from which on the measure is
adopted, where the reader gave no verdict: of 58 measures that a reader called adopted 55 lie above, of 30 touched ones 23 below."""
RELATIONS = {
    "VERBATIM": Relation.VERBATIM,
    "ADAPTED": Relation.ADAPTED,
    "RELATED": Relation.ADDED,
    "NEW": Relation.ADDED,
}
"""The relation that a comparison should give for each label of a reader. Readers part what deals with the matter of a superior
provision from what is new; a comparison does not: no figure tells the two apart (`benchmarks.relations`)."""


@dataclass(frozen=True)
class Row:
    """One scored local sentence."""

    derived: bool
    score: float
    rank: int | None
    """Place of the first listed source among those given, from 0; None where none is given or none is listed."""
    labels: frozenset[str] = frozenset()
    """What the readers called it, each of them: VERBATIM, ADAPTED, RELATED or NEW."""
    relation: Relation = Relation.ADDED
    """What the comparison calls it."""
    effect: str | None = None
    """What a reader says its effect is."""
    sentence: SentenceComparison | None = None
    """What the comparison says of it."""
    same_article: bool | None = None
    """Whether the source given first stands in an article, or measure, of a listed one; None where it is listed, or none is given."""
    fused: bool = False
    """Whether readers list several sources."""


@dataclass(frozen=True)
class Measured:
    """What was found on one pair."""

    rows: tuple[Row, ...]
    coverage: tuple[tuple[Coverage, Coverage], ...] = ()
    """(gold, found) for each article or measure of the superior document."""


def measure(pair: LabelledPair, superior: Document, comparison: Comparison) -> Measured:
    """Return scored rows and coverage of one pair."""
    here = places(pair.local, [sentence.text for sentence in comparison.sentences])
    units = units_of(superior)
    there = places(pair.superior, [unit.text for unit in units])
    rows = []
    for gold in pair.sentences:
        if gold.derived is None:
            continue
        index = best_overlap(gold.place, here)
        sentence = comparison.sentences[index] if index is not None else None
        if sentence is None or sentence.kind is not SentenceKind.SENTENCE:
            continue
        rank = None
        if gold.derived:
            given = places_of_sources(pair.superior, [source.text for source in sentence.sources])
            rank = next(
                (
                    place
                    for place, ranges in enumerate(given)
                    if any(meet(one, listed) for one in ranges for listed in gold.sources)
                ),
                None,
            )
        same_article = None
        if gold.derived and rank != 0 and gold.sources and sentence.sources:
            listed = {best_overlap(place, there) for place in gold.sources} - {None}
            articles = {_article(units[index].clause) for index in listed if index is not None}
            same_article = _article(sentence.sources[0].clause) in articles
        rows.append(
            Row(
                gold.derived,
                sentence.score,
                rank,
                frozenset(gold.labels),
                sentence.relation,
                gold.effect,
                sentence,
                same_article,
                len(gold.sources) > 1,
            )
        )
    return Measured(tuple(rows), tuple(_coverage(pair, superior, comparison)))


def _article(clause: str) -> str:
    """Return the article that a clause stands in, else the measure of the second level."""
    steps = clause.split("__")
    article = next((place for place, step in enumerate(steps) if step.startswith("art_")), 1)
    return "__".join(steps[: article + 1])


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


def _coverage(
    pair: LabelledPair, superior: Document, comparison: Comparison
) -> list[tuple[Coverage, Coverage]]:
    """Return (gold, found) for the articles, or the measures, of the superior document."""
    status = {covered.clause: covered.status for covered in comparison.coverage}
    return [(gold, status[clause.id]) for clause, gold in judged_measures(pair, superior)]


def judged_measures(pair: LabelledPair, superior: Document) -> list[tuple[Clause, Coverage]]:
    """Return the articles, or the measures, of a superior document with the readers' status.

    That is the readers' verdict where they gave one. Else it follows from the labels: adopted where derived sentences list
    half of its words as their sources, touched where any sentence lists a part of it, else omitted. A clause that holds no
    sentence (the purpose of the text) is not judged.
    """
    units = [unit for unit in units_of(superior) if unit.kind is SentenceKind.SENTENCE]
    sentences = [*zip(units, places(pair.superior, [unit.text for unit in units]), strict=True)]
    judged: list[tuple[Clause, Coverage]] = []
    clauses = [*measures_of(superior)] if not pair.verdicts else []
    verdicts = [(_clause_that(superior, begins), said) for begins, said in pair.verdicts.items()]
    for clause, verdict in [*verdicts, *((clause, "") for clause in clauses)]:
        if clause is None or verdict is None:
            continue
        within = {part.id for part in clause.walk()}
        own = [place for unit, place in sentences if place is not None and unit.clause in within]
        if own:
            judged.append((clause, Coverage(verdict) if verdict else _gold_status(pair, own)))
    return judged


def _clause_that(superior: Document, begins: str) -> Clause | None:
    """Return the clause that a reader means by how it begins, or by its number alone."""
    words = without_blanks(begins)
    number = words.split("（", 1)[0]
    for clause in superior.walk():
        said = without_blanks(f"{clause.label or ''}{clause.text}")
        if said.startswith(words) or (clause.label and clause.label in {words, number}):
            return clause
    return None


def articles_of(document: Document) -> list[Clause]:
    """Return the articles of a document; none in a policy."""
    return [clause for clause in document.walk() if clause.kind is ClauseKind.ARTICLE]


def _gold_status(pair: LabelledPair, own: Sequence[tuple[int, int]]) -> Coverage:
    listed, derived = set(), set()
    for sentence in pair.sentences:
        for source in sentence.sources:
            for place in own:
                if meet(source, place):
                    listed.add(place)
                    if sentence.derived:
                        derived.add(place)
    size = sum(end - start for start, end in own)
    taken = sum(end - start for start, end in derived)
    if taken >= _ADOPTED_SHARE * size:
        return Coverage.ADOPTED
    return Coverage.TOUCHED if listed else Coverage.OMITTED
