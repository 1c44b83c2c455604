"""Cosines between bags of character runs, weighted by how few sentences of the two documents hold them."""

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
