"""The features by which a local sentence is matched with a superior sentence: one row of numbers for each candidate."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import accumulate, compress, count
from math import log, log1p

from rapidfuzz.fuzz import ratio

from policydiff.comparison.character_runs import Places, Postings, Run, Sentence, Side, Weights, shared_runs
from policydiff.comparison.encoders import Meaning
from policydiff.lexicon.patterns import lazy_pattern

CANDIDATES = 8
"""Number of superior sentences whose figures are computed for each local sentence."""
_NEAREST_GROUPS = 2
"""Number of superior articles whose sentences are all candidates, even sentences with few common words."""
_FAR_BEHIND = 0.3
_ALWAYS = 4
"""After the first four (`_ALWAYS`), a candidate below 0.3 (`_FAR_BEHIND`) of the best quick score is dropped:
on the labelled pairs this loses one listed source in six hundred."""
_RARE_RUN = 3
_COMMON_PHRASE_BITS = 30.0
"""Bits of a shared run (by its frequency in legislation at large) below which it counts in proportion to its bits."""

FIGURES = (
    "cosine", "group_cosine", "rarest_runs", "local_covered", "source_covered", "shared_bits", "longest_run",
    "ratio", "local_length", "source_length", "numbers", "force", "rank", "lead", "rival", "who", "what",
    "left_over", "main_covered", "source_window", "local_window", "captions", "what_covered", "source_what_covered",
    "central", "penal_alike",
)  # fmt: skip
"""Names of the figures of a candidate, in order; the trained weights are kept under these names."""

_CENTRAL = lazy_pattern("[^，,。；;]{0,12}(?:国务院|中央|全国(?!人大|人民代表))")
"""Beginning of a provision for central bodies; a lower text carries out the provisions for local bodies beside it."""
_PENAL = lazy_pattern(
    r"罚款|责令|处分|吊销|没收|追究|警告|违反[^，,。；;]{0,20}(?:规定|本法|条例)|的[；;。，,：:]?\s*$"
)
"""A penalty, or one of the offences under it (未安排专人管理的；): a statute repeats each duty as its breach."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A superior sentence that a local sentence may come from."""

    source: int
    """Index of the superior sentence."""
    figures: tuple[float, ...]
    """Values of `FIGURES`, followed by the figures of the encoder if there is one."""
    runs: tuple[Run, ...]
    """Shared runs of the folded words."""
    covered: float
    """Share (0…1) of the local sentence's information, in bits, that the shared runs cover."""
    source_covered: float
    """Share (0…1) of the superior sentence's information that the shared runs cover."""
    stretches: Sequence[float] = ()
    """Information in bits of the shared runs within each stretch of the local sentence."""


@dataclass(frozen=True, slots=True)
class _Near:
    """A superior sentence found by the cheap score."""

    column: int
    cheap: float
    cosine: float
    group_cosine: float


def candidates(local: Side, superior: Side, meaning: Meaning | None = None) -> list[list[Candidate]]:
    """Return for each local sentence its most promising superior sentences, best first by a quick score.

    A sentence of formulas only has none. With `meaning`, each candidate has its figures too, and the
    sentence nearest in meaning is a candidate whatever its words.
    """
    return _Matcher(local, superior, meaning).candidates()


