"""What is computed once for each side of a comparison before sentences are scored against each other."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import log1p

from policydiff.comparison.rarity import bits_of
from policydiff.comparison.units import Unit
from policydiff.comparison.vectors import character_runs

_TURN = re.compile("应当|不得|可以|必须|负责|禁止|严禁")
"""What divides who from what in a provision."""
_FORCE = re.compile("不得|禁止|严禁|应当|必须|可以|鼓励|支持|引导|推进|推动|加强|建立|完善|负责")
_NUMBER = re.compile(r"\d+(?:\.\d+)?%?|[一二三四五六七八九十百千万]{2,}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence ready to be scored."""

    words: str
    """Folded."""
    runs: Counter[str]
    bits_before: list[float]
    """Bits said up to each character; `bits_before[end] - bits_before[start]` is what a run says."""
    bits: float
    length: float
    """Natural logarithm of one plus the number of characters."""
    who: str
    what: str
    force: frozenset[str]
    numbers: frozenset[str]
    heading: bool
    generic: bool


class Side:
    """The sentences of one document and their grouping into articles or measures."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = tuple(units)
        self.sentences = tuple(map(_sentence, units))
        self.group = tuple(unit.group for unit in units)
        self.members: dict[int, list[int]] = {}
        for index, group in enumerate(self.group):
            self.members.setdefault(group, []).append(index)

    def __len__(self) -> int:
        return len(self.units)


def _sentence(unit: Unit) -> Sentence:
    words = unit.folded.text
    before = list(accumulate(bits_of(words), initial=0.0))
    turn = _TURN.search(words)
    return Sentence(
        words=words,
        runs=character_runs(words),
        bits_before=before,
        bits=before[-1],
        length=log1p(len(words)),
        who=words[: turn.start()] if turn else "",
        what=words[turn.end() :] if turn else words,
        force=frozenset(_FORCE.findall(words)),
        numbers=frozenset(_NUMBER.findall(words)),
        heading=unit.heading,
        generic=unit.generic,
    )
