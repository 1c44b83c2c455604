"""Dates as documents print them."""

import re
from datetime import date

from policydiff.parsing.kinds import DATE
from policydiff.text.blanks import despace
from policydiff.text.numerals import to_int

_COMPILED = re.compile(DATE.pattern, re.VERBOSE)
_MONTH = {"元": 1, "正": 1}


def find_date(text: str) -> date | None:
    """Return the first date in the text, None where there is none.

    >>> find_date("二〇二一年十一月二十九日"), find_date("2021 年 2 月 30 日")
    (datetime.date(2021, 11, 29), None)
    """
    match = _COMPILED.search(despace(text))
    return None if match is None else date_of(match)


def date_of(match: re.Match[str]) -> date | None:
    """Return the date of a match of the date pattern, None where the calendar has no such day."""
    year = to_int(match["year"].replace("O", "〇"))
    month = _MONTH.get(match["month"]) or to_int(match["month"])
    day = to_int(match["day"].removeprefix("初"))
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def all_dates(text: str) -> list[date]:
    """Return the dates of a text in order."""
    return [found for match in _COMPILED.finditer(despace(text)) if (found := date_of(match)) is not None]
