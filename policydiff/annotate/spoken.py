"""Quantities in Chinese numerals (五万元, 培育一家, 十个以上), so written that they are read like those in digits."""

import re

from policydiff.lexicon.numerals import to_chinese, to_int
from policydiff.lexicon.wording import Words

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
