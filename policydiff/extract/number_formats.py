"""Numbers as number formats of sheets and lists print them (ECMA-376, 18.8.30 and 17.18.59): 0.0"万元", [DBNum1], chineseCounting."""

import datetime
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

from policydiff.lexicon.numerals import to_chinese

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_.|\*.|\[\$(?P<money>[^\]-]*)[^\]]*\]|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<digits>[0#?]+(?:[,.][0#?]*)*|\.[0#?]+)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_DATE = re.compile(r"e{1,4}|y{1,4}|m{1,5}|d{1,4}|h{1,2}|s{1,2}|aaaa?|AM/PM|上午/下午", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_THOUSAND = re.compile(r"(?<=\d)(?=(?:\d{3})+$)")
_FORMAL = str.maketrans("〇零一二三四五六七八九十百千", "零零壹贰叁肆伍陆柒捌玖拾佰仟")
_NO_NUMBER = "/eE@yYhHsSmMdD"
_FIRST_DAY, _LAST_DAY = datetime.date(1899, 12, 30), 2_958_466
"""The day with number 0 in a sheet, and the number after the last day."""
_REPUBLIC = 1911
"""Year before the first year of the Republic of China calendar, which a sheet of Taiwan shows for `e`."""
_WEEKDAYS = "一二三四五六日"
_MOST_SIGNIFICANT = 1e15
"""Least number without decimals that a sheet can store."""


def printed(value: object, code: str) -> str | None:
    """Return a value as a number format prints it; None if the format adds nothing or is not known here.

    Examples:
        >>> [printed(2.5, code) for code in ('0.0"万元"', "0%", "00000", "[$¥-804]#,##0.00")]
        ['2.5万元', '250%', '00003', '¥2.50']
    """
    if isinstance(value, datetime.datetime | datetime.date | datetime.time | datetime.timedelta):
        return _printed_time(value, code)
    if isinstance(value, str):
        section = next((each for each in _sections(code) if "@" in _QUOTED.sub("", each)), "")
        words = (
            value if each["other"] == "@" else each["quoted"] or each["escaped"] or ""
            for each in _TOKEN.finditer(section)
        )
        found = "".join(words)
        return None if found in {"", value} else found
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if "aaa" in code.lower() and 0 <= value < _LAST_DAY:
        return _printed_time(_FIRST_DAY + datetime.timedelta(days=int(value)), code)
    sections = _sections(code)
    section, number = sections[0], float(value)
    if number < 0 and len(sections) > 1:
        section, number = sections[1], -number
    elif number == 0 and len(sections) > 2:
        section = sections[2]
    return _printed_number(number, section)


def _sections(code: str) -> list[str]:
    found, start, quoted = [], 0, False
    for index, character in enumerate(code):
        if character == '"':
            quoted = not quoted
        elif character == ";" and not quoted and code[index - 1 : index] != "\\":
            found.append(code[start:index])
            start = index + 1
    return [*found, code[start:]]


class _Format(NamedTuple):
    """One section of a number format: the words around the number, and the form of the number."""

    parts: list[str]
    place: int
    """Index of the number in `parts`; -1 for none."""
    digits: str
    """`General`, or digit places such as #,##0.00."""
    shares: int
    """Number of percent signs; each multiplies the printed number by a hundred."""
    style: str
    """`dbnum1` for 一百二十三, `dbnum2` for 壹佰贰拾叁, else empty."""
    literals: list[tuple[int, str]]
    """Signs between the digits, from the right, each with the number of digits after it: 0!.0000 prints 123456 as 12.3456."""


def _printed_number(number: float, section: str) -> str | None:
    found = _format(section)
    if found is None:
        return None
    parts, place, digits, shares, style, literals = found
    if place < 0:
        return "".join(parts)
    number *= 100.0**shares
    if style:
        if not number.is_integer() or number < 0:
            return None
        words = to_chinese(int(number))
        parts[place] = words.translate(_FORMAL) if style == "dbnum2" else words
    elif digits[0] in "Gg":
        parts[place] = f"{number:.10g}"
    else:
        text = _by_places(abs(number), digits)
        for behind, words in literals:
            text = f"{text[:-behind]}{words}{text[-behind:]}"
        parts[place] = text
        if number < 0 and any(character in "123456789" for character in parts[place]):
            parts.insert(0, "-")
    return "".join(parts).strip()


def _format(section: str) -> _Format | None:
    """Return a section in pieces; None if it contains a date, a fraction, an exponent, or decimals in several pieces."""
    parts: list[str] = []
    digits = style = ""
    between: list[tuple[int, str]] = []
    place, shares = -1, 0
    for piece in _TOKEN.finditer(section):
        number = piece["general"] or piece["digits"]
        other = piece["other"] or ""
        if (number and digits and "." in digits + number) or (other and other in _NO_NUMBER):
            return None
        if number and digits:
            between.append((len(digits), "".join(parts[place + 1 :])))
            del parts[place + 1 :]
            digits += number
        elif number:
            digits, place = number, len(parts)
            parts.append("")
        shares += other == "%"
        bracket = (piece["bracket"] or "").lower()
        style = bracket if bracket.startswith("dbnum") else style
        parts.append(piece["quoted"] or piece["escaped"] or piece["money"] or other)
    last = len(digits.rstrip(","))
    return _Format(parts, place, digits, shares, style, [(last - at, words) for at, words in between])


def _by_places(number: float, digits: str) -> str:
    """Return a number in the digit places of a format: #,##0.00."""
    whole, _, decimals = digits.partition(".")
    # Each comma after the last digit place divides the number by a thousand.
    last = decimals or whole
    thousands = len(last) - len(last.rstrip(","))
    whole, decimals = whole.rstrip(","), decimals.rstrip(",")
    number /= 1000.0**thousands
    grouped = "," in whole
    least = whole.count("0")
    most = sum(character in "0#?" for character in decimals)
    text = _rounded(number, most)
    before, _, after = text.partition(".")
    kept = decimals.count("0")
    after = after[:kept] + after[kept:].rstrip("0")
    before = before.lstrip("0").rjust(least, "0")
    if grouped:
        before = _THOUSAND.sub(",", before)
    return f"{before}.{after}" if after else before or "0"


def _rounded(number: float, places: int) -> str:
    """Return a number with `places` decimals, halves rounded up as office programs do (15 digits are significant)."""
    if number >= _MOST_SIGNIFICANT:
        return f"{number:.{places}f}"
    exact = Decimal(f"{number:.15g}")
    return f"{exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, Context(prec=60)):f}"


def _printed_time(
    value: "datetime.datetime | datetime.date | datetime.time | datetime.timedelta", code: str
) -> str | None:
    """Return a date or a time of day as printed; None for a full date, which has the same form in all texts."""
    bare = _QUOTED.sub("", code).lower()
    if all(letter in bare for letter in "ymd") or not re.search("[eymdhs]|aaa", bare):
        return None
    if isinstance(value, datetime.timedelta):
        seconds = int(value.total_seconds())
        hours = seconds // 3600
        value = datetime.time(hours % 24, seconds // 60 % 60, seconds % 60)
    else:
        hours = value.hour if isinstance(value, datetime.datetime | datetime.time) else 0
    found: list[str] = []
    after_hour = False
    for piece in re.finditer(
        rf'"([^"]*)"|\\(.)|\[(h+)\]|\[[^\]]*\]|({_DATE.pattern})|(.)', _sections(code)[0], re.IGNORECASE
    ):
        said = (piece[4] or piece[3] or "").lower()
        if not said:
            found.append(piece[1] or piece[2] or piece[5] or "")
            continue
        if said[0] == "e" and isinstance(value, datetime.date):
            found.append(str(value.year - (_REPUBLIC if "[$-404]" in code else 0)))
            continue
        words = _of_time(said, value, hours, after_hour=after_hour)
        if words is None:
            return None
        after_hour = said[0] == "h"
        found.append(words)
    return "".join(found).strip()


def _of_time(
    code: str, value: "datetime.datetime | datetime.date | datetime.time", hours: int, *, after_hour: bool
) -> str | None:
    """Return the characters that one code of a format prints (`yyyy`, `mm`); None for a code not known here."""
    first, length = code[0], len(code)
    if first == "a" or code == "上午/下午":
        if not code.startswith("aaa") or not isinstance(value, datetime.date):
            return ""
        return ("星期" if code == "aaaa" else "") + _WEEKDAYS[value.weekday()]
    is_minute = first == "m" and (after_hour or not isinstance(value, datetime.date))
    if is_minute or first in "hs":
        of_day = value if isinstance(value, datetime.time | datetime.datetime) else datetime.time()
        number = hours if first == "h" else of_day.minute if is_minute else of_day.second
    elif not isinstance(value, datetime.date):
        return ""
    elif first == "y":
        number = value.year if length > 2 else value.year % 100
    elif length > 2:
        return None
    else:
        number = value.month if first == "m" else value.day
    return f"{number:02d}" if length == 2 else str(number)


_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_DIGITS = "〇一二三四五六七八九"
_TRADITIONAL = str.maketrans("〇零一二三四五六七八九十百千", "零零壹貳參肆伍陸柒捌玖拾佰仟")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_MOST_IN_LIST = 9999
"""Highest number printed of an automatic list; no list of a text is longer, and damaged files state millions."""


def printed_number(value: int, number_format: str) -> str:
    """Return a list number as printed; decimal for an unknown `number_format`, empty for bullets and numbers out of range.

    Examples:
        >>> [printed_number(12, kind) for kind in ("chineseCounting", "decimalEnclosedCircle", "upperRoman")]
        ['十二', '⑫', 'XII']
    """
    if number_format in {"none", "bullet"} or not 0 <= value <= _MOST_IN_LIST:
        return ""
    if number_format.startswith("zeros "):
        return str(value).zfill(int(number_format[6:]))
    return _FORMATS.get(number_format, str)(value)


def _roman(value: int) -> str:
    found = ""
    for worth, sign in _ROMAN:
        found += sign * (value // worth)
        value %= worth
    return found


def _letters(value: int) -> str:
    """Return a … z, aa, bb … as Word counts with letters."""
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if value else ""


def _enclosed(first: str, last: int) -> Callable[[int], str]:
    return lambda value: chr(ord(first) + value - 1) if 1 <= value <= last else str(value)


def _circled(value: int) -> str:
    first, last = ("①", 1) if value <= 20 else ("㉑", 21) if value <= 35 else ("㊱", 36)
    return chr(ord(first) + value - last) if 1 <= value <= 50 else str(value)


def _one_of(signs: str) -> Callable[[int], str]:
    return lambda value: signs[value - 1] if 1 <= value <= len(signs) else str(value)


def _by_digits(value: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(value))


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda value: f"{value:02d}",
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerLetter": _letters,
    "upperLetter": lambda value: _letters(value).upper(),
    "chineseCounting": to_chinese,
    "chineseCountingThousand": to_chinese,
    "taiwaneseCounting": to_chinese,
    "taiwaneseCountingThousand": to_chinese,
    "japaneseCounting": to_chinese,
    "chineseLegalSimplified": lambda value: to_chinese(value).translate(_FORMAL),
    "ideographLegalTraditional": lambda value: to_chinese(value).translate(_TRADITIONAL),
    "ideographDigital": _by_digits,
    "taiwaneseDigital": _by_digits,
    "japaneseDigitalTenThousand": _by_digits,
    "ideographTraditional": _one_of(_STEMS),
    "ideographZodiac": _one_of(_BRANCHES),
    "ideographEnclosedCircle": _enclosed("㊀", 10),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _enclosed("⑴", 20),
    "decimalEnclosedFullstop": _enclosed("⒈", 20),
    "decimalFullWidth": lambda value: str(value).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda value: str(value).translate(_FULL_WIDTH),
    "numberInDash": lambda value: f"- {value} -",
}
