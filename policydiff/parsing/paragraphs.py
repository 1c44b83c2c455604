"""Joins printed lines to paragraphs if the extractor could not determine which lines belong together.

Lines that belong to the page and not to the document are removed.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from string import ascii_letters
from typing import NamedTuple

from policydiff.lexicon.furniture import printed_page
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.text_marks import read_row, without_calls
from policydiff.lexicon.widths import despace
from policydiff.model import Span, TextBlock
from policydiff.parsing.kinds import NOTE_OPENS, Kind, ends_title, kind_of
from policydiff.parsing.labels import Label, Sort
from policydiff.parsing.source import TERMINAL, Block, Dropped, Line, TypedLine, block_of, row_of
from policydiff.parsing.typed import type_lines

_WRAPPED_AT_LEAST = 5
"""Least lines of the full width that show a text to be broken at a fixed width."""
_SHORTEST_WRAP = 36
"""Least width in half characters at which a text is broken; shorter lines are verses, rows and names."""
_INDENT = 4
"""Half characters by which full lines may differ in length: an indent of two characters."""
_LONG = 25
"""Characters from which a line of prose without a stop may continue on the next line."""
MOST_TITLE_LINES = 8
"""Lines of a title; longer runs are prose."""
_MOST_NOTE_LINES = 12
"""The longest note seen names nine amendments on eleven lines."""
_OPEN_END = frozenset("，、,（(“《")
SENTENCE = lazy_pattern("[。；]")
_CLAUSE_MARK = lazy_pattern("[。；，,]")
_MARKED = lazy_pattern("“[^“”]*”|‘[^‘’]*’|《[^《》]*》|〈[^〈〉]*〉|＜[^＜＞]*＞")
_ADDRESSED = lazy_pattern(r"[^。；;]{2,200}[：:]$")
_OPENS_BODY = lazy_pattern(
    "为(?=[了加推进贯深全提促落规进支切保认积更充做])|根据|按照|依据|近年来|目前|当前|今年|去年|我[区市省县局委办]|关于"
)
"""Beginnings of the first sentence under a heading; a heading broken over two lines does not go on so."""
_LOOKS_FIXED = frozenset({Kind.BODY_NAME, Kind.EVENT, Kind.DATE, Kind.SIGNED, Kind.NUMBER})
"""Kinds that a line from the middle of a sentence may seem to have."""


class Wrap(NamedTuple):
    """Measures of the line breaks of a page."""

    width: int
    """Length of a full line in half characters: a Chinese character counts as two, a digit as one."""
    uniform: bool
    """True if no line is longer, so that a full line cannot begin with an indent."""


def find_wrap(typed: list[TypedLine]) -> Wrap | None:
    """Return how the page breaks lines, None where every line is a whole paragraph."""
    lengths = Counter(
        length
        for one, other in pairwise(typed)
        if one.kind is None
        and not one.line.markup
        and other.label is None
        and other.kind is None
        and not one.finished
        and (length := _half_characters(despace(one.line.raw))) >= _SHORTEST_WRAP
    )
    best = most = 0
    for length in sorted(lengths):
        near = sum(lengths[length + step] for step in (-1, 0, 1))
        if near > most:
            best, most = length, near
    full = sum(count for length, count in lengths.items() if length >= best - _INDENT - 1)
    if full < _WRAPPED_AT_LEAST or most * 4 < lengths.total():
        return None
    longer = sum(_half_characters(despace(one.line.raw)) > best + _INDENT for one in typed)
    return Wrap(best, longer * 20 <= len(typed))


def _half_characters(words: str) -> int:
    return sum(2 if character > "\u2000" else 1 for character in words)


def continues(run: list[TypedLine], other: TypedLine, wrap: Wrap | None, *, in_body: bool) -> bool:
    """Return whether the line `other` continues the paragraph of the lines `run`, judged by how the page wraps its lines.

    `in_body` is true after the first label or sentence; from then on no line is a title.
    """
    first, one = run[0], run[-1]
    if other.apart or one.line.markup or other.line.markup or other.label is not None or other.line.is_row:
        return False
    if _note_open(run):
        return other.kind is None or other.kind in _LOOKS_FIXED
    if one.kind is not None or (not in_body and (_ends_title(run) or printed_page(despace(one.line.raw)))):
        return False
    return _goes_on_in_prose(first, one, other, wrap, in_body=in_body)


def _ends_title(run: list[TypedLine]) -> bool:
    """Return whether the lines above the body are a whole title: 关于, its subject, and a kind of document at the end.

    Punctuation inside marks belongs to quoted words or titles (关于“…时，应当…”问题的批复) and does not count.
    """
    if len(run) > MOST_TITLE_LINES:
        return False
    words = "".join(despace(each.line.raw) for each in run)
    if "关于" not in words or not ends_title(words):
        return False
    while (outside := _MARKED.sub("", words)) != words:
        words = outside
    return _CLAUSE_MARK.search(words) is None


_WHOLE = lazy_pattern(
    r"(?:联系人|电话|手机|传真|邮编|邮政编码|邮箱|网址)[：:][^。；，：:]{1,40}$|(?i:\.(?:docx?|xlsx?|pptx?|pdf|wps|ofd|zip|rar)$)"
    r"|(?:(?<![.．·])[.．·]{3,}|[…⋯])[（(]?\d{1,4}[)）]?$|^(?:[\u4e00-\u9fff]{2,8}[：:][^：:。；，]{1,40}){2,4}$"
)
"""Complete lines: two or more labels with values, or an end with a phone number, address, file name or page number: 招生计划.xls,
考场规则……17."""
_ANNEXES = lazy_pattern("附件?[：:]")


def _goes_on_in_prose(
    first: TypedLine, one: TypedLine, other: TypedLine, wrap: Wrap | None, *, in_body: bool
) -> bool:
    raw = one.line.raw
    label = first.label
    if first.kind is Kind.EVENT and raw.rstrip("）)").endswith("会议上"):
        return False  # ——某日在某次会议上, and below it who gave the report
    if one is first and label is not None and label.end == len(raw) and label.sort <= Sort.ARTICLE:
        return other.kind is None
    if (
        LATIN.match(label.text if label is not None else "")
        and one is first
        and raw[-1] not in ",-"
        and not _SMALL.match(other.line.raw)
    ):
        return False  # Article 1. Purpose: a sentence goes on in small letters
    words = despace(without_calls(raw))
    if one.last in TERMINAL:
        return _ends_within(first, other, words, wrap)
    if first is one and raw[0] in "（(" and _is_open(words):
        return other.kind is None or other.kind in _LOOKS_FIXED
    is_whole = _WHOLE.search(words) is not None or _ANNEXES.match(other.line.raw) is not None
    return not is_whole and _goes_on(first, one, other, wrap, in_body=in_body)


def _goes_on(first: TypedLine, one: TypedLine, other: TypedLine, wrap: Wrap | None, *, in_body: bool) -> bool:
    """Return whether the line `one`, which ends no sentence, continues in the next line `other`."""
    words = despace(one.line.raw)
    full = wrap is not None and _half_characters(words) >= wrap.width - _INDENT - 1
    if other.kind is not None and not (full and other.kind in _LOOKS_FIXED):
        return False
    is_title = not in_body and ends_title(words) and not _CLAUSE_MARK.search(words)
    below = other.line.raw
    if not full and words[-1] in _SENTENCE_ENDS and LATIN.fullmatch(words) and not _SMALL.match(below):
        return False
    if not in_body and LATIN.fullmatch(words) and (below[:1] in "(（" or not LATIN.fullmatch(below)):
        return False  # the title in another language, above the Chinese one or its own note (Adopted on …)
    if is_title or (len(words) < 60 and not in_body and _ADDRESSED.match(other.line.raw)):
        return False
    if full:
        is_heading = one is first and first.label is not None and not SENTENCE.search(words)
        return not (is_heading and _OPENS_BODY.match(other.line.raw))
    return _broken(first, one, words)


def _ends_within(first: TypedLine, other: TypedLine, words: str, wrap: Wrap | None) -> bool:
    """Return whether a sentence ends at the very end of a full line, with the paragraph continuing on the next line.

    If all lines have one width, the first line of a paragraph is shorter by its indent: a full next line begins no
    paragraph.
    """
    if wrap is None or not wrap.uniform or other.kind is not None or words[-1] not in "。；，”":
        return False
    is_full = _half_characters(words) >= wrap.width - _INDENT - 1
    goes_on = _half_characters(despace(other.line.raw)) >= wrap.width - 1
    return is_full and goes_on and (first.label is None or SENTENCE.search(words) is not None)


def _broken(first: TypedLine, one: TypedLine, words: str) -> bool:
    """Return whether a line that does not fill the page width is nevertheless broken off, as at the end of a page.

    A numbered line without a sentence is a heading and therefore complete.
    """
    label = first.label
    in_prose = (
        label is None or label.sort is Sort.ARTICLE or SENTENCE.search(first.line.raw + words) is not None
    )
    alone = one is not first and label is not None and label.end == len(first.line.raw)
    if (one is not first and not alone) or words[-1] in _OPEN_END:
        return len(words) >= 15 and (in_prose or one is first)
    return in_prose and (len(words) >= _LONG or (label is None and SENTENCE.search(words) is not None))


def _note_open(run: list[TypedLine]) -> bool:
    """Return whether the note of a text's dates below its title, which the print breaks over several lines, is still open.

    It begins with a bracket and a day, and may not run on for ever where the bracket is never closed.
    """
    first = run[0]
    if first.label is not None or first.line.raw[0] not in "（(" or len(run) > _MOST_NOTE_LINES:
        return False
    words = "".join(despace(one.line.raw) for one in run)
    if NOTE_OPENS.match(words) is None and len(run) > 1:
        return False
    return _is_open(words)


def _is_open(words: str) -> bool:
    return words.count("（") + words.count("(") > words.count("）") + words.count(")")


LATIN = lazy_pattern("[^\u4e00-\u9fff]*[A-Za-z]{2}[^\u4e00-\u9fff]*", marks=ascii_letters)
_SMALL = lazy_pattern("[a-z(,;]")
_SENTENCE_ENDS = frozenset(".:;?!")
"""Ends of sentences in Latin letters; on a line that is not full, they end the paragraph before a capital."""
_NOTE_OPENS = frozenset("（(—－-")
_TITLE_SIZE = 1.2
"""Type of titles, measured by the text's: GB/T 9704 sets them in 22 points, the text in 16; 18 over 16 is a heading's."""
_BEFORE_TITLE = frozenset({Kind.DATE, Kind.SIGNED, Kind.PRINTED, Kind.ANNEX})
"""Kinds of lines that the title of a further text may follow."""


class Look(NamedTuple):
    """Setting of a paragraph, where its format gives it."""

    centred: bool
    size: float
    """Height of the type divided by the height of most words of the text; 0 if unknown."""

    @property
    def stands_out(self) -> bool:
        """Whether the line is set as titles are: centred, in type larger than that of the text."""
        return self.centred and self.size >= _TITLE_SIZE


def looks_of(blocks: Sequence[TextBlock]) -> dict[int, Look]:
    """Return how the lines of a text are set, by the place of their first character."""
    sizes: Counter[float] = Counter()
    for block in blocks:
        if block.size:
            sizes[block.size] += block.span.end - block.span.start
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    return {
        block.span.start: Look(block.centred, (block.size or 0.0) / usual if usual else 0.0)
        for block in blocks
        if block.kind == "paragraph"
    }


@dataclass(eq=False, slots=True)
class Paragraph:
    """A paragraph: label, words, and the kind of fixed part that it looks like."""

    block: Block
    """Words after the label."""
    start: int
    """Place of the label, or of the first word."""
    label: Label | None = None
    kind: Kind | None = None
    markup: str = ""
    apart: bool = False
    """True where furniture of a web page parts it from the paragraph before."""
    look: Look | None = None
    """Setting of the paragraph; None where the format does not give it."""
    rows: list["Row"] = field(default_factory=list)
    """The rows, if the paragraph is a table."""

    @property
    def text(self) -> str:
        """The words after the label."""
        return self.block.text

    @property
    def whole(self) -> str:
        """Label and words."""
        return self.block.text if self.label is None else self.label.text + self.block.text

    @property
    def printed(self) -> str:
        """Label and words, or the words of the rows if the paragraph is a table."""
        return self.whole or "\n".join(row.text for row in self.rows)

    @property
    def span(self) -> Span:
        """Place of label and words in the given text."""
        if self.rows:
            return Span(self.start, self.rows[-1].span.end)
        if not self.block.text:
            return Span(self.start, self.start + (self.label.size if self.label is not None else 0))
        return Span(self.start, self.block.span.end)


class Row(Paragraph):
    """A row of a table; a row of a table inside a cell has a greater `depth`."""

    __slots__ = ("after_gap", "depth", "end")

    def __init__(self, text: str, line: Line) -> None:
        super().__init__(row_of(text, line), line.start)
        self.end = line.end
        self.after_gap = line.after_gap
        self.depth = read_row(line.raw).depth if line.raw[0] == "|" else 0

    @property
    def span(self) -> Span:
        """Place of the row with its borders."""
        return Span(self.start, max(self.end, self.block.span.end))


def read_paragraphs(text: str, blocks: Sequence[TextBlock] = ()) -> tuple[list[Paragraph], list[Dropped]]:
    """Return the paragraphs of a text in order, and the furniture set aside; `blocks` hold their setting."""
    looks = looks_of(blocks)
    typed, dropped = type_lines(text)
    wrap = find_wrap(typed)
    in_body = False
    paragraphs: list[Paragraph] = []
    index = 0
    while index < len(typed):
        first = typed[index]
        index += 1
        if first.kind is Kind.ROW:
            table = paragraphs[-1] if paragraphs and paragraphs[-1].kind is Kind.ROW else None
            if table is None or first.line.after_gap:
                table = Paragraph(Block("", first.line.start), first.line.start, kind=Kind.ROW)
                paragraphs.append(table)
            table.rows.append(Row(text, first.line))
            continue
        run = [first]
        in_body = in_body or first.label is not None
        while index < len(typed) and continues(run, typed[index], wrap, in_body=in_body):
            run.append(typed[index])
            index += 1
        in_body = first.kind not in _BEFORE_TITLE and (in_body or run[-1].line.raw.endswith("。"))
        paragraph = _paragraph(run)
        paragraph.look = looks.get(paragraph.start)
        paragraph.apart = first.apart
        paragraphs.append(paragraph)
    return paragraphs, dropped


def _paragraph(run: list[TypedLine]) -> Paragraph:
    first = run[0]
    pieces = [(one.line.raw, one.line.start) for one in run]
    if first.label is not None:
        end = first.label.end
        pieces[0] = (first.line.raw[end:], first.line.start + end)
        if end == len(first.line.raw) and len(pieces) > 1:
            pieces.pop(0)
    block = block_of(pieces)
    kind = kind_of(block.text) if len(pieces) > 1 and block.text[:1] in _NOTE_OPENS else first.kind
    return Paragraph(block, first.line.start, first.label, kind, first.line.markup)
