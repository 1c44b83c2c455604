"""The units a revision diff speaks of: articles, numbered or run-in clauses, headings, title, preface, tables, annexes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from policydiff.lexicon.variants import fold_words, mask_references
from policydiff.model import Clause, ClauseKind, Document, UnitRef

_STRUCTURE = frozenset(
    {
        ClauseKind.PART,
        ClauseKind.CHAPTER,
        ClauseKind.SECTION,
        ClauseKind.ARTICLE,
        ClauseKind.LEVEL,
        ClauseKind.MEASURE,
        ClauseKind.ANNEX,
        ClauseKind.TABLE,
    }
)
_HEADINGS = frozenset({ClauseKind.PART, ClauseKind.CHAPTER, ClauseKind.SECTION, ClauseKind.ANNEX})
TITLE_ID = "title"
CARRIER_ID = "carrier"


class UnitGroup(StrEnum):
    """What a unit can correspond to: only units of one group are paired."""

    TITLE = "title"
    CARRIER = "carrier"
    PREFACE = "preface"
    HEADING = "heading"
    BODY = "body"
    TABLE = "table"


@dataclass(frozen=True)
class Unit:
    """One unit of a version, with its place."""

    id: str
    group: UnitGroup
    kind: ClauseKind | None
    """None for the title and the carrier notice."""
    label: str | None
    number: str | None
    text: str
    """Its own words and, one a line, label and words of the clauses below it that are not units themselves."""
    place: int
    """Index among the units of its version, in reading order."""
    parents: tuple[int, ...] = ()
    """Places of the headings it stands under, outermost first."""

    @cached_property
    def words(self) -> str:
        """Its folded text: what is compared where the text is not the same to the letter."""
        return fold_words(self.text)

    @cached_property
    def masked(self) -> str:
        """Its folded text without the numbers of cited clauses, which follow every renumbering."""
        return mask_references(self.words)

    def reference(self) -> UnitRef:
        """Return the value that results quote the unit by."""
        return UnitRef(id=self.id, label=self.label, text=self.text)


def document_units(document: Document) -> tuple[Unit, ...]:
    """Return the units of a document in reading order; together they hold every word of title, carrier and clauses."""
    units: list[Unit] = []
    if document.carrier is not None and document.carrier.text:
        _add(units, UnitGroup.CARRIER, CARRIER_ID, document.carrier.text)
    if document.title:
        _add(units, UnitGroup.TITLE, TITLE_ID, document.title)
    _walk(document.clauses, (), units)
    return tuple(units)


def _add(units: list[Unit], group: UnitGroup, unit_id: str, text: str) -> None:
    units.append(
        Unit(id=unit_id, group=group, kind=None, label=None, number=None, text=text, place=len(units))
    )


def _walk(clauses: Sequence[Clause], parents: tuple[int, ...], units: list[Unit]) -> None:
    for clause in clauses:
        place = len(units)
        divided = clause.kind in _HEADINGS or (
            clause.kind is not ClauseKind.ARTICLE
            and any(below.kind in _STRUCTURE for child in clause.children for below in child.walk())
        )
        units.append(
            Unit(
                id=clause.id,
                group=_group(clause, divided),
                kind=clause.kind,
                label=clause.label,
                number=clause.number,
                text=clause.text if divided else "\n".join(_lines(clause)),
                place=place,
                parents=parents,
            )
        )
        if divided:
            _walk(clause.children, (*parents, place), units)


def _group(clause: Clause, divided: bool) -> UnitGroup:
    if clause.kind is ClauseKind.PREFACE:
        return UnitGroup.PREFACE
    if clause.kind is ClauseKind.TABLE:
        return UnitGroup.TABLE
    return UnitGroup.HEADING if divided else UnitGroup.BODY


def _lines(clause: Clause) -> Iterator[str]:
    if clause.text:
        yield clause.text
    for child in clause.children:
        for below in child.walk():
            yield f"{below.label or ''}{below.text}"
