"""What a change of wording is said to touch, with the words that show it."""

import pytest

from policydiff.model import Signal, SignalType
from policydiff.revision.following import Numbering
from policydiff.revision.lexicon import lexicon
from policydiff.revision.lists import ListChange, compare_lists
from policydiff.revision.quantities import QuantityKind, direction, quantity
from policydiff.revision.signals import find_signals
from policydiff.revision.tokens import tokenize
from policydiff.revision.wording import compare_wording


def signals(old: str, new: str) -> list[Signal]:
    return list(find_signals(compare_wording(old, new), Numbering({})))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            "机关可以公开信息。",
            "机关应当公开信息。",
            ("duty_strengthened", "可以", "应当", None),
            id="may to shall",
        ),
        pytest.param(
            "机关应当公开信息。",
            "机关可以公开信息。",
            ("duty_weakened", "应当", "可以", None),
            id="shall to may",
        ),
        pytest.param(
            "单位不应当收费。",
            "单位不得收费。",
            ("duty_strengthened", "不应当", "不得", None),
            id="prohibition",
        ),
        pytest.param(
            "经营者自主定价。",
            "经营者自主定价，但不得低于成本销售商品。",
            ("duty_strengthened", None, "不得低于成本销售商品", None),
            id="a prohibition put in",
        ),
        pytest.param(
            "补助十万元。", "补助二十万元。", ("amount", "十万元", "二十万元", "higher"), id="amount"
        ),
        pytest.param(
            "减按15%征收。", "减按10%征收。", ("percentage", "15%", "10%", "lower"), id="percentage"
        ),
        pytest.param(
            "占百分之三十。",
            "占三分之一。",
            ("percentage", "百分之三十", "三分之一", "higher"),
            id="fraction",
        ),
        pytest.param(
            "三十日内答复。",
            "十五个工作日内答复。",
            ("deadline", "三十日", "十五个工作日", "lower"),
            id="deadline",
        ),
        pytest.param("不少于3名。", "不少于5名。", ("number", "3名", "5名", "higher"), id="number"),
        pytest.param(
            "本条例自2015年3月1日起施行。",
            "本条例自2025年6月1日起施行。",
            ("effective_date", "2015年3月1日", "2025年6月1日", "later"),
            id="effective date",
        ),
        pytest.param(
            "由市卫生计生委负责。",
            "由市卫生健康委负责。",
            ("body_renamed", "市卫生计生委", "市卫生健康委", "2018"),
            id="rename",
        ),
        pytest.param(
            "由市民政局负责审批。",
            "由市教育局负责审批。",
            ("responsible_body", "市民政局", "市教育局", None),
            id="another body",
        ),
        pytest.param(
            "依照《公司法》的规定办理。",
            "依照《民法典》的规定办理。",
            ("citation", "《公司法》", "《民法典》", None),
            id="another law cited",
        ),
        pytest.param(
            "处五千元以下的罚款。",
            "处二万元以下的罚款。",
            ("penalty", "处五千元以下的罚款", "处二万元以下的罚款", None),
            id="penalty",
        ),
        pytest.param(
            "本办法适用于企业。",
            "本办法适用于企业和社会组织。",
            ("scope", "本办法适用于企业", "本办法适用于企业和社会组织", None),
            id="scope",
        ),
        pytest.param(
            "到2025年，力争新增床位100张。",
            "到2025年，力争新增床位200张。",
            ("target", "100张", "200张", "higher"),
            id="target of a plan",
        ),
        pytest.param(
            "由公安、工商、卫生部门负责。",
            "由公安、卫生、税务部门负责。",
            ("list", "工商", "税务", None),
            id="list",
        ),
        pytest.param(
            "包括甲方案、乙方案、丙方案。",
            "包括丙方案、甲方案、乙方案。",
            ("list", None, None, "reordered"),
            id="list reordered",
        ),
    ],
)
def test_found(old: str, new: str, expected: tuple[str, str | None, str | None, str | None]) -> None:
    kind, before, after, detail = expected
    assert Signal(type=SignalType(kind), old=before, new=after, detail=detail) in signals(old, new)


@pytest.mark.parametrize(
    ("old", "new", "not_found", "why"),
    [
        (
            "应当及时公开。",
            "应当主动公开。",
            {SignalType.DUTY_STRENGTHENED, SignalType.DUTY_WEAKENED},
            "the duty stayed",
        ),
        (
            "由市卫生计生委负责。",
            "由市卫生健康委负责。",
            {SignalType.RESPONSIBLE_BODY},
            "a rename shifts no duty",
        ),
        (
            "由公安、农业、民防、海关等负有行政处罚职责的部门管理。",
            "由公安、农业农村、国防动员、海关等负有行政处罚职责的部门管理。",
            {SignalType.PENALTY},
            "the power to punish is no sanction",
        ),
        (
            "市质量技监部门应当公布名录及其项目范围。",
            "市市场监管部门应当公布名录及其项目范围。",
            {SignalType.SCOPE, SignalType.RESPONSIBLE_BODY},
            "only the name of the body is new, not what is covered",
        ),
        (
            "市教育局应当公布检查的范围。",
            "市民政局应当公布检查的范围。",
            {SignalType.SCOPE},
            "another body publishes the same",
        ),
        (
            "上级机关应当在职责范围内协助。",
            "上级机关应当在职责范围内指导。",
            {SignalType.SCOPE},
            "the words 职责范围内 cover nothing",
        ),
        (
            "禁止任何组织侵占矿产资源。各级政府必须加强保护。",
            "各级政府必须加强保护工作。禁止任何单位侵占矿产资源。",
            {SignalType.DUTY_STRENGTHENED, SignalType.DUTY_WEAKENED},
            "both duties stand on both sides, in another order",
        ),
        (
            "保障当前和长远的需要。",
            "适应全面建设的需要，保障安全。",
            {SignalType.DUTY_STRENGTHENED, SignalType.DUTY_WEAKENED},
            "需要 is no duty there",
        ),
        (
            "由县级以上地方各级人民政府负责。",
            "由县级以上地方人民政府负责。",
            {SignalType.RESPONSIBLE_BODY},
            "各级 adds no body",
        ),
        (
            "本市健全中小企业服务机构。",
            "本市引导科技服务机构。",
            {SignalType.RESPONSIBLE_BODY},
            "services of a kind are no body in particular",
        ),
        ("统一管理。", "统一规划。", set(SignalType) - {SignalType.SCOPE}, "一 of 统一 is no number"),
    ],
)
def test_not_found(old: str, new: str, not_found: set[SignalType], why: str) -> None:
    assert not {signal.type for signal in signals(old, new)} & not_found, why


