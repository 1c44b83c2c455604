"""Reading WordprocessingML by local names: strict and transitional files differ in their namespaces only."""

from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

_OFF = frozenset({"0", "false", "off", "none"})


@lru_cache(maxsize=4096)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def name_of(element: "etree._Element") -> str:
    """Return an element's local name, empty for a comment or a processing instruction."""
    tag = element.tag
    return _local(tag) if isinstance(tag, str) else ""


def child(element: "etree._Element | None", *path: str) -> "etree._Element | None":
    """Return the first descendant along a path of local names, None where there is none."""
    for name in path:
        if element is None:
            return None
        element = next((each for each in element if name_of(each) == name), None)
    return element


def children(element: "etree._Element | None", name: str) -> "Iterator[etree._Element]":
    """Give the children of a local name."""
    return (each for each in (() if element is None else element) if name_of(each) == name)


def attribute(element: "etree._Element | None", name: str) -> str | None:
    """Return an attribute by its local name."""
    if element is None:
        return None
    return next((str(value) for key, value in element.attrib.items() if _local(str(key)) == name), None)


def value_of(element: "etree._Element | None", *path: str) -> str | None:
    """Return the `val` attribute of the element along a path."""
    return attribute(child(element, *path), "val")


def number_of(element: "etree._Element | None", *path: str) -> int | None:
    """Return the `val` attribute as a number, None where there is none or it is none."""
    text = value_of(element, *path) if path else attribute(element, "val")
    try:
        return int(text) if text is not None and len(text) < 10 else None
    except ValueError:
        return None


def is_on(element: "etree._Element | None", *path: str) -> bool:
    """Return whether a switch is there and not turned off."""
    found = child(element, *path)
    return found is not None and (attribute(found, "val") or "1").lower() not in _OFF
