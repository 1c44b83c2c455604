"""Small files of each format, written by hand: what a test is about is all they hold."""

from tests.extract.made_files import zipped

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SPACES = (
    f'{WORD} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)


def docx(body: str, **parts: str) -> bytes:
    """Return a DOCX whose body holds this XML; parts by name without their ending (`numbering`, `styles` …)."""
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
    }
    for name, content in parts.items():
        members[f"word/{name}.xml"] = content
    return zipped(members)


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def pdf(content: str, *, pages: int = 1) -> bytes:
    """Return a PDF whose pages share one content stream; Latin letters only (Helvetica)."""
    stream = content.encode("latin-1")
    kids = " ".join(f"{4 + index} 0 R" for index in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {pages} /Kids [{kids}] >>".encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    font = 4 + pages
    page = (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R"
        f" /Resources << /Font << /F1 {font} 0 R >> >> >>"
    )
    objects += [page.encode()] * pages
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    made = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, content_of in enumerate(objects, start=1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content_of)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        made += b"%010d 00000 n \n" % offset
    made += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(made)


def text_lines(*lines: tuple[float, float, str]) -> str:
    """Return a PDF content stream that sets each text at (x, y) in Helvetica 12."""
    return "\n".join(f"BT /F1 12 Tf {x} {y} Td ({text}) Tj ET" for x, y, text in lines)


def ofd(page: str, **members: str | bytes) -> bytes:
    """Return an OFD of one page whose layer holds this XML."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    files: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
        "</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea>"
        "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>"
        '<ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/0.xml"/></ofd:Pages></ofd:Document>',
        "Doc_0/Pages/0.xml": f"<ofd:Page {space}><ofd:Content><ofd:Layer>{page}</ofd:Layer></ofd:Content></ofd:Page>",
    }
    return zipped({**files, **members})


def ofd_text(text: str, *, x: float = 30, y: float = 40, size: float = 5) -> str:
    step = f"g {max(len(text) - 1, 1)} {size}"
    return (
        f'<ofd:TextObject Boundary="{x} {y} 150 {size}" Size="{size}"><ofd:TextCode X="0" Y="{size}" DeltaX="{step}">'
        f"{text}</ofd:TextCode></ofd:TextObject>"
    )
