"""Reports for a terminal, right in width for Chinese, printed to a string."""

from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import pairwise

from rich import box
from rich.cells import cell_len
from rich.console import (
    Console,
    ConsoleOptions,
    Group,
    RenderableType,
    RenderResult,
)
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table as Grid
from rich.text import Text

from policydiff.lexicon.widths import visible
from policydiff.report.catalog import Catalog
from policydiff.report.formats import RenderOptions
from policydiff.report.line_breaks import Prose, breaks, longest_word, width_of
from policydiff.report.page import Column, Figure, Findings, Flow, Page, Row, Side, Strip, Table
from policydiff.report.pictures import picture_table, shown_rows
from policydiff.report.runs import Cell, Mark, plain

_STYLES = {
    Mark.INSERT: "blue underline",
    Mark.DELETE: "yellow strike",
    Mark.SHARED: "cyan underline",
    Mark.LABEL: "bold",
    Mark.PLACE: "dim",
    Mark.BADGE: "bold",
    Mark.STRONG: "bold",
    Mark.MUTED: "dim",
}
_KINDS = {
    "adopted": "blue",
    "touched": "cyan",
    "omitted": "dim",
    "added": "blue",
    "removed": "yellow",
    "modified": "cyan",
    "loosened": "yellow",
    "tightened": "magenta",
}
_BLOCKS = {"adopted": "█", "touched": "▒", "omitted": "·"}
_DATE = 13
"""Cells that a date takes with the gap beside it: it is never broken."""
_LONG = 60
"""Characters of a cell from which a table's rows are set apart."""
_ENTRIES_MORE = 3
"""A list prints this many times the entries of the first screen: a terminal scrolls."""
_PLAIN_SIGNS = {Mark.INSERT: ("{+", "+}"), Mark.DELETE: ("[-", "-]"), Mark.BADGE: ("[", "]")}
"""Without colour the marks of `git diff --word-diff` stand in: a piped report must not lose them."""
_FULL_REPORT = "-o report.html"


def to_terminal(page: Page, say: Catalog, options: RenderOptions) -> str:
    """Return the report as text lines of at most `options.width` cells."""
    stream = StringIO()
    console = Console(
        file=stream,
        width=max(40, options.width),
        color_system="standard" if options.color else None,
        force_terminal=options.color,
        no_color=not options.color,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )
    console.print(Group(*_parts(page, say, options)), crop=False)
    lines = stream.getvalue().split("\n")
    return "\n".join(line if options.color else line.rstrip() for line in lines)


def _parts(page: Page, say: Catalog, options: RenderOptions) -> list[RenderableType]:
    shown = page.main_table.rows if page.tables else ()
    counted = say("{title} ({n})", title=page.title, n=len(shown)) if _is_one_list(page) else page.title
    parts: list[RenderableType] = [Text(counted, style="bold"), *([] if _is_one_list(page) else [Text()])]
    parts += [_side(side) for side in page.sides]
    parts += _answers(page, say)
    parts += [part for findings in page.findings for part in _findings(findings, say, options)]
    parts += _tables(page, say, options)
    if page.legend and options.everything:
        parts += [Text(), Text(say("Legend"), style="bold"), _legend(page.legend)]
    if page.notice:
        parts += [Text(), Text(page.notice, style="dim")]
    return parts


def _is_one_list(page: Page) -> bool:
    """Return whether a page is one table of its own title, with nothing before it."""
    return bool(page.tables) and page.main_table.title == page.title and not (page.sides or page.lead)


def _answers(page: Page, say: Catalog) -> list[RenderableType]:
    parts: list[RenderableType] = [Prose(visible(page.lead), style="bold")] if page.lead else []
    parts += [Prose(visible(answer)) for answer in page.answers]
    parts += [Prose(f"{role}{say.colon}{visible(words)}", style="dim") for role, words in page.reading]
    return [*parts, Text(), _figures(page.figures)] if page.figures else parts


def _tables(page: Page, say: Catalog, options: RenderOptions) -> list[RenderableType]:
    parts: list[RenderableType] = []
    for picture in page.pictures:
        if isinstance(picture, Strip) and not picture.columns and picture.kinds:
            parts += [Text(), Text(picture.title, style="bold"), _bars(picture, options.width)]
        elif isinstance(picture, Flow) and options.everything:
            parts += _table(picture_table(picture, say), say, options)
    for table in page.tables:
        if options.everything or not (table.is_detail or (page.findings and table.fold == "taken")):
            heads = _table(table, say, options)
            parts += heads[2 if _is_one_list(page) else 0 :]
    if page.tables and not page.main_table.rows and not page.lead:
        parts.append(Text(say("none")))
    return parts


