"""Runs of characters: bags of them as vectors, weighted by how few sentences hold them, and the runs that two sentences share."""

from collections import Counter
from collections.abc import Iterable
from math import log, sqrt


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
