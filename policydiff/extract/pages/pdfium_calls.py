"""Calls of PDFium for each character of a page: plain addresses and numbers, no objects are made of them."""

import ctypes
from collections.abc import Callable
from struct import Struct
from typing import Any

import pypdfium2.raw as pdfium


def called(function: object, result: object, *arguments: object) -> Callable[..., Any]:
    """Return a function of PDFium that makes no objects of its arguments: it is called for each character.

    Without `arguments` it takes addresses as pointers of ctypes, integers as they are, and places for answers by `byref`;
    checking each argument against its type would double the time of a call.
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
"""Reads the first four numbers of a matrix (how it turns and stretches), or those of a box: left, top, right, bottom."""
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
    """Return all characters by one call; None where some of them take up no place in the text, or two."""
    buffer = ctypes.create_string_buffer(2 * (count + 1))
    taken = all_text(raw, 0, count, buffer)
    if taken != count + 1:
        return None
    text = buffer.raw[: 2 * count].decode("utf-16-le", "surrogatepass")
    return text if len(text) == count else None


def run_end(raw: ctypes.c_void_p, place: int | None, start: int, end: int) -> int:
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
