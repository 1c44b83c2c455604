"""The differing values and points in time of two parts."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import zip_longest
from typing import NamedTuple, TypeVar

from policydiff.lexicon import horizons as times, measures
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.quantities import find_quantities
from policydiff.lexicon.shortest_edits import common_share
from policydiff.lexicon.value_bounds import role_of
from policydiff.lexicon.widths import fold_words
from policydiff.model import Direction, Signal, SignalType
from policydiff.substance.alignment import Sides, make_signal, place_of
from policydiff.substance.canonical import Canonical, time_writing, value_writing
from policydiff.substance.counterparts import are_capped, rules_behind, spares, way_of_attribute
from policydiff.substance.features import is_condition
from policydiff.substance.offices import STRUCK
from policydiff.substance.provisions import QUANTITY_TYPES
from policydiff.substance.weighing import AT_LEAST, AT_MOST, BARE_VALUE, ONE_THING, TERM

FLOORS = frozenset("+>")
CEILINGS = frozenset("-<")
"""Signs of `Quantity.bound` that set an upper limit."""


_T = TypeVar("_T")


class Range(NamedTuple):
    """One quantity, or two quantities that bound a range (一万元以上五万元以下)."""

    low: measures.Quantity
    high: measures.Quantity

    def same(self, other: "Range") -> bool:
        """Return whether both ranges are equal."""
        return self.low.same(other.low) and self.high.same(other.high)

    def alike(self, other: "Range") -> bool:
        """Return whether one range can have replaced the other."""
        return measures.are_alike(self.low, other.low)

    @property
    def is_one(self) -> bool:
        """Whether the range is a single quantity."""
        return self.low is self.high

    @property
    def is_point(self) -> bool:
        """Whether the range is a single value, without a bounding word such as 以上 or 不超过."""
        return self.is_one and not self.low.bound and self.low.low == self.low.high

    @property
    def reach(self) -> tuple[Decimal | None, Decimal | None]:
        """The least and the greatest allowed value; None for an open end."""
        bound = self.low.bound if self.is_one else ""
        return (None if bound in CEILINGS else self.low.low, None if bound in FLOORS else self.high.high)


def ranges(side: Canonical, measure: measures.Measure) -> list[Range]:
    """Return the quantities of one measure in order; the two ends of a range form one `Range`."""
    found: list[Range] = []
    for each in side.quantities:
        if each.as_share.measure is not measure:
            continue
        last = found[-1] if found else None
        if (
            last is not None
            and last.is_one
            and last.low.bound in FLOORS
            and each.bound in CEILINGS
            and (each.unit, each.per) == (last.low.unit, last.low.per)
            and last.low.outer_end == each.outer_start
        ):
            found[-1] = Range(last.low, each)
        else:
            found.append(Range(each, each))
    return found


def quantities(sides: Sides) -> Iterator[Signal]:
    """Yield the differing quantities, of each measure paired in order if they belong to one object; either end of a range may differ."""
    if not (sides.old.quantities or sides.new.quantities):
        return
    present = {each.as_share.measure for side in (sides.old, sides.new) for each in side.quantities}
    for measure in measures.Measure:
        if measure not in present:
            continue
        counted = ranges(sides.old, measure), ranges(sides.new, measure)
        if len(counted[0]) != len(counted[1]):
            counted = _with_ones(sides.old, counted, measure, 0), _with_ones(sides.new, counted, measure, 1)
        for before, after in _differing(sides, *counted):
            if before and after and before.alike(after) and _of_one_thing(sides):
                yield from ends(sides, before, after)
                continue
            yield from _alone(sides, before, None)
            yield from _alone(sides, None, after)


def _alone(sides: Sides, old: Range | None, new: Range | None) -> Iterator[Signal]:
    """Yield a one-sided quantity, unless it only stands in a neighbouring part of the counterpart."""
    found = old or new
    if found is None or all(_beside(sides, value_writing(end), is_old=old is not None) for end in found):
        return
    at_once = _at_once(sides, old, new)
    kind = QUANTITY_TYPES[found.low.measure]
    way = way_of_attribute(sides, stretch(found))
    yield at_once or make_signal(sides, kind, way, old and stretch(old), new and stretch(new))


def _at_once(sides: Sides, old: Range | None, new: Range | None) -> Signal | None:
    """Return a signal if a term replaced 立即, a cycle replaced 实时, or the reverse: more time is left, or less."""
    found, (own, other) = (old, (sides.old, sides.new)) if old else (new, (sides.new, sides.old))
    if found is None or found.low.measure not in _EXTREMES or _lasts(own.part.text, found.low):
        return None
    word = (extreme := _EXTREMES[found.low.measure]).search(other.part.text)
    if word is None or len(extreme.findall(own.part.text)) >= len(extreme.findall(other.part.text)):
        return None
    if word[0].startswith("当") and word[0] != "当场" and found.high.unit == "时":
        return None  # within the day, within 24 hours
    places = (stretch(found), word.span()) if old else (word.span(), stretch(found))
    kind = QUANTITY_TYPES[found.low.measure]
    way = "higher" if (old is None) == (kind is SignalType.PERIOD) else "lower"
    return make_signal(sides, kind, way, *places)


AT_ONCE = lazy_pattern("立即|立刻|即时|即刻|马上|随即|(?<!应)当即|第一时间|当场|当[日天]")
"""At once or within the day: shorter than any counted term."""
ALWAYS = lazy_pattern("实时|即时|随时|全天候|全时段|不间断|不停歇")
_EXTREMES = {measures.Measure.PERIOD: AT_ONCE, measures.Measure.FREQUENCY: ALWAYS}
"""Words that ask for less time than any term, and for more often than any cycle: 实时上传 → 每日上传 asks for less."""


def _with_ones(
    side: Canonical, counted: tuple[list[Range], list[Range]], measure: measures.Measure, own: int
) -> list[Range]:
    """Return the quantities of side `own`, including 一个 if the other side counts more of the same unit: 限报一个 → 限报两个."""
    units = {each.low.unit for each in counted[1 - own]} - {each.low.unit for each in counted[own]}
    if not units or "一" not in side.part.text:
        return counted[own]
    ones = [
        Range(each, each)
        for each in find_quantities(side.part.text, with_one=True)
        if each.as_share.measure is measure and each.unit in units and each.low == each.high == 1
    ]
    return sorted([*counted[own], *ones], key=lambda each: each.low.start)


def _beside(sides: Sides, writing: str, *, is_old: bool) -> bool:
    """Return whether the opposite sentence holds the value at least as often as its own sentence."""
    own, other = sides.around if is_old else sides.around[::-1]
    return 0 < own.count(word := fold_words(writing)) <= other.count(word)


def stretch(found: Range) -> tuple[int, int]:
    """Return the span of a quantity or range in its part, including a following rate: 0.1元/千瓦时."""
    return _shown(found.low)[0], _shown(found.high)[1]


def _shown(found: measures.Quantity) -> tuple[int, int]:
    """Return the span of a quantity, including its counting base: 0.1元/千瓦时, 每亩500元."""
    return (found.outer_start, found.outer_end) if found.per else (found.start, found.end)


def _with_rest(found: measures.Quantity) -> tuple[int, int]:
    """Return the span of a quantity, including words of it that stand apart: 每人每月 in 每人每月补贴200元."""
    told = [each for each in (found.told_start, found.told_end) if each >= 0]
    return min([found.outer_start, *told]), max([found.outer_end, *told])


def ends(sides: Sides, before: Range, after: Range) -> Iterator[Signal]:
    """Yield the differing ends of two ranges; of two single quantities, their one difference."""
    if _opens_or_closes(before, after):
        yield _reaching(sides, before, after)
        return
    if before.is_one and after.is_one:
        yield _value(sides, before.low, after.low)
        return
    ends = ((before.low, after.low), (before.high, after.high))
    differ = [
        (old, new) for old, new in ends if (old.unit, old.low, old.high) != (new.unit, new.low, new.high)
    ]
    if not differ:  # 一万元以上五万元以下, 超过一万元不满五万元
        yield make_signal(sides, QUANTITY_TYPES[before.low.measure], None, stretch(before), stretch(after))
    told = [_value(sides, old, new) for old, new in differ]
    if len(told) > 1 and told[0].direction is told[1].direction is not Direction.CHANGED:
        both = make_signal(sides, told[0].type, told[0].direction, stretch(before), stretch(after))
        told = [both.model_copy(update={"weight": max(each.weight for each in told)})]
    yield from told


def _opens_or_closes(before: Range, after: Range) -> bool:
    """Return whether only one side has a floor or a ceiling (五千元以上三万元以下 → 三万元以下)."""
    if before.is_point or after.is_point:
        return False
    return [end is None for end in before.reach] != [end is None for end in after.reach]


def _reaching(sides: Sides, before: Range, after: Range) -> Signal:
    """Return the signal of two ranges of which one has an open end: a removed floor means lower, a removed ceiling higher."""
    way = None
    if (before.low.unit, before.low.per) == (after.low.unit, after.low.per):
        least, most = Decimal("-Infinity"), Decimal("Infinity")
        (old_low, old_high), (new_low, new_high) = (
            (least if low is None else low, most if high is None else high)
            for low, high in (before.reach, after.reach)
        )
        if new_low >= old_low and new_high >= old_high:
            way = "higher"
        elif new_low <= old_low and new_high <= old_high:
            way = "lower"
    places = ((_bounded(each.low)[0], _bounded(each.high)[1]) for each in (before, after))
    signal = make_signal(sides, QUANTITY_TYPES[before.low.measure], way, *places)
    return _as_least(signal, sides, before.low, after.low)


def _value(sides: Sides, before: measures.Quantity, after: measures.Quantity) -> Signal:
    way = measures.direction(before, after)
    place = _shown
    if (before.low, before.high, before.unit, before.per) == (after.low, after.high, after.unit, after.per):
        way = None if before.bound == after.bound else _bound_direction(before.bound, after.bound)
        place = _bounded
    elif before.text == after.text:  # 每年开展两次 and 每年开展一次, 每月补贴200元 and 每年补贴200元
        place = _with_rest
    factor = float(_factor(before, after))
    signal = make_signal(
        sides, QUANTITY_TYPES[before.measure], way, place(before), place(after), factor=factor
    )
    return _as_least(signal, sides, before, after)


def _as_least(signal: Signal, sides: Sides, before: measures.Quantity, after: measures.Quantity) -> Signal:
    """Return the signal, its detail set for a minimum duration (longer is stricter), a binding ceiling or size (lower is stricter), or a term."""
    parts = ((sides.old.part.text, before), (sides.new.part.text, after))
    words = [text[: found.start] for text, found in parts]
    from_size = all(
        _BINDS_FROM.match(text, found.end) or _OF_EACH.match(text, max(0, found.start - 1))
        for text, found in parts
    )
    if signal.type is not SignalType.PERIOD:
        capped = are_capped(words, sides.around, bounded={before.bound, after.bound} <= CEILINGS)
        capped |= from_size or _frees(sides, before, after)
        return signal.model_copy(update={"detail": AT_MOST}) if capped else signal
    if all(_TERM.search(text[-_NEAR:]) for text in words):
        return signal.model_copy(update={"detail": TERM})
    lasts = bool({before.bound, after.bound} & FLOORS) or all(_lasts(*part) for part in parts)
    lasts |= all(map(_OF_BENEFIT[0].search, words)) and all(map(_OF_BENEFIT[1].search, sides.around))
    return signal.model_copy(update={"detail": AT_LEAST}) if lasts else signal


def _frees(sides: Sides, before: measures.Quantity, after: measures.Quantity) -> bool:
    """Return whether the values are a size that frees from a rule: a floor of those bound (十人以上的，应当), a ceiling of those spared."""
    bounds, cases = {before.bound, after.bound}, ((sides.old, before), (sides.new, after))
    if not all(
        is_condition(side.part.text) or _SIZED.match(side.part.text, size.end) for side, size in cases
    ):
        return False
    spared = spares(sides)
    if bounds <= CEILINGS:
        return all(spared)
    return bounds <= FLOORS and not any(spared) and all(map(_BINDS.match, rules_behind(sides)))


_SIZED = lazy_pattern("及?以上的?[^，。；]{1,8}$")
_BINDS = lazy_pattern("[^㊂㊃]{0,24}?(?:[㊀㊁]|应当|必须|不得|禁止|责令|处|罚|没收|吊销)")
"""The rule behind a case, if it binds or punishes; ㊀ and ㊁ are the signs of duties and bans, ㊂ and ㊃ of permissions and encouragements."""
_BINDS_FROM = lazy_pattern("(?:及?以上)?的[^，。；]{1,20}(?:应当|必须|须|不得)")
_OF_EACH = lazy_pattern(
    "每?[^，。；]{1,8}(?<=[名人户家米里公顷亩个位张辆栋])[^，。；]{0,8}?(?:至少|不少于|应当|必须)?(?:配备|配置|配建|设置|设立)"
)
"""A number of people or things for each of which something is provided: 每五十名学生至少配备一名教师."""
_TERM = lazy_pattern("有效期|任期|试行期|聘期|存续期")
"""Duration of a text's force or of an office; a shorter duration is neither stricter nor looser."""


