"""A condition or an exception that passes to another rule of its sentence is a change, though every word stays."""

import pytest

from policydiff.model import Effect, Genre, SignalType
from policydiff.substance.effects import judge_effect
from policydiff.substance.signalling import signals_between
from policydiff.substance.weighing import OF_SUBSTANCE

MOVED = (
    ("除涉及国家秘密外，会议记录应当公开，会议录像应当保存。", "会议记录应当公开，除涉及国家秘密外，会议录像应当保存。", SignalType.EXCEPTION, "the record is no longer excepted"),
    ("记录应当公开，涉及国家秘密的除外，录像应当保存。", "记录应当公开，录像应当保存，涉及国家秘密的除外。", SignalType.EXCEPTION, "behind its rule"),
    ("情节严重的，责令停业，没收违法所得。", "责令停业，情节严重的，没收违法所得。", SignalType.CONDITION, "the closure has no condition any more"),
    ("竣工验收后，建设单位应当备案，施工单位应当移交档案。", "建设单位应当备案，竣工验收后，施工单位应当移交档案。", SignalType.CONDITION, "a time"),
    ("在试点期间，企业可以减免费用，应当按月报送数据。", "企业可以减免费用，在试点期间，应当按月报送数据。", SignalType.CONDITION, "a period"),
    ("因工作需要的，可以延长，应当说明理由。", "可以延长，因工作需要的，应当说明理由。", SignalType.CONDITION, "a reason"),
    ("完成改造后，应当验收，应当公示。", "应当验收，完成改造后，应当公示。", SignalType.CONDITION, "two rules of one party"),
    ("情节较重的，处一万元罚款；情节严重的，处五万元罚款。", "情节较重的，处五万元罚款；情节严重的，处一万元罚款。", SignalType.DUTY, "two cases exchange their penalties"),
)  # fmt: skip


@pytest.mark.parametrize(("old", "new", "kind", "reason"), MOVED)
def test_a_case_that_passes_to_another_rule_is_told(
    old: str, new: str, kind: SignalType, reason: str
) -> None:
    found = [each for each in signals_between(old, new, genre=Genre.STATUTE) if each.weight >= OF_SUBSTANCE]
    assert kind in {each.type for each in found}, reason
    assert judge_effect(old, new).effect is Effect.DIFFERENT, reason


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("情节较重的，处一万元罚款；情节严重的，处五万元罚款。", "情节严重的，处五万元罚款；情节较重的，处一万元罚款。", "each case took its rule along"),
        ("符合条件的，经批准后，可以申请。", "经批准后，符合条件的，可以申请。", "two conditions of one rule"),
        ("逾期不改正的，责令停业，处一万元罚款。", "逾期不改正的，处一万元罚款，责令停业。", "the rules of one case in another order"),
        ("除另有规定外，申请人应当登记，应当缴费。", "申请人应当登记，应当缴费，除另有规定外。", "an exception of the whole sentence"),
    ],
)  # fmt: skip
def test_a_case_that_keeps_its_rules_is_not_told(old: str, new: str, reason: str) -> None:
    assert not [each for each in signals_between(old, new, genre=Genre.STATUTE) if each.old == each.new], (
        reason
    )


@pytest.mark.parametrize(
    ("superior", "local", "told", "reason"),
    [
        ("补贴自申请之日起发放。", "补贴自批准次月起发放。", True, "paid later"),
        ("补贴自批准之日起发放。", "补贴自批准当月起发放。", True, "another day of the same act"),
        ("自收到材料之日起受理。", "自材料齐全之日起受理。", True, "a later act"),
        ("时效自损害发生之日起计算。", "时效自知道损害之日起计算。", True, "of a limitation"),
        ("自竣工之日起三十日内备案。", "自开工之日起三十日内备案。", True, "an earlier act"),
        ("本办法自印发之日起施行。", "本办法自发布之日起施行。", False, "the act by which a text is sent out"),
        ("自收到申请之日起受理。", "自收到申请之日起即受理。", False, "the same act"),
    ],
)  # fmt: skip
def test_the_act_from_which_a_time_runs_is_of_substance(
    superior: str, local: str, told: bool, reason: str
) -> None:
    assert any(each.weight >= OF_SUBSTANCE for each in judge_effect(superior, local).signals) is told, reason
