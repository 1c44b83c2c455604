"""Links, splits and mergers of one group of units, put together so that each unit is in one place."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from policydiff.revision.containment import Side
from policydiff.revision.pairing import pair_units
from policydiff.revision.units import Unit

_MUCH_THE_SAME = 0.8


@dataclass(frozen=True, slots=True)
class Match:
    """Units that correspond: one to one, one to several (split), several to one (merged), rarely several to several."""

    old: tuple[Unit, ...]
    """The primary unit first."""
    new: tuple[Unit, ...]
    """The primary unit first."""
    divided: bool = False
    """Whether it is called a split where either side has several units; else a merger."""

    def turned(self) -> "Match":
        """Return it seen from the other side."""
        return Match(old=self.new, new=self.old, divided=not self.divided)


def match_units(old: Sequence[Unit], new: Sequence[Unit]) -> list[Match]:
    """Return the matches of two groups of units; units in none of them were added or removed.

    Where one of several parts also took in another unit, all of them are one match: each unit has one place, and none
    whose words live on is called removed.
    """
    links, texts = pair_units(old, new)
    olds: dict[int, list[int]] = {target: [source] for source, target in links.items()}
    news: dict[int, list[int]] = {source: [target] for source, target in links.items()}
    added = [j for j in range(len(new)) if j not in olds]
    removed = [i for i in range(len(old)) if i not in links]
    if added:
        for part, whole in _parts(Side(texts, old, old_is_whole=True), links, added):
            news[whole].append(part)
    if removed:
        back = {target: source for source, target in links.items()}
        for part, whole in _parts(Side(texts, new, old_is_whole=False), back, removed):
            olds[whole].append(part)
    return [
        Match(
            old=tuple(old[i] for i in _primary_first(olds[target], partial(_swapped, texts.shared, target))),
            new=tuple(new[j] for j in _primary_first(news[source], partial(texts.shared, source))),
            divided=len(news[source]) > 1,
        )
        for source, target in sorted(links.items())
    ]


def _parts(side: Side, counterpart: dict[int, int], alone: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield each unit without counterpart that is a part of another one, once, with the whole it fits best."""
    found: set[int] = set()
    for part in side.parts(counterpart, alone):
        if part.part not in found:
            found.add(part.part)
            yield part.part, part.whole


def _swapped(function: Callable[[int, int], int], second: int, first: int) -> int:
    return function(first, second)


def _primary_first(parts: list[int], shared: Callable[[int], int]) -> list[int]:
    """Return the parts in order, but first the one that holds most; of two that hold much the same, the earlier."""
    if len(parts) == 1:
        return parts
    most = max(map(shared, parts))
    primary = next(part for part in sorted(parts) if shared(part) >= _MUCH_THE_SAME * most)
    return [primary, *sorted(part for part in parts if part != primary)]