@pytest.mark.parametrize(
    ("old", "new", "expected", "why"),
    [
        (
            "处五万元以下的罚款，有违法所得的，没收违法所得。",
            "处五万元以下的罚款；情节严重的，吊销许可证；有违法所得的，没收违法所得。",
            [("penalty", None, "情节严重的，吊销许可证")],
            "a sanction put in is quoted alone",
        ),
        (
            "责令改正，处罚款。",
            "责令限期改正，处罚款。",
            [("penalty", "责令改正", "责令限期改正")],
            "an edit inside a sanction is quoted with its clause",
        ),
        (
            "市质量技术监督部门（以下称质量技监部门）负责。",
            "市场监管部门负责。",
            [
                ("body_renamed", "市质量技术监督部门", "市场监管部门"),
                ("body_renamed", "质量技监部门", "市场监管部门"),
            ],
            "a body named twice was renamed twice, not dropped once",
        ),
        (
            "由省政府地质矿产主管部门负责。",
            "由省级人民政府自然资源主管部门负责。",
            [("responsible_body", "省政府地质矿产主管部门", "省级人民政府自然资源主管部门")],
            "the office of a government is one body",
        ),
        (
            "禁止任何组织用任何手段侵占矿产资源。各级人民政府必须加强矿产资源的保护工作。",
            "各级人民政府应当加强矿产资源保护工作。禁止任何单位以任何手段侵占矿产资源。",
            [("duty_weakened", "必须", "应当")],
            "clauses that moved are compared with their like",
        ),
        (
            "公安、农业、民防、海关等负有职责、权力的部门。",
            "公安、农业农村、民防、海关等负有职责、权力的部门。",
            [("list", "农业", "农业农村")],
            "a list ends with 等",
        ),
    ],
)
def test_all_that_is_found(
    old: str, new: str, expected: list[tuple[str, str | None, str | None]], why: str
) -> None:
    assert [(signal.type.value, signal.old, signal.new) for signal in signals(old, new)] == expected, why


def test_a_reference_that_follows_is_no_signal() -> None:
    numbering = Numbering({"条": {"46": frozenset({"56"})}})
    wording = compare_wording(
        "对本法第四十六条规定的罚款，可以减轻。", "对本法第五十六条规定的罚款，可以减轻。"
    )
    assert find_signals(wording, numbering) == ()


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("二十万元", QuantityKind.AMOUNT, "200000"),
        ("1.2万元", QuantityKind.AMOUNT, "12000.0"),
        ("百分之十", QuantityKind.PERCENTAGE, "10"),
        ("三个月", QuantityKind.DURATION, "90"),
        ("2个月", QuantityKind.DURATION, "60"),
        ("3-6个月", QuantityKind.DURATION, "90"),
        ("300个", QuantityKind.NUMBER, "300"),
        ("4厘米", QuantityKind.NUMBER, "4"),
        ("十八周岁", QuantityKind.NUMBER, "18"),
        ("二〇二三年五月一日", QuantityKind.DATE, "20230501"),
    ],
)
def test_quantities(text: str, kind: QuantityKind, value: str) -> None:
    (token,) = tokenize(text)
    found = quantity(token)
    assert found is not None
    assert (found.kind, str(found.value)) == (kind, value)
    assert direction(found, found) is None


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "经批准的殡仪馆、公墓、骨灰堂建成后",
            "经批准的殡仪馆、公墓、骨灰堂、服务站建成后",
            [ListChange((), ("服务站",), reordered=False)],
        ),
        ("甲项、乙项、丙项", "甲项、乙项、丙项", []),
        ("没有列举", "也没有列举", []),
        ("甲项、乙项、丙项", "丁项、戊项、己项", []),
    ],
)
def test_lists(old: str, new: str, expected: list[ListChange]) -> None:
    assert compare_lists(old, new) == expected


def test_word_lists_are_well_formed() -> None:
    words = lexicon()
    assert all(1 <= strength <= 7 for strength in words.modality.values())
    for name, entries in words._asdict().items():
        if name != "modality":
            assert len(set(entries)) == len(entries), name
            assert all(entry and entry == entry.strip() for entry in entries), name
