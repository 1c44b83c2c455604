"""Offences, penalties and bans: an offence that moved is not new, and a penalty that is left to the law is not deleted."""

from collections.abc import Iterator, Sequence

from policydiff.lexicon.measures import Measure
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.quantities import find_quantities
from policydiff.model import Direction, Genre, Signal, SignalType
from policydiff.substance.alignment import Sides, make_signal
from policydiff.substance.canonical import Canonical, read_now
from policydiff.substance.counterparts import BANNED
from policydiff.substance.features import find_exceptions, find_sanctions, is_condition
from policydiff.substance.following import Numbering
from policydiff.substance.mentions import HALVES
from policydiff.substance.value_differences import ends, ranges
from policydiff.substance.vocabulary import one_writing, say_alike
from policydiff.substance.weighing import weight_of

_SHORTEST = 4
"""Least number of characters by which conduct identifies an offence: 乱贴广告 (4) does, 逾期 (2) stands in every offence."""
_STATED = lazy_pattern("^(?:违反[^，]{0,12}规定，?|对|或者?|有下列(?:行为|情形)之一)|的$")


def same_offences(
    found: list[Signal], sides: tuple[list[Canonical], list[Canonical]], genre: Genre
) -> Iterator[Signal]:
    """Yield the signals; a fine is not new if the old passage fined the same conduct, so the two sums are compared instead."""
    found = list(_mended_first(_by_another(found)))
    come = [each for each in found if each.type is SignalType.SANCTION and each.old is None]
    fined = [_fined(side, genre) for side in sides] if any("罚" in (each.new or "") for each in come) else []
    for new in fined[1] if fined else ():
        own = [part.part for part in sides[1] if part.part.sentence == new.part.sentence]
        act = one_writing(_STATED.sub("", own[0].text))
        told = [each for each in found if each.new_span and own[0].start <= each.new_span.start < own[-1].end]
        held = next((part for part in sides[0] if act in part.words), None) if len(act) >= _SHORTEST else None
        olds = [old for old in fined[0] if held and old.part.sentence == held.part.sentence]
        old = next(iter(olds or (fined[0] if held else ())), None)
        if (
            old is None
            or not any(each in come for each in told)
            or _kinds(sides[1], new) - _kinds(sides[0], old)
        ):
            continue
        gone = (act, one_writing(own[0].text))
        found = [each for each in found if each not in told or each.old is not None]
        found = [
            each for each in found if each.new or one_writing(_STATED.sub("", each.old or "")) not in gone
        ]
        before, after = ranges(old, Measure.AMOUNT)[0], ranges(new, Measure.AMOUNT)[0]
        if not before.same(after) and before.alike(after):
            found += ends(Sides(old, new, genre, Numbering({})), before, after)
    yield from found


def _fined(side: list[Canonical], genre: Genre) -> list[Canonical]:
    read_now(side, range(len(side)), genre)
    return [part for part in side if "罚" in part.part.text and ranges(part, Measure.AMOUNT)]


def _kinds(side: Sequence[Canonical], one: Canonical) -> set[str]:
    texts = (part.part.text for part in side if part.part.sentence == one.part.sentence)
    return {word.key for text in texts for word in find_sanctions(text)}


def _by_another(found: Sequence[Signal]) -> list[Signal]:
    """Return signals, a penalty that went and the same one that came as another body that imposes it: 由甲部门责令改正, 由乙部门责令改正."""
    left = list(found)
    alone = [each for each in found if each.type is SignalType.SANCTION]
    for one in (each for each in alone if each.new is None):
        for other in (each for each in alone if each.old is None and each in left):
            if one in left and _imposed(one.old or "") == _imposed(other.new or "") != ([], []):
                told = {
                    "type": SignalType.BODY,
                    "direction": Direction.CHANGED,
                    "weight": weight_of(SignalType.BODY),
                }
                left[left.index(one)] = one.model_copy(
                    update={"new": other.new, "new_span": other.new_span, **told}
                )
                left.remove(other)
    return left


def _imposed(words: str) -> tuple[list[str], list[object]]:
    return sorted(each.key for each in find_sanctions(words)), [each.key for each in find_quantities(words)]


def _mended_first(found: Sequence[Signal]) -> Iterator[Signal]:
    """Yield the signals; a penalty that now follows only after a disobeyed order to correct is looser: 责令改正；拒不改正的，处罚款."""
    unmended = {
        each.old is None
        for each in found
        if each.type is SignalType.CONDITION and _UNMENDED.fullmatch(each.old or each.new or "")
    }
    graver = {
        each.old is not None
        for each in found
        if (each.type is SignalType.SANCTION or _ENDED.search(each.old or each.new or ""))
        and (each.old is None) != (each.new is None)
        and not _CORRECTED.fullmatch(each.old or each.new or "")
    }
    unmended |= graver  # in the place of a graver one: 解除协议, 限期整改
    for each in found:
        comes, words = each.old is None, each.old or each.new or ""
        if each.type is SignalType.SANCTION and comes in unmended and _CORRECTED.fullmatch(words):
            way = Direction.LOOSER if comes else Direction.STRICTER
            yield each.model_copy(update={"direction": way})
        else:
            yield each


_UNMENDED = lazy_pattern(
    "(?:(?:经[^，。；]{0,6}后)?(?:拒不|仍不|仍未|未|逾期(?:仍)?[不未])(?:改正|整改|纠正|履行)|(?:再次|屡次|多次|[两三二]次以上)[^，。；]{0,8}|不听劝[阻告]|情节严重)的?"
)
_ENDED = lazy_pattern("^(?:解除|终止|撤销|取消)")
_CORRECTED = lazy_pattern(
    "[^，。；]{0,20}责令(?:限期)?(?:改正|整改)|[^，。；]{0,20}(?:限期(?:改正|整改)|(?:[予给]以?|进行)?(?:警告|批评教育|劝[阻告导]))"
)
"""A lighter measure; a penalty follows only if the measure is disobeyed."""


