"""Forty hand-made files that ask for more than they give: each small, each meant to take time or memory without end."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import xlsxwriter

from tests.extract.made_files import zipped
from tests.extract.small_files import WORD, docx, ofd, ofd_text, paragraph, pdf, text_lines

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def packed(**members: str | bytes) -> bytes:
    """Return a zip, its members squeezed; `__` in a name stands for a slash, `_o_` for a dot."""
    return zipped({name.replace("__", "/").replace("_o_", "."): content for name, content in members.items()})


def page(inside: str) -> bytes:
    return f"<html><head><title>办法</title></head><body>{inside}</body></html>".encode()


def words(inside: str) -> bytes:
    return docx(inside + paragraph("第一条"))


def workbook(sheet: str) -> bytes:
    """Return an XLSX of one sheet with this XML."""
    return workbook_with("xl/worksheets/sheet1.xml", f"<worksheet {SHEET}>{sheet}</worksheet>")


def workbook_with(part: str, xml: str) -> bytes:
    """Return an XLSX in which a part is this XML."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    book.add_worksheet("a").write(0, 0, "甲")
    book.close()
    with zipfile.ZipFile(made) as held:
        members: dict[str, str | bytes] = {name: held.read(name) for name in held.namelist()}
    return zipped({**members, part: xml})


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def open_sheet(table: str) -> bytes:
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="a">{table}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr("content.xml", content)
        made.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return out.getvalue()


def objects(*bodies: str) -> bytes:
    """Return a PDF of these objects, the first its catalogue."""
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1) + rows
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start)


def stream(content: bytes, extra: str = "") -> str:
    squeezed = zlib.compress(content, 9)
    return (
        f"<< /Length {len(squeezed)} /Filter /FlateDecode {extra}>>\nstream\n"
        + squeezed.decode("latin-1")
        + "\nendstream"
    )


def drawn(content: bytes, resources: str = "") -> bytes:
    return objects(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> {resources} >> >>",
        stream(content),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        stream(
            b"/X0 Do " * 20,
            "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X0 6 0 R >> >> ",
        ),
    )


