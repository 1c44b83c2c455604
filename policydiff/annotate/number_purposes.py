"""Purpose of a number in a measure: a goal, a condition, a grant, or only a statement of fact."""

import re
from collections.abc import Callable
from typing import NamedTuple

from policydiff.annotate.candidates import Quantity, UnitKind
from policydiff.lexicon.patterns import Words, lazy_pattern
from policydiff.model import Span, TargetKind

_WORDS = Words("policydiff.annotate", "goals")
_AGES = ("岁", "周岁")
_WORKING_DAYS = ("个工作日", "工作日", "个交易日", "个自然日")
_BOUNDS = ("以上", "以下", "以内", "之内")
_MONEY_OR_SHARE = ("元", "%", "倍", "个月")
_REACH = 400
"""Characters on either side of a quantity searched for its purpose; longer than any half-sentence, so this only limits time."""


class Context(NamedTuple):
    """A quantity with the words around it."""

    words: str
    sentence: Span
    part: Span
    """Between two commas."""
    own_start: int
    """Where the words of this quantity begin: the part, or the end of the quantity before it in the part."""
    quantity: Quantity
    after_end: int
    """End of the quantity with its qualifiers."""
    has_deadline: bool
    """Whether a deadline precedes the quantity in its sentence."""
    is_governed: bool
    """Whether any deadline governs it."""
    is_statute: bool = False
    """Whether the text is a statute, where only a deadline makes a number a goal."""
    moved: Span | None = None
    """Place of the words that name a quantity moved from a baseline: 公园数量 in 公园数量从438座增加到1000座."""

    @property
    def before(self) -> str:
        """Words before the quantity in its part of the sentence, at most `_REACH` characters."""
        return self.words[max(self.part.start, self.quantity.start - _REACH) : self.quantity.start]

    @property
    def lead(self) -> str:
        """Up to 40 characters of its sentence before it."""
        return self.words[max(self.sentence.start, self.quantity.start - 40) : self.quantity.start]

    @property
    def qualified(self) -> str:
        """Words between the unit and the end of the qualifiers: 以上, 床位及以上."""
        return self.words[self.quantity.end : self.after_end]

    @property
    def after(self) -> str:
        """Words of the sentence behind the quantity and its qualifiers, as far."""
        return self.words[self.after_end : min(self.sentence.end, self.after_end + _REACH)]

    @property
    def is_counted(self) -> bool:
        """Whether things are counted, not measured."""
        return self.quantity.kind is UnitKind.COUNT

    @property
    def is_duration(self) -> bool:
        """Whether the quantity is a length of time or an age."""
        return self.quantity.kind is UnitKind.DURATION


def kind_of(context: Context) -> TargetKind | None:
    """Return the purpose of the quantity by the first matching rule; None for a mere statement.

    A quantity in brackets on whether the quantity before is included (3个月以内（含3个月）) sets nothing itself.
    """
    if _INCLUDED.search(context.words[max(context.quantity.start - 3, 0) : context.quantity.start]):
        return None
    kind = next((kind for holds, kind in _RULES if holds(context)), None)
    if kind is TargetKind.TARGET and context.is_statute and not context.is_governed:
        return TargetKind.THRESHOLD
    return kind


_INCLUDED = lazy_pattern("[（(]不?含$")
_FROM = lazy_pattern(r"[从由比较自] [^，。；]{0,30} $", re.VERBOSE)
_MOVES_ON = _WORDS.phrase(r"[^，。；\d]{0,6} [，,]? [^，。；\d]{0,6} {moves} [^，。；\d]{0,6}? [到至为]")


def _is_baseline(context: Context) -> bool:
    """Whether the quantity is the value before a change: 2000 in 由2000户提高到3000户."""
    return _FROM.search(context.before) is not None and _MOVES_ON.match(context.after) is not None


def moved_from(context: Context) -> Span | None:
    """Return the place of the words that name the quantity moved from a baseline; None if the quantity is no baseline."""
    found = _FROM.search(context.before) if _is_baseline(context) else None
    start = context.quantity.start - len(context.before)
    return None if found is None else Span(context.part.start, start + found.start())


def penalty_of(context: Context) -> str | None:
    """Return the punishment measured by a quantity (罚款); None if it measures none."""
    if not _is_penalty(context):
        return None
    found = _PENALTY_NAME.search(context.after) or _PENALTY_NAME.search(context.before)
    return found[0] if found is not None else None


_BEFORE_TERM = lazy_pattern("[之以]?前")
_WITHIN = lazy_pattern("[之以]?内")
_SINCE = lazy_pattern(r"(?: (?:之日 | 之?后 | 次日)起? [^，。；]{0,3} | 每)$", re.VERBOSE)
_DUE = lazy_pattern(r"(?:应当? | 必?须) (?:[在于] | 当场)? $", re.VERBOSE)


