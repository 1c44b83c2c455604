"""The small rules under all renderers: visible characters, marks, addresses, strips, formats."""

import pytest
from hypothesis import given, strategies as st

from policydiff.api.verbs import compare, parse
from policydiff.lexicon.widths import visible
from policydiff.model import Clause, ClauseKind, Document, SharedSpan, Span, Wording, WordingOp
from policydiff.report import Format, RenderOptions, format_for, page_of
from policydiff.report.catalog import catalog
from policydiff.report.comparison_view import whole_words
from policydiff.report.outline import Outline, anchor
from policydiff.report.page import Flow, Page, Ribbon, Strip, StripCell, StripLine, Table
from policydiff.report.pictures import WIDTH, boxes, drawn_flow, flow
from policydiff.report.runs import Mark, Run, marked, new_side, old_side, plain
from policydiff.report.to_html import to_html

VISIBLE = [
    ("第一条　总则\n\t（一）", "第一条　总则\n\t（一）", "ordinary text, line feeds and tabs stay"),
    ("a\x00b", "a⟨U+0000⟩b", "not allowed in XML"),
    ("\x1b[31m红", "⟨U+001B⟩[31m红", "would colour a terminal"),
    ("甲\u202e乙", "甲⟨U+202E⟩乙", "would turn the rest of the line around"),
    ("甲\u2066乙\u2069", "甲⟨U+2066⟩乙⟨U+2069⟩", "isolates do so too"),
    ("甲\u200b乙", "甲⟨U+200B⟩乙", "a character of no width"),
    ("\ufeff甲", "⟨U+FEFF⟩甲", "a byte order mark"),
    ("甲\ufffe", "甲⟨U+FFFE⟩", "no character at all"),
    ("a\r\n", "a⟨U+000D⟩\n", "a carriage return would overwrite a terminal's line"),
    ("\U000e0041", "⟨U+E0041⟩", "text hidden in tags"),
    ("𠮷野家", "𠮷野家", "rare characters beyond the basic plane stay"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), VISIBLE, ids=[row[2] for row in VISIBLE])
def test_hidden_characters_are_shown(text: str, expected: str, reason: str) -> None:
    assert visible(text) == expected


@given(st.text())
def test_visible_text_is_stable(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40)), max_size=6))
def test_marks_keep_every_word(text: str, ranges: list[tuple[int, int]]) -> None:
    runs = marked(text, ranges)
    assert plain(runs) == text
    assert all(run.text for run in runs)


def test_marks_join_and_overlap() -> None:
    assert marked("一二三四五", [(2, 4), (0, 3)]) == (Run("一二三四", Mark.SHARED), Run("五"))


def node(
    name: str, kind: ClauseKind, label: str | None, text: str, *children: Clause, heading: str | None = None
) -> Clause:
    return Clause(
        id=name, kind=kind, label=label, text=text, heading=heading, span=Span(0, 1), children=children
    )


OFFICIAL = Document(
    clauses=(
        node("para_1", ClauseKind.PARAGRAPH, None, "为贯彻落实上级文件，现提出以下意见。"),
        node(
            "lvl_2",
            ClauseKind.LEVEL,
            "二、",
            "重点任务",
            node(
                "lvl_2__lvl_1",
                ClauseKind.LEVEL,
                "（一）",
                "构建体系",
                node("lvl_2__lvl_1__lvl_3", ClauseKind.LEVEL, "3.", "支持创新。"),
                node(
                    "lvl_2__lvl_1__measure_1",
                    ClauseKind.MEASURE,
                    None,
                    "加快集聚。引导企业。",
                    heading="加快集聚",
                ),
                node("lvl_2__lvl_1__para_1", ClauseKind.PARAGRAPH, None, "一般说明。"),
            ),
            heading="重点任务",
        ),
    )
)
STATUTE = Document(
    clauses=(
        node(
            "chp_1",
            ClauseKind.CHAPTER,
            "第一章",
            "总则",
            node(
                "chp_1__art_2",
                ClauseKind.ARTICLE,
                "第二条",
                "",
                node(
                    "chp_1__art_2__para_2",
                    ClauseKind.PARAGRAPH,
                    None,
                    "有下列情形之一的：",
                    node("chp_1__art_2__para_2__subpara_1", ClauseKind.SUBPARAGRAPH, "（一）", "甲；"),
                ),
            ),
            heading="总则",
        ),
    )
)
ADDRESSES = [
    (OFFICIAL, "para_1", "第一段", "an opening paragraph has no number to cite"),
    (OFFICIAL, "lvl_2", "二", "marks after the number are left out"),
    (OFFICIAL, "lvl_2__lvl_1", "二（一）", "levels add up"),
    (OFFICIAL, "lvl_2__lvl_1__lvl_3", "二（一）3", "down to 1."),
    (OFFICIAL, "lvl_2__lvl_1__measure_1", "二（一） 加快集聚", "a measure is cited by its run-in heading"),
    (OFFICIAL, "lvl_2__lvl_1__para_1", "二（一）", "an unnumbered paragraph by what it stands under"),
    (STATUTE, "chp_1__art_2", "第二条", "articles are cited without their chapter"),
    (STATUTE, "chp_1__art_2__para_2", "第二条第二款", "款 are counted"),
    (STATUTE, "chp_1__art_2__para_2__subpara_1", "第二条第二款（一）", "项 under a 款"),
    (STATUTE, "art_99", "art_99", "an unknown id stands for itself"),
]


