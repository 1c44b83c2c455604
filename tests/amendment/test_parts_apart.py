"""Paragraphs and items that become articles, chapters told by their articles, and on which side of a heading they stand."""

import pytest

from policydiff.amendment.amending import apply_amendment
from policydiff.model.amended import Outcome, Reason
from policydiff.parsing import parse_text

TEXT = """某市公园条例
第一章　总则
第一条　为了加强公园管理，制定本条例。
第二条　公园由市园林局主管。
区园林局负责本区公园管理。
公园实行免费开放。
第三条　公园应当有下列设施：
（一）厕所；
（二）座椅；
（三）照明。
第二章　管理
第四条　公园应当整洁。
第五条　游人应当爱护设施，依照前款规定行事。
依照本条第一款规定劝阻游人的，应当文明。
第三章　法律责任
第六条　违反本条例第二条第三款规定收费的，处一千元罚款。
第四章　附则
第七条　本条例自公布之日起施行。
"""
OLD = parse_text(TEXT)
THROUGH = "\n二、对条文顺序作相应调整。"

APART = [
    (
        "将第二条第三款改为第三条。",
        ["第三条　公园实行免费开放。", "第四条　公园应当有下列设施：", "违反本条例第三条规定收费"],
        "a paragraph becomes an article, and a reference to it follows",
    ),
    (
        "将第二条第三款改为第三条，修改为：“公园免费。\n“节日除外。”",
        ["第三条　公园免费。", "节日除外。"],
        "with new words of two paragraphs",
    ),
    (
        "将第二条第三款单作一条，作为第三条，修改为：“公园免费。”",
        ["第三条　公园免费。"],
        "单作一条",
    ),
    (
        "将第二条第二款改为第四条，第三款改为第三条。",
        ["第三条　公园实行免费开放。", "第四条　区园林局负责本区公园管理。", "第五条　公园应当有下列设施："],
        "a bare 第三款 is one of the same article",
    ),
    (
        "将第二条改为两条，第一款作为第二条；第二、三款分别作为第三条第一、二款。",
        [
            "第二条　公园由市园林局主管。",
            "第三条　区园林局负责本区公园管理。",
            "违反本条例第三条第二款规定收费",
        ],
        "an article becomes two, paragraph by paragraph, in short numbers",
    ),
    (
        "将第二条改为第二条、第三条，修改为：“第二条　公园由市园林局主管。\n“第三条　公园免费。”",
        ["第二条　公园由市园林局主管。", "第三条　公园免费。", "第四条　公园应当有下列设施："],
        "an article becomes two, said by their numbers alone",
    ),
    (
        "将第二条第二款、第三款改为第三条，修改为：“区园林局负责管理，并免费开放。”",
        ["第三条　区园林局负责管理，并免费开放。", "第四条　公园应当有下列设施："],
        "two paragraphs become one article",
    ),
    (
        "将第二条第三款改为第三条第一款，修改为：“公园免费。”\n增加一款，作为第二款：“节日除外。”",
        ["第三条　公园免费。", "节日除外。"],
        "an addition goes on in the article made",
    ),
    (
        "将第四条改为第五条第一款，修改为：“公园应当整洁、安全。”\n增加一款，作为第二款：“夜间应当照明。”\n增加一条，作为第四条：“公园应当绿化。”",
        ["第五条　公园应当整洁、安全。", "夜间应当照明。"],
        "an article becomes the first paragraph of its new number",
    ),
    (
        "将第二条第三款和第三条第三项合并，作为第四条，修改为：“公园免费开放，夜间照明。”",
        ["第四条　公园免费开放，夜间照明。", "（二）座椅。"],
        "a paragraph and an item of two articles make one",
    ),
    (
        "将第二条改为三条，作为第二条、第三条、第四条，修改为：\n“第二条 公园由市园林局主管。\n“第三条 区园林局负责。\n“第四条 公园免费。”",
        ["第三条　区园林局负责。", "第四条　公园免费。", "第五条　公园应当有下列设施："],
        "改为三条 with articles quoted",
    ),
    (
        "增加一条，作为第三条，将第二条第三款修改后作为本条第一款：“公园免费。”\n增加一款，作为第三条第二款：“节日除外。”",
        ["第三条　公园免费。", "节日除外。"],
        "a new article made of a paragraph",
    ),
    (
        "将第二条修改为：“公园由市园林局主管。”\n二、将第二条第三款单作一条，作为第三条，修改为：“公园免费。”",
        ["第二条　公园由市园林局主管。", "第三条　公园免费。"],
        "the article has new words as a whole: nothing of its old paragraph is left to take",
    ),
    (
        "增加两条，分别作为第四条、第五条：\n“第四条公园应当绿化。\n“第五条公园应当安静。”",
        ["第四条　公园应当绿化。", "第五条　公园应当安静。"],
        "labels without a blank, told by the numbers of the order",
    ),
]


