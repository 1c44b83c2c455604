"""Words of a local passage that only fit it to the area: actors, legal basis, details that the superior leaves open, figures filled in, examples and names."""

import re
from collections import Counter
from functools import lru_cache

from policydiff.lexicon.areas import LOCALITIES_CHOOSE, LOCALITIES_MAY
from policydiff.lexicon.measures import Quantity
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.quantities import find_quantities
from policydiff.lexicon.widths import fold_words
from policydiff.model import Direction, Signal, SignalType, Span
from policydiff.substance.offices import STRUCK, find_bodies, strike_places
from policydiff.substance.other_actors import ANY_OFFICE, PRIVATE, names_office
from policydiff.substance.provisions import QUANTITY_TYPES
from policydiff.substance.weighing import LEAST_SAID, SAID_AGAIN

_RESTS_ON = lazy_pattern(
    """
    (?:[^，。；]{0,30}?(?P<modal>应当|必须|应|要)|[一-鿿、]{2,16}(?:政府|部门|[局委办]))? (?:严格|认真|依法|切实)?
    (?: (?:按照?|根据|依照|依据|遵照|遵循|结合|本着|围绕|对照) [^，。；]*?
        (?:规定|要求|原则|精神|部署|实际|情况|需要|特点|分工|意见|方针|理念|目标|授权|下达的?任务)
      | 以[^，。；]{2,40}为(?:载体|依托|抓手|契机|基础|引领|指导|统领|主线|重点|核心|支撑|总馆|阵地|纽带|牵引|导向|平台)
      | (?:依托|借助) [^，。；]+?(?:平台|系统|中心|机制|载体|网络|渠道|优势|窗口|数据|库|端|站|点|阵地|网格|设施|资源|力量)
      | (?:结合|围绕|对接|服务)[^，。；]*?(?:建设|创建|契机|机遇|目标|发展战略)
      | (?:充分|更好|积极)?发挥[^，。；]{2,20}(?:作用|优势)
      | 在?(?:各自|其|本部门|法定)?的?(?:职责|职权)(?:范围|权限|分工)?内?
    )
  | (?:[^，。；]{2,40}?)? (?:违反|未按照?|不按照?) (?:本(?:法|条例|办法|规定|细则))? 第[^，。；的]{1,30}[条款项] (?:的?规定)?
    """,
    re.VERBOSE,
)


def _rests_on(words: str, other: str) -> bool:
    """Return whether a part only names the basis of a provision: 按照国家有关规定, 依托大数据平台, 违反本条例第十条规定.

    A modal in the part must also stand in the `other` passage, because it binds the words that follow.
    """
    found = _RESTS_ON.fullmatch(words)
    return found is not None and (found["modal"] is None or found["modal"] in other)


_HEADS = lazy_pattern(
    "[并负责]*(?:指导|督促|督导)(?:[、和](?:指导|督促|督导|协调))*|建设|设置|开展|实施|举办"
)
"""Words before a copied half-sentence: somebody guides the bound party (指导物业服务企业), or the object is made (建设利用设施应当)."""
_DESIGNATED = lazy_pattern("所?(?:指定|确定|授权|委托|明确)的")
_DESIGNATES = lazy_pattern("所?(?:指定|确定|授权|委托|明确)的?")
_OFFICE = lazy_pattern("(?:机构|部门|机关|政府|委员会|中心|办公室|[局委办所站])$")
_IN_A_LIST = (
    lazy_pattern(f"(?:、|和|与|及|或者?)(?!{ANY_OFFICE.pattern})"),
    lazy_pattern("(?<!部门)(?<!机构)(?<!机关)(?:、|和|与|及|或者?)$"),
)
"""List marks after and before a general office: the office is then one of several bound, not a substitute for several."""
_UNIT = lazy_pattern("[一-鿿]{2,10}(?:中心|窗口|所|站|办公室|科|队)")
_HAS_UNITS = lazy_pattern("(?:街道|街镇|[镇乡局委办])$")
"""A unit inside an office that acts for it: 街道（城市运行管理中心）应当."""
_CONSULTED = lazy_pattern("(?:会同|商|征求|征得|听取|协同|联合)[^，。；]{0,6}$")
_OF_TOWNS = lazy_pattern(
    "(?:各|所在地的?|属地)?(?:(?:乡镇?|镇|乡（镇）)(?:人民)?政府|街道办事处|街道|、|和|或者?)+"
)


