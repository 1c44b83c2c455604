"""Which differences are rows of the ledger of burdens; each row with its reason."""

import pytest

from policydiff import parse
from policydiff.comparison.burden_rows import is_of_the_head, is_telling, names_only, of_offices
from policydiff.comparison.compare import compare_documents
from policydiff.model import BurdenKind, Direction, Signal, SignalType

_SCOPE, _CONDITION, _SANCTION = SignalType.SCOPE, SignalType.CONDITION, SignalType.SANCTION


@pytest.mark.parametrize(
    ("kind", "old", "new", "told", "why"),
    [
        (_SCOPE, "城市", None, False, "an attribute"),
        (_SCOPE, None, "艺术", False, "one member of a committee"),
        (_SCOPE, "高层、地铁", "防化、地下空间", False, "examples"),
        (_SCOPE, None, "社会", False, "who is meant by the public"),
        (_SCOPE, "指定", None, False, "a verb of an office"),
        (_SANCTION, "加大守信激励、失信惩戒力度", None, False, "an aim"),
        (SignalType.INSTRUMENT, "优化注册审批服务", None, False, "a service"),
        (_CONDITION, None, "不可移动", False, "an attribute of a condition"),
        (_CONDITION, None, "被征地", False, "the same"),
        (_CONDITION, "或行业", "和行业", False, "a joint"),
        (_SCOPE, None, "定期", True, "how often"),
        (_SCOPE, "免费", None, True, "without charge"),
        (_SCOPE, None, "书面", True, "in writing"),
        (_SANCTION, "处一万元罚款", None, True, "a fine"),
        (SignalType.INSTRUMENT, None, "经街道办事处审批", True, "an approval"),
        (_CONDITION, None, "履行修缮义务确有困难的", True, "a whole condition"),
        (_CONDITION, "情节严重的", None, True, "how grave"),
        (_CONDITION, None, "经协调后", True, "a step before"),
        (_CONDITION, "三十日前", "六十日前", True, "a term"),
        (SignalType.DUTY, None, "应当作出书面承诺", True, "a duty"),
    ],
)
def test_a_row_is_a_rule(kind: SignalType, old: str | None, new: str | None, told: bool, why: str) -> None:
    signal = Signal(type=kind, direction=Direction.CHANGED, old=old, new=new, weight=0.5)
    assert is_telling(signal) is told, why


@pytest.mark.parametrize(
    ("kind", "text", "listed", "why"),
    [
        (BurdenKind.PENALTY, "擅自拆除优秀历史建筑的；", True, "an item"),
        (BurdenKind.PENALTY, "修缮不符合具体保护要求的。", True, "the last item"),
        (BurdenKind.LICENCE, "未取得资质证书，擅自施工的；", True, "an offence without licence"),
        (BurdenKind.PENALTY, "擅自拆除的，处一万元罚款；", False, "an item with its penalty"),
        (BurdenKind.LICENCE, "施工应当取得许可证。", False, "a licence"),
        (BurdenKind.DUTY, "擅自拆除优秀历史建筑的；", False, "a duty may stand in any item"),
    ],
)
def test_an_offence_has_its_penalty_in_the_head(kind: BurdenKind, text: str, listed: bool, why: str) -> None:
    assert is_of_the_head(kind, text) is listed, why


@pytest.mark.parametrize(
    ("kind", "words", "named", "why"),
    [
        (BurdenKind.PROHIBITION, "发布不得实施行为通知", True, "the name of a notice"),
        (BurdenKind.PROHIBITION, "不得转让、抵押", False, "a ban"),
        (BurdenKind.INSPECTION, "区规划资源局审核后报区政府", True, "one office asks the other"),
        (BurdenKind.INSPECTION, "不定期开展抽查", False, "an inspection"),
    ],
)
def test_what_is_only_named(kind: BurdenKind, words: str, named: bool, why: str) -> None:
    assert names_only(kind, words) is named, why


@pytest.mark.parametrize(
    ("lead", "rest", "tasks", "own", "why"),
    [
        ("组织编制年度计划，并报区人民政府", "", True, True, "of its own plan"),
        ("日常", "及网格化管理，由区城运中心负责统筹协调", True, True, "who coordinates"),
        ("通过施工图", "并取得施工许可证后", False, True, "passed before"),
        ("对建设项目的施工质量实施", "", True, False, "of what others do"),
        ("经营者应当接受", "", False, False, "somebody governed"),
        ("对加装电梯单位开展", "", True, False, "of those it governs"),
    ],
)
def test_a_review_among_offices(lead: str, rest: str, tasks: bool, own: bool, why: str) -> None:
    assert of_offices(lead, rest, tasks=tasks) is own, why


