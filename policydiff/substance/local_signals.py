"""Differences between a superior and a local passage; local names are removed, and usual changes of districts get a low weight.

A half-sentence or a scope that a district changes only to fit a provision to its area is shown, and does not decide the effect.
"""

import re

from policydiff.lexicon import areas
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.shortest_edits import common_share
from policydiff.lexicon.widths import fold_words
from policydiff.model import Direction, Genre, Signal, SignalType, Span
from policydiff.substance.alignment import members_left_out
from policydiff.substance.counterparts import BANNED
from policydiff.substance.feature_differences import overlap
from policydiff.substance.last_reading import exchanged_words, is_exact, names_open_office
from policydiff.substance.left_open import settles
from policydiff.substance.mentions import (
    HALVES,
    has_figure,
    is_choice_made,
    is_consulted,
    is_restated,
    is_said_again,
    is_spoken_of,
    is_target,
    names_way,
    starts_elsewhere,
    without_bodies,
)
from policydiff.substance.offences import bans_allowed, is_left_to_law, is_named_offence, is_other_ban
from policydiff.substance.offices import STRUCK, find_bodies, other_level, strike_places
from policydiff.substance.other_actors import (
    SEEN,
    bears_another,
    bound_apart,
    consents_apart,
    in_names_of,
    is_other_field,
    named_for,
    names_office,
    names_offices,
    offices_named,
    tasks_exchanged,
    turned,
)
from policydiff.substance.provisions import is_exhortation, opens_text
from policydiff.substance.shown_words import (
    governments_apart,
    in_one,
    in_whole_words,
    is_one_of_subdistricts,
)
from policydiff.substance.signalling import differences
from policydiff.substance.vocabulary import are_contrary, contrasts_of, is_manner, say_alike
from policydiff.substance.weighing import (
    HELD,
    LEAST_HELD,
    LEAST_SAID,
    NEAR_COPY,
    OF_SUBSTANCE,
    SOFT,
    weight_of,
)

PARTS = frozenset({SignalType.PART_REMOVED, SignalType.PART_ADDED})
OF_LISTS = frozenset({SignalType.SCOPE, SignalType.DEFINITION})
_CIRCUMSTANCES = frozenset({SignalType.CONDITION, SignalType.EXCEPTION})
"""Types whose words localise when replaced by another word (机关 → 部门, 排除前 → 消除前); an added or removed exception or condition is not
soft."""
_SOFT = (
    PARTS
    | OF_LISTS
    | {SignalType.PARAGRAPH_REMOVED, SignalType.PARAGRAPH_ADDED, SignalType.BODY, SignalType.REFERENCE}
)
"""Types of difference that districts make in most provisions which they merely localise (labelled pairs: a
half-sentence of no other type was added or removed in 29 of 46 localised and in 10 of 23 loosened provisions). They
are shown but decide no effect, unless words were added to or removed from a near copy (`_is_cut`)."""


