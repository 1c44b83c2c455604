"""Facts that a page states above a text, where the page was saved or copied as plain words."""

import pytest

from policydiff.lexicon.furniture import facts_above

TABLE = ["索引号：0061/2024-7", "发文字号：某政发〔2024〕7号"]
ABOVE = [
    (["某市文件", *TABLE], {1, 2}, "labels with their values"),
    (["索引号：", "0061/2024-7", "发文字号：", "某政发〔2024〕7号"], {0, 1, 2, 3}, "values on the lines below"),
    (["发文日期：", "发文机关：", "某县政府"], {0, 1, 2}, "a value that is missing takes none from the next label"),
    (["有效性：", "某县防汛管理办法", *TABLE], {0, 2, 3}, "a title is no value"),
    ([*TABLE, "主管处室：水利"], {0, 1, 2}, "an unknown label beside two known ones"),
    (["发文字号：某政发〔2024〕7号", "主管处室：水利"], set(), "an unknown label beside a single one"),
    ([*TABLE, "各区人民政府：", "为防汛，现通知如下。"], {0, 1}, "addressees"),
    ([*TABLE, "联系人：甲，电话：乙。请收到后回复。"], {0, 1}, "a sentence behind a label"),
    (["1. 【颁布时间】2024-7-4", "2. 【颁布单位】某部"], {0, 1}, "numbered and in brackets, as data banks have them"),
    (["发文部门：某厅 发文时间：2016-4-22", "法规类型：征收管理"], {0, 1}, "two on a line"),
    ([*TABLE, "原文链接：https://example.org/a"], {0, 1, 2}, "an address"),
    (["附件：", "规划图.pdf (pdf)", *TABLE], {2, 3}, "files above every label"),
    ([*TABLE, "附件：", "规划图.pdf (pdf)"], {0, 1, 2, 3}, "files below the table"),
    (["发布日期：2024-01-02", "第一条 甲。", "有效期：二年"], set(), "below the first article there is no page"),
    (["发布日期：2024-01-02", "现通知如下。", "实施日期：2024-02-01"], set(), "below the first sentence neither"),
    ([*TABLE, "政策全文", "某某办法"], {0, 1, 2}, "what stands above the text itself"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "wanted", "reason"), ABOVE, ids=[row[2] for row in ABOVE])
def test_facts_above_a_text(lines: list[str], wanted: set[int], reason: str) -> None:
    assert set(facts_above(lines)) == wanted, reason


def test_values_below_their_labels_are_given() -> None:
    found = facts_above(["发文字号：", "某政发〔2024〕7号", "发文日期：2024-04-06 16:40"])
    assert [pair for pairs in found.values() for pair in pairs] == [
        ("发文字号", "某政发〔2024〕7号"),
        ("成文日期", "2024-04-06 16:40"),
    ]
