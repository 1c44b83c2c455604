"""Quantities (数量) in the words of a text, each with its value in one unit of its kind.

5000元, 五千元, 伍仟元整 and 0.5万元 are one quantity; so are 24个月 and 2年, 10000平方米 and 1公顷, 5‰ and 0.5%.
`lexicon.measures` says what a quantity is, and which of two is the higher.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import NamedTuple

from policydiff.lexicon.horizons import ERA_YEARS
from policydiff.lexicon.measures import Measure, Quantity, rate_of, units
from policydiff.lexicon.numerals import NUMBER, SPOKEN, number_value, parted_number
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.value_bounds import Bound, bound_of, own_scale, with_bare_ends, with_smaller_units
from policydiff.lexicon.widths import fold_but_marks

_RANGE = rf"(?:\s*[-~—–至到]\s*(?P<high>{NUMBER}))"
_NOT_BEFORE = r"(?<!第)(?:(?=\d)|(?<![数几另某同任唯统单专之逐这该哪]))"
"""Characters before which no number is read: 数百 and 几十 are no numbers, but 人数25% is."""


_NO_RATIO = r"(?<![比例按]\d)(?<![低高少多超]于\d)(?<!超过\d)(?<![比例]为\d)(?<!达到\d)"
"""Before the colon of a time of day: 师生比不低于1:20 names none."""


@cache
def _pattern() -> re.Pattern[str]:
    writings = "|".join(
        re.escape(unit) + ("(?![A-Za-z0-9])" if unit.isascii() and unit != "%" else "")
        for unit in sorted(units(), key=len, reverse=True)
    )
    percent = rf"[{SPOKEN}]{{1,9}}(?:点[{SPOKEN}]{{1,9}})?|\d{{1,9}}(?:\.\d{{1,9}})?"
    return lazy_pattern(
        rf"""
        (?=[\d{SPOKEN}万亿每过上下晚凌早傍])(?:                                          # what a quantity may begin with
        (?P<frequency>每(?P<every>半|{NUMBER})?个?(?P<cycle>年度|年|季度|季|月|旬|周|星期|日|天|学期|学年)(?!内|满|缴纳|按)
          | (?<![\d.第满])(?P<every_plain>{NUMBER})个?(?P<cycle_plain>年|季度|月|周|星期|日|天)(?=[^，。；、\d每内满以之起后前]{{0,6}}?{NUMBER}次(?![级序]))
        )
      | (?P<per>百|千|万)分之(?P<share>{percent})(?:[-~—–至到](?:(?:百|千|万)分之)?(?P<share_high>{percent}))?
      | (?P<below>[{SPOKEN}]{{1,9}})分之(?P<above>[{SPOKEN}]{{1,9}})
      | (?P<numerator>\d{{1,3}})/(?P<denominator>\d{{1,3}})(?![\d/年月])
      | (?P<tenths>{NUMBER})成(?P<more_tenths>[一二三四五六七八九半])?(?![立为果员本交功绩年套])
      | (?P<half>(?:(?<!超)过)?半数|一半)
      | (?<![\d.第])(?P<part>上午|下午|晚上|凌晨|早上|傍晚)?(?(part)|(?=\d|(?<=次日)|(?<![{SPOKEN}几数])(?:二?十[一二三四五六七八九]?|零)时))(?P<hour>\d{{1,2}}|[{SPOKEN}]{{1,3}})(?:{_NO_RATIO}[:：](?P<digital>\d{{2}})(?!\d|的?(?:比例|配|标准))|(?:时|点)(?:(?P<minute>\d{{1,2}}|[{SPOKEN}]{{1,3}})分|(?P<thirty>半)|整)?(?![间候期代效装]))
      | (?<=补贴|补助|奖励|罚款|资助|收取|缴纳|支付|奖金|经费|罚金)(?P<bare>{NUMBER})(?<=[万亿])(?=[^一-鿿]|$)
      | {_NOT_BEFORE}(?<![\d.A-Za-z])(?P<low>{NUMBER})(?:(?P<inner>{writings})?{_RANGE})?(?P<more>[多余])?(?P<and_half>个半(?=月|小时|学年))?(?P<unit>{writings})(?:(?P<half_after>(?<=[年月日天时])半(?![数天夜年]))|整)?
        )
        """,
        re.VERBOSE,
    )


_CYCLES = {
    "年度": Decimal(12), "年": Decimal(12), "学年": Decimal(12), "学期": Decimal(6), "季度": Decimal(3), "季": Decimal(3), "月": Decimal(1), "旬": 10 / Decimal("30.4"),
    "周": Decimal(7) / Decimal("30.4"), "星期": Decimal(7) / Decimal("30.4"), "日": 1 / Decimal("30.4"), "天": 1 / Decimal("30.4"),
}  # fmt: skip
"""Months in one cycle; a month has 30.4 days on average."""
_NO_QUANTITY = lazy_pattern(
    ERA_YEARS
    + r"""
  |
    《[^《》\n]{1,120}》                                                       # titles
  | 第[(]?[〇零○一二三四五六七八九十百千\d]{1,9}[)]?[编章节条款项目号届次批类级期](?:之[一二三四五六七八九十]{1,3})?
  | 第[(]?[一二三四五六七八九十\d]{1,3}[)]?(?:(?:[、和及至]|或者?)[(]?[一二三四五六七八九十\d]{1,3}[)]?){1,12}[条款项目]        # 第一、二、三项
  | [(](?:19|20)\d{2}[)]第?\d{1,5}号
  | (?:\d{4}|[〇零○一二三四五六七八九]{4})年(?:度)?(?:第?[一二三四1-4]季度|(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})日(?:[、和及至到~～—–-]\d{1,2}日)*)?)?
  | (?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})日(?:[、和及至到~～—–-]\d{1,2}日)*|[底末初份]|[上中下]旬)
  | 第?[一二三四1-4]季度[末底]
  | (?m:^[(]?[一二三四五六七八九十\d]{1,3}[)、.](?!\d))
  | [一二两三四五六七八九十\d]{1,3}(?:种|类|个|项|大)(?:主要|重点|基本)?(?:情形|方式|方面|类型|途径|环节|阶段|层次|步骤|板块|体系)
  | 一人(?:有限|公司|股东) | 两(?:个|种)以上 | 一[方级般律切定致体经旦性并同些直起] | (?<!分)之一 | 万[元]?户 | [上下]半年 | 十[一二三四五六七八]五 | 二手 | 三方 | 三者
  | “[^“”"，。]{0,24}\d[^“”"，。]{0,24}” | "[^“”"，。]{0,24}\d[^“”"，。]{0,24}"
  | [“"][^“”"，。]{0,8}[一二三四五六七八九十百千万]{1,2}[个大张项区核轴带圈网环座条][^“”"，。]{0,12}[”"]
  | (?<![\d一二三四五六七八九十两几数百千万亿每第近约])[百千万](?:里|顷|亩|座|个|家|户|条|村|店|人)(?![一-鿿]{0,2}以[上下内])   # 千里绿廊
  | (?:建党|建国|建军|建[市区县校]|成立|诞辰|开放|解放|颁布|创刊|创建|逝世|胜利|发表|回信)[^，。；\d满起]{0,4}[\d〇一二三四五六七八九十百两]{1,5}周年(?!以?内|届满)   # 建党100周年
  | (?<=[号路园区村庭苑])\d{1,4}[幢栋](?!以|高层|住宅|房|楼)|\d{1,4}[幢栋](?=\d{1,4}[室单层])   # 88号3幢501室
  | [\d〇一二三四五六七八九十百两]{1,5}周年(?=之际|[大校]?庆|纪念|为契机|华诞|活动)
  | (?<=[长珠金银铁黄大小西北南东闽渝锐直钝])三角   # 长三角, 金三角
  | (?<![元块\d])[一二三四五六七八九十两几]角(?!钱|[，。；、）)的\s]|\Z|以[上下内]|至|[/／]|每|[一二三四五六七八九]分)   # 三角债, 五角星, 八角亭
