"""Blocks of a story (body, header, note, text box, cell) in reading order; pairs of sections with their headers and footers, and of notes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from lxml import etree

from policydiff.extract.word.looks import name_of
from policydiff.redlining.inline import Piece, Reader, words_of
from policydiff.redlining.package import Package, R, W, found, made, w
from policydiff.redlining.undoing import Signer, end_marks

_TABLE = w("tbl")
_OPEN = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo"})
"""Elements around blocks, rows or cells: content controls, and insertions, which are read as accepted."""


@dataclass(slots=True)
class Known:
    """Blocks known by a digest of their XML; blocks with one digest have the same content in both files and need not be read."""

    keys: "dict[etree._Element, bytes]" = field(default_factory=dict)
    texts: dict[bytes, str] = field(default_factory=dict)
    """Text of the paragraphs with a digest, once one of them was read."""


class Paragraph:
    """A paragraph as a reader sees it: one `w:p`, or several that an existing tracked change has joined.

    A paragraph with known XML is read when its words are needed, which must be before anything is written into it.
    """

    __slots__ = ("_known", "_pieces", "_reader", "_text", "elements", "key")

    def __init__(
        self, elements: "list[etree._Element]", reader: Reader, known: Known, key: bytes | None = None
    ) -> None:
        """Use `reader` for the `elements`; `key` is the digest of the XML if it is known."""
        self.elements = elements
        self.key = key
        self._reader, self._known = reader, known
        self._pieces = None if key is not None else self._read()
        self._text: str | None = None

    def _read(self) -> list[Piece]:
        return [piece for element in self.elements for piece in self._reader.pieces(element)]

    @property
    def pieces(self) -> list[Piece]:
        """The pieces of the paragraph, in reading order."""
        if self._pieces is None:
            self._pieces = self._read()
        return self._pieces

    @pieces.setter
    def pieces(self, pieces: list[Piece]) -> None:
        self._pieces = pieces

    @property
    def text(self) -> str:
        """The words of the paragraph, with one character for each object."""
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
        """The element around the paragraph."""
        return self.last.getparent()

    @property
    def section(self) -> "etree._Element | None":
        """The section properties at the paragraph's end; None for none."""
        return found(found(self.last, "pPr"), "sectPr")


@dataclass(slots=True)
class Table:
    """A table among the blocks of a story."""

    element: "etree._Element"
    key: bytes | None = None

    @property
    def holder(self) -> "etree._Element | None":
        """The element around the table."""
        return self.element.getparent()


Block = Paragraph | Table


@dataclass(slots=True)
class PlainLine:
    """A line of a text without objects, in place of a paragraph."""

    text: str
    pieces: list[Piece] = field(default_factory=list)

    @property
    def section(self) -> "etree._Element | None":
        """Always None, because plain text has no sections."""
        return None


class Shape:
    """A block in the form that the alignment needs."""

    __slots__ = ("_tell", "_text", "home", "key", "kind")

    def __init__(self, text: str | Callable[[], str], kind: str, home: int, key: bytes | None = None) -> None:
        """Take the words of the block, or a function that returns them and is called only if the words are needed.

        `kind` keeps paragraphs (`p`) from being paired with tables (`t`); blocks in different elements (`home`) are never joined.
        `key` is equal for blocks with exactly the same content; None if the content is not known to be the same as any
        other.
        """
        self._text = text if isinstance(text, str) else None
        self._tell = text
        self.kind, self.home, self.key = kind, home, key

    @property
    def text(self) -> str:
        """The words of the block."""
        if self._text is None:
            self._text = self._tell() if callable(self._tell) else self._tell
        return self._text

    def is_equal(self, other: "Shape") -> bool:
        """Return whether both blocks have the same content."""
        if self.key is not None and self.key == other.key:
            return True
        return self.kind == other.kind and self.text == other.text


def paragraphs(story: "Iterable[etree._Element]", reader: Reader) -> list[Paragraph]:
    """Return the paragraphs among the blocks of a story."""
    return [block for block in blocks(story, reader) if isinstance(block, Paragraph)]


