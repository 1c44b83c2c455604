"""The metric of a number: the words of the document for the object that the number counts or measures."""

import re

from policydiff.annotate.candidates import UnitKind
from policydiff.annotate.number_purposes import SHARE_THAT_REACHES, Context, penalty_of
from policydiff.lexicon.patterns import Words, lazy_pattern

_WORDS = Words("policydiff.annotate", "goals")
_FRONT = _WORDS.phrase(r"(?: {fronts} | 不得? {bounds} | [\s“”\"'] )+")
_DEADLINE = lazy_pattern(
    r"""
    \s* [在于]? (?: [到至] | 截至 | 力争 | 争取 | 确保 )? \s*
        (?:19|20)\d\d \s*年 (?:\d{1,2}月)? (?:\d{1,2}日)? [底末]? 之?前? (?: [、和及与] 20\d\d年[底末]? )*   # 力争到2025年底前
  | \s* [“"]? 十[一二三四五六七八]五 [”"]? (?: 期间 | 时期 | 末 )?           # “十四五”期间
    """,
    re.VERBOSE,
)
_HEAD = lazy_pattern(
    r"""
    ^ .* (?: [将使把] | 到(?:19|20)\d\d年 | 重点支持 | 可返还 | 给予 | (?<![面针])对(?![象口外接]|.*满意[度率]) ) (?:不超过)? (?=...)   # 将|研发投入占比…
  | ^ 不超过
  | ^ 可以? (?![回再视持燃靠用支移降比信控选])                                  # 可回收物
  | ^ 并? 处以? (?=..)
    """,
    re.VERBOSE,
)
_BACK = _WORDS.phrase(
    r"(?: (?<! [日月年人户亩地] (?=均)) {backs} | 应?当?符合 | 继续执行 | 不得? {bounds} | \s )+ $"
)
_VERB = _WORDS.phrase("{verbs}+ $")
_OPENING_VERB = _WORDS.phrase(
    "^ (?!建成区(?![级域属])|建设用地|完成[率度]|(?!实现|完成).*(?:率|[程密满浓力]度|比例|比重|占比|指数)$) {opening_verbs}"
)
"""A verb that opens the words, except in 建成区, which is a place, and in the name of a share (建设项目开工率)."""
_NOUN = lazy_pattern(
    r"""
    的? (
        [^，,。；;：:、\d（()）]
        (?: [^，,。；;：:、\d（()）] | （ [^，,。；;：:、\d（()）]{1,4} ） ){0,39}    # 专（兼）职协管员
    )
    """,
    re.VERBOSE,
)
_CUT = lazy_pattern(
    r"^内 | ^不等的? | (?: 征收 | [及或]?以[上下内外] | 左右 | 达到?$ | 不得?[低少高超][于过] | (?<=..)(?<![主重需])要 ) .* $",
    re.VERBOSE,
)
_EDGES = lazy_pattern(
    r"^(?:凡|共|即|(?:基本)?(?:实现|做到))(?=..) | (?<=..)[在于]?(?:[到至]|截至)?20\d\d年(?:\d{1,2}月)?[底末]?前?$ | (?<=..)(?: 一般 | (?:调整)?为每人 | 为连续 | 平均拥有 | 的 )$",
    re.VERBOSE,
)
"""Words at either end that do not belong to a name: an adverb, a date, a verb, a particle."""
_OPEN_BRACKET = lazy_pattern(r"^(?P<before>.*)[（(](?P<inside>[^（()）]*)$")
"""A bracket that closes after the number: 薄弱村（村级集体经济年收入|5万元以下）."""
_NAMES_SOMETHING = 4
"""Characters in an open bracket from which they are a name of their own; 最迟 and 每桶 are fewer."""
_NOT_LASTING = _WORDS.phrase("{not_counted}")
_ATTRIBUTE = lazy_pattern(r"[^，,。；;、\d]{1,12} \d [^，,。；;、的]{0,12}", re.VERBOSE)
_LAST_NOUN = lazy_pattern(r"的 ( [^，,。；;、的\d]{2,20} ) (?: [，,。；;] | $ )", re.VERBOSE)
_JOINED = lazy_pattern(r".*、 | .*[和及与]$", re.VERBOSE)
_AND_AT_END = lazy_pattern("(?:以及|并且?|[和及与或])$")
_MOVED = _WORDS.phrase(
    r"[^，。；\d]{0,6} [，,]? [^，。；\d]{0,8} {moves} [^，。；\d]{0,10}? [到至为] (?: \d{4}年[底末]?的? | 的 | 近 | 约 | 不得?[低少高超][于过] )*"
)
_MOVES_TO = _WORDS.phrase(r"^ [^，。；\d]{0,8} {moves} [到至为]")
_FINED = lazy_pattern(r"^.*(?<!查)处以?(?=..)")
_HAS = lazy_pattern(r"(?: [应须具]有 | 具备 | 拥有 )$", re.VERBOSE)
_LASTS = _WORDS.phrase("(?: {lasting} | 从事 [^，。；]{0,12} )$")
_LEVEL = lazy_pattern(r"(?: 国家 | 省 | 市 | 区 | 县 | 世界 | 部 )级", re.VERBOSE)
_SHARED_NOUN = lazy_pattern(r"、 [^，,。；;]{0,20} 级 ( [^，,。；;、\d]{2,20} ) $", re.VERBOSE)
_BARE_SHARE = lazy_pattern(r"(?:(?:增加值|税收|产值|营业?收入?|总?收入|投资|面积|数量)总?(?:收入|额)?)?占")
_SUBJECT = lazy_pattern(
    r"((?:(?!发展|规模|质量|水平|能级|实力|体系|布局|进一步|不断|显著|明显|持续|基本|初步|全面|更加|实现|达到|力争)[^，,。；;：:、\d]){2,20})"
)
"""The noun at the head of the sentence: 健康服务业 of 健康服务业规模和质量不断提升."""
_OF_SOMETHING = frozenset({"%", "‰", "倍"})
"""Units of a fine computed from a sum, which is then its metric: 货值金额一倍以上三倍以下的罚款."""
_GAIN = lazy_pattern("累计|新[增建开]|净增|完成|建成|培育|培训|引进")
"""A verb that, without its object, continues the number before."""
_ENOUGH = 2
"""Least characters of a metric's name: 产值 names one, a single character is the rest of another word."""


