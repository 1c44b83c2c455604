"""Marks tables: rows are paired by their words, cells by their position, or by their words if a cell was added or removed.

A row without any common cell is marked as a new row in place of the old row.
"""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from policydiff.extract.word.looks import name_of
from policydiff.lexicon.shortest_edits import align, common_ends, common_share, rising
from policydiff.redlining.inline import Reader
from policydiff.redlining.package import R, drop, found, made, own, val, w
from policydiff.redlining.stories import Table, blocks, cells, rows
from policydiff.redlining.undoing import Signer

_ALIKE = 0.3
"""Least similarity of two rows that are one row rewritten; rows of figures share little except their first cell."""
_LEAST_MOVED = 3
"""Characters from which an equal row at another place is a move; two rows with a single figure may be equal by chance."""
_MOST_COMPARED = 250_000
"""Most pairs of rows compared with each other, about two tables of 500 rows; larger tables are matched by equal rows alone."""


_TOLD_ELSEWHERE = frozenset({"footnoteReference", "endnoteReference", "commentReference", "txbxContent"})
_RELATION = f"{{{R}}}"


@dataclass(slots=True)
class Row:
    """A row of a table with the texts of its cells."""

    element: "etree._Element"
    shape: tuple[tuple[str, str], ...]
    """For each cell the number of columns it spans, and its vertical merge."""
    texts: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words of the row, cell by cell, separated by tabs."""
        return "\t".join(self.texts)


class Step(NamedTuple):
    """Step for a row: both indices for a kept row, only one for a row deleted or inserted."""

    old: int | None
    new: int | None
    move: int | None = None


def read_rows(table: "etree._Element", reader: Reader) -> list[Row]:
    """Return the rows of a table."""
    return [
        Row(row, row_shape(row), tuple(story_text(cell, reader) for cell in cells(row)))
        for row in rows(table)
    ]


def row_shape(row: "etree._Element") -> tuple[tuple[str, str], ...]:
    """Return for each cell of a row the number of columns it spans, and its vertical merge."""
    shape: list[tuple[str, str]] = []
    for cell in cells(row):
        properties = found(cell, "tcPr")
        merge = found(properties, "vMerge")
        goes_on = "" if merge is None else merge.get(w("val")) or "continue"
        shape.append((val(properties, "gridSpan") or "1", goes_on))
    return tuple(shape)


def story_text(story: "etree._Element", reader: Reader) -> str:
    """Return the words of a story, with each row of its tables on a line."""
    parts: list[str] = []
    for block in blocks(story, reader):
        if isinstance(block, Table):
            parts.extend(row.text for row in read_rows(block.element, reader))
        else:
            parts.append(block.text)
    return "\n".join(parts)


def row_steps(old: Sequence[Row], new: Sequence[Row]) -> list[Step]:
    """Return the rows of both tables in the order in which they are written."""
    head, tail = common_ends(*([(row.shape, row.texts) for row in side] for side in (old, new)))
    middle = range(head, len(old) - tail), range(head, len(new) - tail)
    pairs = [(i, i) for i in range(head)]
    pairs += _pairs(old, new, *middle)
    pairs += [(len(old) - tail + k, len(new) - tail + k) for k in range(tail)]
    moves = _moves(old, new, pairs)
    sources = {i: number for number, (i, _) in enumerate(moves)}
    targets = {j: number for number, (_, j) in enumerate(moves)}
    steps: list[Step] = []
    i = j = 0
    for a, b in [*pairs, (len(old), len(new))]:
        steps.extend(Step(each, None, sources.get(each)) for each in range(i, a))
        steps.extend(Step(None, each, targets.get(each)) for each in range(j, b))
        if a < len(old):
            stays = old[a].shape == new[b].shape or _share_a_cell(old[a], new[b])
            steps.extend([Step(a, b)] if stays else [Step(a, None), Step(None, b)])
        i, j = a + 1, b + 1
    return steps


def cell_steps(old: Row, new: Row) -> list[tuple[int | None, int | None]]:
    """Return the cells of two rows as pairs of indices in the order in which they are written; None if a side lacks the cell."""
    if old.shape == new.shape:
        return [(index, index) for index in range(len(old.texts))]
    steps: list[tuple[int | None, int | None]] = []
    i = j = 0
    for a, b in [*_cell_pairs(old, new), (len(old.texts), len(new.texts))]:
        steps.extend((each, None) for each in range(i, a))
        steps.extend((None, each) for each in range(j, b))
        if a < len(old.texts):
            steps.append((a, b))
        i, j = a + 1, b + 1
    return steps


def _share_a_cell(old: Row, new: Row) -> bool:
    """Return whether a row can be marked cell by cell: a cell is kept, and deleted cells are directly in the row.

    A content control around a deleted cell would be left empty.
    """
    held = cells(old.element)
    stays = {a for a, _ in _cell_pairs(old, new)}
    changed = any(found(found(each, "tcPr"), "tcPrChange") is not None for each in held)
    return (
        bool(stays)
        and not changed
        and all(each.getparent() is old.element for index, each in enumerate(held) if index not in stays)
    )


def in_row(cell: "etree._Element", row: "etree._Element") -> "etree._Element":
    """Return the child of a row that contains a cell: the cell itself, or the content control around it."""
    while (holder := cell.getparent()) is not None and holder is not row:
        cell = holder
    return cell


def _cell_pairs(old: Row, new: Row) -> list[tuple[int, int]]:
    return align(len(old.texts), len(new.texts), lambda a, b: _cell_score(old.texts[a], new.texts[b]))


def _cell_score(one: str, other: str) -> float:
    if one == other:
        # Two empty cells differ only in their places.
        return 1.0 if one.strip() else 0.05
    return common_share(one, other, least=_ALIKE)


def _same(one: Row, other: Row) -> bool:
    return one.shape == other.shape and one.texts == other.texts


def _pairs(old: Sequence[Row], new: Sequence[Row], here: range, there: range) -> list[tuple[int, int]]:
    if not here or not there or len(here) * len(there) > _MOST_COMPARED:
        places: dict[tuple[str, ...], list[int]] = {}
        for j in there:
            places.setdefault(new[j].texts, []).append(j)
        return rising([(i, places[old[i].texts].pop(0)) for i in here if places.get(old[i].texts)])
    found = align(len(here), len(there), lambda a, b: _score(old[here[a]], new[there[b]]))
    return [(here[a], there[b]) for a, b in found]


def _score(one: Row, other: Row) -> float:
    if one.shape != other.shape:
        # Of two equally similar rows, the one with the same shape is preferred.
        return 0.9 * common_share(one.text, other.text, least=_ALIKE)
    if one.texts == other.texts:
        return 1.0 if one.text.strip() else 0.05
    same = sum(1 for a, b in zip(one.texts, other.texts, strict=True) if a == b and a.strip())
    alike = common_share(one.text, other.text)
    return alike if alike >= _ALIKE or same else 0.0


def _moves(old: Sequence[Row], new: Sequence[Row], pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    paired = {i for i, _ in pairs}, {j for _, j in pairs}
    free = [j for j in range(len(new)) if j not in paired[1]]
    moves = []
    for i in range(len(old)):
        if i in paired[0] or len(old[i].text.strip()) < _LEAST_MOVED:
            continue
        place = next((j for j in free if _same(old[i], new[j])), None)
        if place is not None:
            free.remove(place)
            moves.append((i, place))
    return moves


def reshape(old: "etree._Element", new: "etree._Element", signer: Signer) -> None:
    """Give a kept cell the column span and vertical merge of the new cell, marked as a change of its properties."""
    wanted = {name: found(found(new, "tcPr"), name) for name in ("gridSpan", "vMerge")}
    properties = own(old, "tcPr")
    if all(_same_value(found(properties, name), each) for name, each in wanted.items()):
        return
    before = deepcopy(properties)
    for name in ("gridSpan", "vMerge"):
        drop(found(properties, name))
    # In the schema both follow the width, with `hMerge` between them.
    place = 0
    for index, each in enumerate(properties):
        if name_of(each) in {"cnfStyle", "tcW"}:
            place = index + 1
    for theirs in (wanted["vMerge"], wanted["gridSpan"]):
        if theirs is not None:
            properties.insert(place, deepcopy(theirs))
    change = signer.change("tcPrChange")
    change.append(before)
    properties.append(change)


def is_same_cell(one: "etree._Element", other: "etree._Element") -> bool:
    """Return whether two cells have the same XML and refer to no other part of the package."""
    here, there = list(one.iter()), list(other.iter())
    if len(here) != len(there):
        return False
    for mine, theirs in zip(here, there, strict=True):
        if mine.tag != theirs.tag or mine.text != theirs.text or mine.attrib != theirs.attrib:
            return False
        if name_of(mine) in _TOLD_ELSEWHERE or any(str(key).startswith(_RELATION) for key in mine.attrib):
            return False
    return True


def _same_value(one: "etree._Element | None", other: "etree._Element | None") -> bool:
    values = [None if each is None else each.get(w("val")) or "" for each in (one, other)]
    return values[0] == values[1]


def regrid(old: "etree._Element", new: "etree._Element", signer: Signer) -> None:
    """Give a table the columns of the new table, marked as a change, if their number differs."""
    mine, theirs = found(old, "tblGrid"), found(new, "tblGrid")
    if mine is None or theirs is None or found(mine, "tblGridChange") is not None:
        return
    before = list(mine.iterchildren(w("gridCol")))
    after = list(theirs.iterchildren(w("gridCol")))
    if len(before) == len(after):
        return
    change = made("tblGridChange", made("tblGrid", *before), id=signer.number())
    for column in after:
        mine.append(made("gridCol", **({"w": column.get(w("w"), "")} if column.get(w("w")) else {})))
    mine.append(change)


def put_row(table: "etree._Element", row: "etree._Element", last: "etree._Element | None") -> None:
    """Insert a row after the row written last, or before the first row."""
    if last is not None:
        last.addnext(row)
        return
    first = next((each for each in table if name_of(each) in {"tr", "sdt", "customXml"}), None)
    if first is None:
        table.append(row)
    else:
        first.addprevious(row)
