"""A report as a Word file: first sentence, lists, and the tables with both texts; also the paper and fonts that all Word files share."""

from collections.abc import Sequence
from copy import deepcopy
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from policydiff.lexicon.numerals import to_chinese
from policydiff.lexicon.widths import visible
from policydiff.report import RenderOptions
from policydiff.report.catalog import Catalog
from policydiff.report.page import Findings, Page, Side, Strip, Table
from policydiff.report.pictures import picture_table, shown_rows
from policydiff.report.runs import Cell, Mark, apart, plain

SONG = "宋体"
HEI = "黑体"
FANG = "仿宋_GB2312"
"""Font for the body of official documents (GB/T 9704)."""
KAI = "楷体_GB2312"
"""Font for the notes of official documents."""
TITLE = "方正小标宋简体"
"""Font for the titles of official documents."""
LATIN = "Times New Roman"
_NO_CLOCK = datetime(1980, 1, 1, tzinfo=UTC)


def _paper(title: str, author: str, *, landscape: bool, sides: float, top: float, bottom: float) -> Any:
    """Return an empty A4 document with its margins in millimetres, without the time of its making."""
    file = docx.Document()
    properties = file.core_properties
    properties.title, properties.author, properties.comments = visible(title)[:255], author, ""
    properties.created = properties.modified = _NO_CLOCK
    section = file.sections[0]
    section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Mm(sides)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    return file


def word_file(title: str, header: str, footer: str, *, landscape: bool) -> Any:
    """Return an empty A4 document with its fonts, its header, and its footer with page numbers."""
    sides, top = (20, 20) if landscape else (26, 28)
    file = _paper(title, "policydiff", landscape=landscape, sides=sides, top=top, bottom=top)
    normal = file.styles["Normal"]
    normal.font.size = Pt(10.5)
    normal.paragraph_format.line_spacing, normal.paragraph_format.space_after = 1.25, Pt(2)
    set_fonts(normal, SONG)
    for name, size in (("Title", 18), ("Heading 1", 12.5), ("Heading 2", 11)):
        style = file.styles[name]
        style.font.size, style.font.bold = Pt(size), False
        style.font.color.rgb = None
        style.paragraph_format.space_before = Pt(8)
        set_fonts(style, HEI)
    section = file.sections[0]
    small(section.header.paragraphs[0], header)
    small(section.footer.paragraphs[0], f"{footer}　")
    _page_number(section.footer.paragraphs[0])
    return file


def official_file(title: str, *, portrait: bool) -> Any:
    """Return an empty A4 document for an official table, without header, with page numbers as GB/T 9704 prints them."""
    sides, top, bottom = (24, 30, 28) if portrait else (22, 24, 22)
    file = _paper(title, "", landscape=not portrait, sides=sides, top=top, bottom=bottom)
    set_fonts(file.styles["Normal"], FANG)
    footer = file.sections[0].footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for dash in ("— ", " —"):
        run = footer.add_run(dash)
        run.font.size = Pt(14)
        set_fonts(run, SONG)
        if dash == "— ":
            _page_number(footer, half_points=28)
    return file


def saved(file: Any) -> bytes:
    """Return the document's bytes; the same content always gives the same bytes.

    The file's font table names substitutes for each font, because Windows, WPS, macOS and Linux have different names for it.
    """
    for part in file.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            part._blob = files("policydiff.report").joinpath("templates", "word_fonts.xml").read_bytes()
    stream = BytesIO()
    file.save(stream)
    # Pack the file anew with entries in their order, dated 1980, compressed alike, so that the same content gives the same bytes.
    data = stream.getvalue()
    target = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for entry in source.infolist():
            info = ZipInfo(entry.filename, _EARLIEST)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, source.read(entry))
    return target.getvalue()


_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""Earliest date that a zip entry can have."""


def set_fonts(styled: Any, east_asian: str) -> None:
    """Set the Latin and the Chinese font of a run or style."""
    styled.font.name = LATIN
    fonts = styled.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), east_asian)
    fonts.set(qn("w:hAnsi"), LATIN)


def small(paragraph: Any, text: str) -> None:
    """Add a small grey line to a paragraph."""
    run = paragraph.add_run(visible(text))
    run.font.size, run.font.color.rgb = Pt(8), RGBColor(0x66, 0x66, 0x66)


def shade(properties: Any, fill: str) -> None:
    """Give a run or cell a background colour (six hexadecimal digits)."""
    properties.append(_element("shd", f'w:val="clear" w:color="auto" w:fill="{fill}"'))


def pad(table: Any) -> None:
    """Add inner margins to every cell of a table, because Word's defaults leave no space between text and lines."""
    edges = (("top", 50), ("left", 100), ("bottom", 30), ("right", 100))
    margins = "".join(f'<w:{edge} w:w="{twips}" w:type="dxa"/>' for edge, twips in edges)
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    place = properties.append if look is None else look.addprevious
    place(_element("tblCellMar", "", margins))


