"""How much of an untrusted file is read before it is refused."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from policydiff.errors import InvalidLimitError

_MEBIBYTE = 1024 * 1024
_LEAST = {"ocr_pages": 0, "seconds": 0.001, "ocr_seconds": 0.001}
_DAY = 86_400
_MOST = {"nesting": 1_000, "seconds": _DAY, "ocr_seconds": _DAY, "memory_bytes": 1 << 46}


def _check(name: str, value: object, *, whole: bool) -> None:
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
        raise InvalidLimitError(f"{name} is a {'whole ' if whole else ''}number, not {value!r}")
    least, most = _LEAST.get(name, 1), _MOST.get(name, math.inf)
    if not least <= value <= most:
        bounds = f"from {least:,}" + (f" to {most:,}" if name in _MOST else "")
        raise InvalidLimitError(f"{name} is a number {bounds}, not {value!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Sizes beyond which a file is refused with one clear error.

    A plain dataclass, so that the worker process need not load the model. The table `[extract]` of a
    `policydiff.toml` holds the same names.

    Raises:
        InvalidLimitError: if a limit is no number or out of its range.
    """

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012 (read by pydantic where settings are validated)

    file_bytes: int = 64 * _MEBIBYTE
    """Size of the captured file."""
    text_characters: int = 20_000_000
    """Length of the extracted text."""
    pages: int = 2_000
    """Pages of a PDF or OFD."""
    unpacked_bytes: int = 256 * _MEBIBYTE
    """Sum of all members of a zip container."""
    members: int = 10_000
    """Members of a zip container."""
    nesting: int = 250
    """Depth of elements in HTML (libxml2 has a limit of its own for XML, 256)."""
    seconds: float = 120.0
    """Wall time of the worker process, optical character recognition apart."""
    memory_bytes: int = 3 * 1024 * _MEBIBYTE
    """Address space of the worker process (RLIMIT_AS)."""
    ocr_pages: int = 300
    """Pages without text that are recognised; the others are named in a warning."""
    ocr_seconds: float = 60.0
    """Wall time that each recognised page adds."""
    ocr_pixels: int = 20_000_000
    """Pixels of a rendered page; a larger page is rendered coarser."""

    def __post_init__(self) -> None:
        for field in fields(self):
            _check(field.name, getattr(self, field.name), whole=field.type is int)


DEFAULT_LIMITS = Limits()
LIMIT_NAMES = tuple(field.name for field in fields(Limits))


def parse_limits(assignments: Iterable[str], basis: Limits = DEFAULT_LIMITS) -> Limits:
    """Return the limits with those of `NAME=VALUE` put in place.

    Raises:
        InvalidLimitError: if one is not of this form, names no limit, or is out of its range.

    Examples:
        >>> parse_limits(["pages=50", "seconds=7.5"]).pages
        50
    """
    given: dict[str, Any] = {}
    for assignment in assignments:
        name, equals, value = (part.strip() for part in assignment.partition("="))
        if not equals or name not in LIMIT_NAMES:
            raise InvalidLimitError(
                f"{assignment!r} sets no limit: write NAME=VALUE, with one of {', '.join(LIMIT_NAMES)}"
            )
        given[name] = _number(name, value)
    return replace(basis, **given)


def _number(name: str, value: str) -> float:
    try:
        return int(value)
    except ValueError:
        pass
    try:
        return float(value)
    except ValueError:
        raise InvalidLimitError(f"{name} is a number, not {value!r}") from None
