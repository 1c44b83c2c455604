"""Marks that the extraction writes into a text and the parser reads, and the boundaries of sentences.

Marks are footnotes as `[^1]`, bracketed notes of responsible bodies, and rows of tables with vertical bars
between their cells. The dictionary of the word segmenter is loaded only when words of a sentence are needed.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from functools import cache, lru_cache
from typing import NamedTuple

from policydiff.lexicon.bodies import BODY_ENDINGS
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.widths import BLANKS
from policydiff.model import Span

_LABEL = r"[^\[\]\s^]{1,12}"
CALL = lazy_pattern(rf"\[\^({_LABEL})\](?!:)")
"""A call; the label is group 1."""
NOTE_LINE = lazy_pattern(rf"\[\^({_LABEL})\]:[ \t\u3000]*")
"""Beginning of the line of a note; the label is group 1."""


def call(label: str) -> str:
    """Return the mark of a call."""
    return f"[^{label}]"


def note_line(label: str, words: str) -> str:
    """Return the line of a note."""
    return f"[^{label}]: {words}"


def calls_in(text: str) -> Iterator[tuple[int, int]]:
    """Give the places of calls in a line, the beginning of a note's own line left out."""
    if "[^" in text:
        for match in CALL.finditer(text):
            yield match.span()


def without_calls(text: str) -> str:
    """Return a line without its calls."""
    return CALL.sub("", text) if "[^" in text else text


_BRACKET = lazy_pattern(r"[（(）)\n]")
_LABELLED = lazy_pattern(
    r"\s*(?:责任|牵头|配合|负责|落实|实施|参与|参加|主办|协办|承办|主管|完成|分工)[^（()）：:，。；]{0,14}[：:]"
)
_BARE = lazy_pattern(
    r"""(?:负责|牵头|配合|参与|参加|协助|分工) (?:落实|实施|推进|组织实施)?
        (?:[，,。；;] [^，,。；;]{0,6} (?:第一位|首位) [^，,。；;]{0,12})?    # 。列第一位者为牵头单位
        (?:[，,]? 下同)? 。? \s* $""",
    re.VERBOSE,
)
_BODY = BODY_ENDINGS.phrase("{noted_endings}")
_LISTED = BODY_ENDINGS.phrase(
    r"(?!以下|简称|[含即如原]) .{0,18} (?: {noted_endings} | {office_endings} | 街镇 | [镇乡队室] ) (?:牵头|负责|落实|配合)?"
)
_BETWEEN = lazy_pattern("[，,、；;]")
_ENDS = "。；;"


def responsibility_notes(text: str) -> list[Span]:
    """Return the spans of the outermost bracketed notes of responsibility, including brackets, in order.

    A labelled note names a role before a colon (责任单位：…); an unlabelled one ends in a verb of duty
    (…负责), or lists only bodies at the end of its line.

    >>> text = "推进试点（含村（居）委会）。（责任部门：区科委（牵头）、区民政局）"
    >>> [text[start:end] for start, end in responsibility_notes(text)]
    ['（责任部门：区科委（牵头）、区民政局）']
    """
    notes: list[Span] = []
    opened: list[int] = []
    for match in _BRACKET.finditer(text):
        mark = match[0]
        if mark in "（(":
            opened.append(match.start())
        elif mark == "\n":
            opened.clear()
        elif opened:
            start, end = opened.pop(), match.end()
            closes = text[:start].rstrip()[-1:] in _ENDS and not text[end : end + 2].strip("。；;\n")
            if _names_bodies(text[start + 1 : end - 1], closes=closes):
                while notes and notes[-1].start > start:
                    notes.pop()
                notes.append(Span(start, end))
    return notes


def _names_bodies(words: str, *, closes: bool) -> bool:
    """Return whether bracketed words state who carries a measure; a bare list does only at the end of a line."""
    listed = closes and all(map(_LISTED.fullmatch, _BETWEEN.split(words)))
    return listed or is_labelled_note(words) or bool(_BARE.search(words) and _BODY.search(words))


def is_labelled_note(words: str) -> bool:
    """Return whether the words inside a bracket begin with a role and a colon (责任部门：)."""
    return _LABELLED.match(words) is not None


_BLANKS = lazy_pattern(r"[ \t\xa0\u3000]+")
_BORDER = lazy_pattern(r"(?<!\\)\|")
_BREAK = lazy_pattern(r"<br ?/?>", re.IGNORECASE)
_ESCAPED = lazy_pattern(r"\\(?=\|)")
_NESTED = lazy_pattern(r"\|(>{1,9})(?=[ \t])")
_ABOVE = "^^"
_MOST_NESTED = 9


class Merged(Enum):
    """Why a place of the grid has no cell of its own."""

    LEFT = "left"
    """The cell at its left reaches over it."""
    ABOVE = "above"
    """The cell above reaches down to it."""


Slot = str | Merged
"""One place of the grid: the words of its cell (with line breaks), or the merge that covers it."""


