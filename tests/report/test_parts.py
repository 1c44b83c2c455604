"""The small rules under all renderers: visible characters, marks, addresses, strips, formats."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policydiff.model import Clause, ClauseKind, Document, Span
from policydiff.report import Format, format_for
from policydiff.report.outline import Outline, anchor
from policydiff.report.runs import Mark, Run, marked, plain
from policydiff.report.strip import WIDTH, strips
from policydiff.report.visible import visible

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
    (OFFICIAL, "para_1", "¶1", "an opening paragraph has no number to cite"),
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


def test_strips_share_a_scale_and_fit() -> None:
    drawn = strips([[("adopted", "a", "")] * 3, [("omitted", "b", "")] * 200])
    assert float(drawn[1].width) <= WIDTH
    assert drawn[0].cells[1].x == drawn[1].cells[1].x


def test_strips_of_nothing() -> None:
    assert strips([]) == ()
    assert strips([[]])[0].cells == ()


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
