"""What an extractor gives: the text of a file, one paragraph a line, and how it was got."""

from policydiff.model.base import Value


class RecognisedPage(Value):
    """A page whose text was recognised from its picture (OCR)."""

    page: int
    """1-based."""
    engine: str
    confidence: float
    """Mean over the page's characters, 0 … 1, as the engine gives it."""


class Extraction(Value):
    """Text of one captured file."""

    text: str
    """One paragraph a line, as a reader sees it; table rows are lines with cells joined by a tab."""
    media_type: str
    """Media type found by content, e.g. `text/html`."""
    extractor: str
    """Name of the extractor: `plain`, `html`, `pdf` …"""
    extractor_version: str
    title: str | None = None
    """Title the container declares (meta tag, document property), None where it declares none."""
    metadata: tuple[tuple[str, str], ...] = ()
    """Labelled facts outside the text: (`发文字号`, `国发〔2019〕5号`)."""
    links: tuple[tuple[str, str], ...] = ()
    """Attachments listed by link: (text, href)."""
    warnings: tuple[str, ...] = ()
    recognised: tuple[RecognisedPage, ...] = ()
    """Pages that held no text of their own."""
