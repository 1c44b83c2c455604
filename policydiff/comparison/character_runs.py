"""Runs of characters: bags of them as vectors, weighted by how few sentences hold them.

The rarity of a character after the one before it is counted over legislation at large.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib import resources
from math import log, log2, sqrt
from typing import NamedTuple


def character_runs(text: str) -> Counter[str]:
    """Return how often each character and each pair of neighbours stands in folded words."""
    runs = Counter(text)
    runs.update(map(str.__add__, text, text[1:]))
    if " " in runs:
        for run in [run for run in runs if " " in run]:
            del runs[run]
    return runs


_EVERYDAY = 25
_EVERYDAY_SHARE = 0.25
"""A run that stands in more sentences than both of these say (a number, a share) tells no sentence from another."""
_EVERYDAY_AT_MOST = 80
"""Nor does one that stands in more than this, however long the documents: it would cost most of the time."""


class Weights:
    """Inverse document frequencies over the sentences of both documents; everyday runs weigh nothing."""

    def __init__(self, bags: Iterable[Counter[str]]) -> None:
        found: Counter[str] = Counter()
        size = 0
        for bag in bags:
            found.update(bag.keys())
            size += 1
        most = max(_EVERYDAY, min(size * _EVERYDAY_SHARE, _EVERYDAY_AT_MOST))
        self.found = found
        """How many sentences hold each run."""
        self._weight = {run: log((size + 1) / (count + 0.5)) for run, count in found.items() if count <= most}

    def unit_vector(self, bag: Counter[str]) -> dict[str, float]:
        """Return the weighted bag at length one; empty for an empty bag."""
        weight = self._weight
        vector = {
            run: weight[run] if count == 1 else (1 + log(count)) * weight[run]
            for run, count in bag.items()
            if run in weight
        }
        length = sqrt(sum(value * value for value in vector.values())) or 1.0
        return {run: value / length for run, value in vector.items()}


class Postings:
    """Unit vectors by run, so that the cosines of another vector with all of them cost what the two share."""

    def __init__(self, columns: Iterable[dict[str, float]]) -> None:
        self._postings: dict[str, list[tuple[int, float]]] = {}
        for column, vector in enumerate(columns):
            for run, value in vector.items():
                self._postings.setdefault(run, []).append((column, value))

    def cosines(self, vector: dict[str, float]) -> dict[int, float]:
        """Return the cosine with each column that shares a run, by column."""
        found: dict[int, float] = {}
        known = found.get
        for run, value in vector.items():
            for column, other in self._postings.get(run, ()):
                found[column] = known(column, 0.0) + value * other
        return found


SHORTEST_RUN = 2

Run = tuple[int, int, int]
"""Start in the local sentence, start in the source, length: the words there are equal."""


def shared_runs(local: str, source: str) -> list[Run]:
    """Cover `local` from left to right with the longest runs that also stand in `source`.

    Order does not matter, so a reordered list is still covered. A run of the source may serve twice: a local
    sentence that repeats a word repeats what the source said.

    Args:
        local: Folded words of the local sentence.
        source: Folded words of the superior sentence.
    """
    runs: list[Run] = []
    start = 0
    last = len(local) - SHORTEST_RUN
    while start <= last:
        gram = local[start : start + SHORTEST_RUN]
        place = source.find(gram) if " " not in gram else -1
        if place < 0:
            start += 1
            continue
        best_place = place
        best = _common_length(local, start, source, place, SHORTEST_RUN)
        while start + best < len(local) and local[start + best] != " ":
            place = source.find(local[start : start + best + 1], place + 1)
            if place < 0:
                break
            best_place = place
            best = _common_length(local, start, source, place, best + 1)
        runs.append((start, best_place, best))
        start += best
    return runs


def _common_length(local: str, start: int, source: str, place: int, length: int) -> int:
    """Return how long the run from both places is, `length` characters of it being known to agree."""
    for one, other in zip(local[start + length :], source[place + length :], strict=False):
        if one != other or one == " ":
            break
        length += 1
    return length


_MOST_BITS = 14.0
_BACK_OFF = 3.0
"""Weight of the single character against the pair when a pair is rare; the trainer counts with the same."""


class _Table(NamedTuple):
    single: dict[str, float]
    after: dict[str, float]
    """Bits of the second character of a pair, given the first."""
    total: float
    """Binary logarithm of the number of characters counted."""


@cache
def _table() -> _Table:
    single: dict[str, float] = {}
    after: dict[str, float] = {}
    total = 0.0
    text = resources.files(__package__).joinpath("rarity.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        size, half_bits, characters = line.split("\t")
        bits = int(half_bits) / 2
        if size == "0":
            total = bits
        elif size == "1":
            single.update(dict.fromkeys(characters, bits))
        else:
            after.update((characters[place : place + 2], bits) for place in range(0, len(characters), 2))
    return _Table(single, after, total)


def bits_of(text: str) -> list[float]:
    """Return for each character of folded words how many bits it says, 0 for the blanks between words.

    >>> low, high = sum(bits_of("人民政府应当")), sum(bits_of("细胞治疗产业"))
    >>> low < high
    True
    """
    table = _table()
    bits: list[float] = []
    before = " "
    for character in text:
        if character == " ":
            bits.append(0.0)
        elif before == " ":
            bits.append(min(_MOST_BITS, table.single.get(character, _MOST_BITS)))
        else:
            known = table.after.get(before + character)
            bits.append(known if known is not None else _unseen(table, before, character))
        before = character
    return bits


def bits_in_text(sentences: Sequence[str]) -> Callable[[str], list[float]]:
    """Return what tells the bits of folded words of a language no table was counted for.

    A word says the more, the fewer of the sentences themselves hold it; the order of words is left aside.
    """
    holding = Counter(character for words in sentences for character in set(words))
    size = len(sentences)

    def bits(words: str) -> list[float]:
        return [
            0.0 if character == " " else min(_MOST_BITS, log2((size + 1) / (holding[character] + 0.5)))
            for character in words
        ]

    return bits


def _unseen(table: _Table, before: str, character: str) -> float:
    alone = table.single.get(character, table.total + 1)
    seen = 2 ** (table.total - table.single[before]) if before in table.single else 0.0
    return min(_MOST_BITS, alone + log2(seen + _BACK_OFF) - log2(_BACK_OFF))
