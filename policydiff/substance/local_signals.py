"""The differences between a superior and a local passage: names of places struck, what districts change in most provisions made light; and what is left out.

A half-sentence or a scope that a district changes where it only makes a provision its own is shown, and decides nothing.
"""

import re
from functools import cache

from policydiff.lexicon.bodies import system_of
from policydiff.lexicon.measures import Quantity, are_alike
from policydiff.lexicon.quantities import find_quantities
from policydiff.lexicon.shortest_edits import common_share
from policydiff.lexicon.text_marks import cut_known_words
from policydiff.lexicon.widths import fold_words
from policydiff.model import Direction, Dropped, Genre, Signal, SignalType, Span
from policydiff.substance.last_reading import word_edits
from policydiff.substance.offices import STRUCK, find_bodies, levels_apart, other_level, strike_places
from policydiff.substance.provisions import QUANTITY_TYPES
from policydiff.substance.shown_words import in_whole_words
from policydiff.substance.signalling import differences, one_sided
from policydiff.substance.vocabulary import any_of, are_contrary, contrasts_of, vocabulary
from policydiff.substance.weighing import LEAST_COPIED, LONGEST_EDIT, NEAR_COPY, OF_SUBSTANCE, SOFT

PARTS = frozenset({SignalType.PART_REMOVED, SignalType.PART_ADDED})
OF_LISTS = frozenset({SignalType.SCOPE, SignalType.DEFINITION})
_CIRCUMSTANCES = frozenset({SignalType.CONDITION, SignalType.EXCEPTION})
"""A word of them in another one (机关, 部门; 排除前, 消除前) is as soft as one of a scope; a whole one is not."""
_SOFT = (
    PARTS
    | OF_LISTS
    | {SignalType.PARAGRAPH_REMOVED, SignalType.PARAGRAPH_ADDED, SignalType.BODY, SignalType.REFERENCE}
)
"""Types that a district changes in most provisions that it only makes its own (labelled pairs: a half-sentence of no
other type came or went in 29 of 46 localised provisions and in 10 of 23 loosened ones). They are shown; they decide
nothing, unless one came or went in a copy (`_is_cut`)."""


def local_signals(superior: str, local: str, *, genre: Genre = Genre.POLICY) -> tuple[Signal, ...]:
    """Return the signals between a superior and a local passage once names of place and level are struck."""
    struck = _cut_alike(strike_places(superior), strike_places(local))
    if struck[0] == struck[1]:
        return _of_levels(superior, local)
    near, exact = is_near(*struck), is_exact(*struck)
    found = []
    for signal in differences(*struck, genre=genre):
        old = superior[slice(*signal.old_span)] if signal.old_span else None
        new = local[slice(*signal.new_span)] if signal.new_span else None
        if signal.type is SignalType.BODY and old == new:
            continue  # 市或者区规划资源部门, 区规划资源部门: the level alone was struck
        if _is_level(old, new, superior, local):
            continue
        if signal.type is SignalType.BODY and _turned(old or "", new or ""):
            soft = False
        elif exact:
            soft = (
                _is_own(signal, superior, local)
                or _is_basis(signal, superior, local)
                or _is_wording(next(in_whole_words([signal], superior, local)), superior, local)
            )
        else:
            soft = _is_soft(signal, superior, local, near=near) and not (near and are_contrary(old, new))
        weight = min(signal.weight, SOFT) if soft else signal.weight
        found.append(signal.model_copy(update={"old": old, "new": new, "weight": weight}))
    told = {at for each in found if each.old_span for at in range(*each.old_span)}
    found += (
        each
        for each in _of_levels(superior, local)
        if each.old_span and told.isdisjoint(range(*each.old_span))
    )
    return tuple(in_whole_words(found, superior, local))


def _of_levels(superior: str, local: str) -> tuple[Signal, ...]:
    """Return governments of another level, which striking the names of levels makes alike: shown, they decide nothing."""
    return tuple(
        Signal(
            type=SignalType.BODY,
            direction=Direction.CHANGED,
            old=superior[slice(*old)],
            new=local[slice(*new)],
            old_span=old,
            new_span=new,
            weight=SOFT,
        )
        for old, new in levels_apart(superior, local)
    )


def _cut_alike(superior: str, local: str) -> tuple[str, str]:
    """Return two struck passages without the commas that stand, between the same words, in one of them alone: 机构，应当公开, 机构应当公开."""

    def uncut(text: str, other: str) -> str:
        marks = list(text)
        for at in (place.start() for place in _COMMA.finditer(text)):
            before, after = text[max(0, at - _SEEN) : at], text[at + 1 : at + 1 + _SEEN]
            if before + after in other and before + text[at] + after not in other:
                marks[at] = STRUCK
        return "".join(marks)

    return uncut(superior, local), uncut(local, superior)