def _side(side: Side) -> RenderableType:
    lines = Prose(f"{side.role}  ", style="dim")
    lines.append(visible(side.title), style="bold not dim")
    facts = Text("  ·  ".join(f"{label} {visible(value)}" for label, value in side.facts), style="dim")
    return Group(lines, Padding(facts, (0, 0, 1, 2)))


def _figures(figures: tuple[Figure, ...]) -> Text:
    line = Text()
    for figure in figures:
        line.append(f"{figure.label} ", style=_KINDS.get(figure.kind, ""))
        line.append(f"{figure.number}   ", style="bold")
    return line


def _findings(findings: Findings, say: Catalog, options: RenderOptions) -> list[RenderableType]:
    heading = say("{title} ({n})", title=findings.title, n=findings.number)
    parts: list[RenderableType] = [Text(), Text(heading, style="bold")]
    if not findings.entries:
        return [*parts, Text(f"  {findings.empty}", style="dim")]
    most = len(findings.entries) if options.everything else findings.shown * _ENTRIES_MORE
    for entry in findings.entries[:most]:
        line = _text(entry.words, color=options.color)
        if entry.place:
            line.append(f"  {visible(entry.place)}", style="dim")
        parts.append(Padding(line, (0, 0, 0, 2)))
    left = findings.number - min(most, len(findings.entries))
    if left:
        more = say("{n} more: see {file} or {option}.", n=left, file=_FULL_REPORT, option="--all")
        parts.append(Padding(Text(more, style="dim"), (0, 0, 0, 2)))
    return parts


