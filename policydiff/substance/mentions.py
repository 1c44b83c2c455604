"""Bans, permits and sanctions that a passage only speaks of, without laying them down: 查处违反禁止停车规定的行为, 未经登记的车辆."""

import re

_TOLD = re.compile("(?:通知|告知|公告|公布|公示|明确|列明|载明|说明)[^，。；]{0,16}$")
_WHAT_IS_TOLD = re.compile("[^，。；]{1,20}的(?:相关|有关|具体|其他)?(?:事项|内容|要求|范围|期限|后果)")
"""Before and after a ban of which a notice tells: 书面通知有关部门不得实施行为的相关事项 forbids nothing here."""

_ENFORCES = "查处|打击|整治|惩处|惩治|纠正|制止|取缔|查禁|劝阻|处罚|治理|清查|遏制|防范|预防|举报|投诉"
_BEFORE_BREACH = re.compile(f"(?:{_ENFORCES})[^，。；]*(?<![并且，和])$")
_BREACH = re.compile("[^，。；]*(?:行为|活动|问题|现象|情形|情况|案件)(?:的线索)?(?:[，。；]|$)")
"""Before and after a ban inside conduct that offices act against: 查处在禁止燃放区域燃放烟花爆竹的行为."""

_NOUN = "区域?|路段|标志|标识|名录|目录|清单|令|性|期(?!限)|物品|场所|岗位|事项|规定"
_NAMED_BY = re.compile(
    "(?:设置|设立|划定|公布|公告|列入|进入|违反|制定|编制|调整|标明|纳入|属于|生产|销售|使用|携带|经营|购买|运输|进口|从事|种植|养殖|捕捞|采用|推广|解除|申请"
    "|[、和及或在的是将把对]|(?<=[^，。；])(?:国家|法律|法规|规定|明令|依法|国务院))$"
)
_NAME_OF_THING = re.compile(rf"(?:和|或者?|、|与)?(?:限制(?:类|性|的)?)?(?:{_NOUN})")
_NAMED = re.compile(rf"[^，。；、]{{1,10}}?(?:的(?=[一-鿿])|{_NOUN})")
"""Before and after a ban that only names a thing: 公布禁止使用的农药名录, 设置禁止通行标志."""
_FORBIDS = ("禁止", "严禁")
_BARRED = ("职业", "从业", "竞业", "行业")
"""Before a ban that is a sanction by its name: 职业禁止."""


def names_ban(text: str, start: int, end: int, before: str) -> bool:
    """Return whether the ban at `text[start:end]` is one that the part only speaks of.

    Args:
        text: The words of a part.
        start: Where the word that forbids begins.
        end: Where it ends.
        before: The words of the part before it.
    """
    if _TOLD.search(before) and _WHAT_IS_TOLD.match(text, end):
        return True
    if _BEFORE_BREACH.search(before) and _BREACH.match(text, end):
        return True
    if text[start:end] not in _FORBIDS:
        return False
    if before.endswith(_BARRED):
        return True
    if _NAME_OF_THING.match(text, end):
        return True
    return _NAMED_BY.search(before) is not None and _NAMED.match(text, end) is not None


_TASK = re.compile(
    r"(?:并|应当|应|要|必须|依法|严厉|严格|坚决|及时|负责|加强|组织|配合|协助|进行|开展|对|[、和])*"
    rf"(?:(?:{_ENFORCES})[、和]?)+(?!的)[^，。；]*(?:行为|活动|问题|现象|犯罪)$"
)


def is_enforcement(text: str) -> bool:
    """Return whether a part charges offices with acting against conduct: 依法查处未经许可从事经营的行为 makes no condition."""
    return _TASK.match(text) is not None


_DENIED = re.compile(
    r"(?:无需|无须|毋需|毋须|不需要?(?:经过?|办理|取得)?|不用|不再(?:实行|要求|办理|进行)?|免[予于]?(?:办理|进行)?|取消)[^，。；、]{0,8}$"
)
"""Before an instrument that nobody asks for (不需要许可). That it is not asked for is told as an exception."""
_ATTRIBUTE = re.compile(
    r"(?:未|没有|尚未|已)(?:依法|按(?:照)?规定|经过?|取得|办理|进行|通过)*[^，。；]{0,4}$"
)
_OF_NOUN = re.compile(
    r"(?:许可|合格|通过)?的(?=[一-鿿])(?!行为|情形|情况|除外|应|不|可以|由|处|责|视|依|给|按|属|从|予)"
)
"""Before and after an instrument that only says of which things a rule speaks: 未经登记的车辆不得上路."""
_SINCE = re.compile(
    r"[^，。；]{0,6}(?:之日|之时)|(?:合格|通过|完成|备案|手续|通知书?|文件|决定)?(?:当[日月年天]|[次翌](?:日|月|年))|[^，。；]{0,4}[日月年时后]起|起(?=计?算|[，。；])"
)
"""After an instrument from which time runs: 自竣工验收合格之日起, 从批准当月起."""
_HELD = re.compile(
    "(?:证件?|书|文件)?(?:(?:规定|载明|确定|核定|许可|批准)的?|的)(?:要求|范围|内容|条件|期限|事项|用途|区域|地点)"
)
"""After a permit that somebody has: 未按照采砂许可证规定的要求采砂."""
_EASE = re.compile("(?:的)?(?:便利|优惠|绿色通道|指导|帮助|效率|时限|时间|权限|改革|便捷)")
_EASED = re.compile(
    "(?:简化|优化|精简|压缩|压减|缩短|下放|承接|方便|便利|加快|改进|提高|提升)[^，。；]{0,6}$"
)
"""Before and after an instrument that is made easier, not asked for: 给予登记便利, 简化审批程序."""


def asks_nothing(text: str, start: int, end: int) -> bool:
    """Return whether the permit or filing at `text[start:end]` is one that the part speaks of without asking for it."""
    before = text[max(0, start - _NEAR) : start]
    if any(after.match(text, end) for after in (_SINCE, _HELD, _EASE)):
        return True
    if _DENIED.search(before) or _EASED.search(before):
        return True
    if _BEFORE_BREACH.search(text[:start]) and _BREACH.match(text, end):
        return True
    return _ATTRIBUTE.search(before) is not None and _OF_NOUN.match(text, end) is not None


_NEAR = 14
"""Characters before an instrument that say how it is spoken of."""
