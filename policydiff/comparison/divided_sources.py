"""Divides a long superior sentence among the local sentences that each take over a part of it.

Such a local sentence takes one or two half-sentences. It leaves out nothing that another local sentence takes; words that no
local sentence takes are reported as left out once, not for each local sentence.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from policydiff.comparison.character_runs import bits_of, shared_runs
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.widths import fold_words
from policydiff.model import Genre, Modal
from policydiff.substance.features import find_modals

Source = tuple[str, str]
"""Clause and words of a superior sentence."""

_PART = lazy_pattern(r"[^，。；：\n]+[，。；：\n]*")
LEFT_TO_OTHERS = lazy_pattern("。 +|  +")
"""Blanks in place of the parts that other sentences take."""
SAYS = 0.55
"""Fraction (0…1) of a half-sentence's information (bits) in a local sentence from which the local sentence takes that part:
「加大消防经费保障力度」 takes 「支持保障消防经费投入」 (0.65), 「将消防规划纳入城乡整体规划，加大公共消防基础设施建设力度，
完善应急预案和处置机制」 does not take 「健全完善消防安全工作协调机制」 (0.50)."""
SAYS_TOO = 0.7
"""Fraction of the best sentence's share from which a further sentence takes the half-sentence too; a list
that two sentences divide is then compared with both."""


class DividedSources:
    """The superior sentences that several local sentences share, divided among the local sentences."""

    def __init__(self, taken: Mapping[Source, Iterable[tuple[int, str, bool]]], genre: Genre) -> None:
        """Divide the sources of a local document; `genre` selects its binding words.

        `taken` holds for each source its takers: index of the local sentence, its words, and whether the
        source is its first.
        """
        self._versions: dict[tuple[Source, int], Answered] = {}
        for source, takers in taken.items():
            held = list(takers)
            versions = _divided(
                source[1], [words for _, words, _ in held], [first for *_, first in held], genre
            )
            for (number, *_), version in zip(held, versions, strict=True):
                self._versions[source, number] = version

    def answered_by(self, number: int, source: Source) -> "Answered":
        """Return a source with blanks for the parts that other local sentences take."""
        return self._versions.get((source, number), Answered(source[1], ((0, len(source[1])),)))


class Answered(NamedTuple):
    """The parts of a source that one local sentence takes."""

    words: str
    """The source with blanks for parts taken by other sentences; the bound party and modal of such a part may be kept."""
    parts: tuple[tuple[int, int], ...]
    """Spans of the parts that the sentence takes."""

    def holds(self, start: int, end: int) -> bool:
        """Return whether a stretch overlaps a part that the sentence takes."""
        return any(start < last and first < end for first, last in self.parts)


def _divided(source: str, takers: Sequence[str], firsts: Sequence[bool], genre: Genre) -> list[Answered]:
    """Return the parts of the source for each taker; a part that nobody takes goes to the taker of most of the rest."""
    whole = Answered(source, ((0, len(source)),))
    if len(takers) == 1:
        return [whole]
    parts = [match.span() for match in _PART.finditer(source)]
    shares = [[_share(source[slice(*part)], taker) for part in parts] for taker in takers]
    best = [max(column) for column in zip(*shares, strict=True)]
    keeps = [
        [share >= SAYS and share >= SAYS_TOO * most for share, most in zip(row, best, strict=True)]
        for row in shares
    ]
    taken = [
        (first, sum(end - start for (start, end), kept in zip(parts, row, strict=True) if kept))
        for first, row in zip(firsts, keeps, strict=True)
    ]
    main = taken.index(max(taken))
    for place, most in enumerate(best):
        if most < SAYS:
            keeps[main][place] = True
    return [
        _with_blanks(source, parts, row, taker, genre) if any(row) else whole
        for row, taker in zip(keeps, takers, strict=True)
    ]


def _with_blanks(
    source: str, parts: Sequence[tuple[int, int]], kept: Sequence[bool], taker: str, genre: Genre
) -> Answered:
    """Return the source with blanks for parts not kept, and with the bound party and modal that govern the kept parts.

    「各区应当建立机制，落实经费」 binds the second half too, and 「鼓励各区落实经费」 is less. A ban ends with its
    half-sentence: in 「应当公开，不得收押金，在五日内退还」 the third half is a duty. A full stop replaces a left-out part,
    so that no difference spans it.
    """
    policy = genre is Genre.POLICY
    is_bound = any(find_modals(taker, policy=policy))
    characters = list(source)
    bound: slice | None = None
    for (start, end), keep in zip(parts, kept, strict=True):
        modals = list(find_modals(source[start:end], policy=policy))
        if keep:
            if bound is not None and is_bound and not modals:
                characters[bound] = source[bound]
            bound = None
            continue
        characters[start:end] = "。" + " " * (end - start - 1)
        binding = [word for word in modals if word.modal is not Modal.MUST_NOT]
        if binding:
            bound = slice(start, start + binding[-1].end)
    return Answered("".join(characters), tuple(part for part, keep in zip(parts, kept, strict=True) if keep))


@lru_cache(maxsize=4096)
def _share(part: str, taker: str) -> float:
    """Return the fraction (0…1) of the information (bits) of a half-sentence that stands in a sentence."""
    folded = fold_words(part)
    bits = bits_of(folded)
    total = sum(bits)
    if not total:
        return 0.0
    runs = shared_runs(folded, fold_words(taker))
    return sum(sum(bits[start : start + length]) for start, _, length in runs) / total
