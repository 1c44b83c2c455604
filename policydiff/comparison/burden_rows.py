"""Which differences are rows of the ledger of burdens: a rule, and no slogan, attribute, list item or task that one office has of the other.

Instruments that by law only higher texts may set are found here, and whether a sentence sets one of its own.
许可, 批准 and 资质 are said of much else: plans that were approved, what one office asks of another, whom one may hire. A
licence has an applicant who is no office (行政许可法 第二条: 公民、法人或者其他组织的申请).
"""

import re
from collections.abc import Iterator, Mapping

from policydiff.model import (
    BurdenChange,
    BurdenKind,
    Genre,
    InstrumentFound,
    InstrumentKind,
    LegalBasis,
    Provision,
    Signal,
    SignalType,
)
from policydiff.substance import read_provision
from policydiff.substance.local_signals import is_manner
from policydiff.substance.offices import find_bodies
from policydiff.substance.provisions import is_exhortation

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
BY_OTHER_LAW = re.compile(
    "依法(?:追究|承担|给予|予以|移送)|依照[^，。；]{0,40}(?:规定|法)|法律责任"
    "|按照(?!下列|以下|前款|本)[^，。；]{0,40}?(?:法律|法规|规章)"
)
"""A penalty that another law lays down already."""
_STOPS = re.compile("[，。；：\\n]")
_SENTENCE = re.compile("[。；\\n]")
_WITHOUT = re.compile("未(?:经|依法|依照|按规定|取得|办理|领取|获得?)[^，。；]{0,24}$")
"""An offence: 未经文物行政部门同意, 未取得资质证书."""
_APPLIES = re.compile("(?:经|报|申请|申领|办理|领取|取得|获得|征得|向)[^，。；]{0,30}$")
"""What an applicant does to get it."""
_HELD = re.compile(
    "(?:已|已经|已获|按照?|依据|根据|依照|凭|持|提供|提交|出示|查验|具有|具备|委托|相应)[^，。；]*$"
)
"""A licence that is there already, is shown, or is one of somebody who is hired."""
_NAMES = re.compile(
    "(?:确认|认定|同意|通过)?的(?![，。；\\n]|$)|(?:阶段|情况|依据|结果|决定|方案|意见|部门|机关|服务|工作|权限|流程|制度|[一-鿿]{0,6}(?:规划|计划))"
)
"""Behind the word: it is an attribute (批准的规划, 核准确认的面积) or part of a name (审批服务)."""
_BINDS = re.compile("应当?|[须需]|必须|不得|方可|要")
_ONLY_THEN = re.compile("[^，。；]{0,4}(?:，)?方可")
_GOVERNED = re.compile(
    "单位|企业|公司|个人|公民|经营者|[申请当事使用所有权承租]人|业主|用户|住户|机构|(?:其他|社会|经济)组织|学校|医院|村民|居民|者(?=[，应须可不在将拟])"
)
_NO_APPLICANT = re.compile("(?:事务|管理|执法|监督|经办|行政|主管|编制|登记)$|(?:对|向)[^，。；]{0,4}$")
"""Before the word: an office's kind (执法机构), or one whom an office deals with (对有效申请人)."""
_ASKED = re.compile("(?:经|报|向|请|送|同|得)(?:[^，。；]{0,8}所在地的?)?$")
"""Before an office: it is the one asked."""
_ASKS = re.compile("(?:应当?|[当须需])?(?:经|报|向|请)")
"""The same where it stands in the name that was read (须报街道办事处)."""
_CONSENTS = re.compile("同意|批准|核准|审批|批复")
"""Words that are a licence only where an office gives it; a neighbour's consent is none."""
_OFFICE = re.compile("部门|机关|政府|[局委厅]|主管|管委会|街道办事处|办公室")


def creates(kind: BurdenKind, provision: Provision, signal: Signal) -> bool:
    """Return whether what is new in a sentence is an instrument of its own; other kinds need no instrument."""
    if kind not in RESERVED:
        return True
    named = [each for each in provision.instruments if each.text in (signal.new or "")]
    own = [is_own(kind, provision.text, each) for each in named if OF_INSTRUMENT[each.kind] is kind]
    return any(own) if own or kind is BurdenKind.LICENCE else not BY_OTHER_LAW.search(provision.text)


def is_own(kind: BurdenKind, text: str, instrument: InstrumentFound) -> bool:
    """Return whether a sentence sets an instrument: a licence that somebody governed needs, coercion that no other law lays down."""
    if kind is BurdenKind.LICENCE:
        return asks_licence(text, instrument.span.start, instrument.span.end)
    return kind is not BurdenKind.COERCION or not BY_OTHER_LAW.search(text)


