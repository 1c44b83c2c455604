"""Compare a local document with the superior document it implements."""

from collections import Counter
from collections.abc import Sequence

from policydiff.comparison.clauses import clause_comparisons, coverage
from policydiff.comparison.descent import rests_on
from policydiff.comparison.encoders import Meaning, SentenceEncoder
from policydiff.comparison.probabilities import Judged, judge
from policydiff.comparison.responsibilities import responsibility_comparisons
from policydiff.comparison.sentences import sentence_comparisons
from policydiff.comparison.sides import Side
from policydiff.comparison.targets import target_comparisons
from policydiff.comparison.units import units_of
from policydiff.comparison.weights import Models
from policydiff.model import (
    Band,
    Comparison,
    ComparisonSummary,
    Coverage,
    CoveredClause,
    Document,
    Reference,
    Relation,
    SentenceComparison,
)


def compare_documents(
    local: Document,
    superior: Document,
    *,
    local_reference: Reference | None = None,
    superior_reference: Reference | None = None,
    encoder: SentenceEncoder | None = None,
    trained: Models | None = None,
) -> Comparison:
    """Return what `local` took from `superior`, sentence by sentence and clause by clause.

    Args:
        local: The document of the lower level.
        superior: The document it implements.
        local_reference: How the result names the local text; by default title, number and issuer.
        superior_reference: The same for the superior text.
        encoder: A sentence encoder that adds likeness of meaning to the words compared; the base needs none.
        trained: Other weights than those that ship.
    """
    here, there = units_of(local), units_of(superior)
    meaning = None
    if encoder is not None and here and there:
        meaning = Meaning([unit.text for unit in here], [unit.text for unit in there], encoder)
    judged = judge(
        Side(here),
        Side(there),
        acknowledged=rests_on(local, superior),
        meaning=meaning,
        trained=trained,
    )
    sentences = sentence_comparisons(here, there, judged)
    covered = coverage(superior, sentences)
    return Comparison(
        local=local_reference or local.reference,
        superior=superior_reference or superior.reference,
        summary=_summary(sentences, judged, covered),
        sentences=sentences,
        clauses=clause_comparisons(local, sentences),
        coverage=covered,
        targets=target_comparisons(local.targets, superior.targets, sentences),
        responsibilities=responsibility_comparisons(
            local.responsibilities, superior.responsibilities, sentences
        ),
    )


def _summary(
    sentences: Sequence[SentenceComparison], judged: Sequence[Judged], covered: Sequence[CoveredClause]
) -> ComparisonSummary:
    relations = Counter(sentence.relation for sentence in sentences)
    bands = Counter(sentence.band for sentence in sentences)
    statuses = Counter(clause.status for clause in covered)
    size = max(1, len(sentences))
    return ComparisonSummary(
        sentences=len(sentences),
        verbatim=relations[Relation.VERBATIM],
        adapted=relations[Relation.ADAPTED],
        related=relations[Relation.RELATED],
        added=relations[Relation.ADDED],
        sure=bands[Band.SURE],
        possible=bands[Band.POSSIBLE],
        counted_share=round(bands[Band.SURE] / size, 4),
        estimated_share=round(sum(judgement.probability for judgement in judged) / size, 4),
        clauses_adopted=statuses[Coverage.ADOPTED],
        clauses_touched=statuses[Coverage.TOUCHED],
        clauses_omitted=statuses[Coverage.OMITTED],
    )
