"""Decides which differences enter the list of burdens: rules do; slogans, attributes, list items and tasks between offices do not.

Instruments that by law only higher texts may set are found here, and whether a sentence sets one itself. 许可, 批准 and 资质
also occur in approved plans, in requests between offices and in rules on whom one may hire; a licence has an applicant
that is no office (行政许可法 第二条: 公民、法人或者其他组织的申请).
"""

import re
from collections.abc import Iterator, Mapping

from policydiff.lexicon.areas import is_area
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.model import (
    BurdenChange,
    BurdenKind,
    Genre,
    InstrumentFound,
    InstrumentKind,
    LegalBasis,
    Modal,
    Provision,
    Signal,
    SignalType,
)
from policydiff.substance.offices import find_bodies
from policydiff.substance.provisions import is_exhortation, read_provision
from policydiff.substance.vocabulary import is_manner

OF_INSTRUMENT = {
    InstrumentKind.PERMIT: BurdenKind.LICENCE,
    InstrumentKind.REGISTRATION: BurdenKind.FILING,
    InstrumentKind.FILING: BurdenKind.FILING,
    InstrumentKind.REPORT: BurdenKind.FILING,
    InstrumentKind.REVIEW: BurdenKind.INSPECTION,
    InstrumentKind.INSPECTION: BurdenKind.INSPECTION,
    InstrumentKind.CERTIFICATE: BurdenKind.CERTIFICATE,
    InstrumentKind.FEE: BurdenKind.FEE,
    InstrumentKind.COERCION: BurdenKind.COERCION,
}
RESERVED = {
    BurdenKind.LICENCE: LegalBasis(
        law="中华人民共和国行政许可法", articles=("第十四条", "第十五条", "第十六条", "第十七条")
    ),
    BurdenKind.PENALTY: LegalBasis(
        law="中华人民共和国行政处罚法",
        articles=("第十条", "第十一条", "第十二条", "第十三条", "第十四条", "第十六条"),
    ),
    BurdenKind.COERCION: LegalBasis(
        law="中华人民共和国行政强制法", articles=("第十条", "第十一条", "第十三条")
    ),
}
BY_OTHER_LAW = lazy_pattern(
    "依法(?:追究|承担|给予|予以|移送)|依照[^，。；]{0,40}(?:规定|法)|法律责任"
    "|按照(?!下列|以下|前款|本)[^，。；]{0,40}?(?:法律|法规|规章)"
)
"""Words of a penalty that another law already lays down."""
_STOPS = lazy_pattern("[，。；：\\n]")
_SENTENCE = lazy_pattern("[。；\\n]")
_WITHOUT = lazy_pattern("未(?:经|依法|依照|按规定|取得|办理|领取|获得?)[^，。；]{0,24}$")
"""Words before a licence that describe an offence: 未经文物行政部门同意, 未取得资质证书."""
_APPLIES = lazy_pattern("(?:经|报|申请|申领|办理|领取|取得|获得|征得|向)[^，。；]{0,30}$")
"""Words before a licence for the act of its applicant."""
_HELD = lazy_pattern(
    "(?:已|已经|已获|按照?|依据|根据|依照|凭|持|提供|提交|出示|查验|具有|具备|委托|相应)[^，。；]*$"
)
"""Words before a licence that already exists, is shown, or is held by a hired party."""
_NAMES = lazy_pattern(
    "(?:确认|认定|同意|通过)?的(?![，。；\\n]|$)|(?:阶段|情况|依据|结果|决定|方案|意见|部门|机关|服务|工作|权限|流程|制度|[一-鿿]{0,6}(?:规划|计划))"
)
"""Words after a licence that make it an attribute (批准的规划, 核准确认的面积) or part of a name (审批服务)."""
_BINDS = lazy_pattern("应当?|[须需]|必须|不得|方可|要")
_ONLY_THEN = lazy_pattern("[^，。；]{0,4}(?:，)?方可")
GOVERNED = lazy_pattern(
    "单位|企业|公司|个人|公民|经营者|[申请当事使用所有权承租补偿]人|业主|用户|住户|机构|(?:其他|社会|经济)组织|学校|医院|村民|居民|违法行为|者(?=[，应须可不在将拟])"
)
_NO_APPLICANT = lazy_pattern("(?:事务|管理|执法|监督|经办|行政|主管|编制|登记)$|(?:对|向)[^，。；]{0,4}$")
"""Words before a party that make it no applicant: a kind of office (执法机构), or a party that an office deals with (对有效申请人)."""
_ASKED = lazy_pattern("(?:经|报|向|请|送|同|得)(?:[^，。；]{0,8}所在地的?)?$")
"""Words before an office that is asked for the licence."""
_ASKS = lazy_pattern("(?:应当?|[当须需])?(?:经|报|向|请)")
"""Words of asking at the beginning of the name that was read (须报街道办事处)."""
_CONSENTS = lazy_pattern("同意|批准|核准|审批|批复")
"""Words that mean a licence only if an office gives it; a neighbour's consent is no licence."""
_OFFICE = lazy_pattern("部门|机关|政府|[局委厅]|主管|管委会|街道办事处|办公室")


