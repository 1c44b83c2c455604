"""Units renumbered and moved, and headings paired by their words and by the clauses under them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from policydiff.lexicon.shortest_edits import common_share, in_order
from policydiff.model import ClauseKind, Fact, NumbersShifted, PunctuationDiffers
from policydiff.revision.containment import Match
from policydiff.revision.pairing import assign
from policydiff.revision.units import Unit, UnitGroup
from policydiff.substance.following import Numbering

_KIND_OF = {
    ClauseKind.PART: "编",
    ClauseKind.CHAPTER: "章",
    ClauseKind.SECTION: "节",
    ClauseKind.ARTICLE: "条",
}


def numbering(matches: Sequence[Match]) -> Numbering:
    """Return where the numbered articles and headings went."""
    moved: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for match in matches:
        for old in match.old:
            for new in match.new:
                kind = _KIND_OF.get(old.kind) if old.kind else None
                if kind and old.kind is new.kind and old.number and new.number:
                    moved[kind][old.number].add(new.number)
    return Numbering(
        {kind: {old: frozenset(new) for old, new in numbers.items()} for kind, numbers in moved.items()}
    )


def renumbered(match: Match) -> bool:
    """Return whether the primary unit has another number than before."""
    old, new = match.old[0], match.new[0]
    return old.number is not None and new.number is not None and old.number != new.number


def moved(matches: Sequence[Match]) -> set[str]:
    """Return the ids (of the primary new units) of matches that left the order the others kept.

    Body units and headings are ordered each for themselves.
    """
    gone: set[str] = set()
    for groups in ((UnitGroup.BODY, UnitGroup.TABLE), (UnitGroup.HEADING,)):
        ordered = sorted(
            (match for match in matches if match.old[0].group in groups),
            key=lambda match: match.old[0].place,
        )
        kept = in_order([match.new[0].place for match in ordered])
        gone.update(match.new[0].id for index, match in enumerate(ordered) if index not in kept)
    return gone


def cascades(matches: Sequence[Match], gone: set[str]) -> Iterator[NumbersShifted]:
    """Yield a fact for each place from which numbers are shifted, in place of one for every clause.

    Articles are one series through the document, other numbered clauses one under each heading. `gone` are the
    ids of moved units, which shift nothing.
    """
    series: defaultdict[tuple[object, ...], list[tuple[Unit, int]]] = defaultdict(list)
    for match in sorted(matches, key=lambda match: match.old[0].place):
        old, new = match.old[0], match.new[0]
        if new.id in gone or not (old.number or "").isdecimal() or not (new.number or "").isdecimal():
            continue
        above = () if old.kind is ClauseKind.ARTICLE else (old.parents, old.group)
        series[old.kind, above].append((old, int(new.number or 0) - int(old.number or 0)))
    for members in series.values():
        before = 0
        for unit, shift in members:
            if shift != before:
                yield NumbersShifted(clause=unit.id, label=unit.label or unit.number or unit.id, by=shift)
            before = shift


def in_english(fact: Fact) -> str:
    """Return a fact in a few words.

    >>> in_english(NumbersShifted(clause="art_21", label="第二十一条", by=3))
    '第二十一条 onwards +3'
    """
    if isinstance(fact, NumbersShifted):
        return f"{fact.label} onwards {fact.shift}"
    if isinstance(fact, PunctuationDiffers):
        return f"{fact.clauses} units differ only in punctuation"
    return f"{fact.clauses} units differ only in references that follow the renumbering"


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
