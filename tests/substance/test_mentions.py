"""What a passage only speaks of is no rule of its own: bans as objects of enforcement, permits as attributes, times and benefits."""

import pytest

from policydiff.model import Genre, Modal
from policydiff.substance.provisions import read_provision
from policydiff.substance.signalling import signals_between

_SPOKEN_OF = [
    "依法查处违反禁止停车规定的行为。",
    "查处在禁止燃放区域燃放烟花爆竹的行为。",
    "严厉打击销售国家禁止销售的农药的行为。",
    "及时制止不得从事的活动。",
    "受理对违反禁止性规定的投诉。",
    "公安机关负责查处违反禁止令的行为。",
    "公布禁止使用的农药名录。",
    "经营本条例禁止经营的音像制品。",
    "转让本合同禁止转让的权利。",
    "在路口设置禁止通行标志。",
    "制定新增产业的禁止和限制目录。",
    "将国家禁止出境的文物转让给他人的，没收违法所得。",
    "原判没有宣告职业禁止、禁止令的，由人民法院处理。",
    "将不得实施该行为的相关事项通知有关部门，通知不得实施该行为的相关事项。",
]
_BANS = [
    "禁止销售国家明令淘汰的产品。",
    "国家禁止破坏环境的行为。",
    "禁止在禁止区域内燃放。",
    "任何单位不得隐瞒违法行为。",
    "查处后不得恢复经营。",
    "公布名录，禁止使用名录以外的农药。",
    "严禁携带易燃物品进站。",
    "法律、行政法规禁止转让的，不得转让。",
    "打击走私并禁止销售走私物品。",
    "生产者不得使用禁止使用的原料。",
]


@pytest.mark.parametrize("text", _SPOKEN_OF[:-1])
def test_a_ban_that_a_part_only_speaks_of_forbids_nothing(text: str) -> None:
    """Offices act against conduct, and lists name what is forbidden elsewhere."""
    assert all(each.modal is not Modal.MUST_NOT for each in read_provision(text, genre=Genre.STATUTE).modals)


@pytest.mark.parametrize("text", _BANS)
def test_a_ban_stays_one_beside_such_words(text: str) -> None:
    """The same nouns and verbs stand in real bans."""
    assert any(each.modal is Modal.MUST_NOT for each in read_provision(text, genre=Genre.STATUTE).modals)


@pytest.mark.parametrize(
    "text",
    [
        "未经登记的车辆应当停放在指定地点。",
        "未取得许可的单位和个人列入名单。",
        "尚未办理备案的项目参照执行。",
        "从事该活动不需要许可。",
        "办理变更无需审批。",
        "从批准当月起享受补贴。",
        "自竣工验收合格之日起计算。",
        "自备案次日起享受。",
        "为企业给予登记便利。",
        "应当简化审批程序。",
        "应当提高审批效率。",
        "打击未经许可从事经营的行为。",
        "未按照采砂许可证规定的要求采砂。",
    ],
)
def test_a_permit_that_a_part_only_speaks_of_is_asked_of_nobody(text: str) -> None:
    """Attributes, times, denials and benefits name an instrument without asking for it."""
    assert read_provision(text, genre=Genre.STATUTE).instruments == ()


