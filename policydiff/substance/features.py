"""Features of one part of a passage: words of duty and permission, exceptions, conditions, sanctions, instruments and rights."""

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache, wraps
from typing import NamedTuple

from policydiff.lexicon.patterns import lazy_pattern, rare_pattern
from policydiff.model import InstrumentKind, Modal, SignalType
from policydiff.substance.requirements import asks_nothing, is_handed_in, names_ban
from policydiff.substance.vocabulary import any_of, instrument_rank, vocabulary


class ModalWord(NamedTuple):
    """A word that binds or allows at `text[start:end]`."""

    start: int
    end: int
    word: str
    modal: Modal
    hedged: bool
    approval: bool

    @property
    def key(self) -> tuple[Modal, bool, bool]:
        """Values that two equal modals share."""
        return self.modal, self.hedged, self.approval


class Word(NamedTuple):
    """A word at `text[start:end]` with its normal form."""

    start: int
    end: int
    word: str
    key: str
    term: str = ""
    """Term that two equal words share, if it differs from `key`; else empty."""

    def same(self, other: "Word") -> bool:
        """Return whether both words mean the same."""
        return (self.term or self.key) == (other.term or other.key)


_SINGLE = r"""
    (?P<must_one>(?<![相对适反响供呼感效答理本顺回照因策接])应(?![急用付届对收变运邀聘约征税答力激验证诉试季景战允考得募])(?!当)
      |(?<![必无毋])须(?![知要])|(?<![不])需(?=经|由|持|提供|提交|报|取得|办理|符合|具备))
  | (?P<not_one>(?<![必非])不可(?![抗分撤逆缺避或预替移再更持转思量言忽低估想少能以行]))
  | (?P<may_one>(?<![许认不宁尚无皆即])(?<!可[一-鿿])可(?![一-鿿]可|建未|[能行靠见观持再移燃回视比溶追信控变读逆疑供谓贵喜研操及复量核循降穿编支预感触亲爱口否耕售转分撤替接识编塑拆折降知想食惜怜怕乐笑控]
      |采(?![取用购集])|推(?![荐举选进])|用(?!于)|达(?!到)|为(?!了)|以|[由在]于))
  | (?P<soft_one>(?<![不适便时相事权合制机])宜(?=[在由于按以采选设配与从将有]))
"""
_POLICY_ONLY = r"| (?P<must_policy>(?<![需主重必不只纲概简首紧扼次索还想摘提机纪险显])要(?![求素点约件闻害么塞领是务地道案职目旨义诀]))"
_APPROVAL = lazy_pattern(
    r"擅自|未经[^，。；]{0,16}(?:批准|同意|许可|审批|核准|备案|登记|审核|审查|验收|检验|检疫|评估)(?!(?:合格|通过)?的[一-鿿])|经[^，。；]{0,16}(?:批准|同意|许可|审批)(?!(?!后的)[^，。；]*的[^，。；]+$)"
)


def reserves_leave(words: str) -> bool:
    """Return whether a sentence names an act with or without somebody's leave: 擅自, 未经批准, 经批准."""
    return _APPROVAL.search(words) is not None


@cache
def _modals(*, policy: bool) -> re.Pattern[str]:
    beside = _SINGLE + _POLICY_ONLY if policy else _SINGLE
    words = any_of(vocabulary().modals, beside, "应须需不可宜要")
    return re.compile(f"(?<![A-Za-z](?=[a-z])){words}(?!(?<=[a-z])[a-z])", re.VERBOSE)  # no may of dismay


@cache
def _hedges() -> re.Pattern[str]:
    return re.compile(
        f"(?<!不){any_of(vocabulary().hedges)}|可(?:以)?结合|一般(?=应|不|可|要|[为由](?![了]))|原则(?=同意|通过|批准)"
    )


