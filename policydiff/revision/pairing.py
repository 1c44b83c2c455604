"""Pairs units of the old version with units of the new version, by words, number and place together.

From all scored pairs, the one-to-one assignment with the highest sum is chosen.
"""

import heapq
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from operator import attrgetter

from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.shortest_edits import align, common_share, rising
from policydiff.model import ClauseKind
from policydiff.revision.units import (
    PAIRING_ALIKE,
    PAIRING_ALIKE_ALONE,
    PAIRING_ALIKE_ELSEWHERE,
    PAIRING_ALIKE_IN_NUMBER,
    PAIRING_ALIKE_IN_PLACE,
    PAIRING_ALIKE_NEARBY,
    PAIRING_HALF,
    PAIRING_LARGEST_GAP,
    PAIRING_NEAR,
    PAIRING_OTHER_KIND,
    Texts,
    Unit,
)

_Pair = tuple[int, int]


def assign(scores: Mapping[_Pair, float]) -> list[_Pair]:
    """Return the pairs with the greatest total score, each row and column used at most once.

    Only positive scores are chosen. Exact: shortest augmenting paths over the given pairs, where a row may
    stay alone; O(rows · pairs · log pairs), so give it candidates, not a full matrix of thousands. Equal sums
    are decided by the order of rows and columns, so that the result never depends on hashing.
    """
    rows: dict[int, list[tuple[int, float]]] = {}
    for (row, column), score in sorted(scores.items()):
        if score > 0:
            rows.setdefault(row, []).append((column, score))
    solver = _Solver(rows)
    for row in rows:
        solver.place(row)
    return sorted((row, column) for column, row in solver.row_of.items())


class _Solver:
    """Successive shortest paths with potentials; costs are -score, staying alone costs nothing."""

    def __init__(self, rows: Mapping[int, list[tuple[int, float]]]) -> None:
        self.rows = rows
        self.row_of: dict[int, int] = {}
        self.column_of: dict[int, int] = {}
        best = {row: max(score for _, score in edges) for row, edges in rows.items()}
        self.row_price = {row: -score for row, score in best.items()}
        self.column_price: dict[int, float] = {}

    def place(self, start: int) -> None:
        """Give row `start` a column, or none, and move other rows along the cheapest path."""
        distance: dict[int, float] = {}
        came_from: dict[int, int] = {}
        done: set[int] = set()
        reached: dict[int, float] = {start: 0.0}
        queue: list[tuple[float, int]] = []
        # A row may end alone: its reduced cost is -row_price (the price it gives up).
        end_cost, end_row, end_column = -self.row_price[start], start, -1
        row, base = start, 0.0
        while True:
            for column, score in self.rows[row]:
                if column in done:
                    continue
                reduced = base - score - self.row_price[row] - self.column_price.get(column, 0.0)
                if reduced < distance.get(column, float("inf")) - 1e-12:
                    distance[column] = reduced
                    came_from[column] = row
                    heapq.heappush(queue, (reduced, column))
            while queue and queue[0][1] in done:
                heapq.heappop(queue)
            if not queue or queue[0][0] >= end_cost:
                break
            base, column = heapq.heappop(queue)
            done.add(column)
            if column not in self.row_of:
                end_cost, end_row, end_column = base, came_from[column], column
                break
            row = self.row_of[column]
            reached[row] = base
            if base - self.row_price[row] < end_cost:
                end_cost, end_row, end_column = base - self.row_price[row], row, -1
        self._reprice(end_cost, reached, done, distance)
        self._flip(start, end_row, end_column, came_from)

    def _reprice(
        self, end_cost: float, reached: Mapping[int, float], done: set[int], distance: Mapping[int, float]
    ) -> None:
        for row, cost in reached.items():
            if cost < end_cost:
                self.row_price[row] += end_cost - cost
        for column in done:
            if distance[column] < end_cost:
                self.column_price[column] = self.column_price.get(column, 0.0) - (end_cost - distance[column])

    def _flip(self, start: int, row: int, column: int, came_from: Mapping[int, int]) -> None:
        """Hand the columns along the path from the end back to `start`."""
        while True:
            previous = self.column_of.get(row, -1)
            if column >= 0:
                self.row_of[column] = row
                self.column_of[row] = column
            else:
                self.column_of.pop(row, None)
            if row == start:
                return
            column = previous
            row = came_from[column]


