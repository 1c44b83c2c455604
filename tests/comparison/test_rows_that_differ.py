"""Rows of tables that a local document took and changed: in no count, told as a sentence is."""

import pytest

import policydiff
from policydiff.model import Comparison, Coverage, SentenceKind

_TEXT = """{title}

一、总体要求

完善公租房管理制度，提升服务水平。

二、具体标准

具体标准见下表：

| 对象 | 内容 | 备注 |
| --- | --- | --- |
{row}
| 新就业大学生 | 每月300元 | 限期12个月 |
"""


def _compare(theirs: str, ours: str) -> Comparison:
    superior = policydiff.parse(_TEXT.format(title="某市租赁补贴办法", row=theirs))
    local = policydiff.parse(_TEXT.format(title="某市某区租赁补贴实施细则", row=ours))
    return policydiff.compare(local, superior)


ROWS = """
低保家庭~每月800元~凭低保证~低保家庭~每月600元~凭低保证~amount~a lower sum
低保家庭~每月800元~限期24个月~低保家庭~每月800元~限期12个月~period~a shorter term
养老机构~应当公开收费标准~在大厅公示~养老机构~可以公开收费标准~在大厅公示~duty~a duty left to choice
养老机构~不得收取押金~含会员费~养老机构~可以收取押金~含会员费~prohibition~a ban reversed
住宅停车场~配建比例不低于30%~含充电桩~住宅停车场~配建比例不低于20%~含充电桩~percentage~a lower share
餐饮单位~每季度检查一次~记录备查~餐饮单位~每年检查一次~记录备查~frequency~less often
申请人~应当提交收入证明和资产证明~当场受理~申请人~应当提交收入证明~当场受理~scope~a paper less
违法停车~处二百元罚款~当场处罚~违法停车~处警告~当场处罚~sanction~a fine became a warning
低保家庭~每月800元~限期24个月~低保家庭~每月800元~限期2年~~an equal term
5~开展停车设施检查~每季度~4~开展停车设施检查~每季度~~the running number of a row
（三）~建设停车泊位500个~2025年~（二）~建设停车泊位300个~2025年~number~a running number beside a figure
低保家庭~每月八百元~凭低保证~低保家庭~每月800元~凭低保证~~an equal sum
养老机构~应当公开收费标准~在大厅公示~养老机构~应当公开收费标准~在大厅公示~~the same
"""


@pytest.mark.parametrize("row", ROWS.strip().splitlines())
def test_a_row_has_its_differences_and_is_in_no_count(row: str) -> None:
    """Else a table of subsidies may fall by a quarter below 「taken without a change of substance」."""
    *cells, kind, why = row.split("~")
    theirs, ours = ("| " + " | ".join(part) + " |" for part in (cells[:3], cells[3:]))
    comparison = _compare(theirs, ours)
    own = next(each for each in comparison.sentences if each.text.split("\t") == cells[3:])
    assert own.kind is SentenceKind.ROW
    assert [each.type.value for each in own.signals][:1] == ([kind] if kind else []), why
    assert all(each.kind is SentenceKind.SENTENCE for each in comparison)
    assert ("Rows and labelled lines that differ" in comparison.to_markdown()) is bool(kind), why


def test_the_gate_stops_at_a_row() -> None:
    comparison = [
        _TEXT.format(title=title, row=f"| 低保家庭 | 每月{sum_}元 | 凭证 |")
        for title, sum_ in (("某市办法", 800), ("某市某区细则", 600))
    ]
    superior, local = map(policydiff.parse, comparison)
    assert any(finding.fails for finding in policydiff.check(local, against=superior).findings)


def test_a_row_that_differs_stands_beside_its_source_on_the_page() -> None:
    page = _compare("| 低保家庭 | 每月800元 | 凭证 |", "| 低保家庭 | 每月600元 | 凭证 |").to_html(lang="zh")
    assert "表格行与标注行的不同" in page
    assert "表格行，不计" in page


def test_rows_taken_are_adopted_and_a_row_left_out_is_named() -> None:
    theirs = "| 低保家庭 | 每月800元 | 凭证 |\n| 低收入家庭 | 每月500元 | 凭低收入证 |"
    comparison = _compare(theirs, "| 低保家庭 | 每月600元 | 凭证 |")
    status = {each.text.split("\t")[0]: each.status for each in comparison.coverage if "\t" in each.text}
    assert status == {
        "对象": Coverage.ADOPTED,
        "低保家庭": Coverage.ADOPTED,
        "低收入家庭": Coverage.OMITTED,
        "新就业大学生": Coverage.ADOPTED,
    }
    assert not any(each.measure for each in comparison.coverage if "\t" in each.text)
    page = comparison.to_markdown()
    told = page[page.index("### Rows and labelled lines that differ") :]
    assert "**not taken up** 低收入家庭" in told[: told.index("\n### ", 5)]


LABELLED = """
完成时间：2024年6月|完成时间：2025年12月|deadline|a day put off
补贴标准：每月800元|补贴标准：每月600元|amount|a lower sum
受理地点：市民中心|受理地点：市民中心||the same
"""


@pytest.mark.parametrize("row", LABELLED.strip().splitlines())
def test_a_line_with_a_label_has_its_differences_too(row: str) -> None:
    theirs, ours, kind, why = row.split("|")
    text = "{}\n\n一、总体要求\n\n完善公租房管理制度，提升服务水平。\n\n二、政策措施\n\n支持企业上云，给予资金补贴。\n\n{}\n"
    superior = policydiff.parse(text.format("某市扶持办法", theirs))
    local = policydiff.parse(text.format("某市某区扶持办法实施细则", ours))
    own = next(each for each in policydiff.compare(local, superior).sentences if each.text == ours)
    assert [each.type.value for each in own.signals] == ([kind] if kind else []), why


@pytest.mark.parametrize(
    ("row", "is_new"),
    [
        ("| 独居老年人 | 每月150元 | 凭评估 |", True),
        ("| 助老志愿队伍 | 团区委 | 2025年12月 |", True),
        ("| 合计 | 1200元 |  |", True),
        ("| 低保家庭 | 每月800元 | 凭证 |", False),
        ("| 低保家庭 | 每月600元 | 凭证 |", False),
    ],
)
def test_a_row_that_the_local_table_alone_has_is_listed(row: str, is_new: bool) -> None:
    comparison = _compare("| 低保家庭 | 每月800元 | 凭证 |", "| 低保家庭 | 每月800元 | 凭证 |\n" + row)
    page = comparison.to_markdown()
    name = f"**local addition** {row.split('|')[1].strip()}"
    told = page.partition("### Rows and labelled lines that differ")[2].partition("\n### ")[0]
    assert (name in told) is is_new
    assert comparison.summary.own_measures.added == 0
    assert page.count(name) <= 1, "no heading, no measure"


@pytest.mark.parametrize("below", ["", "\n五、监督管理\n\n对骗取补贴的，追回补贴资金。\n"])
def test_a_measure_that_is_nothing_but_a_table_counts_on_neither_side(below: str) -> None:
    table = "\n三、责任分工\n\n| 任务 | 单位 |\n| --- | --- |\n| 建立名录 | {} |\n"
    superior, local = (
        policydiff.parse(
            _TEXT.format(title=title, row="| 低保家庭 | 每月800元 | 凭证 |") + table.format(who) + below
        )
        for title, who in (("某市租赁补贴办法", "市民政局"), ("某市某区租赁补贴实施细则", "区民政局"))
    )
    summary = policydiff.compare(local, superior).summary
    assert summary.measures.total == summary.own_measures.total == 1 + bool(below), "总体要求 is the frame"