SOFT_WORDS = frozenset({"宜", "不宜"})
TENTATIVE_PLANS = frozenset({"探索", "研究", "力争", "争取"})
"""Words of plans that leave open whether the action will be done, while 推动 and 加快 promise it."""
_NOUN_USE = lazy_pattern(
    r"(?<=[所专])有权|(?<=the case )may|(?<=as )may(?= be)|(?<=调查|科学|学术|理论|应用|基础)研究|研究(?=[与和]?开发|生(?![育产成态活物])|[型院性]|者|资金|政策|力度|体系|中心|院|所(?![有需得属])|机构|作用|人员|成果|下)"
    r"|(?:支持|引导|推动|推进|鼓励|加快|探索)(?=性|者|政策(?!性)|力度|体系|作用|下(?![列属级岗乡沉一]))"
    r"|(?:支持|引导)(?=资金(?![投流向进参更优重用])|中心(?![城镇区村小]))"
)
"""Verbs of encouragement inside a noun (研究机构, 支持力度, 在…引导下); 鼓励机构公开收费标准 and 支持人员培训 do encourage."""


_NOT_FORBIDDEN = lazy_pattern("(?:不予|不再|不得|未|解除|取消|不)$")
"""Words before 禁止 that turn it into a permission: 不予禁止."""
_UNABLE = lazy_pattern(
    "(?<=不[能应])证明|(?<=不能)(?:完全|充分|有效|很好地?|及时)?(?:适应|满足|胜任|达到|跟上)|的[，：]?$"
)
"""Words after 不能 and 不应 that tell of a case or an inability (不能证明没有过错的, 不能满足需要), which is no ban."""
_NO_ONE = lazy_pattern(r"\b[Nn]o (?:[a-z]+ ){1,4}(?:shall|may|must)$")
_WITHOUT_FAIL = frozenset({"一律"})
_BANS = lazy_pattern("不(?:得|准|许|应|能|可|予|允许)")
IN_PRINCIPLE = "原则上"
_IN_PRINCIPLE = lazy_pattern(f"{IN_PRINCIPLE}(?!应|不(?:得|应|能|可|予)|可|要)")
_BOUND = lazy_pattern("不[超低高少多大小]")
"""A denied bound; after 原则上 it is only softened and forbids nothing: 原则上不超过5年."""


def find_modals(text: str, *, policy: bool) -> Iterator[ModalWord]:
    """Yield the modals of a part in order.

    >>> [(found.word, found.modal.value, found.hedged) for found in find_modals("原则上应当公开，但不得收费", policy=False)]
    [('应当', 'must', True), ('不得', 'must_not', False)]
    """
    for match in _modals(policy=policy).finditer(text):
        before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 12]
        own = before[max(map(before.rfind, "，。；：")) + 1 :]
        modal = _class_of(match, text, own)
        if modal is None:
            continue
        word = match[0]
        hedged = bool(_hedges().search(own[-10:] + word) or re.match("尽量|尽可能|逐步", after))
        approval = bool(_APPROVAL.search(own) or after.startswith("擅自"))
        soft = hedged or word in SOFT_WORDS or word in TENTATIVE_PLANS
        yield ModalWord(match.start(), match.end(), word, modal, soft, approval)
    if "原则上" not in text:
        return
    for match in _IN_PRINCIPLE.finditer(text):
        denies = text.startswith("不", match.end()) and not _BOUND.match(text, match.end())
        modal = Modal.MUST_NOT if denies else Modal.MUST
        yield ModalWord(match.start(), match.end(), match[0], modal, True, False)


def _class_of(match: re.Match[str], text: str, own: str) -> Modal | None:
    """Return the class of a modal; None if the word does not bind (不予禁止, 研究机构) or only mentions a ban laid down elsewhere."""
    word, end = match[0], match.end()
    if not match["word"]:
        modal = Modal.MAY if match["may_one"] else Modal.MUST_NOT if match["not_one"] else Modal.MUST
    elif (
        (word == "禁止" and _NOT_FORBIDDEN.search(text[: match.start()]))
        or (word.startswith(("不能", "不应")) and _UNABLE.search(text, end))
        or _NOUN_USE.match(text, match.start())
        or text.startswith("三必须", match.start() - 1)
    ):
        return None
    else:
        modal = Modal.MUST_NOT if _NO_ONE.search(own + word) else vocabulary().modals[word]
    if modal is Modal.MUST_NOT and names_ban(text, match.start(), end, own):
        return None
    if word in _WITHOUT_FAIL and text.startswith("不", end):
        return (
            None if _BANS.match(text, end) else Modal.MUST_NOT
        )  # 一律不新增; of 一律不得 the ban itself is read
    return modal


