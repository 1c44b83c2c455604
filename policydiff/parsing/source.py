"""The given text as lines and blocks; each of their characters keeps its offset in the text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.text_marks import (
    NOTE_LINE,
    Merged,
    break_places,
    calls_in,
    is_row,
    read_row,
    without_calls,
)
from policydiff.lexicon.widths import BLANKS, despace_with_offsets
from policydiff.model import Span
from policydiff.parsing.kinds import Kind
from policydiff.parsing.labels import Label, Sort

_INDENT = frozenset("\t \u3000\xa0")
_GAP = lazy_pattern(
    r"(?<=\S)(?:\u3000{2,}|[ \xa0]{3,})(?=[\u4e00-\u9fff]{2}|[\d%％—-][\d.,%％—-]*(?:[^\W\d年]|年(?!\d)|[ \u3000]|$))"
)
"""Wide blanks that part columns (孙春兰　　国务院副总理); a single blank only spaces characters."""
_TAB = lazy_pattern("\t")
_LONGEST_ROW = 120
"""Most characters of a line that may be a row of a table typed without borders."""
TERMINAL = frozenset("。；：！？!?;:”）)》」』…】")
"""Characters that may end a finished line of running text."""
GOES_ON = frozenset("，、；的和与及或")
"""Characters at the end of a line whose sentence continues on the next line."""
LONGEST_HEADING = 24
"""Titles and headings of chapters above a first article are mostly shorter than a printed line of some 28 characters."""


class Dropped(NamedTuple):
    """Words that do not belong to the body, with the reason."""

    span: Span
    reason: str


@dataclass(eq=False, slots=True)
class Line:
    """One printed line, without blanks at its ends."""

    raw: str
    """The words."""
    start: int
    """Index of the first word in the given text."""
    markup: str = ""
    """Markdown mark taken from the front: `#`…, `>` or nothing."""
    is_row: bool = False
    """True where borders or tabs part the line into the cells of a table row."""
    after_gap: bool = False
    """True if an empty line stands directly above."""

    @property
    def end(self) -> int:
        """Index after the last word."""
        return self.start + len(self.raw)


@dataclass(eq=False, slots=True)
class TypedLine:
    """A line, the label it begins with, and the kind of fixed part it looks like."""

    line: Line
    label: Label | None
    kind: Kind | None
    apart: bool = False
    """True if furniture of a web page stands between this line and the previous line; a page number does not count."""

    @property
    def is_heading(self) -> bool:
        """True for a short line with a division number: no sentence continues below such a line."""
        label = self.label
        return (
            label is not None
            and not label.loose
            and (label.sort <= Sort.SECTION or label.sort is Sort.COMMA)
            and len(self.line.raw) <= LONGEST_HEADING
            and self.last not in GOES_ON
        )

    @property
    def finished(self) -> bool:
        """True where a sentence may end with the line."""
        return self.kind is not None or self.last in TERMINAL

    @property
    def last(self) -> str:
        """The last character, calls of notes left out."""
        return without_calls(self.line.raw)[-1:] or self.line.raw[-1]


@dataclass(eq=False, slots=True)
class Block:
    """Words of one paragraph: stray blanks and line breaks removed, the place of each character kept."""

    text: str
    start: int
    """Place of the first character."""
    offsets: Sequence[int] | None = None
    """Place of each character in the text; None if the characters are adjacent there."""

    def place(self, index: int) -> int:
        """Return the place of the character at `index` in the given text."""
        return self.start + index if self.offsets is None else self.offsets[index]

    @property
    def span(self) -> Span:
        """Place of the block in the given text."""
        if not self.text:
            return Span(self.start, self.start)
        if self.offsets is None:
            return Span(self.start, self.start + len(self.text))
        return Span(self.offsets[0], self.offsets[len(self.text) - 1] + 1)

    def without(self, start: int, end: int) -> "Block":
        """Return the block without the characters from `start` to `end`."""
        text = self.text[:start] + self.text[end:]
        places = [self.place(index) for index in range(len(self.text)) if not start <= index < end]
        return Block(text, places[0] if places else self.start, places)

    def part(self, start: int, end: int | None = None) -> "Block":
        """Return the words from `start` to `end` without blanks at the ends."""
        text = self.text[start:end]
        words = text.strip(BLANKS)
        first = start + len(text) - len(text.lstrip(BLANKS))
        if not words:
            return Block("", self.place(min(first, len(self.text) - 1)) if self.text else self.start)
        if self.offsets is None:
            return Block(words, self.start + first)
        return Block(words, self.offsets[first], self.offsets[first : first + len(words)])


def lines_of(text: str) -> list[Line]:
    """Return the lines that hold more than blanks; rows of tables are marked.

    A line is a row where tabs part it twice, or once as they do its neighbour; a single tab elsewhere is a blank. Tabs
    before or after its only words are empty cells beside a row. Wide gaps make rows of short lines that stand together and end no sentence. | a | b | is a row of Markdown.
    """
    lines: list[Line] = []
    parted: list[int] = []
    position = 0
    gap = False
    for whole in text.splitlines(keepends=True):
        raw = whole.strip(BLANKS)
        if raw:
            bordered = is_row(raw)
            if not bordered and _may_be_parted(whole, raw):
                parted.append(len(lines))
            lines.append(Line(raw, position + whole.index(raw[0]), "", bordered, bordered and gap))
        gap = not raw
        position += len(whole)
    inside = {index for index in parted if "\t" in lines[index].raw or _GAP.search(lines[index].raw)}
    for index in parted:
        beside = {index - 1, index + 1} & (inside if index not in inside else {*parted})
        if beside or lines[index].raw.count("\t") > 1:
            lines[index].is_row = True
    return lines


_MARKS = lazy_pattern(
    rf"#{{1,6}}(?=[{BLANKS}]|$)[{BLANKS}]*|>[{BLANKS}]*|【(?:题注|章名|节名|编名|标题|正文|条文)】[{BLANKS}]*"
)
"""Marks of Markdown, and marks with which databases label a line: 【章名】第一章　总则."""


def without_mark(line: Line, dropped: list[Dropped]) -> Line:
    """Return a line without the mark at its front, which is set aside; Markdown's own marks are kept in mind."""
    mark = _MARKS.match(line.raw)
    if mark is None or not mark.end():
        return line
    dropped.append(Dropped(Span(line.start, line.start + len(mark[0].rstrip(BLANKS))), "markup"))
    sign = mark[0].strip(BLANKS) if line.raw[0] != "【" else ""
    return Line(line.raw[mark.end() :], line.start + mark.end(), sign)


