"""Words in short, names that hold a word of law, attributes of who is meant, how a duty is done, and who decides: pair by pair, each with its reason."""

from collections.abc import Sequence

import pytest

from policydiff.model import Effect, Genre, Signal, SignalType
from policydiff.substance.effects import judge_effect
from policydiff.substance.signalling import signals_between

SIGNALS = """
# abbreviations of a pair of verbs or nouns: none
支持研究开发机构建设。|支持研发机构建设。|none|研究开发 is 研发
研究开发费用应当单独核算。|研发费用应当单独核算。|none|in a name of costs
企业应当加大研究开发投入。|企业应当加大研发投入。|none|before 投入
企业应当增加研究与开发投入。|企业应当增加研发投入。|none|with a joint
鼓励企业开展技术研究开发活动。|鼓励企业开展技术研发活动。|none|an encouragement on both sides
培训机构应当公示收费标准，研究开发机构除外。|培训机构应当公示收费标准，研发机构除外。|none|in an exception
检验检测机构应当保存记录。|检测机构应当保存记录。|some|a part of the pair is not the pair
研究机构可以申请。|研发机构可以申请。|some|研究 alone is no 研发
生产经营单位应当建账。|产销单位应当建账。|some|经营 is no 销
生产销售企业应当建立台账。|产销企业应当建立台账。|none|产销
调查研究报告应当公开。|调研报告应当公开。|none|调研
开展调查研究，听取意见。|开展调研，听取意见。|none|调研 as an act
教育培训机构应当登记。|教培机构应当登记。|none|教培
住房和城乡建设部门应当公示。|住建部门应当公示。|none|an office in short
应当开展勘察设计工作。|应当开展勘设工作。|none|勘设
应当加强审查批准。|应当加强审批。|none|审批 is 审查批准
项目应当经审查批准。|项目应当经批准。|some|without 审查 a step less
应当开展监督检查。|应当开展督查。|some|a form of its own
收购储存计划应当公开。|收储计划应当公开。|none|收储
# 研究 in a name: no duty
研究开发机构应当公示。|开发机构应当公示。|scope|never a duty
研究生院应当公示。|研究院应当公示。|scope|neither
研究型大学应当公示。|大学应当公示。|scope|an attribute
支持研究开发平台建设。|支持开发平台建设。|scope|one verb less of a name
研究建立协调机制。|建立协调机制。|duty|a plan that leaves it open
# English
The employer may inform the employee.|The employer shall inform the employee.|stricter|a choice became a duty
The operator may keep records.|The operator must keep records.|stricter|must
The operator shall keep records.|The operator may keep records.|looser|the reverse
The authority should publish the list.|The authority shall publish the list.|stricter|should is advice
The authority shall publish the list.|The authority should publish the list.|looser|the reverse
The provider may not charge a fee.|The provider may charge a fee.|looser|a ban became a choice
The provider may charge a fee.|The provider shall not charge a fee.|stricter|the reverse
The provider may charge a fee.|The provider must not charge a fee.|stricter|must not
Operators are required to notify the agency.|Operators may notify the agency.|looser|are required to
The applicant shall submit a form.|The applicant must submit a form.|none|the same force
The report shall be published in May 2020.|The report shall be published in June 2020.|not stricter|May the month
# an attribute that goes widens who or what is meant
法定节假日禁止施工。|节假日禁止施工。|wider|all holidays
法定节假日不得施工。|节假日不得施工。|wider|the same by 不得
博物馆应当在法定节假日开放。|博物馆应当在节假日开放。|wider|a duty on more days
博物馆应当在节假日开放。|博物馆应当在法定节假日开放。|narrower|the reverse
禁止使用专用车辆。|禁止使用车辆。|wider|a ban on more things
禁止使用车辆。|禁止使用专用车辆。|narrower|on fewer
持证人员不得兼职。|人员不得兼职。|wider|more people
专职人员不得兼职。|人员不得兼职。|wider|more people
未成年人不得单独进入。|未成年人不得进入。|stricter|an adverb before the act, as before
机构不得免费提供餐食。|机构不得提供餐食。|stricter|an adverb
禁止公开张贴广告。|禁止张贴广告。|stricter|an adverb
禁止提供书面证明。|禁止提供证明。|some|which proofs: stricter or wider
# an instrument inside the name of persons or things
登记失业人员可以申请补贴。|失业人员可以申请补贴。|scope wider|who may apply
对登记失业人员给予培训补贴。|对失业人员给予培训补贴。|scope wider|who is paid
失业人员可以申请补贴。|登记失业人员可以申请补贴。|scope narrower|the reverse
注册志愿者可以申请补贴。|志愿者可以申请补贴。|scope wider|注册志愿者
注册会计师应当签字。|会计师应当签字。|scope|a profession
备案企业可以享受优惠。|企业可以享受优惠。|scope wider|备案企业
认证产品可以优先采购。|产品可以优先采购。|scope wider|认证产品
对注册护士给予补贴。|对护士给予补贴。|scope wider|注册护士
失业人员应当办理登记。|失业人员应当报到。|instrument|a step to go through
企业应当登记员工信息。|企业应当记录员工信息。|instrument|an act with its object
强制执行的标准应当公开。|标准应当公开。|scope|which standards
应当符合强制执行的标准。|应当符合标准。|scope|the same behind a verb
应当执行强制性标准。|应当执行标准。|scope|强制性
行政机关应当强制执行处罚决定。|行政机关应当执行处罚决定。|instrument|coercion against somebody
行政机关可以申请法院强制执行。|行政机关可以申请法院执行。|instrument|the same
拒不拆除的，依法强制拆除。|拒不拆除的，依法拆除。|instrument|强制拆除
# the same kinds again
企业研究开发活动应当备案。|企业研发活动应当备案。|none|研发
研发投入应当单独核算。|研究开发投入应当单独核算。|none|the reverse
鼓励设立研究开发中心。|鼓励设立研发中心。|none|研发
从事采购、销售业务的，应当备案。|从事购销业务的，应当备案。|none|购销
从事储存、运输业务的，应当备案。|从事储运业务的，应当备案。|none|储运
中学、小学应当配备校医。|中小学应当配备校医。|none|中小学
离休、退休人员可以申请。|离退休人员可以申请。|none|离退休
投资、融资活动应当公开。|投融资活动应当公开。|none|投融资
研究开发人员应当登记。|研究人员应当登记。|some|开发 gone
调查研究应当公开。|调查应当公开。|some|研究 gone
进口、出口货物应当申报。|进口货物应当申报。|some|出口 gone
科学研究项目应当公示。|项目应当公示。|scope|an attribute
基础研究经费应当公开。|经费应当公开。|scope|an attribute
研究院应当公示。|学院应当公示。|scope|another place
研究制定补贴办法。|制定补贴办法。|duty|a plan
The lessor may enter the premises.|The lessor shall enter the premises.|stricter|may shall
The board should review the plan.|The board must review the plan.|stricter|should must
The manager must report.|The manager should report.|looser|must should
The tenant shall not sublet.|The tenant may sublet.|looser|ban to choice
The tenant must not sublet.|The tenant shall not sublet.|none|one force
The board may, where necessary, review.|The board shall, where necessary, review.|stricter|a comma behind
Mayors shall report.|Mayors may report.|looser|Mayors holds no may
持证人员应当佩戴标志。|人员应当佩戴标志。|wider|who is bound
第三方机构不得收费。|机构不得收费。|wider|who is barred
法定休息日不得安排加班。|休息日不得安排加班。|wider|days
商场应当在法定节日延长营业。|商场应当在节日延长营业。|wider|days
专用车辆不得载客。|车辆不得载客。|wider|which vehicles
单位应当书面通知职工。|单位应当通知职工。|looser|an adverb
机构应当配备专职人员。|机构应当配备人员。|looser|who is to be kept
应当按照法定程序办理。|应当按照程序办理。|some|a procedure
注册护士不得兼职。|护士不得兼职。|scope wider|注册护士
对登记在册的困难家庭给予补贴。|对困难家庭给予补贴。|scope|which
登记失业人员可以申请。|就业困难人员可以申请。|scope|others
为备案企业提供服务。|为企业提供服务。|scope wider|备案
被查封的财产不得转让。|财产不得转让。|condition stricter|which property
扣押的物品应当妥善保管。|物品应当妥善保管。|scope|which
企业应当登记产品信息。|企业应当公示产品信息。|instrument|an act
可以查封涉案物品。|可以封存涉案物品。|instrument|an act
强制执行的规范应当公开。|规范应当公开。|scope|which
护士应当注册。|护士应当培训。|instrument|an act
中学、小学应当配备校医。|中学应当配备校医。|scope|小学 gone
投资、融资活动应当公开。|投资活动应当公开。|scope|融资 gone
"""
"""Types and directions that are told, each pair's all; `not` before a direction that it must not be."""