def local_signals(superior: str, local: str, *, genre: Genre = Genre.POLICY) -> tuple[Signal, ...]:
    """Return the signals between a superior and a local passage; names of places and levels are struck from both first."""
    struck = cut_alike(strike_places(superior), strike_places(local))
    if struck[0] == struck[1]:
        return governments_apart(superior, local)
    alike = in_names_of(struck[1], struck[0])
    near, exact = is_near(struck[0], alike.text), is_exact(struck[0], alike.text)
    frames = opens_text(superior, local)
    found = []
    told = in_one(differences(*struck, genre=genre), *struck)
    by_kind = any(each.type not in OF_LISTS for each in told)  # 探索, 构建: a class of duty
    exchanged = exchanged_words(struck[0], alike.text) if exact and not by_kind else None
    if exchanged is not None:
        exchanged = exchanged[0], Span(*alike.place(exchanged[1].start, exchanged[1].end))
    for signal in (_in_place(each, exchanged, struck) for each in told):
        old = superior[slice(*signal.old_span)] if signal.old_span else None
        new = local[slice(*signal.new_span)] if signal.new_span else None
        if signal.type is SignalType.BODY and old == new:
            continue  # 市或者区规划资源部门, 区规划资源部门: the level alone was struck
        moved = (signal.type in _CIRCUMSTANCES and old == new) or starts_elsewhere(signal, *struck)
        exchanges = signal.type is SignalType.BODY and turned(old or "", new or "")
        if moved or exchanges or bears_another(signal, superior, local):
            soft = False
        elif (
            say_alike(old or "", new or "")
            or is_choice_made(signal, superior, local)
            or is_target(signal, superior, local)
            or names_offices(old or "", new or "")
            or names_way(signal, superior, local)
            or (
                signal.type is SignalType.FREQUENCY
                and not (old and new)
                and superior.count(old or new or "") == local.count(old or new or "")
            )
            or (not (old and new) and is_one_of_subdistricts(old or new or "", superior, local))
            or settles(superior, local, signal.old_span, signal.new_span)
            or (frames and ("有效期" in local or not has_figure(signal)))
            or lays_down_nothing(signal, superior, local)
            or is_restated(signal, superior, local)
            or is_left_to_law(signal, superior, local)
            or (
                signal.new is None
                and has_figure(signal)
                and any(bans_allowed(each, signal, superior) for each in told)
            )
        ):
            soft = True
        elif exact:
            whole = next(in_whole_words([signal], superior, local))
            named = signal.type is SignalType.BODY and not (old and new) and names_open_office(*struck)
            soft = named or _is_own(signal) or (not exchanged and _is_wording(whole, superior, local))
        else:
            soft = _is_soft(signal, superior, local, near=near) and not (near and are_contrary(old, new))
        weight = min(signal.weight, SOFT) if soft else signal.weight
        found.append(signal.model_copy(update={"old": old, "new": new, "weight": weight}))
    taken = {at for each in found if each.old_span for at in range(*each.old_span)}
    heavy = {
        at for each in found if each.weight >= OF_SUBSTANCE and each.old_span for at in range(*each.old_span)
    }
    for span in members_left_out(*struck) if near else ():
        if heavy.isdisjoint(range(*span)):
            words = superior[slice(*span)]
            gone = {"direction": Direction.NARROWER, "weight": weight_of(SignalType.SCOPE)}
            found.append(Signal(type=SignalType.SCOPE, old=words, new=None, old_span=span, **gone))
    found += (
        each
        for each in governments_apart(superior, local)
        if each.old_span and taken.isdisjoint(range(*each.old_span))
    )
    found += consents_apart(superior, local)
    found += tasks_exchanged(superior, local, tuple(found))
    bound = tuple(bound_apart(superior, local))
    scope = [each for each in found if each.type is SignalType.SCOPE]
    found = [each for each in found if each not in scope or not any(overlap(each, one) for one in bound)]
    found += bound
    return tuple(in_whole_words(found, superior, local))


def _in_place(signal: Signal, exchanged: tuple[Span, Span] | None, struck: tuple[str, str]) -> Signal:
    """Return the signal with the exchanged words on both sides if a word replaced a filler word of other texts (全面, 基本)."""
    words = signal.old or signal.new or ""
    if exchanged is None or is_manner(words) or "、" in words:
        return signal
    before, after = (_OF_ALL.match(text, span.start) for text, span in zip(struck, exchanged, strict=True))
    way = (
        Direction.CHANGED if bool(before) == bool(after) else Direction.WIDER if after else Direction.NARROWER
    )
    return signal.model_copy(update={"old_span": exchanged[0], "new_span": exchanged[1], "direction": way})


_OF_ALL = lazy_pattern("(?:所有(?![人权])|全部|各类|一切|任何|全体)")
"""Words for every member of a group, in the place of a qualifying attribute: 中型以上餐饮单位 → 所有餐饮单位."""


def _places_named(superior: str, local: str) -> tuple[str, str]:
    """Strike from both passages the places and offices that the superior leaves open and the local passage names (有条件的街镇 → 方松街道、岳阳街道)."""
    for old, new in (
        *named_for(areas.OPEN_PLACE, areas.PLACES_NAMED, superior, local),
        *offices_named(superior, local),
    ):
        superior, local = (
            text[: place.start] + STRUCK * (place.end - place.start) + text[place.end :]
            for text, place in ((superior, old), (local, new))
        )
    return superior, local


def cut_alike(superior: str, local: str) -> tuple[str, str]:
    """Return both struck passages without short names (以下简称…), and without commas that only one passage has: 机构，应当公开 → 机构应当公开."""
    superior, local = _places_named(superior, local)

    def uncut(text: str, other: str) -> str:
        marks = list(_SHORT_NAME.sub(lambda name: STRUCK * len(name[0]), text))
        for at in (place.start() for place in re.finditer("[，,]", text)):
            before, after = text[max(0, at - SEEN) : at], text[at + 1 : at + 1 + SEEN]
            if before + text[at] + after in other:
                continue
            if (binds := _COMMA.match(text, at)) and before + binds["then"] in other:
                marks[at] = STRUCK
            elif _LIST_MARK.match(text, at) and f"{before}、{after}" in other:
                marks[at] = "、"
        return "".join(marks)

    return uncut(superior, local), uncut(local, superior)


