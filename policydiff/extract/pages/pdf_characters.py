"""The characters of one PDF page with their places, as PDFium finds them."""

import ctypes
import math
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from policydiff.extract.pages.placed import Fragment, Ruling
from policydiff.extract.pages.repair import repaired

_BLANKS = frozenset({0x20, 0xA0, 0x09, 0x3000})
_TOUCHING = 0.12
"""Ems between two characters that follow one another: typesetting stretches a justified line by less."""
_LONGEST = 200
_STRUCK_FROM, _STRUCK_TO = 0.6, 0.12
"""Ems above the baseline within which a line goes through a character: an underline lies below it."""
_SLANT = math.radians(8)
_PRIVATE = ((0xE000, 0xF8FF), (0xF0000, 0x10FFFF))


class Characters(NamedTuple):
    """What a page's text layer holds."""

    fragments: list[Fragment]
    shown: int
    """Characters that are not blank."""
    unmapped: int
    """Those among them whose font does not say what they are."""
    slanted: str
    """Characters left out because they are set at an angle: watermarks."""
    struck: list[Fragment]
    """Characters with a line drawn through them."""


class _Frame(NamedTuple):
    """A page's visible box and rotation, which turn PDF places into places from the top left."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    def place(self, x: float, y: float) -> tuple[float, float]:
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        if self.rotation == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y


def frame_of(page: pypdfium2.PdfPage) -> _Frame:
    """Return the page's frame."""
    left, bottom, right, top = page.get_bbox()
    return _Frame(left, bottom, right, top, page.get_rotation())


def characters(page: pypdfium2.PdfPage, rulings: Sequence[Ruling] = ()) -> Characters:
    """Return the characters of a page, those that follow one another in one fragment.

    Args:
        page: The page.
        rulings: Its straight lines: a character that one crosses is struck.
    """
    text_page = page.get_textpage()
    try:
        return _Reader(text_page.raw, frame_of(page), rulings).read()
    finally:
        text_page.close()


class _Type(NamedTuple):
    """How the characters of one text object of a page are set."""

    size: float
    """In points, 0 where the file says nothing usable."""
    slanted: bool
    level: bool
    """Whether all of them stand on one baseline."""
    baseline: float
    font: int | None


