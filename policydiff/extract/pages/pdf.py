"""PDF, read with PDFium: the text layer page by page; pages without a text layer are recognised from their picture."""

import ctypes
import statistics
from collections.abc import Iterator, Sequence
from itertools import repeat

import pypdfium2
import pypdfium2.raw as pdfium
from pypdfium2 import PDFIUM_INFO

from policydiff.errors import UnreadableInputError
from policydiff.extract.pages import pdfium_calls as calls
from policydiff.extract.pages.assembly import blocks_of_pages, check_count, named, put_right
from policydiff.extract.pages.lines import Fragment, Page, Ruling, printed_lines
from policydiff.extract.pages.pdf_characters import Mapped, characters
from policydiff.extract.pages.recognition import MISSING_ENGINE, Recogniser
from policydiff.extract.reading import (
    Leftovers,
    Limits,
    Reading,
    RecognisedPage,
    Remark,
    Request,
    text_and_forms,
)

_MOST_FILES = 50
"""Most files inside a PDF that a warning names."""
_UNMAPPED_SHARE = 0.3
"""Share of characters of unknown meaning from which the page is recognised from its picture."""
_MOST_CHARACTERS = 200_000
"""Most characters read of one page; a printed page has about 2,000, so more are a fault or an attack."""
_FEW, _LARGE = 12, 0.3
"""Characters below which a picture of this share of the page holds its words: a page number and a stamp have fewer."""
_STAMP, _WHOLE = 40, 0.8
"""Most characters that scanner software adds (Scanned by …, 扫描全能王 创建), and least share of the page that a scan covers."""


def read_pdf(request: Request) -> Reading:
    """Return the text of a PDF.

    Raises UnreadableInputError if the PDF is encrypted or damaged, has too many pages, or no page that can be read.
    """
    document = _open(request.data)
    try:
        count = len(document)
        check_count(count, "PDF", request.limits)
        return _read(document, count, request)
    finally:
        document.close()


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise UnreadableInputError(
                "the PDF is protected by a password: open it, save it without one and try again"
            ) from error
        if error.err_code == pdfium.FPDF_ERR_SECURITY:
            raise UnreadableInputError("the PDF is encrypted in a way that cannot be read") from error
        raise UnreadableInputError("the PDF is damaged or cut off: fetch it again") from error


def _read(document: pypdfium2.PdfDocument, count: int, request: Request) -> Reading:
    pages: list[Page] = []
    recognised: list[RecognisedPage] = []
    unread: list[int] = []
    warnings: list[Remark] = []
    recogniser = Recogniser(request.limits)
    left_out = Leftovers()
    fonts = _Fonts()
    for index in range(count):
        try:
            page = document[index]
        except pypdfium2.PdfiumError:
            warnings.append(
                Remark("damage", f"page {index + 1} is damaged: it could not be loaded", index + 1)
            )
            continue
        try:
            if (remarks := calls.annotations(page)) and calls.is_to_be_printed(page, remarks):
                page.close()
                page = document[index]
            placed, pictured, notes = _text_layer(page, index + 1, request, left_out, fonts.mapped, remarks)
            warnings.extend(notes)
            warnings.extend(_beside(remarks, placed, left_out))
            if pictured:
                found = recogniser.read(page, index + 1)
                if found is None:
                    unread.append(index + 1)
                else:
                    placed = found.page
                    warnings.extend(found.warnings)
                    if not placed.fragments:
                        warnings.append(
                            Remark(
                                "unread",
                                f"nothing was recognised in the picture on page {index + 1}: see whether it is blank",
                                index + 1,
                            )
                        )
                    recognised.append(RecognisedPage(index + 1, found.engine, found.confidence))
                    request.page_done()
            pages.append(placed)
        finally:
            fonts.leave(page)
    fonts.forget()
    warnings.extend(_unread_warning(unread, recogniser, request.limits))
    pages, misread = _put_right(pages, recognised)
    warnings.extend(misread)
    text, forms = text_and_forms(blocks_of_pages(pages, left_out, warnings))
    if not any(map(str.isalpha, text)) or len(unread) == count:  # a stamped number is no text of a scan
        raise UnreadableInputError(
            " ".join(("no text was found in the PDF.", *(remark.text for remark in warnings)))
        )
    warnings.extend(_files_inside(document))
    version = f"pypdfium2 {pypdfium2.PYPDFIUM_INFO} (PDFium {PDFIUM_INFO.build})"
    if recognised:
        version += f", {recognised[0].engine}"
    # The declared title only if the text shows it, because it is often a template's title or a file name
    declared = "".join(document.get_metadata_value("Title").split())
    shown = "".join(text[:2000].split())
    return Reading(
        text,
        "pdf+ocr" if recognised else "pdf",
        version,
        title=declared if len(declared) >= 4 and declared in shown else None,
        warnings=(*warnings, *left_out.struck_warning()),
        recognised=tuple(recognised),
        forms=forms,
        left_out=left_out.found(),
    )


