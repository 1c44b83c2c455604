"""The 对照表 as legislatures and the State Council print it: title, legend line, two or three columns, and nothing else.

Fonts follow GB/T 9704 (小标宋 title, 仿宋 body); what is new is set in 黑体, what was removed is struck through. No
colours, no hashes, no scores: the table is made to be printed and signed off.
"""

import re
from typing import Any, NamedTuple

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Mm, Pt

from policydiff.errors import UsageError
from policydiff.lexicon.widths import visible
from policydiff.report.catalog import Catalog
from policydiff.report.formats import RenderOptions
from policydiff.report.page import Page, Row, Table
from policydiff.report.runs import Cell, Mark, Run, plain
from policydiff.report.word_file import FANG, HEI, KAI, TITLE, flag, official_file, pad, saved, set_fonts

_HEADING = re.compile(r"第[〇零一二三四五六七八九十百千]+[编章节]")
"""Label of a part, chapter or section: set in the middle of its column."""
_BODY = Pt(12)
_LINE = Pt(21)
"""Fixed distance of lines; with 12-point type a page holds what a printed table holds."""
_TITLE = Pt(22)
_TITLE_CHARACTER = 7.8
"""Millimetres that one character of the title takes."""
_INDENT = Pt(24)
"""Two characters of body type."""
_UPRIGHT_WIDTH, _LYING_WIDTH = 162, 253
"""Millimetres between the margins."""
_SHARES = {2: (50, 50), 3: (42, 42, 16)}


class _Line(NamedTuple):
    """One row of the table."""

    left: Cell
    right: Cell
    remark: str
    is_plain: bool
    """Both sides are printed without marks."""


def to_official(page: Page, say: Catalog, options: RenderOptions) -> bytes:
    """Return the Word file.

    Raises:
        UsageError: The page is no revision and no comparison of two documents.
    """
    if page.name not in ("revision", "comparison"):
        raise UsageError(
            "the official style is made of a diff of two versions, or of a comparison of two documents"
        )
    title, heads, note = _named(page, say)
    file = official_file(title, portrait=options.portrait)
    total = _UPRIGHT_WIDTH if options.portrait else _LYING_WIDTH
    for part in _title_lines(title, total):
        _centred(file.add_paragraph(), part, TITLE, _TITLE)
    _centred(file.add_paragraph(), note, KAI, _BODY)
    number = options.columns
    widths = [Mm(total * share / 100) for share in _SHARES[number]]
    grid = _grid(file, (*heads, say("Remark"))[:number], widths)
    for line in _lines(page, say, changed_only=options.changed_only):
        boxes = grid.add_row().cells
        for box, width in zip(boxes, widths, strict=True):
            box.width = width
        _text(boxes[0], line.left, is_new=False)
        _text(boxes[1], line.right, is_new=not line.is_plain)
        if number > len(heads):
            _write(boxes[2].paragraphs[0], visible(line.remark), FANG)
    return saved(file)


def _named(page: Page, say: Catalog) -> tuple[str, tuple[str, str], str]:
    """Return the title, the heads of both columns and the line that explains the marks."""
    first, second = (_bare(side.title) for side in page.sides[:2])
    if page.name == "comparison":
        return (
            say("Table of 《{local}》 against 《{superior}》", local=first, superior=second),
            (say("Superior document"), say("Local document")),
            say(
                "(bold: words of the local document that the superior document does not have; struck through: left out)"
            ),
        )
    return (
        say("Table of 《{title}》 before and after its revision", title=second),
        (say("Before"), say("After")),
        say("(bold: new or changed words; struck through: removed words)"),
    )


def _title_lines(title: str, width: int) -> list[str]:
    """Return the title on one line where it fits, else parted behind the last name, never inside 对照表.

    Examples:
        >>> _title_lines("《废旧金属收购业治安管理办法》修改前后对照表", 162)
        ['《废旧金属收购业治安管理办法》', '修改前后对照表']
        >>> _title_lines("《办法》修改前后对照表", 162)
        ['《办法》修改前后对照表']
    """
    wide = sum(0.5 if character.isascii() else 1 for character in title)
    head, mark, tail = title.rpartition("》")
    if wide * _TITLE_CHARACTER <= width or not (mark and tail.strip()):
        return [title]
    return [head + mark, tail.strip()]


def _bare(title: str) -> str:
    """Return a title without the book marks that the table's own title sets around it."""
    return title.strip().removeprefix("《").removesuffix("》")


