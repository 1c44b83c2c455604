"""What must hold for any text."""

import pytest
from hypothesis import given, settings, strategies as st

from benchmarks.accounting import unaccounted
from policydiff.lexicon.numerals import to_chinese
from policydiff.model import Clause, ClauseKind, Document, Grammar
from policydiff.parsing import parse_text, parse_with_rest

_LINES = st.sampled_from(
    [
        "# 某某条例", "某某市人民政府文件", "某政发〔2021〕17号", "某某市人民政府关于印发某某办法的通知", "各区人民政府：",
        "各区人民政府：现印发给你们，请遵照执行。", "2021年11月29日", "某某市人民政府 2021年11月29日", "（此件公开发布）",
        "抄送：市委各部门。", "附件1", "附件：1.某某名单", "附件2：某某目录", "某某市实施办法（试行）", "目  录", "第一编 总则",
        "第一章 总则", "第二章", "第一节 一般规定", "第一条 为了规范，制定本办法。", "第二条", "第二条之一 规定：",
        "第三条规定的情形，以及", "（一）甲；", "（二）乙。", "(1)丙", "1.丁。戊己庚辛。", "2、丁", "3.5亿元", "①己", "一是庚；",
        "二是辛。", "一、总体要求", "二、重点任务。加快推进某某建设发展。（责任部门：市科委） 加强组织领导工作。落实责任。",
        "加快产业集聚发展。推动企业在本地落户，形成产业链。", "以上意见供参考。", "“第五条 修改为：", "修改为：“第六条 甲乙丙。",
        "丁。”", "序号\t名称\t备注", "1\t甲\t", "| 甲 | 乙 |", "|---|---|", "孙某某　　某部部长", "李　某　　某厅厅长", "— 3 —",
        "当前位置：首页 > 文件", "主题词：经济 管理 通知", "1.1 目的", "1.2 依据", "1　总则", "2020年5月14日 某某会议通过", ">", "#",
        "本办法自2021年1月1日起施行，有效期5年。", "为贯彻落实国家有关要求，加快推动重点产业的培育和发展，打造新的增长", "极。",
        "版权所有：某某局", "主办：某某中心", "京ICP备12345678号", "依照本办法的有关规定并且按照法律", "第三条处罚。",
        "做到：一是甲；二是乙：①丙；②丁。戊。", "一是甲。二是（乙。", "（1）甲； （2）《乙；（3）丙", "1.要求。（1）甲；（2）乙。",
    ]
)  # fmt: skip
_BREAKS = st.sampled_from(["\n", "\n\n", "\r\n", "\n　　", "\u2028", "\n\u200b\n", " "])
_TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.tuples(_LINES, _BREAKS), max_size=25).map(
        lambda lines: "".join(line + end for line, end in lines)
    ),
    st.text(
        alphabet=st.sampled_from("第一二十条章、（）()1.23①\n\t 　“”：。；《》附件年月日|#甲乙"), max_size=120
    ),
)


@settings(max_examples=400, deadline=None)
@given(_TEXTS)
def test_any_text_is_parsed_and_every_character_accounted_for(text: str) -> None:
    document, rest = parse_with_rest(text)
    assert unaccounted(text, document, rest) == []


@settings(max_examples=200, deadline=None)
@given(_TEXTS)
def test_ids_are_unique_spans_lie_in_the_text_and_a_second_parse_is_the_same(text: str) -> None:
    document = parse_text(text)
    ids = [clause.id for clause in document.walk()]
    assert len(ids) == len(set(ids))
    assert all(0 <= clause.span.start <= clause.span.end <= len(text) for clause in document.walk())
    assert all(
        child.id.startswith(f"{clause.id}__") for clause in document.walk() for child in clause.children
    )
    assert parse_text(text) == document


@settings(deadline=None)
@given(_TEXTS)
def test_the_result_is_a_valid_document(text: str) -> None:
    document = parse_text(text)
    assert Document.model_validate(document.model_dump()) == document


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("第{}条 应当遵守本办法第三条的规定。", ClauseKind.ARTICLE),
        ("{}、各部门应当做好工作。", ClauseKind.LEVEL),
        ("（{}）各部门应当做好工作。", ClauseKind.LEVEL),
    ],
)
@settings(deadline=None)
@given(count=st.integers(1, 130))
def test_clauses_numbered_in_sequence_are_all_found(form: str, kind: ClauseKind, count: int) -> None:
    text = "\n".join(form.format(to_chinese(number)) for number in range(1, count + 1))
    found = [clause for clause in parse_text(text).walk() if clause.kind is kind]
    assert [clause.number for clause in found] == [str(number) for number in range(1, count + 1)]


