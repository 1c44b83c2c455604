"""Targets that are of unlike areas or things are never judged against each other."""

import pytest

from policydiff.annotate import annotate
from policydiff.comparison import target_pairs
from policydiff.comparison.compare import compare_documents
from policydiff.model import Document, TargetChange
from policydiff.parsing import parse_text


def _document(title: str, goal: str) -> Document:
    text = f"{title}\n一、目标\n到2025年，{goal}。\n二、保障\n加强组织领导。\n"
    return annotate(parse_text(text), text)


@pytest.mark.parametrize(
    ("local", "superior", "change"),
    [
        # One of the two is of a part of the area: neither tightened, relaxed nor kept.
        ("中心城区公园绿地服务半径覆盖率达到95%", "全市公园绿地服务半径覆盖率达到90%", "changed"),
        ("绿化覆盖率达到42%", "主城区绿化覆盖率达到40%", "changed"),
        ("建成区绿化覆盖率达到40%", "绿化覆盖率达到40%", "changed"),
        ("农村生活污水治理率达到90%", "全市生活污水治理率达到95%", "changed"),
        ("外环以内区域绿化覆盖率达到35%", "绿化覆盖率达到38%", "changed"),
        ("规模以上工业增加值年均增长6%", "工业增加值年均增长5%", "changed"),
        ("甲街道垃圾分类达标率达到98%", "全市垃圾分类达标率达到95%", "changed"),
        ("重点园区污水集中处理率达到98%", "园区污水集中处理率达到95%", "changed"),
        # Both are of the same part, or of the whole area of either document.
        ("全区绿化覆盖率达到42%", "全市绿化覆盖率达到40%", "tightened"),
        ("中心城区绿化覆盖率达到36%", "中心城区绿化覆盖率达到38%", "relaxed"),
        ("乡村生活污水治理率达到90%", "农村生活污水治理率达到90%", "kept"),
        ("各街道垃圾分类达标率达到98%", "垃圾分类达标率达到95%", "tightened"),
        ("规上工业增加值年均增长6%", "规模以上工业增加值年均增长5%", "tightened"),
        # A limit inside a name bounds no value.
        ("外环以内区域绿化覆盖率达到40%", "外环以内区域绿化覆盖率达到38%", "tightened"),
    ],
)
def test_a_part_of_an_area_is_not_judged_against_the_whole(local: str, superior: str, change: str) -> None:
    compared = compare_documents(_document("某市甲区实施方案", local), _document("某市规划", superior))
    assert [each.change for each in compared.targets] == [TargetChange(change)]


def test_shares_of_two_parts_are_two_targets() -> None:
    compared = compare_documents(
        _document("某市甲区实施方案", "中心城区绿化覆盖率达到42%"),
        _document("某市规划", "农村绿化覆盖率达到38%"),
    )
    assert {each.change for each in compared.targets} == {TargetChange.NEW, TargetChange.MISSING}


@pytest.mark.parametrize(
    ("local", "superior", "is_one", "reason"),
    [
        ("区级财政收入中数字经济占比达到30%", "生产总值中数字经济占比达到45%", False, "of the budget, of the product"),
        ("新车销量中新能源车占比达到40%", "公交车中新能源车占比达到96%", False, "of what is sold, of buses"),
        ("一次能源消费中煤炭占比达到30%", "发电量中煤炭占比达到35%", False, "of all energy, of electricity"),
        ("出口总额里高新技术产品占比达到20%", "工业产值中高新技术产品占比达到30%", False, "of exports, of output"),
        ("全区生产总值中数字经济占比达到30%", "全市生产总值中数字经济占比达到45%", True, "one whole at two levels"),
        ("新增公交车中新能源车的占比达到100%", "新增公交车中新能源车占比达到95%", True, "的 says nothing"),
        ("其中快充桩占比达到30%", "其中快充桩占比达到40%", True, "其中 names no whole"),
        ("中小学专任教师本科占比达到95%", "中小学专任教师本科占比达到98%", True, "中 of a word"),
    ],
)  # fmt: skip
def test_shares_of_unlike_wholes_named_first_are_two_targets(
    local: str, superior: str, is_one: bool, reason: str
) -> None:
    compared = compare_documents(_document("某市甲区实施方案", local), _document("某市规划", superior))
    assert (len(compared.targets) == 1) is is_one, reason


