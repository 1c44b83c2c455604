"""The same paragraphs set in several ways, as DOCX: LibreOffice makes PDF of them."""

import io
import re
from collections.abc import Sequence
from typing import NamedTuple

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt

from tests.extract.made_files import FONT

Table = Sequence[Sequence[str]]
_LABEL = re.compile(r"^(第[一二三四五六七八九十百零\d]+条)\s*")


class Layout(NamedTuple):
    """How paragraphs are set: type size in points, columns of the body, whether labels are set off by two blanks."""

    name: str
    size: float
    columns: int = 1
    wide_labels: bool = False


LAYOUTS = (
    Layout("official", 15.8),
    Layout("compact", 12, wide_labels=True),
    Layout("two columns", 10.5, columns=2),
    Layout("three columns", 9, columns=3),
)


def laid_out(
    title: str, body: Sequence[str], layout: Layout, *, tables: dict[int, Table] | None = None
) -> bytes:
    """Return a DOCX with the title over the body; a table without rulings stands before the paragraph of its number."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(layout.size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    _set_columns(section, 1)
    heading = document.add_paragraph(title)
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if layout.columns > 1:
        _set_columns(document.add_section(WD_SECTION.CONTINUOUS), layout.columns)
    for number, text in enumerate(body):
        if tables and number in tables:
            _add_table(document, tables[number])
        paragraph = document.add_paragraph(
            _LABEL.sub("\\1\u3000\u3000", text) if layout.wide_labels else text
        )
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.first_line_indent = Pt(2 * layout.size)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _set_columns(section: Section, count: int) -> None:
    properties = section._sectPr
    columns = properties.find(qn("w:cols"))
    if columns is None:
        columns = OxmlElement("w:cols")
        properties.append(columns)
    columns.set(qn("w:num"), str(count))
    columns.set(qn("w:space"), "425")


def _add_table(document: Document, rows: Table) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)
