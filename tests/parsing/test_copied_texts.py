"""Texts copied from portals and data banks: articles run together, orders without their title, marks of data banks."""

import pytest

from policydiff.model import ClauseKind, Document
from policydiff.parsing import parse_text


def articles(document: Document) -> list[str]:
    return [clause.label or "" for clause in document.walk() if clause.kind is ClauseKind.ARTICLE]


RUN_TOGETHER = [
    ("某公司章程\n第一章总则第一条为规范公司，制定本章程。第二条公司依法设立。第三条公司住所在某市。", ["第一条", "第二条", "第三条"], "all on one line"),
    ("第一条 甲。\n第二条 乙。第三条 丙。\n第四条 丁。", ["第一条", "第二条", "第三条", "第四条"], "one of several"),
    ("第一条 甲。\n第二条 乙。第三条规定的情形除外。\n第三条 丙。\n第四条 丁。", ["第一条", "第二条", "第三条", "第四条"], "a sentence that cites an article to come"),
    ("第一条 甲。\n第二条 乙。第五条的规定不适用。\n第三条 丙。", ["第一条", "第二条", "第三条"], "one that cites another"),
    ("第一条 甲。\n第二条 乙，第三条 丙。\n第四条 丁。", ["第一条", "第二条", "第四条"], "no sentence ends before it"),
    ("第一章 总则\n第一条 甲。\n第二条 乙。第二章 管理 第三条 丙。\n第四条 丁。", ["第一条", "第二条", "第三条", "第四条"], "with the heading of a chapter"),
    ("第一条 甲。\n第二条 乙。第一条、第三条同此。\n第三条 丙。", ["第一条", "第二条", "第三条"], "a list of articles"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted", "reason"), RUN_TOGETHER, ids=[row[2] for row in RUN_TOGETHER])
def test_articles_run_together(text: str, wanted: list[str], reason: str) -> None:
    assert articles(parse_text(text)) == wanted, reason


ORDER = "某条例\n国务院\n中华人民共和国国务院令\n第227号\n现发布《某条例》,自发布之日起施行。\n总理李鹏\n1997年8月3日\n"


def test_an_order_publishes_the_text_whose_title_stands_above_it() -> None:
    document = parse_text(f"{ORDER}第一章总则\n第一条为了规范，制定本条例。\n第二条本条例适用于机构。")
    assert (document.title, document.signers, str(document.dates.issued)) == (
        "某条例",
        ("李鹏",),
        "1997-08-03",
    )
    assert document.carrier is not None
    assert articles(document) == ["第一条", "第二条"]


def test_a_text_that_only_speaks_of_publishing_is_no_order() -> None:
    said = ORDER.replace("现发布《某条例》,自发布之日起施行", "本条例由国务院发布")
    assert parse_text(f"{said}第一章总则\n第一条为了规范，制定本条例。").carrier is None


def test_marks_of_data_banks_are_no_words() -> None:
    document = parse_text(
        "某市某条例\n【题注】（2001年4月29日某市人民代表大会通过）\n【章名】第一章 总则\n第一条 甲。\n第二条 乙。"
    )
    assert (str(document.dates.adopted), [clause.label for clause in document.clauses]) == (
        "2001-04-29",
        ["第一章"],
    )


NUMBERED = [
    ("某市政府办公室印发《甲意见》的通知（某办发〔2017〕2号）", "某办发〔2017〕2号", "behind the title"),
    ("关于甲的通知（2017年第2号）", None, "a count without its body"),
    ("关于甲的通知（试行）", None, "no number"),
]


@pytest.mark.parametrize(("title", "number", "reason"), NUMBERED, ids=[row[2] for row in NUMBERED])
def test_numbers_behind_titles(title: str, number: str | None, reason: str) -> None:
    document = parse_text(f"{title}\n各县人民政府：\n现就甲通知如下。\n一、乙。\n二、丙。")
    assert document.document_number == number, reason


PAGES = [
    ("欢迎访问某学院网站!\n某学院考试管理规定\n（某院字〔2017〕1号）\n", "a greeting above title and number"),
    ("转第\n页面宽度(px):\n某学院考试管理规定\n某学院考试管理规定\n", "menus above a title that stands twice"),
    ("规章制度\n某学院 考试管理规定\n更新时间:2017-10-10 浏览次数:\n某学院考试管理规定\n", "a column and the page's headline"),
    ("当前位置:首页\n> 规章制度\n某学院考试管理规定\n", "a path broken before its mark"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "reason"), PAGES, ids=[row[1] for row in PAGES])
def test_heads_below_the_lines_of_a_page(head: str, reason: str) -> None:
    document = parse_text(f"{head}第一条 为规范考试，制定本规定。\n第二条 本规定自印发之日起施行。")
    assert document.title is not None
    assert document.title.endswith("考试管理规定"), reason
    assert not document.title.startswith(("规章", "欢迎", "转第")), reason


def test_a_letter_without_a_title_has_no_head_below() -> None:
    text = "某某同志\n来信收到\n请按某某办法\n办理。\n一、甲。\n二、乙。"
    assert parse_text(text).title != "请按某某办法"


def test_a_title_whose_first_line_ends_in_the_word_of_letter_heads_is_whole() -> None:
    document = parse_text(
        "某某市政府办公厅关于全面推行行政规范性文件\n合法性审核机制的指导意见\n某政办发〔2018〕115号\n各区政府：\n现就甲提出如下意见。\n一、乙。\n二、丙。"
    )
    assert document.title == "某某市政府办公厅关于全面推行行政规范性文件合法性审核机制的指导意见"