def flag(row: Any, name: str) -> None:
    """Set a boolean property of a table row: `tblHeader` (repeated on each page), `cantSplit` (kept on one page)."""
    row._tr.get_or_add_trPr().append(_element(name, 'w:val="true"'))


def _page_number(paragraph: Any, half_points: int | None = None) -> None:
    size = f'<w:rPr><w:sz w:val="{half_points}"/></w:rPr>' if half_points else ""
    paragraph._p.append(_element("fldSimple", 'w:instr="PAGE"', f"<w:r>{size}<w:t>1</w:t></w:r>"))


def _element(name: str, attributes: str, content: str = "") -> Any:
    """Return an element of WordprocessingML."""
    return parse_xml(f"<w:{name} {nsdecls('w')} {attributes}>{content}</w:{name}>")


_DECISION_TITLE, _DECISION_BODY = 22, 16
"""Sizes in points by GB/T 9704-2012: 2号小标宋 for the title, 3号仿宋 for the body."""
_DECISION_LINE = 28
"""Line spacing in points that gives 22 lines on a page, as GB/T 9704-2012 asks."""


def text_in_word(title: str, lines: Sequence[str]) -> bytes:
    """Return a text in the form of an official document (公文)."""
    file = word_file(title, "", "", landscape=False)
    for index, line in enumerate((title, *lines)):
        paragraph = file.add_paragraph()
        run = paragraph.add_run(line)
        run.font.size = Pt(_DECISION_BODY if index else _DECISION_TITLE)
        set_fonts(run, FANG if index else TITLE)
        if index:
            paragraph.paragraph_format.first_line_indent = Pt(2 * _DECISION_BODY)
            paragraph.paragraph_format.line_spacing = Pt(_DECISION_LINE)
        else:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return saved(file)


_LYING_WIDTH = 257
"""Millimetres between the margins of a landscape A4 page."""
_UPRIGHT_WIDTH = 158
_BLUE, _ORANGE, _GREY = RGBColor(0x0B, 0x4F, 0x8A), RGBColor(0xB3, 0x54, 0x00), RGBColor(0x66, 0x66, 0x66)
_SHADES = {Mark.INSERT: "DCEBF8", Mark.DELETE: "FDE6D2", Mark.SHARED: "E4F0FA"}
_SHORT_ROW = 300
"""Most characters of a row that is kept on one page: about a third of a landscape page."""
_ENTRIES_MORE = 2
"""A list prints this many times the entries of the first screen; with `everything`, it prints all entries."""


def to_docx(page: Page, say: Catalog, options: RenderOptions) -> bytes:
    """Return the Word file: a memo in portrait, a report with tables in landscape; table heads are repeated on every page."""
    is_memo = not page.tables
    header = " ↔ ".join(side.title for side in page.sides)[:120]
    file = word_file(page.title, header, page.notice, landscape=not is_memo)
    width = _UPRIGHT_WIDTH if is_memo else _LYING_WIDTH
    _head(file, page, say)
    for index, findings in enumerate(page.findings):
        _findings(file, findings, heading(index, say, findings.title), say, options)
    # Tables of the pictures, then the page's own tables; detail tables only with `everything`
    drawn = [each for each in page.pictures if not isinstance(each, Strip) or each.kinds]
    tables = [picture_table(picture, say) for picture in drawn]
    tables += [table for table in page.tables if table.rows and (options.everything or not table.is_detail)]
    for table in tables:
        if not page.is_one_list or table.name != page.main:
            file.add_paragraph(visible(table.title), style="Heading 1")
        if table.note:
            small(file.add_paragraph(), table.note)
        _table(file, table, width, say, options)
    if page.legend:
        legend = say.semicolon.join(f"{term}{say.colon}{explanation}" for term, explanation in page.legend)
        title_of_legend = say("Legend")
        small(file.add_paragraph(), f"{title_of_legend}　{legend}")
    for side in page.sides:
        if side.fingerprint:
            small(file.add_paragraph(), f"{side.role} SHA-256 {side.fingerprint}")
    return saved(file)


