"""Kinds of quantities, and which of two values of one kind is the higher.

Here too: the base that a value is counted by (500元/人·月), the words that bound a value (以上, 不少于), and values in two units (一元五角).
Ends of ranges are read whose unit or scale stands at the other end alone: 五千以上一万元以下, 五千元以上一万以下, 三至五万元.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from policydiff.lexicon.numerals import NUMBER, number_value, parted_number
from policydiff.lexicon.patterns import lazy_pattern


class Measure(StrEnum):
    """Kinds of quantities; only those of one kind can be compared."""

    AMOUNT = "amount"
    """money"""
    PERCENTAGE = "percentage"
    """shares of a whole: 35%, 百分之三十五, 5‰, 三成, 三分之二"""
    AREA = "area"
    PERIOD = "period"
    """how long something lasts or may take"""
    FREQUENCY = "frequency"
    """how often: 每年两次, 每半年"""
    CLOCK = "clock"
    """a time of day: 14时, 下午2时"""
    COUNT = "count"
    """things counted, and every other measure (吨, 米, 倍, 周岁)"""


class Quantity(NamedTuple):
    """A quantity at `text[start:end]`."""

    start: int
    end: int
    text: str
    measure: Measure
    unit: str
    """The unit the values are given in: 元, %, 平方米, 月, 日, 工作日, 时, 千克, 米, 人 …"""
    low: Decimal
    """The value, or the lower end of a range."""
    high: Decimal
    """The upper end of a range; the value where there is none."""
    bound: str = ""
    """`+` for a floor (以上, 不少于), `-` for a ceiling (以下, 不超过), both with the value itself; `>` (超过) and `<` (不满,
    低于) without it (民法典 art. 1259); empty for none."""
    outer_start: int = -1
    """Where the quantity begins with the words that bound it (不少于三名); `start` where there are none."""
    outer_end: int = -1
    """Where it ends with the words that bound it (3名以上)."""
    told_start: int = -1
    """Where the rest of the quantity stands, apart from it: 两次 of 每年开展两次, 每平方米 of 每平方米补贴10元; -1 where nothing does."""
    told_end: int = -1
    per: tuple[str, ...] = ()
    """Units that a rate is counted by, in order of spelling: 人 and 月 of 500元/人·月 and of 每人每月500元."""
    digits: str = ""
    """The number as it stands before its scale, in digits: `1.5` of 1.5万元, `3-5` of 三至五家; empty where none is printed (半数)."""
    printed_unit: str = ""
    """The unit as printed, its scale in front: 万元, 亿千瓦, 个工作日."""
    is_more: bool = False
    """Whether 多 or 余 stands between number and unit: 200余家."""
    in_words: bool = False
    """Whether the number is written in words: 三家, 五万元."""
    lead_end: int = -1
    """Where the words before it that bound it end: 最高 of 最高补贴50万元, 至少 of 每年至少开展两次; -1 where none stand apart."""
    times_start: int = -1
    """Where the number of times in a cycle begins: 两次 of 每年至少开展两次; -1 where none is told."""

    @property
    def places(self) -> tuple[tuple[int, int], ...]:
        """Spans of the quantity and of its bounding words (最高 …50万元), without the words between them."""
        if self.outer_start < self.lead_end < self.start:
            return (self.outer_start, self.lead_end), (self.start, self.outer_end)
        return ((self.outer_start, self.outer_end),)

    @property
    def told_places(self) -> tuple[tuple[int, int], ...]:
        """Spans of the rest of the quantity, without the words between the bound and the value (开展 of 至少开展两次)."""
        if self.told_end < 0:
            return ()
        if self.told_start < self.lead_end < self.times_start:
            return (self.told_start, self.lead_end), (self.times_start, self.told_end)
        return ((self.told_start, self.told_end),)

    def same(self, other: "Quantity") -> bool:
        """Return whether both quantities are the same, in whatever writing."""
        return self.key == other.key

    @property
    def key(self) -> tuple[str, str, str, Decimal, Decimal, str]:
        """Key of the quantity: two quantities with equal keys are the same."""
        unit = "人" if self.unit in _PERSONS else self.unit
        return (
            self.measure.value, unit, "".join(self.per), self.low.normalize(), self.high.normalize(), self.bound
        )  # fmt: skip


_PERSONS = frozenset("人名位")


def direction(old: Quantity, new: Quantity) -> str | None:
    """Return `higher` or `lower`; None where the two are equal, of different kinds, or cannot be ordered.

    >>> from policydiff.lexicon.quantities import find_quantities
    >>> pair = [next(find_quantities(text)) for text in ("三十日", "十五个工作日")]
    >>> direction(*pair)
    'lower'
    """
    ends = _comparable(old, new)
    if ends is None or ends[0] == ends[1]:
        return None
    one, other = ends
    if other[0] >= one[0] and other[1] >= one[1]:
        return "higher"
    return "lower" if other[0] <= one[0] and other[1] <= one[1] else None


def are_alike(old: Quantity, new: Quantity) -> bool:
    """Return whether a quantity can have replaced the other: both of one kind, their rates not counted by different units.

    30人 and 30户 are two figures, and so are 0.1元/千瓦时 and 500元/千瓦; two currencies, or a month and ten working days, are one.
    """
    if old.measure is not new.measure:
        return False
    if old.measure is Measure.COUNT and old.unit != new.unit and not {old.unit, new.unit} <= _PERSONS:
        return False
    bases = [set(each.per) - _TIMES for each in (old, new)]
    return not all(bases) or bases[0] == bases[1]


_Ends = tuple[Decimal, Decimal]
_TIMES = frozenset(("年", "月", "日", "周", "季", "学期", "学年", "小时", "人次", "次"))
"""Units of rates that count over time: 500元/月 may have become 6000元/年."""


def _comparable(old: Quantity, new: Quantity) -> tuple[_Ends, _Ends] | None:
    """Return the ends of both in one unit; None where they cannot be ordered (30日 against 一个月)."""
    if old.measure is not new.measure or old.per != new.per:
        return None
    if old.unit == new.unit or {old.unit, new.unit} <= _PERSONS:
        return (old.low, old.high), (new.low, new.high)
    if old.measure is not Measure.PERIOD:
        return None
    one, other = _days(old), _days(new)
    return (one, other) if other[0] > one[1] or other[1] < one[0] else None


_DAYS_OF = {
    "日": (Decimal(1), Decimal(1)),
    "月": (Decimal(28), Decimal(31)),
    "工作日": (Decimal(1), Decimal("1.8")),
    "时": (Decimal(1) / 24, Decimal(1) / 24),
}
"""Fewest and most calendar days of one unit. Ten working days run over 12 to 18 days (weekends, a week of holidays)."""


def _days(quantity: Quantity) -> _Ends:
    least, most = _DAYS_OF[quantity.unit]
    if quantity.unit == "工作日" and quantity.low >= 5:
        least = Decimal("1.2")
    return quantity.low * least, quantity.high * most


_COUNTED = (
    "平方米|平米|㎡|m2|m²|平方公里|公顷|亩|立方米|千瓦时|千瓦|公里|公斤|千克|人次|车次|学期|学年|季度|小时|课时|学时|年度|床位|"
    "人|名|位|户|家|月|年|季|日|天|周|次|件|套|个|项|吨|度|辆|台|间|座|床|头|只|株|张|所"
)
_BY = rf"(?:{_COUNTED}|km|kW[·.]?h|kw[·.]?h|KW|kW|W|t|kg)"
_RATE_AFTER = lazy_pattern(rf"\s*/\s*(?P<open>[(])?(?P<by>{_BY}(?:[·.•/*、]{_BY}){{0,2}})(?(open)[)])")
_EACH = rf"每(?:一|1)?个?(?:{_COUNTED})"
_RATE_BEFORE = lazy_pattern(rf"(?P<each>(?:{_EACH}){{1,3}})(?P<verb>[^，。；、：\d每\n]{{0,6}}?)$")
_RATE_EACH_AFTER = lazy_pattern(rf"(?P<each>(?:{_EACH}){{1,3}})(?=[^一-鿿]|$|的?(?:标准|补|计|收|发|奖|支))")
_BY_UNIT = {"㎡": "平方米", "平米": "平方米", "m2": "平方米", "m²": "平方米", "名": "人", "位": "人", "天": "日", "年度": "年", "季度": "季", "度": "千瓦时",
    "kwh": "千瓦时", "kW·h": "千瓦时", "kWh": "千瓦时", "kW": "千瓦", "KW": "千瓦", "km": "公里", "t": "吨", "kg": "公斤", "千克": "公斤"}  # fmt: skip


class Rate(NamedTuple):
    """Units that a value is counted by, and the place of the words that name them."""

    per: tuple[str, ...]
    """In order of spelling: 人 and 月 of 500元/人·月."""
    start: int
    end: int
    apart: bool
    """Whether a verb stands between these words and the value (每平方米补贴10元)."""


def rate_of(text: str, start: int, end: int) -> Rate | None:
    """Return the rate of the value at `text[start:end]`, its bounds and currency included; None where it is none."""
    after = _RATE_AFTER.match(text, end) or _RATE_EACH_AFTER.match(text, end)
    if after is not None:
        names = re.split("[·.•/*、]", after["by"]) if "by" in after.re.groupindex else _each(after["each"])
        return Rate(_by(names), end, after.end(), apart=False)
    window = max(0, start - _LONGEST)
    before = _RATE_BEFORE.search(text[window:start])
    if before is None:
        return None
    per = _by(_each(before["each"]))
    return Rate(per, window + before.start("each"), window + before.end("each"), apart=bool(before["verb"]))


_LONGEST = 24
"""Characters before a value in which the words of its rate are looked for."""


def _each(text: str) -> list[str]:
    return [name for name in re.split("每(?:一|1)?个?", text) if name]


def _by(names: list[str]) -> tuple[str, ...]:
    return tuple(sorted({_BY_UNIT.get(name, name) for name in names}))


_NEAR = r"(?!部分)(?:[^，。；、\d一-九]{0,3}|(?<=[于过])(?P<base>[^，。；、\d一二三四五六七八九]{2,12})的)$"
"""Between a bound and its value: a verb, or the whole of which the value is a share (不超过实际投资额的30%)."""
_OF_A_WHOLE = re.compile("[%％‰成倍半]|分之")
_BEFORE = {
    "+": re.compile(
        rf"(?P<lead>(?:最低|最少)?不[得准许]?(?:少于|低于|小于|短于)|至少|最低|最少|年满|已满|(?<![不未期届年已])满){_NEAR}"
    ),
    ">": re.compile(rf"(?<![不未得准许])(?P<lead>超过|高于|大于|多于|长于){_NEAR}"),
    "-": re.compile(
        rf"(?P<lead>(?:最[长高多]|总计|累计)?(?:不[得准许]?|未)(?:超过|高于|大于|多于|长于)|最[多高长]|至多){_NEAR}"
    ),
    "<": re.compile(rf"(?P<lead>(?<!不)(?<!不[得准许])(?:低于|少于|小于|短于)|不足|[不未]满|不到){_NEAR}"),
}
"""Words before a quantity that bound it, by the sign of the bound."""
_FLOOR_AFTER = re.compile(r"\s*(?:\(含\)|及|或者?)?(?:以上|起(?!草|诉|施|算)|及其以上)")
_CEILING_AFTER = re.compile(r"\s*(?:\(含\)|及|或者?)?(?:以下|以内|之?内(?![部容陆地])|以?之?前)")


class Bound(NamedTuple):
    """The bound of a value, and the place of the value with the words of the bound."""

    sign: str
    start: int
    end: int
    lead_end: int
    """Where the words before the value that bound it end: 最高 of 最高补贴50万元; `start` where none do."""


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
    first, last = leads[1].span("lead") if leads else (start - window, start - window)
    return Bound(sign, window + first, follows[1].end() if follows else end, window + last)


_BOUND_BEFORE = 20
"""Characters before a value in which the words of its bound are looked for: 最高不得超过 and a whole of twelve."""


class Unit(NamedTuple):
    """A writing of a unit: 万元 is ten thousand of 元, an amount."""

    measure: Measure
    unit: str
    """The unit in which values of its kind are given."""
    factor: Decimal
    """Number of units (`unit`) in one of this writing: 10,000 for 万元."""


@cache
def units() -> dict[str, Unit]:
    """Return the units by their writings, as `units.toml` lists them."""
    data = tomllib.loads(files("policydiff.lexicon").joinpath("units.toml").read_text(encoding="utf-8"))
    return {
        writing: Unit(
            Measure(measure), unit, Decimal(str(factor)) if "/" not in str(factor) else _ratio(factor)
        )
        for measure, kinds in data.items()
        for unit, writings in kinds.items()
        for writing, factor in writings.items()
    }


def _ratio(text: str) -> Decimal:
    above, below = text.split("/")
    return Decimal(above) / Decimal(below)


_SCALES = {"亿": Decimal(10**8), "万": Decimal(10**4)}


def own_scale(low: str, high: str) -> Decimal:
    """Return the factor of the lower end of a range by which it takes on the scale of the upper end, and stays below it.

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
"""Characters before a quantity among which the lower end of its range stands."""


def with_smaller_units(found: Iterator[Quantity], masked: str) -> list[Quantity]:
    """Return quantities, a smaller unit that goes on where a larger one ends (一年零六个月, 一元五角, 1小时30分) as one quantity."""
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
    """Return the value that a smaller unit adds to the quantity before it, in the unit of that quantity; None for two separate quantities (五千元三万元)."""
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
    """Yield quantities in order, with those ends of 以上 … 以下 that leave their unit to the other end."""
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
