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
        ("统一管理。", "统一规划。", set(SignalType) - {SignalType.SCOPE}, "一 of 统一 is no number"),
    ],
)
def test_not_found(old: str, new: str, not_found: set[SignalType], why: str) -> None:
    assert not {signal.type for signal in signals(old, new)} & not_found, why


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