def is_note(line: Line, dropped: list[Dropped]) -> bool:
    """Set the calls of notes in a line aside; return whether the line is a note."""
    for start, end in calls_in(line.raw):
        dropped.append(Dropped(Span(line.start + start, line.start + end), "note call"))
    return NOTE_LINE.match(line.raw) is not None


def _may_be_parted(whole: str, raw: str) -> bool:
    """Return whether a line may be a row of cells: it holds tabs, or is short, ends no sentence, and holds wide gaps."""
    if "\t" in raw or whole.count("\t") > 1:
        return True
    is_short = len(raw) <= _LONGEST_ROW and raw[-1] not in "。；：，" and raw[0] not in "第（("
    return is_short and _GAP.search(raw) is not None


def row_of(text: str, line: Line) -> Block:
    """Return the cells of a row without stray blanks, joined by one tab; empty cells at its ends are kept.

    A line break inside a cell becomes a blank, which separates the words on both sides: two bodies, two items.
    """
    if is_row(line.raw):
        return _bordered_row(line)
    start, end = line.start, line.end
    while start and text[start - 1] in _INDENT:
        start -= 1
    while end < len(text) and text[end] in _INDENT:
        end += 1
    printed = text[start:end]
    border = _TAB if "\t" in printed else _GAP
    row = _RowWords()
    position = 0
    for match in [*border.finditer(printed), None]:
        # Tabs part the cells: bars are characters there as any others.
        row.cell(printed, start, position, len(printed) if match is None else match.start(), escaped=False)
        if match is not None:
            row.mark("\t", start + match.start())
            position = match.end()
    return row.block(line.start)


def _bordered_row(line: Line) -> Block:
    row = _RowWords()
    for index, cell in enumerate(read_row(line.raw).cells):
        if index:
            row.mark("\t", line.start + cell.start - 1)
        if cell.merged is not None and cell.merged is not Merged.LEFT:
            continue
        position = cell.start
        for start, end in break_places(line.raw, cell):
            row.cell(line.raw, line.start, position, start)
            row.mark(" ", line.start + start)
            position = end
        row.cell(line.raw, line.start, position, cell.end)
    return row.block(line.start)


class _RowWords:
    """The words of a row while they are put together, each character with its place in the given text."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._places: list[int] = []

    def cell(self, printed: str, offset: int, start: int, end: int, *, escaped: bool = True) -> None:
        """Add the words of `printed[start:end]` without stray blanks; where bars are `escaped` they lose the mark of it."""
        given: list[int] = []
        kept, offsets = despace_with_offsets(_without_calls(printed[start:end], offset + start, given))
        places = given[: len(kept)] if offsets is None else [given[place] for place in offsets]
        while escaped and (escape := kept.find("\\|")) >= 0:
            kept = kept[:escape] + kept[escape + 1 :]
            del places[escape]
        self._words.append(kept)
        self._places.extend(places)

    def mark(self, character: str, place: int) -> None:
        """Add the character that separates two cells, or two lines of one cell."""
        self._words.append(character)
        self._places.append(place)

    def block(self, start: int) -> Block:
        """Return the row."""
        return Block("".join(self._words), start, self._places)


def _without_calls(words: str, start: int, places: list[int]) -> str:
    """Return words without the calls of notes, and add the place of each character kept."""
    parts: list[str] = []
    position = 0
    for first, end in [*calls_in(words), (len(words), len(words))]:
        parts.append(words[position:first])
        places.extend(range(start + position, start + first))
        position = end
    return "".join(parts)


def block_of(pieces: Sequence[tuple[str, int]]) -> Block:
    """Join pieces of the given text, each as (words, place), to one block."""
    if len(pieces) == 1 and "[^" not in pieces[0][0]:
        words, start = pieces[0]
        text, offsets = despace_with_offsets(words)
        if offsets is None:
            return Block(text, start)
        return Block(text, start, [start + offset for offset in offsets])
    places: list[int] = []
    parts: list[str] = []
    for words, start in pieces:
        kept = _without_calls(words, start, places)
        places.append(start + len(words))
        parts.append(kept)
    text, offsets = despace_with_offsets("\n".join(parts))
    placed = places[: len(text)] if offsets is None else [places[offset] for offset in offsets]
    return Block(text, placed[0] if placed else pieces[0][1], placed)