def _bars(strip: Strip, width: int) -> RenderableType:
    grid = Grid.grid(padding=(0, 2))
    first = max(14, width * 3 // 10)
    grid.add_column(max_width=first, overflow="ellipsis", no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True)
    told = {
        line.anchor: "  ".join(f"{label} {strip.number(line, kind)}" for kind, label in strip.kinds)
        for line in strip.lines
    }
    longest = max((len(line.cells) for line in strip.lines), default=1)
    room = max(
        6, min(40, width - first - max(map(cell_len, told.values()), default=0) - 4 - len(strip.kinds))
    )
    for line in strip.lines:
        drawn = Text()
        for kind, _ in strip.kinds:
            number = strip.number(line, kind)
            cells = round(number * min(1.0, room / max(longest, 1))) or int(number > 0)
            drawn.append(_BLOCKS.get(kind, "█") * cells, style=_KINDS.get(kind, ""))
        grid.add_row(Text(visible(line.title)), drawn, Text(told[line.anchor]))
    return grid


def _table(table: Table, say: Catalog, options: RenderOptions) -> list[RenderableType]:
    if not table.rows:
        return []
    heading = say("{title} ({n})", title=table.title, n=len(table.rows))
    parts: list[RenderableType] = [Text(), Text(heading, style="bold")]
    if table.note:
        parts.append(Text(table.note, style="dim"))
    parts.append(_grid(table._replace(rows=shown_rows(table, say, everything=options.everything)), options))
    return parts


def _grid(table: Table, options: RenderOptions) -> RenderableType:
    widths = _widths(table, options.width)
    if widths is None:
        return Group(*(line for row in table.rows for line in _block(row, table, color=options.color)))
    has_texts = sum(column.is_text for column in table.columns) > 1
    is_long = has_texts and any(len(plain(cell)) > _LONG for row in table.rows for cell in row.cells)
    grid = Grid(expand=True, show_lines=is_long, box=box.SIMPLE_HEAD)
    for column, fixed in zip(table.columns, widths, strict=True):
        grid.add_column(
            column.label,
            ratio=column.weight if fixed is None else None,
            width=fixed,
            min_width=max(longest_word(column.label), min(fixed or 0, _DATE)),
            overflow="fold",
            header_style="bold",
            justify="right" if column.is_number else "left",
        )
    return _Rows(grid, table, options)


class _Slot:
    """A cell that takes down how wide its column came out."""

    def __init__(self) -> None:
        self.width = 1

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        self.width = options.max_width
        yield Segment(" " * self.width)


class _Rows:
    """A table whose frame and widths are the library's and whose rows are written line by line.

    The library measures each cell three times: three thousand rows took it four times as long as to read them.
    """

    def __init__(self, grid: Grid, table: Table, options: RenderOptions) -> None:
        self._grid = grid
        self._table = table
        self._color = options.color

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        slots = [_Slot() for _ in self._table.columns]
        self._grid.add_row(*slots)
        *head, _, foot = console.render_lines(self._grid, options)
        for line in head:
            yield from (*line, Segment.line())
        for number, row in enumerate(self._table.rows):
            if number and self._grid.show_lines:
                yield Segment(f"{' ' * options.max_width}\n")
            yield from self._row(row, _fitted([slot.width for slot in slots], options.max_width), console)
        yield from (*foot, Segment.line())

    def _row(self, row: Row, widths: list[int], console: Console) -> Iterator[Segment]:
        cells = [
            _lines(cell, width, color=self._color) for cell, width in zip(row.cells, widths, strict=True)
        ]
        for at in range(max(map(len, cells))):
            words = ""  # not yielded yet: a segment for each line costs less than one for each cell
            for lines, width, column in zip(cells, widths, self._table.columns, strict=True):
                line = lines[at] if at < len(lines) else ""
                left = width - width_of(line if isinstance(line, str) else line.plain)
                before = left if column.is_number else 0
                words += " " * (2 + before)
                if isinstance(line, str):
                    words += line
                else:
                    yield Segment(words)
                    yield from line.render(console)
                    words = ""
                words += " " * (left - before + 1)
            yield Segment(f"{words} \n")


def _fitted(widths: list[int], room: int) -> list[int]:
    """Return column widths that fit a terminal too narrow for the words of the head: the widest gives way."""
    frame = 3 * len(widths) + 1
    widths = list(widths)
    while sum(widths) + frame > room and max(widths) > 1:
        widths[widths.index(max(widths))] -= 1
    return widths


def _lines(cell: Cell, width: int, *, color: bool) -> Sequence[str | Text]:
    """Return the lines of a cell in a column of so many cells; as plain words where nothing in it is marked."""
    if any(run.mark is not Mark.PLAIN or run.kind for run in cell):
        return list(_text(cell, color=color).lines(width))
    words = visible("".join(run.text for run in cell))
    lines: list[str] = []
    for paragraph in words.split("\n"):
        if width_of(paragraph) <= width:
            lines.append(paragraph.rstrip())
            continue
        offsets = [0, *breaks(paragraph, width), len(paragraph)]
        lines += [paragraph[start:end].rstrip() for start, end in pairwise(offsets)]
    return lines


_LEAST_TEXT = 16
"""Cells that a column of text keeps beside columns of labels: eight characters a line can be read, one cannot."""


def _block(row: Row, table: Table, *, color: bool) -> Iterator[RenderableType]:
    """Yield a row of a table too wide for the terminal: its first cell, its short facts in a line, and its texts."""
    shown = [
        (column, content)
        for column, content in zip(table.columns, row.cells, strict=True)
        if plain(content).strip()
    ]
    for number, (column, content) in enumerate(shown):
        if number == 0 or column.is_text:
            words = _text(content, color=color)
            yield Padding(words, (0, 0, 0, 4 if number else 2))
    facts = Prose("  ·  ", style="dim").join(
        [
            Prose.assemble((f"{column.label} ", "dim"), _text(content, color=color))
            for column, content in shown[1:]
            if not column.is_text
        ]
    )
    yield Padding(facts, (0, 0, 1, 4))


def _widths(table: Table, total: int) -> list[int | None] | None:
    """Return the cells of each column, None where text takes what is left; the widest labels give way to text.

    None in place of all where there are too many columns for the terminal.
    """
    widths = [_width(table, index, column, total) for index, column in enumerate(table.columns)]
    room = total - 3 * len(widths) - 1 - _LEAST_TEXT * widths.count(None)
    known = [width for width in widths if width is not None]
    while None in widths and sum(known) > room and max(known, default=0) > _DATE:
        widest = widths.index(max(known))
        widths[widest] = max(known) - 1
        known = [width for width in widths if width is not None]
    return None if None in widths and sum(known) > room else widths


def _width(table: Table, index: int, column: Column, total: int) -> int | None:
    """Return the cells of a column of numbers or short labels, which texts beside it must not take; None for text."""
    if column.is_text:
        return None
    lines = (line for row in table.rows for line in plain(row.cells[index]).split("\n"))
    longest = max((width_of(line) + 3 for line in lines), default=0)
    return max(2, longest_word(column.label), min(longest, max(_DATE, total * max(column.weight, 10) // 100)))


def _text(runs: Cell, *, color: bool) -> Prose:
    text = Prose()
    for run in runs:
        before, after = ("", "") if color else _PLAIN_SIGNS.get(run.mark, ("", ""))
        style = _KINDS.get(run.kind) or _STYLES.get(run.mark, "")
        text.append(f"{before}{visible(run.text)}{after}", style=style if color else "")
        if run.mark is Mark.PLACE:
            text.append(" ")
    return text


def _legend(legend: tuple[tuple[str, str], ...]) -> RenderableType:
    grid = Grid.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column()
    for term, explanation in legend:
        grid.add_row(Text(term), Text(explanation, style="dim"))
    return grid
