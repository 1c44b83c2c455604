"""Takes a plain text as the new version: its words are written into a copy of the old file, with the styles, notes and tables of the old file."""

import re
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from policydiff.extract.reading import Limits
from policydiff.lexicon.text_marks import NOTE_LINE, is_row
from policydiff.redlining import RedlineChoices, RedlineRefusedError, Refusal
from policydiff.redlining.aligning import Group, align_blocks
from policydiff.redlining.bringing import PlainBringer
from policydiff.redlining.clause_pairs import numbering_of
from policydiff.redlining.inline import Alphabet, Piece, Reader, box_stories
from policydiff.redlining.margin_comments import (
    bare_line,
    cell_texts,
    folded,
    goes_on,
    spaced_like,
    table_without_rows,
    type_number,
)
from policydiff.redlining.marking import Walk
from policydiff.redlining.package import Package, drop, found, made, w
from policydiff.redlining.stories import Paragraph, PlainLine, Shape, Table, blocks, cells, paragraphs
from policydiff.redlining.streams import Bit, Op, Tally, Words, compared, whole_objects, with_last_end_kept
from policydiff.redlining.table_marks import read_rows
from policydiff.redlining.undoing import Signer, accept

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LONGEST_NUMBER = 12
"""Most characters of an article's number, such as 第一千二百六十条之二."""
_MOST_NUMBERS_TYPED = 200
"""Most numbers of lists that are typed out, one at each reading of the file, until its text is the old text."""
_LABEL = re.compile(
    r"\s*(?:[一二三四五六七八九十百〇零]{1,5}、|[（(][一二三四五六七八九十百〇零\d]{1,4}[）)]|\d{1,3}[.．、]"
    r"|第[一二三四五六七八九十百千〇零\d]{1,7}[编章节条款项目])\s*"
)
"""A number that a Word list may print itself."""


@dataclass(slots=True)
class _Old:
    """A paragraph or a row of the old body."""

    element: "etree._Element"
    text: str
    table: "etree._Element | None" = None
    label: str = ""
    owner: "etree._Element | None" = None
    """Paragraph with the text box, or one-column table, that contains this paragraph; it is copied as a whole. None for neither."""

    @property
    def shown(self) -> str:
        """Number and words as a reader sees them, without blanks."""
        return folded(self.label + self.text)


