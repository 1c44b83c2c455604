"""Printed lines become paragraphs: furniture is set aside, broken sentences are joined, fused measures parted."""

import re
from collections import Counter
from collections.abc import Iterable

from policydiff.model import Span
from policydiff.parsing.kinds import Kind, kind_of
from policydiff.parsing.labels import Label, Sort, find_label
from policydiff.parsing.source import Block, Line, block_of, lines_of
from policydiff.text.blanks import BLANKS, despace


class Dropped:
    """Words that are no part of the body, and why."""

    __slots__ = ("reason", "span")

    def __init__(self, span: Span, reason: str) -> None:
        self.span = span
        self.reason = reason


class Paragraph:
    """One paragraph: its label, its words, and the kind of fixed part it looks like."""

    __slots__ = ("block", "kind", "label", "markup", "start")

    def __init__(self, block: Block, start: int, label: Label | None, kind: Kind | None, markup: str) -> None:
        self.block = block
        """Words after the label."""
        self.start = start
        """Place of the label, or of the first word."""
        self.label = label
        self.kind = kind
        self.markup = markup

    @property
    def text(self) -> str:
        """The words after the label."""
        return self.block.text

    @property
    def whole(self) -> str:
        """Label and words."""
        return (self.label.text if self.label else "") + self.block.text

    @property
    def span(self) -> Span:
        """Place of label and words in the given text."""
        end = self.block.span.end
        if not self.block.text and self.label is not None:
            end = self.start + self.label.size
        return Span(self.start, max(self.start, end))


_HEADING_MARK = re.compile(r"#{1,6}(?=[\s\u3000]|$)[\s\u3000]*")
_QUOTE_MARK = re.compile(r">[\s\u3000]*")
_TERMINAL = frozenset("。；：！？!?;:”）)》」』…】")
_JOINS_BLANK = frozenset("，、,（(“《")
_WRAP_AT_LEAST = 5
_SHORTEST_WRAP = 18
_LONG = 25
_TITLE_END = re.compile(
    r"(?:决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要|方案|计划|规划|纲要|办法|规定|细则|措施"
    r"|条例|规则|清单|指南|要点|预案|政策|答复|解释)(?:[（(][^（()）]{1,20}[)）])?$"
)
_NOTE_CLOSED = re.compile(
    r"[（(](?:责任|牵头|配合|负责|落实|实施)[^（()）：:]{0,14}[：:](?:[^（()）]|[（(][^（()）]{0,60}[)）]){1,400}[)）]"
    r"[。；;]?(?=[^。；;，,、）)])"
)
_ADDRESSED = re.compile(r"[^。；;]{2,160}[：:]$")


class _Typed:
    __slots__ = ("kind", "label", "line")

    def __init__(self, line: Line, label: Label | None, kind: Kind | None) -> None:
        self.line = line
        self.label = label
        self.kind = kind


def read_paragraphs(text: str) -> tuple[list[Paragraph], list[Dropped]]:
    """Return the paragraphs of a text in order, and the furniture set aside."""
    dropped: list[Dropped] = []
    typed = list(_typed_lines(lines_of(text), dropped))
    width = _wrap_width(typed)
    paragraphs: list[Paragraph] = []
    index = 0
    while index < len(typed):
        run = [typed[index]]
        while index + 1 < len(typed) and _continues(run[-1], typed[index + 1], run[0], width):
            index += 1
            run.append(typed[index])
        index += 1
        paragraphs.extend(_part_fused(_paragraph(run)))
    return paragraphs, dropped


def _typed_lines(lines: Iterable[Line], dropped: list[Dropped]) -> Iterable[_Typed]:
    for line in lines:
        mark = _HEADING_MARK.match(line.raw) or _QUOTE_MARK.match(line.raw)
        if mark is not None:
            dropped.append(Dropped(Span(line.start, line.start + len(mark[0].rstrip(BLANKS))), "markup"))
            if mark.end() == len(line.raw):
                continue
            line = Line(line.raw[mark.end() :], line.start + mark.end(), mark[0].strip(BLANKS))
        label = find_label(line.raw)
        if label is not None and not label.loose and label.end < len(line.raw) and label.sort != Sort.FIRSTLY:
            yield _Typed(line, label, None)
            continue
        kind = kind_of(line.raw)
        if kind in (Kind.PAGE_MARK, Kind.MARKUP, Kind.RULE, Kind.WEB):
            dropped.append(Dropped(Span(line.start, line.end), kind.value))
            continue
        yield _Typed(line, label, kind)


def _wrap_width(typed: list[_Typed]) -> int | None:
    """Return the line length at which the page breaks lines, None where lines are whole paragraphs."""
    lengths = Counter(
        len(despace(one.line.raw))
        for one, other in zip(typed, typed[1:], strict=False)
        if one.kind is None
        and not one.line.markup
        and other.label is None
        and other.kind is None
        and one.line.raw[-1] not in _TERMINAL
        and len(one.line.raw) >= _SHORTEST_WRAP
    )
    best, count = 0, 0
    for length in lengths:
        near = sum(lengths[length + step] for step in (-2, -1, 0, 1))
        if near > count:
            best, count = length, near
    total = sum(lengths.values())
    if count >= _WRAP_AT_LEAST and count * 3 >= total:
        return best
    return None


def _continues(one: _Typed, other: _Typed, first: _Typed, width: int | None) -> bool:
    """Say whether the line `other` goes on with the sentence of the line `one` (`first` starts the paragraph)."""
    raw = one.line.raw
    if one.kind is not None or other.kind is not None or one.line.markup or other.line.markup:
        return False
    if other.label is not None and not (other.label.loose and raw[-1] not in _TERMINAL):
        return False
    if first.label is not None and len(raw) == first.label.end and first.label.sort <= Sort.ARTICLE:
        return True
    if raw[-1] in _TERMINAL or "\t" in raw or "\t" in other.line.raw:
        return False
    words = despace(raw)
    if _TITLE_END.search(words) and not re.search("[。；，]", words):
        return False
    if width is not None and (abs(len(words) - width) <= 2 or len(words) > width):
        return True
    if _ADDRESSED.match(other.line.raw) and len(words) < 60:
        return False
    if raw[-1] in _JOINS_BLANK:
        return len(words) >= 15
    if len(words) < _LONG:
        return False
    if first.label is not None and first.label.sort is not Sort.ARTICLE and not re.search("[。；]", words):
        return first is not one
    return True


def _paragraph(run: list[_Typed]) -> Paragraph:
    first = run[0]
    label = first.label
    pieces = [(one.line.raw, one.line.start) for one in run]
    if label is not None:
        rest = first.line.raw[label.end :]
        pieces[0] = (rest, first.line.start + label.end)
        if not rest and len(pieces) > 1:
            pieces.pop(0)
    return Paragraph(block_of(pieces), first.line.start, label, first.kind, first.line.markup)


def _part_fused(paragraph: Paragraph) -> Iterable[Paragraph]:
    """Part measures that stand on one line: each ends with its labelled note of responsibility."""
    text = paragraph.text
    if "：" not in text and ":" not in text:
        yield paragraph
        return
    start = 0
    for note in _NOTE_CLOSED.finditer(text):
        yield _piece(paragraph, start, note.end())
        start = note.end()
    yield _piece(paragraph, start, len(text)) if start else paragraph


def _piece(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    block = paragraph.block.part(start, end)
    if start == 0:
        return Paragraph(block, paragraph.start, paragraph.label, paragraph.kind, paragraph.markup)
    return Paragraph(block, block.start if block.offsets is None else block.place(0), None, None, "")