def asks_licence(text: str, start: int, end: int) -> bool:
    """Return whether the licence named at `text[start:end]` is one that somebody who is governed has to have.

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
    applicant = _applicant(before)
    if applicant < _acting_office(before):
        return False
    return applicant >= 0 or _BINDS.search(lead) is not None or _ONLY_THEN.match(text, end) is not None


def _applicant(before: str) -> int:
    """Return where the last word for somebody who is governed stands and may be the one that applies; -1 for none."""
    words = (each for each in _GOVERNED.finditer(before) if _is_applicant(before, each))
    return max((each.start() for each in words), default=-1)


def _is_applicant(before: str, word: re.Match[str]) -> bool:
    lead = _NO_APPLICANT.search(before[: word.start()])
    return lead is None or (word[0] == "单位" and lead[0] == "管理")


def _acting_office(before: str) -> int:
    """Return where the last office stands that does something itself and is not the one asked; -1 for none."""
    acting = (
        each.start
        for each in find_bodies(before)
        if not _ASKED.search(before[: each.start]) and not _ASKS.match(each.name)
    )
    return max(acting, default=-1)


ONE_WORD = 8
"""Characters up to which the words of a signal are one word and no half-sentence."""


ATTRIBUTE = re.compile("^应有的|(?:的(?:情形|行为|事项|人员|其他)|通知|公告|清单)$")
"""After a modal: it says which cases are meant (其他应当追究责任的情形), and asks for nothing."""


def is_telling(signal: Signal) -> bool:
    """Return whether a signal is one of a rule: no slogan, and of single words only those on how a duty is done (定期, 免费)."""
    words = signal.new or signal.old or ""
    if is_exhortation(words) or _SLOGAN.fullmatch(words):
        return False
    if signal.type is SignalType.SCOPE:
        return is_manner(words) and "社会" not in words
    if signal.type is SignalType.CONDITION and signal.old and signal.new:
        return _JOINTS.sub("", signal.old) != _JOINTS.sub("", signal.new)
    if signal.type is SignalType.CONDITION:
        return len(words) > ONE_WORD or _WHOLE_CONDITION.search(words) is not None
    return True


_SLOGAN = re.compile(
    "(?:加大|强化|提升|提高|优化|深化|促进|增强)[^，。；]*|[^，。；]*(?:力度|水平|服务|环境|氛围)"
)
"""Half-sentences that name an aim: 加大守信激励、失信惩戒力度, 优化注册审批服务."""
_JOINTS = re.compile("[和或及与、]|或者")
_WHOLE_CONDITION = re.compile("(?:[的后前时]|情形|情况)$")
"""The end of a condition of its own; an attribute (不可移动, 被征地) has none."""


def is_of_the_head(kind: BurdenKind, text: str) -> bool:
    """Return whether a sentence is one of the offences that a head lists, where the penalty and the licence stand: （二）擅自拆除建筑的."""
    return kind in {BurdenKind.PENALTY, BurdenKind.LICENCE} and text.rstrip("；;。 ").endswith("的")


def names_only(kind: BurdenKind, words: str) -> bool:
    """Return whether words only name a ban or a review: 发布不得实施行为通知, 区规划资源局审核后报区政府."""
    if kind is BurdenKind.PROHIBITION:
        return ATTRIBUTE.search(words) is not None
    return kind is BurdenKind.INSPECTION and any(find_bodies(words)) and _PLAN.search(words) is not None


def names_too(signal: Signal, local: Provision) -> bool:
    """Return whether an instrument that the superior names stands in a local sentence too: 审查机构应当审查, 由审查机构进行审查."""
    named = read_provision(signal.old or "", genre=Genre.STATUTE).instruments
    return bool(named) and all(each.text in local.text for each in named)


def reworded(
    found: Mapping[tuple[BurdenKind, BurdenChange], Signal],
) -> Iterator[tuple[tuple[BurdenKind, BurdenChange], Signal]]:
    """Yield the entries; a rule of one kind that left a sentence where another came is one that changed, told with both texts."""
    for (kind, change), signal in found.items():
        gone = found.get((kind, BurdenChange.LOOSENED))
        come = found.get((kind, BurdenChange.ADDED)) or found.get((kind, BurdenChange.TIGHTENED))
        if gone is None or come is None or gone.new is not None or come.old is not None:
            yield (kind, change), signal
        elif signal is come:
            both = come.model_copy(update={"old": gone.old, "old_span": gone.old_span})
            yield (kind, BurdenChange.CHANGED), both


def of_offices(lead: str, rest: str, *, tasks: bool) -> bool:
    """Return whether a review is one that an office has of its own plans, or that was passed before: 报区人民政府审核, 通过施工图审查并取得许可证后."""
    by_office = tasks or any(find_bodies(lead))
    return (by_office and _PLAN.search(lead + rest) is not None) or (
        _PASSED.search(lead) is not None and rest.endswith("后")
    )


_PLAN = re.compile("报[^，。；]{0,16}$|后?报|方案|计划|规划|统筹|派单|征询|意见")
_PASSED = re.compile("(?:经|通过)[^，。；]{0,16}$")
