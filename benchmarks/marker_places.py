"""Places of a file in which words may stand, each as what has to be put into the file to set a marker there."""

import io
import random
import re
import zipfile
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

import xlsxwriter

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)


class Marked(NamedTuple):
    """A file with a marker in it."""

    carrier: str
    place: str
    name: str
    marker: str
    data: bytes
    told_by: str = ""
    """Words of the warning that names the part which holds the marker, where its words cannot be read."""


def _run(properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{{m}}</w:t></w:r>"


def _in(inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def _said(words: str, inner: str) -> str:
    return _in(f"<w:r><w:t>{words}</w:t></w:r>{inner}")


def _cell(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


_P = _in(_run())
_PLAIN_CELL = _cell(_in("<w:r><w:t>甲</w:t></w:r>"))


def _table(*rows: str) -> str:
    return (
        "<w:tbl><w:tblPr><w:tblW w:w='5000' w:type='pct'/></w:tblPr><w:tblGrid/>"
        + "".join(f"<w:tr>{row}</w:tr>" for row in rows)
        + "</w:tbl>"
        + _in("")
    )


_CHANGE = 'w:id="9001" w:author="a" w:date="2024-01-01T00:00:00Z"'
_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
_BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
    '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>'
    '<wp:positionV relativeFrom="paragraph"><wp:posOffset>300000</wp:posOffset></wp:positionV><wp:extent cx="5000000" cy="500000"/>'
    '<wp:wrapTopAndBottom/><wp:docPr id="7" name="x"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
    '<wps:wsp><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="5000000" cy="500000"/></a:xfrm><a:prstGeom prst="rect"/></wps:spPr>'
    "<wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    "</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)
_ALT = '<w:r><w:drawing><wp:inline><wp:docPr id="8" name="图片 1" {said}/><a:graphic><a:graphicData/></a:graphic></wp:inline></w:drawing></w:r>'
WORD_PLACES: dict[str, str] = {
    "paragraph": _P,
    "end of a paragraph": _said("相关部门应当配合，", _run()),
    "bold run": _said("重点是", _run("<w:b/>")),
    "white run": _said("见", _run('<w:color w:val="FFFFFF"/>')),
    "run of one point": _said("见", _run('<w:sz w:val="2"/>')),
    "raised run": _said("见", _run('<w:vertAlign w:val="superscript"/>')),
    "list item": _in(_run(), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'),
    "table cell": _table(_PLAIN_CELL + _cell(_P), _PLAIN_CELL + _PLAIN_CELL),
    "lone cell of a table": _table(_cell(_P)),
    "cell merged into the one above": _table(
        _cell(_in("<w:r><w:t>甲</w:t></w:r>"), '<w:vMerge w:val="restart"/>') + _PLAIN_CELL,
        _cell(_P, "<w:vMerge/>") + _PLAIN_CELL,
    ),
    "cell merged into the one before": _table(
        _cell(_in("<w:r><w:t>甲</w:t></w:r>"), '<w:hMerge w:val="restart"/>') + _cell(_P, "<w:hMerge/>")
    ),
    "nested table": _table(_PLAIN_CELL + _cell(_table(_PLAIN_CELL + _cell(_P)))),
    "row of deleted cells": _table(
        _PLAIN_CELL,
        f"<w:trPr><w:del {_CHANGE}/></w:trPr>"
        + _cell(_in(f"<w:del {_CHANGE}><w:r><w:delText>{{m}}</w:delText></w:r></w:del>")),
    ),
    "hidden run": _said("第七项", _run("<w:vanish/>")),
    "struck run": _said("原定", _run("<w:strike/>")),
    "doubly struck run": _said("原定", _run("<w:dstrike/>")),
    "inserted run": _said("新增", f"<w:ins {_CHANGE}>{_run()}</w:ins>"),
    "deleted run": _said("原有", f"<w:del {_CHANGE}><w:r><w:delText>{{m}}</w:delText></w:r></w:del>"),
    "moved away": _said("原有", f"<w:moveFrom {_CHANGE}>{_run()}</w:moveFrom>"),
    "moved here": _said("现有", f"<w:moveTo {_CHANGE}>{_run()}</w:moveTo>"),
    "simple field": _said("引自", f'<w:fldSimple w:instr=" REF a ">{_run()}</w:fldSimple>'),
    "field of several runs": _said("引自", _FIELD.format(code=" DOCPROPERTY a ", shown=_run())),
    "nested field": _said(
        "引自", _FIELD.format(code=" IF 1=1 ", shown=_FIELD.format(code=" REF b ", shown=_run()))
    ),
    "words quoted by a field without a result": _said(
        "引自",
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> QUOTE "{m}" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ),
    "caption with a number field": _in(
        '<w:r><w:t>表 </w:t></w:r><w:fldSimple w:instr=" SEQ 表 "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        + _run(),
        '<w:pStyle w:val="Caption"/>',
    ),
    "content control around a paragraph": f"<w:sdt><w:sdtPr/><w:sdtContent>{_P}</w:sdtContent></w:sdt>",
    "content control in a line": _said(
        "负责人：", f"<w:sdt><w:sdtPr/><w:sdtContent>{_run()}</w:sdtContent></w:sdt>"
    ),
    "content control around a cell": _table(
        f"{_PLAIN_CELL}<w:sdt><w:sdtPr/><w:sdtContent>{_cell(_P)}</w:sdtContent></w:sdt>"
    ),
    "content control around a row": "<w:tbl><w:tblPr/><w:tblGrid/><w:sdt><w:sdtPr/><w:sdtContent><w:tr>"
    + _PLAIN_CELL
    + _cell(_P)
    + "</w:tr></w:sdtContent></w:sdt></w:tbl>"
    + _in(""),
    "entry of a drop-down control that is not chosen": _said(
        "类别：",
        '<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText="{m}" w:value="1"/></w:dropDownList></w:sdtPr><w:sdtContent><w:r><w:t>甲</w:t></w:r></w:sdtContent></w:sdt>',
    ),
    "chosen entry of an old drop-down field": _said(
        "类别：",
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="甲"/><w:listEntry w:val="{m}"/></w:ddList></w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ),
    "smart tag": _said("位于", f'<w:smartTag w:uri="u" w:element="place">{_run()}</w:smartTag>'),
    "custom XML": _said("位于", f'<w:customXml w:uri="u" w:element="e">{_run()}</w:customXml>'),
    "hyperlink": _said("见", f'<w:hyperlink w:anchor="a">{_run()}</w:hyperlink>'),
    "direction run": _said("见", f'<w:dir w:val="ltr">{_run()}</w:dir>'),
    "text box": _said("附图", _BOX.format(inner=_P)),
    "old text box": _said(
        "附图",
        f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{_P}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
    ),
    "text box in a cell": _table(_cell(_said("附图", _BOX.format(inner=_P)))),
    "table in a text box": _said("附图", _BOX.format(inner=_table(_PLAIN_CELL + _cell(_P)))),
    "framed paragraph": _in(_run(), '<w:framePr w:w="8000" w:hSpace="180" w:wrap="around"/>'),
    "artistic type": _said(
        "印",
        '<w:r><w:pict><v:shape><v:textpath string="{m}"/></v:shape></w:pict></w:r>',
    ),
    "phonetic guide": _said(
        "读作",
        f"<w:r><w:ruby><w:rubyPr/><w:rt>{_run()}</w:rt><w:rubyBase><w:r><w:t>甲</w:t></w:r></w:rubyBase></w:ruby></w:r>",
    ),
    "words that a phonetic guide is for": _said(
        "读作",
        f"<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>jia</w:t></w:r></w:rt><w:rubyBase>{_run()}</w:rubyBase></w:ruby></w:r>",
    ),
    "formula": _in("<m:oMathPara><m:oMath><m:r><m:t>{m}</m:t></m:r></m:oMath></m:oMathPara>"),
    "alternative text of a picture": _said("附图", _ALT.format(said='descr="{m}"')),
    "title of a picture": _said("附图", _ALT.format(said='title="{m}"')),
    "alternative text of an old picture": _said(
        "附图", '<w:r><w:pict><v:shape alt="{m}"><v:imagedata r:id="rId99"/></v:shape></w:pict></w:r>'
    ),
    "below the signature": "",
    "line of the imprint": "",
    "first line": "",
    "header": "",
    "footer": "",
    "footnote": "",
    "endnote": "",
    "comment": "",
    "chart": "",
    "diagram": "",
}
PRINTED = (
    "paragraph", "end of a paragraph", "bold run", "raised run", "table cell", "lone cell of a table", "nested table", "struck run", "field of several runs",
    "caption with a number field", "content control around a paragraph", "hyperlink", "text box", "framed paragraph", "below the signature", "first line",
    "header", "footer", "footnote", "endnote",
)  # fmt: skip
"""Places of a DOCX that LibreOffice prints."""
_PARTS = {
    "header": ("header", f"<w:hdr {_NAMESPACES}>{_P}</w:hdr>"),
    "footer": ("footer", f"<w:ftr {_NAMESPACES}>{_P}</w:ftr>"),
    "footnote": ("footnotes", f'<w:footnotes {_NAMESPACES}><w:footnote w:id="901">{_P}</w:footnote></w:footnotes>'),
    "endnote": ("endnotes", f'<w:endnotes {_NAMESPACES}><w:endnote w:id="901">{_P}</w:endnote></w:endnotes>'),
    "comment": ("comments", f'<w:comments {_NAMESPACES}><w:comment w:id="901" w:author="a">{_P}</w:comment></w:comments>'),
    "chart": (
        "chart",
        f"<c:chartSpace {_NAMESPACES}><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>{{m}}</a:t></a:r></a:p></c:rich></c:tx></c:title></c:chart></c:chartSpace>",
    ),
    "diagram": (
        "diagramData",
        f"<dgm:dataModel {_NAMESPACES}><dgm:ptLst><dgm:pt><dgm:t><a:p><a:r><a:t>{{m}}</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>",
    ),
}  # fmt: skip
_CALLS = {
    "footnote": '<w:r><w:footnoteReference w:id="901"/></w:r>',
    "endnote": '<w:r><w:endnoteReference w:id="901"/></w:r>',
    "comment": '<w:commentRangeStart w:id="901"/><w:r><w:t>甲</w:t></w:r><w:commentRangeEnd w:id="901"/><w:r><w:commentReference w:id="901"/></w:r>',
    "chart": '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><c:chart r:id="rId901"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>',
    "diagram": '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><dgm:relIds r:dm="rId901"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>',
}
_FILES = {"chart": "charts/chart901.xml", "diagramData": "diagrams/data901.xml"}
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_BODY_BREAK = re.compile(r"</w:p>(?=<w:(?:p|sectPr)[ >])")


def word_of(name: str, data: bytes, place: str, marker: str, rng: random.Random) -> Marked:
    """Return a DOCX with the marker at a random place of a kind."""
    members = _members(data)
    body = members["word/document.xml"].decode()
    head = re.search(r"<w:document[^>]*>", body)
    declared = set(re.findall(r"xmlns:\w+=", head[0])) if head else set()
    missing = " ".join(each for each in _NAMESPACES.split(" ") if each.split('"')[0] not in declared)
    body = body.replace("<w:document ", f"<w:document {missing} ", 1)
    words = marker + "。"
    if place in _PARTS:
        part, content = _PARTS[place]
        members = _with_part(members, part, content.replace("{m}", words))
        xml = _said("详见", _CALLS[place]) if place in _CALLS else ""
    elif place == "line of the imprint":
        xml = _in("<w:r><w:t>抄送：市委办公室，{m}。</w:t></w:r>".replace("{m}", marker))
    else:
        xml = (WORD_PLACES[place] or _P).replace("{m}", words)
    places = [match.end() for match in _BODY_BREAK.finditer(body)]
    if place in ("below the signature", "line of the imprint"):
        where = places[-1]
    elif place == "first line":
        where = body.index("<w:body>") + len("<w:body>")
    else:
        where = rng.choice(places)
    body = body[:where] + xml + body[where:]
    if place in ("header", "footer"):
        ref = f'<w:{place}Reference w:type="default" r:id="rId901"/>'
        end = body.rindex("<w:sectPr")
        end = body.index(">", end) + 1
        if body[end - 2] == "/":
            body = body[: end - 2] + f">{ref}</w:sectPr>" + body[end:]
        else:
            body = body[:end] + ref + body[end:]
    members["word/document.xml"] = body.encode()
    return Marked(
        "docx",
        place,
        name,
        marker,
        _zipped(members),
        {"alternative text of a picture": "pictures"}.get(place, ""),
    )


def _with_part(members: dict[str, bytes], part: str, content: str) -> dict[str, bytes]:
    file = _FILES.get(part, f"{part}901.xml" if part in ("header", "footer") else f"{part}.xml")
    members[f"word/{file}"] = f'<?xml version="1.0" encoding="UTF-8"?>{content}'.encode()
    relations = members["word/_rels/document.xml.rels"].decode()
    relations = re.sub(rf'<Relationship [^>]*Target="{file}"[^>]*/>', "", relations)
    relation = f'<Relationship Id="rId901" Type="{_RELATION}{part}" Target="{file}"/>'
    members["word/_rels/document.xml.rels"] = relations.replace(
        "</Relationships>", relation + "</Relationships>"
    ).encode()
    types = members["[Content_Types].xml"].decode()
    if f"/word/{file}" not in types:
        kind = f'<Override PartName="/word/{file}" ContentType="{_TYPE.format(part)}"/>'
        members["[Content_Types].xml"] = types.replace("</Types>", kind + "</Types>").encode()
    return members


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def _zipped(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


HTML_PLACES: dict[str, str] = {
    "paragraph": "<p>{m}</p>",
    "bare words between paragraphs": "{m}",
    "emphasis": "<p>重点是<strong>{m}</strong></p>",
    "raised": "<p>见<sup>{m}</sup></p>",
    "lowered": "<p>见<sub>{m}</sub></p>",
    "table cell": "<table><tr><td>甲</td><td>{m}</td></tr><tr><td>乙</td><td>丙</td></tr></table>",
    "lone cell of a table": "<table><tr><td>{m}</td></tr></table>",
    "heading cell": "<table><thead><tr><th>{m}</th><th>乙</th></tr></thead><tr><td>丙</td><td>丁</td></tr></table>",
    "foot of a table": "<table><tr><td>甲</td><td>乙</td></tr><tfoot><tr><td>合计</td><td>{m}</td></tr></tfoot></table>",
    "nested table": "<table><tr><td>甲</td><td><table><tr><td>乙</td><td>{m}</td></tr></table></td></tr></table>",
    "caption of a table": "<table><caption>{m}</caption><tr><td>甲</td><td>乙</td></tr></table>",
    "words loose in a table": "<table><tr><td>甲</td><td>乙</td></tr>{m}</table>",
    "list item": "<ol><li>甲</li><li>{m}</li></ol>",
    "term": "<dl><dt>{m}</dt><dd>甲</dd></dl>",
    "caption of a figure": "<figure><img src='a.png'><figcaption>{m}</figcaption></figure>",
    "alternative text of a picture": "<p>附图<img src='a.png' alt='{m}'></p>",
    "title of a picture": "<p>附图<img src='a.png' title='{m}'></p>",
    "title of a span": "<p><span title='{m}'>甲</span></p>",
    "filled field": "<p>负责人<input type='text' value='{m}'></p>",
    "text area": "<p>意见<textarea>{m}</textarea></p>",
    "chosen option": "<p>类别<select><option>甲</option><option selected>{m}</option></select></p>",
    "other option": "<p>类别<select><option>{m}</option><option selected>甲</option></select></p>",
    "button": "<p><button>{m}</button></p>",
    "folded details": "<details><summary>甲</summary><p>{m}</p></details>",
    "without scripts": "<noscript><p>{m}</p></noscript>",
    "frame with its own source": '<iframe srcdoc="<p>{m}</p>"></iframe>',
    "words of a frame": "<iframe src='a.html'>{m}</iframe>",
    "template": "<template><p>{m}</p></template>",
    "not displayed": "<p style='display:none'>{m}</p>",
    "not visible": "<p style='visibility:hidden'>{m}</p>",
    "hidden attribute": "<p hidden>{m}</p>",
    "hidden by a class": "<style>.gone{display:none}</style><p class='gone'>{m}</p>",
    "struck": "<p>原定<s>{m}</s></p>",
    "deleted": "<p>原定<del>{m}</del></p>",
    "inserted": "<p>新增<ins>{m}</ins></p>",
    "phonetic guide": "<p><ruby>甲<rt>{m}</rt></ruby></p>",
    "preformatted": "<pre>{m}</pre>",
    "quotation": "<blockquote>{m}</blockquote>",
    "aside": "<aside><p>{m}</p></aside>",
    "footer": "<footer><p>{m}</p></footer>",
    "header": "<header><p>{m}</p></header>",
    "link": "<p>见<a href='/a.html'>{m}</a></p>",
    "drawing": "<svg><text x='1' y='9'>{m}</text></svg>",
    "formula": "<p><math><mtext>{m}</mtext></math></p>",
    "fallback of an object": "<object data='a.swf'><p>{m}</p></object>",
    "fallback of a canvas": "<canvas>{m}</canvas>",
    "set by a style": "<style>.said::after{content:'{m}'}</style><p class='said'>甲</p>",
    "unknown element": "<p><ucapcontent>{m}</ucapcontent></p>",
    "block behind the document": "",
    "numbered clause behind the document": "",
    "table behind the document": "",
    "block before the document": "",
}
_BEHIND = {
    "block behind the document": "<div><p>{m}</p></div>",
    "numbered clause behind the document": "<div><p>第九十九条　{m}</p></div>",
    "table behind the document": "<div><table><tr><td>指标</td><td>2025年</td></tr><tr><td>{m}</td><td>85%</td></tr></table></div>",
}
_CONTENT = re.compile(r'<div[^>]*id="UCAP-CONTENT"[^>]*>')


def page_of(pages: list[bytes], texts: list[str], place: str, marker: str, rng: random.Random) -> Marked:
    """Return a page with the marker at a random place: a real one, or the text of a law in a page of no known portal."""
    words = marker + "。"
    snippet = (HTML_PLACES[place] or _BEHIND.get(place, "<div><p>{m}</p></div>")).replace("{m}", words)
    behind, before = place in _BEHIND, place == "block before the document"
    source = rng.choice(pages).decode("utf-8", "replace")
    content = _CONTENT.search(source)
    if rng.random() < 0.4 and content is not None and not behind and not before:
        ends = [match.end() for match in re.finditer("</p>", source[content.end() :])]
        where = content.end() + rng.choice(ends[: max(1, len(ends) // 2)])
        return Marked(
            "html", place, "real page", marker, (source[:where] + snippet + source[where:]).encode()
        )
    lines = [f"<p>{escape(line)}</p>" for line in rng.choice(texts).split("\n") if line]
    if not behind and not before:
        lines.insert(rng.randrange(2, max(3, len(lines))), snippet)
    block = "<div class='law-body'>" + "\n".join(lines) + "</div>"
    around = snippet + block if before else block + snippet if behind else block
    page = (
        "<html><head><title>法规</title></head><body><div class='top'><a href='/'>首页</a> <a href='/zw'>政务</a></div>"
        f"<div class='wrap'>{around}</div><div class='foot'>版权所有 备案号</div></body></html>"
    )
    return Marked("html", place, "made page", marker, page.encode())


SHEET_PLACES = (
    "cell", "cell of another sheet", "hidden row", "hidden column", "hidden sheet", "comment", "header", "footer", "text box", "merged cell",
    "text of a formula", "row that a filter hides", "struck cell", "far cell", "message of a validation", "title of a chart",
)  # fmt: skip


_IN_CELLS = frozenset(
    {"cell", "hidden row", "hidden column", "row that a filter hides", "far cell", "merged cell", "text of a formula", "struck cell"}
)  # fmt: skip


def _set_in_cells(
    book: xlsxwriter.Workbook,
    sheet: xlsxwriter.workbook.Worksheet,
    place: str,
    marker: str,
    row: int,
    count: int,
) -> None:
    if place == "merged cell":
        sheet.merge_range(row, 4, row + 1, 6, marker)
    elif place == "text of a formula":
        sheet.write_formula(row, 4, f'=IF(A1=1,"{marker}","")', None, marker)
    elif place == "struck cell":
        sheet.write(row, 4, marker, book.add_format({"font_strikeout": True}))
    else:
        column = {"hidden column": 4, "far cell": 40}.get(place, 3)
        sheet.write(row + (400 if place == "far cell" else 0), column, marker)
        if place == "hidden column":
            sheet.set_column(4, 4, None, None, {"hidden": True})
        elif "row" in place:
            sheet.autofilter(0, 0, count, 3)
            sheet.set_row(row, None, None, {"hidden": True})


def _set_beside(
    book: xlsxwriter.Workbook, sheet: xlsxwriter.workbook.Worksheet, place: str, marker: str, row: int
) -> None:
    match place:
        case "cell of another sheet" | "hidden sheet":
            other = book.add_worksheet("附表")
            other.write(3, 2, marker)
            if place == "hidden sheet":
                other.hide()
        case "comment":
            sheet.write_comment(row, 1, marker)
        case "header":
            sheet.set_header(f"&C{marker}")
        case "footer":
            sheet.set_footer(f"&L{marker}")
        case "text box":
            sheet.insert_textbox(row, 5, marker)
        case "message of a validation":
            said = {"validate": "any", "input_title": "说明", "input_message": marker}
            sheet.data_validation(row, 4, row, 4, said)
        case _:
            chart = book.add_chart({"type": "column"})
            chart.add_series({"values": "=任务分工!$A$1:$A$3"})
            chart.set_title({"name": marker})
            sheet.insert_chart(row, 6, chart)


def sheet_of(text: str, place: str, marker: str, rng: random.Random) -> Marked:
    """Return a workbook with the marker at a place of a kind."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet("任务分工")
    lines = [line for line in text.split("\n") if line][:20]
    for number, line in enumerate(lines):
        sheet.write_row(number, 0, [number + 1, line[:200], "责任部门"])
    row = rng.randrange(1, len(lines))
    if place in _IN_CELLS:
        _set_in_cells(book, sheet, place, marker, row, len(lines))
    else:
        _set_beside(book, sheet, place, marker, row)
    book.close()
    return Marked("xlsx", place, "made workbook", marker, made.getvalue())


LINE_PLACES = {
    "line": "{m}。",
    "line of Markdown's quotation": "> {m}。",
    "row of Markdown": "| 甲 | {m} |",
    "row parted by tabs": "甲\t乙\t{m}",
    "heading of Markdown": "### {m}",
    "comment of Markdown": "<!-- {m} -->",
    "struck in Markdown": "原定~~{m}~~",
    "alternative text in Markdown": "![{m}](a.png)",
    "link of Markdown": "见[{m}](a.html)",
    "note of Markdown": "[^7]: {m}。",
    "code of Markdown": "```\n{m}\n```",
    "inline markup": "<u>{m}</u>",
    "behind a page mark": "— 3 —\n{m}",
    "last line": "",
    "first line": "",
}


def line_of(text: str, place: str, marker: str, rng: random.Random) -> Marked:
    """Return a plain text or Markdown with the marker at a random place of a kind."""
    lines = text.split("\n")
    if "Markdown" in place or place == "inline markup":
        lines[0] = f"# {lines[0]}"
    where = {"first line": 0, "last line": len(lines)}.get(place, rng.randrange(1, len(lines)))
    lines.insert(where, (LINE_PLACES[place] or "{m}。").replace("{m}", marker))
    return Marked("text", place, "law.md", marker, "\n".join(lines).encode())


PDF_PLACES = {
    "text field": "/FT /Tx /T (a) /V {s} /Subtype /Widget",
    "text field that shows its value": "/FT /Tx /T (a) /V {s} /Subtype /Widget /AP << /N 9 0 R >>",
    "chosen entry": "/FT /Ch /Ff 131072 /T (a) /V {s} /Opt [{s} (b)] /Subtype /Widget",
    "note": "/Subtype /Text /Contents {s}",
    "words set on the page as an annotation": "/Subtype /FreeText /DA (/F1 12 Tf) /Contents {s}",
    "remark on marked words": "/Subtype /Highlight /QuadPoints [50 700 300 700 50 680 300 680] /Contents {s}",
    "stamp": "/Subtype /Stamp /Contents {s}",
    "mark of deletion": "/Subtype /StrikeOut /QuadPoints [50 700 300 700 50 680 300 680] /Contents {s}",
    "invisible words": "BT /F1 12 Tf 3 Tr 60 400 Td {t} Tj ET",
    "white words": "BT 1 1 1 rg /F1 12 Tf 60 400 Td {t} Tj ET",
    "tiny words": "BT /F1 1.5 Tf 60 400 Td {t} Tj ET",
    "words at an angle": "BT /F1 20 Tf 0.7 0.7 -0.7 0.7 100 200 Tm {t} Tj ET",
    "words upright": "BT /F1 12 Tf 0 1 -1 0 560 200 Tm {t} Tj ET",
    "words of a form object": "/X1 Do",
    "words beyond the page": "BT /F1 12 Tf 700 400 Td {t} Tj ET",
    "at the top edge": "BT /F1 10 Tf 60 825 Td {t} Tj ET",
    "at the bottom edge": "BT /F1 10 Tf 60 15 Td {t} Tj ET",
    "struck words": "BT /F1 12 Tf 60 400 Td {t} Tj ET 60 404 m 320 404 l S",
}
_LINES = (
    "某市停车管理办法",
    "第一条　为了加强停车管理，制定本办法。",
    "第二条　停车场应当公示收费标准。",
    "第三条　本办法自2024年1月1日起施行。",
)


def printed_page(place: str, marker: str) -> Marked:
    """Return a PDF of one page with the marker where only a PDF can hold it."""
    said = PDF_PLACES[place]
    text = "<" + marker.encode("utf-16-be").hex() + ">"
    string = "<FEFF" + marker.encode("utf-16-be").hex() + ">"
    lines = [
        f"BT /F1 14 Tf 60 {780 - 30 * number} Td <{line.encode('utf-16-be').hex()}> Tj ET"
        for number, line in enumerate(_LINES)
    ]
    on_page = said.startswith(("BT", "/X1"))
    if on_page:
        lines.append(said.replace("{t}", text))
    shown = f"BT /F1 12 Tf 2 4 Td {text} Tj ET" if place != "text field" else ""
    shown_by = stream(shown, f"/Type /XObject /Subtype /Form /BBox [0 0 300 20] {_RESOURCES}")
    said_by = stream(
        f"BT /F1 12 Tf 60 400 Td {text} Tj ET",
        f"/Type /XObject /Subtype /Form /BBox [0 0 595 842] {_RESOURCES}",
    )
    annotations = [] if on_page else [f"/Rect [60 500 360 520] {said.replace('{s}', string)}"]
    return Marked(
        "pdf",
        place,
        "made page",
        marker,
        pdf_of([stream("\n".join(lines))], annotations, said_by=said_by, shown_by=shown_by),
    )


_RESOURCES = "/Resources << /Font << /F1 5 0 R >> /XObject << /X1 8 0 R >> >>"


def stream(content: str, said: str = "") -> str:
    """Return drawing commands as a stream of a PDF."""
    return f"<< {said} /Length {len(content)} >>\nstream\n{content}\nendstream"


def pdf_of(
    contents: Sequence[str],
    annotations: Sequence[str] = (),
    rotate: int = 0,
    *,
    said_by: str = "null",
    shown_by: str = "null",
) -> bytes:
    """Return a PDF whose pages have these streams, a Chinese font (/F1), a form (/X1, `said_by`) and these annotations on each."""
    first = 10 + len(annotations)
    listed = " ".join(f"{10 + number} 0 R" for number in range(len(annotations)))
    fields = (
        f"/AcroForm << /Fields [{listed}] /DR << /Font << /F1 5 0 R >> >> >>"
        if any("/Widget" in each for each in annotations)
        else ""
    )
    pages = [first + 2 * number for number in range(len(contents))]
    objects = {
        1: f"<< /Type /Catalog /Pages 2 0 R {fields} >>",
        2: f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{page} 0 R' for page in pages)}] >>",
        3: "null",
        4: "null",
        5: "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
        6: "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 7 0 R >>",
        7: "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
        8: said_by,
        9: shown_by,
    }  # fmt: skip
    for number, said in enumerate(annotations):
        objects[10 + number] = f"<< /Type /Annot /P {pages[0]} 0 R {said} >>"
    for page, content in zip(pages, contents, strict=True):
        shown = f"/Annots [{listed}]" if annotations else ""
        objects[page] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate {rotate} /Contents {page + 1} 0 R {_RESOURCES} {shown} >>"
        )
        objects[page + 1] = content
    return _pdf(objects)


def _pdf(objects: dict[int, str]) -> bytes:
    made = bytearray(b"%PDF-1.6\n")
    offsets = []
    for number, content in objects.items():
        offsets.append(len(made))
        made += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        made += b"%010d 00000 n \n" % offset
    made += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(made)


RTF_PLACES = {
    "paragraph": r"\pard {m}\par",
    "end of a paragraph": r"\pard 相关部门应当配合，{m}\par",
    "bold": r"\pard 重点是{\b {m}}\par",
    "raised": r"\pard 见{\super {m}}\par",
    "hidden": r"\pard 见{\v {m}}\par",
    "struck": r"\pard 原定{\strike {m}}\par",
    "doubly struck": r"\pard 原定{\striked1 {m}}\par",
    "deleted": r"\pard 原有{\deleted {m}}\par",
    "inserted": r"\pard 新增{\revised {m}}\par",
    "cell": r"\trowd\cellx3000\cellx6000\intbl 甲\cell {m}\cell\row\pard ",
    "lone cell": r"\trowd\cellx6000\intbl {m}\cell\row\pard ",
    "cell merged into the one above": r"\trowd\clvmgf\cellx3000\cellx6000\intbl 甲\cell 乙\cell\row\trowd\clvmrg\cellx3000\cellx6000\intbl {m}\cell 丙\cell\row\pard ",
    "cell merged into the one before": r"\trowd\clmgf\cellx3000\clmrg\cellx6000\intbl 甲\cell {m}\cell\row\pard ",
    "header": r"{\header {m}\par}\pard 甲\par",
    "left header": r"{\headerl {m}\par}\pard 甲\par",
    "footer": r"{\footer {m}\par}\pard 甲\par",
    "first footer": r"{\footerf {m}\par}\pard 甲\par",
    "footnote": r"\pard 补贴{\super\chftn}{\footnote\pard {\super\chftn} {m}}\par",
    "endnote": r"\pard 补贴{\super\chftn}{\footnote\ftnalt\pard {\super\chftn} {m}}\par",
    "comment": r"\pard 补贴{\*\atnid a}{\*\atnauthor b}\chatn{\*\annotation\pard {m}}\par",
    "text box": r"\pard 附图{\shp{\*\shpinst{\sp{\sn shapeType}{\sv 202}}{\shptxt\pard {m}\par}}}\par",
    "alternative text of a shape": r"\pard 附图{\shp{\*\shpinst{\sp{\sn wzDescription}{\sv {m}}}}}\par",
    "artistic type": r"\pard 附图{\shp{\*\shpinst{\sp{\sn gtextUNICODE}{\sv {m}}}}}\par",
    "fallback of a shape": r"\pard 附图{\shp{\*\shpinst}{\shprslt {m}}}\par",
    "result of a field": r"\pard 见{\field{\*\fldinst REF a}{\fldrslt {m}}}\par",
    "field without a result": r'\pard 见{\field{\*\fldinst QUOTE "{m}"}{\fldrslt }}\par',
    "text of a form field": r"\pard 见{\field{\*\fldinst FORMTEXT {\*\formfield{\fftype0{\*\ffdeftext {m}}}}}{\fldrslt }}\par",
    "entry of a list field": r"\pard 见{\field{\*\fldinst FORMDROPDOWN {\*\formfield{\fftype2{\*\ffl 甲}{\*\ffl {m}}}}}{\fldrslt }}\par",
    "old object": r"\pard 见{\object\objemb{\*\objclass a}{\*\objdata 00}{\result {m}}}\par",
    "number of a list as text": r"{\listtext {m}\tab}\pard 甲\par",
    "old number of a list": r"{\pntext {m}\tab}\pard 甲\par",
    "framed": r"\pard\absw8000 {m}\par",
    "index entry": r"\pard 甲{\xe {m}}\par",
    "entry of contents": r"\pard 甲{\tc {m}}\par",
    "background": r"{\*\background{\shp{\*\shpinst{\shptxt {m}\par}}}}\pard 甲\par",
    "line break": r"\pard 甲\line {m}\par",
    "old drawing": r"\pard 甲{\do\dptxbx{\dptxbxtext\pard {m}\par}}\par",
    "math": r"\pard 甲{\mmath{\*\moMath{\mr {m}}}}\par",
    "moved away": r"\pard 原有{\mvf {m}}\par",
    "moved here": r"\pard 现有{\mvt {m}}\par",
}


def rich_of(text: str, place: str, marker: str, rng: random.Random) -> Marked:
    """Return an RTF of the text with the marker at a random place of a kind."""
    lines = [
        rf"\pard {line}\par"
        for line in text.replace("\\", "").split("\n")
        if line and not set(line) & set("{}")
    ]
    lines.insert(rng.randrange(1, len(lines)), RTF_PLACES[place].replace("{m}", marker))
    return Marked("rtf", place, "law.rtf", marker, rtf_of("\n".join(lines)))


def rtf_of(source: str) -> bytes:
    """Return an RTF of control words and Chinese characters."""
    head = r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 SimSun;}}"
    return (head + "".join(map(_numbered, source)) + "}").encode("ascii")


def _numbered(character: str) -> str:
    code = ord(character)
    if code > 0xFFFF:
        high, low = divmod(code - 0x10000, 0x400)
        return f"\\u{high + 0xD800 - 65536}?\\u{low + 0xDC00 - 65536}?"
    return character if code < 128 else f"\\u{code - 65536 if code > 32767 else code}?"
