"""Kinds of quantities, and which of two values of one kind is the higher.

Here too: the base that a value is counted by (500元/人·月), and the units in all their writings.
"""

import re
import tomllib
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import NamedTuple

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
