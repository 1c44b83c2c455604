"""What became of numbers and order: units renumbered and moved, and the few facts that explain them all."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from policydiff.lexicon.shortest_edits import in_order
from policydiff.model import ClauseKind, Fact, NumbersShifted
from policydiff.revision.grouping import Match
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
    return f"{fact.clauses} units differ only in references that follow the renumbering"
