"""Printed lines of a page, built from fragments, which may be in any order in the file.

Lengths are in points; the origin is the top left corner of the page, and y grows downward.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from operator import attrgetter
from string import ascii_letters, digits
from typing import NamedTuple

from policydiff.lexicon.numerals import to_int
from policydiff.lexicon.text_marks import Slot
from policydiff.lexicon.widths import raised


class Fragment(NamedTuple):
    """Characters set in one stroke: a character of a PDF, a run of an OFD, a piece found by character recognition."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    """Size of the type in points (one em)."""
    drawn: float = 0.0
    """Size of the type if the characters are spaced out and `size` is their grid step; else 0."""
    apart: float = 0.0
    """Points between any two of its characters, which are equally wide; 0 for characters without extra space."""

    @property
    def middle(self) -> float:
        """Height of the line's middle in points."""
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
    """Pieces separated by empty space wider than between words; empty if the line is one piece."""
    drawn: float = 0.0
    """As `Fragment.drawn`."""

    @property
    def height(self) -> float:
        """Size of the type in points."""
        return self.drawn or self.size

    @property
    def pieces(self) -> tuple["Line", ...]:
        """The parts, or the line itself if it has none."""
        return self.parts or (self,)


class TableRow(NamedTuple):
    """A row of a table."""

    cells: tuple[Slot, ...]
    baseline: float
    borders: tuple[int, ...]
    """Borders between the table's columns in points; a table that continues on the next page has the same ones."""


class Frame(NamedTuple):
    """A page's visible box and rotation, for turning PDF coordinates into coordinates from the top left."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return coordinates of the file as coordinates from the top left of the page as shown."""
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        if self.rotation == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y


class Page(NamedTuple):
    """A page with its text fragments and ruled lines as the format gives them (points, origin at the top left)."""

    number: int
    """Number of the page, from 1."""
    width: float
    height: float
    fragments: tuple[Fragment, ...]
    rulings: tuple[Ruling, ...] = ()
    recognised: bool = False
    """Whether the characters were recognised in a picture, so that margins and indents are less exact."""


class Flow(NamedTuple):
    """A part of a page with consecutive lines: the page, or a column as a page with the column's width."""

    page: Page
    lines: list[Line]
    rows: list[TableRow]


TOUCHING = 0.12
"""Least ems between two characters that are not adjacent; a justified line is stretched by less."""
LONGEST = 200
"""Most characters of a fragment before a new fragment begins."""
_WIDE = frozenset("WF")
_LATIN_START = frozenset("([" + ascii_letters + digits)
_LATIN_END = frozenset("%)],.;:" + ascii_letters + digits)
WORD_GAP = 0.22
"""Least ems between two Latin characters that are separated by a blank."""
_COLUMN_GAP = 1.5
"""Gap in ems from which two pieces of a line belong to two cells or columns."""
_PART_GAP = 0.6
"""Gap in ems from which words of a line are kept as parts of their own, which a table or a column may use."""
_LABEL = re.compile(
    r"第[〇零一二三四五六七八九十百千\d]{1,8}(?:分?编|[章节条])(?:之[一二三四五六七八九十]{1,3})?"
)
_LABEL_GAP = 0.15
"""Least ems after a label that are a printed blank; words without a blank touch their label."""
_WIDEST_LABEL_GAP = 3.0
"""Most ems after a label that are still a blank: two wide blanks, stretched in a justified line. Columns may be as far apart, but
the line of a column is rarely a label alone."""
_CLOSING = "，。、；：！？”’）》〉】〕…,.;:!?)"
_OPENING = "“‘（《〈【〔("
_BLANKS = re.compile(r"[ \t\xa0]+")
_QUOTES = "“”‘’"
_WORD = "(?:[0-9A-Za-z.,%/+\\-~]+|.)"
_UNIT = re.compile(
    f"[{re.escape(_OPENING)}]*{_WORD}(?:[{_QUOTES}]+[{re.escape(_OPENING)}]*{_WORD}|[{re.escape(_CLOSING)}])*"
)


