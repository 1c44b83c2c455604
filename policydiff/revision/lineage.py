"""Clauses followed through many versions: one identity, whatever the number."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from policydiff.errors import NotFoundError
from policydiff.lexicon.widths import fold_words
from policydiff.model import (
    Appearance,
    Change,
    ChangeKind,
    ClauseLine,
    Document,
    RevisionDiff,
    RevisionHistory,
    RevisionStep,
    UnitRef,
)
from policydiff.revision.diffing import diff_documents
from policydiff.revision.units import document_units
from policydiff.revision.wording import compare_wording


def history(documents: Sequence[Document], *, strict: bool = False) -> RevisionHistory:
    """Return the line of every clause of any version; the versions come oldest first.

    Each version is compared with the one before; a clause keeps its line while it is unchanged, modified, renumbered
    or moved. Where a clause is split, the part most like it keeps the line; a merged clause keeps that of its primary.
    """
    named = tuple(document.reference for document in documents)
    lines = _Lines([reference.version or str(index) for index, reference in enumerate(named)])
    if documents:
        lines.begin([unit.reference() for unit in document_units(documents[0])])
    steps: list[RevisionStep] = []
    for version in range(1, len(documents)):
        diff = diff_documents(documents[version - 1], documents[version], strict=strict)
        lines.follow(diff, version)
        steps.append(RevisionStep(summary=diff.summary, facts=diff.facts))
    found = RevisionHistory(versions=named, steps=tuple(steps), clauses=lines.clauses())
    return found.made_from(*documents)


def choose_clauses(found: RevisionHistory, names: Iterable[str]) -> RevisionHistory:
    """Return the history with the clauses named by id (`chp_2__art_12`, `art_12`) or printed number (`第十二条`) alone.

    A number is that of the newest version a clause stands in; a name that no clause bears there is looked for in
    all versions. Raises NotFoundError if no clause of any version has one of the names.
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
    """Return each clause of the newest version, in reading order, with the index of the version that its words come from.

    Punctuation and width count for nothing. Words of a part are as old as in the whole that was split; a merger is as old
    as the newest of its parts where they make up all of its words.
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
        return tuple(self._line(key) for key in self._order)

    def _line(self, key: str) -> ClauseLine:
        removed_in, merged_into = self._ended.get(key, (None, None))
        return ClauseLine(
            key=key, appearances=tuple(self._seen[key]), removed_in=removed_in, merged_into=merged_into
        )

    def _key(self, version: int, unit: UnitRef) -> str:
        return f"{self._names[version]}:{unit.id}"


def _appearance(
    change: Change, unit: UnitRef, version: int, before: UnitRef | None, others: tuple[str, ...]
) -> Appearance:
    """Return a clause in a version; its words are set against its own alone, whatever else went into the change."""
    if before is None:
        return Appearance(version=version, unit=unit, kind=change.kind, also_from=others)
    alone = len(change.old) == len(change.new) == 1
    return Appearance(
        version=version,
        unit=unit,
        kind=change.kind,
        renumbered=change.renumbered,
        moved=change.moved,
        also_from=others,
        wording=change.wording
        if alone
        else ()
        if before.text == unit.text
        else compare_wording(before.text, unit.text),
        signals=change.signals,
    )


def _with_ended(order: Sequence[str], before: Sequence[str]) -> list[str]:
    """Return the order of a version with the lines that ended earlier behind those they stood behind."""
    placed = set(order)
    behind: defaultdict[str | None, list[str]] = defaultdict(list)
    last: str | None = None
    for key in before:
        if key in placed:
            last = key
        else:
            behind[last].append(key)
    return [*behind[None], *(line for key in order for line in (key, *behind[key]))]
