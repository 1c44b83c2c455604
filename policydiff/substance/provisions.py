"""Content of a passage, and its direction (stricter or looser) where the passage is added or removed."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import permutations
from typing import NamedTuple

from policydiff.lexicon.horizons import Horizon
from policydiff.lexicon.measures import Measure, Quantity
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.model import (
    Direction,
    Found,
    Genre,
    InstrumentFound,
    InstrumentKind,
    Modal,
    ModalFound,
    Provision,
    SignalType,
    Span,
)
from policydiff.substance.canonical import Canonical, parts_of, read_parts
from policydiff.substance.features import (
    Word,
    find_definitions,
    find_exceptions,
    find_instruments,
    find_rights,
    find_sanctions,
    is_condition,
    rank_of,
    relief_of,
)
from policydiff.substance.following import Cited, find_cited
from policydiff.substance.offices import BodyName, find_bodies
from policydiff.substance.requirements import is_enforcement
from policydiff.substance.vocabulary import one_writing
from policydiff.substance.weighing import weight_of


def read_provision(text: str, *, genre: Genre = Genre.POLICY) -> Provision:
    """Return the content of a passage: modals, actor, action, conditions, values, bodies and so on.

    Args:
        text: The words of a clause or sentence; items and paragraphs a line each.
        genre: Kind of the text.

    >>> read = read_provision("企业应当在三十日内向公安机关备案，情节轻微的除外。", genre=Genre.STATUTE)
    >>> read.modal.value, read.actor.text, [value.key for value in read.values], [each.kind.value for each in read.instruments]
    ('must', '企业', ['period 30 日 -'], ['filing'])
    """
    parts = read_parts(parts_of(text), genre)
    main = next((part for part in parts if part.modals), None)
    return Provision(
        text=text,
        genre=genre,
        modals=tuple(
            ModalFound(
                text=modal.word, span=Span(part.part.start + modal.start, part.part.start + modal.end),
                key=modal.modal.value, modal=modal.modal, hedged=modal.hedged, approval=modal.approval,
            )
            for part in parts
            for modal in part.modals
        ),
        actor=_before(main) if main else None,
        action=_slice(main, main.modals[0].end, len(main.part.text)) if main else None,
        conditions=tuple(_whole(part) for part in parts if is_condition(part.part.text)),
        items=tuple(_whole(part) for part in parts if part.part.label),
        exceptions=_found(parts, lambda part: find_exceptions(part.part.text)),
        values=tuple(
            _at(part, each, each.text, " ".join(filter(None, (each.measure.value, _range(each.low, each.high), each.unit, each.bound))))
            for part in parts
            for each in part.quantities
        ),
        horizons=tuple(
            _at(part, each, each.text, str(each.last) if each.last else "--{:02}-{:02}".format(*(each.day or (0, 0))))
            for part in parts
            for each in part.horizons
        ),
        bodies=tuple(_at(part, each, each.name, each.key) for part in parts for each in find_bodies(part.part.text)),
        sanctions=_found(parts, lambda part: find_sanctions(part.part.text)),
        instruments=tuple(
            InstrumentFound(**dict(_at(part, each, each.word, each.key)), kind=InstrumentKind(each.key))
            for part in parts
            for each in find_instruments(part.part.text)
        ),
        rights=_found(parts, lambda part: find_rights(part.part.text)),
        definitions=_found(parts, lambda part: find_definitions(part.part.text)),
        references=tuple(
            _at(part, each, part.part.text[each.start : each.end], each.key) for part in parts for each in find_cited(part.part.text)
        ),
    )  # fmt: skip


def _at(part: Canonical, found: Word | Quantity | Horizon | BodyName | Cited, text: str, key: str) -> Found:
    """Return a feature of a part, with its span in the passage."""
    start = part.part.start
    return Found(text=text, span=Span(start + found.start, start + found.end), key=key)


def _found(parts: Sequence[Canonical], finder: Callable[[Canonical], Iterable[Word]]) -> tuple[Found, ...]:
    return tuple(_at(part, word, word.word, word.key) for part in parts for word in finder(part))


def _whole(part: Canonical) -> Found:
    return Found(text=part.part.text, span=Span(part.part.start, part.part.end), key=part.words)


def _before(part: Canonical) -> Found | None:
    """Return the words before the first modal of a part (the bound party), without a leading day and adverbs."""
    end = part.modals[0].start
    day = next((each.end for each in part.horizons if each.start <= _LED_BY), 0)
    start = (_BEHIND_DAY if day else _HOW).match(part.part.text, day, end)
    return _slice(part, start.end() if start else day, end)


_LED_BY = 1
"""Characters before a day at the beginning of a part: 到2025年."""
_ADVERBS = "(?:全面|基本|积极|大力|切实|逐步|继续|持续|着力|进一步|有序|认真|坚决|深入|稳步)*"
_BEHIND_DAY, _HOW = lazy_pattern(f"[之以]?[前内后起]?{_ADVERBS}"), lazy_pattern(_ADVERBS)
"""Words after a leading day, and adverbs; neither names a party."""


def _slice(part: Canonical, start: int, end: int) -> Found | None:
    text = part.part.text[start:end]
    if not text:
        return None
    return Found(text=text, span=Span(part.part.start + start, part.part.start + end), key=one_writing(text))


def _range(low: Decimal, high: Decimal) -> str:
    first, last = (f"{value.normalize():f}" for value in (low, high))
    return first if first == last else f"{first}-{last}"


QUANTITY_TYPES = {
    Measure.AMOUNT: SignalType.AMOUNT,
    Measure.PERCENTAGE: SignalType.PERCENTAGE,
    Measure.AREA: SignalType.AREA,
    Measure.PERIOD: SignalType.PERIOD,
    Measure.FREQUENCY: SignalType.FREQUENCY,
    Measure.CLOCK: SignalType.NUMBER,
    Measure.COUNT: SignalType.NUMBER,
}
_PURPOSE = lazy_pattern(
    r"""
    ^(?:为了|为(?:进一步|深入|全面|切实|更好地?|依法|正确|公正|及时|准确|有效|持续|加快|充分|积极|严格|合理)*
      (?:加强|规范|保障|维护|促进|推动|推进|保护|贯彻|落实|提高|提升|防止|预防|防范|完善|建立|健全|实现|实施|做好|适应|满足|发展|优化|解决
        |鼓励|引导|支持|方便|便于|惩治|惩罚|深化|发挥|培育|激发|确保|统一|增强|改善|营造|打造|构建|审理|履行|开展|强化|缓解|统筹|明确|节约
        |创新|引领|扩大|巩固|弘扬|传承|调动|指导)
      (?![^，。；]*(?:提供|创造|奠定|[作做]出|配备|服务$|的$)))
  | ^根据[^，。]*(?:法|条例|规定|实际)[^，。]*$ | ^制定本 | ^结合(?:本|我)?[^，。]{0,8}实际(?:情况|需要)?$
    """,
    re.VERBOSE,
)
"""Words that state the purpose of a text; 为妇女提供帮助 is a duty, 为2000元 a value."""


class Content(NamedTuple):
    """The weightiest rule in some words, and its direction."""

    type: SignalType
    gone: Direction
    """Direction if the words are left out."""

    @property
    def come(self) -> Direction:
        """Direction if the words are added."""
        return OPPOSITE.get(self.gone, self.gone)


OPPOSITE = {
    Direction(one): Direction(other)
    for pair in ("stricter looser", "wider narrower", "higher lower", "earlier later")
    for one, other in permutations(pair.split())
}


def content_of(text: str, parts: list[Canonical], context: str = "") -> Content:
    """Return the weightiest rule in the words, which `parts` gives cut and read.

    `context` is the rest of their sentence: a condition beside a sanction narrows the sanction.
    """
    if is_purpose(text) or is_exhortation(text):
        return _NOTHING
    binds = {modal.modal for part in parts for modal in part.modals}
    if is_enforcement(text) and not binds & {Modal.MUST_NOT, Modal.MAY}:
        return Content(SignalType.DUTY, Direction.LOOSER) if Modal.MUST in binds else _NOTHING
    return next((content for holds, content in _readings(text, parts, binds, context) if holds), _NOTHING)


_NOTHING = Content(SignalType.PART_REMOVED, Direction.CHANGED)


_PROLONGED = lazy_pattern("有效期[^，。；]{0,20}(?:延长|延续|顺延|延期)|(?<!期内)(?<![可证书])继续有效")
"""Words that keep a text in force for longer; that a certificate stays valid in its term (证书在有效期内继续有效) prolongs nothing."""
_PENALTY_CAPPED = lazy_pattern(
    "^(?:[^处]|(?<=加)处)*(?:罚款|罚金|滞纳金|违约金)[^，。；处]{0,12}?(?:不(?:得|应|能)?(?:超[过出]|高于|多于)|最高|上限|为限|封顶)"
)
"""A ceiling on penalties that another half-sentence lays down: 加处罚款的数额不得超出罚款的数额."""
BINDING_BOUND = lazy_pattern("(?:不得|不准|不应|不能)(?:[少低小短超高大多长]|早|晚|迟)[于过出]")
"""A ban that sets a bound; removing it loosens the rule, adding it tightens: 委员不得少于三人."""
_MAY_EXTEND = lazy_pattern("可以?(?:再|适当|依法|申请)*(?:延长|延期|顺延)")
"""Words that allow the bound party more time, even if only after an approval: 经负责人批准，可以延长十日."""
_ONLY_THEN = lazy_pattern("方可|方能|才可|才能|始得")
"""Words whose precondition must be met first: （取得许可证，）方可开业 allows nothing more."""


def _readings(
    text: str, parts: list[Canonical], binds: set[Modal], context: str
) -> Iterator[tuple[object, Content]]:
    """Yield the possible contents of words, weightiest first, each with a condition that must hold; evaluated lazily."""
    alone = len(parts) == 1
    yield _PROLONGED.search(text), Content(SignalType.DEADLINE, Direction.EARLIER)
    yield "继续有效" in text, Content(SignalType.PERMISSION, Direction.STRICTER)
    yield _PENALTY_CAPPED.search(text), Content(SignalType.SANCTION, Direction.STRICTER)
    yield find_sanctions(text), Content(SignalType.SANCTION, Direction.LOOSER)
    yield find_exceptions(text), Content(SignalType.EXCEPTION, Direction.STRICTER)
    yield _MAY_EXTEND.search(text), Content(SignalType.PERMISSION, Direction.STRICTER)
    yield Modal.MUST_NOT in binds, Content(SignalType.PROHIBITION, Direction.LOOSER)
    right = find_rights(text) and not _OFFICE_MAY.search(text)
    yield right, Content(SignalType.PERMISSION, Direction.STRICTER)
    yield find_definitions(text), Content(SignalType.DEFINITION, Direction.CHANGED)
    condition = is_condition(text) and not _FURTHER_STEP.match(text)
    applies = condition and (alone or text.endswith("的"))
    if not binds and (applies or (text.endswith("行为") and _PUNISHED.search(context))):
        punished = bool(find_sanctions(context))
        binds_others = applies and (
            punished or (_BINDS.search(context) is not None and not relief_of(context))
        )
        yield True, Content(SignalType.CONDITION, Direction.STRICTER if binds_others else Direction.LOOSER)
    instrument = find_instruments(text)
    free = binds == {Modal.MAY} and not _OFFICE_MAY.search(text) and not _OVER_OTHERS.search(text)
    heavy = any(each.key not in (_OWN_ACTS if free else _OF_DUTIES) for each in instrument)
    yield heavy and (binds or not alone), Content(SignalType.INSTRUMENT, Direction.LOOSER)
    yield Modal.MUST in binds or _CHARGED.search(text), Content(SignalType.DUTY, Direction.LOOSER)
    yield _ONLY_THEN.search(text), Content(SignalType.CONDITION, Direction.LOOSER)
    yield Modal.MAY in binds, Content(SignalType.PERMISSION, _permission_gone(text))
    yield condition, Content(SignalType.CONDITION, Direction.LOOSER)
    yield instrument, Content(SignalType.INSTRUMENT, Direction.LOOSER)
    for quantity in (found for part in parts for found in part.quantities):
        yield True, Content(QUANTITY_TYPES[quantity.measure], Direction.CHANGED)
    yield any(part.horizons for part in parts), Content(SignalType.DEADLINE, Direction.CHANGED)
    yield _COVERS.search(text), Content(SignalType.SCOPE, Direction.CHANGED)


_OF_DUTIES = frozenset({InstrumentKind.REPORT, InstrumentKind.INSPECTION})
"""Instruments that are the action of a duty: 应当定期检查, 应当及时报告."""
_OWN_ACTS = frozenset(
    {InstrumentKind.REPORT, InstrumentKind.FILING, InstrumentKind.REGISTRATION, InstrumentKind.CERTIFICATE}
)
"""Instruments that the bound party uses itself, while an office inspects, reviews and permits: 个人也可以报告 requires nothing."""
_FURTHER_STEP = lazy_pattern("并(?:依法|应当)?(?:报?经|报请|取得|征得)[^，。；]*(?<![的后时前])$")
"""A further step that the bound party must take: 应当同时投入使用，并经主管部门验收合格."""
_COVERS = lazy_pattern("适用于|适用本|适用范围|范围(?!内)|包括|参照(?:本|执行|适用)|不属于")
_BINDS = lazy_pattern(
    "不得|禁止|严禁|(?:应当|必须|须|(?<![适响反相])应(?![急用对]))(?![^，。；]{0,6}(?:具备|符合|经|取得|向|凭|持))"
    "|辞退|解聘|退学|除名|清退|劝退|解除[^，。；]{0,4}(?:合同|协议|聘)|(?:收回|追回|追缴)(?!成本|投资)|取消[^，。；]{0,6}(?:资格|称号|荣誉)|加收|扣[减除发]"
    "|停止(?:供|发|支付|拨付|享受|办理|使用|营业|施工|作业|招生)|不予(?:受理|批准|许可|登记|支持|支付|补[助贴]|奖励|录[取用]|通过|验收|核准|备案|[退返]还|报销|认定)"
)
"""Words beside a condition: duties, bans and consequences to the bound party's cost, which a condition makes apply to fewer cases, while it makes permits available in fewer."""
_PUNISHED = lazy_pattern("查处|处罚|罚款|予以处理|追究")
_CHARGED = lazy_pattern("由[^，。；]{1,30}(?:负责|承担|支付|缴纳|管护|组织实施)")
"""Words that charge a party with a task, which is a duty even without 应当."""


