"""References that only follow a renumbering, put right in the old file before it is marked."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from policydiff.redlining.cutting import cut
from policydiff.redlining.stories import Paragraph
from policydiff.redlining.streams import Bit, Op, Words
from policydiff.redlining.wordml import set_words
from policydiff.substance.following import Numbering, Reference, references


class QuietEdit(NamedTuple):
    """A reference and the number it has now."""

    line: int
    start: int
    end: int
    words: str


def quiet_edits(
    bits: Sequence[Bit], old: Sequence[Paragraph], new: Sequence[Paragraph], numbering: Numbering
) -> Iterator[QuietEdit]:
    """Yield the replaced words of a stream that are an own reference under its new number.

    The number at the head of a clause is no reference: it stays marked.
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
        if before is not None and after is not None and _follows(before, after, numbering):
            yield QuietEdit(gone.old, gone.start, gone.end, after.text)


def _reference(text: str, start: int, end: int) -> Reference | None:
    return next(
        (each for each in references(text) if each.start == start and each.text == text[start:end]), None
    )


def _follows(before: Reference, after: Reference, numbering: Numbering) -> bool:
    if not (before.own and after.own) or len(before.steps) != len(after.steps):
        return False
    return all(numbering.leads(one, other) for one, other in zip(before.steps, after.steps, strict=True))


def apply_quietly(edits: Sequence[QuietEdit], lines: Sequence[Paragraph]) -> None:
    """Write the new numbers into the old paragraphs, under no mark."""
    for edit in sorted(edits, reverse=True):
        line = lines[edit.line]
        cut(line, (edit.start, edit.end))
        place, first = 0, True
        for piece in line.pieces:
            if edit.start <= place and place + len(piece.text) <= edit.end and piece.is_words:
                set_words(piece.node, edit.words if first else "")
                first = False
            place += len(piece.text)