def _is_term(context: Context) -> bool:
    """A time within or before which something is to be done: 自受理之日起15日内答复, 届满的30日前申请."""
    if not context.is_duration or context.quantity.unit in _AGES or _is_reached(context):
        return False
    following = context.words[context.quantity.end : context.quantity.end + 2]
    if _BEFORE_TERM.match(following):
        return True
    if not _WITHIN.match(following):
        return False
    return (
        context.quantity.unit in _WORKING_DAYS
        or _SINCE.search(context.before) is not None
        or _DUE.search(context.before) is not None
    )


_MEETS_IT = _WORDS.phrase(
    r"""
    ^ 的 [^，。；]{1,14} (?: 给予 | 予以 | 可以? (?=[按申享给]) )
  | ^ [^，,。；]{0,30}? 的 [，,] {duties}
  | ^ [^。；]{0,60}? [的后] [，,、] [^。；]{0,30}? {consequences}
    """
)


def _is_condition(context: Context) -> bool:
    """Whether the number is a condition for a benefit: 年产值超过1亿元的，给予奖励; 1亿元的企业可以申请."""
    return _MEETS_IT.search(context.after) is not None


_OWN_PARTS = _WORDS.phrase(r"[^，。；、]{0,12}? {own_parts} (?: [^\u4e00-\u9fff] | $ )")
_COUNTS_PARTS = _WORDS.phrase("{counts_parts} $")


def _is_own_part(context: Context) -> bool:
    """Parts of the document or of a scheme, and 1次, an article in all but name: 提出28项措施, 重点任务（共12项）."""
    if not context.is_counted:
        return False
    if (context.quantity.value, context.quantity.unit) == ("1", "次"):
        return True
    return _OWN_PARTS.match(context.after) is not None or _COUNTS_PARTS.search(context.before) is not None


_PENALTY_BEFORE = lazy_pattern("(?:(?<!查)处(?![理置所在方长])|罚款|罚金)[^，。；]{0,10}$")
_PENALTY_AFTER = _WORDS.phrase("[^，。；]{0,12} 的? {penalties}")


_PENALTY_NAME = _WORDS.phrase("{penalties}")


def _is_penalty(context: Context) -> bool:
    """A punishment: 处50000元以上100000元以下的罚款, 10日以下拘留."""
    return (
        _PENALTY_BEFORE.search(context.before) is not None or _PENALTY_AFTER.match(context.after) is not None
    )


_BOUND_WITHOUT_DATE = _WORDS.phrase("(?: (?<!不)(?<!不得) {exceeded} | {required} [^，。；、]{0,20} ) $")


def _bounds_without_date(context: Context) -> bool:
    """Whether, without a date by when, a bound is passed or something must be had: 缺席超过3次取消资格, 应有5名以上执业医师."""
    return not context.is_governed and _BOUND_WITHOUT_DATE.search(context.before) is not None


_PREFERRED = lazy_pattern(r"优先 (?:支持 | 安排 | 考虑 | 推荐) [^，。；]* $", re.VERBOSE)
_RELIEF = _WORDS.phrase("(?: 最长 | 最高 | 最多 )? 可以? {allowed} | 减按 | 按$ | 再给予")
_GRANTED = _WORDS.phrase(
    r"""
    ^ [^，。；]{0,6}? 的? [^，。；的\d]{0,8}? {granted}      # 500万元的一次性奖励
  | ^ .{0,4} (?: 给予 | 予以 )                               # 按投资额的10%给予补助
  | ^ .{0,3} 的? (?: 标准 | 税率 | 比例 ) [^，。；]{0,4} {levied}   # 按15%的税率征收
    """
)
_GRANTS = _WORDS.phrase("(?! 发放 [^，。；]{0,12} (?: 贷款 | 信贷 | 债券 ) ) {grants}")
_TOLD_APART = _WORDS.phrase("的? (?!目标) {told_apart}")


def _is_grant(context: Context) -> bool:
    """Money given or dues remitted: 给予最高500万元奖励, 减按15%的税率; and who comes first: 优先支持10家企业."""
    lead, after = context.lead, context.after
    if context.is_counted:
        return _PREFERRED.search(lead[-20:]) is not None
    if _RELIEF.search(lead[-8:]):
        return True
    if not context.quantity.unit.endswith(_MONEY_OR_SHARE):
        return False
    if _GRANTED.search(after):
        return True
    near = lead.rpartition("的，")[2] or lead
    return _GRANTS.search(near[-24:]) is not None and not _TOLD_APART.match(after)


_FACT = _WORDS.phrase(r"{facts} | {done} | 已 {makes} | (?<!为)了(?!解) | 以下\d | 20\d\d年 [^，,。]{0,6} 的")