def is_charge(text: str) -> bool:
    """Return whether the words charge a party with a task: 由区民政局负责, 区民政局负责制定规划."""
    return _CHARGED.search(text) is not None or _IN_CHARGE.search(text) is not None


_IN_CHARGE = lazy_pattern("(?:局|委|办|部门|机关|机构|政府|处|会|单位|企业)负责")
_OFFICE_MAY = lazy_pattern(
    r"(?:机关|部门|法院|法庭|检察院|政府|机构|委员会|[市区县]局|厅|委|署)(?:[^，。；]{0,8})可以?(?:依法)?"
    r"|(?:拒不|不如实|未按)[^，。；]{0,20}的，可以"
)
_OVER_OTHERS = lazy_pattern(
    r"要求|责令|处以|处[一二三五\d]|并处|查封|扣押|冻结|检查|调查|约谈|禁止|限制|暂停|取消|吊销|撤销|收回|拒绝|驳回|不予|强制|没收|采取|行使"
)
_FOR_OTHERS = lazy_pattern("给予|奖励|补贴|补助|减免|减征|免征|免收|资助|优惠|放宽|延长|适当|优先|支持")


def is_power(who: str, text: str) -> bool:
    """Return whether the action in `text` is a power over others if `who` may do it: 主管部门, 查封场所."""
    return _OFFICE_MAY.search(f"{who}可以") is not None and _OVER_OTHERS.search(text) is not None


