"""Words that took the place of their counterparts: any and some, with a result and without, open and closed, of the own area."""

import pytest

from policydiff.model import Genre
from policydiff.substance.signalling import signals_between

ROWS = (
    ("任何单位不得拒绝。", "相关单位不得拒绝。", "scope/narrower", "any, and those concerned"),
    ("任何个人有权举报。", "有关个人有权举报。", "scope/narrower", "any, and those concerned"),
    ("各机构应当登记。", "相关机构应当登记。", "scope/narrower", "each, and those concerned"),
    ("每个机构应当登记。", "部分机构应当登记。", "scope/narrower", "each, and a part"),
    ("有关企业可以申请。", "任何企业可以申请。", "scope/wider", "the reverse"),
    ("经审核后予以公示。", "经审核通过后予以公示。", "condition/stricter", "a result is needed"),
    ("经讨论后报上级。", "经讨论表决通过后报上级。", "condition/stricter", "a vote is needed"),
    ("经评审通过后立项。", "经评审后立项。", "condition/looser", "the reverse"),
    ("费用包括护理费。", "费用仅包括护理费。", "scope/narrower", "a list that is closed"),
    ("费用包括但不限于护理费。", "费用仅限于护理费。", "scope/narrower", "the same"),
    ("企业可以申请补贴。", "本市企业可以申请补贴。", "scope/narrower", "a benefit for the own ones"),
    ("产品应当符合国家标准。", "产品应当符合标准。", "scope/wider", "a standard of anybody"),
    ("工作人员不得经商。", "国家工作人员不得经商。", "scope/narrower", "of the state alone"),
    ("中华人民共和国公民可以申请。", "公民可以申请。", "scope/wider", "of any state"),
    ("政府投资项目应当审计。", "投资项目应当审计。", "scope/wider", "whoever invests"),
    ("实行政府定价。", "实行定价。", "scope/wider", "whoever sets the price"),
    ("政府信息应当公开。", "信息应当公开。", "scope/wider", "anybody's information"),
    ("学校可以招收本区学生。", "学校可以招收学生。", "scope/wider", "the reverse"),
)
EQUAL = (
    ("任何单位和个人不得侵占。", "单位和个人不得侵占。", "a ban binds all anyway"),
    ("各部门应当配合。", "有关部门应当配合。", "offices by their tasks"),
    ("各有关单位应当登记。", "有关单位应当登记。", "each of those concerned"),
    ("本市各级人民政府应当加强领导。", "各级人民政府应当加强领导。", "the own governments anyway"),
    ("本市机构应当登记。", "机构应当登记。", "a duty binds nobody outside anyway"),
    ("符合国家有关规定。", "符合有关规定。", "rules in force anyway"),
    ("本市鼓励社会力量参与。", "鼓励社会力量参与。", "the text holds in the city alone"),
)


@pytest.mark.parametrize(("old", "new", "told", "why"), ROWS)
def test_a_counterpart_in_the_same_place_is_told(old: str, new: str, told: str, why: str) -> None:
    found = signals_between(old, new, genre=Genre.STATUTE)
    assert told in {f"{each.type}/{each.direction}" for each in found}, why


@pytest.mark.parametrize(("old", "new", "why"), EQUAL)
def test_words_that_bind_the_same_are_no_difference(old: str, new: str, why: str) -> None:
    assert not [each for each in signals_between(old, new, genre=Genre.STATUTE) if each.weight >= 0.3], why
