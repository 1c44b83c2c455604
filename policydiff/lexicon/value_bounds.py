"""Words that make a value a bound (以上, 不少于, 提前三十日), and the two ends of ranges.

A value in two units (一元五角) is one value. An end of a range without unit or scale takes it from the
other end: 五千以上一万元以下, 五千元以上一万以下, 三至五万元.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from policydiff.lexicon.measures import Measure, Quantity, units
from policydiff.lexicon.numerals import NUMBER, number_value, parted_number
from policydiff.lexicon.patterns import lazy_pattern

_NO_FIGURE = r"[^，。；、\d一二两三四五六七八九十]"
_EACH = rf"(?:每{_NO_FIGURE}{{1,4}}?)"
_ACT = r"(?:(?<=至[少多])|(?<=最[高多])(?=给予|奖励|补[贴助]|资助|支持))[^，。；、和及与或应须\d一二两三四五六七八九十]{4,8}"
_NEAR = (
    rf"(?!部分)(?:{_NO_FIGURE}{{0,3}}|为?{_EACH}{{1,2}}|{_ACT}|(?<=[于过])(?P<base>{_NO_FIGURE}{{2,12}})的)$"
)
"""Words between a bound and its value: a verb, a counting unit (不低于每人每月800元), an act and its object
(至少配备保安员二名), or the whole of which the value is a share (不超过实际投资额的30%)."""
_OF_A_WHOLE = lazy_pattern("[%％‰成倍半]|分之")
_BEFORE = {
    "+": lazy_pattern(
        rf"(?P<lead>(?:最低|最少)?不[得准许能]?(?:少于|低于|小于|短于)|至少|最低|最少|年满|已满|(?<![不未期届年已])满){_NEAR}"
    ),
    ">": lazy_pattern(rf"(?<![不未得准许])(?<!不能)(?P<lead>超过|高于|大于|多于|长于){_NEAR}"),
    "-": lazy_pattern(
        rf"(?P<lead>(?:最[长高多]|总计|累计)?(?:不[得准许能]?|未)(?:超过|高于|大于|多于|长于)|最[多高长]|至多){_NEAR}"
    ),
    "<": lazy_pattern(
        rf"(?P<lead>(?<!不)(?<!不[得准许能])(?:低于|少于|小于|短于)|不足|[不未]满|不到){_NEAR}"
    ),
}
"""Bounding words before a quantity, by the sign of the bound."""
_NUMBER_IN = rf"(?:本数|{NUMBER}[^()]{{0,4}})?[)]"
_BRACKET = rf"(?:[(](?:(?:均?包?含|包括){_NUMBER_IN}|(?P<out>不(?:包?含|包括)){_NUMBER_IN}))?"
"""Whether the bound is included: 200万元以上（含200万元）; 以上 and 以下 alone include it (民法典 art. 1259), 五人以下（不含五人） does not."""
_IN_FRONT = r"\s*(?:[(]含[)]|(?P<out_before>[(]不含[)])|及|或者?)?"
_FLOOR_AFTER = lazy_pattern(rf"{_IN_FRONT}(?:以上|起(?!草|诉|施|算)|及其以上){_BRACKET}")
_CEILING_AFTER = lazy_pattern(rf"{_IN_FRONT}(?:以下|以内|之?内(?![部容陆地])|以?之?前){_BRACKET}")
_STRICT = {"+": ">", "-": "<"}
_ABOUT = (
    lazy_pattern(
        "(?:大约|(?<![合节预签公制简契条违])约|将近|接近|大致)$", marks=("约", "将近", "接近", "大致")
    ),
    lazy_pattern("左右|上下(?![班学游级水楼车浮])", marks=("左右", "上下")),
)
"""Before and after a value that is only approximate: 约5万个, 90%左右."""
_LEAD_BEFORE = lazy_pattern("提前$|(?<=[满期开行始施工标效止订交])之?前$")
_DAYS_BEFORE = lazy_pattern("提前$|(?<=[一-鿿]{2})之?前$")
"""Before a time of years or months, and of days or hours: 届满前三个月 gives notice, and 申请前三年 looks back."""
_LEAD_AFTER = lazy_pattern("以?之?前")
_DAY_OF_MONTH = lazy_pattern("[月季]$")
"""Before a number of days it makes a day of the calendar: 每月10日前."""


class Bound(NamedTuple):
    """The bound of a value, and the place of the value with the words of the bound."""

    sign: str
    start: int
    end: int
    lead_end: int
    """End of the bounding words before the value: 最高 in 最高补贴50万元; `start` without such words."""


def bound_of(text: str, start: int, end: int) -> Bound:
    """Return the bound (at least, at most, about) of a quantity, and its span together with the bounding words."""
    window = max(0, start - _BOUND_BEFORE)
    before = text[window:start]
    is_share = _OF_A_WHOLE.search(text, start, end) is not None
    matches = ((sign, words.search(before)) for sign, words in _BEFORE.items())
    leads = next(
        ((sign, found) for sign, found in matches if found and (is_share or not found["base"])), None
    )
    ends = (("-", _CEILING_AFTER), ("+", _FLOOR_AFTER))
    follows = next(((sign, found) for sign, words in ends if (found := words.match(text, end))), None)
    sign = follows[0] if follows else leads[0] if leads else ""
    if follows and (follows[1]["out"] or follows[1]["out_before"]):
        sign = _STRICT[sign]
    first, last = leads[1].span("lead") if leads else (start - window, start - window)
    about = _ABOUT[0].search(before), _ABOUT[1].match(text, end)
    if not sign and any(about):
        first = about[0].start() if about[0] else first
        return Bound("~", window + first, about[1].end() if about[1] else end, window + last)
    if _is_lead(text, window, start, end) and not (leads and leads[0] in "-<"):
        sign = "+"
    return Bound(sign, window + first, follows[1].end() if follows else end, window + last)


def _is_lead(text: str, window: int, start: int, end: int) -> bool:
    """Return whether a time places an act before another (提前三十日, 三十日前, 届满前三十日); it may be longer, but not shorter."""
    if not text.endswith(_TIME_UNITS, start, end):
        return False
    if _LEAD_AFTER.match(text, end):
        return not _DAY_OF_MONTH.search(text, window, start)
    before = _DAYS_BEFORE if text.endswith(_SHORT_UNITS, start, end) else _LEAD_BEFORE
    return before.search(text, window, start) is not None and not _CEILING_AFTER.match(text, end)


_TIME_UNITS = ("日", "天", "月", "周", "年", "小时")
_SHORT_UNITS = ("日", "天", "小时")
"""Units of periods; 17时前 is a time of day."""

_BOUND_BEFORE = 20
"""Characters before a value that are searched for its bound: 最高不得超过 and a whole of twelve characters."""


def role_of(text: str, value: Quantity) -> str:
    """Return `by` for a sum that is added or subtracted, `from` for a former sum, "" for any other value.

    >>> from policydiff.lexicon.quantities import find_quantities
    >>> [[role_of(text, each) for each in find_quantities(text)] for text in ("提高20元", "由2690元调整为2740元")]
    [['by'], ['from', '']]
    """
    if value.measure is not Measure.AMOUNT:
        return ""
    start = min(value.start, value.outer_start)
    if _CHANGED_BY.search(text, max(0, start - _BOUND_BEFORE), start):
        return "by"
    return "from" if _LEFT_BEHIND.match(text, max(0, start - 1)) else ""


_CHANGED_BY = lazy_pattern("(?:提高|降低|增加|减少|上调|下调|上浮|下浮|调高|调低|上涨)(?:了|约)?$")
_LEFT_BEHIND = lazy_pattern(
    "[由从][^，。；]{2,16}?(?:提高|降低|增加|减少|上调|下调|调整|调高|调低|上涨)[到至为]"
)


_SCALES = {"亿": Decimal(10**8), "万": Decimal(10**4)}


def own_scale(low: str, high: str) -> Decimal:
    """Return the factor that gives the lower end of a range the scale of the upper end while keeping it below.

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
_FARTHEST = 24
"""Characters before a quantity in which the lower end of its range may stand."""


