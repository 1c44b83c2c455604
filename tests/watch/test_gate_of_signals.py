"""Every type and direction of a signal against the usual gate, and a local document against its superior."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

import policydiff
from policydiff import parse
from policydiff.checks import check_comparison
from policydiff.checks.checking import Pair, check
from policydiff.cli.app import program
from policydiff.errors import UsageError
from policydiff.intake import Loaded
from policydiff.model import Comparison, Direction, Effect, Reference, SignalType, Untold
from policydiff.settings.settings import CheckSettings, Level, Rule, RuleKind, Waiver

TODAY = date(2026, 3, 1)
TITLE = "某市市容管理办法"


def _text(rule: str) -> str:
    return f"{TITLE}\n第一条 本办法适用于本市行政区域。\n第二条 {rule}\n第三条 本办法自2020年1月1日起施行。\n"


def _loaded(rule: str, version: str) -> Loaded:
    text = _text(rule)
    reference = Reference(id="city/order", version=version, title=TITLE)
    return Loaded(parse(text).known_as(reference, text), complete=True)


def _found(old: str, new: str, settings: CheckSettings | None = None) -> list[RuleKind]:
    report = check([Pair(_loaded(old, "1"), _loaded(new, "2"))], settings or CheckSettings(), TODAY)
    return [finding.rule for finding in report.findings if finding.fails]


CAUGHT = [
    ("机构应当公示价格。", "机构可以公示价格。", RuleKind.DUTY_WEAKENED),
    ("机构不得收取押金。", "机构可以收取押金。", RuleKind.DUTY_WEAKENED),
    ("机构应当公示价格。", "机构原则上应当公示价格。", RuleKind.DUTY_WEAKENED),
    ("居民可以申请，企业应当报告。", "企业可以申请，居民应当报告。", RuleKind.DUTY_WEAKENED),
    ("轻微的，给予警告；严重的，责令停业。", "严重的，给予警告；轻微的，责令停业。", RuleKind.DUTY_WEAKENED),
    ("保留社区卫生服务站。", "撤销社区卫生服务站。", RuleKind.DUTY_WEAKENED),
    ("推广使用新能源公交车。", "停止使用新能源公交车。", RuleKind.DUTY_WEAKENED),
    ("对养老机构发放运营补贴。", "取消对养老机构的运营补贴。", RuleKind.DUTY_WEAKENED),
    ("出租人承担维修费用，承租人承担物业费用。", "承租人承担维修费用，出租人承担物业费用。", RuleKind.DUTY_WEAKENED),
    ("当事人可以申请复议，也可以委托他人。", "当事人应当委托他人。", RuleKind.LOST_PROVISION),
    ("经营者经公安机关批准，可以从事收购。", "经营者可以从事收购。", RuleKind.LOST_PROVISION),
    ("经营者不得出售该产品，依法取得许可的除外。", "经营者不得出售该产品。", RuleKind.LOST_PROVISION),
    ("违反规定的，责令改正，没收违法所得。", "违反规定的，责令改正。", RuleKind.LOST_PROVISION),
    ("处一万元以上五万元以下的罚款。", "处五千元以上二万元以下的罚款。", RuleKind.TARGET_CHANGED),
    ("处五千以上一万元以下的罚款。", "处三千以上一万元以下的罚款。", RuleKind.TARGET_CHANGED),
    ("补贴比例为百分之二十。", "补贴比例为百分之十。", RuleKind.TARGET_CHANGED),
    ("绿化面积不少于500平方米。", "绿化面积不少于300平方米。", RuleKind.TARGET_CHANGED),
    ("机关应当在三十日内答复。", "机关应当在六十日内答复。", RuleKind.TARGET_CHANGED),
    ("应当在2025年底前建成。", "应当在2026年底前建成。", RuleKind.TARGET_CHANGED),
    ("每年检查两次。", "每年检查一次。", RuleKind.TARGET_CHANGED),
    ("由五名委员组成。", "由三名委员组成。", RuleKind.TARGET_CHANGED),
    ("机构应当公示价格，并接受监督。", "机构应当公示价格。", RuleKind.REMOVED_CLAUSE),
    ("有下列行为的，处罚款：\n（一）乱堆物料；\n（二）乱贴广告。", "有下列行为的，处罚款：\n（一）乱堆物料。", RuleKind.REMOVED_CLAUSE),
    ("机构应当公示价格。\n机构应当设立热线。", "机构应当公示价格。", RuleKind.REMOVED_CLAUSE),
    ("当事人可以申请听证。", "当事人不得申请听证。", RuleKind.LOST_PROVISION),
    ("申请人可以查阅材料。", "申请人查阅材料。", RuleKind.LOST_PROVISION),
    ("国家鼓励捐赠。", "国家禁止捐赠。", RuleKind.LOST_PROVISION),
    ("经民政部门批准后实施。", "报民政部门备案后实施。", RuleKind.LOST_PROVISION),
    ("违反规定的，吊销许可证。", "违反规定的，给予警告。", RuleKind.LOST_PROVISION),
    ("担保人承担连带责任。", "担保人承担补充责任。", RuleKind.LOST_PROVISION),
    ("应当提交身份证明和健康证明。", "应当提交身份证明或者健康证明。", RuleKind.LOST_PROVISION),
    ("机构应当公开信息。", "除涉及商业秘密外，机构应当公开信息。", RuleKind.DUTY_WEAKENED),
    ("机构应当立即报告。", "机构应当及时报告。", RuleKind.DUTY_WEAKENED),
    ("机关应当书面答复。", "机关应当答复。", RuleKind.DUTY_WEAKENED),
    ("机构应当全额退还押金。", "机构应当退还押金。", RuleKind.DUTY_WEAKENED),
    ("残疾人免费乘车。", "残疾人半价乘车。", RuleKind.DUTY_WEAKENED),
    ("逾期未答复的，视为同意。", "逾期未答复的，视为不同意。", RuleKind.DUTY_WEAKENED),
    ("由民政部门审核申请。", "由养老机构审核申请。", RuleKind.DUTY_WEAKENED),
    ("费用由政府承担。", "费用由个人承担。", RuleKind.DUTY_WEAKENED),
    ("严禁转包、分包工程。", "严禁转包工程。", RuleKind.DUTY_WEAKENED),
    ("申请人应当提交身份证明、户籍证明。", "申请人应当提交身份证明。", RuleKind.DUTY_WEAKENED),
    ("企业应当取得二级以上资质。", "企业应当取得三级以上资质。", RuleKind.TARGET_CHANGED),
    ("企业应当取得甲级资质。", "企业应当取得乙级资质。", RuleKind.TARGET_CHANGED),
    ("发生事故的，应当立即报告。", "发生事故的，应当在二十四小时内报告。", RuleKind.TARGET_CHANGED),
    ("由民政部门审核。", "由卫生健康部门审核。", RuleKind.DUTY_WEAKENED),
    ("报省人民政府备案。", "报市人民政府备案。", RuleKind.DUTY_WEAKENED),
    ("老年人凭身份证免费乘车。", "本市户籍的老年人凭身份证免费乘车。", RuleKind.DUTY_WEAKENED),
    ("毕业生可以申请租房补贴。", "具有本科以上学历的毕业生可以申请租房补贴。", RuleKind.DUTY_WEAKENED),
    ("本办法适用于全市范围内的停放管理。", "本办法适用于市区范围内的停放管理。", RuleKind.DUTY_WEAKENED),
    ("补助对象包括孤儿、残疾儿童、困境儿童。", "补助对象包括孤儿、残疾儿童。", RuleKind.DUTY_WEAKENED),
    ("残疾人优先挂号。", "重度残疾人优先挂号。", RuleKind.DUTY_WEAKENED),
    ("租金收入全额上缴财政。", "租金收入部分上缴财政。", RuleKind.DUTY_WEAKENED),
    ("业主可以随时解除合同。", "业主可以在期满后解除合同。", RuleKind.DUTY_WEAKENED),
    ("符合条件的家庭可以申请住房。", "符合条件且在本市居住的家庭可以申请住房。", RuleKind.DUTY_WEAKENED),
    ("自收到申请之日起十五日内答复。", "自受理申请之日起十五日内答复。", RuleKind.DUTY_WEAKENED),
    ("依照本办法第一条的规定处理。", "依照本办法第三条的规定处理。", RuleKind.DUTY_WEAKENED),
    ("申请人应当提交身份证。", "申请人应当提交身份证或者户口簿。", RuleKind.DUTY_WEAKENED),
    ("应当书面告知当事人。", "应当书面或者口头告知当事人。", RuleKind.DUTY_WEAKENED),
    ("违反规定的，处罚款。", "违反规定的，处罚款或者警告。", RuleKind.LOST_PROVISION),
    ("经营者对因不可抗力造成的损失不承担责任。", "经营者对造成的损失不承担责任。", RuleKind.DUTY_WEAKENED),
    ("本办法不适用于家庭服务。", "本办法不适用于家庭服务和志愿服务。", RuleKind.DUTY_WEAKENED),
    ("机构仅在紧急情况下可以进入房间。", "机构在紧急情况下可以进入房间。", RuleKind.DUTY_WEAKENED),
    ("应当到窗口办理。", "应当到窗口办理，也可以网上办理。", RuleKind.DUTY_WEAKENED),
    ("应当到窗口办理，也可以网上办理。", "应当到窗口办理。", RuleKind.LOST_PROVISION),
    ("单位应当提前通知劳动者。", "单位应当通知劳动者。", RuleKind.DUTY_WEAKENED),
    ("小型餐饮是指面积六十平方米以下的餐饮店。", "小型餐饮是指面积六十平方米以下并临街的餐饮店。", RuleKind.DUTY_WEAKENED),
]  # fmt: skip
PASSED = [
    ("处5000元罚款。", "处五千元罚款。"),
    ("处五千以上一万元以下的罚款。", "处5000元以上1万元以下的罚款。"),
    ("应当在24个月内完成。", "应当在2年内完成。"),
    ("比例为5‰。", "比例为0.5%。"),
    ("应当在2025年底前建成。", "应当在2025年12月31日前建成。"),
    ("机构必须公示价格。", "机构应当公示价格。"),
    ("禁止机构收取押金。", "严禁机构收取押金。"),
    ("给予行政处分或者纪律处分。", "给予处分。"),
    ("由市卫生计生委负责。", "由市卫生健康委负责。"),
    ("机构一律不得收取押金。", "机构不得收取押金。"),
    ("机构可以公示价格。", "机构应当公示价格。"),
    ("机构应当公示价格。", "机构应当公示价格，并接受监督。"),
    ("机构应当答复。", "机构应当书面答复。"),
    ("补贴对象包括企业、个体工商户。", "补贴对象包括企业、个体工商户和合作社。"),
    ("严禁转包工程。", "严禁转包、分包工程。"),
    ("向民政部门备案。", "经民政部门批准。"),
    ("违反规定的，给予警告。", "违反规定的，吊销许可证。"),
    ("违反规定的，处警告或者罚款。", "违反规定的，处罚款。"),
    ("应当提交身份证、户口簿或者护照。", "应当提交身份证或者护照。"),
    ("由市工商行政管理局审核。", "由市市场监督管理局审核。"),
    ("由市卫生计生委审核。", "由市卫生健康委审核。"),
    ("委员会成员不能低于5人。", "委员会成员不得少于5人。"),
    ("费用不能超过100元。", "费用不得高于100元。"),
    ("企业应当公示价格。", "企业应当公示价格，消费者也可以查询。"),
]
"""Equal values and classes in other writing, an emphasis that is gone, and what binds more: none is lost by them."""


@pytest.mark.parametrize(("old", "new", "rule"), CAUGHT)
def test_the_usual_gate_catches_what_is_weakened_lost_removed_or_counted_anew(
    old: str, new: str, rule: RuleKind
) -> None:
    assert rule in _found(old, new)


@pytest.mark.parametrize(("old", "new"), PASSED)
def test_the_usual_gate_lets_equal_values_and_more_duty_pass(old: str, new: str) -> None:
    assert _found(old, new) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("An operator shall not collect a deposit.", "An operator may collect a deposit."),
        ("An operator must display its fees.", "An operator may display its fees."),
        ("A person may appeal to the Tribunal.", "A person may not appeal to the Tribunal."),
        ("An operator must keep records unless exempted.", "An operator must keep records."),
        (
            "An operator shares data with partners.",
            "An operator shares data with partners, advertisers and affiliates.",
        ),
        ("An operator keeps names and addresses.", "An operator keeps names, addresses and locations."),
        ("An operator must keep records.", "An operator must keep records, if practicable."),
        ("An operator must keep records.", "An operator must keep records. It may sell them."),
        ("L'exploitant doit tenir un registre.", "L'exploitant peut tenir un registre."),
        ("An operator (经营者) shall not collect a deposit.", "An operator (经营者) may collect a deposit."),
        ("経営者は保証金を徴収してはならない。", "経営者は保証金を徴収することができる。"),
        ("운영자는 보증금을 받을 수 없다.", "운영자는 보증금을 받을 수 있다."),
    ],
)
def test_the_usual_gate_lets_no_words_pass_in_a_language_of_which_it_reads_no_duties(
    old: str, new: str
) -> None:
    text = "Care Homes Ordinance\n\n1. This Ordinance applies to care homes.\n2. {}\n"
    sides = [
        Loaded(
            parse(text.format(rule)).known_as(Reference(id="hk/care", version=version), text.format(rule)),
            complete=True,
        )
        for version, rule in (("1", old), ("2", new))
    ]
    report = check([Pair(*sides)], CheckSettings(), TODAY)
    failing = {
        each.rule for each in report.findings if each.fails
    }  # an English right that went is lost, by its words
    assert failing in ({RuleKind.DUTY_WEAKENED}, {RuleKind.LOST_PROVISION})
    assert "are read as duties" in policydiff.diff(sides[0].document, sides[1].document).to_text(lang="en")


ALL = [
    ("duty", "looser", "机构应当公示价格。", "机构可以公示价格。"),
    ("duty", "stricter", "机构可以公示价格。", "机构应当公示价格。"),
    ("prohibition", "looser", "机构不得收取押金。", "机构可以收取押金。"),
    ("prohibition", "stricter", "机构可以收取押金。", "机构不得收取押金。"),
    ("instrument", "looser", "应当经公安机关批准。", "应当向公安机关备案。"),
    ("instrument", "stricter", "应当向公安机关备案。", "应当经公安机关批准。"),
    ("amount", "lower", "处五万元罚款。", "处一万元罚款。"),
    ("amount", "higher", "处一万元罚款。", "处五万元罚款。"),
    ("period", "higher", "应当在三十日内答复。", "应当在六十日内答复。"),
    ("deadline", "later", "应当在2025年底前建成。", "应当在2026年底前建成。"),
    ("deadline", "earlier", "应当在2026年底前建成。", "应当在2025年底前建成。"),
    ("percentage", "lower", "补贴比例为百分之二十。", "补贴比例为百分之十。"),
    ("area", "lower", "绿化面积不少于500平方米。", "绿化面积不少于300平方米。"),
    ("number", "lower", "由五名委员组成。", "由三名委员组成。"),
    ("frequency", "lower", "每年检查两次。", "每年检查一次。"),
    ("sanction", "looser", "责令改正，没收违法所得。", "责令改正。"),
    ("sanction", "stricter", "责令改正。", "责令改正，没收违法所得。"),
    ("exception", "looser", "不得出售该产品。", "不得出售该产品，依法取得许可的除外。"),
    ("exception", "stricter", "不得出售该产品，依法取得许可的除外。", "不得出售该产品。"),
    ("body", "changed", "由民政部门批准。", "由国务院民政部门批准。"),
    ("scope", "wider", "本办法所管单位、企业应当登记。", "本办法所管单位、企业、个人应当登记。"),
    ("reference", "changed", "依照《食品安全法》处理。", "依照《产品质量法》处理。"),
    ("item_removed", "looser", "有下列行为的，处罚款：\n（一）乱堆物料；\n（二）乱贴广告。", "有下列行为的，处罚款：\n（一）乱堆物料。"),
    ("item_added", "stricter", "有下列行为的，处罚款：\n（一）乱堆物料。", "有下列行为的，处罚款：\n（一）乱堆物料；\n（二）乱贴广告。"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "way", "old", "new"), ALL)
def test_a_rule_takes_signals_by_type_direction_and_weight_and_a_waiver_accepts_them_so(
    kind: str, way: str, old: str, new: str
) -> None:
    """The rule fails by its own type and direction, by no other, and a waiver accepts exactly these."""
    type_, direction = SignalType(kind), Direction(way)
    rule = Rule(on=RuleKind.SIGNAL, types=(type_,), directions=(direction,))
    assert RuleKind.SIGNAL in _found(old, new, CheckSettings(rules=(rule,)))
    others = tuple(each for each in Direction if each is not direction)
    assert _found(old, new, CheckSettings(rules=(rule.model_copy(update={"directions": others}),))) == []
    assert _found(old, new, CheckSettings(rules=(rule.model_copy(update={"weight": 1.0}),))) == []
    waiver = Waiver(
        rule=RuleKind.SIGNAL,
        document="*",
        types=(type_,),
        directions=(direction,),
        until=TODAY,
        reason="agreed",
    )
    assert _found(old, new, CheckSettings(rules=(rule,), waivers=(waiver,))) == []
    for other in (
        {"types": tuple(each for each in SignalType if each is not type_)},
        {"directions": others},
        {"weight": 0.1},
        {"until": date(2026, 2, 28)},
    ):
        narrower = waiver.model_copy(update=other)
        assert RuleKind.SIGNAL in _found(old, new, CheckSettings(rules=(rule,), waivers=(narrower,)))


SUPERIOR = """关于加强摊点管理的意见
一、摊点经营者应当公示价格，并在三十日内办理登记。
二、区人民政府应当每年至少开展两次检查，经费不少于50万元。
三、任何单位不得向摊点经营者收取押金。
"""
SAME = SUPERIOR.replace("关于加强", "关于落实")
LOOSER = SAME.replace("不少于50万元", "不少于20万元").replace("不得向", "可以向")


def _compared(local: str, superior: str = SUPERIOR) -> Comparison:
    return policydiff.compare(parse(local), parse(superior))


@pytest.mark.parametrize(
    ("local", "rules", "fails"),
    [
        (SAME, (), False),
        (LOOSER, (), True),
        (LOOSER, (Rule(on=RuleKind.EFFECT, effects=(Effect.TIGHTENED,)),), False),
        (LOOSER, (Rule(on=RuleKind.EFFECT, effects=(Effect.LOOSENED, Effect.DIFFERENT)),), True),
        (LOOSER, (Rule(on=RuleKind.EFFECT, level=Level.WARNING),), False),
        (LOOSER, (Rule(on=RuleKind.EFFECT, documents=("other/*",)),), False),
        (LOOSER, (Rule(on=RuleKind.SIGNAL, types=(SignalType.AMOUNT,)),), True),
        (LOOSER, (Rule(on=RuleKind.SIGNAL, types=(SignalType.PERIOD,)),), False),
        (LOOSER, (Rule(on=RuleKind.SIGNAL, directions=(Direction.HIGHER,)),), False),
        (LOOSER, (Rule(on=RuleKind.REMOVED_CLAUSE),), True),
        (SAME, (Rule(on=RuleKind.SIGNAL),), False),
    ],
)
def test_a_local_document_is_held_against_its_superior(
    local: str, rules: tuple[Rule, ...], fails: bool
) -> None:
    """Rules that speak of neither effects nor signals leave the usual one: loosened and different fail."""
    settings = CheckSettings(rules=rules) if rules else CheckSettings()
    report = check_comparison(_compared(local), settings, TODAY)
    assert report.fails is fails


def test_an_effect_that_is_not_sure_only_warns() -> None:
    compared = _compared(LOOSER)
    doubtful = compared.model_copy(
        update={"sentences": tuple(each.model_copy(update={"effect_sure": False}) for each in compared.sentences)}
    )  # fmt: skip
    report = check_comparison(doubtful, CheckSettings(), TODAY)
    assert report.findings
    assert not report.fails
    assert {finding.level for finding in report.findings} == {Level.WARNING}


def test_no_gate_passes_on_documents_that_were_not_compared() -> None:
    compared = _compared(SAME)
    untold = compared.model_copy(
        update={"reading": compared.reading.model_copy(update={"untold": Untold.LANGUAGES})}
    )
    report = check_comparison(untold, CheckSettings(), TODAY)
    assert report.fails
    assert [finding.untold for finding in report.findings] == [Untold.LANGUAGES]


def test_a_waiver_accepts_an_effect_until_its_day() -> None:
    waiver = Waiver(
        rule=RuleKind.EFFECT,
        document="*",
        effects=(Effect.LOOSENED, Effect.DIFFERENT),
        until=TODAY,
        reason="agreed",
    )
    compared = _compared(LOOSER)
    assert not check_comparison(compared, CheckSettings(waivers=(waiver,)), TODAY).fails
    assert check_comparison(compared, CheckSettings(waivers=(waiver,)), date(2026, 3, 2)).fails
    narrower = waiver.model_copy(update={"effects": (Effect.TIGHTENED,)})
    assert check_comparison(compared, CheckSettings(waivers=(narrower,)), TODAY).fails


@pytest.mark.parametrize(("local", "code"), [(SAME, 0), (LOOSER, 1), ("通知\n\n", 1)])
def test_the_command_leaves_with_one_where_the_gate_fails(tmp_path: Path, local: str, code: int) -> None:
    (tmp_path / "local.txt").write_text(local, "utf-8")
    (tmp_path / "superior.txt").write_text(SUPERIOR, "utf-8")
    sarif = tmp_path / "found.sarif"
    given = [
        "check",
        str(tmp_path / "local.txt"),
        "--against",
        str(tmp_path / "superior.txt"),
        "--sarif",
        str(sarif),
    ]
    result = CliRunner().invoke(program(), given)
    assert result.exit_code == code
    assert bool(json.loads(sarif.read_text("utf-8"))["runs"][0]["results"]) is bool(code)


@pytest.mark.parametrize(("old", "new", "_rule"), CAUGHT[:3])
def test_the_command_fails_on_two_versions(tmp_path: Path, old: str, new: str, _rule: RuleKind) -> None:
    for name, rule in (("old.txt", old), ("new.txt", new), ("same.txt", old)):
        (tmp_path / name).write_text(_text(rule), "utf-8")
    for name, code in (("new.txt", 1), ("same.txt", 0)):
        result = CliRunner().invoke(program(), ["check", str(tmp_path / "old.txt"), str(tmp_path / name)])
        assert result.exit_code == code


def test_against_takes_one_document_alone() -> None:
    document = parse(SAME)
    with pytest.raises(UsageError, match="one document"):
        policydiff.check(document, document, against=document)
