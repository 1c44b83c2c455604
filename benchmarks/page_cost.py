"""Where the time of a page of PDF goes: PDFium's own calls, and each step of the reader.

`python -m benchmarks.page_cost FILE.pdf …` prints milliseconds a page, the least of some runs, and their ratio to PDFium's own text call.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pypdfium2

from policydiff.extract.pages import assembly, pdf, pdfium_calls
from policydiff.extract.reading import Limits, Request

_RUNS = 4
STEPS: tuple[tuple[str, ModuleType | type, str], ...] = (
    ("PDFium: load a page", pypdfium2.PdfDocument, "get_page"),
    ("PDFium: its text", pypdfium2.PdfPage, "get_textpage"),
    ("what is ruled", pdf, "rulings"),
    ("notes and fields", pdfium_calls, "annotations"),
    ("characters to fragments, with PDFium's text", pdf, "characters"),
    ("spaced-out type closed up", assembly, "closed_up"),
    ("ruled tables", assembly, "cut_tables"),
    ("fragments to lines", assembly, "printed_lines"),
    ("headers, footers, page numbers", assembly, "without_furniture"),
    ("footnotes", assembly, "take_notes"),
    ("columns", assembly, "in_columns"),
    ("tables without rulings", assembly, "with_unruled_tables"),
    ("lines to paragraphs", assembly, "paragraphs"),
)


def main() -> None:
    """Print a table of the steps."""
    files = [Path(name).read_bytes() for name in sys.argv[1:]]
    own, pages = float("inf"), 0
    for _ in range(_RUNS):
        start = time.process_time()
        pages = sum(map(_text_alone, files))
        own = min(own, time.process_time() - start)
    taken: dict[str, float] = {}
    for name, place, attribute in STEPS:
        setattr(place, attribute, _timed(getattr(place, attribute), name, taken))
    best: dict[str, float] = {}
    for _ in range(_RUNS):
        taken.clear()
        start = time.process_time()
        for data in files:
            pdf.read_pdf(Request(data, limits=Limits(ocr_pages=0)))
        taken["all"] = time.process_time() - start
        best = {name: min(best.get(name, seconds), seconds) for name, seconds in taken.items()}
    best["PDFium's own text call"] = own
    print(f"step | ms a page, {pages} pages | times PDFium's own call\n---|---|---")
    for name in (*(name for name, _, _ in STEPS if name in best), "all", "PDFium's own text call"):
        print(f"{name} | {1000 * best[name] / pages:.3f} | {best[name] / own:.2f}")


def _timed(step: Callable[..., Any], name: str, taken: dict[str, float]) -> Callable[..., Any]:
    def timed(*arguments: object, **options: object) -> object:
        start = time.process_time()
        try:
            return step(*arguments, **options)
        finally:
            taken[name] = taken.get(name, 0.0) + time.process_time() - start

    return timed


def _text_alone(data: bytes) -> int:
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            text = page.get_textpage()
            text.get_text_range()
            text.close()
            page.close()
        return len(document)


if __name__ == "__main__":
    main()
