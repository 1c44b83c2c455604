"""Differences between a local sentence and its source: signals, words left out, effect, verbatim or not; rules left to other texts."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from policydiff.comparison.character_runs import character_runs
from policydiff.comparison.divided_sources import LEFT_TO_OTHERS, DividedSources, Source
from policydiff.comparison.sentence_units import RUNNING_NUMBER, Unit
from policydiff.comparison.target_pairs import counts_an_area, unlike
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.text_marks import responsibility_notes
from policydiff.lexicon.widths import fold_words
from policydiff.model import (
    Direction,
    Effect,
    Genre,
    Relation,
    SentenceComparison,
    SentenceKind,
    SentenceSource,
    Signal,
    SignalType,
    Span,
    Target,
)
from policydiff.substance.effects import dropped, is_word_for_word, judge_effect
from policydiff.substance.local_signals import local_signals
from policydiff.substance.weighing import OF_SUBSTANCE

ALSO_A_SOURCE = 0.5
"""Score from which a further source counts as combined in the sentence."""

_OF_FIGURES = frozenset({SignalType.PERCENTAGE, SignalType.AMOUNT, SignalType.NUMBER, SignalType.AREA})

_ASIDE = lazy_pattern(
    r"[（(]((?:含|不含|包括|不包括|不超过|不少于|不低于|除|限|仅|至少|以上|以下|原则上)[^（）()]{1,60})[）)]"
)
"""Words in brackets that widen or narrow a provision; 区（县）, （以下简称…） and （沪府发〔2021〕1号） do not."""

_LETTER = lazy_pattern(
    r"(?:[，,](?:报)?经[^，,。；;]{1,20}(?:同意|批准))?[，,]现(?:将|就)[^。；;]{0,80}如下(?=[：:。]?\s*$)"
)
"""The end of a first sentence in which a letter introduces its contents."""


class _Figures:
    """The targets of both documents by clause; they give the metric of a figure."""

    def __init__(self, local: Iterable[Target], superior: Iterable[Target], *, same_level: bool) -> None:
        self._local, self._superior = _by_clause(local), _by_clause(superior)
        self._same_level = same_level

    def told_apart(self, signals: Sequence[Signal], sentence: SentenceComparison) -> tuple[Signal, ...]:
        """Return the signals; a signal on figures of two metrics becomes two signals, one for each removed and added figure.

        Between levels, a count of the own area gets no direction, because a district has only a part of its city's: 建成100个 → 建成12个.
        """
        found: list[Signal] = []
        for signal in signals:
            pairs = self._measured(signal, sentence) if signal.type in _OF_FIGURES else []
            changed = signal.model_copy(update={"direction": Direction.CHANGED})
            if any(unlike(*pair) for pair in pairs):
                found.append(changed.model_copy(update={"new": None, "new_span": None}))
                found.append(changed.model_copy(update={"old": None, "old_span": None}))
            elif not self._same_level and any(counts_an_area(*pair) for pair in pairs):
                found.append(changed)
            else:
                found.append(signal)
        return tuple(found)

    def _measured(self, signal: Signal, sentence: SentenceComparison) -> list[tuple[Target, Target]]:
        """Return the targets with the two figures of a signal, each local target with each superior target."""
        source = sentence.sources[0]
        mine = _bearing(signal.new, self._local.get(sentence.clause, ()), sentence.text)
        theirs = _bearing(signal.old, self._superior.get(source.clause, ()), source.text)
        return [(one, other) for one in mine for other in theirs]


def _by_clause(targets: Iterable[Target]) -> dict[str, list[Target]]:
    held: dict[str, list[Target]] = {}
    for target in targets:
        held.setdefault(target.clause, []).append(target)
    return held


def _bearing(words: str | None, targets: Iterable[Target], sentence: str) -> list[Target]:
    """Return the targets of a sentence whose text holds the given figure."""
    return [target for target in targets if words and words in target.text and target.text in sentence]


def with_differences(
    sentences: Sequence[SentenceComparison],
    genre: Genre,
    *,
    local: Iterable[Target] = (),
    superior: Iterable[Target] = (),
    same_level: bool = True,
) -> tuple[SentenceComparison, ...]:
    """Return the sentences; each derived sentence with its signals, its effect, and the words of the source that it leaves out.

    Where several local sentences take over one provision, words are left out only if none of them has these words. Where one
    sentence combines several sources, words are added only if none of the sources has them. A sentence is verbatim if it has no
    signal and leaves out nothing of substance of any source. `local` and `superior` are the targets of both documents, which give the
    metric of a figure; `same_level` is true for areas of one level.
    """
    figures = _Figures(local, superior, same_level=same_level)
    taken: dict[Source, list[tuple[int, str, bool]]] = {}
    for number, sentence in enumerate(sentences):
        for place, source in enumerate(_sources(sentence)):
            taken.setdefault(source, []).append((number, _without_notes(sentence.text), place == 0))
    divided = DividedSources(taken, genre)
    takers = {source: {number: words for number, words, _ in held} for source, held in taken.items()}
    return tuple(
        _under_lead_ins(
            _compared(sentence, number, divided, takers, genre, figures)
            if is_derived(sentence)
            else _row_compared(sentence, genre)
            for number, sentence in enumerate(sentences)
        )
    )


def _row_compared(sentence: SentenceComparison, genre: Genre) -> SentenceComparison:
    """Return a table row or labelled line with the differences from its counterpart; it is shown like a sentence, but not counted."""
    if sentence.relation is Relation.ADDED or not sentence.sources:
        return sentence
    source = sentence.sources[0].text
    labels = [_LABEL.match(text) for text in (source, sentence.text)]
    labelled = labels[0] and labels[1] and labels[0][0] == labels[1][0]
    if sentence.kind is not SentenceKind.ROW and not (sentence.kind is SentenceKind.NOTE and labelled):
        return sentence
    both = [_RUNNING_NUMBER.sub(lambda found: " " * len(found[0]), text) for text in (source, sentence.text)]
    signals = local_signals(*both, genre=genre)
    judged = judge_effect(*both, genre=genre, signals=signals)
    return sentence.model_copy(
        update={"signals": judged.signals, "effect": judged.effect, "effect_sure": judged.sure}
    )


_RUNNING_NUMBER = lazy_pattern(rf"^\s*{RUNNING_NUMBER}(?=\t)")
"""Number of a row; replaced by blanks to keep offsets, because row 5 of the superior table may be row 4 here."""
_LABEL = lazy_pattern("[一-鿿]{2,10}[：:]")
"""The label of a line with a single value in a plan: 完成时间：2024年6月."""
_BINDING = frozenset({SignalType.DUTY, SignalType.PROHIBITION, SignalType.PERMISSION, SignalType.EXCEPTION})
"""Types that state how a rule binds; in a lead-in they apply to each of its items."""


_LEADS_ITEMS = lazy_pattern("[:：]$|(?:下列|以下|如下)[^，。；：]*$|的(?:情形|行为|事项|条件|人员|材料)$")
"""The end of a sentence or heading with items below it: 不得有下列行为：, 严禁下列行为, 不得申请的情形."""


def _under_lead_ins(sentences: Iterable[SentenceComparison]) -> Iterator[SentenceComparison]:
    """Yield the sentences; an item is not `same` if its lead-in binds differently from its source's: 可以：转租 → 不得：转租."""
    leads: dict[str, SentenceComparison] = {}
    for sentence in sentences:
        binding = [each for each in sentence.signals if each.type in _BINDING and each.weight >= OF_SUBSTANCE]
        if binding and _LEADS_ITEMS.search(sentence.text.rstrip()):
            leads[sentence.clause] = sentence.model_copy(update={"signals": tuple(binding)})
        lead = leads.get(sentence.clause.rpartition("__")[0])
        above = sentence.sources[0].clause.rpartition("__")[0] if sentence.sources else None
        unlike_above = lead is not None and above == lead.sources[0].clause
        if lead is None or not unlike_above or sentence.effect not in (Effect.SAME, Effect.LOCALISED):
            yield sentence
        else:
            nowhere = {"old_span": None, "new_span": None}  # its words stand in the lead-in
            signals = (*sentence.signals, *(each.model_copy(update=nowhere) for each in lead.signals))
            yield sentence.model_copy(
                update={"relation": Relation.ADAPTED, "effect": lead.effect, "signals": signals}
            )


