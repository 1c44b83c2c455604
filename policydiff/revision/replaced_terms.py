"""A term that another took the place of throughout a text is one difference, told in the first clause with the others named."""

from collections import defaultdict
from collections.abc import Sequence

from policydiff.model import Change, Direction, Signal, SignalType
from policydiff.revision.substantial import heaviest
from policydiff.substance.weighing import OF_SUBSTANCE

THROUGHOUT = 3
"""Clauses in which the same words took the place of the same words, from which a term was replaced throughout: two may be chance."""

_OF_WORDS = frozenset({SignalType.SCOPE, SignalType.BODY, SignalType.CONDITION, SignalType.DEFINITION})


def _term(signal: Signal) -> tuple[str, str] | None:
    if signal.type in _OF_WORDS and signal.direction is Direction.CHANGED and signal.old and signal.new:
        return signal.old, signal.new
    return None


def told_once(changes: Sequence[Change]) -> list[Change]:
    """Return changes; of a term replaced throughout the first clause keeps the weight and names the others, which weigh the least of substance."""
    places: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, change in enumerate(changes):
        for term in dict.fromkeys(map(_term, change.signals)):
            if term is not None:
                places[term].append(place)
    throughout = {term: found for term, found in places.items() if len(found) >= THROUGHOUT}
    told = list(changes)
    for place in sorted({place for found in throughout.values() for place in found}):
        change = changes[place]
        signals = tuple(_weighed(signal, place, throughout, changes) for signal in change.signals)
        told[place] = change.model_copy(update={"signals": signals, "weight": heaviest(signals)})
    return told


def _weighed(
    signal: Signal, place: int, throughout: dict[tuple[str, str], list[int]], changes: Sequence[Change]
) -> Signal:
    term = _term(signal)
    found = throughout.get(term) if term is not None else None
    if found is None:
        return signal
    if place != found[0]:
        return signal.model_copy(
            update={"weight": min(signal.weight, OF_SUBSTANCE), "detail": "replaced throughout"}
        )
    units = [changes[each].new[0] for each in found if changes[each].new]
    return signal.model_copy(
        update={"detail": f"replaced in {'、'.join(unit.label or unit.id for unit in units)}"}
    )
