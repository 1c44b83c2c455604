"""The decision for two versions: carrying it out on the old text yields the new one, always."""

import pytest
from hypothesis import assume, given, settings, strategies as st

from policydiff.amendment.amending import apply_amendment
from policydiff.amendment.drafting import CannotDraftError, draft_amendment
from policydiff.amendment.statute import statute_of
from policydiff.lexicon.numerals import to_chinese
from policydiff.model.amended import Outcome
from policydiff.parsing import parse_text
from policydiff.revision.diffing import diff_documents

_CLAUSE = st.sampled_from(
    [
        "企业应当在三十日内备案", "主管部门可以处五千元罚款", "违反本办法第二条规定的，责令改正", "市人民政府负责监督管理",
        "经营者应当公示收费标准", "个人有权投诉举报", "本办法所称机构，是指依法设立的“服务机构”", "申请材料不全的，不予受理",
        "依照第三条第一款的规定办理", "区财政部门安排专项资金", "对违法行为从重处罚", "将处理结果向社会公布",
    ]
)  # fmt: skip
_SENTENCE = st.lists(_CLAUSE, min_size=1, max_size=3).map(lambda parts: ["，".join(parts) + "。"])
_LISTED = st.tuples(_CLAUSE, st.lists(_CLAUSE, min_size=2, max_size=4)).map(
    lambda made: [
        f"{made[0]}，有下列情形之一的：",
        *(f"（{to_chinese(place)}）{words}；" for place, words in enumerate(made[1][:-1], start=1)),
        f"（{to_chinese(len(made[1]))}）{made[1][-1]}。",
    ]
)
_PARAGRAPH = st.one_of(_SENTENCE, _LISTED)
_ARTICLE = st.lists(_PARAGRAPH, min_size=1, max_size=3)
_CHAPTER = st.tuples(
    st.sampled_from(["总则", "监督管理", "法律责任", "附则", "服务规范"]),
    st.lists(_ARTICLE, min_size=1, max_size=3),
)
Chapters = list[tuple[str, list[list[list[str]]]]]


_HEADED = {"chapters": "第{}章　{}", "levels": "{}、{}", "": ""}
"""Forms of a heading: 第二章　监督管理 of statutes, 二、监督管理 of judicial interpretations, none."""


def _printed(chapters: Chapters, title: str, *, headed: str) -> str:
    lines, number = [title], 0
    for place, (name, articles) in enumerate(chapters, start=1):
        if headed:
            lines.append(_HEADED[headed].format(to_chinese(place), name))
        for article in articles:
            number += 1
            words = [line for paragraph in article for line in paragraph]
            lines.extend([f"第{to_chinese(number)}条　{words[0]}", *words[1:]])
    return "\n".join(lines) + "\n"


@st.composite
def _versions(draw: st.DrawFn) -> tuple[str, str]:  # noqa: C901 (one branch a fate of an article)
    headed = draw(st.sampled_from(sorted(_HEADED)))
    old = draw(st.lists(_CHAPTER, min_size=1, max_size=4))
    new: Chapters = []
    for name, articles in old:
        kept: list[list[list[str]]] = []
        for article in articles:
            fate = draw(
                st.sampled_from(
                    ["kept", "kept", "kept", "gone", "preceded", "rewritten", "paragraph", "longer", "words"]
                )
            )
            changed = article
            if fate == "gone":
                continue
            if fate == "preceded":
                kept.append(draw(_ARTICLE))
            elif fate == "rewritten":
                changed = draw(_ARTICLE)
            elif fate == "paragraph":
                place = draw(st.integers(0, len(article) - 1))
                changed = [*article[:place], draw(_PARAGRAPH), *article[place + 1 :]]
            elif fate == "longer":
                changed = [*article, draw(_PARAGRAPH)]
            elif fate == "words":
                changed = [
                    [line.replace("应当", "可以").replace("三十日", "六十日") for line in part]
                    for part in article
                ]
            kept.append(changed)
        if kept:
            new.append((draw(st.sampled_from([name, name, name, "罚则"])), kept))
    if draw(st.integers(0, 4)) == 0:
        new.append(draw(_CHAPTER))
    if headed != "levels" and len(new) > 1 and draw(st.integers(0, 4)) == 0:
        new.insert(0, new.pop(draw(st.integers(1, len(new) - 1))))
    if headed == "levels" and any(len({name for name, _ in side}) < max(2, len(side)) for side in (old, new)):
        headed = ""  # a single 一、 is no heading, and those of one name cannot be told by it
    title = draw(st.sampled_from(["某市服务管理办法", "某市服务管理条例"]))
    return _printed(old, "某市服务管理办法", headed=headed), _printed(new or old, title, headed=headed)


