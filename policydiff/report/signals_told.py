"""Signals in the words of a person, the weightiest first: 时限 30日内 → 20日内（提前）."""

from collections.abc import Iterable, Sequence

from policydiff.model import Direction, Signal, SignalType
from policydiff.report.catalog import Catalog
from policydiff.report.runs import Cell, Mark, Run, badge, shortened
from policydiff.report.words import DIRECTIONS, SIGNALS

_LONGEST = 60
"""Characters of the old or new words in one line: a figure, a body or a short list fits; a sentence is cut."""


def weightiest(signals: Sequence[Signal]) -> float:
    """Return the weight of the weightiest signal, 0 without any."""
    return max((signal.weight for signal in signals), default=0.0)


def distinct(signals: Iterable[Signal]) -> list[tuple[Signal, list[SignalType]]]:
    """Return each difference once, the weightiest first, with all types it was found as.

    80% → 2% found as a percentage and as a target is one difference.
    """
    found: dict[tuple[str | None, str | None], tuple[Signal, list[SignalType]]] = {}
    for signal in sorted(signals, key=lambda each: -each.weight):
        types = found.setdefault((signal.old, signal.new), (signal, []))[1]
        if signal.type not in types:
            types.append(signal.type)
    return list(found.values())


def types_told(types: Iterable[SignalType], say: Catalog) -> str:
    """Return the words for what a difference touches."""
    return say.joined(*(say(SIGNALS[each]) for each in types))


def told(signals: Iterable[Signal], say: Catalog, *, most: int = 3, longest: int = _LONGEST) -> Cell:
    """Return the weightiest differences on one line, each with its type, old and new words and direction."""
    runs: list[Run] = []
    every = distinct(signals)
    for signal, types in every[:most]:
        if runs:
            runs.append(Run(say.semicolon))
        runs += one(signal, types, say, longest)
    left = len(every) - most
    if left > 0:
        runs.append(Run(say(" and {n} more", n=left), Mark.MUTED))
    return tuple(runs)


def lines(
    signals: Iterable[Signal], say: Catalog, *, longest: int = _LONGEST, most: int | None = None
) -> Cell:
    """Return the differences on a line each, the weightiest first; beyond `most` they are counted."""
    runs: list[Run] = []
    every = distinct(signals)
    for signal, types in every[:most]:
        if runs:
            runs.append(Run("\n"))
        runs += one(signal, types, say, longest)
    if most is not None and len(every) > most:
        runs.append(Run(say(" and {n} more", n=len(every) - most), Mark.MUTED))
    return tuple(runs)


def one(signal: Signal, types: Sequence[SignalType], say: Catalog, longest: int) -> list[Run]:
    """Return one difference: what it touches, the old and the new words, and the direction."""
    runs = [badge(types_told(types, say), "substance"), Run(" ")]
    # A removed or added item says so in its type: its own words follow without "gone" or "new".
    is_named = signal.type.value.endswith(("_removed", "_added"))
    if signal.old and signal.new:
        runs += [
            *shortened((Run(signal.old, Mark.DELETE),), longest),
            Run(" → "),
            *shortened((Run(signal.new, Mark.INSERT),), longest),
        ]
    elif signal.old:
        runs += [] if is_named else [Run(say("gone: "))]
        runs += shortened((Run(signal.old, Mark.DELETE),), longest)
    elif signal.new:
        runs += [] if is_named else [Run(say("new: "))]
        runs += shortened((Run(signal.new, Mark.INSERT),), longest)
    if signal.direction is not Direction.CHANGED and not is_named:
        runs.append(Run(say(" ({direction})", direction=say(DIRECTIONS[signal.direction])), Mark.MUTED))
    if signal.detail and signal.detail.startswith(_USED):
        runs.append(
            Run(
                say(" (the term is used in {clauses})", clauses=signal.detail.removeprefix(_USED)), Mark.MUTED
            )
        )
    return runs


_USED = "used in "
"""How the detail of a change of a defined term begins; the clauses that use the term follow."""
