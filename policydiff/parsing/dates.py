"""Dates as documents print them."""

import re
from datetime import date

from policydiff.lexicon.numerals import to_int

_MONTH = {"元": 1, "正": 1}


def date_of(match: re.Match[str]) -> date | None:
    """Return the date of a match of the date pattern (`kinds.DATE`), None where the calendar has no such day."""
    year = to_int(match["year"].replace("O", "〇"))
    month = _MONTH.get(match["month"]) or to_int(match["month"])
    day = to_int(match["day"].removeprefix("初"))
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
