"""What a whole part, sentence, item or paragraph that stands on one side alone lays down, and which way that goes."""

import re
from functools import lru_cache
from typing import NamedTuple

from policydiff.lexicon.measures import Measure
from policydiff.model import Direction, Modal, SignalType
from policydiff.substance.canonical import Canonical
from policydiff.substance.features import (
    find_definitions,
    find_exceptions,
    find_instruments,
    find_rights,
    find_sanctions,
    is_condition,
    is_scope,
)

QUANTITY_TYPES = {
    Measure.AMOUNT: SignalType.AMOUNT,
    Measure.PERCENTAGE: SignalType.PERCENTAGE,
    Measure.AREA: SignalType.AREA,
    Measure.PERIOD: SignalType.PERIOD,
    Measure.FREQUENCY: SignalType.FREQUENCY,
    Measure.CLOCK: SignalType.NUMBER,
    Measure.COUNT: SignalType.NUMBER,
}
_PURPOSE = re.compile(
    r"^(?:为(?:了)?(?!其|他人|主|准|限|止|由)|根据[^，。]*(?:法|条例|规定|实际)[^，。]*$|制定本|结合(?:本|我)?[^，。]{0,8}实际)"
)


class Content(NamedTuple):
    """What words lay down."""

    type: SignalType
    gone: Direction
    """Which way it goes where they are left out."""

    @property
    def come(self) -> Direction:
        """Which way it goes where they are put in."""
        return _OPPOSITE[self.gone]


_OPPOSITE = {
    Direction.STRICTER: Direction.LOOSER,
    Direction.LOOSER: Direction.STRICTER,
    Direction.WIDER: Direction.NARROWER,
    Direction.NARROWER: Direction.WIDER,
    Direction.HIGHER: Direction.LOWER,
    Direction.LOWER: Direction.HIGHER,
    Direction.EARLIER: Direction.LATER,
    Direction.LATER: Direction.EARLIER,
    Direction.CHANGED: Direction.CHANGED,
}


def content_of(text: str, parts: list[Canonical], context: str = "") -> Content:
    """Return the weightiest thing that words lay down.

    Args:
        text: The words.
        parts: The same words, cut and read.
        context: The rest of their sentence: a condition under a sanction makes the sanction narrower.
    """
    if is_purpose(text) or (len(text) < _LONGEST_EXHORTATION and is_exhortation(text)):
        return _NOTHING
    binds = {modal.modal for part in parts for modal in part.modals}
    alone = len(parts) == 1
    if find_sanctions(text):
        return _SANCTION
    if find_exceptions(text):
        return _EXCEPTION
    if Modal.MUST_NOT in binds:
        return _BAN
    if find_rights(text) and not _OFFICE_MAY.search(text):
        return _RIGHT
    if find_definitions(text):
        return _TERM
    conditional = is_condition(text)
    applies = conditional and (alone or text.endswith("的"))
    if not binds and (applies or (text.endswith("行为") and _PUNISHED.search(context))):
        binds_others = applies and (_BINDS.search(context) is not None or bool(find_sanctions(context)))
        return _CONDITION_OF_DUTY if binds_others else _CONDITION
    instrument = find_instruments(text)
    if instrument and (binds or not alone):
        return _INSTRUMENT
    if Modal.MUST in binds or _CHARGED.search(text):
        return _DUTY
    if Modal.MAY in binds:
        return Content(SignalType.PERMISSION, _permission_gone(text))
    if conditional:
        return _CONDITION
    if instrument:
        return _INSTRUMENT
    for part in parts:
        if part.quantities:
            return Content(QUANTITY_TYPES[part.quantities[0].measure], Direction.CHANGED)
    if any(part.horizons for part in parts):
        return _DEADLINE
    return _COVERED if is_scope(text) else _NOTHING


_LONGEST_EXHORTATION = 120
"""Characters up to which a passage may be an exhortation as a whole; a longer one lays down more beside it."""
_NOTHING = Content(SignalType.PART_REMOVED, Direction.CHANGED)
_SANCTION = Content(SignalType.SANCTION, Direction.LOOSER)
_EXCEPTION = Content(SignalType.EXCEPTION, Direction.STRICTER)
_BAN = Content(SignalType.PROHIBITION, Direction.LOOSER)
_RIGHT = Content(SignalType.PERMISSION, Direction.STRICTER)
_TERM = Content(SignalType.DEFINITION, Direction.CHANGED)
_CONDITION_OF_DUTY = Content(SignalType.CONDITION, Direction.STRICTER)
_CONDITION = Content(SignalType.CONDITION, Direction.LOOSER)
_INSTRUMENT = Content(SignalType.INSTRUMENT, Direction.LOOSER)
_DUTY = Content(SignalType.DUTY, Direction.LOOSER)
_DEADLINE = Content(SignalType.DEADLINE, Direction.CHANGED)
_COVERED = Content(SignalType.SCOPE, Direction.CHANGED)
_BINDS = re.compile(
    "不得|禁止|严禁|(?:应当|必须|须|(?<![适响反相])应(?![急用对]))(?![^，。；]{0,6}(?:具备|符合|经|取得|向|凭|持))"
)
"""Beside a condition: a duty or ban holds in fewer cases for it; a permit is had in fewer."""
_PUNISHED = re.compile("查处|处罚|罚款|予以处理|追究")
_CHARGED = re.compile("由[^，。；]{1,30}(?:负责|承担|支付|缴纳|管护|组织实施)")
"""Who is charged with something has a duty, with 应当 or without."""


