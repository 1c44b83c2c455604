"""What stands where on a page. Lengths are in points; the origin is the page's top left, y grows downward."""

from typing import NamedTuple

from policydiff.lexicon.table_rows import Slot


class Fragment(NamedTuple):
    """Characters set in one stroke: one character of a PDF, a run of an OFD, a piece that OCR found."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    """Height of the type, the em."""

    @property
    def middle(self) -> float:
        """Return the height of the line's middle."""
        return self.baseline - 0.38 * self.size


class Ruling(NamedTuple):
    """A horizontal or vertical line, such as the border of a table cell."""

    x0: float
    y0: float
    x1: float
    y1: float


class Line(NamedTuple):
    """A printed line."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    parts: tuple["Line", ...] = ()
    """Its pieces where empty space parts it, wider than any between words; empty where it is one piece."""

    @property
    def pieces(self) -> tuple["Line", ...]:
        """Return the parts, or the line itself."""
        return self.parts or (self,)


class TableRow(NamedTuple):
    """A row of a table."""

    cells: tuple[Slot, ...]
    baseline: float
    borders: tuple[int, ...]
    """Where the table's columns part, in points: a table that goes on overleaf keeps them."""


class Page(NamedTuple):
    """One page as its format gives it."""

    number: int
    """1-based."""
    width: float
    height: float
    fragments: tuple[Fragment, ...]
    rulings: tuple[Ruling, ...] = ()
    recognised: bool = False
    """Whether its characters were found in a picture: margins and indents are then less exact."""


class Flow(NamedTuple):
    """A part of a page whose lines follow one another: the page, or a column as a page of its own width."""

    page: Page
    lines: list[Line]
    rows: list[TableRow]