def printed_lines(fragments: Iterable[Fragment]) -> list[Line]:
    """Return lines from top to bottom; a raised or lowered character belongs to the line that it overlaps."""
    rows: list[list[Fragment]] = []
    anchors: list[tuple[float, float]] = []
    ordered = sorted(
        [(each.baseline - 0.38 * each.size, each.x0, place, each) for place, each in enumerate(fragments)]
    )
    for middle, _, _, fragment in ordered:
        size = fragment.size
        for index in range(len(rows) - 1, max(-1, len(rows) - 4), -1):
            anchor, at = anchors[index]
            if abs(at - middle) < 0.5 * max(anchor, size) and _same_line(anchor, at, size, middle):
                row = rows[index]
                row.append(fragment)
                if len(row) == _TELLING:
                    anchors[index] = row[0].size, row[0].middle
                elif len(row) < _TELLING and size > anchors[index][0]:
                    anchors[index] = size, middle
                break
        else:
            rows.append([fragment])
            anchors.append((size, middle))
    lines = [_line(sorted(row, key=attrgetter("x0")) if len(row) > 1 else row) for row in rows]
    return sorted([line for line in lines if line.text], key=attrgetter("baseline"))


def united(parts: Sequence[Line]) -> Line:
    """Return the pieces of a printed line as one line again."""
    if len(parts) == 1:
        return parts[0]
    widest = max(parts, key=lambda part: len(part.text))
    text = parts[0].text
    for before, part in pairwise(parts):
        gap = (part.x0 - before.x1) / max(part.size, 1.0)
        text += (" " if _needs_blank(text, part.text, gap) or _is_set_off(text, gap) else "") + part.text
    pieces = tuple(piece for part in parts for piece in part.pieces)
    return Line(
        text, parts[0].x0, max(part.x1 for part in parts), widest.baseline, widest.size, pieces, widest.drawn
    )


def with_their_labels(line: Line) -> Sequence[Line]:
    """Return the pieces of a line, with a label (第一百条) and the words after it as one piece, whatever the blank between them."""
    if not line.parts:
        return (line,)
    pieces: list[Line] = []
    for piece in line.parts:
        before = pieces[-1] if pieces else None
        if (
            before is not None
            and _LABEL.fullmatch(before.text)
            and piece.x0 - before.x1 < _WIDEST_LABEL_GAP * piece.size
        ):
            pieces[-1] = united((before, piece))
        else:
            pieces.append(piece)
    return pieces


def joined(before: str, after: str) -> str:
    """Return two lines of one paragraph joined: without a blank between Chinese characters, with a blank between Latin words."""
    if not before or not after:
        return before + after
    return f"{before} {after}" if before[-1] in _LATIN_END and after[0] in _LATIN_START else before + after


@cache
def is_wide(character: str) -> bool:
    """Return whether a character is as wide as it is high."""
    return unicodedata.east_asian_width(character) in _WIDE


def first_unit(text: str) -> float:
    """Return the width in ems of the characters that must stay together at the beginning of a line.

    These are a number or word, an opening mark with the words it opens, and the marks that may not begin a line. No line breaks beside
    a quotation mark (Unicode Standard Annex 14, class QU), which a Chinese font sets as wide as an ideograph.

    Examples:
        >>> first_unit("站”的；"), first_unit("站的；")
        (4.0, 1.0)
    """
    unit = _UNIT.match(text)
    words = text[: unit.end()] if unit else ""
    quotes = 1.0 if any(map(is_wide, words)) else 0.55
    return sum(1.0 if is_wide(character) else quotes if character in _QUOTES else 0.55 for character in words)


_TELLING = 8
"""Fragments of a line from which the first one decides the height of the line; with fewer, the largest one does."""


def _same_line(anchor: float, anchor_middle: float, size: float, middle: float) -> bool:
    """Return whether a fragment is on a line, from the size and the middle of both."""
    distance = abs(anchor_middle - middle)
    if size == anchor:
        return distance < 0.45 * size
    larger, smaller = max(anchor, size), min(anchor, size)
    return distance < 0.45 * smaller or (smaller < 0.8 * larger and distance < 0.5 * larger)


