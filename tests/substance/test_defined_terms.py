"""Terms whose scope changed name the clauses that use them; what falls away gates by default."""

import pytest

from policydiff import parse
from policydiff.checks.checking import Subject, apply_rules
from policydiff.revision.diffing import diff_documents
from policydiff.settings.settings import CheckSettings

_OLD = """某市公共租赁住房管理办法
第一条 为了规范管理，制定本办法。
第二条 本办法所称低收入家庭，是指人均月收入低于三千元的家庭。
第三条 低收入家庭可以申请公共租赁住房，并可以获得补贴，不得转租。
第四条 申请人应当符合下列条件：
（一）有本市户籍；
（二）无自有住房。
第五条 低收入家庭免予缴纳押金；逾期不缴租金的，处五百元罚款，吊销租赁证。
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("的家庭。\n第三条", "的家庭和单身人员。\n第三条"),
        ("低于三千元", "低于五千元"),
        ("人均月收入", "人均年收入"),
    ],
    ids=["noun", "figure", "measure"],
)
def test_a_term_that_changed_names_its_users(old: str, new: str) -> None:
    changes = diff_documents(parse(_OLD), parse(_OLD.replace(old, new))).changes
    details = [signal.detail for change in changes for signal in change.signals if signal.new]
    assert details == ["used in 第三条、第五条"]


def test_a_change_beside_the_definition_names_nobody() -> None:
    changes = diff_documents(parse(_OLD), parse(_OLD.replace("五百元", "八百元"))).changes
    assert [signal.detail for change in changes for signal in change.signals] == [None]


@pytest.mark.parametrize(
    "gone",
    [
        "，并可以获得补贴", "，不得转租", "（一）有本市户籍；\n", "低收入家庭免予缴纳押金；", "，吊销租赁证", "处五百元罚款，",
        "第三条 低收入家庭可以申请公共租赁住房，并可以获得补贴，不得转租。\n", "可以申请公共租赁住房，并", "低于三千元",
    ],
)  # fmt: skip
def test_what_falls_away_gates_by_default(gone: str) -> None:
    old, new = parse(_OLD), parse(_OLD.replace(gone, ""))
    diff = diff_documents(old, new)
    subject = Subject("某办法", None, None, None, new, diff)
    assert list(apply_rules(subject, CheckSettings().rules))


def test_a_table_row_that_falls_away_gates_by_default() -> None:
    table = "某办法\n第一条 标准如下：\n\n| 类别 | 标准 |\n| --- | --- |\n| 甲 | 100元 |\n| 乙 | 200元 |\n"
    old, new = parse(table), parse(table.replace("| 乙 | 200元 |\n", ""))
    subject = Subject("某办法", None, None, None, new, diff_documents(old, new))
    assert list(apply_rules(subject, CheckSettings().rules))