def _head(file: Any, page: Page, say: Catalog) -> None:
    title = file.add_paragraph(style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    set_fonts(title.add_run(visible(page.title)), TITLE)
    _sides(file, page.sides)
    if page.lead:
        lead = file.add_paragraph()
        lead.paragraph_format.space_before = Pt(6)
        answer = lead.add_run(visible(page.lead))
        answer.bold = True
        set_fonts(answer, HEI)
    for answer in page.answers:
        file.add_paragraph(visible(answer))
    for role, words in page.reading:
        file.add_paragraph(visible(f"{role}{say.colon}{words}"))
    if page.figures:
        file.add_paragraph("　".join(f"{figure.label} {figure.number}" for figure in page.figures))


def _sides(file: Any, sides: tuple[Side, ...]) -> None:
    if not sides:
        return
    table = file.add_table(rows=1, cols=len(sides), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    pad(table)
    for box, side in zip(table.rows[0].cells, sides, strict=True):
        small(box.paragraphs[0], side.role)
        name = box.add_paragraph().add_run(visible(side.title))
        name.font.size = Pt(12)
        set_fonts(name, HEI)
        small(box.add_paragraph(), "　　".join(f"{label} {value}" for label, value in side.facts))


def _findings(file: Any, findings: Findings, title: str, say: Catalog, options: RenderOptions) -> None:
    shown = say("{title} ({n})", title=title, n=findings.number) if findings.name != "where" else title
    file.add_paragraph(visible(shown), style="Heading 1")
    if not findings.entries:
        file.add_paragraph(visible(findings.others or findings.empty))
        return
    most = len(findings.entries) if options.everything else findings.shown * _ENTRIES_MORE
    for number, entry in enumerate(findings.entries[:most], 1):
        paragraph = file.add_paragraph()
        paragraph.paragraph_format.left_indent = Mm(8)
        paragraph.paragraph_format.first_line_indent = Mm(-8)
        paragraph.add_run(f"{number}.　")
        for run in entry.words:
            words = say("[{judgement}]", judgement=run.text) if run.mark is Mark.BADGE else run.text
            _add(paragraph, visible(words), run.mark, FANG)
        if entry.place:
            _add(paragraph, f"　{visible(entry.place)}", Mark.MUTED, FANG)
    left = findings.left(most)
    told = [say("{n} more in the full report.", n=left)] if left else []
    for words in (*told, *([findings.others] if findings.others else ())):
        small(file.add_paragraph(), words)


def _table(file: Any, table: Table, total: int, say: Catalog, options: RenderOptions) -> None:
    """Write a table; each new row is used as returned, because the library would search all rows to find the last one again."""
    grid = file.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    grid.autofit = False
    weights = sum(column.weight for column in table.columns)
    widths = [Mm(total * column.weight / weights) for column in table.columns]
    head = grid.rows[0]
    for box, column, width, drawn in zip(head.cells, table.columns, widths, grid.columns, strict=True):
        drawn.width = box.width = width
        _add(box.paragraphs[0], column.label, Mark.PLAIN, HEI)
        if column.is_number:
            box.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        shade(box._tc.get_or_add_tcPr(), "E8EEF4")
    flag(head, "tblHeader")
    pad(grid)
    group = ""
    for row in shown_rows(table, say, everything=options.everything):
        if row.group and row.group != group:
            group = row.group
            first, *further = grid.add_row().cells
            for box in further:
                box._tc.getparent().remove(box._tc)
            first._tc.grid_span = len(widths)
            first.width = Mm(total)
            _add(first.paragraphs[0], visible(group), Mark.LABEL, HEI)
        made = grid.add_row()
        for box, runs, column in zip(made.cells, row.cells, table.columns, strict=True):
            _write(box, runs)
            if column.is_number:
                box.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if sum(len(plain(runs)) for runs in row.cells) <= _SHORT_ROW:
            flag(made, "cantSplit")
    after = file.add_paragraph()
    after.paragraph_format.line_spacing = Pt(6)


def _write(box: Any, runs: Cell) -> None:
    paragraph = box.paragraphs[0]
    for run in apart(runs, "　"):
        for index, line in enumerate(visible(run.text).split("\n")):
            if index:
                paragraph = box.add_paragraph()
            if line:
                _add(paragraph, line, run.mark, SONG)


def _add(paragraph: Any, words: str, mark: Mark, fonts: str) -> None:
    """Add words to a paragraph in the style of their mark."""
    paragraph.add_run(words)._r.insert(0, deepcopy(_looks(mark, fonts)))


@cache
def _looks(mark: Mark, fonts: str) -> Any:
    """Return the properties of a run; they are made once for each mark and font, and copied for the thousands of runs that need them."""
    run = docx.Document().add_paragraph().add_run()
    set_fonts(run, HEI if mark in (Mark.LABEL, Mark.BADGE, Mark.STRONG) else fonts)
    if mark is Mark.INSERT:
        run.font.color.rgb, run.font.underline = _BLUE, True
    elif mark is Mark.DELETE:
        run.font.color.rgb, run.font.strike = _ORANGE, True
    elif mark is Mark.SHARED:
        run.font.color.rgb = _BLUE
    elif mark in (Mark.MUTED, Mark.PLACE):
        run.font.color.rgb = _GREY
    if mark in _SHADES:
        shade(run._r.get_or_add_rPr(), _SHADES[mark])
    return run._r.rPr


def heading(index: int, say: Catalog, title: str) -> str:
    """Return the numbered heading of a memo's section: 一、承接情况, or `1. What was taken`.

    Examples:
        >>> from policydiff.report.catalog import catalog
        >>> heading(0, catalog("zh"), "承接情况")
        '一、承接情况'
    """
    number = f"{to_chinese(index + 1)}、" if say.lang == "zh" else f"{index + 1}. "
    return f"{number}{title}"
