"""Runs of words with a mark each: what every renderer colours, underlines or strikes through."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from policydiff.model import Wording, WordingOp


class Mark(StrEnum):
    """Why a run of words is set apart."""

    PLAIN = "plain"
    INSERT = "insert"
    DELETE = "delete"
    SHARED = "shared"
    """words that both documents share"""
    MUTED = "muted"
    """the tool's own words inside a cell: （略）"""


class Run(NamedTuple):
    """Words under one mark."""

    text: str
    mark: Mark = Mark.PLAIN


Cell = tuple[Run, ...]
"""One cell of a table; its words joined are the text shown."""

_MARKS = {WordingOp.EQUAL: Mark.PLAIN, WordingOp.DELETE: Mark.DELETE, WordingOp.INSERT: Mark.INSERT}


def cell(text: str, mark: Mark = Mark.PLAIN) -> Cell:
    """Return the text as a cell of one run; an empty text gives an empty cell."""
    return (Run(text, mark),) if text else ()


def plain(runs: Iterable[Run]) -> str:
    """Return the words without their marks."""
    return "".join(run.text for run in runs)


def marked(text: str, ranges: Iterable[tuple[int, int]], mark: Mark = Mark.SHARED) -> Cell:
    """Return the text with the ranges (half-open code points; in any order, may overlap) marked."""
    runs: list[Run] = []
    done = 0
    for start, end in sorted(ranges):
        left, right = max(start, done), min(end, len(text))
        if left >= right:
            continue
        if left > done:
            runs.append(Run(text[done:left]))
        if runs and runs[-1].mark is mark:
            runs[-1] = Run(runs[-1].text + text[left:right], mark)
        else:
            runs.append(Run(text[left:right], mark))
        done = right
    if done < len(text):
        runs.append(Run(text[done:]))
    return tuple(runs)


def unbroken(runs: Cell) -> Cell:
    """Return an address without blanks, which would break the line after it."""
    return tuple(Run(run.text.replace(" ", "·"), run.mark) for run in runs)


def old_side(wording: Sequence[Wording]) -> Cell:
    """Return the old side of a wording diff, deleted words marked."""
    return tuple(Run(piece.text, _MARKS[piece.op]) for piece in wording if piece.op is not WordingOp.INSERT)


def new_side(wording: Sequence[Wording]) -> Cell:
    """Return the new side of a wording diff, inserted words marked."""
    return tuple(Run(piece.text, _MARKS[piece.op]) for piece in wording if piece.op is not WordingOp.DELETE)


def both_sides(wording: Sequence[Wording]) -> Cell:
    """Return both sides of a wording diff as one text with deleted and inserted words marked."""
    return tuple(Run(piece.text, _MARKS[piece.op]) for piece in wording)
