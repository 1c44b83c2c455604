"""Compare a local document with the superior document it implements."""

from collections import Counter
from collections.abc import Sequence

from policydiff.comparison.bodies import body_comparisons, responsibility_comparisons
from policydiff.comparison.burdens import burdens_of
from policydiff.comparison.clauses import (
    clause_comparisons,
    coverage,
    local_measures,
    measure_count,
)
from policydiff.comparison.differences import with_delegations, with_differences
from policydiff.comparison.encoders import Meaning, SentenceEncoder
from policydiff.comparison.languages import language_of
from policydiff.comparison.order import order_doubt, rests_on
from policydiff.comparison.probabilities import Models, judge
from policydiff.comparison.sentences import sentence_comparisons
from policydiff.comparison.sides import Side, side_of
from policydiff.comparison.targets import target_comparisons
from policydiff.model import (
    Band,
    Comparison,
    ComparisonSummary,
    Coverage,
    CoveredClause,
    Document,
    LocalMeasure,
    OwnMeasureCount,
    Reading,
    Reference,
    Relation,
    SentenceComparison,
    SentenceKind,
)
from policydiff.substance import genre_of


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
    return Prepared(local, reference=local_reference).against(
        superior, reference=superior_reference, encoder=encoder, trained=trained
    )


class Prepared:
    """A local document with its side of comparisons worked out once, for one superior document or several."""

    def __init__(self, local: Document, *, reference: Reference | None = None) -> None:
        """Work out the local side.

        Args:
            local: The document of the lower level.
            reference: How results name it; by default title, number and issuer.
        """
        self.document = local
        self.reference = reference or local.reference
        self.language = language_of(local)
        self._sides: dict[bool, Side] = {}

    def against(
        self,
        superior: Document,
        *,
        reference: Reference | None = None,
        encoder: SentenceEncoder | None = None,
        trained: Models | None = None,
    ) -> Comparison:
        """Return the comparison with one superior document; arguments as for `compare_documents`."""
        local = self.document
        language = self.language if language_of(superior) == self.language else "und"
        chinese = language == "zh"
        here, there = self._side(chinese=chinese), side_of(superior, chinese=chinese)
        meaning = None
        if encoder is not None and here.units and there.units:
            meaning = Meaning(
                [unit.text for unit in here.units], [unit.text for unit in there.units], encoder
            )
        acknowledged = rests_on(local, superior)
        judged = judge(
            here,
            there,
            acknowledged=acknowledged,
            meaning=meaning,
            trained=trained,
        )
        genre = genre_of(local)
        sentences = sentence_comparisons(here, there, judged, acknowledged=acknowledged, calibrated=chinese)
        if chinese:
            sentences = with_delegations(
                with_differences(sentences, genre, local=local.targets, superior=superior.targets),
                there.units,
            )
        covered = coverage(superior, there.all_units, sentences)
        own = local_measures(local, sentences)
        return Comparison(
            local=self.reference,
            superior=reference or superior.reference,
            summary=_summary(sentences, covered, own),
            sentences=sentences,
            clauses=clause_comparisons(local, sentences),
            coverage=covered,
            local_measures=own,
            targets=target_comparisons(
                local.targets,
                superior.targets,
                sentences,
                same_level=None in (local.level, superior.level) or local.level == superior.level,
            ),
            responsibilities=responsibility_comparisons(
                local.responsibilities, superior.responsibilities, sentences
            ),
            bodies=body_comparisons(local, superior, sentences) if chinese else (),
            burdens=burdens_of(sentences, genre, _words_of(superior)) if chinese else (),
            reading=Reading(language=language, calibrated=chinese),
            order=order_doubt(local, superior, sentences),
        )

    def _side(self, *, chinese: bool) -> Side:
        if chinese not in self._sides:
            self._sides[chinese] = side_of(self.document, chinese=chinese)
        return self._sides[chinese]


def _words_of(document: Document) -> str:
    return "\n".join(clause.text for clause in document.walk())


def _summary(
    units: Sequence[SentenceComparison],
    covered: Sequence[CoveredClause],
    own: Sequence[LocalMeasure],
) -> ComparisonSummary:
    sentences = [unit for unit in units if unit.kind is SentenceKind.SENTENCE]
    relations = Counter(sentence.relation for sentence in sentences)
    bands = Counter(sentence.band for sentence in sentences)
    statuses = Counter(clause.status for clause in covered)
    new = tuple(measure.clause for measure in own if measure.is_new)
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
        estimated_share=round(sum(sentence.score for sentence in sentences) / size, 4),
        clauses_adopted=statuses[Coverage.ADOPTED],
        clauses_touched=statuses[Coverage.TOUCHED],
        clauses_omitted=statuses[Coverage.OMITTED],
        measures=measure_count(covered),
        own_measures=OwnMeasureCount(total=len(own), added=len(new), clauses=new),
        effects=dict(sorted(Counter(each.effect for each in sentences if each.effect is not None).items())),
    )
