"""A pair of inputs on either side of every threshold of the package."""

import pytest

from policydiff.lexicon.widths import fold
from policydiff.model import Genre, SignalType
from policydiff.substance import OF_SUBSTANCE, Elsewhere, signals_between
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