_COMMA = re.compile("(?<=[一-鿿]{2})(?<!的)[，,](?=应当|不得|可以|必须|应|要|有权|有下列|由|负责|方可)")
"""The comma after who is bound; one after a condition (…的，应当) parts two provisions."""
_SEEN = 3
"""Characters on either side by which the place of a comma is known again: 「部门，可以」 for 「关部门可以」."""


def is_exact(superior: str, local: str) -> bool:
    """Return whether a local passage is its source letter by letter but for a few words: each of these was changed on purpose."""
    edits = [
        pair
        for old, new in word_edits(superior, local)
        if not _of_style(
            "".join(pair := (_without_bodies(superior[slice(*old)]), _without_bodies(local[slice(*new)])))
        )
    ]
    edited = max((sum(len(pair[side]) for pair in edits) for side in (0, 1)), default=0)
    return (
        len(edits) <= 1 and edited <= LONGEST_EDIT and min(len(superior), len(local)) >= LEAST_COPIED * edited
    )


def _of_style(words: str) -> bool:
    return all(word in vocabulary().style or set(word) == {STRUCK} for word in cut_known_words(words))


def _is_own(signal: Signal, superior: str, local: str) -> bool:
    """Return whether of an exact copy a difference only says whose provision it is: another text cited, another body in charge."""
    words = f"{signal.old or ''}{signal.new or ''}"
    if _SHORT_NAME.fullmatch(words):
        return True
    text, span = (superior, signal.old_span) if signal.new is None else (local, signal.new_span)
    if span is not None and _ABBREVIATED.search(text[: span.start]):
        return True
    told = text[slice(*span)] if span is not None else words
    if (signal.old is None or signal.new is None) and superior.count(told) == local.count(told):
        return True  # 机构应当公开收费标准，并接受检查: who is bound stands before the half-sentence
    if signal.type is SignalType.BODY:
        old, new = signal.old or "", signal.new or ""
        changed = _is_other_field(signal) or other_level(old, new)
        return bool(old and new) and not changed
    if signal.type not in PARTS | OF_LISTS | _CIRCUMSTANCES or _JOINTS.fullmatch(words):
        return signal.type is SignalType.REFERENCE
    # that a body is no longer asked (会同) is told of the body
    own = words == "会同" or _OF_LEVEL.fullmatch(_without_bodies(words))
    return bool(own or _RESPONSIBLE.search(words))


_WORDS_ALONE = OF_LISTS | {SignalType.EXCEPTION}


def _is_wording(signal: Signal, superior: str, local: str) -> bool:
    """Return whether words went, came or were exchanged without a direction: of copies with such an edit two in three readers call the same.

    Words that exclude each other (境内, 境外) are another provision.
    """
    if signal.direction is not Direction.CHANGED or signal.type not in _WORDS_ALONE:
        return False
    sides = signal.old or "", signal.new or ""
    if sides[0] == sides[1]:
        return False  # an exception behind another rule
    text, span = (local, signal.new_span) if signal.old is None else (superior, signal.old_span)
    if any(is_manner(side) for side in sides) or (not all(sides) and span and _is_member(signal, text, span)):
        return False
    held = [contrasts_of(side) for side in sides]
    return held[0] == held[1] and not are_contrary(*sides)


def _is_level(old: str | None, new: str | None, superior: str, local: str) -> bool:
    """Return whether words only say of which level a government is, which the other side has too: 地方各级人民政府, 市、区人民政府.

    Who stands above (国务院, 省级, 上级) is no matter of level: both passages have to name the same.
    """
    sides = [words for words in (old, new) if words]
    if not sides or not all(_GOVERNMENT.fullmatch(words) for words in sides):
        return False
    if any("政府" in words for words in sides) and superior.count("政府") != local.count("政府"):
        return False
    above = [sorted(_ABOVE.findall(_WITH_STATE.sub("", text))) for text in (superior, local)]
    return above[0] == above[1]


_GOVERNMENT = re.compile(
    "(?:[省市区县州旗乡镇街]级?|[、和及（）()]|街道|不?设区的|辖区|以上|地方|各级|所在地|当地|行政区域|的)*(?:人民政府|政府)?"
)
_ABOVE = re.compile("级以下|国务院|省级|省、自治区|上一?级|本级|同级|下一?级")
_WITH_STATE = re.compile("国务院和(?=县级|地方)")


def _turned(old: str, new: str) -> bool:
    """Return whether two bodies changed places: the one that leads now assists."""
    return old != new and sorted(old) == sorted(new)


