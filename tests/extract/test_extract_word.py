"""DOCX, RTF and the order in which DOC is tried."""

import io
import shutil
import zipfile

import pytest

from policydiff.errors import UnreadableInputError
from policydiff.extract import extract
from policydiff.extract.number_formats import printed_number
from policydiff.extract.reading import Request
from policydiff.extract.word import office as doc_module
from policydiff.extract.word.docx import read_docx
from policydiff.extract.word.office import _without_bars
from tests.extract.made_files import zipped
from tests.extract.small_files import WORD, docx, paragraph

LEVELS = (
    ("chineseCounting", "%1、"),
    ("chineseCounting", "（%2）"),
    ("decimal", "%3."),
    ("decimal", "%3.%4"),
)


def numbering(*, levels: tuple[tuple[str, str], ...] = LEVELS, extra: str = "", numbers: str = "") -> str:
    made = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>{extra}</w:lvl>'
        for index, (kind, text) in enumerate(levels)
    )
    return (
        f'<w:numbering {WORD}><w:abstractNum w:abstractNumId="7">{made}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>{numbers}</w:numbering>'
    )


def item(text: str, level: int, number: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def lines(data: bytes) -> list[str]:
    return read_docx(Request(data)).text.splitlines()


def test_automatic_numbers_of_three_levels() -> None:
    body = item("总体要求", 0) + item("思想", 1) + item("目标", 1) + item("产值", 2) + item("规模", 3)
    body += paragraph("正文") + item("任务", 0) + item("平台", 1)
    expected = [
        "一、总体要求",
        "（一）思想",
        "（二）目标",
        "1.产值",
        "1.1 规模",
        "正文",
        "二、任务",
        "（一）平台",
    ]
    assert lines(docx(body, numbering=numbering())) == expected


def test_numbers_inherited_from_styles() -> None:
    styles = (
        f'<w:styles {WORD}><w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        '</w:style><w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/><w:pPr><w:numPr><w:ilvl w:val="1"/>'
        "</w:numPr></w:pPr></w:style></w:styles>"
    )
    off = '<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = (
        paragraph("甲", '<w:pStyle w:val="H1"/>')
        + paragraph("乙", '<w:pStyle w:val="H2"/>')
        + paragraph("丙", off)
    )
    assert lines(docx(body, numbering=numbering(), styles=styles)) == ["一、甲", "（一）乙", "丙"]


