"""Where sentences of Chinese official prose begin and end, and their words.

The segmenter's dictionary is loaded only when words are asked for.
"""

from collections.abc import Callable
from functools import cache

from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.text_marks import responsibility_notes
from policydiff.lexicon.widths import BLANKS
from policydiff.model import Span

_END = lazy_pattern(r"[。；;！!？?\n]")
_TITLE = lazy_pattern(r"[《》\n]")
_AFTER_END = "。；;！!？?”’」』）)】〕]》〉…"
_STRAIGHT = lazy_pattern(r"[\"'\n]")
_LONGEST_TITLE = 400


def split_sentences(text: str) -> list[Span]:
    """Return the spans of the sentences; together they cover every character that is not blank.

    A sentence ends at 。；！？ with the closing quotes and brackets that follow, and at a line break; never inside
    《》, nor inside a bracketed note of responsibility, which stays with the sentence it follows.

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
    while (match := _END.search(text, position)) is not None:
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
    """Return the places of straight quotation marks that close: every second one of a line."""
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


@cache
def _segmenter() -> Callable[[str], list[str]]:
    import rjieba  # noqa: PLC0415 (clauses without change need no words)

    segment: Callable[[str], list[str]] = rjieba.cut
    return segment
