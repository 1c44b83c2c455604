"""Two parts that answer each other: the features in which they differ."""

import re
from collections.abc import Iterator, Sequence

from policydiff.model import Direction, Modal, Signal, SignalType
from policydiff.substance.alignment import SANCTION_VERB, Sides, make_signal, place_of
from policydiff.substance.arrangement import arranged
from policydiff.substance.canonical import Canonical, one_writing
from policydiff.substance.classifying import is_exhortation, is_purpose
from policydiff.substance.features import (
    ModalWord,
    Word,
    differing_citations,
    find_definitions,
    find_exceptions,
    find_instruments,
    find_remedies,
    find_rights,
    find_sanctions,
    graver,
    instrument_rank,
    is_condition,
    relieves,
)
from policydiff.substance.offices import BodyName, find_bodies, same_office
from policydiff.substance.residue import residue
from policydiff.substance.value_differences import horizons, quantities

_STRENGTH = {None: 3, Modal.MAY: 1, Modal.ENCOURAGE: 2, Modal.PLAN: 2, Modal.MUST: 4, Modal.MUST_NOT: 5}
"""How much each class demands of who is addressed; a rule without modal (处…罚款) demands more than 可以, less than 应当."""


def compare_parts(sides: Sides) -> list[Signal]:
    """Return the differences of substance between two parts, the weightiest kinds first."""
    old, new = sides.old, sides.new
    if is_purpose(old.part.text) and is_purpose(new.part.text):
        return []
    if is_exhortation(old.part.text) or is_exhortation(new.part.text):
        return []
    found = [*_modals(sides), *quantities(sides), *horizons(sides), *_bodies(sides), *_citations(sides)]
    found += _absolutes(sides, {signal.type for signal in found})
    order = list(arranged(sides))
    found += order
    kinds = {signal.type for signal in found}
    found += _words(sides, SignalType.SANCTION)
    found += _words(sides, SignalType.INSTRUMENT)
    found += _words(sides, SignalType.EXCEPTION)
    found += _rights(sides)
    touched = {signal.type for signal in found} - kinds
    found += (each for each in _rest(sides, touched) if not _said(each, order, found))
    return found or list(_prevailing(sides))


def _said(signal: Signal, order: Sequence[Signal], found: Sequence[Signal]) -> bool:
    """Return whether words that differ only say again what another signal says: 前 and 后, 免费 beside a fee that came."""
    words = signal.old or "", signal.new or ""
    if order and (words[0].replace("前", "后") == words[1].replace("前", "后") or set(words) & _ALL_OF_THEM):
        return True
    fees = any(each.type is SignalType.INSTRUMENT for each in found)
    if fees and any(words) and all(word in _FREE for word in words):
        return True
    return any(_holds(signal, each) for each in found if each.type is SignalType.PERMISSION)


def _holds(signal: Signal, other: Signal) -> bool:
    """Return whether the words of a signal are those of another one and little beside: 提起行政诉讼, 行政诉讼."""
    words = (signal.old or signal.new or ""), (other.old or other.new or "")
    one_sided = (signal.old is None) == (other.old is None) and (signal.new is None) == (other.new is None)
    return one_sided and words[1] in words[0] and len(words[0]) <= len(words[1]) + _LEAD_IN


_LEAD_IN = 4
"""Characters by which the words around a right are longer than the right: 提起, 依法申请."""


_ALL_OF_THEM = frozenset({"同时", "全部", "任一", "各项", "均"})
_FREE = frozenset({"", "免费", "无偿"})


_ABSOLUTE = re.compile("一律|一概|绝对|任何(?:情况|情形|条件|时候)下?|无论何[种时][^，。；]{0,4}")


def _absolutes(sides: Sides, said: set[SignalType]) -> Iterator[Signal]:
    """Yield where a rule loses or gains the word that lets no case pass: 一律不予批准, 不予批准."""
    if said & {SignalType.DUTY, SignalType.PROHIBITION, SignalType.PERMISSION, SignalType.SANCTION}:
        return
    one, other = sides.old.part.text, sides.new.part.text
    old, new = _ABSOLUTE.search(one), _ABSOLUTE.search(other)
    if (old is None) == (new is None):
        return
    bans = "不" in one or "禁" in one
    yield make_signal(
        sides,
        SignalType.PROHIBITION if bans else SignalType.DUTY,
        Direction.STRICTER if new else Direction.LOOSER,
        old.span() if old else None,
        new.span() if new else None,
    )


