"""The redline: tracked changes written into the user's own Word file, proved before the file is returned.

Accepting every change gives the new text, rejecting every change gives the old file. No part of the old package is
generated anew: words are marked at their place, and styles, notes, headers and pictures are kept. This module defines
the choices of a caller, the redline, and the refusal.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from policydiff.errors import PolicydiffError, UsageError
from policydiff.model.base import WordFile, counted


class Existing(StrEnum):
    """Treatment of tracked changes that the old file already contains."""

    KEEP_APART = "keep-apart"
    """Keep them as they are, under their authors, beside the redline's own changes."""
    ACCEPT = "accept"
    """Read both files with their tracked changes accepted."""
    REJECT = "reject"
    """Read both files with their tracked changes rejected."""


class Refusal(StrEnum):
    """Reason why no redline is made."""

    NOT_WORD = "not-word"
    """The old file is no DOCX."""
    UNSAFE_PART = "unsafe-part"
    """A part of the package is damaged, or cannot be edited without harm."""
    UNMARKABLE = "unmarkable"
    """Word has no mark for the difference."""
    NOT_PROVED = "not-proved"
    """Accepting all changes did not give the new text, or rejecting all did not give the old file."""


class RedlineRefusedError(PolicydiffError):
    """Raised if no redline can be made; it names the reason and the part of the package.

    Attributes:
        reason: The kind of refusal.
        part: The part of the Word package concerned, `word/document.xml` for instance.
    """

    exit_code: ClassVar[int] = 17

    def __init__(self, reason: Refusal, part: str, why: str) -> None:
        """Build the message from the reason, the part and `why`, one clear sentence without the part's name."""
        super().__init__(f"no redline ({reason.value}): {part}: {why}")
        self.reason = reason
        self.part = part


class UnmarkableError(Exception):
    """A difference that cannot be marked word by word at its place; the message gives the reason."""

    place: tuple[str, int] | None = None
    """Part and index of the old paragraph; None if not known yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RedlineChoices:
    """Signature of a redline, and changes that it leaves unmarked."""

    author: str = "policydiff"
    """Name that Word shows beside each change."""
    date: str | None = None
    """ISO 8601 time of the changes (`2026-01-31T00:00:00Z`); None by default, so that the same input gives the same bytes."""
    existing: Existing = Existing.KEEP_APART
    quiet_references: bool = False
    """Whether references that only follow a renumbering get their new numbers without a mark."""

    def __post_init__(self) -> None:
        if not isinstance(self.author, str) or not self.author.strip():
            raise UsageError("a tracked change needs an author: give a name")
        if self.date is not None and not _is_time(self.date):
            raise UsageError(f"the date of a change is a time like 2026-01-31T00:00:00Z, not {self.date!r}")
        if self.existing not in tuple(Existing):
            raise UsageError(f"existing is one of {', '.join(Existing)}, not {self.existing!r}")


def _is_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return False
    return "T" in text


@dataclass(frozen=True, slots=True, repr=False)
class Redline(WordFile):
    """A proved redline: the Word file, and the counts of its changes."""

    file: bytes
    """The DOCX file as bytes."""
    inserted: int
    """Number of characters marked as inserted, without moved ones."""
    deleted: int
    """Number of characters marked as deleted, without moved ones."""
    moved: int
    """Number of passages and rows marked as moved."""
    quiet: int = 0
    """Number of references corrected without a mark."""
    notes: tuple[str, ...] = field(default=())
    """Remarks on the redline in English, such as comments of the new file that are not taken over."""

    def with_notes(self, notes: tuple[str, ...]) -> "Redline":
        """Return the same redline with `notes` before its own remarks."""
        return replace(self, notes=(*notes, *self.notes))

    def _told(self) -> str:
        return f"{self.inserted} characters in, {self.deleted} out, {counted(self.moved, 'passage')} moved"

    @property
    def changed(self) -> bool:
        """Whether the redline marks any change."""
        return bool(self.inserted or self.deleted or self.moved)
