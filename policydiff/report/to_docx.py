"""A report as a Word file: what it is about, then its tables; the main one is the 对照表 in three columns."""

from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from policydiff.report.catalog import Catalog
from policydiff.report.folding import folded
from policydiff.report.options import RenderOptions
from policydiff.report.page import Column, Page, Side, Table, text_row
from policydiff.report.runs import Cell, Mark
from policydiff.report.visible import visible
from policydiff.report.word_file import HEI, SONG, saved, set_fonts, small, word_file

_TEXT_WIDTH = 257
"""Millimetres between the margins of a landscape A4 page."""
_BLUE, _ORANGE, _GREY = RGBColor(0x0B, 0x4F, 0x8A), RGBColor(0xB3, 0x54, 0x00), RGBColor(0x66, 0x66, 0x66)
_SHADES = {Mark.INSERT: "DCEBF8", Mark.DELETE: "FDE6D2", Mark.SHARED: "E4F0FA"}


def to_docx(page: Page, say: Catalog, options: RenderOptions) -> bytes:
    """Return the Word file, landscape A4; the head of each table is repeated on every page."""
    header = " ↔ ".join(side.title for side in page.sides)[:120]
    file = word_file(page.title, header, page.notice, landscape=True)
    title = file.add_paragraph(style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run(visible(page.title))
    _sides(file, page.sides)
    for answer in page.answers:
        file.add_paragraph(visible(answer))
    if page.figures:
        file.add_paragraph("　".join(f"{figure.label} {figure.number}" for figure in page.figures))
    if page.bars:
        file.add_paragraph(visible(page.bars_title), style="Heading 1")
        _table(file, _bars(page, say), say, options)
    if page.legend:
        legend = "；".join(f"{term}：{explanation}" for term, explanation in page.legend)
        title_of_legend = say("Legend")
        small(file.add_paragraph(), f"{title_of_legend}　{legend}")
    for table in page.three_column_tables:
        if table.rows:
            file.add_paragraph(visible(table.title), style="Heading 1")
            if table.note:
                small(file.add_paragraph(), table.note)
            _table(file, table, say, options)
    small(file.add_paragraph(), page.notice)
    return saved(file)


def _sides(file: Any, sides: tuple[Side, ...]) -> None:
    if not sides:
        return
    table = file.add_table(rows=1, cols=len(sides), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _pad(table)
    for box, side in zip(table.rows[0].cells, sides, strict=True):
        small(box.paragraphs[0], side.role)
        name = box.add_paragraph().add_run(visible(side.title))
        name.font.size = Pt(12)
        set_fonts(name, HEI)
        for label, value in side.facts:
            small(box.add_paragraph(), f"{label}　{value}")
    file.add_paragraph().paragraph_format.line_spacing = Pt(6)


def _bars(page: Page, say: Catalog) -> Table:
    columns = (Column(say("Chapter"), 70), *(Column(figure.label, 10) for figure in page.bars[0].counts))
    rows = (text_row(bar.title, *(str(figure.number) for figure in bar.counts)) for bar in page.bars)
    return Table("chapters", page.bars_title, columns, tuple(rows))


def _table(file: Any, table: Table, say: Catalog, options: RenderOptions) -> None:
    grid = file.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    grid.autofit = False
    widths = [
        Mm(_TEXT_WIDTH * column.weight / sum(each.weight for each in table.columns))
        for column in table.columns
    ]
    for index, (column, width) in enumerate(zip(table.columns, widths, strict=True)):
        grid.columns[index].width = width
        head = grid.rows[0].cells[index]
        run = head.paragraphs[0].add_run(column.label)
        set_fonts(run, HEI)
        _shade(head._tc.get_or_add_tcPr(), "E8EEF4")
    _flag(grid.rows[0], "w:tblHeader")
    _pad(grid)
    for row in folded(table, 0 if options.unchanged else 1, say):
        cells = grid.add_row().cells
        for box, width, runs in zip(cells, widths, row.cells, strict=True):
            box.width = width
            _write(box, runs)
    after = file.add_paragraph()
    after.paragraph_format.line_spacing = Pt(6)


def _write(box: Any, runs: Cell) -> None:
    paragraph = box.paragraphs[0]
    for run in runs:
        for index, line in enumerate(visible(run.text).split("\n")):
            if index:
                paragraph = box.add_paragraph()
            if line:
                _style(paragraph.add_run(line), run.mark)


def _style(run: Any, mark: Mark) -> None:
    set_fonts(run, SONG)
    if mark is Mark.INSERT:
        run.font.color.rgb, run.font.underline = _BLUE, True
    elif mark is Mark.DELETE:
        run.font.color.rgb, run.font.strike = _ORANGE, True
    elif mark is Mark.SHARED:
        run.font.color.rgb = _BLUE
    elif mark is Mark.MUTED:
        run.font.color.rgb = _GREY
    if mark in _SHADES:
        _shade(run._r.get_or_add_rPr(), _SHADES[mark])


def _shade(properties: Any, fill: str) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:color"), "auto")
    shade.set(qn("w:fill"), fill)
    properties.append(shade)


def _pad(table: Any) -> None:
    """Give every cell of a table air, and no space after its last paragraph."""
    margins = OxmlElement("w:tblCellMar")
    for edge, twips in (("top", 50), ("left", 100), ("bottom", 30), ("right", 100)):
        margin = OxmlElement(f"w:{edge}")
        margin.set(qn("w:w"), str(twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is None:
        properties.append(margins)
    else:
        look.addprevious(margins)


def _flag(row: Any, name: str) -> None:
    flag = OxmlElement(name)
    flag.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(flag)
