"""Figures within or against the bounds of a superior, duties put as bans, orders to stop; and near ones that are none of these."""

import pytest

from policydiff.model import Direction, Effect, Genre, SignalType
from policydiff.substance.effects import judge_effect
from policydiff.substance.signalling import signals_between
from policydiff.substance.weighing import OF_SUBSTANCE

_EFFECTS = [
    ("补助200—2000元。", "补助500元。", Effect.LOCALISED, "a figure in the range of its superior"),
    ("处200元以上2000元以下罚款。", "处500元罚款。", Effect.LOCALISED, "a range with two bounds"),
    ("给予5万元至20万元的奖励。", "给予10万元的奖励。", Effect.LOCALISED, "a range with 至"),
    ("补助标准为每人每月200—2000元。", "补助标准为每人每月500元。", Effect.LOCALISED, "a rate"),
    ("补助标准为每人每月200—2000元。", "补助标准为每人每月2500元。", Effect.TIGHTENED, "beyond the range"),
    ("补助标准为每人每月200—2000元。", "补助标准为每人每月300—1000元。", Effect.DIFFERENT, "a range of its own"),
    ("补助标准为每人每月200—2000元。", "补助标准为每人每月不超过500元。", Effect.LOOSENED, "a ceiling"),
    ("餐饮设施占地比例不得超过公园陆地面积的百分之二。", "餐饮设施占地比例不得超过公园陆地面积的百分之三。", Effect.LOOSENED, "a ceiling as a share of something"),
    ("噪声不得超过昼间的60分贝。", "噪声不得超过昼间的50分贝。", Effect.TIGHTENED, "a lower ceiling"),
    ("奖励不得超过企业当年投资额的10%。", "奖励不得超过企业当年投资额的5%。", Effect.LOOSENED, "a ceiling of a grant"),
    ("每五十名住校学生至少配备一名教师。", "每八十名住校学生至少配备一名教师。", Effect.LOOSENED, "one for more people"),
    ("每一百户居民设置一个投放点。", "每五十户居民设置一个投放点。", Effect.TIGHTENED, "one for fewer"),
    ("每五十户居民补助一万元。", "每一百户居民补助一万元。", Effect.TIGHTENED, "nothing is provided for each"),
    ("由住房城乡建设部门责令停工。", "由住房城乡建设部门责令改正。", Effect.LOOSENED, "no stop any more"),
]  # fmt: skip


@pytest.mark.parametrize(("superior", "local", "effect", "why"), _EFFECTS)
def test_the_effect_of_a_figure_or_an_order(superior: str, local: str, effect: Effect, why: str) -> None:
    assert judge_effect(superior, local).effect is effect, why


def test_in_a_revision_a_figure_in_the_range_is_told() -> None:
    assert signals_between("补助200—2000元。", "补助500元。", genre=Genre.POLICY)


_ONE_RULE = [
    ("未取得许可证不得经营。", "经营应当取得许可证。"),
    ("未取得许可证的，不得从事经营活动。", "从事经营活动应当取得许可证。"),
    ("未经批准，不得占用道路。", "占用道路应当经批准。"),
    ("未经检验合格，不得销售。", "销售应当经检验合格。"),
    ("未满十八周岁不得饮酒。", "饮酒应当满十八周岁。"),
    ("施工单位应当自接到通知之日起三日内搬迁。", "施工单位应当在接到通知之日起3日内完成搬迁。"),
    ("收支情况应当由物业服务人每季度公示。", "物业服务人应当每季度公示收支情况。"),
    ("办理登记不收取登记费。", "办理登记免收登记费。"),
    ("对决定不服的，可以申请行政复议。", "当事人不服决定的，可以申请行政复议。"),
    ("违反规定的，责令停止施工。", "违反规定的，责令其停止施工。"),
    ("违反规定的，责令停止施工。", "违反规定的，责令停工。"),
    ("检验合格后方可出厂。", "经检验合格，方可出厂。"),
]


@pytest.mark.parametrize(("old", "new"), _ONE_RULE)
def test_one_rule_in_another_form_is_no_difference(old: str, new: str) -> None:
    found = signals_between(old, new, genre=Genre.STATUTE)
    assert not [each for each in found if each.weight >= OF_SUBSTANCE]


_NEAR = [
    ("未取得许可证不得经营。", "经营可以取得许可证。", "a duty that is none any more"),
    ("未取得许可证不得经营。", "经营应当办理备案。", "another instrument"),
    ("未取得许可证不得经营。", "生产应当取得许可证。", "another act"),
    ("三日内搬迁。", "三日内完成审批。", "another act is finished"),
    ("办理登记不收取登记费。", "办理登记收取登记费。", "a fee"),
    ("办理登记免收登记费。", "办理登记减收登记费。", "a part of the fee"),
    ("当事人对决定不服的，可以申请行政复议。", "第三人对决定不服的，可以申请行政复议。", "another party"),
    ("责令停止施工。", "责令停止生产。", "another stop"),
    ("检验合格后方可出厂。", "检验后方可出厂。", "without a result"),
    ("收支情况应当由物业服务人每季度公示。", "物业服务人应当每年公示收支情况。", "another cycle"),
]


@pytest.mark.parametrize(("old", "new", "why"), _NEAR)
def test_a_near_one_is_told(old: str, new: str, why: str) -> None:
    found = signals_between(old, new, genre=Genre.STATUTE)
    assert any(each.weight >= OF_SUBSTANCE for each in found), why


def test_an_order_to_stop_is_more_than_an_order_to_correct() -> None:
    (found,) = signals_between("责令停工。", "责令改正。", genre=Genre.STATUTE)
    assert (found.type, found.direction) == (SignalType.SANCTION, Direction.LOOSER)
