"""Tables: rows followed by what they say, cells by their place; a row of another shape is put in the place of the old."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree
from rapidfuzz.distance import Indel

from policydiff.lexicon.edits import align, in_order
from policydiff.redlining.inline import Reader
from policydiff.redlining.stories import Table, blocks, cells, rows
from policydiff.redlining.wordml import found, val, w

_ALIKE = 0.3
"""Similarity from which two rows are one row rewritten; rows of figures share little but their first cell."""
_LEAST_MOVED = 3
"""Characters from which the same row elsewhere is a move; two rows with one figure each may be the same by chance."""
_MOST_COMPARED = 250_000


@dataclass(slots=True)
class Row:
    """A row with what it says."""

    element: "etree._Element"
    shape: tuple[tuple[str, str], ...]
    """Columns and rows that each cell goes over."""
    texts: tuple[str, ...]

    @property
    def text(self) -> str:
        """Its words, cell by cell."""
        return "\t".join(self.texts)


class Step(NamedTuple):
    """What happens to a row: both indices for a row that stays, one for a row taken out or put in."""

    old: int | None
    new: int | None
    move: int | None = None


def read_rows(table: "etree._Element", reader: Reader) -> list[Row]:
    """Return the rows of a table."""
    return [_row(row, reader) for row in rows(table)]


def _row(row: "etree._Element", reader: Reader) -> Row:
    shape: list[tuple[str, str]] = []
    texts: list[str] = []
    for cell in cells(row):
        properties = found(cell, "tcPr")
        merge = found(properties, "vMerge")
        goes_on = "" if merge is None else merge.get(w("val")) or "continue"
        shape.append((val(properties, "gridSpan") or "1", goes_on))
        texts.append(story_text(cell, reader))
    return Row(row, tuple(shape), tuple(texts))


def story_text(story: "etree._Element", reader: Reader) -> str:
    """Return what a story says, its tables flattened."""
    parts: list[str] = []
    for block in blocks(story, reader):
        if isinstance(block, Table):
            parts.extend(row.text for row in read_rows(block.element, reader))
        else:
            parts.append(block.text)
    return "\n".join(parts)


def row_steps(old: Sequence[Row], new: Sequence[Row]) -> list[Step]:
    """Return the rows of both tables in the order in which they are written."""
    head = 0
    while head < min(len(old), len(new)) and _same(old[head], new[head]):
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and _same(old[-1 - tail], new[-1 - tail]):
        tail += 1
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
            steps.extend([Step(a, b)] if old[a].shape == new[b].shape else [Step(a, None), Step(None, b)])
        i, j = a + 1, b + 1
    return steps


def _same(one: Row, other: Row) -> bool:
    return one.shape == other.shape and one.texts == other.texts


def _pairs(old: Sequence[Row], new: Sequence[Row], here: range, there: range) -> list[tuple[int, int]]:
    if not here or not there or len(here) * len(there) > _MOST_COMPARED:
        return _equal_pairs(old, new, here, there)
    found = align(len(here), len(there), lambda a, b: _score(old[here[a]], new[there[b]]))
    return [(here[a], there[b]) for a, b in found]


def _equal_pairs(old: Sequence[Row], new: Sequence[Row], here: range, there: range) -> list[tuple[int, int]]:
    places: dict[tuple[str, ...], list[int]] = {}
    for j in there:
        places.setdefault(new[j].texts, []).append(j)
    found = [(i, places[old[i].texts].pop(0)) for i in here if places.get(old[i].texts)]
    kept = in_order([j for _, j in found])
    return [pair for index, pair in enumerate(found) if index in kept]


def _score(one: Row, other: Row) -> float:
    if one.shape != other.shape:
        # A row that gained a cell is written anew, beside the row it replaces.
        return 0.5 * Indel.normalized_similarity(one.text, other.text, score_cutoff=_ALIKE)
    if one.texts == other.texts:
        return 1.0 if one.text.strip() else 0.05
    same = sum(1 for a, b in zip(one.texts, other.texts, strict=True) if a == b and a.strip())
    alike = Indel.normalized_similarity(one.text, other.text)
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
