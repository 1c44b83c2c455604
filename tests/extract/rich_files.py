"""A second file of each format, with what the plain ones lack: forms, parts in other formats, formulas, looks of cells.

Also the formats that the plain ones leave out: XLS, and the bundle in which several captured pages are kept.
"""

import io
from pathlib import Path

import xlsxwriter

from policydiff.extract.sniff import FileKind, bundle
from tests.extract.bombs import open_sheet
from tests.extract.made_files import zipped
from tests.extract.small_files import SPACES, WORD, docx, paragraph

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
_LINK = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def document(body: str, parts: dict[str, str | bytes], relations: str) -> bytes:
    """Return a DOCX that refers to other parts."""
    return zipped(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "word/document.xml": f"<w:document {SPACES} {_MATH} {_LINK}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>',
            **parts,
        }
    )


def relation(name: str, target: str, kind: str = "aFChunk") -> str:
    return f'<Relationship Id="{name}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>'


_FORMS = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/></w:checkBox></w:ffData></w:fldChar></w:r>'
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="甲"/><w:listEntry w:val="乙"/>'
    '</w:ddList></w:ffData></w:fldChar></w:r><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r></w:p>'
)
_FORMULA = (
    "<w:p><m:oMath><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>10</m:t></m:r></m:den></m:f>"
    "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath></w:p>"
)
_NOTED = '<w:p><w:r><w:t>第二条</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
_BOX = (
    "<w:p><w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
    "</mc:Choice><mc:Fallback><v:textbox><w:txbxContent><w:p/></w:txbxContent></v:textbox></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)
_STYLES = (
    f'<w:styles {WORD}><w:docDefaults/><w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 1"/><w:basedOn w:val="b"/>'
    '<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:sz w:val="44"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="b"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
)
_LEVELS = "".join(
    f'<w:lvl w:ilvl="{level}"><w:start w:val="3"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
    for level, (form, text) in enumerate(
        (
            ("chineseCountingThousand", "第%1条"),
            ("decimalEnclosedCircle", "%2"),
            ("upperRoman", "%1.%3"),
            ("lowerLetter", "(%4)"),
        )
    )
)
RICH_DOCX = document(
    paragraph("办法", '<w:pStyle w:val="a"/>')
    + paragraph("细则", '<w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr>')
    + _FORMS
    + _FORMULA
    + _NOTED
    + _BOX
    + '<w:altChunk r:id="r1"/><w:altChunk r:id="r2"/><w:altChunk r:id="r3"/>'
    + "<w:sdt><w:sdtContent><w:p><w:r><w:rPr><w:dstrike/><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:tab/><w:t>显</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    + "<w:sectPr><w:footnotePr><w:numFmt w:val='chineseCounting'/></w:footnotePr></w:sectPr>",
    {
        "word/styles.xml": _STYLES,
        "word/numbering.xml": f'<w:numbering {WORD}><w:abstractNum w:abstractNumId="1">{_LEVELS}</w:abstractNum><w:num w:numId="1">'
        '<w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="2"/></w:lvlOverride></w:num></w:numbering>',
        "word/footnotes.xml": f'<w:footnotes {WORD}><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>注</w:t></w:r></w:p></w:footnote></w:footnotes>',
        "word/header1.xml": f"<w:hdr {WORD}><w:p><w:r><w:t>页眉</w:t></w:r></w:p></w:hdr>",
        "word/comments.xml": f'<w:comments {WORD}><w:comment w:id="1"><w:p><w:r><w:t>批注</w:t></w:r></w:p></w:comment></w:comments>',
        "word/a.html": "<html><body><ol reversed><li>甲<li>乙</ol><p>正文</body></html>",
        "word/b.docx": docx(paragraph("里面的文件")),
        "word/c.rtf": rb"{\rtf1\ansi\ansicpg936 \'bc\'d7\par}",
        "docProps/core.xml": '<cp xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>办法细则</dc:title></cp>',
    },
    relation("r1", "a.html") + relation("r2", "b.docx") + relation("r3", "c.rtf"),
)
RICH_HTML = (
    "<html><head><meta charset=utf-8><title>办法</title><style>.x{text-decoration:line-through} p:nth-child(3){display:none}"
    "::-webkit-scrollbar{display:none} @media print{p{display:none}}</style></head><body><div id=zoom><p align=center style='font-size:22pt'>办法</p>"
    "<ol start=3 style='list-style:cjk-ideographic'><li>甲<li value=9>乙<ol type=i reversed><li>丙</ol></ol><p><ruby>字<rt>zi</rt></ruby>"
    "<a href='#n1'>[1]</a><s>旧</s><ins>新</ins></p><pre>一\n二</pre><form><input type=checkbox checked><select><option selected>选</select>"
    "<textarea>写</textarea></form><table><caption>表</caption><tr><th rowspan=2>一<th colspan=2>二<tr><td>三<td>四<table><tr><td>五<td>六</table></table>"
    "<p id=n1>[1] 注释</p><div style='display:none'>藏</div><p class=x>删</p></div></body></html>"
).encode()


def _rich_xlsx() -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("表")
        struck, plain = book.add_format({"font_strikeout": True}), book.add_format({})
        sheet.write_row(0, 0, ["项", "甲", "乙"])
        for row, form in enumerate(
            ('0.0"万元"', "0.00%", "00000", "[DBNum2]General", '#,##0.0,;-0;"无"', "yyyy/m/d h:mm", "[h]:mm"),
            1,
        ):
            sheet.write(row, 0, f"第{row}项")
            sheet.write(row, 1, 1234.5, book.add_format({"num_format": form}))
        sheet.write(8, 0, "五元", struck)
        sheet.write_rich_string(8, 1, struck, "六元", plain, "八元")
        sheet.merge_range("A10:B11", "合并")
        sheet.write_comment(1, 1, "待定")
        sheet.insert_textbox(14, 0, "说明文字")
        sheet.set_header("&C附件1&P")
        book.add_worksheet("另").write(0, 0, "乙")
    return made.getvalue()


RICH_XLSX = _rich_xlsx()
RICH_ODS = open_sheet(
    '<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="2" office:value-type="percentage"'
    ' office:value="0.95"><text:p>95%</text:p></table:table-cell><table:covered-table-cell/></table:table-row>'
    '<table:table-row><table:table-cell office:value-type="string" table:number-columns-spanned="2"><text:p>甲</text:p>'
    "<office:annotation><text:p>待定</text:p></office:annotation></table:table-cell></table:table-row>"
)
RICH_RTF = (
    rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 SimSun;}}{\stylesheet{\s1\qc heading 1;}}{\*\listtable{\list{\listlevel\levelnfc37"
    rb"{\leveltext \'02\'00\'a1\'a2;}}}}\s1\qc\fs44\b \'b0\'ec\'b7\'a8\par{\strike \'be\'c9}{\revised \'d0\'c2}{\v \'d2\'fe}{\field{\*\fldinst HYPERLINK a}"
    rb"{\fldrslt \'c1\'b4}}\trowd\clmgf\cellx1\clmrg\cellx2\intbl \'bc\'d7\cell\cell\row\pard{\header \'d2\'b3}{\*\annotation \'c5\'fa}\u-10179 ?\u-8704 ?\par}"
)
RICH_MARKDOWN = (
    "---\ntitle: 办法\n文号: 国发〔2019〕5号\n---\n# 办法\n\n## 第一章\n1\\. **目的**[^1]~~旧~~<ins>新</ins>\n\n[^1]: 注释\n\n"
    "| 甲 | 乙 |\n|:--|--:|\n| 一\\|二 | ![图](a.png) |\n\n> 引 `码` [链](b.pdf)<br/>\n- 项\n<!-- 藏 -->\n"
).encode()
RICH_PLAIN = "\ufeff关于印发《办法》的通知\r\n国发〔2019〕5号\n（一）甲\t乙\u3000丙\n| 一 | 二 |\n第一条之一　略。\n".encode(
    "utf-16-le"
)
_PAGE = "<html><body><p>第{}页。第一条　甲。</p></body></html>"
BUNDLE = bundle([_PAGE.format(number).encode() for number in (1, 2)], [docx(paragraph("附件"))])
XLS = Path(__file__).with_name("small.xls")

RICH: dict[str, tuple[FileKind, bytes, list[bytes], list[bytes]]] = {
    "DOCX": (
        FileKind.DOCX,
        RICH_DOCX,
        [b"PK\x01\x02", b"\xff" * 4],
        [b'<w:altChunk r:id="r1"/>', b'r:id="r2"', b"<m:f>", b'w:val="-9"', b'w:val="99999999999"', b"<w:txbxContent>", b"%9"],
    ),
    "HTML": (
        FileKind.HTML,
        RICH_HTML,
        [b"<ol reversed>", b" start=-1 ", b"<li value=99999>", b"::x{display:none}", b"{", b"</table>", b"<td colspan=99999>", b"\x00"],
        [],
    ),
    "XLSX": (
        FileKind.XLSX,
        RICH_XLSX,
        [b"PK\x01\x02", b"\xff" * 4, b"xl/", bytes(8)],
        [b"%" * 400, b"0." + b"0" * 90, b'r="XFD99"', b's="9"', b'ref="A1:XFD1048576"', b"<v>1e400</v>", b"[$"],
    ),
    "XLS": (FileKind.XLS, XLS.read_bytes(), [b"\xff" * 8, bytes(64), b"\x09\x08\x10\x00", b"\xfc\x00\xff\xff"], []),
    "ODS": (
        FileKind.ODS,
        RICH_ODS,
        [b"PK\x01\x02", b"\xff" * 4, bytes(8)],
        [b'="1048576"', b'="-1"', b"<text:p>", b'office:value="1e999"', b"<office:annotation>"],
    ),
    "RTF": (FileKind.RTF, RICH_RTF, [b"{" * 200, b"}" * 9, b"\\levelnfc999", b"\\'", b"\\u-99999 ", b"\\clmrg", b"\\bin9 "], []),
    "MARKDOWN": (FileKind.MARKDOWN, RICH_MARKDOWN, [b"---\n", b"[^1]", b"~~", b"|", b"<ins>", b"\\"], []),
    "PLAIN": (FileKind.PLAIN, RICH_PLAIN, [b"\x00", b"\xff\xfe", b"\x00\xd8", b"|\x00"], []),
    "PAGES": (FileKind.PAGES, BUNDLE, [b"PK\x01\x02", b"page-0001.html", b"\xff" * 4], [b"<html>", b"PK\x03\x04", b"</body>"]),
}  # fmt: skip
"""Name to kind, seed, what is put into the bytes, and what is put into a member where the file is packed."""