_OF_LEVEL = re.compile(
    f"(?:[{STRUCK}本全我各对由省市区县乡镇街级两三、和及与或者（）内]|以上|地方|有关|相关|部门|行政区域|国家?|本(?:法|条例|办法|规定))*"
)
"""Words that say whose level a provision is of: 县级以上 of a law, 市、区 of a city."""
_JOINTS = re.compile("(?:以?及其?|[、和与]|或者?)+")
_SHORT_NAME = re.compile("[（(]以下(?:简|统|合)?称[^（）()]*[）)]")
_ABBREVIATED = re.compile("[（(]以下(?:简|统|合)?称[“”‘’]?$")


def _without_bodies(words: str) -> str:
    for body in reversed(find_bodies(words)):
        words = words[: body.start] + words[body.end :]
    return words


def _is_soft(signal: Signal, superior: str, local: str, *, near: bool) -> bool:
    """Return whether a difference is one that a district makes in most provisions that it only makes its own."""
    if _is_offence(signal, superior, local) or _is_restated(signal, superior, local):
        return True
    if _is_basis(signal, superior, local):
        return True
    reworded = signal.type in _CIRCUMSTANCES and signal.direction is Direction.CHANGED
    if (signal.type in _SOFT or reworded) and (
        signal.type is SignalType.REFERENCE or not _has_figure(signal)
    ):
        return not (near and _is_cut(signal, superior, local))
    if signal.type is SignalType.DUTY and not _has_figure(signal):
        # 要加强…: a task of offices, put in other words by every district; 要 → 推动 in the same words is none
        binding = _BINDING.search(f"{signal.old or ''}{signal.new or ''}")
        return binding is None and not (near and signal.old and signal.new)
    return False


def _has_figure(signal: Signal) -> bool:
    """Return whether words that one side alone has, or in which both differ, name a value: 每两个月至少一次, 不低于1:1."""
    values = [
        {quantity.key for quantity in find_quantities(words)} | set(_RATIO.findall(words))
        for words in (signal.old or "", signal.new or "")
    ]
    return values[0] != values[1]


_RATIO = re.compile(r"\d+[:：]\d+")


def _is_restated(signal: Signal, superior: str, local: str) -> bool:
    """Return whether a value that one side alone has stands in the other too, elsewhere: 每张补贴1万元, 新增一张，给予10000元."""
    if signal.type not in _VALUES or (signal.old is None) == (signal.new is None):
        return False
    words, other = (signal.new, superior) if signal.old is None else (signal.old, local)
    values, others = list(find_quantities(words or "")), list(find_quantities(other))
    return bool(values) and all(any(_is_same_value(one, each) for each in others) for one in values)


def _is_same_value(one: Quantity, other: Quantity) -> bool:
    return are_alike(one, other) and (one.unit, one.low, one.high) == (other.unit, other.low, other.high)


_VALUES = frozenset(QUANTITY_TYPES.values())


def _is_basis(signal: Signal, superior: str, local: str) -> bool:
    """Return whether a part that one side alone has only says on what a provision rests: 按照国家有关规定, 部门应当按照鼓励创新的原则, 违反本条例第十条规定.

    A modal in it has to stand on the other side too: what the part leads in is bound there all the same.
    """
    if signal.type not in _OF_A_BASIS or (signal.old is None) == (signal.new is None):
        return False
    text, span, other = (
        (superior, signal.old_span, local) if signal.new is None else (local, signal.new_span, superior)
    )
    found = _RESTS_ON.fullmatch(text[slice(*span)] if span is not None else "")
    return found is not None and (found["modal"] is None or found["modal"] in other)


_OF_A_BASIS = PARTS | {SignalType.DUTY, SignalType.SCOPE}
_RESTS_ON = re.compile(
    """
    (?:[^，。；]{0,30}?(?P<modal>应当|必须|应|要))? (?:严格|认真|依法|切实)?
    (?: (?:按照?|根据|依照|依据|遵照|遵循|结合|本着|围绕|对照) [^，。；]*?
        (?:规定|要求|原则|精神|部署|实际|情况|需要|特点|分工|意见|方针|理念|目标)
      | 以[^，。；]{2,40}为(?:载体|依托|抓手|契机|基础|引领|指导|统领|主线|重点|核心|支撑)
    )
  | (?:[^，。；]{2,40}?)? (?:违反|未按照?|不按照?) (?:本(?:法|条例|办法|规定|细则))? 第[^，。；的]{1,30}[条款项] (?:的?规定)?
    """,
    re.VERBOSE,
)