_SHORT_NAME = lazy_pattern("[（(]以下(?:简|统|合)?称[^（）()]{1,20}[）)]")
_COMMA = lazy_pattern(
    "(?<=[一-鿿]{2})(?<!的)[，,](?=(?P<then>应当|不得|可以|必须|应|要|有权|有下列|由|负责|方可))"
)
"""A comma after the subject of a duty. A comma after a condition (…的，应当) is not matched: it separates two provisions."""
_LIST_MARK = lazy_pattern("，(?![^，。；]*(?:不得|可以|的，))")
"""A comma between tasks for which the counterpart has a list mark: 优化流程，精简材料 → 优化流程、精简材料."""


def _is_own(signal: Signal) -> bool:
    """Return whether a difference in a near copy only adapts it to its issuer: another text cited, another body in charge."""
    words = f"{signal.old or ''}{signal.new or ''}"
    if signal.type is SignalType.BODY:
        other = not (signal.old and signal.new and find_bodies(signal.old)) or is_other_field(signal)
        return not other and not other_level(signal.old or "", signal.new or "")
    if signal.type not in PARTS | OF_LISTS | _CIRCUMSTANCES or _JOINTS.fullmatch(words):
        return signal.type is SignalType.REFERENCE
    own = _OF_LEVEL.fullmatch(without_bodies(words)) and not areas.PART_OF_TOWN.search(words)  # 全市, 市区
    return bool(own or _RESPONSIBLE.search(words))


def _is_wording(signal: Signal, superior: str, local: str) -> bool:
    """Return whether words were added, removed or exchanged without a direction; two of three readers call such copies the same.

    Words that exclude each other (境内 → 境外) make another provision: False.
    """
    sides = signal.old or "", signal.new or ""
    listed = signal.type in OF_LISTS | {SignalType.EXCEPTION}
    if signal.direction is not Direction.CHANGED or not listed or sides[0] == sides[1]:
        return False  # equal sides: an exception behind another rule
    text, span = (local, signal.new_span) if signal.old is None else (superior, signal.old_span)
    asked = span and not all(sides) and is_consulted(text[slice(*span)], text[: span.start])
    if asked or any(map(is_manner, sides)) or (span and not all(sides) and _is_member(signal, text, span)):
        return False
    held = [contrasts_of(side) for side in sides]
    return held[0] == held[1] and not are_contrary(*sides)


_OF_LEVEL = lazy_pattern(
    f"(?:[{STRUCK}本全我各同对由省市区县乡镇街级属两三、和及与或者（）内]|以上|地方|城市|区域|有关|相关|部门|行政区域|国(?!内)家?|[同本]级(?:财政)?预算|本(?:法|条例|办法|规定))*"
)
"""Words that name only the level of government of a provision: 县级以上 in a law, 市、区 in a city's rules."""
_JOINTS = lazy_pattern("(?:以?及其?|[、和与]|或者?)+")


def _is_soft(signal: Signal, superior: str, local: str, *, near: bool) -> bool:
    """Return whether the difference is of a kind that districts make in most provisions which they merely localise."""
    if is_named_offence(signal, superior, local):
        return True
    fewer = signal.new and signal.type in OF_LISTS and "或" in (signal.old or "") and "或" not in signal.new
    if fewer or (near and _limits(signal)):
        return False
    reworded = signal.type in _CIRCUMSTANCES and signal.direction is Direction.CHANGED
    if (signal.type in _SOFT or reworded) and (signal.type is SignalType.REFERENCE or not has_figure(signal)):
        return not (near and _is_cut(signal, superior, local))
    turned = (
        signal.old and signal.new and signal.old != signal.new and sorted(signal.old) == sorted(signal.new)
    )
    if signal.type is SignalType.DUTY and not has_figure(signal) and not turned:
        # every district rewords tasks of offices (要加强…); 要 → 推动 with equal words is no rewording
        binding = _BINDING.search(f"{signal.old or ''}{signal.new or ''}")
        return binding is None and not near
    return False


