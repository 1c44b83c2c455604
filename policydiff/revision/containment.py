"""Splits and mergers: the share of a unit without counterpart that stands in a unit with one.

Links of one group are put together so that each unit is in one change.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.text_marks import split_sentences
from policydiff.lexicon.widths import fold_words, mask_references
from policydiff.revision.pairing import pair_units
from policydiff.revision.similarity import Texts, grams
from policydiff.revision.units import (
    PART_AHEAD,
    PART_COMMON,
    PART_CONTAINED,
    PART_COVERED,
    PART_COVERED_FAR,
    PART_LEAST,
    PART_LEAST_OWN,
    PART_LEAST_RARE,
    PART_NEAR,
    PART_OWN,
    PART_WHOLE,
    Unit,
)

_ITEM = lazy_pattern(r"[（(]?[一二三四五六七八九十百\d]{1,4}[）)．.、]")


@dataclass(frozen=True, slots=True)
class Part:
    """A unit that continues part of another unit, or goes into it."""

    whole: int
    """Index of the unit it was taken from (or went into), on the other side."""
    part: int
    strength: float


class Side:
    """One direction of the search: wholes on one side, parts on the other.

    For a split the wholes are old and the parts new; for a merger the other way round.
    """

    def __init__(
        self, texts: Texts, wholes: Sequence[Unit], parts: Sequence[Unit], *, old_is_whole: bool
    ) -> None:
        """Take the weighed texts and the units of the side the wholes are on, and of the other side."""
        self.weigh = texts.weigh
        self.known = texts.weight
        self.whole_grams = texts.old_grams if old_is_whole else texts.new_grams
        self.part_grams = texts.new_grams if old_is_whole else texts.old_grams
        self.units = wholes
        self.others = parts
        self._paragraphs: dict[int, list[frozenset[str]]] = {}
        self._postings: defaultdict[str, list[int]] | None = None

    def parts(self, counterpart: dict[int, int], alone: Sequence[int]) -> list[Part]:
        """Return the parts among the units `alone`, strongest first.

        `counterpart` maps each whole that has one to its counterpart on the side of the parts.
        """
        found: list[Part] = []
        claims: dict[tuple[int, int], Part] = {}
        for part in alone:
            found.extend(self._word_for_word(part, counterpart))
            for whole, first in self._near(part, counterpart):
                strength = self._contained(whole, first, part)
                if strength:
                    found.append(Part(whole, part, strength))
                for place, paragraph in enumerate(self._split(whole)):
                    strength = self._taken(paragraph, first, part)
                    claim = claims.get((whole, place))
                    if strength and (claim is None or strength > claim.strength):
                        claims[whole, place] = Part(whole, part, strength)
        found.extend(claims.values())
        return sorted(found, key=lambda part: (-part.strength, part.whole, part.part))

    def _near(self, part: int, counterpart: dict[int, int]) -> list[tuple[int, int]]:
        """Return the wholes that share rare wording with the part, with their counterparts."""
        if self._postings is None:
            self._postings = defaultdict(list)
            for whole in counterpart:
                for gram in self.whole_grams[whole]:
                    self._postings[gram].append(whole)
            for gram in [gram for gram, where in self._postings.items() if len(where) > PART_COMMON]:
                del self._postings[gram]
        postings = self._postings
        hits = Counter(
            chain.from_iterable(postings[gram] for gram in self.part_grams[part] if gram in postings)
        )
        return [
            (whole, counterpart[whole]) for whole, count in sorted(hits.items()) if count >= PART_LEAST_RARE
        ]

    def _word_for_word(self, part: int, counterpart: dict[int, int]) -> Iterator[Part]:
        """Yield the wholes in which all words of a part stand in one run, where their counterparts lack them."""
        own = self.others[part].words
        if len(own) < PART_WHOLE:
            return
        for whole, first in counterpart.items():
            if own in self.units[whole].words and own not in self.others[first].words:
                yield Part(whole, part, 1.0)

    def _contained(self, whole: int, first: int, part: int) -> float:
        own, other, inside = self.part_grams[part], self.part_grams[first], self.whole_grams[whole]
        beyond = own - other
        if len(beyond & inside) < PART_LEAST_OWN:
            return 0.0
        covered = self.weigh(own & inside) / self.weigh(own)
        share = self.weigh(beyond & inside) / self.weigh(beyond)
        return covered if covered >= PART_CONTAINED and share >= PART_OWN else 0.0

    def _taken(self, paragraph: frozenset[str], first: int, part: int) -> float:
        size = self.weigh(paragraph)
        here = self.weigh(paragraph & self.part_grams[part]) / size
        kept = self.weigh(paragraph & self.part_grams[first]) / size
        least = PART_COVERED if abs(first - part) <= PART_NEAR else PART_COVERED_FAR
        return here if here >= least and here - kept >= PART_AHEAD else 0.0

    def _split(self, whole: int) -> list[frozenset[str]]:
        found = self._paragraphs.get(whole)
        if found is None:
            pieces = (mask_references(fold_words(piece)) for piece in paragraphs(self.units[whole].text))
            sets = (grams(piece) & self.known.keys() for piece in pieces)
            found = self._paragraphs[whole] = [piece for piece in sets if len(piece) >= PART_LEAST]
        return found


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a unit, each with its items; the sentences where there is one paragraph alone."""
    blocks: list[str] = []
    for line in text.split("\n"):
        if blocks and _ITEM.match(line):
            blocks[-1] += line
        else:
            blocks.append(line)
    if len(blocks) > 1:
        return blocks
    return [text[start:end] for start, end in split_sentences(text)]


