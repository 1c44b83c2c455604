"""The small picture of a report: a chapter as a strip of cells, one a clause, in reading order."""

from collections.abc import Sequence
from typing import NamedTuple

WIDTH = 560
"""Units of the drawing that the longest chapter fills at most."""
_LARGEST = 16.0
_HEIGHT = 16


class StripCell(NamedTuple):
    """One clause."""

    x: str
    width: str
    kind: str
    """Published name of its status or change; colour and pattern follow it."""
    anchor: str
    title: str


class Strip(NamedTuple):
    """One chapter."""

    width: str
    height: int
    cells: tuple[StripCell, ...]


def strips(chapters: Sequence[Sequence[tuple[str, str, str]]]) -> tuple[Strip, ...]:
    """Return a strip for each chapter; all share one scale, so that length shows the number of clauses.

    Each clause is given as (kind, anchor, title).
    """
    longest = max((len(chapter) for chapter in chapters), default=0)
    pitch = min(_LARGEST, WIDTH / longest) if longest else _LARGEST
    gap = 2.0 if pitch >= 8 else pitch * 0.12
    return tuple(
        Strip(
            _number(max(len(chapter) * pitch - gap, 1)),
            _HEIGHT,
            tuple(
                StripCell(_number(index * pitch), _number(pitch - gap), *clause)
                for index, clause in enumerate(chapter)
            ),
        )
        for chapter in chapters
    )


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
