"""Ends of ranges whose unit or scale stands at the other end alone: 五千以上一万元以下, 五千元以上一万以下, 三至五万元."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from policydiff.lexicon.measures import Quantity
from policydiff.lexicon.numerals import NUMBER, number_value, parted_number
from policydiff.lexicon.patterns import lazy_pattern

_SCALES = {"亿": Decimal(10**8), "万": Decimal(10**4)}


def own_scale(low: str, high: str) -> Decimal:
    """Return what the lower end of a range is to be multiplied by, so that it stays below the upper one.

    >>> [int(own_scale(*ends)) for ends in (("1", "2万"), ("三百", "五百万"), ("五千", "一万"), ("九千", "一亿"))]
    [10000, 10000, 1, 10000]
    """
    values = number_value(low), number_value(high)
    if low[-1:] in _SCALES or None in values:
        return Decimal(1)
    printed = [scale for sign, scale in _SCALES.items() if sign in high[-2:] or high[-1:] == "亿"]
    fitting = (scale for scale in printed if values[0] * scale <= values[1])  # type: ignore[operator]
    return next(fitting, Decimal(1))


_FLOOR = lazy_pattern(rf"(?<![第几数\d.])(?P<number>{NUMBER})以上[，,、]?$")
_CEILING = lazy_pattern(rf"[，,、]?(?P<number>{NUMBER})以[下内](?!各级|人民|政府|单位|机关)")
_LONGEST = 24
"""Characters before a quantity among which the lower end of its range stands."""


def with_bare_ends(found: Sequence[Quantity], text: str) -> Iterator[Quantity]:
    """Yield quantities in order, with those ends of 以上 … 以下 that leave their unit to the other end."""
    floors = {each.outer_end for each in found if each.bound == "+"}
    ceilings = {each.outer_start for each in found if each.bound == "-"}
    for each in found:
        if each.bound == "-" and each.outer_start not in floors and each.low == each.high:
            near = text[max(0, each.outer_start - _LONGEST) : each.outer_start]
            match = _FLOOR.search(near)
            if match:
                start = each.outer_start - len(near) + match.start("number")
                floor = _end(each, match["number"], start, "+", each.outer_start, lower=True)
                if floor is not None:
                    yield floor
        yield each
        if each.bound == "+" and each.outer_end not in ceilings and each.low == each.high:
            match = _CEILING.match(text, each.outer_end)
            if match:
                ceiling = _end(each, match["number"], match.start("number"), "-", match.end(), lower=False)
                if ceiling is not None:
                    yield ceiling


def _end(
    other: Quantity, number: str, start: int, bound: str, outer_end: int, *, lower: bool
) -> Quantity | None:
    """Return the end of a range that is given in the unit of the other end; None where the two make no range."""
    share = _SHARE.match(other.text)
    if "分之" in other.text and not share:
        return None  # 三分之一以上
    match = _NUMBER.match(other.text, share.end() if share else 0)
    own = number_value(match[0]) if match else None
    value = number_value(number)
    if not own or value is None or match is None:
        return None
    factor = other.low / own
    value *= own_scale(number, match[0]) if lower else 1
    if (value * factor >= other.low) is lower:
        return None
    digits, scale = parted_number(number)
    end = start + len(number)
    return other._replace(
        start=start, end=end, text=number, low=value * factor, high=value * factor, bound=bound,
        outer_start=start, outer_end=outer_end, told_start=-1, told_end=-1, digits=digits,
        printed_unit=f"{scale}{other.printed_unit.lstrip('万亿')}", is_more=False, lead_end=-1,
    )  # fmt: skip


_NUMBER = lazy_pattern(NUMBER)
_SHARE = lazy_pattern("[百千万]分之")
