"""Edits (deletions and insertions of characters or tokens) that turn one text into another, in time proportional to the length.

The search for the shortest edits takes time proportional to the product of both lengths. It is done for at most `EXACT` items a side.
Longer texts are first aligned at runs that occur once on either side in the same order (patience diff, Bram Cohen); between these
runs the shortest edits are searched in stretches of at most `EXACT` items.
"""

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import takewhile
from pathlib import PurePath
from types import ModuleType
from typing import NamedTuple

from policydiff.lexicon.widths import fold

EXACT = 4_096
"""Items of a side up to which the shortest way is found: 0.02 s and 4 MiB, and longer than any provision of a real text."""
_RUN = 4
"""Items of a run that anchors the comparison; shorter runs recur by chance."""


_KEPT = 4 * EXACT
"""Characters up to which the runs of a text are kept for the next comparison: 32 texts then take 120 MiB at the most."""


class Step(NamedTuple):
    """A stretch of an edit: equal items, or removed items with the items put in their place."""

    is_equal: bool
    old_start: int
    old_end: int
    new_start: int
    new_end: int


def steps(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Step]:
    """Yield the stretches that turn `old` into `new`, in order, without gaps; neighbouring steps may be of one kind.

    >>> [(step.is_equal, "甲乙丙"[step.old_start : step.old_end]) for step in steps("甲乙丙", "甲丙")]
    [(True, '甲'), (False, '乙'), (True, '丙')]
    """
    i = j = 0
    for next_i, next_j, size in [*_held(old, new), (len(old), len(new), 0)]:
        yield from _between(old, new, (i, next_i), (j, next_j))
        if size:
            yield Step(True, next_i, next_i + size, next_j, next_j + size)
        i, j = next_i + size, next_j + size


def common_share(one: str, other: str, least: float = 0.0) -> float:
    """Return the share (0…1) of common characters in order; 0 below `least`.

    For texts longer than `EXACT` characters only anchoring runs count, which is less than the true share,
    never more. A text edited everywhere still has nine tenths of it.

    >>> common_share("甲乙丙丁", "甲乙丙戊")
    0.75
    """
    if max(len(one), len(other)) <= EXACT:
        return float(_indel().normalized_similarity(one, other, score_cutoff=least))
    share = 1 - distance(one, other) / (len(one) + len(other))
    return share if share >= least else 0.0


def distance(one: str, other: str) -> int:
    """Return how many characters are taken out and put in; of long texts perhaps more than the shortest way needs.

    >>> distance("甲乙丙丁", "甲乙丙戊")
    2
    """
    if max(len(one), len(other)) <= EXACT:
        return int(_indel().distance(one, other))
    return len(one) + len(other) - 2 * _held_together(one, other)


@lru_cache(maxsize=8)
def _held_together(one: str, other: str) -> int:
    """Return the number of characters in anchoring runs; cached, because long texts are compared repeatedly."""
    return sum(size for _, _, size in _held(one, other))


_NEAR = 0.75
"""Least share (0…1) of characters for a similar name: a lost letter leaves 0.9, another year 0.8; 管理办法 and 管理规定 have 0.5."""


def nearest(name: str, held: Iterable[str]) -> str | None:
    """Return the name of a file or document that was probably meant, by its last part without ending; None without a similar name.

    >>> nearest("REDME.md", ["CHANGELOG.md", "README.md"])
    'README.md'
    """

    def alike(each: str) -> tuple[float, float]:
        one, other = (fold(PurePath(given).stem).casefold() for given in (name, each))
        return common_share(one, other), common_share(name, each)

    best = max(held, key=alike, default="")
    return best if best and alike(best)[0] >= _NEAR else None


def matching_blocks(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[int, int, int]]:
    """Yield (place in old, place in new, number of items) of the common stretches, in order."""
    for step in steps(old, new):
        if step.is_equal:
            yield step.old_start, step.new_start, step.old_end - step.old_start


