"""Differing features of two aligned parts; each difference is reported once."""

from collections.abc import Iterable, Iterator, Sequence

from policydiff.lexicon.patterns import lazy_pattern
from policydiff.model import Direction, Modal, Signal, SignalType
from policydiff.substance.alignment import Sides, make_signal, place_of, stands_in
from policydiff.substance.arrangement import arranged, with_choices
from policydiff.substance.canonical import Canonical
from policydiff.substance.counterparts import (
    BANNED,
    LESS_BANNED,
    absolutes,
    as_duty,
    denied_alike,
    grades,
    spares,
)
from policydiff.substance.features import (
    find_definitions,
    find_exceptions,
    find_instruments,
    find_remedies,
    find_rights,
    is_condition,
    rank_of,
)
from policydiff.substance.following import differing_citations, differing_within
from policydiff.substance.last_reading import figures, last_reading, prevailing, reworded
from policydiff.substance.offices import BodyName, find_bodies, same_office
from policydiff.substance.provisions import QUANTITY_TYPES, is_exhortation, is_purpose
from policydiff.substance.residue import is_denied, residue
from policydiff.substance.value_differences import ALWAYS, AT_ONCE, horizons, quantities
from policydiff.substance.vocabulary import is_manner, one_writing, undo_each_other
from policydiff.substance.weighing import AT_MOST, OF_SUBSTANCE
from policydiff.substance.word_differences import actors, differing_words, modals


def without_echo(sides: Sides, found: Sequence[Signal]) -> Iterator[Signal]:
    """Yield the signals; a permission that needs a consent is shown only by the consent (经股东同意可以转让)."""
    consent = any(each.type is SignalType.INSTRUMENT for each in found)
    whole = {len(part.part.text) for part in (sides.old, sides.new)}
    for signal in found:
        words = signal.old, signal.new
        both = None not in words and {len(each or "") for each in words} == whole
        if not (consent and both and signal.type in (SignalType.PERMISSION, SignalType.DUTY)):
            yield signal


def is_said(signal: Signal, order: Sequence[Signal], found: Sequence[Signal], sides: Sides) -> bool:
    """Return whether differing words only repeat another signal: 前 and 后, 免费 beside a new fee."""
    words = signal.old or "", signal.new or ""
    if any(_echoes(signal, each, sides) for each in found):
        return True
    if any(stands_in(signal, each) for each in order):
        return True  # 但不 of 包括但不限于, 仅限于
    if order and (words[0].replace("前", "后") == words[1].replace("前", "后") or set(words) & _ALL_OF_THEM):
        return True
    fees = any(each.type is SignalType.INSTRUMENT for each in found)
    return fees and any(words) and all(word in _FREE for word in words)


_ECHOES = {
    SignalType.INSTRUMENT: lazy_pattern("接受|进行|报送|提交|出具|申请|取得|办理|实行|报|开展|组织|持有?|凭"),
    SignalType.FREQUENCY: lazy_pattern("定期|不定期|经常|" + ALWAYS.pattern),
    **dict.fromkeys(
        (SignalType.DEADLINE, SignalType.PERIOD),
        lazy_pattern("(?:延长|延续|顺延|延期|推迟|提前|缩短)至?|截?至|截止到?|为止?|" + AT_ONCE.pattern),
    ),
    SignalType.PROHIBITION: lazy_pattern("一律|一概|绝对|任何"),
    SignalType.DUTY: lazy_pattern("一律|一概|绝对|任何"),
}
"""Words that come and go with a difference of another type: 接受检查 and 检查, 定期 and 每月."""
_CONSENT = lazy_pattern("经[^，。；]{1,20}(?:批准|同意|许可|审批|核准)")


