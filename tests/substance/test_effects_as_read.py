"""Effects of short provisions by kind, as two readers call them; every second row stands near the one before it and is another effect."""

import pytest

from policydiff.substance.effects import judge_effect

NAMES = [
    ("自来水企业应当公布水质检测结果。", "清源水务公司应当公布水质检测结果。", "localised", "a company of its own"),
    ("自来水企业应当公布水质检测结果。", "自来水企业应当每月公布水质检测结果。", "tightened", "a cycle more"),
    ("加强沿江、沿湖岸线整治。", "加强滴水湖岸线整治。", "localised", "its own lake"),
    ("支持有条件的园区建设孵化器。", "支持紫竹高新区建设孵化器。", "localised", "who meets the condition is named"),
    ("支持有条件的园区建设孵化器。", "紫竹高新区应当建设孵化器。", "tightened", "support became a duty"),
    ("支持有条件的高校开设专业。", "支持松江大学城高校开设专业。", "localised", "its own universities"),
    ("鼓励高校开放体育场馆。", "鼓励大学城内高校开放体育场馆。", "localised", "its own universities"),
    ("完善便民服务网络。", "完善“一站八点”便民服务网络。", "localised", "a network by its name"),
    ("医疗机构应当设置导诊岗位。", "区属医疗机构应当设置导诊岗位。", "localised", "those of its own level"),
    ("医疗机构应当设置导诊岗位。", "公立医疗机构应当设置导诊岗位。", "loosened", "private ones are spared"),
    ("省、自治区、直辖市应当建立档案。", "省应当建立档案。", "localised", "the one that is meant here"),
    ("省、市、县应当建立档案。", "省、市应当建立档案。", "localised", "levels are struck"),
]  # fmt: skip
STEPS = [
    ("原则上不再新增砂石码头。", "一律不再新增砂石码头。", "tightened", "no case passes any more"),
    ("一律不再新增砂石码头。", "原则上不再新增砂石码头。", "loosened", "and turned round"),
    ("原则上不再布局化工项目。", "一律不再布局化工项目。", "tightened", "of sites"),
    ("特殊情况可以延期三十日。", "不得延期。", "tightened", "a permission gone is no denial in its place"),
    ("施工单位应当在施工前七日书面通知用户。", "施工单位应当在施工前通知用户。", "loosened", "a term among the words gone"),
    ("施工单位应当在施工前通知用户。", "施工单位应当在施工前七日书面通知用户。", "tightened", "and put in"),
]  # fmt: skip
WARNINGS = [
    ("违规停放车辆的，处二百元罚款。", "违规停放车辆的，给予警告；再次违规的，处二百元罚款。", "loosened", "a fine at the second time"),
    ("违规停放车辆的，给予警告；再次违规的，处二百元罚款。", "违规停放车辆的，处二百元罚款。", "tightened", "and turned round"),
    ("随地吐痰的，处五十元罚款。", "随地吐痰的，给予警告；多次吐痰的，处五十元罚款。", "loosened", "a warning first"),
    ("随地吐痰的，处五十元罚款。", "随地吐痰的，责令改正，并处五十元罚款。", "tightened", "an order beside the fine"),
]  # fmt: skip
LEFT_TO_LAW = [
    ("擅自砍伐树木的，由绿化部门处树木价值五倍以上十倍以下罚款。", "擅自砍伐树木的，由区绿化局依照本市绿化条例的规定予以处罚。", "localised", "by the statute's own fine"),
    ("擅自占道的，处五百元罚款。", "擅自占道的，按照有关法律法规处罚。", "same", "by law"),
    ("擅自占道的，处五百元罚款。", "擅自占道的，依照本细则规定处理。", "loosened", "by no law: the fine is gone"),
]  # fmt: skip
WORDS = [
    ("确保补贴资金足额发放。", "保证补贴资金足额发放。", "same", "one word for the other"),
    ("应当缴纳质量保证金。", "应当在开工前一次性足额缴纳质量保证金。", "tightened", "when and how"),
    ("采砂单位应当缴纳修复保证金。", "采砂单位应当足额缴纳修复保证金。", "tightened", "how"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("superior", "local", "effect", "why"), [*NAMES, *STEPS, *WARNINGS, *LEFT_TO_LAW, *WORDS]
)
def test_an_effect_is_what_readers_call_it(superior: str, local: str, effect: str, why: str) -> None:
    assert judge_effect(superior, local).effect.value == effect, why


@pytest.mark.parametrize(
    ("source", "half"),
    [
        ("。             。                   并为市、区人民政府的决策提供咨询意见。", "并为市、区人民政府的决策提供咨询意见。"),
        ("。                                可按照重置价结合成新价格补偿。", "可按照重置价结合成新价格补偿。"),
        ("。                    按照绿化要求改造提升500公顷绿带；", "按照绿化要求改造提升500公顷绿带；"),
        ("。                    作为后续建设项目审批管理依据。", "作为后续建设项目审批管理依据。"),
    ],
)  # fmt: skip
def test_what_another_sentence_answers_for_leaves_no_words(source: str, half: str) -> None:
    assert judge_effect(source, half).effect.value in ("same", "localised")
