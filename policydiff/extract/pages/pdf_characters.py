"""The characters of one PDF page with their places, as PDFium finds them."""

import ctypes
import math
import re
from collections.abc import Sequence
from functools import cache
from itertools import repeat
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from policydiff.extract.pages import pdfium_calls as calls
from policydiff.extract.pages.assembly import repaired
from policydiff.extract.pages.gathering import LEVEL, Gathering
from policydiff.extract.pages.lines import Fragment, Frame, Ruling

_BLANKS = frozenset({0x20, 0xA0, 0x09, 0x3000})
_ODD = re.compile("[\x00-\x1f\ud800-\udfff\ue000-\uf8ff\ufffd-\uffff]")
"""Characters that fonts map to no printed character, and halves of surrogate pairs."""
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6“”‘’—…·]+"
)
_IDEOGRAPHS = "\u2e80-\u2fff\u3001-\u9fff\uf900-\ufaff\uff00-\uff60"
_RUN = re.compile(
    f"(?P<apart>[{_IDEOGRAPHS}](?: [{_IDEOGRAPHS}])+(?![{_IDEOGRAPHS}]))|(?P<wide>[{_IDEOGRAPHS}]{{2,}})|(?P<other>[^{_IDEOGRAPHS} \xa0\t\u3000\r\n]+|[{_IDEOGRAPHS}])|[ \xa0\t\u3000]"
)
"""Ideographs with marks of the same width, spaced out or not; other characters up to a blank; a blank. Line ends are skipped."""
_SAME_BOX = 0.05
"""Share of the type size by which the boxes of two characters of one size may differ; the next size differs by a twentieth."""
_FULL_TURN = 2 * math.pi
_SOLID, _NARROW = 1.12, 0.95
"""Most ems that a wide and a narrow character take without empty space: Latin capitals are 0.95 wide, and PDFium itself inserts a
blank where two characters of one text object are more than a sixth of an em apart."""
_THINNEST = 0.2
"""Least ems that a character takes on average; with less, characters are drawn over one another."""
_SLANT = math.radians(8)
_PRIVATE = ((0xE000, 0xF8FF), (0xF0000, 0x10FFFF))


class Characters(NamedTuple):
    """The characters of a page's text layer."""

    fragments: list[Fragment]
    shown: int
    """Number of characters that are no blanks."""
    unmapped: int
    """Number of shown characters that their font maps to no letter."""
    slanted: str
    """Characters left out because they are set at an angle, as in watermarks."""
    struck: list[Fragment]
    """Characters with a line drawn through them."""


Mapped = dict[int | None, set[str]]
"""Characters known to be mapped correctly, by the address of their font."""


def characters(
    page: pypdfium2.PdfPage, rulings: Sequence[Ruling] = (), mapped: Mapped | None = None
) -> Characters:
    """Return the characters of a page; neighbours on a line form a fragment.

    A character crossed by a straight line is struck. `mapped` collects known characters of fonts; an entry is valid
    as long as a page with the font is open.
    """
    text_page = page.get_textpage()
    try:
        raw = ctypes.cast(text_page.raw, calls.ADDRESS)
        return _Reader(raw, calls.frame_of(page), rulings, {} if mapped is None else mapped).read()
    finally:
        text_page.close()


class _Type(NamedTuple):
    """Font, size and direction of the characters of one text object of a page."""

    size: float
    """Type size in points; 0 if the file states no usable size."""
    slanted: bool
    level: bool
    """Whether all its characters are on one baseline."""
    baseline: float
    font: int | None