def _remembered(finder: Callable[[str], Iterator[Word]]) -> Callable[[str], tuple[Word, ...]]:
    """Return the finder with a cache, because each part is asked for each feature several times."""

    @lru_cache(maxsize=_REMEMBERED)
    @wraps(finder)
    def find(text: str) -> tuple[Word, ...]:
        return tuple(finder(text))

    return find


_REMEMBERED = 512
"""Parts whose features are cached; both sides of a clause have fewer."""


def _each(pattern: Callable[[], re.Pattern[str]], key: str = "") -> Callable[[str], tuple[Word, ...]]:
    """Return a finder of the matches of a pattern, with the given key or with the matched words as key."""
    return _remembered(
        lambda text: (Word(*found.span(), found[0], key or found[0]) for found in pattern().finditer(text))
    )


find_hedges = _each(_hedges, "hedge")
"""Find the words that make a rule depend on circumstances."""


_GRADE = rare_pattern(
    "(?P<rising>(?<![一-鿿]级)[一二三四五1-5](?:星级|级(?=[甲乙丙]等|(?:以[上下])?(?:公立|综合|专科)?(?:医院|医疗机构))))|(?<![A-Za-z])(?P<letters>A{2,5}|[A-D](?=级))(?:级|(?=景区))"
    "|(?<![一二三四五六七八九十百上下同每各省市州县区乡镇村居组户抓这哪\\d”])(?P<rank>特|[甲乙丙丁]|[一二三四五1-5])级(?!别|配|人民|政府|以上(?:地方|各级)|联动|网络|市场|抓|管理|落实|[河路林湖田]长|财政|党组织|组织|体系|责任|平台|联席)"
    "|(?P<of_skill>[初中高])级(?=(?:以上|以下)?(?:专业)?(?:技术(?!学校|院校)|技能|职称|职务|职业资格|职业技能|资格|工程师|会计师|证书))"
    "|(?:大学)?(?P<of_study>博士|硕士|本科|大专|专科|中专|高中|初中)(?:研究生)?(?=[及或]?(?:者)?(?:以[上下])?(?:学历|学位|文化程度|毕业))"
)


def find_grades(text: str) -> Iterator[Word]:
    """Yield the grades in a text (二级, 甲级, 三星级, AAAA, 中级职称, 本科学历); keys of stars and hospitals begin with 升, for rising grades."""
    for match in _GRADE.finditer(text):
        key = f"升{match['rising'][0]}" if match["rising"] else match[match.lastgroup or 0]
        yield Word(match.start(), match.end(), match[0], key)


@cache
def _sanctions() -> re.Pattern[str]:
    return re.compile(any_of(vocabulary().sanctions, _OF_OFFICE, "撤取暂停"))


_OF_OFFICE = (
    "(?<!被)(?:(?P<lasting>撤销|取消|取销)|暂停|停止)(?!的)(?:[^，。；：的被]{0,12}的?)?"
    "(?:资格(?!认定|认证|审批|考试|审查|条件|证|申请)|执业(?!许可|证|资格|医师))"
)
"""The end or pause of a licence to act, including its holder: 撤销其证券从业资格, 暂停执业."""
_RECORDED = lazy_pattern("(?<![被应得未予再止])(?:[列纳记计录]入|实施|采取|进行|给予|予以)[^，。；的]{0,14}$")
_OF_LIST = lazy_pattern("[^，。；]{0,8}?(?:的|错误)")
"""Words before and after a list of defaulters; being entered is a sanction, while 被纳入失信名单的, 失信信息 and 名单的期限 only mention it."""


_NAME = lazy_pattern("《[^《》\n]{1,120}》")


def _without_names(text: str) -> str:
    """Return the text with titles of documents blanked out, because 《行政许可法》 requires no permit."""
    return _NAME.sub(lambda match: " " * len(match[0]), text) if "《" in text else text


