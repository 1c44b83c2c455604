"""What stands in unlike parts of two passages and still answers each other.

Values told elsewhere, a filing for a permit.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from policydiff.lexicon.measures import Measure
from policydiff.lexicon.shortest_edits import common_share
from policydiff.model import Direction, Genre, Signal, SignalType
from policydiff.substance.alignment import Aligned
from policydiff.substance.canonical import Canonical, one_writing
from policydiff.substance.classifying import QUANTITY_TYPES
from policydiff.substance.facing import Sides
from policydiff.substance.features import find_instruments, instrument_rank
from policydiff.substance.following import Numbering
from policydiff.substance.value_differences import Range, ends, ranges, stretch
from policydiff.substance.weighing import VALUE_ELSEWHERE

_AROUND = 6
"""Characters on either side of a value by which it is known again in another part."""
_Parts = tuple[list[Canonical], list[Canonical]]


class _Value(NamedTuple):
    """A value that its own part on the other side does not answer."""

    part: Canonical
    value: Range
    signal: Signal | None
    """The signal that said so already; None for a value of a part that came or went as a whole."""

    @property
    def window(self) -> str:
        start, end = stretch(self.value)
        text = self.part.part.text
        return one_writing(f"{text[max(0, start - _AROUND) : start]}㊋{text[end : end + _AROUND]}")


def values_apart(found: Sequence[Signal], sides: _Parts, aligned: Aligned, genre: Genre) -> Iterator[Signal]:
    """Yield the signals, values that only went to another part brought together: 处一万元 of one, 处三万元 of the next."""
    used: set[int] = set()
    met: list[Signal] = []
    alone = {
        quantity.measure
        for side, indexes in zip(sides, (aligned.gone, aligned.come), strict=True)
        for index in indexes
        for quantity in side[index].quantities
    }
    said = {signal.type for signal in found if signal.old is None or signal.new is None}
    for measure in Measure:
        if measure not in alone and QUANTITY_TYPES[measure] not in said:
            continue
        gone, come = (_left(parts, aligned, found, measure, side) for side, parts in enumerate(sides))
        for one in gone:
            likest = max(come, key=lambda other: common_share(one.window, other.window), default=None)
            if likest is None or (one.signal is likest.signal is None and len(gone) > len(come)):
                continue
            same = next((other for other in come if one.value.same(other.value)), None)
            if same is not None:
                likest = same  # only the words around it stand elsewhere
            elif common_share(one.window, likest.window) < VALUE_ELSEWHERE:
                continue
            come.remove(likest)
            used |= {id(each.signal) for each in (one, likest) if each.signal}
            if not one.value.same(likest.value):
                met += ends(Sides(one.part, likest.part, genre, Numbering({})), one.value, likest.value)
    yield from (signal for signal in found if id(signal) not in used)
    yield from met


def _left(
    parts: Sequence[Canonical], aligned: Aligned, found: Sequence[Signal], measure: Measure, side: int
) -> list[_Value]:
    """Return the values of one kind that one side alone has: in parts of its own, or in a part that answers another."""
    alone = (aligned.gone, aligned.come)[side]
    values = [_Value(parts[index], value, None) for index in alone for value in ranges(parts[index], measure)]
    said = {
        (signal.old_span, signal.new_span)[side]: signal
        for signal in found
        if signal.type is QUANTITY_TYPES[measure] and (signal.old, signal.new)[1 - side] is None
    }
    paired = [pair[side] for pair in aligned.pairs]
    for index in paired if said else ():
        part = parts[index]
        for value in ranges(part, measure):
            start, end = stretch(value)
            signal = next(
                (
                    each
                    for span, each in said.items()
                    if span and (span.start, span.end) == (part.part.start + start, part.part.start + end)
                ),
                None,
            )
            if signal is not None:
                values.append(_Value(part, value, signal))
    return values


def exchanged(found: Sequence[Signal]) -> list[Signal]:
    """Return signals, an instrument that came in place of a heavier or lighter one as one signal: a filing for a permit."""
    gone = [each for each in found if each.type is SignalType.INSTRUMENT and each.new is None]
    come = [each for each in found if each.type is SignalType.INSTRUMENT and each.old is None]
    if not gone or not come:
        return list(found)
    one, other = max(gone, key=_rank), max(come, key=_rank)
    ranks = _rank(one), _rank(other)
    if 0 in ranks or max(ranks) < _HEAVY or min(ranks) > _LIGHT:
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
"""Ranks of instruments: a permit or review (4 and more) and a filing, report or inspection (2 and less) stand for each other."""


def _rank(signal: Signal) -> int:
    return max(
        (instrument_rank(word.key) for word in find_instruments(signal.old or signal.new or "")), default=0
    )
