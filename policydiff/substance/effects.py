"""How a local provision stands to the one it comes from: same, localised, tightened, loosened, different.

The order of decision: names of place, body and basis are struck first. Then any figure, date, duty, condition, body of
another kind, scope or sanction that is left over decides: tightened or loosened; both ways is different. Else the
provision is localised where striking took something, the same where it did not.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from policydiff.lexicon.widths import fold_words
from policydiff.model import Direction, Effect, Genre, Signal, SignalType, Span
from policydiff.substance.following import find_cited
from policydiff.substance.local_signals import (
    CIRCUMSTANCES,
    OF_LISTS,
    PARTS,
    VALUES,
    is_example,
    is_near,
    lists_only,
    local_signals,
)
from policydiff.substance.offices import find_bodies, strike_places, struck_places
from policydiff.substance.weighing import (
    ABRIDGED,
    MOSTLY_GONE,
    OF_SUBSTANCE,
    ONE_WAY,
    WHOLLY_GONE,
)

_TIGHTER = frozenset({Direction.STRICTER, Direction.EARLIER, Direction.HIGHER, Direction.WIDER})
_LOOSER = frozenset({Direction.LOOSER, Direction.LATER, Direction.LOWER, Direction.NARROWER})


def effect(
    superior: str, local: str, *, genre: Genre = Genre.POLICY, signals: Iterable[Signal] | None = None
) -> Effect:
    """Return how a local passage stands to the superior passage it comes from.

    Args:
        superior: The provision of the superior document: every sentence the local one comes from.
        local: The local provision.
        genre: Kind of the local text.
        signals: The result of `local_signals` where it is known already.

    >>> effect("每年检查一次。", "每半年检查一次。").value
    'tightened'
    """
    found = local_signals(superior, local, genre=genre) if signals is None else tuple(signals)
    if _is_abridged(superior, local, found):
        return Effect.LOOSENED
    ways = dict.fromkeys((True, False, None), 0.0)
    decisive = [signal for signal in found if _decides(signal)]
    replaced = _replaced_kinds(decisive)
    for signal in decisive:
        whole = signal.type in replaced or _is_whole(signal, superior, local)
        ways[None if whole else _way(signal)] += signal.weight
    if any(ways.values()):
        return _weighed(ways[True], ways[False], ways[None])
    if _localised(superior, local) or any(is_example(signal, local) for signal in found):
        return Effect.LOCALISED
    source = _text_of(superior, _kept(superior, found))
    reworded = found and not is_near(strike_places(source), strike_places(local))
    return Effect.DIFFERENT if reworded else Effect.SAME


def _replaced_kinds(signals: Sequence[Signal]) -> set[SignalType]:
    """Return the kinds of circumstances of which one went and another came: conditions replaced go neither way."""
    sides = [{signal.type for signal in signals if (signal.old, signal.new)[side] is None} for side in (0, 1)]
    return sides[0] & sides[1] & CIRCUMSTANCES


def _is_whole(signal: Signal, superior: str, local: str) -> bool:
    """Return whether a signal is the only source, or the local passage, as a whole.

    One comes from the other, so that neither is gone nor new: it was put in other words, and goes neither way.
    """
    if signal.new is None:
        return signal.old is not None and len(signal.old) >= WHOLLY_GONE * len(superior)
    return signal.old is None and len(signal.new) >= WHOLLY_GONE * len(local)


def _is_abridged(superior: str, local: str, found: Sequence[Signal]) -> bool:
    """Return whether a provision was put in other words and much fewer: most of it is gone, little came for it.

    Of several sources the ones left out as a whole do not count: other local provisions take them up.
    """
    kept = _kept(superior, found)
    gone = _places_of(signal.old_span for signal in found if signal.new is None)
    places = {place for line in kept for place in range(*line)}
    left_out = len(gone & places) / max(1, len(places))
    length = len(fold_words(local)) / max(1, len(fold_words(_text_of(superior, kept))))
    return left_out >= MOSTLY_GONE and length <= ABRIDGED


def _kept(superior: str, found: Iterable[Signal]) -> list[tuple[int, int]]:
    """Return where the sources stand that were not left out as a whole; all of them where none is left."""
    gone = _places_of(signal.old_span for signal in found if signal.new is None)
    lines = [place.span() for place in re.finditer("[^\n]+", superior)]
    kept = [line for line in lines if len(gone & set(range(*line))) < WHOLLY_GONE * (line[1] - line[0])]
    return kept or lines


def _text_of(superior: str, lines: Iterable[tuple[int, int]]) -> str:
    return "".join(superior[slice(*line)] for line in lines)


def _places_of(spans: Iterable[Span | None]) -> set[int]:
    return {place for span in spans if span is not None for place in range(span.start, span.end)}


def _decides(signal: Signal) -> bool:
    """Return whether a signal is left over once places, bodies and basis are struck."""
    return signal.weight >= OF_SUBSTANCE and signal.type is not SignalType.REFERENCE


def _weighed(tighter: float, looser: float, other: float) -> Effect:
    """Return the effect by the weight of what goes either way, and of what goes neither."""
    heavier, lighter = max(tighter, looser), min(tighter, looser)
    if heavier == 0 or other > heavier or (lighter and heavier < ONE_WAY * lighter):
        return Effect.DIFFERENT
    return Effect.TIGHTENED if tighter > looser else Effect.LOOSENED


def _way(signal: Signal) -> bool | None:
    """Return True where the local text is tighter, False where it is looser, None where that cannot be said."""
    if signal.type in _FIGURES and (signal.new is None or signal.old is None):
        return signal.old is None  # a figure left out binds less, one put in binds more
    if signal.type is SignalType.PERIOD and signal.direction in (Direction.HIGHER, Direction.LOWER):
        return signal.direction is Direction.LOWER  # a shorter time to act asks for more
    one_sided = (signal.old is None) != (signal.new is None)
    if signal.type in PARTS or (
        one_sided and signal.type in OF_LISTS and signal.direction is Direction.CHANGED
    ):
        return signal.old is None  # half a sentence, or a member of a list, more asks for more
    if signal.direction is Direction.CHANGED and signal.type in OF_LISTS:
        return lists_only(signal)
    if signal.direction in _TIGHTER:
        return True
    return False if signal.direction in _LOOSER else None


_FIGURES = VALUES | {SignalType.DEADLINE}


def _localised(superior: str, local: str) -> bool:
    """Return whether places, bodies or basis of the local text are its own."""
    if superior == local:
        return False
    return any(set(names(superior)) != set(names(local)) for names in (_places, _cited, _bodies, _offices))


def _places(text: str) -> Iterator[str]:
    return (
        text[start:end] for start, end in struck_places(text) if not _OWN_NAME.fullmatch(text, start, end)
    )


_OWN_NAME = re.compile("本(?:法|条例|办法|规定|细则|决定|(?:实施)?(?:意见|方案|办法|细则))")
"""A text by its own name, of which each has one: nothing local."""


def _cited(text: str) -> Iterator[str]:
    return (text[found.start : found.end] for found in find_cited(text))


def _bodies(text: str) -> Iterator[str]:
    return (found.key for found in find_bodies(text))


_OFFICES = re.compile("行政机关|国家机关|(?:有关|相关|各|主管|职能)(?:政府)?部门|职能机构|属地")


def _offices(text: str) -> Iterator[str]:
    """Yield the words for offices in general: 行政机关 of the superior are 相关部门 of a district."""
    return (found[0] for found in _OFFICES.finditer(text))
