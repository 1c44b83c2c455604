"""Runs of characters that two sentences share, in any order."""

from typing import NamedTuple

SHORTEST_RUN = 2


class Run(NamedTuple):
    """`local[local_start:local_start + length]` equals `source[source_start:…]`."""

    local_start: int
    source_start: int
    length: int


def gram_places(text: str) -> dict[str, list[int]]:
    """Return where each pair of neighbouring characters starts, pairs over a blank left out."""
    places: dict[str, list[int]] = {}
    for start, gram in enumerate(map(str.__add__, text, text[1:])):
        if " " not in gram:
            places.setdefault(gram, []).append(start)
    return places


def shared_runs(local: str, source: str, source_places: dict[str, list[int]]) -> list[Run]:
    """Cover `local` from left to right with the longest runs that also stand in `source`.

    Order does not matter, so a reordered list is still covered. A run of the source may serve twice: a local
    sentence that repeats a word repeats what the source said.

    Args:
        local: Folded words of the local sentence.
        source: Folded words of the superior sentence.
        source_places: `gram_places(source)`.
    """
    runs = []
    start = 0
    last = len(local) - SHORTEST_RUN
    while start <= last:
        best = 0
        best_place = 0
        for place in source_places.get(local[start : start + SHORTEST_RUN], ()):
            if best and local[start : start + best + 1] != source[place : place + best + 1]:
                continue
            length = _common_length(local, start, source, place)
            if length > best:
                best, best_place = length, place
        if best:
            runs.append(Run(start, best_place, best))
            start += best
        else:
            start += 1
    return runs


def _common_length(local: str, start: int, source: str, place: int) -> int:
    length = SHORTEST_RUN
    for one, other in zip(local[start + length :], source[place + length :], strict=False):
        if one != other or one == " ":
            break
        length += 1
    return length
