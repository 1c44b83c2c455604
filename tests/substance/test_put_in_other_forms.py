"""Sentences that a drafter put in another form say the same, and the sentences that look like them do not."""

import pytest

from policydiff.model import Genre
from policydiff.substance.signalling import signals_between
from policydiff.substance.weighing import OF_SUBSTANCE


def weighs(old: str, new: str) -> bool:
    return any(
        signal.weight >= OF_SUBSTANCE
        for pair in ((old, new), (new, old))
        for signal in signals_between(*pair, genre=Genre.STATUTE)
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("未经批准，不得擅自占用绿地。", "未经批准，不得占用绿地。"),
        ("未经水务部门许可，任何单位不得擅自取水。", "未经水务部门许可，任何单位不得取水。"),
        ("未经所有权人同意私自转租的，解除合同。", "未经所有权人同意转租的，解除合同。"),
        ("变更名称的，应当报登记机关批准。", "变更名称的，应当经登记机关批准。"),
        ("处分固定资产，应当报理事会同意。", "处分固定资产，应当经理事会同意。"),
        ("规划经市政府批准后组织实施。", "规划经市政府批准后实施。"),
        ("方案报区委审定后实施。", "方案报区委审定后组织实施。"),
        ("有效期自2026年7月1日起至2029年6月30日止。", "有效期自2026年7月1日至2029年6月30日。"),
        ("学期结束后十日内，学校应当公布成绩。", "学期终了后十日内，学校应当公布成绩。"),
        ("收到申诉后，应当在三十日内作出决定。", "应当自收到申诉之日起三十日内作出决定。"),
        ("接到举报后，应当在七个工作日内核查。", "应当自接到举报之日起七个工作日内核查。"),
        ("应当自变更之日起十日内报告。", "应当在变更后十日内报告。"),
        ("因疫情导致无法施工的，工期顺延。", "因疫情无法施工的，工期顺延。"),
        ("原《某市集市管理规定》同时废止。", "《某市集市管理规定》同时废止。"),
        ("垃圾实行分级分类管理。", "垃圾实行分类分级管理。"),
        ("市、县人民政府应当保障经费。", "市人民政府和县人民政府应当保障经费。"),
        ("经考试合格后发给证书。", "考试合格的，发给证书。"),
        ("申请人应当申报财产状况。", "申请人应当申报财产情况。"),
        ("逾期未缴纳的，加收滞纳金。", "逾期不缴纳的，加收滞纳金。"),
        ("逾期未登记的，视为自动放弃。", "逾期未登记的，视为放弃。"),
        ("每个家庭只能购买一套住房。", "每个家庭不得购买两套以上住房。"),
        ("取得资质的检测机构应当建立台账。", "检测机构取得资质的，应当建立台账。"),
        ("与案件有牵连的鉴定人应当回避。", "鉴定人与案件有牵连的，应当回避。"),
        ("使用童工的企业不得享受补贴。", "企业使用童工的，不得享受补贴。"),
        ("借用期限最长为六个月。", "借用期限不得超过六个月。"),
        ("项目部至少配备五名安全员。", "项目部配备的安全员不得少于五名。"),
        ("银行应当为存款人提供免费查询服务。", "银行应当向存款人免费提供查询服务。"),
        ("公安、民政部门在各自职责范围内做好救助工作。", "公安、民政部门按照各自职责做好救助工作。"),
        ("凡经学校录取的新生，均为本校学生。", "经学校录取的新生为本校学生。"),
        ("不得组织学生参加商业活动。", "不得组织学生参加商业性活动。"),
        ("医疗机构应当将投诉电话公示于醒目位置。", "医疗机构应当在醒目位置公示投诉电话。"),
        ("售票处应当把票价张贴于窗口。", "售票处应当在窗口张贴票价。"),
        ("自收到异议之日起五日内，登记机关应当答复。", "登记机关应当自收到异议之日起五日内答复。"),
        ("对认定的示范园区，给予50万元奖励。", "认定的示范园区，可获得50万元奖励。"),
        ("同时具备下列条件的，可以参评：", "具备下列条件的，可以参评："),
        ("两种文本不一致的，以中文文本为准。", "两种文本不一致的，按照中文文本执行。"),
        ("在检查过程中发现违法线索的，应当移送。", "检查中发现违法线索的，应当移送。"),
        ("鉴定费由申请人自行负担。", "鉴定费由申请人自理。"),
        ("擅自变更规划的，责令改正。", "未经许可变更规划的，责令改正。"),
        ("补偿总额以五万元为限。", "补偿总额最高不超过五万元。"),
        ("每人每年限申领1次。", "每人每年最多申领一次。"),
        ("每季度首月15日前申报。", "每季度第一个月15日前申报。"),
        ("会议原则同意该项目选址。", "会议原则上同意该项目选址。"),
        ("涉及国家秘密的材料不予公开。", "材料涉及国家秘密的，不予公开。"),
        ("首次申请的，免收费用。", "第一次申请的，免收费用。"),
        ("违规单位取消其资格。", "违规单位取消资格。"),
        ("资本金不低于5000万元。", "资本金在5000万元以上（含5000万元）。"),
        ("省级财政予以补助。", "省财政予以补助。"),
        ("房屋使用权人应当配合。", "房屋使用人应当配合。"),
        ("The permit is valid for ten years.", "The permit is valid for 10 years."),
        ("The operator must keep records.", "The operator shall keep records."),
        ("Operators shall not charge deposits.", "Operators must not charge deposits."),
        ("No person may enter the site.", "No person shall enter the site."),
        ("five per cent of the capital", "five percent of the capital"),
        ("at least twenty-five members", "at least 25 members"),
    ],
)  # fmt: skip
def test_forms_that_say_the_same(old: str, new: str) -> None:
    assert not weighs(old, new)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("不得擅自占用绿地。", "不得占用绿地。", "without 未经批准 the leave falls away"),
        ("未经水务部门许可，不得取水。", "未经水务部门同意，不得取水。", "a consent for a licence"),
        ("变更名称的，应当报登记机关批准。", "变更名称的，应当报登记机关备案。", "a filing for an approval"),
        ("规划经市政府批准后实施。", "规划经市政府批准前实施。", "before and after"),
        ("收到申诉后，应当在三十日内作出决定。", "应当自受理申诉之日起三十日内作出决定。", "another event begins the time"),
        ("应当自变更之日起十日内报告。", "应当在变更前十日内报告。", "before and after"),
        ("市、县人民政府应当保障经费。", "县人民政府应当保障经费。", "one level fewer"),
        ("经考试合格后发给证书。", "参加考试的，发给证书。", "a test passed or taken"),
        ("逾期未登记的，视为放弃。", "逾期未登记的，可以视为放弃。", "a choice"),
        ("每个家庭只能购买一套住房。", "每个家庭不得购买三套以上住房。", "two may be bought"),
        ("取得资质的检测机构应当建立台账。", "检测机构应当建立台账。", "every laboratory"),
        ("借用期限最长为六个月。", "借用期限不得少于六个月。", "the bound turned round"),
        ("项目部至少配备五名安全员。", "项目部配备的安全员不得超过五名。", "the bound turned round"),
        ("银行应当为存款人提供免费查询服务。", "银行应当向存款人提供查询服务。", "free of charge"),
        ("凡经学校录取的新生，均为本校学生。", "经学校录取的新生可以为本校学生。", "a choice"),
        ("医疗机构应当将投诉电话公示于醒目位置。", "医疗机构应当在网站公示投诉电话。", "another place"),
        ("自收到异议之日起五日内，登记机关应当答复。", "登记机关应当自受理异议之日起五日内答复。", "another first day"),
        ("对认定的示范园区，给予50万元奖励。", "认定的示范园区，可以申请50万元奖励。", "may only apply"),
        ("同时具备下列条件的，可以参评：", "具备下列条件之一的，可以参评：", "one is enough"),
        ("两种文本不一致的，以中文文本为准。", "两种文本不一致的，按照英文文本执行。", "another text"),
        ("在检查过程中发现违法线索的，应当移送。", "检查前发现违法线索的，应当移送。", "before"),
        ("鉴定费由申请人自行负担。", "鉴定费由被申请人自理。", "another payer"),
        ("擅自变更规划的，责令改正。", "变更规划的，责令改正。", "also with leave"),
        ("补偿总额以五万元为限。", "补偿总额不低于五万元。", "a floor"),
        ("每人每年限申领1次。", "每人每年至少申领一次。", "a floor"),
        ("牵头单位：区民政局；配合单位：区财政局。", "区财政局牵头；区民政局配合。", "who leads"),
        ("会议原则同意该项目选址。", "会议同意该项目选址。", "without the hedge"),
        ("涉及国家秘密的材料不予公开。", "材料涉及国家秘密的，可以公开。", "may"),
        ("违规单位取消其资格。", "违规单位暂停其资格。", "a pause"),
        ("房屋使用权人应当配合。", "房屋所有权人应当配合。", "who owns"),
        ("市级教育管理机构负责巡查。", "市级教育监督机构负责巡查。", "another task"),
        ("向县安全生产监督部门报告。", "向县安全生产管理部门报告。", "another task"),
        ("The permit is valid for ten years.", "The permit is valid for 12 years.", "another term"),
        ("Operators shall not charge deposits.", "Operators shall charge deposits.", "a ban gone"),
        ("No person may enter the site.", "Any person may enter the site.", "a ban gone"),
        ("at least twenty-five members", "at least 26 members", "one more"),
    ],
)  # fmt: skip
def test_forms_that_only_look_alike(old: str, new: str, why: str) -> None:
    assert weighs(old, new), why


