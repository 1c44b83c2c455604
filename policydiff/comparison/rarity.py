"""How much a character says after the one before it, in legislation at large.

Common phrasing (人民政府应当加强) says little, a term of art says much: shared words count by what they say. The table is
counted over laws and regulations by `benchmarks/training/rarity.py`.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from importlib import resources
from math import log2
from typing import NamedTuple

_MOST_BITS = 14.0
_BACK_OFF = 3.0
"""Weight of the single character against the pair when a pair is rare; the trainer counts with the same."""


class _Table(NamedTuple):
    single: dict[str, float]
    after: dict[str, float]
    """Bits of the second character of a pair, given the first."""
    total: float
    """Binary logarithm of the number of characters counted."""


@cache
def _table() -> _Table:
    single: dict[str, float] = {}
    after: dict[str, float] = {}
    total = 0.0
    text = resources.files(__package__).joinpath("rarity.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        size, half_bits, characters = line.split("\t")
        bits = int(half_bits) / 2
        if size == "0":
            total = bits
        elif size == "1":
            single.update(dict.fromkeys(characters, bits))
        else:
            after.update((characters[place : place + 2], bits) for place in range(0, len(characters), 2))
    return _Table(single, after, total)


def bits_of(text: str) -> list[float]:
    """Return for each character of folded words how many bits it says, 0 for the blanks between words.

    >>> low, high = sum(bits_of("人民政府应当")), sum(bits_of("细胞治疗产业"))
    >>> low < high
    True
    """
    table = _table()
    bits: list[float] = []
    before = " "
    for character in text:
        if character == " ":
            bits.append(0.0)
        elif before == " ":
            bits.append(min(_MOST_BITS, table.single.get(character, _MOST_BITS)))
        else:
            known = table.after.get(before + character)
            bits.append(known if known is not None else _unseen(table, before, character))
        before = character
    return bits


def bits_in_text(sentences: Sequence[str]) -> Callable[[str], list[float]]:
    """Return what tells the bits of folded words of a language no table was counted for.

    A word says the more, the fewer of the sentences themselves hold it; the order of words is left aside.
    """
    holding = Counter(character for words in sentences for character in set(words))
    size = len(sentences)

    def bits(words: str) -> list[float]:
        return [
            0.0 if character == " " else min(_MOST_BITS, log2((size + 1) / (holding[character] + 0.5)))
            for character in words
        ]

    return bits


def _unseen(table: _Table, before: str, character: str) -> float:
    alone = table.single.get(character, table.total + 1)
    seen = 2 ** (table.total - table.single[before]) if before in table.single else 0.0
    return min(_MOST_BITS, alone + log2(seen + _BACK_OFF) - log2(_BACK_OFF))