def _permission_gone(text: str) -> Direction:
    """Return the direction of a removed permission: looser for an office's power over others, stricter for a freedom or a grant."""
    if _OFFICE_MAY.search(text) is None:
        return Direction.STRICTER
    if _OVER_OTHERS.search(text):
        return Direction.LOOSER
    return Direction.STRICTER if _FOR_OTHERS.search(text) else Direction.CHANGED


_EXHORTATION = lazy_pattern(
    r"""
    ^(?:全面|深入|认真|坚决|切实|坚持|紧紧|进一步|着力|始终|牢牢|毫不动摇)*
     (?:以[^，。；]{2,40}为(?:指导|引领|统领|遵循|主线|导向|目标|核心|抓手|根本|重点|主题|支撑|契机)
      |(?:贯彻|学习|围绕|领会|把握|聚焦|牢记|树立|立足|践行|弘扬)[^，。；]{0,60}?(?:精神|思想|讲话|指示|部署|战略|方针|政策|理念|要求|定位|使命|主线|目标|大局|价值观|意识|导向)
      |坚持[^，。；]{0,40}?(?:领导|原则|方针|理念|导向|思想|为中心|相结合|并重|先行|至上|优先|为主|为本|战略|道路))[^，。；]{0,4}$
  | (?:应当|应|要|必须)(?:坚持|遵循|贯彻)[^，。；]{0,40}(?:领导|原则|方针|理念|导向|思想|政策|战略)
  | (?:应当|应|要|必须)(?:始终|坚持|认真|全面)*以[^，。；]{2,40}(?:思想|理论|精神|讲话|指示|理念)[^，。；]{0,12}为(?:指导|指引|引领|统领|遵循)$
  | (?:^|应当|应|要|必须)(?:进一步|充分|切实|不断|深入)*(?:提高|提升|深化|增强|强化|统一|树立)[^，。；]{0,40}(?:认识|站位|意识|自觉性?|责任感|使命感|紧迫感|思想)$
    """,
    re.VERBOSE,
)
_OF_WORK = r"(?![^，、]*(?:[前底年月日每《\d]|[如按]期|按时))(?:[^，、。；]{0,8}?(?:改革|工作|任务|政策|措施|试点|目标|规划|方案|部署))"
"""Work in general, without a date, a rate or a text by name."""
_SLOGAN = lazy_pattern(
    "(?:[、，]?(?:突出重点|补齐短板|力求实效|务求实效|注重实效|形成(?:工作)?合力|共建共享|共建共治(?:共享)?|齐抓共管|上下联动|因地制宜|统筹推进|扎实推进|(?:强化|增强|提高|树立)[^，、]{0,10}(?:意识|认识|责任感|站位)|营造[^，、]{0,12}氛围|细化实化各项[^，、]{2,6}|(?:切实)?(?:解决|消除)[^，]{2,20}(?:问题|障碍)"
    f"|[要并]?确保{_OF_WORK}(?:(?:顺利|有序|稳步|平稳|扎实|深入|有力)+(?:进行|推进|实施|开展|完成)|落到实处|落实到位|落地(?:见效|生根)?|取得(?:实效|成效))"
    f"|[要并]?(?:及时|全面|准确)+(?:掌握|了解){_OF_WORK}的?(?:进展|进程|进度|动态)(?:情况)?|取得(?:实效|成效)"
    r"|[要并]?(?:持续|深入|大力|扎实|稳步|不断|积极|加快|全力|有序)+(?:推进|推动|深化)[^，、。；\d《]{0,12}改革(?:创新|发展)?"
    r"|[要并]?(?:严格|认真|坚决|切实)+(?:执行|遵守|落实|贯彻)+(?:国家|上级|本?[省市]|有关|相关|各项|现行|[、和及])+(?:[^，、。；\d《]{0,8}的)?"
    "(?:法律|法规|规章|(?<=[有相]关)(?:规定|政策))(?:法律|法规|规章|规定|政策|(?:技术)?规范|[、和及与])*))+"
)
"""Words of a plan that require nothing checkable: 突出重点, 补齐短板, 确保改革顺利进行, 严格执行国家有关法律."""
_FIGURE = lazy_pattern(r"[\d%％]")
_HALVES = lazy_pattern("[，。；]")


