"""Runs of characters that two sentences share, in any order."""

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
