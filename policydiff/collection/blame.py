"""Where the words of each clause come from: through renumbering, moves, splits and mergers, version by version."""

import re
from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from policydiff.intake.captured import load_versions, refer
from policydiff.lexicon.widths import fold
from policydiff.model import Document, RevisionDiff, UnitRef
from policydiff.model.listed import Blame, BlamedClause
from policydiff.revision import diff_documents
from policydiff.store import Store

_MARKS = re.compile(r"[\W_]+")


class _Step(NamedTuple):
    """One diff between neighbouring versions, ready to be asked backwards."""

    old_version: str
    olds: dict[str, list[UnitRef]]
    """Unit of the new version to its units in the old one."""


def blame(store: Store, reference: str) -> Blame:
    """Return for each unit of a version the version that last changed its words, in reading order.

    Args:
        store: The store.
        reference: `id` or `id@when`; versions later than it are left out of account.

    Raises:
        NotFoundError: if there is no such document or version.
    """
    identity, record = store.resolve(reference)
    units, steps, newest = _trace(store, f"{identity.id}@{record.version}")
    dates = {each.version: each.issued or each.published for each in store.versions(identity.id)}
    found = []
    for unit in units:
        version = _origin(unit, _words(unit), steps, newest)
        found.append(
            BlamedClause(
                clause=unit.id,
                label=unit.label,
                text=unit.text,
                version=version,
                since=dates.get(version),
            )
        )
    return Blame(document=refer(identity, record), clauses=tuple(found))


def _trace(store: Store, reference: str) -> tuple[list[UnitRef], list[_Step], str]:
    """Return the units of a version, the diffs behind it from newest to oldest, and its name."""
    loaded = load_versions(reference, store)
    newest = str(loaded[-1].reference.version)
    if len(loaded) == 1:
        return _units(loaded[0].parsed), [], newest
    steps: list[_Step] = []
    units: list[UnitRef] = []
    for old, new in zip(reversed(loaded[:-1]), reversed(loaded[1:]), strict=True):
        found = diff_documents(
            old.parsed, new.parsed, old_reference=old.reference, new_reference=new.reference
        )
        if not steps:
            units = [change.new[0] for change in found.changes if change.new]
        steps.append(_Step(str(old.reference.version), _backwards(found)))
    return _once(units), steps, newest


def _units(document: Document) -> list[UnitRef]:
    """Return a single version's units: those of a diff against itself."""
    return _once([change.new[0] for change in diff_documents(document, document).changes if change.new])


def _once(units: list[UnitRef]) -> list[UnitRef]:
    return list({unit.id: unit for unit in units}.values())


def _backwards(found: RevisionDiff) -> dict[str, list[UnitRef]]:
    olds: dict[str, list[UnitRef]] = defaultdict(list)
    for change in found.changes:
        for unit in change.new:
            olds[unit.id] += [old for old in change.old if old not in olds[unit.id]]
    return olds


def _origin(unit: UnitRef, words: str, steps: list[_Step], newest: str) -> str:
    """Return the version that brought `words` in."""
    version = newest
    for place, step in enumerate(steps):
        olds = step.olds.get(unit.id, [])
        whole = next((old for old in olds if words in _words(old)), None)
        if whole is None:
            merged = [old for old in olds if _words(old) and _words(old) in words]
            if len(merged) > 1 and sum(len(_words(old)) for old in merged) >= len(words):
                origins = [_origin(old, _words(old), steps[place + 1 :], step.old_version) for old in merged]
                order = {each.old_version: -rank for rank, each in enumerate(steps)} | {newest: 1}
                return max(origins, key=order.__getitem__)
            return version
        unit = whole
        version = step.old_version
    return version


def _words(unit: UnitRef) -> str:
    """Return a unit's words without punctuation and width, which do not count as a change of words."""
    return _bare(unit.text)


@lru_cache(maxsize=8192)
def _bare(text: str) -> str:
    return _MARKS.sub("", fold(text))