@pytest.mark.parametrize(
    ("local", "superior", "changes", "reason"),
    [
        ("每千人口婴幼儿托位数不少于4.5个", "到2025年，每千人口婴幼儿托位达到4.5个", ["changed"], "the date is gone"),
        ("农村公路优良率不低于85%", "到2025年，农村公路优良率达到88%", ["changed"], "a lower bound than the goal"),
        ("到2025年，绿化覆盖率达到42%", "绿化覆盖率不低于40%", ["changed"], "the superior has the bound"),
        ("病房床位不少于20张", "到2025年，养老护理员达到20名", ["missing"], "beds and nurses"),
        ("农村公路优良率不低于85%", "到2025年，农村公路列养率达到85%", ["missing"], "two rates of one road"),
        ("单个项目补助不超过20万元", "到2025年，年产值达到20万元", ["missing"], "a grant and a goal"),
    ],
)  # fmt: skip
def test_a_goal_put_as_a_bound_is_not_missing(
    local: str, superior: str, changes: list[str], reason: str
) -> None:
    texts = [
        f"{title}\n一、目标\n{goal}。\n二、保障\n加强组织领导。\n"
        for title, goal in (("某市甲区实施方案", local), ("某市规划", superior))
    ]
    compared = compare_documents(*(annotate(parse_text(text), text) for text in texts))
    assert [each.change for each in compared.targets if each.superior] == changes, reason


_FUNDS = (
    "一、资金\n农村公路日常养护资金不得低于{}。\n二、保障\n加强组织领导，农村公路管理养护成效纳入考核。\n"
)


def _funds(title: str, figures: str) -> Document:
    text = f"{title}\n{_FUNDS.format(figures)}"
    return annotate(parse_text(text), text)


@pytest.mark.parametrize(
    ("local", "missing"),
    [
        ("乡道每年每公里5000元，村道每年每公里3000元", ["1"]),
        ("县道每年每公里1万元，村道每年每公里3000元", ["5000"]),
        ("县道每年每公里1万元，乡道每年每公里5000元，村道每年每公里3000元", []),
    ],
)
def test_a_figure_left_out_of_a_provision_that_was_taken_is_missing(local: str, missing: list[str]) -> None:
    superior = "县道每年每公里1万元，乡道每年每公里5000元，村道每年每公里3000元"
    compared = compare_documents(_funds("某市甲区实施方案", local), _funds("某市实施意见", superior))
    left_out = [each.superior for each in compared.targets if each.change is TargetChange.MISSING]
    assert [target.value for target in left_out if target is not None] == missing


def test_a_condition_of_a_provision_that_was_not_taken_is_no_row() -> None:
    local = annotate(parse_text("某市甲区规定\n一、停车\n公共停车场免费停放。"), "")
    superior = _funds("某市实施意见", "县道每年每公里1万元，乡道每年每公里5000元")
    assert not compare_documents(local, superior).targets


@pytest.mark.parametrize(
    ("local", "change", "reason"),
    [
        (
            "绿色建筑占比2023年达到80%，2025年达到100%",
            "relaxed",
            "less in the first year, as much in the last",
        ),
        ("绿色建筑占比2023年达到90%，2025年达到100%", "tightened", "more in the first year"),
        ("绿色建筑占比2023年达到90%，2025年达到95%", "changed", "more first, less at the end"),
        ("绿色建筑占比2023年达到85%，2025年达到100%", "kept", "both"),
    ],
)
def test_a_metric_over_several_years_is_judged_by_all_of_them(local: str, change: str, reason: str) -> None:
    found = compare_documents(
        _document("某区工作方案", local), _document("某市工作方案", "绿色建筑占比达到85%；到2025年达到100%".replace("绿", "到2023年绿", 1))
    )  # fmt: skip
    [row] = found.targets
    assert row.change == change, reason


@pytest.mark.parametrize(
    ("figure", "measured"),
    [
        ("处{n}万元罚款", False),
        ("并处{n}千元以下罚款", False),
        ("给予{n}万元奖励", False),
        ("给予每户{n}元补贴", False),
        ("补助{n}万元", False),
        ("面积{n}平方米以上的，应当申报", True),
        ("公园数量达到{n}个", True),
    ],
)
def test_figures_that_cannot_answer_each_other_are_not_measured(
    figure: str, measured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fines and grants without a link of their sentences: each against each grew with the square of the statute's length."""
    counted = []
    plain = target_pairs.unlike
    monkeypatch.setattr(target_pairs, "unlike", lambda one, other: counted.append(one) or plain(one, other))
    here, there = (
        _document("某市办法", "；".join(figure.format(n=n) for n in numbers)).targets
        for numbers in (range(2, 6), range(3, 8))
    )
    assert here
    assert there
    target_pairs.target_comparisons(here, there, ())
    assert bool(counted) is measured
