"""Targets and responsibilities beside those of the superior document."""

import pytest

from policydiff import parse
from policydiff.comparison.body_pairs import responsibility_comparisons
from policydiff.comparison.compare import compare_documents
from policydiff.comparison.target_pairs import target_comparisons
from policydiff.model import (
    Band,
    Relation,
    Responsibility,
    SentenceComparison,
    SentenceSource,
    Span,
    Target,
    TargetChange,
    TargetKind,
)


def _target(
    metric: str, value: str, unit: str = "%", deadline: str | None = "2025", **more: object
) -> Target:
    return Target.model_validate(
        {
            "clause": "c",
            "metric": metric,
            "value": value,
            "unit": unit,
            "deadline": deadline,
            "text": metric,
            "span": Span(0, 1),
            **more,
        }
    )


LINKED = SentenceComparison(
    clause="c",
    text="到2023年……",
    relation=Relation.ADAPTED,
    score=0.95,
    band=Band.SURE,
    sources=(SentenceSource(clause="c", text="到2020年……", score=0.9),),
)


@pytest.mark.parametrize(
    ("local", "superior", "change", "reason"),
    [
        (_target("森林覆盖率", "30"), _target("森林覆盖率", "30"), "kept", "the same"),
        (_target("森林覆盖率", "32"), _target("森林覆盖率", "30"), "tightened", "more of what is wanted"),
        (_target("森林覆盖率", "28"), _target("森林覆盖率", "30"), "relaxed", "less of it"),
        (
            _target("产业规模", "150-250", "亿元", qualifier="以上、以下"),
            _target("产业规模", "100-200", "亿元", qualifier="以上、以下"),
            "tightened",
            "以下 belongs to the upper end: it makes no less the goal",
        ),
        (
            _target("森林覆盖率", "28-30", qualifier="以上、以下"),
            _target("森林覆盖率", "25-27", qualifier="以上、以下"),
            "tightened",
            "both ends of a range rose",
        ),
        (
            _target("森林覆盖率", "25-30"),
            _target("森林覆盖率", "30"),
            "changed",
            "a range beside one value is neither more nor less",
        ),
        (
            _target("森林覆盖率", "30", deadline="2024"),
            _target("森林覆盖率", "30"),
            "tightened",
            "the same, earlier",
        ),
        (
            _target("森林覆盖率", "30", deadline="“十四五”"),
            _target("森林覆盖率", "30"),
            "kept",
            "a plan ends in a year",
        ),
        (
            _target("森林覆盖率", "32", deadline="2030"),
            _target("森林覆盖率", "30"),
            "changed",
            "more, but later",
        ),
        (
            _target("细颗粒物浓度", "28", "微克", qualifier="不超过"),
            _target("细颗粒物浓度", "30", "微克", qualifier="不超过"),
            "tightened",
            "a ceiling is tighter when lower",
        ),
        (
            _target("能耗强度降低", "15", qualifier="不低于"),
            _target("能耗强度降低", "13", qualifier="不低于"),
            "tightened",
            "of a fall more is tighter",
        ),
        (
            _target("产业规模", "1", "万亿元"),
            _target("产业规模", "10000", "亿元"),
            "kept",
            "the same sum, written otherwise",
        ),
    ],
)
def test_targets_that_answer_each_other(local: Target, superior: Target, change: str, reason: str) -> None:
    [found] = target_comparisons([local], [superior], [LINKED])
    assert found.change.value == change, reason
    assert (found.local, found.superior) == (local, superior)


@pytest.mark.parametrize(
    ("qualifier", "way"),
    [
        ("不低于", "tightened"), ("不少于", "tightened"), ("不得低于", "tightened"), ("不得少于", "tightened"),
        ("以上", "tightened"), ("至少", "tightened"), ("高于", "tightened"), ("超过", "tightened"),
        ("不超过", "relaxed"), ("不高于", "relaxed"), ("不得超过", "relaxed"), ("不得高于", "relaxed"),
        ("不大于", "relaxed"), ("以下", "relaxed"), ("以内", "relaxed"), ("低于", "relaxed"), ("小于", "relaxed"),
        ("控制在", "relaxed"),
    ],
)  # fmt: skip
def test_a_higher_floor_is_tighter_and_a_higher_ceiling_looser(qualifier: str, way: str) -> None:
    local, superior = (_target("护理型床位占比", value, qualifier=qualifier) for value in ("65", "60"))
    [found] = target_comparisons([local], [superior], [LINKED])
    assert found.change.value == way