def test_lists_of_one_definition_count_on_unless_one_starts_again() -> None:
    numbers = (
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="7"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = item("甲", 0) + item("乙", 0, 2) + item("丙", 0, 3) + item("丁", 0, 3)
    assert lines(docx(body, numbering=numbering(numbers=numbers))) == ["一、甲", "二、乙", "一、丙", "二、丁"]


def test_bullets_are_no_words_and_legal_numbering_is_decimal() -> None:
    bullet = numbering(levels=(("bullet", "●"),))
    assert lines(docx(item("甲", 0), numbering=bullet)) == ["甲"]
    legal = numbering(levels=(("chineseCounting", "%1、"), ("decimal", "%1.%2")), extra="<w:isLgl/>")
    assert lines(docx(item("甲", 0) + item("乙", 1), numbering=legal)) == ["1、甲", "1.1 乙"]


FORMATS = [
    ("decimal", 12, "12"),
    ("chineseCounting", 21, "二十一"),
    ("chineseCountingThousand", 105, "一百零五"),
    ("japaneseCounting", 10, "十"),
    ("ideographTraditional", 3, "丙"),
    ("ideographDigital", 20, "二〇"),
    ("chineseLegalSimplified", 23, "贰拾叁"),
    ("decimalEnclosedCircle", 21, "㉑"),
    ("decimalEnclosedParen", 2, "⑵"),
    ("decimalFullWidth", 12, "１２"),
    ("upperRoman", 1994, "MCMXCIV"),
    ("lowerLetter", 28, "bb"),
    ("decimalZero", 7, "07"),
    ("noSuchFormat", 4, "4"),
    ("none", 4, ""),
    ("chineseCounting", 10**9, ""),
]


@pytest.mark.parametrize(("kind", "value", "printed"), FORMATS)
def test_number_formats(kind: str, value: int, printed: str) -> None:
    assert printed_number(value, kind) == printed


CHANGES = (
    "<w:p><w:r><w:t>占比达到</w:t></w:r><w:del><w:r><w:delText>7%</w:delText></w:r></w:del>"
    "<w:ins><w:r><w:t>8%</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom>"
    "<w:moveTo><w:r><w:t>新处</w:t></w:r></w:moveTo></w:p>"
    "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前</w:t></w:r></w:p>" + paragraph("后")
)


def test_tracked_changes() -> None:
    data = docx(CHANGES)
    assert extract(data).text == "占比达到8%新处\n前后\n"
    assert extract(data, revisions="original").text == "占比达到7%旧处\n前\n后\n"


BOX = "<w:txbxContent>" + paragraph("框中") + "</w:txbxContent>"
TWICE = (
    "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>BOX</wps:txbx></mc:Choice><mc:Fallback>BOX"
    "</mc:Fallback></mc:AlternateContent><w:t>正文</w:t></w:r></w:p>"
).replace("BOX", BOX)
FIELDS = (
    "<w:p><w:r><w:fldChar w:fldCharType='begin'/><w:instrText>PAGE</w:instrText></w:r><w:fldSimple w:instr='DATE'><w:r>"
    "<w:t>2021年</w:t></w:r></w:fldSimple><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:p>"
)
MERGED = (
    "<w:tbl><w:tr><w:tc>{0}</w:tc><w:tc>{1}{2}</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>{0}</w:tc>"
    "<w:tc>{1}</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{0}</w:tc><w:tc>{2}</w:tc></w:tr></w:tbl>".format(
        paragraph("甲"), paragraph("乙"), paragraph("丙")
    )
)
BODIES = [
    (
        TWICE,
        ["正文", "框中"],
        "a text box stands twice in the file and once on the page",
    ),
    (
        f"<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{paragraph('控件')}</w:sdtContent></w:sdt>",
        ["控件"],
        "content controls",
    ),
    (
        "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:br w:type='page'/><w:t>丙</w:t></w:r></w:p>",
        ["甲", "乙", "丙"],
        "breaks: the words behind one stand on another line, or on another page",
    ),
    (
        "<w:p><w:r><w:t>1</w:t><w:noBreakHyphen/><w:t>2家</w:t><w:tab/><w:t>丁</w:t></w:r></w:p>",
        ["1-2家 丁"],
        "signs",
    ),
    ("<w:p><w:r><w:sym w:font='Wingdings' w:char='F0FE'/><w:t>是</w:t></w:r></w:p>", ["☑是"], "a ticked box"),
    (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:t>显</w:t></w:r></w:p>",
        ["显"],
        "hidden words",
    ),
    (
        FIELDS,
        ["2021年链接"],
        "what a field shows, not what it says",
    ),
    (
        "<w:p><w:ruby><w:rt><w:r><w:t>hé</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>合</w:t></w:r></w:rubyBase></w:ruby></w:p>",
        ["合"],
        "ruby",
    ),
    (
        MERGED,
        ["| 甲 | 乙<br>丙 |", "| 甲 | 乙 |", "|^^| 丙 |"],
        "a row is a line; a merged cell is printed once",
    ),
    (
        f"<w:tbl><w:tr><w:tc>{paragraph('甲') + paragraph('乙')}</w:tc></w:tr></w:tbl>",
        ["甲", "乙"],
        "a table of one cell",
    ),
    (
        f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('旧')}</w:tc><w:tc>{paragraph('行')}</w:tc></w:tr></w:tbl>"
        + paragraph("后"),
        ["后"],
        "a deleted row",
    ),
]


MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def run(inside: str) -> str:
    return f"<w:p><w:r>{inside}</w:r></w:p>"


def field(inside: str) -> str:
    return run(f'<w:fldChar w:fldCharType="begin"><w:ffData>{inside}</w:ffData></w:fldChar>') + paragraph(
        "类"
    )


def formula(inside: str) -> str:
    return f"<w:p><m:oMath {MATH}>{inside}</m:oMath></w:p>"


def of_formula(name: str, **places: str) -> str:
    inner = "".join(
        f"<m:{place}><m:r><m:t>{words}</m:t></m:r></m:{place}>" for place, words in places.items()
    )
    return f"<m:{name}>{inner}</m:{name}>"


def row_of(words: str, properties: str = "") -> str:
    return f"<w:tr>{properties}<w:tc>{paragraph(words)}</w:tc><w:tc>{paragraph(words)}</w:tc></w:tr>"


SHOWN = [
    (field("<w:checkBox><w:default w:val='0'/></w:checkBox>"), ["□", "类"], "a box of a form"),
    (
        field("<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>"),
        ["☑", "类"],
        "a box that was ticked",
    ),
    (
        field("<w:checkBox><w:checked w:val='0'/><w:default w:val='1'/></w:checkBox>"),
        ["□", "类"],
        "and unticked",
    ),
    (
        field("<w:ddList><w:result w:val='1'/><w:listEntry w:val='甲'/><w:listEntry w:val='乙'/></w:ddList>"),
        ["乙", "类"],
        "a word chosen from a list",
    ),
    (
        field("<w:ddList><w:listEntry w:val='甲'/></w:ddList>"),
        ["甲", "类"],
        "the first word where none was chosen",
    ),
    (
        run('<w:pict><v:shape><v:textpath string="某市人民政府文件"/></v:shape></w:pict>'),
        ["某市人民政府文件"],
        "a head in artistic type",
    ),
    (formula(of_formula("f", num="a", den="b")), ["a/b"], "a fraction"),
    (formula(of_formula("f", num="a+b", den="10")), ["(a+b)/10"], "a fraction of a sum"),
    (formula(of_formula("sSup", e="x", sup="2")), ["x^2"], "a power"),
    (formula(of_formula("sSub", e="P", sub="i")), ["P_i"], "an index"),
    (formula(of_formula("rad", e="x+1")), ["√(x+1)"], "a root"),
    (run('<w:sym w:font="Wingdings" w:char="F082"/>'), ["②"], "a number of Wingdings"),
]


@pytest.mark.parametrize(("body", "expected", "reason"), SHOWN, ids=[row[2] for row in SHOWN])
def test_what_a_page_shows_and_no_run_holds(body: str, expected: list[str], reason: str) -> None:
    assert lines(docx(paragraph("第一条") + body)) == ["第一条", *expected]


UNREAD = [
    ('<w:drawing><d:relIds xmlns:d="d"/></w:drawing>', "a diagram (SmartArt)"),
    ('<w:drawing><c:chart xmlns:c="c"/></w:drawing>', "a chart"),
    ('<w:object><o:OLEObject xmlns:o="o"/></w:object>', "an embedded object"),
]


@pytest.mark.parametrize(("inside", "name"), UNREAD, ids=[row[1] for row in UNREAD])
def test_what_holds_words_and_is_not_read_is_named(inside: str, name: str) -> None:
    assert [each.text for each in extract(docx(paragraph("第一条") + run(inside))).warnings] == [
        f"not read: {name}"
    ]


def test_a_row_that_was_deleted_is_listed() -> None:
    table = f"<w:tbl>{row_of('留')}{row_of('删', '<w:trPr><w:del/></w:trPr>')}</w:tbl>"
    found = extract(docx(paragraph("第一条") + table))
    assert found.text.splitlines() == ["第一条", "| 留 | 留 |"]
    assert [(each.kind, each.text) for each in found.left_out] == [("deleted", "删删")]


