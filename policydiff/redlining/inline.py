"""Content of a paragraph in reading order, read and cut: words, and objects, each of which is compared as one character."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import takewhile
from typing import NamedTuple

from lxml import etree

from policydiff.extract.word.looks import name_of
from policydiff.redlining.package import R, found, made, made_run, made_words, set_words, shell, w

_FIRST_OBJECT = 0x100000
"""First character for objects: plane 16, which no text uses (callers refuse texts that do)."""
_WORDS = w("t")
_RUN = w("r")
_CONTAINERS = frozenset(
    {"hyperlink", "smartTag", "customXml", "dir", "bdo", "sdt", "sdtContent", "ins", "moveTo"}
)
_SILENT = frozenset(
    {"rPr", "pPr", "lastRenderedPageBreak", "commentReference", "annotationRef", "delText", "delInstrText"}
)
_PRINTS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
"""Characters that objects print if the other side is plain text; other objects print nothing."""
_ALL_ALIKE = frozenset(
    {*_PRINTS, "footnoteReference", "endnoteReference", "softHyphen", "footnoteRef", "endnoteRef"}
)
"""Objects that are equal wherever they occur; notes are distinguished by their words."""
_VOLATILE = re.compile(
    r"\s*(PAGE|NUMPAGES|SECTIONPAGES|SECTION|DATE|TIME|PAGEREF|FILENAME|PRINTDATE|SAVEDATE|CREATEDATE|STYLEREF)\b",
    re.IGNORECASE,
)
"""Fields whose printed result Word may compute again at any time, so that another stored result is no change."""
_UNIMPORTANT = re.compile(
    rb'\s(?:w:rsid\w*|w14:paraId|w14:textId|wp14:anchorId|wp14:editId|id|name|descr|title|o:spid|o:gfxdata|r:\w+)="[^"]*"'
)
_NAMESPACES = re.compile(rb'\sxmlns(?::\w+)?="[^"]*"')


class Piece(NamedTuple):
    """Words of one text element, or one object."""

    text: str
    """The words; for an object its placeholder character, or the words that it prints."""
    node: "etree._Element"
    """The text element, or the first element of the object."""
    run: "etree._Element"
    """The run around the node; the object itself if no run is around it."""
    kind: str
    """`words`, else the kind of object: `tab`, `field`, `footnoteReference`, `box`, `picture`."""
    nodes: "tuple[etree._Element, ...]" = ()
    """All elements of a field, in order."""
    link: str | None = None
    """Target of the hyperlink around it; None for none."""

    @property
    def is_words(self) -> bool:
        """Whether it may be cut between any two characters."""
        return self.kind == "words"


@dataclass(slots=True)
class Alphabet:
    """A character for each distinct object of both sides."""

    codes: dict[object, str] = field(default_factory=dict)

    def code(self, key: object) -> str:
        """Return the character of an object, by a key that is equal for equal objects."""
        return self.codes.setdefault(key, chr(_FIRST_OBJECT + len(self.codes)))


class _Item(NamedTuple):
    node: "etree._Element"
    run: "etree._Element"
    link: str | None


class Reader:
    """Reads paragraphs of one part into pieces."""

    def __init__(
        self, alphabet: Alphabet, targets: dict[str, str], *, plain: bool = False, remembers: bool = False
    ) -> None:
        """Use `alphabet` for the characters of objects.

        `targets` maps ids of the part's relations to addresses of links and hashes of pictures; `plain` is true if the other
        side is text without objects; with `remembers`, each paragraph is read only once, which is right for parts that are
        not edited.
        """
        self._known: dict[etree._Element, list[Piece]] | None = {} if remembers else None
        self._alphabet = alphabet
        self._targets = targets
        self._plain = plain

    def pieces(self, paragraph: "etree._Element") -> list[Piece]:
        """Return the pieces of a paragraph, with existing tracked changes accepted."""
        if self._known is None:
            return self._read(paragraph)
        if paragraph not in self._known:
            self._known[paragraph] = self._read(paragraph)
        return self._known[paragraph]

    def _read(self, paragraph: "etree._Element") -> list[Piece]:
        items = list(self._items(paragraph, None))
        if not any(name_of(item.node) in {"fldChar", "instrText"} for item in items):
            return [piece for item in items if (piece := self._piece(item)) is not None]
        return list(self._with_fields(items))

    def _items(self, holder: "etree._Element", link: str | None) -> Iterator[_Item]:
        for each in holder:
            if each.tag == _RUN:
                for node in each:
                    yield _Item(node, each, link)
                continue
            name = name_of(each)
            if name in _CONTAINERS:
                yield from self._items(each, self._address(each) if name == "hyperlink" else link)
            elif name in {"fldSimple", "oMath", "oMathPara", "AlternateContent", "subDoc", "contentPart"}:
                yield _Item(each, each, link)

    def _address(self, link: "etree._Element") -> str:
        target = self._targets.get(link.get(f"{{{R}}}id", ""), "")
        return f"{target}#{link.get(w('anchor'), '')}"

    def _piece(self, item: _Item) -> Piece | None:
        node = item.node
        if node.tag == _WORDS:
            words = (node.text or "").replace("\n", " ")  # a line feed in the XML is a blank
            return Piece(words, node, item.run, "words", (), item.link) if words else None
        name = name_of(node)
        if not name or name in _SILENT:
            return None
        if name == "fldSimple":
            instruction = " ".join((item.node.get(w("instr")) or "").split())
            result = "".join(each.text or "" for each in item.node.iter(_WORDS))
            return Piece(
                self._field_text(instruction, result), item.node, item.node, "field", (item.node,), item.link
            )
        kind, key = self._key(name, node)
        text = self._text(name, key)
        return Piece(text, node, item.run, kind, (node,), item.link)

    def _text(self, name: str, key: object) -> str:
        if name == "tab":
            return "\t"
        if self._plain:
            return _PRINTS.get(name, "")
        return self._alphabet.code(key)

    def _key(self, name: str, node: "etree._Element") -> tuple[str, object]:
        if name == "br" and node.get(w("type")) in {"page", "column"}:
            return "pageBreak", (name, node.get(w("type")))
        if name in _ALL_ALIKE:
            return name, name
        if name == "sym":
            return name, (name, node.get(w("font")), node.get(w("char")))
        # Kind and key of a drawing; pictures are equal if they show the same file
        if node.find(f".//{w('txbxContent')}") is not None:
            # Drawings with another number of boxes, or fallback boxes on one side only, are replaced as a whole.
            return "box", ("box", *map(len, box_stories(node)))
        shown = sorted(
            self._targets.get(str(value), str(value))
            for each in node.iter()
            for attribute, value in each.attrib.items()
            if str(attribute).startswith(f"{{{R}}}")
        )
        if name in {"drawing", "pict", "object", "AlternateContent"} and shown:
            return "picture", ("picture", tuple(dict.fromkeys(shown)))
        shape = _NAMESPACES.sub(b"", _UNIMPORTANT.sub(b"", etree.tostring(node, with_tail=False)))
        return name, (name, hashlib.sha256(shape).hexdigest())

    def _field_text(self, instruction: str, result: str) -> str:
        if self._plain:
            return result
        return self._alphabet.code(("field", instruction, None if _VOLATILE.match(instruction) else result))

    def _with_fields(self, items: list[_Item]) -> Iterator[Piece]:
        index = 0
        while index < len(items):
            item = items[index]
            if name_of(item.node) != "fldChar":
                if name_of(item.node) != "instrText" and (piece := self._piece(item)) is not None:
                    yield piece
                index += 1
                continue
            kind = item.node.get(w("fldCharType"))
            end = _field_end(items, index) if kind == "begin" else None
            if end is None:
                yield from self._open_field(items, index, kind or "")
                index += 1
                continue
            yield self._whole_field(items[index : end + 1])
            index = end + 1

    def _whole_field(self, items: list[_Item]) -> Piece:
        """Return a field that begins and ends in one paragraph, as one piece."""
        depth, told, result, shows = 0, [], [], False
        for item in items:
            if name_of(item.node) == "fldChar":
                kind = item.node.get(w("fldCharType"))
                depth += {"begin": 1, "end": -1}.get(kind or "", 0)
                shows = kind == "separate" if depth == 1 and kind in {"separate", "begin"} else shows
            elif name_of(item.node) == "instrText":
                told.append(item.node.text or "")
            elif shows and (piece := self._piece(item)) is not None:
                result.append(piece.text)
        text = self._field_text(" ".join("".join(told).split()), "".join(result))
        nodes = tuple(item.node for item in items if name_of(item.node) not in _SILENT)
        return Piece(text, items[0].node, items[0].run, "field", nodes, items[0].link)

    def _open_field(self, items: list[_Item], index: int, kind: str) -> Iterator[Piece]:
        """Yield the beginning or end of a field that spans several paragraphs (a table of contents)."""
        rest = items[index + 1 :] if kind == "begin" else []
        behind = (each.node for each in rest if name_of(each.node) not in _SILENT)
        told = list(takewhile(lambda node: name_of(node) == "instrText", behind))
        words = "".join(node.text or "" for node in told)
        text = "" if self._plain else self._alphabet.code(("open field", kind, " ".join(words.split())))
        item = items[index]
        yield Piece(text, item.node, item.run, f"field {kind}", (item.node, *told), item.link)


def _field_end(items: list[_Item], start: int) -> int | None:
    depth = 0
    for index in range(start, len(items)):
        if name_of(items[index].node) == "fldChar":
            depth += {"begin": 1, "end": -1}.get(items[index].node.get(w("fldCharType")) or "", 0)
            if depth == 0:
                return index
    return None


def box_stories(node: "etree._Element") -> "tuple[list[etree._Element], list[etree._Element]]":
    """Return the outermost text boxes of a drawing, and those of the fallback that older programs show instead."""
    shown: list[etree._Element] = []
    spare: list[etree._Element] = []
    outside = node.getparent()
    for box in node.iter(w("txbxContent")):
        above = [name_of(each) for each in takewhile(lambda each: each is not outside, box.iterancestors())]
        if "txbxContent" not in above:
            (spare if "Fallback" in above else shown).append(box)
    return (shown, spare) if shown else (spare, [])


def words_of(pieces: list[Piece]) -> str:
    """Return the text of the pieces."""
    return "".join(piece.text for piece in pieces)


def first_run(piece: Piece) -> "etree._Element":
    """Return the run in which a piece begins; the piece itself if it is in no run."""
    return _holder(piece.node)


def last_run(piece: Piece) -> "etree._Element":
    """Return the run in which a piece ends."""
    return _holder(piece.nodes[-1] if piece.nodes else piece.node)


def runs_of(piece: Piece) -> "list[etree._Element]":
    """Return all runs of a piece, in order."""
    holders = [_holder(node) for node in (piece.nodes or (piece.node,))]
    return list({id(holder): holder for holder in holders}.values())


def _holder(node: "etree._Element") -> "etree._Element":
    holder = node.getparent()
    return holder if holder is not None and holder.tag == _RUN else node


def cut(whole: list[Piece], offsets: Iterable[int]) -> list[Piece]:
    """Cut the runs of a paragraph at offsets of its text, so that no run crosses an offset, and return the pieces."""
    wanted = set(offsets)
    pieces: list[Piece] = []
    place = 0
    for piece in whole:
        end = place + len(piece.text)
        if piece.is_words:
            inside = sorted(offset - place for offset in wanted if place < offset < end)
            pieces.extend(_cut_words(piece, inside))
        else:
            pieces.append(piece)
        place = end
    place = 0
    for index, piece in enumerate(pieces):
        if place in wanted and index:
            _part(pieces[index - 1], piece)
        place += len(piece.text)
    return pieces


def _cut_words(piece: Piece, offsets: list[int]) -> list[Piece]:
    parts: list[Piece] = []
    node, words, done = piece.node, piece.text, 0
    for offset in offsets:
        rest = made_words(words[offset:])
        set_words(node, words[done:offset])
        node.addnext(rest)
        rest.tail = None
        parts.append(piece._replace(text=words[done:offset], node=node))
        node, done = rest, offset
    parts.append(piece._replace(text=words[done:], node=node))
    return parts


def _part(before: Piece, after: Piece) -> None:
    """Move two neighbouring pieces of one run into two runs."""
    run = last_run(before)
    if run is not first_run(after) or run.tag != _RUN:
        return
    rest = shell(run)
    properties = found(run, "rPr")
    if properties is not None:
        rest.append(deepcopy(properties))
    start = run.index(after.node)
    rest.extend(list(run)[start:])
    run.addnext(rest)


def unrolled(field: "etree._Element") -> "list[etree._Element]":
    """Return the runs that replace a simple field (`w:fldSimple`), because only runs can be marked as deleted."""
    inner = [each for each in field if name_of(each) != "fldData"]
    look = next((found(each, "rPr") for each in inner if each.tag == _RUN), None)
    told = made("instrText")
    set_words(told, field.get(w("instr"), ""))
    begin = made("fldChar", fldCharType="begin")
    for name in ("dirty", "fldLock"):
        if (value := field.get(w(name))) is not None:
            begin.set(w(name), value)
    return [
        made_run(look, begin),
        made_run(look, told),
        made_run(look, made("fldChar", fldCharType="separate")),
        *inner,
        made_run(look, made("fldChar", fldCharType="end")),
    ]
