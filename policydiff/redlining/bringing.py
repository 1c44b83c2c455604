"""Copies words, objects and paragraph formatting of the new file into the old package; whole notes, tables and rows are marked as new."""

import posixpath
from collections.abc import Sequence
from copy import deepcopy
from typing import Final

from lxml import etree

from policydiff.errors import worded
from policydiff.extract.word.looks import name_of
from policydiff.redlining import UnmarkableError
from policydiff.redlining.inline import Piece, unrolled
from policydiff.redlining.likeness import Styles
from policydiff.redlining.package import (
    Package,
    R,
    drop,
    found,
    made,
    made_run,
    made_words,
    mark_properties,
    own,
    put_numbering,
    put_style,
    relations_of,
    row_properties,
    val,
    w,
)
from policydiff.redlining.stories import Paragraph, cells, rows
from policydiff.redlining.streams import Op, Tally
from policydiff.redlining.undoing import Signer, put_mark

_HYPERLINK: Final = f"{R}/hyperlink"
_STRAY: Final = tuple(
    w(name)
    for name in (
        "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference", "proofErr",
        "permStart", "permEnd", "lastRenderedPageBreak",
    )
)  # fmt: skip
_OF_ITS_FILE: Final = ("rsid", "paraId", "textId")
"""Attributes that number a paragraph within its own file."""
_INLINE = frozenset({"hyperlink", "smartTag", "customXml", "sdtContent", "sdt", "dir", "bdo"})
_FIRST_DRAWING: Final = 900_000
"""Number of the first copied drawing; Word numbers a file's own drawings from 1."""