def creates(kind: BurdenKind, provision: Provision, signal: Signal) -> bool:
    """Return whether the new words of a sentence create an instrument of the reserved kind; True for kinds that are not reserved."""
    if kind not in RESERVED:
        return True
    named = [each for each in provision.instruments if each.text in (signal.new or "")]
    own = [is_own(kind, provision.text, each) for each in named if OF_INSTRUMENT[each.kind] is kind]
    return any(own) if own or kind is BurdenKind.LICENCE else not BY_OTHER_LAW.search(provision.text)


def is_own(kind: BurdenKind, text: str, instrument: InstrumentFound) -> bool:
    """Return whether a sentence itself sets the instrument: a licence that a governed party needs, coercion without another law."""
    if kind is BurdenKind.LICENCE:
        return asks_licence(text, instrument.span.start, instrument.span.end)
    return kind is not BurdenKind.COERCION or not BY_OTHER_LAW.search(text)


def asks_licence(text: str, start: int, end: int) -> bool:
    """Return whether the licence at `text[start:end]` is one that a governed party must obtain.

    >>> asks_licence("经营者应当取得卫生许可证。", 7, 12), asks_licence("按批准的方案实施。", 1, 3)
    (True, False)
    """
    opens = max((each.end() for each in _STOPS.finditer(text, 0, start)), default=0)
    lead = text[opens:start]
    stop = _STOPS.search(text, end)
    rest = text[end : stop.start() if stop else len(text)]
    if _CONSENTS.search(text[start:end]) and not _OFFICE.search(lead):
        return False
    if _WITHOUT.search(lead):
        return True
    if _HELD.search(lead) or _NAMES.match(rest) or not _APPLIES.search(lead):
        return False
    begins = max((each.end() for each in _SENTENCE.finditer(text, 0, start)), default=0)
    before = text[begins:start]
    # Start of the last word for a governed party that may be the applicant; -1 for none
    words = (each for each in GOVERNED.finditer(before) if _is_applicant(before, each))
    applicant = max((each.start() for each in words), default=-1)
    # Start of the last office that acts itself and is not asked for the licence; -1 for none
    acting = (
        each.start
        for each in find_bodies(before)
        if not _ASKED.search(before[: each.start])
        and not _ASKS.match(each.name)
        and not _ISSUES.match(before, each.end)
    )
    if applicant < max(acting, default=-1):
        return False
    return applicant >= 0 or _BINDS.search(lead) is not None or _ONLY_THEN.match(text, end) is not None


def _is_applicant(before: str, word: re.Match[str]) -> bool:
    lead = _NO_APPLICANT.search(before[: word.start()])
    return lead is None or (word[0] == "单位" and lead[0] == "管理")


PAID = lazy_pattern("(?:应当?|[须需])[^，。；]{0,24}(?:[缴交]纳|支付)[^，。；、]{0,12}(?:费用?|保证金|押金)")
LOST = lazy_pattern("(?:取消|暂停)[^，。；]{0,10}资格|追回[^，。；]{0,6}(?:资金|补贴|款)")
"""Words for a payment, and for a loss after a breach, without the name of an instrument or sanction: 缴纳绿地补偿费, 取消申报资格."""
HANDED_IN = lazy_pattern(
    "(?<=应当)[^，。；]{0,8}(?:向|报)[^，。；]{2,16}(?:部门|政府|委员会|中心|机构|街道|街镇|[局委办站镇])(?:提交|报送|上报|递交)[^，。；]{1,16}"
)
"""A required report: 应当每年向区生态环境局提交一份检测报告."""
NO_RULE = lazy_pattern("(?:以下|下列)(?:情形|方式|规定|程序|步骤)|推诿|扯皮|敷衍|流于形式|形式主义|层层加码")
"""A lead-in to a list of rules (应当根据以下情形办理手续：), and bans on the bad manners of officials."""

