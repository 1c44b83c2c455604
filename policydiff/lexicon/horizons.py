"""Points in time that texts set (时限): dates in any writing, 年底, quarters, and the ends of five-year plans.

Dates of the calendar are read as documents print them.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from policydiff.lexicon.numerals import CHINESE_DIGITS, number_value, to_int
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.widths import despace, fold_but_marks

_DIGIT = "〇零○Ｏ一二三四五六七八九"
_SMALL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_OF_THE_ERA = r"(?:\d{1,3}|元|[一二三四五六七八九十百零〇]{1,6})"
_LATER_YEAR = rf"[至、及和](?P<more>{_OF_THE_ERA})年"
_IN_THE_ERA = rf"中?[華华]?民[國国]{_OF_THE_ERA}"
_HUNDREDS = r"(?<![\d一二三四五六七八九十百])(?:1[0-2]\d|一百[一二三四五六七八九十零〇]{0,4})"
_MONTH_AND_DAY = rf"{_SMALL}月(?:{_SMALL}日)?"
ERA_YEARS = rf"{_IN_THE_ERA}年度?(?:{_LATER_YEAR.replace('?P<more>', '?:')}度?)*(?:{_MONTH_AND_DAY})?|{_HUNDREDS}年{_MONTH_AND_DAY}"
"""Years of 民國: named as such, later years after one (民國一百十二年至一百十五年), and three digits before a month (一百零六年一月)."""
_YEAR = rf"(?:(?:19|20)\d{{2}}|[一二]{{1}}[{_DIGIT}0]{{3}}|{_IN_THE_ERA}|{_HUNDREDS}(?=年{_SMALL}月))"
_WHEN = lazy_pattern(
    rf"""
    (?<![\d.])(?P<whole_year>{_YEAR})[./-](?P<whole_month>0?[1-9]|1[0-2])[./-](?P<whole_day>\d{{1,2}})(?![\d.])
  | (?P<year>{_YEAR})\s*年\s*(?:
        (?P<month>{_SMALL})\s*[月.-]\s*(?:(?P<day>{_SMALL})\s*日?(?!\d) | (?P<month_part>[底末初]|上旬|中旬|下旬)? )
      | (?P<part>年?[底末]|[上下]半年|(?:第?[一二三四]|[1-4])季度(?:末|底)? | 年?初)?
    )
  | (?<!\d)(?<!\d年)(?P<bare_month>{_SMALL})月(?:(?P<bare_day>{_SMALL})日|(?P<bare_part>[底末初]))
  | (?<![\d年半])第?(?P<bare_quarter>[一二三四1-4])季度[末底]
  | [“"]?(?P<plan>十[一二三四五六七八])五[”"]?(?:规划)?(?P<plan_part>期末|末|期间|时期|规划期末|期内|内)
  | (?P<this_year>本年|当年|年)(?P<this_part>[底末])(?![结余])
    """,
    re.VERBOSE,
)
_PLANS = {f"十{digit}": 2005 + 5 * place for place, digit in enumerate("〇一二三四五六七八") if place}
"""Last years of the five-year plans: “十一五” ended in 2010."""
_ENDS = {"上半年": (6, 30), "下半年": (12, 31), "初": (1, 1), "年初": (1, 1)}
_QUARTERS = {"一": 3, "1": 3, "二": 6, "2": 6, "三": 9, "3": 9, "四": 12, "4": 12}


_LEAP = 2024
"""A leap year: 2月底 may be the 29th."""


class Horizon(NamedTuple):
    """A point in time at `text[start:end]`."""

    start: int
    end: int
    text: str
    last: date | None
    """Its last day; None where the text leaves the year open (12月31日, 年底)."""
    day: tuple[int, int] | None
    """Month and day where the year is open."""
    year: int | None = None
    """The year as printed; None where the text leaves it open or names a plan."""
    month: int | None = None
    """The month as printed."""
    part: str = ""
    """Part of the year as printed: 年底, 上半年, 三季度."""
    plan: str = ""
    """Name of the five-year plan whose end is meant: 十四五."""

    @property
    def key(self) -> tuple[object, ...]:
        """Key of the horizon; horizons with equal keys are equal."""
        return self.last, self.day


def find_horizons(text: str) -> Iterator[Horizon]:
    """Yield the points in time named in a text, in order.

    >>> [str(found.last) for found in find_horizons("2025年底，2025年12月31日，“十四五”末，二〇二五年一月五日")]
    ['2025-12-31', '2025-12-31', '2025-12-31', '2025-01-05']
    """
    if not _TOLD.search(text) and not _DIGITS.search(text):
        return
    folded = fold_but_marks(text)
    for match in _WHEN.finditer(folded):
        last, day = _read(match)
        if last or day:
            yield Horizon(
                match.start(), match.end(), text[match.start() : match.end()], last, day, *_named(match)
            )
        if match["bare_day"] and day:
            yield from _more(text, folded, match.end(), day[0])
        elif match["day"] and last:
            yield from _more(text, folded, match.end(), last.month)
        elif "民" in (match["year"] or ""):
            yield from _more(text, folded, match.end(), None)


_MORE_DAYS = lazy_pattern(r"[、和及至到~～—–-](?P<more>\d{1,2})日(?![内前]?以?内)")
_MORE_YEARS = lazy_pattern(f"度?{_LATER_YEAR}")


def _more(text: str, folded: str, end: int, month: int | None) -> Iterator[Horizon]:
    """Yield further days of one month (10月1日、2日、3日; 10月1日至3日), or without a month further years of 民國."""
    while match := (_MORE_DAYS if month else _MORE_YEARS).match(folded, end):
        start, end = match.start("more"), match.end()
        last = None if month else date(_year(match["more"]), 12, 31)
        yield Horizon(start, end, text[start:end], last, (month, int(match["more"])) if month else None)


_IN_SHORT = lazy_pattern(r"(?P<plan>十[一二三四五六七八])五|(?P<year>(?:19|20)\d{2})(?:-(?P<month>\d{2}))?")


def year_of(deadline: str | None) -> float | None:
    """Return a short point in time as a year with the month as a fraction; None if it names no year.

    >>> year_of("2020-06"), year_of("2020"), year_of("“十四五”")
    (2020.5, 2021.0, 2026.0)
    """
    found = _IN_SHORT.search(deadline or "")
    if found is None:
        return None
    year = _PLANS[found["plan"]] if found["plan"] else int(found["year"])
    return year + int(found["month"] or 12) / 12


def direction(old: Horizon, new: Horizon) -> str | None:
    """Return `earlier` or `later`; None where the two are equal or cannot be ordered."""
    if old.last and new.last and old.last != new.last:
        return "later" if new.last > old.last else "earlier"
    if old.day and new.day and old.day != new.day:
        return "later" if new.day > old.day else "earlier"
    return None


_TOLD = lazy_pattern("[年月五]|季度[末底]")
_DIGITS = lazy_pattern(r"[12]\d{3}[./．-]\d")


def _read(match: re.Match[str]) -> tuple[date | None, tuple[int, int] | None]:
    if match["plan"]:
        return date(_PLANS[match["plan"]], 12, 31), None
    if match["whole_year"]:
        return _day(int(match["whole_year"]), int(match["whole_month"]), match["whole_day"], None), None
    if match["year"]:
        return _of_year(match, _year(match["year"])), None
    if match["bare_month"]:
        month = _small(match["bare_month"])
        last = monthrange(_LEAP, month)[1] if 1 <= month <= 12 else 31
        part = match["bare_part"]
        return None, (
            month,
            _small(match["bare_day"]) if match["bare_day"] else (1 if part == "初" else last),
        )
    if match["bare_quarter"]:
        month = _QUARTERS[match["bare_quarter"]]
        return None, (month, monthrange(_LEAP, month)[1])
    return None, (12, 31)


def _named(match: re.Match[str]) -> tuple[int | None, int | None, str, str]:
    """Return year, month, part of the year and plan as printed."""
    year, month = match["year"] or match["whole_year"], match["month"] or match["whole_month"]
    return (
        _year(year) if year else None,
        _small(month) if month else None,
        (match["part"] or "").removeprefix("第"),
        f"{match['plan']}五" if match["plan"] else "",
    )


def _of_year(match: re.Match[str], year: int) -> date | None:
    if match["month"]:
        return _day(year, _small(match["month"]), match["day"], match["month_part"])
    part = match["part"] or ""
    if "季度" in part:
        return _day(year, _QUARTERS[part.removeprefix("第")[0]], None, None)
    return date(year, *_ENDS.get(part, (12, 31)))


def _year(text: str) -> int:
    """Return a year as printed in the count of today: 民國一百零六年 is 2017."""
    words = re.split("[國国]", text)[-1]
    year = 1 if words == "元" else int(number_value(words) or 0)
    return year + _BEFORE_THE_ERA if year < _BEFORE_THE_ERA else year


def _small(text: str) -> int:
    return int(number_value(text) or 0)


def _day(year: int, month: int, day: str | None, part: str | None) -> date | None:
    if not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    if day:
        number = _small(day)
        return date(year, month, number) if 1 <= number <= last else None
    return date(year, month, {"初": 1, "上旬": 10, "中旬": 20}.get(part or "", last))


_FORMAL = "零〇壹贰叁肆伍陆柒捌玖"
DATE = lazy_pattern(
    rf"""(?:(?P<year>(?:19|20)\d\d|[一二][九〇零○ＯO0][{CHINESE_DIGITS}O0]{{2}}|[壹贰][零〇玖][{_FORMAL}]{{2}})
            |(?:中?[華华]?民[國国]|(?<!\d)(?=1[0-2]\d年|\d\d年\d{{1,2}}月\d{{1,2}}日\d{{2,3}}學年度))(?P<era>\d{{1,3}}|元|[一二三四五六七八九十百零〇○]{{1,6}}))年
         (?P<month>1[0-2]|0?[1-9]|十[一二]?|元|正|[一二三四五六七八九]|零?[{_FORMAL}]|壹?拾[壹贰]?)月
         (?P<day>3[01]|[12]\d|0?[1-9]
               |三十一?|卅一?|[壹贰叁]?拾[{_FORMAL}]?|零?[{_FORMAL}]|二十[一二三四五六七八九]?|廿[一二三四五六七八九]?|十[一二三四五六七八九]?|初?[一二三四五六七八九])[日号]""",
    re.VERBOSE,
    "月",
)
"""2021年11月29日, 二〇二一年十一月二十九日, 中華民國一百一十二年五月一日, 101年1月4日, 92年6月18日 before a 學年度, which is
counted by the republic (blanks removed)."""
ANY_DAY = re.sub(r"\?P<\w+>", "?:", DATE.pattern)
"""`DATE` as part of another pattern in free spacing."""

_IN_DIGITS = lazy_pattern(
    r"(?P<year>(?:19|20)\d\d)(?P<era>)?\s*[-/.]\s*(?P<month>\d{1,2})\s*[-/.]\s*(?P<day>\d{1,2})(?!\d)"
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_IN_ENGLISH = lazy_pattern(
    rf"(?i:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<month>{_MONTHS}),?\s(?P<year>(?:19|20)\d\d)|(?P<first>{_MONTHS})\s(?P<date>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<of>(?:19|20)\d\d))"
)
"""4 August 2023, December 4, 2023: days of notices in English, of Hong Kong and of ministries alike."""
ENGLISH_DAY = re.sub(r"\?P<\w+>", "?:", _IN_ENGLISH.pattern)
_MONTH = {"元": 1, "正": 1}
_BEFORE_THE_ERA = 1911
"""The year before 民國元年."""


def date_of(match: re.Match[str]) -> date | None:
    """Return the date of a match of `DATE`; None if the calendar has no such day."""
    if match["year"] is not None:
        year = to_int(match["year"].replace("O", "〇"))
    else:
        era = _MONTH.get(match["era"]) or to_int(match["era"])
        year = None if era is None else _BEFORE_THE_ERA + era
    month = _MONTH.get(match["month"]) or to_int(match["month"])
    day = to_int(match["day"].removeprefix("初"))
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def parse_date(words: str) -> date | None:
    """Return the day at the beginning of `words`, None without a day; its normal form is `date.isoformat`.

    >>> [str(parse_date(words)) for words in ("２０２１年 11月29日", "二〇二一年十一月二十九日", "2021-2-3 10:00", "2021年2月30日")]
    ['2021-11-29', '2021-11-29', '2021-02-03', 'None']
    """
    if (english := _IN_ENGLISH.match(words)) is not None:
        month = _MONTHS.lower().split("|").index((english["month"] or english["first"]).lower()) + 1
        return _day(int(english["year"] or english["of"]), month, english["day"] or english["date"], None)
    squeezed = despace(words).translate(_NARROW)
    match = DATE.match(squeezed) or _IN_DIGITS.match(squeezed)
    if match is None:
        return None
    return date_of(match)


_NARROW = str.maketrans("０１２３４５６７８９．／－—–", "0123456789./---")