def blocks(story: "Iterable[etree._Element]", reader: Reader, known: Known | None = None) -> list[Block]:
    """Return the blocks of a story, including those inside content controls."""
    known = known or Known()
    out: list[Block] = []
    pending: list[etree._Element] = []
    for element in _members(story, "p", "tbl"):
        key = known.keys.get(element)
        if element.tag == _TABLE:
            if pending:
                out.append(Paragraph(pending, reader, known))
                pending = []
            out.append(Table(element, key))
            continue
        pending.append(element)
        # A paragraph whose end an existing change deletes is joined to the next one
        if key is not None or not end_marks(element) & {"del", "moveFrom"}:
            out.append(Paragraph(pending, reader, known, key if len(pending) == 1 else None))
            pending = []
    if pending:
        out.append(Paragraph(pending, reader, known))
    return out


def rows(table: "etree._Element") -> "list[etree._Element]":
    """Return the rows of a table as a reader sees them, without rows that an existing change deleted."""
    return [row for row in _members(table, "tr") if found(found(row, "trPr"), "del") is None]


def cells(row: "etree._Element") -> "list[etree._Element]":
    """Return the cells of a row as a reader sees them, without cells that an existing change deleted."""
    return [cell for cell in _members(row, "tc") if found(found(cell, "tcPr"), "cellDel") is None]


def _members(holder: "Iterable[etree._Element]", *wanted: str) -> "Iterator[etree._Element]":
    for each in holder:
        name = name_of(each)
        if name in wanted:
            yield each
        elif name in _OPEN:
            yield from _members(each, *wanted)


_KINDS: Final = ("headerReference", "footerReference")
_ROOT: Final = {"headerReference": "hdr", "footerReference": "ftr"}
_ID: Final = f"{{{R}}}id"
_REVISION: Final = ("rsid",)


class Heads(NamedTuple):
    """A header or footer of the old file, and its counterpart in the new file."""

    old: str
    new: str | None


def sections(body: "etree._Element") -> "list[etree._Element]":
    """Return the section properties of a body, in order."""
    return [each for each in body.iter(w("sectPr")) if name_of_holder(each) in {"pPr", "body"}]


def kept_sections(body: "etree._Element") -> "list[etree._Element]":
    """Return the section properties that remain after all changes are accepted."""
    return [each for each in sections(body) if not _ends(each) & {"del", "moveFrom"}]


def _ends(section: "etree._Element") -> set[str]:
    paragraph = next(section.iterancestors(w("p")), None)
    return set() if paragraph is None else end_marks(paragraph)


def heads_shown(
    package: Package, among: "Iterable[etree._Element]"
) -> "Iterator[tuple[etree._Element, dict[tuple[str, str], str]]]":
    """Yield each section with the headers it shows; a section that names none shows those of the section before it."""
    shown: dict[tuple[str, str], str] = {}
    for section in among:
        shown = {**shown, **_references(package, section)}
        yield section, shown


def name_of_holder(element: "etree._Element") -> str:
    """Return the local name of an element's parent; empty for none."""
    holder = element.getparent()
    return "" if holder is None else name_of(holder)


def head_pairs(
    old: Package, new: Package, pairs: "Sequence[tuple[etree._Element, etree._Element]]"
) -> Iterator[Heads]:
    """Yield each header and footer of the old file once, with its counterpart; those in the new file alone are added empty.

    `pairs` are the corresponding section properties of both sides.
    """
    seen: dict[str, str | None] = {}
    inherited: tuple[dict[tuple[str, str], str], dict[tuple[str, str], str]] = ({}, {})
    for mine, theirs in pairs:
        here, there = _references(old, mine), _references(new, theirs)
        for key in dict.fromkeys((*here, *there)):
            part = here.get(key, inherited[0].get(key))
            other = there.get(key, inherited[1].get(key))
            if part is None and other is not None:
                part = _added(old, mine, key)
                here[key] = part
            if part is not None and seen.get(part) is None:
                seen[part] = other
        inherited[0].update(here)
        inherited[1].update(there)
    for part, counterpart in seen.items():
        yield Heads(part, counterpart)


