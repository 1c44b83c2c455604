"""The differences between a superior and a local passage: names of places struck, what districts change in most provisions made light; and what is left out.

A half-sentence or a scope that a district changes where it only makes a provision its own is shown, and decides nothing.
"""

import re
from collections.abc import Callable, Iterable
from functools import partial

from policydiff.lexicon.measures import Quantity, are_alike
from policydiff.lexicon.quantities import find_quantities
from policydiff.lexicon.shortest_edits import common_share
from policydiff.lexicon.widths import fold_words
from policydiff.model import Direction, Dropped, Genre, Signal, SignalType, Span
from policydiff.substance.features import Word, find_instruments, find_sanctions
from policydiff.substance.offices import find_bodies, strike_places
from policydiff.substance.provisions import QUANTITY_TYPES, is_exhortation
from policydiff.substance.signalling import one_sided, signals_between
from policydiff.substance.weighing import COPIED_PART, LEAD, NEAR_COPY, OF_SUBSTANCE, SOFT

_SOFT = frozenset(
    {
        SignalType.PART_REMOVED, SignalType.PART_ADDED, SignalType.PARAGRAPH_REMOVED, SignalType.PARAGRAPH_ADDED,
        SignalType.SCOPE, SignalType.DEFINITION, SignalType.BODY, SignalType.REFERENCE,
    }
)  # fmt: skip
"""Types that a district changes in most provisions that it only makes its own (labelled pairs: a half-sentence of no
other type came or went in 29 of 46 localised provisions and in 10 of 23 loosened ones). They are shown; they decide
nothing."""


def local_signals(superior: str, local: str, *, genre: Genre = Genre.POLICY) -> tuple[Signal, ...]:
    """Return the signals between a superior and a local passage once names of place and level are struck."""
    struck = strike_places(superior), strike_places(local)
    if struck[0] == struck[1]:
        return ()
    near = is_near(*struck)
    creeds = _CREED.match(superior) is not None and _CREED.match(local) is not None
    found = []
    for signal in signals_between(*struck, genre=genre):
        old = superior[slice(*signal.old_span)] if signal.old_span else None
        new = local[slice(*signal.new_span)] if signal.new_span else None
        if signal.type is SignalType.BODY and old == new:
            continue  # 市或者区规划资源部门, 区规划资源部门: the level alone was struck
        soft = creeds or _is_soft(signal, superior, local, near=near)
        weight = min(signal.weight, SOFT) if soft else signal.weight
        found.append(signal.model_copy(update={"old": old, "new": new, "weight": weight}))
    return tuple(found)


def _is_soft(signal: Signal, superior: str, local: str, *, near: bool) -> bool:
    """Return whether a difference is one that a district makes in most provisions that it only makes its own."""
    words = f"{signal.old or ''}{signal.new or ''}"
    if _is_beside(signal, local) or any(
        told(signal, superior, local) for told in (_is_restated, _is_referred, _is_offence)
    ):
        return True
    reworded = signal.type in CIRCUMSTANCES and signal.direction is Direction.CHANGED
    if (signal.type in _SOFT or reworded) and not (
        signal.type is not SignalType.REFERENCE and _has_figure(signal)
    ):
        return not _is_cut(signal, superior, local, near=near)
    if signal.type is SignalType.DUTY and not (_DUTY_WORD.search(words) or _has_figure(signal)):
        # 要加强…: a task of offices, put in other words by every district; 要 → 推动 in the same words is none
        return not (near and signal.old and signal.new)
    if signal.type is SignalType.PERMISSION and _POWER_USED.search(superior) and signal.new:
        return True  # 可以指定某局组织实施, 某局组织实施: the power was used
    return _is_taken_up(signal, superior)


VALUES = frozenset(QUANTITY_TYPES.values())
CIRCUMSTANCES = frozenset({SignalType.CONDITION, SignalType.EXCEPTION})
"""A word of them in another one (机关, 部门; 排除前, 消除前) is as soft as one of a scope; a whole one is not."""


def _has_figure(signal: Signal) -> bool:
    """Return whether words that one side alone has, or in which both differ, name a value: 每两个月至少一次, 不低于1:1."""
    values = [
        {quantity.key for quantity in find_quantities(words)} | set(_RATIO.findall(words))
        for words in (signal.old or "", signal.new or "")
    ]
    return values[0] != values[1]


_RATIO = re.compile(r"\d+[:：]\d+")


def _is_referred(signal: Signal, superior: str, local: str) -> bool:
    """Return whether a local passage leaves a matter to the law it comes from: 按照《…》第七条处理."""
    return signal.new is None and _REFERS.search(local) is not None and not _REFERS.search(superior)


_REFERS = re.compile(
    "(?:按照?|依照|依据|根据|适用)[^，。；]{0,12}《[^》]+》[^，。；]{0,16}(?:处理|处罚|执行|办理|规定)[。；]?$"
)


