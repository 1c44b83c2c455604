"""Footnotes and endnotes: each is compared with the one called at the same place, new ones are added in call order."""

from copy import deepcopy
from typing import Final

from lxml import etree

from policydiff.redlining.inline import Piece
from policydiff.redlining.package import Package
from policydiff.redlining.wordml import R, W, w

_TYPE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_CONTENT: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_ID: Final = w("id")


class NotePart:
    """The notes of one kind of both packages."""

    def __init__(self, old: Package, new: Package, kind: str) -> None:
        """Take `footnote` or `endnote`."""
        self._old, self._kind = old, kind
        self.old_part = old.related(old.document, f"{kind}s")
        self.new_part = new.related(new.document, f"{kind}s")
        self._new = new
        self._added: set[str] = set()

    def old(self, reference: Piece) -> "etree._Element | None":
        """Return the old note a reference calls."""
        return (
            None
            if self.old_part is None
            else _note(self._old.tree(self.old_part), reference.node.get(_ID, ""))
        )

    def new(self, reference: Piece) -> "etree._Element | None":
        """Return the new note a reference calls."""
        return (
            None
            if self.new_part is None
            else _note(self._new.tree(self.new_part), reference.node.get(_ID, ""))
        )

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
            self.old_part = self._old.add(f"word/{name}.xml", root, f"{_CONTENT}{name}+xml")
            self._old.relate(self._old.document, f"{_TYPE}{name}", self.old_part)
        return self._old.tree(self.old_part)

    def put_in_call_order(self, body: "etree._Element") -> None:
        """Put each added note behind the one called before it: some programs number notes by their place in the part."""
        if self.old_part is None:
            return
        root = self._old.tree(self.old_part)
        before: etree._Element | None = None
        for reference in body.iter(w(f"{self._kind}Reference")):
            note = _note(root, reference.get(_ID, ""))
            if note is None:
                continue
            if reference.get(_ID) in self._added:
                if before is not None:
                    before.addnext(note)
                else:
                    root.insert(sum(1 for each in root if each.get(w("type")) not in {None, "normal"}), note)
            before = note


def _note(root: "etree._Element", number: str) -> "etree._Element | None":
    return next((each for each in root if each.get(_ID) == number), None)