@pytest.mark.parametrize(
    "text",
    [
        "应当取得许可。",
        "未经批准，不得施工。",
        "未经批准擅自施工的，责令改正。",
        "应当自收到之日起三日内备案。",
        "经批准后方可开工。",
        "应当办理登记手续。",
        "应当提供检测报告。",
        "需要办理登记的，应当提交申请。",
        "不得未经审批开工。",
        "应当向主管部门报告起因。",
    ],
)
def test_a_permit_that_is_asked_for_stays_one(text: str) -> None:
    """The same words ask for it."""
    assert read_provision(text, genre=Genre.STATUTE).instruments != ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("从事该活动不需要许可。", "从事该活动需要许可。", {"exception stricter"}),
        ("从事该活动需要许可。", "从事该活动不需要许可。", {"exception looser"}),
        ("未经登记的车辆不得上路。", "没有牌证的车辆不得上路。", {"scope changed"}),
        ("从批准当月起享受补贴。", "从申请当月起享受补贴。", {"scope changed"}),
        ("为企业给予登记便利。", "为企业给予融资便利。", {"scope changed"}),
        ("未经批准不得施工。", "未经备案不得施工。", {"instrument looser"}),
        ("原则上不新增建设用地。", "一律不新增建设用地。", {"prohibition stricter"}),
        ("一律不新增建设用地。", "原则上不新增建设用地。", {"prohibition looser"}),
        ("原则上不新增建设用地。", "不新增建设用地。", {"duty stricter"}),
        ("一律不得收取费用。", "不得收取费用。", {"prohibition changed"}),
        ("不得收取费用。", "一律不得收取费用。", {"prohibition changed"}),
        ("任何情况下不得泄露。", "不得泄露。", {"prohibition changed"}),
        ("一律应当公开。", "应当公开。", {"duty changed"}),
        ("一律不予受理。", "不予受理。", {"prohibition looser"}),
        ("一律免费开放。", "免费开放。", {"duty looser"}),
        ("一律不得收取费用。", "原则上不得收取费用。", {"prohibition looser"}),
        ("机构应当公示收费标准。", "机构宜在门口公示收费标准。", {"duty looser", "scope changed"}),
        (
            "不具备条件的单位不得承揽。",
            "具备条件的单位不得承揽。",
            {"prohibition looser", "condition changed"},
        ),
    ],
)
def test_how_such_words_differ_is_told(old: str, new: str, said: set[str]) -> None:
    """What is spoken of may differ, and the words that emphasise a ban change no ban."""
    found = signals_between(old, new, genre=Genre.STATUTE)
    assert {f"{each.type.value} {each.direction.value}" for each in found} == said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("给予行政处分或者纪律处分。", "给予处分。", set()),
        ("依法给予处分。", "依法给予政务处分、纪律处分。", set()),
        ("给予行政处分。", "给予政务处分。", set()),
        ("给予警告处分。", "给予警告。", set()),
        ("给予警告、记过或者记大过的行政处分。", "给予警告、记过或者记大过的处分。", set()),
        ("对责任人员依法给予行政处分、纪律处分。", "对责任人员，依法给予处分。", set()),
        ("给予行政处分。", "给予纪律处分。", {"sanction changed"}),
        ("依法给予处分。", "依法给予纪律处分。", {"sanction changed"}),
        ("给予警告、记过处分。", "给予警告、记过、降级处分。", {"sanction stricter"}),
        ("给予开除处分。", "给予处分。", {"sanction changed"}),
        ("处以罚款或者行政处分。", "处以罚款。", {"sanction looser"}),
        ("给予处分。", "追究刑事责任。", {"sanction changed"}),
    ],
)
def test_the_class_of_a_sanction_stands_for_its_members(old: str, new: str, said: set[str]) -> None:
    """处分 names 行政处分 and 纪律处分 together; a member that goes or comes alone is told."""
    found = signals_between(old, new, genre=Genre.STATUTE)
    assert {f"{each.type.value} {each.direction.value}" for each in found} == said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("由民政部门责令改正。", "由国务院民政部门责令改正。", {"body changed 0.55"}),
        ("由民政部门批准。", "由省、自治区、直辖市人民政府民政部门批准。", {"body changed 0.5"}),
        ("由监督检查部门责令改正。", "由省级以上人民政府监督检查部门责令改正。", {"body changed 0.55"}),
        ("由省级以上人民政府民政部门责令改正。", "由民政部门责令改正。", {"body changed 0.55"}),
        ("由县级民政部门批准。", "由省级民政部门批准。", {"body changed 0.5"}),
        ("由民政部门责令改正。", "由县级以上人民政府民政部门责令改正。", {"body changed 0.2"}),
        ("由国务院科技、卫生健康部门制定。", "由国务院卫生健康、科技部门制定。", set()),
        ("由省、自治区、直辖市人民政府批准。", "由直辖市人民政府批准。", {"body changed 0.5"}),
        ("由市和区、县审计机关审查。", "由市和区审计机关审查。", set()),
        ("由省级人民政府民政部门批准。", "由省、自治区、直辖市人民政府民政部门批准。", set()),
        ("责令限期改正。", "责令改正。", {"sanction looser 0.25"}),
        ("责令改正，处一千元罚款。", "责令限期改正，处一千元罚款。", {"sanction stricter 0.25"}),
        (
            "由民政部门和其他有关部门责令改正。",
            "由民政部门责令限期改正。",
            {"sanction stricter 0.25", "scope narrower 0.55"},
        ),
        ("因地制宜，各有侧重的方针。", "因地制宜、各有侧重的方针，提高能力。", {"part_added changed 0.35"}),
        ("经批准的特殊情况。", "经批准的特殊情形。", set()),
    ],
)
def test_the_level_of_a_body_and_the_day_of_an_order_are_told(old: str, new: str, said: set[str]) -> None:
    """县级以上 is a matter of course; who says 国务院, 省级以上 or 限期 says more."""
    found = signals_between(old, new, genre=Genre.STATUTE)
    assert {f"{each.type.value} {each.direction.value} {each.weight}" for each in found} == said
