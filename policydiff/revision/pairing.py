"""Which new unit continues which old one: by words, number and place together."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from policydiff.revision.assignment import assign
from policydiff.revision.folding import mask_references
from policydiff.revision.sequence import align, in_order
from policydiff.revision.similarity import Texts
from policydiff.revision.units import Unit

Links = dict[int, int]
"""Index of the old unit → index of the new unit that continues it."""

_ALIKE = 0.38
"""Likeness above which two units belong together wherever they stand."""
_ALIKE_ELSEWHERE = 0.36
"""Mean of likeness and topic above which units belong together wherever they stand."""
_ALIKE_NEARBY = 0.30
"""The same for units that changed places with a neighbour or two."""
_NEAR = 3
_ALIKE_IN_PLACE = 0.23
"""The same between the same neighbours."""
_ALIKE_ALONE = 0.20
"""The same where nothing else stands between those neighbours."""
_ALIKE_IN_NUMBER = 0.15
"""The same where, besides, the number is the same: an article that was rewritten."""
_LARGEST_GAP = 40_000
"""Pairs in one gap; larger gaps are left to likeness alone, which bounds unrelated texts."""


def pair_units(old: Sequence[Unit], new: Sequence[Unit]) -> tuple[Links, Texts]:
    """Return the links between units of one group, and the texts they were weighed by."""
    words = [unit.words for unit in old], [unit.words for unit in new]
    masked = [mask_references(text) for text in words[0]], [mask_references(text) for text in words[1]]
    links: Links = {}
    for keys in (words, masked):
        _link_equal(keys[0], keys[1], links)
    texts = Texts(*masked)
    _link_alike(texts, old, new, links)
    _link_in_place(texts, old, new, links)
    _link_elsewhere(texts, links)
    return links, texts


def _link_equal(old: Sequence[str], new: Sequence[str], links: Links) -> None:
    """Link units of equal text; where several are equal, in order if there are as many on both sides."""
    taken = set(links.values())
    places: tuple[defaultdict[str, list[int]], defaultdict[str, list[int]]] = (
        defaultdict(list),
        defaultdict(list),
    )
    for i, text in enumerate(old):
        if i not in links:
            places[0][text].append(i)
    for j, text in enumerate(new):
        if j not in taken:
            places[1][text].append(j)
    for text, where in places[0].items():
        there = places[1].get(text, [])
        if text and len(where) == len(there):
            links.update(zip(where, there, strict=True))


def _link_alike(texts: Texts, old: Sequence[Unit], new: Sequence[Unit], links: Links) -> None:
    """Link what is alike wherever it stands, the best choice over all."""
    taken = set(links.values())
    left = [i for i in range(len(old)) if i not in links]
    right = [j for j in range(len(new)) if j not in taken]
    expected = _Expected(links, len(old), len(new))
    scores: dict[tuple[int, int], float] = {}
    for i, j in texts.candidates(left, right):
        likeness = texts.likeness(i, j) if texts.may_be_alike(i, j) else 0.0
        if likeness >= _ALIKE - 0.08:
            scores[i, j] = likeness + expected.bonus(i, j) - _ALIKE
    links.update(assign(scores))


class _Expected:
    """Where the neighbours of a unit went, and so where it may be looked for."""

    def __init__(self, links: Links, old: int, new: int) -> None:
        ordered = sorted(links.items())
        kept = in_order([target for _, target in ordered])
        self.fixed = [(-1, -1), *(ordered[index] for index in sorted(kept)), (old, new)]
        self.sources = [source for source, _ in self.fixed]
        self.size = max(new, 1)

    def bonus(self, i: int, j: int) -> float:
        """Return +0.05 between the same neighbours (more right beside one), -0.05 at the other end of the document."""
        after = bisect_left(self.sources, i)
        (before, low), (behind, high) = self.fixed[after - 1], self.fixed[after]
        if low < j < high:
            return 0.08 if j - low == i - before or high - j == behind - i else 0.05
        return -0.05 * min(abs(j - low), abs(j - high)) / self.size

    def distance(self, i: int, j: int) -> int:
        """Return how many places new unit j stands outside the neighbours of old unit i; 0 between them."""
        after = bisect_left(self.sources, i)
        low, high = self.fixed[after - 1][1], self.fixed[after][1]
        return max(low - j + 1, j - high + 1, 0)

    def gaps(self) -> Iterator[tuple[range, range]]:
        """Yield the stretches between neighbouring fixed links, as ranges of both sides."""
        for (source, target), (next_source, next_target) in pairwise(self.fixed):
            yield range(source + 1, next_source), range(target + 1, next_target)


def _link_in_place(texts: Texts, old: Sequence[Unit], new: Sequence[Unit], links: Links) -> None:
    """Link what stands between the same neighbours and is alike enough for that."""
    taken = set(links.values())
    numbers = [unit.number for unit in old], [unit.number for unit in new]
    for sources, targets in _Expected(links, len(old), len(new)).gaps():
        left = [i for i in sources if i not in links]
        right = [j for j in targets if j not in taken]
        if not left or not right or len(left) * len(right) > _LARGEST_GAP:
            continue
        gap = _Gap(texts, (left, right), (sources, targets), numbers)
        links.update((left[a], right[b]) for a, b in align(len(left), len(right), gap.score))


class _Gap:
    """Units without counterpart between two neighbouring links."""

    def __init__(
        self,
        texts: Texts,
        left_over: tuple[list[int], list[int]],
        stretch: tuple[range, range],
        numbers: tuple[list[str | None], list[str | None]],
    ) -> None:
        self.texts, self.numbers = texts, numbers
        self.left, self.right = left_over
        self.sources, self.targets = stretch
        self.alone = len(self.left) == len(self.right) == 1

    def score(self, a: int, b: int) -> float:
        """Return how far the a-th and b-th unit left over are above what their place asks for."""
        i, j = self.left[a], self.right[b]
        same_number = self.numbers[0][i] is not None and self.numbers[0][i] == self.numbers[1][j]
        alike = self.texts.kinship(i, j)
        if self.alone:
            return alike - (_ALIKE_IN_NUMBER if same_number else _ALIKE_ALONE)
        beside = (
            i - self.sources.start == j - self.targets.start or self.sources.stop - i == self.targets.stop - j
        )
        return alike + 0.03 * beside + 0.03 * same_number - _ALIKE_IN_PLACE


def _link_elsewhere(texts: Texts, links: Links) -> None:
    """Link what speaks of the same things in much the same words, rewritten and moved."""
    taken = set(links.values())
    left = [i for i in range(len(texts.old)) if i not in links]
    right = [j for j in range(len(texts.new)) if j not in taken]
    expected = _Expected(links, len(texts.old), len(texts.new))
    scores: dict[tuple[int, int], float] = {}
    for i, j in texts.candidates(left, right):
        floor = _ALIKE_NEARBY if expected.distance(i, j) <= _NEAR else _ALIKE_ELSEWHERE
        likeness = texts.likeness(i, j)
        if likeness > 2 * floor - 1:
            scores[i, j] = (likeness + texts.topic(i, j)) / 2 - floor
    links.update(assign(scores))