def _echoes(signal: Signal, other: Signal, sides: Sides) -> bool:
    """Return whether a signal's words depend on another signal: inside its consent, beside its value, or as its object (吊销许可证)."""
    spans = (signal.old_span, other.old_span), (signal.new_span, other.new_span)
    object_of = other.type is SignalType.SANCTION and None in (signal.old, signal.new)
    if object_of and any(own and told and own.start == told.end for own, told in spans):
        return True
    words = [word for word in (signal.old, signal.new) if word]
    same = _ECHOES.get(other.type)
    if same and words and all(same.fullmatch(word) for word in words):
        return True
    sides_told = {(each.old is None, each.new is None) for each in (signal, other)}
    if sides_told not in ({(True, False)}, {(False, True)}):
        return False
    span, near = signal.new_span or signal.old_span, other.new_span or other.old_span
    part = sides.new.part if signal.old is None else sides.old.part
    if span is None or near is None:
        return False
    if other.type is SignalType.INSTRUMENT:
        held = (found.span() for found in _CONSENT.finditer(part.text))
        return any(
            start <= span.start - part.start
            and span.end - part.start <= end
            and start <= near.start - part.start < end
            for start, end in held
        )
    return other.type in _VALUES and 0 <= near.start - span.end <= _BESIDE_VALUE


_VALUES = frozenset(QUANTITY_TYPES.values())
_BESIDE_VALUE = 1
"""Most characters between a noun and its value that were added together: 年营业收入五百万元以下的企业."""


_ALL_OF_THEM = frozenset({"同时", "全部", "任一", "各项", "均"})
_FREE = frozenset({"", "免费", "无偿"})


def told_once(signals: Sequence[Signal]) -> Iterator[Signal]:
    """Yield the signals; of signals with equal type and words only the first."""
    seen: set[tuple[object, ...]] = set()
    for signal in signals:
        key = signal.type, signal.old, signal.new
        if key not in seen:
            seen.add(key)
            yield signal


def exchanged(found: Sequence[Signal]) -> list[Signal]:
    """Return the signals; an instrument replaced by a heavier or lighter one becomes one signal: permit → filing."""
    gone = [each for each in found if each.type is SignalType.INSTRUMENT and each.new is None]
    come = [each for each in found if each.type is SignalType.INSTRUMENT and each.old is None]
    if not gone or not come:
        return list(found)
    one, other = max(gone, key=_rank), max(come, key=_rank)
    ranks = _rank(one), _rank(other)
    registers = "登记" in f"{one.old}{other.new}" and ranks[0] != ranks[1] and max(ranks) > _HEAVY
    if 0 in ranks or max(ranks) < _HEAVY or (min(ranks) > _LIGHT and not registers):
        return list(found)
    both = one.model_copy(
        update={
            "new": other.new,
            "new_span": other.new_span,
            "direction": Direction.STRICTER if ranks[1] > ranks[0] else Direction.LOOSER,
            "weight": max(one.weight, other.weight),
        }
    )
    return [both if each is one else each for each in found if each is not other]


_HEAVY, _LIGHT = 4, 2
"""Ranks: a permit or review (4 and more) and a filing, report or inspection (2 and less) replace each other, as do permit and registration."""


def _rank(signal: Signal) -> int:
    words = signal.old or signal.new or ""
    return rank_of(signal.type, words) if find_instruments(words) else 0


def compare_parts(sides: Sides) -> list[Signal]:
    """Return the differences of substance between two parts, the weightiest kinds first."""
    old, new = sides.old, sides.new
    if is_purpose(old.part.text) and is_purpose(new.part.text):
        return list(reworded(sides))
    if is_exhortation(old.part.text) or is_exhortation(new.part.text):
        return list(modals(sides)) or list(reworded(sides))
    if old.shape == new.shape and [each.key for each in old.modals] == [each.key for each in new.modals]:
        # the parts are equal but for their values
        values = [*quantities(sides), *horizons(sides), *figures(sides)]
        return values or last_reading(sides) or list(reworded(sides))
    if denied_alike(sides):
        return list(reworded(sides))
    readers = (modals, quantities, horizons, grades, figures, _bodies, _citations)
    found = [signal for reader in readers for signal in reader(sides)]
    found += absolutes(sides, {signal.type for signal in found})
    order = [*prevailing(sides), *arranged(sides)]
    found += order
    kinds = {signal.type for signal in found}
    found += differing_words(sides, SignalType.SANCTION)
    found += _beside_bans(found, differing_words(sides, SignalType.INSTRUMENT))
    found += (as_duty(sides, each) for each in differing_words(sides, SignalType.EXCEPTION))
    found += _rights(sides)
    touched = {signal.type for signal in found} - kinds
    found = list(without_echo(sides, found))
    found += (each for each in _rest(sides, touched) if not is_said(each, order, found, sides))
    found = list(with_choices(sides, actors(sides, found)))
    if any(each.weight > OF_SUBSTANCE for each in found):
        return found
    more = (each for each in last_reading(sides) if not any(overlap(each, other) for other in found))
    return [*found, *more] or list(reworded(sides))


