"""The redline: tracked changes written into the user's own Word file, proved before the file is returned.

Accepting every change gives the new text, rejecting every change gives the old file. No part of the old
package is written anew: words are marked at their place, and the styles, notes, headers and pictures are kept.
This module defines the options of a caller, the redline, and the refusal.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from policydiff.errors import PolicydiffError, UsageError
from policydiff.model.base import WordFile, counted


class Existing(StrEnum):
    """Fate of tracked changes that the old file already carries."""

    KEEP_APART = "keep-apart"
    """They stay as they are, under their authors; the redline's own changes stand beside them."""
    ACCEPT = "accept"
    """Both files are read with their tracked changes accepted."""
    REJECT = "reject"
    """Both files are read with their tracked changes rejected."""


class Refusal(StrEnum):
    """Why no redline is given."""

    NOT_WORD = "not-word"
    """The old file is no DOCX."""
    UNSAFE_PART = "unsafe-part"
    """A part of the package is damaged, or is written so that it cannot be edited without harm."""
    UNMARKABLE = "unmarkable"
    """Word has no mark for the difference."""
    NOT_PROVED = "not-proved"
    """Accepting all did not give the new text, or rejecting all not the old file."""


class RedlineRefusedError(PolicydiffError):
    """No redline is written: the reason and the part of the package are named.

    Attributes:
        reason: The kind of refusal.
        part: The part of the Word package concerned, `word/document.xml` for instance.
    """

    exit_code: ClassVar[int] = 17

    def __init__(self, reason: Refusal, part: str, why: str) -> None:
        """Say why: one clear sentence without the part's name, which is put before it."""
        super().__init__(f"no redline ({reason.value}): {part}: {why}")
        self.reason = reason
        self.part = part


class UnmarkableError(Exception):
    """A difference that cannot be marked word by word where it stands; its sentence gives the reason."""

    place: tuple[str, int] | None = None
    """The part and the old paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RedlineChoices:
    """Signature of a redline, and changes that it leaves unmarked."""

    author: str = "policydiff"
    """Name that Word shows beside every change."""
    date: str | None = None
    """ISO 8601 time of the changes (`2026-01-31T00:00:00Z`); left out, so that the same input gives the same bytes."""
    existing: Existing = Existing.KEEP_APART
    quiet_references: bool = False
    """Put in the new numbers of references that only follow a renumbering without marking them."""

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
    """A redline that was proved: the file, and the counts of its changes."""

    file: bytes
    """The DOCX."""
    inserted: int
    """Characters marked as inserted, moved ones left out."""
    deleted: int
    """Characters marked as deleted, moved ones left out."""
    moved: int
    """Passages and rows marked as moved."""
    quiet: int = 0
    """References put right without a mark."""
    notes: tuple[str, ...] = field(default=())
    """Remarks beside the marks, in English: comments of the new file that are not taken over."""

    def with_notes(self, notes: tuple[str, ...]) -> "Redline":
        """Return the same redline with further remarks before its own."""
        return replace(self, notes=(*notes, *self.notes))

    def _told(self) -> str:
        return f"{self.inserted} characters in, {self.deleted} out, {counted(self.moved, 'passage')} moved"

    @property
    def changed(self) -> bool:
        """Whether anything is marked."""
        return bool(self.inserted or self.deleted or self.moved)
