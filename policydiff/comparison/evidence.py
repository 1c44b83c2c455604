"""What speaks for a local sentence coming from a superior one: a row of figures for each candidate."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import compress, count
from math import log, log1p

from rapidfuzz.fuzz import ratio

from policydiff.comparison.character_runs import Places, Postings, Run, Sentence, Side, Weights, shared_runs
from policydiff.comparison.encoders import Meaning

CANDIDATES = 8
"""Superior sentences looked at closely for each local one."""
_NEAREST_GROUPS = 2
"""Superior articles all of whose sentences are looked at, however few words these share."""
_FAR_BEHIND = 0.3
_ALWAYS = 4
"""Beyond the first four, a candidate with less than three tenths of the best cheap score is not looked at: on the labelled
pairs one listed source in six hundred lies there."""
_RARE_RUN = 3
_COMMON_PHRASE_BITS = 30.0
"""A shared run that says less than this in legislation at large counts in part."""

FIGURES = (
    "cosine", "group_cosine", "rarest_runs", "local_covered", "source_covered", "shared_bits", "longest_run",
    "ratio", "local_length", "source_length", "numbers", "force", "rank", "lead", "rival", "who", "what",
    "left_over", "main_covered", "source_window", "local_window", "captions", "what_covered", "source_what_covered",
    "central", "penal_alike",
)  # fmt: skip
"""Names of the figures of a candidate, in order; the trained weights are kept under these names."""

_CENTRAL = re.compile("[^，,。；;]{0,12}(?:国务院|中央|全国(?!人大|人民代表))")
"""Beginning of a provision for bodies of the state as a whole: a lower text carries out what binds local bodies, beside it."""
_PENAL = re.compile(
    r"罚款|责令|处分|吊销|没收|追究|警告|违反[^，,。；;]{0,20}(?:规定|本法|条例)|的[；;。，,：:]?\s*$"
)
"""A penalty, or one of the acts it is for (未安排专人管理的；): a statute says each duty a second time as its breach."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A superior sentence that a local sentence may come from."""

    source: int
    """Index of the superior sentence."""
    figures: tuple[float, ...]
    """Values of `FIGURES`, and with an encoder of its figures."""
    runs: tuple[Run, ...]
    """Shared runs of the folded words."""
    covered: float
    """Share of what the local sentence says that the shared runs say."""
    source_covered: float
    """The same share of what the superior sentence says."""


@dataclass(frozen=True, slots=True)
class _Near:
    """A superior sentence found by the cheap score."""

    column: int
    cheap: float
    cosine: float
    group_cosine: float


def candidates(local: Side, superior: Side, meaning: Meaning | None = None) -> list[list[Candidate]]:
    """Return for each local sentence its most promising superior sentences, best first by a cheap score.

    A sentence that is nothing but formulas has none. With `meaning`, each candidate bears its figures too, and the sentence
    nearest in meaning is a candidate whatever words it uses.
    """
    return _Matcher(local, superior, meaning).candidates()