Links = dict[int, int]
"""Index of the old unit → index of the new unit that continues the old unit."""

_ENTRY_INTO_FORCE = lazy_pattern(r"本[一-鿿]{1,10}自.{1,20}(?:施行|实施|生效|执行)")
"""How the last article of a text begins (立法技术规范, 附则), folded: 本法自公布之日起施行."""


def pair_units(old: Sequence[Unit], new: Sequence[Unit]) -> tuple[Links, Texts]:
    """Return the links between units of one group, and the weighed texts."""
    pairing = _Pairing(old, new)
    for form in (attrgetter("text"), attrgetter("words"), attrgetter("masked")):
        pairing.link_equal(form)
    pairing.link_edited()
    pairing.link_alike()
    pairing.link_in_place()
    pairing.link_elsewhere()
    pairing.link_entry_into_force()
    return pairing.links, pairing.texts


class Neighbours:
    """The links that keep their order, as fixed points between which other units are placed."""

    def __init__(self, links: Mapping[int, int], old: int, new: int) -> None:
        """Take links from old to new index, and how many units each side has."""
        self._fixed = [(-1, -1), *rising(sorted(links.items())), (old, new)]
        self._sources = [source for source, _ in self._fixed]
        self._size = max(new, 1)

    def bonus(self, i: int, j: int) -> float:
        """Return 0.05 between the same neighbours (0.08 right beside a neighbour), down to -0.05 at the other end of the document."""
        after = bisect_left(self._sources, i)
        (before, low), (behind, high) = self._fixed[after - 1], self._fixed[after]
        if low < j < high:
            return 0.08 if j - low == i - before or high - j == behind - i else 0.05
        return -0.05 * min(abs(j - low), abs(j - high)) / self._size

    def distance(self, i: int, j: int) -> int:
        """Return how many places new unit j lies outside the neighbours of old unit i; 0 between them."""
        after = bisect_left(self._sources, i)
        low, high = self._fixed[after - 1][1], self._fixed[after][1]
        return max(low - j + 1, j - high + 1, 0)

    def gaps(self) -> Iterator[tuple[range, range]]:
        """Yield the stretches between neighbouring fixed links, as ranges of both sides."""
        for (source, target), (next_source, next_target) in pairwise(self._fixed):
            yield range(source + 1, next_source), range(target + 1, next_target)