def _references(package: Package, section: "etree._Element") -> dict[tuple[str, str], str]:
    relations = package.relations(package.document)
    found: dict[tuple[str, str], str] = {}
    for each in section:
        relation = relations.get(each.get(_ID, ""))
        if name_of(each) in _KINDS and relation is not None and package.has(relation.target):
            found[name_of(each), each.get(w("type"), "default")] = relation.target
    return found


def _added(package: Package, section: "etree._Element", key: tuple[str, str]) -> str:
    """Add a header with one empty paragraph, so that it is empty after all changes are rejected."""
    kind, place = key
    root = etree.Element(w(_ROOT[kind]), nsmap={"w": W, "r": R})
    root.append(made("p"))
    name = kind.removesuffix("Reference")
    part, number = package.add_kind(name, root, f"{name}1")
    reference = etree.Element(w(kind), nsmap={"w": W, "r": R})
    reference.set(w("type"), place)
    reference.set(_ID, number)
    section.insert(sum(1 for each in section if name_of(each) in _KINDS), reference)
    return part


def settings_of(section: "etree._Element") -> list[bytes]:
    """Return the settings of a section in comparable form, without headers and ids of edits."""
    out = []
    for each in section:
        if name_of(each) in {*_KINDS, "sectPrChange"}:
            continue
        copy = deepcopy(each)
        copy.tail = None
        for attribute in list(copy.attrib):
            if str(attribute).rpartition("}")[2].startswith(_REVISION):
                del copy.attrib[attribute]
        etree.cleanup_namespaces(copy)
        out.append(etree.tostring(copy, method="c14n"))
    return sorted(out)


def mark_settings(mine: "etree._Element", theirs: "etree._Element", signer: Signer) -> None:
    """Give a section the settings of the new section, marked as a change."""
    if settings_of(mine) == settings_of(theirs) or mine.find(w("sectPrChange")) is not None:
        return
    change = signer.change("sectPrChange")
    change.append(made("sectPr", *(each for each in mine if name_of(each) not in _KINDS)))
    mine.extend(deepcopy(each) for each in theirs if name_of(each) not in {*_KINDS, "sectPrChange"})
    mine.append(change)


_NOTE_ID: Final = w("id")


class NotePart:
    """The notes of one kind in both packages."""

    def __init__(self, old: Package, new: Package, kind: str) -> None:
        self._old, self._kind = old, kind
        self.old_part = old.related(old.document, f"{kind}s")
        self.new_part = new.related(new.document, f"{kind}s")
        self._new = new
        self._added: set[str] = set()

    def old(self, reference: "etree._Element") -> "etree._Element | None":
        """Return the old note to which a reference points; None if it is missing."""
        return _note(self._old, self.old_part, reference)

    def new(self, reference: "etree._Element") -> "etree._Element | None":
        """Return the new note to which a reference points; None if it is missing."""
        return _note(self._new, self.new_part, reference)

    def add(self, note: "etree._Element", reference: "etree._Element") -> None:
        """Add a note to the old package under a free number, and point the reference to it."""
        root = self._root()
        numbers = [
            int(each.get(_NOTE_ID, "0")) for each in root if each.get(_NOTE_ID, "").lstrip("-").isdecimal()
        ]
        number = str(max([*numbers, 0]) + 1)
        note.set(_NOTE_ID, number)
        reference.set(_NOTE_ID, number)
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
        """Move each added note after the note referred to before it, because some programs number notes by their order in the part."""
        if self.old_part is None:
            return
        root = self._old.tree(self.old_part)
        notes = {each.get(_NOTE_ID): each for each in root}
        before: etree._Element | None = None
        for reference in body.iter(w(f"{self._kind}Reference")):
            note = notes.get(reference.get(_NOTE_ID, ""))
            if note is None:
                continue
            if reference.get(_NOTE_ID) in self._added:
                if before is not None:
                    before.addnext(note)
                else:
                    root.insert(sum(1 for each in root if each.get(w("type")) not in {None, "normal"}), note)
            before = note


def _note(package: Package, part: str | None, reference: "etree._Element") -> "etree._Element | None":
    number = reference.get(_NOTE_ID, "")
    notes = () if part is None else package.tree(part)
    return next((each for each in notes if each.get(_NOTE_ID) == number), None)
