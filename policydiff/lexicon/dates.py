"""Dates of the calendar as documents print them."""

import re
from datetime import date

from policydiff.lexicon.blanks import despace
from policydiff.lexicon.numerals import CHINESE_DIGITS, to_int

DATE = re.compile(
    rf"""(?P<year>(?:19|20)\d\d|[一二][九〇零○ＯO0][{CHINESE_DIGITS}O0]{{2}})年
         (?P<month>1[0-2]|0?[1-9]|十[一二]?|元|正|[一二三四五六七八九])月
         (?P<day>3[01]|[12]\d|0?[1-9]
               |三十一?|二十[一二三四五六七八九]?|廿[一二三四五六七八九]?|十[一二三四五六七八九]?|初?[一二三四五六七八九])[日号]""",
    re.VERBOSE,
)
"""2021年11月29日, 二〇二一年十一月二十九日 (blanks removed)."""

_IN_DIGITS = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s*[-/.]\s*(?P<month>\d{1,2})\s*[-/.]\s*(?P<day>\d{1,2})(?!\d)"
)
_MONTH = {"元": 1, "正": 1}


def date_of(match: re.Match[str]) -> date | None:
    """Return the date of a match of `DATE`, None where the calendar has no such day."""
    year = to_int(match["year"].replace("O", "〇"))
    month = _MONTH.get(match["month"]) or to_int(match["month"])
    day = to_int(match["day"].removeprefix("初"))
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def parse_date(words: str) -> date | None:
    """Return the day that begins `words`, None where none does; its normal form is that of `date.isoformat`.

    >>> [str(parse_date(words)) for words in ("２０２１年 11月29日", "二〇二一年十一月二十九日", "2021-2-3 10:00", "2021年2月30日")]
    ['2021-11-29', '2021-11-29', '2021-02-03', 'None']
    """
    squeezed = despace(words).translate(_NARROW)
    match = DATE.match(squeezed) or _IN_DIGITS.match(squeezed)
    return None if match is None else date_of(match)


_NARROW = str.maketrans("０１２３４５６７８９．／－", "0123456789./-")