def _is_fact(context: Context) -> bool:
    """Whether the number is a present or past fact; never after a deadline: 现有企业39家, 建成了10个园区, 2019年的500亿元."""
    return not context.has_deadline and _FACT.search(context.before) is not None


def _tells_apart(context: Context) -> bool:
    """Whether the number describes the persons or things meant: 50人以上单位, 100万元以下的小微企业."""
    return context.qualified != "" and _TOLD_APART.match(context.after) is not None


def _is_attribute(context: Context) -> bool:
    """Whether the number is a bound that describes the objects: 全部消除收入5万元以下的薄弱村."""
    is_bounded = context.qualified[-2:] in ("以上", "以下") and context.after[:1] == "的"
    return is_bounded and not context.is_counted and not _is_reached(context)


_TIME_TAKEN = lazy_pattern(r"(?: 用 | 利用 | 经过 | 通过 ) [^，。；]{0,2} $", re.VERBOSE)


def _is_horizon(context: Context) -> bool:
    """Whether the number is the duration of the whole plan: 力争用5年左右时间."""
    is_time = context.is_duration and context.after.startswith(("时间", "的时间"))
    return is_time and _TIME_TAKEN.search(context.before) is not None


_SPAN_OF_TIME = _WORDS.phrase("{spans_of_time} [^，。；（(]{0,4} $")
_LIMIT = _WORDS.phrase("不得? {bounds} | 最[高低多少长短] | 满(?!足) | {limits}")


def _is_limit_of_time(context: Context) -> bool:
    """Whether the number is an age, or a time that an object has, needs or may take: 有效期5年, 年满60周岁, 从业3年以上."""
    if not context.is_duration or _SINCE.search(context.before) or _is_reached(context):
        return False
    if _SPAN_OF_TIME.search(context.before):
        return True
    return (
        context.quantity.unit in _AGES
        or context.qualified != ""
        or _LIMIT.search(context.before[-12:]) is not None
        or context.after.startswith(("的", "内", "期", "有效"))
    )


_REACHING = _WORDS.phrase(r"(?: {reached} | {reached_weakly} | {between} | \s )+ $")
_REACHED = _WORDS.phrase("{reached}")


def _is_reached(context: Context) -> bool:
    """Whether the number is a value to be reached: 规模达到4000亿元, 办理时间缩短至3天, 新增5家."""
    reaching = _REACHING.search(context.before)
    return reaching is not None and _REACHED.search(reaching[0]) is not None


SHARE_THAT_REACHES = lazy_pattern(
    r"(?:及?以上|左右)?的(?P<thing>[^，,。；;\d]{1,14}?)(?P<state>(?:达到|实现|完成|建成|纳入|符合|通过|创建)[^，,。；;]{2,20})"
)
"""The share of objects that reach a state: 70%以上的面积达到海绵城市建设要求."""


def _is_share_that_reaches(context: Context) -> bool:
    """Whether the number is the share of objects that reach a state by a day: 到2025年，60%以上的村建成美丽乡村."""
    share = context.is_governed and context.quantity.unit == "%"
    return share and SHARE_THAT_REACHES.match(context.words, context.quantity.end) is not None


_OF_EACH = lazy_pattern(
    r"(?:^|[、和及与]) [^，。；：\d]{0,12} (?: [人户亩地]均 | 每 [十百千万]+ (?: 名 | 人口? | 户 | 常住人口 | 老年人 | 儿童 )) [^，。；：\d的]{2,16} $",
    re.VERBOSE,
)


def _is_level(context: Context) -> bool:
    """Whether the number is an amount for each person or unit, and neither grant nor fact: 人均公园绿地面积9平方米, 每千人口执业医师数3.6人."""
    level = _OF_EACH.search(context.before) and _ENDS_ITS_PART.match(context.after)
    return bool(level) and not (_is_grant(context) or _is_fact(context))


def _is_mere_time(context: Context) -> bool:
    """Whether the number is any other length of time: 培训7天."""
    return context.is_duration


def _has_deadline(context: Context) -> bool:
    """A number with a date by when before it in its sentence: 到2025年，企业1000家."""
    return context.has_deadline


def _is_share(context: Context) -> bool:
    """A rate, or all of them, but not the whole of a sum (工资的100%): 抽检合格率90%以上, 社区民警100%配备终端."""
    if context.quantity.unit != "%":
        return False
    return context.before.endswith("率") or (context.quantity.value == "100" and context.before[-1:] != "的")


_MAKES = _WORDS.phrase("{makes}")


def _is_made(context: Context) -> bool:
    """Things to be made or done: 培育10家龙头企业."""
    goes_on = context.before.startswith(("以及", "并", "和", "及"))
    return (
        context.is_counted and _MAKES.search((context.lead if goes_on else context.before)[-24:]) is not None
    )