_REST = "一、总则\n区人民政府应当加强对停车设施工作的领导。\n停车设施按照规划建设。\n"
_OWN = (
    ("加装电梯所有权人选购保险时，涵盖电梯维护保养、检验、维修、结构运营风险等内容。", None, "one of the things that a list names"),
    ("区交通委负责停车设施政策的制定、对全区停车管理工作进行督促、检查和指导。", None, "what one office has of its own works"),
    ("负责对各镇停车设施的养护维修计划进行审核。", None, "a task without its office"),
    ("强化与城管执法部门的联动，按照各自职能开展联合检查。", None, "the same"),
    ("停车设施养护经费应纳入财政预算，不得低于上一年度的总额。", None, "money is no person, a least value no ban"),
    ("遴选信息包括地块情况、应递交的申请文件、活动安排等。", None, "a modal of an attribute"),
    ("定期开展停车设施巡查检查，确保设施完好。", None, "patrols"),
    ("建设单位应当在停车设施开工前办理备案、登记手续。", BurdenKind.FILING, "a list of what is asked for"),
    ("任何单位和个人不得擅自占用停车设施。", BurdenKind.PROHIBITION, "a ban"),
    ("经营者应当接受交通部门的监督、检查。", BurdenKind.INSPECTION, "an inspection undergone"),
    ("停车设施经营者应当按月缴纳停车管理费。", BurdenKind.FEE, "a fee that is owed"),
    ("单位自行建设停车设施的，应当向区交通委备案。", BurdenKind.FILING, "a filing"),
    ("停车设施经营者应当公示收费标准。", BurdenKind.DUTY, "a duty"),
    ("车主应当提供真实的材料。", BurdenKind.DUTY, "true papers are asked for"),
    ("临时占用绿地的，应当按照规定缴纳绿地补偿费。", BurdenKind.FEE, "a payment by its name"),
    ("申请使用公共停车位的，应当交纳保证金一千元。", BurdenKind.FEE, "money held"),
    ("未按期清运的，应当支付代为清运费用。", BurdenKind.FEE, "what is paid for a breach"),
    ("区财政局应当及时拨付保洁费用。", None, "an office that pays"),
    ("取消考试报名费。", None, "a fee that goes"),
    ("违反规定的，取消其下一年度申报资格。", BurdenKind.PENALTY, "what is lost for a breach"),
    ("逾期未整改的，暂停其经营资格。", BurdenKind.PENALTY, "for a time"),
    ("骗取补贴的，追回补贴资金。", BurdenKind.PENALTY, "money back"),
    ("完善行政处罚裁量基准。", None, "what penalties are measured by"),
    ("从事校外托管服务的，应当领取区教育局发放的托管服务许可证。", BurdenKind.LICENCE, "the office whose paper it is"),
    ("各成员单位做好项目方案审核。", None, "a task of offices"),
    ("区市场监管局加强对电梯安全的监督检查。", None, "the same"),
    ("养老机构应当接受区民政局每季度一次的安全检查。", BurdenKind.INSPECTION, "who is inspected"),
    ("设施应当根据以下情形办理手续：", None, "the lead-in to a list"),
    ("申请人应当提交下列材料：", BurdenKind.DUTY, "papers asked for in a list"),
    ("不得以任何理由推诿扯皮。", None, "the manners of officials"),
    ("严禁搞形式主义。", None, "the same"),
    ("经营者不得使用高音喇叭招揽顾客。", BurdenKind.PROHIBITION, "what others may not do"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "why"), _OWN)
def test_the_ledger_lists_what_binds_others(text: str, kind: BurdenKind | None, why: str) -> None:
    local = parse(f"某区停车设施管理办法\n{_REST}二、其他\n{text}\n")
    superior = parse(f"某市停车设施管理办法\n{_REST}")
    listed = {each.kind for each in compare_documents(local, superior).burdens if each.text == text}
    assert kind in listed if kind is not None else not listed, (why, listed)


_CHANGED = (
    ("设施大中修工程比例不低于13%，由行业部门评定，完好率保持100%。", "设施大中修工程比例与经济发展水平相匹配，由行业部门评定，完好率保持100%。", "设施大中修工程比例不低于13%", "what a figure measures"),
    ("年度补贴不超过五万元，按季拨付，专款专用并公示结果。", "年度补贴按照预算安排，按季拨付，专款专用并公示结果。", "年度补贴不超过五万元", "the same of money"),
)  # fmt: skip


@pytest.mark.parametrize(("superior_text", "text", "words", "why"), _CHANGED)
def test_a_figure_is_told_with_what_it_measures(superior_text: str, text: str, words: str, why: str) -> None:
    local = parse(f"某区停车设施管理办法\n{_REST}二、其他\n{text}\n")
    superior = parse(f"某市停车设施管理办法\n{_REST}二、其他\n{superior_text}\n")
    assert words in {each.superior_words for each in compare_documents(local, superior).burdens}, why


TARGETS = """
建成停车场，提升完善停车设施。|建成停车场12个，提升完善停车设施。||a target of its own
全面推进居住区分类投放点更新。|6月底前全面推进居住区分类投放点更新。||a day of its own for an office
建成停车场20个，提升完善停车设施。|建成停车场12个，提升完善停车设施。|figure|the superior's target, changed
2024年6月底前全面推进居住区分类投放点更新。|2025年6月底前全面推进居住区分类投放点更新。|deadline|the superior's day, put off
企业应当报送停车设施年度报告。|企业应当在每年3月底前报送停车设施年度报告。|deadline|a day for those who are governed
对停车设施建设给予一次性补贴。|对停车设施建设给予一次性补贴20万元。|figure|a sum filled in
"""


@pytest.mark.parametrize("row", TARGETS.strip().splitlines())
def test_a_target_of_offices_is_a_row_where_the_superior_has_it_too(row: str) -> None:
    """The order to read them by: the issuing office's own targets stand in the table of targets and bind nobody else."""
    theirs, ours, kind, why = row.split("|")
    head = "一、总体要求\n\n统筹推进全市停车设施规划建设，方便群众出行。\n\n二、主要任务\n\n"
    superior = parse(f"某市停车设施建设实施意见\n\n{head}{theirs}\n")
    local = parse(f"某市某区停车设施建设实施方案\n\n{head.replace('全市', '全区')}{ours}\n")
    kinds = {burden.kind.value for burden in compare_documents(local, superior).burdens}
    assert (kind in kinds) if kind else not kinds & {"figure", "deadline"}, why
