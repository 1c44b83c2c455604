"""Reports for a terminal, right in width for Chinese, printed to a string."""

from io import StringIO

from rich import box
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from policydiff.report.catalog import Catalog
from policydiff.report.folding import folded
from policydiff.report.options import RenderOptions
from policydiff.report.page import Bar, Figure, Page, Side, Table
from policydiff.report.runs import Cell, Mark, plain
from policydiff.report.visible import visible

_STYLES = {
    Mark.PLAIN: "",
    Mark.INSERT: "blue underline",
    Mark.DELETE: "yellow strike",
    Mark.SHARED: "cyan underline",
    Mark.MUTED: "dim",
}
_KINDS = {
    "adopted": "blue",
    "touched": "cyan",
    "omitted": "dim",
    "verbatim": "blue",
    "adapted": "cyan",
    "added": "blue",
    "removed": "yellow",
}
_BLOCKS = {"adopted": "█", "touched": "▒", "omitted": "·"}
_ONLY_IN_FULL = frozenset({"responsibilities"})
"""Tables that another one of the same report sums up."""
_LONG = 60
"""Characters of a cell from which a table's rows are set apart."""
_LEAST = {"sentences": 2, "coverage": 2}
"""Of long tables a terminal shows the rows of most weight: sentences with a source, superior clauses left out."""
_PLAIN_SIGNS = {Mark.INSERT: ("{+", "+}"), Mark.DELETE: ("[-", "-]")}
"""Without colour the marks of `git diff --word-diff` stand in: a piped report must not lose them."""


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
    console.print(Group(*_parts(page, say, options)))
    lines = stream.getvalue().split("\n")
    return "\n".join(line if options.color else line.rstrip() for line in lines)


def _parts(page: Page, say: Catalog, options: RenderOptions) -> list[RenderableType]:
    parts: list[RenderableType] = [Text(page.title, style="bold"), Text()]
    parts += [_side(side) for side in page.sides]
    parts += [Text(visible(answer), style="bold") for answer in page.answers]
    if page.figures:
        parts += [Text(), _figures(page.figures)]
    if page.bars:
        parts += [Text(), Text(page.bars_title, style="bold"), _bars(page.bars, options.width)]
    for table in page.three_column_tables:
        if options.unchanged or table.name == page.main or table.name not in _ONLY_IN_FULL:
            parts += _table(table, say, options)
    if not page.main_table.rows:
        parts.append(Text(say("none")))
    if page.legend:
        parts += [Text(), Text(say("Legend"), style="bold"), _legend(page.legend)]
    if page.notice:
        parts += [Text(), Text(page.notice, style="dim")]
    return parts


def _side(side: Side) -> RenderableType:
    lines = Text(f"{side.role}  ", style="dim")
    lines.append(visible(side.title), style="bold not dim")
    facts = Text("  ·  ".join(f"{label} {visible(value)}" for label, value in side.facts), style="dim")
    return Group(lines, Padding(facts, (0, 0, 1, 2)))


def _figures(figures: tuple[Figure, ...]) -> Text:
    line = Text()
    for figure in figures:
        line.append(f"{figure.label} ", style=_KINDS.get(figure.kind, ""))
        line.append(f"{figure.number}   ", style="bold")
    return line


def _bars(bars: tuple[Bar, ...], width: int) -> RenderableType:
    grid = Grid.grid(padding=(0, 2))
    grid.add_column(max_width=max(14, width * 3 // 10), overflow="ellipsis", no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True)
    longest = max(sum(figure.number for figure in bar.counts) for bar in bars)
    room = max(6, min(40, width - width * 3 // 10 - 38))
    for bar in bars:
        drawn, numbers = Text(), Text()
        for figure in bar.counts:
            cells = round(figure.number * min(1.0, room / max(longest, 1))) or int(figure.number > 0)
            drawn.append(_BLOCKS.get(figure.kind, "█") * cells, style=_KINDS.get(figure.kind, ""))
            numbers.append(f"{figure.label} {figure.number}  ")
        grid.add_row(Text(visible(bar.title)), drawn, numbers)
    return grid


def _table(table: Table, say: Catalog, options: RenderOptions) -> list[RenderableType]:
    if not table.rows:
        return []
    rows = [row.cells for row in table.rows]
    is_long = any(len(plain(cell)) > _LONG for cells in rows for cell in cells)
    grid = Grid(expand=True, show_lines=is_long, box=box.SIMPLE_HEAD)
    for index, column in enumerate(table.columns):
        # A column of numbers and short labels keeps its width beside texts that would take it.
        longest = max((cell_len(plain(cells[index])) for cells in rows), default=0)
        room = options.width * max(column.weight, 10) // 100
        width = None if column.is_text else max(4, min(longest, room))
        grid.add_column(
            column.label,
            ratio=column.weight if width is None else None,
            width=width,
            overflow="fold",
            header_style="bold",
        )
    least = 0 if options.unchanged else _LEAST.get(table.name, 1)
    for row in folded(table, least, say):
        grid.add_row(*(_text(cell, color=options.color) for cell in row.cells))
    parts: list[RenderableType] = [Text(), Text(f"{table.title}（{len(table.rows)}）", style="bold")]
    if table.note:
        parts.append(Text(table.note, style="dim"))
    return [*parts, grid]


def _text(runs: Cell, *, color: bool) -> Text:
    text = Text()
    for run in runs:
        before, after = ("", "") if color else _PLAIN_SIGNS.get(run.mark, ("", ""))
        text.append(f"{before}{visible(run.text)}{after}", style=_STYLES[run.mark] if color else "")
    return text


def _legend(legend: tuple[tuple[str, str], ...]) -> RenderableType:
    grid = Grid.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column()
    for term, explanation in legend:
        grid.add_row(Text(term), Text(explanation, style="dim"))
    return grid