def is_derived(sentence: SentenceComparison) -> bool:
    """Return whether a unit is a sentence that comes from the superior document."""
    return (
        sentence.kind is SentenceKind.SENTENCE
        and sentence.relation is not Relation.ADDED
        and bool(sentence.sources)
    )


def _sources(sentence: SentenceComparison) -> list[Source]:
    """Return the superior sentences that a derived sentence comes from, best first; empty for any other unit."""
    if not is_derived(sentence):
        return []
    best, *others = sentence.sources
    held = [best, *(other for other in others if other.score >= ALSO_A_SOURCE)]
    return [(source.clause, _without_notes(source.text)) for source in held]


def _compared(
    sentence: SentenceComparison,
    number: int,
    divided: DividedSources,
    takers: Mapping[Source, Mapping[int, str]],
    genre: Genre,
    figures: _Figures,
) -> SentenceComparison:
    all_sources = _sources(sentence)
    source, text = all_sources[0][1], _without_notes(sentence.text)
    same_bodies = _notes(sentence.sources[0].text) == _notes(sentence.text)
    if source.rstrip() == text.rstrip():
        unchanged = Effect.SAME if same_bodies else Effect.LOCALISED
        return sentence.model_copy(update={"relation": Relation.VERBATIM, "effect": unchanged})
    together = {each: "\n".join(takers[each].values()) for each in all_sources}
    others = "\n".join(words for taker, words in takers[all_sources[0]].items() if taker != number)
    answered = [divided.answered_by(number, each) for each in all_sources]
    sources = "\n".join(each.words for each in answered)
    left_out, *also_left_out = (
        tuple(part for part in dropped(own.words, together[each], genre=genre) if own.holds(*part.span))
        for each, own in zip(all_sources, answered, strict=True)
    )
    alone = dropped(answered[0].words, text, genre=genre) if others else left_out
    said = {part.span for part in alone} - {part.span for part in left_out}
    found = tuple(
        signal.model_copy(update={"old": LEFT_TO_OTHERS.sub("…", signal.old)}) if signal.old else signal
        for signal in _kept(local_signals(sources, text, genre=genre), len(source), others, said)
    )
    signals = figures.told_apart(found, sentence)
    cut_short = (
        bool(left_out)
        or any(also_left_out)
        or not _asides(sources) <= _asides("\n".join((text, *(together[each] for each in all_sources))))
        or not _asides(text) <= _asides("\n".join(words for _, words in all_sources))
    )
    same_words = is_word_for_word(
        "\n".join(words for _, words in all_sources),
        text,
        answered=answered[0].words,
        takers=together[all_sources[0]],
    )
    relation = Relation.VERBATIM if same_words and not (signals or cut_short) else Relation.ADAPTED
    judged = judge_effect(sources, text, genre=genre, signals=signals)
    effect, sure = judged.effect, judged.sure
    if len(signals) > len(found):  # what is measured is another thing: neither more nor less of it
        effect, sure = Effect.DIFFERENT, True
    elif effect is Effect.SAME and (
        cut_short or not same_bodies or max((each.weight for each in signals), default=0.0) >= OF_SUBSTANCE
    ):
        # a reader called seven such sentences the same, four localised, five changed; without a signal all of twenty the same
        effect = Effect.LOCALISED
    return sentence.model_copy(
        update={
            "relation": relation,
            "signals": judged.signals,
            "dropped": left_out,
            "effect": effect,
            "effect_sure": sure,
        }
    )


