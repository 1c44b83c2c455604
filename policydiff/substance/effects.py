"""How a local provision differs from its source: same, localised, tightened, loosened, different; and words of the source that it leaves out.

The order of decision: first, names of place, body and legal basis are removed. If a figure, date, duty, condition, body of
another kind, scope or sanction still differs, it decides: tightened or loosened; different where both occur. Else the
provision is localised if names were removed, and the same if none were.

Two questions are asked: whether the local provision asks for less at some point, and whether it asks for more. A figure or date that
only one side has, or a changed class of duty, sanction or instrument, answers a question by itself. Otherwise both answers are
probabilities from the same figures, computed once from either side; their weights were learned from labelled pairs
(`python -m benchmarks.training.effects`, which measures each on documents that had no part in it).
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from policydiff.lexicon.areas import LEFT_TO_LOCALITY, OPEN_PLACE
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.quantities import find_quantities
from policydiff.lexicon.shortest_edits import common_share
from policydiff.lexicon.widths import fold_words
from policydiff.model import Direction, Dropped, Effect, Genre, Signal, SignalType, Span
from policydiff.substance.alignment import members_left_out
from policydiff.substance.counterparts import SPARES_FEE
from policydiff.substance.following import find_cited
from policydiff.substance.last_reading import is_exact
from policydiff.substance.left_open import settles
from policydiff.substance.local_signals import (
    OF_LISTS,
    PARTS,
    cut_alike,
    lays_down_nothing,
    local_signals,
)
from policydiff.substance.offences import BY_ARTICLE, BY_LAW, is_named_offence, is_other_ban
from policydiff.substance.offices import find_bodies, strike_places, struck_places
from policydiff.substance.other_actors import in_names_of, names_office, turned
from policydiff.substance.provisions import QUANTITY_TYPES, opens_text
from policydiff.substance.signalling import one_sided
from policydiff.substance.vocabulary import are_contrary, is_manner, one_writing, vocabulary
from policydiff.substance.weighing import (
    ANOTHER_KIND,
    AT_LEAST,
    AT_MOST,
    EFFECT_SURE,
    OF_SUBSTANCE,
    REORDERED,
    TERM,
    WORD_FOR_WORD,
    weight_of,
)

_TIGHTER = frozenset({Direction.STRICTER, Direction.EARLIER, Direction.HIGHER, Direction.WIDER})
_LOOSER = frozenset({Direction.LOOSER, Direction.LATER, Direction.LOWER, Direction.NARROWER})
_FIGURES = frozenset(QUANTITY_TYPES.values()) | {SignalType.DEADLINE, SignalType.FREQUENCY}
_NAMES = frozenset({SignalType.BODY, SignalType.REFERENCE})

WEIGHTS = {
    "words alone": 0.897,
    "share alone": 1.915,
    "signal": 0.581,
    "signal in a copy": 3.068,
    "signal of no direction": 1.272,
    "own sources": -1.851,
    "sources of the other": -0.987,
    "named by article": -1.604,
}
"""Addition of each figure of `evidence` to the logarithm of the odds. Learned; a test learns the weights again."""
BIAS = -4.124


class Judgement(NamedTuple):
    """Effect of a local provision against its source, and how certain the effect is."""

    effect: Effect
    less: float
    """Probability that the local provision asks for less at some point."""
    more: float
    """Probability that the local provision asks for more at some point."""
    signals: tuple[Signal, ...]
    """The signals read; if the effect is a change without a signal of substance, the heaviest fitting signal is raised to one."""

    sure: bool
    """Whether both probabilities are firm and no signal contradicts them; if False, a reader has to look."""


def judge_effect(
    superior: str, local: str, *, genre: Genre = Genre.POLICY, signals: Iterable[Signal] | None = None
) -> Judgement:
    """Return the effect, and the probabilities that decide it; `signals` may pass the result of `local_signals`."""
    found = local_signals(superior, local, genre=genre) if signals is None else tuple(signals)
    proofs = {asks_more(signal) for signal in found if _decides(signal) and _proves(signal)}
    asked = evidence(superior, local, found)
    struck = strike_places(superior), strike_places(local)
    exact = is_exact(struck[0], in_names_of(struck[1], struck[0]).text)
    copied = exact or (_is_contained(superior, local) and not asked[False]["named by article"])
    hints = {
        asks_more(signal)
        for signal in found
        if _decides(signal)
        and (
            exact
            or (copied and _weighs_in_copy(signal))
            or signal.weight == ANOTHER_KIND
            or turned(signal.old or "", signal.new or "")
            or signal.old == signal.new  # a condition of another rule
            or LEFT_TO_LOCALITY.search(superior)
            or is_other_ban(signal, superior)
        )
    }
    given = {each["given"] or "" for each in LEFT_TO_LOCALITY.finditer(superior)}  # 适当支持, not 收费
    settled = "，" not in local and all(each in local for each in given)
    settled = settled and _LEFT_WHOLE.fullmatch(LEFT_TO_LOCALITY.sub("", superior)) is not None
    opens = settled or opens_text(superior, local)
    less, more = (
        float(bool({way, None} & proofs))
        if opens or {way, None} & proofs
        else max(
            EFFECT_SURE if {way, None} & hints else 0.0,
            1 / (1 + math.exp(-BIAS - sum(WEIGHTS[name] * value for name, value in one.items()))),
        )
        for way, one in zip((False, True), asked, strict=True)
    )
    sure = max(less, 1 - less) * max(more, 1 - more) >= EFFECT_SURE
    if max(less, more) <= _EVEN:
        unchanged = Effect.LOCALISED if _localised(superior, local, found) else Effect.SAME
        copy = exact or _is_contained(superior, local, places=2)  # any word of a copy may be of substance
        sure = sure and not any(_decides(each) or (copy and each.type not in _NAMES) for each in found)
        return Judgement(unchanged, less, more, found, sure)
    found = _with_reason(found, less, more)
    told = {asks_more(signal) for signal in found if _decides(signal)} - {None}
    if min(less, more) > _EVEN or told == {less > more}:  # every signal speaks against the likelier answer
        return Judgement(Effect.DIFFERENT, less, more, found, sure)
    return Judgement(Effect.LOOSENED if less > more else Effect.TIGHTENED, less, more, found, sure)


def _is_contained(superior: str, local: str, *, places: int = 1) -> bool:
    """Return whether one passage becomes the other by adding or leaving out words at a single place."""
    one, other = _pairs(superior), _pairs(local)
    return min(len(one - other), len(other - one)) <= _SEAM * places


def _weighs_in_copy(signal: Signal) -> bool:
    """Return whether a signal counts in a copy with added or omitted words; an alternative (身份证或者户口簿) always does."""
    freed = signal.type is SignalType.SCOPE and signal.direction in (Direction.STRICTER, Direction.LOOSER)
    return freed or signal.type not in _LIGHT or (signal.type in PARTS and signal.direction in _MEASURED)


_LIGHT = PARTS | OF_LISTS
"""Types that do not count in a copy with added or omitted longer words: readers call 15 of 44 such provisions the same or localised."""
_SEAM = 1
"""Most new pairs of characters where words were left out: the one pair across the seam."""


def _with_reason(found: tuple[Signal, ...], less: float, more: float) -> tuple[Signal, ...]:
    """Return the signals, at least one of them of substance, because a change is never named without its reason."""
    if any(_decides(signal) for signal in found):
        return found
    told = {way for way, chance in ((False, less), (True, more), (None, max(less, more))) if chance > _EVEN}
    reasons = [signal for signal in found if asks_more(signal) in told]
    if not reasons:
        return found
    reason = max(reasons, key=lambda signal: (signal.weight, len(signal.old or "") + len(signal.new or "")))
    raised = reason.model_copy(update={"weight": OF_SUBSTANCE})
    return tuple(raised if signal is reason else signal for signal in found)


def _decides(signal: Signal) -> bool:
    """Return whether the signal is of substance after places, bodies and legal basis are struck."""
    return signal.weight >= OF_SUBSTANCE and signal.type is not SignalType.REFERENCE


_EVEN = 0.5
_LEFT_WHOLE = lazy_pattern("(?:[^，。；]{0,8}的)?(?:具体)?(?:并(?:向社会)?公[布开示])?[。；]?")
"""The rest of a passage beside a measure left to localities, if the rest lays down nothing: （培训补贴的具体）标准由各设区市制定."""


def _proves(signal: Signal) -> bool:
    """Return whether the signal alone decides: a figure, a date, a contrary, or an exchanged class of duty, sanction or instrument."""
    if signal.type in _FIGURES or are_contrary(signal.old, signal.new):
        return True
    return signal.old is not None and signal.new is not None and signal.type not in _WORDED


_WORDED = OF_LISTS | {SignalType.BODY, SignalType.CONDITION, SignalType.EXCEPTION}
"""Types whose words are compared, not values or classes; another word may mean the same."""


def evidence(superior: str, local: str, found: Sequence[Signal]) -> tuple[dict[str, float], dict[str, float]]:
    """Return the figures for the question whether the local provision asks for less, and the same figures for more.

    - words alone: log(1 + number) of character pairs that only the superior (for more: the local text) has, without names;
    - share alone: these pairs as a share (0…1) of all pairs of their passage;
    - signal: 1 if a signal of substance has this direction; in a copy: times the share of words that both passages have;
    - signal of no direction: 1 if a signal of substance has neither direction;
    - sources: log of the number of source sentences, some of which may be taken up elsewhere;
    - named by article: 1 if the local provision cites an article or the law for words that the superior spells out.
    """
    alone, shares = _words_alone(superior, local)
    ways = {asks_more(signal) for signal in found if _decides(signal)}
    sources = math.log(superior.count("\n") + 1)
    law = BY_LAW.search(local)
    by_law = law is not None and law[0].rstrip("。；") not in superior
    shortened = by_law or (BY_ARTICLE.search(local) is not None and BY_ARTICLE.search(superior) is None)

    def side(more: bool) -> dict[str, float]:
        told = more in ways
        return {
            "words alone": math.log1p(alone[more]),
            "share alone": shares[more],
            "signal": float(told),
            "signal in a copy": told * (1 - max(shares)),
            "signal of no direction": float(None in ways),
            "own sources": 0.0 if more else sources,
            "sources of the other": sources if more else 0.0,
            "named by article": float(shortened and not more),
        }

    return side(False), side(True)


def _words_alone(superior: str, local: str) -> tuple[tuple[int, int], tuple[float, float]]:
    """Return for each side the number of character pairs that only this side has, and their share (0…1) of its pairs."""
    if LEFT_TO_LOCALITY.search(superior) and not any(
        find_quantities(superior)
    ):  # the figures are the locality's
        for found in reversed(list(find_quantities(local))):
            local = local[: found.outer_start] + local[found.outer_end :]
    pairs = _pairs(superior), _pairs(local)
    alone = len(pairs[0] - pairs[1]), len(pairs[1] - pairs[0])
    return alone, (alone[0] / max(1, len(pairs[0])), alone[1] / max(1, len(pairs[1])))


def is_word_for_word(superior: str, local: str, *, answered: str, takers: str) -> bool:
    """Return whether a local passage adds no words to its source, and every word of its best source is taken up somewhere.

    Order is ignored: exchanged parties and reordered lists are shown as signals. `superior` holds all source sentences of
    `local`, `answered` the part of the best source that `local` takes up, `takers` all local provisions taken from the best
    source.
    """
    passages = [
        _VALUES.sub("", text) for text in (superior, local, answered, takers)
    ]  # 十八周岁, 18周岁: of values signals tell
    source, words = fold_words(strike_places(passages[2])), fold_words(strike_places(passages[1]))
    bag, other = ("".join(sorted(each)) for each in (source, words))
    if common_share(source, words) >= WORD_FOR_WORD or common_share(bag, other) >= REORDERED:
        return True
    own, left = _words_alone(*passages[:2])[1][1], _words_alone(*passages[2:])[1][0]
    return max(own, left) <= 1 - WORD_FOR_WORD


_VALUES = lazy_pattern(
    "[0-9０-９一二三四五六七八九十百千万亿零〇两]+(?=[^一-鿿]|[元倍日天月年个次家张户人周岁小平公亩米吨至到％%])"
)


_BASIS = lazy_pattern(
    "(?<![^，。；\n])(?:[^，。；]{0,6}?(?:按照|根据|依据|依照|本着|遵循|结合|围绕|对照|为)[^，。；]*(?=[，；])|以[^，。；]{2,60}为[^，。；]*)"
    "|违反(?:本(?:法|条例|办法|规定|细则))?的?规定|(?:[一-鿿]{2,4}、)+[一-鿿]{2,4}等(?:有关|相关)?(?:部门|单位)"
)
"""Basis and purpose of a provision, and offices named by field: 按照规划实施方案, 区人民政府根据…等情况, 以上海之鱼为载体, 公安、交通等部门."""

_FILLERS = lazy_pattern(
    "进一步|切实|不断|积极|有效|相关|有关|各级|及其|或者|以及|应当|可以|必须|对于|其他|工作|做好|加强|人民政府|部门|主管|行政"
    "|国家(?=鼓励|支持|倡导|提倡|推行|推动|推进|建立|实行|保护|保障|加强|加大|完善)|[的等要和及与并或对由将在为应各本]"
)
"""Function words, fillers and modals; modals are compared as signals."""


def _pairs(text: str) -> set[str]:
    """Return the pairs of characters of a passage without names of places, bodies and laws, basis and fillers."""
    places = [
        *((found.start, found.end) for find in (find_bodies, find_cited) for found in find(text)),
        *struck_places(text),
    ]
    kept = list(text)
    for start, end in places:
        kept[start:end] = [""] * (end - start)
    words = _FILLERS.sub("", one_writing(_BASIS.sub("", "".join(kept).replace(" ", ""))))
    return {words[at : at + 2] for at in range(len(words) - 1)}


def asks_more(signal: Signal) -> bool | None:
    """Return True if the local text asks for more by this difference, False if it asks for less, None if neither can be said."""
    one_sided = (signal.old is None) != (signal.new is None)
    denied = one_sided and signal.type is not SignalType.PROHIBITION and are_contrary(signal.old, signal.new)
    if denied or signal.detail == TERM:
        return None  # 予以, 不予
    words = signal.new or signal.old or ""
    changed = signal.direction is Direction.CHANGED or any(find_quantities(words))
    if one_sided and (
        signal.type in _OF_WAY.get(signal.direction, PARTS | _FIGURES)
        or (changed and signal.type in OF_LISTS | {SignalType.BODY})
        or (is_manner(words) and not (words in vocabulary().manner and signal.direction in _MEASURED))
    ):
        return signal.old is None  # half a sentence, a figure or how a duty is done put in asks for more
    way = _WAYS.get(signal.direction, _oftener(signal))
    # a shorter time to act, a lower ceiling and a narrower exception (fewer go free) ask for more
    turned = signal.detail == AT_MOST or signal.type is SignalType.EXCEPTION
    if (
        signal.type is SignalType.EXCEPTION
        and way is not None
        and SPARES_FEE.search(f"{signal.old}{signal.new}")
    ):
        return not way
    if signal.type is SignalType.PERIOD:
        turned = signal.detail != AT_LEAST
    return way if way is None or not turned or signal.direction not in _MEASURED else not way


_OF_WAY = {Direction.STRICTER: PARTS, Direction.LOOSER: PARTS, Direction.NARROWER: (), Direction.WIDER: ()}
"""Figures with these directions describe who is addressed; narrower is a limit put on an aid."""
_WAYS = {**dict.fromkeys(_TIGHTER, True), **dict.fromkeys(_LOOSER, False)}
_MEASURED = (Direction.HIGHER, Direction.LOWER, Direction.WIDER, Direction.NARROWER)


def _oftener(signal: Signal) -> bool | None:
    """Return whether the new cycle is more frequent than the old: 年度考核 → 季度考核 is True; None if a side names no cycle."""
    ranks = [
        [at for at, cycle in enumerate(_CYCLES) if re.search(cycle, side or "")]
        for side in (signal.old, signal.new)
    ]
    if not all(ranks) or ranks[0][-1] == ranks[1][-1]:
        return None
    return ranks[0][-1] < ranks[1][-1]


_CYCLES = ("年度|[按逐]年", "季度|[按逐]季", "月度|[按逐]月", "[按逐]周", "[按逐]日")
"""Cycles of a duty, from the longest to the shortest."""


def _localised(superior: str, local: str, found: Iterable[Signal]) -> bool:
    """Return whether the local text has its own places, bodies or basis, or names an object, office or example absent from its superior."""
    own = (
        local.startswith("等", end)
        or (names_office(signal.new) and not (signal.old and names_office(signal.old)))
        or (
            signal.type in _FIGURES
            and (opens_text(superior, local) or settles(superior, local, signal.old_span, signal.new_span))
        )
        or any(thing not in superior for thing in _OWN_THING.findall(local[max(0, start - 1) : end + 2]))
        for signal in found
        if signal.new and signal.new_span
        for start, end in (signal.new_span,)
    )
    return any(own) or (superior != local and set(_names(superior)) != set(_names(local)))


_OWN_THING = lazy_pattern(
    "“[^”]+”?(?!”)|街镇|街道|平台|专项规划|实施方案|[一-鿿]{2,8}等(?=[一-鿿]{2})|[区县市镇乡][一-鿿]{2,8}(?:馆|机构|[商协学]会)|\\d日|各[一-鿿]+(?:机构|企业|单位|公司)"
    "|[一-鿿]{1,6}(?:湖|湾|岛|大学城|科学城|新城|新区|商务区|园区|商圈|港区|片区|城内|公司|医院)"
)
"""Local names in words of the local text alone: a scheme or place (“一网统管”, 淀山湖, 张江科学城), subdistricts, a platform."""


def _names(text: str) -> Iterator[str]:
    """Yield the names of places, texts and bodies, and general offices: 行政机关 of the superior are 相关部门 of a district."""
    for start, end in struck_places(text):
        if not _OWN_NAME.fullmatch(text, start, end):
            yield text[start:end]
    yield from (text[found.start : found.end] for found in find_cited(text))
    yield from (found.key for found in find_bodies(text))
    yield from (found[0] for names in (_OFFICES, OPEN_PLACE) for found in names.finditer(text))


_OWN_NAME = lazy_pattern("本(?:法|条例|办法|规定|细则|决定|(?:实施)?(?:意见|方案|办法|细则))")
"""A text's reference to itself; every text has such a name, so it is not local."""