def _line(row: Sequence[Fragment]) -> Line:
    whole = _piece(row)
    runs, end = [[row[0]]], row[0].x1
    for fragment in row[1:]:
        if fragment.x0 - end > _PART_GAP * max(fragment.size, 1.0):
            runs.append([])
        runs[-1].append(fragment)
        end = max(fragment.x1, end)
    return (
        whole._replace(parts=tuple(filter(attrgetter("text"), map(_piece, runs)))) if len(runs) > 1 else whole
    )


def _piece(row: Sequence[Fragment]) -> Line:
    if len(row) == 1:
        text, x0, x1, baseline, size, drawn, _ = row[0]
        return Line(_BLANKS.sub(" ", text).strip(), x0, x1, baseline, size, (), drawn)
    first = row[0]
    parts = [first.text]
    end, before = first.x1, first.text
    above = first if before.strip() else None
    for fragment in row[1:]:
        words, x0, x1, _, size, _, _ = fragment
        if above is not None and size < above.size and is_raised(fragment, above):
            parts.append(raised(words))
        else:
            ems = (x0 - end) / max(size, 1.0)
            if ems > _LABEL_GAP and (
                _needs_blank(before, words, ems) or (len(parts) == 1 and _is_set_off(before, ems))
            ):
                parts.append(" ")
            parts.append(words)
            above = fragment if words.strip() else above
        before = words
        end = max(x1, end)
    text = _BLANKS.sub(" ", "".join(parts)).strip()
    middle, anchor = first.size, first
    if len({each.size for each in row}) > 1:
        middle = _usual_size(row)
        anchor = min(row, key=lambda each: abs(each.size - middle))
    shown = [fragment for fragment in row if fragment.text.strip()] or row
    return Line(text, shown[0].x0, max(each.x1 for each in shown), anchor.baseline, middle, (), anchor.drawn)


_RAISED_SIZE = 0.78
"""Most size of a raised mark, as a share of the size of the character before it."""


def is_raised(mark: Fragment, before: Fragment) -> bool:
    """Return whether characters are higher than the characters before them and smaller, like powers and marks of notes."""
    near = -0.3 * before.size < mark.x0 - before.x1 < before.size
    return (
        near
        and mark.size <= _RAISED_SIZE * before.size
        and mark.baseline < before.baseline - 0.1 * before.size
    )


def _usual_size(row: Sequence[Fragment]) -> float:
    """Return the median size of the characters of a row."""
    sizes = sorted((fragment.size, len(fragment.text.strip())) for fragment in row)
    left = sum(count for _, count in sizes) // 2
    for size, count in sizes:
        if left < count:
            return size
        left -= count
    return sizes[-1][0]


def _is_set_off(text: str, gap: float) -> bool:
    """Return whether `gap` ems of empty space after `text` are the blank after a label."""
    return gap > _LABEL_GAP and _LABEL.fullmatch(text) is not None


def _needs_blank(before: str, after: str, gap: float) -> bool:
    """Return whether `gap` ems of empty space between two fragments are a blank."""
    if before.endswith(" ") or after.startswith(" "):
        return False
    if not WORD_GAP < gap <= _COLUMN_GAP:
        return gap > _COLUMN_GAP
    return not is_wide(before[-1]) and not is_wide(after[0])


_NUMBER = re.compile(
    r"""(?P<before>[第（(]?)(?P<value>[一二三四五六七八九十百]{1,5}|\d{1,3})(?P<after>[条章节]|[、.．]|[）)])
        (?!\d)(?![一二三四五六七八九十]+(?:[、条款项章节]|[两各等]))""",
    re.VERBOSE,
)


class Numbers:
    """The numbers 一、 （一） 1. 第一条 with which lines have begun so far."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def see(self, text: str) -> None:
        """Record the number with which a paragraph begins."""
        label = _numbered(text)
        if label is not None:
            self._last[label[0]] = label[1]

    def goes_on(self, text: str) -> bool:
        """Return whether a line begins with the next number."""
        label = _numbered(text)
        return label is not None and self._last.get(label[0]) == label[1] - 1


def _numbered(text: str) -> tuple[str, int] | None:
    """Return form and value of the number with which a line begins; None for an enumeration of numbers (二、三项)."""
    match = _NUMBER.match(text)
    value = to_int(match["value"]) if match is not None else None
    return None if match is None or value is None else (match["before"] + match["after"], value)
