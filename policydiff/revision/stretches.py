"""The clauses of sentences that a wording changes, each with its counterpart on the other side."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Postfix, Prefix

from policydiff.model import Wording, WordingOp

_PIECE = re.compile(r"[^，。；：\n]*[，。；：\n]?")
_STOPS = "，。；：\n"
_MARKS = "，。；、： \n"
_CONTEXT = 20
"""Characters kept on either side of an edit in a clause too long to be quoted whole."""
_LONGEST = 80


class Stretch(NamedTuple):
    """What stands between commas and stops that both sides share; empty where the other side has a clause more."""

    old: str
    new: str

    def quotes(self) -> tuple[str | None, str | None]:
        """Return both sides short enough to be read, None for one that is empty."""
        head = max(0, Prefix.similarity(self.old, self.new) - _CONTEXT)
        tail = max(0, Postfix.similarity(self.old[head:], self.new[head:]) - _CONTEXT)
        return _quote(self.old, head, tail), _quote(self.new, head, tail)


def changed_stretches(wording: Sequence[Wording]) -> Iterator[Stretch]:
    """Yield the stretches that differ, in order; clauses that both sides share are not part of them."""
    old = new = ""
    for run in wording:
        if run.op is WordingOp.DELETE:
            old += run.text
        elif run.op is WordingOp.INSERT:
            new += run.text
        else:
            for piece in _pieces(run.text):
                old, new = old + piece, new + piece
                if piece[-1] in _STOPS:
                    yield from _trimmed(old, new)
                    old = new = ""
    yield from _trimmed(old, new)


def _pieces(text: str) -> list[str]:
    return [piece for piece in _PIECE.findall(text) if piece]


def _trimmed(old: str, new: str) -> Iterator[Stretch]:
    """Yield both sides without the clauses they begin and end with in common; nothing where they are the same."""
    if old == new:
        return
    sides = [piece.strip(_MARKS) for piece in _pieces(old)], [piece.strip(_MARKS) for piece in _pieces(new)]
    pieces = _pieces(old), _pieces(new)
    shortest = min(map(len, sides))
    head = tail = 0
    while head < shortest and sides[0][head] == sides[1][head]:
        head += 1
    while tail < shortest - head and sides[0][-1 - tail] == sides[1][-1 - tail]:
        tail += 1
    left, right = ("".join(side[head : len(side) - tail]).strip(_MARKS) for side in pieces)
    if left or right:
        yield Stretch(left, right)


def _quote(text: str, head: int, tail: int) -> str | None:
    if len(text) > _LONGEST:
        text = text[head : len(text) - tail]
    return shortened(text.replace("\n", "").strip(_MARKS)) or None


def shortened(text: str) -> str:
    """Return a text as it can be quoted in a signal: 80 characters at most."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
