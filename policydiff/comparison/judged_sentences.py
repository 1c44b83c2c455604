"""Judgements to published values: relation, band, sources and the words both sides share.

Headings, notes and rows beside theirs.
"""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from policydiff.comparison.character_runs import Run, Side
from policydiff.comparison.probabilities import SURE, Judged, Scored
from policydiff.comparison.sentence_units import Unit, matter_of
from policydiff.model import (
    Band,
    Matter,
    Relation,
    SentenceComparison,
    SentenceKind,
    SentenceSource,
    SharedSpan,
    SignalType,
)
from policydiff.substance.local_signals import local_signals

POSSIBLE = 0.3
_POSSIBLE_OF_KIN = 0.2
"""Where a document names its superior more of it is derived than the words tell: of the labelled sentences from 0.2 to 0.3
there a quarter is."""
DERIVED = 0.5
"""From here on derived is the better guess."""
_FEWEST_SOURCES = 3
_WORTH_SHOWING = 0.15
_DIGITS = 4
_FIGURES = frozenset("0123456789０１２３４５６７８９.．%％‰")


def sentence_comparisons(
    local: Side,
    superior: Side,
    judged: Sequence[Judged],
    *,
    acknowledged: bool = False,
    calibrated: bool = True,
) -> tuple[SentenceComparison, ...]:
    """Return one comparison for each local unit, in reading order.

    Args:
        local: The local document.
        superior: The superior one.
        judged: What was found on each local sentence.
        acknowledged: Whether the local document names the superior one as what it rests on.
        calibrated: Whether scores are probabilities for texts of this language; if not, none is called sure.
    """
    counterparts = Counterparts(superior.all_units)
    possible = _POSSIBLE_OF_KIN if acknowledged and calibrated else POSSIBLE
    judgements = iter(judged)
    return tuple(
        _sentence(unit, superior.units, next(judgements), possible, calibrated=calibrated)
        if unit.kind is SentenceKind.SENTENCE
        else counterparts.of(unit, calibrated=calibrated)
        for unit in local.all_units
    )


def band_of(score: float, *, possible: float = POSSIBLE, calibrated: bool = True) -> Band:
    """Return the band of a probability."""
    if score >= SURE and calibrated:
        return Band.SURE
    return Band.POSSIBLE if score >= possible else Band.UNLIKELY


def _sentence(
    unit: Unit, superior: Sequence[Unit], judged: Judged, possible: float, *, calibrated: bool
) -> SentenceComparison:
    matter = matter_of(unit.text)
    score = 0.0 if matter is Matter.COMMENCEMENT else round(judged.probability, _DIGITS)
    shown = [
        scored
        for place, scored in enumerate(judged.sources)
        if scored.candidate.runs and (place < _FEWEST_SOURCES or scored.share >= _WORTH_SHOWING)
    ]
    band = band_of(score, possible=possible, calibrated=calibrated)
    return SentenceComparison(
        clause=unit.clause,
        text=unit.text,
        matter=matter,
        relation=_relation(unit, superior, score, band, judged),
        score=score,
        band=band,
        sources=tuple(_source(unit, superior[scored.candidate.source], scored, score) for scored in shown),
    )


def _relation(unit: Unit, superior: Sequence[Unit], score: float, band: Band, judged: Judged) -> Relation:
    """Return the best single guess; related is what a person should look at and what is rather not derived.

    Differences are read in Chinese alone. In any other language a sentence is verbatim only where it is printed like its source.
    No figure tells the readers' *related* from their *new* (area under the curve 0.67, and 0.66 for a model fitted on nothing
    else), so that related is not a topic in common, but a counterpart that may be meant.
    """
    if score >= DERIVED:
        same = _printed(unit) == _printed(superior[judged.sources[0].candidate.source])
        return Relation.VERBATIM if same else Relation.ADAPTED
    return Relation.RELATED if band is Band.POSSIBLE else Relation.ADDED


def _printed(unit: Unit) -> str:
    """Return the text of a sentence without its label, its line breaks and the mark at its end."""
    return " ".join(unit.text[unit.folded.starts[0] :].split()).rstrip(" .;:,")


def _source(unit: Unit, source: Unit, scored: Scored, derived: float) -> SentenceSource:
    return SentenceSource(
        clause=source.clause,
        text=source.text,
        score=round(derived * scored.share, _DIGITS),
        spans=_spans(unit, source, scored.candidate.runs),
    )


def _spans(unit: Unit, source: Unit, runs: Sequence[Run]) -> tuple[SharedSpan, ...]:
    """Return the shared runs as places in the two printed sentences, joined over equal punctuation.

    A run never ends inside a number: 202 of 2023 and 2020 is not shared.
    """
    spans: list[SharedSpan] = []
    for here, there, length in runs:
        span = _whole_numbers(
            SharedSpan(
                unit.folded.starts[here],
                unit.folded.ends[here + length - 1],
                source.folded.starts[there],
                source.folded.ends[there + length - 1],
            ),
            unit.text,
            source.text,
        )
        if span is None:
            continue
        if spans and _joined(spans[-1], span, unit.text, source.text):
            span = SharedSpan(spans[-1].local_start, span.local_end, spans[-1].source_start, span.source_end)
            spans.pop()
        spans.append(span)
    return tuple(spans)