@lru_cache(maxsize=512)
def is_exhortation(text: str) -> bool:
    """Return whether the words only state the spirit of acting (以…为指导, 贯彻…精神, 坚持…领导) and lay down nothing."""
    if _SLOGAN.fullmatch(text):
        return True
    halves = _HALVES.split(text.rstrip("，。；"))
    return not _FIGURE.search(text) and all(
        _SLOGAN.fullmatch(half) or _EXHORTATION.search(half) for half in halves
    )


@lru_cache(maxsize=512)
def is_purpose(text: str) -> bool:
    """Return whether the words only state purpose or basis of a text, or are a stock phrase."""
    return _PURPOSE.search(text) is not None or _STOCK.fullmatch(text) is not None


_STOCK = lazy_pattern(
    r"""
    违反(?:本(?:法|条例|办法|规定|细则|意见)|某+)(?:的)?(?:有关|相关)?规定(?:的)?
  | (?:同样|均)?适用(?:本(?:法|条例|办法|规定|细则|意见|方案|规则)|某+)
  | 现?(?:印发|转发|批转|下发)给你们 | 现予以?(?:印发|转发|批转|下发|发布|公布) | 特此(?:通知|公告|通告|函告|函复|批复)
  | 请(?:你们|(?:各|有关|相关|地区?|省|市|区|县|部门|单位|[、和])+)?(?:结合(?:本|各自|当?地|地区|部门|单位|工作|[、和])*实际(?:情况)?)?
    (?:认真|严格|切实|全面|遵照|抓紧|抓好|一并|组织)*(?:学习|宣传|贯彻|落实|执行|实施)*
  | (?:认真|切实|遵照)(?:抓好|组织)?(?:贯彻|落实|执行|实施)+
    """,
    re.VERBOSE,
)
"""Stock phrases: that the rules of a text apply, and the phrases by which a notice sends a text out."""


