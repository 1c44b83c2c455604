"""Redlines of small files: accepted they say what the new file says, rejected they are the old file."""

import io
import re
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from benchmarks.redline_check import faults, view
from policydiff.errors import UsageError
from policydiff.redlining import Existing, RedlineChoices, RedlineRefusedError, Refusal
from policydiff.redlining.drawing_up import make_redline
from tests.redlining.conftest import docx, note, p, table

A, B, C = (
    "第一条　企业应当在三十日内备案。",
    "第二条　主管部门可以公示名单。",
    "第三条　违反规定的处五万元罚款。",
)
BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></w:drawing>'
    "</mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
BARE_BOX = "<w:r><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></w:drawing></w:r>"
FIELD = '<w:fldSimple w:instr=" REF {0} "><w:r><w:t>{1}</w:t></w:r></w:fldSimple>'
STYLED = '<w:pStyle w:val="h"/>'
CONTROL = "<w:sdt><w:sdtPr/><w:sdtContent>{0}</w:sdtContent></w:sdt>"
SECTION = "<w:sectPr/>"
CONTROLLED_CELLS = (
    "<w:tbl><w:tblPr/><w:tblGrid>{0}</w:tblGrid><w:tr>"
    + CONTROL.format(f"<w:tc><w:tcPr/>{p('研发补助')}</w:tc>")
    + f"{{1}}<w:tc><w:tcPr/>{p('30万元')}</w:tc></w:tr></w:tbl>"
)

PAGE = '<w:sectPr><w:type w:val="nextPage"/></w:sectPr>'
HEADED = '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/></w:sectPr>'
CONTROLLED_ROW = (
    "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr/><w:p><w:r><w:t>期限</w:t></w:r></w:p></w:tc></w:tr>"
    "<w:sdt><w:sdtPr/><w:sdtContent><w:tr><w:tc><w:tcPr/><w:p><w:r><w:t>三十日</w:t></w:r></w:p></w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>"
)
NOTED_TABLE = table(("甲", "1"), ("乙", "2")).replace(
    '<w:t xml:space="preserve">乙</w:t></w:r>', f"<w:t>乙</w:t></w:r>{note(2)}"
)
FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:rPr><w:b/></w:rPr><w:instrText> HYPERLINK \\l _Toc1 </w:instrText></w:r>'
    f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{{}}</w:t></w:r>{FIELD_END}'
)

