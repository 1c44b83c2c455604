"""Before, when and after, and here and there: an act at another time, or in another area, is another rule."""

import pytest

from policydiff.model import Effect, Genre, SignalType
from policydiff.substance.effects import judge_effect
from policydiff.substance.signalling import signals_between
from policydiff.substance.weighing import OF_SUBSTANCE


@pytest.mark.parametrize(
    ("old", "new", "told", "why"),
    [
        ("签订合同时，应当告知风险。", "签订合同后，应当告知风险。", True, "who signs does not know"),
        ("签订合同时，应当告知风险。", "签订合同前，应当告知风险。", True, "earlier"),
        ("签订合同后，应当告知风险。", "签订合同时，应当告知风险。", True, "at the act"),
        ("开工前，应当告知居民。", "开工时，应当告知居民。", True, "no longer ahead"),
        ("拆除房屋前，应当断电。", "拆除房屋后，应当断电。", True, "the reverse"),
        ("机构应当在收费时出示标准。", "机构应当在收费后出示标准。", True, "within a half-sentence"),
        ("受理时一次性告知。", "受理后一次性告知。", True, "without a comma"),
        ("检查结束时，应当制作笔录。", "检查结束后，应当制作笔录。", False, "what ends takes no time"),
        ("接到报告时，应当处置。", "接到报告后，应当处置。", False, "nor what comes in"),
        ("接到报告前，应当处置。", "接到报告后，应当处置。", True, "before it is another time all the same"),
        ("经批准后实施。", "经批准实施。", False, "后 alone says nothing"),
        ("同时，应当告知后果。", "同时，应当告知后续安排。", None, "同时 is no time of an act"),
        ("在公告的同时，应当通知。", "在公告的同时，应当书面通知。", None, "nor is 的同时"),
        ("机构不得同时从事两项业务。", "机构不得从事两项业务后停业。", None, "nor is 同时 behind a ban"),
        ("办理入住时，应当出示证件。", "办理入住前，应当出示证件。", True, "earlier"),
        ("离职时应当移交档案。", "离职后应当移交档案。", True, "later, without a comma"),
        ("应当自开工之日起十日内报送方案。", "应当在开工前十日内报送方案。", True, "ahead of it"),
        ("应当自签约之日起三十日内备案。", "应当在签约前三十日备案。", True, "ahead of it, without 内"),
        ("应当在开业前五日内公示。", "应当自开业之日起五日内公示。", True, "no longer ahead"),
        ("应当自变更之日起十日内报告。", "应当在变更后十日内报告。", False, "之日起 is 后"),
        ("收到申请时，应当登记。", "收到申请后，应当登记。", False, "what comes in takes no time"),
        ("按规定工时计算报酬。", "按规定工时计算后报酬。", None, "工时 is a measure"),
    ],
)
def test_time_of_an_act(old: str, new: str, told: bool | None, why: str) -> None:
    found = [
        each for each in signals_between(old, new, genre=Genre.STATUTE) if each.type is SignalType.CONDITION
    ]
    if told is None:
        assert not any(
            {each.old and each.old[-1:], each.new and each.new[-1:]} == {"时", "后"} for each in found
        ), why
    else:
        assert bool(found) is told, why


@pytest.mark.parametrize(
    ("old", "new", "told", "why"),
    [
        ("由市级财政给予补贴。", "由区级财政给予补贴。", True, "who pays"),
        ("在全市范围内公告。", "在全区范围内公告。", True, "where"),
        ("本市户籍老人可以申请。", "本区户籍老人可以申请。", True, "who may"),
        ("本省行政区域内适用。", "本市行政区域内适用。", True, "where it holds"),
        ("获得省级奖励的，给予补贴。", "获得市级奖励的，给予补贴。", True, "which prize"),
        ("本市户籍老人可以申请。", "我市户籍老人可以申请。", False, "the same area"),
        ("全市推行。", "本市推行。", False, "the same area"),
        ("由市级、区级财政承担。", "由区级、市级财政承担。", False, "another order"),
        ("由市级、区级财政承担。", "由省级、市级财政承担。", True, "other levels"),
        ("全镇公布结果。", "全县公布结果。", True, "of a county"),
        ("纳入市级项目库。", "纳入省级项目库。", True, "whose list"),
        ("本市机构应当登记。", "机构应当登记。", False, "a text holds in its own area"),
    ],
)
def test_area_without_a_name(old: str, new: str, told: bool, why: str) -> None:
    found = [
        each.weight
        for each in signals_between(old, new, genre=Genre.STATUTE)
        if each.type is SignalType.SCOPE and each.old and each.new
    ]
    assert any(weight >= OF_SUBSTANCE for weight in found) is told, why


def test_area_makes_a_local_passage_its_own() -> None:
    judged = judge_effect("本市户籍老人可以申请补贴。", "本区户籍老人可以申请补贴。")
    assert judged.effect is Effect.LOCALISED
