"""The body of a DOCX as blocks: paragraphs with their numbers, tables, notes and text boxes; tracked changes are accepted or rejected."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from lxml import etree

from policydiff.errors import worded
from policydiff.extract.reading import Block, Leftovers, Revisions, lays_out
from policydiff.extract.word.drawn_words import Fields, NoteLabels, Numbering
from policydiff.extract.word.looks import (
    MATHS,
    UNREAD_PARTS,
    Look,
    Looks,
    attribute,
    characters_of,
    child,
    children,
    chosen,
    in_line,
    is_on,
    merge_of,
    name_of,
    number_of,
    unprinted,
    value_of,
    words_of,
)
from policydiff.lexicon.text_marks import Merged, Slot, call as note_call, compact, note_line, row_line
from policydiff.lexicon.widths import raised

_ADDED = frozenset({"ins", "moveTo"})
_REMOVED = frozenset({"del", "moveFrom"})
_TRANSPARENT = frozenset({"sdt", "sdtContent", "customXml", "smartTag"})
_MOST_COLUMNS = 200
"""Most columns of a table; Word itself allows 63, and damaged files state millions."""
_DEEPEST_TABLE = 5
"""Deepest table inside a table whose depth is told apart."""
_BLANKS = re.compile(r"[ \t\xa0]+")


class NoteCall(NamedTuple):
    """A reference to a note in the text."""

    kind: str
    """`footnote` or `endnote`."""
    id: str
    label: str
    """Mark at the reference: 1, ①, *."""


class Body:
    """Reads the elements of a document body and returns blocks."""

    def __init__(
        self,
        numbering: Numbering,
        looks: Looks,
        revisions: Revisions,
        left_out: Leftovers,
        notes: "dict[str, dict[str, etree._Element]] | None" = None,
        note_label: "NoteLabels | None" = None,
    ) -> None:
        """Read automatic numbers from `numbering`; with the revisions `original`, reject tracked changes and show struck words."""
        self._numbering = numbering
        self._looks = looks
        self._original = revisions == "original"
        self._refused = _ADDED if self._original else _REMOVED
        self._refused_kind = "inserted" if self._original else "deleted"
        self._descended = _TRANSPARENT | (_ADDED | _REMOVED) - self._refused
        self._left_out = left_out
        self._notes = notes or {}
        self._labels = note_label or NoteLabels()
        self.other_format: Callable[[str], list[Block] | None] = lambda _: None
        """Returns the blocks of a part in another format (`altChunk`) by its relation id; None if it is not read."""
        self._called: list[NoteCall] = []
        self._in_note = False
        self._cell: Look | None = None
        """Look that the style of a table gives to the cell being read."""
        self._fields = Fields()
        self.notes_called: set[tuple[str, str]] = set()
        """Kind and id of the notes to which the text refers."""
        self.unread: set[str] = set()
        """Parts with text of another file that could not be read (`altChunk`)."""
        self.pictures = 0
        """Number of pictures found."""

    def blocks(self, container: "etree._Element", depth: int = 0) -> Iterator[Block]:
        """Yield the blocks of a body, a cell, a text box or a note; a note follows the paragraph that refers to it.

        An empty block only separates two adjacent tables.
        """
        ahead = pending = ""
        after_table = False
        for element in self._members(container, _BLOCKS):
            is_table = name_of(element) == "tbl"
            if is_table or name_of(element) == "altChunk":
                yield from self._shown(ahead + pending, Look(), "")
                ahead = pending = ""
                if is_table and after_table and not depth:
                    yield Block("")  # adjacent tables stay two tables
                yield from self._table(element, depth) if is_table else self._chunk(element)
                after_table = is_table
                continue
            after_table = False
            properties = child(element, "pPr")
            inline = _Inline(self._looks.of_paragraph(properties, self._cell))
            self._left_out.part()
            self._collect(element, inline)
            self._fields.end_line(inline.parts)
            text = "".join(inline.parts)
            if self._is_refused(child(properties, "rPr")):
                pending += text  # a tracked change joins the paragraph to the next one
            else:
                label = self._numbering.label(properties)
                words = pending + text
                hidden = is_on(properties, "rPr", "vanish")
                is_number_alone = depth > 0 and not words_of(element).strip()
                line = label + words if words.strip() or is_number_alone else ""
                pending = ""
                if line and (hidden or attribute(child(properties, "framePr"), "dropCap") in _BESIDE):
                    # The next paragraph continues on the same line: after a run-in heading or a large first character.
                    ahead += line
                    continue
                style = self._looks.name(properties)
                yield from self._shown(ahead + line, inline.look(), style, 0 if ahead else len(label))
                ahead = ""
            if not depth and self._called:
                yield from self._note_blocks()
            for box in inline.boxes:
                yield from self.blocks(box, depth)
        yield from self._shown(ahead + pending, Look(), "")
        if self._fields.are_counted:
            self.unread.add("numbers that fields count (AUTONUM, LISTNUM)")

    def _chunk(self, element: "etree._Element") -> list[Block]:
        """Return the blocks of a part in another format; converters from web pages to DOCX put the whole text there."""
        blocks = self.other_format(attribute(element, "id") or "")
        if blocks is None:
            self.unread.add("a part in another format (altChunk)")
        return blocks or []

    def _shown(self, text: str, look: Look, style: str, label: int = 0) -> Iterator[Block]:
        for line in text.split("\n"):
            shown = _BLANKS.sub(" ", line).strip()
            if shown:
                yield Block(shown, "paragraph", look.centred, look.size, look.bold, style, label)
            label = 0

    def _note_blocks(self) -> Iterator[Block]:
        """Yield the notes referred to since the last paragraph, each on one line."""
        called, self._called = self._called, []
        self._in_note = True
        for call in called:
            note = self._notes.get(call.kind, {}).get(call.id)
            words = " ".join(block.text for block in self.blocks(note, 1)) if note is not None else ""
            if words:
                yield Block(note_line(call.label, words), "note")
        self._in_note = False

    def _is_refused(self, properties: "etree._Element | None") -> bool:
        return any(name_of(each) in self._refused for each in (() if properties is None else properties))

    def _collect(self, element: "etree._Element", inline: "_Inline") -> None:
        for each in element:
            name = name_of(each)
            if name == "r":
                self._run(each, inline)
            elif name in self._refused:
                self._left_out.add(self._refused_kind, words_of(each), joined=True)
            elif name == "txbxContent":
                inline.boxes.append(each)
            elif name == "AlternateContent":
                self._collect(chosen(each), inline)
            elif (characters := characters_of(each, name)) is not None:
                if name == "ffData":
                    self._note_unprinted(each, name)
                inline.parts.append(characters)
            elif name in MATHS:
                self._formula(each, name, inline)
            else:
                self._below(each, name, inline)

    def _below(self, element: "etree._Element", name: str, inline: "_Inline") -> None:
        """Read the elements inside an element that prints nothing itself."""
        if name in _PROPERTIES:
            self._note_unprinted(element, name)
            return
        # Record pictures, alternative texts and parts that are not read
        self.pictures += name in _PICTURES
        if name in _SHAPES:
            self._note("alternative text", attribute(element, "alt"))
        if name in UNREAD_PARTS:
            self.unread.add(UNREAD_PARTS[name])
        before = len(inline.parts)
        self._collect(element, inline)
        if name == "fldSimple" and len(inline.parts) == before:
            self._fields.draw(attribute(element, "instr") or "", inline.parts)

    def _note(self, kind: str, words: str | None) -> None:
        if words and words.strip():
            self._left_out.add(kind, words.strip())

    def _note_unprinted(self, element: "etree._Element", name: str) -> None:
        for kind, words in unprinted(element, name):
            self._note(kind, words)

    def _formula(self, element: "etree._Element", name: str, inline: "_Inline") -> None:
        """Write a fraction, power or root of a formula on the line, in a form that cannot be mistaken for another formula."""
        properties = child(element, f"{name}Pr")
        between = value_of(properties, "sepChr") or ("|" if name == "d" else "; ")
        places = []
        for part in MATHS[name]:
            entries = []
            for found in children(element, part):
                inner = _Inline(inline.paragraph)
                self._collect(found, inner)
                inline.boxes.extend(inner.boxes)
                entries.append("".join(inner.parts))
            places.append(between.join(entries))
        inline.parts.append(in_line(name, *places, properties=properties))

    def _run(self, run: "etree._Element", inline: "_Inline") -> None:
        look = self._looks.of_run(child(run, "rPr"), inline.paragraph)
        if look.hidden or (look.struck and not self._original):
            words = words_of(run)
            self._left_out.add("hidden" if look.hidden else "struck", words, joined=True)
            return
        self._left_out.part()
        before = len(inline.parts)
        self._parts_of_run(run, inline, look.signs)
        if look.raised:
            inline.parts[before:] = map(raised, inline.parts[before:])
        if any(part.strip() for part in inline.parts[before:]):
            inline.saw(look)

    def _of_field(self, element: "etree._Element", name: str, inline: "_Inline") -> None:
        """Process a sign of a field (its beginning, the end of its code, its end) or a piece of its code."""
        if name == "fldChar":
            self._fields.sign(attribute(element, "fldCharType") or "", inline.parts)
            self._collect(element, inline)
        else:
            self._note_unprinted(element, name)
            self._fields.take(element.text or "")

    def _parts_of_run(self, run: "etree._Element", inline: "_Inline", signs: str) -> None:
        own_mark = False
        for each in run:
            name = name_of(each)
            if name in _NOTE_CALLS:
                own_mark = self._call(each, name, run, inline)
            elif name in _OF_FIELDS:
                self._of_field(each, name, inline)
            elif (characters := characters_of(each, name, signs)) is not None:
                if name == "sym" and not characters:
                    self.unread.add(worded("a sign of a font that is not known"))
                # The sign of an automatically numbered note is the label already added.
                if not own_mark:
                    self._fields.put(characters, inline.parts)
            elif name == "AlternateContent":
                self._collect(chosen(each), inline)
            elif name == "txbxContent":
                inline.boxes.append(each)
            elif name not in self._refused:
                self._below(each, name, inline)

    def _call(self, element: "etree._Element", name: str, run: "etree._Element", inline: "_Inline") -> bool:
        """Add the reference to a note to the words; return whether the run's words are the note's own sign."""
        if self._in_note:
            return False
        kind = name.removesuffix("Reference")
        own = (attribute(element, "customMarkFollows") or "0").lower() in {"1", "true", "on"}
        sign = "".join((each.text or "") for each in children(run, "t")).strip() if own else ""
        call = NoteCall(kind, attribute(element, "id") or "", self._labels.label(kind, sign))
        if call.id in self._notes.get(kind, {}):
            self._called.append(call)
            self.notes_called.add((call.kind, call.id))
            inline.parts.append(note_call(call.label))
        return own and bool(sign)

    def _table(self, table: "etree._Element", depth: int) -> Iterator[Block]:
        rows = []
        for row in self._members(table, {"tr"}):
            if self._is_refused(child(row, "trPr")):
                self._note(self._refused_kind, words_of(row))
            else:
                rows.append(row)
        called: list[list[NoteCall]] = []
        grids: list[list[_Cell]] = []
        around = self._cell
        look = self._looks.of_table(child(table, "tblPr"))
        for number, row in enumerate(rows):
            grids.append(self._cells(row, depth, partial(look, number, len(rows))))
            called.append(self._called)
            self._called = []
        self._cell = around
        slots = compact([_slots(cells) for cells in grids])
        for cells, of_row, notes in zip(grids, slots, called, strict=True):
            whole = [cell for cell in cells if cell.merged is None]
            if len(of_row) == 1 or any(lays_out([block.text for block in cell.blocks]) for cell in whole):
                for cell in whole:
                    yield from cell.blocks
            else:
                if line := row_line(of_row, depth):
                    yield Block(line, "row")
                for cell in whole:
                    yield from (block for block in cell.blocks if block.kind == "row")
            self._called.extend(notes)
            if not depth and self._called:
                yield from self._note_blocks()

    def _cells(self, row: "etree._Element", depth: int, look: Callable[[int, int], Look]) -> "list[_Cell]":
        before = min(number_of(row, "trPr", "gridBefore") or 0, _MOST_COLUMNS)
        cells = [_Cell([], 1, None) for _ in range(before)]
        members = list(self._members(row, {"tc"}))
        for number, cell in enumerate(members):
            self._cell = look(number, len(members))
            properties = child(cell, "tcPr")
            if child(properties, "cellIns" if self._original else "cellDel") is not None:
                self._note(self._refused_kind, words_of(cell))
                continue
            across = min(max(number_of(properties, "gridSpan") or 1, 1), _MOST_COLUMNS)
            merged = merge_of(properties)
            deeper = min(depth + 1, _DEEPEST_TABLE)
            blocks = [] if merged else list(self.blocks(cell, deeper))
            if merged:  # the cell it is merged into hides its words
                self._note("hidden", words_of(cell))
            cells.append(_Cell(blocks, across, merged))
        return cells

    def _members(self, element: "etree._Element", wanted: Collection[str]) -> "Iterator[etree._Element]":
        for each in element:
            name = name_of(each)
            if name in wanted:
                yield each
            elif name in self._descended:
                yield from self._members(each, wanted)
            elif name in {"sdtPr", "tblPr"}:
                self._note_unprinted(each, name)
            elif name == "AlternateContent":
                yield from self._members(chosen(each), wanted)


class _Cell(NamedTuple):
    blocks: list[Block]
    across: int
    merged: Merged | None


def _slots(cells: Sequence[_Cell]) -> list[Slot]:
    """Return a row's places in the table's grid; rows of a table inside a cell are printed below the row."""
    slots: list[Slot] = []
    for cell in cells:
        words = "\n".join(block.text for block in cell.blocks if block.kind != "row")
        slots.append(cell.merged or words)
        slots.extend([Merged.LEFT] * (cell.across - 1))
    return slots


class _Inline:
    """Collects the words of one paragraph."""

    __slots__ = ("_bold", "_size", "boxes", "paragraph", "parts")

    def __init__(self, paragraph: Look) -> None:
        self.paragraph = paragraph
        self.parts: list[str] = []
        self.boxes: list[etree._Element] = []
        self._size = 0.0
        self._bold: bool | None = None

    def saw(self, look: Look) -> None:
        """Record the look of a run that shows words."""
        self._size = max(self._size, look.size)
        self._bold = look.bold and self._bold is not False

    def look(self) -> Look:
        """Return the look of the paragraph: its largest type size, and bold if all its words are bold."""
        return self.paragraph._replace(size=self._size or self.paragraph.size, bold=bool(self._bold))


_BESIDE = frozenset({"drop", "margin"})
"""Positions of a large first character: in the lines of its paragraph, or beside them."""
_BLOCKS = frozenset({"p", "tbl", "altChunk"})
_OF_FIELDS = frozenset({"fldChar", "instrText"})
_NOTE_CALLS = frozenset({"footnoteReference", "endnoteReference"})
_PICTURES = frozenset({"blip", "imagedata"})
_SHAPES = frozenset({"shape", "rect", "oval", "roundrect", "group", "line"})
"""Drawings of the old format (VML), which may have an alternative text."""
_PROPERTIES = frozenset(
    {"pPr", "rPr", "instrText", "delInstrText", "rt", "rubyPr", "sdtPr", "sdtEndPr", "fldData", "binData"}
    | {"docPr", "cNvPr", "tblPr", "tcPr", "trPr", "annotationRef", "lastRenderedPageBreak"}
)
