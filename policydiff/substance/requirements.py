"""Whether a passage requires a permit, filing, proof or inspection, or forbids something, or only mentions it: 建设工程规划许可证的弹性, 查处违反禁止停车规定的行为; and limits put on an aid."""

import re

from policydiff.lexicon.patterns import lazy_pattern
from policydiff.model import Direction, Signal, SignalType
from policydiff.substance.weighing import AT_LEAST

_OF_OFFICES = lazy_pattern(
    r"""
    (?:检查|巡查|抽查|登记|检验|检测|检疫|鉴定|认证|评审|验收|审批|审核|备案|审计|公证|许可|批准|监督检查|收费|审查)(?:检测|检疫|备案|审查|验收|登记)?
      (?=证件|证书|证明|队伍|力量|网格|工作|制度|机构|机关|部门|机制|体系|平台|系统|活动|行业|服务|市场|数据|标准|技术|方法|能力|设施|设备|车辆|员(?!工)|师|站|簿|署|厅|局|事项|范围|项目|行为|信息|业务|领域|领导|委员会|法(?![规律])|长(?!期)|人员|建议|要求|对象|结论|意见(?!书)|档案|流程|环节|窗口|表格|功能|模式|总额|金额|要点|手册|教材|课程|协作|协同|合作|联动
        |(?:项目)?资料|专家|部(?![分位])|科(?![学技])|小?组(?!织)|中心|办公室|专用章|阶段|(?:申请)?材料真|效[能率]|程序(?!规定)|方式|价格|主体|凭证|公路|权(?!限[，。；]|人)|减免|公示)
  | 检查院 | 检察 | 登记(?=住所|地|在册|造册) | 报告(?=工作|、请示|制度|书|期|人) | (?<=请示)报告 | (?<=[资计估测验定析究划施])报告 | (?<=请示、)报告 | (?<=工作)报告 | (?<=强制)报告(?=、)
  | (?<=死亡)证明(?!的) | 注册(?=地|资本|资金|商标) | (?<=实名)注册 | (?<=责任)审查 | 审[查核](?=后?，?认为) | 同意(?=的意见) | (?<=[不致])同意 | (?<=视为)(?:同意|批准|许可|通过|备案|登记) | (?:服务费|手续费|保证金|押金)(?=为限|总额|标准|的) | (?<=原则)(?:上)?同意 | 年检(?=查) | 年审(?=[查核计]) | (?<=虚假)证明 | 证明(?=责任|力|事项|载明|标明|其) | (?<=不能)证明
  | (?:许可|备案|审批|登记)(?=条件|内容) | 许可(?=人|持有|重点) | (?<!实行)许可(?=管理) | (?<=上市)许可 | (?<=被)(?:审计|检查|许可|检验|检测|鉴定|审查) | (?:检查|审批|许可|备案|登记|检测)(?=清单|目录) | (?:审批|批准|批复)(?=文号|文件) | 鉴定(?=人) | 听证(?=会) | 评审(?=会) | 告知(?=承诺) | (?<=谁)(?:审批|许可|登记|批准|备案) | (?<=举报)登记 | 登记(?=备查)
  | (?:查封|扣押|冻结|强制执行|代履行|强制拆除|先行登记保存)(?=的(?!行为|措施|决定|方式|手段|期限|情[形况]|职责|权)[一-鿿])
  | (?:(?<![一-鿿])(?=[一-鿿]{2,10}?(?:可以|应当|不得|必须|有权|给予|予以|享受))|(?<=[对为给]))(?:登记|注册|备案|认证)(?=[一-鿿]{0,4}?(?:人员|者|师|护士|企业|产品|商户|职工|残疾人))
  | (?:公证|审计|鉴定|认证|检测|收费|登记|监督检查|检查)(?=(?:、[^，。；、]{1,8})*等[^，。；、]{0,8}(?:部门|机关|机构|单位|服务|资源|领域|方面|环节|职责)) | (?:审批|审核|许可|备案|检验|验收)(?=(?:、[^，。；、]{1,8})*等[^，。；、]{0,4}(?:场景|领域|环节|过程))
    """,
    re.VERBOSE,
)
"""Words for an instrument that are part of the name of an office, a paper, a place or a field of work."""
_DONE_TO = lazy_pattern(r"(?:吊销|收缴|暂扣|伪造|变造|涂改|倒卖|出租|出借|转让|买卖|撤销)[^，。；]{0,10}$")
"""Words before a permit that act on an existing permit, so that none is required."""
_DENIED = lazy_pattern(
    r"(?:无需|无须|毋需|毋须|不需要?(?:经过?|办理|取得)?|不用|不再(?:实行|要求|办理|进行)?|免[予于]?(?:办理|进行)?|取消)[^，。；、]{0,8}$"
)
"""Words before an instrument that is not required (不需要许可); the missing requirement is shown as an exception."""
_ATTRIBUTE = lazy_pattern(
    r"(?:未|没有|尚未|已)(?:依法|按(?:照)?规定|经过?|取得|办理|进行|通过)*[^，。；]{0,4}$"
    "|(?:委托|聘[请用]|选[择聘]|引入|由)[^，。；]{0,6}(?:具[有备]|取得|持有)[^，。；]{0,4}$"
)
_OF_NOUN = lazy_pattern(
    r"(?:许可|合格|通过)?的(?=[一-鿿])(?!行为|情形|情况|除外|应|不|可以|由|处|责|视|依|给|按|属|从|予)"
)
"""Words before and after an instrument that only describes the objects or the contractor of a rule: 未经登记的车辆不得上路, 委托具有资质的机构."""
_HAPPENED = lazy_pattern("(?:日前|近日|近期|目前|前期)[^。；]*$|已(?:获|经|由)[^，。；]{0,12}$")
"""Words before an instrument that already took place: 规划已获市政府批复同意."""
_FOLLOWED = lazy_pattern("(?:按照?|依照|根据|依据)(?:经|依法|市|区|已)*$")
"""Words before an approval whose result others must follow: 按照批准的控详规划."""
_MUST = lazy_pattern("应当?|必须|须|不得")
"""Words before such an approval if others must obtain it: 应当按照批准的方案施工."""
_WHICH = lazy_pattern(
    "[^，。；应须]*(?:完成|通过|取得|获得)[^，。；应须]*的(?:项目|企业|单位|机构|个人|产品|地块|房屋|人员)[，。]?"
)
"""A half-sentence that only names the objects of a rule: 2019年底前完成备案并开工的项目."""
_SINCE = lazy_pattern(
    r"[^，。；]{0,6}(?:之日|之时)|(?:合格|通过|完成|备案|手续|通知书?|文件|决定)?(?:当[日月年天]|[次翌](?:日|月|年))|[^，。；]{0,4}[日月年时后]起|起(?=计?算|[，。；])|(?:合格|通过)?后(?:再|一次性|[^，。；]{0,6}内)?(?:拨付|支付|付款|付清|发放|退还)"
)
"""Words after an instrument that starts a period or triggers a payment: 自竣工验收合格之日起, 从批准当月起, 验收后拨付."""
_TIME = lazy_pattern("[^，。；]{0,4}(?:时(?![限间代效段])|(?<!申请)前(?![款项述条])|阶段|期间|过程中|环节)")
_STEP_BEFORE = lazy_pattern("(?:经|报|送|须|应|通过|征得|取得|[向待在自])[^，。；]{0,14}$|未[^，。；]{0,14}$")
"""Words after an instrument that only states a time, and words before one that is a step nevertheless: （在）审核设计方案（时）, 经批准（前）."""
_HELD = lazy_pattern(
    "(?:证件?|书|文件)?(?:(?:规定|载明|确定|核定|许可|批准)的?|的|[相有]关|各项)(?:要求|范围|内容|条件|期限|事项|用途|区域|地点)"
)
"""Words after a permit that its holder already has: 未按照采砂许可证规定的要求采砂."""
_EASE = lazy_pattern("(?:的)?(?:便利|优惠|绿色通道|指导|帮助|效率|时限|时间|权限|改革|便捷)")
_EASED = lazy_pattern(
    "(?:简化|优化|精简|压缩|压减|缩短|下放|承接|方便|便利|加快|改进|提高|提升|整合|预留)[^，。；]{0,8}$"
)
"""Words before and after an instrument that is made easier, not required: 给予登记便利, 简化审批程序."""
_PAPER = lazy_pattern("(?:(?:行政)?许可(?:证|(?!证))|营业执照|资质)(?![、及和或与等，。；：）)]|$)")
_HAD = lazy_pattern(
    "取得|领取?|申请|申领|申办|办[理妥]|补办|核发|颁发|发[给放]|换发|补发|持有?|凭|具[有备]|备有|[有无未]|实[行施]|出示|提[交供]|出具|开具|附|[交查]验|设[立定]|[须需经]|准?予以?|给予|审[核查批]|报|作[为出]"
    "|应当?|必须|不得|可以|是否|适用|属于|列入|上传|要求|核实|合并|接受|携带"
)
"""Words before a paper that somebody must hold or issue; without them the paper is only mentioned: 电力业务许可证标明的容量."""
_CONTENTS = lazy_pattern(
    "(?:内容|事项|条款|要素)(?:主要|一般|应当?|须|可以?)*(?:包[括含]|有|为|如下|载明)[：:]?[^。；]*$"
)
_OF_CONTENTS = lazy_pattern("[^，。；：]*等(?:相关|有关|主要|具体|基本)?(?:内容|信息|要素)")
"""Words before and after an instrument that is listed among the contents of a paper: 方案主要内容包括评审方案, 明确规划调整、项目审批等内容."""
_REPORT_NAMED = lazy_pattern("(?:应当?|须|要)?(?:的|由|[包涵]括|内容|明确|中|载明|作为|通过后|模板|格式)")
"""Words after a report that is a document with contents, at the start of its half-sentence: 策划报告应包括更新目标."""


