"""Headings, notes and table rows beside their counterparts: shown, in no count."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from policydiff.comparison.units import Unit
from policydiff.model import Band, Relation, SentenceComparison, SentenceKind, SentenceSource

_EQUAL = 1.0
_LIKE = 0.6
"""Likeness of two headings from which on one answers the other: 完善组织保障 and 强化组织保障 do, 总体要求 and 工作要求 (0.5) do not."""
_CELL = re.compile(r"[|｜\t]")
_DIGITS = 4


class Counterparts:
    """The headings, notes and rows of the superior document, to be looked up."""

    def __init__(self, superior: Sequence[Unit]) -> None:
        self._units: dict[SentenceKind, list[Unit]] = {kind: [] for kind in SentenceKind}
        for unit in superior:
            if unit.kind is not SentenceKind.SENTENCE:
                self._units[unit.kind].append(unit)
        self._words = {kind: [_words(unit) for unit in units] for kind, units in self._units.items()}

    def of(self, unit: Unit) -> SentenceComparison:
        """Return a local heading, note or row with its counterpart, where there is one."""
        source, score = self._best(unit)
        relation = Relation.ADDED
        if source is not None:
            relation = Relation.VERBATIM if score >= _EQUAL else Relation.ADAPTED
        return SentenceComparison(
            clause=unit.clause,
            text=unit.text,
            kind=unit.kind,
            relation=relation,
            score=round(score, _DIGITS) if source is not None else 0.0,
            band=Band.UNLIKELY,
            sources=(SentenceSource(clause=source.clause, text=source.text, score=round(score, _DIGITS)),)
            if source is not None
            else (),
        )

    def _best(self, unit: Unit) -> tuple[Unit | None, float]:
        words, others = _words(unit), self._words[unit.kind]
        if not words or not others:
            return None, 0.0
        if unit.kind is SentenceKind.ROW:
            same_row = [place for place, other in enumerate(others) if _name(other) == _name(words)]
            if not same_row:
                return None, 0.0
            found = [(fuzz.ratio(words, others[place]) / 100, -place) for place in same_row]
            score, place = max(found)
            return self._units[unit.kind][-place], score
        best = process.extractOne(words, others, scorer=fuzz.ratio, score_cutoff=100 * _LIKE)
        return (self._units[unit.kind][best[2]], best[1] / 100) if best is not None else (None, 0.0)


def _words(unit: Unit) -> str:
    if unit.kind is SentenceKind.ROW:
        return "|".join(cell.strip() for cell in _CELL.split(unit.text.strip("|｜ ")))
    return unit.folded.text.replace(" ", "") or unit.text.strip()


def _name(row: str) -> str:
    """Return the first cell with words of a row: what the row is about."""
    return next((cell for cell in row.split("|") if cell and not cell.replace(".", "").isdigit()), row)
