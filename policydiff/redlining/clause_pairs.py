"""Pairs the clauses of two bodies with the alignment of `revision`, as ranges of paragraphs; finds references that only follow a renumbering.

The parser gets the body as lines: paragraphs with the numbers that Word prints before them, and rows of tables.
References that only follow a renumbering are corrected in the old file before it is marked.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from policydiff.extract.word.drawn_words import Numbering
from policydiff.model import Clause, Document
from policydiff.parsing import parse_text
from policydiff.redlining.inline import Reader, cut
from policydiff.redlining.package import Package, found, set_words
from policydiff.redlining.stories import Block, Paragraph, Table
from policydiff.redlining.streams import Bit, Op, Words
from policydiff.redlining.table_marks import read_rows
from policydiff.revision.containment import numbering
from policydiff.revision.diffing import match_documents
from policydiff.revision.units import Unit
from policydiff.substance.following import Numbering as Moved, Reference, leads_to_same, references


class Pair(NamedTuple):
    """Paragraphs of corresponding clauses, as half-open ranges on both sides."""

    old: range
    new: range


class Clauses(NamedTuple):
    """The corresponding clauses of two stories."""

    pairs: tuple[Pair, ...]
    numbering: Moved
    """New numbers of the numbered clauses."""


def clause_pairs(old: Sequence[str], new: Sequence[str]) -> Clauses:
    """Return the corresponding clauses of two sequences of paragraphs."""
    texts = "\n".join(old), "\n".join(new)
    documents = parse_text(texts[0]), parse_text(texts[1])
    matches = match_documents(*documents)
    places = _Places(documents[0], old), _Places(documents[1], new)
    pairs = []
    # In the order of the new text; pairs in another order on the old side have moved.
    for match in sorted(matches, key=lambda match: match.new[0].place):
        ranges = places[0].of(match.old), places[1].of(match.new)
        if ranges[0] is not None and ranges[1] is not None:
            pairs.append(Pair(ranges[0], ranges[1]))
    return Clauses(tuple(pairs), numbering(matches))


class _Places:
    """Paragraphs of each unit on one side."""

    def __init__(self, document: Document, paragraphs: Sequence[str]) -> None:
        self._ids: dict[str, Clause] = {clause.id: clause for clause in document.walk()}
        self._starts: list[int] = []
        offset = 0
        for text in paragraphs:
            self._starts.append(offset)
            offset += len(text) + 1

    def of(self, units: Sequence[Unit]) -> range | None:
        """Return the paragraphs of adjacent units; None if a unit is not known, the first unit's if they are not adjacent."""
        found = [each for unit in units if (each := self._unit(unit)) is not None]
        if len(found) != len(units):
            return None
        found.sort(key=lambda each: each.start)
        if any(before.stop != after.start for before, after in pairwise(found)):
            return self._unit(units[0])
        return range(found[0].start, found[-1].stop)

    def _unit(self, unit: Unit) -> range | None:
        clause = self._ids.get(unit.id)
        if clause is None:
            return None
        lines = unit.text.count("\n")
        parts = list(clause.walk()) if lines or not clause.children else [clause]
        start = min(part.span.start for part in parts)
        end = max(part.span.end for part in parts)
        first = self._line(start)
        return range(first, self._line(max(start, end - 1)) + 1)

    def _line(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)


_OBJECTS = re.compile("[\U00100000-\U0010ffff]")


def body_clauses(
    packages: Sequence[tuple[Package, Reader]], old: Sequence[Block], new: Sequence[Block]
) -> Clauses:
    """Return the corresponding clauses of two bodies, as ranges of their blocks."""
    lines = [_lines(side, *package) for side, package in zip((old, new), packages, strict=True)]
    found = clause_pairs(*([text for text, _ in each] for each in lines))
    pairs = (
        Pair(_blocks(pair.old, lines[0], len(old)), _blocks(pair.new, lines[1], len(new)))
        for pair in found.pairs
    )
    return found._replace(pairs=tuple(pairs))


def _blocks(lines: range, of: Sequence[tuple[str, int]], size: int) -> range:
    if not lines:
        return range(0)
    return range(of[lines.start][1], min(size, of[lines.stop - 1][1] + 1))


def _lines(side: Sequence[Block], package: Package, reader: Reader) -> list[tuple[str, int]]:
    numbering = numbering_of(package)
    out: list[tuple[str, int]] = []
    for index, block in enumerate(side):
        if isinstance(block, Table):
            out.extend((_one_line(row.text), index) for row in read_rows(block.element, reader))
        elif isinstance(block, Paragraph):
            out.append((numbering.label(found(block.last, "pPr")) + _one_line(block.text), index))
    return out


def _one_line(text: str) -> str:
    return _OBJECTS.sub("", text).replace("\n", " ")


def numbering_of(package: Package) -> Numbering:
    """Return the lists of a package, with all counters at their start."""
    return Numbering(package.root("numbering"), package.root("styles"))


class QuietEdit(NamedTuple):
    """A reference in an old paragraph, and its new number."""

    line: int
    start: int
    end: int
    words: str


def quiet_edits(
    bits: Sequence[Bit], old: Sequence[Paragraph], new: Sequence[Paragraph], numbering: Moved
) -> Iterator[QuietEdit]:
    """Yield the replaced words of a stream that are a reference of the text to itself under its new number.

    The number at the beginning of a clause is no reference and stays marked.
    """
    for gone, come in pairwise(bits):
        if not isinstance(gone, Words) or not isinstance(come, Words):
            continue
        if (
            gone.op is not Op.DELETE
            or come.op is not Op.INSERT
            or not old[gone.old].text[: gone.start].strip()
        ):
            continue
        before = _reference(old[gone.old].text, gone.start, gone.end)
        after = _reference(new[come.new].text, come.start, come.end)
        if before is not None and after is not None and leads_to_same(before, after, numbering):
            yield QuietEdit(gone.old, gone.start, gone.end, after.text)


def _reference(text: str, start: int, end: int) -> Reference | None:
    return next(
        (each for each in references(text) if each.start == start and each.text == text[start:end]), None
    )


def apply_quietly(edits: Sequence[QuietEdit], lines: Sequence[Paragraph]) -> None:
    """Write the new numbers into the old paragraphs without a mark."""
    for edit in sorted(edits, reverse=True):
        line = lines[edit.line]
        line.pieces = cut(line.pieces, (edit.start, edit.end))
        place, first = 0, True
        for piece in line.pieces:
            if edit.start <= place and place + len(piece.text) <= edit.end and piece.is_words:
                set_words(piece.node, edit.words if first else "")
                first = False
            place += len(piece.text)