class PrintedCell(NamedTuple):
    """A place of the grid as a line gives it."""

    start: int
    """Index of its first character after the border."""
    end: int
    """Index of the border after it."""
    merged: Merged | None


class PrintedRow(NamedTuple):
    """A line read as a table row."""

    depth: int
    """0 for a table of the document, 1 for a table inside one of its cells."""
    cells: tuple[PrintedCell, ...]


def row_line(slots: Sequence[Slot], depth: int = 0) -> str:
    r"""Return a row as a line; empty where no cell holds words.

    Examples:
        >>> row_line(["姓名", "", "证件", Merged.LEFT])
        '| 姓名 |  | 证件 ||'
        >>> row_line([Merged.ABOVE, "新增\n床位"], depth=1)
        '|> ^^| 新增<br>床位 |'
    """
    if not any(isinstance(slot, str) and slot.strip() for slot in slots):
        return ""
    cells = [_cell(slot) for slot in slots]
    mark = ">" * min(depth, _MOST_NESTED)
    # The blank after the mark tells it from a cell that begins with the sign >.
    first = cells[0] if not mark or cells[0].startswith(" ") else f" {cells[0]}"
    return "|" + mark + "|".join((first, *cells[1:])) + "|"


def compact(rows: Sequence[Sequence[Slot]]) -> list[list[Slot]]:
    """Return the rows of one table with equal numbers of places, without columns in which no cell begins.

    Word and browsers count columns that no row needs; without them two files of one table agree.
    """
    width = max(map(len, rows), default=0)
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    needed = [any(row[column] is not Merged.LEFT for row in padded) for column in range(width)]
    return [[slot for slot, is_needed in zip(row, needed, strict=True) if is_needed] for row in padded]


def table_lines(rows: Sequence[Sequence[Slot]], depth: int = 0) -> list[str]:
    """Return the rows of one table as lines, without rows that hold no words."""
    return [line for row in compact(rows) if (line := row_line(row, depth))]


def is_row(line: str) -> bool:
    """Return whether a line, without blanks at its ends, has the form of a row; an escaped bar at its end closes none."""
    return len(line) > 2 and line[0] == "|" and line[-1] == "|" and line[-2] != "\\"


def read_row(line: str) -> PrintedRow:
    """Return the cells of a line that `is_row` accepts.

    Examples:
        >>> [cell.merged for cell in read_row("| 甲 ||^^|  |").cells]
        [None, <Merged.LEFT: 'left'>, <Merged.ABOVE: 'above'>, None]
    """
    nested = _NESTED.match(line)
    first = nested.end() if nested else 1
    borders = [match.start() for match in _BORDER.finditer(line, first)]
    cells: list[PrintedCell] = []
    for border in borders:
        words = line[first:border]
        merged = Merged.ABOVE if words.strip() == _ABOVE else Merged.LEFT if not words and cells else None
        cells.append(PrintedCell(first, border, merged))
        first = border + 1
    return PrintedRow(len(nested[1]) if nested else 0, tuple(cells))


def marks_of(line: str, row: PrintedRow) -> Iterator[tuple[int, int]]:
    """Yield the places in a row's line that are form and not words: borders, merges, breaks, escapes."""
    yield 0, row.cells[0].start if row.cells else 1
    for cell in row.cells:
        if cell.merged is Merged.ABOVE:
            yield cell.start, cell.end + 1
            continue
        for mark in (
            *_BREAK.finditer(line, cell.start, cell.end),
            *_ESCAPED.finditer(line, cell.start, cell.end),
        ):
            yield mark.span()
        yield cell.end, cell.end + 1


def break_places(line: str, cell: PrintedCell) -> list[tuple[int, int]]:
    """Return the places of the line breaks in a cell."""
    return [mark.span() for mark in _BREAK.finditer(line, cell.start, cell.end)]


def _cell(slot: Slot) -> str:
    if slot is Merged.LEFT:
        return ""
    if slot is Merged.ABOVE:
        return _ABOVE
    lines = (_BLANKS.sub(" ", part).strip() for part in re.split(r"[\n\r\x0b\x0c]+", str(slot)))
    words = "<br>".join(line.replace("|", "\\|") for line in lines if line)
    # A cell that only says ^^ would be taken for a merge.
    return f" {words} " if words != _ABOVE else " ^ ^ "


SENTENCE_END = lazy_pattern(r"[。；;！!？?\n]")
_TITLE = lazy_pattern(r"[《》\n]")
_AFTER_END = "。；;！!？?”’」』）)】〕]》〉…"
_STRAIGHT = lazy_pattern(r"[\"'\n]")
_LONGEST_TITLE = 400
"""Characters within which 《 must be closed, so that an unclosed mark does not join all sentences after it."""


