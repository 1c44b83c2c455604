"""How a document of the store stands to the one asked about.

Higher by level and area, earlier or later, in force then.
"""

from datetime import date
from enum import StrEnum
from functools import cache
from typing import get_args

from policydiff.lexicon.areas import STATE, jurisdiction_of, level_of
from policydiff.model import DocumentIdentity, Level, VersionRecord
from policydiff.store import date_order

_RANK: dict[str, int] = {level: rank for rank, level in enumerate(get_args(Level))}


class Above(StrEnum):
    """Whether a document is of a level above another one."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    """The issuer of one of them is not known, and its title names no area."""


class Seat(StrEnum):
    """Why a candidate is not compared though it shares wording."""

    LATER = "later"
    """Every version the store holds is dated after the document asked about."""
    UNDATED = "undated"
    """Its text bears no date: whether it came before is not known."""


@cache
def area_and_level(
    title: str, body: str, code: str | None, level: Level | None
) -> tuple[str | None, Level | None]:
    """Return the area and level of a document, from its title where its issuer tells neither."""
    code = code or jurisdiction_of(body or title)
    if level is None and code is not None:
        level = level_of(body or title, code)
    return code, level


def place_of(identity: DocumentIdentity) -> tuple[str | None, Level | None]:
    """Return the area (GB/T 2260 code) and level of a stored document, None where neither issuer nor title tells."""
    body = identity.issuing_bodies[0] if identity.issuing_bodies else ""
    return area_and_level(identity.title, body, identity.jurisdiction, identity.level)


def is_above(upper: tuple[str | None, Level | None], lower: tuple[str | None, Level | None]) -> Above:
    """Say whether one document's government stands above another's: a higher level, and an area that holds the other's.

    >>> [is_above(("310000", "province"), below).value for below in (("310106", "county"), ("330100", "prefecture"))]
    ['yes', 'no']
    """
    (upper_code, upper_level), (code, level) = upper, lower
    if upper_level is None or level is None:
        return Above.UNKNOWN
    if _RANK[upper_level] >= _RANK[level]:
        return Above.NO
    if upper_level == "state" or upper_code == STATE:
        return Above.YES
    if upper_code is None or code is None:
        return Above.UNKNOWN
    prefix = (
        upper_code[:2]
        if upper_code.endswith("0000")
        else upper_code[:4]
        if upper_code.endswith("00")
        else upper_code
    )
    return Above.YES if code.startswith(prefix) else Above.NO


def seat(versions: list[VersionRecord], day: date | None) -> Seat | None:
    """Say why no version can be what a text of that day was made from; None where one can.

    A text without a date of its own is not taken for an earlier one: the day on which it was seen says nothing.
    """
    dated = [record for record in versions if not record.version.startswith("seen-")]
    if not dated:
        return Seat.UNDATED
    if day is not None and all(date_order(record)[0] > day for record in dated):
        return Seat.LATER
    return None
