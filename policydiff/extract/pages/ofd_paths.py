"""What is drawn on an OFD page (`PathObject` with its `AbbreviatedData`): rulings, and outlines of characters."""

import math
from collections.abc import Iterator

from lxml import etree

from policydiff.extract.pages.placed import Ruling

_THIN = 1.0
_LONG = 2.0
_MOST_PATHS = 4000
_POINTS_OF = {"M": 1, "S": 1, "L": 1, "Q": 2, "B": 3, "A": 3, "C": 0}

_CURVES = frozenset("QBA")

_Box = tuple[float, float, float, float]


def rulings_of(content: "etree._Element", origin: tuple[float, float], scale: float) -> tuple[Ruling, ...]:
    """Return the straight lines of a page's `Content.xml`; lengths in it are millimetres, `scale` turns them to points."""
    found: list[Ruling] = []
    for number, path in enumerate(content.iter("{*}PathObject")):
        if number >= _MOST_PATHS:
            return ()
        box = _numbers(path.get("Boundary"))
        if len(box) != 4:
            continue
        for x0, y0, x1, y1 in _strokes(path, (box[0], box[1], box[2], box[3])):
            left, right = sorted(((x0 - origin[0]) * scale, (x1 - origin[0]) * scale))
            upper, lower = sorted(((y0 - origin[1]) * scale, (y1 - origin[1]) * scale))
            if (
                min(right - left, lower - upper)
                < _THIN * scale
                < _LONG * scale
                < max(right - left, lower - upper)
            ):
                found.append(Ruling(left, upper, right, lower))
    return tuple(found)


def outlines_of(content: "etree._Element") -> int:
    """Return how many paths of a page have curves, as characters drawn as outlines do; rulings have none."""
    data = (path.findtext("{*}AbbreviatedData") or "" for path in content.iter("{*}PathObject"))
    return sum(not _CURVES.isdisjoint(text.split()) for text in data)


def _strokes(path: "etree._Element", box: _Box) -> Iterator[_Box]:
    x, y, width, height = box
    if min(width, height) < _THIN:
        yield x, y, x + width, y + height
        return
    data = path.find("{*}AbbreviatedData")
    if data is None or path.get("CTM"):
        return
    start: tuple[float, float] | None = None
    here: tuple[float, float] | None = None
    for command, points in _commands(data.text or ""):
        if command == "C" and start and here:
            yield here[0] + x, here[1] + y, start[0] + x, start[1] + y
        if not points:
            continue
        if command == "L" and here:
            yield here[0] + x, here[1] + y, points[-1][0] + x, points[-1][1] + y
        here = points[-1]
        if command in "MS":
            start = here


def _commands(data: str) -> Iterator[tuple[str, list[tuple[float, float]]]]:
    command, values = "", list[float]()
    for token in [*data.split(), "C"]:
        if token in _POINTS_OF:
            if command and len(values) >= 2 * _POINTS_OF[command]:
                yield command, list(zip(values[::2], values[1::2], strict=False))
            command, values = token, list[float]()
        else:
            values.extend(_numbers(token))


def _numbers(text: str | None) -> list[float]:
    try:
        values = [float(part) for part in (text or "").replace(",", " ").split()]
    except ValueError:
        return []
    return values if all(map(math.isfinite, values)) else []
