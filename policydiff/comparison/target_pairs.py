"""Pairs the targets of the local document with those of the superior document, and decides which of the two is tighter."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from itertools import product

from rapidfuzz.fuzz import ratio

from policydiff.comparison.character_runs import character_runs
from policydiff.comparison.judged_sentences import POSSIBLE
from policydiff.lexicon.horizons import year_of
from policydiff.lexicon.measures import Measure, Quantity, bound_said, course_of, direction, wished
from policydiff.lexicon.numerals import number_value
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.quantities import find_quantities
from policydiff.model import Band, SentenceComparison, Target, TargetChange, TargetComparison, TargetKind
from policydiff.revision.pairing import assign

_ENOUGH = 0.45
_SAME_METRIC = 0.45
_SAME_VALUE = 0.02
"""Addition to the likeness (0…1) of two targets of equal value; it decides which two fines of one provision are paired."""
_AID = lazy_pattern("罚|补[助贴偿]|奖|资助|贴息|贷款")
"""Payments and grants, whose bounds make a duty neither stricter nor looser."""
_ONE_METRIC = 0.7
"""Likeness (0…1) of two metrics of one document from which they are one metric at two dates: 总部型企业 twice
(1) is one, 农村公路列养率 and 农村公路优良率 (0.6) are two."""
_LEAST_LIKE = 0.2
"""Likeness (0…1) of two metrics below which two goals are never paired, even with equal units or in a derived sentence."""
_SHARE = lazy_pattern("(?P<part>.*?)占(?!比)(?P<whole>.+?)(?:的?(?:比重|比例|比率|份额|百分比))?$")
_SHARE_WITHIN = lazy_pattern(
    "(?P<whole>[^，。；]{2,}?)(?<![其当])(?:中|内|里)的?(?P<part>[^，。；]{2,}?)(?:的?(?:占比|比重|比例|份额|百分比))$"
)
"""A share whose whole is named before the part: 财政收入中数字经济占比."""
_SAME_PART = 0.3
_SAME_WHOLE = 0.5
"""Likeness (0…1) of two wholes: 全区税收总收入 and 全市税收收入 (0.8) are one whole at two levels, 税收总收入 and 生产总值 (0.2) are two."""
_AREA = lazy_pattern("[全本该](?:[省市区县镇州]|国)|地区|区域")
_EXTENT = lazy_pattern(
    "中心城区|主城区|核心(?:城区|区)|建成区|规划区|(?<![中主])(?<!中心)城区|新城(?!镇)|[老旧]城|郊区|农村(?!公路|集体)|乡村(?!公?路|道|振兴)|城镇|城市(?!道路|轨道|更新|管理|运行)|[外内中]环(?:线?以?[内外])?"
    "|重点(?:区域|地区|园区|街镇|行业|企业)|示范区|开发区|园区|[一-鿿]{2}新区|(?:(?![各个])[一-鿿]){1,3}街道(?!办)|景区|库区|规模以上|规上|限额以上|新[建增]|既有|存量|公办|民办"
)
"""Words that limit the extent of a share or level; a share of the centre is no share of the whole city. 农村公路 is a kind of road."""
_SAME_EXTENT = {"规上": "规模以上", "乡村": "农村"}
_NAMED_ALIKE = 0.9
"""Likeness (0…1) of two metrics from which two bounds (漏损率低于8%, 漏损率低于9%) belong to one object, even in unlike sentences."""
_TAIL = 14
"""Characters at the end of a metric that name the counted object."""
_FAMILIES = [
    lazy_pattern(family)
    for family in (
        "国道|省道|县道|乡道|村道",
        "[一二三四五六甲乙丙]级",
        "城镇|城市|农村|乡村",
        "新建|改建|扩建|既有",
        "非?居住",
        "男|女",
        "增加值|税收|营业收入|营收|总?产值|投资|(?:就业|从业)人员|出口",
    )
]
"""Families of words; two different words of a family mark different objects."""
_RATE = lazy_pattern("(?P<kind>[一-鿿]{2})(?:率|占比|比重|比例|比率|密度|指数|程度|度)$")
_WITHIN = 8
"""Characters before the word for a rate in which the kind of the other rate may stand: 开放度 and 开放共享率,
签约率 and 签约服务覆盖率 (6) are of one kind; 覆盖率 and 开放率, 列养率 and 优良率 are of two."""
_NUMBER_OF = lazy_pattern("(?<=..)的?(?:总?数量?|个数|总量)$")
"""Words for the number of the objects that a metric names."""
_EACH = lazy_pattern("每(?![年月季周日天])|各(?=[街镇乡村社区县校园])|[人户亩地]均|单位|^[万亿]元")
_BOUNDS = frozenset({TargetKind.TARGET, TargetKind.THRESHOLD})
"""Kinds that match each other: a goal may be worded as a bound (不少于4.5个), and stays the goal if its metric is the same."""
_RATIO = lazy_pattern(r"(?P<many>\d[\d.]*):1|1:(?P<each>(?:[2-9]|\d\d)[\d.]*)")
"""A ratio with a plain order: 2.3:1, or one to many, where fewer is stricter, whether 不低于1:20 or
不高于1:20. In 床护比1:0.6 and 1:1.2 only the name shows which of the two is counted."""
_OF_NO_EXTENT = frozenset({Measure.PERCENTAGE, Measure.PERIOD, Measure.FREQUENCY, Measure.CLOCK})
"""Measures that do not grow with the area governed by a document."""
_OF_ONE = frozenset({"倍", "岁", "周岁", "学时", "课时"})
"""Units whose value does not grow with the area."""


def target_comparisons(
    local: Sequence[Target],
    superior: Sequence[Target],
    sentences: Sequence[SentenceComparison],
    *,
    same_level: bool = True,
) -> tuple[TargetComparison, ...]:
    """Return the targets of both sides: local ones in reading order, then targets of the superior without a local counterpart.

    Two targets are paired where their metrics are alike; the score is higher where the local sentence comes from the
    superior sentence. A minimum is never paired with a maximum, nor a share of one thing with a share of another.
    A metric with values at several dates is one row. Conditions, fines and grants are paired only where the local
    sentence may come from the superior one, because every fine is named 罚款. They are shown only where they have a
    counterpart, or where another figure of their superior provision has one and they were left out. Between
    areas of different levels (not `same_level`) a figure that grows with the area (a city's 1,000 parks, a
    district's 230) is neither tightened nor relaxed.
    """
    # The highest score of a local clause for a superior clause; sorting puts it last
    scored = (
        (sentence.clause, source.clause, source.score)
        for sentence in sentences
        if sentence.band is not Band.UNLIKELY
        for source in sentence.sources
    )
    links = {(local, above): score for local, above, score in sorted(scored)}
    here, there = _series(local), _series(superior)
    likeness = {
        (row, column): best
        for row, ours in enumerate(here)
        for column, theirs in enumerate(there)
        if (
            best := max(
                (_likeness(one, other, links), -x, -y)
                for x, one in enumerate(ours)
                for y, other in enumerate(theirs)
            )
        )[0]
        >= _ENOUGH
    }
    answer = dict(assign({pair: best[0] for pair, best in likeness.items()}))
    compared = []
    for row, ours in enumerate(here):
        if row in answer:
            theirs = there[answer[row]]
            _, x, y = likeness[row, answer[row]]
            nearest = [(ours[-x], theirs[-y])]
            pairs = product(ours, theirs) if len(ours) > 1 else ()
            dated = [(one, other) for one, other in pairs if one.deadline == other.deadline]
            compared.append(
                TargetComparison(
                    change=_change_of_all(dated or nearest, same_level=same_level),
                    local=ours[0],
                    superior=theirs[0],
                    local_later=tuple(ours[1:]),
                    superior_later=tuple(theirs[1:]),
                )
            )
        elif ours[0].kind is TargetKind.TARGET:
            compared.append(
                TargetComparison(change=TargetChange.NEW, local=ours[0], local_later=tuple(ours[1:]))
            )
    answered = set(answer.values())
    taken = {
        _provision(there[column][0])
        for row, column in answer.items()
        if here[row][0].kind is not TargetKind.TARGET
    }
    compared.extend(
        TargetComparison(change=TargetChange.MISSING, superior=theirs[0], superior_later=tuple(theirs[1:]))
        for column, theirs in enumerate(there)
        if column not in answered
        and (theirs[0].kind is TargetKind.TARGET or _provision(theirs[0]) in taken - {None})
    )
    return tuple(compared)


def _provision(target: Target) -> str | None:
    """Return the clause whose figures belong together (县道1万元, 乡道5000元, 村道3000元); None for fines, which share no metric."""
    return None if "罚" in target.metric else target.clause


def _series(targets: Sequence[Target]) -> list[list[Target]]:
    """Return the targets in rows; a row holds one metric and unit at different dates, in order of date."""
    rows: list[list[Target]] = []
    for target in targets:
        row = next((row for row in rows if _continues(row, target)), None)
        if row is None:
            rows.append([target])
        else:
            row.append(target)
            row.sort(key=lambda one: year_of(one.deadline) or 0.0)
    return rows


def _continues(row: Sequence[Target], target: Target) -> bool:
    first = row[0]
    dates = {year_of(one.deadline) for one in row}
    return (
        target.kind is first.kind is TargetKind.TARGET
        and _of_one_unit(target, first)
        and year_of(target.deadline) is not None
        and None not in dates
        and year_of(target.deadline) not in dates
        and _metric_likeness(first.metric, target.metric) >= _ONE_METRIC
        and not unlike(first, target)
    )


def _likeness(one: Target, other: Target, links: Mapping[tuple[str, str], float]) -> float:
    kinds = {one.kind, other.kind}
    linked = links.get((one.clause, other.clause), 0.0)
    apart = TargetKind.TARGET not in kinds and linked < POSSIBLE
    if apart and not _is_bound(one, other):
        return 0.0
    if len(kinds) > 1 and (
        kinds != _BOUNDS
        or (_metric_likeness(one.metric, other.metric) < _SAME_METRIC and not _taken_over(one, other, linked))
    ):
        return 0.0
    if not _of_one_unit(one, other) or _bound(one) * _bound(other) < 0 or unlike(one, other):
        return 0.0
    alike = _metric_likeness(one.metric, other.metric)
    likeness = 0.7 * alike + 0.7 * linked if not apart or alike >= _NAMED_ALIKE else 0.0
    if _compare_values(one, other) == 0:
        likeness += _SAME_VALUE
    first, second = year_of(one.deadline), year_of(other.deadline)
    if first is not None and second is not None:
        likeness -= 0.005 * min(10.0, abs(first - second))
    return likeness


def _taken_over(one: Target, other: Target, linked: float) -> bool:
    """Return whether a derived sentence says the same bound under a shortened name: 县道不低于13%、村道不低于8%."""
    return linked >= POSSIBLE and _bound(one) == _bound(other) != 0 and _compare_values(one, other) == 0


def unlike(one: Target, other: Target) -> bool:
    """Return whether two metrics count different things: shares of different wholes or parts, 县道 and 乡道."""
    first, second = (_SHARE.match(each.metric) or _SHARE_WITHIN.match(each.metric) for each in (one, other))
    if first is not None and second is not None:
        return (
            _of_other_class(first["part"], second["part"])
            or _words_alike(first["part"], second["part"]) < _SAME_PART
            or _words_alike(first["whole"], second["whole"]) < _SAME_WHOLE
        )
    if _of_other_class(one.metric[-_TAIL:], other.metric[-_TAIL:]) or _of_other_kind(
        one.metric, other.metric
    ):
        return True
    if one.unit == other.unit == "%" and course_of(one.metric, one.text) != course_of(
        other.metric, other.text
    ):
        return True
    if one.kind is TargetKind.TARGET:
        mine, theirs = _extents(one), _extents(other)
        apart = mine and theirs and not any(a in b or b in a for a in mine for b in theirs)
        return bool(apart) or _metric_likeness(one.metric, other.metric) < _LEAST_LIKE
    return False


def _extents(target: Target) -> set[str]:
    """Return the words that limit the counted objects (中心城区, 规模以上); empty for objects of the whole area."""
    return {_SAME_EXTENT.get(word, word) for word in _EXTENT.findall(target.metric)}


def _of_other_class(one: str, other: str) -> bool:
    """Return whether both texts name words of one family, and no common word."""
    for family in _FAMILIES:
        mine, theirs = (
            {_SAME_EXTENT.get(word, word) for word in family.findall(words)} for words in (one, other)
        )
        if mine and theirs and not mine & theirs:
            return True
    return False


def _of_other_kind(one: str, other: str) -> bool:
    """Return whether two metrics are rates of different kinds: 覆盖率 and 开放率."""
    first, second = _RATE.search(one), _RATE.search(other)
    if first is None or second is None:
        return False
    mine, theirs = first["kind"], second["kind"]
    before, beside = one[: first.end("kind")][-_WITHIN:], other[: second.end("kind")][-_WITHIN:]
    return not set(mine) & set(theirs) and mine not in beside and theirs not in before


def _words_alike(one: str, other: str) -> float:
    """Return the likeness (0…1) of two stretches without names of areas; 1.0 if either is empty."""
    one, other = _AREA.sub("", one), _AREA.sub("", other)
    return ratio(one, other) / 100 if one and other else 1.0


def _bound(target: Target) -> int:
    """Return 1 for a floor (以上), -1 for a ceiling (不超过), 0 for neither or for a range with both."""
    return 0 if "-" in target.value else bound_said(target.qualifier or "")


@lru_cache(maxsize=65_536)
def _metric_likeness(one: str, other: str) -> float:
    """Return the share (Dice, 0…1) of common characters and character pairs of two metrics; 公园数量 counts as 公园."""
    first, second = (character_runs(_NUMBER_OF.sub("", each)) for each in (one, other))
    size = sum(first.values()) + sum(second.values())
    return 2 * sum((first & second).values()) / size if size else 0.0


def _change_of_all(pairs: Sequence[tuple[Target, Target]], *, same_level: bool) -> TargetChange:
    """Return the change of one metric over all its dates; tightened at one date and relaxed at another is `changed`."""
    changes = {_change(*pair, same_level=same_level) for pair in pairs}
    told = changes - {TargetChange.KEPT} or changes
    return told.pop() if len(told) == 1 else TargetChange.CHANGED


def _change(one: Target, other: Target, *, same_level: bool) -> TargetChange:
    by_value = _compare_values(one, other)
    by_deadline = _compare_deadlines(one, other)
    if one.kind is TargetKind.TARGET and _extents(one) != _extents(other):
        return TargetChange.CHANGED
    if by_value == 0 and by_deadline == 0:
        return TargetChange.KEPT
    if (
        by_value is None
        or by_deadline is None
        or not (one.kind is other.kind is TargetKind.TARGET or _is_bound(one, other))
    ):
        return TargetChange.CHANGED
    if (
        by_value
        and not same_level
        and all(_grows_with_area(each) and _bound(each) >= 0 for each in (one, other))
    ):
        return TargetChange.CHANGED
    if _metric_likeness(one.metric, other.metric) < _SAME_METRIC or by_value * by_deadline < 0:
        return TargetChange.CHANGED
    return TargetChange.TIGHTENED if by_value + by_deadline > 0 else TargetChange.RELAXED


def _is_bound(one: Target, other: Target) -> bool:
    """Return whether two figures are bounds of a duty and can be stricter or looser (不低于40% → 不低于42%); never a fine or a grant."""
    return (
        {one.kind, other.kind} <= _BOUNDS
        and all(each.kind is TargetKind.TARGET or _bound(each) for each in (one, other))
        and not _AID.search(f"{one.metric}{other.metric}")
    )


def counts_an_area(one: Target, other: Target) -> bool:
    """Return whether two goals are totals of the areas of their documents, of which the smaller area has only a part."""
    return one.kind is other.kind is TargetKind.TARGET and _grows_with_area(one) and _grows_with_area(other)


def _grows_with_area(target: Target) -> bool:
    """Return whether a value counts objects in the whole area: 230座公园 does, 90% and 每千人8张 do not."""
    quantity = _quantity(target.value, target.unit)
    return (
        quantity is not None
        and quantity.measure not in _OF_NO_EXTENT
        and target.unit not in _OF_ONE
        and not target.metric.endswith("前")
        and not {*quantity.per} - {"年", "月", "日"}
        and _EACH.search(f"{target.metric}{target.text}") is None
    )


def _compare_values(one: Target, other: Target) -> int | None:
    """Return 1 if the local value asks for more, -1 for less, 0 for the same; None if undecided."""
    first, second = _quantity(one.value, one.unit), _quantity(other.value, other.unit)
    if (one.value, one.unit) == (other.value, other.unit):
        return 0
    if first is None or second is None:
        return None
    if (first.low, first.high) == (second.low, second.high) and first.unit == second.unit:
        return 0
    is_range = "-" in one.value
    way = direction(second, first) if is_range is ("-" in other.value) else None
    if way is None:
        return None
    if first.unit == "1:":
        return 1 if way == "higher" else -1
    better = wished(one.metric, one.text, one.qualifier, other.qualifier, first.measure, is_range=is_range)
    return better if way == "higher" else -better


@cache
def _quantity(value: str, unit: str) -> Quantity | None:
    """Return the value of a target in the base unit of its kind (1.5万亩 in square metres); unconverted if the unit is unknown."""
    if ratio := _RATIO.fullmatch(value):
        size = Decimal(ratio["many"]) if ratio["many"] else 1 / Decimal(ratio["each"])
        return Quantity(0, len(value), value, Measure.PERCENTAGE, "1:" if ratio["each"] else ":1", size, size)
    found = list(find_quantities(f"{value}{unit}"))
    if len(found) == 1:
        return found[0]
    low, _, high = value.partition("-")
    first, last = number_value(low), number_value(high or low)
    if first is None or last is None:
        return None
    return Quantity(0, len(value), value, Measure.COUNT, unit, first, last)


def _of_one_unit(one: Target, other: Target) -> bool:
    first, second = _quantity(one.value, one.unit), _quantity(other.value, other.unit)
    if first is None or second is None:
        return one.unit == other.unit
    return first.measure is second.measure and (
        first.unit == second.unit or direction(first, second) is not None
    )


def _compare_deadlines(one: Target, other: Target) -> int | None:
    """Return 1 if the local deadline is earlier, -1 if later, 0 if equal or both missing; None if undecided."""
    if one.deadline == other.deadline:
        return 0
    first, second = year_of(one.deadline), year_of(other.deadline)
    if first is None or second is None:
        return None
    return (first < second) - (first > second)
