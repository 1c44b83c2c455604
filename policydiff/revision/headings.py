"""Headings of both versions, by their words and by what stands under them; clauses that stand under another one than before."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from policydiff.lexicon.shortest_edits import common_share
from policydiff.revision.assignment import assign
from policydiff.revision.grouping import Match
from policydiff.revision.units import Unit, UnitGroup

_SAME = 0.45
"""Mean of words and contents above which a heading continues another."""


def match_headings(old: Sequence[Unit], new: Sequence[Unit], below: Sequence[Match]) -> list[Match]:
    """Return the matches of headings among the units of both sides; `below` are the matches of the other units.

    一般规定 under three chapters is told apart by the articles under it; a chapter renamed keeps its articles. Where
    none of its articles was kept, a chapter is continued by one of the same name alone.
    """
    peopled = {id(side[parent]) for side in (old, new) for unit in side for parent in unit.parents}
    headings = [[unit for unit in side if unit.group is UnitGroup.HEADING] for side in (old, new)]
    shared: Counter[tuple[int, int]] = Counter()
    sizes: tuple[defaultdict[int, int], defaultdict[int, int]] = defaultdict(int), defaultdict(int)
    for match in below:
        for side, units in enumerate((match.old, match.new)):
            for parent in units[0].parents:
                sizes[side][parent] += 1
        for above in match.old[0].parents:
            for beyond in match.new[0].parents:
                shared[above, beyond] += 1
    likeness: dict[tuple[int, int], float] = {}
    for i, one in enumerate(headings[0]):
        for j, other in enumerate(headings[1]):
            if one.kind is not other.kind:
                continue
            ratio = common_share(one.words, other.words)
            size = max(sizes[0][one.place], sizes[1][other.place])
            unknown = 0.0 if peopled.issuperset((id(one), id(other))) else ratio
            inside = shared[one.place, other.place] / size if size else unknown
            distance = abs(i / len(headings[0]) - j / len(headings[1]))
            likeness[i, j] = (ratio + inside) / 2 - 0.02 * distance
    pairs = assign({pair: value - _SAME for pair, value in likeness.items() if value > _SAME})
    return [Match((headings[0][i],), (headings[1][j],)) for i, j in pairs]


def left_headings(
    units: tuple[Sequence[Unit], Sequence[Unit]], matches: Sequence[Match]
) -> Mapping[int, tuple[str, str]]:
    """Return by place of the new clause the headings it left and came to, as printed.

    A heading renamed is the same heading; where neither heading has a counterpart (a text gained its first chapters),
    nothing was left.
    """
    heir: dict[int, int] = {}
    for match in matches:
        if match.old[0].group is UnitGroup.HEADING and match.new[0].group is UnitGroup.HEADING:
            heir[match.old[0].place] = match.new[0].place
    kept = set(heir.values())
    left: dict[int, tuple[str, str]] = {}
    for match in matches:
        old, new = match.old[0], match.new[0]
        if old.group is UnitGroup.HEADING or not old.parents or not new.parents:
            continue
        before, after = old.parents[-1], new.parents[-1]
        if heir.get(before) == after or (before not in heir and after not in kept):
            continue
        if heir.get(before) in new.parents or after in {heir.get(place) for place in old.parents}:
            continue  # only a level was put in or taken out between the clause and its heading
        left[new.place] = _name(units[0][before]), _name(units[1][after])
    return left


def _name(heading: Unit) -> str:
    return f"{heading.label or ''} {heading.text}".strip()
