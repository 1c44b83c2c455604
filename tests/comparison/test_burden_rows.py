"""Which differences are rows of the ledger of burdens; each row with its reason."""

import pytest

from policydiff.comparison.burden_rows import is_of_the_head, is_telling, names_only, of_offices
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
