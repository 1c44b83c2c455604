"""The founding documents as files of every format, made by LibreOffice and by hand when a test asks for them.

The DOCX is written with python-docx in the layout of official documents (GB/T 9704: A4, 28 characters a line, first
lines indented by two); DOC, RTF and PDF are LibreOffice's conversions of it; the scan is a picture of the PDF; the
OFD carries the PDF's characters at the PDF's places.
"""

import html
import io
import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import docx
import pypdfium2
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from policydiff.lexicon.text_marks import row_line

ROOT = Path(__file__).resolve().parents[2]
SOFFICE = shutil.which("soffice")
FONT = "Noto Serif CJK SC"
TABLE = (
    ("序号", "主要任务", "牵头单位", "完成时限"),
    ("1", "建设公共技术服务平台", "市科技局", "2022年底"),
    ("2", "培育龙头企业5-8家，产值达到30亿元", "市经济和信息化局、市发展改革委", "2023年6月"),
    ("3", "引进高层次人才", "市委组织部", "长期"),
)


@dataclass(frozen=True)
class Source:
    """A founding document: its paragraphs, a table after the last but one."""

    name: str
    paragraphs: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """Return what a reader should give, line by line."""
        return (*self.paragraphs[:-1], *(row_line(row) for row in TABLE), self.paragraphs[-1])

    @property
    def text(self) -> str:
        return "\n".join(self.lines) + "\n"


def founding_documents() -> list[Source]:
    """Return the founding documents from the corpus, or from the seeds beside the repository."""
    texts = sorted((ROOT / "corpus" / "documents").rglob("text.txt")) or sorted(
        (ROOT.parent / "shared" / "data" / "seeds").glob("*.txt")
    )
    sources = []
    for path in texts:
        lines = [" ".join(line.split()) for line in path.read_text("utf-8").splitlines()]
        name = path.parent.parent.name if path.name == "text.txt" else path.stem
        sources.append(Source(name, _whole_paragraphs([line for line in lines if line])))
    return sources


def _whole_paragraphs(lines: list[str]) -> tuple[str, ...]:
    """Join the lines of a text that was pasted from a page with its line breaks, for a person wrote it in paragraphs."""
    longest = max(map(len, lines))
    if longest > 40:
        return tuple(lines)
    whole: list[str] = []
    broken = False
    for line in lines:
        if broken:
            whole[-1] += line
        else:
            whole.append(line)
        broken = len(line) >= longest - 8 and line[-1] not in "。：；"
    return tuple(whole)


def docx_of(source: Source) -> bytes:
    """Return the document as DOCX, each paragraph in three runs, with a footer that numbers the pages."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(15.8)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    head = True
    for number, text in enumerate(source.paragraphs):
        if number == len(source.paragraphs) - 1:
            _table(document)
        head = head and len(text) < 60 and text[-1] not in "。；：:;"
        _paragraph(document, text, centred=head)
    _page_number(section.footer.paragraphs[0])
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _paragraph(document: Document, text: str, *, centred: bool) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.line_spacing = Pt(28)
    paragraph.paragraph_format.space_after = Pt(0)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    else:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        if text[-1] not in "：:":
            paragraph.paragraph_format.first_line_indent = Pt(31.6)
    third = max(1, len(text) // 3)
    for part in (text[:third], text[third : 2 * third], text[2 * third :]):
        run = paragraph.add_run(part)
        run.bold = centred


def _table(document: Document) -> None:
    table = document.add_table(rows=len(TABLE), cols=len(TABLE[0]), style="Table Grid")
    for row, cells in zip(table.rows, TABLE, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text


def _page_number(paragraph: Paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    run = paragraph.add_run()
    for kind, instruction in (("begin", None), (None, "PAGE"), ("end", None)):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = instruction
        run._r.append(element)
    paragraph.add_run(" —")


def converted(files: dict[str, bytes], target: str, folder: Path) -> dict[str, bytes]:
    """Convert files by one call of LibreOffice; keys are file names without their ending."""
    assert SOFFICE
    source, made = folder / f"from-{target}", folder / target
    source.mkdir()
    paths = []
    for name, data in files.items():
        paths.append(source / f"{name}.docx")
        paths[-1].write_bytes(data)
    kind = {"doc": "doc:MS Word 97", "rtf": "rtf:Rich Text Format"}.get(target, target)
    arguments = [SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    arguments += ["--convert-to", kind, "--outdir", str(made), *map(str, paths)]
    subprocess.run(
        arguments,
        check=True,
        capture_output=True,
        timeout=240,
    )
    return {name: (made / f"{name}.{target}").read_bytes() for name in files}


def scan_of(pdf: bytes, *, dpi: int = 200, pages: int | None = None) -> bytes:
    """Return a PDF whose pages are pictures of the given PDF's pages, without any text."""
    source, made = pypdfium2.PdfDocument(pdf), pypdfium2.PdfDocument.new()
    for index in range(min(len(source), pages or len(source))):
        page = source[index]
        width, height = page.get_size()
        picture = pypdfium2.PdfImage.new(made)
        picture.set_bitmap(page.render(scale=dpi / 72, rev_byteorder=False))
        picture.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
        target = made.new_page(width, height)
        target.insert_obj(picture)
        target.gen_content()
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def picture_of(pdf: bytes, *, dpi: int = 150) -> bytes:
    """Return the first page as a grey bitmap file (BMP), written by hand: no picture library is needed."""
    bitmap = pypdfium2.PdfDocument(pdf)[0].render(scale=dpi / 72, grayscale=True)
    padding = (-bitmap.width) % 4
    buffer, stride = bytes(bitmap.buffer), bitmap.stride
    upward = range(stride * (bitmap.height - 1), -1, -stride)
    rows = [buffer[start : start + bitmap.width] + bytes(padding) for start in upward]
    pixels = b"".join(rows)
    palette = b"".join(bytes((grey, grey, grey, 0)) for grey in range(256))
    offset = 14 + 40 + len(palette)
    head = b"BM" + (offset + len(pixels)).to_bytes(4, "little") + bytes(4) + offset.to_bytes(4, "little")
    info = (
        (40).to_bytes(4, "little") + bitmap.width.to_bytes(4, "little") + bitmap.height.to_bytes(4, "little")
    )
    info += (
        (1).to_bytes(2, "little") + (8).to_bytes(2, "little") + bytes(4) + len(pixels).to_bytes(4, "little")
    )
    return head + info + bytes(8) + (256).to_bytes(4, "little") + bytes(4) + palette + pixels


