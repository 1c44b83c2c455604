"""Remarks on a page of PDF, and entries in the fields of its forms, which stand beside the page's own words.

PDFium keeps both apart from the text of a page. Words that a field or a stamp shows are made a part of the page, so that they are read in their place;
words that a reader sees only by opening a remark are listed.
"""

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from policydiff.extract.pages.lines import Ruling
from policydiff.extract.pages.pdf_characters import frame_of

_MOST = 5_000
"""Annotations of a page that are looked at."""
_SHOWN = {
    pdfium.FPDF_ANNOT_WIDGET: "field",
    pdfium.FPDF_ANNOT_FREETEXT: "field",
    pdfium.FPDF_ANNOT_STAMP: "stamp",
}
"""Kinds that print words of their own on the page."""
_MARKING = (
    "TEXT HIGHLIGHT UNDERLINE SQUIGGLY STRIKEOUT CARET INK SQUARE CIRCLE LINE POLYGON POLYLINE FILEATTACHMENT"
)
_REMARKS = frozenset(getattr(pdfium, f"FPDF_ANNOT_{name}") for name in _MARKING.split())
"""Kinds that mark a place, and whose words open beside it."""


class Annotation(NamedTuple):
    """Text and place of an annotation of a PDF page."""

    kind: str
    """`field`, `stamp` or `comment`."""
    words: str
    is_drawn: bool
    """Whether the file holds its look on the page."""
    strikes: tuple[Ruling, ...] = ()
    """The lines it draws through words."""


def annotations(page: pypdfium2.PdfPage) -> list[Annotation]:
    """Return the annotations of a page with their words, links left out."""
    count = min(pdfium.FPDFPage_GetAnnotCount(page.raw), _MOST)
    return [found for index in range(count) for found in _said(page, index)]


def is_to_be_printed(page: pypdfium2.PdfPage, found: Sequence[Annotation]) -> bool:
    """Make the words of fields and stamps a part of the page; return whether the page changed and must be loaded again."""
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
    """Give the lines through the words that an annotation strikes, each in the middle of its four corners."""
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
"""Bytes of an empty string as PDFium counts it: its end mark."""


def _string(raw: object, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(raw, key, None, 0)
    if size <= _EMPTY:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAnnot_GetStringValue(raw, key, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace").strip()