def with_smaller_units(found: Iterator[Quantity], masked: str) -> list[Quantity]:
    """Return quantities; a smaller unit that continues a larger one (一年零六个月, 一元五角, 1小时30分) forms one quantity with it."""
    joined: list[Quantity] = []
    for each in found:
        more = _going_on(joined[-1], each, masked) if joined else None
        if more is None:
            joined.append(each)
            continue
        first = joined[-1]
        low, unit = first.low + more, {"月": "个月", "时": "小时"}.get(first.unit, first.unit)
        joined[-1] = first._replace(
            end=each.end, text=first.text + masked[first.end : each.start] + each.text, low=low, high=low,
            bound=first.bound or each.bound, outer_end=each.outer_end, digits=f"{low.normalize():f}", printed_unit=unit,
        )  # fmt: skip
    return joined


def _going_on(before: Quantity, each: Quantity, masked: str) -> Decimal | None:
    """Return the value added by a smaller unit, in the unit of the quantity before; None for two separate quantities (五千元三万元)."""
    one = (
        {"角": Decimal("0.01"), "时": Decimal(1) / 60}.get(before.text[-1]) if each.text[-1] == "分" else None
    )
    value = each.low * (one or 1)
    whole = units()[before.printed_unit].factor if before.printed_unit in units() else 0
    apart = (
        masked[before.end : each.start] not in ("", "零", "又") or before.outer_end > before.end
    )  # 二年以上
    exact = before.low == before.high and each.low == each.high and (one or before.unit == each.unit)
    return value if exact and not apart and 0 < value < whole else None


def with_bare_ends(found: Sequence[Quantity], text: str) -> Iterator[Quantity]:
    """Yield quantities in order, including ends of 以上 … 以下 whose unit stands only at the other end."""
    floors = {each.outer_end for each in found if each.bound == "+"}
    ceilings = {each.outer_start for each in found if each.bound == "-"}
    for each in found:
        if each.bound == "-" and each.outer_start not in floors and each.low == each.high:
            near = text[max(0, each.outer_start - _FARTHEST) : each.outer_start]
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
    """Return the end of a range in the unit of the other end; None if the two form no range."""
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