_WORKED_OVER = lazy_pattern(
    "(?:米|公里|千米|里|亩|公顷|顷|吨|方|立方|斤|千瓦|千瓦时|兆瓦|升|度|标准煤|千伏安)$"
)
"""Units of length, area, mass and capacity, in which works are measured."""
_WORKS = _WORDS.phrase(
    r"[^，。；：、\d]{0,8}? {works}+ (?! [后前时中费用率规] ) (?P<over>[^，。；：\d的]{0,24})"
)
_RAISES = _WORDS.phrase(r"[^，。；：、\d]{0,8}? {raises}+ (?P<over>[^，。；：\d的]{0,24})")
_MONEY = ("亿元", "万元", "亿美元", "万美元")
_LISTED = lazy_pattern(r"(?: 、 | [和与及] | 以及 ) [^，。；：\d的]{2,16}", re.VERBOSE)
_DESCRIBED = lazy_pattern(
    "[宽高深厚]度|红线|间距|距离|半径|直径|坡度|规模|占地|建设用地|(?:建筑|用地|总)面积|超过|每|最[大小高低]|单[个体]"
)
"""Words for the size or place of an object, not for the amount made: 道路红线宽度12米."""
_ENDS_ITS_PART = lazy_pattern(
    r"\s* (?: [，,、；;。（(）)] | [和与及] | 以及 | 以上 \s* (?: [，,；;。] | $ ) | $ )", re.VERBOSE
)
_WAS_DONE = lazy_pattern("去年|上年|前年|已|曾|原有|共计|了(?!解)|历年")


_THING = lazy_pattern(
    rf"(?! 以?[内外上下] | 范围 | 左右 | [处长宽高深供可] ) (?: (?!的) [\u4e00-\u9fff“”] ){{2,16}}? (?: {_ENDS_ITS_PART.pattern} )",
    re.VERBOSE,
)
"""The object of a work, between the quantity and the end of the part: 整治20公里|河道."""


def _is_worked_over(context: Context) -> bool:
    """Whether the number is the extent of a work, or money to be raised: 改造老旧小区10万平方米, 发行债券30亿元; never of a past work, or of a thing described."""
    own = context.words[context.own_start : context.quantity.start]
    of_money = context.quantity.unit in _MONEY and not context.qualified
    opened = (_RAISES if of_money else _WORKS).match(context.before)
    if opened is None:
        return False
    return (
        (
            opened.end() == len(context.before) or _LISTED.fullmatch(own) is not None
        )  # 铺设气管15公里、水管8公里
        and not context.is_statute
        and not context.is_counted
        and (of_money or _WORKED_OVER.search(context.quantity.unit) is not None)
        and any(
            end.match(context.words, context.quantity.end, context.sentence.end)
            for end in (_ENDS_ITS_PART, *([] if opened["over"] else [_THING]))
        )
        and _WAS_DONE.search(context.words, context.sentence.start, context.quantity.start) is None
        and _DESCRIBED.search(context.before) is None
    )


def _is_limit_of_goal(context: Context) -> bool:
    """Whether the number stands in a clause governed by a date (到2025年，主要目标是：); after 及 or 或 its meaning is open."""
    return context.is_governed and not context.qualified.startswith(("及", "或"))


def _is_limit(context: Context) -> bool:
    """A bound without any date: 每班不超过30人, 注册资本1000万元以上."""
    return context.qualified[-2:] in _BOUNDS or _LIMIT.search(context.before[-20:]) is not None


_RULES: tuple[tuple[Callable[[Context], bool], TargetKind | None], ...] = (
    (_is_baseline, None),
    (_is_term, None),
    (_is_condition, TargetKind.THRESHOLD),
    (_is_own_part, None),
    (_is_penalty, TargetKind.THRESHOLD),
    (_is_level, TargetKind.TARGET),
    (_bounds_without_date, TargetKind.THRESHOLD),
    (_is_grant, TargetKind.SUPPORT),
    (_is_fact, None),
    (_is_share_that_reaches, TargetKind.TARGET),
    (_tells_apart, TargetKind.THRESHOLD),
    (_is_attribute, TargetKind.THRESHOLD),
    (_is_horizon, None),
    (_is_limit_of_time, TargetKind.THRESHOLD),
    (_is_reached, TargetKind.TARGET),
    (_is_mere_time, None),
    (_has_deadline, TargetKind.TARGET),
    (_is_share, TargetKind.TARGET),
    (_is_made, TargetKind.TARGET),
    (_is_worked_over, TargetKind.TARGET),
    (_is_limit_of_goal, TargetKind.TARGET),
    (_is_limit, TargetKind.THRESHOLD),
)