def _without_notes(text: str) -> str:
    """Return a text with blanks for notes of responsibility and for the letter around the text.

    Bodies are compared separately, and 经区政府同意，现将有关事项通知如下 is neither permit nor duty. The
    length stays the same, so that offsets remain valid.
    """
    for start, end in (*responsibility_notes(text), *(match.span() for match in _LETTER.finditer(text))):
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def _asides(text: str) -> frozenset[str]:
    """Return the bracketed words on the reach of a provision (含村道, 不含镇管河道), without names and numbers."""
    return frozenset(_ASIDE.findall(text))


def _notes(text: str) -> list[str]:
    return [text[start:end] for start, end in responsibility_notes(text)]


def _kept(
    signals: Iterable[Signal], source_length: int, others: str, said: Iterable[Span]
) -> Iterator[Signal]:
    """Yield the signals on the best source, without words left out that another local sentence of this source has.

    The best source comes first and has `source_length` characters. `others` are the further local sentences from
    it, one in each line. At the spans `said`, another sentence has the left-out words in its own wording.
    """
    held = list(said)
    for signal in signals:
        place = signal.old_span
        if place is not None:
            if place.end > source_length:
                continue
            in_words = signal.old is not None and fold_words(signal.old) in fold_words(others)
            if signal.new is None and (
                in_words or any(place.start < part.end and part.start < place.end for part in held)
            ):
                continue
        yield signal


