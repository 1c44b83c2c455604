"""Phrases that drafters put in each other's place, and phrases near them that say something else."""

import pytest

from policydiff.model import Genre
from policydiff.substance.signalling import signals_between
from policydiff.substance.vocabulary import in_form_of
from policydiff.substance.weighing import OF_SUBSTANCE


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("应当在二十日内作出准予或者不准予注册的决定。", "应当在二十日内作出是否准予注册的决定。", "whether"),
        ("应当在五日内决定立案或者不予立案。", "应当在五日内决定是否立案。", "whether"),
        ("评审组应当提出通过与否的意见。", "评审组应当提出是否通过的意见。", "whether"),
        ("每个家庭限购一套。", "每个家庭只能购一套。", "only"),
        ("补助资金仅限于支付材料费。", "补助资金只能支付材料费。", "only"),
        ("未经检疫的，不得运出。", "经检疫后，方可运出。", "a ban until, and leave after"),
        ("未取得健康证明的人员不得上岗。", "人员取得健康证明后方可上岗。", "a ban until, and leave after"),
        ("应当把抽样结果书面通知经营者。", "应当向经营者书面通知抽样结果。", "the object in front"),
        ("有下列行为之一的，处一千元罚款：", "有下列情形之一的，处一千元罚款：", "what is listed says what it is"),
        ("一切单位都应当配合。", "任何单位都应当配合。", "all and any"),
        ("每一用户均可以查询用水量。", "用户可以查询用水量。", "every one of them"),
        ("奖励金额上限为三十万元。", "奖励金额最高不超过三十万元。", "a ceiling"),
        ("甲、乙、丙等三个区先行试点。", "甲、乙、丙三个区先行试点。", "a full list"),
        ("逾期缴纳的，加收费用。", "超过规定期限缴纳的，加收费用。", "late"),
        ("按照国家有关规定执行。", "按照国家有关规定办理。", "one meaning"),
        ("提交下列材料：申请书、身份证、平面图。", "提交下列材料：\n（一）申请书；\n（二）身份证；\n（三）平面图。", "a list set out"),
        ("座位\t三百", "座位\t300", "a number alone in a cell"),
        ("负责教育的部门应当公布名单。", "教育主管部门应当公布名单。", "the office in charge"),
        ("单位和个人有保护文物的义务。", "单位和个人应当保护文物。", "an obligation"),
        ("由公安机关给予警告，责令改正。", "由公安机关责令改正，给予警告。", "order of two measures"),
    ],
)  # fmt: skip
def test_two_forms_of_one_rule(old: str, new: str, why: str) -> None:
    for genre in Genre:
        for pair in ((old, new), (new, old)):
            assert [
                each for each in signals_between(*pair, genre=genre) if each.weight >= OF_SUBSTANCE
            ] == [], why


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("应当在二十日内作出准予或者不准予注册的决定。", "应当在二十日内作出准予注册的决定。"),
        ("应当在五日内决定立案或者不予立案。", "应当在十日内决定是否立案。"),
        ("每个家庭限购一套。", "每个家庭可以购一套。"),
        ("未经检疫的，不得运出。", "经检查后，方可运出。"),
        ("未取得健康证明的人员不得上岗。", "人员取得健康证明后方可参加培训。"),
        ("应当把抽样结果书面通知经营者。", "应当向消费者书面通知抽样结果。"),
        ("奖励金额上限为三十万元。", "奖励金额不低于三十万元。"),
        ("甲、乙、丙三个区先行试点。", "甲、乙、丙等四个区先行试点。"),
        ("提交下列材料：申请书、身份证、平面图。", "提交下列材料：\n（一）申请书；\n（二）身份证；\n（三）照片。"),
        ("提交下列材料：申请书、身份证。", "提交下列材料：申请书或者身份证。"),
        ("座位\t三百", "座位\t3000"),
        ("对学生收取费用。", "由学生收取费用。"),
    ],
)  # fmt: skip
def test_near_such_forms_and_different(old: str, new: str) -> None:
    for pair in ((old, new), (new, old)):
        assert any(each.weight >= OF_SUBSTANCE for each in signals_between(*pair, genre=Genre.STATUTE))


def test_what_differs_beside_a_form_is_quoted_as_printed() -> None:
    old, new = (
        "应当在五日内作出受理或者不予受理的决定并书面告知申请人。",
        "应当在七日内作出是否受理的决定并告知申请人。",
    )
    found = signals_between(old, new, genre=Genre.STATUTE)
    assert [(each.type.value, each.old) for each in found] == [("period", "五日"), ("duty", "书面")]
    for signal in found:
        for words, span, text in ((signal.old, signal.old_span, old), (signal.new, signal.new_span, new)):
            assert span is None or text[slice(*span)] == words


def test_a_phrase_that_both_passages_have_is_left_alone() -> None:
    words = "有下列行为之一的，处罚款"
    assert in_form_of(words, f"{words}；有下列情形之一的，给予警告").places == ()
    assert in_form_of(words, "有下列情形之一的，处罚款").text == "有下列情形之一的，处罚款"


@pytest.mark.parametrize(
    ("old", "new", "way"),
    [
        ("已取得许可证的企业可以开展试点。", "企业可以开展试点。", "looser"),
        ("符合安全条件的场所可以开放。", "场所可以开放。", "looser"),
        ("持有残疾人证的乘客可以免费乘车。", "乘客可以免费乘车。", "looser"),
        ("未受过处罚的经营者可以申请贴息。", "经营者可以申请贴息。", "looser"),
        ("列入名录的项目可以享受补贴。", "项目可以享受补贴。", "looser"),
        ("从业满五年的人员可以担任组长。", "人员可以担任组长。", "looser"),
        ("已取得许可证的企业应当报送年报。", "企业应当报送年报。", "stricter"),
        ("完成备份的系统不得停用。", "系统不得停用。", "stricter"),
    ],
)
def test_who_has_to_qualify(old: str, new: str, way: str) -> None:
    """An attribute by which somebody qualifies is a condition: without it a permission is freer, a duty binds more."""
    found = [
        (each.type.value, each.direction.value) for each in signals_between(old, new, genre=Genre.STATUTE)
    ]
    assert found == [("period" if "年" in old[:6] else "condition", way)]