@cache
def _indel() -> ModuleType:
    from rapidfuzz.distance import Indel  # noqa: PLC0415 (13 ms, and equal texts do without)

    return Indel


def _between(
    old: Sequence[Hashable], new: Sequence[Hashable], olds: tuple[int, int], news: tuple[int, int]
) -> Iterator[Step]:
    """Yield the steps of a stretch without a common run, piece by piece if it is long."""
    i, j = olds[0], news[0]
    if (i == olds[1]) != (j == news[1]):
        yield Step(False, i, olds[1], j, news[1])
        return
    while i < olds[1] or j < news[1]:
        end_i, end_j = min(i + EXACT, olds[1]), min(j + EXACT, news[1])
        for each in _indel().opcodes(old[i:end_i], new[j:end_j]):
            yield Step(
                each.tag == "equal",
                i + each.src_start,
                i + each.src_end,
                j + each.dest_start,
                j + each.dest_end,
            )
        i, j = end_i, end_j


def _held(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int, int]]:
    """Return (place in old, place in new, size) of the runs that anchor two long sequences; empty for short ones."""
    if max(len(old), len(new)) <= EXACT:
        return []
    if isinstance(old, str) and isinstance(new, str):
        short = max(len(old), len(new)) <= _KEPT
        here, there = (_runs_of_text(text) if short else _once(map(ord, text)) for text in (old, new))
    else:
        numbers: dict[Hashable, int] = {}
        here, there = (
            _once([numbers.setdefault(item, len(numbers)) for item in side]) for side in (old, new)
        )
    pairs = [(i, j) for run, i in here.items() if i >= 0 and (j := there.get(run, -1)) >= 0]
    kept: list[tuple[int, int, int]] = []
    end_i = end_j = 0
    for i, j in rising(pairs):
        if kept and i <= end_i and i - kept[-1][0] == j - kept[-1][1]:
            start_i, start_j, _ = kept[-1]
            kept[-1] = (start_i, start_j, i + _RUN - start_i)
        elif i >= end_i and j >= end_j:
            kept.append((i, j, _RUN))
        else:
            continue
        end_i, end_j = kept[-1][0] + kept[-1][2], kept[-1][1] + kept[-1][2]
    return kept


_BITS = 21
"""Bits of a code point, and more than a text has different words."""
_WHOLE_RUN = (1 << _BITS * _RUN) - 1


def _once(items: Iterable[int]) -> dict[int, int]:
    """Return the place of each run that occurs once, in order; -1 for runs that occur more often.

    A run is one number made from its items, which takes half the memory of a slice and is ignored by garbage collection.
    """
    found: dict[int, int] = {}
    run = 0
    for index, item in enumerate(items, 1 - _RUN):
        run = (run << _BITS | item) & _WHOLE_RUN
        if index >= 0:
            found[run] = -1 if run in found else index
    return found


@lru_cache(maxsize=32)
def _runs_of_text(text: str) -> dict[int, int]:
    """Return the runs of a text: the likest of many parts is looked for, and each is compared with many."""
    return _once(map(ord, text))


def rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a longest series of pairs, sorted by their first place, with rising second places."""
    kept = in_order([j for _, j in pairs])
    return [pair for index, pair in enumerate(pairs) if index in kept]


def in_order(targets: Sequence[int]) -> set[int]:
    """Return the indexes of a longest strictly rising series of `targets`; the others have moved.

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
    """Return the pairs (i, j) of an alignment in order with the greatest sum of positive scores.

    Calls `score` O(old · new) times, with 0 <= i < old and 0 <= j < new.
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


def common_ends(one: Sequence[object], other: Sequence[object]) -> tuple[int, int]:
    """Return how many characters (or keys) two texts begin with in common, and with how many of the rest they end."""
    lead = common_start(one, other)
    return lead, common_start(one[lead:][::-1], other[lead:][::-1])


def common_start(one: Sequence[object], other: Sequence[object]) -> int:
    """Return how many characters two texts begin with in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
