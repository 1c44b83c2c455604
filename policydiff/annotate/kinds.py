"""What a number in a measure is for: a goal, a condition, a grant, or nothing but a statement."""

import re
from collections.abc import Callable
from typing import NamedTuple

from policydiff.annotate.quantities import Quantity, UnitKind
from policydiff.model import Span, TargetKind

_FACT = re.compile(
    r"(?<!为)了(?!解)|已(?:经|有|达|累计|建|完|在|开|认|培|引|成)|现有|目前|共有|截至|截止|近年来|以来|组成|涵盖|包括|仅|原有|同比|上述|分为|以下\d|下列|"
    r"(?:去年|上年)(?:同期|末|底)|20\d\d年[^，,。]{0,6}的"
)
_GRANTS = re.compile(
    r"给予|奖励|补助|补贴|资助|贴息|减按|减[征免半]|免[征收]|返还|扣除|奖补|兑[付现]|可享受|享受|申请|支付|补偿|发放|拨付|返还|核拨|优惠|可按|减除|抵扣|抵免"
)
_GRANTED = re.compile(
    r"^[^，。；]{0,6}?的?[^，。；的\d]{0,8}?(?:资金支持|奖励|补助|补贴|资助|贴息|税率|奖补|奖金|经费支持|贷款)|^.{0,4}(?:给予|予以)|^.{0,3}的?(?:标准|税率|比例)[^，。；]{0,4}(?:征收|给予|补贴|补助|执行|确定)"
)
_OWN_PARTS = re.compile(
    r"^[^，。；、]{0,12}?(?:措施|任务|方面|事项|条款|内容|举措|部分|要求|原则|环节|政策|意见|建议|类型|制度)(?:[^\u4e00-\u9fff]|$)"
)
_COUNTS_PARTS = re.compile(r"(?:[（(]共|方面|部分|举措|事项|任务)$")
_BASELINE = re.compile(r"[从由比较][^，。；]{0,30}$")
_MOVES_ON = re.compile(
    r"^[^，。；\d]{0,6}(?:提高|提升|增加|扩大|扩展|降|放宽|调整|缩短|压缩|延长|增长|减少)[^，。；\d]{0,6}?[到至为]"
)
_CONDITION_AFTER = re.compile(
    r"^的[^，。；]{1,14}(?:给予|予以|可以?(?=[按申享给]))|^[^。；]{0,60}?(?:的|后)[，,、](?:[^。；]{0,30}?)(?:可|给予|应当|由|按|予以|不得|每|最高|一次性|视|优先|适用)"
)
_NOUN_AFTER = re.compile(
    r"^的?(?!目标)(?:部分|社会|企业|项目|单位|机构|人员|个人|家庭|产品|建筑|工程|小微|农户|园区|平台|学校|医院|高校|贷款|再担保|担保业务)"
)
_GOAL = re.compile(
    r"(?:达到?|力争|确保|提[高升]到?至?|升至|降[低至到]+|下降到?|降低|控制在|保持在?|稳定在?|维持在|突破|超过?|新增|增[长加]到?|增至|扩大到?至?|实现|完成|"
    r"缩[短减]|压[缩减]|减少|形成|翻|不低于|不少于|不高于|左右|为|约|至|到|共|也|都|均|分别|总体|基本|原则上|不超过|近|累计|再|以|的|\s|年均|分别为|只)+$"
)
_STRONG = re.compile(
    r"达到?|力争|确保|提[高升]|升至|降[低至到]|下降|控制在|保持在|稳定在|维持在|突破|增[长加至]|扩大|缩[短减]|压[缩减]|减少|翻|新增"
)
_LIMIT = re.compile(
    r"不得?(?:低于|少于|高于|超过|小于|大于|多于)|最[高低多少长短]|至少|满(?!足)|超过|低于|高于|连续|对|凡|年满|单个|单户|每"
)
_MAKES = re.compile(
    r"加快|培育|建成|建设|打造|创建|引进|推出|完成|实现|形成|组建|设立|认定|遴选|选择|选取|布局|申报|举办|招引|改造|覆盖|储备|培养|培训|新建|改建|新增|"
    r"推广|扶持|支持|开展|开发|制定|制修订|修订|发布|启动|实施|创办|集聚|推进|落户|孵化|争创|建立|发展|安排|筹建|办好|吸引|评选|命名|推动|选派|选树|投放|"
    r"提供|开通|开设|突破|转化|入库|上市|引育|招聘|招收|扩招|吸纳|帮扶|带动|消除|治理|整治|修复|种植|造林|淘汰|关闭|压减|取消|下放"
)
_SINCE = re.compile(r"(?:之日|之?后|次日)起?(?:[^，。；]{0,3})$|每$")
_BEFORE_TERM = re.compile("[之以]?前")
_WITHIN = re.compile("[之以]?内")
_DUE = re.compile("(?:应当?|必?须)(?:[在于]|当场)?$")
_WORKING_DAYS = ("个工作日", "工作日", "个交易日", "个自然日")
_SPAN_OF_TIME = re.compile(r"(?:时间|时长|期限?|周期|年限|时限)[^，。；（(]{0,4}$")
_EXCEEDED = re.compile(r"(?<!不)(?<!不得)(?:超过|低于|不足|高于|大于|少于)$")
_REQUIRED = re.compile(r"(?:[应须]有|具有|具备|拥有|[应须]占|应当占)[^，。；、]{0,20}$")
_PENALTY_BEFORE = re.compile(r"(?:处(?![理置所在方长])|罚款|罚金)[^，。；]{0,10}$")
_PENALTY_AFTER = re.compile(r"[^，。；]{0,12}的?(?:罚款|罚金|拘留|有期徒刑|拘役|管制)")
_PREFERRED = re.compile(r"优先(?:支持|安排|考虑|推荐)[^，。；]*$")
_RELIEF = re.compile(
    r"(?:最长|最高|最多)?可(?:以)?(?:办理|达|享受|获得|申请|延长|按|返还|给予|保留)|减按|按$|再给予"
)


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
    """Whether a deadline stands before it in its sentence."""
    is_governed: bool
    """Whether any deadline governs it."""
    is_statute: bool = False
    """Whether it stands in a statute, where only a deadline makes a goal of a number."""

    @property
    def before(self) -> str:
        """Words of its part before it."""
        return self.words[self.part.start : self.quantity.start]

    @property
    def lead(self) -> str:
        """Up to 40 characters of its sentence before it."""
        return self.words[max(self.sentence.start, self.quantity.start - 40) : self.quantity.start]

    @property
    def qualified(self) -> str:
        """What stands between the unit and the end of the qualifiers: 以上, 床位及以上."""
        return self.words[self.quantity.end : self.after_end]

    @property
    def after(self) -> str:
        """Words of its sentence after it and its qualifiers."""
        return self.words[self.after_end : self.sentence.end]

    @property
    def is_counted(self) -> bool:
        """Whether things are counted, not measured."""
        return self.quantity.kind is UnitKind.COUNT

    @property
    def is_duration(self) -> bool:
        """Whether it is a length of time or an age."""
        return self.quantity.kind is UnitKind.DURATION