def _whole_numbers(span: SharedSpan, local: str, source: str) -> SharedSpan | None:
    """Return the span without digits at its ends whose number goes on outside it; None where nothing is left."""
    first, last, start, end = span
    while first < last and start < end and _cuts_number(local, first) | _cuts_number(source, start):
        first, start = first + 1, start + 1
    while first < last and start < end and _cuts_number(local, last) | _cuts_number(source, end):
        last, end = last - 1, end - 1
    return SharedSpan(first, last, start, end) if last > first and end > start else None


def _cuts_number(text: str, place: int) -> bool:
    """Return whether a place lies between two characters of one number."""
    return 0 < place < len(text) and text[place - 1] in _FIGURES and text[place] in _FIGURES


def _joined(one: SharedSpan, other: SharedSpan, local: str, source: str) -> bool:
    between = local[one.local_end : other.local_start]
    return other.source_start >= one.source_end and between == source[one.source_end : other.source_start]


_EQUAL = 1.0
_LIKE = 0.6
"""Likeness of two headings from which on one answers the other: 完善组织保障 and 强化组织保障 do, 总体要求 and 工作要求 (0.5) do not."""
_CELL = re.compile(r"[|｜\t]")
_OF_WORDING = frozenset(
    {SignalType.SCOPE, SignalType.BODY, SignalType.PART_ADDED, SignalType.PART_REMOVED, SignalType.REFERENCE}
)
"""Signals that headings of one matter have among each other: 完善 and 强化, a subject more or less."""


class Counterparts:
    """The headings, notes and rows of the superior document, to be looked up."""

    def __init__(self, superior: Sequence[Unit]) -> None:
        self._units: dict[SentenceKind, list[Unit]] = {kind: [] for kind in SentenceKind}
        for unit in superior:
            if unit.kind is not SentenceKind.SENTENCE:
                self._units[unit.kind].append(unit)
        self._words = {kind: [_words(unit) for unit in units] for kind, units in self._units.items()}

    def of(self, unit: Unit, *, calibrated: bool = True) -> SentenceComparison:
        """Return a local heading, note or row with its counterpart, where there is one.

        A heading that rules otherwise than its counterpart (保留社区卫生服务站。 → 撤销社区卫生服务站。) is a sentence taken from it.
        """
        source, score = self._best(unit)
        rules = calibrated and source is not None and _rules_otherwise(source, unit, score)
        relation = Relation.ADDED
        if source is not None:
            relation = Relation.VERBATIM if score >= _EQUAL else Relation.ADAPTED
        return SentenceComparison(
            clause=unit.clause,
            text=unit.text,
            kind=SentenceKind.SENTENCE if rules else unit.kind,
            relation=relation,
            score=round(score, _DIGITS) if source is not None else 0.0,
            band=band_of(score) if rules else Band.UNLIKELY,
            sources=(SentenceSource(clause=source.clause, text=source.text, score=round(score, _DIGITS)),)
            if source is not None
            else (),
        )

    def _best(self, unit: Unit) -> tuple[Unit | None, float]:
        words, others = _words(unit), self._words[unit.kind]
        if not words or not others:
            return None, 0.0
        if unit.kind is SentenceKind.ROW:
            same_row = [place for place, other in enumerate(others) if _name(other) == _name(words)]
            if not same_row:
                return None, 0.0
            found = [(fuzz.ratio(words, others[place]) / 100, -place) for place in same_row]
            score, place = max(found)
            return self._units[unit.kind][-place], score
        best = process.extractOne(words, others, scorer=fuzz.ratio, score_cutoff=100 * _LIKE)
        return (self._units[unit.kind][best[2]], best[1] / 100) if best is not None else (None, 0.0)


def _rules_otherwise(source: Unit, unit: Unit, score: float) -> bool:
    """Return whether a heading and its counterpart differ in what is done, or in a figure, and not in their wording alone.

    Below a sure likeness nothing else may differ: 推动中医药服务高质量发展 and 推动长三角生物医药产业集群高质量发展 (0.6) are two matters.
    """
    if unit.kind is not SentenceKind.HEADING:
        return False
    of_wording = [signal.type in _OF_WORDING for signal in local_signals(source.text, unit.text)]
    return not all(of_wording) and (score >= SURE or not any(of_wording))


def _words(unit: Unit) -> str:
    if unit.kind is SentenceKind.ROW:
        return "|".join(cell.strip() for cell in _CELL.split(unit.text.strip("|｜ ")))
    return unit.folded.text.replace(" ", "") or unit.text.strip()


def _name(row: str) -> str:
    """Return the first cell with words of a row: what the row is about."""
    return next((cell for cell in row.split("|") if cell and not cell.replace(".", "").isdigit()), row)