_ISSUES = lazy_pattern("(?:核发|发放|颁发|签发|出具)的")
"""Words after an office that issues the paper: 应当领取区教育局发放的许可证."""

ONE_WORD = 8
"""Most characters of a signal's words that count as a single word instead of a half-sentence."""


ATTRIBUTE = lazy_pattern("^应有的|(?:的(?:情形|行为|事项|人员|其他)|通知|公告|清单)$")
"""Words after a modal that only describe cases (其他应当追究责任的情形) and require nothing."""


def is_telling(signal: Signal) -> bool:
    """Return whether a signal belongs to a rule: no slogan, and of single words only adverbs of manner (定期, 免费)."""
    words = signal.new or signal.old or ""
    if is_exhortation(words) or _SLOGAN.fullmatch(words) or _RECORD.fullmatch(words):
        return False
    if signal.type is SignalType.SCOPE:
        return is_manner(words) and "社会" not in words
    if signal.type is SignalType.CONDITION and signal.old and signal.new:
        return _JOINTS.sub("", signal.old) != _JOINTS.sub("", signal.new)
    if signal.type is SignalType.CONDITION:
        return len(words) > ONE_WORD or _WHOLE_CONDITION.search(words) is not None
    return True


_SLOGAN = lazy_pattern(
    "(?:加大|强化|提升|提高|优化|深化|促进|增强)[^，。；]*|[^，。；]*(?:力度|水平|服务|环境|氛围)"
)
"""Half-sentences that only state an aim: 加大守信激励、失信惩戒力度, 优化注册审批服务."""
_RECORD = lazy_pattern("[^，。；]{0,4}信用(?:记录|档案|信息)")
"""The name of a record of credit; it is a penalty only if a party is entered in the record."""
_JOINTS = lazy_pattern("[和或及与、]|或者")
_WHOLE_CONDITION = lazy_pattern("(?:[的后前时]|情形|情况)$")
"""The ending of a condition; an attribute (不可移动, 被征地) has no such ending."""


def is_of_the_head(kind: BurdenKind, text: str) -> bool:
    """Return whether a sentence is one of the listed offences whose penalty or licence stands in the lead-in: （二）擅自拆除建筑的."""
    return kind in {BurdenKind.PENALTY, BurdenKind.LICENCE} and text.rstrip("；;。 ").endswith("的")


def names_only(kind: BurdenKind, words: str) -> bool:
    """Return whether the words only mention a ban or a review: 发布不得实施行为通知, 区规划资源局审核后报区政府."""
    if kind is BurdenKind.PROHIBITION:
        return ATTRIBUTE.search(words) is not None
    if kind is BurdenKind.DEADLINE:
        return _HORIZON.fullmatch(words) is not None
    planned = any(find_bodies(words)) and _PLAN.search(words) is not None
    return kind is BurdenKind.INSPECTION and (planned or _NAMES_REVIEW.search(words) is not None)


_HORIZON = lazy_pattern("[至到](?:20\\d\\d年|“?十[三四五六]五”?)[^，。；]{0,4}")
"""The horizon of a plan, which binds nobody: 至“十四五”期末, 到2035年末."""
_NAMES_REVIEW = lazy_pattern("巡查|通过[^，。；]{0,16}后|报告中?$")
"""Words of a patrol (the office's own act), of a review passed before, or of the paper on a review."""


def names_too(signal: Signal, local: Provision) -> bool:
    """Return whether the local sentence names the superior's instruments too: 审查机构应当审查 → 由审查机构进行审查."""
    named = read_provision(signal.old or "", genre=Genre.STATUTE).instruments
    return bool(named) and all(each.text in local.text for each in named)


def reworded(
    found: Mapping[tuple[BurdenKind, BurdenChange], Signal],
) -> Iterator[tuple[tuple[BurdenKind, BurdenChange], Signal]]:
    """Yield the entries; a removed and an added rule of one kind in a sentence become one changed entry with both texts."""
    for (kind, change), signal in found.items():
        gone = found.get((kind, BurdenChange.LOOSENED))
        come = found.get((kind, BurdenChange.ADDED)) or found.get((kind, BurdenChange.TIGHTENED))
        if gone is None or come is None or gone.new is not None or come.old is not None:
            yield (kind, change), signal
        elif signal is come:
            both = come.model_copy(update={"old": gone.old, "old_span": gone.old_span})
            yield (kind, BurdenChange.CHANGED), both