@pytest.mark.parametrize(("orders", "lines", "why"), APART, ids=[row[2] for row in APART])
def test_parts_become_articles(orders: str, lines: list[str], why: str) -> None:
    result = apply_amendment(OLD, f"一、{orders}{THROUGH.replace('二、', '九、')}")
    assert not result.unapplied, why
    for line in lines:
        assert line in result.text, why


REFUSED = [
    ("将第二条第四款改为第三条。", Reason.NO_SUCH_PLACE, "no such paragraph"),
    ("将第四条第一款改为第五条。", Reason.NO_SUCH_PLACE, "an article of one paragraph has none to give away"),
    (
        "将第二条第三款改为第三条第三款。",
        Reason.IMPOSSIBLE_NUMBER,
        "the article made has no second paragraph",
    ),
    (
        "将第二条改为第二条、第三条，修改为：“公园由市园林局主管。\n“公园免费。”",
        Reason.WORDING,
        "two numbers, and the quote does not print where the second article begins",
    ),
    (
        "将第二条改为第二条、第三条，修改为：“第二条　公园由市园林局主管。\n“第四条　公园免费。”",
        Reason.WORDING,
        "two numbers, and the quote prints another one",
    ),
    ("将第二条第二款、第三款改为第三条第一款。", Reason.COUNTS_DIFFER, "two paragraphs, one number"),
    ("将第二条改为第三条第一款。", Reason.WORDING, "an article of three paragraphs is no first paragraph"),
    (
        "将第三条第三项和第四条第一款合并，作为第五条，修改为：“公园应当整洁。”",
        Reason.WORDING,
        "a paragraph that is all of its article",
    ),
    (
        "将第二条修改为：“公园由市园林局主管。”\n二、将第二条第三款改为第三条。",
        Reason.CONFLICT,
        "whole new words, and an old paragraph without words",
    ),
]


@pytest.mark.parametrize(("orders", "kind", "why"), REFUSED, ids=[row[2] for row in REFUSED])
def test_parts_that_cannot_are_named(orders: str, kind: Reason, why: str) -> None:
    result = apply_amendment(OLD, f"一、{orders}{THROUGH.replace('二、', '九、')}")
    assert kind in {each.kind for each in result.unapplied}, why


def test_relative_references_of_a_moved_paragraph_are_in_doubt() -> None:
    result = apply_amendment(OLD, "一、将第五条第二款改为第六条。\n二、对条文顺序作相应调整。")
    assert Reason.DANGLING_REFERENCE in {each.kind for each in result.doubts}
    assert "依照本条第一款规定劝阻" in result.text


def test_a_range_of_items_cites_the_article_named_before() -> None:
    text = TEXT.replace("第四条　公园应当整洁。", "第四条　公园的第三条第一项至第三项设施应当整洁。")
    result = apply_amendment(parse_text(text), "一、将第三条中的“座椅”修改为“长椅”。")
    assert result.outcome is Outcome.COMPLETE


SIDES = [
    (
        "增加一条，作为第八条：“违反本条例规定，毁坏设施的，处五百元罚款。”",
        True,
        "a sanction stands in the chapter on liability, before 附则",
    ),
    (
        "增加一条，作为第六条：“违反本条例规定，毁坏设施的，处五百元罚款。”",
        True,
        "and behind its heading, not at the end of the chapter before",
    ),
    ("增加一条，作为第六条：“夜间应当照明。”", False, "other words may end a chapter or begin the next"),
    (
        "增加一条，作为第六条：“园林局应当公开违反本条例受到罚款的情况。”",
        False,
        "a fine that is told of is no sanction",
    ),
    (
        "增加一条，作为第六条：“夜间应当照明。”\n二、将第三章章名修改为“责任”。",
        True,
        "the order for the heading comes behind",
    ),
    (
        "增加一章“保障”，作为第三章，分为两条，包括第六条至第七条。\n二、增加两条，作为第六条、第七条：\n“第六条 经费列入预算。\n“第七条 鼓励捐赠。”",
        True,
        "a new chapter holds the articles it says",
    ),
]


@pytest.mark.parametrize(("orders", "sure", "why"), SIDES, ids=[row[2] for row in SIDES])
def test_the_side_of_a_heading(orders: str, sure: bool, why: str) -> None:
    if "第八条" in orders:
        orders = orders.replace("第八条", "第七条")
    result = apply_amendment(OLD, f"一、{orders}{THROUGH.replace('二、', '九、')}")
    told = [each for each in result.doubts if "heading" in str(each.reason) or "标题" in str(each.reason)]
    assert not result.unapplied, why
    assert (not told) is sure, why


