"""The proof of a redline: rejecting all changes gives the old parts back letter by letter; accepting all gives the content of the new file."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from typing import Any, NamedTuple

from lxml import etree

from policydiff.errors import worded
from policydiff.extract.word.looks import name_of
from policydiff.redlining import RedlineRefusedError, Refusal
from policydiff.redlining.inline import unrolled
from policydiff.redlining.package import XML_SPACE, R, W, drop, made, shell, w
from policydiff.redlining.undoing import CHANGES, Choice, end_marks, reject

_TEXT = frozenset({"t", "delText", "instrText", "delInstrText"})
_RELATION = f"{{{R}}}id"
ANY = "*"
"""Name of a style that the old file lacks: any style of the old file may replace it."""
_NO_CONTENT = frozenset({"proofErr", "lastRenderedPageBreak"})
_EMPTY_IF_BARE = frozenset({"hyperlink", "pPr", "rPr", "trPr", "tcPr"})
_JOINED = frozenset({"r", "ins", "del", "moveFrom", "moveTo", "hyperlink", "smartTag", "customXml"})
_NUMBERED = frozenset({"ins", "del", "moveFrom", "moveTo"})
_DECLARED = re.compile(rb'<[\w:.-]+((?: xmlns(?::[\w.-]+)?="[^"]*")*)')
_NOTES = frozenset({"footnote", "endnote"})
_SINGLE = frozenset({"tbl", "sdt", "customXml", "sectPr", *_NOTES})
"""Blocks to which no earlier paragraph can be joined."""
_OF_TABLES = frozenset(w(name) for name in ("tbl", "tr", "tc"))


_TELLS_MORE = re.compile(
    rb" r:|Reference|txbxContent|xmlns|<w:(?:ins|del|moveFrom|moveTo|cellIns|cellDel|cellMerge|\w+Change)[ />]"
)
"""References to other parts of the package, text boxes (compared separately), namespaces of the block itself, and changes.

