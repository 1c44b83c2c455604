"""Numbers in words: what kind of quantity a token gives, and which of two is higher."""

import re
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import NamedTuple

from policydiff.lexicon.numerals import CHINESE_DIGITS, to_int
from policydiff.revision.tokens import Token, TokenKind


class QuantityKind(StrEnum):
    """Kinds of quantities that are compared with their like."""

    AMOUNT = "amount"
    PERCENTAGE = "percentage"
    DURATION = "duration"
    DATE = "date"
    NUMBER = "number"


class Quantity(NamedTuple):
    """A quantity as printed, with its value in the smallest unit of its kind where that can be said."""

    text: str
    kind: QuantityKind
    value: Decimal | None


_NUMERAL = re.compile(rf"(?:\d+(?:[.,]\d+)*|[{CHINESE_DIGITS}]+)(?P<scale>[{CHINESE_DIGITS}万亿]*)")
_DAYS = {
    "小时": Decimal(1) / 24,
    "工作日": Decimal(1),
    "日": Decimal(1),
    "天": Decimal(1),
    "周": Decimal(7),
    "月": Decimal(30),
    "季度": Decimal(91),
    "年": Decimal(365),
}
_AGE = ("周岁", "岁")
_MONEY = "元"
_FRACTION = re.compile(rf"([{CHINESE_DIGITS}]+)分之([{CHINESE_DIGITS}]+)")


def quantity(token: Token) -> Quantity | None:
    """Return the quantity a token gives, None for a token that gives none.

    >>> quantity(Token("二十万元", TokenKind.NUMBER))
    Quantity(text='二十万元', kind=<QuantityKind.AMOUNT: 'amount'>, value=Decimal('200000'))
    """
    if token.kind is TokenKind.DATE:
        return Quantity(token.text, QuantityKind.DATE, _date_value(token.text))
    if token.kind is not TokenKind.NUMBER:
        return None
    text = token.text
    kind, factor = _kind(text)
    if kind is QuantityKind.PERCENTAGE:
        return Quantity(text, kind, _share(text))
    value = _leading(text)
    return Quantity(text, kind, None if value is None else value * factor)


def _kind(text: str) -> tuple[QuantityKind, Decimal]:
    """Return the kind of a number and what its unit is worth in the smallest unit of the kind."""
    if text.endswith(("%", "％", "‰")) or "百分" in text or "分之" in text:
        return QuantityKind.PERCENTAGE, Decimal(1)
    if text.endswith(_MONEY):
        return QuantityKind.AMOUNT, Decimal(1)
    if not text.endswith(_AGE):
        for unit, days in _DAYS.items():
            if text.endswith(unit):
                return QuantityKind.DURATION, days
    return QuantityKind.NUMBER, Decimal(1)


def _share(text: str) -> Decimal | None:
    """Return a percentage: 百分之十, 7.5%, 三分之二."""
    if text.startswith("百分之"):
        return _numeral(text.removeprefix("百分之").split("点")[0])
    fraction = _FRACTION.fullmatch(text)
    if fraction is None:
        return _leading(text)
    below, above = to_int(fraction[1]), to_int(fraction[2])
    return Decimal(100 * above) / below if below and above else None


def _date_value(text: str) -> Decimal | None:
    parts = [_numeral(part) for part in re.findall(rf"[{CHINESE_DIGITS}\d]+", text)]
    value = Decimal(0)
    for part in [*parts, Decimal(0), Decimal(0)][:3]:
        if part is None:
            return None
        value = value * 100 + part
    return value


def _leading(text: str) -> Decimal | None:
    match = _NUMERAL.match(text)
    return _numeral(match[0]) if match else None


def _numeral(text: str) -> Decimal | None:
    """Return the value of 1.2万, 二十万, 3,000; None where it cannot be read."""
    plain = re.match(r"\d+(?:[.,]\d+)*", text)
    if plain is None:
        value = to_int(text)
        return None if value is None else Decimal(value)
    try:
        number = Decimal(plain[0].replace(",", ""))
    except InvalidOperation:
        return None
    for character in text[plain.end() :]:
        number *= {"万": 10**4, "亿": 10**8, "千": 1000, "百": 100}.get(character, 1)
    return number


def direction(old: Quantity, new: Quantity) -> str | None:
    """Return `higher` or `lower`, `later` or `earlier` for dates; None where it cannot be said."""
    if old.kind is not new.kind or old.value is None or new.value is None or old.value == new.value:
        return None
    rises = new.value > old.value
    if old.kind is QuantityKind.DATE:
        return "later" if rises else "earlier"
    return "higher" if rises else "lower"