_PREVAILS = re.compile("以(?P<rule>[^，。；以]{1,24})为准")


def _prevailing(sides: Sides) -> Iterator[Signal]:
    """Yield where another text or value prevails: 以上级规定为准, 以本办法为准."""
    old, new = (_PREVAILS.search(part.part.text) for part in (sides.old, sides.new))
    if old and new and one_writing(old["rule"]) != one_writing(new["rule"]):
        yield make_signal(sides, SignalType.CONDITION, None, old.span("rule"), new.span("rule"))


def _rights(sides: Sides) -> Iterator[Signal]:
    """Yield the ways to complain or to sue that one side alone gives: 可以申请行政复议或者提起行政诉讼."""
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


def _modals(sides: Sides) -> Iterator[Signal]:
    old, new = list(sides.old.modals), list(sides.new.modals)
    keys = [modal.key for modal in old], [modal.key for modal in new]
    while keys[0] and keys[1] and keys[0][0] == keys[1][0]:
        del keys[0][0], keys[1][0], old[0], new[0]
    while keys[0] and keys[1] and keys[0][-1] == keys[1][-1]:
        del keys[0][-1], keys[1][-1], old[-1], new[-1]
    for index in range(max(len(old), len(new))):
        before = old[index] if index < len(old) else None
        after = new[index] if index < len(new) else None
        signal = _modal(sides, before, after)
        if signal is not None:
            yield signal


def _modal(sides: Sides, before: ModalWord | None, after: ModalWord | None) -> Signal | None:
    old, new = sides.old, sides.new
    one, other = before.modal if before else None, after.modal if after else None
    if before and after and before.key == after.key:
        return None
    tentative = _tentative(before, after, new) or _tentative(after, before, old)
    graded = before is not None and after is not None and before.key[1:] != after.key[1:]
    if not (graded or tentative) and (one is other or any({one, other} <= alike for alike in _ALIKE)):
        return None
    words = (
        (place_of(before) if before else _whole(sides.old)),
        (place_of(after) if after else _whole(sides.new)),
    )
    if one is other:  # 原则上应当 against 应当: the part as a whole shows it
        words = _whole(sides.old), _whole(sides.new)
    if tentative:
        way = Direction.LOOSER if after else Direction.STRICTER
        return make_signal(sides, SignalType.DUTY, way, *words)
    strength = _demand(before), _demand(after)
    direction = Direction.STRICTER if strength[1] > strength[0] else Direction.LOOSER
    if strength[0] == strength[1]:
        direction = Direction.CHANGED
    kind = SignalType.DUTY
    if Modal.MUST_NOT in (one, other):
        kind = SignalType.PROHIBITION
    elif {one, other} == {None, Modal.MAY}:
        among = SANCTION_VERB.search(sides.new.part.text) is not None
        kind = SignalType.SANCTION if among else SignalType.PERMISSION
    return make_signal(sides, kind, direction, *words)


_TENTATIVE = frozenset({"探索", "力争", "争取", "鼓励", "提倡", "倡导"})
"""Words of plans that leave it open whether a thing will be done."""


def _tentative(one: ModalWord | None, other: ModalWord | None, others: Canonical) -> bool:
    """Return whether one side alone leaves it open whether a thing is done: 探索建立, 建立."""
    if one is None or other is not None or one.word not in _TENTATIVE:
        return False
    return not any(each.modal in (Modal.ENCOURAGE, Modal.PLAN) for each in others.modals)


_ALIKE: tuple[set[Modal | None], ...] = (
    {None, Modal.MUST}, {None, Modal.ENCOURAGE, Modal.PLAN},
)  # fmt: skip
"""Classes whose change alone lays down nothing else: a rule without modal binds as 应当 does."""


def _demand(modal: ModalWord | None) -> float:
    if modal is None:
        return _STRENGTH[None]
    return _STRENGTH[modal.modal] - 0.5 * (modal.hedged or modal.approval)


def _whole(side: Canonical) -> tuple[int, int]:
    return 0, len(side.part.text)


