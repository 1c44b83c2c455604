"""Names and small moves of WordprocessingML that the rest of the package is written with."""

from functools import lru_cache
from typing import Final

from lxml import etree

from policydiff.extract.word.looks import name_of

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"

_STRICT: Final = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R.encode()),
    (
        b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/drawingml/picture",
        b"http://schemas.openxmlformats.org/drawingml/2006/picture",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
)
"""Names of strict files and of transitional ones: parts are edited under the latter."""

_AFTER_STYLE: Final = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
"""What stands before `numPr` in paragraph properties (the schema fixes the order)."""
_END_OF_PROPERTIES: Final = frozenset({"sectPr", "pPrChange"})
_MARKS: Final = ("ins", "del", "moveFrom", "moveTo")
"""Marks of a paragraph's end or of a row, in the order of the schema."""


@lru_cache(maxsize=512)
def w(name: str) -> str:
    """Return a name of the main namespace as lxml writes it."""
    return f"{{{W}}}{name}"


def is_strict(content: bytes) -> bool:
    """Return whether a part is written in the strict dialect."""
    return b"purl.oclc.org/ooxml" in content[:4096]


def to_transitional(content: bytes) -> bytes:
    """Return a strict part under the transitional names."""
    for strict, usual in _STRICT:
        content = content.replace(strict, usual)
    return content


def to_strict(content: bytes) -> bytes:
    """Return a part under the strict names again."""
    for strict, usual in _STRICT:
        content = content.replace(usual, strict)
    return content


def found(element: "etree._Element | None", name: str) -> "etree._Element | None":
    """Return the first child of a name."""
    # Children are gone through by the parser's library itself: a search by path is five times slower.
    return None if element is None else next(element.iterchildren(w(name)), None)


def val(element: "etree._Element | None", name: str) -> str | None:
    """Return the `w:val` of the first child of a name."""
    child = found(element, name)
    return None if child is None else child.get(w("val"))


def made(name: str, **attributes: str) -> "etree._Element":
    """Return a new element of the main namespace."""
    element = etree.Element(w(name), nsmap={"w": W})
    for key, value in attributes.items():
        element.set(w(key), value)
    return element


def paragraph_properties(paragraph: "etree._Element") -> "etree._Element":
    """Return a paragraph's properties, made where it has none."""
    properties = found(paragraph, "pPr")
    if properties is None:
        properties = made("pPr")
        paragraph.insert(0, properties)
    return properties


def mark_properties(paragraph: "etree._Element") -> "etree._Element":
    """Return the properties of a paragraph's end, made where it has none."""
    properties = paragraph_properties(paragraph)
    of_mark = found(properties, "rPr")
    if of_mark is None:
        of_mark = made("rPr")
        place = next(
            (index for index, each in enumerate(properties) if name_of(each) in _END_OF_PROPERTIES),
            len(properties),
        )
        properties.insert(place, of_mark)
    return of_mark


def put_mark(holder: "etree._Element", mark: "etree._Element") -> None:
    """Put the mark of a change into the properties of a paragraph's end or of a row, where the schema wants it."""
    rank = _MARKS.index(name_of(mark))
    if holder.tag == w("trPr"):
        if not len(holder):
            # The schema wants a property beside the mark: this one says what holds without it.
            holder.append(made("cantSplit", val="off"))
        place = next(
            (i for i, each in enumerate(holder) if name_of(each) in {"del", "trPrChange"}), len(holder)
        )
        if rank == 1:
            place = next((i for i, each in enumerate(holder) if name_of(each) == "trPrChange"), len(holder))
    else:
        place = 0
        for index, each in enumerate(holder):
            if name_of(each) in _MARKS[: rank + 1]:
                place = index + 1
    holder.insert(place, mark)


def row_properties(row: "etree._Element") -> "etree._Element":
    """Return a row's properties, made where it has none."""
    properties = found(row, "trPr")
    if properties is None:
        properties = made("trPr")
        exceptions = found(row, "tblPrEx")
        row.insert(0 if exceptions is None else row.index(exceptions) + 1, properties)
    return properties


def cell_properties(cell: "etree._Element") -> "etree._Element":
    """Return a cell's properties, made where it has none."""
    properties = found(cell, "tcPr")
    if properties is None:
        properties = made("tcPr")
        cell.insert(0, properties)
    return properties


def put_style(properties: "etree._Element", style: str | None) -> None:
    """Set or take away the style of paragraph properties."""
    old = found(properties, "pStyle")
    if old is not None:
        properties.remove(old)
    if style is not None:
        properties.insert(0, made("pStyle", val=style))


def put_numbering(properties: "etree._Element", numbering: "etree._Element | None") -> None:
    """Set or take away the list of paragraph properties."""
    old = found(properties, "numPr")
    if old is not None:
        properties.remove(old)
    if numbering is not None:
        place = sum(1 for each in properties if name_of(each) in _AFTER_STYLE)
        properties.insert(place, numbering)


def content_of(paragraph: "etree._Element") -> "list[etree._Element]":
    """Return what a paragraph holds beside its properties."""
    return [each for each in paragraph if each.tag != w("pPr")]


def printed_by(node: "etree._Element") -> str:
    """Return the words of a text element."""
    return node.text or ""


def set_words(node: "etree._Element", words: str) -> None:
    """Set the words of a text element; blanks at its ends count."""
    node.text = words
    if words[:1].isspace() or words[-1:].isspace():
        node.set(XML_SPACE, "preserve")


def shell(element: "etree._Element") -> "etree._Element":
    """Return an element of the same name and attributes that holds nothing."""
    copy = etree.Element(element.tag, nsmap={"w": W})
    for key, value in element.attrib.items():
        copy.set(key, value)
    return copy