def _acts_for_nobody(words: str, before: str, behind: str, other: str) -> bool:
    """Return whether the words only name the offices for a task that the other passage gives to nobody: 区司法局会同各部门（对政策进行梳理）."""
    if leads := _LEADS.fullmatch(words):
        leader = names_office(leads["lead"]) or leads["lead"].endswith(
            ("领导", "长", "负责人", "班子", "书记")
        )
        return leader and re.search("牵头|由[^，。；]{2,20}(?:负责|组织)", other) is None
    half, other, words = (
        _BASIS.sub("", strike_places(text).replace(STRUCK, ""))
        for text in (HALVES.split(before)[-1] + words + HALVES.split(behind)[0], other, words)
    )
    tasks = [_ANYBODY.sub("", part, count=1) for part in HALVES.split(other)]
    heads = (task[:_BEGINS] for task in tasks if len(task) >= _BEGINS)
    named = next((half[: half.index(head)] for head in heads if head in half), "" if tasks[0] else half)
    offices = [office for office in re.split("、|和|及|会同|联合|牵头", named.removeprefix("由")) if office]
    acts = words.lstrip("本省市区县镇乡") in named and bool(offices)
    return acts and all(map(_OFFICES.fullmatch, offices))


_BASIS = lazy_pattern("(?:按照?|根据|依照?|结合|围绕)[^，。；]*?(?:规定|要求|需要|实际|标准|部署)")
HALVES = lazy_pattern("[，。；\\n]")
"""Separators of half-sentences."""
_BEGINS = 3
"""Characters that identify the start of a half-sentence in the other passage; two characters (加强) begin too many."""
_ANYBODY = lazy_pattern("^(?:各(?:地区?|级|有关|相关|部门|单位|[、和])+)(?:要|应当|应|可以?)?")
_LEADS = lazy_pattern(
    "(?:建立|健全|完善|成立|组建|会议)?由?(?P<lead>(?:[^，。；、由（）]|（[^（）]*）){2,20}?)(?:牵头|负总?责|组织|主持|召集|任召集人|任组长)(?:[，、][^。；]{2,40}?(?:配合|参与|参加|协同|协助|为成员))?的?"
)
_OFFICES = lazy_pattern(
    f"(?!配合|协助|指导|督促|要求|鼓励|支持|引导|委托|授权|推动)[{STRUCK}一-鿿]{{0,14}}(?:部门|政府|单位|委员会|管委会|中心|办公室|财政|街道|街镇|[局委办镇乡{STRUCK}])(?:要|应当)?"
)


def _names_actor(words: str, before: str, behind: str, other: str, *, comes: bool) -> bool:
    """Return whether the words only name the acting body: X指定的机构 for 机构, 由X for nobody, a town's office for its county's."""
    unit = _UNIT.fullmatch(words) and _HAS_UNITS.search(before)
    guides = not HALVES.split(before)[-1] and _HEADS.fullmatch(words)
    if comes and (unit or guides or _acts_for_nobody(words, before, behind, other)):
        return True
    if is_consulted(words, before):
        return False
    listed = _IN_A_LIST[0].match(behind) or _IN_A_LIST[1].search(before)
    if (ANY_OFFICE.fullmatch(words) and not listed) or (comes and _OF_TOWNS.fullmatch(words)):
        return True
    if _OFFICE.search(words):
        if _DESIGNATED.match(behind):
            return True
        instead = re.search(f"[由向]([^，。；]{{2,16}}){re.escape(behind[:2])}", other)
        return (
            comes
            and (names_office(words) or before.endswith("由"))
            and _ACTS_OF_OFFICE.search(f"{before}＿{behind}") is not None
            and (instead is None or names_office(instead[1]))
        )
    return (
        _DESIGNATES.fullmatch(words) is not None
        and _OFFICE.search(before) is not None
        and _OFFICE.search(re.split("[，。；应可负具]", behind)[0]) is not None
    )