@pytest.mark.parametrize(
    ("local", "superior", "reason"),
    [
        (
            _target("区域生命健康产业税收占全区税收总收入的比重", "7"),
            _target("健康服务业增加值占全市生产总值的比重", "6"),
            "a share of taxes is none of the product",
        ),
        (
            _target("健康产业增加值占全区生产总值比重", "7"),
            _target("健康产业税收占全市生产总值比重", "7"),
            "another part",
        ),
        (
            _target("县道养护经费", "5000", "元"),
            _target("乡道养护经费", "5000", "元"),
            "another class of road",
        ),
        (_target("一级区域补贴", "750", "元"), _target("二级区域补贴", "600", "元"), "another class of area"),
        (_target("农村污水处理率", "90"), _target("城镇污水处理率", "95"), "town and country"),
        (_target("总部企业", "10", "家"), _target("养老床位", "12", "家"), "nothing in common but the unit"),
        (
            _target("公园绿地服务半径覆盖率", "90"),
            _target("公园绿地全时段开放率", "50"),
            "rates of two things",
        ),
        (
            _target("农村公路列养率", "100"),
            _target("农村公路优良率", "90"),
            "rates of two things, one subject",
        ),
        (_target("绿道", "200", "公里"), _target("绿道", "200", "公顷"), "length against area"),
        (_target("公园", "20", "座"), _target("公园", "20", "%"), "a number against a share"),
    ],
)
def test_unlike_things_are_never_paired(local: Target, superior: Target, reason: str) -> None:
    found = target_comparisons([local], [superior], [LINKED])
    assert [one.change.value for one in found] == ["new", "missing"], reason


@pytest.mark.parametrize(
    ("local", "superior", "reason"),
    [
        (
            _target("健康产业税收占全区税收总收入的比重", "7"),
            _target("健康服务业税收占全市税收收入的比重", "6"),
            "one whole at two levels",
        ),
        (_target("县道养护经费", "5000", "元"), _target("农村公路县道养护经费", "4000", "元"), "one class"),
        (
            _target("附属绿地开放共享率", "90"),
            _target("附属绿地开放度", "80"),
            "one thing under two names of a rate",
        ),
        (_target("区域绿道", "3", "公里"), _target("市域绿道", "2900", "米"), "one unit in two writings"),
        (_target("造林", "1.5", "万亩"), _target("造林", "900", "公顷"), "one unit in two writings"),
        (
            _target("每千名老人床位", "40", "张"),
            _target("每千名老人养老床位", "30", "张"),
            "counted for so many persons",
        ),
        (
            _target("家庭医生签约服务覆盖率", "50"),
            _target("家庭医生签约率", "45"),
            "the kind of one rate stands six characters before the word of the other",
        ),
    ],
)
def test_like_things_are_paired(local: Target, superior: Target, reason: str) -> None:
    [found] = target_comparisons([local], [superior], [LINKED])
    assert found.change.value == "tightened", reason


@pytest.mark.parametrize(
    ("local", "superior", "change", "reason"),
    [
        (
            _target("公园", "230", "座"),
            _target("公园", "1000", "座"),
            "changed",
            "a district has fewer parks than its city",
        ),
        (_target("绿道", "200", "公里"), _target("绿道", "2000", "公里"), "changed", "and fewer paths"),
        (
            _target("造林", "1.5", "万亩"),
            _target("造林", "900", "公顷"),
            "changed",
            "and less forest, in any unit",
        ),
        (
            _target("产业营收", "1000", "亿元"),
            _target("产业营收", "5000", "亿元"),
            "changed",
            "and less money",
        ),
        (
            _target("总部企业", "12", "家"),
            _target("总部企业", "10", "家"),
            "changed",
            "more is not tighter either",
        ),
        (_target("公园", "230", "座"), _target("公园", "230", "座"), "kept", "the same is the same"),
        (
            _target("公园", "230", "座", "2024"),
            _target("公园", "230", "座"),
            "tightened",
            "the same, earlier",
        ),
        (
            _target("森林覆盖率", "17"),
            _target("森林覆盖率", "19.5"),
            "relaxed",
            "a share does not grow with the area",
        ),
        (
            _target("每千人床位", "40", "张"),
            _target("每千人床位", "30", "张"),
            "tightened",
            "nor does what each has",
        ),
        (
            _target("人均公园面积", "12", "平方米"),
            _target("人均公园面积", "13", "平方米"),
            "relaxed",
            "nor what a head has",
        ),
        (
            _target("办理时间", "3", "日"),
            _target("办理时间", "5", "日"),
            "tightened",
            "nor a time, and who waits less is served better",
        ),
        (
            _target("企业开办时间", "2", "个工作日"),
            _target("企业开办时间", "1", "个工作日"),
            "relaxed",
            "slower",
        ),
        (_target("平均等候时间", "15", "分钟"), _target("平均等候时间", "20", "分钟"), "tightened", "sooner"),
        (_target("工程审批总时限", "45", "日"), _target("工程审批时限", "60", "日"), "tightened", "sooner"),
        (_target("档案保存期限", "5", "年"), _target("档案保存期限", "3", "年"), "tightened", "kept longer"),
        (
            _target("每日开放时间", "8", "小时"),
            _target("每日开放时间", "10", "小时"),
            "relaxed",
            "open for less",
        ),
        (
            _target("公园数量", "230", "座"),
            _target("公园", "1000", "座"),
            "changed",
            "the number of a thing is how many of it",
        ),
        (
            _target("各街镇社区中心", "2", "个"),
            _target("每个街镇社区中心", "1", "个"),
            "tightened",
            "what each of its parts has does not grow with the area",
        ),
    ],
)
def test_what_grows_with_the_area_is_neither_tightened_nor_relaxed(
    local: Target, superior: Target, change: str, reason: str
) -> None:
    [found] = target_comparisons([local], [superior], [LINKED], same_level=False)
    assert found.change.value == change, reason