PAIRS = [
    ("nothing", docx(p(A), p(B)), docx(p(A), p(B))),
    ("words", docx(p(A), p(B)), docx(p("第一条　企业可以在六十日内备案。"), p(B))),
    ("paragraph added", docx(p(A), p(C)), docx(p(A), p(B), p(C))),
    ("paragraph removed", docx(p(A), p(B), p(C)), docx(p(A), p(C))),
    ("last paragraph removed", docx(p(A), p(B)), docx(p(A))),
    ("last paragraph added", docx(p(A)), docx(p(A), p(B))),
    ("all replaced", docx(p(A)), docx(p("完全不同的文字"), p("另一段"))),
    ("moved", docx(p(A), p(B), p(C)), docx(p(C), p(A), p(B))),
    ("split", docx(p(A + B)), docx(p(A), p(B))),
    ("merged", docx(p(A), p(B)), docx(p(A + B))),
    ("empty paragraphs", docx(p(A), p(), p(B)), docx(p(), p(A), p(B), p())),
    (
        "row added",
        docx(table(("甲", "1"), ("乙", "2")), p(A)),
        docx(table(("甲", "1"), ("丙", "3"), ("乙", "2")), p(A)),
    ),
    ("row removed", docx(table(("甲", "1"), ("乙", "2")), p(A)), docx(table(("乙", "2")), p(A))),
    (
        "rows moved",
        docx(table(("甲一", "1"), ("乙二", "2"), ("丙三", "3")), p(A)),
        docx(table(("丙三", "3"), ("甲一", "1"), ("乙二", "2")), p(A)),
    ),
    (
        "column added",
        docx(table(("甲", "1"), ("乙", "2")), p(A)),
        docx(table(("甲", "1", "x"), ("乙", "2", "y")), p(A)),
    ),
    (
        "column removed",
        docx(table(("甲", "1", "x"), ("乙", "2", "y")), p(A)),
        docx(table(("甲", "x"), ("乙", "y")), p(A)),
    ),
    ("table removed", docx(p(A), table(("甲", "1")), p(B)), docx(p(A), p(B))),
    ("table added", docx(p(A), p(B)), docx(p(A), table(("甲", "1")), p(B))),
    (
        "paragraph before a table removed",
        docx(p(A), p(B), table(("甲", "1")), p(C)),
        docx(p(A), table(("甲", "1")), p(C)),
    ),
    ("cell words", docx(table(("研发补助", "30万元")), p(A)), docx(table(("研发补助", "50万元")), p(A))),
    (
        "note changed",
        docx(p(A, more=note(1)), notes={1: "每月500元"}),
        docx(p(A, more=note(1)), notes={1: "每月600元"}),
    ),
    (
        "note added first",
        docx(p(A), p(B, more=note(1)), notes={1: "原注"}),
        docx(p(A, more=note(1)), p(B, more=note(2)), notes={1: "新注", 2: "原注"}),
    ),
    (
        "note removed",
        docx(p(A, more=note(1)), p(B, more=note(2)), notes={1: "甲", 2: "乙"}),
        docx(p(A), p(B, more=note(2)), notes={2: "乙"}),
    ),
    ("notes part added", docx(p(A)), docx(p(A, more=note(1)), notes={1: "新注"})),
    ("header changed", docx(p(A), header=p("征求意见稿")), docx(p(A), header=p("送审稿"))),
    ("header added", docx(p(A)), docx(p(A), header=p("送审稿"))),
    ("header removed", docx(p(A), header=p("送审稿")), docx(p(A))),
    (
        "box changed",
        docx(p(A, more=BOX.format(p("旧文号")))),
        docx(p(A, more=BOX.format(p("新文号") + p("二")))),
    ),
    (
        "field changed",
        docx(p(A, more=FIELD.format("a", "第二条"))),
        docx(p(A, more=FIELD.format("a", "第三条"))),
    ),
    ("style changed", docx(p(A), p(B)), docx(p(A, STYLED), p(B))),
    (
        "words in a control",
        docx(CONTROL.format(p(A)), p(B)),
        docx(CONTROL.format(p("第一条　企业可以备案。")), p(B)),
    ),
    ("section added", docx(p(A), p(B)), docx(p(A, SECTION), p(B))),
    ("section removed", docx(p(A, SECTION), p(B)), docx(p(A), p(B))),
    (
        "section added before a table",
        docx(p(A), p(B), table(("甲", "1")), p(C)),
        docx(p(A), p(B), p("", SECTION), table(("甲", "1")), p(C)),
    ),
    (
        "section added behind a table",
        docx(p(A), table(("甲", "1")), p(C)),
        docx(p(A), table(("甲", "1")), p("", SECTION), p(C)),
    ),
    (
        "box with and without spare",
        docx(p(A, more=BOX.format(p("文号")))),
        docx(p(A, more=BARE_BOX.format(p("文号")))),
    ),
    (
        "box with spare twice",
        docx(p(A, more=BOX.format(p("文号"))), p(B, more=BOX.format(p("二")))),
        docx(p(A, more=BOX.format(p("文号一"))), p(B, more=BARE_BOX.format(p("二")))),
    ),
    (
        "column beside a cell in a control",
        docx(CONTROLLED_CELLS.format("<w:gridCol/>" * 2, ""), p(A)),
        docx(CONTROLLED_CELLS.format("<w:gridCol/>" * 3, f"<w:tc><w:tcPr/>{p('企业')}</w:tc>"), p(A)),
    ),
    (
        "same paragraphs over and over",
        docx(*(p(text) for _ in range(80) for text in (A, B, C))),
        docx(*(p(text) for k in range(80) for text in (A, B, C) if k % 9 or text != B), p("新")),
    ),
    (
        "section in front of one with a header",
        docx(p(A), p("", HEADED), p(B), header=p("机密")),
        docx(p("前言"), p("", PAGE), p(A), p("", HEADED), p(B), header=p("机密")),
    ),
    (
        "section behind one with a header, which goes on",
        docx(p(A), p("", HEADED), p(B), header=p("机密")),
        docx(p(A), p("", HEADED), p(B), p("", PAGE), p(C), header=p("机密")),
    ),
    (
        "section without settings between two",
        docx(p(A), p("", PAGE), p(B), p("", PAGE), p(C)),
        docx(p(A), p("", PAGE), p("附件"), p("", SECTION), p(B), p("", PAGE), p(C)),
    ),
    (
        "settings of the second section",
        docx(p(A), p("", SECTION), p(B), p("", SECTION), p(C)),
        docx(p(A), p("", SECTION), p(B), p("", PAGE), p(C)),
    ),
    ("table with a row in a control", docx(p(A)), docx(p(A), CONTROLLED_ROW)),
    (
        "table with a row in a control elsewhere",
        docx(CONTROLLED_ROW, p(A), p(B)),
        docx(p(B), CONTROLLED_ROW, p(A)),
    ),
    (
        "note in a new row",
        docx(p(A, more=note(1)), table(("甲", "1")), notes={1: "注一"}),
        docx(p(A, more=note(1)), NOTED_TABLE, notes={1: "注一", 2: "注二"}),
    ),
    (
        "note in a new table",
        docx(p(A, more=note(1)), notes={1: "注一"}),
        docx(p(A, more=note(1)), NOTED_TABLE, notes={1: "注一", 2: "注二"}),
    ),
    (
        "note in the words of a field",
        docx(p(A, more=note(1) + FIELD.format("甲")), notes={1: "注一"}),
        docx(
            p(A, more=note(1) + FIELD.format(f"乙</w:t></w:r>{note(2)}<w:r><w:t>丙")),
            notes={1: "注一", 2: "注二"},
        ),
    ),
    (
        "field that ends in the next paragraph",
        docx(p(A, more=FIELD.format("第一节总则"))),
        docx(p(A, more=FIELD.format("第一").removesuffix(FIELD_END)), p("节总则", more=FIELD_END)),
    ),
    (
        "tab and break",
        docx(p(A, more="<w:r><w:tab/><w:t>甲</w:t><w:br/></w:r>")),
        docx(p(A, more="<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r>")),
    ),
]


