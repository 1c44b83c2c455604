"""Features of a pair of local and superior sentence that come from the sentences around them.

A local document mostly keeps the order of the superior document: where a local sentence comes from the fifth
sentence of an article, the next local sentence probably comes from the sixth, even where its words are everyday words
(拒不改正的，责令停业整治。). One long superior sentence is often spread over several local sentences
(健全协调机制，组织排查整治，加强宣传教育 becomes three sentences of one measure). Each of them shares few words with
the source, but no other local sentence shares these words. A new local sentence that continues a provision just taken
over (who draws up the list, by which procedure) shares only words that another local sentence has taken already.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, log1p

from policydiff.comparison.character_runs import Side
from policydiff.comparison.evidence import (
    Candidate,
    bits_said,
    common_places,
    joined_places,
    source_places,
)

_OF_SHARING = (
    "left_by_mates", "taken_by_mate", "source_covered_together", "article_share", "article_taken",
    "article_taken_elsewhere", "article_rival",
)  # fmt: skip
"""In order: the highest score of a neighbour for the source, less the next figure; the share of the shared words that a neighbour
shares too, times its score; the share of the source that all neighbours cover together. For the source's article, in sums of best
scores (0…1 for each sentence; the last three as log(1 + sum)): the mean and the sum over the other sentences of the local article,
the greatest sum of another local article, and the greatest sum of the local article in another superior article."""

FIGURES = (
    "alone",
    "alone_of_next_best",
    "alone_of_three",
    "before",
    "after",
    "same_source_group",
    "in_order",
    "local_group",
    "local_and_source_group",
    "neighbours",
    "claimed_elsewhere",
    "document",
    "strangeness",
    "other_of_source_group",
    "taken_before",
    *_OF_SHARING,
)
"""Names of the figures of a candidate that describe its surroundings, in order."""

_REACH = 3
"""Number of local sentences before and after a sentence that count as its neighbours."""
_STEP = 6
"""Most superior sentences between the sources of two neighbours that count as in order."""


_KINSHIP = 0.25
"""Mean score (0…1) of the best candidates below which the local document counts as strange to the superior document."""
_LEAST_KINSHIP = 0.01
_ACKNOWLEDGED_KINSHIP = 0.2
"""Least mean score (0…1) of a document that names its superior as its basis, however few sentences it took:
from 0.18 to 0.22 recall grows on labelled documents that took few, and precision hardly changes."""


@dataclass(frozen=True, slots=True)
class _Choice:
    source: int
    score: float


def context_figures(
    local: Side,
    superior: Side,
    found: Sequence[Sequence[Candidate]],
    alone: Sequence[Sequence[float]],
    *,
    acknowledged: bool = False,
) -> list[list[tuple[float, ...]]]:
    """Return the values of `FIGURES` for each candidate; `alone` holds its probability without surroundings.

    A document that names the superior as its basis (`acknowledged`) does not count as strange.
    """
    return _Context(local, superior, found, alone, _ACKNOWLEDGED_KINSHIP if acknowledged else 0.0).figures()


class _Context:
    def __init__(
        self,
        local: Side,
        superior: Side,
        found: Sequence[Sequence[Candidate]],
        alone: Sequence[Sequence[float]],
        least_level: float,
    ) -> None:
        self.local, self.superior, self.found, self.alone = local, superior, found, alone
        self.choice: list[_Choice | None] = []
        self.claimed: dict[int, tuple[float, int]] = {}
        for row, scores in enumerate(alone):
            best = max(range(len(scores)), key=lambda place: (scores[place], -place), default=None)
            if best is None:
                self.choice.append(None)
                continue
            source, score = found[row][best].source, scores[best]
            self.choice.append(_Choice(source, score))
            if score > self.claimed.get(source, (0.0, 0))[0]:
                self.claimed[source] = (score, row)
        mean = sum(map(self._score, range(len(self.choice)))) / max(1, len(self.choice))
        self.level = level = max(mean, least_level)
        self.taken_before = self._taken_before()
        self.sharing = sharing_figures(local, superior, found, alone)
        self.strangeness = log(_KINSHIP / max(level, _LEAST_KINSHIP)) if level < _KINSHIP else 0.0

    def figures(self) -> list[list[tuple[float, ...]]]:
        return [self._row(row) for row in range(len(self.found))]

    def _score(self, row: int) -> float:
        choice = self.choice[row]
        return choice.score if choice is not None else 0.0

    def _taken_before(self) -> list[list[float]]:
        """Return for each candidate the greatest probability with which an earlier sentence of its article has the same source.

        Sentences that continue a taken provision (who draws up the list, by which procedure) share its words, but are mostly the
        local document's own.
        """
        taken: dict[int, dict[int, float]] = {}
        before = []
        for row, members in enumerate(self.found):
            known = taken.setdefault(self.local.group[row], {})
            before.append([known.get(candidate.source, 0.0) for candidate in members])
            for candidate, score in zip(members, self.alone[row], strict=True):
                known[candidate.source] = max(score, known.get(candidate.source, 0.0))
        return before

    def _row(self, row: int) -> list[tuple[float, ...]]:
        scores = self.alone[row]
        three = sum(sorted(scores, reverse=True)[:3])
        nearby = [other for other in (row - 2, row - 1, row + 1, row + 2) if 0 <= other < len(self.choice)]
        neighbours = sum(map(self._score, nearby)) / max(1, len(nearby))
        mates = [other for other in self.local.members[self.local.group[row]] if other != row]
        mean_of_mates = sum(map(self._score, mates)) / len(mates) if mates else neighbours
        of_group = [0.0] * len(scores)
        for place, candidate in enumerate(self.found[row]):
            group = self.superior.group[candidate.source]
            of_group[place] = sum(
                score
                for other, score in enumerate(scores)
                if other != place and self.superior.group[self.found[row][other].source] == group
            )
        return [
            (
                scores[place],
                max((score for other, score in enumerate(scores) if other != place), default=0.0),
                three,
                *self._around(row, candidate.source),
                mean_of_mates,
                self._best_of(mates, self.superior.group[candidate.source]),
                neighbours,
                self._claimed_elsewhere(row, candidate.source) - scores[place],
                self.level,
                self.strangeness,
                of_group[place],
                self.taken_before[row][place],
                *self.sharing[row][place],
            )
            for place, candidate in enumerate(self.found[row])
        ]

    def _around(self, row: int, source: int) -> tuple[float, float, float, float]:
        """Return scores from the neighbouring sentences: just before, just after, same superior article, in order."""
        before = after = same_group = in_order = 0.0
        group = self.superior.group[source]
        for offset in range(-_REACH, _REACH + 1):
            if offset == 0 or not 0 <= row + offset < len(self.choice):
                continue
            choice = self.choice[row + offset]
            if choice is None:
                continue
            step = choice.source - source
            if offset == -1 and -2 <= step <= 0:
                before = choice.score
            if offset == 1 and 0 <= step <= 2:
                after = choice.score
            if abs(offset) <= 2 and self.superior.group[choice.source] == group:
                same_group = max(same_group, choice.score)
            if 0 < step * (1 if offset > 0 else -1) <= _STEP:
                in_order += choice.score / abs(offset)
        return before, after, same_group, in_order

    def _best_of(self, rows: Sequence[int], group: int) -> float:
        best = 0.0
        for row in rows:
            choice = self.choice[row]
            if choice is not None and self.superior.group[choice.source] == group:
                best = max(best, choice.score)
        return best

    def _claimed_elsewhere(self, row: int, source: int) -> float:
        score, owner = self.claimed.get(source, (0.0, row))
        return score if owner != row else 0.0


_MATES_REACH = 3
"""Sentences before and after that may share a source across articles; within an article all sentences may."""
_COUNTED = 0.3
"""Score from which a sentence is assumed to take the shared words, because it may be derived."""


def sharing_figures(
    local: Side, superior: Side, found: Sequence[Sequence[Candidate]], alone: Sequence[Sequence[float]]
) -> list[list[tuple[float, ...]]]:
    """Return the values of `_OF_SHARING` for each candidate; `alone` holds its probability without surroundings."""
    claims: dict[int, dict[int, tuple[float, Candidate]]] = {}
    for row, (members, scores) in enumerate(zip(found, alone, strict=True)):
        for candidate, score in zip(members, scores, strict=True):
            claims.setdefault(candidate.source, {})[row] = score, candidate
    articles = _Articles(local, superior, found, alone)
    figures: list[list[tuple[float, ...]]] = []
    for row, members in enumerate(found):
        near = {*range(row - _MATES_REACH, row + _MATES_REACH + 1), *local.members[local.group[row]]} - {row}
        figures.append(
            [
                (
                    *_figures(candidate, [mine[place] for place in sorted(near & mine.keys())], superior),
                    *articles.figures(row, superior.group[candidate.source]),
                )
                for candidate in members
                for mine in (claims[candidate.source],)
            ]
        )
    return figures


class _Articles:
    """How much each local article takes from each superior article, in sums of the best scores of its sentences."""

    def __init__(
        self,
        local: Side,
        superior: Side,
        found: Sequence[Sequence[Candidate]],
        alone: Sequence[Sequence[float]],
    ) -> None:
        self._local = local
        self._best: list[dict[int, float]] = []
        """For each local sentence, its best score in each superior article."""
        self._taken: dict[int, dict[int, float]] = {}
        """For each local article, the sum of its scores in each superior article."""
        self._takers: dict[int, list[tuple[float, int]]] = {}
        """For each superior article, the local articles that take from it, in falling order of the sum."""
        for row, (members, scores) in enumerate(zip(found, alone, strict=True)):
            best: dict[int, float] = {}
            for candidate, score in zip(members, scores, strict=True):
                group = superior.group[candidate.source]
                best[group] = max(score, best.get(group, 0.0))
            self._best.append(best)
            taken = self._taken.setdefault(local.group[row], {})
            for group, score in best.items():
                taken[group] = taken.get(group, 0.0) + score
        for article, taken in self._taken.items():
            for group, score in taken.items():
                self._takers.setdefault(group, []).append((score, article))
        for takers in self._takers.values():
            takers.sort(key=lambda taker: (-taker[0], taker[1]))

    def figures(self, row: int, group: int) -> tuple[float, float, float, float]:
        """Return the figures of a sentence for a superior article in which it has a candidate."""
        article = self._local.group[row]
        own = self._best[row]
        taken = self._taken[article]
        by_mates = max(0.0, taken[group] - own[group])
        elsewhere = next((score for score, taker in self._takers[group] if taker != article), 0.0)
        rival = max(
            (score - own.get(other, 0.0) for other, score in taken.items() if other != group), default=0.0
        )
        mates = max(1, len(self._local.members[article]) - 1)
        return by_mates / mates, log1p(by_mates), log1p(elsewhere), log1p(max(0.0, rival))


def _figures(
    candidate: Candidate, mates: Sequence[tuple[float, Candidate]], superior: Side
) -> tuple[float, float, float]:
    mate = max((score for score, _ in mates), default=0.0)
    if mate < _COUNTED:
        return mate, 0.0, candidate.source_covered
    source = superior.sentences[candidate.source]
    own = source_places(candidate.runs)
    size = bits_said(own, source)
    together, taken = own, 0.0
    for score, other in mates:
        if score >= _COUNTED:
            theirs = source_places(other.runs)
            if size:
                taken = max(taken, score * bits_said(common_places(own, theirs), source) / size)
            together = joined_places(together, theirs)
    covered = bits_said(together, source) / source.bits if source.bits else 0.0
    return mate - taken, taken, covered
