"""Data computed once for each side of a comparison: sentences as vectors of character runs, with a higher weight for rare runs."""

from array import array
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import cache, cached_property
from importlib import resources
from itertools import accumulate, pairwise
from math import log, log1p, log2, sqrt
from typing import NamedTuple

from policydiff.comparison.sentence_units import Unit, units_of
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.model import Document, SentenceKind


def character_runs(text: str, known: dict[str, str] | None = None) -> Counter[str]:
    """Return the number of occurrences of each character and each pair of neighbouring characters in folded words.

    `known` stores equal runs once, which halves the memory of a long document.
    """
    keep = ({} if known is None else known).setdefault
    runs = [*text.replace(" ", ""), *_pairs(text)]
    return Counter(map(keep, runs, runs))


def _pairs(text: str) -> Iterator[str]:
    """Yield each pair of neighbouring characters, except pairs with a blank."""
    for words in text.split(" "):
        yield from map(str.__add__, words, words[1:])


_EVERYDAY = 25
_EVERYDAY_SHARE = 0.25
"""A run found in more sentences than this number and this share (0…1) identifies no sentence and gets no weight."""
_EVERYDAY_AT_MOST = 80
"""Most sentences for a run with a weight, however long the documents; more frequent runs would take most of the time."""


class Weights:
    """Inverse document frequencies over the sentences of both documents; frequent runs have weight zero."""

    def __init__(self, bags: Iterable[Counter[str]]) -> None:
        found: Counter[str] = Counter()
        size = 0
        for bag in bags:
            found.update(bag.keys())
            size += 1
        most = max(_EVERYDAY, min(size * _EVERYDAY_SHARE, _EVERYDAY_AT_MOST))
        self.found = found
        """For each run, the number of sentences that hold it."""
        self._weight = {
            count: log((size + 1) / (count + 0.5)) for count in set(found.values()) if count <= most
        }

    def unit_vector(self, bag: Counter[str], asked: Container[str] | None = None) -> dict[str, float]:
        """Return the weighted bag as a vector of length one, restricted to the runs in `asked`; empty for an empty bag."""
        weight, found = self._weight.get, self.found
        vector = {
            run: said if count == 1 else (1 + log(count)) * said
            for run, count in bag.items()
            if (said := weight(found[run])) is not None
        }
        length = sqrt(sum(value * value for value in vector.values())) or 1.0
        return {run: value / length for run, value in vector.items() if asked is None or run in asked}


class Postings:
    """Unit vectors indexed by run; computing all cosines of a vector takes time in proportion to the shared runs."""

    def __init__(self, columns: Iterable[dict[str, float]]) -> None:
        self._postings: dict[str, list[tuple[int, float]]] = {}
        self._size = 0
        for column, vector in enumerate(columns):
            self._size += 1
            for run, value in vector.items():
                self._postings.setdefault(run, []).append((column, value))

    def cosines(self, vector: dict[str, float]) -> list[float]:
        """Return the cosine with each column; 0 for a column without a shared run."""
        found = [0.0] * self._size
        for run, value in vector.items():
            for column, other in self._postings.get(run, ()):
                found[column] += value * other
        return found


SHORTEST_RUN = 2

Run = tuple[int, int, int]
"""Start in the local sentence, start in the source, length; the words at both places are equal."""


def shared_runs(local: str, source: str) -> list[Run]:
    """Cover the folded words of `local` from left to right with the longest runs that also stand in `source`.

    Order does not matter, so a reordered list is still covered. A run of the source may be used twice,
    because a local sentence that repeats a word repeats the source.
    """
    runs: list[Run] = []
    start = 0
    last = len(local) - SHORTEST_RUN
    while start <= last:
        gram = local[start : start + SHORTEST_RUN]
        place = source.find(gram) if " " not in gram else -1
        if place < 0:
            start += 1
            continue
        best_place = place
        best = _common_length(local, start, source, place, SHORTEST_RUN)
        while start + best < len(local) and local[start + best] != " ":
            place = source.find(local[start : start + best + 1], place + 1)
            if place < 0:
                break
            best_place = place
            best = _common_length(local, start, source, place, best + 1)
        runs.append((start, best_place, best))
        start += best
    return runs


def _common_length(local: str, start: int, source: str, place: int, length: int) -> int:
    """Return the length of the run at both places; its first `length` characters are known to be equal."""
    for one, other in zip(local[start + length :], source[place + length :], strict=False):
        if one != other or one == " ":
            break
        length += 1
    return length


_MOST_BITS = 14.0
_BACK_OFF = 3.0
"""Weight of the single character against the pair if the pair is rare; the trainer uses the same value."""


class _Table(NamedTuple):
    single: dict[str, float]
    after: dict[str, float]
    """Information in bits of the second character of a pair, given the first."""
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
    """Return the information in bits of each character of folded words; 0 for blanks between words.

    >>> low, high = sum(bits_of("人民政府应当")), sum(bits_of("细胞治疗产业"))
    >>> low < high
    True
    """
    table = _table()
    bits = [*map(table.after.get, map(str.__add__, f" {text}", text))]
    if None in bits:
        for place in [place for place, said in enumerate(bits) if said is None]:
            before, character = text[place - 1] if place else " ", text[place]
            if character == " ":
                bits[place] = 0.0
            elif before == " ":
                bits[place] = min(_MOST_BITS, table.single.get(character, _MOST_BITS))
            else:
                alone = table.single.get(character, table.total + 1)
                seen = 2 ** (table.total - table.single[before]) if before in table.single else 0.0
                bits[place] = min(_MOST_BITS, alone + log2(seen + _BACK_OFF) - log2(_BACK_OFF))
    return bits  # type: ignore[return-value]


