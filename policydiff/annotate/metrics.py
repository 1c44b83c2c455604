"""What a number counts, in the document's words."""

import re

from policydiff.annotate.kinds import Context
from policydiff.annotate.quantities import UnitKind
from policydiff.lexicon.patterns import Words

_WORDS = Words("policydiff.annotate", "goals")
_FRONT = _WORDS.phrase(r"(?: {fronts} | 不得? {bounds} | [\s“”\"'] )+")
_DEADLINE = re.compile(
    r"""
    \s* [在于]? (?: [到至] | 截至 | 力争 | 争取 | 确保 )? \s*
        (?:19|20)\d\d \s*年 (?:\d{1,2}月)? (?:\d{1,2}日)? [底末]? 之?前?   # 力争到2025年底前
  | \s* [“"]? 十[一二三四五六七八]五 [”"]? (?: 期间 | 时期 | 末 )?           # “十四五”期间
    """,
    re.VERBOSE,
)
_HEAD = re.compile(
    r"""
    ^ .* (?: [将使把] | 到(?:19|20)\d\d年 | 重点支持 | 可返还 | 给予 | (?<![面针])对 ) (?:不超过)? (?=...)   # 将|研发投入占比…
  | ^ 不超过
  | ^ 可以?
  | ^ 并? 处以? (?=..)
    """,
    re.VERBOSE,
)
_BACK = _WORDS.phrase(r"(?: {backs} | 不得? {bounds} | \s )+ $")
_VERB = _WORDS.phrase("{verbs}+ $")
_OPENING_VERB = _WORDS.phrase("^ {opening_verbs}")
_NOUN = re.compile(
    r"""
    的? (
        [^，,。；;：:、\d（()）]
        (?: [^，,。；;：:、\d（()）] | （ [^，,。；;：:、\d（()）]{1,4} ） ){0,39}    # 专（兼）职协管员
    )
    """,
    re.VERBOSE,
)
_CUT = re.compile(
    r"^内 | ^不等的? | (?: 征收 | [及或]?以[上下内外] | 左右 | 达到?$ | 不得?[低少高超][于过] | (?<=..)(?<![主重需])要 ) .* $",
    re.VERBOSE,
)
_NOT_LASTING = _WORDS.phrase("{not_counted}")
_ATTRIBUTE = re.compile(r"[^，,。；;、\d]{1,12} \d [^，,。；;、的]{0,12}", re.VERBOSE)
_LAST_NOUN = re.compile(r"的 ( [^，,。；;、的\d]{2,20} ) (?: [，,。；;] | $ )", re.VERBOSE)
_JOINED = re.compile(r".*、 | .*[和及与]$", re.VERBOSE)
_HAS = re.compile(r"(?: [应须具]有 | 具备 | 拥有 )$", re.VERBOSE)
_LASTS = _WORDS.phrase("(?: {lasting} | 从事 [^，。；]{0,12} )$")
_LEVEL = re.compile(r"(?: 国家 | 省 | 市 | 区 | 县 | 世界 | 部 )级", re.VERBOSE)
_SHARED_NOUN = re.compile(r"、 [^，,。；;]{0,20} 级 ( [^，,。；;、\d]{2,20} ) $", re.VERBOSE)
_BARE_SHARE = re.compile(r"(?:(?:增加值|税收|产值|营业?收入?|总?收入|投资|面积|数量)总?(?:收入|额)?)?占")
_SUBJECT = re.compile(
    r"((?:(?!发展|规模|质量|水平|能级|实力|体系|布局|进一步|不断|显著|明显|持续|基本|初步|全面|更加|实现|达到|力争)[^，,。；;：:、\d]){2,20})"
)
"""The noun at the head of the sentence: 健康服务业 of 健康服务业规模和质量不断提升."""
_SHARE_THAT_REACHES = re.compile(
    r"(?:及?以上|左右)?的(?P<thing>[^，,。；;\d]{2,14}?)(?P<state>(?:达到|实现|完成|建成|纳入|符合|通过)[^，,。；;]{2,20})"
)
"""70%以上的面积达到海绵城市建设要求: the share of a thing that reaches a state."""
_ENOUGH = 2


