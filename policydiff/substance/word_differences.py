"""Differences in legal terms: words of duty or permission (应当, 可以, 原则上), one-sided sanctions, instruments and exceptions."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.shortest_edits import common_ends
from policydiff.model import Direction, Genre, Modal, Signal, SignalType
from policydiff.substance.alignment import SANCTION_VERB, Sides, make_signal, place_of, stands_in
from policydiff.substance.canonical import MODAL_SIGNS, Canonical
from policydiff.substance.features import (
    TENTATIVE_PLANS,
    ModalWord,
    Word,
    find_exceptions,
    find_hedges,
    find_instruments,
    find_sanctions,
    relief_of,
    relieves,
    reserves_leave,
)
from policydiff.substance.other_actors import names_office
from policydiff.substance.provisions import BINDING_BOUND, OPPOSITE
from policydiff.substance.vocabulary import graver, instrument_rank, one_writing, vocabulary
from policydiff.substance.weighing import ANOTHER_KIND, LONGEST_ACTOR, OF_SUBSTANCE, SOFT, WORDING

_STRENGTH = {None: 3, Modal.MAY: 1, Modal.ENCOURAGE: 2, Modal.PLAN: 2, Modal.MUST: 4, Modal.MUST_NOT: 5}
"""How much each class of modal demands; a rule without modal (处…罚款) demands more than 可以 and less than 应当."""
_IN_PRINCIPLE = 2.5
"""Demand of a duty softened by 原则上: less than a rule without modal, which allows no exception, and more than 鼓励."""


def modals(sides: Sides) -> Iterator[Signal]:
    """Yield the differing modals of two parts, paired in order."""
    old, new = sides.old.modals, sides.new.modals
    lead, tail = common_ends([modal.key for modal in old], [modal.key for modal in new])
    old, new = (side[lead : len(side) - tail] for side in (old, new))
    signals = [
        signal
        for before, after in zip_longest(old, new)
        if (before and after) or not _in_the_part_beside(sides, before or after)
        if (signal := _modal(sides, before, after)) is not None
    ]
    yield from signals or _hedged_alone(sides)


def _in_the_part_beside(sides: Sides, modal: ModalWord | None) -> bool:
    """Return whether both sentences hold the modal equally often, so that it only moved to a neighbouring part.

    So it is where the ban bounds on both sides, and only its value stands elsewhere: 不得少于二年, 不得少于保质期满后六个月.
    """
    if modal is None or not all(sides.around):
        return False
    bounds = [BINDING_BOUND.findall(part.part.text) for part in sides[:2]]
    if modal.modal is Modal.MUST_NOT and bounds[0] == bounds[1] != []:
        return True
    sign = MODAL_SIGNS[modal.modal]
    return sides.around[0].count(sign) == sides.around[1].count(sign)


def _hedged_alone(sides: Sides) -> Iterator[Signal]:
    """Yield a signal where only one side hedges a rule without modal by 视财力 or 有条件的: 安排 → 视财力安排."""
    hedges = [find_hedges(part.part.text) for part in (sides.old, sides.new)]
    if bool(hedges[0]) == bool(hedges[1]):
        return
    if all(one_writing(word.word) in sides.around[bool(hedges[0])] for word in (*hedges[0], *hedges[1])):
        return  # it stands in the part beside: 因地制宜，各有侧重
    way = Direction.LOOSER if hedges[1] else Direction.STRICTER
    signal = make_signal(sides, SignalType.DUTY, way, _whole(sides.old), _whole(sides.new))
    free = {modal.modal for part in sides[:2] for modal in part.modals} == {Modal.MAY}
    yield signal.model_copy(update={"direction": Direction.CHANGED, "weight": SOFT}) if free else signal


def _modal(sides: Sides, before: ModalWord | None, after: ModalWord | None) -> Signal | None:
    relief = relief_of(sides.old.part.text), relief_of(sides.new.part.text)
    tentative = _tentative(before, after, sides[:2]) or _tentative(after, before, sides[1::-1])
    # for 原则上应当 → 应当 the whole part is shown
    alike = before is not None and after is not None and before.modal is after.modal
    wording = not tentative and _binds_alike(sides, before, after, relief)
    if wording and (alike or not before or not after or {before.word, after.word} <= _TENTATIVE):
        return None  # 支持, 推动 are told as wording
    words = (
        place_of(before) if before and not alike else _whole(sides.old),
        place_of(after) if after and not alike else _whole(sides.new),
    )
    if tentative:
        softer = after is not None and after.word in _TENTATIVE
        return make_signal(sides, SignalType.DUTY, _STEP[not softer], *words)
    strength = _demand(before), _demand(after)
    direction = Direction.CHANGED if strength[0] == strength[1] else _STEP[strength[1] > strength[0]]
    if relief[0] and relief[1]:  # the more an office is bound to spare, the less is asked of who is spared
        parts = _whole(sides.old), _whole(sides.new)
        return make_signal(sides, SignalType.EXCEPTION, OPPOSITE.get(direction, direction), *parts)
    signal = make_signal(sides, _kind_of(before, after, sides.new.part.text), direction, *words)
    if wording or _alone_put_in(sides, before, after):
        return signal.model_copy(update={"weight": WORDING if wording else OF_SUBSTANCE})
    return signal


def _binds_alike(
    sides: Sides, before: ModalWord | None, after: ModalWord | None, relief: tuple[str | None, str | None]
) -> bool:
    """Return whether the modals of two parts bind or allow alike, or another reader shows how they differ."""
    if before and after and {before.word, after.word} <= _TENTATIVE:
        return True  # 鼓励, 力争
    if before and after and before.key[1:] != after.key[1:]:
        return before.key[:2] == after.key[:2] and all(map(reserves_leave, sides.around))
    one, other = before.modal if before else None, after.modal if after else None
    freely = {one, other} == {None, Modal.MUST} and _FREELY.search(
        (sides.new if one else sides.old).part.text
    )
    if freely or _alone_put_in(sides, before, after):
        return False  # 自愿参加, 应当参加
    if one is other or any({one, other} <= alike for alike in _ALIKE):
        return True
    denied = _still_denied(before, sides.old, sides.new) or _still_denied(after, sides.new, sides.old)
    if denied and not (before and after):
        return True
    # the relief has a signal of its own (不再收取 → 可以收取); 不需要办理 and 可以不办理 are equal
    return {one, other} == {None, Modal.MAY} and (relief[0] != relief[1] or "step" in relief)


def _alone_put_in(sides: Sides, before: ModalWord | None, after: ModalWord | None) -> bool:
    """Return whether 应当 is the only word that a statute lost or gained, and nothing else in the rule binds anybody: 应当公示 → 公示."""
    modal, side, other = (before, sides.old, sides.new) if before else (after, sides.new, sides.old)
    if sides.genre is not Genre.STATUTE or (before and after) or not modal or modal.modal is not Modal.MUST:
        return False
    rest = side.part.text[: modal.start] + side.part.text[modal.end :]
    return not _CHARGED.search(rest) and one_writing(rest) == one_writing(other.part.text)


_CHARGED = lazy_pattern("负责|承担|坚持|遵循|责任|义务|职责|不|无|依照|适用|[是为]|具[有备]|符合")
"""Words that bind as 应当 does, or describe a state instead of an act."""


def _kind_of(before: ModalWord | None, after: ModalWord | None, text: str) -> SignalType:
    """Return the type of a change of modals; discretion added or removed beside a sanction is of type sanction."""
    one, other = before.modal if before else None, after.modal if after else None
    if Modal.MUST_NOT in (one, other):
        return SignalType.PROHIBITION
    if one is other is Modal.MAY:
        return SignalType.PERMISSION
    if {one, other} == {None, Modal.MAY}:
        if SANCTION_VERB.search(text):
            return SignalType.SANCTION
        return SignalType.PERMISSION if one else SignalType.DUTY  # 可以公布: what was due is left to choice
    return SignalType.DUTY


_FREELY = lazy_pattern("自愿(?!原则)|自主(?:选择|决定|申报)|自行(?:选择|决定)")
"""Words that leave an act to the choice of the addressee, without a modal."""


def _still_denied(modal: ModalWord | None, own: Canonical, other: Canonical) -> bool:
    """Return whether the other side keeps the denial, only without 原则上 or 一律: 原则上不新增 → 不新增."""
    if modal is None or modal.modal is not Modal.MUST_NOT:
        return False
    denied = own.part.text[modal.end : modal.end + _DENIED]
    return denied.startswith("不") and denied in other.part.text


_DENIED = 3
"""Characters, counted from 不, that identify a denial: 不新增."""
_TENTATIVE = TENTATIVE_PLANS | {"鼓励", "提倡", "倡导"}
"""Words of plans that leave open whether the action will be done."""
_FIRM = frozenset({"推动", "推进", "加快"})
"""Words of plans that promise the action; 探索 in their place asks for less."""


def _tentative(one: ModalWord | None, other: ModalWord | None, sides: Sequence[Canonical]) -> bool:
    """Return whether only side `one` leaves open whether the action is done: 探索建立 and 建立, 探索建立 and 推动建立, 研究鼓励 and 鼓励."""
    if one is None or one.word not in _TENTATIVE or (other is not None and other.word not in _FIRM):
        return False
    encouraged = any(each.modal is Modal.ENCOURAGE and each is not one for each in sides[0].modals)
    return encouraged or not any(
        each.modal in (Modal.ENCOURAGE, Modal.PLAN) and each.word not in _FIRM for each in sides[1].modals
    )


_ALIKE: tuple[set[Modal | None], ...] = ({None, Modal.MUST}, {None, Modal.ENCOURAGE, Modal.PLAN})
"""Pairs of classes whose exchange changes nothing else; a rule without modal binds as 应当 does."""


def _demand(modal: ModalWord | None) -> float:
    if modal is None:
        return _STRENGTH[None]
    if modal.modal is Modal.MAY:
        return _STRENGTH[Modal.MAY] + 0.5 * modal.approval  # what needs a consent is allowed to fewer
    if modal.modal is Modal.MUST and modal.hedged:
        return _IN_PRINCIPLE
    return _STRENGTH[modal.modal] - 0.5 * (modal.hedged or modal.approval)


def _whole(side: Canonical) -> tuple[int, int]:
    return 0, len(side.part.text)


_FINDERS = {
    SignalType.SANCTION: find_sanctions,
    SignalType.INSTRUMENT: find_instruments,
    SignalType.EXCEPTION: find_exceptions,
}
_TIMED = "限期"
"""A term that 责令限期改正 adds to 责令改正; 行政处罚法 art. 28 names both as one measure."""


def differing_words(sides: Sides, kind: SignalType) -> Iterator[Signal]:
    """Yield the sanctions, instruments or exceptions (by `kind`) that only one side has, paired in order."""
    texts = sides.old.part.text, sides.new.part.text
    new = list(_FINDERS[kind](texts[1]))
    gone: list[Word] = []
    for one in _FINDERS[kind](texts[0]):
        equal = next((other for other in new if other.same(one)), None)
        if equal is None:
            gone.append(one)
        else:
            new.remove(equal)
            if (_TIMED in one.word) != (_TIMED in equal.word):
                way = _STEP[_TIMED in equal.word]
                signal = make_signal(sides, kind, way, place_of(one), place_of(equal))
                yield signal.model_copy(update={"weight": SOFT})
    if kind is SignalType.SANCTION:
        gone = _not_of_class(gone, texts[0], texts[1] + sides.around[1])
        new = _not_of_class(new, texts[1], texts[0] + sides.around[0])
    gone, new = _not_around(gone, sides.around), _not_around(new, sides.around[::-1])
    if kind is SignalType.INSTRUMENT:
        gone, new = _as_one(gone), _as_one(new)
        if not (gone and new):
            own, other = texts if gone else texts[::-1]
            for word in (*gone, *new):
                places = place_of(word), _act_instead(word, own, other)
                chosen = _EITHER_BEFORE.search(own[: word.start]) or _EITHER_BEHIND.match(own, word.end)
                way = Direction.CHANGED if places[1] or chosen else _STEP[bool(new)]
                yield make_signal(sides, kind, way, *(places if gone else places[::-1]))
            return
    for index in range(max(len(gone), len(new))):
        before = gone[index] if index < len(gone) else None
        after = new[index] if index < len(new) else None
        yield make_signal(
            sides, kind, _word_direction(kind, before, after),
            place_of(before) if before else None, place_of(after) if after else None,
        )  # fmt: skip


def _not_of_class(words: Sequence[Word], own: str, other: str) -> list[Word]:
    """Return the sanctions of a part for which the other part does not name the same class or a member of the class (行政处分 and 处分 are one)."""
    sides = [{found.key for found in find_sanctions(text)} for text in (own, other)]
    said = [
        {whole, *members}
        for whole, members in vocabulary().families.items()
        if {whole, members[0]} <= sides[0] | sides[1] and sides[1] & {whole, *members}
    ]
    return [word for word in words if not any(word.key in kinds for kinds in said)]


def _as_one(words: Sequence[Word]) -> list[Word]:
    """Return the instruments; neighbouring instruments (审核同意) become one, of the heavier kind."""
    joined: list[Word] = []
    for word in words:
        last = joined[-1] if joined else None
        if last is not None and 0 <= word.start - last.end <= _TOGETHER:
            heavier = max((last, word), key=lambda each: instrument_rank(each.key))
            joined[-1] = heavier._replace(start=last.start, end=word.end)
        else:
            joined.append(word)
    return joined


def _act_instead(word: Word, text: str, other: str) -> tuple[int, int] | None:
    """Return the span of an act of decision that replaced an approval on the other side (批准 → 评定), or None."""
    if word.word not in _APPROVALS:
        return None
    before, behind = text[max(0, word.start - _BESIDE) : word.start], text[word.end :][:_BESIDE]
    for found in _DECIDES.finditer(other):
        around = other[max(0, found.start() - _BESIDE) : found.start()], other[found.end() :][:_BESIDE]
        if text.count(found[0]) < other.count(found[0]) and (
            before == around[0] != "" or behind == around[1]
        ):
            return found.span()
    return None


_APPROVALS = frozenset({"批准", "审批", "核准", "同意"})
"""Instruments that decide on an application."""
_DECIDES = lazy_pattern("评定|认定|核定|确定|指定|裁定|选定|评选|决定|任命|一致同意")
"""Acts of decision; the word does not show whether they are as heavy as an approval."""
_EITHER_BEFORE, _EITHER_BEHIND = lazy_pattern("或者?[^，。；、]{0,6}$"), lazy_pattern("[^，。；、]{0,4}或")
"""The joint of instruments of which one suffices; one more such way asks for no more: 凭居住证或者社保证明入学."""
_BESIDE = 2
"""Characters on either side of an approval that identify its place in the counterpart."""
_TOGETHER = 1
"""Most characters between two instruments that form one step: 审核、批准, 审核同意."""
_STEP = {True: Direction.STRICTER, False: Direction.LOOSER}


def _not_around(words: Sequence[Word], around: tuple[str, str]) -> list[Word]:
    """Return the words that the counterpart's sentence holds less often; a fine may only have moved to a neighbouring part.

    处分 at the end of 纪律处分 counts as another sanction.
    """
    return [
        word
        for word in words
        if not (key := one_writing(word.word))
        or around[1].count(key) < max(1, around[0].count(key))
        or (
            word.key in vocabulary().families
            and all(found.key != word.key for found in find_sanctions(around[1]))
        )
    ]


def _word_direction(kind: SignalType, before: Word | None, after: Word | None) -> Direction:
    if before and after:
        if kind is SignalType.SANCTION:
            heavier = graver(before.key, after.key)
            return _STEP[heavier] if heavier is not None else Direction.CHANGED
        if kind is SignalType.EXCEPTION:
            relief = relieves(before.key), relieves(after.key)
            if relief[0] != relief[1]:
                return _STEP[relief[1] < relief[0]]
        if kind is not SignalType.INSTRUMENT:
            return Direction.CHANGED
        ranks = instrument_rank(before.key), instrument_rank(after.key)
        return Direction.CHANGED if ranks[0] == ranks[1] else _STEP[ranks[1] > ranks[0]]
    return _STEP[(after is not None) != (kind is SignalType.EXCEPTION)]


def actors(sides: Sides, found: Sequence[Signal]) -> Iterator[Signal]:
    """Yield the signals; an act or payment that passed between an office and a party outside the offices becomes one signal."""
    told: list[Signal] = []
    for signal in found:
        both = _acting(sides, signal) if signal.type in (SignalType.BODY, SignalType.SCOPE) else None
        if both is not None and not any(each.type is both.type and each.old == both.old for each in told):
            told.append(both)
    yield from told
    yield from (
        each
        for each in found
        if each.type not in (SignalType.BODY, SignalType.SCOPE)
        or not any(stands_in(each, one) for one in told)
    )


def _acting(sides: Sides, signal: Signal) -> Signal | None:
    """Return one signal with both names if the signal's words belong to the name of an actor after 由 or of a payer, else None."""
    side = int(signal.old_span is None)
    own, other = (sides.new, sides.old) if side else (sides.old, sides.new)
    span = signal.new_span if side else signal.old_span
    text = own.part.text
    start, end = (0, 0) if span is None else (span.start - own.part.start, span.end - own.part.start)
    led = text.rfind("由", max(0, start - LONGEST_ACTOR), start + 1) + 1
    if ending := _END_OF_ACTOR.match(text, end):
        end = ending.end()
    act, paid = text[end : end + _ACT], _PAID.match(text, led)
    if paid and paid.end("who") <= end <= paid.end():
        end, act = paid.end("who"), ""
    elif len(act) < _ACT or act[0] == "的":
        return None
    there = _who_acts(other.part.text, act) if led and end - led <= LONGEST_ACTOR else None
    if there is None:
        return None
    names = text[led:end], other.part.text[slice(*there)]
    members = re.split("[、和与及]|或者?", "、".join(names)) if paid else names
    if (
        all(map(names_office, names))
        or (not paid and names[0][:_ACT] == names[1][:_ACT])
        or not all(map(_ONE_ACTOR.fullmatch, members))
        or names[0] == names[1]
    ):
        return None
    places = (there, (led, end)) if side else ((led, end), there)
    return make_signal(sides, SignalType.BODY, None, *places).model_copy(update={"weight": ANOTHER_KIND})


