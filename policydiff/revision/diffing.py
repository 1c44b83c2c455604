"""Compares two versions of one document unit by unit, and follows clauses through all versions.

Applying a diff to the units of the old version gives the units of the new one. A clause keeps its identity when its number changes.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from policydiff.collector import collecting_seldom
from policydiff.errors import NotFoundError
from policydiff.lexicon.shortest_edits import common_share
from policydiff.lexicon.widths import fold_words, separated
from policydiff.model import (
    Appearance,
    Change,
    ChangeKind,
    ClauseLine,
    Document,
    Fact,
    Genre,
    PunctuationDiffers,
    ReferencesFollow,
    RevisionDiff,
    RevisionHistory,
    RevisionStep,
    RevisionSummary,
    UnitRef,
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
from policydiff.revision.substantial import Substance, heaviest
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
    return result.build(old, new).made_from(old, new)


def match_documents(old: Document, new: Document) -> list[Match]:
    """Return the corresponding units of two versions, as `diff_documents` has them, without their differences."""
    return _match(document_units(old), document_units(new))


def _match(old: Sequence[Unit], new: Sequence[Unit]) -> list[Match]:
    """Return the matches of all groups, which do not depend on the side called old: the pairing always starts from the shorter version."""
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
        sides = [[unit for unit in units if unit.group is group] for units in (old, new)]
        if group in _ALONE and len(sides[0]) == len(sides[1]) == 1:
            matches.append(Match((sides[0][0],), (sides[1][0],)))
        elif sides[0] and sides[1]:
            matches.extend(match_units(*sides))
    matches.extend(match_headings(old, new, matches))
    matches.extend(_divided(old, new, matches))
    return matches


def _divided(old: Sequence[Unit], new: Sequence[Unit], matches: Sequence[Match]) -> list[Match]:
    """Return matches, by first line, of a clause that was divided into clauses of its own (or the reverse)."""
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

    def build(self, old: Document, new: Document) -> RevisionDiff:
        """Return the whole result; lines outside the clauses are read from the documents."""
        changes = tuple(self._changes())
        facts: list[Fact] = [*cascades(self.matches, self.gone)]
        if self.following:
            facts.append(ReferencesFollow(clauses=self.following))
        if self.repunctuated:
            names = tuple(unit.name for unit in self.repunctuated)
            facts.append(PunctuationDiffers(clauses=len(names), labels=names))
        if (aside := left_out_differs(old, new)) is not None:
            facts.append(aside)
        counts: Counter[str] = Counter()
        for change in changes:
            counts[change.kind.value] += 1
            counts["renumbered"] += change.renumbered
            counts["moved"] += change.moved
            counts["of_substance"] += change.weight >= OF_SUBSTANCE
        summary = RevisionSummary(**counts)
        outside = outside_changes(old, new)
        if not outside and not summary.differs:
            outside = whole_text(old, new)
        return RevisionDiff(
            old=old.reference,
            new=new.reference,
            summary=summary.model_copy(update={"outside": len(outside)}),
            changes=changes,
            outside=outside,
            doubt=sides_doubt(old, new, summary, len(changes)),
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
        """Return the change of a clause that only one side has (`comes`: the new side)."""
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
        old_words, new_words = ("".join(unit.words for unit in units) for units in (match.old, match.new))
        return Change(
            kind=kind,
            renumbered=renumbered(match),
            moved=match.new[0].id in self.gone or left is not None,
            moved_from=left[0] if left else None,
            moved_to=left[1] if left else None,
            old=tuple(unit.reference() for unit in match.old),
            new=tuple(unit.reference() for unit in match.new),
            similarity=min(round(common_share(old_words, new_words), 4), 0.9999) if changed else 1.0,
            wording=wording,
            signals=signals,
            weight=heaviest(signals),
        )

    def _kind(self, match: Match, old: str, new: str) -> ChangeKind:
        if len(match.old) > 1 or len(match.new) > 1:
            return ChangeKind.SPLIT if match.divided else ChangeKind.MERGED
        return ChangeKind.UNCHANGED if old == new or self._same(match, old, new) else ChangeKind.MODIFIED

    def _same(self, match: Match, old: str, new: str) -> bool:
        """Return whether different texts mean the same, and count texts that only follow a renumbering."""
        if self.strict:
            return False
        if match.old[0].words == match.new[0].words:
            if separated(old) != separated(new):
                self.repunctuated.append(match.new[0])
            return True
        follows = only_follows(old, new, self.numbering, self.substance.followed(match))
        self.following += follows
        return follows


def history(documents: Sequence[Document], *, strict: bool = False) -> RevisionHistory:
    """Return the line of every clause of any version; the versions come oldest first.

    Each version is compared with the version before; a clause keeps its line while it is unchanged, modified, renumbered
    or moved. After a split, the part most like the clause keeps the line; a merged clause keeps the line of its primary.
    """
    named = tuple(document.reference for document in documents)
    lines = _Lines([reference.version or str(index) for index, reference in enumerate(named)])
    if documents:
        lines.begin([unit.reference() for unit in document_units(documents[0])])
    steps: list[RevisionStep] = []
    for version in range(1, len(documents)):
        diff = diff_documents(documents[version - 1], documents[version], strict=strict)
        lines.follow(diff, version)
        steps.append(RevisionStep(summary=diff.summary, facts=diff.facts, doubt=diff.doubt))
    return RevisionHistory(versions=named, steps=tuple(steps), clauses=lines.clauses()).made_from(*documents)


def choose_clauses(found: RevisionHistory, names: Iterable[str]) -> RevisionHistory:
    """Return the history of only those clauses named by id (`chp_2__art_12`, `art_12`) or printed number (`第十二条`).

    A number is that of the newest version holding the clause; a name without such a clause is looked for in all versions.
    Raises NotFoundError if no clause of any version has one of the names.
    """
    chosen: set[str] = set()
    for name in names:
        lines = [line for line in found.clauses if _bears(line.last.unit, name)] or [
            line for line in found.clauses if any(_bears(seen.unit, name) for seen in line.appearances)
        ]
        if not lines:
            raise NotFoundError(f"no version has a clause {name}: give its number as printed, or its id")
        chosen.update(line.key for line in lines)
    return found.model_copy(update={"clauses": tuple(line for line in found.clauses if line.key in chosen)})


def last_written(found: RevisionHistory, newest: Document) -> list[tuple[UnitRef, int]]:
    """Return each clause of the newest version, in reading order, with the index of the version from which its words come.

    Punctuation and width are ignored. The words of a split part are as old as in the whole; a merger is as old as its
    newest part if its parts make up all of its words.
    """
    seen = {(line.key, each.version): each for line in found.clauses for each in line.appearances}
    words = {place: fold_words(each.unit.text) for place, each in seen.items()}

    def written(key: str, version: int, sought: str) -> int:
        while True:
            olds = [old for old in (key, *seen[key, version].also_from) if (old, version - 1) in words]
            whole = next((old for old in olds if sought in words[old, version - 1]), None)
            if whole is None:
                break
            key, version = whole, version - 1
        parts = [(old, part) for old in olds if (part := words[old, version - 1]) and part in sought]
        if len(parts) > 1 and sum(len(part) for _, part in parts) >= len(sought):
            return max(written(old, version - 1, part) for old, part in parts)
        return version

    now = len(found.versions) - 1
    keys = {line.last.unit.id: line.key for line in found.clauses if line.last.version == now}
    units = [unit.reference() for unit in document_units(newest)]
    return [(unit, written(keys[unit.id], now, words[keys[unit.id], now])) for unit in units]


def _bears(unit: UnitRef, name: str) -> bool:
    printed = unit.label is not None and fold_words(unit.label) == fold_words(name)
    return printed or unit.id == name or unit.id.endswith(f"__{name}")


class _Lines:
    """The lines while versions are added."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._order: list[str] = []
        self._seen: dict[str, list[Appearance]] = {}
        self._ended: dict[str, tuple[int, str | None]] = {}
        self._current: dict[str, str] = {}
        """Id of a unit of the newest version so far to the key of its line."""

    def begin(self, units: Iterable[UnitRef]) -> None:
        """Begin a line for each unit of the first version."""
        for unit in units:
            key = self._key(0, unit)
            self._current[unit.id] = key
            self._seen[key] = [Appearance(version=0, unit=unit, kind=ChangeKind.ADDED)]
            self._order.append(key)

    def follow(self, diff: RevisionDiff, version: int) -> None:
        """Carry the lines on to the next version."""
        carried: dict[str, str] = {}
        order: list[str] = []
        for change in diff.changes:
            origins = [self._current[unit.id] for unit in change.old]
            kept = origins[:1] if change.new else []
            keys = [*kept, *(self._key(version, unit) for unit in change.new[len(kept) :])]
            for unit, key in zip(change.new, keys, strict=True):
                others = tuple(origin for origin in origins if origin != key)
                seen = self._seen.setdefault(key, [])
                before = seen[-1].unit if seen else None
                seen.append(_appearance(change, unit, version, before, others))
                carried[unit.id] = key
            for ended in origins[len(kept) :]:
                self._ended[ended] = version, kept[0] if kept else None
            order.extend(dict.fromkeys([*keys, *origins]))
        self._order = _with_ended(order, self._order)
        self._current = carried

    def clauses(self) -> tuple[ClauseLine, ...]:
        """Return the lines, in the order of the newest version."""
        ended = [(key, *self._ended.get(key, (None, None))) for key in self._order]
        return tuple(
            ClauseLine(key=key, appearances=tuple(self._seen[key]), removed_in=removed, merged_into=into)
            for key, removed, into in ended
        )

    def _key(self, version: int, unit: UnitRef) -> str:
        return f"{self._names[version]}:{unit.id}"


def _appearance(
    change: Change, unit: UnitRef, version: int, before: UnitRef | None, others: tuple[str, ...]
) -> Appearance:
    """Return a clause in a version; its words are set against its own alone, whatever else went into the change."""
    if before is None:
        return Appearance(version=version, unit=unit, kind=change.kind, also_from=others)
    wording = change.wording if len(change.old) == len(change.new) == 1 else ()
    if len(change.old) + len(change.new) > 2 and before.text != unit.text:
        from policydiff.revision.wording import compare_wording  # noqa: PLC0415 (equal texts do without)

        wording = compare_wording(before.text, unit.text)
    return Appearance(
        version=version,
        unit=unit,
        kind=change.kind,
        renumbered=change.renumbered,
        moved=change.moved,
        also_from=others,
        wording=wording,
        signals=change.signals,
    )


def _with_ended(order: Sequence[str], before: Sequence[str]) -> list[str]:
    """Return the order of a version, with ended lines placed after the lines that they followed before."""
    placed = set(order)
    behind: defaultdict[str | None, list[str]] = defaultdict(list)
    last: str | None = None
    for key in before:
        if key in placed:
            last = key
        else:
            behind[last].append(key)
    return [*behind[None], *(line for key in order for line in (key, *behind[key]))]
