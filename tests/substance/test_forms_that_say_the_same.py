"""Rules that a drafter puts in another form, and beside each a rule in nearly the same words that differs."""

import pytest

from policydiff.model import Direction, Genre, SignalType
from policydiff.substance.effects import judge_effect
from policydiff.substance.signalling import signals_between
from policydiff.substance.weighing import OF_SUBSTANCE

_EQUAL = [
    # who acts, before the verb or behind 由
    ("档案馆应当将查阅规则张贴在阅览室。", "查阅规则应当由档案馆张贴在阅览室。"),
    ("专家委员会应当对方案进行论证。", "方案应当由专家委员会进行论证。"),
    ("收费员应当将票据交付缴费人。", "票据应当由收费员交付缴费人。"),
    # whose consent
    ("变更用途应当征得业主大会的书面同意。", "变更用途应当经业主大会书面同意。"),
    ("撤销班级须取得校董会的批准。", "撤销班级须经校董会批准。"),
    # without leave
    ("任何单位不得擅自移动界桩。", "未经批准，任何单位不得移动界桩。"),
    ("严禁擅自拆改燃气管道。", "未经同意严禁拆改燃气管道。"),
    ("未经许可擅自采砂的，没收船舶。", "擅自采砂的，没收船舶。"),
    ("未经同意，任何人不得擅自录像。", "任何人未经同意不得录像。"),
    # a bound, or the ban beyond it
    ("噪声应当控制在55分贝以内。", "噪声不得超过55分贝。"),
    ("候诊时间应在30分钟以内。", "候诊时间不得超过30分钟。"),
    ("每班配备教师应当达到两名。", "每班配备教师不得少于两名。"),
    # one sentence, or two
    ("不得在库区明火作业。不得在库区吸烟。", "不得在库区明火作业、吸烟。"),
    ("旅行社应当投保责任险；旅行社应当公布投诉电话。", "旅行社应当投保责任险，并公布投诉电话。"),
    ("设立家长委员会。家长委员会由各班代表组成。", "设立由各班代表组成的家长委员会。"),
    ("发放交通补贴，补贴标准为每月300元。", "发放交通每月300元补贴。"),
    ("读者可以到馆续借，也可以网上续借。", "读者可以到馆或者网上续借。"),
    ("养殖户应当填写日志，日志保存两年。", "养殖户应当填写日志并保存两年。"),
    # who is meant, before 的 or before the condition
    ("健康检查不合格的从业者不得上岗。", "从业者健康检查不合格的，不得上岗。"),
    ("不服复核结论的考生可以申诉。", "考生对复核结论不服的，可以申诉。"),
    ("凡属危房，一律腾空。", "危房一律腾空。"),
    # words in a frame, and short names
    ("材料不齐全的，一次性告知补正内容。", "材料不齐的，一次告知补正内容。"),
    ("规模以下服务业单位可以免报。", "规下服务业单位可以免报。"),
    ("参加居民基本医疗保险的，可以报销。", "参加居民医保的，可以报销。"),
    ("确需夜间施工的，应当公告。", "确有必要夜间施工的，应当公告。"),
]
_DIFFERENT = [
    ("档案馆应当将查阅规则张贴在阅览室。", "查阅规则应当由主管部门张贴在阅览室。"),
    ("专家委员会应当对方案进行论证。", "方案可以由专家委员会进行论证。"),
    ("变更用途应当征得业主大会的书面同意。", "变更用途应当征得业主大会的同意。"),
    ("任何单位不得擅自移动界桩。", "任何单位不得移动界桩。"),
    ("未经许可擅自采砂的，没收船舶。", "未经登记采砂的，没收船舶。"),
    ("噪声应当控制在55分贝以内。", "噪声不得低于55分贝。"),
    ("每班配备教师应当达到两名。", "每班配备教师不得超过两名。"),
    ("不得在库区明火作业。不得在库区吸烟。", "不得在库区明火作业，在库区吸烟应当登记。"),
    ("旅行社应当投保责任险；旅行社应当公布投诉电话。", "旅行社应当投保责任险；旅行社可以公布投诉电话。"),
    ("设立家长委员会。家长委员会由各班代表组成。", "设立由教师代表组成的家长委员会。"),
    ("读者可以到馆续借，也可以网上续借。", "读者可以到馆续借。"),
    ("健康检查不合格的从业者不得上岗。", "从业者健康检查不合格的，可以上岗。"),
    ("凡属危房，一律腾空。", "危房可以腾空。"),
    ("规模以下服务业单位可以免报。", "规上服务业单位可以免报。"),
]


@pytest.mark.parametrize(("old", "new"), _EQUAL)
def test_another_form_is_no_difference(old: str, new: str) -> None:
    for pair in ((old, new), (new, old)):
        found = signals_between(*pair, genre=Genre.STATUTE)
        assert not [signal for signal in found if signal.weight >= OF_SUBSTANCE]


@pytest.mark.parametrize(("old", "new"), _DIFFERENT)
def test_a_form_with_another_rule_is_told(old: str, new: str) -> None:
    for pair in ((old, new), (new, old)):
        found = signals_between(*pair, genre=Genre.STATUTE)
        assert any(signal.weight >= OF_SUBSTANCE for signal in found)


@pytest.mark.parametrize(
    ("superior", "local"),
    [
        ("由企业自主确定，报物价部门备案。", "由区人民政府确定。"),
        ("由经营者自行安排，并告知消费者。", "由县教育局安排。"),
        ("由业主共同决定，报街道备查。", "由街道办事处决定。"),
        ("由区人民政府核定，每年公布一次。", "由企业核定。"),
    ],
)
def test_a_decision_that_passes_between_an_office_and_others_goes_both_ways(
    superior: str, local: str
) -> None:
    assert judge_effect(superior, local).effect.value == "different"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("解释不一致的，以上级规定为准。", "解释不一致的，以本规定为准。"),
        ("有抵触的，以本合同为准。", "有抵触的，以补充协议为准。"),
        ("两种文字有歧义的，以中文本为准。", "两种文字有歧义的，以英文本为准。"),
    ],
)
def test_another_text_that_prevails_is_told_once_as_a_condition(old: str, new: str) -> None:
    assert [signal.type for signal in signals_between(old, new, genre=Genre.STATUTE)] == [
        SignalType.CONDITION
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("The owner or the tenant, as the case may be, shall pay.", "The owner shall pay.", False),
        ("The office shall take such steps as may be necessary.", "The office shall take steps.", False),
        ("The owner may appeal.", "The owner shall appeal.", True),
    ],
)
def test_may_inside_a_set_phrase_of_english_allows_nothing(old: str, new: str, told: bool) -> None:
    found = signals_between(old, new, genre=Genre.STATUTE)
    assert any(signal.type in (SignalType.PERMISSION, SignalType.DUTY) for signal in found) is told
    assert found


@pytest.mark.parametrize(
    ("superior", "local", "weighs"),
    [
        ("国内旅客可以购买联票。", "旅客可以购买联票。", True),
        ("国内高校毕业生可以申请补贴。", "高校毕业生可以申请补贴。", True),
        ("国内私有房屋的登记适用本办法。", "本省的私有房屋的登记适用本办法。", False),
    ],
)
def test_a_word_for_the_whole_state_without_a_place_in_its_stead_widens(
    superior: str, local: str, weighs: bool
) -> None:
    found = judge_effect(superior, local).signals
    assert (
        any(
            each.weight >= OF_SUBSTANCE and each.direction in (Direction.WIDER, Direction.CHANGED)
            for each in found
        )
        is weighs
    )