class _Reader:
    """A single pass over the characters; properties of a text object are read only once."""

    def __init__(self, raw: ctypes.c_void_p, frame: Frame, rulings: Sequence[Ruling], mapped: Mapped) -> None:
        self._raw = raw
        self._frame = frame
        self._types: dict[int | None, _Type] = {}
        self._set: dict[tuple[float, ...], tuple[float, bool, bool]] = {}
        self._mapped: dict[tuple[int | None, int], bool] = {}
        self._box = pdfium.FS_RECTF()
        self._at_box = ctypes.byref(self._box)
        self._gathered = Gathering(rulings)
        self._drawn: list[str] = []
        self._known = mapped
        self._matrix = pdfium.FS_MATRIX()
        self._at_matrix = ctypes.byref(self._matrix)
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._at_place = ctypes.byref(self._x), ctypes.byref(self._y)
        self._turn = math.radians(frame.rotation)
        self._shown = self._unmapped = 0

    def read(self) -> Characters:
        count = calls.count(self._raw)
        text = calls.text_at_once(self._raw, count)
        if text is None:
            for index in range(count):
                self._character(calls.unicode(self._raw, index), index)
        else:
            for run in _RUN.finditer(text):
                start, end = run.span()
                kind = run.lastgroup
                if kind is None:
                    self._blank(start)
                elif kind == "apart":
                    if not self._apart(run[0][::2], start):
                        self._one_by_one(text, start, end)
                elif kind == "other" or not self._alike(run[0], start, self._type(start), 0):
                    self._by_objects(text, start, end)
        return Characters(
            self._gathered.fragments, self._shown, self._unmapped, "".join(self._drawn), self._gathered.struck
        )

    def _one_by_one(self, text: str, start: int, end: int) -> None:
        for index in range(start, end):
            if text[index] == " ":
                self._blank(index)
            else:
                self._by_objects(text, index, index + 1)

    def _apart(self, words: str, start: int) -> bool:
        """Add wide characters with a blank inserted by PDFium between any two; return False if this is not certain.

        A word processor spaces out whole documents on a character grid. Characters of one size are equally wide, but the height
        of their boxes depends on the font's outlines.
        """
        raw, box, frame = self._raw, self._box, self._frame
        last = start + 2 * (len(words) - 1)
        size, slanted, level = self._setting(start)
        if not level or slanted or not size or self._setting(last) != (size, False, True):
            return False
        baseline = self._baseline(start)
        made_up = sum(map(calls.is_generated, repeat(raw), range(start + 1, last, 2)))
        if self._baseline(last) != baseline or made_up != len(words) - 1:
            return False
        calls.loose_box(raw, start, self._at_box)
        if not frame.top - box.top - 1 <= baseline <= frame.top - box.bottom + 1:
            return False
        width, alike = box.right - box.left, _SAME_BOX * size
        place = calls.text_object(raw, start)
        font = calls.font(place) if place else None
        known = self._known.get(font)
        if known is None or not known.issuperset(words):
            if not self._are_mapped(font, words, start, 2):
                return False
            words = repaired(words)
        x0, count = box.left, len(words)
        calls.loose_box(raw, last, self._at_box)
        step = (box.left - x0) / (count - 1)
        for index in (count - 1, count - 2, count // 2, 1):
            calls.loose_box(raw, start + 2 * index, self._at_box)
            left, _, right, _ = calls.FOUR(box)
            if abs(right - left - width) >= alike or abs(left - x0 - index * step) >= alike:
                return False
        x0 -= frame.left
        self._shown += count
        self._gathered.spaced(
            Fragment(words, x0, x0 + (count - 1) * step + width, baseline, size, 0.0, step - width)
        )
        return True

    def _by_objects(self, text: str, start: int, end: int) -> None:
        while start < end:
            place = calls.text_object(self._raw, start)
            of_type = self._type(start, place)
            stop = end if end - start == 1 else calls.run_end(self._raw, place, start, end)
            words = text[start:stop]
            if stop - start == 1 or not self._alike(words, start, of_type, len(_WIDE.sub("", words))):
                for index in range(start, stop):
                    self._character(ord(text[index]), index, of_type)
            start = stop

    def _alike(self, words: str, start: int, of_type: _Type, narrow: int) -> bool:
        """Add characters of one type without gaps between them as one fragment; return False if this is not certain, or one may be struck.

        They are all wide, or are in one text object and `narrow` of them are not wide. Only the first and the last are examined: wide
        characters between two alike are alike too, and raised or small characters there are signs, digits or Latin letters.
        """
        raw, box, frame, count = self._raw, self._box, self._frame, len(words)
        size, slanted, level, baseline, font = of_type
        if not level or slanted or not size or not calls.loose_box(raw, start, self._at_box):
            return False
        left, top, _, bottom = calls.FOUR(box)
        last = start + count - 1
        calls.loose_box(raw, last, self._at_box)
        _, upper, right, lower = calls.FOUR(box)
        off = abs(top - upper) + abs(bottom - lower)
        if off >= LEVEL:
            alike = off < _SAME_BOX * size
            if abs(self._baseline(last) - baseline) >= LEVEL or not (alike or self._setting(last)[0] == size):
                return False
        x0, x1 = left - frame.left, right - frame.left
        stands = frame.top - top - 1 <= baseline <= frame.top - bottom + 1
        room = size * (_SOLID * (count - narrow) + _NARROW * narrow)
        if not stands or not _THINNEST * size * count <= x1 - x0 <= room:
            return False
        known = self._known.get(font)
        if known is None or not known.issuperset(words):
            if not self._are_mapped(font, words, start):
                return False
            words = repaired(words)
        fragment = Fragment(words, x0, x1, baseline, size)
        if self._gathered.strokes:
            if self._gathered.is_crossed(fragment, x0, x1):
                return False
            self._gathered.add(fragment)
        else:
            self._gathered.join(fragment)
        self._shown += count
        return True

    def _are_mapped(self, font: int | None, words: str, start: int, step: int = 1) -> bool:
        """Return whether the font maps each of the characters, and remember the characters that need no repair."""
        known = set() if font is None else self._known.setdefault(font, set())
        new = set(words) - known
        if _ODD.search(words) or not all(
            calls.is_unmapped(self._raw, start + step * words.index(each)) != 1 for each in new
        ):
            return False
        as_they_are = "".join(new)
        known.update(
            new if repaired(as_they_are) == as_they_are else (each for each in new if repaired(each) == each)
        )
        return True

    def _character(self, code: int, index: int, of_type: _Type | None = None) -> None:
        frame, box = self._frame, self._box
        if code in _BLANKS:
            self._blank(index)
            return
        if code in (0x0D, 0x0A):
            return
        self._shown += 1
        of_type = of_type or self._type(index)
        if not self._is_mapped(of_type.font, code, index):
            self._unmapped += 1
            code = code or 0xFFFD
        if of_type.slanted:
            self._drawn.append(_character(code))
            return
        if not calls.loose_box(self._raw, index, self._at_box):
            return
        first, second = frame.place(box.left, box.bottom), frame.place(box.right, box.top)
        x0, x1 = min(first[0], second[0]), max(first[0], second[0])
        upper, lower = min(first[1], second[1]), max(first[1], second[1])
        baseline = of_type.baseline
        if not of_type.level or not upper - 1 <= baseline <= lower + 1:
            baseline = self._baseline(index)
        size = of_type.size or max((lower - upper) / 1.3, 1.0)
        self._gathered.add(Fragment(_shown(code), x0, x1, baseline, size))

    def _blank(self, index: int) -> None:
        # PDFium inserts blanks at gaps, but typesetting leaves a gap between Chinese and Latin characters without a blank.
        self._gathered.joins = False
        if calls.is_generated(self._raw, index) != 1:
            self._gathered.blank()

    def _type(self, index: int, place: int | None = None) -> _Type:
        """Return the type of a character; it is kept for the other characters of its text object `place`."""
        place = place or calls.text_object(self._raw, index)
        found = self._types.get(place)
        if found is None:
            font = calls.font(place) if place else None
            found = _Type(*self._setting(index), self._baseline(index), font)
            if place:
                self._types[place] = found
        return found

    def _setting(self, index: int) -> tuple[float, bool, bool]:
        """Return the size of a character in points (0: not usable in the file), whether it is slanted, and whether it is level."""
        matrix = self._matrix
        calls.matrix_of(self._raw, index, self._at_matrix)
        key = (*calls.FOUR(matrix), calls.font_size(self._raw, index))
        found = self._set.get(key)
        if found is None:
            a, b, c, d, size = key
            size *= math.sqrt(abs(a * d - b * c)) or 1.0
            slanted = abs(math.remainder(self._turn - math.atan2(b, a), _FULL_TURN)) > _SLANT
            level = not self._turn and abs(b) < 1e-4 and abs(c) < 0.5 * abs(a)
            found = self._set[key] = (size if 1 < size < 400 else 0.0, slanted, level)
        return found

    def _baseline(self, index: int) -> float:
        calls.origin(self._raw, index, *self._at_place)
        if not self._turn:
            return self._frame.top - self._y.value
        return self._frame.place(self._x.value, self._y.value)[1]

    def _is_mapped(self, font: int | None, code: int, index: int) -> bool:
        """Return whether the font maps this character; PDFium is asked once for each character of a font."""
        if code == 0 or (code >= 0xE000 and any(first <= code <= last for first, last in _PRIVATE)):
            return False
        key = font, code
        if font is None or key not in self._mapped:
            self._mapped[key] = calls.is_unmapped(self._raw, index) != 1
        return self._mapped[key]


@cache
def _shown(code: int) -> str:
    return repaired(_character(code))


def _character(code: int) -> str:
    """Return the character; on some systems PDFium returns a character beyond the first plane in two halves, which become U+FFFD."""
    return "\ufffd" if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else chr(code)
