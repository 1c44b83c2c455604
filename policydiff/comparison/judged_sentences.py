"""Turns judgements into published values: relation, band, sources, shared words; headings, notes and rows with their counterparts."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz import fuzz, process

from policydiff.comparison.character_runs import Run, Side
from policydiff.comparison.probabilities import SURE, Judged, Scored
from policydiff.comparison.sentence_units import RUNNING_NUMBER, Unit, matter_of
from policydiff.lexicon.patterns import lazy_pattern
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
"""`POSSIBLE` for a document that names its superior, because more of it is derived than its words show: of
the labelled sentences of such documents with a score from 0.2 to 0.3 a quarter is derived."""
DERIVED = 0.5
"""Probability from which a sentence is more likely derived than not."""
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

    Scores that are not `calibrated` are no probabilities in this language, so that no sentence gets the band
    `sure`.
    """
    counterparts = Counterparts(superior.all_units)
    possible = _POSSIBLE_OF_KIN if acknowledged and calibrated else POSSIBLE
    judgements = iter(judged)
    frame = frame_duties(superior) if acknowledged and calibrated else []
    found = []
    for unit in local.all_units:
        if unit.kind is not SentenceKind.SENTENCE:
            found.append(counterparts.of(unit, calibrated=calibrated))
            continue
        sentence = _sentence(unit, superior.units, next(judgements), possible, calibrated=calibrated)
        if acknowledged and sentence.score < DERIVED and sentence.matter is not Matter.COMMENCEMENT:
            source, score = counterparts.row_of(unit), DERIVED
            if source is None:
                source, score = duty_met(unit, frame)
            if source is not None and score > sentence.score:
                sentence = _come_from(sentence, source, score)
        found.append(sentence)
    return tuple(found)