def is_named_offence(signal: Signal, superior: str, local: str) -> bool:
    """Return whether one side names the punished conduct in words and the other names its article instead: 违反前款规定的."""
    if signal.type not in (SignalType.CONDITION, SignalType.ITEM_REMOVED, SignalType.ITEM_ADDED):
        return False
    named = [BY_ARTICLE.search(text) is not None for text in (superior, local)]
    if not all(named):
        return any(named) and "违反" in superior and "违反" in local
    text, span = (local, signal.new_span) if signal.old is None else (superior, signal.old_span)
    # a later condition such as 逾期不改正的 is no offence
    return span is not None and text[: span.start].endswith("规定，")


BY_ARTICLE = lazy_pattern(
    "违反(?:本(?:法|条例|办法|规定|细则))?(?:第[^，。；]{1,12}[条款项]|前[一二三两]?[条款])[^，。；]{0,12}规定"
)


def is_left_to_law(signal: Signal, superior: str, local: str) -> bool:
    """Return whether a penalty gave way to a reference to the law: 处二百元罚款 → 依法处理; not beside another penalty of the local text."""
    left = BY_LAW.search(local)
    if signal.new or not signal.old_span or left is None or BY_LAW.search(superior):
        return False
    if signal.type is not SignalType.SANCTION and not _FINED.match(superior, signal.old_span.start):
        return False
    return not any(find_sanctions(local[: left.start()].rpartition("；")[0]))


_FINED = lazy_pattern("[^，。；]*罚款")
BY_LAW = lazy_pattern(
    "(?:(?:按照?|依照|依据|根据|适用)(?:[^，。；]{0,12}《[^》]+》[^，。；]{0,16}(?:处理|处罚|执行|办理|规定)"
    "|(?!本[法条办规细])(?!前)[^，。；《]{0,16}(?:法律?|[条法]规|条例|规[章定])(?:的?(?:有关|相关)?规定)?(?:予以|给予|进行)?(?:行政)?(?:处理|处罚|查处))"
    "|依法(?:(?:予以|从[严重])?(?:处理|查处|处置)|(?:予以|给予|进行)?(?:行政)?处罚))[。；]?$"
)


def bans_allowed(ban: Signal, signal: Signal, superior: str) -> bool:
    """Return whether a ban replaced a permission together with its figure: 押金不超过六倍 → 不得收取押金."""
    if ban.type is not SignalType.PROHIBITION or not (ban.old_span and ban.new and signal.old_span):
        return False
    start, end = min(ban.old_span.start, signal.old_span.start), max(ban.old_span.end, signal.old_span.end)
    return ban.direction is Direction.STRICTER and HALVES.search(superior, start, end) is None


def is_other_ban(signal: Signal, superior: str) -> bool:
    """Return whether acts in the list of a ban were replaced by other acts: 禁止（歧视）、侮辱 → 禁止侮辱、（诽谤、殴打）."""
    if not (signal.old and signal.new and signal.old_span) or signal.type not in (
        SignalType.SCOPE,
        SignalType.DEFINITION,
    ):
        return False
    start, end = signal.old_span
    listed = "、" in superior[max(0, start - 1) : end + 1] + signal.new
    return listed and BANNED.search(superior[:start]) is not None and not say_alike(signal.old, signal.new)


_CASE = lazy_pattern(
    "(?P<behind>除外$|不适用|从其(?:规定|约定)$|不在此限$)|^除.+外$|^在.+(?:期间|时期|范围内|[情状]况下|[前条][提件]下)$|[时后前]$"
)
"""A part that is a case: an exception behind its rule (`behind`), or an exception, period or time before its rule."""


def _cases(side: Sequence[Canonical]) -> Iterator[tuple[str, tuple[int, str]]]:
    """Yield the words of each condition and exception, its index, and the words of its rule: the rule before 除外, else the next rule."""
    found = [_CASE.search(part.part.text) for part in side]
    is_case = [
        case is not None or is_condition(part.part.text) for part, case in zip(side, found, strict=True)
    ]
    for index, part in enumerate(side):
        case = found[index]
        if case and case["behind"]:
            rule = side[index - 1] if index and side[index - 1].part.line == part.part.line else None
        else:
            rest = zip(side[index + 1 :], is_case[index + 1 :], strict=True)
            rule = next((each for each, apart in rest if not apart), None) if is_case[index] else None
        if rule is not None and rule.part.sentence == part.part.sentence:
            yield part.words, (index, rule.words)


def cases_moved(sides: tuple[Sequence[Canonical], Sequence[Canonical]], genre: Genre) -> Iterator[Signal]:
    """Yield the conditions and exceptions that both sides have in the same words, but for different rules: A的，X，Y → X，A的，Y.

    Cases that exchange their rules (A的，X；B的，Y → A的，Y；B的，X) are left to the reading of exchanges.
    """
    places, rules = [dict(_cases(side)) for side in sides], [{part.words for part in side} for side in sides]
    for words, (one, before) in places[0].items():
        other, after = places[1].get(words, (0, before))
        taken = any(rule == before and case in places[0] for case, (_, rule) in places[1].items())
        if before != after and not taken and {before, after} <= rules[0] & rules[1]:
            pair = Sides(sides[0][one], sides[1][other], genre, Numbering({}))
            kind = SignalType.EXCEPTION if any(find_exceptions(pair.old.part.text)) else SignalType.CONDITION
            yield make_signal(pair, kind, None, *((0, len(each.part.text)) for each in pair[:2]))