def _lasts(text: str, found: measures.Quantity) -> bool:
    """Return whether a time is a minimum duration; a term to act in (自公告之日起三十日内) is not."""
    before, after = text[: found.start], text[found.end : found.end + _NEAR]
    if _WITHIN.match(after):
        return _BANNED.search(after) is not None
    return _LASTING.search(before[-_NEAR:] + after) is not None


_OF_BENEFIT = (
    lazy_pattern(
        "(?<!审核|受理|办理|办结|验收|答复|拨付|申请|发放|审批|整改|处理|公示|核查|评审)(?<![核理结收复付请放批改示查审]的)(?:期限?|期间|年限|时间)(?:最长|累计)?(?:为|不得?超过)?[^，。；]{0,2}$"
    ),
    lazy_pattern("补贴|补助|减免|减半|贴息|贷款|资助|免租|租金|优惠|津贴|免费"),
)
"""Before the time that a benefit lasts, and in its sentence: 给予贷款, 期限不超过三年."""
_WITHIN = lazy_pattern("(?:以|之)?内")
_BANNED = lazy_pattern("不得(?![超少低高多晚迟])|禁止|不予")
_LASTING = lazy_pattern(
    "保存|保管|留存|存档|(?:公示|公告|张贴)(?!之日)|徒刑|拘役|拘留|管制|停业|停产|停职|暂扣|禁止|禁入|隔离|休息|产假|假期|质保|保修|(?:补[贴助]|资助|减免|贴息|免租|优惠|津贴)期"
)
"""Objects that must last: kept records, posted notices, punishments, bans, leaves and benefits."""


