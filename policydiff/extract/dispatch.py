"""Choose the extractor for a file by its content."""

from policydiff.errors import UnreadableInputError
from policydiff.extract.html import read_html
from policydiff.extract.limits import DEFAULT_LIMITS, Limits
from policydiff.extract.markdown import read_markdown
from policydiff.extract.plain import read_characters
from policydiff.extract.sniff import FileKind, sniff
from policydiff.model import Extraction
from policydiff.version import __version__


def extract(data: bytes, *, name: str | None = None, limits: Limits = DEFAULT_LIMITS) -> Extraction:
    """Return the text of a file with how it was got.

    Args:
        data: The captured bytes.
        name: What to call the file in messages; its extension is not believed.
        limits: Sizes beyond which the file is refused.

    Raises:
        UnreadableInputError: if the file is empty, too large, damaged or of an unsupported format.
    """
    shown = name or "the input"
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise UnreadableInputError(f"{shown} is empty: there is no text to read")
    if len(data) > limits.file_bytes:
        raise UnreadableInputError(
            f"{shown} has {len(data):,} bytes, more than the limit of {limits.file_bytes:,}: raise the limit or split it"
        )
    kind = sniff(data)
    try:
        return _extract(kind, data)
    except UnreadableInputError as error:
        raise UnreadableInputError(f"{shown}: {error}") from error


def _extract(kind: FileKind, data: bytes) -> Extraction:
    if kind is FileKind.HTML:
        page = read_html(data)
        return Extraction(
            text=page.text,
            media_type=kind.value,
            extractor="html",
            extractor_version=__version__,
            title=page.title,
            metadata=page.metadata,
            links=page.links,
            warnings=page.warnings,
        )
    if kind is FileKind.MARKDOWN or kind is FileKind.PLAIN:
        reader = read_markdown if kind is FileKind.MARKDOWN else read_characters
        text, warnings = reader(data)
        return Extraction(
            text=text,
            media_type=kind.value,
            extractor="markdown" if kind is FileKind.MARKDOWN else "plain",
            extractor_version=__version__,
            warnings=warnings,
        )
    raise UnreadableInputError(
        f"files of type {kind.value} are not supported: give HTML, Markdown or plain text"
    )
