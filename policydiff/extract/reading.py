"""What a reader of one format is given and gives back, light enough to load in the worker process."""

from collections.abc import Callable
from typing import Literal, NamedTuple

from policydiff.extract.limits import DEFAULT_LIMITS, Limits

Revisions = Literal["final", "original"]
Pairs = tuple[tuple[str, str], ...]


class Request(NamedTuple):
    """One file to read."""

    data: bytes
    limits: Limits = DEFAULT_LIMITS
    revisions: Revisions = "final"
    """Tracked changes accepted, or refused."""
    page_done: Callable[[], None] = lambda: None
    """Called after each recognised page: recognition has time for each, everything else has not."""


class RecognisedPage(NamedTuple):
    """A page whose text was recognised from its picture."""

    page: int
    """1-based."""
    engine: str
    confidence: float
    """Mean over the page's characters, 0 … 1, as the engine gives it."""


class Reading(NamedTuple):
    """Text of a file, one paragraph a line, and how it was got."""

    text: str
    extractor: str
    version: str
    """Version of the library or program that did the reading."""
    title: str | None = None
    metadata: Pairs = ()
    links: Pairs = ()
    warnings: tuple[str, ...] = ()
    recognised: tuple[RecognisedPage, ...] = ()