def bits_in_text(sentences: Sequence[str]) -> Callable[[str], list[float]]:
    """Return a function giving the bits of each character of folded words in a language without a frequency table.

    A word has more bits if fewer of the sentences hold it; the order of words is ignored.
    """
    holding = Counter(character for words in sentences for character in set(words))
    size = len(sentences)

    def bits(words: str) -> list[float]:
        return [
            0.0 if character == " " else min(_MOST_BITS, log2((size + 1) / (holding[character] + 0.5)))
            for character in words
        ]

    return bits


_TURN = lazy_pattern("应当|不得|可以|必须|负责|禁止|严禁")
"""Words between the actor and the action of a provision."""
_FORCE = lazy_pattern("不得|禁止|严禁|应当|必须|可以|鼓励|支持|引导|推进|推动|加强|建立|完善|负责")
_NUMBER = lazy_pattern(r"\d+(?:\.\d+)?%?|[一二三四五六七八九十百千万]{2,}")
_MOST_SEGMENTS = 24

Places = tuple[int, int]
"""Half-open range of characters in folded words."""


class Sentence:
    """A sentence ready for scoring; its figures are computed on demand, as only the runs of most sentences are ever needed."""

    def __init__(self, words: str, say: Callable[[str], list[float]], known: dict[str, str]) -> None:
        """Take folded words, a function `say` for the bits of each character, and `known`, which stores equal runs once."""
        self.words = words
        self._say = say
        self.runs = character_runs(words, known)

    @cached_property
    def bits_before(self) -> "array[float]":
        """Bits up to each character; `bits_before[end] - bits_before[start]` are the bits of a run."""
        return array("d", accumulate(self._say(self.words), initial=0.0))

    @cached_property
    def bits(self) -> float:
        """Information of all words, in bits."""
        return self.bits_before[-1]

    @cached_property
    def length(self) -> float:
        """Natural logarithm of one plus the number of characters."""
        return log1p(len(self.words))

    @cached_property
    def _turn(self) -> Places | None:
        found = _TURN.search(self.words)
        return found.span() if found else None

    @cached_property
    def who(self) -> str:
        """Words for the actor, up to the modal or verb after it; empty if no such modal or verb is found."""
        return self.words[: self._turn[0]] if self._turn else ""

    @cached_property
    def what(self) -> str:
        """Words after the actor and the modal; all words if no actor is found."""
        return self.words[self.what_begins :]

    @cached_property
    def force(self) -> frozenset[str]:
        """Words of duty and of encouragement in the sentence."""
        return frozenset(_FORCE.findall(self.words))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Numbers in the sentence."""
        return frozenset(_NUMBER.findall(self.words))

    @cached_property
    def what_begins(self) -> int:
        """Offset of the first word after actor and modal."""
        return self._turn[1] if self._turn else 0

    @cached_property
    def what_bits(self) -> float:
        """Bits without the actor; provisions for one long list of addressees share most words whatever they require."""
        return self.bits - self.bits_before[self.what_begins]

    @cached_property
    def _ends(self) -> list[int]:
        """Ends of the stretches between stops; in a sentence of very many stretches the last holds all the rest."""
        stops = [place for place, character in enumerate(self.words) if character == " "]
        return [*stops[: _MOST_SEGMENTS - 1], len(self.words)]

    @cached_property
    def stretch_bits(self) -> list[float]:
        """Bits of each stretch."""
        before = self.bits_before
        return [before[end] - before[start + 1] for start, end in pairwise([-1, *self._ends])]

    @cached_property
    def conditions(self) -> frozenset[int]:
        """Indexes of the stretches that are conditions (…的，); the last stretch never counts as a condition."""
        return frozenset(place for place, end in enumerate(self._ends[:-1]) if self.words[end - 1] == "的")

    @cached_property
    def main_bits(self) -> float:
        """Bits of the stretches that are no conditions."""
        return sum(bits for place, bits in enumerate(self.stretch_bits) if place not in self.conditions)


class Side:
    """The sentences of one document and their grouping into articles or measures."""

    def __init__(self, units: Sequence[Unit], *, chinese: bool = True) -> None:
        self.all_units = tuple(units)
        self.units = tuple(unit for unit in units if unit.kind is SentenceKind.SENTENCE)
        """The sentences; `sentences` and `group` have the same indexes."""
        say = bits_of if chinese else bits_in_text([unit.folded.text for unit in self.units])
        known: dict[str, str] = {}
        self.sentences = tuple(Sentence(unit.folded.text, say, known) for unit in self.units)
        self.group = tuple(unit.group for unit in self.units)
        self.members: dict[int, list[int]] = {}
        for index, group in enumerate(self.group):
            self.members.setdefault(group, []).append(index)
        self.caption: dict[int, str] = {}
        """Folded words of the headings of each group with headings."""
        for unit in units:
            if unit.kind is SentenceKind.HEADING and not unit.generic and unit.folded.text:
                self.caption[unit.group] = f"{self.caption.get(unit.group, '')} {unit.folded.text}".strip()
        self.bags = {group: self._bag(group, known) for group in self.members}
        """Pairs of neighbouring characters in each group, including its headings."""

    def __len__(self) -> int:
        return len(self.units)

    def _bag(self, group: int, known: dict[str, str]) -> Counter[str]:
        said = (self.sentences[index].words for index in self.members[group])
        pairs = [*_pairs(" ".join((*said, self.caption.get(group, ""))))]
        return Counter(map(known.setdefault, pairs, pairs))


def side_of(document: Document, *, chinese: bool = True) -> Side:
    """Return a document's side of a comparison, to be made once for each document."""
    return Side(units_of(document), chinese=chinese)