def _lines(page: Page, say: Catalog, *, changed_only: bool) -> list[_Line]:
    table = page.main_table
    if page.name == "comparison":
        return [*_compared(table, say, changed_only=changed_only), *_missing(page, say)]
    return [_revised(row, say) for row in table.rows if row.weight or not changed_only]


def _revised(row: Row, say: Catalog) -> _Line:
    old, new, remark = row.cells
    left = old or (Run(say("(new)"), Mark.MUTED),)
    right = new or (Run(say("(removed)"), Mark.MUTED),)
    return _Line(left, right, _remark(remark), row.is_same)


def _remark(runs: Cell) -> str:
    """Return what became of an article and what the change touches, each named once; the words stand beside it."""
    badges = [part for run in runs if run.mark is Mark.BADGE for part in re.split(r"、|, ", run.text)]
    return "\n".join(dict.fromkeys(badges)).strip()


def _compared(table: Table, say: Catalog, *, changed_only: bool) -> list[_Line]:
    """Return the local sentences with their sources; shared words are plain, the local document's own stand out."""
    lines = []
    for row in table.rows:
        local, superior, remark = row.cells
        judgement = next((run.text for run in remark if run.mark is Mark.BADGE), "")
        if changed_only and not superior:
            continue
        own = tuple(_told_apart(run) for run in local) if superior else local
        above = superior or (Run(say("(nothing above)"), Mark.MUTED),)
        lines.append(_Line(above, own, judgement, not superior))
    return lines


def _told_apart(run: Run) -> Run:
    if run.mark is Mark.SHARED:
        return run._replace(mark=Mark.PLAIN)
    return run._replace(mark=Mark.INSERT) if run.mark is Mark.PLAIN else run


def _missing(page: Page, say: Catalog) -> list[_Line]:
    covered = next((table for table in page.tables if table.name == "coverage"), None)
    rows = covered.rows if covered else ()
    none = (Run(say("(not taken up)"), Mark.MUTED),)
    return [_Line(row.cells[0], none, "", is_plain=True) for row in rows if row.kind == "omitted"]


def _grid(file: Any, heads: tuple[str, ...], widths: list[Any]) -> Any:
    grid = file.add_table(rows=1, cols=len(heads), style="Table Grid")
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    for index, (head, width) in enumerate(zip(heads, widths, strict=True)):
        grid.columns[index].width = width
        box = grid.rows[0].cells[index]
        box.width = width
        _centred(box.paragraphs[0], head, HEI, _BODY)
    flag(grid.rows[0], "w:tblHeader")
    pad(grid)
    return grid


def _centred(paragraph: Any, words: str, fonts: str, size: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(visible(words))
    run.font.size = size
    set_fonts(run, fonts)


def _text(box: Any, runs: Cell, *, is_new: bool) -> None:
    """Write the words of one side: each 款 a paragraph of its own with an indent, headings in the middle."""
    paragraph = box.paragraphs[0]
    is_heading = _HEADING.match(plain(runs)) is not None and "。" not in plain(runs)
    _shaped(paragraph, is_heading=is_heading)
    for run in runs:
        for index, line in enumerate(visible(run.text).split("\n")):
            if index:
                paragraph = box.add_paragraph()
                _shaped(paragraph, is_heading=False)
            if line:
                _write(
                    paragraph,
                    f"{line}　" if run.mark is Mark.PLACE else line,
                    _fonts(run, is_heading=is_heading, is_new=is_new),
                    is_struck=run.mark is Mark.DELETE,
                    is_bold=is_new and run.mark is Mark.INSERT,
                )


def _shaped(paragraph: Any, *, is_heading: bool) -> None:
    form = paragraph.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, _LINE
    form.space_after = Pt(0)
    if is_heading:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    else:
        form.first_line_indent = _INDENT


def _fonts(run: Run, *, is_heading: bool, is_new: bool) -> str:
    if run.mark is Mark.MUTED:
        return KAI
    if is_heading or run.mark is Mark.LABEL:
        return HEI
    return HEI if is_new and run.mark is Mark.INSERT else FANG


def _write(paragraph: Any, words: str, fonts: str, *, is_struck: bool = False, is_bold: bool = False) -> None:
    run = paragraph.add_run(words)
    run.font.size = _BODY
    if is_bold:
        # Where 黑体 and 仿宋 are not installed one face stands in for both: weight still tells new words apart.
        run.font.bold = True
    if is_struck:
        run.font.strike = True
    set_fonts(run, fonts)