@pytest.mark.parametrize(
    ("old", "new", "type_", "direction"),
    [
        ("制度应当经教职工代表大会审议通过。", "制度应当听取教职工代表大会意见。", "instrument", "looser"),
        ("收费标准应当经村民会议讨论通过。", "收费标准应当向村民会议通报。", "instrument", "looser"),
        ("规章应当经职工大会表决通过。", "规章应当提交职工大会讨论。", "instrument", "looser"),
        ("裁员方案应当与工会协商一致。", "裁员方案应当征求工会意见。", "instrument", "looser"),
        ("预算经股东会讨论后执行。", "预算经股东会讨论通过后执行。", "instrument", "stricter"),
        ("学校应当公布账目。", "学校应当根据需要公布账目。", "duty", "looser"),
        ("学校应当公布账目。", "学校应当酌情公布账目。", "duty", "looser"),
        ("组织专家评审，并公示结果。", "必要时组织专家评审，并公示结果。", "duty", "looser"),
        ("村委会应当在必要时召开会议。", "村委会应当召开会议。", "duty", "stricter"),
        ("应当按需配备校车。", "应当配备校车。", "duty", "stricter"),
        ("可以组织评估。", "可以根据需要组织评估。", None, None),  # who may, may leave it anyway
        ("可以酌情减免。", "可以减免。", None, None),
    ],
)  # fmt: skip
def test_consents_and_hedges(old: str, new: str, type_: str | None, direction: str | None) -> None:
    told = [
        (signal.type.value, signal.direction.value)
        for signal in signals_between(old, new, genre=Genre.STATUTE)
        if signal.weight >= OF_SUBSTANCE
    ]
    assert ((type_, direction) in told) if type_ else not told


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("对违纪学生给予警告、严重警告、留校察看处分。", "对严重违纪学生给予警告、严重警告处分。", "严重"),
        ("定期检查的应当记录，机构应当培训、考核。", "定期检查的应当记录，机构应当定期培训。", "定期"),
        ("首次违法的免罚，企业处警告、罚款。", "首次违法的免罚，首次企业处警告。", "首次"),
        ("学校应当公开预算、决算、账目，并公开全部捐赠。", "学校应当公开全部预算、决算，并公开全部捐赠。", "全部"),
        ("困难家庭优先安排，家庭可以申请床位、补贴。", "困难家庭优先安排，困难家庭可以申请床位。", "困难"),
    ],
)  # fmt: skip
def test_an_attribute_that_stands_elsewhere_too_is_told_beside_another_change(
    old: str, new: str, words: str
) -> None:
    found = signals_between(old, new, genre=Genre.STATUTE)
    assert any(words in (signal.new or "") and signal.weight >= OF_SUBSTANCE for signal in found), found