def _limits(signal: Signal) -> bool:
    """Return whether words on one side only restrict a group to some of its members: 公办, 高龄, 规模以上, 户籍."""
    one_sided = (signal.old is None) != (signal.new is None) and signal.type in OF_LISTS
    words = signal.old or signal.new or ""
    named = len(words) > LEAST_SAID and names_office(words)  # 城市运行管理中心; 公办 is none
    return one_sided and bool(contrasts_of(words)) and not named


def lays_down_nothing(signal: Signal, superior: str, local: str) -> bool:
    """Return whether words on one side only name the actor, basis or spirit of a rule, or recur elsewhere on the opposite side."""
    if (signal.old is None) == (signal.new is None) or signal.type not in _ONE_SIDED or _limits(signal):
        return False
    text, span, other = (
        (superior, signal.old_span, local) if signal.new is None else (local, signal.new_span, superior)
    )
    if span is None:
        return False
    words, before, behind = text[slice(*span)], text[: span.start], text[span.end :]
    if signal.type in (SignalType.NUMBER, SignalType.PERIOD):
        counted = signal.old is None and _THERE_ARE.search(before) is not None
        return counted or _NUMBER_TO_CALL.search(f"{words}\n{superior}\n{local}") is not None
    if signal.type in (SignalType.INSTRUMENT, SignalType.PROHIBITION):
        listed = len(words) >= LEAST_SAID and other.count(words) >= text.count(words)
        emphasised = words in _ALL_ALIKE and signal.direction is Direction.CHANGED
        return emphasised or listed or is_said_again(words, text, other)
    its = _ITS_OFFICES.match(behind)
    office = _OF_GOVERNMENT.sub("", words + (its[0] if its else "")).lstrip("本省市区县镇乡")
    named = office in other and not any(f"{one}{office}" in other for one in ("政府", "国务院"))  # 区残联
    if signal.type is SignalType.BODY and "政府" not in office and named:
        return True
    own = _OF_LEVEL.fullmatch(words) is not None
    # 省、自治区、直辖市人民政府 of a state law are 市和区、县人民政府 in a local text
    own |= _PROVINCES.fullmatch(text, *span) is not None and not re.search("直辖|民族乡", other)
    governs = "政府" in words and not HALVES.split(before)[-1] and _IT_ITSELF.search(other)
    own |= bool((_LINE.fullmatch(words) and not re.search("全[省市区县]|各[乡镇街]", other)) or governs)
    own |= is_exhortation(words) or _IN_SPIRIT.fullmatch(words) is not None
    half = HALVES.split(before)[-1] + words + HALVES.split(behind)[0]
    own |= half.endswith("的") and half.count(words) > 1 and words in other  # 企业发现或者接到（企业）报告的
    own |= signal.new is None and areas.LEFT_TO_LOCALITY.search(words) is not None
    return own or is_spoken_of(words, before, behind, other, comes=signal.old is None)


