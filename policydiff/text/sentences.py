"""Where sentences of Chinese official prose begin and end."""

import re

from policydiff.model import Span
from policydiff.text.blanks import BLANKS

_PLACE = re.compile(r"[。；;！!？?《》\n]|[（(](?=[^（()）]{2,16}[：:])|[（(]|[)）]")
_CLOSERS = re.compile(r"[”’」』）)】〕\]》〉\"']+")
_NOTE = re.compile(
    r"[（(]\s*(?:责任|牵头|配合|负责|落实|实施|参与|参加|主办|协办|完成)[^（()）：:]{0,14}[：:]"
    r"|[（(](?=(?:[^（()）]|[（(][^（()）]{0,40}[)）]){2,400}(?:负责|牵头|配合|参与|参加|落实)[^（()）]{0,12}[)）])"
)
_LONGEST_BRACKET = 600


def split_sentences(text: str) -> list[Span]:
    """Return the spans of the sentences; together they cover every character that is not blank.

    A sentence ends at 。；！？ with the closing quotes and brackets that follow, and at a line break; never inside
    《》, nor inside a bracketed note of responsibility (（责任部门：…；…）), which stays with the sentence it follows.

    >>> [text[start:end] for text in ["甲。“乙；”丙《丁；戊》。(责任单位:己牵头;庚配合)"]
    ...  for start, end in split_sentences(text)]
    ['甲。', '“乙；”', '丙《丁；戊》。(责任单位:己牵头;庚配合)']
    """
    spans: list[Span] = []
    start = 0
    position = 0
    shut = _closed_until(text)
    while (match := _PLACE.search(text, position)) is not None:
        position = match.end()
        character = match[0]
        if character in "《（(":
            position = max(position, shut.get(match.start(), 0))
            continue
        if character in "》)）":
            continue
        if character != "\n":
            closers = _CLOSERS.match(text, position)
            if closers is not None and text[position] not in "《（(":
                position = closers.end()
            note = _NOTE.match(text, _skip_blanks(text, position))
            if note is not None and note.start() in shut:
                position = shut[note.start()]
                if position < len(text) and text[position] in "。；;":
                    position += 1
        _add(spans, text, start, position)
        start = position
    _add(spans, text, start, len(text))
    return spans


def _skip_blanks(text: str, position: int) -> int:
    while position < len(text) and text[position] in BLANKS and text[position] != "\n":
        position += 1
    return position


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start] in BLANKS:
        start += 1
    while start < end and text[end - 1] in BLANKS:
        end -= 1
    if start < end:
        spans.append(Span(start, end))


def _closed_until(text: str) -> dict[int, int]:
    """Map the place of each title or note bracket that hides sentence ends to the place after its partner."""
    until: dict[int, int] = {}
    notes = {match.start() for match in _NOTE.finditer(text)}
    titles: list[int] = []
    brackets: list[int] = []
    for match in re.finditer(r"[《》（(）)\n]", text):
        character, place = match[0], match.start()
        if character == "\n":
            titles.clear()
            brackets.clear()
        elif character == "《":
            titles.append(place)
        elif character in "（(":
            brackets.append(place)
        elif character == "》" and titles:
            opened = titles.pop()
            if place - opened < _LONGEST_BRACKET:
                until[opened] = place + 1
        elif character in "）)" and brackets:
            opened = brackets.pop()
            if opened in notes:
                until[opened] = place + 1
    return until
