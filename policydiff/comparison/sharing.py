"""What other local sentences take of the same source.

One long superior sentence is often spread over several local ones: 健全协调机制，组织排查整治，加强宣传教育 becomes three sentences of
one measure. Each shares little with the source, but what it shares no other one has. A sentence of the local document's own that
goes on about a provision taken just before (who draws up the list, by what procedure) shares words that are taken already.
"""

from collections.abc import Sequence

from policydiff.comparison.evidence import Candidate, bits_said, source_places
from policydiff.comparison.sides import Places, Side

FIGURES = ("left_by_mates", "taken_by_mate", "source_covered_together")
"""How much of the words shared with the source another sentence nearby shares too, times the score with which that one comes from
the source; how much surer than that the surest of such sentences comes from it; how much of the source all of these say together."""

_REACH = 3
"""Sentences before and after that may share a source across the bounds of an article; within an article all may."""
_COUNTED = 0.3
"""Score from which a sentence is held to take what it shares: it may be derived."""


def sharing_figures(
    local: Side,
    superior: Side,
    found: Sequence[Sequence[Candidate]],
    alone: Sequence[Sequence[float]],
) -> list[list[tuple[float, float, float]]]:
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
    figures = []
    for row, members in enumerate(found):
        near = {*range(row - _REACH, row + _REACH + 1), *local.members[local.group[row]]} - {row}
        figures.append(
            [
                _figures(candidate, [mine[place] for place in sorted(near & mine.keys())], superior)
                for candidate in members
                for mine in (claims[candidate.source],)
            ]
        )
    return figures


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