_PROVINCES = lazy_pattern("、?(?:自治区|直辖市)[自治区直辖市、和或者（）()]*|(?<=乡、)民族乡")
"""Equals of a province after 省, and of a township after 乡: a state law lists all of them, a local text means its own."""
_OF_GOVERNMENT = lazy_pattern("^.*政府(?=[一-鿿])")
"""A government in front of its department, which a local text names by its field alone: 城市人民政府（供水行政主管部门）."""
_ITS_OFFICES = lazy_pattern("(?:其他)?(?:有关|相关|主管)部门")
"""Offices of the government named before them: 县级以上人民政府（其他有关部门）; in 人民政府及其有关部门 the government acts too."""
_ALL_ALIKE = ("一律", "一概")
"""Words that only emphasise a ban, because a ban allows no exception anyway."""
_IT_ITSELF = lazy_pattern("(?:^|[，。；\\n])[本我全][省市区县镇乡](?![政委]|人民政府|级)")
"""The locality named in place of its government: 各市、县人民政府 → 我市."""
_LINE = lazy_pattern("\\d{1,2}号线|(?:[一-鿿]{2,3}(?:镇|乡|街道)[、和及]?){2,}")
"""A railway line, or towns by their names, where the superior does not say that all are meant."""
_NUMBER_TO_CALL = lazy_pattern(
    r"^(?:0\d{2,3}-?)?\d{7,8}\n|^(?P<number>\d{5,8})\n(?s:.*)(?P=number)”?[一-鿿]{0,8}(?:热线|专线|平台|电话)"
    r"|^(?P<line>\d{1,2})\n(?s:.*)(?<!\d)(?P=line)号线"
    r"|^(?P<kind>\d{3,5})\n(?s:.*)(?P=kind)(?![^、等]*以[上下])[一-鿿]{2,6}(?:、[一-鿿]{2,12})*等"
    r"|^(?P<years>[\d一二三四五六七八九十两]{1,3}年)\n(?s:.*)(?P=years)[一-鿿]{0,8}(?:计划|规划|方案)"
)
"""Numbers that are names: telephones, hotlines, railway lines, examples, plans: 公布监督电话（021-12345678）, 12345市民服务热线, 轨道交通9号线,
8424西瓜等特色产业, 三年行动计划."""
_THERE_ARE = lazy_pattern("(?:列入|在册|现有|辖区|既有|建成)[^，。；]{0,6}的?(?:\\d+[^，。；]{1,8}[、和])*$")
"""Words before a number that only counts the existing objects of a district: 对列入名录的386株古树名木."""
_IN_SPIRIT = lazy_pattern(
    "有序|稳步|稳妥|扎实|大力|深入|持续|充分|科学|高效|广泛|统筹|务实|着重|牢固|平稳|更好|健康|规范|精准|坚决|全力|着力|认真|各[类种]"
)
"""Adverbs that bind nobody: 引导居民（有序）参与."""
_ONE_SIDED = (PARTS | OF_LISTS) | {
    SignalType[name]
    for name in ("BODY", "DUTY", "PROHIBITION", "INSTRUMENT", "CONDITION", "NUMBER", "PERIOD")
}


def _is_cut(signal: Signal, superior: str, local: str) -> bool:
    """Return whether a half-sentence or a list member was added to or removed from words that are otherwise copied."""
    text, span = (local, signal.new_span) if signal.old is None else (superior, signal.old_span)
    one_sided = (signal.old is None) != (signal.new is None) and signal.type in OF_LISTS | {SignalType.BODY}
    consulted = span and one_sided and is_consulted(text[slice(*span)], text[: span.start])
    if consulted or is_other_ban(signal, superior):
        return True
    if signal.type is SignalType.BODY:
        return is_other_field(signal)
    if span is None or signal.type not in PARTS | OF_LISTS:
        return False
    if signal.old is not None and signal.new is not None:
        words = signal.old + signal.new
        manner = is_manner(signal.old) != is_manner(signal.new)  # 免费, 半价优惠
        listed = "、" in words and not any(find_bodies(words))
        return manner or signal.old.startswith("符合") or listed
    words = text[span.start : span.end]
    if signal.type in PARTS:
        return _RESPONSIBLE.search(words) is None
    return _is_member(signal, text, span)


def _is_member(signal: Signal, text: str, span: Span) -> bool:
    """Return whether the words are a member of a list, or an adverb of manner (定期, 书面); names of bodies are neither."""
    words = text[span.start : span.end]
    if any(find_bodies(words)):
        return False
    if is_manner(words):
        return True
    before, after = text[: span.start].removesuffix("者"), text[span.end : span.end + 1]
    joined = BANNED.search(before) or _LISTED.search(before[-1:] + after + words[:1] + words[-1:])
    return signal.direction in (Direction.STRICTER, Direction.LOOSER) or bool(joined)


_RESPONSIBLE = lazy_pattern(
    "(?:责任|牵头|配合|主管|实施|协办|参与)(?:单位|部门)[：:]|是[^，。；]{0,20}(?:主管|牵头|责任)?(?:部门|机构|单位|主体)$"
)
"""Words that assign a task to a body: （责任单位：区民政局）, 市民政部门是养老服务的主管部门."""
_LISTED = lazy_pattern("[、和及或与]")


def is_near(superior: str, local: str) -> bool:
    """Return whether the local passage copies its source but for names and few words, or the longer passage holds the whole shorter one."""
    halves = [set(HALVES.split(text)) - {""} for text in (superior, local)]
    if all(halves) and (halves[0] < halves[1] or halves[1] < halves[0]):
        return True
    one, other = fold_words(superior), fold_words(local)
    share, shorter = common_share(one, other), min(len(one), len(other))
    held = share * (len(one) + len(other)) / 2
    return share >= NEAR_COPY or (shorter >= LEAST_HELD and held >= HELD * shorter)


_BINDING = lazy_pattern("应当|必须|须|务必|一律|应(?!用|急|对)")