def png(width: int, height: int, rows: bytes = b"") -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(rows or bytes(1 << 20), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def tiff(width: int, height: int) -> bytes:
    entries = [
        (256, 4, width),
        (257, 4, height),
        (258, 3, 8),
        (259, 3, 1),
        (262, 3, 1),
        (273, 4, 8),
        (278, 4, height),
        (279, 4, 16),
    ]
    body = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
    return b"II*\x00" + struct.pack("<I", 24) + bytes(16) + struct.pack("<H", len(entries)) + body + bytes(4)


def doc(size: int) -> bytes:
    """Return an OLE2 file that says it is a Word document and leads in circles."""
    loop = struct.pack("<I", 0) * (size // 4)
    return (
        OLE
        + bytes(22)
        + b"\x3e\x00\x03\x00\xfe\xff\x09\x00"
        + bytes(40)
        + loop
        + "WordDocument".encode("utf-16-le")
    )


ROW = "<w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc></w:tr>"
NESTED_TABLES = "<w:tbl><w:tr><w:tc>" * 60 + paragraph("甲") + "</w:tc></w:tr></w:tbl>" * 60


def overlapping() -> bytes:
    """Return a DOCX whose thousand members are one and the same stretch of bytes."""
    block = zlib.compressobj(9, zlib.DEFLATED, -15)
    squeezed = block.compress(bytes(1 << 22)) + block.flush()
    head = struct.pack(
        "<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, zlib.crc32(bytes(1 << 22)), len(squeezed), 1 << 22, 17, 0
    )
    data = head + b"word/document.xml" + squeezed
    central = b""
    for number in range(1_000):
        name = b"word/document.xml" if not number else b"word/media/%06d" % number
        central += (
            struct.pack(
                "<4s6H3I5H2I",
                b"PK\x01\x02",
                20,
                20,
                0,
                8,
                0,
                0,
                zlib.crc32(bytes(1 << 22)),
                len(squeezed),
                1 << 22,
                len(name),
                0,
                0,
                0,
                0,
                0,
                0,
            )
            + name
        )
    return (
        data
        + central
        + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1_000, 1_000, len(central), len(data), 0)
    )


BOMBS: list[tuple[str, Callable[[], bytes]]] = [
    ("html: attributes of one element", lambda: page("<p" + " a" * 400_000 + ">第一条</p>")),
    ("html: elements full of attributes", lambda: page("".join(f"<p {' '.join(f'a{n}=1' for n in range(60))}>a" for _ in range(1500)))),
    ("html: items of one list", lambda: page("<ul>" + "<li>a" * 160_000 + "</ul>")),
    ("html: lists never closed", lambda: page("<ul><li>a" * 20_000)),
    ("html: deep elements", lambda: page("<div>" * 200_000 + "第一条")),
    ("html: wrongly nested formatting", lambda: page("<b><i><u><font><p>" * 4_000 + "a")),
    ("html: huge spans of columns and rows", lambda: page("<table>" + "<tr>" + "<td colspan=99999 rowspan=99999>a" * 200 + "</table>")),
    ("html: rows under long spans", lambda: page("<table>" + "".join(f"<tr><td rowspan=2000 colspan=100>{n}<td>b" for n in range(900)) + "</table>")),
    ("html: tables in tables", lambda: page("<table><tr><td>" * 80 + "a" + "<td>b</table>" * 80)),
    ("html: a table of many cells", lambda: page("<table>" + ("<tr>" + "<td>a" * 40) * 3_000 + "</table>")),
    ("html: style sheet of many rules", lambda: page("<style>" + "".join(f".a{n} p:nth-child({n}) {{text-decoration:line-through}}" for n in range(2_000)) + "</style>" + "<p class=a1>a" * 3_000)),
    ("html: selectors of many descendants", lambda: page("<style>" + ("div " * 70 + "{text-decoration:line-through}") * 300 + "</style>" + "<div>" * 120 + "a")),
    ("html: selectors with has", lambda: page("<style>" + "p:has(~ p):has(~ p){text-decoration:line-through}" * 50 + "</style>" + "<p>a" * 4_000)),
    ("html: marks of notes", lambda: page("".join(f"<a href='#n{n}'>{n % 900 + 1}</a>" for n in range(9_000)) + "".join(f"<p id=n{n}>{n % 900 + 1} 注" for n in range(9_000)))),
    ("html: entities", lambda: page("&#x4e00;" * 500_000)),
    ("html: comments never closed", lambda: page("<!--" * 300_000)),
    ("html: one word of a million letters", lambda: page("<p>" + "第" * 1_000_000)),
    ("html: links without end", lambda: page("".join(f"<a href={n}.pdf>附件{n}</a>" for n in range(40_000)))),
    ("html: labels of facts", lambda: page("<p>发文字号：" * 40_000)),
    ("mhtml: parts in parts", lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n" + b"--B\nContent-Type: multipart/mixed; boundary=B\n\n" * 20_000),
    ("docx: 200 MB of blanks in one member", lambda: packed(word__document_o_xml=f"<w:document {WORD}><w:body>" + " " * 200_000_000 + "</w:body></w:document>")),
    ("docx: a million empty paragraphs", lambda: words("<w:p/>" * 1_000_000)),
    ("docx: tables in tables", lambda: words(NESTED_TABLES)),
    ("docx: cells over columns without end", lambda: words("<w:tbl>" + "<w:tr>" + '<w:tc><w:tcPr><w:gridSpan w:val="99999"/></w:tcPr><w:p/></w:tc>' * 3_000 + "</w:tr></w:tbl>")),
    ("docx: entities that grow", lambda: packed(word__document_o_xml="<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'>" + "".join(f"<!ENTITY a{n} '{'&a' + (str(n - 1) if n else '') + ';' * 1}{'&a;' * 9}'>" for n in range(9)) + f"]><w:document {WORD}><w:body>&a8;</w:body></w:document>")),
    ("docx: styles based on one another", lambda: docx(paragraph("甲", '<w:pStyle w:val="s1"/>') * 2_000, styles=f"<w:styles {WORD}>" + "".join(f'<w:style w:styleId="s{n}"><w:basedOn w:val="s{(n + 1) % 5_000}"/></w:style>' for n in range(5_000)) + "</w:styles>")),
    ("docx: numbers of a thousand levels", lambda: docx(paragraph("甲", '<w:numPr><w:ilvl w:val="8"/><w:numId w:val="1"/></w:numPr>') * 20_000, numbering=f'<w:numbering {WORD}><w:abstractNum w:abstractNumId="1">' + "".join(f'<w:lvl w:ilvl="{n}"><w:start w:val="999999999"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="{"%1" * 2_000}"/></w:lvl>' for n in range(9)) + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>')),
    ("docx: runs of one letter", lambda: words("<w:p>" + "<w:r><w:t>甲</w:t></w:r>" * 300_000 + "</w:p>")),
    ("xlsx: a million rows declared", lambda: workbook(f'<dimension ref="A1:XFD1048576"/><sheetData><row r="1048576">{cell("XFD1048576", "甲")}</row></sheetData>')),
    ("xlsx: a million rows with one cell each", lambda: workbook("<sheetData>" + "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 400_000)) + "</sheetData>")),
    ("xlsx: merges over everything", lambda: workbook(f'<sheetData><row r="1">{cell("A1", "甲")}{cell("B1", "乙")}</row><row r="20000">{cell("A20000", "丙")}</row></sheetData><mergeCells>' + '<mergeCell ref="A1:XFD1048576"/>' * 3_000 + "</mergeCells>")),
    ("ods: rows repeated without end", lambda: open_sheet('<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>甲</text:p></table:table-cell></table:table-row>')),
    ("rtf: groups in groups", lambda: b"{\\rtf1 " + b"{\\b " * 400_000 + b"a"),
    ("rtf: tables without end", lambda: b"{\\rtf1 " + b"\\trowd\\cellx1\\cellx2 a\\cell b\\cell\\row " * 40_000 + b"}"),
    ("rtf: pictures of nothing", lambda: b"{\\rtf1 " + b"{\\pict\\pngblip " + b"00" * 3_000_000 + b"}a}"),
    ("ofd: characters without end", lambda: ofd(ofd_text("甲" * 400_000))),
    ("ofd: steps repeated without end", lambda: ofd(ofd_text("甲乙").replace('DeltaX="g 1', 'DeltaX="g 999999999'))),
    ("ofd: paths without end", lambda: ofd(ofd_text("甲") + '<ofd:PathObject Boundary="0 0 9 9"><ofd:AbbreviatedData>' + "M 0 0 L 1 1 " * 400_000 + "</ofd:AbbreviatedData></ofd:PathObject>")),
    ("pdf: pages that are their own parents", lambda: objects("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R 2 0 R] /Count 9 >>")),
    ("pdf: a form that draws itself", lambda: drawn(b"BT /F1 12 Tf 60 700 Td (first) Tj ET /X0 Do", "/XObject << /X0 6 0 R >>")),
    ("pdf: a million characters on one spot", lambda: drawn(b"BT /F1 12 Tf 60 700 Td " + b"(a) Tj " * 1_000_000 + b"ET")),
    ("pdf: lines without end", lambda: drawn(b"BT /F1 12 Tf 60 700 Td (first) Tj ET " + b"0 0 m 500 500 l S " * 300_000)),
    ("pdf: 300 MB of blanks in one stream", lambda: drawn(b" " * 300_000_000)),
    ("pdf: saved states without end", lambda: drawn(b"q " * 3_000_000 + b"BT /F1 12 Tf 60 700 Td (first) Tj ET")),
    ("pdf: a stream packed a thousand times", lambda: pdf(text_lines((60, 700, "x"))).replace(b"stream\n", b"stream\n" + b"<<" * 100_000, 1)),
    ("pdf: an array of a million arrays", lambda: objects("<< /Type /Catalog /Pages " + "[" * 300_000 + " >>")),
    ("png: four thousand million pixels", lambda: png(65_000, 65_000)),
    ("png: rows that unpack without end", lambda: png(9_000, 9_000, bytes(250_000_000))),
    ("tiff: a strip of four thousand million bytes", lambda: tiff(65_000, 65_000)),
    ("jpeg: cut off after its size", lambda: b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03" + bytes(100)),
    ("doc: a table of sectors in a circle", lambda: doc(2_000_000)),
    ("zip: members that overlap", overlapping),
    ("plain: a line of ten million letters", ("第一条 " + "甲" * 3_000_000).encode),
    ("plain: labels without end", ("（一）" * 300_000).encode),
    ("plain: a row of a million cells", ("| 甲 " * 400_000 + "|").encode),
    ("markdown: marks that open and never close", ("# 办法\n" + "**~~[[^" * 100_000).encode),
    ("markdown: notes that call notes", ("# 办法\n" + "".join(f"甲[^{n}]\n\n[^{n}]: 见[^{n + 1}]\n" for n in range(20_000))).encode),
]  # fmt: skip
