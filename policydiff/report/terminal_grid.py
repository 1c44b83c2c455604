"""Tables for a terminal: columns if they fit, else each row as a block; lines never break inside a number, date or id, or before a closing mark."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil

from rich.cells import cell_len
from rich.console import (
    Console,
    ConsoleOptions,
    Group,
    JustifyMethod,
    OverflowMethod,
    RenderableType,
    RenderResult,
)
from rich.containers import Lines
from rich.segment import Segment
from rich.text import Text

from policydiff.lexicon.widths import visible
from policydiff.report import RenderOptions
from policydiff.report.page import Column, Row, Table
from policydiff.report.runs import SIGNED, Cell, Mark, apart, cell, plain

_UNBROKEN = 14
"""Most terminal cells of a Chinese heading that stays on one line: seven characters, which are two or three words (须由人判断)."""
_UNITS = re.compile(
    r"""[（《“‘〔「『(\[{<]*                                   # an opening mark never ends a line
    (?:\d{4}年\d{1,2}月\d{1,2}日|[\u4e00-\u9fff]{2,8}[〔\[(（]\d{4}[〕\])）](?:第)?\d+号|[0-9０-９]+(?:[.,．，:：/-][0-9０-９]+)*(?:[%％‰Z]|[年月日条款项个家万亿元]{1,2})?|(?:~|\.{1,2})?/?[A-Za-z][A-Za-z0-9_@./-]*[A-Za-z0-9]|\S)
    [，。、；：？！）》”’〕」』…,.;:?!)\]}>]*                    # a closing one never begins one
    |\s+""",
    re.VERBOSE,
)
"""Units without a line break inside: a date, a document number, another number with its unit, a Latin word, a character with its punctuation."""


class Prose(Text):
    """Text that breaks between any two characters, as Chinese does, but never inside a number or before a comma."""

    def wrap(
        self,
        console: Console,  # noqa: ARG002 (as the library calls it)
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,  # noqa: ARG002
        tab_size: int = 8,  # noqa: ARG002
        no_wrap: bool | None = None,  # noqa: ARG002
    ) -> Lines:
        """Return the lines of at most `width` terminal cells."""
        lines = self.lines(width)
        if justify == "right":
            for line in lines:
                line.pad_left(max(0, width - line.cell_len))
        return lines

    def lines(self, width: int) -> Lines:
        """Return the lines of at most `width` terminal cells, without padding."""
        lines = Lines()
        for paragraph in self.split("\n", allow_blank=True):
            for line in paragraph.divide(breaks(paragraph.plain, width)):
                line.rstrip()
                lines.append(line)
        return lines


def breaks(text: str, width: int) -> list[int]:
    """Return the offsets at which lines of at most `width` terminal cells begin, without the first line's offset 0.

    Examples:
        >>> breaks("应当自收到之日起15日内，办结。", 18)
        [8]
        >>> breaks("/home/somebody/texts", 15)
        [15]
    """
    offsets: list[int] = []
    used = 0
    for match in _UNITS.finditer(text if width_of(text) > width or "\t" in text else ""):
        size = width_of(match[0])
        if used and used + size > width and not match[0].isspace():
            offsets.append(match.start())
            used = 0
        if size > width:
            parted = _parted(match[0], width)
            offsets += [match.start() + offset for offset in parted]
            used = width_of(match[0][parted[-1] :])
            continue
        used += size
    return offsets


_JOINTS = frozenset("/@-_.")
"""Characters after which an id or address that is too long for a line is broken, if possible."""


def _parted(word: str, width: int) -> list[int]:
    """Return the offsets at which a word wider than a line is broken: after its last joint on the line, if any.

    Examples:
        >>> _parted("shsrmzf/shsjgzmglbf-ee5cd0", 20)
        [20]
        >>> _parted("shsrmzf/shsjgzmglbf-ee5cd0", 18)
        [8]
    """
    offsets: list[int] = []
    start = used = 0
    joint = 0
    for offset, character in enumerate(word):
        size = cell_len(character)
        if used + size > width and offset > start:
            start = joint if joint > start else offset
            offsets.append(start)
            used = width_of(word[start:offset])
        used += size
        if character in _JOINTS:
            joint = offset + 1
    return offsets or [0]


def longest_unit(text: str) -> int:
    """Return the terminal cells of the longest unit of a text that no line break may divide: a date, a number, a word.

    Examples:
        >>> longest_unit("修改 2、失效 2023-07-20")
        10
    """
    return max((width_of(match[0].rstrip()) for match in _UNITS.finditer(text)), default=0)


def longest_word(heading: str) -> int:
    """Return the terminal cells that a heading needs if it breaks between words only.

    Examples:
        >>> longest_word("Measures supported"), longest_word("关系"), longest_word("牵头（负责）项数")
        (9, 4, 14)
    """
    return max(
        (cell_len(word) if word.isascii() else min(cell_len(word), _UNBROKEN) for word in heading.split()),
        default=0,
    )


def width_of(text: str) -> int:
    """Return the terminal cells that a text takes on a line."""
    return len(text) if text.isascii() else cell_len(text)


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
KINDS = {
    "adopted": "blue",
    "touched": "cyan",
    "omitted": "dim",
    "added": "blue",
    "removed": "yellow",
    "modified": "cyan",
    "loosened": "yellow",
    "tightened": "magenta",
}
_SHORT = 40
"""Most characters of a fact that shares its line with others; longer facts have lines of their own."""
_BETWEEN = "  ·  "
"""Separator between two facts on a line."""
_DATE = 17
"""Terminal cells that an unbroken date takes with the gap beside it (2024年10月29日)."""
_LONG = 60
"""Characters of a cell from which blank lines separate the rows of a table."""
_PLAIN_SIGNS = SIGNED | {Mark.BADGE: ("[", "]")}
"""Signs in place of colours, those of `git diff --word-diff`, so that a piped report does not lose the marks."""


class Facts:
    """Labelled facts on lines: a line break falls between two facts, or inside a fact that is longer than a line."""

    def __init__(self, facts: Sequence[Text]) -> None:
        self._facts = facts

    def lines(self, width: int) -> Iterator[Text]:
        """Yield the lines of at most `width` terminal cells, without padding."""
        line = Prose()
        for fact in self._facts:
            if line and line.cell_len + len(_BETWEEN) + fact.cell_len > width:
                yield from line.lines(width)
                line = Prose()
            if line:
                line.append(_BETWEEN, style="dim")
            line.append_text(fact)
        yield from line.lines(width)


class Indented:
    """Words behind a margin, line by line, because the library's own padding took half the time of a list of three thousand documents."""

    def __init__(self, words: Prose | Facts, margin: int) -> None:
        self._words = words
        self._margin = margin

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in self._words.lines(options.max_width - self._margin):
            words = line.render(console) if console.color_system else [Segment(line.plain)]
            yield from (Segment(" " * self._margin), *words, Segment.line())