@pytest.mark.parametrize(
    ("document", "clause", "address", "reason"), ADDRESSES, ids=[row[3] for row in ADDRESSES]
)
def test_addresses_are_what_a_memo_would_cite(
    document: Document, clause: str, address: str, reason: str
) -> None:
    assert Outline(document).place(clause).address == address


def test_small_outermost_clauses_form_one_chapter() -> None:
    articles = tuple(node(f"art_{n}", ClauseKind.ARTICLE, f"第{n}条", "内容。") for n in range(1, 5))
    outline = Outline(Document(clauses=articles))
    assert {outline.place(article.id).chapter for article in articles} == {"art_1"}
    assert outline.chapter_title("art_1") == "第1条–第4条"


@given(st.text(max_size=20), st.text(max_size=20))
def test_anchors_are_safe_and_distinct(one: str, other: str) -> None:
    first, second = anchor("s", one), anchor("s", other)
    assert first.isascii()
    assert not set(first) & set(" \"'<>&#")
    # A name that already looks escaped could meet an escaped one; ids the parser gives never do.
    if "." not in one + other:
        assert (first == second) == (one == other)


def strip(*lengths: int) -> Strip:
    lines = tuple(StripLine("", "", (StripCell("adopted", "a", ""),) * length) for length in lengths)
    return Strip("s", "", "", (), lines)


def test_strips_share_a_scale_and_fit() -> None:
    drawn = boxes(strip(3, 200))
    assert float(drawn[1][-1].x) + float(drawn[1][-1].width) <= WIDTH
    assert drawn[0][1].x == drawn[1][1].x


def test_strips_of_nothing() -> None:
    assert boxes(strip()) == ()
    assert boxes(strip(0)) == ((),)


def test_ribbons_fill_the_parts_they_join() -> None:
    flow = Flow(
        "f", "", ("甲", "乙"), ("丙", "丁"), (Ribbon(0, 0, 3), Ribbon(0, 1, 1), Ribbon(1, 1, 4)), ("", "", "")
    )
    drawn = drawn_flow(flow)
    assert [part.sentences for part in drawn.sources] == [4, 4]
    assert [part.sentences for part in drawn.targets] == [3, 5]
    assert float(drawn.sources[0].height) == float(drawn.sources[1].height)
    assert len(drawn.bands) == 3


NUMBERS = [
    (
        "实现到2023年",
        "实现到2020年",
        (0, 5),
        "实现到",
        "the year is cut: only the words before it are shared",
    ),
    ("力争2025年建成", "力争2020年建成", (0, 4), "力争", "digits at the end of a run"),
    ("7.5%以上", "7.0%以上", (0, 2), "", "a decimal is one number"),
    ("资助30%", "资助30%", (0, 5), "资助30%", "a whole number stays marked"),
    ("1,000家", "1,200家", (0, 2), "", "thousands"),
    ("二〇二三年", "二〇二〇年", (0, 3), "", "Chinese figures"),
    ("第12条", "第12条", (0, 4), "第12条", "nothing is lost where both texts agree"),
    ("15日内", "5日内", (1, 4), "日内", "the number differs at its beginning"),
    ("２０２３年", "２０２０年", (0, 3), "", "digits of full width"),
    ("百分之五十", "百分之五", (0, 4), "", "a Chinese numeral that goes on"),
    (
        "健全市场监管机制",
        "健全市场监督机制",
        (0, 5),
        "健全",
        "市场监管 is one word: half of it is not shared",
    ),
    ("鼓励企业参与标准", "鼓励企业参加标准", (0, 5), "鼓励企业", "参与 and 参加 share a character, no word"),
    ("区教育的", "市教委的", (1, 2), "", "one character stands in any two sentences"),
]


