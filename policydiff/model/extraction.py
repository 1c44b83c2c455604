"""What an extractor gives: the text of a file, one paragraph a line, and how it was got."""

from typing import Literal

from policydiff.model.base import Span, Value


class RecognisedPage(Value):
    """A page whose text was recognised from its picture (OCR)."""

    page: int
    """1-based."""
    engine: str
    confidence: float
    """Mean over the page's characters, 0 … 1, as the engine gives it."""


class TextBlock(Value):
    """A line of the extracted text with what its format knows of it."""

    kind: Literal["paragraph", "row", "note"]
    """`row`: a table row; `note`: a footnote or endnote, which stands after the paragraph that calls it."""
    span: Span
    """Place of the line in the text, its line end left out."""
    centred: bool = False
    size: float | None = None
    """Height of the type in points, None where the format does not say."""
    bold: bool = False
    style: str | None = None
    """Name of the paragraph's style (`Title`, `heading 1`)."""
    label: int = 0
    """Characters at the front that are the number of an automatic list."""


class LeftOut(Value):
    """Words of the file that are not in the text, and why."""

    kind: str
    """`struck`, `deleted`, `inserted`, `hidden`, `header`, `footer`, `page number`, `comment`, `watermark`, `page`,
    `front matter`."""
    text: str
    count: int = 1
    """How often it stands in the file."""


class Extraction(Value):
    """Text of one captured file."""

    text: str
    """One paragraph a line, as a reader sees it; a table row is a line `| 甲 |  | 乙 |`, a note `[^1]: …` a line after
    the paragraph that calls it by `[^1]`."""
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
    blocks: tuple[TextBlock, ...] = ()
    """Lines of the text of which the format knows more than the words, in their order."""
    left_out: tuple[LeftOut, ...] = ()
    """Furniture of pages, struck and hidden words, comments: all that a reader may see in the file and not in the text."""