def asks_nothing(text: str, start: int, end: int) -> bool:
    """Return whether the part mentions the instrument at `text[start:end]` without requiring it."""
    before = text[max(0, start - _NEAR) : start]
    half = _HALF.split(text[:start])[-1]
    followed = _FOLLOWED.search(before) and not _MUST.search(half)
    attribute = _ATTRIBUTE.search(before) or followed
    when = _TIME.match(text, end) and not _STEP_BEFORE.search(before)
    paper = half and _PAPER.match(text, start) and not _HAD.search(half)
    report = half and text[start:end] == "报告" and _REPORT_NAMED.match(text, end)
    return bool(
        _OF_OFFICES.match(text, start)
        or _DONE_TO.search(before)
        or any(after.match(text, end) for after in (_SINCE, _HELD, _EASE, _OF_CONTENTS))
        or _CONTENTS.search(text[:start])
        or any(known.search(before) for known in (_DENIED, _EASED, _HAPPENED))
        or when
        or paper
        or (text.startswith("手续", end) and half and not _GONE_THROUGH.search(half))
        or (report and not _TOLD_TO.search(half))
        or (attribute and _OF_NOUN.match(text, end))
        or is_inside_breach(text, start, end)
        or _WHICH.fullmatch(half + _HALF.split(text[start:])[0])
    )