_OFFICES = lazy_pattern("行政机关|国家机关|(?:有关|相关|各|主管|职能)(?:政府)?部门|职能机构|属地")


def dropped(source: str, local: str, *, genre: Genre = Genre.POLICY) -> tuple[Dropped, ...]:
    """Return the parts of substance of a source that a local text leaves out, in the order of the source.

    Place names are not of substance. `local` may hold several sentences: all that come from the source.

    >>> [(each.type.value, each.text) for each in dropped(
    ...     "市级部门应当公开名单，并接受社会监督，不得收取费用。", "区级部门应当公开名单。")]
    [('part_removed', '并接受社会监督'), ('prohibition', '不得收取费用')]
    """
    found = one_sided(*cut_alike(strike_places(source), strike_places(local)), genre=genre, comes=False)
    places: dict[Span, Dropped] = {}
    for signal in found:
        if is_named_offence(signal, source, local) or lays_down_nothing(signal, source, local):
            continue
        span = signal.old_span
        if span is not None and signal.weight >= OF_SUBSTANCE:
            # for a whole line, the signal of its content comes last and replaces the one of the line itself
            places[span] = Dropped(
                type=signal.type, text=source[slice(*span)], span=span, weight=signal.weight
            )
    for span in members_left_out(strike_places(source), strike_places(local)):
        if not any(whole.start <= span.start and span.end <= whole.end for whole in places):
            weight = weight_of(SignalType.SCOPE)
            places[span] = Dropped(type=SignalType.SCOPE, text=source[slice(*span)], span=span, weight=weight)
    return tuple(places[span] for span in sorted(places, key=attrgetter("start")))