def _beside_bans(found: Sequence[Signal], instruments: Iterable[Signal]) -> Iterator[Signal]:
    """Yield the instruments; one that comes or goes where a permission took a ban's place asks for no more: 不得转租 → 经同意可以转租."""
    turned = any(
        each.type is SignalType.PROHIBITION and each.old and each.new and "可" in each.old + each.new
        for each in found
    )
    for each in instruments:
        one_sided = turned and not (each.old and each.new)
        yield each.model_copy(update={"direction": Direction.CHANGED}) if one_sided else each


def overlap(one: Signal, other: Signal) -> bool:
    """Return whether two signals share words on a side."""
    sides = (one.old_span, other.old_span), (one.new_span, other.new_span)
    return any(
        first is not None and second is not None and first.start < second.end and second.start < first.end
        for first, second in sides
    )


def _rights(sides: Sides) -> Iterator[Signal]:
    """Yield the ways to complain or to sue that only one side gives: 可以申请行政复议或者提起行政诉讼."""
    texts = sides.old.part.text, sides.new.part.text
    if not any(find_rights(text) for text in texts):
        return
    remedies = [find_remedies(text) for text in texts]
    for side, way in ((0, Direction.STRICTER), (1, Direction.LOOSER)):
        for word in remedies[side]:
            key = one_writing(word.word)
            if key not in one_writing(texts[1 - side]) and key not in sides.around[1 - side]:
                places: list[tuple[int, int] | None] = [None, None]
                places[side] = place_of(word)
                yield make_signal(sides, SignalType.PERMISSION, way, places[0], places[1])


def _bodies(sides: Sides) -> Iterator[Signal]:
    texts = sides.old.part.text, sides.new.part.text
    old, new = find_bodies(texts[0]), find_bodies(texts[1])
    around, back = sides.around, sides.around[::-1]
    names = [{each.name for each in side} for side in (old, new)]
    gone = [one for one in old if not _kept(one, texts[0], _free(one, new, names[0]), texts[1], around)]
    come = [one for one in new if not _kept(one, texts[1], _free(one, old, names[1]), texts[0], back)]
    for index in range(max(len(gone), len(come))):
        before = place_of(gone[index]) if index < len(gone) else None
        after = place_of(come[index]) if index < len(come) else None
        if before and after and _is_listed(texts[0], before) and _is_listed(texts[1], after):
            yield make_signal(sides, SignalType.BODY, None, before, None)
            yield make_signal(sides, SignalType.BODY, None, None, after)
            continue
        yield make_signal(sides, SignalType.BODY, None, before, after)


def _free(body: BodyName, others: Sequence[BodyName], own: set[str]) -> list[BodyName]:
    """Return the bodies that may correspond to a body; a name that both sides have corresponds to itself: 中级人民法院、基层人民法院 → 中级人民法院."""
    return [other for other in others if other.name == body.name or other.name not in own]


def _is_listed(text: str, place: tuple[int, int]) -> bool:
    """Return whether a body is a list member; if one member left a list and another joined it, neither replaced the other."""
    return text[place[0] - 1 : place[0]] == "、" or text[place[1] : place[1] + 1] == "、"


def _kept(body: BodyName, own: str, others: Sequence[BodyName], text: str, around: tuple[str, str]) -> bool:
    """Return whether the other side names the body too: in its part, in another writing, or in its sentence."""
    if any(other.same(body) for other in others):
        return True
    if any(other.key == body.key or same_office(other.name, body.name) for other in others):
        return False  # of another level or task: 市民政局, 区民政局; 教育管理部门, 教育监督部门
    key = body.key
    if body.shares_ending:  # 市场监督管理 of a list is not 市场
        key = own[max(body.start, own.find(key, body.start, body.end)) : body.end]
    stays = 0 < own.count(key) <= text.count(key) or (key not in own and key in text)
    name = one_writing(body.name)
    said = around[0].count(name) if own[body.start - 1 : body.start] in tuple("和与及") else 1
    return stays or 0 < said <= around[1].count(
        name
    )  # a subject is said again or not, a member of a list is one more