@pytest.mark.parametrize(
    ("local_area", "superior_area", "change", "reason"),
    [
        ("全区", "全市", "changed", "a district's part of a city's total"),
        ("本区", "本市", "changed", "the same, said otherwise"),
        ("全市", "全市", "relaxed", "one area at two dates"),
        ("", "全市", "relaxed", "nothing tells the level of the other"),
    ],
)
def test_the_level_is_told_by_what_texts_call_their_area(
    local_area: str, superior_area: str, change: str, reason: str
) -> None:
    sides = [
        parse(
            f"健康服务实施意见\n一、目标\n到2025年，{area}新增健康步道{number}公里。\n二、措施\n{area}支持机构发展健康服务。\n"
        )
        for area, number in ((local_area, 20), (superior_area, 200))
    ]
    [found] = compare_documents(*sides).targets
    assert found.change.value == change, reason


def test_one_metric_at_several_dates_is_one_row() -> None:
    local = [_target("总部型企业", "12", "家", "2025"), _target("总部型企业", "10", "家", "2023")]
    superior = [_target("总部型企业", "10", "家", "2025"), _target("总部型企业", "20", "家", "2030")]
    [found] = target_comparisons(local, superior, [LINKED])
    assert found.local is not None
    assert found.superior is not None
    assert [one.deadline for one in (found.local, *found.local_later)] == ["2023", "2025"]
    assert [one.deadline for one in (found.superior, *found.superior_later)] == ["2025", "2030"]
    assert found.change is TargetChange.TIGHTENED, "12 against 10, both by 2025"


def test_targets_without_counterpart_are_new_and_missing() -> None:
    found = target_comparisons([_target("总部企业", "10", "家")], [_target("床位数", "50", "张")], [])
    assert [one.change for one in found] == [TargetChange.NEW, TargetChange.MISSING]


def test_conditions_and_grants_alone_are_no_targets() -> None:
    grant = _target("补贴", "5000", "元", kind=TargetKind.SUPPORT)
    assert target_comparisons([grant], [], []) == ()
    assert target_comparisons([], [grant], []) == ()


def _fine(value: str, qualifier: str, clause: str = "c", metric: str = "罚款") -> Target:
    return _target(metric, value, "万元", None, kind=TargetKind.THRESHOLD, qualifier=qualifier, clause=clause)


@pytest.mark.parametrize(
    ("local", "superior", "pairs", "reason"),
    [
        (
            [_fine("1", "以上"), _fine("5", "以下")],
            [_fine("1", "以上"), _fine("10", "以下")],
            ["kept 1 1", "changed 5 10"],
            "floor to floor, ceiling to ceiling",
        ),
        (
            [_fine("2", "以下")],
            [_fine("2", "以上")],
            [],
            "a ceiling and a floor of the same sum say different things",
        ),
        (
            [_fine("1", "以上")],
            [_fine("1", "以上", clause="d")],
            [],
            "every fine is a 罚款: only provenance tells",
        ),
        (
            [_fine("1", "以上", metric="对个人"), _fine("5", "以上", metric="对单位")],
            [_fine("5", "以上"), _fine("1", "以上")],
            ["kept 1 1", "kept 5 5"],
            "of two fines of one provision the one with the same sum",
        ),
    ],
)
def test_fines_answer_each_other_by_provenance(
    local: list[Target], superior: list[Target], pairs: list[str], reason: str
) -> None:
    found = target_comparisons(local, superior, [LINKED])
    said = [
        f"{one.change} {one.local.value} {one.superior.value}" for one in found if one.local and one.superior
    ]
    assert said == pairs, reason


def _note(clause: str, *bodies: str) -> Responsibility:
    return Responsibility(clause=clause, lead=bodies, text="、".join(bodies), span=Span(0, 1))


def test_a_note_is_read_against_the_one_that_binds_its_source() -> None:
    local = [_note("c", "区科委", "区投资办")]
    superior = [_note("d", "市科委"), _note("c", "市教委", "市科学技术委员会")]
    found = responsibility_comparisons(local, superior, [LINKED])
    assert found[0].superior == superior[1]
    assert found[0].counterparts == (("区科委", "市科学技术委员会"),)
    assert [one.superior for one in found[1:]] == [superior[0]]


def test_a_note_on_a_measure_of_its_own_has_no_counterpart() -> None:
    [own, theirs] = responsibility_comparisons([_note("x", "区科委")], [_note("c", "市科委")], [LINKED])
    assert own.superior is None
    assert theirs.local is None