def _bodies(sides: Sides) -> Iterator[Signal]:
    texts = sides.old.part.text, sides.new.part.text
    old, new = find_bodies(texts[0]), find_bodies(texts[1])
    around = sides.around
    gone = [one for one in old if not _kept(one, new, texts[1], around[1])]
    come = [one for one in new if not _kept(one, old, texts[0], around[0])]
    for index in range(max(len(gone), len(come))):
        before = gone[index] if index < len(gone) else None
        after = come[index] if index < len(come) else None
        yield make_signal(
            sides,
            SignalType.BODY,
            None,
            place_of(before) if before else None,
            place_of(after) if after else None,
        )


def _kept(body: BodyName, others: Sequence[BodyName], text: str, around: str) -> bool:
    """Return whether the other side names a body too: in its part, in another writing, or in the sentence around it."""
    if any(other.same(body) for other in others):
        return True
    if any(same_office(other.name, body.name) for other in others):
        return False  # of another level: 市民政局, 区民政局
    return body.key in text or one_writing(body.name) in around


def _citations(sides: Sides) -> Iterator[Signal]:
    for before, after in differing_citations(sides.old.part.text, sides.new.part.text, sides.numbering):
        yield make_signal(sides, SignalType.REFERENCE, None, before, after)


_LAW = re.compile(r"[一-鿿]{1,20}(?:法|法典|条例|办法|规定|细则|解释)")
"""A law named without 《》: 侵权责任法, 民法典."""

_FINDERS = {
    SignalType.SANCTION: find_sanctions,
    SignalType.INSTRUMENT: find_instruments,
    SignalType.EXCEPTION: find_exceptions,
}


def _words(sides: Sides, kind: SignalType) -> Iterator[Signal]:
    """Yield the sanctions, instruments or exceptions that one side alone has, paired in order."""
    new = list(_FINDERS[kind](sides.new.part.text))
    gone: list[Word] = []
    for one in _FINDERS[kind](sides.old.part.text):
        equal = next((other for other in new if other.same(one)), None)
        if equal is None:
            gone.append(one)
        else:
            new.remove(equal)
    gone, new = _not_around(gone, sides.around), _not_around(new, sides.around[::-1])
    for index in range(max(len(gone), len(new))):
        before = gone[index] if index < len(gone) else None
        after = new[index] if index < len(new) else None
        yield make_signal(
            sides, kind, _word_direction(kind, before, after),
            place_of(before) if before else None, place_of(after) if after else None,
        )  # fmt: skip


_STEP = {True: Direction.STRICTER, False: Direction.LOOSER}


def _not_around(words: Sequence[Word], around: tuple[str, str]) -> list[Word]:
    """Return the words that the sentence of the other side has less often: a fine may only have gone to the part beside."""
    return [
        word
        for word in words
        if not (key := one_writing(word.word)) or around[1].count(key) < max(1, around[0].count(key))
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
        if ranks[0] == ranks[1]:
            return Direction.CHANGED
        return Direction.STRICTER if ranks[1] > ranks[0] else Direction.LOOSER
    comes = after is not None
    if kind is SignalType.EXCEPTION:
        comes = not comes
    return Direction.STRICTER if comes else Direction.LOOSER


def _rest(sides: Sides, touched: set[SignalType]) -> Iterator[Signal]:
    """Yield what is left when values, modals, bodies, references and the words above are taken out of both sides."""
    old, new = sides.old.part.text, sides.new.part.text
    condition = is_condition(old) and is_condition(new)
    defines = any(find_definitions(old)) and any(find_definitions(new))
    excepts = any(find_exceptions(old)) and any(find_exceptions(new)) and SignalType.EXCEPTION not in touched
    for edit in residue(sides.old, sides.new, sides.around):
        before = (edit.old_start, edit.old_end) if edit.old_end > edit.old_start else None
        after = (edit.new_start, edit.new_end) if edit.new_end > edit.new_start else None
        direction = edit.direction
        kind = SignalType.SCOPE
        if (
            before
            and after
            and all(_LAW.fullmatch(text[slice(*place)]) for text, place in ((old, before), (new, after)))
        ):
            yield make_signal(sides, SignalType.REFERENCE, None, before, after)
            continue
        if defines:
            kind = SignalType.DEFINITION
        elif excepts:
            kind = SignalType.EXCEPTION
        elif condition:
            kind = SignalType.CONDITION
        yield make_signal(sides, kind, direction, before, after)
