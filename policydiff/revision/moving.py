"""Clauses that stand under another heading than before: what is said under 鼓励措施 and under 法律责任 is not the same rule."""

from collections.abc import Mapping, Sequence

from policydiff.revision.grouping import Match
from policydiff.revision.units import Unit, UnitGroup


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
