"""Matches styles and lists of two Word files by their definitions, and makes stories comparable, with the style names of the old file."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from typing import Final, NamedTuple

from lxml import etree

from policydiff.extract.word.looks import children, name_of
from policydiff.redlining.inline import Piece, Reader
from policydiff.redlining.package import Package, drop, found, made, val, w
from policydiff.redlining.proof import ANY, Before, Unread, blocks_of, settled, stretches
from policydiff.redlining.stories import Known, Table, blocks, cells, rows
from policydiff.redlining.table_marks import row_shape
from policydiff.redlining.undoing import accept

_KINDS: Final = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
_OWN_IDS: Final = ("nsid", "tmpl")
_AFTER_LISTS: Final = frozenset({"num", "numIdMacAtCleanup"})


class Styles:
    """Ids in the old file for the styles and lists of the new file."""

    def __init__(self, old: Package, new: Package) -> None:
        self._old_package, self._new_package = old, new
        self._old, self._new = _styles(old), _styles(new)
        self._old_ids = {value: key for key, value in reversed(self._old.items())}
        self.same = old.content("styles") == new.content("styles")
        """Whether both files have the same style part, so that looks of the new file can be used in the old file unchanged."""
        self._lists: dict[str, str] = {"0": "0"}
        self._same_lists = old.content("numbering") == new.content("numbering")

    def brought(self, style: str, element: str) -> str | None:
        """Return the old file's id of a style of the new file; None if the old file lacks the style."""
        return self._known(style, _KINDS[element])

    def _known(self, style: str | None, kind: str) -> str | None:
        name = self._new.get((kind, style)) if style is not None else None
        key = self._old_ids.get(name) if name is not None else None
        return None if key is None else key[1]

    def restyled(
        self, mine: "etree._Element | None", theirs: "etree._Element | None"
    ) -> tuple[str | None, bool]:
        """Return the style of a kept paragraph after acceptance, and whether it differs from its old style."""
        old, new = val(mine, "pStyle"), val(theirs, "pStyle")
        if self._name(self._old, old) == self._name(self._new, new):
            return old, False
        if new is None:
            return None, True
        known = self._known(new, "paragraph")
        return (known, known != old) if known is not None else (old, False)

    def _name(self, styles: "dict[tuple[str, str | None], tuple[str, str]]", style: str | None) -> object:
        return styles.get(("paragraph", style), ("paragraph", style))

    def name_in_old(self, style: str | None) -> str:
        """Return the name of a paragraph style of the old file; its id if it has no name."""
        return self._old.get(("paragraph", style), ("", style or ""))[1]

    def name_in_new(self, style: str | None) -> str:
        """Return the name of a paragraph style of the new file; `*` if the old file lacks the style."""
        name = self._new.get(("paragraph", style), ("", style or ""))
        return name[1] if name in self._old_ids or (style is None and not name[0]) else ANY

    def renumbered(
        self, mine: "etree._Element | None", theirs: "etree._Element | None"
    ) -> "tuple[etree._Element | None, bool]":
        """Return the list properties of a kept paragraph after acceptance, and whether they differ from the old ones."""
        old, new = found(mine, "numPr"), found(theirs, "numPr")
        wanted = None if new is None else (self.list_id(val(new, "numId") or "0"), val(new, "ilvl") or "0")
        now = None if old is None else (val(old, "numId") or "0", val(old, "ilvl") or "0")
        if wanted == now:
            return old, False
        if wanted is None:
            return None, True
        return made("numPr", made("ilvl", val=wanted[1]), made("numId", val=wanted[0])), True

    def list_id(self, number: str) -> str:
        """Return the old file's id of a list of the new file; a list that the old file lacks is added to it."""
        if number not in self._lists:
            self._lists[number] = number if self._same_lists else self._list(number)
        return self._lists[number]

    def _list(self, number: str) -> str:
        theirs = _list_of(self._new_package, number)
        if theirs is None:
            return number
        wanted = _shape(*theirs)
        mine = _list_of(self._old_package, number)
        if mine is not None and _shape(*mine) == wanted:
            return number
        part = self._old_package.related(self._old_package.document, "numbering")
        if part is None:
            part, _ = self._old_package.add_kind("numbering", made("numbering"))
        root = self._old_package.tree(part)
        for each in children(root, "num"):
            key = each.get(w("numId"), "")
            known = _list_of(self._old_package, key)
            if known is not None and _shape(*known) == wanted:
                return key
        self._old_package.touch(part)
        return self._add(root, *theirs)

    @staticmethod
    def _add(root: "etree._Element", abstract: "etree._Element", number: "etree._Element") -> str:
        taken = [int(each.get(w("abstractNumId"), "0")) for each in children(root, "abstractNum")]
        ids = [int(each.get(w("numId"), "0")) for each in children(root, "num")]
        copy, of_list = deepcopy(abstract), deepcopy(number)
        copy.set(w("abstractNumId"), str(max(taken, default=-1) + 1))
        for level in copy.iter(w("pStyle")):
            drop(level)
        of_list.set(w("numId"), str(max(ids, default=0) + 1))
        reference = found(of_list, "abstractNumId")
        if reference is not None:
            reference.set(w("val"), copy.get(w("abstractNumId"), ""))
        place = next((i for i, each in enumerate(root) if name_of(each) in _AFTER_LISTS), len(root))
        root.insert(place, copy)
        last = max((i for i, each in enumerate(root) if name_of(each) == "num"), default=place)
        root.insert(last + 1, of_list)
        return of_list.get(w("numId"), "")