class _Reader:
    """One pass over the characters; what a text object says for all of its characters is asked once."""

    def __init__(self, raw: object, frame: _Frame, rulings: Sequence[Ruling]) -> None:
        self._raw = raw
        self._frame = frame
        self._types: dict[int | None, _Type] = {}
        self._mapped: dict[tuple[int | None, int], bool] = {}
        self._strokes = [
            (ruling.y0, ruling.x0, ruling.x1)
            for ruling in rulings
            if ruling.x1 - ruling.x0 > ruling.y1 - ruling.y0
        ]
        self._box = pdfium.FS_RECTF()
        self._fragments: list[Fragment] = []
        self._struck: list[Fragment] = []
        self._joins = False
        self._drawn: list[str] = []

    def read(self) -> Characters:
        raw, frame, box = self._raw, self._frame, self._box
        level = frame.rotation == 0
        shown = unmapped = 0
        for index in range(pdfium.FPDFText_CountChars(raw)):
            code = pdfium.FPDFText_GetUnicode(raw, index)
            if code in _BLANKS:
                self._blank(index)
                continue
            if code in (0x0D, 0x0A):
                continue
            shown += 1
            place = _text_object(raw, index)
            of_type = self._types.get(place) or self._type(place, index)
            if not self._is_mapped(of_type.font, code, index):
                unmapped += 1
                code = code or 0xFFFD
            if of_type.slanted:
                self._drawn.append(_character(code))
                continue
            if not pdfium.FPDFText_GetLooseCharBox(raw, index, box):
                continue
            if level:
                x0, x1 = box.left - frame.left, box.right - frame.left
                upper, lower = frame.top - box.top, frame.top - box.bottom
            else:
                first, second = frame.place(box.left, box.bottom), frame.place(box.right, box.top)
                x0, x1 = min(first[0], second[0]), max(first[0], second[0])
                upper, lower = min(first[1], second[1]), max(first[1], second[1])
            baseline = of_type.baseline
            if not of_type.level or not upper - 1 <= baseline <= lower + 1:
                baseline = self._baseline(index)
            size = of_type.size or max((lower - upper) / 1.3, 1.0)
            self._add(Fragment(_shown(code), x0, x1, baseline, size))
        return Characters(self._fragments, shown, unmapped, "".join(self._drawn), self._struck)

    def _blank(self, index: int) -> None:
        # PDFium makes up blanks where it sees a gap; between Chinese and Latin there is one by typesetting.
        self._joins = False
        written = pdfium.FPDFText_IsGenerated(self._raw, index) != 1
        if written and self._fragments and not self._fragments[-1].text.endswith(" "):
            last = self._fragments[-1]
            self._fragments[-1] = last._replace(text=last.text + " ")

    def _type(self, place: int | None, index: int) -> _Type:
        raw, matrix = self._raw, pdfium.FS_MATRIX()
        angle = pdfium.FPDFText_GetCharAngle(raw, index) + math.radians(self._frame.rotation)
        pdfium.FPDFText_GetMatrix(raw, index, matrix)
        scale = math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c)) or 1.0
        size = pdfium.FPDFText_GetFontSize(raw, index) * scale
        found = _Type(
            size if 1 < size < 400 else 0.0,
            abs(math.remainder(angle, 2 * math.pi)) > _SLANT,
            level=self._frame.rotation == 0 and abs(matrix.b) < 1e-4 and abs(matrix.c) < 0.5 * abs(matrix.a),
            baseline=self._baseline(index),
            font=_font(place) if place else None,
        )
        if place:
            self._types[place] = found
        return found

    def _baseline(self, index: int) -> float:
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(self._raw, index, x, y)
        return self._frame.place(x.value, y.value)[1]

    def _is_mapped(self, font: int | None, code: int, index: int) -> bool:
        """Return whether the font says which character this is; asked once for each character of a font."""
        if code == 0 or _is_private(code):
            return False
        key = font, code
        if font is None or key not in self._mapped:
            self._mapped[key] = pdfium.FPDFText_HasUnicodeMapError(self._raw, index) != 1
        return self._mapped[key]

    def _add(self, fragment: Fragment) -> None:
        fragments = self._fragments
        if self._strokes and self._is_struck(fragment):
            self._struck.append(fragment)
            self._joins = False
            return
        if not fragments:
            fragments.append(fragment)
            self._joins = True
            return
        last = fragments[-1]
        if _is_double(last, fragment):
            return
        near = abs(fragment.x0 - last.x1) < _TOUCHING * fragment.size
        same_type = fragment.baseline == last.baseline and fragment.size == last.size
        if self._joins and near and same_type and len(last.text) < _LONGEST:
            fragments[-1] = Fragment(
                last.text + fragment.text, last.x0, fragment.x1, last.baseline, last.size
            )
        else:
            fragments.append(fragment)
        self._joins = True

    def _is_struck(self, fragment: Fragment) -> bool:
        middle = (fragment.x0 + fragment.x1) / 2
        upper = fragment.baseline - _STRUCK_FROM * fragment.size
        lower = fragment.baseline - _STRUCK_TO * fragment.size
        return any(upper <= y <= lower and x0 - 1 <= middle <= x1 + 1 for y, x0, x1 in self._strokes)


@cache
def _shown(code: int) -> str:
    return repaired(_character(code))


def _pointer_of(function: object, *arguments: object) -> Callable[..., int | None]:
    """Return a function of PDFium as one that gives a plain address: a pointer object for each character is slow."""
    address = ctypes.cast(function, ctypes.c_void_p).value  # type: ignore[arg-type]
    return ctypes.CFUNCTYPE(ctypes.c_void_p, *arguments)(address)  # type: ignore[arg-type]


_text_object = _pointer_of(pdfium.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_int)
_font = _pointer_of(pdfium.FPDFTextObj_GetFont, ctypes.c_void_p)


def _character(code: int) -> str:
    """Return the character; PDFium gives what lies beyond the first plane in two halves on some systems."""
    return "\ufffd" if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else chr(code)


def _is_private(code: int) -> bool:
    return code >= 0xE000 and any(first <= code <= last for first, last in _PRIVATE)


def _is_double(last: Fragment, fragment: Fragment) -> bool:
    """Say whether the character is drawn again a little aside, which some programs do for bold type."""
    if not last.text.endswith(fragment.text):
        return False
    width = fragment.x1 - fragment.x0
    # What is drawn again covers the character drawn before it, the last of its fragment.
    return (
        abs(last.x1 - fragment.x1) < 0.4 * width and abs(last.baseline - fragment.baseline) < 0.3 * last.size
    )