_ACTS_OF_OFFICE = lazy_pattern("由＿|经＿(?:认定|评定|备案的)|向[一-鿿]{0,6}＿(?:报送|上报|反馈)")
"""Around an office, acts for which the superior need not name who does them, or who is told."""


def is_consulted(words: str, before: str) -> bool:
    """Return whether the words name a body that must be consulted: （会同）财政部门, 征求…意见."""
    return _CONSULTED.search(before + words[:2]) is not None


_SPIRIT = lazy_pattern("(?:遵循|坚持|按照|本着|贯彻|实行|根据|依照|依据|结合)[^，。；]*$")
_PRINCIPLE = lazy_pattern("[^，。；]*(?:原则|方针|理念|(?:规定|要求|规划|方案|部署|意见|精神|实际)，)")


def is_said_again(words: str, text: str, other: str) -> bool:
    """Return whether the words recur in the other passage as often, possibly reordered: 区民政局负责管理 → 管理由区民政局负责."""
    said, own, told = _said_words(words), _said_words(text), _said_words(other)
    pairs = [said[at : at + 2] for at in range(len(said) - 1)]
    return (
        len(pairs) >= LEAST_SAID
        and sum(told.count(pair) >= own.count(pair) for pair in pairs) >= SAID_AGAIN * len(pairs)
        and set(_OF_MODAL.findall(words)) <= set(_OF_MODAL.findall(other))
        and not {each.key for each in find_quantities(words)} - {each.key for each in find_quantities(other)}
    )


@lru_cache(maxsize=32)
def _said_words(words: str) -> str:
    return _BETWEEN.sub("", _OF_MODAL.sub("", fold_words(without_bodies(strike_places(words)))))


def _is_task_named(words: str, other: str) -> bool:
    """Return whether the words only name the other passage's rule as a task: 做好学前教育工作, 促进中医药事业发展, 落实各项任务."""
    found = _TASK_NAMED.fullmatch(words)
    return found is not None and (not found[1] or found[1] in other)


_TASK_NAMED = lazy_pattern(
    "(?:并|应当|应|要|切实|进一步|全面)*(?:(?:做好|抓好|推进|加强|落实)(?:好)?|(?:保障和)?(?:促进|推动)|(?:持续)?(?:优化|改善)|(?:充分|更好|积极)?发挥)"
    "(?:各项|相关|有关|[本全]?[省市区县])*(?P<what>[^，。；、]{2,12}?)?(?:的)?(?:各项|相关|有关)?(?:管理|积极|重要)?(?:工作|任务|(?:事业)?(?:健康|高质量)?发展|环境|作用)"
    "|(?:并|负责|组织)*(?:实施|(?=.*的(?:组织)?实施))本(?:条例|办法|规定|细则|意见|方案)(?:的(?:组织)?实施(?:工作)?)?"
)
_ENDS = "。；\n"
"""What stands behind the last half-sentence, as the empty end of a passage does."""
_RESULT = lazy_pattern(
    "(?:并|不断|切实|全面|有效|稳步|进一步|着力|持续|以)*(?:提高|提升|增强|改善)(?![^，。；]*(?:补[贴助]|待遇|工资|薪|报销|供养|救助|保障|赔偿|收入))[^，。；、\\d]{0,20}(?:水平|能力|效率|效益|意识|质量|素[养质]|满意度)"
    "|(?:满足|适应|保障(?=[^，。；]*工作))[^，。；、\\d]{2,14}(?:需要|需求)"
)
"""What is hoped for, by no figure: 提高农村公路养护运行服务水平, 满足学生成长需要."""
_ANYBODY_BANNED = lazy_pattern(
    "(?<![一-鿿])(?:任何(?:单位|组织|人|个人|[、和或者]+)+|各[一-鿿]{2,8}(?:机构|单位|企业|部门|街镇|学校))$"
)
"""Before a ban that names nobody, all whom it binds anyhow."""
_OWN_BODY = lazy_pattern(
    f"[{STRUCK}区县市镇乡]＿[一-鿿]{{0,4}}(?:协会|学会|商会|联合会|促进会|集团|公司)|.?＿为(?:牵头|责任|主管|实施)"
)
"""Around words that make a kind of body, or nobody, a body by its name: 区（餐饮烹饪）行业协会, 明确（区商务委）为牵头部门."""
_BETWEEN = lazy_pattern(
    f"(?:按照?|根据|依照)[^，。；]{{0,20}}规定|[{STRUCK}，。；：、（）()的和与及或由对将]|行政(?:机关|主管)|(?:有关|相关)部门|人民政府|以及|或者|予以|给予|有关的?|进行|[0-9一二三四五六七八九十百]+(?=[个日天月年])"
)
_OF_MODAL = lazy_pattern("不得|禁止|严禁|不予|可以|应当|必须|不")


