"""What a number counts, in the document's words."""

import re

from policydiff.annotate.kinds import Context
from policydiff.annotate.quantities import UnitKind

_FRONT = re.compile(
    r"^(?:的|[）)]|[、和及与并且]|其中|以及|或者?|同时|确保|力争|争取|原则上|全面|努力|逐步|不得?(?:低于|超过|高于|少于)|按照规定|[\s“”\"'])+"
)
_DEADLINE = re.compile(
    r"^\s*(?:在|于)?(?:[到至]|截至|力争|争取|确保)?\s*(?:19|20)\d\d\s*年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|末)?之?前?"
    r"|^\s*[“\"]?十[一二三四五六七八]五[”\"]?(?:期间|时期|末)?"
)
_HEAD = re.compile(
    r"^.*(?:[将使把]|到(?:19|20)\d\d年|重点支持|可返还|给予|(?<![面针])对)(?:不超过)?(?=...)|^不超过|^可以?|^(?:并)?处以?(?=..)"
)
_BACK = re.compile(
    r"(?:达到?了?|力争|确保|争取|提[高升]到|提[高升]至|升至|降至|降到|降低到|下降到|下降至|控制在|保持在?|稳定在?|维持在|突破|超过?|扩大到|扩大至|增加到|增至|"
    r"不得?(?:低于|少于|高于|超过|小于|大于|多于)|低于|高于|大于|至少|最[高低多少长短]|原则上|左右|接近|约|近|为|至|到|[均都也各]|分别|总体|基本|逐步|实现|且|给予|并?处以?|应当|必须|应|"
    r"按照规定|按照?|减按|申请|办理|享受|可以?|在|以|满|[的、，和与及]|\s|累计|共|每年|进一步)+$"
)
_VERB = re.compile(
    r"(?:培育|建成|建设|打造|创建|引进|推出|完成|形成|组建|设立|认定|遴选|选择|选取|布局|举办|招引|储备|培养|新建|集聚|争创|建立|发展|扶持|支持|推进|"
    r"加快|努力|重点|先行|放开|再|各|一批|共)+$"
)
_MAKES = re.compile(r"^(?:培育|引进|建成|完成|打造|建设|推出|实现)")
_NOUN = re.compile(r"的?([^，,。；;：:、\d（(]{1,40})")
_CUT = re.compile(r"^内|(?:征收|[及或]?以[上下内外]|左右|达到?$).*$")
_ATTRIBUTE = re.compile(r"[^，,。；;、\d]{1,12}\d[^，,。；;、的]{0,12}")
_LAST_NOUN = re.compile(r"的([^，,。；;、的\d]{2,20})(?:[，,。；;]|$)")
_JOINED = re.compile(r".*、|.*(?:和|及|与)$")
_HAS = re.compile(r"(?:[应须具]有|具备|拥有)$")
_LASTS = re.compile(
    r"(?:时间|时长|期限?|周期|年限|年龄|工龄|经营|居住|从业|工作|登记|注册|成立|从事[^，。；]{0,12}|连续|累计)$"
)
_LEVEL = re.compile(r"(?:国家|省|市|区|县|世界|部)级")
_SHARED_NOUN = re.compile(r"、[^，,。；;]{0,20}级([^，,。；;、\d]{2,20})$")
_ENOUGH = 2


def metric_of(context: Context, inherited: str) -> tuple[str, int, int]:
    """Return the metric, and where the words it was read from begin and end.

    A measured quantity is named by the words before it (产业规模达到4000亿元); a counted one by those before it when they name
    something (总部型企业力争达到10家), else by those after it (新增10个左右省级创新平台). Of two numbers that share one name
    (分别达到65%和55%) the second inherits it.
    """
    words, quantity = context.words, context.quantity
    start, before = _own_words(context)
    named = _BACK.sub("", before)
    is_reached = len(named) < len(before)
    is_counted = quantity.kind is UnitKind.COUNT
    is_time = quantity.kind is UnitKind.DURATION and not _LASTS.search(named)
    has = is_time or _HAS.search(before) is not None
    is_named_after = is_counted or has or len(named) < _ENOUGH
    following, end = _following(context) if is_named_after else ("", context.after_end)
    if has and following:
        return following, start, end
    verbless = _VERB.sub("", named)
    if is_counted and following and (not is_reached or len(verbless) < _ENOUGH):
        return f"{'新增' if named.endswith('新增') else ''}{following}", start, end
    if len(verbless) >= _ENOUGH:
        headless = _HEAD.sub("", verbless)
        bare = _MAKES.sub("", headless)
        return bare if len(bare) >= _ENOUGH else headless, start, context.after_end
    if inherited and (
        not following or words[context.own_start : quantity.start].strip() in ("和", "、", "与", "及")
    ):
        return inherited, start, context.after_end
    return following or inherited, start, end


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
        noun = _NOUN.match(words, place, context.part.end)
        thing = _CUT.sub("", noun[1]).strip() if noun else ""
        if noun and words[noun.end() : noun.end() + 1].isdigit():
            thing = thing.rstrip("和及与")
        shared = _SHARED_NOUN.search(rest) if _LEVEL.fullmatch(thing) else None
        if shared:
            return f"{thing}{shared[1]}", max(context.after_end, quantity.end + len(thing))
        if noun and thing:
            return thing, max(context.after_end, noun.start(1) + len(thing))
    return "", context.after_end
