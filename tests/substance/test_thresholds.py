"""A pair of inputs on either side of every threshold of the package."""

import pytest

from policydiff.lexicon.widths import fold
from policydiff.model import Genre, SignalType
from policydiff.substance import OF_SUBSTANCE, Elsewhere, signals_between
from policydiff.substance.effects import local_signals
from policydiff.substance.thresholds import SOFT
from policydiff.substance.weighing import weight_of


def kinds(old: str, new: str, elsewhere: Elsewhere | None = None) -> list[str]:
    found = signals_between(old, new, genre=Genre.STATUTE, elsewhere=elsewhere)
    return [signal.type.value for signal in found]


def test_part_rewritten() -> None:
    above = kinds("应当经公安机关批准。", "应当向公安机关备案。")
    assert above == ["instrument"], "one part rewritten: the one instrument for the other"
    below = kinds("由主管部门吊销许可证。", "并处五万元罚款。")
    assert below.count("sanction") == 2, "two parts: one sanction went, another came"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("应当公示价目。经营者应当建立进货台账。", "经营者应当建立进货台账制度。应当公示价目。", ["scope"]),
        (
            "应当公示价目。经营者应当建立进货台账。",
            "经营者每月报送销售数据。应当公示价目。",
            ["duty", "frequency"],
        ),
    ],
    ids=["moved", "another"],
)
def test_moved_part(old: str, new: str, found: list[str]) -> None:
    assert sorted(kinds(old, new)) == sorted(found)


def test_contained() -> None:
    assert kinds("情节严重的，责令停业。", "情节严重的责令停业。") == [], "only a comma fell away"


@pytest.mark.parametrize(
    ("part", "found"),
    [("由县级主管部门责令停产停业整顿三个月", False), ("责令停产停业", True)],
    ids=["long", "short"],
)
def test_elsewhere(part: str, found: bool) -> None:
    whole = fold(f"违反第五条的{part}处罚款")
    signals = kinds(
        f"违反规定的，处一万元罚款，{part}。", "违反规定的，处一万元罚款。", Elsewhere(whole, whole)
    )
    assert bool(signals) is found


def test_of_substance() -> None:
    assert weight_of(SignalType.REFERENCE) >= OF_SUBSTANCE
    (heading,) = signals_between("应当公开。", "应当公开。\n编辑", genre=Genre.STATUTE)
    assert heading.type is SignalType.PARAGRAPH_ADDED
    values = {weight_of(kind) for kind in SignalType}
    assert min(values) == OF_SUBSTANCE


def told(old: str, new: str) -> list[str]:
    found = signals_between(old, new, genre=Genre.POLICY)
    return [f"{signal.type.value} {signal.direction.value}" for signal in found]


@pytest.mark.parametrize(
    ("new", "found"),
    [
        ("健康产业增加值占全区生产总值7%。", "percentage higher"),
        ("健康服务业税收占全区税收比重7%。", "percentage changed"),
    ],
    ids=["one thing", "another"],
)
def test_one_thing(new: str, found: str) -> None:
    assert found in told("健康服务业增加值占全市生产总值6%。", new)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("计划到2035年，建成健康城市。", "计划到2025年，建成健康城区。", "deadline earlier"),
        ("计划到2035年，建成健康城市。", "计划到2025年，完成老旧小区电梯加装任务。", "deadline changed"),
        (
            "居民年均补贴1000元，由财政部门拨付，按月发放到户，接受审计监督。",
            "居民年均补贴2000元，通过银行代发。",
            "amount higher",
        ),
    ],
    ids=["one goal", "another goal", "a part that says what its value is of"],
)
def test_bare_value(old: str, new: str, found: str) -> None:
    assert found in told(old, new)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (
            "违反规定的，由部门处1万元以上3万元以下的罚款。",
            "违反规定的，由部门责令停靠在指定的地点，处3万元以上10万元以下的罚款。",
            "amount higher",
        ),
        (
            "每户补贴1万元。按时完成的予以表彰。",
            "拒不改正的处三万元罚款。按时完成的予以表彰。",
            "amount changed",
        ),
    ],
    ids=["the same fine", "a fine for a subsidy"],
)
def test_value_elsewhere(old: str, new: str, found: str) -> None:
    assert found in told(old, new)


@pytest.mark.parametrize(
    ("old", "new", "count"),
    [
        ("扶持小微企业贷款贴息。", "扶持科技企业贷款担保。", 2),
        ("扶持小微贷款。", "扶持科技存款。", 1),
        (
            "扶持企业开展海外市场推广活动和人才培养培训。",
            "扶持科技企业开展海外市场推广活动和高端人才培养培训。",
            2,
        ),
    ],
    ids=["four characters apart", "side by side", "far apart"],
)
def test_beside(old: str, new: str, count: int) -> None:
    assert told(old, new).count("scope changed") + told(old, new).count("scope narrower") == count


def test_reworded() -> None:
    light = told("对积极参与社区治理的志愿服务组织提供场地。", "对热心参与社区治理的志愿服务组织提供设备。")
    assert len(light) == 2, "two words of ten: two differences"
    heavy = told("对优秀志愿团队提供办公场地支持。", "对骨干志愿队伍提供活动经费支持。")
    assert len(heavy) == 1, "put in other words: one difference"


def test_soft() -> None:
    (scope,) = local_signals("支持企业参加展会。", "支持科技企业参加展会。")
    assert scope.weight == SOFT < OF_SUBSTANCE
    (sanction,) = local_signals("逾期的，处一万元罚款。", "逾期的，处二万元罚款。")
    assert sanction.weight >= OF_SUBSTANCE
