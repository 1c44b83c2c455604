"""Calls of PDFium on a page: its frame, its characters through plain addresses and numbers, and its annotations and form fields.

PDFium keeps annotations and fields apart from the text of a page. Words that a field or stamp shows are made part of the page, so that
they are read at their place; words that a reader sees only by opening a comment are listed.
"""

import ctypes
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from struct import Struct
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from policydiff.extract.pages.lines import Frame, Ruling

_MOST = 5_000
"""Most annotations of a page that are examined."""
_SHOWN = {
    pdfium.FPDF_ANNOT_WIDGET: "field",
    pdfium.FPDF_ANNOT_FREETEXT: "field",
    pdfium.FPDF_ANNOT_STAMP: "stamp",
}
"""Kinds of annotations that print words of their own on the page."""
_MARKING = (
    "TEXT HIGHLIGHT UNDERLINE SQUIGGLY STRIKEOUT CARET INK SQUARE CIRCLE LINE POLYGON POLYLINE FILEATTACHMENT"
)
_REMARKS = frozenset(getattr(pdfium, f"FPDF_ANNOT_{name}") for name in _MARKING.split())
"""Kinds of annotations that mark a place and whose words open beside it."""


def frame_of(page: pypdfium2.PdfPage) -> Frame:
    """Return the page's frame."""
    left, bottom, right, top = page.get_bbox()
    return Frame(left, bottom, right, top, page.get_rotation())


def called(function: object, result: object, *arguments: object) -> Callable[..., Any]:
    """Return a function of PDFium that converts no arguments to objects, because it is called for each character.

    Without `arguments` it takes addresses as ctypes pointers, plain integers, and places for results by `byref`; checking
    each argument against its type would double the time of a call.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value  # type: ignore[arg-type]
    prototype = ctypes.PYFUNCTYPE(result)  # type: ignore[arg-type]
    call = prototype(address)  # type: ignore[arg-type]
    if arguments:
        call.argtypes = arguments  # type: ignore[assignment]
    return call


ADDRESS, INDEX = ctypes.c_void_p, ctypes.c_int
count = called(pdfium.FPDFText_CountChars, INDEX)
unicode = called(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
is_generated = called(pdfium.FPDFText_IsGenerated, INDEX)
all_text = called(pdfium.FPDFText_GetText, INDEX)
FOUR = Struct("4f").unpack_from
"""Reads the first four numbers of a matrix (rotation and scale) or of a box (left, top, right, bottom)."""
text_object = called(pdfium.FPDFText_GetTextObject, ADDRESS)
font = called(pdfium.FPDFTextObj_GetFont, ADDRESS, ADDRESS)
font_size = called(pdfium.FPDFText_GetFontSize, ctypes.c_double)
loose_box = called(pdfium.FPDFText_GetLooseCharBox, INDEX)
is_unmapped = called(pdfium.FPDFText_HasUnicodeMapError, INDEX)
matrix_of = called(pdfium.FPDFText_GetMatrix, INDEX)
origin = called(pdfium.FPDFText_GetCharOrigin, INDEX)
page_object = called(pdfium.FPDFPage_GetObject, ADDRESS)
kind_of_object = called(pdfium.FPDFPageObj_GetType, INDEX, ADDRESS)


def text_at_once(raw: ctypes.c_void_p, count: int) -> str | None:
    """Return all characters with one call; None if some characters take no place in the text, or two."""
    buffer = ctypes.create_string_buffer(2 * (count + 1))
    taken = all_text(raw, 0, count, buffer)
    if taken != count + 1:
        return None
    text = buffer.raw[: 2 * count].decode("utf-16-le", "surrogatepass")
    return text if len(text) == count else None


def run_end(raw: ctypes.c_void_p, place: int | None, start: int, end: int) -> int:
    """Return the index after the last character of the text object `place`, whose characters are consecutive."""
    if text_object(raw, end - 1) == place:
        return end
    low, high = start, end - 1  # `low` belongs to the object, `high` does not
    while high - low > 1:
        middle = (low + high) // 2
        if text_object(raw, middle) == place:
            low = middle
        else:
            high = middle
    return high


_WHITE = 250
"""Least value of red, green and blue at which a box is invisible on paper; the lightest shading of tables is 242."""
_PALE = 128
"""Least value of red, green and blue at which words are a watermark (half as dark as print); also the opacity below which they are."""


def thickness(item: pypdfium2.PdfObject) -> float:
    """Return the thickness of a path's line in points."""
    width = ctypes.c_float()
    pdfium.FPDFPageObj_GetStrokeWidth(item.raw, width)
    a, b, *_ = item.get_matrix().get()
    return width.value * math.hypot(a, b)