@settings(max_examples=150)
@given(_versions())
def test_a_drafted_decision_makes_the_new_text(versions: tuple[str, str]) -> None:
    old, new = map(parse_text, versions)
    wanted = statute_of(new).text()
    assume(statute_of(old).text() != wanted)
    drafted = draft_amendment(old, new)
    made = apply_amendment(old, drafted.text)
    assert made.outcome is Outcome.COMPLETE
    assert made.text == wanted


OLD = "某市办法\n第一条　为了促进发展，制定本办法。\n第二条　企业应当在三十日内备案。\n第三条　罚款五千元。\n依照前款处罚。\n第四条　本办法自公布之日起施行。\n"


@pytest.mark.parametrize(
    ("change", "orders"),
    [
        (("三十日", "六十日"), ["将第二条中的“三十日”修改为“六十日”。"]),
        (("依照前款处罚。\n", ""), ["删去第三条第二款。"]),
        (
            ("依照前款处罚。", "情节严重的，依照前款从重处罚，并向社会公布处理结果，记入信用档案。"),
            ["将第三条第二款修改为：“情节严重的，依照前款从重处罚，并向社会公布处理结果，记入信用档案。”"],
        ),
        (("第三条　罚款五千元。\n依照前款处罚。\n第四条", "第三条"), ["删去第三条。"]),
        (
            (
                "第二条　企业应当在三十日内备案。\n第三条",
                "第二条　企业应当在三十日内备案。\n第三条　新条。\n第四条",
            ),
            ["增加一条，作为第三条：“新条。”"],
        ),
        (("某市办法", "某市条例"), ["将名称修改为：“某市条例”"]),
    ],
    ids=[
        "words",
        "a paragraph goes",
        "a paragraph rewritten",
        "an article goes",
        "an article comes",
        "the title",
    ],
)
def test_orders_are_those_of_a_drafter(change: tuple[str, str], orders: list[str]) -> None:
    new = OLD.replace(*change)
    if "第四条" in change[1]:
        new = new.replace("第四条　本办法自", "第五条　本办法自")
    assert list(draft_amendment(parse_text(OLD), parse_text(new)).orders) == orders


def test_a_text_without_a_title_is_amended_by_what_is_drafted_for_it_alone() -> None:
    old, new = (parse_text(f"第一条　收费{fee}。\n第二条　自公布之日起施行。\n") for fee in ("一元", "二元"))
    decision = draft_amendment(old, new).text
    assert apply_amendment(old, decision).outcome is Outcome.COMPLETE
    named = parse_text("某市收费办法\n第一条　收费一元。\n第二条　自公布之日起施行。\n")
    assert apply_amendment(named, decision).outcome is Outcome.REFUSED


def test_texts_that_do_not_differ_have_no_decision() -> None:
    with pytest.raises(CannotDraftError, match="do not differ"):
        draft_amendment(parse_text(OLD), parse_text(OLD))


@pytest.mark.parametrize(
    ("before", "after", "orders"),
    [
        ("", "附件\n收费表\n", ["增加附件，作为附件1：“附件收费表”"]),
        ("附件\n收费表\n", "", ["删去附件。"]),
        ("附件\n收费表\n", "附件\n新表\n", ["将附件修改为：“附件新表”"]),
        (
            "附件1\n收费表\n甲十元\n",
            "附件1\n收费表\n甲十元\n\n附件2\n设备表\n乙二十元\n",
            ["增加附件，作为附件2：“附件2设备表\n“乙二十元”"],
        ),
    ],
    ids=["one comes", "one goes", "one changes", "a second comes"],
)
def test_annexes_come_go_and_change(before: str, after: str, orders: list[str]) -> None:
    assert list(draft_amendment(parse_text(OLD + before), parse_text(OLD + after)).orders) == orders