_MUCH_THE_SAME = 0.8


@dataclass(frozen=True, slots=True)
class Match:
    """Corresponding units of the old and the new text: kept (1:1), split (1:n), merged (n:1), rarely n:m."""

    old: tuple[Unit, ...]
    """The primary unit first."""
    new: tuple[Unit, ...]
    """The primary unit first."""
    divided: bool = False
    """Whether it is called a split where either side has several units; else a merger."""

    def turned(self) -> "Match":
        """Return it seen from the other side."""
        return Match(old=self.new, new=self.old, divided=not self.divided)


def match_units(old: Sequence[Unit], new: Sequence[Unit]) -> list[Match]:
    """Return the matches of two groups of units; units in none of them were added or removed.

    Where one of several parts also took in another unit, all of them are one match: each unit has one place, and none
    whose words live on is called removed.
    """
    links, texts = pair_units(old, new)
    olds: dict[int, list[int]] = {target: [source] for source, target in links.items()}
    news: dict[int, list[int]] = {source: [target] for source, target in links.items()}
    added = [j for j in range(len(new)) if j not in olds]
    removed = [i for i in range(len(old)) if i not in links]
    if added:
        for part, whole in _parts(Side(texts, old, new, old_is_whole=True), links, added):
            news[whole].append(part)
    if removed:
        back = {target: source for source, target in links.items()}
        for part, whole in _parts(Side(texts, new, old, old_is_whole=False), back, removed):
            olds[whole].append(part)
    return [
        Match(
            old=tuple(old[i] for i in _primary_first(olds[target], partial(_swapped, texts.shared, target))),
            new=tuple(new[j] for j in _primary_first(news[source], partial(texts.shared, source))),
            divided=len(news[source]) > 1,
        )
        for source, target in sorted(links.items())
    ]


def _parts(side: Side, counterpart: dict[int, int], alone: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield each unit without counterpart that is a part of another one, once, with the whole it fits best."""
    found: set[int] = set()
    for part in side.parts(counterpart, alone):
        if part.part not in found:
            found.add(part.part)
            yield part.part, part.whole


def _swapped(function: Callable[[int, int], int], second: int, first: int) -> int:
    return function(first, second)


def _primary_first(parts: list[int], shared: Callable[[int], int]) -> list[int]:
    """Return the parts in order, but first the one that holds most; of two that hold much the same, the earlier."""
    if len(parts) == 1:
        return parts
    most = max(map(shared, parts))
    primary = next(part for part in sorted(parts) if shared(part) >= _MUCH_THE_SAME * most)
    return [primary, *sorted(part for part in parts if part != primary)]
