"""Captured bytes to a text and a document, by the rules of their source: the only place where bytes become a document."""

from collections.abc import Iterable

from policydiff.errors import UnreadableInputError
from policydiff.extract import DEFAULT_LIMITS, Limits, extract
from policydiff.lexicon.patterns import ForeignPatterns
from policydiff.model import Document, Extraction, ReadingRules, Span, VersionRecord
from policydiff.parsing import parse_text


def read_bytes(
    data: bytes,
    *,
    name: str | None = None,
    rules: ReadingRules | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Extraction:
    """Return the text of captured bytes; the same bytes and rules give the same text, whoever asks.

    Args:
        data: The captured bytes: a file, a page, or the bundle of a document's pages.
        name: What to call them in messages; an extension is not believed.
        rules: How their source is read; None for a file that a user names.
        limits: Sizes beyond which a file is refused.

    Raises:
        LayoutChangedError: if the selectors of the rules find nothing on the page.
        UnreadableInputError: if the bytes hold no readable text, or the rules leave none.
    """
    extraction = extract(data, name=name, limits=limits, rules=rules)
    if rules is not None and rules.ignore_lines:
        extraction = _without_lines(extraction, rules.ignore_lines)
    if not extraction.text.strip():
        raise UnreadableInputError(f"{name or 'the input'} holds no text, so there is nothing to record")
    return extraction


def _without_lines(extraction: Extraction, ignored: Iterable[str]) -> Extraction:
    """Return a text without the lines in which an ignored pattern is found, what is known of the others kept in place."""
    patterns = ForeignPatterns(ignored)
    kept: list[str] = []
    moved: dict[int, int] = {}
    start = length = 0
    for line in extraction.text.split("\n"):
        if not patterns.found_in(line):
            moved[start] = length
            kept.append(line)
            length += len(line) + 1
        start += len(line) + 1
    blocks = tuple(
        block.model_copy(update={"span": Span(at, at + block.span.end - block.span.start)})
        for block in extraction.blocks
        if (at := moved.get(block.span.start)) is not None
    )
    return extraction.model_copy(update={"text": "\n".join(kept), "blocks": blocks})


def document_of(extraction: Extraction) -> Document:
    """Return the document of an extracted text."""
    return parse_text(
        extraction.text,
        declared=extraction.metadata,
        declared_title=extraction.title,
        blocks=extraction.blocks,
    )


def recorded_document(text: str, record: VersionRecord) -> Document:
    """Return the document of a recorded text, read as it was when it came in."""
    return parse_text(text, declared=record.declared, declared_title=record.declared_title)
