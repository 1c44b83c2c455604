"""Changes of kinds that no other test has, each beside blocks that both files hold: those are passed over unread."""

import io
import zipfile

import pytest

from benchmarks.redline_check import faults
from policydiff.redlining.drawing_up import make_redline
from tests.redlining.conftest import docx, note, p, table

A, B, C, D, E = (
    "第一条　企业应当在三十日内备案。",
    "第二条　主管部门可以公示名单。",
    "第三条　违反规定的处五万元罚款。",
    "第四条　本办法由市经济信息化委负责解释。",
    "第五条　本办法自印发之日起施行。",
)
ROWS = (("序号", "任务"), ("1", "建设平台"), ("2", "培育企业"), ("3", "引进人才"))
MARKED = '<w:bookmarkStart w:id="9" w:name="条款"/><w:bookmarkEnd w:id="9"/>'
PAGE = '<w:r><w:br w:type="page"/></w:r>'
BREAK = "<w:r><w:br/></w:r>"
TAB = "<w:r><w:tab/></w:r>"
BOLD = f"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{B}</w:t></w:r></w:p>"
LISTED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
CONTROL = '<w:sdt><w:sdtPr><w:tag w:val="名称"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
INSERTED = '<w:p><w:pPr><w:rPr><w:ins w:id="5" w:author="甲"/></w:rPr></w:pPr><w:ins w:id="6" w:author="甲"><w:r><w:t>乙方意见。</w:t></w:r></w:ins></w:p>'
NESTED = (
    "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr/>{}<w:p/></w:tc></w:tr></w:tbl>"
)


def link(words: str) -> str:
    return f'<w:hyperlink w:anchor="条款"><w:r><w:t>{words}</w:t></w:r></w:hyperlink>'


UNSEEN = [
    ("put in behind the last paragraph", docx(p(A), p(B), p(C)), docx(p(A), p(B), p(C), p(D))),
    ("put in before the first", docx(p(B), p(C), p(D)), docx(p(A), p(B), p(C), p(D))),
    ("the last two gone", docx(p(A), p(B), p(C), p(D)), docx(p(A), p(B))),
    ("one of three alike gone", docx(p(A), p(B), p(B), p(B), p(C)), docx(p(A), p(B), p(B), p(C))),
    ("changed, the same, changed", docx(p(A), p(B), p(C), p(D)), docx(p(A + "甲"), p(B), p(C + "乙"), p(D))),
    ("first and last changed", docx(p(A), p(B), p(C), p(D)), docx(p(A[:-3]), p(B), p(C), p(D[:-3]))),
    ("neighbours changed places", docx(p(A), p(B), p(C), p(D)), docx(p(A), p(C), p(B), p(D))),
    ("the first moved behind the last", docx(p(A), p(B), p(C), p(D)), docx(p(B), p(C), p(D), p(A))),
    ("joined with the next", docx(p(A), p(B), p(C), p(D)), docx(p(A), p(B + C), p(D))),
    ("one joined, one divided", docx(p(A), p(B), p(C), p(D), p(E)), docx(p(A + B), p(C), p(D[:8]), p(D[8:]), p(E))),
    ("empty paragraphs between", docx(p(A), p(B), p(C)), docx(p(A), p(), p(), p(B), p(), p(C))),
    ("a line break made a paragraph", docx(p(A), p(B, more=BREAK + "<w:r><w:t>但书。</w:t></w:r>"), p(C)), docx(p(A), p(B), p("但书。"), p(C))),
    ("a tab for a blank", docx(p(A), p("甲", more=TAB + "<w:r><w:t>乙</w:t></w:r>"), p(C)), docx(p(A), p("甲 乙"), p(C))),
    ("a page break gone", docx(p(A), p(B, more=PAGE), p(C)), docx(p(A), p(B), p(C))),
    ("bold alone", docx(p(A), p(B), p(C)), docx(p(A), BOLD, p(C + "甲"))),
    ("a bookmark that only the new file has", docx(p(A), p(B), p(C)), docx(p(A), p(B, more=MARKED), p(C[:-4]))),
    ("a bookmark that only the old file has", docx(p(A), p(B, more=MARKED), p(C)), docx(p(A), p(B), p(C[:-4]))),
    ("a link around words that were there", docx(p(A), p("见条款。"), p(C)), docx(p(A), p("见", more=link("条款") + "<w:r><w:t>。</w:t></w:r>"), p(C))),
    ("a control around words that were there", docx(p(A), p(B), p(C)), docx(p(A), CONTROL.format(p(B)), p(C + "甲"))),
    ("words changed in a control", docx(p(A), CONTROL.format(p(B) + p(D)), p(C)), docx(p(A), CONTROL.format(p(B) + p(D[:-5])), p(C))),
    ("a paragraph before a table gone", docx(p(A), p(B), table(*ROWS), p(C)), docx(p(A), table(*ROWS), p(C))),
    ("a paragraph behind a table put in", docx(p(A), table(*ROWS), p(C)), docx(p(A), table(*ROWS), p(B), p(C))),
    ("two tables change places", docx(p(A), table(*ROWS), p(B), table(*ROWS[:2]), p(C)), docx(p(A), table(*ROWS[:2]), p(B), table(*ROWS), p(C))),
    ("one of two tables alike gone", docx(p(A), table(*ROWS), p(B), table(*ROWS), p(C)), docx(p(A), table(*ROWS), p(B), p(C))),
    ("a table put in at the end", docx(p(A), p(B)), docx(p(A), p(B), table(*ROWS), p())),
    ("rows the other way round", docx(p(A), table(*ROWS), p(B)), docx(p(A), table(ROWS[0], *ROWS[:0:-1]), p(B))),
    ("a table in a cell changed", docx(p(A), NESTED.format(table(*ROWS)), p(B)), docx(p(A), NESTED.format(table(*ROWS[:3])), p(B))),
    ("lists put on", docx(p(A), p(B), p(C)), docx(p(A), p(B, LISTED), p(C, LISTED))),
    ("somebody's insertion beside what stays", docx(p(A), INSERTED, p(B), p(C)), docx(p(A), INSERTED, p(B), p(C[:-4]))),
    ("nothing of it left", docx(p(A), p(B), p(C)), docx(p(D), p(E))),
    ("everything gone", docx(p(A), p(B), p(C)), docx(p())),
    ("a note called elsewhere", docx(p(A, more=note(2)), p(B), p(C), notes={2: "注释"}), docx(p(A), p(B), p(C, more=note(2)), notes={2: "注释"})),
    ("a note changed beside what stays", docx(p(A), p(B, more=note(2)), p(C), notes={2: "注释甲"}), docx(p(A), p(B, more=note(2)), p(C), notes={2: "注释乙"})),
    ("only the header changed", docx(p(A), p(B), header=p("某市文件")), docx(p(A), p(B), header=p("某区文件"))),
    ("signs beyond the first plane", docx(p(A), p("𠮷祥街道"), p(C)), docx(p(A), p("𠮷祥、𡈽地街道"), p(C))),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), [row[1:] for row in UNSEEN], ids=[row[0] for row in UNSEEN])
