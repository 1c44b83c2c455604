"""Where the neighbours of a unit went, and so where the unit may be looked for."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from itertools import pairwise

from policydiff.revision.sequence import in_order


class Neighbours:
    """The links that keep their order: fixed points between which the other units are placed."""

    def __init__(self, links: Mapping[int, int], old: int, new: int) -> None:
        """Take links from old to new index, and how many units each side has."""
        ordered = sorted(links.items())
        kept = in_order([target for _, target in ordered])
        self._fixed = [(-1, -1), *(ordered[index] for index in sorted(kept)), (old, new)]
        self._sources = [source for source, _ in self._fixed]
        self._size = max(new, 1)

    def bonus(self, i: int, j: int) -> float:
        """Return +0.05 between the same neighbours (more right beside one), -0.05 at the other end of the document."""
        after = bisect_left(self._sources, i)
        (before, low), (behind, high) = self._fixed[after - 1], self._fixed[after]
        if low < j < high:
            return 0.08 if j - low == i - before or high - j == behind - i else 0.05
        return -0.05 * min(abs(j - low), abs(j - high)) / self._size

    def distance(self, i: int, j: int) -> int:
        """Return how many places new unit j stands outside the neighbours of old unit i; 0 between them."""
        after = bisect_left(self._sources, i)
        low, high = self._fixed[after - 1][1], self._fixed[after][1]
        return max(low - j + 1, j - high + 1, 0)

    def gaps(self) -> Iterator[tuple[range, range]]:
        """Yield the stretches between neighbouring fixed links, as ranges of both sides."""
        for (source, target), (next_source, next_target) in pairwise(self._fixed):
            yield range(source + 1, next_source), range(target + 1, next_target)
