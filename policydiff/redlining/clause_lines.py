"""The body as lines for the parser: paragraphs with the numbers Word prints before them, rows of tables."""

import re
from collections.abc import Sequence

from lxml import etree

from policydiff.extract.word.numbering import Numbering
from policydiff.redlining.clause_pairs import Pair, clause_pairs
from policydiff.redlining.inline import Reader
from policydiff.redlining.package import Package
from policydiff.redlining.stories import Block, Paragraph, Table
from policydiff.redlining.table_rows import read_rows
from policydiff.redlining.wordml import found
from policydiff.substance.following import Numbering as Moved

_OBJECTS = re.compile("[\U00100000-\U0010ffff]")


class BodyClauses:
    """Finds the corresponding clauses of two bodies."""

    def __init__(self, old: tuple[Package, Reader], new: tuple[Package, Reader]) -> None:
        """Take both packages with the readers of their document parts."""
        self._sides = (old, new)
        self.numbering = Moved({})
        """Where numbered clauses went, known once the clauses were found."""

    def __call__(self, old: Sequence[Block], new: Sequence[Block]) -> tuple[Pair, ...]:
        """Return ranges of blocks that correspond."""
        lines = [_lines(side, *package) for side, package in zip((old, new), self._sides, strict=True)]
        found_pairs = clause_pairs(*([text for text, _ in each] for each in lines))
        self.numbering = found_pairs.numbering
        return tuple(
            Pair(_blocks(pair.old, lines[0], len(old)), _blocks(pair.new, lines[1], len(new)))
            for pair in found_pairs.pairs
        )


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
    """Return the lists of a package, nothing counted yet."""

    def root(kind: str) -> "etree._Element | None":
        part = package.related(package.document, kind)
        return None if part is None else package.tree(part)

    return Numbering(root("numbering"), root("styles"))