def grid_of(table: Table, options: RenderOptions) -> RenderableType:
    """Return a table in columns, or its rows as blocks if the columns do not fit the terminal."""
    widths = widths_of(table, options.width)
    return (
        Group(Text(), *_blocks(table, color=options.color))
        if widths is None
        else _Rows(table, widths, options)
    )


class _Rows:
    """A table that writes itself line by line, because the library's own table took four times as long for three thousand rows."""

    def __init__(self, table: Table, widths: list[int | None], options: RenderOptions) -> None:
        self._table = table
        self._widths = widths
        self._color = options.color
        has_texts = sum(column.is_text for column in table.columns) > 1
        self._is_apart = has_texts and any(
            len(plain(cell)) > _LONG for row in table.rows for cell in row.cells
        )

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        room = options.max_width
        widths = _fitted(_shared(self._widths, self._table.columns, room), room)
        blank = Segment(f"{' ' * room}\n")
        yield blank
        yield from self._line(
            [cell(column.label, Mark.LABEL) for column in self._table.columns], widths, console
        )
        yield Segment(f" {'─' * (room - 2)} \n")
        group = ""
        for number, row in enumerate(self._table.rows):
            if row.group != group and not self._table.is_parallel:
                group = row.group
                yield Segment("\n" if number else "")
                for words in Prose(f"  {visible(group)}", style="bold").lines(room):
                    yield from (*words.render(console), Segment.line())
            elif number and self._is_apart:
                yield blank
            yield from self._line(row.cells, widths, console)
        yield blank

    def _line(self, given: Sequence[Cell], widths: list[int], console: Console) -> Iterator[Segment]:
        cells = [_lines(each, width, color=self._color) for each, width in zip(given, widths, strict=True)]
        for at in range(max(map(len, cells))):
            words = ""  # Not yielded yet, because one segment for each line takes less time than one for each cell.
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


def _shared(widths: Sequence[int | None], columns: Sequence[Column], room: int) -> list[int]:
    """Return the width of every column: text columns share the space that labels leave, by weight; without text columns, labels share it."""
    held = [0 if width is None else width + _PADDING for width in widths]
    weights = [column.weight * (width is None) for width, column in zip(widths, columns, strict=True)]
    left = max(0, room - len(widths) - 1 - sum(held))
    if not any(weights):
        weights = held
    found = []
    for at, weight in enumerate(weights):
        share = ceil(weight * left / (sum(weights[at:]) or 1))
        left -= share
        found.append(max(held[at] + share - _PADDING, 1))
    return found


_PADDING = 2
"""Terminal cells beside the words of a column."""


