"""Written numbers: Arabic, spoken, positional and financial (大写) numerals with 万 and 亿, in one decimal value."""

import re
from decimal import Decimal, InvalidOperation

from policydiff.lexicon.numerals import to_int

SPOKEN = "〇零○一二三四五六七八九十百千两廿卅壹贰叁肆伍陆柒捌玖拾佰仟半"
"""Characters of numerals in words (inside a character class); 半 is read as one half."""
ARABIC = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
"""Pattern of a number in digits, thousands marked or not."""
NUMBER = rf"(?:[一二三四五六七八九][\d〇零]*\d[\d〇零]*|(?:{ARABIC})[十百千]?[万亿]{{0,2}}|[{SPOKEN}万亿]*[{SPOKEN}][{SPOKEN}万亿]*(?:点[{SPOKEN}]+)?[万亿]{{0,2}})"
"""Pattern of a number in any writing, with its scale."""

_ARABIC_FIRST = re.compile(rf"(?:{ARABIC})")
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


def number_value(text: str) -> Decimal | None:
    """Return the value of a written number, None for anything else.

    Half width is expected (see `lexicon.widths.fold`).

    >>> [str(number_value(text)) for text in ("5,000", "1.5万", "二十万", "伍万", "五〇〇", "五00", "三点五", "1千万", "半")]
    ['5000', '15000', '200000', '50000', '500', '500', '3.5', '10000000', '0.5']
    """
    if text == "半":
        return Decimal("0.5")
    digits = _ARABIC_FIRST.match(text)
    if digits is None:
        return _spoken(text)
    value = _decimal(digits[0].replace(",", "").replace("，", ""))
    for character in text[digits.end() :]:
        if value is None or character not in _SCALES:
            return _mixed(text)
        value *= _SCALES[character]
    if value is None or digits.end() == len(text) or value != value.to_integral_value():
        return value
    return value.to_integral_value()  # 1.5万 is 15000, and the product says 15000.0


_SHORTENED = re.compile(r"[一二三四五六七八九两][^〇零○点]*([百千万亿])([一二三四五六七八九])")
"""三万五, 一百五: the last digit counts the next scale below."""


def _spoken(text: str) -> Decimal | None:
    if shortened := _SHORTENED.fullmatch(text):
        head, tail = to_int(text[:-1]), to_int(shortened[2])
        if head is not None and tail is not None:
            return Decimal(head + tail * _SCALES[shortened[1]] // 10)
    whole, _, fraction = text.partition("点")
    scale = 1
    while fraction and fraction[-1] in "万亿":
        scale *= _SCALES[fraction[-1]]
        fraction = fraction[:-1]
    value = to_int(whole)
    if value is None:
        return _mixed(text)
    if not fraction:
        return Decimal(value)
    digits = [to_int(digit) for digit in fraction]
    if any(digit is None or digit > 9 for digit in digits):
        return None
    return Decimal(f"{value}.{''.join(map(str, digits))}") * scale


def _mixed(text: str) -> Decimal | None:
    """Return the value of digits and numerals in one number, read place by place: 五00, 2０〇5."""
    digits = [to_int(character) for character in text]
    if not digits or any(digit is None or digit > 9 for digit in digits):
        return None
    return Decimal("".join(map(str, digits)))


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
