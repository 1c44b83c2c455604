"""What other local sentences take of the same source.

One long superior sentence is often spread over several local ones: 健全协调机制，组织排查整治，加强宣传教育 becomes three sentences of
one measure. Each shares little with the source, but what it shares no other one has. A sentence of the local document's own that
goes on about a provision taken just before (who draws up the list, by what procedure) shares words that are taken already.
"""

from collections.abc import Sequence
from math import log1p

from policydiff.comparison.character_runs import Places, Side
from policydiff.comparison.evidence import Candidate, bits_said, source_places

FIGURES = (
    "left_by_mates",
    "taken_by_mate",
    "source_covered_together",
    "article_share",
    "article_taken",
    "article_taken_elsewhere",
    "article_rival",
)
"""How much of the words shared with the source another sentence nearby shares too, times the score with which that one comes from
the source; how much surer than that the surest of such sentences comes from it; how much of the source all of these say together. Then of the source's article, in scores of sentences: what the other
sentences of the local article take of it, on the mean and in sum, what the local article that takes most of it otherwise does, and
what the local article takes of that other superior article which it takes most of."""

_REACH = 3
"""Sentences before and after that may share a source across the bounds of an article; within an article all may."""
_COUNTED = 0.3
"""Score from which a sentence is held to take what it shares: it may be derived."""


def sharing_figures(
    local: Side,
    superior: Side,
    found: Sequence[Sequence[Candidate]],
    alone: Sequence[Sequence[float]],
) -> list[list[tuple[float, ...]]]:
    """Return the values of `FIGURES` for each candidate of each local sentence.

    Args:
        local: The local sentences.
        superior: The superior sentences.
        found: Candidates of each local sentence.
        alone: Probability of each candidate without its surroundings.
    """
    claims: dict[int, dict[int, tuple[float, Candidate]]] = {}
    for row, (members, scores) in enumerate(zip(found, alone, strict=True)):
        for candidate, score in zip(members, scores, strict=True):
            claims.setdefault(candidate.source, {})[row] = score, candidate
    articles = _Articles(local, superior, found, alone)
    figures: list[list[tuple[float, ...]]] = []
    for row, members in enumerate(found):
        near = {*range(row - _REACH, row + _REACH + 1), *local.members[local.group[row]]} - {row}
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
    """What each local article takes of each superior one: sums of the best scores of its sentences."""

    def __init__(
        self,
        local: Side,
        superior: Side,
        found: Sequence[Sequence[Candidate]],
        alone: Sequence[Sequence[float]],
    ) -> None:
        self._local = local
        self._best: list[dict[int, float]] = []
        """For each local sentence its best score in each superior article."""
        self._taken: dict[int, dict[int, float]] = {}
        """For each local article what its sentences take of each superior one."""
        self._takers: dict[int, list[tuple[float, int]]] = {}
        """For each superior article the local ones that take of it, the most first."""
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
        """Return the figures of a sentence and a superior article in which it has a candidate."""
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
                taken = max(taken, score * bits_said(_common(own, theirs), source) / size)
            together = _union(together, theirs)
    covered = bits_said(together, source) / source.bits if source.bits else 0.0
    return mate - taken, taken, covered


def _common(one: Sequence[Places], other: Sequence[Places]) -> list[Places]:
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


def _union(one: Sequence[Places], other: Sequence[Places]) -> list[Places]:
    """Return what lies in either of two lists of ranges, rising and apart."""
    ranges: list[Places] = []
    for start, end in sorted([*one, *other]):
        if ranges and start <= ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(end, ranges[-1][1]))
        else:
            ranges.append((start, end))
    return ranges