def _citations(sides: Sides) -> Iterator[Signal]:
    texts = sides.old.part.text, sides.new.part.text
    for differing in (differing_citations, differing_within):
        for before, after in differing(*texts, sides.numbering):
            yield make_signal(sides, SignalType.REFERENCE, None, before, after)


_DAY = lazy_pattern("(?P<which>即|当|次|翌)[日月年天]")


def _is_actor(sides: Sides, *places: tuple[int, int] | None) -> bool:
    """Return whether the words name the bound party, and only the words after them are a condition: 监理单位应当在开工前检查."""
    for side, place in zip((sides.old, sides.new), places, strict=True):
        text, at = side.part.text, side.modals[0].start if side.modals else 0
        if place is not None and (place[1] > at or is_condition(text[:at]) or not is_condition(text[at:])):
            return False
    return True


_LAW = lazy_pattern(r"[一-鿿]{1,20}(?:法|法典|条例|办法|规定|细则|解释)")
"""A law named without title marks: 侵权责任法, 民法典."""
_ENDS = lazy_pattern("取消|停止|暂停|中止|终止|撤销|废止|停用")
"""An act that undoes the act after it: 取消补贴."""
_OF_ACTOR = lazy_pattern("由(?:其|该|本|[一-鿿]{0,6}的)?$")
_SOMEBODY = lazy_pattern("[一-鿿]{0,3}?(?:[人员师]|专家|机构|单位|企业)")
_QUALIFIED = lazy_pattern(
    "(?:已|未|尚未|曾|经|持有?|具[备有]|符合|满足|取得|通过|获得?|达到|完成|[列纳]入|参加|缴纳|连续|从事|接受|办理|受过|被)[^，。；]{0,24}的$"
)
"""An attribute of qualification: something to have, to be or to have done (已取得许可证的企业)."""
_EASED = {
    Direction.WIDER: (Direction.STRICTER, Direction.LOOSER),
    Direction.NARROWER: (Direction.LOOSER, Direction.STRICTER),
}
"""Directions if more, or fewer, persons must qualify: first for a duty or ban, then for a permission."""


def _who_qualifies(side: Canonical, text: str, place: tuple[int, int]) -> Modal | None:
    """Return the modal after an attribute by which persons qualify for the rule; None for other words."""
    ends = place[1] + text.startswith("的", place[1])
    behind = next((each.modal for each in side.modals if each.start >= ends), None)
    return behind if _QUALIFIED.match(text[:ends]) else None


_HOW = lazy_pattern(
    "(?P<binds>应当?|必须|须|务必|要)(?:(?P<where>[在于])|通过|以|[采使利]?用|借助)[其本该]?\\|(?:的?(?:形式|方式|渠道|途径)|[上内中处前旁])?"
    "(?P<act>(?(where)(?:公[示布开告]|张贴|悬挂|明示|标[明示注]|告知|通[知报]|披露|展示|播放|发布|摆放|出示|设置[^，。；]{0,6}(?:标[志识牌]|栏))|..))"
)
"""Words around an edit (`|`) that state how a duty is done: by a means (通过微信群告知), or at a place of display (在店堂公示)."""
_APART = lazy_pattern(
    "[一-鿿]{2,12}?(?:应当|不得|可以|必须|禁止|严禁|不准|不许|有权)|节?假日|节日|工作日|休息日"
)
"""Words after an attribute that selects persons or days: 持证人员不得, 法定节假日."""
_SET_APART = {Direction.LOOSER: Direction.WIDER, Direction.STRICTER: Direction.NARROWER}


