"""Long straight strokes in a picture: the rulings of tables. Bytes alone, so that no array library is needed."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_DARK = bytes(1 if grey < 140 else 0 for grey in range(256))
_SHORTEST = 1 / 24
_MOST = 4000

Stroke = tuple[float, float, float, float]


class Picture(NamedTuple):
    """A rendered page: grey, one byte a pixel, rows without padding."""

    width: int
    height: int
    pixels: bytes


def strokes(picture: Picture) -> list[Stroke]:
    """Return level and upright strokes as `(x0, y0, x1, y1)` in pixels; none where the picture is full of them.

    A stroke is longer than a twenty-fourth of the page's width: no character has one.
    """
    dark = picture.pixels.translate(_DARK)
    width, height = picture.width, picture.height
    shortest = max(24, int(width * _SHORTEST))
    level = _runs((dark[row * width : (row + 1) * width] for row in range(height)), shortest)
    upright = _runs((dark[column::width] for column in range(width)), shortest)
    found = [(float(start), float(row), float(end), float(row)) for row, start, end in level]
    found += [(float(column), float(start), float(column), float(end)) for column, start, end in upright]
    return found if len(found) <= _MOST else []


def _runs(rows: Iterator[bytes], shortest: int) -> list[tuple[int, int, int]]:
    """Return dark runs as `(row, start, end)`, one for a thick stroke: rows that repeat the row above are skipped."""
    pattern = re.compile(b"\\x01{%d,}" % shortest)
    found: list[tuple[int, int, int]] = []
    above: list[tuple[int, int]] = []
    for number, row in enumerate(rows):
        here = [match.span() for match in pattern.finditer(row)]
        found.extend(
            (number, start, end)
            for start, end in here
            if not any(other[0] <= start and end <= other[1] for other in above)
        )
        above = here
        if len(found) > _MOST:
            break
    return found