def test_it_is_right_both_ways(old: bytes, new: bytes) -> None:
    for one, other in ((old, new), (new, old)):
        assert faults(one, other, make_redline(one, other).file) == []


def with_even_heads(data: bytes) -> bytes:
    """Return a file whose settings give even pages headers of their own."""
    out = io.BytesIO()
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(io.BytesIO(data)) as held, zipfile.ZipFile(out, "w") as made:
        for name in held.namelist():
            content = held.read(name)
            if name == "word/_rels/document.xml.rels":
                relation = f'<Relationship Id="rId77" Type="{office}/settings" Target="settings.xml"/></Relationships>'
                content = content.replace(b"</Relationships>", relation.encode())
            made.writestr(zipfile.ZipInfo(name), content)
        space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        made.writestr(
            zipfile.ZipInfo("word/settings.xml"),
            f'<w:settings xmlns:w="{space}"><w:evenAndOddHeaders/></w:settings>',
        )
    return out.getvalue()


PLAIN = docx(p(A), p(B))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (PLAIN, docx(p(A), p(B, more=MARKED)), ["1 bookmark(s)"]),
        (docx(p(A), p(B, more=MARKED)), docx(p(A), p(B, more=MARKED)), []),
        (docx(p(A), p(B, more=MARKED)), PLAIN, []),
        (PLAIN, docx(p(A), p(B, more=MARKED.replace("条款", "_GoBack"))), []),
        (PLAIN, docx(p(A), CONTROL.format(p(B))), ["1 content control(s)"]),
        (docx(p(A), CONTROL.format(p(B))), docx(p(A), CONTROL.format(p(C))), []),
        (PLAIN, with_even_heads(PLAIN), ["even pages"]),
        (with_even_heads(PLAIN), PLAIN, ["even pages"]),
        (with_even_heads(PLAIN), with_even_heads(docx(p(A), p(C))), []),
    ],
)
def test_what_word_cannot_mark_is_said(old: bytes, new: bytes, said: list[str]) -> None:
    notes = make_redline(old, new).notes
    assert len(notes) == len(said)
    assert all(words in remark for words, remark in zip(said, notes, strict=True))