def is_charge(text: str) -> bool:
    """Return whether words charge somebody with something: 由区民政局负责, 区民政局负责制定规划."""
    return _CHARGED.search(text) is not None or _IN_CHARGE.search(text) is not None


_IN_CHARGE = re.compile("(?:局|委|办|部门|机关|机构|政府|处|会|单位|企业)负责")
_OFFICE_MAY = re.compile(
    r"(?:机关|部门|法院|法庭|检察院|政府|机构|委员会|[市区县]局|厅|委|署)(?:[^，。；]{0,8})可以?(?:依法)?"
    r"|(?:拒不|不如实|未按)[^，。；]{0,20}的，可以"
)
_OVER_OTHERS = re.compile(
    r"要求|责令|处以|处[一二三五\d]|并处|查封|扣押|冻结|检查|调查|约谈|禁止|限制|暂停|取消|吊销|撤销|收回|拒绝|驳回|不予|强制|没收|采取|行使"
)
_FOR_OTHERS = re.compile("给予|奖励|补贴|补助|减免|减征|免征|免收|资助|优惠|放宽|延长|适当|优先|支持")


def _permission_gone(text: str) -> Direction:
    """Return which way it goes where a permission is left out.

    What people may do frees them; what an office may do to others binds them, what it may grant frees them.
    """
    if _OFFICE_MAY.search(text) is None:
        return Direction.STRICTER
    if _OVER_OTHERS.search(text):
        return Direction.LOOSER
    return Direction.STRICTER if _FOR_OTHERS.search(text) else Direction.CHANGED


_EXHORTATION = re.compile(
    r"""
    ^(?:全面|深入|认真|坚决|切实|坚持|紧紧|进一步|着力|始终|牢牢|毫不动摇)*
     (?:以[^，。；]{2,40}为(?:指导|引领|统领|遵循|主线|导向|目标|核心|抓手|根本|重点|主题|支撑|契机)
      |(?:贯彻|学习|围绕|领会|把握|聚焦|牢记|树立|立足|践行|弘扬)[^，。；]{0,60}?(?:精神|思想|讲话|指示|部署|战略|方针|政策|理念|要求|定位|使命|主线|目标|大局|价值观|意识|导向)
      |坚持[^，。；]{0,40}?(?:领导|原则|方针|理念|导向|思想|为中心|相结合|并重|先行|至上|优先|为主|为本|战略|道路))[^，。；]{0,4}$
  | (?:应当|应|要|必须)(?:坚持|遵循|贯彻)[^，。；]{0,40}(?:领导|原则|方针|理念|导向|思想|政策|战略)
    """,
    re.VERBOSE,
)
_SLOGAN = re.compile(
    "(?:[、，]?(?:突出重点|补齐短板|力求实效|务求实效|注重实效|形成(?:工作)?合力|共建共享|共建共治(?:共享)?|齐抓共管|上下联动|因地制宜|统筹推进|扎实推进|细化实化各项[^，、]{2,6}|(?:切实)?(?:解决|消除)[^，]{2,20}(?:问题|障碍)))+"
)
"""Words of a plan that ask for nothing that could be checked: 突出重点, 补齐短板, 形成合力."""
_FIGURE = re.compile(r"[\d%％]")


@lru_cache(maxsize=512)
def is_exhortation(text: str) -> bool:
    """Return whether words only say in what spirit to act (以…为指导, 贯彻…精神, 坚持…领导): they lay down nothing."""
    if _SLOGAN.fullmatch(text):
        return True
    return _EXHORTATION.search(text) is not None and not _FIGURE.search(text)


@lru_cache(maxsize=512)
def is_purpose(text: str) -> bool:
    """Return whether words only say why a text was made, and on what basis, or repeat what the criminal law says anyhow."""
    return _PURPOSE.search(text) is not None or _STOCK.fullmatch(text) is not None


_STOCK = re.compile(
    "(?:尚未|尚不|不)?(?:构成犯罪|触犯刑律)的|尚不够刑事处罚的|违反(?:本(?:法|条例|办法|规定|细则|意见)|某+)(?:的)?(?:有关|相关)?规定(?:的)?|(?:同样|均)?适用(?:本(?:法|条例|办法|规定|细则|意见|方案|规则)|某+)"
)
