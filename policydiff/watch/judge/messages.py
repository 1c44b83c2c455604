"""The type of failure that a message of a site tells, by examples: a wording that stands in no list is typed by what it shares.

`messages.toml` holds such messages by type. The words of a page are held against them by their parts (two characters of Chinese
at a time, four letters of English, a code of three digits), as a naive Bayes classifier does: the type under which those parts
are likeliest wins. It is asked of pages only that are refused already, or of texts of a line or two.
"""

import math
import re
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from policydiff.watch.failure import FailureKind
from policydiff.watch.judge.core import simplified, squeeze

_OTHER = "other"
"""Examples of words that are no message: headings of menus, news, sentences of texts."""
_SMOOTH = 0.2
"""Count that every part has under every type before it is seen there: small, for the examples are few and their parts telling."""
_LEAST = 2.0
"""Natural logarithm by which the best type must be likelier than the next: words that fit two types alike tell none."""
_FEWEST = 3
"""Known parts of words that tell anything."""
_PIECES = re.compile(r"[a-z']+|[一-鿿]+|(?<!\d)[45]\d\d(?!\d)|\{\{|\[object")
_LETTERS = 4


class Told(NamedTuple):
    """What words tell."""

    kind: FailureKind
    margin: float
    """By how much this type is likelier than the next, as a natural logarithm."""


def told_by(words: str) -> Told | None:
    """Return the type of failure that words tell; None where they tell none, or more than one alike.

    >>> told_by("抱歉，您要找的文章已经被作者删除了").kind.value
    'gone'
    >>> told_by("第三条　本办法由市财政局负责解释。") is None
    True
    """
    likely = _likelihoods()
    parts = [each for each in set(_parts(words)) if each in likely]
    if len(parts) < _FEWEST:
        return None
    sums = sorted(zip(map(sum, zip(*(likely[part] for part in parts), strict=True)), _kinds(), strict=True))
    (second, _), (best, kind) = sums[-2:]
    return None if kind == _OTHER or best - second < _LEAST else Told(FailureKind(kind), best - second)


def _parts(words: str) -> list[str]:
    found: list[str] = []
    for piece in _PIECES.findall(simplified(squeeze(words)).lower()):
        if piece[0].isascii():
            whole = not piece[0].isalpha() or len(piece) <= _LETTERS
            found += [piece] if whole else [piece[n : n + _LETTERS] for n in range(len(piece) - _LETTERS + 1)]
        else:
            found += [*piece, *(piece[n : n + 2] for n in range(len(piece) - 1))]
    return found


@cache
def _examples() -> dict[str, Counter[str]]:
    text = files("policydiff.watch.judge").joinpath("messages.toml").read_text("utf-8")
    return {
        kind: Counter(part for line in lines.splitlines() for part in set(_parts(line)))
        for kind, lines in tomllib.loads(text).items()
    }


def _kinds() -> tuple[str, ...]:
    return tuple(_examples())


@cache
def _likelihoods() -> dict[str, tuple[float, ...]]:
    """Return for each known part how likely it is under each type, as natural logarithms."""
    known = {part for counts in _examples().values() for part in counts}
    totals = [counts.total() + _SMOOTH * len(known) for counts in _examples().values()]
    return {
        part: tuple(
            math.log((counts[part] + _SMOOTH) / total)
            for counts, total in zip(_examples().values(), totals, strict=True)
        )
        for part in known
    }
