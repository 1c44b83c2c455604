"""One difference is told once, and what only stands elsewhere in its sentence is told not at all."""

import pytest

from policydiff.model import Genre
from policydiff.substance.signalling import signals_between
from policydiff.substance.weighing import OF_SUBSTANCE


def told(old: str, new: str) -> list[str]:
    found = signals_between(old, new, genre=Genre.STATUTE)
    return [f"{each.type.value} {each.direction.value}" for each in found if each.weight >= OF_SUBSTANCE]


@pytest.mark.parametrize(
    ("old", "new", "signals"),
    [
        pytest.param("开工前应当报告。", "开工前应当报告并接受检查。", ["instrument stricter"], id="接受 goes with 检查"),
        pytest.param("定期公布监测结果。", "每月公布监测结果。", ["frequency changed"], id="定期 goes with 每月"),
        pytest.param(
            "受赠人可以转让股份。", "受赠人经股东同意可以转让股份。", ["instrument stricter"], id="a consent once"
        ),
        pytest.param("人员应当登记。", "人员应当登记并经审核同意。", ["instrument stricter"], id="one step of two words"),
        pytest.param(
            "企业可以申请贴息。", "年营业收入五百万元以下的企业可以申请贴息。", ["amount stricter"], id="a value with its noun"
        ),
        pytest.param(
            "处一万元以上五万元以下的罚款。", "处五千元以上三万元以下的罚款。", ["amount lower"], id="a range, both ends"
        ),
        pytest.param(
            "处一万元以上五万元以下的罚款。", "处五千元以上八万元以下的罚款。", ["amount lower", "amount higher"],
            id="its ends go apart",
        ),
        pytest.param("逾期申报一概不予受理。", "逾期申报原则上不予受理。", ["duty looser"], id="一概 and 原则上"),
        pytest.param("新建小区应当配建。", "有条件的新建小区应当配建。", ["duty looser"], id="a hedge is no attribute"),
        pytest.param("应当公示收费标准。", "宜在显著位置公示收费标准。", ["duty looser", "scope changed"], id="宜"),
        pytest.param("政府应当安排资金。", "政府视财力安排资金。", ["duty looser"], id="a hedge for a modal"),
        pytest.param("逾期的，视为同意。", "逾期的，视为不同意。", ["duty changed"], id="denied"),
        pytest.param("不属于本机关职权的，不予受理。", "属于本机关职权的，不予受理。", ["condition changed"], id="a case denied"),
        pytest.param("应当当日报告。", "应当次日报告。", ["deadline later"], id="by its day"),
        pytest.param("费用由申请人预付。", "费用由被申请人预付。", ["body changed"], id="another party"),
        pytest.param("承担连带责任。", "承担补充责任。", ["sanction looser"], id="liability"),
        pytest.param("免收登记费。", "减半收取登记费。", ["exception stricter"], id="relief"),
        pytest.param("依照《行政许可法》办理。", "依照《行政强制法》办理。", ["reference changed"], id="a law's name asks nothing"),
        pytest.param(
            "知悉的国家秘密和商业秘密应当保密。", "知悉的国家秘密、工作秘密和商业秘密应当保密。", ["scope wider"], id="member"
        ),
        pytest.param(
            "自竣工验收合格之日起保修。", "自交付使用之日起保修。", ["condition changed"], id="what time runs from"
        ),
    ],
)  # fmt: skip
def test_one_difference(old: str, new: str, signals: list[str]) -> None:
    assert told(old, new) == signals


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("应当公开、公平、公正。", "应当公正、公平、公开。"),
        ("最高补贴50万元。", "补贴不超过50万元。"),
        ("绿地率不得低于35%。", "绿地率应当达到35%以上。"),
        ("每年检查二次以上四次以下。", "每年检查2次至4次。"),
        ("对于残疾儿童，应当建立随班就读体系。", "应当建立针对残疾儿童的随班就读体系。"),
        ("不得违背社会公德、损害公共利益。", "不得违背社会公德，不得损害公共利益。"),
        ("政府可以根据需要，划定禁止区域。", "政府根据需要，可以划定禁止区域。"),
        ("违反本法规定，构成犯罪的，依法追究刑事责任。", "构成犯罪的，依法追究刑事责任。"),
        ("有关部门应当按照职责分工，做好相关工作。", "有关部门应当做好相关工作。"),
        ("由市场监管部门负责。", "由区市场监管部门负责。"),
        ("城市居民委员会应当协助。", "居民委员会应当协助。"),
        ("凡从事餐饮服务的单位应当公示。", "从事餐饮服务的单位应当公示。"),
        ("确保政策惠及市场主体。", "确保政策惠及经营主体。"),
    ],
)
def test_no_difference(old: str, new: str) -> None:
    assert told(old, new) == []
    assert told(new, old) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("最高补贴50万元。", "最高奖励50万元。"),  # the verb between a bound and its value is a word
        ("由市民政局负责。", "由区民政局负责。"),  # two offices of one system at two levels
        ("申请人有权陈述，不得拒绝。", "申请人有权陈述，可以拒绝。"),
    ],
)
def test_still_a_difference(old: str, new: str) -> None:
    assert told(old, new)