def is_handed_in(text: str, start: int) -> bool:
    """Return whether the instrument at `text[start:]` is a submitted paper (提交申请表、营业执照等材料) or the consent of a party.

    A submitted paper proves an existing permit, and a party's consent (经当事人同意) grants none.
    """
    half = _HALF.split(text[:start])[-1]
    consent = text.startswith("同意", start) and _OF_A_PARTY.search(half)
    return bool(consent or (_HANDED.search(half) and _SHEET.match(text, start)))


_OF_A_PARTY = lazy_pattern(
    "(?:当事人|本人|双方|对方|患者|监护人|权利人|业主|家属|职工|申请人|使用人)(?:的|书面|事先|明确|一致)*$"
)


_HANDED = lazy_pattern(
    "(?:提[交供报]|报送|递交|出[示具]|附[上具有]?|携带|上传|交验|凭)(?!.*(?:[经后]|取得|办理|申请(?![表书人材])|报(?!告|表)))"
)
_SHEET = lazy_pattern(
    "(?:营业执照|[一-鿿]{0,4}许可证|资质证书|批复|[一-鿿]{2}(?:证书?|证明|文件|意见书?|决定书?|通知书?|报告|回执))(?:[（(]|副本|正本|原件|复印件)*(?=[^一-鿿]|[及和或与等]|$)"
)
"""Words before a paper, and the paper itself: 提交 … 电力业务许可证等材料."""
_NEAR = 14
"""Characters before an instrument that are read to see whether it is required."""
_GONE_THROUGH = lazy_pattern("办|履行|完[善成]|申请|应|须|要|取得|提交|不再")
"""Words before formalities (审批手续) that somebody must complete."""
_HALF = lazy_pattern("[，。；：]")
_TOLD_TO = lazy_pattern("[向给未拒]|及时|立即|书面|应当?|须|必须|并|提[交出]|拖延")
"""Words before a report that somebody must make."""


_TOLD = lazy_pattern("(?:通知|告知|公告|公布|公示|明确|列明|载明|说明)[^，。；]{0,16}$")
_WHAT_IS_TOLD = lazy_pattern("[^，。；]{1,20}的(?:相关|有关|具体|其他)?(?:事项|内容|要求|范围|期限|后果)")
"""Words before and after a ban that a notice only mentions: 书面通知有关部门不得实施行为的相关事项 forbids nothing itself."""

_ENFORCES = "查处|打击|整治|惩处|惩治|纠正|制止|取缔|查禁|劝阻|处罚|治理|清查|遏制|防范|预防|举报|投诉"
_BEFORE_BREACH = lazy_pattern(f"(?:{_ENFORCES})[^，。；]*(?<![并且，和])$")
_BREACH = lazy_pattern("[^，。；]*(?:行为|活动|问题|现象|情形|情况|案件)(?:的线索)?(?:[，。；]|$)")
"""Words before and after a ban inside conduct that offices act against: 查处在禁止燃放区域燃放烟花爆竹的行为."""


