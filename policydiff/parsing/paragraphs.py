"""Printed lines become paragraphs: broken sentences are joined, fused measures parted, furniture set aside."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from policydiff.lexicon.notes import is_labelled_note, responsibility_notes
from policydiff.lexicon.table_rows import read_row
from policydiff.model import Span, TextBlock
from policydiff.parsing.kinds import Kind, kind_of
from policydiff.parsing.labels import Label
from policydiff.parsing.reflow import continues, find_wrap
from policydiff.parsing.source import Block, Line, block_of, row_of
from policydiff.parsing.typed import Dropped, TypedLine, type_lines

_NOTE_OPENS = frozenset("（(")
_TITLE_SIZE = 1.2
"""Type of titles, measured by the text's: GB/T 9704 sets them in 22 points, the text in 16; 18 over 16 is a heading's."""
_BEFORE_TITLE = frozenset({Kind.DATE, Kind.SIGNED, Kind.PRINTED, Kind.ANNEX})
"""Kinds of lines after which the title of a further text may stand."""


class Look(NamedTuple):
    """How a paragraph is set, where its format says so."""

    centred: bool
    size: float
    """Height of its type measured by that of most words of the text; 0 where it is not known."""

    @property
    def stands_out(self) -> bool:
        """Whether it is set as titles are: in the middle, in type that is larger than the text's."""
        return self.centred and self.size >= _TITLE_SIZE


def looks_of(blocks: Sequence[TextBlock]) -> dict[int, Look]:
    """Return how the lines of a text are set, by the place of their first character."""
    sizes: Counter[float] = Counter()
    for block in blocks:
        if block.size:
            sizes[block.size] += block.span.end - block.span.start
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    return {
        block.span.start: Look(block.centred, (block.size or 0.0) / usual if usual else 0.0)
        for block in blocks
        if block.kind == "paragraph"
    }


class Paragraph:
    """One paragraph: its label, its words, and the kind of fixed part it looks like."""

    __slots__ = ("block", "kind", "label", "look", "markup", "rows", "start")

    def __init__(
        self, block: Block, start: int, label: Label | None = None, kind: Kind | None = None, markup: str = ""
    ) -> None:
        self.block = block
        """Words after the label."""
        self.start = start
        """Place of the label, or of the first word."""
        self.label = label
        self.kind = kind
        self.markup = markup
        self.look: Look | None = None
        """How it is set; None where the format does not say."""
        self.rows: list[Row] = []
        """The rows, where the paragraph stands for a table."""

    @property
    def text(self) -> str:
        """The words after the label."""
        return self.block.text

    @property
    def whole(self) -> str:
        """Label and words."""
        return self.block.text if self.label is None else self.label.text + self.block.text

    @property
    def span(self) -> Span:
        """Place of label and words in the given text."""
        if self.rows:
            return Span(self.start, self.rows[-1].span.end)
        if not self.block.text:
            return Span(self.start, self.start + (self.label.size if self.label is not None else 0))
        return Span(self.start, self.block.span.end)


class Row(Paragraph):
    """A row of a table; a row of a table inside one of its cells is deeper."""

    __slots__ = ("after_gap", "depth", "end")

    def __init__(self, text: str, line: Line) -> None:
        super().__init__(row_of(text, line), line.start)
        self.end = line.end
        self.after_gap = line.after_gap
        self.depth = read_row(line.raw).depth if line.raw[0] == "|" else 0

    @property
    def span(self) -> Span:
        """Place of the row with its borders."""
        return Span(self.start, max(self.end, self.block.span.end))


def read_paragraphs(text: str, blocks: Sequence[TextBlock] = ()) -> tuple[list[Paragraph], list[Dropped]]:
    """Return the paragraphs of a text in order, and the furniture set aside; `blocks` say how they are set."""
    looks = looks_of(blocks)
    typed, dropped = type_lines(text)
    wrap = find_wrap(typed)
    in_body = False
    paragraphs: list[Paragraph] = []
    index = 0
    while index < len(typed):
        first = typed[index]
        index += 1
        if first.kind is Kind.ROW:
            table = paragraphs[-1] if paragraphs and paragraphs[-1].kind is Kind.ROW else None
            if table is None or first.line.after_gap:
                table = Paragraph(Block("", first.line.start), first.line.start, kind=Kind.ROW)
                paragraphs.append(table)
            table.rows.append(Row(text, first.line))
            continue
        run = [first]
        in_body = in_body or first.label is not None
        while index < len(typed) and continues(run, typed[index], wrap, in_body=in_body):
            run.append(typed[index])
            index += 1
        in_body = first.kind not in _BEFORE_TITLE and (in_body or run[-1].line.raw.endswith("。"))
        paragraph = _paragraph(run)
        paragraph.look = looks.get(paragraph.start)
        paragraphs.extend(_part_fused(paragraph))
    return paragraphs, dropped


def _paragraph(run: list[TypedLine]) -> Paragraph:
    first = run[0]
    pieces = [(one.line.raw, one.line.start) for one in run]
    if first.label is not None:
        end = first.label.end
        pieces[0] = (first.line.raw[end:], first.line.start + end)
        if end == len(first.line.raw) and len(pieces) > 1:
            pieces.pop(0)
    block = block_of(pieces)
    kind = kind_of(block.text) if len(pieces) > 1 and block.text[:1] in _NOTE_OPENS else first.kind
    return Paragraph(block, first.line.start, first.label, kind, first.line.markup)


def _part_fused(paragraph: Paragraph) -> Iterator[Paragraph]:
    """Part measures that stand on one line: each ends with its labelled note of responsibility (责任部门：…)."""
    text = paragraph.text
    if "责任" not in text and "牵头" not in text and "负责" not in text:
        yield paragraph
        return
    start = 0
    for note in responsibility_notes(text):
        if not is_labelled_note(text[note.start + 1 : note.end - 1]):
            continue
        end = note.end
        while end < len(text) and text[end] in "。；; ":
            end += 1
        if end < len(text) and text[end] not in '，,、）)（(：:”"':
            yield _piece(paragraph, start, end)
            start = end
    yield _piece(paragraph, start, len(text)) if start else paragraph


def _piece(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    block = paragraph.block.part(start, end)
    if start == 0:
        return Paragraph(block, paragraph.start, paragraph.label, paragraph.kind, paragraph.markup)
    return Paragraph(block, block.span.start)