""",
    re.VERBOSE,
)


def find_quantities(text: str, *, with_one: bool = False) -> Iterator[Quantity]:
    """Yield the quantities of a text in order, without numbers of titles, dates, articles and names.

    `with_one` also yields one in words (一家, 一个), which mostly is an article and no number.

    >>> [(found.text, found.unit, int(found.low)) for found in find_quantities("处五千元以上1.5万元以下罚款，24个月内不得申请")]
    [('五千元', '元', 5000), ('1.5万元', '元', 15000), ('24个月', '月', 24)]
    """
    folded = fold_but_marks(text)
    if not _MAYBE.search(folded):
        return
    masked = _NO_QUANTITY.sub(lambda match: "\0" * len(match[0]), folded)
    found = list(with_bare_ends(with_smaller_units(_found(text, masked, with_one=with_one), masked), masked))
    rates = [_rated(each, masked) if each.measure in _RATED else each for each in found]
    taken = [
        (start, end)
        for each in rates
        if each.per
        for start, end in ((each.outer_start, each.outer_end), (each.told_start, each.told_end))
    ]
    for each in rates:
        if each.measure is Measure.FREQUENCY and any(start <= each.start < end for start, end in taken):
            continue  # 每月 of 每月500元
        yield each


def _found(text: str, masked: str, *, with_one: bool) -> Iterator[Quantity]:
    told = 0
    for match in _pattern().finditer(masked):
        if match.start() < told:
            continue  # the times of a cycle before, or a number in the words that bound the value before
        times = _times(match, masked)
        try:
            read = _frequency(match, times) if match["frequency"] else _read(match)
        except InvalidOperation:  # more digits than a Decimal rounds (28): a code or fill, and no quantity
            read = None
        if read is None:
            continue
        measure, unit, low, high = read
        words = text[match.start() : match.end()]
        if times:
            told = times.outer.end
            yield Quantity(
                match.start(), match.end(), words, measure, unit, low, high,
                times.outer.sign.strip("+"), match.start(), match.end(), times.outer.start, told,
                digits=str(times.value), printed_unit="次", in_words=times.in_words,
                lead_end=times.outer.lead_end, times_start=times.start,
            )  # fmt: skip
            continue
        bound = bound_of(masked, match.start(), match.end())
        told = bound.end
        if match["half"] and words.startswith("过"):
            bound = bound._replace(sign=">")
        if measure is Measure.AMOUNT:
            # A bound widened by the name of the currency that 元 names already
            before = _CURRENCY.search(masked[max(0, bound.start - 4) : bound.start])
            after = _CURRENCY_AFTER.match(masked, bound.end)
            bound = bound._replace(
                start=bound.start - len(before[0]) if before else bound.start,
                end=after.end() if after else bound.end,
            )
        if (
            measure is Measure.COUNT
            and match["low"] == "一"
            and not (with_one or bound.sign or unit in _EXACT_AT_ONE)
        ):
            continue
        printed = _printed(match)
        yield Quantity(
            match.start(), match.end(), words, measure, unit, low, high, bound.sign, bound.start, bound.end,
            digits=printed.digits, printed_unit=printed.unit, is_more=match["more"] is not None, in_words=printed.in_words,
            lead_end=bound.lead_end,
        )  # fmt: skip


class _Printed(NamedTuple):
    """A quantity as printed: its number in digits, and its unit with its scale."""

    digits: str
    unit: str
    in_words: bool


_SHARES = {"百": "%", "千": "‰", "万": "‱"}


def _printed(match: re.Match[str]) -> _Printed:
    if match["per"]:
        low, high, unit = match["share"], match["share_high"], _SHARES[match["per"]]
    elif match["bare"]:
        low, high, unit = match["bare"], None, "元"
    elif match["tenths"] and not match["more_tenths"]:
        low, high, unit = match["tenths"], None, "成"
    elif match["tenths"] or match["below"] or match["numerator"]:
        share = _tenths(match) if match["tenths"] else _fraction(match)
        return _Printed(f"{share[2]:.4g}" if share else "", "%", in_words=True)  # 四成五, 三分之一
    elif match["unit"]:
        low, high, unit = match["low"], match["high"], match["unit"]
    else:
        return _Printed("", "", in_words=False)
    digits, scale = parted_number(low)
    if match["and_half"] or match["half_after"]:
        digits = f"{Decimal(digits or 0) + _HALF:f}"
    if high is not None:
        upper, upper_scale = parted_number(high)
        inner = match["inner"]
        if inner and units()[inner] != units()[unit]:
            digits = ""  # 30日至2个月: no number of one unit
        elif scale != upper_scale and (scale or inner):
            # 5000元至1万元: the ends make one range only without their scales
            ends = (number_value(low), number_value(high))
            digits, upper_scale = "-".join(f"{end:f}" for end in ends if end is not None), ""
        else:
            digits = f"{digits}-{upper}"
        scale = upper_scale
    return _Printed(digits, f"{scale}{unit.removesuffix('人民币') or unit}", not low[0].isdigit())


_RATED = frozenset({Measure.AMOUNT, Measure.COUNT, Measure.AREA})


def _rated(found: Quantity, text: str) -> Quantity:
    """Return a quantity with its counting units."""
    rate = rate_of(text, found.outer_start, max(found.end, found.outer_end)) or rate_of(
        text, found.outer_start, found.end
    )
    if rate is None and found.outer_start < found.lead_end < found.start:
        rate = rate_of(text, found.start, found.end)  # 不低于每人每月800元: within its bound
        rate = rate and rate._replace(apart=True)
    if rate is None:
        return found
    if rate.apart:
        return found._replace(per=rate.per, told_start=rate.start, told_end=rate.end)
    beside = text[rate.start : rate.end] if rate.start == found.end and text[rate.start] == "/" else ""
    return found._replace(
        per=rate.per,
        printed_unit=f"{found.printed_unit}{beside}",
        outer_start=min(found.outer_start, rate.start),
        outer_end=max(found.outer_end, rate.end),
    )


_MAYBE = lazy_pattern(rf"[\d{SPOKEN}每]")
_EXACT_AT_ONE = frozenset({"倍", "千克", "米", "周岁", "立方米"})
"""Units of measurement: 一倍 is a quantity, while 一个 and 一项 mostly are articles."""


_Read = tuple[Measure, str, Decimal, Decimal]


def _read(match: re.Match[str]) -> _Read | None:
    for group, reader in _READERS.items():
        if match[group]:
            return reader(match)
    return _with_unit(match)


def _in_words(match: re.Match[str]) -> _Read | None:
    """百分之三十五, 千分之五至八."""
    scale = {"百": Decimal(1), "千": Decimal("0.1"), "万": Decimal("0.01")}[match["per"]]
    low, high = number_value(match["share"]), number_value(match["share_high"] or match["share"])
    return None if low is None or high is None else (Measure.PERCENTAGE, "%", low * scale, high * scale)


def _fraction(match: re.Match[str]) -> _Read | None:
    below = number_value(match["below"] or match["denominator"])
    above = number_value(match["above"] or match["numerator"])
    if not below or above is None:
        return None
    return Measure.PERCENTAGE, "%", 100 * above / below, 100 * above / below


def _tenths(match: re.Match[str]) -> _Read | None:
    value = number_value(match["tenths"])
    if value is None:
        return None
    more = match["more_tenths"]
    value = value * 10 + (5 if more == "半" else number_value(more) or 0 if more else 0)
    return Measure.PERCENTAGE, "%", value, value


def _with_unit(match: re.Match[str]) -> _Read | None:
    unit = units()[match["unit"]]
    if match["unit"] in _AFTER_DIGITS and not match["low"][0].isdigit():
        return None
    low, high = number_value(match["low"]), number_value(match["high"] or match["low"])
    if match["low"].endswith("千") and unit.unit in _KILO and len(match["low"]) > 1 and not match["high"]:
        thousands = number_value(match["low"][:-1])  # 十五千米
        low = high = None if thousands is None else 1000 * thousands
    if low is None or high is None:
        return None
    if match["and_half"] or match["half_after"]:
        low, high = low + _HALF, high + _HALF
    if unit.unit == "月" and low == high == _HALF and unit.factor == 1:
        return Measure.PERIOD, "日", Decimal(15), Decimal(15)  # 半个月
    factor = units()[match["inner"]].factor if match["inner"] else unit.factor
    if match["high"] and not match["inner"]:
        low *= own_scale(match["low"], match["high"])
    return unit.measure, unit.unit, round(low * factor, _PLACES), round(high * unit.factor, _PLACES)


_AFTER_DIGITS = frozenset({"部", "片", "架", "兆", "秒", "班次", "枚", "宗", "笔", "例", "学位"})
"""Units only behind a number in digits: 三部门, 一片, 两架, 一例 are no quantities."""
_HALF = Decimal("0.5")
_KILO = frozenset({"米", "千克", "千瓦"})
_PLACES = 9
"""Decimal places kept; thirty minutes are half an hour, but one sixtieth has no exact decimal."""


class _Times(NamedTuple):
    """Least and greatest number of times in a cycle, and the place of both with their bounding words."""

    value: Decimal
    most: Decimal
    start: int
    outer: Bound
    in_words: bool


_TIMES = lazy_pattern(
    rf"[^，。；：、\d每第\n]{{0,8}}?(?P<times>{NUMBER})(?:次?[-~—–至到](?P<most>{NUMBER}))?次(?![级序])"
)
"""每年两次, 每年至少开展两次: the verb between them is no part of the quantity."""
_AT_MOST = lazy_pattern(rf"(?P<most>{NUMBER})次(?:以下|以内)")
"""The upper end after a lower end: 四次以下 in 二次以上四次以下."""


def _times(match: re.Match[str], text: str) -> _Times | None:
    if not match["frequency"]:
        return None
    found = _TIMES.match(text, match.end())
    value = number_value(found["times"]) if found else None
    if found is None or value is None:
        return None
    bound = bound_of(text, found.start("times"), found.end())
    bound = bound._replace(start=max(bound.start, match.end()))
    above = _AT_MOST.match(text, bound.end) if bound.sign == "+" and not found["most"] else None
    most = number_value((above or found)["most"] or found["times"])
    if above:
        bound = bound._replace(sign="", end=above.end())
    return _Times(
        value, value if most is None else most, found.start("times"), bound, not found["times"][0].isdigit()
    )


def _frequency(match: re.Match[str], times: _Times | None) -> _Read | None:
    count = match["every"] or match["every_plain"]
    every = number_value(count) if count else Decimal(1)
    if not every:
        return None
    cycle = every * _CYCLES[match["cycle"] or match["cycle_plain"]]
    least, most = (times.value, times.most) if times else (Decimal(1), Decimal(1))
    low, high = ((12 * number / cycle).quantize(Decimal("0.0001")) for number in (least, most))
    return Measure.FREQUENCY, "次/年", low, high


_CURRENCY = lazy_pattern(r"(?:人民币|[￥¥]|RMB)\s*$")
_CURRENCY_AFTER = lazy_pattern("[(]?人民币[)]?")


def _clock(match: re.Match[str]) -> _Read | None:
    hour = number_value(match["hour"])
    if hour is None or hour > 24:
        return None
    minute = Decimal(30) if match["thirty"] else number_value(match["minute"] or match["digital"] or "0")
    if match["part"] in ("下午", "晚上", "傍晚") and hour < 12:
        hour += 12
    value = hour + (minute or Decimal(0)) / 60
    return Measure.CLOCK, "时", value, value


def _bare_amount(match: re.Match[str]) -> _Read | None:
    """补贴3.5万: after a word of paying, ten thousands are of money."""
    value = number_value(match["bare"])
    return None if value is None else (Measure.AMOUNT, "元", value, value)


_READERS: dict[str, Callable[[re.Match[str]], _Read | None]] = {
    "per": _in_words,
    "below": _fraction,
    "denominator": _fraction,
    "tenths": _tenths,
    "half": lambda _: (Measure.PERCENTAGE, "%", Decimal(50), Decimal(50)),
    "hour": _clock,
    "bare": _bare_amount,
}
