"""Blocks of a story (body, header, note, text box, cell): paragraphs and tables in reading order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from policydiff.extract.word.looks import name_of
from policydiff.redlining.inline import Piece, Reader, words_of
from policydiff.redlining.wordml import found, w

_END_GONE = (w("del"), w("moveFrom"))
_OPEN = frozenset({"sdtContent", "customXml", "ins", "moveTo"})


@dataclass(slots=True)
class Paragraph:
    """A paragraph as a reader sees it: one `w:p`, or several that an existing tracked change has joined."""

    elements: "list[etree._Element]"
    pieces: list[Piece] = field(default_factory=list)
    text: str = ""

    @property
    def last(self) -> "etree._Element":
        """The element whose end is the paragraph's end."""
        return self.elements[-1]

    @property
    def holder(self) -> "etree._Element | None":
        """The element it stands in."""
        return self.last.getparent()

    @property
    def section(self) -> "etree._Element | None":
        """The section properties that its end carries."""
        return found(found(self.last, "pPr"), "sectPr")

    @property
    def prints(self) -> bool:
        """Whether it shows anything but blanks."""
        return bool(self.text.strip())


@dataclass(slots=True)
class Table:
    """A table."""

    element: "etree._Element"

    @property
    def holder(self) -> "etree._Element | None":
        """The element it stands in."""
        return self.element.getparent()


Block = Paragraph | Table


@dataclass(slots=True)
class PlainLine:
    """A line of a text without objects, standing for a paragraph."""

    text: str
    pieces: list[Piece] = field(default_factory=list)

    @property
    def section(self) -> "etree._Element | None":
        """A plain text has no sections."""
        return None


def blocks(story: "Iterable[etree._Element]", reader: Reader) -> list[Block]:
    """Return the blocks of a story; content controls are looked into."""
    out: list[Block] = []
    pending: list[etree._Element] = []
    for element in _elements(story):
        if element.tag == w("tbl"):
            out.extend(_paragraphs(pending, reader))
            pending = []
            out.append(Table(element))
        else:
            pending.append(element)
            if not _joined_to_next(element):
                out.extend(_paragraphs(pending, reader))
                pending = []
    out.extend(_paragraphs(pending, reader))
    return out


def _elements(story: "Iterable[etree._Element]") -> "Iterator[etree._Element]":
    for each in story:
        name = name_of(each)
        if name in {"p", "tbl"}:
            yield each
        elif name == "sdt":
            content = found(each, "sdtContent")
            if content is not None:
                yield from _elements(content)
        elif name in _OPEN:
            yield from _elements(each)


def _joined_to_next(paragraph: "etree._Element") -> bool:
    """Return whether an existing tracked change takes the paragraph's end away."""
    marks = found(found(paragraph, "pPr"), "rPr")
    return marks is not None and next(marks.iterchildren(*_END_GONE), None) is not None


def _paragraphs(elements: "list[etree._Element]", reader: Reader) -> Iterator[Paragraph]:
    if not elements:
        return
    pieces = [piece for element in elements for piece in reader.pieces(element)]
    yield Paragraph(list(elements), pieces, words_of(pieces))


def rows(table: "etree._Element") -> "list[etree._Element]":
    """Return the rows of a table as a reader sees them: those that an existing change deleted are left out."""
    return [row for row in _members(table, "tr") if found(found(row, "trPr"), "del") is None]


def cells(row: "etree._Element") -> "list[etree._Element]":
    """Return the cells of a row as a reader sees them: those that an existing change deleted are left out."""
    return [cell for cell in _members(row, "tc") if found(found(cell, "tcPr"), "cellDel") is None]


def _members(holder: "etree._Element", wanted: str) -> "Iterator[etree._Element]":
    for each in holder:
        name = name_of(each)
        if name == wanted:
            yield each
        elif name in _OPEN:
            yield from _members(each, wanted)
        elif name == "sdt":
            content = found(each, "sdtContent")
            if content is not None:
                yield from _members(content, wanted)
