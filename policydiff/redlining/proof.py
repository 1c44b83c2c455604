"""The proof of a redline: rejecting gives the old parts back to the letter, accepting gives what the new file says."""

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from io import BytesIO
from itertools import zip_longest
from typing import Any

from lxml import etree

from policydiff.extract.word.looks import name_of
from policydiff.redlining.choices import RedlineRefusedError, Refusal
from policydiff.redlining.cutting import unrolled
from policydiff.redlining.inline import Piece, Reader
from policydiff.redlining.stories import Table, blocks, cells, rows
from policydiff.redlining.table_rows import row_shape
from policydiff.redlining.undoing import accept, reject
from policydiff.redlining.wordml import XML_SPACE, R, found, val, w

_TEXT = frozenset({"t", "delText", "instrText", "delInstrText"})
_RELATION = f"{{{R}}}id"
ANY = "*"
"""Name of a style that the old file lacks: any style of the old file may stand for it."""
_NO_CONTENT = frozenset({"proofErr", "lastRenderedPageBreak"})
_EMPTY_IF_BARE = frozenset({"hyperlink", "pPr", "rPr", "trPr", "tcPr"})
_JOINED = frozenset({"r", "ins", "del", "moveFrom", "moveTo", "hyperlink", "smartTag", "customXml"})
_NUMBERED = frozenset({"ins", "del", "moveFrom", "moveTo"})
_FIELD_ENDS = {"begin": 1, "separate": 0, "end": -1}


def check_rejected(
    part: str,
    marked: "etree._Element",
    before: bytes,
    own: "Callable[[etree._Element], bool]",
    added: frozenset[str] = frozenset(),
) -> None:
    """Check that rejecting the redline's own changes gives the part as it was.

    Args:
        part: Name of the part.
        marked: Its root with the changes.
        before: Its XML before them.
        own: Tells the redline's own changes from older ones.
        added: Ids of references to headers that the redline added; they are empty once all is rejected.

    Raises:
        RedlineRefusedError: if it does not.
    """
    undone = deepcopy(marked)
    reject(undone, own)
    for reference in list(undone.iter(w("headerReference"), w("footerReference"))):
        if reference.get(_RELATION) in added and (holder := reference.getparent()) is not None:
            holder.remove(reference)
    if name_of(undone) in {"footnotes", "endnotes"}:
        known = {each.get(w("id")) for each in etree.fromstring(before)}
        for note in [each for each in undone if each.get(w("id")) not in known and not _said(each)]:
            undone.remove(note)  # called by a reference that is gone, and empty
    place = _difference(undone, before)
    if place is not None:
        raise RedlineRefusedError(
            Refusal.NOT_PROVED, part, f"rejecting all changes does not give the old text back at “{place}”"
        )


def _difference(one: "etree._Element", other: bytes) -> str | None:
    """Return the words at the first difference, None where there is none."""
    for a, b in zip_longest(_parts(one), _parts_read(other)):
        if a is None or b is None:
            return _said(b if a is None else a) or "its end"
        if _serial(a) != _serial(b) and exact(a) != exact(b):
            return _said(b) or _said(a) or name_of(b)
    return None


def _serial(element: "etree._Element") -> bytes:
    return etree.tostring(element, with_tail=False, encoding="utf-8")


def _parts_read(content: bytes) -> "Iterator[etree._Element]":
    """Yield the same blocks from XML as it is read: none is held after the next one is asked for."""
    depth, body = 0, False
    for event, element in etree.iterparse(
        BytesIO(content), events=("start", "end"), huge_tree=True, resolve_entities=False
    ):
        depth += 1 if event == "start" else -1
        if event == "start":
            body = body or (depth == 2 and name_of(element) == "body")
            continue
        if depth != (2 if body else 1):
            body = body and depth > 1
            continue
        if name_of(element) not in _NO_CONTENT:
            yield element
        element.clear()
        while (before := element.getprevious()) is not None and (holder := before.getparent()) is not None:
            holder.remove(before)


def _parts(root: "etree._Element") -> "Iterator[etree._Element]":
    for each in root:
        if name_of(each) == "body":
            yield from (
                inner for inner in each if isinstance(inner.tag, str) and name_of(inner) not in _NO_CONTENT
            )
        elif isinstance(each.tag, str) and name_of(each) not in _NO_CONTENT:
            yield each


def _said(element: "etree._Element") -> str:
    return "".join(each.text or "" for each in element.iter(w("t"), w("delText")))[:30]


