"""Tables with empty, merged and nested cells stay tables; notes belong to the clause that calls them."""

import pytest

from benchmarks.accounting import unaccounted
from policydiff.annotate import annotate
from policydiff.model import ClauseKind, Document
from policydiff.parsing import parse_text, parse_with_rest

LAW = "某市补贴办法\n第一条 为了规范补贴，制定本办法。\n第二条 补贴每月300元{call}。\n第三条 本办法自2024年1月1日起施行。\n{note}\n"


def parsed(text: str) -> Document:
    document, rest = parse_with_rest(text)
    assert unaccounted(text, document, rest) == []
    return document


NOTES = [
    ("[^1]", "[^1]: 低保家庭每月500元。", "1", "Markdown, the note at the end"),
    ("①", "注：①低保家庭每月500元。", "①", "注："),
    ("①", "注释：\n①低保家庭每月500元。", "①", "a line that announces notes"),
    ("①", "①低保家庭每月500元。", "①", "the mark alone, at the end"),
    ("*", "*低保家庭每月500元。", "*", "an asterisk"),
    ("＊", "＊低保家庭每月500元。", "＊", "a wide one"),
    ("[1]", "[1] 低保家庭每月500元。", "[1]", "square brackets"),
    ("〔1〕", "〔1〕低保家庭每月500元。", "〔1〕", "bent brackets"),
    ("（注1）", "注1：低保家庭每月500元。", "注1：", "a named note"),
    ("¹", "¹ 低保家庭每月500元。", "¹", "a raised figure"),
    ("※", "※低保家庭每月500元。", "※", "another sign"),
    ("[注]", "[注] 低保家庭每月500元。", "[注]", "the one note, without a number"),
    ("〔注〕", "〔注〕低保家庭每月500元。", "〔注〕", "the same in bent brackets"),
    ("[i]", "[i] 低保家庭每月500元。", "[i]", "an endnote of a word processor"),
    ("[iv]", "[iv] 低保家庭每月500元。", "[iv]", "a further one"),
]


@pytest.mark.parametrize(("call", "note", "label", "reason"), NOTES, ids=[row[3] for row in NOTES])
def test_a_note_belongs_to_the_clause_that_calls_it(call: str, note: str, label: str, reason: str) -> None:
    document = parsed(LAW.format(call=call, note=note))
    article = document.find("art_2")
    assert article is not None
    assert article.text == "补贴每月300元。"
    assert [(each.kind, each.label, each.text) for each in article.children] == [
        (ClauseKind.NOTE, label, "低保家庭每月500元。")
    ]
    last = document.find("art_3")
    assert last is not None
    assert not last.children


NO_NOTES = [
    ("", "①低保家庭每月500元。", "a mark that nothing calls"),
    ("", "注：本办法另有规定的除外。", "a remark without a mark"),
    ("，按第①项", "①低保家庭每月500元。", "an item that is cited"),
    ("", "[注] 低保家庭每月500元。", "a bracket that nothing calls"),
    ("[ii]", "[i] 低保家庭每月500元。", "another number is called"),
    ("", "[iv] 低保家庭每月500元。", "a number in brackets that nothing calls"),
]


@pytest.mark.parametrize(("call", "note", "reason"), NO_NOTES, ids=[row[2] for row in NO_NOTES])
def test_what_is_no_note_stays_where_it_stands(call: str, note: str, reason: str) -> None:
    document = parsed(LAW.format(call=call, note=note))
    assert not any(clause.kind is ClauseKind.NOTE for clause in document.walk())


def test_items_are_no_notes() -> None:
    document = parsed(
        "某某意见\n一、总体要求\n坚持原则：①公开；②公平。\n二、任务\n①建设平台。\n②引进人才。\n"
    )
    assert not any(clause.kind is ClauseKind.NOTE for clause in document.walk())


