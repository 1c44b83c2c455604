"""The 对照表 as legislatures and the State Council print it: title, legend line, and two or three columns.

Fonts follow GB/T 9704 (小标宋 title, 仿宋 body); new words are set in 黑体, deleted words are struck through. The table
is printed and signed, and therefore has no colours, hashes or scores.
"""

import re
from collections.abc import Sequence
from itertools import groupby
from math import ceil
from typing import Any, NamedTuple

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Mm, Pt

from policydiff.errors import UsageError
from policydiff.lexicon.text_marks import inside_words
from policydiff.lexicon.widths import visible
from policydiff.model import OutsideKind
from policydiff.report import RenderOptions
from policydiff.report.catalog import Catalog
from policydiff.report.page import Page, Row, Table
from policydiff.report.runs import Cell, Mark, Run, cell, new_side, old_side, plain
from policydiff.report.to_docx import FANG, HEI, KAI, TITLE, flag, official_file, pad, saved, set_fonts
from policydiff.revision.wording import compare_wording

_HEADING = re.compile(r"第[〇零一二三四五六七八九十百千]+[编章节]")
"""Label of a part, chapter or section, which is centred in its column."""
_BODY = Pt(12)
_LINE = Pt(21)
"""Fixed distance of lines; with 12-point type, a page holds as many lines as a printed table."""
_TITLE = Pt(22)
_TITLE_CHARACTER = 7.8
"""Millimetres that one character of the title takes."""
_INDENT = Pt(24)
"""First-line indent: two characters of the body."""
_UPRIGHT_WIDTH, _LYING_WIDTH = 162, 253
"""Millimetres between the margins of a portrait and of a landscape page."""
_SHARES = {2: (50, 50), 3: (42, 42, 16)}


class _Line(NamedTuple):
    """One row of the table."""

    left: Cell
    right: Cell
    remark: str = ""
    is_plain: bool = False
    """Whether both sides are printed without marks."""
    is_title: bool = False
    """Whether the words of the left side are a heading over the whole row."""


def to_official(page: Page, say: Catalog, options: RenderOptions) -> bytes:
    """Return the Word file. Raises UsageError unless the page is a revision or a comparison of two documents."""
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
        if line.is_title:
            _centred(boxes[0].merge(boxes[-1]).paragraphs[0], plain(line.left), HEI, _BODY)
            continue
        _text(boxes[0], line.left, is_new=False)
        _text(boxes[1], line.right, is_new=not line.is_plain)
        if number > len(heads):
            _write(boxes[2].paragraphs[0], visible(line.remark), FANG)
    return saved(file)


def _named(page: Page, say: Catalog) -> tuple[str, tuple[str, str], str]:
    """Return the title, the headings of both columns, and the line that explains the marks."""
    # The title without 《》, because the table's own title adds them
    first, second = (side.title.strip().removeprefix("《").removesuffix("》") for side in page.sides[:2])
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
    """Return the title on one line if it fits, else broken after the last document name, a long name into lines of similar length.

    Lines never break inside 对照表 or inside a word.

    Examples:
        >>> _title_lines("《废旧金属收购业治安管理办法》修改前后对照表", 162)
        ['《废旧金属收购业治安管理办法》', '修改前后对照表']
        >>> _title_lines("《办法》修改前后对照表", 162)
        ['《办法》修改前后对照表']
        >>> _title_lines("《上海市可再生能源和新能源发展专项资金扶持办法》修改前后对照表", 162)
        ['《上海市可再生能源和新能源', '发展专项资金扶持办法》', '修改前后对照表']
        >>> _title_lines("《长宁区设摊经营管理办法》与《关于进一步规范设摊经营活动的指导意见》对照表", 253)
        ['《长宁区设摊经营管理办法》', '与《关于进一步规范设摊经营活动的指导意见》', '对照表']
    """
    head, mark, tail = title.rpartition("》")
    if _wide(title) <= width or not (mark and tail.strip()):
        return [title]
    names = re.split(r"(?<=》)(?=[^《》]*《)", head + mark)
    return [line for name in names for line in _balanced(name, width)] + [tail.strip()]


def _balanced(name: str, width: int) -> list[str]:
    """Return a name on as few lines as possible, all of similar length."""
    lines = []
    inside = inside_words(name)
    for left in range(ceil(_wide(name) / width), 0, -1):
        fair = round(len(name) / left) if left > 1 else len(name)
        ends = [
            at for at in range(1, len(name) + 1) if at not in inside and name[at : at + 1] not in _CLOSING
        ]
        end = min(ends, key=lambda at: abs(at - fair))
        lines.append(name[:end])
        name, inside = name[end:], frozenset(at - end for at in inside)
    return lines


_CLOSING = ("》", "）", ")", "、", "，")


def _wide(title: str) -> float:
    return _TITLE_CHARACTER * sum(0.5 if character.isascii() else 1 for character in title)


def _lines(page: Page, say: Catalog, *, changed_only: bool) -> list[_Line]:
    table = page.main_table
    if page.name == "comparison":
        return [*_compared(table, say, changed_only=changed_only), *_missing(page, say)]
    title = page.sides[0].title
    clauses = [
        _revised(row, say)
        for row in table.rows
        if (row.weight or not changed_only) and not (row.is_same and plain(row.cells[0]).strip() == title)
    ]
    return [*_outside(page, say, head=True), *clauses, *_outside(page, say, head=False)]


