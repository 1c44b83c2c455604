"""Optical character recognition of page pictures: rapidocr with its own models, or tesseract from the path."""

import shutil
from importlib.util import find_spec
from typing import NamedTuple, Protocol

import pypdfium2

from policydiff.extract.limits import Limits
from policydiff.extract.pages.pictures import FoundLine, mean_confidence, straightened, suspicious
from policydiff.extract.pages.placed import Page
from policydiff.extract.pages.strokes import Picture
from policydiff.extract.reading import Remark
from policydiff.platforms import lift_caps

MISSING_ENGINE = "install policydiff[ocr], or tesseract with its language chi_sim, to have it recognised"
_DPI = 200


class Engine(Protocol):
    """A program that finds text in pictures."""

    name: str

    def recognise(self, picture: Picture) -> list[FoundLine]:
        """Return the lines of a picture."""
        ...


class RecognisedText(NamedTuple):
    """A page as recognised."""

    page: Page
    engine: str
    confidence: float
    """Mean over its characters, 0 … 1."""
    warnings: tuple[Remark, ...] = ()
    """Lines of which most was not recognised."""


def find_engine(seconds: float) -> Engine | None:
    """Return rapidocr if it is installed, else tesseract if it is on the path, else None.

    Args:
        seconds: Wall time that a program may take for a page; a library's is held by the worker's caller.
    """
    if find_spec("rapidocr") and find_spec("onnxruntime"):
        from policydiff.extract.pages.rapid import Rapid  # noqa: PLC0415 (an extra)

        return Rapid()
    program = shutil.which("tesseract")
    if program:
        from policydiff.extract.pages.tesseract import Tesseract, languages  # noqa: PLC0415 (only where it is)

        if "chi_sim" in languages(program):
            return Tesseract(program, seconds)
    return None


class Recogniser:
    """Recognises the pages of one document, within its limits; the engine is loaded for the first page."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._pages = 0
        self._engine: Engine | None = None
        self._looked = False

    @property
    def engine(self) -> Engine | None:
        """Return the engine, None where none is installed."""
        if not self._looked:
            lift_caps()  # an engine needs more than a file of this size gets; its pages have a clock each
            self._engine, self._looked = find_engine(self._limits.ocr_seconds), True
        return self._engine

    def read(self, page: pypdfium2.PdfPage, number: int) -> RecognisedText | None:
        """Return the text of a page's picture, None where there is no engine or none is allowed any more."""
        if self.engine is None or self._pages >= self._limits.ocr_pages:
            return None
        return self.read_picture(_rendered(page, self._limits.ocr_pixels), number, page.get_width())

    def read_picture(self, picture: Picture, number: int, width: float) -> RecognisedText | None:
        """Return the text of a picture whose width in points is known, None as `read`."""
        if self.engine is None or self._pages >= self._limits.ocr_pages:
            return None
        self._pages += 1
        lines = [line for line in self.engine.recognise(picture) if line.text.strip()]
        page = straightened(lines, picture, number, width)
        return RecognisedText(page, self.engine.name, mean_confidence(lines), suspicious(lines, number))


def _rendered(page: pypdfium2.PdfPage, most_pixels: int) -> Picture:
    """Return the page's picture at 200 dpi, coarser if it would pass the limit."""
    width, height = page.get_size()
    scale = min(_DPI / 72, (most_pixels / max(width * height, 1.0)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        rows, stride = bytes(bitmap.buffer), bitmap.stride
        pixels = b"".join(
            rows[start : start + bitmap.width] for start in range(0, stride * bitmap.height, stride)
        )
        return Picture(bitmap.width, bitmap.height, pixels)
    finally:
        bitmap.close()
