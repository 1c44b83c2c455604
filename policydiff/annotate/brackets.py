"""Brackets that belong together."""

import re
from typing import NamedTuple

_ROUND = re.compile(r"[（()）]")
_OPEN = "（("


class Bracket(NamedTuple):
    """A pair of round brackets: `words[start:end]` with both, `words[start + 1:end - 1]` without."""

    start: int
    end: int


def outer_brackets(words: str, longest: int = 600) -> list[Bracket]:
    """Return the outermost pairs of round brackets, of either width, in order.

    A bracket that is never closed, or closed only after `longest` characters, hides nothing: the pairs inside it count
    as outermost.

    Examples:
        >>> [words[start:end] for words in ["甲（乙(丙)丁）（戊"] for start, end in outer_brackets(words)]
        ['（乙(丙)丁）']
    """
    pairs: list[Bracket] = []
    opened: list[int] = []
    for match in _ROUND.finditer(words):
        if match[0] in _OPEN:
            opened.append(match.start())
        elif opened:
            start = opened.pop()
            if match.end() - start <= longest:
                while pairs and pairs[-1].start > start:
                    pairs.pop()
                pairs.append(Bracket(start, match.end()))
    return pairs


def bracket_ends(words: str) -> dict[int, int]:
    """Return the end of every pair of round brackets by its start, pairs inside others among them.

    Examples:
        >>> bracket_ends("（甲（乙））（")
        {2: 5, 0: 6}
    """
    ends: dict[int, int] = {}
    opened: list[int] = []
    for match in _ROUND.finditer(words):
        if match[0] in _OPEN:
            opened.append(match.start())
        elif opened:
            ends[opened.pop()] = match.end()
    return ends


def split_outside_brackets(words: str, separators: str) -> list[str]:
    """Split at each of the separators that stands outside round brackets; pieces are stripped, empty ones dropped.

    Examples:
        >>> split_outside_brackets("各县(市、区)政府、市科委", "、")
        ['各县(市、区)政府', '市科委']
    """
    pieces: list[str] = []
    start = depth = 0
    for index, character in enumerate(words):
        if character in _OPEN:
            depth += 1
        elif character in "）)":
            depth = max(0, depth - 1)
        elif depth == 0 and character in separators:
            pieces.append(words[start:index])
            start = index + 1
    pieces.append(words[start:])
    return [stripped for piece in pieces if (stripped := piece.strip())]