def modes(raw: object) -> tuple[bool, bool]:
    """Return whether a path is filled, and whether its line is drawn."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(raw, fill, stroke)
    return bool(fill.value), bool(stroke.value)


def is_white(raw: object) -> bool:
    """Return whether a filled path is invisible on white paper, because programs draw white boxes behind words."""
    light, alpha = _colour(raw)
    return alpha == 0 or light >= _WHITE


def is_pale(raw: object) -> bool:
    """Return whether words are so light or so transparent that they lie behind others."""
    light, alpha = _colour(raw)
    return alpha < _PALE or light >= _PALE


def _colour(raw: object) -> tuple[int, int]:
    """Return the least of red, green and blue of an object, and its opacity, each from 0 to 255."""
    colour = [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFPageObj_GetFillColor(raw, *colour)
    *light, alpha = (each.value for each in colour)
    return min(light), alpha


class Annotation(NamedTuple):
    """Words and place of an annotation of a PDF page."""

    kind: str
    """`field`, `stamp` or `comment`."""
    words: str
    is_drawn: bool
    """Whether the file contains its appearance on the page."""
    strikes: tuple[Ruling, ...] = ()
    """Lines that the annotation draws through words."""


def annotations(page: pypdfium2.PdfPage) -> list[Annotation]:
    """Return the annotations of a page with their words, without links."""
    count = min(pdfium.FPDFPage_GetAnnotCount(page.raw), _MOST)
    return [found for index in range(count) for found in _said(page, index)]


def is_to_be_printed(page: pypdfium2.PdfPage, found: Sequence[Annotation]) -> bool:
    """Make the words of fields and stamps part of the page; return whether the page changed and must be loaded again."""
    if not any(each.is_drawn and each.kind != "comment" for each in found):
        return False
    done: bool = pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS
    return done


@contextmanager
def _annotation(page: pypdfium2.PdfPage, index: int) -> Iterator[object]:
    raw = pdfium.FPDFPage_GetAnnot(page.raw, index)
    try:
        yield raw
    finally:
        if raw:
            pdfium.FPDFPage_CloseAnnot(raw)


def _said(page: pypdfium2.PdfPage, index: int) -> Iterator[Annotation]:
    with _annotation(page, index) as raw:
        if not raw:
            return
        subtype = pdfium.FPDFAnnot_GetSubtype(raw)
        if subtype in _REMARKS:
            strikes = tuple(_strikes(page, raw)) if subtype == pdfium.FPDF_ANNOT_STRIKEOUT else ()
            if (words := _string(raw, b"Contents")) or strikes:
                yield Annotation("comment", words, is_drawn=False, strikes=strikes)
        elif (kind := _SHOWN.get(subtype)) is not None:
            words = _string(raw, b"V" if subtype == pdfium.FPDF_ANNOT_WIDGET else b"Contents")
            drawn = pdfium.FPDFAnnot_GetAP(raw, pdfium.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0) > _EMPTY
            if words or drawn:
                yield Annotation(kind, words, is_drawn=drawn)


def _strikes(page: pypdfium2.PdfPage, raw: object) -> Iterator[Ruling]:
    """Yield the lines through words that an annotation strikes, each through the middle of four corners."""
    frame, corners = frame_of(page), pdfium.FS_QUADPOINTSF()
    for index in range(min(pdfium.FPDFAnnot_CountAttachmentPoints(raw), _MOST)):
        if not pdfium.FPDFAnnot_GetAttachmentPoints(raw, index, corners):
            continue
        places = [
            frame.place(getattr(corners, f"x{each}"), getattr(corners, f"y{each}")) for each in range(1, 5)
        ]
        across, down = [x for x, _ in places], [y for _, y in places]
        middle = (min(down) + max(down)) / 2
        yield Ruling(min(across), middle, max(across), middle)


_EMPTY = 2
"""Bytes of an empty string in PDFium, which counts the end mark."""


def _string(raw: object, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(raw, key, None, 0)
    if size <= _EMPTY:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAnnot_GetStringValue(raw, key, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace").strip()
