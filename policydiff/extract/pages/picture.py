"""Picture files (PNG, JPEG, TIFF, BMP): one page to recognise."""

from importlib.util import find_spec
from typing import Literal

from policydiff.errors import UnreadableInputError
from policydiff.extract.limits import Limits
from policydiff.extract.pages.assembly import text_of_pages
from policydiff.extract.pages.misreadings import put_right
from policydiff.extract.pages.pictures import mean_confidence, straightened, suspicious
from policydiff.extract.pages.placed import Page
from policydiff.extract.pages.recognition import MISSING_ENGINE, Recogniser
from policydiff.extract.pages.strokes import Picture
from policydiff.extract.pages.tesseract import Tesseract
from policydiff.extract.reading import Reading, RecognisedPage, Remark, Request

_WIDTH = 595.0
"""A page's width in points: pictures seldom say at what size they were taken, and only proportions matter."""


def read_picture(request: Request) -> Reading:
    """Return the text of a picture file's first page.

    Raises:
        UnreadableInputError: if it is damaged or shows no text, or no engine is installed.
    """
    recogniser = Recogniser(request.limits)
    if recogniser.engine is None:
        raise UnreadableInputError(f"the file is a picture: {MISSING_ENGINE}")
    if isinstance(recogniser.engine, Tesseract):
        page, confidence, doubts = _by_tesseract(recogniser.engine, request)
    else:
        found = recogniser.read_picture(_decoded(request.data, request.limits), 1, _WIDTH)
        page, confidence, doubts = (
            (found.page, found.confidence, found.warnings) if found else (Page(1, _WIDTH, 842, ()), 0.0, ())
        )
    request.page_done()
    pages, misread = put_right([page])
    text = text_of_pages(pages)
    if not text.strip():
        raise UnreadableInputError("no text was recognised in the picture")
    several = Remark("unread", "only the first page of the TIFF was read")
    return Reading(
        text,
        "ocr",
        recogniser.engine.name,
        warnings=(*doubts, *misread, several) if _has_more_pages(request.data) else (*doubts, *misread),
        recognised=(RecognisedPage(1, recogniser.engine.name, confidence),),
    )


def _by_tesseract(engine: Tesseract, request: Request) -> tuple[Page, float, tuple[Remark, ...]]:
    lines, width, height = engine.recognise_file(request.data)
    # Without the pixels there are no rulings to see: tables come as lines.
    blank = Picture(max(width, 1), max(height, 1), b"")
    return straightened(lines, blank, 1, _WIDTH), mean_confidence(lines), suspicious(lines, 1)


def _decoded(data: bytes, limits: Limits) -> Picture:
    if not find_spec("cv2"):
        raise UnreadableInputError(f"the file is a picture: {MISSING_ENGINE}")
    import cv2  # noqa: PLC0415 (comes with rapidocr)
    import numpy  # noqa: PLC0415

    try:
        grey = cv2.imdecode(numpy.frombuffer(data, numpy.uint8), cv2.IMREAD_GRAYSCALE)
    except cv2.error as error:
        raise UnreadableInputError("the picture is damaged") from error
    if grey is None:
        raise UnreadableInputError("the picture is damaged, or of a kind that cannot be decoded")
    height, width = grey.shape
    if width * height > limits.ocr_pixels:
        scale = (limits.ocr_pixels / (width * height)) ** 0.5
        grey = cv2.resize(grey, (max(1, int(width * scale)), max(1, int(height * scale))))
        height, width = grey.shape
    return Picture(int(width), int(height), grey.tobytes())


def _has_more_pages(data: bytes) -> bool:
    """Read the offset of a TIFF's second directory."""
    if not data.startswith((b"II*\x00", b"MM\x00*")):
        return False
    byte_order: Literal["little", "big"] = "little" if data.startswith(b"II") else "big"
    first = int.from_bytes(data[4:8], byte_order)
    entries = int.from_bytes(data[first : first + 2], byte_order)
    after = first + 2 + 12 * entries
    return any(data[after : after + 4])
