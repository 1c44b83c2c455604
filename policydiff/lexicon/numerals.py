"""Written numbers: Chinese numerals to integers and back, and every writing of a number to one decimal form.

Read are Arabic, spoken, positional and financial (大写) numbers with 万 and 亿.
"""

import re
import unicodedata
from decimal import Decimal

from policydiff.lexicon.patterns import lazy_pattern

CHINESE_DIGITS = "〇零○Ｏ一二三四五六七八九十百千两廿卅"
"""Characters of numerals in clauses and dates (inside a character class)."""

_DIGIT = {
    **dict.fromkeys("〇○ＯO", 0),
    "两": 2,
    **{
        character: value
        for row in ("零一二三四五六七八九", "０１２３４５６７８９", "0123456789", "零壹贰叁肆伍陆柒捌玖")
        for value, character in enumerate(row)
    },
}
_UNIT = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_TENS = {"廿": 20, "卅": 30}
_MYRIAD = {"万": 10**4, "亿": 10**8}
_LONGEST = 24
"""Most characters of a numeral; the longest that occur, sums in words to the cent, have about 20."""


def to_int(numeral: str) -> int | None:
    """Return the value of a numeral, None for anything else.

    Positional (二〇二一, 2021, ２０２１) and spoken (一千零二十三, 十二, 廿一) forms, up to 亿.

    >>> [to_int(numeral) for numeral in ("一百二十三", "二〇二一", "十", "12", "廿一", "三重")]
    [123, 2021, 10, 12, 21, None]
    """
    if not numeral or len(numeral) > _LONGEST:
        return None
    if all(character in _DIGIT for character in numeral):
        value = 0
        for character in numeral:
            value = value * 10 + _DIGIT[character]
        return value
    return _spoken(numeral)


def _spoken(numeral: str) -> int | None:
    total = section = 0
    digit: int | None = None
    for character in numeral:
        if character in _DIGIT:
            digit = _DIGIT[character] if not digit else digit * 10 + _DIGIT[character]
        elif character in _UNIT:
            section += (1 if digit is None or digit == 0 else digit) * _UNIT[character]
            digit = None
        elif character in _TENS:
            section += _TENS[character]
            digit = None
        elif character in _MYRIAD:
            section += digit or 0
            if _MYRIAD[character] > total:
                total = (total + section) * _MYRIAD[character]
            else:
                total += section * _MYRIAD[character]
            section, digit = 0, None
        else:
            return None
    return total + section + (digit or 0)


def to_chinese(value: int) -> str:
    """Return the spoken numeral of 0…9999, as clauses are numbered with it.

    >>> [to_chinese(value) for value in (0, 10, 12, 20, 101, 110, 1005, 1260)]
    ['零', '十', '十二', '二十', '一百零一', '一百一十', '一千零五', '一千二百六十']

    Raises ValueError if the value lies outside 0…9999.
    """
    if not 0 <= value <= 9999:
        raise ValueError(f"no clause is numbered {value}: give 0 to 9999")
    if value == 0:
        return "零"
    spoken = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            spoken += "零一二三四五六七八九"[digit] + name
        elif spoken and value % unit:
            spoken += "零"
    spoken = re.sub("零+", "零", spoken)
    return spoken.removeprefix("一") if spoken.startswith("一十") else spoken


_CLAUSE = lazy_pattern(
    rf"第?\s*([{CHINESE_DIGITS}0-9０-９]+)\s*[编編章节節条條款项項目部分]*(?:\s*之\s*([{CHINESE_DIGITS}0-9０-９]+))?"
)


def clause_number(label: str) -> str | None:
    """Return the number of a clause label in digits, None where it holds none.

    >>> [clause_number(label) for label in ("第十二条", "第十二条之一", "（三）", "1.", "①")]
    ['12', '12-1', '3', '1', '1']
    """
    stripped = label.strip(' 　()（）.．、,，:：“"')
    if len(stripped) == 1 and (value := circled(stripped)) is not None:
        return str(value)
    match = _CLAUSE.fullmatch(stripped)
    if match is None or (value := to_int(match[1])) is None:
        return None
    if match[2] is None:
        return str(value)
    inserted = to_int(match[2])
    return None if inserted is None else f"{value}-{inserted}"


def circled(character: str) -> int | None:
    """Return the number of a circled, bracketed or dotted digit (①, ⑴, ⒈, ㈠); None for other characters.

    >>> [circled(character) for character in "①⑳㉑⑴⒈㈠㊀❶一"]
    [1, 20, 21, 1, 1, 1, 1, 1, None]
    """
    is_mark = character > "\u2450" and unicodedata.category(character) == "No"  # ² and ½ stand before
    return int(unicodedata.numeric(character)) if is_mark else None


