"""The horizontal and vertical lines drawn on a PDF page."""

import ctypes
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from policydiff.extract.pages.pdf_characters import called, frame_of
from policydiff.extract.pages.placed import Ruling

_THIN = 2.5
_LONG = 6.0
_WHITE = 250
"""Each of red, green and blue from which paper shows no box: the lightest shading of tables is 242."""
_MOST_PATHS = 4000
_MOST_SEGMENTS = 400

# Most objects of a page are words, and there may be thousands of them.
_object = called(pdfium.FPDFPage_GetObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_kind = called(pdfium.FPDFPageObj_GetType, ctypes.c_int, ctypes.c_void_p)

_Point = tuple[float, float]


def rulings(page: pypdfium2.PdfPage) -> tuple[Ruling, ...]:
    """Return the page's straight lines; none where it holds so many paths that it is a drawing."""
    frame = frame_of(page)
    found: list[Ruling] = []
    number = 0
    for index in range(pdfium.FPDFPage_CountObjects(page.raw)):
        address = _object(page.raw, index)
        if not address or _kind(address) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        raw = pdfium.FPDFPage_GetObject(page.raw, index)
        number += 1
        if number > _MOST_PATHS:
            return ()
        if _is_blank(raw):
            continue
        item = pypdfium2.PdfObject(raw, page=page)
        for start, end in _strokes(item):
            (x0, y0), (x1, y1) = frame.place(*start), frame.place(*end)
            ruling = Ruling(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            width, height = ruling.x1 - ruling.x0, ruling.y1 - ruling.y0
            if min(width, height) < _THIN and max(width, height) > _LONG:
                found.append(ruling)
    return tuple(found)


def _is_blank(raw: object) -> bool:
    """Return whether a path shows nothing on white paper: programs lay white boxes behind words."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(raw, fill, stroke)
    if stroke.value:
        return False
    colour = [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFPageObj_GetFillColor(raw, *colour)
    *light, alpha = (each.value for each in colour)
    return not fill.value or alpha == 0 or min(light) >= _WHITE


def _strokes(item: pypdfium2.PdfObject) -> Iterator[tuple[_Point, _Point]]:
    """Give each straight piece of a path; a thin filled box is a line too."""
    left, bottom, right, top = item.get_bounds()
    if min(right - left, top - bottom) < _THIN:
        yield (left, bottom), (right, top)
        return
    matrix = item.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    start: _Point | None = None
    here: _Point | None = None
    for index in range(min(pdfium.FPDFPath_CountSegments(item.raw), _MOST_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(item.raw, index)
        if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        point = matrix.on_point(x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO and here is not None:
            yield here, point
        here = point
        if start is not None and pdfium.FPDFPathSegment_GetClose(segment):
            yield here, start