class _Matcher:
    """Looks for candidates row by row; nothing is kept for pairs of sentences that are none."""

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
        """For each sentence whether it binds the state's own bodies, and whether it is about a penalty."""
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
            by_group = [of_groups[place] for place in self.group_of]
            for row in members:
                if self.local.sentences[row].words:
                    near[row] = self._near(row, by_group, nearest)
        return near

    def _near(self, row: int, by_group: Sequence[float], nearest: Sequence[int]) -> list[_Near]:
        cosines = self.columns.cosines(self.weights.unit_vector(self.local.sentences[row].runs))
        cheap = [0.8 * cosine + 0.2 * far for cosine, far in zip(cosines, by_group, strict=True)]
        looked_at = cosines.copy()
        for column in nearest:
            looked_at[column] = 1.0
        enough = min(nlargest(CANDIDATES, compress(cheap, looked_at)), default=0.0)
        high = [column for column in compress(count(), looked_at) if cheap[column] >= enough]
        best = sorted(high, key=lambda column: (-cheap[column], column))[:CANDIDATES]
        if self.meaning is not None and (nearest_in_meaning := self.meaning.best(row)) not in best:
            best.insert(_ALWAYS - 1, nearest_in_meaning)
        least = _FAR_BEHIND * cheap[best[0]] if best else 0.0
        return [
            _Near(column, cheap[column], cosines[column], by_group[column])
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
        shared = 0.0
        longest = 0
        rare: list[float] = []
        for start, _, length in runs:
            said = one.bits_before[start + length] - one.bits_before[start]
            shared += said
            longest = max(longest, length)
            if length >= _RARE_RUN:
                words = one.words[start : start + length]
                rare.append(log(self.size / self._frequency(words)) * min(1.0, said / _COMMON_PHRASE_BITS))
        rare.sort(reverse=True)
        second = max((each.cheap for each in members if each.column != column), default=0.0)
        in_source = source_places(runs)
        here = local_places(runs)
        covered = shared / one.bits if one.bits else 0.0
        source_covered = bits_said(in_source, other) / other.bits if other.bits else 0.0
        caption = self.local.caption.get(self.local.group[row], "")
        other_caption = self.superior.caption.get(self.superior.group[column], "")
        # The share of what a sentence says outside its conditions that is shared
        whole = bits_said(one.main, one)
        figures: tuple[float, ...] = (
            near.cosine,
            near.group_cosine,
            sum(rare[:3]),
            covered,
            source_covered,
            log1p(shared),
            float(longest),
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
            one.bits - shared,
            (bits_said(common_places(one.main, here), one) / whole if whole else 0.0),
            _best_window(other, in_source, one.bits),
            _best_window(one, here, other.bits),
            ratio(caption, other_caption) / 100 if caption and other_caption else 0.2,
            _what_covered(one, here),
            _what_covered(other, in_source),
            float(central_source and not central),
            float(penal is penal_source),
        )
        if self.meaning is not None:
            figures = (*figures, *self.meaning.figures(row, column))
        return Candidate(column, figures, tuple(runs), covered, source_covered)

    def _frequency(self, run: str) -> int:
        """Return how many sentences of both documents hold the rarest pair of characters of a run, at least one."""
        found = self.weights.found
        return max(1, min(found[pair] for pair in map(str.__add__, run, run[1:])))


def local_places(runs: Sequence[Run]) -> list[Places]:
    """Return where the shared runs stand in the local sentence, in order."""
    return [(start, start + length) for start, _, length in runs]


def source_places(runs: Sequence[Run]) -> list[Places]:
    """Return where the shared runs stand in the source, in order; a part that serves twice stands once."""
    places: list[Places] = []
    done = 0
    for _, start, length in sorted(runs, key=lambda run: (run[1], -run[2])):
        begin, end = max(start, done), start + length
        if end > begin:
            places.append((begin, end))
            done = end
    return places


def bits_said(places: Sequence[Places], sentence: Sentence) -> float:
    """Return how many bits a sentence says in some of its places."""
    before = sentence.bits_before
    return sum(before[end] - before[start] for start, end in places)


def common_places(one: Sequence[Places], other: Sequence[Places]) -> list[Places]:
    """Return what lies in both of two rising lists of ranges."""
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
    """Return what lies in either of two lists of ranges, rising and apart."""
    ranges: list[Places] = []
    for start, end in sorted([*one, *other]):
        if ranges and start <= ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(end, ranges[-1][1]))
        else:
            ranges.append((start, end))
    return ranges


def _what_covered(sentence: Sentence, shared: Sequence[Places]) -> float:
    """Return the share of what a sentence asks for, the one bound left aside, that is shared; one half where it asks nothing.

    Two provisions on one long list of addressees (网络游戏、网络直播、网络音视频等网络服务提供者应当…) share most of their words
    whatever each of them asks for.
    """
    end = len(sentence.words)
    asked = [(end - len(sentence.what), end)]
    whole = bits_said(asked, sentence)
    return bits_said(common_places(asked, shared), sentence) / whole if whole else 0.5


def _best_window(sentence: Sentence, shared: Sequence[Places], other_bits: float) -> float:
    """Return how well some run of stretches of a sentence answers the whole other one (Dice of bits, 0…1).

    A local sentence that takes one stretch of a long source is as like that stretch as another is to a short source.
    """
    telling: list[tuple[float, float, float]] = []
    """Of each stretch that shares something: bits before it, bits to its end, bits it shares."""
    said = 0.0
    for stretch in sentence.segments if shared else ():
        begun, said = said, said + bits_said([stretch], sentence)
        if both := bits_said(common_places([stretch], shared), sentence):
            telling.append((begun, said, both))
    best = 0.0
    for number, (begun, *_) in enumerate(telling):
        both = 0.0
        for _, ended, common in telling[number:]:
            both += common
            best = max(best, 2 * both / (ended - begun + other_bits))
    return min(1.0, best)


def _agreement(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of common members, one half where neither side has any."""
    return len(one & other) / len(one | other) if one or other else 0.5
