"""Signals in the words of a person, the weightiest first: 期限 30日内 → 20日内（提前）."""

from collections.abc import Iterable, Sequence

from policydiff.model import Signal
from policydiff.report.catalog import Catalog
from policydiff.report.runs import Cell, Mark, Run, badge, shortened
from policydiff.report.words import DIRECTIONS, signal_word

_LONGEST = 60
"""Characters of the old or new words in one line: a figure, a body or a short list fits; a sentence is cut."""
_TOLD = frozenset({"stricter", "looser", "earlier", "later", "higher", "lower", "wider", "narrower"})
"""Directions that say more than old and new words beside each other."""
_FIRST_TOLD = (
    "penalty",
    "duty_weakened",
    "duty_strengthened",
    "amount",
    "percentage",
    "deadline",
    "effective_date",
    "scope",
    "target",
    "number",
    "list",
    "responsible_body",
    "citation",
    "body_renamed",
)
"""Order where the signals bear no weight of their own."""


def weight(signal: Signal) -> float:
    """Return how much a signal matters: its own weight, else by its type."""
    own = getattr(signal, "weight", None)
    if own is not None:
        return float(own)
    name = signal.type.value
    return 1.0 - _FIRST_TOLD.index(name) / len(_FIRST_TOLD) if name in _FIRST_TOLD else 0.0


def weightiest(signals: Sequence[Signal]) -> float:
    """Return the weight of the weightiest signal, 0 without any."""
    return max((weight(signal) for signal in signals), default=0.0)


def distinct(signals: Iterable[Signal]) -> list[tuple[Signal, list[str]]]:
    """Return each difference once, the weightiest first, with the names of all types it was found as.

    80% → 2% found as a percentage and as a target is one difference.
    """
    found: dict[tuple[str | None, str | None], tuple[Signal, list[str]]] = {}
    for signal in sorted(signals, key=lambda each: -weight(each)):
        names = found.setdefault((signal.old, signal.new), (signal, []))[1]
        if signal.type.value not in names:
            names.append(signal.type.value)
    return list(found.values())


def told(signals: Iterable[Signal], say: Catalog, *, most: int = 3, longest: int = _LONGEST) -> Cell:
    """Return the weightiest differences on one line, each with its type, old and new words and direction."""
    runs: list[Run] = []
    every = distinct(signals)
    for signal, names in every[:most]:
        if runs:
            runs.append(Run(say.semicolon))
        runs += _one(signal, names, say, longest)
    left = len(every) - most
    if left > 0:
        runs.append(Run(say(" and {n} more", n=left), Mark.MUTED))
    return tuple(runs)


def lines(signals: Iterable[Signal], say: Catalog, *, longest: int = _LONGEST) -> Cell:
    """Return every difference on a line of its own."""
    runs: list[Run] = []
    for signal, names in distinct(signals):
        if runs:
            runs.append(Run("\n"))
        runs += _one(signal, names, say, longest)
    return tuple(runs)


def _one(signal: Signal, names: Sequence[str], say: Catalog, longest: int) -> list[Run]:
    label = say.joined(*dict.fromkeys(signal_word(name, say) for name in names))
    runs = [badge(label, "substance"), Run(" ")]
    if signal.old and signal.new:
        runs += [
            *shortened((Run(signal.old, Mark.DELETE),), longest),
            Run(" → "),
            *shortened((Run(signal.new, Mark.INSERT),), longest),
        ]
    elif signal.old:
        runs += [Run(say("gone: ")), *shortened((Run(signal.old, Mark.DELETE),), longest)]
    elif signal.new:
        runs += [Run(say("new: ")), *shortened((Run(signal.new, Mark.INSERT),), longest)]
    direction = str(getattr(signal, "direction", None) or signal.detail or "")
    if direction in _TOLD:
        runs.append(Run(say(" ({direction})", direction=say(DIRECTIONS[direction])), Mark.MUTED))
    return runs
