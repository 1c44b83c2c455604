"""Captured bytes to the text that is judged and recorded, by the rules of one source."""

import hashlib
from typing import NamedTuple

from policydiff.errors import UnreadableInputError
from policydiff.extract import DEFAULT_LIMITS, Limits, extract
from policydiff.model import Extraction
from policydiff.settings import Source
from policydiff.version import __version__
from policydiff.watch.failure import FailureKind, SourceFailedError
from policydiff.watch.gather.bundle import unbundle
from policydiff.watch.gather.noise import clean_text
from policydiff.watch.gather.page import is_html, reduce_page


class Capture(NamedTuple):
    """The bytes of one document as a run fetched them."""

    data: bytes
    """Of a document on several pages: a bundle of them."""
    url: str | None
    name: str
    title: str | None
    """What the listing or feed calls it, None for a page of its own."""
    pages: int = 1


def reading_rules(source: Source) -> str:
    """Return a short hash of everything that decides what becomes of the bytes: selectors, expectations, the extractor.

    What was read by other rules is fetched and judged anew.
    """
    decisive = {
        "kind",
        "id",
        "select",
        "ignore",
        "ignore_lines",
        "link",
        "next",
        "number",
        "issued",
        "expect",
    }
    said = source.model_dump_json(include=decisive) + __version__
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def read_text(data: bytes, name: str, source: Source, limits: Limits = DEFAULT_LIMITS) -> Extraction:
    """Return the text of captured bytes, page furniture removed; `limits` bound each page of them.

    Raises:
        SourceFailedError: structure changed where the selectors find nothing, empty where there is no text.
    """
    pages = unbundle(data)
    readings = [_read_page(page, name, source, limits) for page in pages]
    extraction = readings[0].model_copy(
        update={
            "text": "\n".join(reading.text.rstrip("\n") for reading in readings) + "\n",
            "warnings": tuple(dict.fromkeys(warning for reading in readings for warning in reading.warnings)),
        }
    )
    text = clean_text(extraction.text, source.ignore_lines)
    if not text.strip():
        raise SourceFailedError(FailureKind.EMPTY, f"{name}: no text is left once page furniture is removed")
    return extraction.model_copy(update={"text": text})


def _read_page(data: bytes, name: str, source: Source, limits: Limits) -> Extraction:
    page = data
    if (source.select or source.ignore) and is_html(data):
        page = reduce_page(data, source.select, source.ignore)
    try:
        return extract(page, name=name, limits=limits)
    except UnreadableInputError as error:
        raise SourceFailedError(FailureKind.EMPTY, str(error)) from error
