"""Two parts that answer each other: the features in which they differ."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel

from policydiff.lexicon import horizons as times
from policydiff.lexicon import measures
from policydiff.model import Direction, Genre, Modal, Signal, SignalType, Span
from policydiff.substance import citing
from policydiff.substance.canonical import Canonical, one_writing
from policydiff.substance.classifying import QUANTITY_TYPES, is_exhortation, is_purpose
from policydiff.substance.features import (
    ModalWord,
    Word,
    find_definitions,
    find_exceptions,
    find_instruments,
    find_sanctions,
    graver,
    instrument_rank,
    is_condition,
)
from policydiff.substance.following import Numbering
from policydiff.substance.offices import BodyName, find_bodies
from policydiff.substance.references import Cited
from policydiff.substance.residue import residue
from policydiff.substance.thresholds import BARE_VALUE, ONE_THING
from policydiff.substance.weighing import weight_of

_STRENGTH = {None: 3, Modal.MAY: 1, Modal.ENCOURAGE: 2, Modal.PLAN: 2, Modal.MUST: 4, Modal.MUST_NOT: 5}
"""How much each class demands of who is addressed; a rule without modal (处…罚款) demands more than 可以, less than 应当."""
_SANCTION_VERB = re.compile("处|罚|没收|吊销|责令|处分|警告|拘留")


class Sides(NamedTuple):
    """Two parts that answer each other."""

    old: Canonical
    new: Canonical
    genre: Genre
    numbering: Numbering
    around: tuple[str, str] = ("", "")
    """The sentences the two stand in, in one writing."""


def compare_parts(sides: Sides) -> list[Signal]:
    """Return the differences of substance between two parts, the weightiest kinds first."""
    old, new = sides.old, sides.new
    if is_purpose(old.part.text) and is_purpose(new.part.text):
        return []
    if is_exhortation(old.part.text) or is_exhortation(new.part.text):
        return []
    found = [*_modals(sides), *_quantities(sides), *_horizons(sides), *_bodies(sides), *_citations(sides)]
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


def _make(
    sides: Sides,
    kind: SignalType,
    direction: Direction | str | None,
    old: tuple[int, int] | None,
    new: tuple[int, int] | None,
    **more: float,
) -> Signal:
    """Return a signal with its words; places are within the two parts."""
    words: list[str | None] = [None, None]
    spans: list[Span | None] = [None, None]
    for side, (part, place) in enumerate(((sides.old.part, old), (sides.new.part, new))):
        if place is not None:
            words[side] = part.text[place[0] : place[1]]
            spans[side] = Span(part.start + place[0], part.start + place[1])
    among = bool(_SANCTION_VERB.search(sides.new.part.text + sides.old.part.text))
    return Signal(
        type=kind,
        direction=Direction(direction or "changed"),
        old=words[0],
        new=words[1],
        old_span=spans[0],
        new_span=spans[1],
        weight=weight_of(kind, factor=more.get("factor", 1.0), sanction=among),
    )


def _place(found: ModalWord | Word | BodyName | Cited | measures.Quantity | times.Horizon) -> tuple[int, int]:
    return found.start, found.end


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
    words = (_place(before) if before else _whole(sides.old)), (_place(after) if after else _whole(sides.new))
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
        among = _SANCTION_VERB.search(sides.new.part.text) is not None
        kind = SignalType.SANCTION if among else SignalType.PERMISSION
    return _make(sides, kind, direction, *words)


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


class Range(NamedTuple):
    """A quantity, or two that bound a range (一万元以上五万元以下)."""

    low: measures.Quantity
    high: measures.Quantity

    def same(self, other: "Range") -> bool:
        """Return whether both say the same."""
        return self.low.same(other.low) and self.high.same(other.high)

    @property
    def is_one(self) -> bool:
        """Whether this is a single quantity."""
        return self.low is self.high


def ranges(side: Canonical, measure: measures.Measure) -> list[Range]:
    """Return the quantities of one kind in order, the two ends of a range as one."""
    found: list[Range] = []
    for each in side.quantities:
        if each.measure is not measure:
            continue
        last = found[-1] if found else None
        if (
            last is not None
            and last.is_one
            and last.low.bound[:1] in ("+", ">")
            and last.low.bound
            and each.bound in ("-", "<")
            and (each.unit, each.per) == (last.low.unit, last.low.per)
            and last.low.outer_end == each.outer_start
        ):
            found[-1] = Range(last.low, each)
        else:
            found.append(Range(each, each))
    return found


def _quantities(sides: Sides) -> Iterator[Signal]:
    """Pair the quantities of one kind in order, those of one thing alone; of a range either end may differ."""
    for measure in measures.Measure:
        pairs = _differing(ranges(sides.old, measure), ranges(sides.new, measure))
        for before, after in pairs:
            if before and after and _of_one_thing(sides):
                yield from ends(sides, before, after)
                continue
            for old, new in ((before, None), (None, after)):
                if old or new:
                    yield _make(
                        sides,
                        QUANTITY_TYPES[measure],
                        None,
                        stretch(old) if old else None,
                        stretch(new) if new else None,
                    )


def stretch(found: Range) -> tuple[int, int]:
    """Return where a quantity or range stands in its part."""
    return found.low.start, found.high.end


def ends(sides: Sides, before: Range, after: Range) -> Iterator[Signal]:
    """Yield the ends of two ranges that differ; of two quantities the one difference."""
    if before.is_one and after.is_one:
        yield _value(sides, before.low, after.low)
        return
    ends = ((before.low, after.low), (before.high, after.high))
    differ = [
        (old, new) for old, new in ends if (old.unit, old.low, old.high) != (new.unit, new.low, new.high)
    ]
    if not differ:  # 一万元以上五万元以下, 超过一万元不满五万元
        yield _make(sides, QUANTITY_TYPES[before.low.measure], None, stretch(before), stretch(after))
    for old, new in differ:
        yield _value(sides, old, new)


def _value(sides: Sides, before: measures.Quantity, after: measures.Quantity) -> Signal:
    way = measures.direction(before, after) if _per_alike(sides, before, after) else None
    place: Callable[[measures.Quantity], tuple[int, int]] = _place
    if (before.low, before.high, before.unit, before.per) == (after.low, after.high, after.unit, after.per):
        way = None if before.bound == after.bound else _bound_direction(before.bound, after.bound)
        place = _bounded
    factor = float(_factor(before, after))
    return _make(sides, QUANTITY_TYPES[before.measure], way, place(before), place(after), factor=factor)


def _of_one_thing(sides: Sides) -> bool:
    """Return whether the values of two parts may be of one thing: a share of value added is no share of taxes."""
    one, other = sides.old.shape, sides.new.shape
    if len(one) <= BARE_VALUE or len(other) <= BARE_VALUE:
        one, other = sides.around
    return Indel.normalized_similarity(one, other) >= ONE_THING


_PER = re.compile("[/／]([一-鿿·]{1,4})")


def _per_alike(sides: Sides, before: measures.Quantity, after: measures.Quantity) -> bool:
    """Return whether two values are rates of one thing: 0.1元/千瓦时 and 500元/千瓦 have no order."""
    rates = (
        _PER.match(part.part.text, found.end) for part, found in ((sides.old, before), (sides.new, after))
    )
    return len({rate[1] if rate else "" for rate in rates}) == 1


def _bounded(found: measures.Quantity) -> tuple[int, int]:
    """Return the place of a quantity with the words that bound it, and the times of its cycle."""
    start, end = min(found.start, found.outer_start), max(found.end, found.outer_end)
    return start, max(end, found.told_end)


def _factor(before: measures.Quantity, after: measures.Quantity) -> float:
    if before.unit != after.unit or not before.high or not after.high:
        return 1.0
    ratio = after.high / before.high
    return float(ratio if ratio > 1 else 1 / ratio)


def _bound_direction(old: str, new: str) -> str | None:
    if not old or not new:
        return None
    return "higher" if _BOUNDS.index(new) > _BOUNDS.index(old) else "lower"


_BOUNDS = "<-+>"
"""Bounds of one value in rising order: below it, up to it, from it on, above it."""


def _differing(old: Sequence[Range], new: Sequence[Range]) -> Iterator[tuple[Range | None, Range | None]]:
    """Yield the quantities that have no equal on the other side, paired in order."""
    left = list(new)
    gone: list[Range] = []
    for one in old:
        equal = next((other for other in left if other.same(one)), None)
        if equal is None:
            gone.append(one)
        else:
            left.remove(equal)
    for index in range(max(len(gone), len(left))):
        yield (gone[index] if index < len(gone) else None), (left[index] if index < len(left) else None)


def _horizons(sides: Sides) -> Iterator[Signal]:
    left = list(sides.new.horizons)
    gone: list[times.Horizon] = []
    for one in sides.old.horizons:
        equal = next((other for other in left if other.key == one.key), None)
        if equal is None:
            gone.append(one)
        else:
            left.remove(equal)
    for index in range(max(len(gone), len(left))):
        before = gone[index] if index < len(gone) else None
        after = left[index] if index < len(left) else None
        if before and after and _of_one_thing(sides):
            way = times.direction(before, after)
            yield _make(sides, SignalType.DEADLINE, way, _place(before), _place(after))
            continue
        for old, new in ((before, None), (None, after)):
            if old or new:
                place = _place(old) if old else None, _place(new) if new else None
                yield _make(sides, SignalType.DEADLINE, None, *place)


def _bodies(sides: Sides) -> Iterator[Signal]:
    texts = sides.old.part.text, sides.new.part.text
    old, new = find_bodies(texts[0]), find_bodies(texts[1])
    around = sides.around
    gone = [
        one
        for one in old
        if one.key not in texts[1]
        and one_writing(one.name) not in around[1]
        and not any(other.same(one) for other in new)
    ]
    come = [
        one
        for one in new
        if one.key not in texts[0]
        and one_writing(one.name) not in around[0]
        and not any(other.same(one) for other in old)
    ]
    for index in range(max(len(gone), len(come))):
        before = gone[index] if index < len(gone) else None
        after = come[index] if index < len(come) else None
        yield _make(
            sides, SignalType.BODY, None, _place(before) if before else None, _place(after) if after else None
        )


def _citations(sides: Sides) -> Iterator[Signal]:
    for before, after in citing.differing(sides.old.part.text, sides.new.part.text, sides.numbering):
        yield _make(sides, SignalType.REFERENCE, None, before, after)


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
            yield _make(sides, SignalType.CONDITION, None, _led(before), _led(after))


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
    yield _make(
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
        yield _make(
            sides, kind, _word_direction(kind, before, after),
            _place(before) if before else None, _place(after) if after else None,
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
            yield _make(sides, SignalType.REFERENCE, None, before, after)
            continue
        if defines:
            kind = SignalType.DEFINITION
        elif excepts:
            kind = SignalType.EXCEPTION
        elif condition:
            kind = SignalType.CONDITION
        yield _make(sides, kind, direction, before, after)