def metric_of(context: Context, inherited: str) -> tuple[str, int, int]:
    """Return the metric, and the span of the words from which it was read.

    A measured quantity is named by the words before it (产业规模达到4000亿元); a counted quantity by a
    name before it (总部型企业力争达到10家), or else by the words after it (新增10个左右省级创新平台). Of two
    numbers with one name (分别达到65%和55%, 30厘米×40厘米) the second inherits the name.
    """
    start, before = _own_words(context)
    penalty = penalty_of(context)
    if penalty is not None and context.quantity.unit not in _OF_SOMETHING:
        end = context.words.find(penalty, context.after_end) + len(penalty)
        return penalty, start, max(context.after_end, end)
    name, start, end = _named(
        context, inherited, start, before if penalty is None else _FINED.sub("", before)
    )
    opened = _OPEN_BRACKET.match(name)
    if opened is not None:
        name = opened["inside"] if len(opened["inside"]) >= _NAMES_SOMETHING else opened["before"]
    return _EDGES.sub("", name), start, end


def _named(context: Context, inherited: str, start: int, before: str) -> tuple[str, int, int]:
    """Return the result of `metric_of` for a quantity with the words `before` it, brackets and edges of the name not yet cut."""
    words, quantity = context.words, context.quantity
    reached = (
        SHARE_THAT_REACHES.match(words, quantity.end, context.sentence.end) if quantity.unit == "%" else None
    )
    if reached is not None:
        return f"{_BACK.sub('', before)}{reached['thing']}{reached['state']}的比例", start, reached.end()
    named = _BACK.sub("", before)
    is_reached = context.moved is not None or before[len(named) :].strip("的") != ""
    is_counted = quantity.kind is UnitKind.COUNT
    is_time = quantity.kind is UnitKind.DURATION and not _LASTS.search(named)
    has = is_time or _HAS.search(before) is not None
    is_work = not is_counted and BARE_WORK.fullmatch(named) is not None
    is_named_after = is_counted or has or is_work or len(named) < _ENOUGH
    following, end = _following(context) if is_named_after else ("", context.after_end)
    is_work = is_work and words.startswith(following, quantity.end) and following[:1] not in "和与及"
    if (has or is_work) and following:
        return following if has else f"{named}{following}", start, end  # 整治20公里河道
    verbless = _VERB.sub("", named)
    if is_counted and following and (not is_reached or len(verbless) < _ENOUGH):
        return f"{'新增' if named.endswith('新增') else ''}{following}", start, end
    if len(verbless) >= _ENOUGH:
        headless = _HEAD.sub("", _MOVES_TO.sub("", verbless) if context.moved is not None else verbless)
        bare = _OPENING_VERB.sub("", headless)
        metric = bare if len(bare) >= _ENOUGH else headless
        if _GAIN.fullmatch(headless) and inherited.startswith(headless):  # 新增床位500张，2023年底新增800张
            metric = inherited
        return f"{_subject(context, metric)}{metric}", start, context.after_end
    if inherited and (
        not following or words[context.own_start : quantity.start].strip() in ("和", "、", "与", "及", "×")
    ):
        return inherited, start, context.after_end
    return following or inherited, start, end