def _way(
    way: Direction, there: Sequence[tuple[str, tuple[int, int]]], other: str, *, comes: bool
) -> Direction:
    """Return the direction of words added or removed in one place; for an attribute of the actor, stricter or looser."""
    if len(there) == 1:
        text, (start, end) = there[0]
        how = _HOW.search(f"{text[:start]}|{text[end:]}")
        if how and how["binds"] + how["act"] in other:
            return Direction.STRICTER if comes else Direction.LOOSER
        word = text[start:end]
        if word.startswith("会同"):  # who need no longer be consulted
            return Direction.STRICTER if comes else Direction.LOOSER
        banned = BANNED.search(text[:start])
        if word[2:] and word[2:] in other and is_manner(word[:2]) and not banned:  # 书面通知, 通知
            way, end = _EASED.get(way, (way,))[-1], start + 2
        if is_manner(text[start:end]) and _APART.match(text, end):
            return _SET_APART.get(way, way)
        if banned:  # 不得进入, 不得单独进入, 不得在夜间进入
            return _EASED.get(way, (way,))[0] if text[start - 1] in "在于" else LESS_BANNED.get(way, way)
    if len(there) > 1 or not all(_OF_ACTOR.search(text[: place[0]]) for text, place in there):
        return way
    somebody = all(_SOMEBODY.match(text, place[1]) for text, place in there)
    # an attribute of the actor is stricter: 由负责人签字 → 由主要负责人签字
    return _EASED.get(way, (way,))[-1] if somebody else Direction.CHANGED


def _rest(sides: Sides, touched: set[SignalType]) -> Iterator[Signal]:
    """Yield the differences left after values, modals, bodies, references and legal terms are taken out of both sides."""
    old, new = sides.old.part.text, sides.new.part.text
    condition = is_condition(old) and is_condition(new)
    defines = any(find_definitions(old)) and any(find_definitions(new))
    excepts = any(find_exceptions(old)) and any(find_exceptions(new)) and SignalType.EXCEPTION not in touched
    for edit in residue(sides.old, sides.new, sides.around):
        before = (edit.old_start, edit.old_end) if edit.old_end > edit.old_start else None
        after = (edit.new_start, edit.new_end) if edit.new_end > edit.new_start else None
        there = [(text, place) for text, place in ((old, before), (new, after)) if place]
        said = [text[slice(*place)] for text, place in there]
        direction = _way(edit.direction, there, old if after else new, comes=after is not None)
        kind = SignalType.SCOPE
        if before and after and all(map(_LAW.fullmatch, said)):
            yield make_signal(sides, SignalType.REFERENCE, None, before, after)
            continue
        if defines:
            kind = SignalType.DEFINITION
        elif excepts:
            kind = SignalType.EXCEPTION
        elif condition and not _is_actor(sides, before, after):
            kind = SignalType.CONDITION
        elif direction in _EASED and (may := _who_qualifies(sides.new if after else sides.old, *there[0])):
            kind, direction = SignalType.CONDITION, _EASED[direction][may is Modal.MAY]
        elif direction in (Direction.STRICTER, Direction.LOOSER) and any(
            "并" in text[max(0, place[0] - 2) : place[1]] for text, place in there
        ):
            # a further act: 告知申请人并说明理由
            allowed = any(modal.modal is Modal.MAY for modal in (sides.old if before else sides.new).modals)
            kind = SignalType.PERMISSION if allowed else SignalType.DUTY
        denies = kind is SignalType.SCOPE and is_denied(old, before, new, after)
        undone = undo_each_other(*said) if before and after else _ENDS.fullmatch("".join(said))
        if denies or undone:
            kind, direction = SignalType.DUTY, Direction.CHANGED
        later = [day["which"] in "次翌" for day in map(_DAY.fullmatch, said) if day]
        if len(later) == 2:  # 当日, 次日
            ways = Direction.CHANGED, Direction.LATER, Direction.EARLIER
            kind, direction = SignalType.DEADLINE, ways[later[1] - later[0]]
        signal = make_signal(sides, kind, direction, before, after)
        # for a relief (情节轻微的，不予处罚) more cases mean that less is asked
        freed = kind is SignalType.CONDITION and all(spares(sides))
        yield signal.model_copy(update={"detail": AT_MOST}) if freed else signal