def _is_offence(signal: Signal, superior: str, local: str) -> bool:
    """Return whether words say what is punished where the other side names it by its article: 违反前款规定的."""
    if signal.type not in (SignalType.CONDITION, SignalType.ITEM_REMOVED, SignalType.ITEM_ADDED):
        return False
    named = [BY_ARTICLE.search(text) is not None for text in (superior, local)]
    if not all(named):
        return any(named) and "违反" in superior and "违反" in local
    text, span = (local, signal.new_span) if signal.old is None else (superior, signal.old_span)
    return span is not None and text[: span.start].endswith(
        "规定，"
    )  # 逾期不改正的, further on, is no offence


BY_ARTICLE = re.compile(
    "违反(?:本(?:法|条例|办法|规定|细则))?(?:第[^，。；]{1,12}[条款项]|前[一二三两]?[条款])[^，。；]{0,12}规定"
)


def _is_cut(signal: Signal, superior: str, local: str) -> bool:
    """Return whether, of words that are copied for the rest, a half-sentence or a member of a list came or went."""
    text, span = (local, signal.new_span) if signal.old is None else (superior, signal.old_span)
    if signal.type is SignalType.BODY:
        return _is_other_field(signal)
    if span is None or signal.type not in PARTS | OF_LISTS:
        return False
    if signal.old is not None and signal.new is not None:
        words = signal.old + signal.new
        return "、" in words and not any(find_bodies(words))
    words = text[span.start : span.end]
    if signal.type in PARTS:
        return _RESPONSIBLE.search(words) is None
    return _is_member(signal, text, span)


def _is_other_field(signal: Signal) -> bool:
    """Return whether a body of another field of work took a body's place: 公安机关, 文化旅游部门; a government's own office did not."""
    fields = [
        {system_of(body.name.strip(STRUCK).rpartition("人民政府")[2]) for body in find_bodies(words or "")}
        for words in (signal.old, signal.new)
    ]
    return not fields[0] & fields[1] and all(each and not each & {None, "政府"} for each in fields)


def _is_member(signal: Signal, text: str, span: Span) -> bool:
    """Return whether words are a member of a list, or say how something is done (定期, 书面); names of bodies are neither."""
    words = text[span.start : span.end]
    if any(find_bodies(words)):
        return False
    if is_manner(words):
        return True
    before, after = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    joined = _LISTED.search(before) or _LISTED.match(after) or _LISTED.search(words[:1] + words[-1:])
    return signal.direction in (Direction.STRICTER, Direction.LOOSER) or bool(joined)


@cache
def _manner() -> re.Pattern[str]:
    return re.compile(
        f"(?:(?:向|面向)?(?:全?社会|公众)|{any_of(vocabulary().manner)}|[在于]?(?:显著|醒目)(?:位置|处))(?:通知|告知|公[布示开]|申请|报告|答复)?"
    )


def is_manner(words: str) -> bool:
    """Return whether words only say how a duty is done, or by what a paper or a person passes: without them less is asked for."""
    return _manner().fullmatch(words) is not None


_RESPONSIBLE = re.compile(
    "(?:责任|牵头|配合|主管|实施|协办|参与)(?:单位|部门)[：:]|是[^，。；]{0,20}(?:主管|牵头|责任)?(?:部门|机构|单位|主体)$"
)
"""Whose a task is: （责任单位：区民政局）, 市民政部门是养老服务的主管部门."""
_LISTED = re.compile("[、和及或与]")


def is_near(superior: str, local: str) -> bool:
    """Return whether a local passage is its source copied, names and few words aside."""
    return common_share(fold_words(superior), fold_words(local)) >= NEAR_COPY


_BINDING = re.compile("应当|必须|须|务必|一律|应(?!用|急|对)")


def dropped(source: str, local: str, *, genre: Genre = Genre.POLICY) -> tuple[Dropped, ...]:
    """Return the parts of substance of a source that a local text leaves out, in the order of the source.

    Names of places are no part of substance. `local` may hold several sentences: everything that comes from the source.

    >>> [(each.type.value, each.text) for each in dropped(
    ...     "市级部门应当公开名单，并接受社会监督，不得收取费用。", "区级部门应当公开名单。")]
    [('part_removed', '并接受社会监督'), ('prohibition', '不得收取费用')]
    """
    found = one_sided(*_cut_alike(strike_places(source), strike_places(local)), genre=genre, comes=False)
    places: dict[Span, Dropped] = {}
    for signal in found:
        if _is_offence(signal, source, local) or _is_basis(signal, source, local):
            continue
        if signal.old_span is not None and signal.weight >= OF_SUBSTANCE:
            text = source[signal.old_span.start : signal.old_span.end]
            # of a whole line its content is named last, and says more than that a line is gone
            places[signal.old_span] = Dropped(
                type=signal.type, text=text, span=signal.old_span, weight=signal.weight
            )
    return tuple(places.values())