def without_bodies(words: str) -> str:
    """Return the words without the names of bodies."""
    for body in reversed(find_bodies(words)):
        words = words[: body.start] + words[body.end :]
    return words


_CHANNEL = lazy_pattern(
    "(?:应当|应|要)?(?:通过|利用)(?:“[^”]+”[一-鿿]{0,6}|[^，。；]{2,30}(?:平台|系统|网站|热线|公众号|客户端|窗口|渠道|媒体|(?:喇叭|短信|微信群?|广播|电视|报纸|电话|宣传栏)(?=等)))等?(?:多种)?(?:渠道|方式|形式)?"
)
"""The own channel by which a local office does its task: 通过12345市民服务热线等渠道."""


def names_way(signal: Signal, superior: str, local: str) -> bool:
    """Return whether exchanged words name the channel of an office (通过政务服务平台 → 通过“随申办”), or stand in the basis on both sides (按照…要求 → 按照…理念)."""
    if signal.type is not SignalType.SCOPE or not (signal.old_span and signal.new_span):
        return False
    sides = (superior, signal.old_span), (local, signal.new_span)
    ahead = [HALVES.split(text[: span.start])[-1] for text, span in sides]
    bases = [
        _RESTS_ON.fullmatch(lead + HALVES.split(text[span.start :])[0])
        for lead, (text, span) in zip(ahead, sides, strict=True)
    ]
    if all(found and found["modal"] is None for found in bases) and all(map(_SPIRIT.search, ahead)):
        return "标准" not in f"{signal.old}{signal.new}"
    quoted, new = ahead[1].endswith("“"), local[slice(*signal.new_span)]
    named = f"“{new}{'' if '”' in new else '”'}" if quoted else new
    one_way = _ANY_WAY.fullmatch(signal.old or "") and _CHANNEL.fullmatch(f"通过{named}")
    return bool(one_way) and all(map(_BY_WAY.search, ahead))


_BY_WAY = lazy_pattern("(?:通过|登录|拨打|利用|依托|关注)“?[^，。；、]{0,4}$")
_ANY_WAY = lazy_pattern("(?!.*(?:现场|书面|窗口|当面|邮寄))[^，。；、或和]{2,10}")
"""A channel without a name of its own, and no second channel: 政务服务平台, 市民服务（热线）."""
_KIND_NAMED = lazy_pattern(
    "(?:违法|违规|相关|有关|其他)*(?:群体|人员|行为|情形|领域|方面|单位|主体|渠道|方式|形式|因素|内容|活动|工作)"
)
"""The kind of the listed things, after 等: 老年人、残疾人等（群体）."""
_EXAMPLE = lazy_pattern("(?:^|[，。；对于如的])[^，。；、的]{2,12}(?:、[^，。；、的]{2,12})*$")
"""Words before 等 that begin a list of examples: 盗窃热能等＿＿, 学校、医院等公共场所."""