def _styles(package: Package) -> "dict[tuple[str, str | None], tuple[str, str]]":
    """Return kind and name of each style by kind and id; the default paragraph style is also under the id None."""
    out: dict[tuple[str, str | None], tuple[str, str]] = {}
    for each in children(package.root("styles"), "style"):
        kind, name = each.get(w("type"), "paragraph"), (val(each, "name") or "").lower()
        if each.get(w("default")) in {"1", "true", "on"}:
            out[kind, None] = (kind, name)
        out[kind, each.get(w("styleId"), "")] = (kind, name)
    return out


def _list_of(package: Package, number: str) -> "tuple[etree._Element, etree._Element] | None":
    root = package.root("numbering")
    own = next((each for each in children(root, "num") if each.get(w("numId")) == number), None)
    key = val(own, "abstractNumId")
    abstract = next(
        (each for each in children(root, "abstractNum") if each.get(w("abstractNumId")) == key), None
    )
    return (abstract, own) if abstract is not None and own is not None else None


def _shape(abstract: "etree._Element", number: "etree._Element") -> bytes:
    """Return the definition of a list as comparable bytes, without ids that belong to its file."""
    copy, own = deepcopy(abstract), deepcopy(number)
    for each in list(copy):
        if name_of(each) in _OWN_IDS:
            copy.remove(each)
    copy.attrib.clear()
    overrides = b"".join(
        etree.tostring(each, method="c14n") for each in own if name_of(each) == "lvlOverride"
    )
    shape: bytes = etree.tostring(copy, method="c14n")
    return shape + overrides


class Saying:
    """Makes stories comparable: words, objects, tables, styles and lists as tuples."""

    def __init__(
        self, reader: Reader, style_of: Callable[[str | None], str], list_of: Callable[[str], str]
    ) -> None:
        self._reader, self._style_of, self._list_of = reader, style_of, list_of

    def story(self, story: "Iterable[etree._Element]") -> tuple[object, ...]:
        """Return the comparable form of a story, given as the element around it or as a sequence of its blocks."""
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


class Call(NamedTuple):
    """A reference to a note."""

    kind: str
    number: str | None


class Told(NamedTuple):
    """Comparable form of a story, with its text boxes last, and its references to notes."""

    said: tuple[object, ...]
    calls: tuple[Call, ...]


class Sayings:
    """Makes stories of both files comparable, with styles and lists under the names of the old file."""

    def __init__(self, styles: Styles, known: Known) -> None:
        self._styles, self._known = styles, known

    def old(self, reader: Reader, root: "etree._Element", before: Before | None = None) -> Told:
        """Return the comparable form of a story of the old file with all changes accepted."""
        saying = Saying(reader, self._styles.name_in_old, str)
        same = before.same if before is not None else frozenset()
        told: list[Unread | list[etree._Element]] = []
        for stretch in stretches(root, same.__contains__):
            unread = self._unread(saying, stretch[0]) if stretch[0] in same else None
            told.append(unread or settled(stretch, accept))
        return _told(saying, told)

    def new(self, reader: Reader, root: "etree._Element") -> Told:
        """Return the comparable form of a story of the new file."""
        saying = Saying(reader, self._styles.name_in_new, self._styles.list_id)
        return _told(saying, (self._unread(saying, block) or [block] for block in blocks_of(root)))

    def _unread(self, saying: Saying, block: "etree._Element") -> Unread | None:
        """Return a placeholder for a block that is read only if the other side's XML differs; None for a block to be read now."""
        key = self._known.keys.get(block)
        return None if key is None else Unread(key, lambda: saying.story([block])[0])


def _told(saying: Saying, stretches_: "Iterable[Unread | list[etree._Element]]") -> Told:
    """Return the comparable form of stretches of blocks, with their text boxes last, and their references to notes."""
    said: list[object] = []
    boxed: list[object] = []
    called: list[Call] = []
    for stretch in stretches_:
        if isinstance(stretch, Unread):
            said.append(stretch)
            continue
        said.extend(saying.story(stretch))
        for block in stretch:
            called.extend(_calls(block))
            boxed.extend(_boxes(saying, block))
    return Told((*said, *boxed), tuple(called))


def _boxes(saying: Saying, block: "etree._Element") -> "Iterator[object]":
    for box in block.iter(w("txbxContent")):
        if box is not block and not _hidden(box, block):
            inner = [each for paragraph in box for each in _boxes(saying, paragraph)]
            yield ("box", (*saying.story(box), *inner))


def _calls(block: "etree._Element") -> "Iterator[Call]":
    for kind in ("footnote", "endnote"):
        for reference in block.iter(w(f"{kind}Reference")):
            yield Call(kind, reference.get(w("id")))


def _hidden(box: "etree._Element", root: "etree._Element") -> bool:
    """Return whether a text box is left out: it is inside another text box, or only older programs show it."""
    for above in box.iterancestors():
        if above is root:
            return False
        if name_of(above) in {"Fallback", "txbxContent"}:
            return True
    return False