SPOKEN = "〇零○一二三四五六七八九十百千两廿卅壹贰叁肆伍陆柒捌玖拾佰仟半"
"""Characters of numerals in words (inside a character class); 半 is read as one half."""
ARABIC = r"\d{1,3}(?:[,，]\d{3}){1,6}(?:\.\d{1,9})?|\d{1,18}(?:\.\d{1,9})?"
"""Pattern of a number in digits, with or without thousands marks; bounded, so that a million digits take no quadratic time."""
NUMBER = (
    rf"(?:[一二三四五六七八九][\d〇零]{{0,8}}\d[\d〇零]{{0,8}}|(?:{ARABIC})(?:[十百千](?!分))?[万亿]{{0,2}}"
    rf"|(?=[万亿]{{0,2}}[{SPOKEN}])[{SPOKEN}万亿]{{1,24}}(?:点[{SPOKEN}]{{1,9}})?[万亿]{{0,2}})"
)
"""Pattern of a number in any writing, with its scale."""

_ARABIC_FIRST = lazy_pattern(rf"(?:{ARABIC})")
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
        return _spoken_number(text)
    value = Decimal(digits[0].replace(",", "").replace("，", ""))
    for character in text[digits.end() :]:
        if character not in _SCALES:
            return _mixed(text)
        value *= _SCALES[character]
    if digits.end() == len(text) or value != value.to_integral_value():
        return value
    return value.to_integral_value()  # 1.5万 is 15000, and the product says 15000.0


_SHORTENED = lazy_pattern(r"[一二三四五六七八九两][^〇零○点]*([百千万亿])([一二三四五六七八九])")
"""三万五, 一百五: the last digit counts the next scale below."""


def _spoken_number(text: str) -> Decimal | None:
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
    """Return the value of a number that mixes digits and numerals, read place by place: 五00, 2０〇5."""
    digits = [to_int(character) for character in text]
    if not digits or any(digit is None or digit > 9 for digit in digits):
        return None
    return Decimal("".join(map(str, digits)))


_ENGLISH_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen "
    "twenty thirty forty fifty sixty seventy eighty ninety"
)
_ENGLISH = dict(zip(_ENGLISH_WORDS.split(), (*range(1, 20), *range(20, 100, 10)), strict=True))
_ENGLISH_SCALE = {"hundred": 100, "thousand": 1000, "million": 10**6}
_ENGLISH_WORD = f"(?:{'|'.join(sorted((*_ENGLISH, *_ENGLISH_SCALE), key=len, reverse=True))})"
ENGLISH_NUMBER = lazy_pattern(
    rf"(?i:\b{_ENGLISH_WORD}(?:(?:[- ]|(?<=hundred) and |(?<=thousand) and ){_ENGLISH_WORD}){{0,8}}\b)"
)
"""A number in English words: five, twenty-five, one hundred and fifty thousand."""


def english_number(words: str) -> int:
    """Return the value of a number in English words.

    >>> [english_number(words) for words in ("Five", "twenty-five", "one hundred and fifty thousand")]
    [5, 25, 150000]
    """
    total = section = 0
    for word in words.lower().replace("-", " ").replace(" and ", " ").split():
        scale = _ENGLISH_SCALE.get(word, 1)
        section = section + _ENGLISH[word] if scale == 1 else max(section, 1) * scale
        if scale >= 1000:
            total, section = total + section, 0
    return total + section


_SCALE_AT_END = lazy_pattern("[十百千万亿]*$")
_LARGE_AT_END = lazy_pattern("[万亿]*$")


def parted_number(number: str) -> tuple[str, str]:
    """Return a number in digits and the scale behind it: `1.5` and 万; 一千二百 has none, 三百二十万 has 万.

    >>> [parted_number(number) for number in ("1.5万", "5千", "一千二百", "三百二十万", "一万五千")]
    [('1.5', '万'), ('5', '千'), ('1200', ''), ('320', '万'), ('15000', '')]
    """
    ending = _SCALE_AT_END if number[0].isdigit() else _LARGE_AT_END
    found = ending.search(number)
    start = found.start() if found else len(number)
    value = number_value(number[:start]) if start else None
    if value is None or "万" in number[:start] or "亿" in number[:start]:
        value, start = number_value(number), len(number)
    return "" if value is None else f"{value:f}", number[start:]