def _is_example(words: str, before: str, behind: str, other: str) -> bool:
    """Return whether the words are an example of a kind that the other passage names: （企业）、（社会组织等）社会力量."""
    opened = behind.startswith("等")
    if opened and (_EXAMPLE.search(before + words) or before[-2:] + behind[1:3] in other):
        return True
    kind = _EXAMPLES.search(
        words + behind
    )  # where the other passage lists members too (等伤害), one more of them counts
    named = kind is not None and kind[1] in other and f"等{kind[1]}" not in other
    return named and _EXAMPLE.search(before + words) is not None


_EXAMPLES = lazy_pattern("^[^，。；、等]{2,12}(?:、[^，。；、等]{2,12})*等([一-鿿]{2})")


def is_spoken_of(words: str, before: str, behind: str, other: str, *, comes: bool) -> bool:
    """Return whether one-sided words only name the actor, a principle, a basis, an example, or repeat the other passage.

    `before` and `behind` are the words of the passage around `words`; `comes` if the local side has them.
    """
    return (
        (comes and _is_example(words, before, behind, other))
        or (before.endswith("等") and _KIND_NAMED.fullmatch(words) is not None)
        or _names_actor(words, before, behind, other, comes=comes)
        or (comes and _CHANNEL.fullmatch("通过" * before.endswith("通过") + words) is not None)
        or (
            _SPIRIT.search(before) is not None and _PRINCIPLE.match(behind) is not None
        )  # one principle of several
        or _is_task_named(words, other)
        or (behind[:1] in _ENDS and _RESULT.fullmatch(words) is not None)
        or (
            comes
            and behind.startswith(("不得", "禁止"))
            and _ANYBODY_BANNED.search(before + words) is not None
        )
        or (comes and _OWN_BODY.match(f"{before[-1:]}＿{behind}") is not None)
        or _rests_on(words, other)
        or is_said_again(words, before + words + behind, other)
    )


_CHOICE = lazy_pattern("可以?(?:依法)?(?:指定|委托|授权|确定|选定|明确|设立|组建)")


def is_choice_made(signal: Signal, superior: str, local: str) -> bool:
    """Return whether the local text makes the choice of office that the superior (可以指定区规划资源局组织实施) or the law (各地可以设立) leaves open."""
    if signal.type is SignalType.PERMISSION and signal.new is None and "可" not in local:
        return LOCALITIES_CHOOSE.search((signal.old or "").partition("可")[0]) is not None
    if signal.old_span is None or signal.new_span is None:
        return False
    if signal.type is SignalType.DUTY and LOCALITIES_MAY.match(superior, signal.old_span.start):
        return "应当" not in local and "必须" not in local and "可" not in local
    if signal.type is not SignalType.PERMISSION:
        return False
    who = superior[: signal.old_span.start]
    leaves = _CHOICE.match(superior, signal.old_span.start) and not PRIVATE.search(who)
    return "可" not in local and bool(leaves or LOCALITIES_CHOOSE.search(who))


def is_target(signal: Signal, superior: str, local: str) -> bool:
    """Return whether a changed figure is still within a target (达到95% → 达到95%以上), a bound, or the share of a smaller area."""
    if signal.type not in _FIGURES or not (signal.old_span and signal.new_span):
        return False
    ahead = superior[: signal.old_span.start], local[: signal.new_span.start]
    filled_in = _FLOOR if signal.direction is Direction.HIGHER else _CEILING
    if filled_in.search(superior, *_around(signal.old_span)) and not _BOUND.search(
        local, *_around(signal.new_span)
    ):
        return True
    if signal.direction is Direction.LOWER and signal.type is not SignalType.PERCENTAGE:
        return all(area.search(words) for area, words in zip(_OF_AREA, ahead, strict=True))
    passed = signal.new in (f"{signal.old}以上", f"{signal.old}及以上")
    return passed and _AIMED.search(ahead[0]) is not None


