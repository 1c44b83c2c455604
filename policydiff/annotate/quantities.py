"""Numbers with a unit, and numbers that are none: those of titles, dates, articles and names."""

import re
import tomllib
from collections.abc import Iterator
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from policydiff.annotate.titles import find_titles
from policydiff.lexicon.document_numbers import find_decrees, find_numbers
from policydiff.lexicon.numerals import to_chinese, to_int
from policydiff.lexicon.patterns import Words
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


_DIGITS = "零一二三四五六七八九十百千两〇"
_CODES = "".join(chr(0x1D7CE + number) for number in range(len(_DIGITS)))
"""Digits of mathematical print: to a pattern they are digits, and each stands for one character of a numeral."""
_ENCODE = str.maketrans(_DIGITS, _CODES)
_DECODE = str.maketrans(_CODES, _DIGITS)
_CODED = re.compile(f"[{_CODES}]")
_NUMERAL = f"[{_DIGITS}]{{1,9}}"
_QUANTITY = re.compile(
    rf"""(?<![{_DIGITS}第数几每其之万亿点某另同任唯分])
         (?P<low>{_NUMERAL}) (?:[万亿]{{0,2}}元?[至到](?P<high>{_NUMERAL}))?
         (?P<scale>[多余]?[万亿]{{0,2}}[多余]?)
         (?P<unit>元|[家所名张户座间辆]|人(?![民员才口大事士均工力体次])|个(?![月人别体性案工百自交季小周]))
         (?P<bound>[及或]?以[上下])?""",
    re.VERBOSE,
)
_WORDS = Words("policydiff.annotate", "goals")
_MADE = _WORDS.phrase("{makes_in_words} $")
_MADE_BEFORE = _WORDS.phrase("{makes_in_words} [^，。；、：]{0,12} $")
_AT_LEAST = re.compile(r"(?: 至少 | 不少于 | 不低于 ) [^，。；、：]{0,8} $", re.VERBOSE)
_ONE = "家所座"
_LARGE = 10
_SEVERAL = 3


def encode_numerals(words: str) -> str:
    """Return `words` with the numerals of quantities as digits; length unchanged, `decode_numerals` gives them back.

    A numeral is a quantity before 元 (an amount of ten or more), before 以上 and 以下 (三人以上; 两个以上 says several), and
    after 至少 (至少设立一名), and where something is made (培育一家, 新增上市企业二十家). All else is left alone: 一家一策, 三个方面, 三五家, 第一批.

    >>> decode_numerals(encode_numerals("处五万元以上十万元以下的罚款"))
    '处五万元以上十万元以下的罚款'
    """
    if _CODED.search(words):
        return words
    return _QUANTITY.sub(_encoded, words)


def decode_numerals(words: str) -> str:
    """Return `words` with their numerals as printed."""
    return words.translate(_DECODE)


def value_of(number: str) -> str:
    """Return the digits of a number that may be an encoded numeral."""
    value = to_int(decode_numerals(number)) if _CODED.match(number) else None
    return number if value is None else str(value)


def _encoded(match: re.Match[str]) -> str:
    low, high = _spoken(match["low"]), _spoken(match["high"] or match["low"])
    if low is None or high is None or not _is_quantity(match, high):
        return match[0]
    start = match.end("high") if match["high"] else match.end("low")
    numbers = match.string[match.start() : start]
    return numbers.translate(_ENCODE) + match.string[start : match.end()]


def _spoken(numeral: str) -> int | None:
    """Return the value of a numeral in its full form: 三五 and 一百五 are none."""
    value = to_int(numeral)
    if value is None or not 0 < value <= 9999:
        return None
    return value if to_chinese(value) == numeral.replace("两", "二").replace("〇", "零") else None


def _is_quantity(match: re.Match[str], value: int) -> bool:
    unit = match["unit"]
    if unit == "元":
        return match["scale"] != "" or value >= _LARGE
    if match["bound"]:
        return value >= _SEVERAL
    before = match.string[max(0, match.start() - 16) : match.start()]
    if _AT_LEAST.search(before):
        return unit != "个" or value >= _SEVERAL
    if _MADE.search(before):
        return value > 1 or unit in _ONE
    return value >= _LARGE and _MADE_BEFORE.search(before) is not None