@pytest.mark.parametrize("row", [row for row in SIGNALS.strip().splitlines() if not row.startswith("#")])
def test_words_that_are_part_of_a_longer_one(row: str) -> None:
    old, new, told, why = row.split("|")
    found = signals_between(old, new, genre=Genre.STATUTE)
    assert bool(found) == (told != "none"), why
    if told.startswith("not "):
        assert told.removeprefix("not ") not in _words_of(found), why
    elif told == "instrument":
        assert SignalType.INSTRUMENT in {each.type for each in found}, why
    elif told not in ("none", "some"):
        assert all(set(told.split()) <= _words_of([each]) for each in found), why


def _words_of(found: Sequence[Signal]) -> set[str]:
    return {word for each in found for word in (each.type.value, each.direction.value)}


SAME, LOCALISED, TIGHTENED, LOOSENED, DIFFERENT = Effect
ANY = frozenset(Effect)
EFFECTS = (
    # where a rule holds: the country, the locality
    ("国内私有房屋的租赁适用本条例。", "本省的私有房屋的租赁适用本条例。", {LOCALISED}, "whose provision it is"),
    ("国内私有房屋由所有人申请登记。", "本省的私有房屋由所有人申请登记。", {LOCALISED}, "whose provision it is"),
    ("国内私有房屋由所有人申请登记。", "本市私有房屋由所有人申请登记。", {LOCALISED}, "whose provision it is"),
    ("全国范围内的企业可以申请。", "本市范围内的企业可以申请。", {LOCALISED}, "whose provision it is"),
    ("全国范围内的企业可以申请。", "全市范围内的企业可以申请。", {LOCALISED}, "whose provision it is"),
    ("我国境内的企业可以申请。", "本省境内的企业可以申请。", {LOCALISED}, "whose provision it is"),
    ("全国的社会团体应当年检。", "全省的社会团体应当年检。", {LOCALISED}, "whose provision it is"),
    ("国内外企业可以申请。", "本市企业可以申请。", {LOOSENED, DIFFERENT}, "which ones"),
    ("国内企业可以申请。", "国外企业可以申请。", {DIFFERENT}, "which ones"),
    ("采用国内先进技术。", "采用先进技术。", ANY, "which ones"),
    # a manner or place added to a duty
    ("经营者应当公示收费标准。", "经营者应当在店堂显著位置公示收费标准。", {TIGHTENED}, "place"),
    ("经营者应当公示收费标准。", "经营者应当以书面形式公示收费标准。", {TIGHTENED}, "manner"),
    ("经营者应当公示收费标准。", "经营者应当在营业场所醒目位置公示收费标准。", {TIGHTENED}, "place"),
    ("物业服务企业应当公布收支情况。", "物业服务企业应当在小区出入口公布收支情况。", {TIGHTENED}, "place"),
    ("物业服务企业应当公布收支情况。", "物业服务企业应当通过业主微信群公布收支情况。", {TIGHTENED}, "way"),
    ("学校应当公示食谱。", "学校应当在食堂入口处公示食谱。", {TIGHTENED}, "place"),
    ("施工单位应当设置警示标志。", "施工单位应当在施工现场四周设置警示标志。", {TIGHTENED}, "place"),
    ("医疗机构应当告知患者风险。", "医疗机构应当用通俗语言告知患者风险。", {TIGHTENED}, "manner"),
    ("快递企业应当公布服务电话。", "快递企业应当在其网站首页公布服务电话。", {TIGHTENED}, "place"),
    ("经营者应当在店堂显著位置公示收费标准。", "经营者应当公示收费标准。", {LOOSENED}, "place gone"),
    ("物业服务企业应当在小区出入口公布收支情况。", "物业服务企业应当公布收支情况。", {LOOSENED}, "place gone"),
    ("不得吸烟。", "不得在室内吸烟。", {LOOSENED}, "a ban in fewer places"),
    ("禁止燃放烟花。", "禁止在居住区内燃放烟花。", {LOOSENED}, "a ban in fewer places"),
    # who decides
    ("收费标准由企业自主确定，报物价部门备案。", "收费标准由区人民政府确定。", {DIFFERENT}, "market to office"),
    ("价格由经营者自主制定，报价格主管部门备案。", "价格由区价格主管部门制定。", {DIFFERENT}, "market to office"),
    ("服务项目由业主大会决定，报街道备案。", "服务项目由街道办事处决定。", {DIFFERENT}, "owners to office"),
    ("学费标准由学校自主确定。", "学费标准由区教育局确定。", {DIFFERENT}, "school to office"),
    ("补贴标准由县级人民政府确定，报省财政厅备案。", "补贴标准由区人民政府确定。", {LOOSENED, DIFFERENT, LOCALISED}, "office to office"),
    ("方案由区民政局制定，报市民政局备案。", "方案由镇人民政府制定。", ANY, "office to office"),
    # who acts is of another kind
    ("申请由街道办事处受理，在十个工作日内办结。", "申请由行业协会受理，在五个工作日内办结。", {DIFFERENT}, "office to association"),
    ("由街道办事处受理，在十个工作日内办结。", "由行业协会受理，在五个工作日内办结。", {DIFFERENT}, "without head"),
    ("申请由民政部门审核，在二十日内公示。", "申请由社会组织审核，在十日内公示。", {DIFFERENT}, "office to organisation"),
    ("检测由环保部门实施，每年两次。", "检测由第三方机构实施，每年四次。", {DIFFERENT}, "office to third party"),
    ("申请由街道办事处受理，在十个工作日内办结。", "申请由镇人民政府受理，在五个工作日内办结。", {TIGHTENED}, "office to office"),
    ("申请由市民政部门受理，在十个工作日内办结。", "申请由区民政局受理，在五个工作日内办结。", {TIGHTENED}, "level"),
    # the same kinds again
    ("全国的养老机构应当公示收费。", "本市的养老机构应当公示收费。", {LOCALISED}, "whose provision it is"),
    ("我国居民可以申请。", "本市居民可以申请。", {LOCALISED, LOOSENED}, "locality"),
    ("国内航线应当公布时刻。", "省内航线应当公布时刻。", {LOCALISED, LOOSENED, DIFFERENT}, "another area"),
    ("餐饮服务提供者应当公示许可证。", "餐饮服务提供者应当在就餐区醒目位置公示许可证。", {TIGHTENED}, "place"),
    ("药店应当展示执业药师证。", "药店应当在柜台前展示执业药师证。", {TIGHTENED}, "place"),
    ("业主委员会应当公告选举结果。", "业主委员会应当通过公告栏公告选举结果。", {TIGHTENED}, "means"),
    ("学校应当告知家长。", "学校应当以书面方式告知家长。", {TIGHTENED}, "means"),
    ("单位应当保存档案。", "单位应当采用电子形式保存档案。", {TIGHTENED}, "means"),
    ("停车场应当明示收费标准。", "停车场应当在入口处明示收费标准。", {TIGHTENED}, "place"),
    ("停车场应当在入口处明示收费标准。", "停车场应当明示收费标准。", {LOOSENED}, "place gone"),
    ("业主委员会应当通过公告栏公告选举结果。", "业主委员会应当公告选举结果。", {LOOSENED}, "means gone"),
    ("不得饲养犬只。", "不得在楼道饲养犬只。", {LOOSENED}, "a ban"),
    ("禁止在河道内游泳。", "禁止游泳。", {TIGHTENED}, "a ban"),
    ("租金由双方协商确定，报房管部门备案。", "租金由房管部门确定。", {DIFFERENT}, "who decides"),
    ("课程由学校自主设置，报教育局备案。", "课程由区教育局设置。", {DIFFERENT}, "who decides"),
    ("管理规约由业主大会制定。", "管理规约由街道办事处制定。", {DIFFERENT}, "who decides"),
    ("养护由市政部门负责，每年两次。", "养护由物业企业负责，每年四次。", {DIFFERENT}, "who acts"),
    ("鉴定由卫生健康部门组织，在三十日内完成。", "鉴定由医学会组织，在二十日内完成。", {DIFFERENT}, "who acts"),
    ("申请由公安派出所受理，在十日内办结。", "申请由物业服务企业受理，在五日内办结。", {DIFFERENT}, "who acts"),
    ("申请由市公安局受理，在十日内办结。", "申请由区公安分局受理，在五日内办结。", {TIGHTENED}, "level"),
)  # fmt: skip


@pytest.mark.parametrize(("superior", "local", "right", "why"), EFFECTS)
def test_where_and_how_a_rule_holds_and_who_acts(
    superior: str, local: str, right: frozenset[Effect], why: str
) -> None:
    judged = judge_effect(superior, local)
    assert judged.effect in right, why
    if why == "whose provision it is":
        assert not [each for each in judged.signals if each.old and each.new is None]
