"""Order: the longest run of links that keep their order, alignment between fixed points, and likeness of two texts in order."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cache
from types import ModuleType


def in_order(targets: Sequence[int]) -> set[int]:
    """Return the indices of a longest strictly rising run of `targets`; the others have moved.

    >>> sorted(in_order([0, 5, 1, 2, 3]))
    [0, 2, 3, 4]
    """
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = [-1] * len(targets)
    for index, target in enumerate(targets):
        length = bisect_left(ends, target)
        before[index] = last[length - 1] if length else -1
        if length == len(ends):
            ends.append(target)
            last.append(index)
        else:
            ends[length], last[length] = target, index
    kept: set[int] = set()
    index = last[-1] if last else -1
    while index >= 0:
        kept.add(index)
        index = before[index]
    return kept


def align(old: int, new: int, score: Callable[[int, int], float]) -> list[tuple[int, int]]:
    """Return the pairs (i, j) of an order-keeping alignment with the highest sum of positive scores.

    O(old · new) calls of `score`, which is asked for 0 <= i < old and 0 <= j < new.
    """
    best = [[0.0] * (new + 1) for _ in range(old + 1)]
    taken: dict[tuple[int, int], float] = {}
    for i in range(old - 1, -1, -1):
        for j in range(new - 1, -1, -1):
            value = score(i, j)
            alone = max(best[i + 1][j], best[i][j + 1])
            paired = best[i + 1][j + 1] + value
            if value > 0 and paired > alone:
                best[i][j] = paired
                taken[i, j] = value
            else:
                best[i][j] = alone
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < old and j < new:
        if (i, j) in taken:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


@cache
def indel() -> ModuleType:
    """Return the module of the distance, loaded when it is first asked for."""
    from rapidfuzz.distance import Indel  # noqa: PLC0415 (13 ms)

    return Indel


def indel_likeness(one: str, other: str) -> float:
    """Return the share of characters that two texts have in common in order, 0 to 1."""
    return float(indel().normalized_similarity(one, other))
