"""Optical character recognition of pictures of pages and of picture files.

The engine is rapidocr with its own models, else tesseract if it is installed.
"""

import os
import shutil
import subprocess
from collections import defaultdict
from importlib.util import find_spec
from typing import Literal, NamedTuple, Protocol

import pypdfium2

from policydiff.errors import UnreadableInputError
from policydiff.extract.pages.assembly import (
    FoundLine,
    Picture,
    mean_confidence,
    put_right,
    straightened,
    suspicious,
    text_of_pages,
)
from policydiff.extract.pages.lines import Page, is_wide
from policydiff.extract.reading import Limits, Reading, RecognisedPage, Remark, Request, library
from policydiff.platforms import dying_with_parent, lift_caps

_WORD, _LINE, _PAGE = "5", "4", "1"


_MOST_THREADS = 4
"""Most threads of the recogniser, however many cores the machine has."""


class Rapid:
    """The library rapidocr with its models (included in its wheel, run by onnxruntime), which works without a network."""

    def __init__(self) -> None:
        from rapidocr import RapidOCR  # noqa: PLC0415 (an extra)

        self.name = library("rapidocr")
        threads = min(os.cpu_count() or 1, _MOST_THREADS)
        self._engine = RapidOCR(
            params={
                "Global.log_level": "critical",
                # By default, lines with a confidence below one half are dropped; here doubtful lines are kept with their confidence.
                "Global.text_score": 0.0,
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )

    def recognise(self, picture: Picture) -> list[FoundLine]:
        """Return the lines of a picture, in no particular order."""
        import numpy  # noqa: PLC0415 (comes with the extra)

        grey = numpy.frombuffer(picture.pixels, numpy.uint8).reshape(picture.height, picture.width)
        result = self._engine(numpy.repeat(grey[:, :, None], 3, axis=2))
        if result.txts is None or result.boxes is None or result.scores is None:
            return []
        found = []
        for text, corners, score in zip(result.txts, result.boxes, result.scores, strict=True):
            (x0, y0), (x1, y1), (x2, y2), (x3, y3) = ((float(x), float(y)) for x, y in corners)
            height = ((x3 - x0) ** 2 + (y3 - y0) ** 2) ** 0.5
            found.append(
                FoundLine(
                    str(text),
                    ((x0 + x3) / 2, (y0 + y3) / 2),
                    ((x1 + x2) / 2, (y1 + y2) / 2),
                    height,
                    float(score),
                )
            )
        return found


class Tesseract:
    """The program tesseract, with simplified Chinese."""

    def __init__(self, program: str, seconds: float) -> None:
        self._program = program
        self._seconds = seconds
        self.name = _version(program)

    def recognise(self, picture: Picture) -> list[FoundLine]:
        """Return the lines of a picture from top to bottom. Raises UnreadableInputError if the program fails."""
        head = f"P5\n{picture.width} {picture.height}\n255\n".encode()
        return _lines(self._table(head + picture.pixels))

    def recognise_file(self, data: bytes) -> tuple[list[FoundLine], int, int]:
        """Return the lines of a picture file's first page, and its width and height in pixels.

        Raises UnreadableInputError if the program fails.
        """
        table = self._table(data)
        page = next((row.split("\t") for row in table.splitlines() if row.startswith(f"{_PAGE}\t1\t")), None)
        if page is None:
            raise UnreadableInputError("tesseract found no page in the picture: it is damaged")
        return _lines(table), int(page[8]), int(page[9])

    def _table(self, data: bytes) -> str:
        arguments = [self._program, "stdin", "stdout", "-l", "chi_sim", "--psm", "6", "--dpi", "200", "tsv"]
        try:
            # Without the thread limit it spends its time in threads that wait for each other.
            run: subprocess.CompletedProcess[bytes] = subprocess.run(  # noqa: S603 (a program of the path, fixed arguments)
                arguments,
                input=data,
                capture_output=True,
                timeout=self._seconds,
                check=True,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
                **dying_with_parent(),
            )
        except subprocess.TimeoutExpired as error:
            raise UnreadableInputError(
                f"tesseract took longer than {self._seconds:g} seconds for one picture: the machine is busy, or the picture is large"
            ) from error
        except (subprocess.SubprocessError, OSError) as error:
            raise UnreadableInputError(
                f"tesseract could not read the picture ({type(error).__name__}): it is damaged"
            ) from error
        return run.stdout.decode("utf-8", errors="replace")


def languages(program: str) -> frozenset[str]:
    """Return the languages installed for a tesseract program."""
    return frozenset(_asked(program, "--list-langs").split())


def _version(program: str) -> str:
    said = _asked(program, "--version").splitlines()
    return said[0].strip() if said else "tesseract"


def _asked(program: str, option: str) -> str:
    """Return the output of a program for an option; empty if it fails or takes more than 20 seconds."""
    try:
        run = subprocess.run([program, option], capture_output=True, timeout=20, check=True)  # noqa: S603
    except (subprocess.SubprocessError, OSError):
        return ""
    return (run.stdout or run.stderr).decode("utf-8", errors="replace")


def _lines(table: str) -> list[FoundLine]:
    """Return the lines of tesseract's table, which has a row for each line and each word, with its box and its confidence in percent."""
    heights: dict[tuple[str, ...], float] = {}
    words: defaultdict[tuple[str, ...], list[tuple[float, float, float, float, str]]] = defaultdict(list)
    for row in table.splitlines()[1:]:
        fields = row.split("\t")
        if len(fields) != 12:
            continue
        place = tuple(fields[1:5])
        left, top, width, height = map(float, fields[6:10])
        if fields[0] == _LINE:
            heights[place] = height
        elif fields[0] == _WORD and fields[11].strip():
            words[place].append((left, left + width, top + height / 2, float(fields[10]) / 100, fields[11]))
    return [_line(found, heights.get(place, 30.0)) for place, found in words.items()]


def _line(words: list[tuple[float, float, float, float, str]], height: float) -> FoundLine:
    text = ""
    for *_, word in words:
        narrow = text and not is_wide(text[-1]) and not is_wide(word[0])
        text += f" {word}" if narrow else word
    letters = sum(len(word[4]) for word in words)
    confidence = sum(word[3] * len(word[4]) for word in words) / letters
    first, last = words[0], words[-1]
    return FoundLine(text, (first[0], first[2]), (last[1], last[2]), height, max(0.0, min(1.0, confidence)))


MISSING_ENGINE = "install policydiff[ocr], or tesseract with its language chi_sim, to have it recognised"
_DPI = 200
"""Dots per inch at which a page is drawn for recognition, as in an ordinary scan."""


class Engine(Protocol):
    """A program that finds text in pictures."""

    name: str

    def recognise(self, picture: Picture) -> list[FoundLine]:
        """Return the lines of a picture."""
        ...


class RecognisedText(NamedTuple):
    """A recognised page."""

    page: Page
    engine: str
    confidence: float
    """Mean confidence over the characters, from 0 to 1."""
    warnings: tuple[Remark, ...] = ()
    """Warnings about lines of which most words were not recognised."""


def find_engine(seconds: float) -> Engine | None:
    """Return rapidocr if it is installed, else tesseract if it is on the path, else None.

    `seconds` is the limit of wall time for a page in a program; the worker's caller limits a library.
    """
    if find_spec("rapidocr") and find_spec("onnxruntime"):
        return Rapid()
    program = shutil.which("tesseract")
    if program and "chi_sim" in languages(program):
        return Tesseract(program, seconds)
    return None


class Recogniser:
    """Recognises the pages of one document within its limits; the engine is loaded for the first page."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._pages = 0
        self._engine: Engine | None = None
        self._looked = False

    @property
    def engine(self) -> Engine | None:
        """The engine; None if none is installed."""
        if not self._looked:
            lift_caps()  # an engine needs more than a file of this size gets; its pages have time limits
            self._engine, self._looked = find_engine(self._limits.ocr_seconds), True
        return self._engine

    def read(self, page: pypdfium2.PdfPage, number: int) -> RecognisedText | None:
        """Return the text of a page's picture; None without an engine, or after the limit of pages."""
        if self.engine is None or self._pages >= self._limits.ocr_pages:
            return None
        return self.read_picture(_rendered(page, self._limits.ocr_pixels), number, page.get_width())

    def read_picture(self, picture: Picture, number: int, width: float) -> RecognisedText | None:
        """Return the text of a picture with a known width in points; None as in `read`."""
        if self.engine is None or self._pages >= self._limits.ocr_pages:
            return None
        self._pages += 1
        lines = [line for line in self.engine.recognise(picture) if line.text.strip()]
        page = straightened(lines, picture, number, width)
        return RecognisedText(page, self.engine.name, mean_confidence(lines), suspicious(lines, number))


def _rendered(page: pypdfium2.PdfPage, most_pixels: int) -> Picture:
    """Return the page's picture at 200 dpi, at a lower resolution if it would exceed `most_pixels`."""
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


_WIDTH = 595.0
"""Width of a page in points, used for all picture files, because they rarely state their size and only proportions matter."""


def read_picture(request: Request) -> Reading:
    """Return the text of a picture file's first page.

    Raises UnreadableInputError if the file is damaged or shows no text, or no engine is installed.
    """
    recogniser = Recogniser(request.limits)
    if recogniser.engine is None:
        raise UnreadableInputError(f"the file is a picture: {MISSING_ENGINE}")
    if not request.limits.ocr_pages:
        raise UnreadableInputError(
            "the file is a picture, and ocr_pages is 0: raise it to have it recognised"
        )
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
    lines, width, height = engine.recognise_file(_first_page(request.data))
    # Without the pixels no rulings are found, so tables are read as lines.
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
    """Return whether the first directory of a TIFF names a second one."""
    place = _next_directory(data)
    return place is not None and any(data[place : place + 4])


def _first_page(data: bytes) -> bytes:
    """Return a TIFF without a second directory, because programs follow all directories, and a circular one has no end."""
    place = _next_directory(data)
    return data if place is None else data[:place] + bytes(4) + data[place + 4 :]


def _next_directory(data: bytes) -> int | None:
    """Return the offset in bytes of the address of a TIFF's second directory; None for other pictures."""
    if not data.startswith((b"II*\x00", b"MM\x00*")):
        return None
    byte_order: Literal["little", "big"] = "little" if data.startswith(b"II") else "big"
    first = int.from_bytes(data[4:8], byte_order)
    return first + 2 + 12 * int.from_bytes(data[first : first + 2], byte_order)