def _is_offence(signal: Signal, superior: str, local: str) -> bool:
    """Return whether words say what is punished where one side names it by its article: 违反前款规定的."""
    offence = signal.type in (SignalType.CONDITION, SignalType.ITEM_REMOVED, SignalType.ITEM_ADDED)
    return offence and any(map(_BY_ARTICLE.search, (superior, local))) and "违反" in superior + local


_BY_ARTICLE = re.compile(
    "违反(?:本(?:法|条例|办法|规定|细则))?(?:第[^，。；]{1,12}[条款项]|前[一二三两]?[条款])[^，。；]{0,12}规定"
)


def _is_taken_up(signal: Signal, superior: str) -> bool:
    """Return whether one of several sources was left out as a whole: other local provisions take it up."""
    lines = superior.split("\n")
    if len(lines) == 1 or signal.new is not None or signal.old_span is None:
        return False
    whole = superior[slice(*signal.old_span)]
    return any(line.rstrip("。；;") == whole for line in lines)


_BASIS = re.compile(
    "(?:[^，。；]{0,12}?(?:按照|根据|依据|依照|本着|遵循|结合|围绕|对照)[^，。；]*|以[^，。；]{2,60}为(?:载体|依托|契机|抓手|平台|支撑|基础))"
)
"""On what a provision rests: 按照规划实施方案, 区人民政府根据…等情况, 以上海之鱼为载体."""


def _is_beside(signal: Signal, local: str) -> bool:
    """Return whether words lay down nothing of their own: an explanation in brackets, 法律另有规定的除外."""
    if signal.old is not None or signal.new_span is None:
        return False
    if signal.type is SignalType.EXCEPTION:
        return _OF_LAW.search(signal.new or "") is not None
    if signal.type not in (SignalType.SCOPE, SignalType.CONDITION, SignalType.DEFINITION):
        return False
    before = local[: signal.new_span.start]
    opens = max(before.rfind("（"), before.rfind("("))
    return opens > max(before.rfind("）"), before.rfind(")"))


_PUBLICITY = re.compile("宣传|解读|舆论|氛围|社会(?:预期|关注|关切)")
"""What plans say of making themselves known, each in its own words."""
_CREED = re.compile("(?:坚持)?以[^，。；]{2,60}为(?:指导|引领|遵循)")
"""How a passage begins that says in what spirit a plan was made."""


def _is_restated(signal: Signal, superior: str, local: str) -> bool:
    """Return whether words that one side alone has hold a value, instruments or sanctions that the other side has too, elsewhere."""
    if (signal.old is None) == (signal.new is None):
        return False
    words, other = (signal.new, superior) if signal.old is None else (signal.old, local)
    if signal.type in VALUES:
        others = list(find_quantities(other))
        values = list(find_quantities(words or ""))
        return bool(values) and all(any(map(partial(_is_same_value, one), others)) for one in values)
    finder = _RESTATED.get(signal.type)
    if finder is None:
        return False
    asked = {word.term or word.key for word in finder(words or "")}
    return bool(asked) and asked <= {word.term or word.key for word in finder(other)}


def _is_same_value(one: Quantity, other: Quantity) -> bool:
    """Return whether two values are one, though the words of its rate stand apart: 每张补贴1万元, 新增一张，给予10000元."""
    return are_alike(one, other) and (one.unit, one.low, one.high) == (other.unit, other.low, other.high)


_RESTATED: dict[SignalType, Callable[[str], Iterable[Word]]] = {
    SignalType.INSTRUMENT: find_instruments,
    SignalType.SANCTION: find_sanctions,
}
_OF_LAW = re.compile("(?:法律|法规|国家|本市|上级)[^，。；]{0,12}(?:另有|有其他|有不同)规定")
OF_LISTS = frozenset({SignalType.SCOPE, SignalType.DEFINITION})


def _is_cut(signal: Signal, superior: str, local: str, *, near: bool) -> bool:
    """Return whether, of words that are copied for the rest, a half-sentence or a member of a list came or went."""
    text, span, other = (
        (local, signal.new_span, superior) if signal.old is None else (superior, signal.old_span, local)
    )
    if span is None:
        return False
    words = text[span.start : span.end]
    if signal.old is not None and signal.new is not None:
        lists = near and "、" in signal.old + signal.new
        names = _names_examples(signal, local) or any(find_bodies(signal.old + signal.new))
        return (lists or lists_only(signal) is not None) and signal.type in OF_LISTS and not names
    if is_example(signal, local) or _RESPONSIBLE.search(words) or is_exhortation(words):
        return False
    if _DELEGATES.fullmatch(words) or _AIMS.fullmatch(words) or _PRINCIPLES.match(text, span.end):
        return False
    if signal.type in PARTS:
        starts = signal.old is None and (span.start == 0 or text[span.start - 1] in "。；\n")
        rules = not (_BASIS.fullmatch(words) or _PUBLICITY.search(words))
        return near and rules and not (starts and len(words) <= LEAD)
    copied = near or (signal.direction is not Direction.CHANGED and _in_a_copy(text, span, other))
    return copied and signal.type in OF_LISTS and _is_member(signal, text, span)


