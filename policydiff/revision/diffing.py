"""Two versions of one document, unit by unit. A diff applied to the units of the old version gives those of the new one."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from policydiff.collector import collecting_seldom
from policydiff.lexicon.shortest_edits import common_share
from policydiff.lexicon.widths import fold_words, separated
from policydiff.model import (
    Change,
    ChangeKind,
    Document,
    Fact,
    Genre,
    PunctuationDiffers,
    Reference,
    ReferencesFollow,
    RevisionDiff,
    RevisionSummary,
    Wording,
    WordingOp,
)
from policydiff.revision.containment import (
    Match,
    cascades,
    in_english,
    left_headings,
    match_headings,
    match_units,
    moved,
    numbering,
    renumbered,
)
from policydiff.revision.outside import compared, left_out_differs, outside_changes, sides_doubt, whole_text
from policydiff.revision.substantial import Substance, heaviest, told_once
from policydiff.revision.units import Unit, UnitGroup, document_units
from policydiff.substance.following import Numbering, only_follows
from policydiff.substance.vocabulary import genre_of
from policydiff.substance.weighing import OF_SUBSTANCE

_ALONE = (UnitGroup.TITLE, UnitGroup.CARRIER, UnitGroup.PREFACE)


@collecting_seldom()
def diff_documents(old: Document, new: Document, *, strict: bool = False) -> RevisionDiff:
    """Return the change of every unit of two versions.

    `strict` counts punctuation, width, spacing, variant characters and references that only follow a renumbering as
    modifications; without it they are kept in `wording` of unchanged units.
    """
    units = document_units(old), document_units(new)
    genre = Genre.STATUTE if Genre.STATUTE in (genre_of(old), genre_of(new)) else Genre.POLICY
    result = _Result(units, _match(*units), genre=genre, strict=strict)
    return result.build(old.reference, new.reference, _Outside(old, new)).made_from(old, new)


def match_documents(old: Document, new: Document) -> list[Match]:
    """Return the corresponding units of two versions, as `diff_documents` has them, without their differences."""
    return _match(document_units(old), document_units(new))


def _match(old: Sequence[Unit], new: Sequence[Unit]) -> list[Match]:
    """Return the matches of all groups, the same whichever side is called old.

    Ties are broken in the order of one side, so the pairing always runs from the shorter version to the longer one.
    """
    if _size(old) <= _size(new):
        return _match_from(old, new)
    return [match.turned() for match in _match_from(new, old)]


def _size(units: Sequence[Unit]) -> tuple[int, list[str]]:
    texts = [unit.text for unit in units]
    return sum(map(len, texts)), texts


def _match_from(old: Sequence[Unit], new: Sequence[Unit]) -> list[Match]:
    """Return the matches of all groups; headings last, as they are known by the units under them."""
    matches: list[Match] = []
    for group in (UnitGroup.TITLE, UnitGroup.CARRIER, UnitGroup.PREFACE, UnitGroup.TABLE, UnitGroup.BODY):
        sides = _of(old, group), _of(new, group)
        if group in _ALONE and len(sides[0]) == len(sides[1]) == 1:
            matches.append(Match((sides[0][0],), (sides[1][0],)))
        elif sides[0] and sides[1]:
            matches.extend(match_units(*sides))
    matches.extend(match_headings(old, new, matches))
    matches.extend(_divided(old, new, matches))
    return matches


def _of(units: Sequence[Unit], group: UnitGroup) -> list[Unit]:
    return [unit for unit in units if unit.group is group]


def _divided(old: Sequence[Unit], new: Sequence[Unit], matches: Sequence[Match]) -> list[Match]:
    """Return matches of a clause that was divided into clauses of its own (or the reverse), by its first line."""
    taken = {id(unit) for match in matches for unit in (*match.old, *match.new)}
    groups = (UnitGroup.HEADING, UnitGroup.BODY)
    openings: dict[tuple[object, str], list[Unit]] = {}
    for unit in old:
        if unit.group in groups and id(unit) not in taken:
            openings.setdefault((unit.kind, _opening(unit)), []).append(unit)
    found: list[Match] = []
    for unit in new:
        if unit.group in groups and id(unit) not in taken:
            same = openings.get((unit.kind, _opening(unit)), [])
            if len(same) == 1 and same[0].group is not unit.group:
                found.append(Match((same.pop(),), (unit,)))
    return found


def _opening(unit: Unit) -> str:
    return fold_words(unit.text.split("\n", 1)[0])


class _Outside(NamedTuple):
    """The two documents, for the lines outside their clauses."""

    old: Document
    new: Document


class _Result:
    """Turns matches into changes, in the order of the new text."""

    def __init__(
        self,
        units: tuple[Sequence[Unit], Sequence[Unit]],
        matches: list[Match],
        *,
        genre: Genre,
        strict: bool,
    ) -> None:
        self.old, self.new = units
        self.matches = matches
        self.strict = strict
        self.numbering: Numbering = numbering(matches)
        self.gone = moved(matches)
        self.headings = left_headings(units, matches)
        self.substance = Substance(units, matches, self.numbering, genre)
        self.following = 0
        self.repunctuated: list[Unit] = []

    def build(self, old: Reference, new: Reference, beside: "_Outside") -> RevisionDiff:
        """Return the whole result."""
        changes = tuple(told_once(self._changes()))
        facts: list[Fact] = [*cascades(self.matches, self.gone)]
        if self.following:
            facts.append(ReferencesFollow(clauses=self.following))
        if self.repunctuated:
            labels = tuple(unit.label or unit.id for unit in self.repunctuated)
            facts.append(PunctuationDiffers(clauses=len(self.repunctuated), labels=labels))
        if (aside := left_out_differs(*beside)) is not None:
            facts.append(aside)
        counts: Counter[str] = Counter()
        for change in changes:
            counts[change.kind.value] += 1
            counts["renumbered"] += change.renumbered
            counts["moved"] += change.moved
            counts["of_substance"] += change.weight >= OF_SUBSTANCE
        summary = RevisionSummary(**counts)
        outside = outside_changes(*beside)
        if not outside and not summary.differs:
            outside = whole_text(*beside)
        return RevisionDiff(
            old=old,
            new=new,
            summary=summary.model_copy(update={"outside": len(outside)}),
            changes=changes,
            outside=outside,
            doubt=sides_doubt(*beside, summary, len(changes)),
            facts=tuple(facts),
            notes=tuple(in_english(fact) for fact in facts),
        )

    def _changes(self) -> list[Change]:
        placed: list[tuple[tuple[int, int, int], Change]] = []
        place_of: dict[int, int] = {}
        seen: set[int] = set()
        for match in self.matches:
            first = min(unit.place for unit in match.new)
            placed.append(((first, 0, 0), self._matched(match)))
            seen.update(unit.place for unit in match.new)
            for unit in match.old:
                place_of[unit.place] = first
        new = (unit for unit in self.new if unit.place not in seen)
        placed.extend(((unit.place, 0, 0), self._alone(unit, comes=True)) for unit in new)
        last = -1
        for unit in self.old:
            if unit.place in place_of:
                last = place_of[unit.place]
                continue
            placed.append(((last, 1, unit.place), self._alone(unit, comes=False)))
        placed.sort(key=lambda item: item[0])
        return [change for _, change in placed]

    def _alone(self, unit: Unit, *, comes: bool) -> Change:
        """Return the change of a clause that stands on the new side only, or on the old side only."""
        signals = self.substance.alone(unit, comes=comes)
        operation = WordingOp.INSERT if comes else WordingOp.DELETE
        return Change(
            kind=ChangeKind.ADDED if comes else ChangeKind.REMOVED,
            similarity=0.0,
            wording=(Wording(operation, unit.text),) if unit.text else (),
            signals=signals,
            weight=heaviest(signals),
            **{"new" if comes else "old": (unit.reference(),)},
        )

    def _matched(self, match: Match) -> Change:
        old = "\n".join(unit.text for unit in match.old)
        new = "\n".join(unit.text for unit in match.new)
        kind = self._kind(match, old, new)
        wording = () if old == new else compared(old, new)
        changed = kind is not ChangeKind.UNCHANGED
        signals = self.substance.matched(match, old, new, changed=changed)
        left = self.headings.get(match.new[0].place)
        return Change(
            kind=kind,
            renumbered=renumbered(match),
            moved=match.new[0].id in self.gone or left is not None,
            moved_from=left[0] if left else None,
            moved_to=left[1] if left else None,
            old=tuple(unit.reference() for unit in match.old),
            new=tuple(unit.reference() for unit in match.new),
            similarity=_similarity(match) if changed else 1.0,
            wording=wording,
            signals=signals,
            weight=heaviest(signals),
        )

    def _kind(self, match: Match, old: str, new: str) -> ChangeKind:
        if len(match.old) > 1 or len(match.new) > 1:
            return ChangeKind.SPLIT if match.divided else ChangeKind.MERGED
        return ChangeKind.UNCHANGED if old == new or self._same(match, old, new) else ChangeKind.MODIFIED

    def _same(self, match: Match, old: str, new: str) -> bool:
        """Return whether texts that differ mean the same, and count those that only follow a renumbering."""
        if self.strict:
            return False
        if match.old[0].words == match.new[0].words:
            if separated(old) != separated(new):
                self.repunctuated.append(match.new[0])
            return True
        follows = only_follows(old, new, self.numbering, self.substance.followed(match))
        self.following += follows
        return follows


def _similarity(match: Match) -> float:
    old, new = ("".join(unit.words for unit in units) for units in (match.old, match.new))
    return min(round(common_share(old, new), 4), 0.9999)