class PlainSide:
    """Writes a text into a copy of the old package."""

    def __init__(self, data: bytes, lines: Sequence[str], limits: Limits) -> None:
        self._package = Package(data, limits)
        self._reader = Reader(Alphabet(), {}, plain=True)
        self._signer = Signer(RedlineChoices(), [self._package.tree(self._package.document)])
        self._lines = [line for line in lines if line.strip() and not NOTE_LINE.match(line)]
        self._noted = [line[match.end() :] for line in lines if (match := NOTE_LINE.match(line))]
        self._bringer = PlainBringer(self._signer)
        self._copies: dict[int, etree._Element] = {}
        """Copies of old elements, by the `id()` of the old element, into which lines inside them are written."""

    def written(self, settle: "Callable[[etree._Element], None]") -> bytes:
        """Return the package with the text as its body; `settle` accepts or rejects the tracked changes of the old file.

        Raises RedlineRefusedError if the text cannot be written into the file.
        """
        part = self._package.document
        settle(self._package.tree(part))
        body = self._package.body
        old = list(self._olds(body))
        shapes = (
            [Shape(each.shown, "p", 0) for each in old],
            [Shape(folded(line), "p", 0) for line in self._lines],
        )
        kept = [each for each in old if each.shown]
        alignment = align_blocks([shape for shape in shapes[0] if shape.text], shapes[1], ())
        new = list(self._content(kept, alignment.groups, [pair.old for pair in alignment.moves]))
        tail = [each for each in body if each.tag == w("sectPr")]
        for each in list(body):
            body.remove(each)
        body.extend([*self._with_blanks(old, new), *tail])
        wanted = "".join(folded(line) for line in self._lines)
        for _ in range(_MOST_NUMBERS_TYPED):
            if not self._typed_number(body, wanted):
                break
        self._notes(body)
        said = "".join(each.shown for each in self._olds(body))
        if said != wanted:
            place = next((i for i, (a, b) in enumerate(zip(said, wanted, strict=False)) if a != b), len(said))
            raise RedlineRefusedError(
                Refusal.NOT_PROVED,
                part,
                f"the new text cannot be written into the file at “{wanted[place : place + 30]}”",
            )
        self._package.touch(part)
        return self._package.saved()

    def _typed_number(self, body: "etree._Element", wanted: str) -> bool:
        """Type the first number that the old file's list would print differently from the text; return whether there was one."""
        place = 0
        for unit in self._olds(body):
            if wanted.startswith(unit.shown, place):
                place += len(unit.shown)
                continue
            words = folded(unit.text)
            at = wanted.find(words, place, place + len(words) + _LONGEST_NUMBER)
            if not unit.label or at < 0:
                return False
            type_number(unit.element, wanted[place:at])
            return True
        return False

    def _notes(self, body: "etree._Element") -> None:
        """Give the notes of the file their words from the text, in the order of the references to them."""
        for kind in ("footnote", "endnote"):
            part = self._package.related(self._package.document, f"{kind}s")
            if part is None or not self._noted:
                continue
            known = {each.get(w("id")): each for each in self._package.tree(part)}
            called = [known.get(each.get(w("id"))) for each in body.iter(w(f"{kind}Reference"))]
            notes = [each for each in called if each is not None]
            if len(notes) != len(self._noted):
                raise RedlineRefusedError(
                    Refusal.UNMARKABLE,
                    part,
                    f"the new text has {len(self._noted)} notes, the file {len(notes)}",
                )
            for note, words in zip(notes, self._noted, strict=True):
                old = paragraphs(note, self._reader)
                if old and folded("".join(each.text for each in old)) != folded(words):
                    self._said(note, old, [PlainLine(words)])
                    self._package.touch(part)
            return

    def _olds(self, body: "etree._Element") -> Iterator[_Old]:
        numbering = numbering_of(self._package)
        for block in blocks(body, self._reader):
            if isinstance(block, Table):
                if all(len(cells(row)) == 1 for row in block.element.iter(w("tr"))):
                    yield from self._in_one_column(block.element)
                    continue
                for row in read_rows(block.element, self._reader):
                    own = (
                        text
                        for text, (_, goes_on) in zip(row.texts, row.shape, strict=True)
                        if goes_on != "continue"
                    )
                    yield _Old(row.element, "\t".join(own), block.element)
            elif isinstance(block, Paragraph):
                yield _Old(block.last, block.text, None, numbering.label(found(block.last, "pPr")))
                for piece in block.pieces:
                    yield from self._boxed(piece)

    def _boxed(self, piece: Piece) -> Iterator[_Old]:
        """Yield the lines of a text box, which follow the paragraph with the box in the text."""
        boxes = box_stories(piece.node)[0] if piece.kind == "box" else []
        for box in boxes:
            for block in paragraphs(box, self._reader):
                yield _Old(block.last, block.text, owner=next(piece.node.iterancestors(w("p"))))

    def _in_one_column(self, table: "etree._Element") -> Iterator[_Old]:
        """Yield the paragraphs of a table with a single column, which only sets the layout and is read as lines."""
        for cell in table.iter(w("tc")):
            for block in paragraphs(cell, self._reader):
                yield _Old(block.last, block.text, owner=table)

    def _content(
        self, old: Sequence[_Old], groups: Sequence[Group], moved: Sequence[range]
    ) -> "Iterator[tuple[_Old | None, etree._Element, etree._Element | None]]":
        """Yield old unit, new element, and table (for a row) of each line of the text."""
        last: _Old | None = None
        for group in groups:
            source = moved[group.move] if group.move is not None and group.new else group.old
            if not group.new:
                continue
            units = [old[i] for i in source]
            lines = [self._lines[j] for j in group.new]
            if (
                len(units) == 1
                and units[0].table is not None
                and len(lines) == 1
                and is_row(lines[0].strip())
            ):
                yield units[0], self._row(units[0].element, lines[0].strip()), units[0].table
            elif units and units[0].owner is not None and len(units) == len(lines):
                for unit, line in zip(units, lines, strict=True):
                    yield from self._held(unit, line)
            elif units and all(unit.table is None and unit.owner is None for unit in units):
                elements = self._paragraphs(units, lines)
                self._copies[id(units[-1].element)] = elements[-1]
                for element in elements:
                    yield units[-1], element, None
            else:
                yield from self._new(lines, last)
            last = units[-1] if units else last

    def _held(
        self, unit: _Old, line: str
    ) -> "Iterator[tuple[_Old | None, etree._Element, etree._Element | None]]":
        """Write a line into a copy of the box or table around the old line; the copy is yielded at its first line."""
        owner = unit.owner
        if owner is None:
            return
        copy = self._copies.get(id(owner))
        if copy is None:
            copy = self._copies[id(owner)] = deepcopy(owner)
            yield unit, copy, None
        if unit.shown == folded(line):
            return
        for spare in list(copy.iter(_FALLBACK)):
            drop(spare)  # the fallback for older programs is dropped, because only the shown box is updated
        shown = [
            each for each in owner.iter(w("p")) if not any(up.tag == _FALLBACK for up in each.iterancestors())
        ]
        target = list(copy.iter(w("p")))[shown.index(unit.element)]
        for element in self._paragraphs([unit], [line]):
            target.addprevious(element)
        drop(target)

    def _new(
        self, lines: Sequence[str], last: _Old | None
    ) -> "Iterator[tuple[_Old | None, etree._Element, etree._Element | None]]":
        for line in lines:
            if is_row(line.strip()):
                yield None, *self._new_row(line.strip(), last)
            else:
                yield None, self._new_paragraph(line, last), None

    def _new_paragraph(self, line: str, last: _Old | None) -> "etree._Element":
        like = last.element if last is not None and last.table is None else None
        paragraph = made("p")
        bringer = self._bringer.at([bare_line(line)], like)
        properties = bringer.properties(0, like)
        if properties is not None:
            paragraph.append(properties)
        for _, runs in bringer.runs(0, 0, len(bare_line(line)), None):
            paragraph.extend(runs)
        return paragraph

    def _paragraphs(self, units: Sequence[_Old], lines: Sequence[str]) -> "list[etree._Element]":
        """Return copies of old paragraphs with the words of the lines."""
        if folded("".join(unit.label + unit.text for unit in units)) == folded("".join(lines)) and len(
            units
        ) == len(lines):
            return [deepcopy(unit.element) for unit in units]
        home = made("body", *(deepcopy(unit.element) for unit in units))
        old = paragraphs(home, self._reader)
        texts = [self._without_label(unit, line) for unit, line in zip(units, lines, strict=False)]
        bare = [bare_line(text) for text in [*texts, *lines[len(units) :]]]
        spaced = [spaced_like(unit.text, text) for unit, text in zip(units, bare, strict=False)]
        new = [PlainLine(text) for text in [*spaced, *bare[len(units) :]]]
        return self._said(home, old, new)

    def _said(
        self, home: "etree._Element", old: Sequence[Paragraph], new: Sequence[PlainLine]
    ) -> "list[etree._Element]":
        bits = whole_objects(compared(old, new, range(len(old)), range(len(new))), old)
        # The stream without changes of blanks alone, because printing adds and loses blanks
        out: list[Bit] = []
        for bit in bits:
            if isinstance(bit, Words) and bit.op in {Op.DELETE, Op.INSERT}:
                text = old[bit.old].text if bit.op is Op.DELETE else new[bit.new].text
                if not text[bit.start : bit.end].strip():
                    if bit.op is Op.DELETE:
                        out.append(Words(Op.KEEP, bit.old, bit.start, bit.end))
                    continue
            out.append(bit)
        bits = with_last_end_kept(out)
        self._bringer.at([line.text for line in new], old[0].last if old else None)
        Walk(old, new, self._signer, self._bringer, Tally()).write(bits, home.append)
        accept(home, self._signer.is_own)
        return list(home)

    def _without_label(self, unit: _Old, line: str) -> str:
        """Return a line without the number that the old paragraph's list prints, even if the number has changed."""
        if not unit.label:
            return line
        match = _LABEL.match(line)
        return line[match.end() :] if match else line

    def _row(self, row: "etree._Element", line: str) -> "etree._Element":
        """Return a copy of a row with the words of the line in its cells."""
        copy = deepcopy(row)
        own = [cell for cell in cells(copy) if not goes_on(cell)]
        texts = cell_texts(line)
        if len(own) != len(texts):
            return self._new_row(line, _Old(row, "", row.getparent()))[0]
        for cell, text in zip(own, texts, strict=True):
            old = paragraphs(cell, self._reader)
            if old and folded("".join(each.text for each in old)) != folded(text):
                self._said(cell, old, [PlainLine(part) for part in text.split("\n")])
        return copy

    def _new_row(self, line: str, last: _Old | None) -> "tuple[etree._Element, etree._Element | None]":
        """Return a row for a line, like the row before it if that has the same number of cells."""
        texts = cell_texts(line)
        like = last.element if last is not None and last.table is not None else None
        if (
            like is not None
            and len(cells(like)) == len(texts)
            and not any(goes_on(cell) for cell in cells(like))
        ):
            return self._row(like, line), last.table if last is not None else None
        row = made("tr")
        for text in texts:
            words = (self._new_paragraph(part, None) for part in text.split("\n"))
            row.append(made("tc", made("tcPr", made("tcW", w="0", type="auto")), *words))
        return row, None if last is None else last.table

    def _with_blanks(
        self, old: Sequence[_Old], new: "Sequence[tuple[_Old | None, etree._Element, etree._Element | None]]"
    ) -> "list[etree._Element]":
        """Return the new content, with the old file's blank paragraphs, section ends and tables around it."""
        place = {id(unit): index for index, unit in enumerate(old)}
        out: list[etree._Element] = [deepcopy(each) for each in _blanks(old, -1)]
        table: tuple[etree._Element, etree._Element] | None = None
        for index, (unit, element, of_table) in enumerate(new):
            is_a_row = element.tag == w("tr")
            if is_a_row:
                if table is None or (of_table is not None and of_table is not table[0]):
                    table = (
                        of_table if of_table is not None else element,
                        table_without_rows(of_table, element),
                    )
                    out.append(table[1])
                table[1].append(element)
            else:
                table = None
                out.append(element)
            follows = new[index + 1][0] if index + 1 < len(new) else None
            if unit is not None and unit is not follows:
                for each in _blanks(old, place[id(unit)]):
                    if each.tag == w("tr") and table is not None:
                        table[1].append(deepcopy(each))
                    elif each.tag == w("p"):
                        table = None
                        out.append(deepcopy(each))
        if not out or out[-1].tag != w("p"):
            out.append(made("p"))
        return out


def _blanks(old: Sequence[_Old], index: int) -> "Iterator[etree._Element]":
    """Yield the elements after an old unit that print nothing, up to the next one that does."""
    for unit in old[index + 1 :]:
        if unit.shown and unit.owner is None:
            return
        if unit.owner is None:
            yield unit.element
