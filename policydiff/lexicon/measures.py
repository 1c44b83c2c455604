"""Kinds of quantities and their order: which of two values of one kind is the higher.

Two quantities are compared only in one unit. Units that the law keeps apart (working days and days, months and days) are
compared by the fewest and the most days they can last.
"""

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


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
    """What a rate is counted by, in order of spelling: 人 and 月 of 500元/人·月 and of 每人每月500元."""

    def same(self, other: "Quantity") -> bool:
        """Return whether both say the same, however they are written."""
        return self.key == other.key

    @property
    def key(self) -> tuple[str, str, str, Decimal, Decimal, str]:
        """What makes two quantities the same."""
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


def _comparable(
    old: Quantity, new: Quantity
) -> tuple[tuple[Decimal, Decimal], tuple[Decimal, Decimal]] | None:
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


def _days(quantity: Quantity) -> tuple[Decimal, Decimal]:
    least, most = _DAYS_OF[quantity.unit]
    if quantity.unit == "工作日" and quantity.low >= 5:
        least = Decimal("1.2")
    return quantity.low * least, quantity.high * most