@settings(deadline=None)
@given(chapters=st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=4), min_size=1, max_size=4))
def test_statutes_keep_their_shape(chapters: list[list[int]]) -> None:
    """Each number is how many 项 an article has; articles are numbered through the chapters."""
    lines: list[str] = []
    article = 0
    for chapter, articles in enumerate(chapters, start=1):
        lines.append(f"第{to_chinese(chapter)}章　总则")
        for entries in articles:
            article += 1
            lines.append(f"第{to_chinese(article)}条　应当具备下列条件：")
            lines.extend(f"（{to_chinese(entry)}）有章程；" for entry in range(1, entries + 1))
    document = parse_text("\n".join(lines))
    assert document.grammar is Grammar.LEGISLATION
    assert [[len(node.children) for node in chapter.children] for chapter in document.clauses] == chapters


@pytest.mark.parametrize(
    "hostile",
    [
        "第" * 30000, "（" * 30000, "一、" * 20000, "“" * 20000, "1." * 20000, "\t" * 30000, "|" * 30000, "　" * 30000,
        "甲　　乙" * 8000, "（责任部门：" * 6000, "年" * 30000, "2021年11月29日" * 4000, "关于" * 20000, "《" * 30000,
        "：一是甲；二是乙" * 6000, "一是甲；" * 10000, "①：" * 20000, "\n".join("一是甲；二是乙。" for _ in range(4000)),
        "\n".join("一、甲" for _ in range(4000)), "\n".join(f"第{to_chinese(n % 9999)}条" for n in range(4000)),
        "\n".join("附件" for _ in range(2000)), "\n".join("某某市人民政府" for _ in range(4000)),
        "\n".join("目录" for _ in range(2000)), "\n".join("某某办法" for _ in range(4000)),
    ],
)  # fmt: skip
def test_hostile_texts_are_read_to_their_end(hostile: str) -> None:
    document, rest = parse_with_rest(hostile)
    assert unaccounted(hostile, document, rest) == []


def test_a_document_with_words_alone_keeps_them() -> None:
    assert [clause.text for clause in parse_text("甲乙丙").walk()] == ["甲乙丙"]
    assert parse_text("").clauses == ()


def test_spans_point_at_the_printed_characters() -> None:
    text = "一、总 体\n要求\n\n（一）加 快\u3000发展。做好工作安排。"
    clause = parse_text(text).find("lvl_1__lvl_1")
    assert isinstance(clause, Clause)
    assert text[clause.span.start : clause.span.end] == "（一）加 快\u3000发展。做好工作安排。"
    assert clause.text == "加快发展。做好工作安排。"


MARKS_OF_TABLES = [
    "|\t\t0", "|\t0", "\t|\t0", "||", "|a", "a|\t\tb", "| |\t\t|", "|^^|\t\t1", "|> a\t\tb", "|<br>|\t\t0", "\\|\t\ta\tb",
    "| a |\t\t0", "[^1]|\t\t0", "[^1]: \t\t|", "第一条|\t\t0", "　|\t\t　0", "|\t\t[^1]\n[^1]: a", "|\n\t\t0", "|\x0b\t\t0",
    "| a | b |\t\n|\t\tc", "|><章\\|\na\tb\tc", "1\\|甲\t乙\t丙", "| 甲\\|乙 | 丙 |", "|> 甲 |",
]  # fmt: skip


@pytest.mark.parametrize("text", MARKS_OF_TABLES)
def test_marks_of_tables_in_odd_places_lose_nothing(text: str) -> None:
    document, rest = parse_with_rest(text)
    assert unaccounted(text, document, rest) == []


@settings(max_examples=300, deadline=None)
@given(st.text("|\t \u3000第一条章节（）1234.、。；：[^]:<br>甲乙\n#>-*~\\①㈠附件目录", max_size=60))
def test_texts_of_marks_lose_nothing(text: str) -> None:
    document, rest = parse_with_rest(text)
    assert unaccounted(text, document, rest) == []
