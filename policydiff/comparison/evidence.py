"""What speaks for a local sentence coming from a superior one: a row of figures for each candidate."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import compress
from math import log, log1p

from rapidfuzz.fuzz import ratio

from policydiff.comparison.overlap import Run, shared_runs
from policydiff.comparison.sides import Sentence, Side
from policydiff.comparison.vectors import Weights, cosines

CANDIDATES = 8
"""Superior sentences looked at closely for each local one."""
_RARE_RUN = 3
_COMMON_PHRASE_BITS = 30.0
"""A shared run that says less than this in legislation at large counts in part."""

FIGURES = (
    "cosine",
    "group_cosine",
    "rarest_runs",
    "local_covered",
    "source_covered",
    "shared_bits",
    "longest_run",
    "ratio",
    "both_headings",
    "one_heading",
    "local_length",
    "source_length",
    "numbers",
    "force",
    "rank",
    "lead",
    "rival",
    "who",
    "what",
    "left_over",
)
"""Names of the figures of a candidate, in order; the trained weights are kept under these names."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A superior sentence that a local sentence may come from."""

    source: int
    """Index of the superior sentence."""
    figures: tuple[float, ...]
    """Values of `FIGURES`."""
    runs: tuple[Run, ...]
    """Shared runs of the folded words."""
    covered: float
    """Share of what the local sentence says that the shared runs say."""
    source_covered: float
    """The same share of what the superior sentence says."""


def candidates(local: Side, superior: Side) -> list[list[Candidate]]:
    """Return for each local sentence its most promising superior sentences, best first by a cheap score.

    A sentence that is nothing but formulas has none.
    """
    return _Matcher(local, superior).candidates()


class _Matcher:
    def __init__(self, local: Side, superior: Side) -> None:
        self.local, self.superior = local, superior
        sentences = (*local.sentences, *superior.sentences)
        self.size = len(sentences)
        weights = Weights(sentence.runs for sentence in sentences)
        self.cosine = cosines(
            [weights.unit_vector(sentence.runs) for sentence in local.sentences],
            [weights.unit_vector(sentence.runs) for sentence in superior.sentences],
        )
        here, there = _group_bags(local), _group_bags(superior)
        self.group_cosine = cosines(
            [weights.unit_vector(bag) for bag in here], [weights.unit_vector(bag) for bag in there]
        )
        self.holding = _holding(sentences)
        self.frequency: dict[str, int] = {}
        self.cheap = self._cheap()
        self.best_for_source = [max(column) for column in zip(*self.cheap, strict=True)]

    def _cheap(self) -> list[list[float]]:
        """Return the cheap score of each local with each superior sentence.

        Three in four pairs of sentences share no telling run: only the likeness of their groups is left of the score.
        """
        near_of_group = [[0.2 * near[group] for group in self.superior.group] for near in self.group_cosine]
        columns = range(len(self.superior))
        cheap = []
        for cosine, group in zip(self.cosine, self.local.group, strict=True):
            line = near_of_group[group].copy()
            for column in compress(columns, cosine):
                line[column] += 0.8 * cosine[column]
            cheap.append(line)
        return cheap

    def candidates(self) -> list[list[Candidate]]:
        return [
            self._candidates_of(row) if sentence.words and not sentence.generic else []
            for row, sentence in enumerate(self.local.sentences)
        ]

    def _candidates_of(self, row: int) -> list[Candidate]:
        cheap = self.cheap[row]
        columns = nlargest(CANDIDATES, range(len(cheap)), key=cheap.__getitem__)
        columns = [column for column in columns if self.superior.sentences[column].words]
        return [self._candidate(row, column, rank, columns) for rank, column in enumerate(columns)]

    def _candidate(self, row: int, column: int, rank: int, columns: Sequence[int]) -> Candidate:
        one, other = self.local.sentences[row], self.superior.sentences[column]
        runs = shared_runs(one.words, other.words)
        shared = 0.0
        longest = 0
        rare: list[float] = []
        for run in runs:
            start, _, length = run
            said = one.bits_before[start + length] - one.bits_before[start]
            shared += said
            longest = max(longest, length)
            if length >= _RARE_RUN:
                words = one.words[start : start + length]
                rare.append(
                    log(self.size / min(self.size, self._frequency(words)))
                    * min(1.0, said / _COMMON_PHRASE_BITS)
                )
        rare.sort(reverse=True)
        cheap = self.cheap[row]
        second = max((cheap[index] for index in columns if index != column), default=0.0)
        covered = shared / one.bits if one.bits else 0.0
        source_covered = _said_in_source(runs, other) / other.bits if other.bits else 0.0
        figures = (
            self.cosine[row][column],
            self.group_cosine[self.local.group[row]][self.superior.group[column]],
            sum(rare[:3]),
            covered,
            source_covered,
            log1p(shared),
            float(longest),
            ratio(one.words, other.words) / 100,
            float(one.heading and other.heading),
            float(one.heading != other.heading),
            one.length,
            other.length,
            _agreement(one.numbers, other.numbers),
            _agreement(one.force, other.force),
            float(rank),
            cheap[column] - second,
            self.best_for_source[column] - cheap[column],
            ratio(one.who, other.who) / 100 if one.who and other.who else 0.5,
            ratio(one.what, other.what) / 100,
            one.bits - shared,
        )
        return Candidate(column, figures, tuple(runs), covered, source_covered)

    def _frequency(self, run: str) -> int:
        """Return how often the words of both documents hold a run."""
        known = self.frequency.get(run)
        if known is None:
            holding = min((self.holding[pair] for pair in map(str.__add__, run, run[1:])), key=len)
            known = self.frequency[run] = sum(words.count(run) for words in holding)
        return known


def _holding(sentences: Sequence[Sentence]) -> dict[str, list[str]]:
    """Return for each pair of neighbouring characters the words of the sentences that hold it."""
    holding: dict[str, list[str]] = {}
    for sentence in sentences:
        for pair in sentence.runs:
            if len(pair) > 1:
                holding.setdefault(pair, []).append(sentence.words)
    return holding


def _group_bags(side: Side) -> list[Counter[str]]:
    bags = []
    for members in side.members.values():
        bag: Counter[str] = Counter()
        for index in members:
            bag.update({run: count for run, count in side.sentences[index].runs.items() if len(run) > 1})
        bags.append(bag)
    return bags


def _said_in_source(runs: Sequence[Run], source: Sentence) -> float:
    """Return what the shared runs say in the source, a part that serves twice counted once."""
    said = 0.0
    done = 0
    for _, start, length in sorted(runs, key=_in_source):
        begin, end = max(start, done), start + length
        if end > begin:
            said += source.bits_before[end] - source.bits_before[begin]
            done = end
    return said


def _in_source(run: Run) -> tuple[int, int]:
    _, start, length = run
    return start, -length


def _agreement(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of common members, one half where neither side has any."""
    return len(one & other) / len(one | other) if one or other else 0.5