def _of_one_thing(sides: Sides) -> bool:
    """Return whether the values of two parts may belong to one object; a share of value added is no share of taxes."""
    one, other = sides.old.shape, sides.new.shape
    if len(one) <= BARE_VALUE or len(other) <= BARE_VALUE:
        one, other = sides.settings
    return common_share(one.replace(STRUCK, ""), other.replace(STRUCK, "")) >= ONE_THING


def _bounded(found: measures.Quantity) -> tuple[int, int]:
    """Return the span of a quantity with its bounding words and the repetition of its cycle."""
    start, end = min(found.start, found.outer_start), max(found.end, found.outer_end)
    return start, max(end, found.told_end)


def _factor(before: measures.Quantity, after: measures.Quantity) -> float:
    if before.unit != after.unit or not before.high or not after.high:
        return 1.0
    ratio = after.high / before.high
    return float(ratio if ratio > 1 else 1 / ratio)


def _bound_direction(old: str, new: str) -> str | None:
    if "~" in old + new:
        return "lower" if new == "~" else "higher"
    if not old or not new:
        return None
    return "higher" if _BOUNDS.index(new) > _BOUNDS.index(old) else "lower"


_BOUNDS = "<-+>"
"""Bounds of one value in rising order: below, up to, from, above."""


def _differing(
    sides: Sides, old: Sequence[Range], new: Sequence[Range]
) -> Iterator[tuple[Range | None, Range | None]]:
    """Yield the quantities without an equal on the other side, paired in order, or by counted objects if each counts its own."""
    counted = [
        [part.part.text[stretch(each)[1] :][:_COUNTED] for each in found]
        for part, found in ((sides.old, old), (sides.new, new))
    ]
    if len(old) > 1 and counted[0] == counted[1] and len(set(counted[0])) == len(old):
        # 10个片区、50个村 → 2个片区、10个村: the two tens count different objects
        yield from ((one, other) for one, other in zip(old, new, strict=True) if not one.same(other))
        return
    gone, left = _without_equals(
        [(one, role_of(sides.old.part.text, one.low)) for one in old],
        [(one, role_of(sides.new.part.text, one.low)) for one in new],
        lambda one, other: one[0].same(other[0]) and one[1] == other[1],
    )
    for role in {role for _, role in gone} & {role for _, role in left}:
        pairs = zip(*([one for one in side if one[1] == role] for side in (gone, left)), strict=False)
        for before, after in pairs:
            gone.remove(before)
            left.remove(after)
            yield before[0], after[0]
    if "by" in {role for _, role in (*gone, *left)}:
        yield from ((one, None) for one, _ in gone)
        yield from ((None, other) for other, _ in left)
        return
    for before, after in zip_longest(gone, left):
        yield before and before[0], after and after[0]