class WordBringer:
    """Provides new words from another Word file."""

    knows_links = True
    """Whether the new side marks hyperlinks: a Word file does."""

    def __init__(self, old: Package, new: Package, styles: Styles, signer: Signer) -> None:
        self._old, self._new, self._styles, self._signer = old, new, styles, signer
        self._brought: dict[str, str] = {}
        self._lines: Sequence[Paragraph] = ()
        self._old_part = self._new_part = ""
        self._drawings = 0
        self.notes: list[etree._Element] = []
        """References to notes of the new file in the copied words; they point to the copies in the old file later."""

    def at(self, old_part: str, new_part: str, lines: Sequence[Paragraph]) -> "WordBringer":
        """Turn to another story: its two parts, and the new paragraphs to which indices refer."""
        self._old_part, self._new_part, self._lines = old_part, new_part, lines
        return self

    def runs(
        self, new: int, start: int, end: int, beside: "etree._Element | None"
    ) -> "list[tuple[str | None, list[etree._Element]]]":
        """Return runs with the words of a new paragraph from `start` to `end`, grouped by hyperlink."""
        out: list[tuple[str | None, list[etree._Element]]] = []
        place = 0
        for piece in self._lines[new].pieces:
            here, there = max(start, place), min(end, place + len(piece.text))
            if here < there:
                if not out or out[-1][0] != piece.link:
                    out.append((piece.link, []))
                out[-1][1].extend(self._copied(piece, piece.text[here - place : there - place], beside))
            place += len(piece.text)
        return out

    def _copied(self, piece: Piece, words: str, beside: "etree._Element | None") -> "list[etree._Element]":
        if piece.kind.startswith("field"):
            if name_of(piece.node) == "fldSimple":
                return [self._clean(each) for each in unrolled(deepcopy(piece.node))]
            out = []
            for node in piece.nodes:
                source = node.getparent()
                look = self._look(source, beside) if source is not None and source.tag == w("r") else None
                out.append(made_run(look, self._clean(deepcopy(node))))
            return out
        if piece.run.tag != w("r"):
            return [self._clean(deepcopy(piece.node))]
        node = made_words(words) if piece.is_words else self._clean(deepcopy(piece.node))
        node.tail = None
        return [made_run(self._look(piece.run, beside), node)]

    def _look(self, source: "etree._Element", beside: "etree._Element | None") -> "etree._Element | None":
        """Return the look of new words: their own if both files have the same styles, else the look of the words beside them."""
        own = found(source, "rPr")
        if self._styles.same or beside is None:
            return None if own is None else self._clean(deepcopy(own))
        near = found(beside, "rPr")
        look = None if near is None else deepcopy(near)
        for name in ("rStyle", "vertAlign"):
            mine = found(own, name)
            theirs = found(look, name)
            if name == "vertAlign":
                drop(theirs)
            if mine is not None and (name == "vertAlign" or found(source, "footnoteReference") is not None):
                look = made("rPr") if look is None else look
                if name == "rStyle":
                    look.insert(0, self._clean(deepcopy(mine)))
                else:
                    look.append(deepcopy(mine))
        return look

    def properties(self, new: int, like: "etree._Element | None") -> "etree._Element | None":
        """Return a copy of the new paragraph's own properties, with the style ids of the old file."""
        own = found(self._lines[new].last, "pPr")
        if own is None:
            return None
        copy = deepcopy(own)
        for each in list(copy):
            if name_of(each) in {"pPrChange", "sectPr"}:
                copy.remove(each)
        self._clean(copy)
        if found(own, "pStyle") is not None and found(copy, "pStyle") is None:
            put_style(copy, val(found(like, "pPr"), "pStyle"))
        section = found(own, "sectPr")
        if section is not None:
            copy.append(self.cleaned(section))
        return copy

    def link(self, target: str) -> "etree._Element":
        """Return an empty hyperlink to an address or bookmark."""
        address, _, anchor = target.partition("#")
        link = made("hyperlink")
        if address:
            known = self._old.relations(self._old_part)
            number = next(
                (key for key, each in known.items() if each.external and each.target == address), None
            )
            link.set(
                f"{{{R}}}id", number or self._old.relate(self._old_part, _HYPERLINK, address, external=True)
            )
        if anchor:
            link.set(w("anchor"), anchor)
        return link

    def restyle(self, paragraph: "etree._Element", new: int) -> None:
        """Record a change of style or list in a paragraph that is kept."""
        theirs = found(self._lines[new].last, "pPr")
        mine = found(paragraph, "pPr")
        style, changes_style = self._styles.restyled(mine, theirs)
        numbering, changes_list = self._styles.renumbered(mine, theirs)
        if not changes_style and not changes_list:
            return
        if found(mine, "pPrChange") is not None:
            raise UnmarkableError(
                worded("a paragraph whose properties already carry a tracked change gets another style")
            )
        properties = own(paragraph, "pPr")
        held = (deepcopy(each) for each in properties if name_of(each) not in {"rPr", "sectPr"})
        before = made("pPr", *held)
        if changes_style:
            put_style(properties, style)
        if changes_list:
            put_numbering(properties, numbering)
        change = self._signer.change("pPrChange")
        change.append(before)
        properties.append(change)

    def cleaned(self, element: "etree._Element") -> "etree._Element":
        """Return a copy of an element of the new file, made fit for the old file."""
        return self._clean(deepcopy(element))

    def _clean(self, element: "etree._Element") -> "etree._Element":
        """Make a copy fit for the old package: map its styles, lists and relations, and remove elements that may occur only once."""
        for stray in list(element.iter(*_STRAY)):
            drop(stray)
        for each in [inner for inner in element.iter() if isinstance(inner.tag, str)]:
            for attribute in map(str, list(each.attrib)):
                if attribute.rpartition("}")[2].startswith(_OF_ITS_FILE):
                    del each.attrib[attribute]
                elif attribute.startswith(f"{{{R}}}"):
                    each.set(attribute, self._relation(each.get(attribute, "")))
            self._renamed(each, name_of(each))
        self.notes.extend(element.iter(w("footnoteReference"), w("endnoteReference")))
        return element

    def _renamed(self, element: "etree._Element", name: str) -> None:
        """Replace the id of a style, list or drawing by the old file's id."""
        value = element.get(w("val"), "")
        if name in {"pStyle", "rStyle", "tblStyle"}:
            style = self._styles.brought(value, name)
            if style is not None:
                element.set(w("val"), style)
            else:
                drop(element)
        elif name == "numId":
            element.set(w("val"), self._styles.list_id(value))
        elif name == "docPr":
            self._drawings += 1
            element.set("id", str(_FIRST_DRAWING + self._drawings))

    def _relation(self, number: str) -> str:
        relation = self._new.relations(self._new_part).get(number)
        if relation is None:
            return number
        target = relation.target if relation.external else self.part(relation.target)
        known = self._old.relations(self._old_part)
        same = (
            key
            for key, each in known.items()
            if each.target == target and each.full_type == relation.full_type
        )
        return next(same, None) or self._old.relate(
            self._old_part, relation.full_type, target, external=relation.external
        )

    def part(self, name: str) -> str:
        """Copy a part of the new package, with all parts to which it refers, and return its name in the old package."""
        if name in self._brought or not self._new.has(name):
            return self._brought.get(name, name)
        content = self._new.read(name)
        if self._old.has(name) and self._old.read(name) == content:
            self._brought[name] = name
            return name
        mine = self._old.add(name, content, self._new.content_type(name))
        self._brought[name] = mine
        if self._new.has(relations_of(name)):
            root = deepcopy(self._new.tree(relations_of(name)))
            for each in root:
                if each.get("TargetMode") != "External":
                    target = self._new.relations(name)[each.get("Id", "")].target
                    each.set("Target", posixpath.join("/", self.part(target)))
            self._old.add(
                relations_of(mine),
                etree.tostring(root),
                "application/vnd.openxmlformats-package.relationships+xml",
            )
        return mine


