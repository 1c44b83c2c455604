"""Two parts that answer each other: the features in which they differ."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from policydiff.model import Direction, Modal, Signal, SignalType
from policydiff.substance.canonical import Canonical, one_writing
from policydiff.substance.classifying import is_exhortation, is_purpose
from policydiff.substance.facing import SANCTION_VERB, Sides, make_signal, place_of
from policydiff.substance.features import (
    ModalWord,
    Word,
    differing_citations,
    find_definitions,
    find_exceptions,
    find_instruments,
    find_sanctions,
    graver,
    instrument_rank,
    is_condition,
)
from policydiff.substance.offices import BodyName, find_bodies, same_office
from policydiff.substance.residue import residue
from policydiff.substance.values import horizons, quantities

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
    order = [*_order_in_time(sides), *_any_or_all(sides)]
    found += order
    kinds = {signal.type for signal in found}
    found += _words(sides, SignalType.SANCTION)
    found += _words(sides, SignalType.INSTRUMENT)
    found += _words(sides, SignalType.EXCEPTION)
    touched = {signal.type for signal in found} - kinds
    found += (each for each in _rest(sides, touched) if not (order and _one_order(each)))
    return found


def _one_order(signal: Signal) -> bool:
    """Return whether words differ in 前 and 后 alone."""
    return (signal.old or "").replace("前", "后") == (signal.new or "").replace("前", "后")


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
    one, other = before.modal if before else None, after.modal if after else None
    if before and after and before.key == after.key:
        return None
    graded = before is not None and after is not None and before.key[1:] != after.key[1:]
    if not graded and (one is other or any({one, other} <= alike for alike in _ALIKE)):
        return None
    words = (
        (place_of(before) if before else _whole(sides.old)),
        (place_of(after) if after else _whole(sides.new)),
    )
    if one is other:  # 原则上应当 against 应当: the part as a whole shows it
        words = _whole(sides.old), _whole(sides.new)
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


_BEFORE_OR_AFTER = re.compile("(?<=[一-鿿])(?:(?<![目当先])前(?![款条项述])|(?<![今善售])后(?!果))")


def _order_in_time(sides: Sides) -> Iterator[Signal]:
    """Yield where 前 became 后 or the reverse: 审批前公示, 审批后公示. Either word alone is no difference (经批准后, 经批准)."""
    old, new = (
        [
            found
            for found in _BEFORE_OR_AFTER.finditer(part.part.text)
            if not any(each.outer_start <= found.start() < each.outer_end for each in part.quantities)
        ]
        for part in (sides.old, sides.new)
    )
    counts = [Counter(found[0] for found in side) for side in (old, new)]
    for gone, come in (("前", "后"), ("后", "前")):
        if counts[0][gone] > counts[1][gone] and counts[0][come] < counts[1][come]:
            before = next(found for found in old if found[0] == gone)
            after = next(found for found in new if found[0] == come)
            yield make_signal(sides, SignalType.CONDITION, None, _led(before), _led(after))


_ONE_OF = re.compile("(?<!分)之一")


def _any_or_all(sides: Sides) -> Iterator[Signal]:
    """Yield where one of the cases is enough on one side alone: 同时符合下列条件, 符合下列条件之一."""
    old, new = (_ONE_OF.search(part.part.text) for part in (sides.old, sides.new))
    if (old is None) == (new is None):
        return
    one, other = sides.old.part.text, sides.new.part.text
    if old is None and not _LISTED.search(one):
        return
    if new is None and not _LISTED.search(other):
        return
    yield make_signal(
        sides, SignalType.CONDITION, Direction.WIDER if new else Direction.NARROWER,
        _led(old) if old else _whole(sides.old), _led(new) if new else _whole(sides.new),
    )  # fmt: skip


_LISTED = re.compile("下列|以下|上述|前[款项]|各项|其中|条件|情形|要求")


def _led(found: re.Match[str]) -> tuple[int, int]:
    return max(0, found.start() - _LEADING), found.end()


_LEADING = 4
"""Characters shown before 前 or 后: what it stands after."""


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
