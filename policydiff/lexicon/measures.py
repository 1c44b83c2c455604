"""Kinds of quantities, and the comparison of two values of one kind.

Also the base of a value (500元/人·月), and all spellings of the units.
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
    """Kinds of quantities; only quantities of one kind can be compared."""

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
    """things counted, and all other measures (吨, 米, 倍, 周岁)"""


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
    """The upper end of a range; for a single value, the value."""
    bound: str = ""
    """`+` for a floor (以上, 不少于) and `-` for a ceiling (以下, 不超过), including the value; `>` (超过)
    and `<` (不满, 低于), excluding it (民法典 art. 1259); `~` for an approximate value (约, 左右); empty for any other."""
    outer_start: int = -1
    """Start of the quantity including bounding words before it (不少于三名); `start` without such words."""
    outer_end: int = -1
    """End of the quantity including bounding words after it (3名以上)."""
    told_start: int = -1
    """Start of a separate part of the quantity: 两次 in 每年开展两次, 每平方米 in 每平方米补贴10元; -1 for none."""
    told_end: int = -1
    per: tuple[str, ...] = ()
    """Counting units of a rate, sorted: 人 and 月 in 500元/人·月 and in 每人每月500元."""
    digits: str = ""
    """The number before its scale, in digits: `1.5` in 1.5万元, `3-5` in 三至五家; empty if none is printed (半数)."""
    printed_unit: str = ""
    """The unit as printed, its scale in front: 万元, 亿千瓦, 个工作日."""
    is_more: bool = False
    """Whether 多 or 余 stands between number and unit: 200余家."""
    in_words: bool = False
    """Whether the number is written in words: 三家, 五万元."""
    lead_end: int = -1
    """End of separate bounding words before the quantity: 最高 in 最高补贴50万元, 至少 in 每年至少开展两次; -1 for none."""
    times_start: int = -1
    """Start of the number of times in a cycle: 两次 in 每年至少开展两次; -1 for none."""

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
        """Return whether both quantities are equal, in any writing."""
        return self.key == other.key

    @property
    def key(self) -> tuple[str, str, str, Decimal, Decimal, str]:
        """Key of the quantity; quantities with equal keys are equal."""
        told = self.as_share
        unit = "人" if told.unit in _PERSONS else told.unit
        return (
            told.measure.value, unit, "".join(told.per), told.low.normalize(), told.high.normalize(), told.bound
        )  # fmt: skip

    @property
    def as_share(self) -> "Quantity":
        """The quantity, with a multiple converted to a share: 1.5倍 is 150%."""
        if self.unit != "倍":
            return self
        return self._replace(measure=Measure.PERCENTAGE, unit="%", low=100 * self.low, high=100 * self.high)


_PERSONS = frozenset("人名位")


def direction(old: Quantity, new: Quantity) -> str | None:
    """Return `higher` or `lower`; None where the two are equal, of different kinds, or cannot be ordered.

    >>> from policydiff.lexicon.quantities import find_quantities
    >>> pair = [next(find_quantities(text)) for text in ("三十日", "十五个工作日")]
    >>> direction(*pair)
    'lower'
    """
    ends = _comparable(old.as_share, new.as_share)
    if ends is None or ends[0] == ends[1]:
        return None
    one, other = ends
    if other[0] >= one[0] and other[1] >= one[1]:
        return "higher"
    return "lower" if other[0] <= one[0] and other[1] <= one[1] else None


def are_alike(old: Quantity, new: Quantity) -> bool:
    """Return whether a quantity can have replaced the other: equal kind, and rates with compatible counting units.

    30人 and 30户 are two figures, as are 0.1元/千瓦时 and 500元/千瓦; two currencies, or a month and ten working days, are one.
    """
    if old.as_share.measure is not new.as_share.measure:
        return False
    if (
        old.measure is new.measure is Measure.COUNT
        and old.unit != new.unit
        and not {old.unit, new.unit} <= _PERSONS
    ):
        return False
    bases = [set(each.per) - _TIMES for each in (old, new)]
    return not all(bases) or bases[0] == bases[1]


_Ends = tuple[Decimal, Decimal]
_TIMES = frozenset(("年", "月", "日", "周", "季", "学期", "学年", "小时", "人次", "次"))
"""Counting units of time: 500元/月 may have become 6000元/年."""


def _comparable(old: Quantity, new: Quantity) -> tuple[_Ends, _Ends] | None:
    """Return the ends of both quantities in one unit; None if they cannot be ordered (30日 and 一个月)."""
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
"""Fewest and most calendar days of a unit. Ten working days last 12 to 18 days (weekends, a week of holidays)."""


def _days(quantity: Quantity) -> _Ends:
    least, most = _DAYS_OF[quantity.unit]
    if quantity.unit == "工作日" and quantity.low >= 5:
        least = Decimal("1.2")
    return quantity.low * least, quantity.high * most


_COUNTED = (
    "平方米|平米|㎡|m2|m²|平方公里|公顷|亩|立方米|千瓦时|千瓦|公里|公斤|千克|人次|车次|班次|场次|户次|航次|学期|学年|季度|小时|课时|学时|"
    "年度|张床位?|床位|车位|泊位|标准?箱|TEU|学生|学员|幼儿|门课程?|条生产线|人|名|位|户|家|月|年|季|日|天|周|次|件|套|个|项|吨|度|辆|台|间房?|座|"
    "床|头|只|株|张|所|晚|夜|棵|栋|幢|艘|篇|份|盏|枚|例|生(?![产态活])|班(?![组级])|期(?!间)|场(?!地)|村(?!民)|校(?!区)|园(?!区)|车(?!辆|厢)"
)
_BY = rf"(?:{_COUNTED}|km|kW[·.]?h|kw[·.]?h|KW|kW|W|t|kg)"
_RATE_AFTER = lazy_pattern(
    rf"\s*/\s*(?P<open>[(])?(?P<by>{_BY}(?:[·.•/*、]{_BY}|[日天月年]){{0,2}})(?(open)[)])"
)
_NAMES = lazy_pattern(_BY)
_EACH = rf"每(?:一|1)?个?(?:{_COUNTED})"
_RATE_BEFORE = lazy_pattern(rf"(?P<each>(?:{_EACH}){{1,3}})(?P<verb>[^，。；、：\d每\n]{{0,6}}?)$")
_RATE_EACH_AFTER = lazy_pattern(rf"(?P<each>(?:{_EACH}){{1,3}})(?=[^一-鿿]|$|的?(?:标准|补|计|收|发|奖|支))")
_BY_UNIT = {"㎡": "平方米", "平米": "平方米", "m2": "平方米", "m²": "平方米", "名": "人", "位": "人", "天": "日", "年度": "年", "季度": "季", "度": "千瓦时",
    "kwh": "千瓦时", "kW·h": "千瓦时", "kWh": "千瓦时", "kW": "千瓦", "KW": "千瓦", "km": "公里", "t": "吨", "kg": "公斤", "千克": "公斤",
    "学生": "生", "学员": "生", "夜": "晚", "间房": "间", "床位": "床", "张床": "床", "张床位": "床", "TEU": "标箱", "标准箱": "标箱", "门课程": "门", "门课": "门"}  # fmt: skip


class Rate(NamedTuple):
    """Counting units of a value, and the place of the words that name them."""

    per: tuple[str, ...]
    """In order of spelling: 人 and 月 of 500元/人·月."""
    start: int
    end: int
    apart: bool
    """Whether a verb separates these words from the value (每平方米补贴10元)."""


def rate_of(text: str, start: int, end: int) -> Rate | None:
    """Return the rate of the value at `text[start:end]`, which includes its bounds and currency; None if it is no rate."""
    after = _RATE_AFTER.match(text, end) or _RATE_EACH_AFTER.match(text, end)
    window = max(0, start - _LONGEST)
    before = _RATE_BEFORE.search(text[window:start])
    if after is not None:
        names = _NAMES.findall(after["by"]) if "by" in after.re.groupindex else _each(after["each"])
        if before is None or before["verb"]:
            return Rate(_by(names), end, after.end(), apart=False)
        return Rate(_by([*_each(before["each"]), *names]), window + before.start(), after.end(), apart=False)
    if before is None:
        return None
    per = _by(_each(before["each"]))
    return Rate(per, window + before.start("each"), window + before.end("each"), apart=bool(before["verb"]))


_LONGEST = 24
"""Characters before a value that are searched for the words of its rate."""


def _each(text: str) -> list[str]:
    return [name for name in re.split("每(?:一|1)?个?", text) if name]


def _by(names: list[str]) -> tuple[str, ...]:
    return tuple(sorted({_BY_UNIT.get(name, name) for name in names}))


class Unit(NamedTuple):
    """A writing of a unit: 万元 is ten thousand of 元, an amount."""

    measure: Measure
    unit: str
    """The base unit for values of this kind."""
    factor: Decimal
    """Number of base units (`unit`) in this unit: 10,000 for 万元."""


@cache
def units() -> dict[str, Unit]:
    """Return the units by their writings, as `units.toml` lists them."""
    data = tomllib.loads(files("policydiff.lexicon").joinpath("units.toml").read_text(encoding="utf-8"))
    return {
        writing: Unit(Measure(measure), unit, Decimal(above) / Decimal(below or 1))
        for measure, kinds in data.items()
        for unit, factors in kinds.items()
        for factor, writings in factors.items()
        for above, _, below in [factor.partition("/")]
        for writing in writings
    }


_CEILING_SAID = lazy_pattern(
    "不得?(?:超过|高于|大于|多于)|以内|以下|(?<!不)(?<!不得)(?:低于|少于|小于)|控制在"
)
_SOONER = lazy_pattern(
    "(?:办理|办结|办事|审批|审核|审查|审定|受理|处理|处置|响应|答复|回复|反馈|整改|缴[纳清]|支付|拨付|交付|等[候待]|排队|通勤|到达|到场|"
    "接[警诉]|出动|修复|恢复|出具|领取|结算|开办|压缩|耗时|用时)[^，。；]{0,8}(?:时间|时限|期限|时长|周期|时效|天数|日数)?$"
)
"""Times in which a service is done, where shorter is better; longer is better for 保存期限, 开放时间 and 培训时间."""
_FLOOR_SAID = lazy_pattern("以上|不得?(?:低于|少于|小于)|至少|(?<!不)(?<!不得)(?:超过|高于|大于|多于)")
_FALL = lazy_pattern("降低|下降|减少|削减|压减|缩短|降幅")
_RISE = lazy_pattern("增长|增[速幅]|提[高升]|上升")
_DOWN_TO = lazy_pattern("(?:降低?|下降|减少|压[减缩]|缩[短小减]|收窄|削减|回落|控制)[至到为在]")
"""Words before a value that is reached, not the amount of change: 缩短至35天, but not 缩短35天."""
_AN_EVIL = lazy_pattern(
    "(?:死亡|发病|患病|感染|失业|漏损|辍学|空置|闲置|流失|差错|投诉|违约|不良|超标|发案|犯罪|近视|肥胖|贫困|返贫|负债|事故发?生?)[人贷]?[数款发产]?[率量]?$|事故(?:起数|数量)$|恩格尔系数$"
    "|[能水电煤油物]耗(?:强度|总量|水平)?$|(?:用水|用电|耗[能水电]|能源消[耗费]|排放|碳排)总?[量度]?(?:强度)?$|浓度$|成本$|负担$|(?:全国|全[省市区县]|排名|位[列居])[^，。；]{0,6}前$"
)
"""Ending of the name of a figure that is better if lower, including a place in a ranking (进入全国前10名)."""
_LIMIT_IN_A_NAME = lazy_pattern("以[内外上下]")
"""Part of the name of the counted object (外环以内区域, 3岁以下婴幼儿), not a bound on the value."""
_COURSE = 4
"""Characters at the end of a metric that can mark a change: 年均增长, 下降率; 增长 in 经济增长贡献率 is too far from the end."""


def bound_said(qualifier: str) -> int:
    """Return 1 for words of a floor (以上), -1 for a ceiling (不超过), 0 for neither."""
    if _CEILING_SAID.search(qualifier):
        return -1
    return 1 if _FLOOR_SAID.search(qualifier) else 0


def course_of(metric: str, text: str) -> int:
    """Return 1 for a share of growth, -1 for a share of decline, 0 for a share of a whole."""
    if _DOWN_TO.search(text):
        return 0
    end = metric[-_COURSE:]
    return (_RISE.search(end) is not None) - (_FALL.search(end) is not None)


def wished(
    metric: str, text: str, qualifier: str | None, other: str | None, measure: Measure, *, is_range: bool
) -> int:
    """Return 1 if a goal wants the figure higher, -1 if lower, judged by its name, words, and qualifiers on both sides.

    The bounding words of a range do not count.

    >>> wished("婴儿死亡率", "婴儿死亡率达到4‰", None, None, Measure.PERCENTAGE, is_range=False)
    -1
    """
    name = _LIMIT_IN_A_NAME.sub("", metric)
    words = name if is_range else f"{qualifier or ''}{name}"
    bound = 0 if is_range else bound_said(qualifier or "") or bound_said(other or "")
    falls_to = _DOWN_TO.search(text)
    if falls_to or bound < 0 or _CEILING_SAID.search(words):
        return 1 if _FALL.search(words) and not falls_to else -1
    evil = _AN_EVIL.search(name) or (measure is Measure.PERIOD and _SOONER.search(name))
    return -1 if evil and not bound and not _FALL.search(words) else 1