_NOT_IMPOSED = lazy_pattern(
    "(?:支付|缴纳|交纳|清偿|不予|免予|免于|免除|从轻|减轻|豁免|不再(?:给予)?|第[一二三四五六七八九十]+章[ \u3000]*|经(?:[^，。；]{0,8}(?:部门|机关|机构))?(?:依法)?)$"
)
"""Words before the name of a sanction that impose none: it is paid, spared (不予行政处罚), already imposed (经责令改正), or a chapter heading."""
_ONLY_NAMED = lazy_pattern(
    "(?<!作出行政)(?<=处[罚分])(?:决定[^，。；]|期(?=[满限间内]))|(?<=处罚)(?:裁量|信息|权|基准|案件|程序|事项|文书|法|体系|种类|数据|依据|标准)|(?<=管制)(?:度|刀|物品|器具|药品)|(?<=处分)(?:[^，。；]{0,8}(?:财产|资产)|权)|(?<=拘留)(?:等|的(?:被|人|罪))|(?<=罚款)(?:认定)?标准|后(?=仍|又|再|拒)"
)
"""Words after a sanction that make it part of another name or a step before the penalty: 行政处罚裁量基准, 处分重大财产, 警告后仍不改正."""
_OTHER_WORD = lazy_pattern("(?:监|空间|交通|外汇|出口|用途|流量|高度|城市|风貌)$")
"""Words before 管制 that make it no penalty: 监管制度, 空间管制."""
_MEMBER_BEFORE = lazy_pattern("(?:警告|记过|记大过|降级|撤职|开除|察看|岗位等级)的?$")
_CLASS_AFTER = lazy_pattern("的?(?:行政|政务|纪律)?处分")
_CLASSES = frozenset({"discipline", "official_discipline", "party_discipline"})
"""Words before and after the name of a class of sanctions if a member is named: 警告处分 is 警告."""


@_remembered
def find_sanctions(text: str) -> Iterator[Word]:
    """Yield the sanctions of a part with their kinds."""
    for match in _sanctions().finditer(_without_names(text)):
        kind = vocabulary().sanctions.get(match[0])
        # either may end: 检验资格 and 认证资格
        office = re.sub("[其的]", "", match[0]) if kind is None else ""
        if office in vocabulary().sanctions:
            kind, office = vocabulary().sanctions[office], ""  # 取消其资格
        kind = kind or ("revocation" if match["lasting"] else "suspension")
        before = text[: match.start()]
        if _ONLY_NAMED.match(text, match.end()) or (kind == "control" and _OTHER_WORD.search(before)):
            continue
        if _NOT_IMPOSED.search(before) or (kind in _CLASSES and _MEMBER_BEFORE.search(before)):
            continue
        if kind == "credit" and (not _RECORDED.search(before) or _OF_LIST.match(text, match.end())):
            continue
        named = _MEMBER_BEFORE.search(match[0]) and _CLASS_AFTER.match(text, match.end())
        yield Word(match.start(), named.end() if named else match.end(), match[0], kind, office)


@cache
def _instruments() -> re.Pattern[str]:
    return re.compile(any_of(vocabulary().instruments))


@_remembered
def find_instruments(text: str) -> Iterator[Word]:
    """Yield the instruments of a part with their kinds; names of offices (登记机关) are left out."""
    told = 0
    for match in _instruments().finditer(_without_names(text)):
        word, (start, end) = match[0], match.span()
        if start < told or asks_nothing(text, start, end):
            continue
        if text.startswith("报告", end) and word != "报告":  # 验资报告 is one paper
            end += 2
        if text[:start].endswith("办理"):  # 办理登记, 办理登记手续: 登记
            start -= 2
            end += 2 * text.startswith("手续", end)
        kind = vocabulary().instruments[word]
        if is_handed_in(text, match.start()):
            kind = InstrumentKind.CERTIFICATE
        told = end
        yield Word(start, end, word, kind.value, vocabulary().terms[word])