def is_inside_breach(text: str, start: int, end: int) -> bool:
    """Return whether the words at `text[start:end]` stand inside conduct that offices act against: 查处未经许可经营的行为."""
    return _BEFORE_BREACH.search(text[:start]) is not None and _BREACH.match(text, end) is not None


_NOUN = "区域?|路段|标志|标识|名录|目录|清单|令|性|期(?!限)|物品|场所|岗位|事项|规定"
_NAMED_BY = lazy_pattern(
    "(?:设置|设立|划定|公布|公告|列入|进入|违反|制定|编制|调整|标明|纳入|属于|生产|销售|使用|携带|经营|购买|运输|进口|从事|种植|养殖|捕捞|采用|推广|解除|申请"
    "|[、和及或在的是将把对]|(?<=[^，。；])(?:国家|法律|法规|规定|明令|依法|国务院|本(?:法|条例|办法|规定|细则|规则|规程|章程|制度)|合同|协议))$"
)
_NAME_OF_THING = lazy_pattern(rf"(?:和|或者?|、|与)?(?:限制(?:类|性|的)?)?(?:{_NOUN})")
_NAMED = lazy_pattern(rf"[^，。；、]{{1,10}}?(?:的(?=[一-鿿])|{_NOUN})")
"""Words before and after a ban that only names an object: 公布禁止使用的农药名录, 设置禁止通行标志."""
_FORBIDS = ("禁止", "严禁")
_BARRED = ("职业", "从业", "竞业", "行业")
"""Words before a ban that belong to the name of a sanction: 职业禁止."""


def names_ban(text: str, start: int, end: int, before: str) -> bool:
    """Return whether the ban at `text[start:end]` is only mentioned; `before` holds the words of the part before the ban."""
    if _TOLD.search(before) and _WHAT_IS_TOLD.match(text, end):
        return True
    if is_inside_breach(text, start, end):
        return True
    if text[start:end] not in _FORBIDS:
        return False
    if before.endswith(_BARRED):
        return True
    if _NAME_OF_THING.match(text, end):
        return True
    return _NAMED_BY.search(before) is not None and _NAMED.match(text, end) is not None


_TASK = lazy_pattern(
    r"(?:并|应当|应|要|必须|依法|严厉|严格|坚决|及时|负责|加强|组织|配合|协助|进行|开展|对|[、和])*"
    rf"(?:(?:{_ENFORCES})[、和]?)+(?!的)[^，。；]*(?:行为|活动|问题|现象|犯罪)$"
)


def is_enforcement(text: str) -> bool:
    """Return whether the part orders offices to act against conduct; the part is then no condition: 依法查处未经许可从事经营的行为."""
    return _TASK.match(text) is not None


def limited(signal: Signal, old: str, new: str) -> Signal:
    """Return the signal, narrower if it is a limit put on an aid (给予补贴 → 给予补贴，期限两年), wider if the limit went."""
    text, span = (new, signal.new_span) if signal.old is None else (old, signal.old_span)
    one_sided = (signal.old is None) != (signal.new is None)
    if not (span and one_sided and signal.type in _LIMITING and signal.direction is Direction.CHANGED):
        return signal
    words = text[slice(*span)]
    sentence = text[: span.start].rpartition("。")[2] + text[span.end :].partition("。")[0]
    if not _LIMIT.search(words) or _OF_A_DUTY.search(words) or not _AID.search(sentence):
        return signal
    way = Direction.NARROWER if signal.old is None else Direction.WIDER
    return signal.model_copy(
        update={
            "direction": way,
            "detail": AT_LEAST if signal.type is SignalType.PERIOD else signal.detail,
        }
    )


_LIMITING = frozenset(
    {SignalType[name] for name in ("PERIOD", "FREQUENCY", "NUMBER", "PART_ADDED", "PART_REMOVED")}
)
_AID = lazy_pattern("补[贴助]|奖[励补]|资助|贴息|津贴|救助|助学金|减免|优惠|免租")
_LIMIT = lazy_pattern(
    "(?<![期不无有权])限(?![期制时于])|只[能可]?(?:享受|申[请领报]|领取|补)|(?:期限?|最长|累计)[^，。；]{0,6}[年月]$|总额控制|[用领完]完[即为]止"
)
"""How long, how often or up to which total an aid is given: 期限两年, 每户限一次, 用完即止."""
_OF_A_DUTY = lazy_pattern(
    "审[核批查]|受理|办[理结]|拨付|发放|公示|整改|保存|经营|不[少低]于|至少|以上|应当|须|承诺"
)
"""Words of a term in which an office acts, or of what the applicant has to do: they ask for more."""
