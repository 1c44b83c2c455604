"""Turns the bytes of any common format into text for the parser, with one paragraph on each line."""

from typing import TYPE_CHECKING

from policydiff.extract.reading import DEFAULT_LIMITS, Limits
from policydiff.extract.sniff import FileKind, sniff

if TYPE_CHECKING:
    from policydiff.extract.dispatch import extract

__all__ = ["DEFAULT_LIMITS", "FileKind", "Limits", "extract", "sniff"]


def __getattr__(name: str) -> object:
    """Load `extract` on first use, because the worker process does not use it and starts twice as fast without it."""
    if name != "extract":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from policydiff.extract.dispatch import extract  # noqa: PLC0415 (only on first use)

    globals()[name] = extract
    return extract