def test_a_note_right_after_its_paragraph_and_one_in_a_table() -> None:
    text = "某市办法\n第一条 补贴300元[^1]。\n[^1]: 每月。\n第二条 标准如下：\n| 甲[^2] | 乙 |\n[^2]: 表注。\n| 1 | 2 |\n"
    document = parsed(text)
    assert [(clause.id, clause.text) for clause in document.walk() if clause.kind is ClauseKind.NOTE] == [
        ("art_1__note_1", "每月。"),
        ("art_2__table_1__row_1__note_2", "表注。"),
    ]
    assert [clause.text for clause in document.walk() if clause.kind is ClauseKind.ROW] == ["甲\t乙", "1\t2"]


def test_a_note_of_the_title_begins_the_document() -> None:
    document = parsed("某市补贴办法[^*]\n[^*]: 2023年修订。\n第一条 甲。\n第二条 乙。\n")
    assert document.title == "某市补贴办法"
    assert [clause.kind for clause in document.clauses][:1] == [ClauseKind.NOTE]


TABLES = [
    (
        ["| 姓名 |  | 证件 | 类型 |", "|^^|^^|^^| 号码 |", "| 单位名称 ||||", "| 转出地 |  | 原账号 |  |"],
        "a form",
    ),
    (["| 姓名 |  |", "| 单位 |  |", "| 1 |  |", "| 2 |  |"], "a form with one filled column"),
    (["|  | 甲 |", "|  |  |", "|  | 乙 |"], "rows without words are none"),
    (["姓名\t\t证件\t类型", "\t\t\t号码", "单位\t\t甲\t"], "tabs, as texts of before have them"),
    (["|甲||乙|", "|-|-|-|", "|1||2|"], "Markdown typed by hand"),
]


@pytest.mark.parametrize(("rows", "reason"), TABLES, ids=[row[1] for row in TABLES])
def test_a_table_with_empty_cells_is_one_table(rows: list[str], reason: str) -> None:
    document = parsed("\n".join(("某市办法", "第一条 表格如下：", *rows, "第二条 乙。", "")))
    tables = [clause for clause in document.walk() if clause.kind is ClauseKind.TABLE]
    assert len(tables) == 1
    assert len({row.text.count("\t") for row in tables[0].children}) == 1
    assert not any(clause.text in {"号码", "单位名称", "1", "2"} for clause in document.walk())


def test_tables_that_touch_and_a_table_in_a_cell() -> None:
    document = parsed(
        "某市办法\n第一条 表：\n| 甲 | 乙 |\n|> 年 | 元 |\n|> 1 | 2 |\n| 丙 | 丁 |\n\n| 另 | 表 |\n第二条 乙。\n"
    )
    shape = [(clause.id, clause.text) for clause in document.walk() if clause.kind is ClauseKind.ROW]
    assert shape == [
        ("art_1__table_1__row_1", "甲\t乙"),
        ("art_1__table_1__row_1__table_1__row_1", "年\t元"),
        ("art_1__table_1__row_1__table_1__row_2", "1\t2"),
        ("art_1__table_1__row_2", "丙\t丁"),
        ("art_1__table_2__row_1", "另\t表"),
    ]


def test_a_merged_cell_holds_for_each_row_it_reaches() -> None:
    text = (
        "某市任务分工表\n| 序号 | 任务 | 责任单位 ||\n|^^|^^| 牵头单位 | 配合单位 |\n"
        "| 1 | 建设平台 | 市科技局<br>市财政局 | 各区政府 |\n| 2 | 引进人才 |^^|  |\n| 3 | 其他 |  |  |\n"
    )
    document = annotate(parse_text(text), text)
    found = [(each.clause[-5:], each.lead, each.supporting) for each in document.responsibilities]
    assert found == [
        ("row_3", ("市科技局", "市财政局"), ("各区政府",)),
        ("row_4", ("市科技局", "市财政局"), ()),
    ]
    for each in document.responsibilities:
        assert "市科技局" in text[each.span.start : each.span.end]
