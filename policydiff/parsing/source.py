"""The given text as lines and blocks that remember where each of their characters stands in it."""

import re
from collections.abc import Sequence

from policydiff.lexicon.blanks import BLANKS, despace_with_offsets
from policydiff.model import Span

_INDENT = frozenset("\t \u3000\xa0")
_GAP = re.compile(r"(?<=\S)(?:\u3000{2,}|[ \xa0]{3,})(?=[\u4e00-\u9fff]{2})")
"""Blanks that part columns (孙春兰　　国务院副总理), where single ones only space out characters."""
_TAB = re.compile("\t")
_PIPE = re.compile(r"\|")
_LONGEST_ROW = 120


class Line:
    """One printed line without blanks at its ends."""

    __slots__ = ("is_row", "markup", "raw", "start")

    def __init__(self, raw: str, start: int, markup: str = "") -> None:
        self.raw = raw
        """The words."""
        self.start = start
        """Index of the first word in the given text."""
        self.markup = markup
        """Markdown mark taken from the front: `#`…, `>` or nothing."""
        self.is_row = False
        """True where tabs part the line into the cells of a table row."""

    @property
    def end(self) -> int:
        """Index after the last word."""
        return self.start + len(self.raw)


class Block:
    """Words of one paragraph: stray blanks and line breaks removed, each character with its place."""

    __slots__ = ("offsets", "start", "text")

    def __init__(self, text: str, start: int, offsets: Sequence[int] | None = None) -> None:
        self.text = text
        self.start = start
        """Place of the first character."""
        self.offsets = offsets
        """Place of each character, None where they stand side by side."""

    def place(self, index: int) -> int:
        """Return the place of the character at `index` in the given text."""
        return self.start + index if self.offsets is None else self.offsets[index]

    @property
    def span(self) -> Span:
        """Place of the block in the given text."""
        if not self.text:
            return Span(self.start, self.start)
        return Span(self.place(0), self.place(len(self.text) - 1) + 1)

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

    A line is a row where tabs part it twice, or once as they do its neighbour; a single tab elsewhere is a blank. Wide
    gaps make rows of short lines that stand together and end no sentence. | a | b | is a row of Markdown.
    """
    lines: list[Line] = []
    parted: list[int] = []
    position = 0
    for whole in text.splitlines(keepends=True):
        raw = whole.strip(BLANKS)
        if raw:
            if raw[0] == "|" and raw[-1] == "|" and len(raw) > 2:
                lines.append(Line(raw, position + whole.index("|")))
                lines[-1].is_row = True
                position += len(whole)
                continue
            if "\t" in raw or (
                len(raw) <= _LONGEST_ROW
                and raw[-1] not in "。；：，"
                and raw[0] not in "第（("
                and ("\u3000\u3000" in raw or "   " in raw or "\xa0\xa0" in raw)
                and _GAP.search(raw)
            ):
                parted.append(len(lines))
            lines.append(Line(raw, position + whole.index(raw[0])))
        position += len(whole)
    beside = {index + step for index in parted for step in (-1, 1)}
    for index in parted:
        if index in beside or lines[index].raw.count("\t") > 1:
            lines[index].is_row = True
    return lines


def row_of(text: str, line: Line) -> Block:
    """Return a row's cells without stray blanks, joined by one tab; empty cells at its ends are kept."""
    start, end = line.start, line.end
    while start and text[start - 1] in _INDENT:
        start -= 1
    while end < len(text) and text[end] in _INDENT:
        end += 1
    words: list[str] = []
    places: list[int] = []
    position = 0
    printed = text[start:end]
    border = _PIPE if line.raw[0] == "|" else _TAB if "\t" in printed else _GAP
    borders = [*border.finditer(printed), None]
    for match in borders:
        stop = len(printed) if match is None else match.start()
        kept, offsets = despace_with_offsets(printed[position:stop])
        words.append(kept)
        first = start + position
        places.extend(first + offset for offset in (range(len(kept)) if offsets is None else offsets))
        if match is not None:
            if border is not _PIPE or 0 < stop < len(printed) - 1:
                words.append("\t")
                places.append(start + stop)
            position = match.end()
    return Block("".join(words), line.start, places)


def block_of(pieces: Sequence[tuple[str, int]]) -> Block:
    """Join pieces (words, place) of the given text to one block."""
    if len(pieces) == 1:
        words, start = pieces[0]
        text, offsets = despace_with_offsets(words)
        if offsets is None:
            return Block(text, start)
        return Block(text, start, [start + offset for offset in offsets])
    places: list[int] = []
    for words, start in pieces:
        places.extend(range(start, start + len(words) + 1))
    text, offsets = despace_with_offsets("\n".join(words for words, _ in pieces))
    placed = places[: len(text)] if offsets is None else [places[offset] for offset in offsets]
    return Block(text, placed[0] if placed else pieces[0][1], placed)
