"""What an extractor gives: the text of a file, one paragraph a line, and how it was got."""

from enum import StrEnum
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
    `front matter`, `beside` (after the block of a page that was taken, where no portal names one), `note` (that nothing calls),
    `alternative text` (of a picture, or shown when pointed at), `phonetic guide`, `choice` (entries of a list to choose from), `field` (of
    a form, or code that prints words), `stamp`, `chart`, `diagram`, `drawing`, `button`, `style` (words that a style sheet prints), `message` (of a
    rule for cells)."""
    text: str
    count: int = 1
    """How often it stands in the file."""


class WarningKind(StrEnum):
    """What a warning of a reader is about."""

    NEXT_PAGE = "next page"
    """The document goes on on another page, to which the first link leads."""
    PREVIOUS_PAGE = "previous page"
    """The document begins on another page, to which the first link leads."""
    ATTACHED_TEXT = "attached text"
    """The page is a notice, and its text is in the attachments that the links lead to."""
    DAMAGE = "damage"
    """A part of the file is damaged."""
    UNREAD = "unread"
    """A part of the file is not read: a picture, a page, cells beyond a limit."""
    RECOGNITION = "recognition"
    """Words were recognised in a picture, or fonts do not say what they print: check them."""
    LEFT_OUT = "left out"
    """Words that the file shows are not in the text: struck words, watermarks."""
    LAYOUT = "layout"
    """Which block of a page holds the document was told by no rule."""
    ENCODING = "encoding"
    """Bytes that could not be read as characters."""
    CONVERTER = "converter"
    """The program that read the file loses or mixes something."""


class ReadingWarning(Value):
    """What a reader of the text should know of how it was got."""

    kind: WarningKind
    text: str
    """A sentence in English; reports and the command line give it in their reader's language."""
    span: Span | None = None
    """The words of the text that it is about; None where it is about the whole, or about what is missing."""
    page: int | None = None
    """1-based, where it is about one page of the file."""
    links: tuple[tuple[str, str], ...] = ()
    """Where the missing part stands: (words, address as the page writes it)."""


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
    warnings: tuple[ReadingWarning, ...] = ()
    recognised: tuple[RecognisedPage, ...] = ()
    """Pages that held no text of their own."""
    blocks: tuple[TextBlock, ...] = ()
    """Lines of the text of which the format knows more than the words, in their order."""
    left_out: tuple[LeftOut, ...] = ()
    """Furniture of pages, struck and hidden words, comments: all that a reader may see in the file and not in the text."""
