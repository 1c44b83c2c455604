"""A document with its text and how results name it, read from a file, from bytes or from a text."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from policydiff.errors import UnreadableInputError
from policydiff.extract import DEFAULT_LIMITS, Limits
from policydiff.extract.reading import Revisions
from policydiff.intake.captured import document_of, read_bytes
from policydiff.model import Diagnostic, Document, ReadingRules, Reference, Severity
from policydiff.parsing import parse_text

_RULES: dict[Revisions, ReadingRules | None] = {"final": None, "original": ReadingRules(revisions="original")}


@dataclass(frozen=True)
class Loaded:
    """A text, parsed, and how results name it."""

    reference: Reference
    parsed: Document
    """Title, dates and clauses: all that a diff needs."""
    text: str

    complete: bool = False
    """Whether `parsed` holds its citations, targets and responsibilities already."""

    @classmethod
    def of(cls, document: Document) -> "Loaded":
        """Return a document that a caller parsed before."""
        return cls(document.reference, document, document.text or "", complete=True)

    @cached_property
    def document(self) -> Document:
        """The document with its citations, targets and responsibilities, looked for when first asked for."""
        if self.complete:
            return self.parsed
        from policydiff.annotate import annotate  # noqa: PLC0415 (a diff does without)

        return annotate(self.parsed, self.text).known_as(self.reference, self.text)


def load_file(file: Path, *, revisions: Revisions = "final", limits: Limits = DEFAULT_LIMITS) -> Loaded:
    """Return the document in a file.

    Raises:
        UnreadableInputError: if it holds no readable text.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UnreadableInputError(f"cannot read {file}: {error.strerror or error}") from error
    return load_bytes(data, str(file), revisions=revisions, limits=limits)


def load_bytes(
    data: bytes, name: str | None, *, revisions: Revisions = "final", limits: Limits = DEFAULT_LIMITS
) -> Loaded:
    """Return the document in captured bytes; `name` is how results call it, None where it has no name.

    Raises:
        UnreadableInputError: if they hold no readable text.
    """
    extraction = read_bytes(data, name=name, rules=_RULES[revisions], limits=limits)
    document = document_of(extraction)
    doubts = tuple(
        Diagnostic(severity=Severity.WARNING, message=warning.text, span=warning.span)
        for warning in extraction.warnings
    )
    document = document.model_copy(
        update={"diagnostics": (*doubts, *document.diagnostics), "left_out": extraction.left_out}
    )
    return _named(document, extraction.text, name)


def _named(document: Document, text: str, name: str | None) -> Loaded:
    """Return a document that is in no store, as results name it."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    reference = document.reference.model_copy(update={"file": name, "text_sha256": digest})
    return Loaded(reference, document.known_as(reference, text), text)


def load_text(text: str) -> Loaded:
    """Return the document that a text is; results call it by its title."""
    return _named(parse_text(text), text, None)