def ofd_of(pdf: bytes) -> bytes:
    """Return an OFD with the text and ruling lines of a PDF at the same places."""
    source = pypdfium2.PdfDocument(pdf)
    pages = [_ofd_page(source[index]) for index in range(len(source))]
    listing = "".join(
        f'<ofd:Page ID="{1000 + i}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(pages))
    )
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    return zipped(
        {
            "OFD.xml": f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD {space} Version="1.0" DocType="OFD">'
            "<ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo>"
            "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f'<?xml version="1.0" encoding="UTF-8"?><ofd:Document {space}><ofd:CommonData>'
            "<ofd:MaxUnitID>9999</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
            f"</ofd:PageArea></ofd:CommonData><ofd:Pages>{listing}</ofd:Pages></ofd:Document>",
            **{f"Doc_0/Pages/Page_{i}/Content.xml": content for i, content in enumerate(pages)},
        }
    )


def _ofd_page(page: pypdfium2.PdfPage) -> str:
    height = page.get_height()
    millimetre = 25.4 / 72
    text = page.get_textpage()
    objects = []
    line: list[tuple[str, float, float, float, float]] = []

    def flush() -> None:
        if not line:
            return
        characters = "".join(entry[0] for entry in line)
        size = max(entry[4] - entry[2] for entry in line) * millimetre
        left, baseline = line[0][1] * millimetre, (height - line[0][2]) * millimetre - 0.2 * size
        steps = " ".join(f"{(after[1] - before[1]) * millimetre:.3f}" for before, after in pairwise(line))
        objects.append(
            f'<ofd:TextObject ID="{len(objects) + 1}" Boundary="{left:.3f} {baseline - size:.3f} 200 {size * 1.3:.3f}"'
            f' Font="1" Size="{size:.3f}"><ofd:TextCode X="0" Y="{size:.3f}" DeltaX={quoteattr(steps)}>'
            f"{escape(characters)}</ofd:TextCode></ofd:TextObject>"
        )
        line.clear()

    for index in range(text.count_chars()):
        character = text.get_text_range(index, 1).replace("\ufffe", "-").replace("\x02", "-")
        left, bottom, right, top = text.get_charbox(index, loose=True)
        if character in {"\r", "\n", ""}:
            flush()
            continue
        if line and (abs(bottom - line[0][2]) > 3 or left < line[-1][1] or left - line[-1][3] > 20):
            flush()
        line.append((character, left, bottom, right, top))
    flush()
    for path in page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_PATH,)):
        left, bottom, right, top = (value * millimetre for value in path.get_bounds())
        upper = height * millimetre - top
        objects.append(
            f'<ofd:PathObject ID="{len(objects) + 1}" Boundary="{left:.3f} {upper:.3f} {right - left:.3f}'
            f' {top - bottom:.3f}"><ofd:AbbreviatedData>M 0 0 L {right - left:.3f} {top - bottom:.3f}'
            "</ofd:AbbreviatedData></ofd:PathObject>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content>'
        f'<ofd:Layer ID="1">{"".join(objects)}</ofd:Layer></ofd:Content></ofd:Page>'
    )


def pages_of(data: bytes) -> int:
    """Return a PDF's number of pages, 1 for other formats."""
    return len(pypdfium2.PdfDocument(data)) if data.startswith(b"%PDF") else 1


def zipped(members: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in members.items():
            container.writestr(name, content)
    return stream.getvalue()


def html_of(source: Source) -> dict[str, bytes]:
    """Return three kinds of portal page: one a paragraph element, one by line breaks, one of an unknown layout."""
    table = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in TABLE
    )
    body = [html.escape(text) for text in source.paragraphs]
    last = body.pop()
    grid = f"<table>{table}</table>"
    menu = "".join(f'<li><a href="/c{i}">栏目{i}导航链接</a></li>' for i in range(40))
    paragraphs = "".join(f"<p>{text}</p>" for text in body) + grid + f"<p>{last}</p>"
    breaks = "<br>　　".join(body) + grid + last
    spans = "".join(
        f"<p><span>{html.escape(text[: len(text) // 2])}</span><span>{html.escape(text[len(text) // 2 :])}</span></p>"
        for text in source.paragraphs[:-1]
    )
    frame = (
        "<html><head>{}<title>某某市人民政府</title></head><body><ul>"
        + menu
        + "</ul>{}<div>主办单位 联系我们</div></body></html>"
    )
    return {
        "selector": frame.format(
            '<meta charset="utf-8">', f'<div id="UCAP-CONTENT">{paragraphs}</div>'
        ).encode(),
        "breaks": frame.format("", f'<table><tr><td id="zoom">{breaks}</td></tr></table>').encode("gb18030"),
        "unknown": frame.format(
            '<meta charset="gb2312">', f'<div class="x"><div class="y">{spans}{grid}<p>{last}</p></div></div>'
        ).encode("gb18030"),
    }
