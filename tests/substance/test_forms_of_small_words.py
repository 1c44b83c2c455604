"""Forms in which a drafter says the same (a party named again, a list in one line, numbers in words), the pairs that stand near them, and small words that tell."""

import pytest

from policydiff.model import Genre
from policydiff.substance.signalling import signals_between
from policydiff.substance.weighing import OF_SUBSTANCE, WORDING


def _weights(old: str, new: str) -> list[float]:
    return [each.weight for each in signals_between(old, new, genre=Genre.POLICY)]


EQUAL = [
    ("申请人应当对其提交材料的真实性负责。", "申请人应当对申请人提交材料的真实性负责。", "其 is who acts"),
    ("企业应当公开其的收费标准。", "企业应当公开该企业的收费标准。", "with 该"),
    ("用人单位解除劳动合同的，应当向其工会说明理由。", "用人单位解除劳动合同的，应当向用人单位工会说明理由。", "two half-sentences on"),
    ("施工单位应当对其作业人员进行培训。", "施工单位应当对本单位作业人员进行培训。", "本单位"),
    ("市住房和城乡建设委员会（以下简称市住建委）负责监督。", "市住房和城乡建设委员会负责监督。", "a short name given"),
    ("物业服务企业（以下统称企业）应当公示收费。", "物业服务企业应当公示收费。", "of those who are bound"),
    ("申请应当提交下列材料：（一）申请书；（二）身份证明；（三）资金证明。", "申请应当提交申请书、身份证明和资金证明。", "a list in one line"),
    ("禁止下列行为：（一）乱倒垃圾；（二）损毁绿化。", "禁止乱倒垃圾和损毁绿化。", "of bans"),
    ("电压等级为110千伏。", "电压等级为一百一十千伏。", "a unit without a measure"),
    ("第1季度完成。", "第一季度完成。", "an ordinal"),
    ("250", "二百五十", "a cell"),
    ("合计\t1200\t元", "合计\t一千二百\t元", "a cell of a row"),
    ("公安机关应当依法收缴违禁物品。", "违禁物品应当由公安机关依法收缴。", "turned round with 依法"),
    ("工作经费应当由街道办事处统一安排。", "街道办事处应当统一安排工作经费。", "with 统一"),
    ("没有经过批准不得开工。", "未经批准不得开工。", "one negation"),
    ("拒绝改正的，处罚款。", "拒不改正的，处罚款。", "one refusal"),
    ("期限为三年。", "为期三年。", "one term"),
    ("由市、区承担。", "由区、市承担。", "levels in another order"),
]  # fmt: skip

DIFFERENT = [
    ("申请人应当对其提交材料的真实性负责。", "申请人应当对代理人提交材料的真实性负责。", "another party"),
    ("甲方应当向乙方支付其费用。", "甲方应当向乙方支付甲方费用。", "其 may be either"),
    ("各单位应当对本单位职工进行培训。", "各单位应当对其他单位职工进行培训。", "other firms"),
    ("中小企业和大型企业（以下统称企业）应当备案。", "中小企业（以下统称企业）应当备案。", "whom the short name takes in"),
    ("申请应当提交下列材料：（一）申请书；（二）身份证明。", "申请应当提交申请书或者身份证明。", "a choice"),
    ("申请应当提交下列材料：（一）申请书；（二）身份证明；（三）资金证明。", "申请应当提交申请书、身份证明。", "one paper less"),
    ("禁止下列行为：（一）乱倒垃圾；（二）损毁绿化。", "禁止乱倒垃圾和砍伐绿化。", "another ban"),
    ("电压等级为110千伏。", "电压等级为一百二十千伏。", "another figure"),
    ("第1季度完成。", "第二季度完成。", "another quarter"),
    ("违禁物品应当由公安机关依法收缴。", "公安机关应当定期收缴违禁物品。", "another manner"),
    ("没有经过批准不得开工。", "没有经过备案不得开工。", "another step"),
    ("由市承担。", "由区承担。", "a level by its one sign"),
    ("市对区补助。", "省对市补助。", "from which level to which"),
    ("市、区联动。", "区、镇联动。", "in a list"),
    ("市区共担。", "省市共担。", "side by side"),
    ("鼓励企业上市。", "研究鼓励企业上市。", "whether to encourage is left open"),
    ("鼓励企业上市。", "探索支持企业上市。", "with another word"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "reason"), EQUAL)
def test_a_form_says_the_same(old: str, new: str, reason: str) -> None:
    for pair in ((old, new), (new, old)):
        assert max(_weights(*pair), default=0) < OF_SUBSTANCE, reason


@pytest.mark.parametrize(("old", "new", "reason"), DIFFERENT)
def test_a_pair_near_a_form_is_told(old: str, new: str, reason: str) -> None:
    for pair in ((old, new), (new, old)):
        assert max(_weights(*pair), default=0) >= OF_SUBSTANCE, reason


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("支持社会力量办园。", "推动社会力量办园。"),
        ("引导企业入园。", "推进企业入园。"),
        ("支持试点。", "加快试点。"),
    ],
)
def test_encouragement_for_a_plan_is_told_as_wording(old: str, new: str) -> None:
    assert _weights(old, new) == _weights(new, old) == [WORDING]


@pytest.mark.parametrize(
    ("old", "new", "way"),
    [
        ("学生可以查阅成绩。", "学生家长可以查阅成绩。", "changed"),
        ("投标人不得串通。", "投标人员工不得串通。", "changed"),
        ("患者有权复制病历。", "患者近亲属有权复制病历。", "changed"),
        ("企业应当签字。", "企业代表应当签字。", "changed"),
        ("学校应当公示。", "民办学校应当公示。", "narrower"),
        ("用人单位应当缴费。", "小微用人单位应当缴费。", "narrower"),
        ("学生和家长可以查阅成绩。", "学生可以查阅成绩。", "narrower"),
    ],
)
def test_a_noun_behind_who_acts_names_somebody_else(old: str, new: str, way: str) -> None:
    assert [each.direction.value for each in signals_between(old, new, genre=Genre.STATUTE)] == [way]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("没收违法所得，处以罚款。", "没收违法所得或者处以罚款。"),
        ("没收违法所得，并处罚款。", "没收违法所得或者并处罚款。"),
        ("责令停业，罚款一万元。", "责令停业或者罚款一万元。"),
        ("吊销许可证，处以罚款。", "吊销许可证或者处以罚款。"),
        ("给予警告，处以罚款。", "给予警告或者罚款。"),
    ],
)
def test_two_penalties_between_which_the_office_chooses_are_less_than_both(old: str, new: str) -> None:
    for pair, way in (((old, new), "looser"), ((new, old), "stricter")):
        told = signals_between(*pair, genre=Genre.STATUTE)
        assert [(each.type.value, each.direction.value) for each in told] == [("sanction", way)]


@pytest.mark.parametrize(
    ("old", "new", "way"),
    [
        ("不得将资金公开拆借。", "不得将资金拆借。", "stricter"),
        ("禁止在校园内免费发放广告。", "禁止在校园内发放广告。", "stricter"),
        ("任何单位不得向他人书面透露信息。", "任何单位不得向他人透露信息。", "stricter"),
        ("应当向申请人书面告知结果。", "应当向申请人告知结果。", "looser"),
        ("机构应当在社区免费发放药品。", "机构应当在社区发放药品。", "looser"),
    ],
)
def test_a_banned_act_is_banned_more_without_a_word_for_how_it_is_done(old: str, new: str, way: str) -> None:
    assert [each.direction.value for each in signals_between(old, new, genre=Genre.STATUTE)] == [way]
