"""Sections of both sides: headers and footers that stand for each other, and changed page settings."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Final, NamedTuple

from lxml import etree

from policydiff.extract.word.looks import name_of
from policydiff.redlining.package import Package
from policydiff.redlining.undoing import Signer
from policydiff.redlining.wordml import R, W, made, w

_KINDS: Final = ("headerReference", "footerReference")
_TYPE: Final = {
    kind: f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind.removesuffix('Reference')}"
    for kind in _KINDS
}
_CONTENT: Final = {
    kind: f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind.removesuffix('Reference')}+xml"
    for kind in _KINDS
}
_ROOT: Final = {"headerReference": "hdr", "footerReference": "ftr"}
_ID: Final = f"{{{R}}}id"
_REVISION: Final = ("rsid",)


class Heads(NamedTuple):
    """A header or footer of the old file and the one it becomes."""

    old: str
    new: str | None


def sections(body: "etree._Element") -> "list[etree._Element]":
    """Return the section properties of a body, in order."""
    return [each for each in body.iter(w("sectPr")) if name_of_holder(each) in {"pPr", "body"}]


def name_of_holder(element: "etree._Element") -> str:
    """Return the name of the element that holds this one."""
    holder = element.getparent()
    return "" if holder is None else name_of(holder)


def head_pairs(
    old: Package, new: Package, pairs: "Sequence[tuple[etree._Element, etree._Element]]"
) -> Iterator[Heads]:
    """Yield each header and footer of the old file once, with its counterpart; new ones are added empty.

    Args:
        old: The old package, to which headers are added that only the new file has.
        new: The new package.
        pairs: Section properties of both that stand for each other.
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
    """Add a header with one empty paragraph: rejecting what is written into it leaves nothing to see."""
    kind, place = key
    root = etree.Element(w(_ROOT[kind]), nsmap={"w": W, "r": R})
    root.append(made("p"))
    part = package.add(f"word/{kind.removesuffix('Reference')}1.xml", root, _CONTENT[kind])
    reference = etree.Element(w(kind), nsmap={"w": W, "r": R})
    reference.set(w("type"), place)
    reference.set(_ID, package.relate(package.document, _TYPE[kind], part))
    section.insert(sum(1 for each in section if name_of(each) in _KINDS), reference)
    return part


def settings_of(section: "etree._Element") -> list[bytes]:
    """Return the settings of a section in comparable form, headers and numbers of edits left out."""
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
    """Give a section the settings of the new one, marked as a change."""
    if settings_of(mine) == settings_of(theirs) or mine.find(w("sectPrChange")) is not None:
        return
    change = signer.change("sectPrChange")
    before = made("sectPr")
    own = [each for each in mine if name_of(each) not in _KINDS]
    before.extend(own)
    change.append(before)
    mine.extend(deepcopy(each) for each in theirs if name_of(each) not in {*_KINDS, "sectPrChange"})
    mine.append(change)