@pytest.mark.parametrize(("old", "new"), [each[1:] for each in PAIRS], ids=[each[0] for each in PAIRS])
def test_accepted_it_is_the_new_text_and_rejected_the_old(old: bytes, new: bytes) -> None:
    assert faults(old, new, make_redline(old, new).file) == []


SECTIONS = [
    (
        "the section that is left gets the header of the one taken out: rejected, it would no longer go on with it",
        docx(p(A), p("", HEADED), p(B), p("", PAGE), p(C), header=p("机密")),
        docx(p(A), p(B), p("", HEADED.replace("</", '<w:type w:val="nextPage"/></')), p(C), header=p("机密")),
    ),
    (
        "the second section gets a header of its own: rejected, it would no longer go on with the first one's",
        docx(p(A), p("", HEADED), p(B), p("", PAGE), p(C), header=p("机密")),
        docx(p(A), p("", PAGE), p(B), p("", HEADED), p(C), header=p("机密")),
    ),
]


@pytest.mark.parametrize(("old", "new"), [each[1:] for each in SECTIONS], ids=[each[0] for each in SECTIONS])
def test_headers_that_no_mark_can_give_back_are_refused(old: bytes, new: bytes) -> None:
    with pytest.raises(RedlineRefusedError) as refused:
        make_redline(old, new)
    assert (refused.value.reason, refused.value.part) == (Refusal.UNMARKABLE, "word/document.xml")


SMALL = [
    (
        "《关于审理人身损害赔偿案件的解释》",
        "《关于审理人身损害赔偿案件的新解释》",
        1,
        "a word of a long title",
    ),
    ("《仲裁法》", "《劳动法》", 10, "two titles: .6 of neither is the other's"),
    ("《城市供水管理条例》", "《城市供水条例》", 6, "管理条例 is one word"),
    (
        "《中华人民共和国仲裁法》和《规定》",
        "《中华人民共和国海商法》和《规定》",
        6,
        "a word at the end of a long title",
    ),
]


@pytest.mark.parametrize(("old", "new", "most", "why"), SMALL, ids=[row[3] for row in SMALL])
def test_a_title_of_which_some_words_changed_is_marked_by_its_words(
    old: str, new: str, most: int, why: str
) -> None:
    sides = docx(p(f"根据{old}，制定本条例。")), docx(p(f"根据{new}，制定本条例。"))
    redline = make_redline(*sides)
    assert faults(*sides, redline.file) == []
    assert redline.inserted + redline.deleted <= most, why


def test_a_column_marks_no_other_cell_where_one_stands_in_a_control() -> None:
    old, new = next((each[1], each[2]) for each in PAIRS if each[0] == "column beside a cell in a control")
    redline = make_redline(old, new)
    assert redline.deleted == 0
    assert b"cellIns" in zipfile.ZipFile(io.BytesIO(redline.file)).read("word/document.xml")


