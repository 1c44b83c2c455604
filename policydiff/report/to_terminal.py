"""Reports for a terminal, right in width for Chinese, printed to a string."""

from io import StringIO

from rich import box
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from policydiff.report.brief import brief
from policydiff.report.catalog import Catalog
from policydiff.report.narrow import joined, longest_word, width
from policydiff.report.options import RenderOptions
from policydiff.report.page import Bar, Figure, Listing, Page, Side, Table
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
_NARROW = 100
"""Columns below which tables join the columns that may be joined."""
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
    full = options.unchanged or options.everything
    for table in page.three_column_tables:
        if page.listing and page.listing.instead_of == table.name and not full:
            parts += _listing(page.listing, say)
        elif full or table.name == page.main or table.name not in _ONLY_IN_FULL:
            parts += _table(table, say, options, full=full)
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
    told = max(cell_len(_numbers(bar)) for bar in bars)
    room = max(6, min(40, width - max(14, width * 3 // 10) - told - 4 - len(bars[0].counts)))
    for bar in bars:
        drawn = Text()
        for figure in bar.counts:
            cells = round(figure.number * min(1.0, room / max(longest, 1))) or int(figure.number > 0)
            drawn.append(_BLOCKS.get(figure.kind, "█") * cells, style=_KINDS.get(figure.kind, ""))
        grid.add_row(Text(visible(bar.title)), drawn, Text(_numbers(bar)))
    return grid


def _numbers(bar: Bar) -> str:
    return "  ".join(f"{figure.label} {figure.number}" for figure in bar.counts)


def _table(table: Table, say: Catalog, options: RenderOptions, *, full: bool) -> list[RenderableType]:
    if not table.rows:
        return []
    shown = joined(table) if options.width < _NARROW else table
    rows, rest = (shown.rows, "") if full else brief(shown, say)
    heading = say("{title} ({n})", title=table.title, n=len(table.rows))
    parts: list[RenderableType] = [Text(), Text(heading, style="bold")]
    if table.note:
        parts.append(Text(table.note, style="dim"))
    if rows:
        parts.append(_grid(shown._replace(rows=rows), options))
    if rest:
        parts.append(Text(rest, style="dim"))
    return parts


def _grid(table: Table, options: RenderOptions) -> Grid:
    has_texts = sum(column.is_text for column in table.columns) > 1
    is_long = has_texts and any(len(plain(cell)) > _LONG for row in table.rows for cell in row.cells)
    grid = Grid(expand=True, show_lines=is_long, box=box.SIMPLE_HEAD)
    for index, column in enumerate(table.columns):
        fixed = width(table, index, options.width)
        grid.add_column(
            column.label,
            ratio=column.weight if fixed is None else None,
            width=fixed,
            min_width=longest_word(column.label),
            overflow="fold",
            header_style="bold",
        )
    for row in table.rows:
        grid.add_row(*(_text(cell, color=options.color) for cell in row.cells))
    return grid


def _listing(listing: Listing, say: Catalog) -> list[RenderableType]:
    """Print short entries one after another, a paragraph a group."""
    count = sum(len(entries) for _, entries in listing.groups)
    if not count:
        return []
    heading = say("{title} ({n})", title=listing.title, n=count)
    parts: list[RenderableType] = [Text(), Text(heading, style="bold")]
    for title, entries in listing.groups:
        if title:
            parts.append(Text(visible(title), style="dim"))
        joint = say("; ")
        parts.append(Padding(Text(visible(joint.join(entries))), (0, 0, 0, 2)))
    return parts


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
