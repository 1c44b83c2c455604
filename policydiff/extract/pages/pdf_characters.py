"""The characters of one PDF page with their places, as PDFium finds them."""

import ctypes
import math
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from policydiff.extract.pages.placed import Fragment
from policydiff.extract.pages.repair import repaired

_SLANT = math.radians(8)
_PRIVATE = ((0xE000, 0xF8FF), (0xF0000, 0x10FFFF))


class Characters(NamedTuple):
    """What a page's text layer holds."""

    fragments: list[Fragment]
    shown: int
    """Characters that are not blank."""
    unmapped: int
    """Those among them whose font does not say what they are."""
    slanted: int
    """Characters left out because they are set at an angle: watermarks."""


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


def characters(page: pypdfium2.PdfPage) -> Characters:
    """Return the characters of a page, blanks joined to the character before them."""
    text_page = page.get_textpage()
    try:
        return _read(text_page.raw, frame_of(page))
    finally:
        text_page.close()


def _read(raw: object, frame: _Frame) -> Characters:
    fragments: list[Fragment] = []
    shown = unmapped = slanted = 0
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(pdfium.FPDFText_CountChars(raw)):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if code in (0x20, 0xA0, 0x09, 0x3000):
            # PDFium makes up blanks where it sees a gap; between Chinese and Latin there is one by typesetting.
            written = pdfium.FPDFText_IsGenerated(raw, index) != 1
            if written and fragments and not fragments[-1].text.endswith(" "):
                fragments[-1] = fragments[-1]._replace(text=fragments[-1].text + " ")
            continue
        if code in (0x0D, 0x0A):
            continue
        shown += 1
        if code == 0 or _is_private(code) or pdfium.FPDFText_HasUnicodeMapError(raw, index) == 1:
            unmapped += 1
            code = code or 0xFFFD
        angle = pdfium.FPDFText_GetCharAngle(raw, index) + math.radians(frame.rotation)
        if abs(math.remainder(angle, 2 * math.pi)) > _SLANT:
            slanted += 1
            continue
        if not pdfium.FPDFText_GetLooseCharBox(raw, index, box):
            continue
        pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
        pdfium.FPDFText_GetMatrix(raw, index, matrix)
        scale = math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c)) or 1.0
        size = pdfium.FPDFText_GetFontSize(raw, index) * scale
        first, second = frame.place(box.left, box.bottom), frame.place(box.right, box.top)
        fragment = Fragment(
            repaired(_character(code)),
            min(first[0], second[0]),
            max(first[0], second[0]),
            frame.place(x.value, y.value)[1],
            size if 1 < size < 400 else max(abs(first[1] - second[1]) / 1.3, 1.0),
        )
        if not _is_double(fragments, fragment):
            fragments.append(fragment)
    return Characters(fragments, shown, unmapped, slanted)


def _character(code: int) -> str:
    """Return the character; PDFium gives what lies beyond the first plane in two halves on some systems."""
    return "\ufffd" if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else chr(code)


def _is_private(code: int) -> bool:
    return any(first <= code <= last for first, last in _PRIVATE)


def _is_double(fragments: list[Fragment], fragment: Fragment) -> bool:
    """Say whether the character is drawn again a little aside, which some programs do for bold type."""
    if not fragments or fragments[-1].text.strip() != fragment.text:
        return False
    last = fragments[-1]
    near = 0.4 * (fragment.x1 - fragment.x0)
    return abs(last.x0 - fragment.x0) < near and abs(last.baseline - fragment.baseline) < 0.3 * last.size