def kind_of(context: Context) -> TargetKind | None:
    """Return what the quantity is for, None for a mere statement: the first rule that holds."""
    kind = next((kind for holds, kind in _RULES if holds(context)), None)
    if kind is TargetKind.TARGET and context.is_statute and not context.is_governed:
        return TargetKind.THRESHOLD
    return kind


def _is_baseline(context: Context) -> bool:
    return _BASELINE.search(context.before) is not None and _MOVES_ON.match(context.after) is not None


def _is_term(context: Context) -> bool:
    """Say whether a time is set within or before which something is to be done (自…之日起15日内, 届满的30日前)."""
    if not context.is_duration or context.quantity.unit in ("岁", "周岁") or _is_reached(context):
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


def _is_condition(context: Context) -> bool:
    return _CONDITION_AFTER.search(context.after) is not None


def _is_own_part(context: Context) -> bool:
    if not context.is_counted:
        return False
    if (context.quantity.value, context.quantity.unit) == ("1", "次"):
        return True
    return _OWN_PARTS.match(context.after) is not None or _COUNTS_PARTS.search(context.before) is not None


def _is_penalty(context: Context) -> bool:
    return (
        _PENALTY_BEFORE.search(context.before) is not None or _PENALTY_AFTER.match(context.after) is not None
    )


