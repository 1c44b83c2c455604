"""A ceiling or floor of one kind of rule is one value wherever it stands in the passage; a fine and a grant are two."""

import pytest

from policydiff.model import Genre, Signal
from policydiff.substance.effects import judge_effect
from policydiff.substance.signalling import signals_between

LIMITS = """
对设备投资额给予不超过15%、最高500万元的补助。|按设备投资额的10%给予补助，最高300万元。|amount lower|the ceiling stands in a half-sentence of its own
按照投资额的30%给予补贴，最高不超过200万元。|给予投资额20%的补贴，单个项目补贴总额最高100万元。|amount lower|in other words
对入选企业给予最高50万元资助。|入选企业可获得资助，金额最高30万元。|amount lower|before the noun and behind it
对总部企业给予最高1000万元开办资助。|对总部企业，按注册资本的3%给予开办资助，最高不超过800万元。|amount lower|beside a further percentage
对设备投资额给予补助，最高300万元。|给予设备投资额15%、最高500万元的补助。|amount higher|and up
给予不低于100万元的扶持。|按贡献给予扶持，金额不低于80万元。|amount lower|a floor
罚款最高不超过5万元。|给予补贴，最高不超过3万元。||a fine and a grant are two amounts, however alike their words
收取不超过2000元的保证金。|给予奖励，最高不超过1000元。||a charge and a reward
给予补贴，最高不超过50万元。|给予补贴30万元，另给予奖励。||a ceiling and a fixed sum
给予企业最高50万元补贴、个人最高1万元补贴。|给予补贴，每户最高2万元。||two ceilings on one side: whose it is nobody can tell
"""


def _limits(old: str, new: str) -> list[Signal]:
    found = signals_between(old, new, genre=Genre.POLICY)
    return [each for each in found if each.type.value == "amount" and each.old and each.new]


@pytest.mark.parametrize("row", LIMITS.strip().splitlines())
def test_the_only_limit_of_one_kind_of_rule_is_one_value(row: str) -> None:
    old, new, told, why = row.split("|")
    moved = [f"{each.type.value} {each.direction.value}" for each in _limits(old, new)]
    assert [each for each in moved if not each.endswith("changed")] == ([told] if told else []), why


@pytest.mark.parametrize("row", LIMITS.strip().splitlines()[:6])
def test_a_limit_told_as_changed_is_not_told_as_gone_and_come(row: str) -> None:
    old, new, _, why = row.split("|")
    amounts = [each for each in signals_between(old, new, genre=Genre.POLICY) if each.type.value == "amount"]
    assert len(amounts) == 1, why


def test_a_lower_ceiling_of_aid_gives_less() -> None:
    judged = judge_effect(
        "对设备投资额给予不超过15%、最高500万元的补助。", "按设备投资额的10%给予补助，最高300万元。"
    )
    assert judged.effect.value == "loosened"