def metric_of(context: Context, inherited: str) -> tuple[str, int, int]:
    """Return the metric, and where the words it was read from begin and end.

    A measured quantity is named by the words before it (产业规模达到4000亿元); a counted one by those before it when they name
    something (总部型企业力争达到10家), else by those after it (新增10个左右省级创新平台). Of two numbers that share one name
    (分别达到65%和55%, 30厘米×40厘米) the second inherits it.
    """
    words, quantity = context.words, context.quantity
    start, before = _own_words(context)
    reached = (
        _SHARE_THAT_REACHES.match(words, quantity.end, context.sentence.end) if quantity.unit == "%" else None
    )
    if reached is not None:
        return f"{_BACK.remove(before)}{reached['thing']}{reached['state']}的比例", start, reached.end()
    named = _BACK.remove(before)
    is_reached = before[len(named) :].strip("的") != ""
    is_counted = quantity.kind is UnitKind.COUNT
    is_time = quantity.kind is UnitKind.DURATION and not _LASTS.search(named)
    has = is_time or _HAS.search(before) is not None
    is_named_after = is_counted or has or len(named) < _ENOUGH
    following, end = _following(context) if is_named_after else ("", context.after_end)
    if has and following:
        return following, start, end
    verbless = _VERB.remove(named)
    if is_counted and following and (not is_reached or len(verbless) < _ENOUGH):
        return f"{'新增' if named.endswith('新增') else ''}{following}", start, end
    if len(verbless) >= _ENOUGH:
        headless = _HEAD.sub("", verbless)
        bare = _OPENING_VERB.remove(headless)
        metric = bare if len(bare) >= _ENOUGH else headless
        return f"{_subject(context, metric)}{metric}", start, context.after_end
    if inherited and (
        not following or words[context.own_start : quantity.start].strip() in ("和", "、", "与", "及", "×")
    ):
        return inherited, start, context.after_end
    return following or inherited, start, end


def _subject(context: Context, metric: str) -> str:
    """Return whose share a share is that does not say it: 到2023年，健康产业规模扩大，占全市生产总值的比重达到7%."""
    if not _BARE_SHARE.match(metric):
        return ""
    before = context.words[context.sentence.start : context.part.start]
    front = _DEADLINE.match(before)
    lead = before[front.end() if front else 0 :].lstrip("，,：: ")
    subject = _SUBJECT.match(lead)
    return subject[1] if subject and subject[1] not in metric else ""


def _own_words(context: Context) -> tuple[int, str]:
    """Return the words before the number that are its own, and where they begin."""
    words, quantity = context.words, context.quantity
    start = context.own_start
    if start != context.part.start:
        joined = _JOINED.match(words[start : quantity.start])
        start += joined.end() if joined else 0
    if words[start : quantity.start].endswith("、"):
        start = quantity.start
    for front in (_DEADLINE, _FRONT):
        match = front.match(words[start : quantity.start])
        start += match.end() if match else 0
    return start, words[start : quantity.start]


def _following(context: Context) -> tuple[str, int]:
    """Return the thing counted, read after the number: 国家级创新平台, 产值达30亿元的龙头企业."""
    words, quantity = context.words, context.quantity
    rest = words[quantity.end : context.part.end]
    attribute = _ATTRIBUTE.match(rest)
    last = _LAST_NOUN.search(rest)
    if attribute and last and attribute[0].startswith("以"):
        return last[1], quantity.end + last.end(1)
    if attribute and last:
        return f"{attribute[0]}的{last[1]}", quantity.end + attribute.end()
    for place in (quantity.end, context.after_end):
        if context.is_duration and _NOT_LASTING.match(words, place):
            continue
        noun = _NOUN.match(words, place, context.part.end)
        thing = _CUT.sub("", noun[1]).strip() if noun else ""
        if noun and words[noun.end() : noun.end() + 1].isdigit():
            thing = thing.rstrip("和及与")
        shared = _SHARED_NOUN.search(rest) if _LEVEL.fullmatch(thing) else None
        if shared:
            return f"{thing}{shared[1]}", max(context.after_end, quantity.end + len(thing))
        if noun and thing:
            return thing, max(context.after_end, noun.start(1) + noun[1].find(thing) + len(thing))
    return "", context.after_end
