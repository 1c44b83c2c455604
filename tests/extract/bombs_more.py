"""Thirty further files of the same intent: parts in parts, style sheets, maps of characters, entities in other members."""

import struct
from collections.abc import Callable

from tests.extract.bombs import (
    BOMBS,
    SHEET,
    drawn,
    objects,
    open_sheet,
    page,
    stream,
    tiff,
    words,
    workbook_with,
)
from tests.extract.made_files import zipped
from tests.extract.small_files import WORD, docx, ofd, ofd_text, paragraph


def shared_strings(xml: str) -> bytes:
    """Return an XLSX whose shared strings are this XML."""
    return workbook_with("xl/sharedStrings.xml", xml)


LAUGHS = (
    "<!DOCTYPE d [<!ENTITY a0 'aaaaaaaaaa'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    + "]>"
)


def chained_chunks(depth: int) -> bytes:
    """Return a DOCX that holds itself in parts, ten in each, as deep as that."""
    inner: str | bytes = "<html><body>" + "<p>甲" * 20_000 + "</body></html>"
    name = "a.html"
    for _ in range(depth):
        links = "".join(
            f'<Relationship Id="r{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk" Target="{name}"/>'
            for n in range(10)
        )
        inner = zipped(
            {
                "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
                "word/document.xml": f'<w:document {WORD} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>'
                + "".join(f'<w:altChunk r:id="r{n}"/>' for n in range(10))
                + paragraph("第一条")
                + "</w:body></w:document>",
                "word/_rels/document.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>',
                f"word/{name}": inner,
            }
        )
        name = "a.docx"
    assert isinstance(inner, bytes)
    return inner


def mapped(cmap: str) -> bytes:
    """Return a PDF whose font says by this map which characters its codes are."""
    return objects(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        stream(b"BT /F1 12 Tf 60 700 Td <0001000200030004> Tj ET " * 2_000),
        "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 8 0 R >>",
        stream(cmap.encode()),
        "<< /Type /FontDescriptor /FontName /A /Flags 4 /FontBBox [0 0 9 9] /ItalicAngle 0 /Ascent 9 /Descent 0 /CapHeight 9 /StemV 1 >>",
    )


def packed_objects(count: int) -> bytes:
    """Return a PDF whose stream of objects says that it holds so many, and goes on in itself."""
    return objects(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        stream(b"BT ET"),
        stream(b"1 0 " * 200_000, f"/Type /ObjStm /N {count} /First 9 /Extends 5 0 R "),
    )