def rank_of(kind: SignalType, words: str) -> int:
    """Return how heavy the sanctions or instruments in words are for the bound party, 0 to 6; 6 for words with neither."""
    if kind is SignalType.SANCTION:
        laid = {word.key for word in find_sanctions(_SPOKEN_OF.sub("", words))}
        return 6 * bool(laid - _SLIGHT)
    ranks = [instrument_rank(word.key) for word in find_instruments(_OF_WHICH.sub("", words))]
    return max(ranks, default=0 if _OF_WHICH.search(words) else 6) if kind is SignalType.INSTRUMENT else 6


_STAFF = {"demerit", "major_demerit", "demotion", "removal"}
_SLIGHT = frozenset({"correction", "crime", "liability", "other", *_STAFF, *_CLASSES})
"""Sanctions of the least rank: an order to correct is no penalty (行政处罚法 art. 28); crime and liability follow from other laws
anyway, as does 行政处罚 without a kind; 处分 and 记过 strike the staff of a body, so a client asks for them after fines and licences."""
_OF_WHICH = lazy_pattern("[拟被经](?:批准|核准|许可|审批|登记)[^，。；]{0,8}的(?=[一-鿿])(?!行为|情形)")
"""An approval that only describes the persons or objects of a rule: 被批准服现役的公民, 经批准的适应症."""
_SPOKEN_OF = lazy_pattern(
    r"[^，。；\n]*(?:不服|(?:行为|决定)[是为])[^，。；\n]*|(?:[被因]|受[过到])[^，。；\n]*?(?:的|公民|人员?|者|单位)(?=[，。；\n]|$)"
)
"""A half-sentence that only describes the cases of a rule: 对行政处分不服, 行政行为是警告, 被判处拘役正在服刑的公民."""


_EXCEPTION = lazy_pattern(
    r"""
    (?=[除的，从依按适不减无没可应免豁毋取])(?:
    除[^，。；\n]{1,60}?(?:以?外|之外)(?![国地省币商资文语来汇交部面卖围观貌壳伤科])
  | 的?(?:，)?除外
  | (?:从|依照|按照|适用)其(?:规定|约定)
  | 不受[^，。；]{0,30}?限制
  | 减半(?:收取|征收|缴纳)
  | 不适用 | 不(?:承担|负)[^，。；]{0,6}?(?:责任|义务) | 免责(?!任|声明|条款) | 免除[^，。；]{0,6}?责任
  | (?:无|没有)正当理由 | (?<=[^，。；])无故(?=[不拒拖])
  | 不在此限
  | (?:不作|不设|不再设置?|取消)[^，。；\n]{0,8}?(?:要求|限制|门槛)|不限(?:制)?(?=[户国学性年专职工地区资条数人]|[，。；]|$)
  | (?:可以|应当|依法)?(?:(?:免予|免于|免除)(?:缴纳|交纳|收取)?|免征|免收|免缴|免交|减免(?![、，。；等的和及]|\Z|[一-鿿]{0,2}(?:申请|政策|条件|措施|手续|比例|办法|资格|情况|额|事项))|豁免)
  | 不予(?:行政|治安管理)?(?:处罚|追究|禁止|收取|征收)|不追究|免除(?:行政)?处罚|减征|(?:可以)?不罚(?!款)
  | (?:可以|应当|依法)?(?:从轻|减轻)(?:(?:或者?|、)(?:减轻|免除|免予|不予))*(?:行政|治安管理)?处[罚分理]
  | (?:可以不(?!予)|不再(?!(?:审批|批准|核准|受理)新|[新增扩]|布局|安排|供应|建设|引进)|无需|无须|不必|不需要|毋[须需])(?=[一-鿿])(?![^，。；]*的，?$)
    )
    """,
    re.VERBOSE,
)


@_remembered
def find_exceptions(text: str) -> Iterator[Word]:
    """Yield the words that form an exception: 除…外, 另有规定的从其规定, 从其约定, 不适用, 免予."""
    for match in _EXCEPTION.finditer(text):
        grades = [name for name, words in _GRADES if words.search(match[0])]
        key = " or ".join(grades) if grades and grades != ["exemption"] else "exception"
        yield Word(match.start(), match.end(), match[0], key)


