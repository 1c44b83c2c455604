"""How alike two units are: shared wording, weighted by how rare it is in the two versions."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from heapq import nsmallest
from itertools import chain, pairwise

from policydiff.lexicon.shortest_edits import common_share
from policydiff.lexicon.text_marks import cut_words
from policydiff.revision.units import Unit

_EVERY_PAIR = 200
"""Up to this many pairs all are scored; beyond it only those that share rare wording."""
_MOST_CANDIDATES = 8
_COMMON = 24
"""Wording found in more units than this on one side finds no candidates."""


class _Grams(dict[int, frozenset[str]]):
    """The wording of each unit of one side, found when it is asked for: most units of most revisions never are."""

    def __init__(self, units: Sequence[Unit], known: dict[str, frozenset[str]]) -> None:
        super().__init__()
        self._units = units
        self._known = known

    def __missing__(self, index: int) -> frozenset[str]:
        text = self._units[index].masked
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = grams(text)
        self[index] = found
        return found


class Texts:
    """The masked texts of both versions and the weight of their wording.

    A pair of neighbouring characters weighs more the fewer units it stands in: in a law on fees, 收费 says little.
    """

    def __init__(self, old: Sequence[Unit], new: Sequence[Unit]) -> None:
        """Take the units of both sides; `old[i]` and `new[j]` are then spoken of by i and j."""
        self.old, self.new = old, new
        known: dict[str, frozenset[str]] = {}
        self.old_grams, self.new_grams = _Grams(old, known), _Grams(new, known)
        self._vectors: dict[str, Mapping[str, float]] = {}
        self._likeness: dict[tuple[int, int], float] = {}
        self._weights: dict[tuple[int, int], int] = {}

    @cached_property
    def weight(self) -> Mapping[str, int]:
        """Weight of each pair of characters, in thousandths: sums of integers do not depend on their order."""
        sides = (self.old_grams, self.old), (self.new_grams, self.new)
        units_grams = (of[index] for of, units in sides for index in range(len(units)))
        spread = Counter(chain.from_iterable(units_grams))
        total = len(self.old) + len(self.new)
        by_count = {count: round(1000 * math.log(1 + total / count)) for count in set(spread.values())}
        return {gram: by_count[count] for gram, count in spread.items()}

    def old_weight(self, i: int) -> int:
        """Return how much wording an old unit holds."""
        return self._weight_of(0, i, self.old_grams[i])

    def new_weight(self, j: int) -> int:
        """Return how much wording a new unit holds."""
        return self._weight_of(1, j, self.new_grams[j])

    def _weight_of(self, side: int, index: int, of: frozenset[str]) -> int:
        known = self._weights.get((side, index))
        if known is None:
            known = self._weights[side, index] = self.weigh(of)
        return known

    def weigh(self, of: frozenset[str]) -> int:
        """Return how much wording a set of grams stands for."""
        return sum(map(self.weight.__getitem__, of))

    def shared(self, i: int, j: int) -> int:
        """Return the weight of wording that both units hold."""
        return self.weigh(self.old_grams[i] & self.new_grams[j])

    def may_be_alike(self, i: int, j: int) -> bool:
        """Return whether the units share enough wording for order to matter."""
        return 12 * self.shared(i, j) >= min(self.old_weight(i), self.new_weight(j))

    def likeness(self, i: int, j: int) -> float:
        """Return 0…1: how probable it is, by words alone, that new unit j continues old unit i.

        Order of words (ratio), rare words in common (dice), and the smaller inside the larger (cover) each catch
        what the others miss: a rewritten sentence, two clauses of one mould, a paragraph added to a short clause.
        """
        known = self._likeness.get((i, j))
        if known is None:
            known = self._likeness[i, j] = self._measure(i, j)
        return known

    def _measure(self, i: int, j: int) -> float:
        shared = self.shared(i, j)
        if not shared:
            return 0.0
        old, new = self.old_weight(i), self.new_weight(j)
        ratio = common_share(self.old[i].masked, self.new[j].masked)
        return 0.4 * ratio + 0.35 * (2 * shared / (old + new)) + 0.25 * (shared / min(old, new))

    def topic(self, i: int, j: int) -> float:
        """Return 0…1: how far two units speak of the same things, whatever they say of them.

        Words of two and more characters, counted: 收费 four times on both sides tells of one subject, though no
        sentence is the same.
        """
        old, new = self._topics(self.old[i].masked), self._topics(self.new[j].masked)
        if len(new) < len(old):
            old, new = new, old
        return math.fsum(weight * new[word] for word, weight in old.items() if word in new)

    def kinship(self, i: int, j: int) -> float:
        """Return the mean of likeness and topic, for units that stand where the other is looked for."""
        return (self.likeness(i, j) + self.topic(i, j)) / 2

    def _topics(self, text: str) -> Mapping[str, float]:
        """Return the words of a text with their weights, scaled so that their squares add up to one."""
        found = self._vectors.get(text)
        if found is None:
            counts = Counter(word for word in cut_words(text) if len(word) > 1)
            raw = {
                word: math.sqrt(count) * max(self.weight[word[at : at + 2]] for at in range(len(word) - 1))
                for word, count in counts.items()
            }
            size = math.sqrt(math.fsum(weight * weight for weight in raw.values()))
            found = self._vectors[text] = {word: weight / size for word, weight in raw.items()}
        return found

    def candidates(self, old: Sequence[int], new: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield the pairs worth scoring, every pair where there are few."""
        if len(old) * len(new) <= _EVERY_PAIR:
            yield from ((i, j) for i in old for j in new)
            return
        best: set[tuple[int, int]] = set()
        size = {j: self.new_weight(j) for j in new}
        of_new: defaultdict[int, list[tuple[float, int, int]]] = defaultdict(list)
        for i, shared in self._sharing(old, new):
            own = self.old_weight(i)
            ranked = [(-weight / (own + size[j]), i, j) for j, weight in shared.items()]
            for entry in ranked:
                of_new[entry[2]].append(entry)
            best.update((i, j) for _, _, j in nsmallest(_MOST_CANDIDATES, ranked))
        for group in of_new.values():
            best.update((i, j) for _, i, j in nsmallest(_MOST_CANDIDATES, group))
        yield from sorted(best)

    def _sharing(self, old: Sequence[int], new: Sequence[int]) -> Iterator[tuple[int, Mapping[int, int]]]:
        """Yield each old unit with the new units that hold rare wording of it, and how much."""
        postings: defaultdict[str, list[int]] = defaultdict(list)
        for j in new:
            for gram in self.new_grams[j]:
                postings[gram].append(j)
        weight = self.weight
        for i in old:
            shared: defaultdict[int, int] = defaultdict(int)
            for gram in self.old_grams[i]:
                where = postings.get(gram)
                if where is not None and len(where) <= _COMMON:
                    rarity = weight[gram]
                    for j in where:
                        shared[j] += rarity
            yield i, shared


def grams(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters of a folded text."""
    return frozenset(map("".join, pairwise(text)))
