"""The given text as lines and blocks that remember where each of their characters stands in it."""

from collections.abc import Iterator, Sequence

from policydiff.model import Span
from policydiff.text.blanks import BLANKS, despace_with_offsets

_PIECE = tuple[str, int]


class Line:
    """One printed line without blanks at its ends."""

    __slots__ = ("markup", "raw", "start")

    def __init__(self, raw: str, start: int, markup: str = "") -> None:
        self.raw = raw
        """The words."""
        self.start = start
        """Index of the first word in the given text."""
        self.markup = markup
        """Markdown mark taken from the front: `#`…, `>` or nothing."""

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
        self.offsets = offsets

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
        lead = len(text) - len(text.lstrip(BLANKS))
        words = text.strip(BLANKS)
        first = start + lead
        if not words:
            return Block("", self.place(min(first, len(self.text) - 1)) if self.text else self.start)
        if self.offsets is None:
            return Block(words, self.start + first)
        return Block(words, self.offsets[first], self.offsets[first : first + len(words)])


def lines_of(text: str) -> Iterator[Line]:
    """Yield the lines that hold more than blanks."""
    position = 0
    for whole in text.splitlines(keepends=True):
        raw = whole.strip(BLANKS)
        if raw:
            yield Line(raw, position + whole.index(raw[0]) if raw[0] in whole else position)
        position += len(whole)


def block_of(pieces: Sequence[_PIECE]) -> Block:
    """Join pieces (words, place) of the given text to one block."""
    if len(pieces) == 1:
        words, start = pieces[0]
        text, offsets = despace_with_offsets(words)
        if offsets is None:
            return Block(text, start)
        return Block(text, start, [start + offset for offset in offsets])
    joined = "\n".join(words for words, _ in pieces)
    places: list[int] = []
    for words, start in pieces:
        places.extend(range(start, start + len(words) + 1))
    places.pop()
    text, offsets = despace_with_offsets(joined)
    if offsets is None:
        return Block(text, places[0] if places else 0, places)
    placed = [places[offset] for offset in offsets]
    return Block(text, placed[0] if placed else 0, placed)