_GRADES = (
    ("lenience", lazy_pattern("从轻")),
    ("mitigation", lazy_pattern("减[轻半征免]")),
    ("exemption", lazy_pattern("免|不予|不罚")),
)
"""Grades of relief from the slightest: 从轻 stays within the range of a penalty, 减轻 goes below it (行政处罚法 arts. 32 and 33)."""


def relieves(key: str) -> float:
    """Return how much an exception relieves, as the mean of its grades 1…3: 从轻处罚 1, 从轻或者减轻处罚 1.5, 免予处罚 3."""
    grades = [grade for grade, (name, _) in enumerate(_GRADES, 1) if name in key] or [len(_GRADES)]
    return sum(grades) / len(grades)


_RELIEVES = lazy_pattern("从轻|减[轻半征]|免|不予(?!禁止)|不罚|不追究")
_SPARES_A_STEP = lazy_pattern("可以不|不再|无需|无须|不需要|毋须")


def relief_of(text: str) -> str | None:
    """Return the kind of relief that a part gives from a penalty, fee or step (不予处罚, 免收, 从轻, 无需); None without relief."""
    found = next((word for word in find_exceptions(text) if _RELIEVES.search(word.word)), None)
    if found is not None:
        return found.key
    return "step" if any(_SPARES_A_STEP.search(word.word) for word in find_exceptions(text)) else None


_CONDITION = lazy_pattern(
    r"""
    ^(?:因(?!素)(?!.*(?:案件|纠纷|争议)$)|如|若|如果|凡|遇有?|经(?!营|济|费|办|常|理|纪|开|销|贸|脉|验|信|过多年)|未经|凭(?!证)|符合|具备|持有|取得|达到(?![\d一二三四五六七八九十百千万][^，。；的]*$)|满足(?![^，。；]*(?:需求|需要)，?$)|在[^，。；]{1,24}(?:情况|情形|条件|前提)下|有下列|有本|自[^，。；]{1,20}(?:起|之日)|应[^当][^，。；]{0,12}要求)
  | [^，。；]的[，：]?$
  | 以[^，。；]{1,16}为限
  | (?:(?<!的同)(?<!\A同)(?<![\d一二三四五六七八九十百千半两个][小学课工])(?<!按)时|后|前|的情况下|的条件下|的前提下)，?$
    """,
    re.VERBOSE,
)
_PREREQUISITE = lazy_pattern(
    r"(?:应当|必须|须)?(?:具备|符合)(?:下列|以下|如下|相应)?[^，。；]{0,16}条件|下列条件|以下条件|经[^，。；]{1,24}(?:批准|同意|审查|审核|核准|许可|备案|认定|验收|评估|公示)(?:后|的)?|未经"
)


@lru_cache(maxsize=_REMEMBERED)
def is_condition(text: str) -> bool:
    """Return whether a part states the case of a rule: …的，, 经…批准, 符合…条件."""
    return bool(_CONDITION.search(text.rstrip("。；;")) or _PREREQUISITE.search(text))


find_remedies = _each(cache(lambda: re.compile(any_of(vocabulary().rights))))
"""Find the words for a way to be heard: 行政复议, 起诉, 投诉, 查阅."""


_DEFINITION = lazy_pattern(r"所称|是指|系指|(?<![包])指的是|[（(]以下(?:简|统)?称")


find_definitions = _each(lambda: _DEFINITION, "definition")
"""Find the words that introduce a definition: 所称, 是指, 以下简称."""


@cache
def _rights() -> re.Pattern[str]:
    words = any_of(vocabulary().rights)
    return rare_pattern(
        rf"(?:(?<!所)有权(?!机关|部门)|可以|可|享有|(?<![所国专])有(?![关企]))[^，。；]{{0,24}}?(?:{words})|(?:享有|(?<![所国专])有(?![关企]))(?!下列|以下)[^，。；]{{0,12}}权利|(?<!所)有权(?!机关|部门)|(?<!人人)享有"
    )


@_remembered
def find_rights(text: str) -> Iterator[Word]:
    """Yield the rights that a part gives: 有权, 可以…起诉, 可以…投诉, 享有."""
    for match in _rights().finditer(text):
        if not re.search("(?:国家|机关|部门)享有", text[: match.end()]):
            yield Word(match.start(), match.end(), match[0], "right")