def _without_equals(
    old: Iterable[_T], new: Iterable[_T], same: Callable[[_T, _T], bool]
) -> tuple[list[_T], list[_T]]:
    """Return the members of both sides that have no equal member left on the other side."""
    gone, left = [], list(new)
    for one in old:
        equal = next((other for other in left if same(one, other)), None)
        if equal is None:
            gone.append(one)
        else:
            left.remove(equal)
    return gone, left


_COUNTED = 3
"""Characters after a value that identify the counted object: 示范片区, 示范村."""


def horizons(sides: Sides) -> Iterator[Signal]:
    """Yield the differing points in time, paired in order."""
    unequal = _without_equals(sides.old.horizons, sides.new.horizons, lambda one, other: one.key == other.key)
    for before, after in zip_longest(*unequal):
        if before and after and _of_one_thing(sides):
            way = times.direction(before, after)
            yield make_signal(sides, SignalType.DEADLINE, way, place_of(before), place_of(after))
            continue
        for old, new in ((before, None), (None, after)):
            if (found := old or new) and not _beside(sides, time_writing(found), is_old=old is not None):
                place = place_of(old) if old else None, place_of(new) if new else None
                yield make_signal(sides, SignalType.DEADLINE, None, *place)


_NEAR = 12
"""Characters on either side of a figure among which stands what has to last."""
