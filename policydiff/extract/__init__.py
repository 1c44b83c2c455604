"""Bytes of any usual format to text, one paragraph a line, fit for the parser."""

from typing import TYPE_CHECKING

from policydiff.extract.reading import DEFAULT_LIMITS, Limits
from policydiff.extract.sniff import FileKind, sniff

if TYPE_CHECKING:
    from policydiff.extract.dispatch import extract

__all__ = ["DEFAULT_LIMITS", "FileKind", "Limits", "extract", "sniff"]


def __getattr__(name: str) -> object:
    """Load `extract` on first use: the worker process, which has no use for it, starts twice as fast."""
    if name != "extract":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from policydiff.extract.dispatch import extract  # noqa: PLC0415 (only on first use)

    globals()[name] = extract
    return extract
