"""Document ids and version names: the only strings from outside that ever become part of a path.

An id has two to four segments of `[a-z0-9-]`, e.g. `shanghai/jingan/life-health-2021`. A version is named by the
date the text bears (`2021-11-29`), or by the date it was seen where it bears none (`seen-2019-06-18`); a different
text under a name already taken gets `.2-1a2b3c4d`: its turn, and the beginning of its hash, so that two checkouts which
record different texts of one day never give them one name. Stores made before have names without the hash (`.2`).
"""

import re
from datetime import date
from typing import NamedTuple

from policydiff.errors import InvalidIdentifierError

_SEGMENT = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\Z")
_VERSION = re.compile(
    r"(?P<seen>seen-)?(?P<date>\d{4}-\d{2}-\d{2})(?:\.(?P<edit>[1-9]\d{0,5})(?:-(?P<mark>[0-9a-f]{8}))?)?\Z",
    re.ASCII,
)
_VERSION_LIKE = re.compile(r"(?:seen-)?\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)
"""Names that Windows cannot check out."""


class VersionName(NamedTuple):
    """A version's name in parts; sorts by date, a dated text before one that was only seen, then by turn."""

    day: date
    seen: bool
    edit: int = 1
    """1 for the first text under a date, 2 for the first silent edit."""
    mark: str = ""
    """First eight digits of the text's SHA-256 behind a silent edit's turn; empty for a first text, and in old stores."""

    def __str__(self) -> str:
        """Return the name as it stands in a path."""
        turn = f".{self.edit}{f'-{self.mark}' if self.mark else ''}" if self.edit > 1 else ""
        return f"{'seen-' if self.seen else ''}{self.day.isoformat()}{turn}"


def check_id(text: str) -> str:
    """Return `text` if it is a well-formed document id.

    Raises:
        InvalidIdentifierError: if it is not.
    """
    segments = text.split("/")
    if not 2 <= len(segments) <= 4:
        raise InvalidIdentifierError(
            f"{text!r} is no document id: it needs two to four parts joined by /, e.g. shanghai/jingan/life-health-2021"
        )
    for segment in segments:
        if not _SEGMENT.match(segment):
            raise InvalidIdentifierError(
                f"{text!r} is no document id: a part holds only a-z, 0-9 and - inside (at most 64), not {segment!r}"
            )
        if segment in _RESERVED or _VERSION_LIKE.match(segment):
            raise InvalidIdentifierError(
                f"{text!r} is no document id: {segment!r} is reserved, choose another part"
            )
    return text


def parse_version(text: str) -> VersionName:
    """Return the parts of a version's name.

    Raises:
        InvalidIdentifierError: if it is not well formed.
    """
    name = find_version(text)
    if name is None:
        raise InvalidIdentifierError(
            f"{text!r} is no version: write 2021-11-29, seen-2019-06-18 or 2021-11-29.2"
        )
    return name


def find_version(text: str) -> VersionName | None:
    """Return the parts of a version's name, or None where `text` is none."""
    match = _VERSION.match(text)
    if match is None or match["edit"] == "1":
        return None
    try:
        day = date.fromisoformat(match["date"])
    except ValueError:
        return None
    return VersionName(day, match["seen"] is not None, int(match["edit"] or 1), match["mark"] or "")


def split_reference(reference: str) -> tuple[str, str | None]:
    """Return id and version or date of `id@when`; None where no time is given.

    Raises:
        InvalidIdentifierError: if either part is not well formed.
    """
    document_id, at, when = reference.partition("@")
    check_id(document_id)
    if at and find_version(when) is None:
        raise InvalidIdentifierError(
            f"{reference!r}: after @ stands a version or a date, e.g. @2021-11-29 or @seen-2019-06-18"
        )
    return document_id, when if at else None
