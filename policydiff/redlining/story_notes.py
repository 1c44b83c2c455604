"""Footnotes and endnotes of both files.

Each note is compared with the one called at the same place; new notes, tables and rows are brought whole.
"""

from copy import deepcopy
from typing import Final

from lxml import etree

from policydiff.extract.word.looks import name_of
from policydiff.redlining.bringing import WordBringer
from policydiff.redlining.inline import Piece, unrolled
from policydiff.redlining.marking import Tally
from policydiff.redlining.package import (
    Package,
    R,
    W,
    made,
    mark_properties,
    own,
    row_properties,
    w,
)
from policydiff.redlining.stories import cells
from policydiff.redlining.streams import Op
from policydiff.redlining.undoing import Signer, put_mark

_ID: Final = w("id")


class NotePart:
    """The notes of one kind of both packages."""

    def __init__(self, old: Package, new: Package, kind: str) -> None:
        self._old, self._kind = old, kind
        self.old_part = old.related(old.document, f"{kind}s")
        self.new_part = new.related(new.document, f"{kind}s")
        self._new = new
        self._added: set[str] = set()

    def old(self, reference: Piece) -> "etree._Element | None":
        """Return the old note a reference calls."""
        return _note(self._old, self.old_part, reference)

    def new(self, reference: Piece) -> "etree._Element | None":
        """Return the new note a reference calls."""
        return _note(self._new, self.new_part, reference)

    def add(self, note: "etree._Element", reference: "etree._Element") -> None:
        """Add a note to the old package under a free number, and let the reference call it."""
        root = self._root()
        numbers = [int(each.get(_ID, "0")) for each in root if each.get(_ID, "").lstrip("-").isdecimal()]
        number = str(max([*numbers, 0]) + 1)
        note.set(_ID, number)
        reference.set(_ID, number)
        root.append(note)
        self._added.add(number)

    def _root(self) -> "etree._Element":
        if self.old_part is None:
            name = f"{self._kind}s"
            root = etree.Element(w(name), nsmap={"w": W, "r": R})
            if self.new_part is not None:
                for each in self._new.tree(self.new_part):
                    if each.get(w("type")) not in {None, "normal"}:
                        root.append(deepcopy(each))
            self.old_part, _ = self._old.add_kind(name, root)
        return self._old.tree(self.old_part)

    def put_in_call_order(self, body: "etree._Element") -> None:
        """Put each added note behind the one called before it: some programs number notes by their place in the part."""
        if self.old_part is None:
            return
        root = self._old.tree(self.old_part)
        notes = {each.get(_ID): each for each in root}
        before: etree._Element | None = None
        for reference in body.iter(w(f"{self._kind}Reference")):
            note = notes.get(reference.get(_ID, ""))
            if note is None:
                continue
            if reference.get(_ID) in self._added:
                if before is not None:
                    before.addnext(note)
                else:
                    root.insert(sum(1 for each in root if each.get(w("type")) not in {None, "normal"}), note)
            before = note


def _note(package: Package, part: str | None, reference: Piece) -> "etree._Element | None":
    number = reference.node.get(_ID, "")
    notes = () if part is None else package.tree(part)
    return next((each for each in notes if each.get(_ID) == number), None)


_INLINE = frozenset({"hyperlink", "smartTag", "customXml", "sdtContent", "sdt", "dir", "bdo"})


class NewContent:
    """Brings and marks notes, tables and rows without a counterpart in the old file."""

    def __init__(self, signer: Signer, bringer: WordBringer, tally: Tally) -> None:
        self._signer, self._bringer, self._tally = signer, bringer, tally

    def brought_row(self, row: "etree._Element", op: Op, move: str | None = None) -> "etree._Element":
        """Return a row of the new file, marked as inserted with its text."""
        copy = self._bringer.cleaned(row)
        self._mark_new(copy, op, move)
        return copy

    def brought_cell(self, cell: "etree._Element") -> "etree._Element":
        """Return a cell of the new file, marked as inserted with its text."""
        copy = self._bringer.cleaned(cell)
        self.mark_new_story(copy, Op.INSERT)
        own(copy, "tcPr").append(self._signer.change("cellIns"))
        return copy

    def brought_table(self, table: "etree._Element") -> "etree._Element":
        """Return a table of the new file with every row marked as inserted."""
        copy = self._bringer.cleaned(table)
        for row in list(copy.iterchildren(w("tr"))):
            self._mark_new(row, Op.INSERT, None)
        return copy

    def _mark_new(self, row: "etree._Element", op: Op, move: str | None) -> None:
        for inner in row.iter(w("tr")):
            put_mark(row_properties(inner), self._signer.change("ins"))
        for number, cell in enumerate(cells(row)):
            self.mark_new_story(cell, op, None if move is None else f"{move}c{number}")

    def mark_new_story(self, story: "etree._Element", op: Op, move: str | None = None) -> None:
        """Mark all words of a story that was brought, and the ends of its paragraphs but the last."""
        paragraphs = [each for each in story.iter(w("p")) if not _in_box(each, story)]
        first = last = None
        for paragraph in paragraphs:
            for wrapper in self._wrapped(paragraph, op):
                first, last = first if first is not None else wrapper, wrapper
                if op is Op.INSERT:
                    self._tally.inserted += sum(len(each.text or "") for each in wrapper.iter(w("t")))
            follows = paragraph.getnext()
            if follows is not None and follows.tag == w("p"):
                put_mark(mark_properties(paragraph), self._signer.change(op))
        if move is not None and first is not None and last is not None:
            start = self._signer.range_start("moveTo", move)
            first.addprevious(start)
            last.addnext(made("moveToRangeEnd", id=start.get(w("id"), "")))

    def _wrapped(self, holder: "etree._Element", op: Op) -> "list[etree._Element]":
        out: list[etree._Element] = []
        for each in list(holder):
            name = name_of(each)
            if name == "fldSimple":
                place = holder.index(each)
                inner = unrolled(each)
                holder[place : place + 1] = inner
                for run in inner:
                    out.extend(self._wrap(run, op, out))
            elif name in {"r", "oMath", "oMathPara"}:
                out.extend(self._wrap(each, op, out))
            elif name in _INLINE:
                out.extend(self._wrapped(each, op))
        return out

    def _wrap(self, run: "etree._Element", op: Op, so_far: "list[etree._Element]") -> "list[etree._Element]":
        before = run.getprevious()
        if so_far and before is so_far[-1]:
            before.append(run)
            return []
        wrapper = self._signer.change(op)
        run.addprevious(wrapper)
        wrapper.append(run)
        return [wrapper]


def _in_box(paragraph: "etree._Element", story: "etree._Element") -> bool:
    for above in paragraph.iterancestors():
        if above is story:
            return False
        if above.tag == w("txbxContent"):
            return True
    return False
