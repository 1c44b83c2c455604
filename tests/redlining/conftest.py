"""Small Word files made in memory: paragraphs, tables, notes, headers, boxes."""

import io
import zipfile

import pytest

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_STYLES = (
    f'<w:styles {NS}><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="h"><w:name w:val="heading 1"/></w:style></w:styles>'
)


def p(text: str = "", properties: str = "", more: str = "") -> str:
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{run}{more}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    width = max(map(len, rows))
    body = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{p(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid>{'<w:gridCol/>' * width}</w:tblGrid>{body}</w:tbl>"


def note(number: int) -> str:
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def docx(*blocks: str, notes: dict[int, str] | None = None, header: str | None = None) -> bytes:
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/styles.xml": _STYLES,
    }
    relations = [f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>']
    section = "<w:sectPr/>"
    if notes is not None:
        listed = "".join(f'<w:footnote w:id="{key}">{p(text)}</w:footnote>' for key, text in notes.items())
        parts["word/footnotes.xml"] = f"<w:footnotes {NS}>{listed}</w:footnotes>"
        relations.append(f'<Relationship Id="rId2" Type="{_OFFICE}/footnotes" Target="footnotes.xml"/>')
    if header is not None:
        parts["word/header1.xml"] = f"<w:hdr {NS}>{header}</w:hdr>"
        relations.append(f'<Relationship Id="rId3" Type="{_OFFICE}/header" Target="header1.xml"/>')
        section = '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/></w:sectPr>'
    parts["word/document.xml"] = f"<w:document {NS}><w:body>{''.join(blocks)}{section}</w:body></w:document>"
    parts["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}">{"".join(relations)}</Relationships>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for name, content in parts.items():
            packed.writestr(zipfile.ZipInfo(name), content)
    return stream.getvalue()


@pytest.fixture(scope="session")
def body_of():
    def read(data: bytes, part: str = "word/document.xml") -> str:
        return zipfile.ZipFile(io.BytesIO(data)).read(part).decode("utf-8")

    return read