def split_sentences(text: str) -> list[Span]:
    """Return the spans of the sentences, which together cover every character except blanks.

    A sentence ends at 。；！？ with any closing quotes and brackets, and at a line break; never inside
    《》, nor inside a bracketed note of responsibility, which belongs to the sentence before it.

    >>> text = "甲。“乙；”丙《丁；戊》。(责任单位:己局牵头;庚局配合)辛。"
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['甲。', '“乙；”', '丙《丁；戊》。(责任单位:己局牵头;庚局配合)', '辛。']
    """
    notes = dict(responsibility_notes(text)) if "（" in text or "(" in text else {}
    hidden = sorted([*notes.items(), *(_titles(text) if "《" in text else ())])
    quotes = _closing_quotes(text)
    spans: list[Span] = []
    start = position = 0
    next_hidden = 0
    while (match := SENTENCE_END.search(text, position)) is not None:
        place = match.start()
        while next_hidden < len(hidden) and hidden[next_hidden][1] <= place:
            next_hidden += 1
        if next_hidden < len(hidden) and hidden[next_hidden][0] < place:
            position = hidden[next_hidden][1]
            continue
        position = match.end() if match[0] == "\n" else _with_closers(text, match.end(), quotes)
        position = _with_note(text, position, notes)
        _add(spans, text, start, position)
        start = position
    _add(spans, text, start, len(text))
    return spans


def _titles(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for match in _TITLE.finditer(text):
        if match[0] == "《":
            opened.append(match.start())
        elif match[0] == "\n":
            opened.clear()
        elif opened:
            start = opened.pop()
            if match.end() - start <= _LONGEST_TITLE:
                while found and found[-1][0] > start:
                    found.pop()
                found.append((start, match.end()))
    return found


def _with_closers(text: str, position: int, closing_quotes: frozenset[int]) -> int:
    while position < len(text) and (text[position] in _AFTER_END or position in closing_quotes):
        position += 1
    return position


def _closing_quotes(text: str) -> frozenset[int]:
    """Return the places of closing straight quotation marks: every second one in a line."""
    closing: set[int] = set()
    opened: set[str] = set()
    for match in _STRAIGHT.finditer(text):
        mark = match[0]
        if mark == "\n":
            opened.clear()
        elif mark in opened:
            opened.remove(mark)
            closing.add(match.start())
        else:
            opened.add(mark)
    return frozenset(closing)


def _with_note(text: str, position: int, notes: dict[int, int]) -> int:
    ahead = position
    while ahead < len(text) and text[ahead] in BLANKS and text[ahead] != "\n":
        ahead += 1
    end = notes.get(ahead)
    if end is None:
        return position
    while end < len(text) and text[end] in "。；;":
        end += 1
    return end


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start] in BLANKS:
        start += 1
    while start < end and text[end - 1] in BLANKS:
        end -= 1
    if start < end:
        spans.append(Span(start, end))


def cut_words(text: str) -> list[str]:
    """Return the words of a text; joined they are the text."""
    return _segmenter()(text)


def inside_words(text: str) -> frozenset[int]:
    """Return the offsets between two characters of one word or number, where no mark or cut may be."""
    offsets: set[int] = set()
    at = 0
    for word in cut_words(text):
        offsets.update(range(at + 1, at + len(word)))
        at += len(word)
    for match in _NUMBER.finditer(text):
        offsets.update(range(match.start() + 1, match.end()))
    return frozenset(offsets)


def uncut(text: str) -> frozenset[int]:
    """Return the offsets at which a text must not be cut: inside words, and between figures and their unit (500元)."""
    return inside_words(text) | {match.end() for match in _COUNTED.finditer(text)}


_COUNTED = lazy_pattern(r"[0-9０-９](?=[一-鿿])")
_NUMBER = lazy_pattern(
    r"[0-9０-９]+(?:[.,．，:：][0-9０-９]+)*[%％‰]?|[〇零一二三四五六七八九十百千万亿两]{2,}"
)
"""A number as a reader takes it in: 7.5%, 1,000, 二〇二三."""


def first_words(text: str, longest: int) -> str:
    """Return the whole words at the beginning of a text, at most `longest` characters; a longer single word is cut.

    Examples:
        >>> first_words("由民政部门共同制定", 6), first_words("处二十万元罚款", 3)
        ('由民政部门', '处')
    """
    if len(text) <= longest:
        return text
    inside = uncut(text[: longest + _LONGEST_WORD])
    return text[: next((at for at in range(longest, 0, -1) if at not in inside), longest)]


_LONGEST_WORD = 16
"""Characters read after a cut; words of the dictionary are shorter, and a longer number may be cut."""


@lru_cache(maxsize=2048)
def cut_known_words(text: str) -> tuple[str, ...]:
    """Return the words of a text, using only dictionary words: 第三人负责任 has no word 人负."""
    words = _segmenter()(text, False)
    return (
        tuple(_EACH_PERSON.sub("个人\n均", "\n".join(words)).split("\n"))
        if "个人均" in text
        else tuple(words)
    )


_EACH_PERSON = lazy_pattern("个\n人均")
"""个人均有权 as the dictionary cuts it, which has 人均 (for each person) but not 个人 beside 均."""


@cache
def _segmenter() -> Callable[..., list[str]]:
    import rjieba  # noqa: PLC0415 (clauses without change need no words)

    segment: Callable[..., list[str]] = rjieba.cut
    return segment
