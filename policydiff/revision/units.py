"""The units of a revision diff: articles, numbered or run-in clauses, headings, titles.

Thresholds of the diff that belong to no single step stand here, each with its reason.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from policydiff.lexicon.widths import fold_words, mask_references
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


LINE_REWRITTEN = 0.5
"""Likeness (0…1, share of common characters in order) from which two lines of a head or tail are one line changed.
「某省人民检察院」 and 「某省人民法院」 (0.77) are; 「某省人民检察院」 and 「2001年6月4日」 (0) are two lines."""

PAIRING_HALF = 0.5

PAIRING_ALIKE = 0.38
"""Likeness above which two units belong together wherever they stand."""

PAIRING_ALIKE_ELSEWHERE = 0.36
"""Mean of likeness and topic above which units belong together wherever they stand."""

PAIRING_ALIKE_NEARBY = 0.30
"""The same for units that changed places with a neighbour or two."""

PAIRING_NEAR = 3

PAIRING_ALIKE_IN_PLACE = 0.23
"""The same between the same neighbours."""

PAIRING_ALIKE_ALONE = 0.20
"""The same where nothing else stands between those neighbours."""

PAIRING_ALIKE_IN_NUMBER = 0.15
"""The same where, besides, the number is the same: an article that was rewritten."""

PAIRING_OTHER_KIND = 0.15
"""How much more alike an article and something else must be: 一、 of a reply may become 第一条, a stray line may not."""

PAIRING_LARGEST_GAP = 40_000
"""Pairs in one gap; larger gaps are left to likeness alone, which bounds unrelated texts."""

PART_COVERED = 0.55
"""Share of a paragraph's wording that must be found again in the unit that took it."""

PART_COVERED_FAR = 0.65
"""The same where the unit does not stand near the continuation."""

PART_NEAR = 3

PART_AHEAD = 0.3
"""How much better than in the unit's own continuation it must be found there."""

PART_CONTAINED = 0.5
"""Share of a whole unit's wording that must be found again, for one that was taken in or taken out as a whole."""

PART_OWN = 0.45
"""The same for what it says beyond the other part of the same origin."""

PART_LEAST = 14
"""Pairs of characters below which wording proves nothing: `构成犯罪的，依法追究刑事责任`."""

PART_LEAST_OWN = 12
"""The same for what a unit says beyond the other part."""

PART_WHOLE = 8
"""Letters of a clause from which on it was merged where all its words stand in one run in another clause that lacked them:
`应当取得许可证` (7) may stand anywhere, `经营者应当取得许可证` (10) is that clause."""

PART_COMMON = 12
"""Wording found in more wholes than this leads to none of them."""

PART_LEAST_RARE = 8
"""Rare pairs of characters a part and its whole share at least."""
