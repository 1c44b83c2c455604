"""The distance in characters put in and taken out, whose library equal texts do without."""

from functools import cache
from types import ModuleType


@cache
def indel() -> ModuleType:
    """Return the module of the distance, loaded when it is first asked for."""
    from rapidfuzz.distance import Indel  # noqa: PLC0415 (13 ms)

    return Indel


def indel_likeness(one: str, other: str) -> float:
    """Return the share of characters that two texts have in common in order, 0 to 1."""
    return float(indel().normalized_similarity(one, other))
