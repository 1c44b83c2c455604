"""Headings of both versions: by their words, and by what stands under them."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from rapidfuzz.distance import Indel

from policydiff.revision.assignment import assign
from policydiff.revision.grouping import Match
from policydiff.revision.units import Unit

_SAME = 0.45
"""Mean of words and contents above which a heading continues another."""


def match_headings(old: Sequence[Unit], new: Sequence[Unit], below: Sequence[Match]) -> list[Match]:
    """Return the matches of headings; `below` are the matches of the units that stand under them.

    一般规定 under three chapters is told apart by the articles under it; a chapter renamed keeps its articles.
    """
    shared: Counter[tuple[int, int]] = Counter()
    sizes: tuple[defaultdict[int, int], defaultdict[int, int]] = defaultdict(int), defaultdict(int)
    for match in below:
        for side, units in enumerate((match.old, match.new)):
            for parent in units[0].parents:
                sizes[side][parent] += 1
        for one in match.old[0].parents:
            for other in match.new[0].parents:
                shared[one, other] += 1
    words = [unit.words for unit in old], [unit.words for unit in new]
    likeness: dict[tuple[int, int], float] = {}
    for i, one_unit in enumerate(old):
        for j, other_unit in enumerate(new):
            if one_unit.kind is not other_unit.kind:
                continue
            ratio = Indel.normalized_similarity(words[0][i], words[1][j])
            size = max(sizes[0][one_unit.place], sizes[1][other_unit.place])
            inside = shared[one_unit.place, other_unit.place] / size if size else ratio
            nearness = abs(i / len(old) - j / len(new))
            likeness[i, j] = (ratio + inside) / 2 - 0.02 * nearness
    pairs = assign({pair: value - _SAME for pair, value in likeness.items() if value > _SAME})
    return [Match((old[i],), (new[j],)) for i, j in pairs]
