"""The effect where another act, another kind of body or a step of one ladder stands in a copy.

Each row: superior, local, effect, reason. Every kind has rows that only look like it.
"""

import pytest

from policydiff.substance.effects import judge_effect

OTHER_ACT = (
    ("禁止歧视、侮辱、虐待或者遗弃老年人。", "禁止侮辱、诽谤、殴打、虐待和遗弃老年人。", "different", "members out and in"),
    ("不得买卖、加工、随意弃置病死动物。", "不得非法收购、贩卖、屠宰和随意弃置病死动物。", "different", "the same of goods"),
    ("不得买卖、出租古树名木。", "不得砍伐、买卖古树名木。", "different", "one for one"),
    ("禁止焚烧、堆放垃圾。", "禁止抛撒、堆放垃圾。", "different", "the first of two"),
    ("严禁携带易燃、易爆物品进站。", "严禁携带易爆、剧毒物品进站。", "different", "an attribute of a list"),
    ("禁止在绿地内取土、焚烧。", "禁止在绿地内放牧、焚烧。", "different", "behind a place"),
    ("不得买卖古树名木。", "不得砍伐、买卖古树名木。", "tightened", "a member more"),
    ("禁止侮辱、歧视、虐待老年人。", "禁止歧视、虐待、侮辱老年人。", "same", "another order"),
    ("学校应当设置心理辅导室。", "学校应当设置图书阅览室。", "different", "another room"),
    ("组织企业开展消防演练。", "组织企业开展法律咨询。", "different", "another service"),
)  # fmt: skip
ONE_STEP = (
    ("必须取得排水许可证后方可排放污水。", "排放污水应当向区水务局办理登记。", "loosened", "a permit, a registration"),
    ("举办展览应当取得许可证。", "举办展览应当办理登记。", "loosened", "the same in short"),
    ("应当经审批后方可施工。", "施工应当办理登记手续。", "loosened", "of works"),
    ("举办展览应当办理登记。", "举办展览应当取得许可证后方可举办。", "tightened", "back"),
    ("原则上不再审批新增货运码头。", "一律不再审批新增货运码头。", "tightened", "no case left"),
    ("原则上不再批准新建化工项目。", "一律不再批准新建化工项目。", "tightened", "another verb"),
    ("一律不再审批新建加油站。", "原则上不再审批新建加油站。", "loosened", "back"),
    ("收取的押金不超过六倍月租金。", "不得收取押金。", "tightened", "a ceiling, then none at all"),
    ("情况复杂的，可以延长十日。", "情况复杂的，不得延长。", "tightened", "a term that was allowed"),
    ("每户可以饲养两只犬。", "每户不得饲养犬只。", "tightened", "a number that was allowed"),
    ("机构应当在十日内公开收费标准，不得收取押金。", "机构应当公开收费标准，不得收取押金。", "loosened", "the term of a duty beside a ban"),
)  # fmt: skip
LEFT_TO_LAW = (
    ("违反本条例规定，擅自拆除优秀历史建筑的，由市房屋管理部门责令限期改正，并处五万元以上二十万元以下罚款。", "擅自拆除优秀历史建筑的，由街道办事处依法处理。", "localised", "an order and a fine"),
    ("擅自占用绿地的，由绿化主管部门责令限期改正，并处五百元以上五千元以下罚款。", "擅自占用绿地的，由区绿化市容局依法查处。", "localised", "依法查处"),
    ("无证经营的，由市场监管部门没收违法所得，并处一万元罚款。", "无证经营的，由区市场监管局依法处理。", "localised", "confiscation"),
    ("随意倾倒垃圾的，由城管执法部门责令改正，处二百元罚款。", "随意倾倒垃圾的，由区城管执法部门依法处理。", "localised", "a fixed fine"),
    ("未按规定投放垃圾的，由城管执法部门处五十元以上二百元以下罚款。", "未按规定投放垃圾的，由镇城管中队依法予以处罚。", "localised", "its figures too"),
    ("占用消防通道的，由消防救援机构责令改正，处五千元罚款。", "占用消防通道的，由区消防救援机构依法予以处罚。", "same", "a struck name alone"),
    ("无证经营的，由市场监管部门没收违法所得，并处一万元罚款。", "无证经营的，由区市场监管局责令改正。", "loosened", "no law named"),
    ("占道经营的，由城管执法部门责令改正，处五百元罚款。", "占道经营的，由区城管执法部门予以劝导。", "loosened", "a word of advice"),
    ("未按规定投放垃圾的，责令改正，处二百元罚款；拒不改正的，处一千元罚款。", "未按规定投放垃圾的，责令改正；拒不改正的，依法处理。", "loosened", "the first case has lost its fine"),
    ("未履行职责的，由上级机关责令改正，依法给予处分。", "未履行职责的，由上级机关责令改正。", "loosened", "no reference at all"),
)  # fmt: skip
OTHER_BODY = (
    ("乡镇人民政府负责湿地巡护并建立台账。", "村民委员会负责湿地巡护并建立台账。", "different", "a village's committee"),
    ("街道办事处负责垃圾分类宣传。", "居民委员会负责垃圾分类宣传。", "different", "a committee of residents"),
    ("民政部门应当定期走访孤儿。", "村民委员会应当定期走访孤儿。", "different", "for an office"),
    ("县级林业主管部门负责湿地巡护并建立台账。", "乡镇人民政府负责湿地巡护并建立台账。", "different", "a town for an office of a field"),
    ("县级水行政主管部门负责河道清淤。", "镇人民政府负责河道清淤。", "different", "of water"),
    ("市卫生健康主管部门负责日常监督检查。", "街道办事处负责日常监督检查。", "different", "a subdistrict"),
    ("由区民政局组织评估。", "由街道办事处组织评估。", "localised", "a bureau of the district hands on its task"),
    ("市水务局可以委托区河道行政主管部门实施日常管理。", "区水务局可以委托镇人民政府实施日常管理。", "localised", "who is entrusted"),
    ("县级人民政府负责组织实施。", "乡镇人民政府负责组织实施。", "localised", "a government of the next level"),
    ("民政部门应当定期走访孤儿。", "区民政局应当定期走访孤儿。", "localised", "the office by its name"),
    ("村民委员会应当公开账目。", "村委会应当公开账目。", "same", "in short"),
    ("村民委员会负责保洁。", "居民委员会负责保洁。", "localised", "a town's committee for a village's"),
)  # fmt: skip
IN_FRONT = (
    ("为小微企业提供融资担保。", "各担保机构为小微企业提供融资担保。", "localised", "who provides it"),
    ("开展住院病人随访。", "各医疗机构开展住院病人随访。", "localised", "hospitals"),
    ("开展用工登记。", "各用人单位开展用工登记。", "localised", "employers"),
    ("编制防汛预案，落实抢险队伍。", "区防汛办牵头编制防汛预案，落实抢险队伍。", "localised", "who leads"),
    ("定期开展安全检查。", "由区应急局负责定期开展安全检查。", "localised", "由…负责"),
    ("加强对城市运行情况的监测。", "各街镇城运中心加强对城市运行情况的监测。", "localised", "a centre"),
    ("建立网格化管理机制。", "由党工委书记负总责，建立网格化管理机制。", "localised", "a person"),
    ("发布高温预警信息。", "区气象局牵头发布高温预警信息。", "localised", "a bureau"),
    ("为小微企业提供融资担保。", "为各小微企业提供融资担保。", "same", "who receives it"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("superior", "local", "expected", "reason"), [*OTHER_ACT, *ONE_STEP, *LEFT_TO_LAW, *OTHER_BODY, *IN_FRONT]
)
def test_the_effect_is_that_of_the_kind(superior: str, local: str, expected: str, reason: str) -> None:
    assert judge_effect(superior, local).effect.value == expected, reason