class _Pairing:
    """The steps of pairing, most certain first; each step works on the units left by the steps before."""

    def __init__(self, old: Sequence[Unit], new: Sequence[Unit]) -> None:
        self.old, self.new = old, new
        self.links: Links = {}
        self.texts = Texts(old, new)

    def left_over(self) -> tuple[list[int], list[int]]:
        """Return the indexes of the units of both sides without a counterpart so far."""
        taken = set(self.links.values())
        return (
            [i for i in range(len(self.old)) if i not in self.links],
            [j for j in range(len(self.new)) if j not in taken],
        )

    def neighbours(self) -> Neighbours:
        """Return the links made so far as fixed points."""
        return Neighbours(self.links, len(self.old), len(self.new))

    def strangeness(self, i: int, j: int) -> float:
        """Return the deduction for pairing an article with a unit that is no article."""
        kinds = self.old[i].kind, self.new[j].kind
        return PAIRING_OTHER_KIND if (ClauseKind.ARTICLE in kinds and kinds[0] is not kinds[1]) else 0.0

    def link_equal(self, form: Callable[[Unit], str]) -> None:
        """Link units with an equal form; several equal units are linked in order if both sides have the same number."""
        places: tuple[defaultdict[str, list[int]], defaultdict[str, list[int]]]
        places = defaultdict(list), defaultdict(list)
        left, right = self.left_over()
        for i in left:
            places[0][form(self.old[i])].append(i)
        for j in right:
            places[1][form(self.new[j])].append(j)
        for text, where in places[0].items():
            there = places[1].get(text, [])
            if text and len(where) == len(there):
                self.links.update(zip(where, there, strict=True))

    def link_edited(self) -> None:
        """Link two units with equal numbers and half their words in common, if each is alone between the same linked neighbours.

        These are all changes of a light revision, found without weighing.
        """
        old_left, new_left = map(set, self.left_over())
        for sources, targets in self.neighbours().gaps():
            if len(sources) == len(targets) == 1:
                i, j = sources[0], targets[0]
                if i in old_left and j in new_left and self.old[i].number == self.new[j].number:
                    ratio = common_share(self.old[i].masked, self.new[j].masked)
                    if ratio - self.strangeness(i, j) >= PAIRING_HALF:
                        self.links[i] = j

    def link_alike(self) -> None:
        """Link units that are alike at any place, by the best assignment."""
        neighbours = self.neighbours()
        scores: dict[tuple[int, int], float] = {}
        for i, j in self.texts.candidates(*self.left_over()):
            likeness = self.texts.likeness(i, j) if self.texts.may_be_alike(i, j) else 0.0
            if likeness >= PAIRING_ALIKE - 0.08:
                scores[i, j] = likeness + neighbours.bonus(i, j) - self.strangeness(i, j) - PAIRING_ALIKE
        self.links.update(assign(scores))

    def link_in_place(self) -> None:
        """Link units between the same neighbours that are sufficiently alike for their place."""
        old_left, new_left = map(set, self.left_over())
        for sources, targets in self.neighbours().gaps():
            left = [i for i in sources if i in old_left]
            right = [j for j in targets if j in new_left]
            if left and right and len(left) * len(right) <= PAIRING_LARGEST_GAP:
                score = partial(self._in_place, left, right, (sources, targets))
                self.links.update((left[a], right[b]) for a, b in align(len(left), len(right), score))

    def _in_place(
        self, left: Sequence[int], right: Sequence[int], gap: tuple[range, range], a: int, b: int
    ) -> float:
        """Return how far the likeness of the a-th and b-th unit left over in a gap exceeds the threshold of their place."""
        i, j = left[a], right[b]
        same_number = self.old[i].number is not None and self.old[i].number == self.new[j].number
        alike = self.texts.kinship(i, j) - self.strangeness(i, j)
        if len(left) == len(right) == 1:
            return alike - (PAIRING_ALIKE_IN_NUMBER if same_number else PAIRING_ALIKE_ALONE)
        sources, targets = gap
        beside = i - sources.start == j - targets.start or sources.stop - i == targets.stop - j
        return alike + 0.03 * beside + 0.03 * same_number - PAIRING_ALIKE_IN_PLACE

    def link_elsewhere(self) -> None:
        """Link units on the same subject in similar words that were rewritten and moved."""
        neighbours = self.neighbours()
        scores: dict[tuple[int, int], float] = {}
        for i, j in self.texts.candidates(*self.left_over()):
            floor = (
                PAIRING_ALIKE_NEARBY if neighbours.distance(i, j) <= PAIRING_NEAR else PAIRING_ALIKE_ELSEWHERE
            )
            floor += self.strangeness(i, j)
            likeness = self.texts.likeness(i, j)
            if likeness > 2 * floor - 1:
                scores[i, j] = (likeness + self.texts.topic(i, j)) / 2 - floor
        self.links.update(assign(scores))

    def link_entry_into_force(self) -> None:
        """Link the articles on the entry into force of each text, whatever else they repeal."""
        left, right = (
            [index for index in indices if _ENTRY_INTO_FORCE.match(units[index].words)]
            for indices, units in zip(self.left_over(), (self.old, self.new), strict=True)
        )
        if len(left) == len(right) == 1:
            self.links[left[0]] = right[0]
