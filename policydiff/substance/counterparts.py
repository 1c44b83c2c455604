"""Pairs of words and values on one scale that have no unit: 任何单位 and 有关单位, 一律 and its absence, grades, signs (≥, √); and tables whose unit differs."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.shortest_edits import common_ends
from policydiff.lexicon.widths import fold_words
from policydiff.model import Direction, Modal, Signal, SignalType, Span
from policydiff.substance.alignment import Sides, make_signal, place_of
from policydiff.substance.features import find_grades, relief_of
from policydiff.substance.vocabulary import one_writing
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
"""Pairs of patterns (type, direction, first, second). A rule with the second words, before the same two characters,
covers less or asks for more: any → some, after a discussion → after its consent, an open list → a closed list."""


def counterparts(sides: Sides) -> Iterator[Signal]:
    """Yield the `_COUNTERPARTS` exchanged beside the same words (任何单位 → 有关单位, 讨论后 → 讨论通过后), and added or removed attributes."""
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
"""An attribute that limits a benefit to people or things of the own area. It is read only of benefits (`_GRANTS`), because a duty binds
nobody outside the area anyway."""
_GRANTS = lazy_pattern("可以|补贴|补助|奖励|资助|给予|免费|优惠|优先|招收|享受|减免|救助|申请|扶持|发放")
_OF_STATE = lazy_pattern(
    "国家(?=(标准|工作人员|公务员|机关|秘密|赔偿|投资|资金|财政|储备|所有|资产|重点|公园|考试|资格|奖学|助学|课程))"
    "|(?:中华人民共和国|我国)(?=(公民|国籍|居民|领域|海域|企业|法人))"
    "|(?<!人民)政府(?=(投资|定价|指导|采购|购买|补贴|补助|资金|储备|网站|主导|引导|扶持|举办|出资|合同|性基金|信息|数据|规章|文件))",
    marks=("国家", "中华人民共和国", "我国", "政府"),
)
"""An attribute that marks an object of the state among others of its kind: 国家标准 and 标准, 政府定价 and 定价."""


def _attribute(sides: Sides, attributes: re.Pattern[str]) -> Iterator[Signal]:
    """Yield the attribute that only one side has before a noun of both sides: 企业可以申请 → 本市企业可以申请."""
    texts = [part.part.text for part in sides[:2]]
    found = [list(attributes.finditer(text)) for text in texts]
    if (not found[0]) == (not found[1]):
        return
    side = 1 if found[0] else 0
    own = found[1 - side][0]
    noun = own[own.lastindex or 0]
    start = texts[side].find(noun)
    if start < 0 or own[0] in re.split("[，。；、]", texts[side][:start])[-1]:
        return  # 本市户籍居民 → 本市居民: the attribute stands before both nouns
    places = (own.start(), own.end() + len(noun)), (start, start + len(noun))
    way = Direction.WIDER if side else Direction.NARROWER
    yield make_signal(sides, SignalType.SCOPE, way, *(places if side else places[::-1]))


def way_of_attribute(sides: Sides, place: tuple[int, int]) -> Direction | None:
    """Return the direction of a bounded value put in or taken out at `place` as an attribute of those addressed; None for any other value.

    Put in, it frees from a ban, or from a duty named behind it (二十人以上的企业应当设立工会), and shuts out from a benefit. A value
    that a duty itself asks for (应当具有三年以上业绩) is no attribute of those addressed, and 每年5万元的补贴 names a sum.
    """
    texts = [part.part.text for part in sides[:2]]
    comes = len(texts[1]) > len(texts[0])
    longer = texts[comes]
    lead, tail = common_ends(texts[not comes], longer)
    end = len(longer) - tail
    if lead + tail != len(texts[not comes]) or not lead <= place[0] < place[1] <= end:
        return None
    if not _BOUNDED.search(longer, lead, end) or not _ADDRESSED.match(longer, end):
        return None
    binding = [
        each for each in (sides.old, sides.new)[comes].modals if each.modal in (Modal.MUST, Modal.MUST_NOT)
    ]
    if any(each.modal is Modal.MUST_NOT or each.start >= end for each in binding):
        return Direction.LOOSER if comes else Direction.STRICTER
    if binding:
        return None
    if _GRANTS.search(longer):
        return Direction.STRICTER if comes else Direction.LOOSER
    return Direction.NARROWER if comes else Direction.WIDER


_BOUNDED = lazy_pattern("满|以[上下内]|不足|超过|达到|[高低]于")
_ADDRESSED = lazy_pattern(
    "(?![通告报向公])[一-鿿]{0,4}?(?:人|者|员|[居村市公]民|企业|公司|单位|机构|项目|家庭|儿童|学生|职工|车辆|建筑|场所|业绩|经验|学历)"
)
_TURNED = {Direction.NARROWER: Direction.WIDER, Direction.STRICTER: Direction.LOOSER}


def denied_alike(sides: Sides) -> bool:
    """Return whether two parts are equal except that one forbids and the other denies: 不得收取费用 and 不收取费用."""
    bans = [any(modal.modal is Modal.MUST_NOT for modal in part.modals) for part in sides[:2]]
    if bans[0] == bans[1]:
        return False
    return len({one_writing(_BAN.sub("不", part.part.text)) for part in sides[:2]}) == 1


_BAN = lazy_pattern("不(?:得|准|许|能|允许|应当?|可以)")


_UNIT = "(?:人民币)?(?:[十百千万亿]*元|%|‰|人|户|家|个|辆|次|亩|公顷|平方(?:米|公里)|立方米|公里|米|吨|小时|天|日|月|年)(?:[/／][一-鿿]{1,4}){0,2}"
_CAPTION = lazy_pattern(
    r"(?<![一-鿿])(?:计量|货币|金额|数量)?单位[：:]\s*(?:人民币)?(?P<unit>[^）)，。；;\s|]{1,10})"
    rf"|(?<=[一-鿿])[（(](?P<head>{_UNIT})[）)](?=\s*[|\t\n])"
)
"""The unit of the figures of a table: （单位：万元） above the table, or in the head of a column: 标准（元/月）."""
_SCALES = ("元", "百元", "千元", "万元", "十万元", "百万元", "千万元", "亿元")


def unit_captions(old: str, new: str) -> Iterator[Signal]:
    """Yield a signal for each changed unit of a table, because every figure in the table then means another value: （单位：万元） → （单位：元）."""
    found = [list(_CAPTION.finditer(text)) for text in (old, new)]
    if len(found[0]) != len(found[1]):
        return
    for before, after in zip(*found, strict=True):
        units = [fold_words(each["unit"] or each["head"]).removeprefix("人民币") for each in (before, after)]
        if units[0] == units[1]:
            continue
        kind, way = SignalType.NUMBER, Direction.CHANGED
        if all(unit in _SCALES for unit in units):
            rises = _SCALES.index(units[1]) > _SCALES.index(units[0])
            kind, way = SignalType.AMOUNT, Direction.HIGHER if rises else Direction.LOWER
        spans = [Span(*each.span(each.lastgroup or 0)) for each in (before, after)]
        shown = [text[span.start : span.end] for text, span in zip((old, new), spans, strict=True)]
        yield Signal(
            type=kind, direction=way, old=shown[0], new=shown[1], old_span=spans[0], new_span=spans[1],
            weight=weight_of(kind),
        )  # fmt: skip


_SIGN = lazy_pattern(
    r"[≥≤≧≦⩾⩽±√✓✔☑✗✘☒☐□★☆↑↓]|(?<!×)×(?!×)|[＜＞<>＋－+-](?=\s*[0-9０-９])",
    marks="≥≤≧≦⩾⩽±√✓✔☑✗✘☒☐□★☆↑↓×＜＞<>＋－+-",
)
_TICKS = frozenset("√×□")
_STARS = frozenset("★☆")
_LINE = lazy_pattern(r"[^。；\n]+")
_ByWords = defaultdict[str, list[re.Match[str]]]
_BESIDE = 12
"""Characters shown on either side of a sign, because a sign means nothing without the words beside it."""


def signs(old: str, new: str) -> Iterator[Signal]:
    """Yield a signal where two lines with equal words have different signs: ≥60 → ≤60, √ → × in a table, ★★★ → ★★."""
    if not any(map(_SIGN.search, (old, new))):
        return
    lines: tuple[_ByWords, _ByWords] = (defaultdict(list), defaultdict(list))
    for text, by_words in zip((old, new), lines, strict=True):
        for line in _LINE.finditer(text):
            by_words[fold_words(_SIGN.sub("", line[0]))].append(line)
    for words, befores in lines[0].items():
        for before, after in zip(befores, lines[1].get(words, ()), strict=False):
            yield from _other_sign(before, after)


def _other_sign(before: re.Match[str], after: re.Match[str]) -> Iterator[Signal]:
    """Yield one signal for the first differing sign of two lines that have the same words."""
    found = [list(_SIGN.finditer(line[0])) for line in (before, after)]
    keys = [[fold_words(f"{sign[0]}1").removesuffix("1") for sign in each] for each in found]
    if keys[0] == keys[1] or fold_words(before[0]) == fold_words(after[0]):
        return  # 2020-2025年, 2020—2025年
    place = next(
        (index for index, pair in enumerate(zip(*keys, strict=False)) if pair[0] != pair[1]),
        min(map(len, keys)),
    )
    spans = []
    for line, each in zip((before, after), found, strict=True):
        at = each[min(place, len(each) - 1)] if each else None
        start, end = at.span() if at else (0, len(line[0]))
        start, end = max(0, start - _BESIDE), min(len(line[0]), end + _BESIDE)
        spans.append(Span(line.start() + start, line.start() + end))
    stars = [sum(key in _STARS for key in each) for each in keys]
    way = Direction.CHANGED
    if stars[0] != stars[1]:
        way = Direction.HIGHER if stars[1] > stars[0] else Direction.LOWER
    kind = SignalType.SCOPE if {*keys[0], *keys[1]} <= _TICKS else SignalType.NUMBER
    shown = [line.string[span.start : span.end] for line, span in zip((before, after), spans, strict=True)]
    yield Signal(
        type=kind, direction=way, old=shown[0], new=shown[1], old_span=spans[0], new_span=spans[1],
        weight=weight_of(kind),
    )  # fmt: skip


_LADDERS = (
    "五 5 初中/丁 四 4 高中 中专/丙 三 3 初 大专 专科/乙 二 2 中 本科/甲 一 1 高 硕士/特 博士",
    "D/C/B/A/AA/AAA/AAAA/AAAAA",
    "升一 升1/升二 升2/升三 升3/升四 升4/升五 升5",
)
_RANKS = {
    rank: (sort, place)
    for sort, ladder in enumerate(_LADDERS)
    for place, ranks in enumerate(ladder.split("/"))
    for rank in ranks.split()
}


def grades(sides: Sides) -> Iterator[Signal]:
    """Yield the grades that differ, with a direction: 二级资质 → 三级资质; first grade, 甲级, 高级, most A and most stars rank highest."""
    old, new = ([*find_grades(part.part.text)] for part in sides[:2])
    if len(old) != len(new):
        for side, (own, other) in enumerate(((old, new), (new, old))):
            said = {one.word for one in other}
            for each in own:
                if each.word not in said and each.word not in sides.around[1 - side]:
                    places = (None, place_of(each)) if side else (place_of(each), None)
                    yield make_signal(sides, SignalType.NUMBER, None, *places)
        return
    for one, another in zip(old, new, strict=True):
        ranks = _RANKS[one.key], _RANKS[another.key]
        if ranks[0] != ranks[1]:
            higher = Direction.HIGHER if ranks[1] > ranks[0] else Direction.LOWER
            way = higher if ranks[0][0] == ranks[1][0] else None
            yield make_signal(sides, SignalType.NUMBER, way, place_of(one), place_of(another))


_ABSOLUTE = lazy_pattern("一律|一概|绝对|任何(?:情况|情形|条件|时候)下?|无论何[种时][^，。；]{0,4}")


def absolutes(sides: Sides, said: set[SignalType]) -> Iterator[Signal]:
    """Yield a signal where a rule loses or gains a word that excludes exceptions (一律不予批准 → 不予批准); beside a ban it only emphasises."""
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
"""The end of a lead-in whose items are all required if no joint stands between them."""


def item_joints(old: str, new: str) -> Iterator[Signal]:
    """Yield a signal where required items became a choice, or the reverse, by the joint beside an item: ；并且 → ；或者."""
    if not any(map(_JOINT_OF_ITEMS.search, (old, new))):
        return
    lines = [_joints_by_item(text) for text in (old, new)]
    for item in filter(lines[1].__contains__, lines[0]):
        (before, every), (after, each) = lines[0][item], lines[1][item]
        either = [joint is not None and joint[joint.lastgroup or 0][0] in "或o" for joint in (before, after)]
        if either[0] == either[1] or not ((before and after) or (every and each)):
            continue
        spans = [joint and Span(*joint.span(joint.lastgroup or 0)) for joint in (before, after)]
        words = [text[slice(*span)] if span else None for text, span in zip((old, new), spans, strict=True)]
        yield Signal(
            type=SignalType.CONDITION, direction=Direction.LOOSER if either[1] else Direction.STRICTER,
            old=words[0], new=words[1], old_span=spans[0], new_span=spans[1], weight=weight_of(SignalType.CONDITION),
        )  # fmt: skip
        return


def _joints_by_item(text: str) -> dict[str, tuple[re.Match[str] | None, bool]]:
    """Return for each line, keyed by its folded words, its joint and whether the lead-in above requires all items."""
    found: dict[str, tuple[re.Match[str] | None, bool]] = {}
    start, all_meant = 0, False
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        joint = _JOINT_OF_ITEMS.search(text, max(0, start - 1), end)
        words = text[start : joint.start()] + text[joint.end() : end] if joint else line
        found[fold_words(words)] = joint, all_meant
        if line.rstrip().endswith(("：", ":")):
            all_meant = _CUMULATIVE.search(line.rstrip() + "\n") is not None
        start = end
    return found


BANNED = lazy_pattern("(?:不得|禁止|严禁|不准|不许)[^，。；]*$")
"""A ban and the words after it up to the next stop: 不得（简单化）予以禁止."""
LESS_BANNED = {Direction.STRICTER: Direction.LOOSER, Direction.LOOSER: Direction.STRICTER}
"""Direction for words that restrict how or where a banned act is done: added words loosen, because other ways stay allowed."""


_CAPPED = lazy_pattern(
    "(?:不得?(?:超过|高于|多于|大于)|控制在|限制在)(?:[^，。；]{2,16}(?:的|(?P<named>加|上浮|上调|高出))|[^，。；]{0,6})$"
    "|(?P<noun>(?:限值|上限|限额|限量|限价|限速|限高|限重|限宽)(?:标准)?(?:[是为至到]|每[^，。；]{1,4})?)$"
)
"""Before a figure: a bound, a bound above a base that stands between (不高于基准价上浮10%), or a noun that states a ceiling."""
_GRANT = lazy_pattern(
    "补贴|补助|奖励|资助|扶持|贴息|贷款(?![^，。；]{0,8}利[率息])|支持|减免|罚|处|赔偿|救助|保障金"
)
SPARES_FEE = lazy_pattern("减免|免[收征缴交]|减[收征缴交]|减半")
"""Relief from a fee: an exception that gives people more, as a higher grant does: 免收停车费."""


def are_capped(before: Sequence[str], sentences: Sequence[str], *, bounded: bool) -> bool:
    """Return whether two values are binding ceilings (charges, emissions, buildings), so that the lower is stricter; not for grants and fines.

    `before` holds the words ahead of the two values; `bounded` tells whether both values were read with an upper bound of their own.
    """
    found = [_CAPPED.search(words) for words in before]
    return all(each and (bounded or each["named"] or each["noun"]) for each in found) and not any(
        map(_GRANT.search, sentences)
    )


def rules_behind(sides: Sides) -> list[str]:
    """Return the normalised words behind the two parts in their sentences: the rules, where the parts are cases (情节轻微的，不予处罚)."""
    return [around.partition(side.words)[2] for around, side in zip(sides.around, sides[:2], strict=True)]


def spares(sides: Sides) -> list[bool]:
    """Return for each part whether the rule behind it spares from a penalty or a step; a remitted fee is a grant instead."""
    return [
        _SPARED.match(rule) is not None or (relief_of(rule) is not None and SPARES_FEE.search(rule) is None)
        for rule in rules_behind(sides)
    ]


_SPARED = lazy_pattern("[^，。；]{0,4}不(?:处罚|追究)")
"""Relief from a penalty in normalised words, which have no 予."""


_NO_DUTY = lazy_pattern("可以不|无需|无须|不必|不需要|毋[须需]")


def as_duty(sides: Sides, signal: Signal) -> Signal:
    """Return an exception that replaced 应当 on the other side as a removed or added duty: 应当公示 → 无需公示."""
    if (signal.old is None) == (signal.new is None) or not _NO_DUTY.fullmatch(signal.old or signal.new or ""):
        return signal
    duties = [[each for each in part.modals if each.modal is Modal.MUST] for part in (sides.old, sides.new)]
    side = int(signal.old is None)
    span = signal.old_span or signal.new_span
    if span is None or len(duties[1 - side]) <= len(duties[side]):
        return signal
    start = (sides.old, sides.new)[side].part.start
    places = [place_of(duties[1 - side][0]), (span.start - start, span.end - start)]
    way = Direction.LOOSER if side else Direction.STRICTER
    return make_signal(sides, SignalType.DUTY, way, *(places if side else places[::-1]))
