"""Links, splits and mergers of one group of units, put together so that each unit is in one place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from policydiff.revision.containment import Side
from policydiff.revision.pairing import pair_units
from policydiff.revision.units import Unit

_MUCH_THE_SAME = 0.8


@dataclass(frozen=True, slots=True)
class Match:
    """Units that correspond: one to one, one to several (split) or several to one (merged)."""

    old: tuple[Unit, ...]
    """The primary unit first."""
    new: tuple[Unit, ...]
    """The primary unit first."""


@dataclass(frozen=True, slots=True)
class Trace:
    """A further correspondence of a unit that is already in a match: words of `old` are found in `new` too."""

    old: Unit
    new: Unit


def match_units(old: Sequence[Unit], new: Sequence[Unit]) -> tuple[list[Match], list[Trace]]:
    """Return the matches of two groups of units; units in none of them were added or removed."""
    links, texts = pair_units(old, new)
    olds: dict[int, list[int]] = {target: [source] for source, target in links.items()}
    news: dict[int, list[int]] = {source: [target] for source, target in links.items()}
    traces: list[Trace] = []
    taken = set(olds)
    added = [j for j in range(len(new)) if j not in taken]
    removed = [i for i in range(len(old)) if i not in links]
    placed: set[int] = set()
    for part in Side(texts, old, old_is_whole=True).parts(links, added) if added else ():
        if part.part not in placed:
            placed.add(part.part)
            news[part.whole].append(part.part)
    back = {target: source for source, target in links.items()}
    gone: set[int] = set()
    for part in Side(texts, new, old_is_whole=False).parts(back, removed) if removed else ():
        if part.part in gone:
            continue
        gone.add(part.part)
        if len(news[back[part.whole]]) > 1:
            traces.append(Trace(old[part.part], new[part.whole]))
        else:
            olds[part.whole].append(part.part)
    matches = [
        Match(
            old=tuple(old[i] for i in _primary_first(olds[target], partial(_swapped, texts.shared, target))),
            new=tuple(new[j] for j in _primary_first(news[source], partial(texts.shared, source))),
        )
        for source, target in sorted(links.items())
    ]
    return matches, traces


def _swapped(function: Callable[[int, int], int], second: int, first: int) -> int:
    return function(first, second)


def _primary_first(parts: list[int], shared: Callable[[int], int]) -> list[int]:
    """Return the parts in order, but first the one that holds most; of two that hold much the same, the earlier."""
    if len(parts) == 1:
        return parts
    most = max(map(shared, parts))
    primary = next(part for part in sorted(parts) if shared(part) >= _MUCH_THE_SAME * most)
    return [primary, *sorted(part for part in parts if part != primary)]
