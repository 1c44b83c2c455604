"""Who has to act or pay, and in which order a rule names who acts and on what."""

import pytest

from policydiff.model import Genre
from policydiff.substance.signalling import signals_between


def _told(old: str, new: str) -> list[tuple[str, str, str | None, str | None]]:
    found = signals_between(old, new, genre=Genre.STATUTE)
    return [
        (each.type.value, each.direction.value, each.old, each.new) for each in found if each.weight >= 0.3
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("由主要负责人签字。", "由负责人签字。", ("scope", "looser", "主要", None)),
        ("报告应当由负责人审核。", "报告应当由主要负责人审核。", ("scope", "stricter", None, "主要")),
        ("鉴定由专业技术人员承担。", "鉴定由技术人员承担。", ("scope", "looser", "专业", None)),
        (
            "培训经费由财政全额负担。",
            "培训经费由财政和企业共同负担。",
            ("body", "changed", "财政", "财政和企业"),
        ),
        ("费用由企业和个人共同承担。", "费用由企业承担。", ("body", "changed", "企业和个人", "企业")),
        ("运费由甲方承担。", "运费由甲乙双方共同承担。", ("body", "changed", "甲方", "甲乙双方")),
        ("维修费由业主分摊。", "维修费由业主、物业企业分摊。", ("body", "changed", "业主", "业主、物业企业")),
    ],
)
def test_who_acts_or_pays_is_named_on_both_sides(
    old: str, new: str, told: tuple[str, str, str | None, str | None]
) -> None:
    assert told in _told(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("学校应当公示收费项目。", "收费项目应当由学校公示。"),
        ("收费项目必须由学校公示。", "学校应当公示收费项目。"),
        ("监理单位应当验收隐蔽工程。", "隐蔽工程应当由监理单位验收。"),
        ("出租人不得拒绝承租人的维修请求。", "承租人的维修请求不得由出租人拒绝。"),
        ("乙方应当承担运输费用。", "运输费用应当由乙方承担。"),
    ],
)
def test_a_rule_turned_round_says_the_same(old: str, new: str) -> None:
    assert _told(old, new) == _told(new, old) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("学校应当公示收费项目。", "收费项目可以由学校公示。"),
        ("学校应当公示收费项目。", "收费标准应当由学校公示。"),
        ("学校应当公示收费项目。", "收费项目应当由教育局公示。"),
        ("甲方应当通知乙方。", "乙方应当通知甲方。"),
    ],
)
def test_a_rule_turned_round_and_changed_does_not(old: str, new: str) -> None:
    assert _told(old, new)