RELATION = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
CHUNK = f'<w:altChunk {RELATION} r:id="a"/>'
WEB = "<html><head><style>p{color:red}</style></head><body><h1>某法</h1><p>第一条 甲。<br>（一）乙。</p></body></html>"
MHT = (
    'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="B"\r\n\r\n--B\r\n'
    'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
    + WEB
    + "\r\n--B--\r\n"
)
FROM_PAGE = ["某法", "第一条 甲。", "（一）乙。"]
CHUNKS: list[tuple[str, str | bytes, list[str], str]] = [
    ("a.html", WEB, FROM_PAGE, "a page"),
    ("a.mht", MHT, FROM_PAGE, "a page with its parts, as programs that make pages into DOCX write it"),
    ("a.mht", MHT.replace("<br>", "<table><tr><td>1</td><td>2</td></tr></table>"),
     ["某法", "第一条 甲。", "| 1 | 2 |", "（一）乙。"], "a page with a table"),
    ("a.txt", "第一条 甲。\n第二条 乙。", ["第一条 甲。", "第二条 乙。"], "plain text"),
    ("a.rtf", r"{\rtf1\ansi\ansicpg936 \u31532?\u19968?\u26465?\par}", ["第一条"], "RTF"),
    ("a.docx", docx(paragraph("第一条 甲。")), ["第一条 甲。"], "a document inside"),
    ("/word/a.html", WEB, FROM_PAGE, "an address from the root"),
]  # fmt: skip


def chunked(name: str, content: str | bytes, body: str = CHUNK) -> bytes:
    links = f'<Relationships xmlns="x"><Relationship Id="a" Type="aFChunk" Target="{name}"/></Relationships>'
    with zipfile.ZipFile(io.BytesIO(docx(body))) as made:
        members: dict[str, str | bytes] = {each: made.read(each) for each in made.namelist()}
    return zipped(
        {**members, "word/_rels/document.xml.rels": links, f"word/{name.rpartition('/')[2]}": content}
    )


@pytest.mark.parametrize(("name", "content", "expected", "reason"), CHUNKS, ids=[row[3] for row in CHUNKS])
def test_a_part_in_another_format_stands_in_its_place(
    name: str, content: str | bytes, expected: list[str], reason: str
) -> None:
    found = extract(chunked(name, content, paragraph("前") + CHUNK + paragraph("后")))
    assert found.text.splitlines() == ["前", *expected, "后"]
    assert not found.warnings


def test_documents_inside_documents_end() -> None:
    made = docx(paragraph("甲"))
    for _ in range(4):
        made = chunked("a.docx", made, CHUNK + paragraph("乙"))
    found = extract(made)
    assert found.text.splitlines() == ["乙", "乙", "乙"]
    assert [each.text for each in found.warnings] == ["not read: a part in another format (altChunk)"]


def test_a_damaged_part_in_another_format_is_told() -> None:
    found = extract(chunked("a.docx", docx("")[:90], paragraph("甲") + CHUNK))
    assert found.text == "甲\n"
    assert len(found.warnings) == 1


@pytest.mark.parametrize(("body", "expected", "reason"), BODIES, ids=[row[2] for row in BODIES])
def test_bodies(body: str, expected: list[str], reason: str) -> None:
    assert lines(docx(body)) == expected


def test_a_note_stands_after_the_paragraph_that_calls_it() -> None:
    body = "<w:p><w:r><w:t>正文</w:t><w:footnoteReference w:id='2'/></w:r></w:p>" + paragraph("后文")
    notes = f"<w:footnotes {WORD}><w:footnote w:id='0' w:type='separator'>{paragraph('线')}</w:footnote><w:footnote w:id='2'>{paragraph('脚注')}</w:footnote></w:footnotes>"
    assert lines(docx(body, footnotes=notes)) == ["正文[^1]", "[^1]: 脚注", "后文"]


