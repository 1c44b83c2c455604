"""Numbers with a unit, and numbers that are none: those of titles, dates, articles and names."""

import re
import tomllib
from collections.abc import Iterator
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from policydiff.annotate.spoken import value_of
from policydiff.annotate.titles import find_titles
from policydiff.lexicon.number_finding import find_decrees, find_numbers
from policydiff.lexicon.numerals import to_int
from policydiff.lexicon.widths import fold

_MASK = "\0"
_NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,6}(?!\d)|\d{1,18})(?:\.\d{1,9})?"
_SCALE = r"(?:[十百千]?[万亿]{1,2}|[百千])"
_NO_QUANTITY = re.compile(
    r"""
    (?:19|20)\d\d\s*(?:[-~至/]\s*(?:19|20)?\d\d\s*)?年(?:度)?(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*日)?   # 2019年1月1日, 2018-2020年
  | (?:19|20)\d\d[-~至](?:19|20)\d\d                        # 2018-2020
  | \d{1,2}月\d{1,2}日 | \d{1,2}月(?=[底末初前份，。])
  | 第\s*\d+(?:[-~至]\d+)?\s*[^\d\s]                          # 第56次
  | (?:附件|附表|附录|图|表|专栏|方案|类型)\s*\d+
  | (?<!\d)\d{1,6}(?:[+＋xX×*][\dXxNn]{1,6}){1,6}                                # 5+X, 7×24
  | [“"](?=[^“”"，。,；]{0,24}\d)[^“”"，。,；]{1,24}[”"]             # “健康中国2030”
  | (?:电话|传真|邮编)[^\d]{0,4}[\d-]{1,30}
  | (?<![A-Za-z])[A-Za-z]{1,12}[-]?\d{1,8} | (?<!\d)\d{1,8}[A-Za-z](?![A-Za-z])(?!B)              # G60, 5G, 3A
""",
    re.VERBOSE,
)
_PERCENT = r"百分之([一二三四五六七八九十百零〇两]{1,6}(?:点[一二三四五六七八九零〇]{1,4})?|\d+(?:\.\d+)?)"
_PERCENT_WORDS = re.compile(rf"{_PERCENT}(?:[至到-]{_PERCENT})?")


class UnitKind(Enum):
    """What a unit measures."""

    COUNT = "counts"
    MEASURE = "measures"
    DURATION = "durations"


class Quantity(NamedTuple):
    """A number with its unit at `words[start:end]`."""

    start: int
    end: int
    value: str
    """Decimal digits, `1-2` for a range."""
    unit: str
    """With 万, 亿 in front."""
    kind: UnitKind
    is_more: bool
    """Whether 多 or 余 stands between number and unit."""


def mask_numbers(words: str) -> str:
    """Return `words` with every number that counts nothing blanked out: titles, dates, ordinals, names; length unchanged."""
    if not any(character.isdigit() for character in words) and "百分之" not in words:
        return words
    places = [(title.start, title.tail) for title in find_titles(words)]
    places += [(number.start, number.end) for number in (*find_numbers(words), *find_decrees(words))]
    masked = list(words)
    for start, end in places:
        masked[start:end] = _MASK * (end - start)
    return _NO_QUANTITY.sub(lambda match: _MASK * len(match[0]), fold_digits("".join(masked)))


def fold_digits(words: str) -> str:
    """Return `words` in half width, but for the marks that Chinese text is cut at; length unchanged."""
    folded = fold(words)
    return "".join(old if old in "，：；！？（）“”" else new for old, new in zip(words, folded, strict=True))


def find_quantities(masked: str) -> Iterator[Quantity]:
    """Yield the quantities of words masked by `mask_numbers`, in order."""
    if any(character.isdigit() for character in masked):
        for match in _pattern().finditer(masked):
            unit = match["unit"]
            low, high = _plain(match["low"]), match["high"]
            yield Quantity(
                match.start(),
                match.end(),
                f"{low}-{_plain(high)}" if high else low,
                f"{match['scale'] or ''}{unit}{match['per'] or ''}",
                _kinds()[unit],
                bool(match["more"] or match["over"]),
            )
    for match in _PERCENT_WORDS.finditer(masked):
        values = [_percent(words) for words in match.groups() if words]
        if all(values):
            value = "-".join(value for value in values if value)
            yield Quantity(match.start(), match.end(), value, "%", UnitKind.MEASURE, False)


def _percent(words: str) -> str | None:
    """Return 二点五 as 2.5."""
    whole, _, fraction = words.partition("点")
    value = words if words[0].isdigit() else to_int(whole)
    if value is None or not fraction:
        return None if value is None else str(value)
    return f"{value}.{''.join(str(to_int(digit)) for digit in fraction)}"


def _plain(number: str) -> str:
    return value_of(number.replace(",", ""))


@cache
def _kinds() -> dict[str, UnitKind]:
    data = tomllib.loads(files("policydiff.annotate").joinpath("units.toml").read_text(encoding="utf-8"))
    return {unit: kind for kind in UnitKind for unit in data[kind.value]}


@cache
def _pattern() -> re.Pattern[str]:
    units = "|".join(re.escape(unit) for unit in sorted(_kinds(), key=len, reverse=True))
    return re.compile(
        rf"""
        (?<![\d.,A-Za-z-]) (?P<low>{_NUMBER})
        (?: (?:{_SCALE})? (?:{units})? \s*[-~至到]\s* (?P<high>{_NUMBER}) )?
        (?P<more>[多余])? (?P<scale>{_SCALE})? (?P<over>[多余])?
        (?P<unit>{units}) (?P<per>/(?:{units}))?
        """,
        re.VERBOSE,
    )