FURTHER: list[tuple[str, Callable[[], bytes]]] = [
    ("html: rubies in rubies", lambda: page("<ruby>字<rt>" * 40_000 + "zi")),
    ("html: drawings in drawings", lambda: page("<svg><foreignObject><div>" * 20_000 + "第一条")),
    ("html: selections of a hundred thousand", lambda: page("<select multiple>" + "<option selected>甲" * 100_000 + "</select>")),
    ("html: a style sheet of nested nots", lambda: page("<style>" + "".join(f"p{':not(' * 40}.a{n}{')' * 40}{{text-decoration:line-through}}" for n in range(500)) + "</style>" + "<p class=a1>甲" * 4_000)),
    ("html: a style sheet that never closes", lambda: page("<style>" + "@media print{" * 100_000 + "</style><p>第一条")),
    ("html: attributes that selectors count", lambda: page("<style>" + "".join(f"[class~=a{n}][style*=b] p{{display:none}}" for n in range(3_000)) + "</style>" + f"<div class='{' '.join(f'a{n}' for n in range(3_000))}' style=b>" + "<p>甲" * 5_000)),
    ("xlsx: entities that grow in shared strings", lambda: shared_strings(f"{LAUGHS}<sst {SHEET}><si><t>&a9;</t></si></sst>")),
    ("xlsx: one shared string of runs", lambda: shared_strings(f"<sst {SHEET}><si>" + "<r><rPr><strike/></rPr><t>甲</t></r>" * 200_000 + "</si></sst>")),
    ("docx: parts that hold parts that hold parts", lambda: chained_chunks(4)),
    ("docx: entities that grow in its styles", lambda: docx(paragraph("甲"), styles=f"{LAUGHS}<w:styles {WORD}><w:style w:styleId='&a9;'/></w:styles>")),
    ("docx: notes without end", lambda: docx("".join(f'<w:p><w:r><w:footnoteReference w:id="{n}"/></w:r></w:p>' for n in range(30_000)), footnotes=f"<w:footnotes {WORD}>" + "".join(f'<w:footnote w:id="{n}"><w:p><w:r><w:t>注</w:t></w:r></w:p></w:footnote>' for n in range(30_000)) + "</w:footnotes>")),
    ("docx: fields in fields", lambda: words("<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF</w:instrText></w:r>' * 60_000 + "</w:p>")),
    ("docx: formulas in formulas", lambda: words("<w:p>" + '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">' + "<m:f><m:num>" * 100 + "<m:r><m:t>a</m:t></m:r>" + "</m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f>" * 100 + "</m:oMath></w:p>")),
    ("ods: styles that lead to one another", lambda: open_sheet("".join(f'<table:table-row><table:table-cell office:value-type="string" table:style-name="s{n}"><text:p>{"<text:span>" * 60}甲{"</text:span>" * 60}</text:p></table:table-cell></table:table-row>' for n in range(3_000)))),
    ("ods: columns repeated in every row", lambda: open_sheet('<table:table-row><table:table-cell table:number-columns-repeated="1024" office:value-type="string"><text:p>甲</text:p></table:table-cell></table:table-row>' * 3_000)),
    ("rtf: binary parts longer than the file", lambda: b"{\\rtf1 " + b"\\bin99999999 " * 60_000 + b"a}"),
    ("rtf: characters to skip without end", lambda: b"{\\rtf1 " + b"{\\uc99999\\u31532 " * 60_000 + b"a"),
    ("rtf: tables in tables", lambda: b"{\\rtf1 " + b"\\trowd\\itap9\\nestcell\\nestrow{\\*\\nesttableprops" * 30_000 + b"}"),
    ("ofd: a template that is its own page", lambda: ofd('<ofd:Template TemplateID="1" ZOrder="Background"/>' * 20_000 + ofd_text("第一条"))),
    ("ofd: objects in blocks in blocks", lambda: ofd("<ofd:PageBlock>" * 240 + ofd_text("第一条") + "</ofd:PageBlock>" * 240)),
    ("ofd: a hundred thousand texts", lambda: ofd(ofd_text("甲") * 40_000)),
    ("pdf: a map of all characters there are", lambda: mapped("1 begincodespacerange <0000> <FFFF> endcodespacerange " + "100 beginbfrange " + "<0000> <FFFF> <4E00> " * 3_000 + "endbfrange")),
    ("pdf: a stream of objects that goes on in itself", lambda: packed_objects(99_999_999)),
    ("pdf: filters upon filters", lambda: drawn(b"x").replace(b"/Filter /FlateDecode", b"/Filter [" + b"/FlateDecode " * 5_000 + b"]", 1)),
    ("pdf: outlines and annotations without end", lambda: drawn(b"BT /F1 12 Tf 60 700 Td (first) Tj ET").replace(b"/Resources", b"/Annots [" + b"3 0 R " * 100_000 + b"] /Resources", 1)),
    ("mhtml: one header of a million folds", lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related;\n" + b" a=b;\n" * 300_000 + b" boundary=B\n\n--B\nContent-Type: text/html\n\n<p>a\n--B--\n"),
    ("mhtml: encoded words without end", lambda: b"MIME-Version: 1.0\nSubject: " + b"=?utf-8?B?5LiA?= " * 200_000 + b"\nContent-Type: text/html\n\n<p>a"),
    ("markdown: tables in quotes in lists", ("# 办法\n" + "> - " * 60_000 + "| 甲 | 乙 |\n").encode),
    ("plain: pages of blank fields", ("———— ____ 　" * 200_000).encode),
    ("tiff: directories in a circle", lambda: tiff(9, 9)[:-4] + struct.pack("<I", 24)),
]  # fmt: skip


ALL = [*BOMBS, *FURTHER]
