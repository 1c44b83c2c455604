"""What both Word reports share: an A4 file with Chinese fonts, a running header, and reproducible bytes."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from policydiff.lexicon.widths import visible
from policydiff.report.formats import frozen_zip

SONG = "宋体"
HEI = "黑体"
FANG = "仿宋_GB2312"
"""Body of official documents (GB/T 9704)."""
KAI = "楷体_GB2312"
"""Their notes."""
TITLE = "方正小标宋简体"
"""Their titles."""
LATIN = "Times New Roman"
_FALLBACKS = {
    FANG: ("仿宋", "FangSong,STFangsong,FandolFang"),
    KAI: ("楷体", "KaiTi,STKaiti"),
    TITLE: ("小标宋体", "华文中宋,STZhongsong,方正小标宋_GBK,SimSun"),
    HEI: ("黑体", "SimHei,Microsoft YaHei,Noto Sans CJK SC"),
    SONG: ("宋体", "SimSun,Noto Serif CJK SC"),
}
"""Other names to set a face by where the first one is not installed: Windows, WPS, macOS and Linux call it otherwise."""
_NO_CLOCK = datetime(1980, 1, 1, tzinfo=UTC)
_LONG_SIDE, _SHORT_SIDE = Mm(297), Mm(210)


def word_file(title: str, header: str, footer: str, *, landscape: bool) -> Any:
    """Return an empty A4 document with its fonts, header and page-numbered footer set."""
    file = docx.Document()
    properties = file.core_properties
    properties.title, properties.author, properties.comments = visible(title)[:255], "policydiff", ""
    properties.created = properties.modified = _NO_CLOCK
    section = file.sections[0]
    section.page_width, section.page_height = (
        (_LONG_SIDE, _SHORT_SIDE) if landscape else (_SHORT_SIDE, _LONG_SIDE)
    )
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Mm(20 if landscape else 26)
    section.top_margin = section.bottom_margin = Mm(20 if landscape else 28)
    normal = file.styles["Normal"]
    normal.font.size = Pt(10.5)
    normal.paragraph_format.line_spacing = 1.25
    normal.paragraph_format.space_after = Pt(2)
    set_fonts(normal, SONG)
    for name, size in (("Title", 18), ("Heading 1", 12.5), ("Heading 2", 11)):
        style = file.styles[name]
        style.font.size, style.font.bold = Pt(size), False
        style.font.color.rgb = None
        style.paragraph_format.space_before = Pt(8)
        set_fonts(style, HEI)
    small(section.header.paragraphs[0], header)
    small(section.footer.paragraphs[0], f"{footer}　")
    _page_number(section.footer.paragraphs[0])
    return file


def official_file(title: str, *, portrait: bool) -> Any:
    """Return an empty A4 document for an official table: page numbers as GB/T 9704 prints them, no header."""
    file = docx.Document()
    properties = file.core_properties
    properties.title, properties.author, properties.comments = visible(title)[:255], "", ""
    properties.created = properties.modified = _NO_CLOCK
    section = file.sections[0]
    sides = (_SHORT_SIDE, _LONG_SIDE) if portrait else (_LONG_SIDE, _SHORT_SIDE)
    section.page_width, section.page_height = sides
    section.orientation = WD_ORIENT.PORTRAIT if portrait else WD_ORIENT.LANDSCAPE
    section.left_margin = section.right_margin = Mm(24 if portrait else 22)
    section.top_margin, section.bottom_margin = (Mm(30), Mm(28)) if portrait else (Mm(24), Mm(22))
    set_fonts(file.styles["Normal"], FANG)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for part in ("— ", None, " —"):
        if part is None:
            _page_number(footer, Pt(14))
        else:
            run = footer.add_run(part)
            run.font.size = Pt(14)
            set_fonts(run, SONG)
    return file


def saved(file: Any) -> bytes:
    """Return the document's bytes, the same for the same content."""
    fonts = next(
        (part for part in file.part.package.iter_parts() if part.partname == "/word/fontTable.xml"), None
    )
    if fonts is not None:
        fonts._blob = _font_table()
    stream = BytesIO()
    file.save(stream)
    return frozen_zip(stream.getvalue())


def set_fonts(styled: Any, east_asian: str) -> None:
    """Set Latin and Chinese fonts of a run or style."""
    styled.font.name = LATIN
    fonts = styled.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), east_asian)
    fonts.set(qn("w:hAnsi"), LATIN)


def small(paragraph: Any, text: str) -> None:
    """Write a small grey line into a paragraph."""
    run = paragraph.add_run(visible(text))
    run.font.size, run.font.color.rgb = Pt(8), RGBColor(0x66, 0x66, 0x66)


def shade(properties: Any, fill: str) -> None:
    """Lay a ground of a colour (six hexadecimal digits) behind a run or cell."""
    ground = OxmlElement("w:shd")
    ground.set(qn("w:val"), "clear")
    ground.set(qn("w:color"), "auto")
    ground.set(qn("w:fill"), fill)
    properties.append(ground)


def pad(table: Any) -> None:
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


def flag(row: Any, name: str) -> None:
    """Set a property of a table row that is on or off: `w:tblHeader`, `w:cantSplit`."""
    element = OxmlElement(name)
    element.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(element)


def _font_table() -> bytes:
    """Return the table of fonts with the other names of each face."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{alternatives[0]},{alternatives[1]}"/><w:charset w:val="86"/></w:font>'
        for name, alternatives in _FALLBACKS.items()
    )
    table = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="{space}">{fonts}</w:fonts>'
    )
    return table.encode()


def _page_number(paragraph: Any, size: Any = None) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    if size is not None:
        properties = OxmlElement("w:rPr")
        half_points = OxmlElement("w:sz")
        half_points.set(qn("w:val"), str(int(size.pt * 2)))
        properties.append(half_points)
        run.append(properties)
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
