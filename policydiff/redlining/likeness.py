"""Styles and lists of two Word files, matched by what they are and not by their ids."""

from copy import deepcopy
from typing import Final

from lxml import etree

from policydiff.extract.word.looks import children, name_of
from policydiff.redlining.package import Package
from policydiff.redlining.proof import ANY
from policydiff.redlining.wordml import found, made, val, w

_NUMBERING_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
_NUMBERING_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"
_KINDS: Final = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
_OWN_IDS: Final = ("nsid", "tmpl")
_AFTER_LISTS: Final = frozenset({"num", "numIdMacAtCleanup"})


class Styles:
    """What a style or a list of the new file is called in the old one."""

    def __init__(self, old: Package, new: Package) -> None:
        """Read the style and numbering parts of both."""
        self._old_package, self._new_package = old, new
        self._old, self._new = _styles(old), _styles(new)
        self._old_ids = {value: key for key, value in reversed(self._old.items())}
        self.same = _content(old, "styles") == _content(new, "styles")
        """Whether both files hold the same style part: the new look then fits the old file as it is."""
        self._lists: dict[str, str] = {"0": "0"}
        self._same_lists = _content(old, "numbering") == _content(new, "numbering")

    def brought(self, style: str, element: str) -> str | None:
        """Return the old file's id of a style of the new file, None where the old file has no such style."""
        return self._known(style, _KINDS[element])

    def _known(self, style: str | None, kind: str) -> str | None:
        name = self._new.get((kind, style)) if style is not None else None
        key = self._old_ids.get(name) if name is not None else None
        return None if key is None else key[1]

    def restyled(
        self, mine: "etree._Element | None", theirs: "etree._Element | None"
    ) -> tuple[str | None, bool]:
        """Return the style a kept paragraph has after acceptance, and whether it is another one than before."""
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
        """Return the name of a paragraph style of the old file, the id where it has none."""
        return self._old.get(("paragraph", style), ("", style or ""))[1]

    def name_in_new(self, style: str | None) -> str:
        """Return the name of a paragraph style of the new file, `*` where the old file has no such style."""
        name = self._new.get(("paragraph", style), ("", style or ""))
        return name[1] if name in self._old_ids or (style is None and not name[0]) else ANY

    def renumbered(
        self, mine: "etree._Element | None", theirs: "etree._Element | None"
    ) -> "tuple[etree._Element | None, bool]":
        """Return the list properties a kept paragraph has after acceptance, and whether they are other ones."""
        old, new = found(mine, "numPr"), found(theirs, "numPr")
        wanted = None if new is None else (self.list_id(val(new, "numId") or "0"), val(new, "ilvl") or "0")
        now = None if old is None else (val(old, "numId") or "0", val(old, "ilvl") or "0")
        if wanted == now:
            return old, False
        if wanted is None:
            return None, True
        properties = made("numPr")
        properties.extend([made("ilvl", val=wanted[1]), made("numId", val=wanted[0])])
        return properties, True

    def list_id(self, number: str) -> str:
        """Return the old file's id of a list of the new file; a list it lacks is added to it."""
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
        root = self._numbering()
        for each in children(root, "num"):
            key = each.get(w("numId"), "")
            known = _list_of(self._old_package, key)
            if known is not None and _shape(*known) == wanted:
                return key
        return self._add(root, *theirs)

    def _numbering(self) -> "etree._Element":
        part = self._old_package.related(self._old_package.document, "numbering")
        if part is None:
            part = self._old_package.add("word/numbering.xml", made("numbering"), _NUMBERING_TYPE)
            self._old_package.relate(self._old_package.document, _NUMBERING_RELATION, part)
        return self._old_package.tree(part)

    def _add(self, root: "etree._Element", abstract: "etree._Element", number: "etree._Element") -> str:
        taken = [int(each.get(w("abstractNumId"), "0")) for each in children(root, "abstractNum")]
        ids = [int(each.get(w("numId"), "0")) for each in children(root, "num")]
        copy, of_list = deepcopy(abstract), deepcopy(number)
        copy.set(w("abstractNumId"), str(max(taken, default=-1) + 1))
        for level in copy.iter(w("pStyle")):
            if (holder := level.getparent()) is not None:
                holder.remove(level)
        of_list.set(w("numId"), str(max(ids, default=0) + 1))
        reference = found(of_list, "abstractNumId")
        if reference is not None:
            reference.set(w("val"), copy.get(w("abstractNumId"), ""))
        place = next((i for i, each in enumerate(root) if name_of(each) in _AFTER_LISTS), len(root))
        root.insert(place, copy)
        last = max((i for i, each in enumerate(root) if name_of(each) == "num"), default=place)
        root.insert(last + 1, of_list)
        part = self._old_package.related(self._old_package.document, "numbering")
        if part is not None:
            self._old_package.touch(part)
        return of_list.get(w("numId"), "")


def _content(package: Package, kind: str) -> bytes:
    part = package.related(package.document, kind)
    return package.read(part) if part is not None else b""


def _styles(package: Package) -> "dict[tuple[str, str | None], tuple[str, str]]":
    """Return kind and name of each style by kind and id; the default paragraph style stands under None too."""
    part = package.related(package.document, "styles")
    out: dict[tuple[str, str | None], tuple[str, str]] = {}
    for each in children(package.tree(part), "style") if part is not None else ():
        kind, name = each.get(w("type"), "paragraph"), (val(each, "name") or "").lower()
        if each.get(w("default")) in {"1", "true", "on"}:
            out[kind, None] = (kind, name)
        out[kind, each.get(w("styleId"), "")] = (kind, name)
    return out


def _list_of(package: Package, number: str) -> "tuple[etree._Element, etree._Element] | None":
    part = package.related(package.document, "numbering")
    if part is None:
        return None
    root = package.tree(part)
    own = next((each for each in children(root, "num") if each.get(w("numId")) == number), None)
    key = val(own, "abstractNumId")
    abstract = next(
        (each for each in children(root, "abstractNum") if each.get(w("abstractNumId")) == key), None
    )
    return (abstract, own) if abstract is not None and own is not None else None


def _shape(abstract: "etree._Element", number: "etree._Element") -> bytes:
    """Return what a list looks like, without the numbers its file gave it."""
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