_OPENS = lazy_pattern(
    "制[定订](?:了)?(?:本|《|如下|以下)[^，。；]{0,60}[。；：:]?$"
    "|现(?:将|就|予)?[^。；]{0,80}(?:印发|公布|转发|如下)|提出(?:如下|以下)[^，。；]{0,12}[：:。]?$"
    "|^以[^，。；]{2,60}为指导"
    "|^本[^，。；]{1,12}(?:由[^，。；]{2,16}解释，)?自[^，。；]{2,16}起(?:正式)?(?:施行|实施|执行|生效)(?P<valid>，有效期[^。；]*)?[。；]?$"
)


def opens_text(*passages: str) -> bool:
    """Return whether all passages only state purpose, basis or spirit, send a text out, or give its first day in force: 自印发之日起施行."""
    guided = all(_GUIDED.search(text) for text in passages)
    return guided or all(_OPENS.search(line) for text in passages for line in text.split("\n"))


_GUIDED = lazy_pattern(
    "(?:^|[，,。\n])以[^，。；,]{2,60}(?:思想|理论|精神|重要讲话|重要指示)[^，。；,]{0,12}为(?:指导|指引|统领|遵循)(?=[，。；,])"
)
"""The guiding thought of a policy; the rest of its sentence only states the spirit of acting."""


def weight_within(kind: SignalType, sentence: Sequence[Canonical], genre: Genre) -> float:
    """Return the weight that a sentence gives its clause; in a policy, where every measure has 要, only its sums and shares count."""
    if kind is not SignalType.DUTY or genre is not Genre.POLICY:
        return weight_of(kind, rank=rank_of(kind, "".join(part.part.text for part in sentence)))
    figures = (QUANTITY_TYPES[found.measure] for part in sentence for found in part.quantities)
    return max(
        (weight_of(each) for each in figures if each in (SignalType.AMOUNT, SignalType.PERCENTAGE)),
        default=0.0,
    )