BARE_WORK = _WORDS.phrase("{works}*")
"""Works without their object, which the words after the number or another cell of the row name: 改造|10万平方米."""
_AND = lazy_pattern("、|以及|[和与及]")
_MEASURED = lazy_pattern(
    "(?:率|比|比例|比重|占比|数|量|额|值|规模|面积|收入|支出|里程|长度|浓度|强度|寿命|水平|成本|时间|时限|期限|指数|密度)$"
)
_FAMILIES = lazy_pattern(
    "城镇|城市|城区|农村|乡村|乡镇|新建|改建|扩建|既有|国家|全国|全省|全市|全区|内资|外资|公办|民办|线上|线下|室内|室外"
)


def names_of_each(metric: str, count: int) -> tuple[str, ...]:
    """Return the names of `count` values divided by 分别, in order; empty if the words do not divide them.

    Either every name is complete (失业率、通胀率), or the last name holds the common part: the names
    before it end like its own beginning (县道和乡村道|年均养护比例), or are words of one family
    (城镇和农村|居民收入).

    >>> names_of_each("县道和乡村道年均养护比例", 2), names_of_each("花生种植、收获机械化率", 2)
    (('县道年均养护比例', '乡村道年均养护比例'), ())
    """
    pieces = [piece for piece in _AND.split(metric) if piece]
    if len(pieces) != count or count < _ENOUGH:
        return ()
    *heads, last = pieces
    if all(_MEASURED.search(head) for head in heads):
        return tuple(pieces)
    cuts = {_shared_cut(head, last) for head in heads}
    cut = cuts.pop() if len(cuts) == 1 else 0
    return (*(head + last[cut:] for head in heads), last) if cut else ()


def _shared_cut(head: str, last: str) -> int:
    """Return the number of characters at the front of `last` that `head` replaces; 0 if no rule finds it."""
    for size in (3, 2, 1):
        at = last.find(head[-size:]) if len(head) >= size else -1
        if 0 < at < len(last) - size:
            return at + size
    family = _FAMILIES.match(last)
    return family.end() if family is not None and _FAMILIES.fullmatch(head) else 0


def _subject(context: Context, metric: str) -> str:
    """Return the subject omitted in the words of a share: 到2023年，健康产业规模扩大，占全市生产总值的比重达到7%."""
    if not _BARE_SHARE.match(metric):
        return ""
    before = context.words[context.sentence.start : context.part.start]
    front = _DEADLINE.match(before)
    lead = before[front.end() if front else 0 :].lstrip("，,：: ")
    subject = _SUBJECT.match(lead)
    return subject[1] if subject and subject[1] not in metric else ""


def _own_words(context: Context) -> tuple[int, str]:
    """Return the number's own words before it, and their start."""
    words, quantity = context.words, context.quantity
    if context.moved is not None and _MOVED.fullmatch(words[context.own_start : quantity.start]):
        start, end = context.moved
        return start + _front(words[start:end]), words[start + _front(words[start:end]) : end]
    start = context.own_start
    if start != context.part.start:
        joined = _JOINED.match(words[start : quantity.start])
        start += joined.end() if joined else 0
    if words[start : quantity.start].endswith("、"):
        start = quantity.start
    start += _front(words[start : quantity.start])
    return start, words[start : quantity.start]


def _front(words: str) -> int:
    """Return the number of characters at the front that are a deadline or do not belong to a name."""
    start = 0
    for front in (_DEADLINE, _FRONT):
        match = front.match(words[start:])
        start += match.end() if match else 0
    return start


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
            thing = _AND_AT_END.sub("", thing)
        shared = _SHARED_NOUN.search(rest) if _LEVEL.fullmatch(thing) else None
        if shared:
            return f"{thing}{shared[1]}", max(context.after_end, quantity.end + len(thing))
        if noun and thing:
            return thing, max(context.after_end, noun.start(1) + noun[1].find(thing) + len(thing))
    return "", context.after_end
