"""A Word package in memory, and the names and small functions with which its WordprocessingML parts are edited.

A part is parsed once and edited in place; a part that is not edited keeps its bytes.
"""

import posixpath
import zipfile
from copy import deepcopy
from functools import lru_cache
from io import BytesIO
from typing import Final, NamedTuple

from lxml import etree

from policydiff.errors import UnreadableInputError
from policydiff.extract.container import Container, parse_xml
from policydiff.extract.reading import DEFAULT_LIMITS, Limits
from policydiff.extract.word.looks import name_of
from policydiff.redlining import RedlineRefusedError, Refusal

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"

_STRICT: Final = tuple(
    (
        f"http://purl.oclc.org/ooxml/{family}/{name}".encode(),
        f"http://schemas.openxmlformats.org/{family}/2006/{name}".encode(),
    )
    for family, name in (
        *(("wordprocessingml", "main"), ("officeDocument", "relationships"), ("officeDocument", "math")),
        *(("drawingml", name) for name in ("wordprocessingDrawing", "main", "picture")),
    )
)
"""Namespaces of the strict and of the transitional dialect; parts are edited under the transitional ones."""

_AFTER_STYLE: Final = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
"""Elements before `numPr` in paragraph properties (the schema fixes the order)."""
_END_OF_PROPERTIES: Final = frozenset({"sectPr", "pPrChange"})


@lru_cache(maxsize=512)
def w(name: str) -> str:
    """Return a name of the main namespace in the form that lxml uses."""
    return f"{{{W}}}{name}"


def renamed(content: bytes, *, strict: bool) -> bytes:
    """Return a part with the namespaces of the strict or of the transitional dialect."""
    for in_strict, usual in _STRICT:
        content = content.replace(usual, in_strict) if strict else content.replace(in_strict, usual)
    return content


def found(element: "etree._Element | None", name: str) -> "etree._Element | None":
    """Return the first child with a name; None for none."""
    # The library iterates over the children itself, because a search by path is five times slower.
    return None if element is None else next(element.iterchildren(w(name)), None)


def val(element: "etree._Element | None", name: str) -> str | None:
    """Return the `w:val` of the first child with a name; None for none."""
    child = found(element, name)
    return None if child is None else child.get(w("val"))


def made(name: str, *held: "etree._Element", **attributes: str) -> "etree._Element":
    """Return a new element of the main namespace with the children `held`."""
    element = etree.Element(w(name), {w(key): value for key, value in attributes.items()}, nsmap={"w": W})
    element.extend(held)
    return element


def made_words(words: str) -> "etree._Element":
    """Return a new text element that keeps blanks at its ends."""
    node = made("t")
    set_words(node, words)
    return node


def made_run(look: "etree._Element | None", *held: "etree._Element") -> "etree._Element":
    """Return a new run with a copy of the look (`w:rPr`) of another run."""
    return made("r", *held) if look is None else made("r", deepcopy(look), *held)


def drop(element: "etree._Element | None") -> None:
    """Remove an element from its parent; nothing happens without an element or parent."""
    holder = None if element is None else element.getparent()
    if element is not None and holder is not None:
        holder.remove(element)


def own(holder: "etree._Element", name: str, place: int = 0) -> "etree._Element":
    """Return the child with a name, such as the properties of a paragraph (`pPr`); a missing child is made at `place`."""
    child = found(holder, name)
    if child is None:
        child = made(name)
        holder.insert(place, child)
    return child


def mark_properties(paragraph: "etree._Element") -> "etree._Element":
    """Return the properties of a paragraph's end, made if missing."""
    properties = own(paragraph, "pPr")
    ends = (index for index, each in enumerate(properties) if name_of(each) in _END_OF_PROPERTIES)
    return own(properties, "rPr", next(ends, len(properties)))


def row_properties(row: "etree._Element") -> "etree._Element":
    """Return a row's properties, made if missing."""
    exceptions = found(row, "tblPrEx")
    return own(row, "trPr", 0 if exceptions is None else row.index(exceptions) + 1)


def put_style(properties: "etree._Element", style: str | None) -> None:
    """Set the style of paragraph properties, or remove it if `style` is None."""
    drop(found(properties, "pStyle"))
    if style is not None:
        properties.insert(0, made("pStyle", val=style))


def put_numbering(properties: "etree._Element", numbering: "etree._Element | None") -> None:
    """Set the list of paragraph properties, or remove it if `numbering` is None."""
    drop(found(properties, "numPr"))
    if numbering is not None:
        place = sum(1 for each in properties if name_of(each) in _AFTER_STYLE)
        properties.insert(place, numbering)


def content_of(paragraph: "etree._Element") -> "list[etree._Element]":
    """Return the elements of a paragraph without its properties."""
    return [each for each in paragraph if each.tag != w("pPr")]


