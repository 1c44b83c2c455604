"""Instruments that a passage asks for, and those that it only speaks of."""

import pytest

from policydiff.model import Genre, SignalType
from policydiff.substance import signals_between
from policydiff.substance.features import find_instruments


@pytest.mark.parametrize(
    ("text", "asked", "why"),
    [
        ("按照批准的控详规划，", [], "an approval by whose outcome others go"),
        ("应当按照区政府批准的方案实施。", ["批准"], "whose approval it has to be is said"),
        ("办理规划许可、竣工验收、确权登记。", ["许可", "验收", "登记"], "three steps to take"),
        ("充分预留建设工程规划许可证弹性。", [], "a paper that has room"),
        ("勘查许可证有效期届满，", [], "a paper that ends"),
        ("应当依法取得排污许可证。", ["许可证"], "a paper to be had"),
        ("（二）排污许可证；", ["许可证"], "a paper in a list of papers to hand in"),
        ("已获市政府批复同意，", [], "an approval that was given"),
        ("已经区政府研究同意，", [], "an approval that was given"),
        ("经市政府同意，可以选择资源地块。", ["同意"], "an approval that is needed"),
        ("区规划资源局在审核建设工程设计方案时，", ["审核"], "a step that somebody takes"),
        ("相关管理部门审批时，", [], "only when"),
        ("竣工规划资源验收阶段，", [], "only when"),
        ("在市人民政府批准前，", ["批准"], "a step that comes first"),
        ("策划报告应包括更新目标定位、功能结构。", [], "a paper with contents"),
        ("形成年度规划实施报告，", [], "a paper that is drawn up"),
        ("应当立即向公安机关报告。", ["报告"], "a report that is made"),
        ("未按照规定备案或者报告的，", ["备案", "报告"], "a report that was due"),
        ("在志愿者网上实名注册的基础上，", [], "a way to take part"),
        ("财政、审计等部门按照各自职责做好工作。", [], "an office in a list"),
        ("整合律师、公证、司法鉴定等公共法律服务资源。", [], "fields of work in a list"),
        ("聘请公证机构对遴选结果进行公证。", ["公证"], "a proof that is asked for"),
        ("2019年底前完成备案并开工的项目，", [], "which projects a rule is about"),
        ("项目完成备案后应当开工。", ["备案"], "a step before the next"),
        ("设立收费公路，", [], "a kind of road"),
        ("各收费主体应当公开收费项目。", [], "a kind of person and of list"),
        ("不得重复收费，", ["收费"], "a charge that is forbidden twice"),
        ("包括名称、位置、收费价格，", [], "a price"),
        ("工作小组会议原则同意，", [], "what a meeting thought"),
    ],
)
def test_instrument_is_asked_for(text: str, asked: list[str], why: str) -> None:
    assert [text[word.start : word.end] for word in find_instruments(text)] == asked, why


@pytest.mark.parametrize(
    ("words", "kind", "why"),
    [
        ("有关部门应当定期开展检查。", SignalType.DUTY, "an inspection is what the duty is of"),
        ("养护单位应当及时报告。", SignalType.DUTY, "so is a report"),
        ("养护单位应当向区交通部门备案。", SignalType.INSTRUMENT, "a filing is told before the duty"),
        ("施工应当经区交通部门批准。", SignalType.INSTRUMENT, "so is a permit"),
    ],
)
def test_sentence_that_came_is_told_by_its_weightiest_content(words: str, kind: SignalType, why: str) -> None:
    old = "农村公路由区人民政府管理。"
    found = signals_between(old, old + words, genre=Genre.STATUTE)
    assert kind in {signal.type for signal in found} or kind.value in {signal.detail for signal in found}, why