def exact(element: "etree._Element") -> tuple[Any, ...]:
    """Return an element with everything in it, however its runs are cut."""
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


def accepted(marked: "etree._Element") -> "etree._Element":
    """Return a copy of a part with every tracked change accepted."""
    copy = deepcopy(marked)
    accept(copy)
    return copy


class Saying:
    """What a story says and shows, in comparable form: words, objects, tables, styles and lists."""

    def __init__(
        self, reader: Reader, style_of: Callable[[str | None], str], list_of: Callable[[str], str]
    ) -> None:
        """Take what tells the name of a style and the number of a list."""
        self._reader, self._style_of, self._list_of = reader, style_of, list_of

    def story(self, story: "etree._Element") -> tuple[object, ...]:
        """Return the story."""
        out: list[object] = []
        for block in blocks(story, self._reader):
            if isinstance(block, Table):
                out.append(
                    tuple(
                        (row_shape(row), tuple(self.story(cell) for cell in cells(row)))
                        for row in rows(block.element)
                    )
                )
            else:
                properties = found(block.last, "pPr")
                numbering = found(properties, "numPr")
                listed = ""
                if numbering is not None:
                    listed = (
                        f"{self._list_of(val(numbering, 'numId') or '0')}/{val(numbering, 'ilvl') or '0'}"
                    )
                out.append(
                    (
                        block.text,
                        _links(block.pieces),
                        self._style_of(val(properties, "pStyle")),
                        listed,
                        block.section is not None,
                    )
                )
        return tuple(out)


def _links(pieces: Sequence[Piece]) -> tuple[tuple[str, str], ...]:
    """Return the hyperlinks of a paragraph with their words."""
    out: list[tuple[str, str]] = []
    for before, piece in zip([None, *pieces], pieces, strict=False):
        if piece.link is None:
            continue
        if before is not None and before.link == piece.link:
            out[-1] = (piece.link, out[-1][1] + piece.text)
        else:
            out.append((piece.link, piece.text))
    return tuple(out)


def check_accepted(part: str, marked: tuple[object, ...], new: tuple[object, ...]) -> None:
    """Check that two stories say the same.

    Raises:
        RedlineRefusedError: if they do not.
    """
    for one, other in zip(marked, new, strict=False):
        if not _alike(one, other):
            raise RedlineRefusedError(
                Refusal.NOT_PROVED,
                part,
                f"accepting all changes does not give the new text at {_told(other)}",
            )
    if len(marked) != len(new):
        raise RedlineRefusedError(
            Refusal.NOT_PROVED, part, f"accepting all changes gives {len(marked)} blocks, not {len(new)}"
        )


def _alike(one: object, other: object) -> bool:
    if other in (one, ANY):
        return True
    if not isinstance(one, tuple) or not isinstance(other, tuple) or len(one) != len(other):
        return False
    return all(map(_alike, one, other))


def _told(block: object) -> str:
    words = block[0] if isinstance(block, tuple) and block and isinstance(block[0], str) else str(block)
    return f"“{words[:30]}”"


def check_marks(
    parts: "Sequence[tuple[str, etree._Element]]", own: "Callable[[etree._Element], bool]"
) -> None:
    """Check that no id of the redline stands twice in the package, and that no field is left open on either side.

    Raises:
        RedlineRefusedError: if it does.
    """
    seen: set[str] = set()
    for part, root in parts:
        for element in root.iter(
            *(
                w(name)
                for name in (
                    *("ins", "del", "moveFrom", "moveTo", "pPrChange", "sectPrChange"),
                    *("cellIns", "cellDel", "tcPrChange"),
                )
            )
        ):
            number = element.get(w("id"), "")
            if own(element) and number in seen:
                raise RedlineRefusedError(Refusal.NOT_PROVED, part, f"the change {number} stands there twice")
            seen.add(number)
        for gone in (("del", "moveFrom"), ("ins", "moveTo")):
            if not _fields_closed(root, gone):
                raise RedlineRefusedError(
                    Refusal.UNMARKABLE, part, "a field over several paragraphs is cut by the change"
                )


def _fields_closed(root: "etree._Element", gone: tuple[str, str]) -> bool:
    left_out = {w(name) for name in gone}
    depth = 0
    for each in root.iter(w("fldChar")):
        if any(above.tag in left_out for above in each.iterancestors()):
            continue
        depth += _FIELD_ENDS.get(each.get(w("fldCharType"), ""), 0)
        if depth < 0:
            return False
    return depth == 0
