"""Calls of PDFium for each character of a page: plain addresses and numbers, no objects are made of them."""

import ctypes
from collections.abc import Callable
from struct import Struct
from typing import Any

import pypdfium2.raw as pdfium


def called(function: object, result: object, *arguments: object) -> Callable[..., Any]:
    """Return a function of PDFium that takes plain addresses and makes no objects: it is called for each character."""
    address = ctypes.cast(function, ctypes.c_void_p).value  # type: ignore[arg-type]
    return ctypes.PYFUNCTYPE(result, *arguments)(address)  # type: ignore[arg-type]


ADDRESS, INDEX = ctypes.c_void_p, ctypes.c_int
count = called(pdfium.FPDFText_CountChars, INDEX, ADDRESS)
unicode = called(pdfium.FPDFText_GetUnicode, ctypes.c_uint, ADDRESS, INDEX)
is_generated = called(pdfium.FPDFText_IsGenerated, INDEX, ADDRESS, INDEX)
all_text = called(pdfium.FPDFText_GetText, INDEX, ADDRESS, INDEX, INDEX, ADDRESS)
FOUR = Struct("4f").unpack_from
"""Reads the first four numbers of a matrix: how it turns and stretches."""
text_object = called(pdfium.FPDFText_GetTextObject, ADDRESS, ADDRESS, INDEX)
font = called(pdfium.FPDFTextObj_GetFont, ADDRESS, ADDRESS)
font_size = called(pdfium.FPDFText_GetFontSize, ctypes.c_double, ADDRESS, INDEX)
loose_box = called(pdfium.FPDFText_GetLooseCharBox, INDEX, ADDRESS, INDEX, ctypes.POINTER(pdfium.FS_RECTF))
is_unmapped = called(pdfium.FPDFText_HasUnicodeMapError, INDEX, ADDRESS, INDEX)
matrix_of = called(pdfium.FPDFText_GetMatrix, INDEX, ADDRESS, INDEX, ctypes.POINTER(pdfium.FS_MATRIX))
_DOUBLE = ctypes.POINTER(ctypes.c_double)
origin = called(pdfium.FPDFText_GetCharOrigin, INDEX, ADDRESS, INDEX, _DOUBLE, _DOUBLE)


def text_at_once(raw: int | None, count: int) -> str | None:
    """Return all characters by one call; None where some of them take up no place in the text, or two."""
    buffer = ctypes.create_string_buffer(2 * (count + 1))
    taken = all_text(raw, 0, count, ctypes.addressof(buffer))
    if taken != count + 1:
        return None
    text = buffer.raw[: 2 * count].decode("utf-16-le", "surrogatepass")
    return text if len(text) == count else None


def run_end(raw: int | None, place: int | None, start: int, end: int) -> int:
    """Return the index after the characters of a text object, which stand side by side."""
    if text_object(raw, end - 1) == place:
        return end
    low, high = start, end - 1  # `low` is of the object, `high` is not
    while high - low > 1:
        middle = (low + high) // 2
        if text_object(raw, middle) == place:
            low = middle
        else:
            high = middle
    return high
