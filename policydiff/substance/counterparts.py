"""Words of which one holds for less, or binds more, than its counterpart in the same place, or than none: 任何单位 and 有关单位, 一律."""

import re
from collections.abc import Iterator

from policydiff.lexicon.patterns import lazy_pattern
from policydiff.model import Direction, Modal, Signal, SignalType, Span
from policydiff.substance.alignment import Sides, make_signal
from policydiff.substance.weighing import OF_SUBSTANCE, weight_of

_COUNTERPARTS = (
    (
        SignalType.SCOPE,
        Direction.NARROWER,
        lazy_pattern(
            "(?:任何|各(?!级|自|类|种|项|有关|相关)|每[个名家位])(?=(?!部门|方面|地区|环节)([一-鿿]{2}))",
            marks=("任何", "各", "每"),
        ),
        lazy_pattern(
            "(?:有关|相关|部分|个别|少数|特定|指定)(?:的)?(?=([一-鿿]{2}))",
            marks=("有关", "相关", "部分", "个别", "少数", "特定", "指定"),
        ),
    ),
    (
        SignalType.CONDITION,
        Direction.STRICTER,
        lazy_pattern("(?=([一-鿿]{2})后)", marks="后"),
        lazy_pattern("([一-鿿]{2})(?:表决|投票)?通过后", marks=("通过后",)),
    ),
    (
        SignalType.SCOPE,
        Direction.NARROWER,
        lazy_pattern("(?:主要|可以|具体)?(?:包括但不限于|包括)(?=([一-鿿]{2}))", marks=("包括",)),
        lazy_pattern(
            "(?<!不)(?:仅限于?|限于|只限于?|仅指|仅包括|只包括|仅包含)(?=([一-鿿]{2}))",
            marks=("限", "仅指", "仅包", "只包"),
        ),
    ),
)
"""Words of which the second ones, beside the same two characters, hold for less or ask for more than the first: any and some,
after a discussion and after its consent, a list that is open and one that is closed."""


def counterparts(sides: Sides) -> Iterator[Signal]:
    """Yield words that took the place of their counterparts beside the same words: 任何单位, 有关单位; 讨论后, 讨论通过后."""
    texts = [part.part.text for part in sides[:2]]
    for kind, way, first, second in _COUNTERPARTS:
        for one, other, turned in ((first, second, False), (second, first, True)):
            old = {match[1]: match.span() for match in one.finditer(texts[0])}
            new = {match[1]: match.span() for match in other.finditer(texts[1])}
            for beside in old.keys() & new.keys():
                if beside in {match[1] for match in other.finditer(texts[0])}:
                    continue  # it stood there before
                yield make_signal(sides, kind, _TURNED[way] if turned else way, old[beside], new[beside])
    found = list(_attribute(sides, _OWN))
    if found and all(map(_GRANTS.search, texts)):
        yield from found
    yield from _attribute(sides, _OF_STATE)


_OWN = lazy_pattern(
    "本[省市区县镇乡](?=(企业|居民|市民|村民|学生|老年人|老人|单位|车辆|职工|个人|农民|农户|家庭|儿童|公民|毕业生|产品|项目|患者|申请人|投资者|用户|机构))",
    marks=("本省", "本市", "本区", "本县", "本镇", "本乡"),
)
"""Those of the own area, for whom alone a benefit may be; a duty binds nobody outside the area anyway."""
_GRANTS = lazy_pattern("可以|补贴|补助|奖励|资助|给予|免费|优惠|优先|招收|享受|减免|救助|申请|扶持|发放")
_OF_STATE = lazy_pattern(
    "国家(?=(标准|工作人员|公务员|机关|秘密|赔偿|投资|资金|财政|储备|所有|资产|重点|公园|考试|资格|奖学|助学|课程))"
    "|(?:中华人民共和国|我国)(?=(公民|国籍|居民|领域|海域|企业|法人))"
    "|(?<!人民)政府(?=(投资|定价|指导|采购|购买|补贴|补助|资金|储备|网站|主导|引导|扶持|举办|出资|合同|性基金|信息|数据|规章|文件))",
    marks=("国家", "中华人民共和国", "我国", "政府"),
)
"""What distinguishes a thing of the state from others of its kind: 国家标准 from 标准, 政府定价 from 定价."""


