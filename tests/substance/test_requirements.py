"""Instruments that a passage asks for, and those that it only speaks of."""

import pytest

from policydiff.model import Genre, SignalType
from policydiff.substance.features import (
    find_grades,
    find_instruments,
    find_rights,
    find_sanctions,
    is_condition,
)
from policydiff.substance.signalling import signals_between


@pytest.mark.parametrize(
    ("text", "asked", "why"),
    [
        ("按照批准的控详规划，", [], "an approval by whose outcome others go"),
        ("应当按照批准的方案施工。", ["批准"], "an approval that has to be had"),
        ("不得违反按照规定批准的方案。", ["批准"], "the same under a ban"),
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
        ("1.项目审批手续是否完备规范。", [], "papers that are looked at"),
        ("依法办理审批手续。", ["办理审批手续"], "formalities to go through"),
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


@pytest.mark.parametrize(
    ("text", "named", "why"),
    [
        ("科学规范行政处罚裁量权，", [], "a range within which offices punish"),
        ("推进相对集中行使行政处罚权，", [], "a power"),
        ("完善监管制度，", [], "监管, 制度"),
        ("符合国土空间用途管制要求，", [], "a rule of planning"),
        ("实施交通管制，", [], "a measure on roads"),
        ("判处管制、拘役的，", ["管制", "拘役"], "two penalties"),
        ("管理人处分破产企业重大财产的，", [], "a disposal"),
        ("依法给予处分。", ["处分"], "a sanction"),
        ("第六章　法律责任", [], "a heading"),
        ("依法承担法律责任。", ["法律责任"], "a liability"),
        ("较大数额罚款认定标准体系，", [], "a standard"),
        ("处一万元以上罚款。", ["罚款"], "a fine"),
    ],
)
def test_sanction_is_laid_down(text: str, named: list[str], why: str) -> None:
    assert [text[word.start : word.end] for word in find_sanctions(text)] == named, why


@pytest.mark.parametrize(
    ("text", "named", "why"),
    [
        ("国有企业土地权利人应当承担功能，", 0, "an owner"),
        ("应当征得专有部分权利人的同意。", 0, "an owner"),
        ("有关部门接到投诉后，", 0, "offices that are told"),
        ("报经有权机关批准，", 0, "an office"),
        ("优美环境人人享有，", 0, "a slogan"),
        ("任何单位和个人有权举报。", 1, "a right"),
        ("可以向有关部门投诉。", 1, "a right"),
        ("承租人享有表决权。", 1, "a right"),
    ],
)
def test_right_is_given(text: str, named: int, why: str) -> None:
    assert len(find_rights(text)) == named, why


@pytest.mark.parametrize(
    ("text", "named", "why"),
    [
        ("设立区、镇、村三级路长组织体系，", [], "a count of levels"),
        ("由县、乡、村三级负责，", [], "a count of levels"),
        ("形成一级抓一级的工作格局。", [], "a saying"),
        ("镇（金山工业区）三级财政分担，", [], "a count of levels"),
        ("二级及以下医疗机构的设置，", ["二级"], "a grade"),
        ("符合国家标准（GB/T18005-1999）三级以上要求。", ["三级"], "a grade"),
        ("具有中级职称，", ["中级"], "a grade"),
    ],
)
def test_grade_is_no_count_of_levels(text: str, named: list[str], why: str) -> None:
    assert [word.word for word in find_grades(text)] == named, why


@pytest.mark.parametrize(
    ("text", "states", "why"),
    [
        ("同时，", False, "a link"),
        ("在办理手续的同时，", False, "a link"),
        ("签订保险合同时，", True, "a case"),
        ("满足人民群众多样化的需求，", False, "an aim"),
        ("满足下列条件，", True, "a condition"),
        ("经过多年发展，", False, "a history"),
        ("经过公示，", True, "a step before"),
        ("时间不少于20学时", False, "a number of class hours"),
        ("累计不少于三十六小时", False, "of hours"),
        ("每月不超过四个工时，", False, "of hours of work"),
        ("新生入学时，", True, "a time whose verb ends like a unit"),
        ("工程竣工时，", True, "another"),
        ("按时，", False, "a manner"),
    ],
)
def test_condition_is_no_link_or_aim(text: str, states: bool, why: str) -> None:
    assert is_condition(text) is states, why


@pytest.mark.parametrize(
    ("text", "kinds", "why"),
    [
        (
            "应提交项目申请表、并网证明文件、电力业务许可证等材料。",
            ["certificate", "certificate"],
            "two papers of a list",
        ),
        ("应当提供营业执照副本复印件。", ["certificate"], "a copy of a paper"),
        (
            "应当提交环评批复、施工许可证和验收报告。",
            ["certificate"] * 3,
            "a report upon a test is one paper",
        ),
        ("企业须上传检测报告。", ["certificate"], "a proof all the same"),
        ("应当附备案回执。", ["certificate"], "the receipt of a filing"),
        ("应当提交资质证书、安全生产许可证。", ["certificate", "certificate"], "two certificates"),
        (
            "应当取得施工许可证并提交备案。",
            ["permit", "filing"],
            "a licence to be had and a filing to be made",
        ),
        ("提交申请后取得营业执照。", ["permit"], "what is had after an application"),
        ("提交区人民政府批准。", ["permit"], "a decision of an office"),
        ("报送审批。", ["permit"], "a decision of an office"),
        ("申请核发许可证。", ["permit"], "a licence that is asked for"),
        ("提交验收申请。", ["review"], "a test that is asked for"),
        ("项目是否按照审批文件相关要求实施。", [], "an approval by whose outcome others go"),
        ("应当符合许可证各项要求。", [], "a licence that somebody has"),
    ],
)
def test_a_paper_handed_in_proves_a_permit_and_asks_for_none(text: str, kinds: list[str], why: str) -> None:
    assert [word.key for word in find_instruments(text)] == kinds, why


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("经当事人同意，可以电子方式送达", "certificate"),
        ("未经本人同意，不得公开", "certificate"),
        ("应当取得患者书面同意", "certificate"),
        ("应当征得监护人的同意", "certificate"),
        ("经双方书面同意", "certificate"),
        ("须经权利人事先同意", "certificate"),
        ("经主管部门同意，可以延期", "permit"),
        ("应当征得区人民政府同意", "permit"),
        ("报经上级机关同意", "permit"),
        ("未经规划资源部门同意，不得变更", "permit"),
        ("经当事人申请并经主管部门同意", "permit"),
    ],
)
def test_the_consent_of_a_party_is_no_permit(text: str, kind: str) -> None:
    assert [each.key for each in find_instruments(text)] == [kind]