_MOST_OPEN = 12
"""Most pages kept open for their fonts; a document has a few fonts, and a page of words takes about 200 kB."""


class _Fonts:
    """Fonts of a document known so far; a page with a new font stays open, because the font's address may be used again after closing."""

    def __init__(self) -> None:
        self.mapped: Mapped = {}
        self._known = 0
        self._open: list[pypdfium2.PdfPage] = []

    def leave(self, page: pypdfium2.PdfPage) -> None:
        """Close a page, unless it had a new font."""
        if len(self.mapped) == self._known:
            page.close()
            return
        if len(self._open) >= _MOST_OPEN:
            self.forget()
        self._open.append(page)
        self._known = len(self.mapped)

    def forget(self) -> None:
        """Close all pages and forget their fonts."""
        for page in self._open:
            page.close()
        self._open.clear()
        self.mapped.clear()
        self._known = 0


def _beside(remarks: Sequence[calls.Annotation], page: Page, left_out: Leftovers) -> Iterator[Remark]:
    """Record the words of annotations and form fields that are not among the page's words."""
    shown = "".join("".join(fragment.text for fragment in page.fragments).split())
    unseen = 0
    for remark in remarks:
        words = "".join(remark.words.split())
        if words and (remark.kind == "comment" or words not in shown):
            left_out.add(remark.kind, remark.words)
            unseen += remark.kind != "comment"
    if unseen:
        yield Remark(
            "left out",
            f"page {page.number}: what is filled into {unseen} fields is not in the text",
            page.number,
        )


def _files_inside(document: pypdfium2.PdfDocument) -> Iterator[Remark]:
    count = min(document.count_attachments(), _MOST_FILES)
    names = [document.get_attachment(index).get_name() for index in range(count)]
    if names:
        yield Remark("unread", f"files inside the PDF are not read: {'、'.join(names)}")


def _put_right(pages: list[Page], recognised: list[RecognisedPage]) -> tuple[list[Page], tuple[Remark, ...]]:
    numbers = {page.page for page in recognised}
    done, warnings = put_right([page for page in pages if page.number in numbers])
    by_number = {page.number: page for page in done}
    return [by_number.get(page.number, page) for page in pages], warnings


def _text_layer(
    page: pypdfium2.PdfPage,
    number: int,
    request: Request,
    left_out: Leftovers,
    mapped: Mapped,
    remarks: Sequence[calls.Annotation],
) -> tuple[Page, bool, list[Remark]]:
    """Return a page's text layer, whether its words are in its picture instead, and the warnings."""
    for turn in (
        0,
        90,
        180,
        90,
    ):  # a sheet laid sideways is turned upright; a page with only a watermark, back again
        page.set_rotation((page.get_rotation() + turn) % 360)
        ruled, inked = rulings(page)
        strikes = (*inked, *(each for remark in remarks for each in remark.strikes))
        found = characters(page, () if request.revisions == "original" else strikes, mapped)
        if 2 * len(found.slanted) <= found.shown:
            break
    notes: list[Remark] = []
    behind = _behind(page, found.fragments)
    if marked := found.slanted + "".join(each.text for each in behind):
        notes.append(
            Remark(
                "left out",
                f"page {number}: {len(marked)} characters set at an angle, or large and pale behind others, left out (a watermark)",
                number,
            )
        )
        left_out.add("watermark", marked)
    for line in printed_lines(found.struck):
        left_out.add("struck", line.text)
    garbled = 0 < _UNMAPPED_SHARE * found.shown < found.unmapped
    if found.unmapped and not garbled:
        notes.append(
            Remark(
                "recognition",
                f"page {number}: {found.unmapped} characters of fonts that do not say what they are",
                number,
            )
        )
    pictured = garbled or (found.shown < _STAMP and _is_picture(page, found.shown))
    if len(found.fragments) > _MOST_CHARACTERS:
        notes.append(
            Remark(
                "unread", f"page {number}: only its first {_MOST_CHARACTERS:,} characters were read", number
            )
        )
    width, height = page.get_size()
    shown = [each for each in found.fragments if each not in behind][:_MOST_CHARACTERS]
    on_paper = [
        each
        for each in shown
        if each.x1 > 0 and each.x0 < width and each.baseline > 0 and each.middle < height
    ]
    if len(on_paper) < len(shown):
        # The page was cut out of a larger one, or has printer's marks.
        inside = set(on_paper)
        for line in printed_lines(each for each in shown if each not in inside):
            left_out.add("hidden", line.text)
    return (
        Page(number, width, height, tuple(on_paper), _without_strokes(ruled, found.struck)),
        pictured,
        notes,
    )