_LEFT_TO = lazy_pattern(
    r"""(?: 由? (?: 各 | 所在 )? (?: 区 | 县 | 镇 | 乡 | 设区的市 | 市、县 | 区（县） | 地方 | 省、自治区、直辖市 ) (?: 级 | 人民 | 、 | [（(]? )? [^，。；]{0,24}?
          | 各 (?: 区 | 县 | 市 | 地区? | 单位 ) [^，。；]{0,16}? )
        (?: (?: 自行 | 另行 | 结合[^，。；]{0,16} | 根据[^，。；]{0,20} | 具体 )+ [，,]? (?: 制定 | 确定 | 规定 | 明确 | 核定 )
          | (?: 制定 | 确定 | 规定 | 核定 | 明确 ) [^，。；]{0,12} (?: 标准 | 办法 | 细则 | 比例 | 金额 | 额度 | 范围 | 数额 | 期限 | 方案 )
          | (?: 制定 | 确定 | 规定 | 核定 ) [。；] )""",
    re.VERBOSE,
)
"""Words by which a superior text leaves a rule to a lower body: 具体标准由区人民政府制定, 各区自行确定."""
_SETTLES = lazy_pattern(
    r"\d|[一二三四五六七八九十百千万]+(?:元|%|％|平方米|倍|年|个月|日|人|户|级|档)|百分之|标准(?:为|是|如下)|分为|划分"
)
"""A figure, a scale or a class, which settles an open rule."""
_LEAST_SHARED = 0.15
"""Least share (Dice, 0…1) of common character pairs of the delegating and the settling sentence. 「补偿标准由区人民政府制定」 and
「停产停业损失补偿标准按每平方米给予100-350元补偿」 share 0.49, two sentences on compensation for one kind of house less than 0.14."""
_DIGITS = 4


def with_delegations(
    sentences: Sequence[SentenceComparison], superior: Sequence[Unit]
) -> tuple[SentenceComparison, ...]:
    """Return the sentences; a local sentence that settles a matter left open by the superior document names the superior sentence."""
    open_rules = [
        (unit, character_runs(_LEFT_TO.sub("", unit.text)))
        for unit in superior
        if unit.kind is SentenceKind.SENTENCE and _LEFT_TO.search(unit.text)
    ]
    if not open_rules:
        return tuple(sentences)
    return tuple(
        sentence.model_copy(update={"fills_in": settled})
        if (settled := _settled(sentence, open_rules)) is not None
        else sentence
        for sentence in sentences
    )


def _settled(
    sentence: SentenceComparison, open_rules: Sequence[tuple[Unit, dict[str, int]]]
) -> SentenceSource | None:
    """Return the open rule that a sentence or row settles; None if it settles none or is verbatim."""
    if (
        sentence.kind not in {SentenceKind.SENTENCE, SentenceKind.ROW}
        or sentence.relation is Relation.VERBATIM
    ):
        return None
    if not _SETTLES.search(sentence.text) or _LEFT_TO.search(sentence.text):
        return None
    own = character_runs(sentence.text)
    named = {(source.clause, source.text) for source in sentence.sources}
    best: tuple[float, int] | None = None
    for place, (unit, runs) in enumerate(open_rules):
        # The share of character pairs common to both texts
        first = {run for run in own if len(run) > 1}
        second = {run for run in runs if len(run) > 1}
        shared = 2 * len(first & second) / max(1, len(first) + len(second))
        if shared >= _LEAST_SHARED or (shared >= _LEAST_SHARED / 2 and (unit.clause, unit.text) in named):
            rank = (shared, -place)
            best = rank if best is None else max(best, rank)
    if best is None:
        return None
    unit = open_rules[-best[1]][0]
    return SentenceSource(clause=unit.clause, text=unit.text, score=round(best[0], _DIGITS))