@pytest.mark.parametrize(("old", "new"), [each[1:] for each in PAIRS], ids=[each[0] for each in PAIRS])
def test_the_way_back_is_a_redline_too(old: bytes, new: bytes) -> None:
    assert faults(new, old, make_redline(new, old).file) == []


WORDS = st.text(alphabet="甲乙丙丁。，", min_size=0, max_size=9)
BLOCKS = st.lists(
    st.one_of(
        WORDS.map(p), st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=3).map(lambda rows: table(*rows))
    ),
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(BLOCKS, BLOCKS)
def test_any_two_bodies(old: list[str], new: list[str]) -> None:
    files = docx(*old, p("末")), docx(*new, p("末"))
    assert faults(*files, make_redline(*files).file) == []


MARKS = [
    ("a split marks nothing but the end", docx(p(A + B)), docx(p(A), p(B)), 0, 0),
    ("items mark their numbers", docx(p("包括甲类企业、乙类企业。")), docx(p("包括"), p("（一）甲类企业、"), p("（二）乙类企业。")), 6, 0),
    ("a move marks no words", docx(p(A), p(B), p(C)), docx(p(B), p(C), p(A)), 0, 0),
    ("numbers stay whole", docx(p("处五十元罚款")), docx(p("处五百元罚款")), 3, 3),
    ("another cached page number is no change", docx(p(A, more=FIELD.format("x", "1").replace("REF x", "PAGE"))), docx(p(A, more=FIELD.format("x", "2").replace("REF x", "PAGE"))), 0, 0),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "inserted", "deleted"), [each[1:] for each in MARKS], ids=[each[0] for each in MARKS]
)
def test_only_what_changed_is_marked(old: bytes, new: bytes, inserted: int, deleted: int) -> None:
    result = make_redline(old, new)
    assert (result.inserted, result.deleted) == (inserted, deleted)


def test_a_move_is_a_move_of_word(body_of) -> None:
    result = make_redline(docx(p(A), p(B), p(C)), docx(p(B), p(C), p(A)))
    body = body_of(result.file)
    assert result.moved == 1
    names = re.findall(r'<w:move(?:From|To)RangeStart [^>]*w:name="([^"]+)"', body)
    assert len(names) == 2
    assert len(set(names)) == 1


@pytest.mark.parametrize(
    ("words", "moved"), [("附则第一二三", 0), ("附则第一二三四五", 1)], ids=["7 too short", "8 enough"]
)
def test_few_words_elsewhere_are_no_move(words: str, moved: int) -> None:
    assert make_redline(docx(p(words), p(B), p(C)), docx(p(B), p(C), p(words))).moved == moved


def test_fallback_follows_choice(body_of) -> None:
    old, new = (docx(p(A, more=BOX.format(p(words)))) for words in ("旧文号", "新文号"))
    body = body_of(make_redline(old, new).file)
    choice, fallback = body.split("<mc:Fallback")
    assert choice.count("<w:delText") == fallback.count("<w:delText") == 1


def test_notes_stand_in_call_order(body_of) -> None:
    old = docx(p(A), p(B, more=note(1)), notes={1: "原注"})
    new = docx(p(A, more=note(1)), p(B, more=note(2)), notes={1: "新注", 2: "原注"})
    part = body_of(make_redline(old, new).file, "word/footnotes.xml")
    assert part.index("新注") < part.index("原注")


TRACKED = p(more='<w:ins w:id="7" w:author="李"><w:r><w:t>已插入</w:t></w:r></w:ins><w:del w:id="8" w:author="李"><w:r><w:delText>已删除</w:delText></w:r></w:del><w:r><w:t>其余文字</w:t></w:r>')  # fmt: skip


def test_changes_of_others_are_kept_apart(body_of) -> None:
    old, new = docx(TRACKED), docx(p("已插入其余新文字"))
    result = make_redline(old, new)
    body = body_of(result.file)
    assert body.count('w:author="李"') == 2
    assert view(result.file, "accept").body == view(new, "accept").body
    assert view(result.file, "reject").body == view(old, "reject").body


@pytest.mark.parametrize(
    ("existing", "text"), [(Existing.ACCEPT, "已插入其余文字"), (Existing.REJECT, "已删除其余文字")]
)
def test_changes_of_others_are_settled_on_request(existing: Existing, text: str, body_of) -> None:
    result = make_redline(docx(TRACKED), docx(p("其余新文字")), RedlineChoices(existing=existing))
    assert 'w:author="李"' not in body_of(result.file)
    assert view(result.file, "reject").body == view(docx(p(text)), "reject").body