def _is_member(signal: Signal, text: str, span: Span) -> bool:
    """Return whether words are a member of a list, or say how something is done (定期, 书面); names of bodies are neither."""
    words = text[span.start : span.end]
    if any(find_bodies(words)):
        return False
    before, after = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    joined = _LISTED.search(before) or _LISTED.match(after) or _LISTED.search(words[:1] + words[-1:])
    return signal.direction in (Direction.STRICTER, Direction.LOOSER) or bool(joined)


def _in_a_copy(text: str, span: Span, other: str) -> bool:
    """Return whether the half-sentence around some words stands in the other passage too, these words aside."""
    start = max(text.rfind(mark, 0, span.start) for mark in _STOPS) + 1
    end = min((place for mark in _STOPS if (place := text.find(mark, span.end)) >= 0), default=len(text))
    rest = fold_words(strike_places(text[start : span.start] + text[span.end : end]))
    parts = (fold_words(strike_places(part)) for part in _CUT.split(other))
    return bool(rest) and any(common_share(rest, part) >= COPIED_PART for part in parts if part)


_STOPS = "，。；：\n"
_CUT = re.compile(f"[{_STOPS}]")


def is_example(signal: Signal, local: str) -> bool:
    """Return whether words only name some of what the superior means: 华东理工、应技大等高校 of 高校."""
    span = signal.new_span
    if span is None or signal.old is not None or not _names_examples(signal, local):
        return False
    return local[max(0, span.start - 1) : span.start] not in ("、", "和", "及", "或", "与")


def _names_examples(signal: Signal, local: str) -> bool:
    return signal.new_span is not None and local.startswith("等", signal.new_span.end)


def lists_only(signal: Signal) -> bool | None:
    """Return True where the local words alone are a list (of three or more), False where the superior's are, else None."""
    marks = (signal.old or "").count("、"), (signal.new or "").count("、")
    return None if min(marks) or max(marks) < _LIST else marks[1] > 0


_LIST = 2
"""Marks 、 of a list of three."""
PARTS = frozenset({SignalType.PART_REMOVED, SignalType.PART_ADDED})
_RESPONSIBLE = re.compile(
    "(?:责任|牵头|配合|主管|实施|协办|参与)(?:单位|部门)[：:]|是[^，。；]{0,20}(?:主管|牵头|责任)?(?:部门|机构|单位|主体)$"
)
"""Whose a task is: （责任单位：区民政局）, 市民政部门是养老服务的主管部门."""
_DELEGATES = re.compile(
    "(?:具体|详细)?[^，。；由]{0,8}(?:办法|标准|规则|细则|程序|范围)由[^，。；]{2,24}(?:制定|规定|确定|公布)"
)
"""Who settles the rest: 具体标准由区人民政府制定; the local text is what was settled."""
_AIMS = re.compile(
    "(?:不断|切实|进一步)?(?:强化|增强|提高|提升|树立)[^，。；、]{0,16}(?:意识|认识|观念|能力|水平|素质|素养|作用)"
)
"""What a plan hopes for: 强化责任意识, 提高服务水平."""
_PRINCIPLES = re.compile("[^，。；]{0,24}(?:的原则|原则[，。；])")
"""After a member of a list of principles: 政府引导、部门协同、分类管理的原则."""
_LISTED = re.compile("[、和及或与]")


def is_near(superior: str, local: str) -> bool:
    """Return whether a local passage is its source copied, names and few words aside."""
    return common_share(fold_words(superior), fold_words(local)) >= NEAR_COPY


_POWER_USED = re.compile("可以?(?:指定|确定|委托|授权|根据实际)")
_DUTY_WORD = re.compile("应当|必须|须|务必|一律|应(?!用|急|对)")


def dropped(source: str, local: str, *, genre: Genre = Genre.POLICY) -> tuple[Dropped, ...]:
    """Return the parts of substance of a source that a local text leaves out, in the order of the source.

    Names of places are no part of substance. `local` may hold several sentences: everything that comes from the source.

    >>> [(each.type.value, each.text) for each in dropped(
    ...     "市级部门应当公开名单，并接受社会监督，不得收取费用。", "区级部门应当公开名单。")]
    [('part_removed', '并接受社会监督'), ('prohibition', '不得收取费用')]
    """
    found = one_sided(strike_places(source), strike_places(local), genre=genre, comes=False)
    places: dict[Span, Dropped] = {}
    for signal in found:
        if signal.old_span is not None and signal.weight >= OF_SUBSTANCE:
            text = source[signal.old_span.start : signal.old_span.end]
            # of a whole line its content is named last, and says more than that a line is gone
            places[signal.old_span] = Dropped(
                type=signal.type, text=text, span=signal.old_span, weight=signal.weight
            )
    return tuple(places.values())