def _who_acts(text: str, act: str) -> tuple[int, int] | None:
    """Return the span of the party that does `act`, or of the payer if `act` is empty; None if no party is named."""
    for found in _BY.finditer(text):
        paid = _PAID.match(text, found.end())
        stop = text.find(act, found.end() + 2) if act else paid.end("who") if paid else -1
        if found.end() <= stop <= found.end(1):
            return found.end(), stop
    return None


_BY = lazy_pattern(f"由(?=([^，。；由的]{{2,{LONGEST_ACTOR}}}))")
_ONE_ACTOR = lazy_pattern(
    "(?!其|该)[^、和或及的]*(?:单位|机构|(?:社会|经济|基层|其他|自治)组织|企业|公司|个人|家庭|学校|医院|银行|协会|学会|商会|大会|委员会|团体|政府|财政|部门|机关|街道|中心|集体|基金"
    "|职工|业主|股东|[人者员方户社局委办厅院所站处])(?:自主|自行|自愿|依法|统一|直接|协商|共同|集体)*"
)
"""Names of a party that acts or pays, by their endings; lists are compared member by member, and a word ending in a verb is no name."""
_END_OF_ACTOR = lazy_pattern("单位|机构|部门|机关|人员|企业|组织(?=[一-鿿])(?![实评开])|人(?![均民])")
_PAID = lazy_pattern(
    f"(?P<who>[^，。；由的]{{2,{LONGEST_ACTOR}}}?)(?:全额|足额|全部|全程|自筹|自行|自费|统筹|共同)*(?:承担|负担|支付|保障|补贴|分摊|列支|解决)"
)
"""A payer with the manner and verb of payment, so that one payment is recognised in other words (财政全额保障, 村集体自筹解决)."""
_ACT = 2
"""Characters that identify an act: 承担, 审核."""