@pytest.mark.parametrize(("local", "superior", "span", "expected", "_reason"), NUMBERS)
def test_marks_never_cut_numbers_or_words(
    local: str, superior: str, span: tuple[int, int], expected: str, _reason: str
) -> None:
    shift = superior.find("5日") - local.find("5日") if "5日" in local else 0
    given_ = SharedSpan(span[0], span[1], span[0] + shift, span[1] + shift)
    kept = whole_words((given_,), local, superior)
    assert "".join(local[each.local_start : each.local_end] for each in kept) == expected


def test_width_alone_is_not_marked() -> None:
    """(一) and （一） differ in width only, which is no change."""
    wording = (
        Wording(WordingOp.DELETE, "(一)"),
        Wording(WordingOp.INSERT, "（一）"),
        Wording(WordingOp.EQUAL, "本人"),
        Wording(WordingOp.DELETE, "三"),
        Wording(WordingOp.INSERT, "五"),
    )
    assert [run.mark for run in old_side(wording)] == [Mark.PLAIN, Mark.PLAIN, Mark.DELETE]
    assert [run.mark for run in new_side(wording)] == [Mark.PLAIN, Mark.PLAIN, Mark.INSERT]


NAMES = [
    ("a.html", Format.HTML),
    ("a.HTM", Format.HTML),
    ("a.md", Format.MARKDOWN),
    ("dir.x/a.docx", Format.DOCX),
    ("a.xlsx", Format.XLSX),
    ("a.csv", Format.CSV),
    ("a.json", Format.JSON),
    ("a.txt", Format.TERMINAL),
    ("a.pdf", None),
    ("html", None),
]


@pytest.mark.parametrize(("name", "form"), NAMES)
def test_a_file_name_chooses_the_format(name: str, form: Format | None) -> None:
    assert format_for(name) is form


SHAPES = [
    (3, "adopted loosened", 1, "▼", "looser"),
    (3, "adopted tightened", 1, "▲", "stricter"),
    (3, "adopted different", 1, "◆", "otherwise"),
    (3, "modified substance", 1, "●", "a change of substance"),
    (3, "modified", 0, "", "a change of wording has no shape"),
    (3, "omitted", 0, "", "what is left out has none"),
    (110, "modified substance", 1, "●", "cells of five units still hold a shape"),
    (300, "modified substance", 0, "", "narrower ones hold none, and the key names none"),
]


@pytest.mark.parametrize(("number", "kind", "shapes", "sign", "reason"), SHAPES)
def test_a_shape_is_drawn_where_it_fits_and_named_below(
    number: int, kind: str, shapes: int, sign: str, reason: str
) -> None:
    cells = (StripCell(kind, "a", "t"), *(StripCell("unchanged", "a", "t") for _ in range(number - 1)))
    strip = Strip("s", "s", "h", (("modified", "修改"),), (StripLine("一", "a", cells),))
    page = Page("revision", "t", (), (Table("t", "t", (), ()),), "t", pictures=(strip,))
    shown = to_html(page, catalog("zh"), RenderOptions())
    assert shown.count("<path d=") == shapes, reason
    assert (f'data-sign="{sign}"' in shown) == bool(sign), reason


def test_a_flow_leaves_out_parts_that_nothing_leaves_or_reaches() -> None:
    head = ("上位", "本级", "语句")
    (drawn,) = flow("流向", ["甲", "乙", "丙"], ["一", "二", "三"], {(0, 2): 3, (2, 0): 1, (1, 1): 0}, head)
    assert (drawn.sources, drawn.targets) == (("甲", "丙"), ("一", "三"))
    assert [(each.source, each.target, each.number) for each in drawn.ribbons] == [(0, 1, 3), (1, 0, 1)]
    assert flow("流向", ["甲"], ["一", "二"], {(0, 0): 0}, head) == ()
    assert flow("流向", ["甲"], ["一"], {(0, 0): 2}, head) == ()


def test_a_superior_that_nothing_was_adopted_from_is_told_in_one_sentence() -> None:
    local = parse("某区办法\n第一条 企业应当在三十日内办理登记。\n第二条 区商务委负责登记。")
    above = parse(
        "某市办法\n第一条 企业应当在三十日内办理登记。\n第二条 市商务委负责登记。\n第三条 违反本办法的，处一千元罚款。"
    )
    other = parse(
        "某市渔业条例\n" + "\n".join(f"第{n}条 养殖户应当按照规定投放{n}种鱼苗。" for n in "一二三四五六")
    )
    found = page_of(compare(local, above, other), catalog("zh"))
    (missing,) = (each for each in found.findings if each.name == "missing")
    assert missing.number == 7
    assert [plain(each.words) for each in missing.entries] == ["违反本办法的，处一千元罚款"]
    assert missing.others == "[2] 某市渔业条例的 6 条（该文件没有已承接的举措）"
