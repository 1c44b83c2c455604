"""The body of a DOCX as lines: paragraphs with their numbers, tables, text boxes; tracked changes taken or left."""

import re
from collections.abc import Iterator

from lxml import etree

from policydiff.extract.reading import Revisions
from policydiff.extract.table import row_line
from policydiff.extract.word.numbering import Numbering
from policydiff.extract.word.ooxml import attribute, child, children, is_on, name_of, value_of

_ADDED = frozenset({"ins", "moveTo"})
_REMOVED = frozenset({"del", "moveFrom"})
_TRANSPARENT = frozenset({"sdt", "sdtContent", "customXml", "smartTag"})
_LAYOUT_CELL = 800
_LAYOUT_PARAGRAPHS = 3
_BLANKS = re.compile(r"[ \t\xa0]+")
_SYMBOLS = {0xF0A8: "□", 0xF06F: "□", 0xF0FE: "☑", 0xF052: "☑", 0xF0FC: "√", 0xF0D8: "➢", 0xF0B7: "·"}


class Body:
    """Walks block elements and gives lines, none of them empty."""

    def __init__(self, numbering: Numbering, revisions: Revisions) -> None:
        """Take automatic numbers from `numbering`; `original` refuses tracked changes."""
        self._numbering = numbering
        self._left_out = _REMOVED if revisions == "final" else _ADDED
        self._descended = _TRANSPARENT | (_ADDED | _REMOVED) - self._left_out
        self.notes: list[tuple[str, str]] = []
        """References met, in order: (`footnote` or `endnote`, id)."""
        self.unread: set[str] = set()
        """Parts that hold text of another file and are not read (`altChunk`)."""

    def lines(self, container: "etree._Element") -> Iterator[str]:
        """Give the lines of a body, a cell, a text box or a note."""
        pending = ""
        for block in self._blocks(container):
            if name_of(block) == "tbl":
                yield from self._flush(pending)
                pending = ""
                yield from self._table(block)
                continue
            properties = child(block, "pPr")
            text, boxes = self._inline(block)
            if self._mark_is_gone(properties):
                pending += text
            else:
                label = self._numbering.label(properties)
                yield from self._flush((label + pending + text) if (pending + text).strip() else "")
                pending = ""
            for box in boxes:
                yield from self.lines(box)
        yield from self._flush(pending)

    def _blocks(self, container: "etree._Element") -> "Iterator[etree._Element]":
        for element in container:
            name = name_of(element)
            if name in {"p", "tbl"}:
                yield element
            elif name == "altChunk":
                self.unread.add("a part in another format (altChunk)")
            elif name in self._descended:
                yield from self._blocks(element)
            elif name == "AlternateContent":
                yield from self._blocks(_chosen(element))

    def _flush(self, text: str) -> Iterator[str]:
        for line in text.split("\n"):
            shown = _BLANKS.sub(" ", line).strip()
            if shown:
                yield shown

    def _mark_is_gone(self, properties: "etree._Element | None") -> bool:
        """Say whether a tracked change joins the paragraph to the next one."""
        return self._is_left_out(child(properties, "rPr"))

    def _is_left_out(self, properties: "etree._Element | None") -> bool:
        return properties is not None and any(name_of(each) in self._left_out for each in properties)

    def _inline(self, paragraph: "etree._Element") -> "tuple[str, list[etree._Element]]":
        parts: list[str] = []
        boxes: list[etree._Element] = []
        self._collect(paragraph, parts, boxes)
        return "".join(parts), boxes

    def _collect(self, element: "etree._Element", parts: list[str], boxes: "list[etree._Element]") -> None:
        if name_of(element) == "r" and is_on(element, "rPr", "vanish"):
            return
        for each in element:
            name = name_of(each)
            if (characters := _characters(each, name)) is not None:
                parts.append(characters)
            elif name in {"footnoteReference", "endnoteReference"}:
                self.notes.append((name.removesuffix("Reference"), attribute(each, "id") or ""))
            elif name == "txbxContent":
                boxes.append(each)
            elif name == "AlternateContent":
                self._collect(_chosen(each), parts, boxes)
            elif name not in self._left_out and name not in _PROPERTIES:
                self._collect(each, parts, boxes)

    def _table(self, table: "etree._Element") -> Iterator[str]:
        for row in self._members(table, "tr"):
            if self._is_left_out(child(row, "trPr")):
                continue
            cells = list(self._members(row, "tc"))
            texts = [self._cell(cell) for cell in cells]
            whole = [lines for lines in texts if lines is not None]
            if len(cells) == 1 or any(_lays_out(lines) for lines in whole):
                for lines in whole:
                    yield from lines
            elif line := row_line(" ".join(lines or ()) for lines in texts):
                yield line

    def _members(self, element: "etree._Element", wanted: str) -> "Iterator[etree._Element]":
        for each in element:
            if name_of(each) == wanted:
                yield each
            elif name_of(each) in self._descended:
                yield from self._members(each, wanted)

    def _cell(self, cell: "etree._Element") -> list[str] | None:
        """Return a cell's lines, None for a cell that goes on from the one above or before."""
        properties = child(cell, "tcPr")
        for name in ("vMerge", "hMerge"):
            merge = child(properties, name)
            if merge is not None and (attribute(merge, "val") or "continue") == "continue":
                return None
        return list(self.lines(cell))


_CHARACTERS = {"tab": " ", "ptab": " ", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_PROPERTIES = frozenset(
    {"pPr", "rPr", "instrText", "delInstrText", "rt", "rubyPr", "sdtPr", "sdtEndPr", "fldData", "binData"}
    | {"docPr", "cNvPr", "tblPr", "tcPr", "trPr", "annotationRef", "lastRenderedPageBreak"}
)


def _chosen(alternatives: "etree._Element") -> "etree._Element":
    """Return one branch of `mc:AlternateContent`: both show the same text box."""
    choice = child(alternatives, "Choice")
    found = choice if choice is not None else child(alternatives, "Fallback")
    return found if found is not None else alternatives


def _characters(element: "etree._Element", name: str) -> str | None:
    """Return what an element prints by itself, None where it only holds others."""
    if name in {"t", "delText"}:
        return element.text or ""
    if name == "br":
        return "" if attribute(element, "type") in {"page", "column"} else "\n"
    return _symbol(element) if name == "sym" else _CHARACTERS.get(name)


def _symbol(element: "etree._Element") -> str:
    try:
        code = int(attribute(element, "char") or "", 16)
    except ValueError:
        return ""
    private = 0xE000 <= code <= 0xF8FF
    return _SYMBOLS.get(code, "") if private or not 0x20 <= code < 0xD800 else chr(code)


def _lays_out(lines: list[str]) -> bool:
    """Say whether a cell holds the document itself, the table being there for the page's look."""
    return len(lines) >= _LAYOUT_PARAGRAPHS and sum(map(len, lines)) > _LAYOUT_CELL


def note_texts(part: "etree._Element | None", kind: str) -> "dict[str, etree._Element]":
    """Return the notes of `footnotes.xml` or `endnotes.xml` by id, separators left out."""
    return {
        attribute(each, "id") or "": each
        for each in children(part, kind)
        if attribute(each, "type") in {None, "normal"} and value_of(each, "separator") is None
    }
