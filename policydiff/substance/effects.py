"""How a local provision stands to the one it comes from: same, localised, tightened, loosened, different.

The order of decision: names of place, body and basis are struck first. Then any figure, date, duty, condition, body of
another kind, scope or sanction that is left over decides: tightened or loosened; both ways is different. Else the
provision is localised where striking took something, the same where it did not.
"""

from collections.abc import Iterable

from policydiff.lexicon.variants import fold_words
from policydiff.model import Direction, Effect, Genre, Signal, SignalType
from policydiff.substance.localising import strike_places
from policydiff.substance.signalling import signals_between
from policydiff.substance.thresholds import OF_SUBSTANCE

_STRUCK = frozenset({SignalType.REFERENCE})
"""Types that are basis: another law named for the same duty is localisation."""
_TIGHTER = frozenset({Direction.STRICTER, Direction.EARLIER, Direction.HIGHER, Direction.WIDER})
_LOOSER = frozenset({Direction.LOOSER, Direction.LATER, Direction.LOWER, Direction.NARROWER})
_CLOSE = 1.5
"""How much heavier one way must weigh than the other to decide alone."""


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
    found = local_signals(superior, local, genre=genre) if signals is None else signals
    ways = dict.fromkeys((True, False, None), 0.0)
    for signal in found:
        if _decides(signal):
            ways[_way(signal)] += signal.weight
    if any(ways.values()):
        return _weighed(ways[True], ways[False], ways[None])
    return Effect.LOCALISED if _localised(superior, local) else Effect.SAME


def _decides(signal: Signal) -> bool:
    """Return whether a signal is left over once places, bodies and basis are struck."""
    if signal.type is SignalType.BODY and signal.old is None:
        return False  # a duty put in the hands of a named body
    return signal.weight >= OF_SUBSTANCE and signal.type not in _STRUCK


def _weighed(tighter: float, looser: float, other: float) -> Effect:
    """Return the effect by the weight of what goes either way, and of what goes neither."""
    heavier, lighter = max(tighter, looser), min(tighter, looser)
    if heavier == 0 or other > heavier or (lighter and heavier < _CLOSE * lighter):
        return Effect.DIFFERENT
    return Effect.TIGHTENED if tighter > looser else Effect.LOOSENED


def local_signals(superior: str, local: str, *, genre: Genre = Genre.POLICY) -> tuple[Signal, ...]:
    """Return the signals between a superior and a local passage once names of place and level are struck."""
    struck = strike_places(superior), strike_places(local)
    return tuple(
        signal.model_copy(
            update={
                "old": superior[slice(*signal.old_span)] if signal.old_span else None,
                "new": local[slice(*signal.new_span)] if signal.new_span else None,
            }
        )
        for signal in signals_between(*struck, genre=genre)
    )


def _way(signal: Signal) -> bool | None:
    """Return True where the local text is tighter, False where it is looser, None where that cannot be said."""
    if signal.type is SignalType.PERIOD and signal.direction in (Direction.HIGHER, Direction.LOWER):
        return signal.direction is Direction.LOWER  # a shorter time to act asks for more
    if signal.type is SignalType.BODY:
        return False if signal.new is None else None
    if signal.direction in _TIGHTER:
        return True
    return False if signal.direction in _LOOSER else None


def _localised(superior: str, local: str) -> bool:
    """Return whether places, bodies or basis of the local text are its own."""
    return fold_words(superior) != fold_words(local) and (
        fold_words(strike_places(superior)) != fold_words(superior)
        or fold_words(strike_places(local)) != fold_words(local)
        or any(True for signal in local_signals(superior, local))
    )