def _is_exceeded(context: Context) -> bool:
    return not context.is_governed and _EXCEEDED.search(context.before) is not None


def _is_required(context: Context) -> bool:
    return not context.is_governed and _REQUIRED.search(context.before) is not None


def _is_grant(context: Context) -> bool:
    lead, after = context.lead, context.after
    if context.is_counted:
        return _PREFERRED.search(lead[-20:]) is not None
    if _RELIEF.search(lead[-8:]):
        return True
    if not context.quantity.unit.endswith(("元", "%", "倍", "个月")):
        return False
    if _GRANTED.search(after):
        return True
    near = lead.rpartition("的，")[2] or lead
    return _GRANTS.search(near[-24:]) is not None and not _NOUN_AFTER.match(after)


def _is_fact(context: Context) -> bool:
    return not context.has_deadline and _FACT.search(context.before) is not None


def _tells_apart(context: Context) -> bool:
    return context.qualified != "" and _NOUN_AFTER.match(context.after) is not None


def _is_limit_of_time(context: Context) -> bool:
    if not context.is_duration or _SINCE.search(context.before) or _is_reached(context):
        return False
    if _SPAN_OF_TIME.search(context.before):
        return True
    return (
        context.quantity.unit in ("岁", "周岁")
        or context.qualified != ""
        or _LIMIT.search(context.before[-12:]) is not None
        or context.after.startswith(("的", "内", "期", "有效"))
    )


def _is_reached(context: Context) -> bool:
    reaching = _GOAL.search(context.before)
    return reaching is not None and _STRONG.search(reaching[0]) is not None


def _is_mere_time(context: Context) -> bool:
    return context.is_duration


def _has_deadline(context: Context) -> bool:
    return context.has_deadline


def _is_made(context: Context) -> bool:
    return context.is_counted and _MAKES.search(context.before[-24:]) is not None


def _is_limit_of_goal(context: Context) -> bool:
    return context.is_governed and not context.qualified.startswith(("及", "或"))


def _is_limit(context: Context) -> bool:
    return context.qualified[-2:] in _BOUNDS or _LIMIT.search(context.before[-20:]) is not None


_RULES: tuple[tuple[Callable[[Context], bool], TargetKind | None], ...] = (
    (_is_baseline, None),
    (_is_term, None),
    (_is_condition, TargetKind.THRESHOLD),
    (_is_own_part, None),
    (_is_penalty, TargetKind.THRESHOLD),
    (_is_exceeded, TargetKind.THRESHOLD),
    (_is_required, TargetKind.THRESHOLD),
    (_is_grant, TargetKind.SUPPORT),
    (_is_fact, None),
    (_tells_apart, TargetKind.THRESHOLD),
    (_is_limit_of_time, TargetKind.THRESHOLD),
    (_is_reached, TargetKind.TARGET),
    (_is_mere_time, None),
    (_has_deadline, TargetKind.TARGET),
    (_is_made, TargetKind.TARGET),
    (_is_limit_of_goal, TargetKind.TARGET),
    (_is_limit, TargetKind.THRESHOLD),
)
_BOUNDS = ("以上", "以下", "以内", "之内")