class _Matcher:
    """Looks for candidates row by row, and keeps nothing for other pairs of sentences."""

    def __init__(self, local: Side, superior: Side, meaning: Meaning | None) -> None:
        self.local, self.superior, self.meaning = local, superior, meaning
        sentences = (*local.sentences, *superior.sentences)
        self.size = len(sentences)
        self.weights = weights = Weights(sentence.runs for sentence in sentences)
        asked = set().union(*(sentence.runs for sentence in local.sentences))
        self.columns = Postings(weights.unit_vector(sentence.runs, asked) for sentence in superior.sentences)
        self.groups = {group: place for place, group in enumerate(superior.members)}
        self.group_of = [self.groups[group] for group in superior.group]
        asked = set().union(*local.bags.values())
        self.group_columns = Postings(weights.unit_vector(bag, asked) for bag in superior.bags.values())
        self.members = list(superior.members.values())
        self.local_binds, self.superior_binds = (
            [
                (_CENTRAL.match(unit.text) is not None, _PENAL.search(unit.text) is not None)
                for unit in side.units
            ]
            for side in (local, superior)
        )
        """For each sentence, whether it binds central bodies, and whether it deals with a penalty."""
        self.near = self._all_near()
        self.best_for_source: dict[int, float] = {}
        for row in self.near:
            for near in row:
                self.best_for_source[near.column] = max(
                    near.cheap, self.best_for_source.get(near.column, 0.0)
                )

    def _all_near(self) -> list[list[_Near]]:
        near: list[list[_Near]] = [[] for _ in self.local.sentences]
        for group, members in self.local.members.items():
            of_groups = self.group_columns.cosines(self.weights.unit_vector(self.local.bags[group]))
            like = compress(count(), of_groups)
            nearest = [
                column
                for place in nlargest(_NEAREST_GROUPS, like, key=of_groups.__getitem__)
                for column in self.members[place]
            ]
            for row in members:
                if self.local.sentences[row].words:
                    near[row] = self._near(row, of_groups, nearest)
        return near

    def _near(self, row: int, of_groups: Sequence[float], nearest: Sequence[int]) -> list[_Near]:
        cosines = self.columns.cosines(self.weights.unit_vector(self.local.sentences[row].runs))
        by_meaning = () if self.meaning is None else (self.meaning.best(row),)
        looked_at = {*compress(count(), cosines), *nearest}
        cheap = {
            column: 0.8 * cosines[column] + 0.2 * of_groups[self.group_of[column]]
            for column in looked_at.union(by_meaning)
        }
        enough = min(sorted([cheap[column] for column in looked_at])[-CANDIDATES:], default=0.0)
        high = [column for column in looked_at if cheap[column] >= enough]
        best = sorted(high, key=lambda column: (-cheap[column], column))[:CANDIDATES]
        best[_ALWAYS - 1 : _ALWAYS - 1] = [column for column in by_meaning if column not in best]
        least = _FAR_BEHIND * cheap[best[0]] if best else 0.0
        return [
            _Near(column, cheap[column], cosines[column], of_groups[self.group_of[column]])
            for place, column in enumerate(best)
            if (place < _ALWAYS or cheap[column] >= least) and self.superior.sentences[column].words
        ]

    def candidates(self) -> list[list[Candidate]]:
        return [
            [self._candidate(row, near, rank, members) for rank, near in enumerate(members)]
            for row, members in enumerate(self.near)
        ]

    def _candidate(self, row: int, near: _Near, rank: int, members: Sequence[_Near]) -> Candidate:
        column = near.column
        (central, penal), (central_source, penal_source) = self.local_binds[row], self.superior_binds[column]
        one, other = self.local.sentences[row], self.superior.sentences[column]
        runs = shared_runs(one.words, other.words)
        here, there = _Said(one, local_places(runs)), _Said(other, source_places(runs))
        rare = sorted([self._rarity(one, *run) for run in runs if run[2] >= _RARE_RUN], reverse=True)
        second = max([each.cheap for each in members if each is not near], default=0.0)
        covered, source_covered = _share(here.bits, one.bits), _share(there.bits, other.bits)
        caption = self.local.caption.get(self.local.group[row], "")
        other_caption = self.superior.caption.get(self.superior.group[column], "")
        figures: tuple[float, ...] = (
            near.cosine,
            near.group_cosine,
            sum(rare[:3]),
            covered,
            source_covered,
            log1p(here.bits),
            float(max([length for _, _, length in runs], default=0)),
            ratio(one.words, other.words) / 100,
            one.length,
            other.length,
            _agreement(one.numbers, other.numbers),
            _agreement(one.force, other.force),
            float(rank),
            near.cheap - second,
            self.best_for_source[column] - near.cheap,
            ratio(one.who, other.who) / 100 if one.who and other.who else 0.5,
            ratio(one.what, other.what) / 100,
            one.bits - here.bits,
            _share(here.main, one.main_bits),
            there.best_window(one.bits),
            here.best_window(other.bits),
            ratio(caption, other_caption) / 100 if caption and other_caption else 0.2,
            _share(here.what, one.what_bits, 0.5),
            _share(there.what, other.what_bits, 0.5),
            float(central_source and not central),
            float(penal is penal_source),
        )
        if self.meaning is not None:
            figures = (*figures, *self.meaning.figures(row, column))
        return Candidate(column, figures, tuple(runs), covered, source_covered, here.stretches)

    def _rarity(self, sentence: Sentence, start: int, _: int, length: int) -> float:
        """Return the rarity of a shared run: the fewer sentences of both documents hold its rarest pair, the higher."""
        run = sentence.words[start : start + length]
        found = min(map(self.weights.found.__getitem__, map(str.__add__, run, run[1:])))
        said = sentence.bits_before[start + length] - sentence.bits_before[start]
        return log(self.size / max(1, found)) * min(1.0, said / _COMMON_PHRASE_BITS)