For a block that contains any of them, the XML alone is not its full content.
"""
_KNOWN = frozenset({w("p"), w("tbl")})
"""Blocks whose XML is their full content: a paragraph, a table."""


class Before:
    """The old state of a part, block by block as bytes, because a second tree would double the memory for a long file."""

    def __init__(self, root: "etree._Element") -> None:
        self._names, self._declared = _declared(root)
        """Namespaces that each block would declare again, by prefix and as bytes."""
        self.blocks = [self.serial(each) for each in _parts(root)]
        self.keys = self._keys(root, self.blocks)
        """Digests of the blocks' XML, by block; only blocks whose XML is their full content."""
        self.same: set[etree._Element] = set()
        """Blocks found unchanged when the rejection is checked."""
        self.notes = frozenset(each.get(w("id")) for each in root if name_of(each) in _NOTES)

    def serial(self, block: "etree._Element") -> bytes:
        """Return a block as bytes."""
        return serial(block).replace(self._declared, b"", 1)

    def keys_of(self, root: "etree._Element") -> "dict[etree._Element, bytes]":
        """Return the digests for a part of the new file; empty if its prefixes mean other namespaces."""
        names, declared = _declared(root)
        if any(names[prefix] != uri for prefix, uri in self._names.items() if prefix in names):
            return {}
        return self._keys(root, (serial(each).replace(declared, b"", 1) for each in _parts(root)))

    def _keys(self, root: "etree._Element", contents: Iterable[bytes]) -> "dict[etree._Element, bytes]":
        names = self._names
        if names.get("w") != W or names.get("r", R) != R:
            return {}
        return {
            block: hashlib.blake2b(content, digest_size=16).digest()
            for block, content in zip(_parts(root), contents, strict=True)
            if block.tag in _KNOWN and _TELLS_MORE.search(content) is None
        }

    def read(self, block: bytes) -> "etree._Element":
        """Return a block of the part, given as bytes, as an element again."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        return etree.fromstring(b"<x" + self._declared + b">" + block + b"</x>", parser)[0]


def _declared(root: "etree._Element") -> tuple[dict[str | None, str], bytes]:
    """Return the namespaces that each block of a part would declare again, by prefix and as bytes."""
    first = next(_parts(root), None)
    start = None if first is None else _DECLARED.match(serial(first))
    return ({}, b"") if first is None or start is None else (dict(first.nsmap), start[1])


def check_rejected(
    part: str,
    marked: "etree._Element",
    before: Before,
    own: "Callable[[etree._Element], bool]",
    added: frozenset[str] = frozenset(),
) -> bool:
    """Check that rejecting the redline's `own` changes gives the old part back; return whether the part differs from the old one.

    Headers whose references the redline `added` must be empty after the rejection.
    Raises RedlineRefusedError if the rejection does not give the old part back.
    """
    waiting = _Waiting(before)
    changed = False
    for stretch in stretches(marked, waiting.takes):
        if stretch[0] in before.same:
            continue
        undone = settled(stretch, reject, own)
        changed = changed or undone is not stretch
        for block in undone:
            if name_of(block) in _NO_CONTENT or not isinstance(block.tag, str):
                continue
            if name_of(block) in _NOTES and block.get(w("id")) not in before.notes and not _said(block):
                changed = True
                continue  # its reference is gone, and it is empty
            was = waiting.next()
            if was is not None and before.serial(block) == was:
                continue
            changed = True
            told = before.read(was) if was is not None else None
            if told is None or not _gives_back(_without(block, added), told):
                raise _not_given_back(part, (_said(told) if told is not None else "") or _said(block))
    lost = waiting.next()
    if lost is not None:
        raise _not_given_back(part, _said(before.read(lost)))
    return changed


class _Waiting:
    """The blocks of the old part, taken in order."""

    def __init__(self, before: Before) -> None:
        self._before, self._place = before, 0

    def next(self) -> bytes | None:
        """Return the next block as bytes; None after the last one."""
        self._place += 1
        return self._before.blocks[self._place - 1] if self._place <= len(self._before.blocks) else None

    def takes(self, block: "etree._Element") -> bool:
        """Return whether `block` equals the next waiting block byte for byte; if so, that block is taken."""
        blocks = self._before.blocks
        if self._place >= len(blocks) or self._before.serial(block) != blocks[self._place]:
            return False
        self._before.same.add(block)
        self._place += 1
        return True


def _gives_back(one: "etree._Element", other: "etree._Element") -> bool:
    """Return whether two elements have the same content however their runs are cut; in a table only changed cells are examined."""
    if serial(one) == serial(other):
        return True
    if one.tag in _OF_TABLES and one.tag == other.tag and len(one) == len(other):
        return one.items() == other.items() and all(map(_gives_back, one, other))
    return exact(one) == exact(other)


def _not_given_back(part: str, words: str) -> RedlineRefusedError:
    place = words or "its end"
    return RedlineRefusedError(
        Refusal.NOT_PROVED, part, f"rejecting all changes does not give the old text back at “{place}”"
    )


def _without(block: "etree._Element", added: frozenset[str]) -> "etree._Element":
    """Return a block without the references to headers that the redline added."""
    if not added:
        return block
    copy = deepcopy(block)
    for reference in list(copy.iter(w("headerReference"), w("footerReference"))):
        if reference.get(_RELATION) in added:
            drop(reference)
    return copy


def stretches(
    root: "etree._Element", is_whole: "Callable[[etree._Element], bool]"
) -> "Iterator[list[etree._Element]]":
    """Yield the blocks of a part in stretches; settling a change in one stretch does not alter the next.

    A block for which `is_whole` returns true, because nothing in it was marked, is a stretch by itself.
    """
    run: list[etree._Element] = []
    for each in blocks_of(root):
        run.append(each)
        if len(run) == 1 and is_whole(each):
            yield run
            run = []
            continue
        name = name_of(each)
        if name in _SINGLE or (name == "p" and not end_marks(each) & _NUMBERED):
            yield run
            run = []
    if run:
        yield run


def settled(
    stretch: "list[etree._Element]",
    settle: "Callable[[etree._Element, Choice | None], None]",
    chosen: Choice | None = None,
) -> "list[etree._Element]":
    """Return a stretch with the `chosen` changes settled: a copy, or the stretch itself if it has none of them."""
    if not any(chosen is None or chosen(mark) for each in stretch for mark in each.iter(*CHANGES)):
        return stretch
    home = stretch[0].getparent()
    holder = made("body") if home is None else shell(home)
    holder.extend([deepcopy(each) for each in stretch])
    settle(holder, chosen)
    return list(holder)


def serial(element: "etree._Element") -> bytes:
    """Return an element as bytes."""
    return etree.tostring(element, with_tail=False, encoding="utf-8")


def blocks_of(root: "etree._Element") -> "Iterator[etree._Element]":
    """Yield the blocks of a part; for the main document, the blocks of its body."""
    for each in root:
        if name_of(each) == "body":
            yield from each
        else:
            yield each


def _parts(root: "etree._Element") -> "Iterator[etree._Element]":
    for each in blocks_of(root):
        if isinstance(each.tag, str) and name_of(each) not in _NO_CONTENT:
            yield each


def _said(element: "etree._Element") -> str:
    return "".join(each.text or "" for each in element.iter(w("t"), w("delText")))[:30]


def exact(element: "etree._Element") -> tuple[Any, ...]:
    """Return the full content of an element as a tuple that does not depend on how its runs are cut."""
    name = name_of(element)
    if not len(element) and (element.text or "") and (name in _TEXT or (element.text or "").strip()):
        return (element.tag, _attributes(element, name), element.text)
    children: list[Any] = []
    for each in _flat(element):
        shape = exact(each)
        if name_of(each) in _EMPTY_IF_BARE and not shape[2]:
            continue
        if children and _joins(children[-1], shape, name_of(each)):
            children[-1] = _joined(children[-1], shape)
        else:
            children.append(shape)
    return (element.tag, _attributes(element, name), tuple(children))


def _flat(element: "etree._Element") -> "Iterator[etree._Element]":
    for each in element:
        name = name_of(each)
        if not name or name in _NO_CONTENT or (name == "cantSplit" and each.get(w("val")) == "off"):
            continue
        if name == "fldSimple":
            yield from unrolled(deepcopy(each))
        elif name == "r" and not any(
            name_of(inner) not in {"rPr", "lastRenderedPageBreak"} for inner in each
        ):
            continue
        else:
            yield each


def _attributes(element: "etree._Element", name: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        sorted(
            (str(key), str(value))
            for key, value in element.attrib.items()
            if key != XML_SPACE
            and not str(key).rpartition("}")[2].startswith("rsid")
            and not (name in _NUMBERED and key == w("id"))
        )
    )


def _joins(one: Any, other: Any, name: str) -> bool:
    if name not in _JOINED or one[0] != other[0] or one[1] != other[1]:
        return False
    if name != "r":
        return name in _NUMBERED or name == "hyperlink"
    return bool(_look(one) == _look(other))


def _look(run: Any) -> Any:
    return run[2][0] if run[2] and isinstance(run[2], tuple) and run[2][0][0] == w("rPr") else None


def _joined(one: Any, other: Any) -> Any:
    left, right = list(one[2]), list(other[2])
    if one[0] == w("r") and _look(other) is not None:
        right = right[1:]
    if (
        left
        and right
        and left[-1][0] == right[0][0]
        and left[-1][0] in {w("t"), w("delText"), w("instrText")}
    ):
        left[-1] = (left[-1][0], left[-1][1], left[-1][2] + right[0][2])
        right = right[1:]
    elif (
        left
        and right
        and isinstance(left[-1], tuple)
        and left[-1][0] == right[0][0] == w("r")
        and _joins(left[-1], right[0], "r")
    ):
        left[-1] = _joined(left[-1], right[0])
        right = right[1:]
    return (one[0], one[1], (*left, *right))


def check_accepted(part: str, marked: tuple[object, ...], new: tuple[object, ...]) -> None:
    """Check that two stories have the same content. Raises RedlineRefusedError if they differ."""
    for one, other in zip(marked, new, strict=False):
        if not _alike(one, other):
            told = worded(f"accepting all changes does not give the new text at {_told(other)}")
            raise RedlineRefusedError(Refusal.NOT_PROVED, part, told)
    if len(marked) != len(new):
        raise RedlineRefusedError(
            Refusal.NOT_PROVED, part, f"accepting all changes gives {len(marked)} blocks, not {len(new)}"
        )


class Unread(NamedTuple):
    """A block that is read only if the other side does not have the same XML."""

    key: bytes
    """Digest of its XML, which is its full content."""
    tell: Callable[[], object]

    @property
    def said(self) -> object:
        """Comparable form of the block, read on demand."""
        return self.tell()


def said_by(block: object) -> object:
    """Return the comparable form of a block; an unread block is read now."""
    return block.said if isinstance(block, Unread) else block


def _alike(one: object, other: object) -> bool:
    if isinstance(one, Unread) and isinstance(other, Unread) and one.key == other.key:
        return True
    one, other = said_by(one), said_by(other)
    if other in (one, ANY):
        return True
    if not isinstance(one, tuple) or not isinstance(other, tuple) or len(one) != len(other):
        return False
    return all(map(_alike, one, other))


def _told(block: object) -> str:
    block = said_by(block)
    words = block[0] if isinstance(block, tuple) and block and isinstance(block[0], str) else str(block)
    return f"“{words[:30]}”"