def _outside(page: Page, say: Catalog, *, head: bool) -> list[_Line]:
    """Return the differing lines outside the clauses: lines of the head (题注, number, addressee) if `head`, else lines at the end."""
    found = next((table for table in page.tables if table.name == "outside"), None)
    return [
        _both(row.cells[1], row.cells[2], plain(row.cells[0]), say)
        for row in (found.rows if found else ())
        if (row.kind == OutsideKind.HEAD) is head
    ]


def _revised(row: Row, say: Catalog) -> _Line:
    old, new, remark = row.cells
    # The labels of the change and of its signal types, each once; both texts stand beside them
    badges = [part for run in remark if run.mark is Mark.BADGE for part in re.split(r"、|, ", run.text)]
    return _both(old, new, "\n".join(dict.fromkeys(badges)).strip(), say, is_plain=row.is_same)


def _both(old: Cell, new: Cell, remark: str, say: Catalog, *, is_plain: bool = False) -> _Line:
    """Return the words before and after, with a note for a side without words."""
    left = old or (Run(say("(new)"), Mark.MUTED),)
    right = new or (Run(say("(removed)"), Mark.MUTED),)
    return _Line(left, right, remark, is_plain)


def _compared(table: Table, say: Catalog, *, changed_only: bool) -> list[_Line]:
    """Return the local clauses with their sources; sentences of one clause from one source clause form one row."""
    lines = []
    told = ""
    for (local, superior, _), group in groupby(
        table.rows, key=lambda row: (*_places(row), ("band", "none") in row.facets)
    ):
        rows = list(group)
        if changed_only and not superior:
            continue
        label = _label(local) if local != told else ()
        told = local
        judged = dict.fromkeys(run.text for row in rows for run in row.cells[2][:1] if run.mark is Mark.BADGE)
        if superior:
            left, right = _marked(rows)
            left = (*_label(superior), *left)
        else:
            left = (Run(say("(nothing above)"), Mark.MUTED),) if judged else ()
            right = cell("".join(_words(row.cells[0]) for row in rows), Mark.PLAIN if judged else Mark.LABEL)
        lines.append(_Line(left, (*label, *right), "\n".join(judged), is_plain=not superior))
    return lines


def _marked(rows: Sequence[Row]) -> tuple[Cell, Cell]:
    """Return the sentences and their sources with the differences marked; a source of several sentences is printed once."""
    left: dict[str, Cell] = {}
    right: list[Run] = []
    for row in rows:
        source, own = _words(row.cells[1]), _words(row.cells[0])
        wording = compare_wording(source, own)
        left.setdefault(source, old_side(wording))
        right += new_side(wording)
    return tuple(run for runs in left.values() for run in runs), tuple(right)


def _places(row: Row) -> tuple[str, str]:
    """Return the addresses of a sentence and of its source; empty for none."""
    first, second = (next((run.text for run in each if run.mark is Mark.PLACE), "") for each in row.cells[:2])
    return first, second


def _words(runs: Cell) -> str:
    return plain(run for run in runs if run.mark is not Mark.PLACE)


_LAST_LABEL = re.compile(
    r"第[〇零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?(?=第|$|[（(])|[（(][^（()）]{1,4}[)）]$|[一二三四五六七八九十百]+$|\d+$"
)


def _label(place: str) -> Cell:
    """Return the printed number of a clause from its address; empty if the address only counts paragraphs.

    Examples:
        >>> [plain(_label(place)) for place in ("五(一)3", "二（四）·加强监管", "第三条第二款", "第一段", "十一")]
        ['3.', '', '第三条　', '', '十一、']
    """
    found = [*_LAST_LABEL.finditer(place)]
    if not found or "·" in place:
        return ()
    words = found[-1][0]
    if words.startswith("第"):
        return (Run(f"{words}　", Mark.LABEL),)
    sign = "" if words[0] in "（(" else "." if words.isdigit() else "、"
    return (Run(words + sign, Mark.LABEL),)


def _missing(page: Page, say: Catalog) -> list[_Line]:
    """Return the rows on provisions left out: whole provisions, and single sentences of others."""
    covered = next((table for table in page.tables if table.name == "coverage"), None)
    none = (Run(say("(not taken up)"), Mark.MUTED),)
    lines = []
    for row in covered.rows if covered else ():
        left = [run.text for run in row.cells[0] if run.mark is Mark.DELETE]
        words = _words(row.cells[0]) if row.kind == "omitted" else "".join(left)
        if words:
            lines.append(_Line((*_label(_places(row)[0]), *cell(words)), none, is_plain=True))
    title = _Line(cell(say("Provisions of the superior document that were not taken up")), (), is_title=True)
    return [title, *lines] if lines else []


def _grid(file: Any, heads: tuple[str, ...], widths: list[Any]) -> Any:
    grid = file.add_table(rows=1, cols=len(heads), style="Table Grid")
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    for index, (head, width) in enumerate(zip(heads, widths, strict=True)):
        grid.columns[index].width = width
        box = grid.rows[0].cells[index]
        box.width = width
        _centred(box.paragraphs[0], head, HEI, _BODY)
    flag(grid.rows[0], "tblHeader")
    pad(grid)
    return grid


def _centred(paragraph: Any, words: str, fonts: str, size: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(visible(words))
    run.font.size = size
    set_fonts(run, fonts)


def _text(box: Any, runs: Cell, *, is_new: bool) -> None:
    """Write the words of one side, each 款 as an indented paragraph of its own, and headings centred."""
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
                    line,
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
        # Bold too, because without 黑体 and 仿宋 one substitute font may stand for both.
        run.font.bold = True
    if is_struck:
        run.font.strike = True
    set_fonts(run, fonts)