def _fitted(widths: list[int], room: int) -> list[int]:
    """Return column widths that fit a terminal too narrow for the headings, by narrowing the widest column."""
    frame = 3 * len(widths) + 1
    widths = list(widths)
    while sum(widths) + frame > room and max(widths) > 1:
        widths[widths.index(max(widths))] -= 1
    return widths


def _lines(cell: Cell, width: int, *, color: bool) -> Sequence[str | Text]:
    """Return the lines of a cell in a column of `width` terminal cells; plain strings if nothing in the cell is marked."""
    if any(run.mark not in (Mark.PLAIN, Mark.DAY) for run in cell):
        return list(marked_text(cell, color=color).lines(width))
    words = visible("".join(run.text for run in cell))
    lines: list[str] = []
    for paragraph in words.split("\n"):
        if width_of(paragraph) <= width:
            lines.append(paragraph.rstrip())
            continue
        offsets = [0, *breaks(paragraph, width), len(paragraph)]
        lines += [paragraph[start:end].rstrip() for start, end in pairwise(offsets)]
    return lines


_LONGEST_UNIT = 24
"""Terminal cells above which even a unit is broken, because ids of documents would take half of a terminal."""
_LEAST_TEXT = 16
"""Terminal cells that a text column keeps beside label columns: eight characters on a line can be read, a single one cannot."""


def _blocks(table: Table, *, color: bool) -> Iterator[RenderableType]:
    """Yield the rows of a table that is too wide for the terminal, with the title of a group before its first row."""
    group = ""
    for row in table.rows:
        if row.group != group:
            group = row.group
            yield Indented(Prose(visible(group), style="bold"), 1)
        yield from _block(row, table, color=color)


def _block(row: Row, table: Table, *, color: bool) -> Iterator[RenderableType]:
    """Yield a row of a table that is too wide for the terminal: first cell, short facts on lines, then long texts."""
    shown = [
        (column, content)
        for column, content in zip(table.columns, row.cells, strict=True)
        if plain(content).strip()
    ]
    told = [
        (marked_text(content, color=color, label=f"{column.label} "), len(plain(content)) > _SHORT)
        for column, content in shown[1:]
    ]
    for _, content in shown[:1]:
        yield Indented(marked_text(content, color=color), 2)
    facts = [fact for fact, is_long in told if not is_long]
    if facts:
        yield Indented(Facts(facts), 4)
    for words, is_long in told:
        if is_long:
            yield Indented(words, 4)
    yield Text()


def widths_of(table: Table, total: int) -> list[int | None] | None:
    """Return the width of each column in terminal cells, None for text columns; the widest label columns are narrowed in favour of text.

    The whole result is None if the terminal is too narrow for the number of columns.
    """
    widths = [_width(table, index, column, total) for index, column in enumerate(table.columns)]
    room = total - 3 * len(widths) - 1 - _LEAST_TEXT * widths.count(None)
    least = [
        0 if width is None else min(width, max(_unit(table, index) + 1, longest_word(column.label), 2))
        for index, (width, column) in enumerate(zip(widths, table.columns, strict=True))
    ]
    while (over := sum(width or 0 for width in widths) - room) > 0:
        spare = {at: width - least[at] for at, width in enumerate(widths) if width is not None}
        widest = max(spare, key=lambda at: spare[at], default=None)
        if widest is None or spare[widest] <= 0:
            return None
        widths[widest] = (widths[widest] or 0) - min(over, max(1, spare[widest] // 2))
    return widths


def _unit(table: Table, index: int) -> int:
    """Return the terminal cells of the longest date, number or word of a column, which no line break may divide."""
    return max((min(longest_unit(plain(row.cells[index])), _LONGEST_UNIT) for row in table.rows), default=0)


def _width(table: Table, index: int, column: Column, total: int) -> int | None:
    """Return the width of a column of numbers or short labels, which texts beside it must not take; None for a text column."""
    if column.is_text:
        return None
    lines = (line for row in table.rows for line in plain(row.cells[index]).split("\n"))
    longest = max((width_of(line) + 3 for line in lines), default=0)
    return max(2, longest_word(column.label), min(longest, max(_DATE, total * max(column.weight, 10) // 100)))


def marked_text(runs: Cell, *, color: bool, label: str = "") -> Prose:
    """Return runs as text behind a label, in colours or with signs in place of colours; a badge alone in its cell has no sign."""
    text = Prose()
    text.append(label, style="dim")
    is_alone = len(runs) == 1 and runs[0].mark is Mark.BADGE
    for run in apart(runs):
        before, after = ("", "") if color or is_alone else _PLAIN_SIGNS.get(run.mark, ("", ""))
        style = KINDS.get(run.kind) or _STYLES.get(run.mark, "")
        text.append(f"{before}{visible(run.text)}{after}", style=style if color else "")
    return text