class PlainBringer:
    """Provides new words from plain text, in the look of the old words beside them."""

    knows_links = False
    """Whether the new side marks hyperlinks: plain text does not, so words put into a hyperlink belong to it."""

    def __init__(self, signer: Signer) -> None:
        self._signer = signer
        self._lines: Sequence[str] = ()
        self._spare: etree._Element | None = None

    def at(self, lines: Sequence[str], spare: "etree._Element | None") -> "PlainBringer":
        """Turn to another story; the look of the paragraph `spare` is used if no paragraph is beside the new words."""
        self._lines, self._spare = lines, spare
        return self

    def runs(
        self, new: int, start: int, end: int, beside: "etree._Element | None"
    ) -> "list[tuple[str | None, list[etree._Element]]]":
        """Return a single run with the words of a new line from `start` to `end`."""
        look = found(beside, "rPr")
        if look is None and beside is None and self._spare is not None:
            look = found(next(self._spare.iter(w("r")), None), "rPr")
        run = made_run(look)
        for name in ("vertAlign", "rStyle", "vanish"):
            drop(found(found(run, "rPr"), name))
        for index, words in enumerate(self._lines[new][start:end].split("\t")):
            if index:
                run.append(made("tab"))
            if words:
                run.append(made_words(words))
        return [(None, [run])]

    def properties(self, new: int, like: "etree._Element | None") -> "etree._Element | None":
        """Return properties for a new paragraph, from the old paragraph at its place."""
        del new  # a line of text has no look of its own
        source = like if like is not None else self._spare
        own = found(source, "pPr")
        if own is None:
            return None
        copy = deepcopy(own)
        for each in list(copy):
            if name_of(each) in {"pPrChange", "sectPr", "numPr"}:
                copy.remove(each)
        for name in ("ins", "del", "moveFrom", "moveTo"):
            drop(found(found(copy, "rPr"), name))
        return copy

    def link(self, target: str) -> "etree._Element":
        """Return an empty hyperlink to a bookmark; never needed, because plain text has no links."""
        return made("hyperlink", anchor=target)

    def restyle(self, paragraph: "etree._Element", new: int) -> None:
        """Do nothing, because plain text has no styles."""


class NewContent:
    """Copies and marks notes, tables and rows without a counterpart in the old file."""

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
        """Return a table of the new file, with every row marked as inserted."""
        copy = self._bringer.cleaned(table)
        for row in rows(copy):
            self._mark_new(row, Op.INSERT, None)
        return copy

    def _mark_new(self, row: "etree._Element", op: Op, move: str | None) -> None:
        for inner in row.iter(w("tr")):
            put_mark(row_properties(inner), self._signer.change("ins"))
        for number, cell in enumerate(cells(row)):
            self.mark_new_story(cell, op, None if move is None else f"{move}c{number}")

    def mark_new_story(self, story: "etree._Element", op: Op, move: str | None = None) -> None:
        """Mark all words of a copied story, and the ends of its paragraphs except the last."""
        boxes = [box for box in story.iter(w("txbxContent")) if box is not story]
        boxed = {each for box in boxes for each in box.iter(w("p"))}
        paragraphs = [each for each in story.iter(w("p")) if each not in boxed]
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
