"""Blocks of a story (body, header, note, text box, cell): paragraphs and tables in reading order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from policydiff.extract.word.looks import name_of
from policydiff.redlining.inline import Piece, Reader, words_of
from policydiff.redlining.wordml import found, w

_END_GONE = (w("del"), w("moveFrom"))
_TABLE = w("tbl")
_OPEN = frozenset({"sdtContent", "customXml", "ins", "moveTo"})


@dataclass(slots=True)
class Known:
    """Blocks known by their XML: those of one key say the same in both files, and need not be read."""

    keys: "dict[etree._Element, bytes]" = field(default_factory=dict)
    texts: dict[bytes, str] = field(default_factory=dict)
    """What paragraphs of a key say, where one of them was read."""


class Paragraph:
    """A paragraph as a reader sees it: one `w:p`, or several that an existing tracked change has joined.

    One whose XML is known is read when its words are asked for, which must be before anything is written into it.
    """

    __slots__ = ("_known", "_pieces", "_reader", "_text", "elements", "key")

    def __init__(
        self, elements: "list[etree._Element]", reader: Reader, known: Known, key: bytes | None = None
    ) -> None:
        """Take the elements and what reads them; `key` where its XML is known."""
        self.elements = elements
        self.key = key
        self._reader, self._known = reader, known
        self._pieces = None if key is not None else self._read()
        self._text: str | None = None

    def _read(self) -> list[Piece]:
        return [piece for element in self.elements for piece in self._reader.pieces(element)]

    @property
    def pieces(self) -> list[Piece]:
        """What it holds."""
        if self._pieces is None:
            self._pieces = self._read()
        return self._pieces

    @pieces.setter
    def pieces(self, pieces: list[Piece]) -> None:
        self._pieces = pieces

    @property
    def text(self) -> str:
        """Its words, a character for each object."""
        if self._text is None:
            self._text = self._known.texts.get(self.key) if self.key is not None else None
        if self._text is None:
            self._text = words_of(self.pieces)
            if self.key is not None:
                self._known.texts[self.key] = self._text
        return self._text

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
    key: bytes | None = None

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


def blocks(story: "Iterable[etree._Element]", reader: Reader, known: Known | None = None) -> list[Block]:
    """Return the blocks of a story; content controls are looked into."""
    known = known or Known()
    out: list[Block] = []
    pending: list[etree._Element] = []
    for element in _elements(story):
        key = known.keys.get(element)
        if element.tag == _TABLE:
            if pending:
                out.append(Paragraph(pending, reader, known))
                pending = []
            out.append(Table(element, key))
            continue
        pending.append(element)
        if key is not None or not _joined_to_next(element):
            out.append(Paragraph(pending, reader, known, key if len(pending) == 1 else None))
            pending = []
    if pending:
        out.append(Paragraph(pending, reader, known))
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