def test_a_damaged_part_costs_its_share_only() -> None:
    found = read_docx(Request(docx(item("甲", 0), numbering="<broken")))
    assert found.text == "甲\n"
    assert "word/numbering.xml is no well-formed XML" in found.warnings[0].text


def test_the_declared_title_counts_only_if_the_page_shows_it() -> None:
    core = '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title></c>'
    members = {
        "word/document.xml": f"<w:document {WORD}><w:body>{paragraph('产业 发展办法')}</w:body></w:document>"
    }
    shown = zipped({**members, "docProps/core.xml": core.format("产业发展办法")})
    template = zipped({**members, "docProps/core.xml": core.format("Normal template")})
    assert (extract(shown).title, extract(template).title) == ("产业发展办法", None)


RTF = [
    (rb"\u31532 ?\u19968 ?\u26465 ?\par", ["第一条"], "LibreOffice writes code points"),
    (rb"\'b5\'da\'d2\'bb\'cc\'f5\par", ["第一条"], "Word writes GBK in numbers"),
    ("第一条".encode("gbk") + rb"\par", ["第一条"], "WPS writes GBK as it is"),
    (rb"\'d6\'ec\'e9F\'bb\'f9\par", ["朱镕基"], "the second half of 镕 is the letter F"),
    (rb"\f0\'d2\'bb\f1\'cc\'f5\par", ["一条"], "Chinese characters in a run of a Latin font"),
    (
        rb"\trowd\cellx1000\cellx2000 a\par b\cell c\cell\row d\par",
        ["| a<br>b | c |", "d"],
        "a row is a line",
    ),
    (rb"a{\footnote \'d7\'a2}b\par c\par", ["a[^1]b", "[^1]: 注", "c"], "a note stands after its call"),
    (rb"a{\deleted x}{\revised y}\par", ["ay"], "tracked changes"),
    (rb"{\pntext 1.\tab}a\par {\listtext 2.\tab}b\par", ["1.a", "2.b"], "numbers of old and new lists"),
    (rb"{\field{\*\fldinst{HYPERLINK \"http://x\"}}{\fldrslt link}}\par", ["link"], "what a field shows"),
    (rb"{\shp{\*\shpinst{\sp x}{\shptxt \'bf\'f2\par}}}a\par b\par", ["a", "框", "b"], "text boxes"),
    (rb"1\_2\tab 3\par", ["1-2 3"], "signs"),
    (rb"{\header h}{\footer f}{\info{\title t}}a\par", ["a"], "headers, footers and facts about the file"),
]


@pytest.mark.parametrize(("body", "expected", "reason"), RTF, ids=[row[2] for row in RTF])
def test_rtf(body: bytes, expected: list[str], reason: str) -> None:
    head = rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset134 SimSun;}}"
    assert extract(head + body + b"}").text.splitlines() == expected


def test_rtf_original_revisions() -> None:
    data = rb"{\rtf1\ansi\ansicpg936 a{\deleted x}{\revised y}\par}"
    assert extract(data, revisions="original").text == "ax\n"


def test_doc_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(doc_module, "find_spec", lambda _: None)
    with pytest.raises(
        UnreadableInputError, match=r"LibreOffice \(soffice\) or antiword on the path, or policydiff\[doc\]"
    ):
        doc_module.read_doc(Request(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)))


def test_doc_with_a_password_is_told_before_any_program_runs() -> None:
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
        + b"\xec\xa5"
        + bytes(8)
        + b"\x00\x01"
        + bytes(900)
    )
    with pytest.raises(UnreadableInputError, match="protected by a password"):
        doc_module.read_doc(Request(head))


def test_bars_of_antiword_become_cells() -> None:
    printed = "正文\n|1     |甲乙  |\n|      |丙    |\n|2     |      |\n\n后文\n"
    assert _without_bars(printed) == ["正文", "| 1 | 甲乙丙 |", "| 2 |  |", "后文"]