def _behind(page: pypdfium2.PdfPage, fragments: Sequence[Fragment]) -> list[Fragment]:
    """Return the characters of a level watermark: large characters, printed over by others, on a page with pale words."""
    usual = statistics.median([each.size for each in fragments] or [0.0])
    large = [each for each in fragments if each.size >= _MARK_SIZE * usual][:_MOST_MARKS]
    over = [
        each
        for each in large
        if any(
            each.x0 < other.x1 and other.x0 < each.x1 and 0 < each.baseline - other.middle < 0.8 * each.size
            for other in fragments
            if other.size <= each.size / _MARK_SIZE
        )
    ]
    words = page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT,)) if over else ()
    return over if any(calls.is_pale(each.raw) for each in words) else []


def _without_strokes(rulings: tuple[Ruling, ...], struck: Sequence[Fragment]) -> tuple[Ruling, ...]:
    """Return the lines that strike no character, which may be borders of a table."""
    if not struck:
        return rulings
    return tuple(
        ruling
        for ruling in rulings
        if not any(
            ruling.x0 <= (each.x0 + each.x1) / 2 <= ruling.x1
            and abs(ruling.y0 - each.middle) < 0.4 * each.size
            for each in struck
        )
    )


def _has_drawing(page: pypdfium2.PdfPage) -> bool:
    """Return whether the page has a drawing that may contain words: a picture, or outlines of characters."""
    kinds = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING)
    return next(iter(page.get_objects(filter=kinds, max_depth=3)), None) is not None


def _is_picture(page: pypdfium2.PdfPage, shown: int) -> bool:
    """Return whether the words of a page are in its picture; a scan may also have a stamped number or the name of its software as text."""
    if not shown:
        return _has_drawing(page)
    width, height = page.get_size()
    bounds = (each.get_bounds() for each in page.get_objects((pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=3))
    covered: float = sum((right - left) * (top - bottom) for left, bottom, right, top in bounds)
    return covered > float((_LARGE if shown < _FEW else _WHOLE) * width * height)


def _unread_warning(unread: list[int], recogniser: Recogniser, limits: Limits) -> list[Remark]:
    if not unread:
        return []
    if recogniser.engine is None:
        return [Remark("unread", f"no text but a picture on {named(unread)}: {MISSING_ENGINE}", unread[0])]
    return [
        Remark(
            "unread",
            f"no text on {named(unread)}: at most {limits.ocr_pages} pages are recognised (ocr_pages)",
            unread[0],
        )
    ]


_THIN, _LONG = 2.5, 6.0
"""Points below which a stroke is thin enough for a ruling, and above which it is too long for a dot or dash."""
_THICKEST = 4.0
"""Least thickness in points of a stroke behind words that strikes none; a line that strikes type of 40 points is 3 points thick."""
_MOST_MARKS = 200
"""Most characters of a page examined as a watermark, because each is compared with all others, of which there may be 200,000."""
_MARK_SIZE = 2.0
"""Least size of a watermark, in usual type sizes; headings, which are rarely printed over, have 1.4."""
_MOST_PATHS, _MOST_SEGMENTS = 4000, 400
"""Paths of a page from which it is a drawing without rulings, and most pieces read of one path: a large table drawn as one has hundreds."""

_Point = tuple[float, float]


def rulings(page: pypdfium2.PdfPage) -> tuple[tuple[Ruling, ...], tuple[Ruling, ...]]:
    """Return the page's straight lines, and those that may strike words, without sides of coloured boxes and broad marker strokes.

    Both are empty if the page has so many paths that it is a drawing.
    """
    frame = calls.frame_of(page)
    # Most objects of a page are words, and there may be thousands of them.
    objects = map(calls.page_object, repeat(page.raw), range(pdfium.FPDFPage_CountObjects(page.raw)))
    kinds = [*map(calls.kind_of_object, objects)]
    if pdfium.FPDF_PAGEOBJ_PATH not in kinds:
        return (), ()
    paths = [index for index, kind in enumerate(kinds) if kind == pdfium.FPDF_PAGEOBJ_PATH]
    if len(paths) > _MOST_PATHS:
        return (), ()
    found: list[Ruling] = []
    drawn: list[Ruling] = []
    for index in paths:
        raw = pdfium.FPDFPage_GetObject(page.raw, index)
        filled, stroked = calls.modes(raw)
        if not stroked and (not filled or calls.is_white(raw)):
            continue
        item = pypdfium2.PdfObject(raw, page=page)
        left, bottom, right, top = item.get_bounds()
        is_thin = min(right - left, top - bottom) < _THIN
        is_drawn = calls.thickness(item) < _THICKEST if stroked else is_thin
        pieces = [((left, bottom), (right, top))] if is_thin else _strokes(item)
        for start, end in pieces:
            (x0, y0), (x1, y1) = frame.place(*start), frame.place(*end)
            ruling = Ruling(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            width, height = ruling.x1 - ruling.x0, ruling.y1 - ruling.y0
            if min(width, height) < _THIN and max(width, height) > _LONG:
                found.append(ruling)
                if is_drawn:
                    drawn.append(ruling)
    return tuple(found), tuple(drawn)


def _strokes(item: pypdfium2.PdfObject) -> Iterator[tuple[_Point, _Point]]:
    """Yield each straight piece of a path."""
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