def _around(span: Span) -> tuple[int, int]:
    return max(0, span.start - _BOUND_AHEAD), span.end + _BOUND_AHEAD


_BOUND_AHEAD = 4
"""Characters on either side of a figure in which bounding words are looked for: 不得超过（50）."""


_FIGURES = frozenset(QUANTITY_TYPES.values())
_FLOOR = lazy_pattern("不[低少]于|至少")
_CEILING = lazy_pattern("不(?:得)?[超高]过|不高于|最高|最多")
_BOUND = lazy_pattern(f"{_FLOOR.pattern}|{_CEILING.pattern}|以[上下内]")
"""Words of a bound; a locality may fill in a figure between the bounds of its superior: 每月不低于三百元 → 每月三百三十元."""
_AIMED = lazy_pattern("(?:达到?|实现|完成|建成|新增|提高到|提升至|保持在)[^，。；]{0,6}$")
"""Words before a figure that is a target: 覆盖率达到95%."""
_OF_AREA = (
    lazy_pattern("全[国省市州](?![^，。；]*(?:每|不[少低]于))[^，。；]*$"),
    lazy_pattern("(?:[全本我][市县区州镇])(?![^，。；]*(?:每|不[少低]于))[^，。；]*$"),
)
"""Words before the total of a whole area, of which a smaller area has its share: 全省建成5000万亩 → 全县建成42万亩."""


def has_figure(signal: Signal) -> bool:
    """Return whether the values (numbers with unit) in the two sides of a signal differ: 每两个月至少一次."""
    return _keys(signal.old or "") != _keys(signal.new or "")


def starts_elsewhere(signal: Signal, superior: str, local: str) -> bool:
    """Return whether the differing words are the act from which a time runs: 自申请之日起 → 自批准次月起; the act by which a text is sent out is none."""
    if not (signal.old_span and signal.new_span) or signal.type not in _OF_EVENTS:
        return False
    spans = (superior, signal.old_span), (local, signal.new_span)
    events = [
        next((each for each in _RUNS_FROM.finditer(text) if each.start() < span.end <= each.end()), None)
        for text, span in spans
    ]
    return all(each is not None and not _SENT_OUT.search(each[0]) for each in events)


_OF_EVENTS = frozenset({SignalType.SCOPE, SignalType.CONDITION})
_RUNS_FROM = lazy_pattern(
    "[自从](?!20|19|本|\\d)[^，。；自从]{2,20}?(?:之日|当日|次日|当月|次月)起", marks=("日起", "月起")
)
_SENT_OUT = lazy_pattern("印发|发布|公布|施行|实施|发文|颁布")


def is_restated(signal: Signal, superior: str, local: str) -> bool:
    """Return whether a value shown for one side also stands in the opposite passage, as often, at another place: 每张补贴1万元 → 新增一张，给予10000元."""
    if signal.type not in _FIGURES or (signal.old is None) == (signal.new is None):
        return False
    values = _keys(signal.new or signal.old or "")
    own, other = (
        [each for each in find_quantities(text) if _key(each) in values]
        for text in ((local, superior) if signal.old is None else (superior, local))
    )
    pers = [{each.per for each in side} for side in (own, other)]
    alike = pers[0] & pers[1] or () in pers[0] | pers[1]  # 每亩, 每户
    return bool(values and alike) and Counter(map(_key, own)) <= Counter(map(_key, other))


def _keys(words: str) -> set[object]:
    return set(map(_key, find_quantities(words)))


def _key(value: Quantity) -> tuple[object, ...]:
    return value.unit, value.low, value.high