def test_a_sanction_stands_behind_the_heading_on_liability() -> None:
    orders = (
        "一、增加一条，作为第六条：“违反本条例规定，毁坏设施的，处五百元罚款。”\n二、对条文顺序作相应调整。"
    )
    lines = apply_amendment(OLD, orders).text.splitlines()
    assert lines.index("第三章　法律责任") + 1 == next(
        i for i, line in enumerate(lines) if line.startswith("第六条")
    )


def test_a_chapter_added_with_an_article_that_moves_into_it() -> None:
    orders = (
        "一、在第二章后增加一章，作为第三章“应急”；对第三条进行修改，作为第五条；增加一条，作为第六条。内容如下：\n"
        "“第三章 应急\n“第五条 公园应当有应急设施。\n“第六条 灾害时公园开放。”\n二、对条文顺序作相应调整。"
    )
    result = apply_amendment(OLD, orders)
    assert result.outcome is Outcome.COMPLETE
    lines = result.text.splitlines()
    at = lines.index("第三章　应急")
    assert lines[at + 1 : at + 3] == ["第五条　公园应当有应急设施。", "第六条　灾害时公园开放。"]
    assert "第四章　法律责任" in lines
    assert ("3", "5") in result.renumbered


MARKS = [
    ("厕所、木座椅", "木座椅", "铁座椅", "厕所、木座椅、铁座椅", "a member of a list by its end"),
    (
        "婴幼儿配方乳粉的包装",
        "婴幼儿配方乳粉",
        "婴幼儿配方液态乳",
        "配方乳粉、婴幼儿配方液态乳的",
        "by its beginning",
    ),
    (
        "院长的人选，检察长的人选",
        "院长的人选",
        "主任的人选",
        "院长的人选，主任的人选，检察长",
        "a list that ， parts",
    ),
    (
        "院长的人选，报上级批准",
        "院长的人选",
        "主任的人选",
        None,
        "， before another clause: the mark is not said",
    ),
    ("厕所、座椅", "座椅", "照明", None, "other words than the member before"),
]


@pytest.mark.parametrize(("words", "old", "new", "made", "why"), MARKS, ids=[row[4] for row in MARKS])
def test_the_mark_between_members_of_a_list(
    words: str, old: str, new: str, made: str | None, why: str
) -> None:
    text = TEXT.replace("公园应当整洁", words)
    result = apply_amendment(parse_text(text), f"一、在第四条中的“{old}”后增加“{new}”。")
    assert (result.outcome is Outcome.COMPLETE) is (made is not None), why
    if made is not None:
        assert made in result.text, why


NARROW = [
    ("将第三条至第五条中的“公园”修改为“绿地”。", None, "each article of a range must hold the words"),
    ("将第二条至第四条中的“公园”修改为“绿地”。", "第四条　绿地应当整洁。", "and all of these do"),
    ("删去第三条第三项。", "（二）座椅。", "the item before the last one ends the list then"),
    ("删去第三条第二项。", "（二）照明。", "an item in the middle leaves the marks"),
    (
        "删去第三条第三项，将第二项句末的分号改为句号。",
        "（二）座椅。",
        "the mark that the order says is there already",
    ),
    ("全文“公园”修改为“绿地”。", "第四条　绿地应当整洁。", "全文 before a quote"),
    ("将名称由“某市公园条例”修改为“某市绿地条例”。", "某市绿地条例", "a title by 由"),
    (
        "第三条增加一项，作为第二项：“（二）饮水器；”，原第二项、第三项顺延。",
        "（四）照明。",
        "items that 顺延",
    ),
]


@pytest.mark.parametrize(("orders", "line", "why"), NARROW, ids=[row[2] for row in NARROW])
def test_orders_of_provinces(orders: str, line: str | None, why: str) -> None:
    result = apply_amendment(OLD, orders)
    assert (result.outcome is Outcome.COMPLETE) is (line is not None), why
    if line is None:
        assert {each.kind for each in result.unapplied} == {Reason.WORDS_NOT_THERE}
    else:
        assert line in result.text.splitlines(), why


def test_a_level_with_a_title_of_its_own_is_not_written_over() -> None:
    notice = parse_text(
        "某部通知\n一、严格管理\n各地应当公开。\n二、加强检查\n各地应当检查。\n三、抓紧落实\n各地应当落实。\n"
    )
    result = apply_amendment(notice, "一、将第二条修改为：“各地应当自查。”")
    assert {each.kind for each in result.unapplied} == {Reason.AMBIGUOUS_PLACE}
