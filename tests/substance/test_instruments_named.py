"""Instruments and sanctions that a passage asks for, beside those it only speaks of, and what each of them weighs."""

import pytest

from policydiff.model import Genre, Signal
from policydiff.substance.signalling import signals_between


def _told(old: str, new: str) -> list[Signal]:
    return [each for each in signals_between(old, new, genre=Genre.STATUTE) if each.weight >= 0.3]


@pytest.mark.parametrize(
    ("old", "new", "kind", "way", "why"),
    [
        ("企业应当报告生产情况。", "企业应当报告生产情况，个人也可以报告。", "permission", "looser", "nobody is asked for a report"),
        ("居民应当到社区登记。", "居民应当到社区登记，租户可以网上登记。", "permission", "looser", "a way open to others"),
        ("单位应当建立台账。", "单位应当建立台账，经营者可以提交检测证明。", "permission", "looser", "a paper that may be shown"),
        ("主管部门应当约谈企业。", "主管部门应当约谈企业，也可以查封场所。", "instrument", "stricter", "a power over others"),
        ("商场应当查验证件。", "商场应当查验证件，工作人员可以要求顾客出示身份证明。", "instrument", "stricter", "others are asked for it"),
        ("设施应当同时投入使用，并经主管部门验收合格。", "设施应当同时投入使用。", "instrument", "looser", "a step less"),
        ("施工单位应当编制方案。", "施工单位应当编制方案，并报经监理机构审核。", "instrument", "stricter", "a step more"),
        ("擅自占道经营的，处五百元罚款。", "擅自占道经营，经责令改正拒不改正的，处五百元罚款。", "condition", "looser", "the order to correct went before"),
        ("乱倒垃圾的，处罚款。", "乱倒垃圾，经城管部门依法责令改正仍不改正的，处罚款。", "condition", "looser", "the same, by an office"),
        ("考试作弊的，给予警告处分。", "考试作弊的，给予记过处分。", "sanction", "changed", "a warning and a demerit stand on two ladders"),
        ("企业应当办理手续。", "企业应当办理许可、备案等事项。", "instrument", "stricter", "等事项 that somebody goes through"),
        ("方案包括工期。", "方案包括工期，并报主管部门批准。", "instrument", "stricter", "behind the contents, a step"),
        ("内容发生变化的，应当说明。", "内容发生变化的，应当重新备案。", "instrument", "stricter", "内容 as a subject"),
        ("旷课的，给予严重警告处分。", "旷课的，给予留校察看处分。", "sanction", "stricter", "probation"),
        ("斗殴的，给予开除学籍处分。", "斗殴的，给予留校察看处分。", "sanction", "looser", "probation for the end"),
        ("引起火灾的，给予留校察看处分。", "引起火灾的，给予记过处分。", "sanction", "looser", "a demerit for probation"),
        ("借款人违约的，给予警告。", "借款人违约的，给予警告，并赔偿损失。", "sanction", "stricter", "damages too"),
    ],
)  # fmt: skip
def test_an_instrument_is_asked_for_or_only_named(old: str, new: str, kind: str, way: str, why: str) -> None:
    found = _told(old, new)
    assert (kind, way) in [(each.type.value, each.direction.value) for each in found], (why, found)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("审计部对采购进行监督。", "纪检部对采购进行监督。", "a department of a firm"),
        ("评审小组由五人组成。", "评审专家组由五人组成。", "who appraises"),
        ("定金付清后开工。", "定金付清后开工，验收后拨付余款。", "when a sum is paid"),
        ("逾期未核定的，视为同意。", "逾期未核定的，应当说明理由。", "a consent that silence gives"),
        ("赔偿以合同价款为限。", "赔偿以已收取的服务费为限。", "the measure of a limit"),
        (
            "鼓励在风险预警等场景试点。",
            "鼓励在风险预警、智能审批等场景试点。",
            "a scene in which something is tried",
        ),
        ("推进数字技术在监管领域应用。", "推进数字技术在监管、审批、检验等领域应用。", "a list of fields"),
        ("加强生产等环节的管理。", "加强生产、检验等环节的管理。", "a list of stages"),
        ("可以委托第三方机构评估。", "可以委托具有相应资质的第三方机构评估。", "whom an office engages"),
        ("检测由检测机构承担。", "检测由具备资质的检测机构承担。", "who does it for somebody else"),
        ("维修应当选择施工单位实施。", "维修应当选择取得许可的施工单位实施。", "whom somebody chooses"),
        (
            "方案主要内容包括资格要求。",
            "方案主要内容包括资格要求、评审方案和验收办法。",
            "contents of a paper",
        ),
        ("实施方案应当明确时间安排。", "实施方案应当明确时间安排、建设项目审批、后续监管等内容。", "等内容"),
        ("合同内容应当包括价款。", "合同内容应当包括价款、检验、验收。", "clauses of a contract"),
        ("平台公示项目名称等信息。", "平台公示项目名称、审批、验收等信息。", "等信息"),
        ("公开事项有办理时限。", "公开事项有办理时限、收费、检验结果。", "what is made public"),
    ],
)
def test_what_is_only_named_is_no_instrument(old: str, new: str, why: str) -> None:
    assert "instrument" not in [each.type.value for each in _told(old, new)], why


@pytest.mark.parametrize(
    ("heavier", "lighter", "why"),
    [
        ("经营者应当取得许可。", "经营者应当办理登记。", "a licence before a registration"),
        ("经营者应当办理登记。", "经营者应当办理备案。", "a registration before a filing"),
        ("经营者应当取得许可。", "经营者应当通过验收。", "a licence before an acceptance test"),
        ("违反规定的，处罚款。", "违反规定的，责令改正。", "a fine before an order to correct"),
        (
            "违反规定的，吊销执照。",
            "违反规定的，依法追究刑事责任。",
            "a licence lost before what holds anyhow",
        ),
    ],
)
def test_the_heavier_instrument_or_sanction_is_told_first(heavier: str, lighter: str, why: str) -> None:
    weights = [
        max(each.weight for each in _told("主管部门加强宣传。", f"主管部门加强宣传。{rule}"))
        for rule in (heavier, lighter)
    ]
    assert weights[0] > weights[1], (why, weights)


def test_one_instrument_for_another_weighs_most() -> None:
    (found,) = _told("设立仓储点，应当办理登记。", "设立仓储点，应当办理备案。")
    (alone,) = _told("设立仓储点，应当建立制度。", "设立仓储点，应当建立制度，并办理备案。")
    assert found.weight > alone.weight