def _come_from(sentence: SentenceComparison, source: Unit, score: float) -> SentenceComparison:
    """Return a sentence with a source that its words alone do not prove, marked for a person to check."""
    others = [each for each in sentence.sources if (each.clause, each.text) != (source.clause, source.text)]
    return sentence.model_copy(
        update={
            "relation": Relation.ADAPTED if score >= DERIVED else Relation.ADDED,
            "score": score,
            "band": Band.POSSIBLE,
            "sources": (SentenceSource(clause=source.clause, text=source.text, score=score), *others),
        }
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
    return SentenceComparison(
        clause=unit.clause,
        text=unit.text,
        matter=matter,
        relation=_relation(unit, superior, score, judged),
        score=score,
        band=band_of(score, possible=possible, calibrated=calibrated),
        sources=tuple(_source(unit, superior[scored.candidate.source], scored, score) for scored in shown),
    )


def _relation(unit: Unit, superior: Sequence[Unit], score: float, judged: Judged) -> Relation:
    """Return the single most likely relation.

    Differences are read only in Chinese; in any other language a sentence is verbatim only if printed like its source.
    """
    if score < DERIVED:
        return Relation.ADDED
    same = _printed(unit) == _printed(superior[judged.sources[0].candidate.source])
    return Relation.VERBATIM if same else Relation.ADAPTED


def _printed(unit: Unit) -> str:
    """Return a sentence without its label, its line breaks and its final mark."""
    return " ".join(unit.text[unit.folded.starts[0] :].split()).rstrip(" .;:,")


def _source(unit: Unit, source: Unit, scored: Scored, derived: float) -> SentenceSource:
    return SentenceSource(
        clause=source.clause,
        text=source.text,
        score=round(derived * scored.share, _DIGITS),
        spans=_spans(unit, source, scored.candidate.runs),
    )


def _spans(unit: Unit, source: Unit, runs: Sequence[Run]) -> tuple[SharedSpan, ...]:
    """Return the shared runs as places in the two printed sentences, joined across equal punctuation.

    A run never ends inside a number: 202 in 2023 and 2020 is not shared.
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
    """Return the span without digits at its ends that belong to a longer number; None if nothing remains."""
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


_ORGANISES = lazy_pattern(
    "组织(?:领导|实施|保障)|加强[^，。；]{0,14}领导|(?:领导|协调|统筹|联动|推进|工作)[^，。；]{0,6}机制|统筹协调|领导[^，。；]{2,16}工作"
)
_ORGANISED = lazy_pattern(
    "(?:成立|设立|组建|建立|设置|下设)[^。；]{0,40}(?:领导小组|专班|联席会议|指挥部|领导机构|协调小组|工作组|推进小组|工作小组)"
    "|(?:领导小组|联席会议|专班|指挥部)[^。；]{0,14}由[^。；]{2,60}(?:任|组成|牵头|召集)|任(?:双?组长|总?召集人|总指挥)"
)
"""The general duty to organise the work, which closes a policy (加强组织领导), and the office that carries it out: 成立领导小组."""
_ARTICLE = "art_"
"""Step of a clause id that marks an article. Policies have no articles; a statute's general duty requires no office."""
_GENERAL_AT_MOST = 60
"""Most characters of a general duty; a longer sentence names its bearer and purpose, so that its own words find its taker."""


def frame_duties(superior: Side) -> list[Unit]:
    """Return the superior sentences that lay down the general duty to organise, by their words or their heading."""
    return [
        unit
        for unit in superior.units
        if len(unit.text) <= _GENERAL_AT_MOST
        and (_ORGANISES.search(unit.text) or _ORGANISES.search(superior.caption.get(unit.group, "")))
        and not _ORGANISED.search(unit.text)
    ]


def duty_met(unit: Unit, duties: Sequence[Unit]) -> tuple[Unit | None, float]:
    """Return the general duty that a sentence carries out by setting up an office, with the probability that the sentence comes from it."""
    if not duties or not _ORGANISED.search(unit.text):
        return None, 0.0
    said = _pairs(unit.text)
    source = max(duties, key=lambda duty: len(said & _pairs(duty.text)))
    return source, POSSIBLE if _ARTICLE in source.clause else DERIVED


_EQUAL = 1.0
_LIKE = 0.6
"""Likeness (0…1) of two headings from which they correspond: 完善组织保障 and 强化组织保障 do, 总体要求 and 工作要求 (0.5) do not."""
_NAMED = 0.75
"""Fraction (0…1) of the character pairs of a row's name in a sentence on the row: 技术改造投资 has too few of 技术改造设备投资 (0.71)."""
_SHORTEST_NAME = 4
"""Least characters of a row's name that identify its subject; shorter names (合计, 学校) stand in sentences on any subject."""
_WHO = lazy_pattern("(?:[局委办区县市镇乡院]|街道|政府|公司)$")
"""Ending of the name of a body or an area; such a row gives one body's figure and has no subject of its own."""
_NO_NAME = _FIGURES | frozenset("|｜ ，。；、")
_CELL = lazy_pattern(r"[|｜\t]")
_OF_WORDING = frozenset(
    {SignalType.SCOPE, SignalType.BODY, SignalType.PART_ADDED, SignalType.PART_REMOVED, SignalType.REFERENCE}
)
"""Types of signal that occur between headings on one matter: 完善 and 强化, a subject added or removed."""


class Counterparts:
    """The headings, notes and rows of the superior document, for lookup."""

    def __init__(self, superior: Sequence[Unit]) -> None:
        self._units: dict[SentenceKind, list[Unit]] = {kind: [] for kind in SentenceKind}
        for unit in superior:
            self._units[unit.kind].append(unit)
        self._words = {kind: [_words(unit) for unit in units] for kind, units in self._units.items()}
        self._holding: dict[str, list[int]] | None = None
        self._named = [
            (unit, _pairs(_name(words)))
            for unit, words in zip(self._units[SentenceKind.ROW], self._words[SentenceKind.ROW], strict=True)
            if len(_name(words)) >= _SHORTEST_NAME and not _WHO.search(_name(words))
        ]

    def of(self, unit: Unit, *, calibrated: bool = True) -> SentenceComparison:
        """Return a local heading, note or row with its counterpart, if there is one.

        A heading with another rule than its counterpart (保留社区卫生服务站。 → 撤销社区卫生服务站。) counts as a derived
        sentence.
        """
        source, score = self._best(unit)
        rules = calibrated and source is not None and _rules_otherwise(source, unit, score)
        relation = Relation.ADDED
        if source is not None:
            relation = Relation.VERBATIM if score >= _EQUAL else Relation.ADAPTED
        of_sentence = source is not None and source.kind is not unit.kind
        return SentenceComparison(
            clause=unit.clause,
            text=unit.text,
            kind=SentenceKind.SENTENCE if rules else unit.kind,
            relation=relation,
            score=round(score, _DIGITS) if source is not None else 0.0,
            band=band_of(score) if rules else Band.POSSIBLE if of_sentence else Band.UNLIKELY,
            sources=(SentenceSource(clause=source.clause, text=source.text, score=round(score, _DIGITS)),)
            if source is not None
            else (),
        )

    def _best(self, unit: Unit) -> tuple[Unit | None, float]:
        words, others = _words(unit), self._words[unit.kind]
        if not words or not (others or unit.kind is SentenceKind.ROW):
            return None, 0.0
        if unit.kind is SentenceKind.ROW:
            same_row = [place for place, other in enumerate(others) if _name(other) == _name(words)]
            if not same_row:
                return self._sentence_of(words)
            found = [(fuzz.ratio(words, others[place]) / 100, -place) for place in same_row]
            score, place = max(found)
            return self._units[unit.kind][-place], score
        best = process.extractOne(words, others, scorer=fuzz.ratio, score_cutoff=100 * _LIKE)
        return (self._units[unit.kind][best[2]], best[1] / 100) if best is not None else (None, 0.0)

    def _sentence_of(self, row: str) -> tuple[Unit | None, float]:
        """Return the sentence or list item that a row takes up, with its likeness: the row names it and holds most of its words."""
        if self._holding is None:
            self._holding = {}
            for place, words in enumerate(self._words[SentenceKind.SENTENCE]):
                for pair in _pairs(words):
                    self._holding.setdefault(pair, []).append(place)
        name, all_pairs = _pairs(_name(row)), _pairs(row)
        shared = Counter(place for pair in name for place in self._holding.get(pair, ()))
        best: tuple[float, int] = (0.0, 0)
        for place, count in shared.items():
            said = _pairs(self._words[SentenceKind.SENTENCE][place])
            likeness = min(count / len(name), len(said & all_pairs) / len(said))
            best = max(best, (likeness, -place))
        score, place = best
        return (self._units[SentenceKind.SENTENCE][-place], score) if score >= _LIKE else (None, 0.0)

    def row_of(self, unit: Unit) -> Unit | None:
        """Return the table row that a sentence puts into words (技术改造 | 10% → 对技术改造给予10%的资助); None if there is none."""
        if not self._named:
            return None
        said = _pairs(_words(unit))
        found = [(len(name & said) / len(name), -place) for place, (_, name) in enumerate(self._named)]
        share, place = max(found)
        return self._named[-place][0] if share >= _NAMED else None


def _pairs(words: str) -> set[str]:
    """Return the pairs of neighbouring characters of words, without numbers."""
    return {one + other for one, other in pairwise(words) if not {one, other} & _NO_NAME}


def _rules_otherwise(source: Unit, unit: Unit, score: float) -> bool:
    """Return whether a heading and its counterpart differ in the action or in a figure, and not only in wording.

    Below `SURE` nothing else may differ: 推动中医药服务高质量发展 and 推动长三角生物医药产业集群高质量发展 (0.6) are two matters.
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
    """Return the first cell of a row that has words, without figures, as the row's subject (建设泊位500个 → 建设泊位个)."""
    cells = (cell for cell in row.split("|") if cell and not _COUNTS.fullmatch(cell))
    return next((name for cell in cells if (name := _DIGITS_IN.sub("", cell))), row)


_COUNTS, _DIGITS_IN = lazy_pattern(RUNNING_NUMBER), lazy_pattern(r"\d+(?:\.\d+)*")