class _Said:
    """Bits of a sentence within some places (in rising order, none across a stop)."""

    def __init__(self, sentence: Sentence, places: Sequence[Places]) -> None:
        before, stop_before, asked = sentence.bits_before, sentence.words.count, sentence.what_begins
        self.sentence = sentence
        last = len(sentence.stretch_bits) - 1
        self.stretches = stretches = array("d", [0.0]) * (last + 1)
        """Bits within each stretch between stops."""
        bits = main = what = 0.0
        for start, end in places:
            said = before[end] - before[start]
            bits += said
            stretch = min(stop_before(" ", 0, start), last)
            stretches[stretch] += said
            if stretch not in sentence.conditions:
                main += said
            if end > asked:
                what += said if start >= asked else before[end] - before[asked]
        self.bits, self.main, self.what = bits, main, what
        """Bits in all, outside conditions, and in the action."""

    def best_window(self, other_bits: float) -> float:
        """Return the best likeness (Dice of bits, 0…1) of any run of stretches with the whole other sentence.

        A local sentence taken from one stretch of a long source is thus as alike as one taken from a short source.
        """
        ends = [*accumulate(self.sentence.stretch_bits, initial=0.0)]
        telling = [(ends[place], ends[place + 1], both) for place, both in enumerate(self.stretches) if both]
        best = 0.0
        for number, (begun, _, _) in enumerate(telling):
            both = 0.0
            for _, ended, common in telling[number:]:
                both += common
                alike = 2 * both / (ended - begun + other_bits)
                best = max(best, alike)
        return min(1.0, best)


def _share(part: float, whole: float, of_nothing: float = 0.0) -> float:
    """Return part / whole; `of_nothing` if the whole is 0."""
    return part / whole if whole else of_nothing


def local_places(runs: Sequence[Run]) -> list[Places]:
    """Return the places of the shared runs in the local sentence, in order."""
    return [(start, start + length) for start, _, length in runs]


def source_places(runs: Sequence[Run]) -> list[Places]:
    """Return the places of the shared runs in the source, in order; a part used twice appears once."""
    places: list[Places] = []
    done = 0
    for _, start, length in sorted(runs, key=lambda run: (run[1], -run[2])):
        begin, end = max(start, done), start + length
        if end > begin:
            places.append((begin, end))
            done = end
    return places


def bits_said(places: Sequence[Places], sentence: Sentence) -> float:
    """Return the bits of a sentence within some places."""
    before = sentence.bits_before
    return sum(before[end] - before[start] for start, end in places)


def common_places(one: Sequence[Places], other: Sequence[Places]) -> list[Places]:
    """Return the intersection of two rising lists of ranges."""
    common: list[Places] = []
    here = there = 0
    while here < len(one) and there < len(other):
        start, end = max(one[here][0], other[there][0]), min(one[here][1], other[there][1])
        if start < end:
            common.append((start, end))
        if one[here][1] < other[there][1]:
            here += 1
        else:
            there += 1
    return common


def joined_places(one: Sequence[Places], other: Sequence[Places]) -> list[Places]:
    """Return the union of two lists of ranges, rising and disjoint."""
    ranges: list[Places] = []
    for start, end in sorted([*one, *other]):
        if ranges and start <= ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(end, ranges[-1][1]))
        else:
            ranges.append((start, end))
    return ranges


def _agreement(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share (0…1) of common members; one half if both sets are empty."""
    return len(one & other) / len(one | other) if one or other else 0.5