def test_author_and_date_are_as_asked(body_of) -> None:
    pair = docx(p(A)), docx(p(B))
    plain = body_of(make_redline(*pair).file)
    assert "w:date" not in plain
    signed = body_of(make_redline(*pair, RedlineChoices(author="张三", date="2026-01-31T00:00:00Z")).file)
    assert 'w:author="张三"' in signed
    assert 'w:date="2026-01-31T00:00:00Z"' in signed
    assert make_redline(*pair).file == make_redline(*pair).file


NO_CHOICES: list[dict[str, Any]] = [
    {"author": " "},
    {"author": 3},
    {"author": None},
    {"author": b"someone"},
    {"date": "gestern"},
    {"date": "2026-01-31"},
    {"date": 20260131},
    {"date": datetime(2026, 1, 31, tzinfo=UTC)},
    {"existing": "keep"},
    {"existing": None},
    {"existing": True},
]


@pytest.mark.parametrize("choices", NO_CHOICES, ids=str)
def test_choices_that_are_none(choices: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        RedlineChoices(**choices)


def test_references_that_follow_stay_unmarked_on_request(body_of) -> None:
    old = docx(
        p("第一条　甲应当备案。"),
        p("第二条　乙应当公示名单并说明理由。"),
        p("第三条　违反本办法第二条规定的，处五万元罚款。"),
    )
    new = docx(
        *(
            p("第一条　甲应当备案。"),
            p("第二条　新增的一条另有规定，自公布之日起执行。"),
            p("第三条　乙应当公示名单并说明理由。"),
        ),
        p("第四条　违反本办法第三条规定的，处五万元罚款。"),
    )
    loud, quiet = make_redline(old, new), make_redline(old, new, RedlineChoices(quiet_references=True))
    assert quiet.quiet == 1
    assert quiet.deleted == loud.deleted - 3
    assert view(quiet.file, "accept").body == view(new, "accept").body


REFUSED = [
    ("no package", b"plain text", Refusal.NOT_WORD, "the package"),
    ("cut off", docx(p(A))[:-40], Refusal.NOT_WORD, "the package"),
]


@pytest.mark.parametrize(
    ("old", "reason", "part"), [each[1:] for each in REFUSED], ids=[each[0] for each in REFUSED]
)
def test_what_is_no_word_file_is_refused(old: bytes, reason: Refusal, part: str) -> None:
    with pytest.raises(RedlineRefusedError) as caught:
        make_redline(old, docx(p(A)))
    assert (caught.value.reason, caught.value.part) == (reason, part)


def test_a_document_type_is_refused_and_its_part_named() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx(p(A)))) as came, zipfile.ZipFile(stream, "w") as packed:
        for name in came.namelist():
            content = came.read(name)
            if name == "word/document.xml":
                content = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + content.replace(
                    b"\xe7\xac\xac", b"&e;", 1
                )
            packed.writestr(name, content)
    with pytest.raises(RedlineRefusedError, match=r"word/document\.xml"):
        make_redline(stream.getvalue(), docx(p(B)))


PLAIN = [
    ("words", docx(p(A), p(B)), "第一条 企业可以在三十日内备案。\n" + B, "企业可以在三十日内备案。"),
    ("paragraph added", docx(p(A), p(C)), f"{A}\n{B}\n{C}", B),
    ("cell", docx(table(("甲", "1"), ("乙", "2")), p(A)), f"| 甲 | 1 |\n| 乙 | 3 |\n{A}", "3"),
    ("row", docx(table(("甲", "1"), ("乙", "2")), p(A)), f"| 甲 | 1 |\n| 乙 | 2 |\n| 丙 | 3 |\n{A}", "丙"),
    ("note", docx(p(A, more=note(1)), notes={1: "旧注"}), f"{A}[^1]\n[^1]: 新注", "新"),
]


@pytest.mark.parametrize(
    ("old", "new", "shown"), [each[1:] for each in PLAIN], ids=[each[0] for each in PLAIN]
)
def test_a_text_may_be_the_new_side(old: bytes, new: str, shown: str) -> None:
    result = make_redline(old, new)
    assert result.changed
    assert shown.rsplit("　", maxsplit=1)[-1] in str(view(result.file, "accept"))
    assert view(result.file, "reject").body == view(old, "reject").body


def test_a_text_that_says_the_same_marks_nothing() -> None:
    assert not make_redline(docx(p(f"　　{A}"), p(), p(B)), f"{A}\n{B}\n").changed