def set_words(node: "etree._Element", words: str) -> None:
    """Set the words of a text element, keeping blanks at their ends."""
    node.text = words
    if words[:1].isspace() or words[-1:].isspace():
        node.set(XML_SPACE, "preserve")


def shell(element: "etree._Element") -> "etree._Element":
    """Return an empty element with the same name and attributes."""
    return etree.Element(
        element.tag, {str(name): str(said) for name, said in element.attrib.items()}, nsmap={"w": W}
    )


_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CONTENT_TYPES = "[Content_Types].xml"
_DAY_OF_NEW_PARTS = (1980, 1, 1, 0, 0, 0)
_DOCUMENT = "/officeDocument"


class Relation(NamedTuple):
    """A relation from a part of the package to another part, or to an external address."""

    type: str
    """Last step of the relation's type: `header`, `image`, `hyperlink`."""
    full_type: str
    target: str
    """Name of the part, or the address of an external target."""
    external: bool


class Package:
    """The parts of a package by name. Nothing is fetched, run or written to disk."""

    def __init__(self, data: bytes, limits: Limits = DEFAULT_LIMITS) -> None:
        """Open a package. Raises RedlineRefusedError if it is no DOCX, damaged, or unpacks to more than the limits."""
        try:
            self._container = Container(data, limits)
        except UnreadableInputError as error:
            raise RedlineRefusedError(Refusal.NOT_WORD, "the package", str(error)) from error
        self.entries = [entry for entry in self._container.entries if not entry.is_dir()]
        self._folders = [entry for entry in self._container.entries if entry.is_dir()]
        self.names = [entry.filename for entry in self.entries]
        if len(set(map(str.lower, self.names))) != len(self.names):
            raise RedlineRefusedError(Refusal.UNSAFE_PART, "the package", "it holds two parts of one name")
        self._known = {name.lower(): name for name in self.names}
        self._trees: dict[str, etree._Element] = {}
        self._strict: set[str] = set()
        self._relations: dict[str, dict[str, Relation]] = {}
        self._touched: set[str] = set()
        self._added: dict[str, bytes | None] = {}
        targets = [each.target for each in self.relations("").values() if each.full_type.endswith(_DOCUMENT)]
        name = next((self._known[each.lower()] for each in targets if each.lower() in self._known), None)
        if name is None:
            raise RedlineRefusedError(Refusal.NOT_WORD, "the package", "it holds no document part")
        self.document = name

    @property
    def body(self) -> "etree._Element":
        """Body of the document. Raises RedlineRefusedError if the document has none."""
        body = found(self.tree(self.document), "body")
        if body is None:
            raise RedlineRefusedError(Refusal.UNSAFE_PART, self.document, "it holds no body")
        return body

    def has(self, name: str) -> bool:
        """Return whether the package has a part with this name."""
        return name.lower() in self._known

    def read(self, name: str) -> bytes:
        """Return the original bytes of a part, or the bytes with which it was added."""
        if self._added.get(name) is not None:
            return self._added[name] or b""
        try:
            content = self._container.read(name)
        except UnreadableInputError as error:
            raise RedlineRefusedError(Refusal.UNSAFE_PART, name, str(error)) from error
        return content or b""

    def tree(self, name: str) -> "etree._Element":
        """Return the root of a part, the same object at every call; edits are saved only if the part is touched."""
        name = self._known.get(name.lower(), name)
        if name not in self._trees:
            content = self.read(name)
            # The strict dialect is recognised by its namespace
            if b"purl.oclc.org/ooxml" in content[:4096]:
                self._strict.add(name)
                content = renamed(content, strict=False)
            try:
                self._trees[name] = parse_xml(content, name)
            except UnreadableInputError as error:
                raise RedlineRefusedError(Refusal.UNSAFE_PART, name, str(error)) from error
        return self._trees[name]

    def touch(self, name: str) -> None:
        """Record that a part was edited and must be serialised again."""
        self._touched.add(self._known.get(name.lower(), name))

    @property
    def added(self) -> tuple[str, ...]:
        """The names of the parts that were added."""
        return tuple(self._added)

    @property
    def touched(self) -> tuple[str, ...]:
        """The names of the parts that were edited or added, in the order of the package."""
        return tuple(name for name in self.names if name in self._touched or name in self._added)

    def relations(self, part: str) -> dict[str, Relation]:
        """Return the relations of a part by their ids; an empty `part` means the package itself."""
        name = relations_of(part)
        if not self.has(name):
            return {}
        if name not in self._relations:
            read: dict[str, Relation] = {}
            for each in self.tree(name).iterchildren("{*}*"):
                full_type, target = each.get("Type", ""), each.get("Target", "")
                external = each.get("TargetMode") == "External"
                place = target if external else _resolved(part, target)
                read[each.get("Id", "")] = Relation(full_type.rpartition("/")[2], full_type, place, external)
            self._relations[name] = read
        return self._relations[name]

    def related(self, part: str, kind: str) -> str | None:
        """Return the first part of a kind (`styles`, `footnotes`) to which `part` refers; None for none."""
        for each in self.relations(part).values():
            if each.type == kind and not each.external and self.has(each.target):
                return self._known[each.target.lower()]
        return None

    def root(self, kind: str) -> "etree._Element | None":
        """Return the root of the document's part of a kind; None if there is no such part."""
        part = self.related(self.document, kind)
        return None if part is None else self.tree(part)

    def content(self, kind: str) -> bytes:
        """Return the bytes of the document's part of a kind; empty if there is no such part."""
        part = self.related(self.document, kind)
        return b"" if part is None else self.read(part)

    def add(self, name: str, content: "bytes | etree._Element", content_type: str) -> str:
        """Add a part under `name`, or under a similar free name, and return its name."""
        stem, dot, suffix = name.rpartition(".")
        number, free = 1, name
        while self.has(free):
            number += 1
            free = f"{stem}_{number}{dot}{suffix}"
        self._put(free, content)
        self._declare(free, content_type)
        return free

    def _put(self, name: str, content: "bytes | etree._Element") -> None:
        if isinstance(content, bytes):
            self._added[name] = content
        else:
            self._added[name] = None
            self._trees[name] = content
        self.names.append(name)
        self._known[name.lower()] = name

    def relate(self, part: str, full_type: str, target: str, *, external: bool = False) -> str:
        """Add a relation from `part` to another part or address, and return its id."""
        name = relations_of(part)
        self._relations.pop(name, None)
        if not self.has(name):
            self._put(name, etree.fromstring(f'<Relationships xmlns="{_RELATIONS}"/>'))
        root = self.tree(name)
        ids = {each.get("Id") for each in root}
        number = len(ids) + 1
        while f"rId{number}" in ids:
            number += 1
        relation = etree.SubElement(root, f"{{{_RELATIONS}}}Relationship")
        relation.set("Id", f"rId{number}")
        relation.set("Type", full_type)
        relation.set("Target", target if external else _relative(part, target))
        if external:
            relation.set("TargetMode", "External")
        self.touch(name)
        return f"rId{number}"

    def add_kind(self, kind: str, root: "etree._Element", name: str | None = None) -> tuple[str, str]:
        """Add a part of a kind to which documents refer, and return its name and the id of the document's relation.

        `kind` is the name in content types (`footnotes`, `header`); `name` is the file name if it differs (`header1`).
        """
        part = self.add(f"word/{name or kind}.xml", root, f"{_WORD_TYPE}{kind}+xml")
        return part, self.relate(self.document, f"{R}/{kind}", part)

    def content_type(self, name: str) -> str:
        """Return the declared content type of a part; empty if it is not declared."""
        default = ""
        for each in self.tree(_CONTENT_TYPES):
            if (each.get("PartName") or "").lower() == f"/{name}".lower():
                return each.get("ContentType", "")
            if (each.get("Extension") or "-").lower() == name.rpartition(".")[2].lower():
                default = each.get("ContentType", "")
        return default

    def _declare(self, name: str, content_type: str) -> None:
        if self.content_type(name) == content_type:
            return
        root = self.tree(_CONTENT_TYPES)
        each = etree.SubElement(root, f"{{{_TYPES}}}Override")
        each.set("PartName", f"/{name}")
        each.set("ContentType", content_type)
        self.touch(_CONTENT_TYPES)

    def saved(self) -> bytes:
        """Return the package as bytes: unedited parts unchanged, in their order, without the current time."""
        stream = BytesIO()
        came = {entry.filename: entry for entry in self.entries}
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
            for folder in self._folders:
                out.writestr(_entry(folder.filename, folder), b"")
            for name in self.names:
                out.writestr(_entry(name, came.get(name)), self._content(name), compresslevel=6)
        return stream.getvalue()

    def _content(self, name: str) -> bytes:
        if name not in self._touched and self._added.get(name, b"") is not None:
            return self.read(name)
        content: bytes = etree.tostring(
            self._trees[name], xml_declaration=True, encoding="UTF-8", standalone=True
        )
        return renamed(content, strict=True) if name in self._strict else content


def relations_of(part: str) -> str:
    """Return the name of the part that holds the relations of `part`."""
    folder, _, name = part.rpartition("/")
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _resolved(part: str, target: str) -> str:
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target)).lstrip("/")


def _relative(part: str, target: str) -> str:
    folder = posixpath.dirname(part)
    return target[len(folder) + 1 :] if folder and target.startswith(f"{folder}/") else f"/{target}"


def _entry(name: str, came: zipfile.ZipInfo | None) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, came.date_time if came is not None else _DAY_OF_NEW_PARTS)
    entry.compress_type = zipfile.ZIP_STORED if name.endswith("/") else zipfile.ZIP_DEFLATED
    entry.external_attr = came.external_attr if came is not None else 0
    return entry