def of_offices(lead: str, rest: str, *, tasks: bool) -> bool:
    """Return whether a review is an office's review of its own plans, or was passed before: 报区人民政府审核, 通过施工图审查并取得许可证后."""
    by_office = tasks or any(find_bodies(lead))
    return (by_office and _PLAN.search(lead + rest) is not None) or (
        _PASSED.search(lead) is not None and rest.endswith("后")
    )


_PLAN = lazy_pattern("报[^，。；]{0,16}$|后?报|方案|计划|规划|统筹|派单|征询|意见")
_PASSED = lazy_pattern("(?:经|通过)[^，。；]{0,16}$")


_GENERIC_OFFICE = lazy_pattern(
    r"(?:政府|部门|机关|成员单位|街镇|街道|法院|检察院|领导小组|工作小?组|工作队|联席会议|专班|党委|党组"
    r"|妇联|工会|团委|共青团|残联|科协|工商联|[省市区县镇乡]级?财政"
    r"|(?:执法|监督|监管|管理|经办|登记|征收|行政|审批|编制|派出|仲裁|主管|检疫|事务)机构"
    r"|(?:行政|政务|便民|受理|指挥|疾病预防控制|疾控|急救|社区|[省市区县镇][一-鿿]{2,6}管理)[一-鿿]{0,6}中心"
    r"|[总支大中]队|(?:管理|监督|派出|司法|财政|执法)[所站])$"
    r"|^[市区县镇乡][一-鿿]{2,8}(?:事务所|服务中心)$|^(?:本[市区县省]|各[省市区县镇乡]|[省市区县镇乡])$"
)
"""Offices without a name of their own: 有关部门, 执法机构, 各区."""
_OF_PEOPLE = lazy_pattern(
    "(?:(?:业主|居民|村民|家长|股东|会员|职工|用户)(?:代表)?(?:大会|委员会)|[居村业家]委会)$"
)
"""Committees of the governed parties: 业主委员会, 居委会."""
_NEXT_ACTOR = lazy_pattern("[、，和及与]|会同|协同|负责|牵头|要|应|按")
"""Words after an actor: a further actor, or the actor's task."""
_THING = lazy_pattern(
    "(?:内容|依据|结果|方案|规划|目录|名单|清单|计划|预案|情况|资金|制度|机制|标准|信息|数据|工作|经费|费用|支出|比例|规模|周期|范围)$"
)
"""An actor that is no person; its owner, an office, has the task: 考核结果应当公布."""
_BEGINS = 10
"""Characters at the beginning of a condition in which the governed party stands (单位自行清运的, 企业未备案的)."""
_TASK = lazy_pattern("组织实施|统筹|协调|牵头|指导|推进|督促|宣传|编制")


_BRACKETS = lazy_pattern("[（(][^（）()]*[）)]")
BOUND = lazy_pattern("不得(?:低|少|高|小|大)于|不得超过")
"""A least or greatest value, worded as a ban."""


def binds_others(provision: Provision) -> bool:
    """Return whether a provision binds a party that is no office; an office's duty is a task, not a burden."""
    actor = (
        _BRACKETS.sub("", provision.actor.text).strip(" ，、（）()") if provision.actor is not None else ""
    )
    prohibits = any(
        modal.modal is Modal.MUST_NOT and not BOUND.match(provision.text, modal.span.start)
        for modal in provision.modals
    )
    if _THING.search(actor):
        return prohibits
    if not actor:  # 单位自行清运的，应当申报: who is bound stands in the condition
        return prohibits or any(GOVERNED.search(each.text, 0, _BEGINS) for each in provision.conditions)
    return not is_office(actor) and _TASK.search(actor) is None


def is_office(actor: str) -> bool:
    """Return whether an actor is a public office, whose tasks burden nobody; 养老机构 and 律师事务所 are no offices."""
    if is_area(actor):
        return True  # 浦东新区应当…
    named = [each for each in find_bodies(actor) if not _OF_PEOPLE.search(each.name)]
    if any(each.end == len(actor) or _NEXT_ACTOR.match(actor, each.end) for each in named):
        return True
    return any(_GENERIC_OFFICE.search(each) for each in _NEXT_ACTOR.split(actor) if each)
