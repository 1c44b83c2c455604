"""What a run captured, and by which rules of its source it is read."""

import hashlib
from typing import NamedTuple

from policydiff.errors import LayoutChangedError, UnreadableInputError
from policydiff.extract import DEFAULT_LIMITS, Limits
from policydiff.intake.captured import read_bytes
from policydiff.model import Extraction, ReadingRules
from policydiff.settings import Source
from policydiff.version import __version__
from policydiff.watch.failure import FailureKind, SourceFailedError


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


def rules_of(source: Source, pages: int = 1) -> ReadingRules:
    """Return how the bytes of a source are read, of which so many pages were captured."""
    return ReadingRules(
        select=source.select, ignore=source.ignore, ignore_lines=source.ignore_lines, pages=pages
    )


def read_capture(data: bytes, name: str, rules: ReadingRules, limits: Limits = DEFAULT_LIMITS) -> Extraction:
    """Return the text of captured bytes; `limits` bound each page of them.

    Raises:
        SourceFailedError: structure changed where the selectors find nothing, empty where there is no text.
    """
    try:
        return read_bytes(data, name=name, rules=rules, limits=limits)
    except LayoutChangedError as error:
        raise SourceFailedError(FailureKind.STRUCTURE, str(error)) from error
    except UnreadableInputError as error:
        raise SourceFailedError(FailureKind.EMPTY, str(error)) from error