def test_a_part_that_no_order_names_is_said() -> None:
    with pytest.raises(CannotDraftError):
        draft_amendment(parse_text(OLD), parse_text("某市规定\n一、甲。\n二、乙。\n"))


BROKEN = [
    ("第二章　听取和审议工作报告、\n\n审查预算执行情况", "第四章　其他"),
    ("第二章　监督\n检查", "第四章　其他"),
    ("第二章　重污染天气\n\n应对和\n\n联合防治", "第四章　其他"),
    ("第二章\n\n监督检查", "第四章　其他"),
    ("第二章　监督检查\n第一节　听取\n\n报告", "第四章　其他"),
    ("第二章　监督检查", "第四章　其他\n\n规定"),
]
"""Headings broken over lines, beside an order of another chapter: a line of its own is a paragraph to the reader of texts."""


@pytest.mark.parametrize(("first", "second"), BROKEN)
def test_headings_stay_in_the_lines_of_the_page(first: str, second: str) -> None:
    text = f"某市监督办法\n第一章　总则\n第一条　本办法适用于本市。\n{first}\n第二条　报告应当{{}}提出。\n{second}\n第三条　本办法自发布之日起施行。\n"
    old, new = parse_text(text.format("书面")), parse_text(text.format("按时"))
    made = apply_amendment(old, draft_amendment(old, new).text)
    assert made.outcome is Outcome.COMPLETE
    assert [
        change.kind
        for change in diff_documents(parse_text(made.text), new).changes
        if change.kind != "unchanged"
    ] == []


LEVELS = [
    ("到2025年", "到2026年", "将第一条第一项中的“2025年”修改为“2026年”。"),
    ("每家30万元", "每家50万元", "将第二条第二款第一项中的“30万元”修改为“50万元”。"),
    ("三、保障措施\n加强领导。\n", "", "删去第三条。"),
    ("三、保障", "三、监督\n检查到位。\n四、保障", "增加一条，作为第三条：“监督\n“检查到位。”"),
    ("加强领导。", "加强领导。\n落实责任。", "第三条增加一款，作为第三款：“落实责任。”"),
    ("某市意见", "某市实施意见", "将名称修改为：“某市实施意见”"),
]


@pytest.mark.parametrize(("before", "after", "order"), LEVELS)
def test_a_policy_by_levels_is_drafted_by_its_places(before: str, after: str, order: str) -> None:
    text = (
        "某市意见\n各区：\n一、总体要求\n（一）目标。到2025年，产值达到8亿元。\n（二）原则。坚持创新。\n二、重点任务\n应当加强服务。\n"
        "（一）补贴。每家30万元。\n（二）服务。设立窗口。\n三、保障措施\n加强领导。\n"
    )
    old, new = parse_text(text), parse_text(text.replace(before, after))
    drafted = draft_amendment(old, new)
    assert order in drafted.orders
    assert apply_amendment(old, drafted.text).text == statute_of(new).text()


def test_a_heading_in_one_line_and_one_that_the_page_breaks_have_no_decision() -> None:
    text = "某市监督办法\n第一条　本办法适用于本市。\n第二章　{}\n第二条　报告应当提出。\n"
    with pytest.raises(CannotDraftError):
        draft_amendment(parse_text(text.format("监督检查")), parse_text(text.format("监督\n\n检查")))


def test_headings_without_a_number_are_named_by_no_order() -> None:
    old = "某市规定\n总则\n第一条　甲。\n第二条　乙。\n附则\n第三条　丙。\n"
    with pytest.raises(CannotDraftError):
        draft_amendment(parse_text(old), parse_text(old.replace("附则", "其他")))
