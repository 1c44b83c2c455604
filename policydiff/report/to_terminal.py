"""Reports for a terminal as a string; a Chinese character takes two terminal cells."""

from io import StringIO

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from policydiff.lexicon.widths import visible
from policydiff.report import RenderOptions
from policydiff.report.catalog import Catalog
from policydiff.report.page import Figure, Findings, Flow, Page, Side, Strip, Table, heading_of
from policydiff.report.pictures import picture_table, shown_rows
from policydiff.report.runs import shortened_text
from policydiff.report.terminal_grid import KINDS, Facts, Indented, Prose, grid_of, marked_text

_BLOCKS = {"adopted": "█", "touched": "▒", "omitted": "·"}
_ENTRIES_MORE = 3
"""A list prints this many times the entries of the first screen, because a terminal can scroll."""
_FULL_REPORT = "-o report.html"


def to_terminal(page: Page, say: Catalog, options: RenderOptions) -> str:
    """Return the report as lines of at most `options.width` terminal cells."""
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
    title = heading_of(page.main_table, say) if page.is_one_list else page.title
    parts: list[RenderableType] = [Prose(visible(title), style="bold")]
    if page.sides or page.lead:
        parts.append(Text())
    parts += [_side(side) for side in page.sides]
    parts += _answers(page, say)
    parts += [part for findings in page.findings for part in _findings(findings, say, options)]
    parts += _tables(page, say, options)
    if page.legend and options.everything:
        grid = Grid.grid(padding=(0, 2))
        grid.add_column(no_wrap=True)
        grid.add_column()
        for term, explanation in page.legend:
            grid.add_row(Text(term), Text(explanation, style="dim"))
        parts += [Text(), Text(say("Legend"), style="bold"), grid]
    if page.notice:
        parts += [Text(), Prose(page.notice, style="dim")]
    console.print(Group(*parts), crop=False)
    lines = stream.getvalue().split("\n")
    return "\n".join(line if options.color else line.rstrip() for line in lines)


def _answers(page: Page, say: Catalog) -> list[RenderableType]:
    parts: list[RenderableType] = [Prose(visible(page.lead), style="bold")] if page.lead else []
    parts += [Prose(visible(answer)) for answer in page.answers]
    parts += [Prose(f"{role}{say.colon}{visible(words)}", style="dim") for role, words in page.reading]
    return [*parts, Text(), _figures(page.figures, say)] if page.figures else parts


def _tables(page: Page, say: Catalog, options: RenderOptions) -> list[RenderableType]:
    parts: list[RenderableType] = []
    for picture in page.pictures:
        if isinstance(picture, Strip) and not picture.columns and picture.kinds:
            parts += [Text(), Text(picture.title, style="bold"), _bars(picture, options.width)]
        elif isinstance(picture, Flow) and options.everything:
            parts += _table(picture_table(picture, say), say, options)
    for table in page.tables:
        if options.everything or not (table.is_detail or (page.findings and table.fold == "taken")):
            parts += _table(
                table, say, options, is_titled=not (page.is_one_list and table is page.main_table)
            )
    if page.tables and not page.main_table.rows and not page.lead:
        parts.append(Prose(visible(page.main_table.empty or say("none"))))
    return parts


def _side(side: Side) -> RenderableType:
    lines = Prose(f"{side.role}  ", style="dim")
    lines.append(visible(side.title), style="bold not dim")
    facts = Facts([Prose(f"{label} {visible(value)}", style="dim") for label, value in side.facts])
    return Group(lines, Indented(facts, 2), Text())


def _figures(figures: tuple[Figure, ...], say: Catalog) -> Prose:
    line = Prose()
    for figure in figures:
        line.append(f"{figure.label}{say.colon}", style=KINDS.get(figure.kind, ""))
        line.append(f"{figure.number}   ", style="bold")
    return line


def _findings(findings: Findings, say: Catalog, options: RenderOptions) -> list[RenderableType]:
    heading = say("{title} ({n})", title=findings.title, n=findings.number)
    parts: list[RenderableType] = [Text(), Text(heading, style="bold")]
    if not findings.entries:
        return [*parts, Indented(Prose(visible(findings.others or findings.empty), style="dim"), 2)]
    most = len(findings.entries) if options.everything else findings.shown * _ENTRIES_MORE
    for entry in findings.entries[:most]:
        line = marked_text(entry.words, color=options.color)
        if entry.place:
            line.append(f"  {visible(entry.place)}", style="dim")
        parts.append(Indented(line, 2))
    left = findings.left(most)
    told = (
        [say("{n} more: see {file} or {option}.", n=left, file=_FULL_REPORT, option="--all")] if left else []
    )
    told += [findings.others] if findings.others else []
    return [*parts, *(Indented(Prose(visible(each), style="dim"), 2) for each in told)]


def _bars(strip: Strip, width: int) -> RenderableType:
    grid = Grid.grid(padding=(0, 2))
    first = max(14, width * 3 // 10)
    grid.add_column(max_width=first, overflow="ellipsis", no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True)
    told = [
        "  ".join(f"{label} {strip.number(line, kind)}" for kind, label in strip.kinds)
        for line in strip.lines
    ]
    longest = max((len(line.cells) for line in strip.lines), default=1)
    room = max(6, min(40, width - first - max(map(cell_len, told), default=0) - 4 - len(strip.kinds)))
    for line, counted in zip(strip.lines, told, strict=True):
        drawn = Text()
        for kind, _ in strip.kinds:
            number = strip.number(line, kind)
            cells = round(number * min(1.0, room / max(longest, 1))) or int(number > 0)
            drawn.append(_BLOCKS.get(kind, "█") * cells, style=KINDS.get(kind, ""))
        grid.add_row(Text(_within(visible(line.title), first)), drawn, Text(counted))
    return grid


def _within(title: str, room: int) -> str:
    """Return a title in at most `room` terminal cells, cut between two words."""
    longest = len(title)
    while cell_len(title) > room:
        longest -= 1
        title = shortened_text(title, longest)
    return title


def _table(
    table: Table, say: Catalog, options: RenderOptions, *, is_titled: bool = True
) -> list[RenderableType]:
    if not table.rows:
        return []
    parts: list[RenderableType] = []
    if is_titled:
        parts += [Text(), Prose(visible(heading_of(table, say)), style="bold")]
    if table.note:
        parts.append(Prose(table.note, style="dim"))
    parts.append(grid_of(table._replace(rows=shown_rows(table, say, everything=options.everything)), options))
    return parts
