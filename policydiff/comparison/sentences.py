"""Judgements to published values: relation, band, sources and the words both sides share."""

from collections.abc import Sequence

from policydiff.comparison.overlap import Run
from policydiff.comparison.probabilities import Judged, Scored
from policydiff.comparison.units import Unit
from policydiff.model import Band, Relation, SentenceComparison, SentenceSource, SharedSpan

SURE = 0.7
POSSIBLE = 0.3
DERIVED = 0.5
"""From here on derived is the better guess."""
_VERBATIM = 0.66
"""Share of what both sentences say that must be said in the same words (local side counts 0.7, source 0.3)."""
_RELATED = 0.05
"""Below this the topic is another one, as far as the score can tell: readers and this threshold agree on two thirds of the
sentences that are not derived (`docs/accuracy/comparison.md`), with whatever threshold."""
_MOST_SOURCES = 5
_FEWEST_SOURCES = 3
_WORTH_SHOWING = 0.15
_DIGITS = 4


def sentence_comparisons(
    local: Sequence[Unit], superior: Sequence[Unit], judged: Sequence[Judged]
) -> tuple[SentenceComparison, ...]:
    """Return one comparison for each local sentence, in reading order."""
    return tuple(_sentence(unit, superior, judgement) for unit, judgement in zip(local, judged, strict=True))


def band_of(score: float) -> Band:
    """Return the band of a probability."""
    if score >= SURE:
        return Band.SURE
    return Band.POSSIBLE if score >= POSSIBLE else Band.UNLIKELY


def _sentence(unit: Unit, superior: Sequence[Unit], judged: Judged) -> SentenceComparison:
    score = round(judged.probability, _DIGITS)
    shown = [
        scored
        for place, scored in enumerate(judged.sources[:_MOST_SOURCES])
        if scored.candidate.runs and (place < _FEWEST_SOURCES or scored.score >= _WORTH_SHOWING)
    ]
    return SentenceComparison(
        clause=unit.clause,
        text=unit.text,
        relation=_relation(score, judged),
        score=score,
        band=band_of(score),
        sources=tuple(_source(unit, superior[scored.candidate.source], scored) for scored in shown),
    )


def _relation(score: float, judged: Judged) -> Relation:
    if score >= DERIVED:
        best = judged.sources[0].candidate
        same = 0.7 * best.covered + 0.3 * best.source_covered
        return Relation.VERBATIM if same >= _VERBATIM else Relation.ADAPTED
    return Relation.RELATED if score >= _RELATED else Relation.ADDED


def _source(unit: Unit, source: Unit, scored: Scored) -> SentenceSource:
    return SentenceSource(
        clause=source.clause,
        text=source.text,
        score=round(scored.score, _DIGITS),
        spans=_spans(unit, source, scored.candidate.runs),
    )


def _spans(unit: Unit, source: Unit, runs: Sequence[Run]) -> tuple[SharedSpan, ...]:
    """Return the shared runs as places in the two printed sentences, joined over equal punctuation."""
    spans: list[SharedSpan] = []
    for here, there, length in runs:
        span = SharedSpan(
            unit.folded.starts[here],
            unit.folded.ends[here + length - 1],
            source.folded.starts[there],
            source.folded.ends[there + length - 1],
        )
        if spans and _joined(spans[-1], span, unit.text, source.text):
            span = SharedSpan(spans[-1].local_start, span.local_end, spans[-1].source_start, span.source_end)
            spans.pop()
        spans.append(span)
    return tuple(spans)


def _joined(one: SharedSpan, other: SharedSpan, local: str, source: str) -> bool:
    between = local[one.local_end : other.local_start]
    return other.source_start >= one.source_end and between == source[one.source_end : other.source_start]