def _attribute(sides: Sides, attributes: re.Pattern[str]) -> Iterator[Signal]:
    """Yield an attribute that one side alone has before a noun of both: 企业可以申请, 本市企业可以申请."""
    texts = [part.part.text for part in sides[:2]]
    found = [list(attributes.finditer(text)) for text in texts]
    if (not found[0]) == (not found[1]):
        return
    side = 1 if found[0] else 0
    own = found[1 - side][0]
    noun = own[own.lastindex or 0]
    start = texts[side].find(noun)
    if start < 0:
        return
    places = (own.start(), own.end() + len(noun)), (start, start + len(noun))
    way = Direction.WIDER if side else Direction.NARROWER
    yield make_signal(sides, SignalType.SCOPE, way, *(places if side else places[::-1]))


_TURNED = {Direction.NARROWER: Direction.WIDER, Direction.STRICTER: Direction.LOOSER}


_ABSOLUTE = re.compile("一律|一概|绝对|任何(?:情况|情形|条件|时候)下?|无论何[种时][^，。；]{0,4}")


def absolutes(sides: Sides, said: set[SignalType]) -> Iterator[Signal]:
    """Yield where a rule loses or gains the word that lets no case pass: 一律不予批准, 不予批准. Beside a ban or 应当 it only emphasises."""
    if said & {SignalType.DUTY, SignalType.PROHIBITION, SignalType.PERMISSION, SignalType.SANCTION}:
        return
    one, other = sides.old.part.text, sides.new.part.text
    old, new = _ABSOLUTE.search(one), _ABSOLUTE.search(other)
    if (old is None) == (new is None):
        return
    bans = "不" in one or "禁" in one
    places = old.span() if old else None, new.span() if new else None
    binding = [
        [each for each in part.modals if each.modal in (Modal.MUST, Modal.MUST_NOT)] for part in sides[:2]
    ]
    if all(any(not _ABSOLUTE.fullmatch(each.word) for each in side) for side in binding):
        signal = make_signal(sides, SignalType.PROHIBITION if bans else SignalType.DUTY, None, *places)
        yield signal.model_copy(update={"weight": OF_SUBSTANCE})  # 一律不得, 不得: the ban lets no case pass
        return
    way = Direction.STRICTER if new else Direction.LOOSER
    yield make_signal(sides, SignalType.PROHIBITION if bans else SignalType.DUTY, way, *places)


_JOINT_OF_ITEMS = lazy_pattern(
    r"[；;，,][ 　]*(?P<end>或者?|并且?|且|和|以及|or|and)[ 　]*(?=\n)"
    r"|(?<=\n)[ 　]*(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、])[ 　]*(?P<start>或者?|并且?)(?=[一-鿿])",
    marks=("或", "并", "且", "和", "以及", "or", "and"),
)
_CUMULATIVE = lazy_pattern("(?<!之一)(?:条件|要求|材料|资料|文件|证件|证明|手续|程序|措施)的?[：:]\n")
"""The end of a lead-in whose items are all meant where no joint stands between them."""


def item_joints(old: str, new: str) -> Iterator[Signal]:
    """Yield where items that were all asked for became a choice, or the reverse, by the joint between two of them: ；并且, ；或者."""
    found = [_JOINT_OF_ITEMS.search(text) for text in (old, new)]
    either = [joint is not None and joint[joint.lastgroup or 0][0] in "或o" for joint in found]
    if either[0] == either[1] or not (all(found) or all(map(_CUMULATIVE.search, (old, new)))):
        return
    spans = [joint and Span(*joint.span(joint.lastgroup or 0)) for joint in found]
    words = [text[slice(*span)] if span else None for text, span in zip((old, new), spans, strict=True)]
    yield Signal(
        type=SignalType.CONDITION, direction=Direction.LOOSER if either[1] else Direction.STRICTER,
        old=words[0], new=words[1], old_span=spans[0], new_span=spans[1], weight=weight_of(SignalType.CONDITION),
    )  # fmt: skip
