"""The title of a text, put together from the lines that may belong to it."""

import re
from typing import NamedTuple

from policydiff.parsing.document_types import TITLE_END
from policydiff.parsing.doubts import Doubts
from policydiff.parsing.kinds import Kind
from policydiff.parsing.paragraphs import Paragraph
from policydiff.parsing.segments import Text

ISSUED_BY = re.compile(r"([\u4e00-\u9fff、]{2,60}?)(?=关于|印发|转发|批转|公布|发布)")
"""Bodies that a title begins with: 国务院办公厅关于…"""
_BREAKS = re.compile("[，：:,！？!?]")
_ABOUT = re.compile("关于|印发|转发|批转")
_IN_BRACKETS = re.compile(r"[（(][^（()）]{1,20}[)）]")
_EVENT_REST = re.compile(
    r"^(?:日|〈|《|\d{4}年)|(?:通过|批准|修正|修订|发布|公布|施行|第\d+号|根据)[》）)]*$"
)
_MOST_PIECES = 6


class Title(NamedTuple):
    """A title and the lines it was read from."""

    text: str
    lines: tuple[Paragraph, ...]
    sure: bool
    """True where form or markup show that it is a title, and not merely a short line."""


def find_title(text: Text) -> Title | None:
    """Return the title among the lines before a body, None where there is no such line."""
    best: Title | None = None
    best_score = -1
    for run in _runs(text):
        for start in range(len(run)):
            for end in range(start + 1, min(len(run), start + _MOST_PIECES) + 1):
                lines = run[start:end]
                score = _score(lines)
                if score > best_score:
                    words = "".join(line.text for line in lines)
                    best, best_score = Title(words, tuple(lines), score >= 20), score
    return best


def _runs(text: Text) -> list[list[Paragraph]]:
    """Return the lines that may be titles, those that stand together in one run; names of bodies may lead."""
    candidates = {id(paragraph) for paragraph in text.title}
    runs: list[list[Paragraph]] = []
    run: list[Paragraph] = []
    for paragraph in text.head:
        leads = paragraph.kind is Kind.BODY_NAME and all(line.kind is Kind.BODY_NAME for line in run)
        apart = bool(run) and (paragraph.markup != run[-1].markup or _BREAKS.search(run[-1].text) is not None)
        if id(paragraph) in candidates or leads:
            if apart:
                runs.append(run)
                run = []
            run.append(paragraph)
        else:
            runs.append(run)
            run = []
    runs.append(run)
    return [run for run in runs if any(id(line) in candidates for line in run)]


def _score(lines: list[Paragraph]) -> int:
    words = "".join(line.text for line in lines)
    names = sum(line.kind is Kind.BODY_NAME for line in lines)
    if names == len(lines) or (names and not _ABOUT.match(lines[names].text)):
        return -1
    score = 0
    if TITLE_END.search(words):
        score += 20
        if "关于" in words:
            score += 10
        if ISSUED_BY.match(words):
            score += 5
    if lines[0].markup == "#":
        score += 30
    elif (
        len(lines) > 1
        and not _IN_BRACKETS.fullmatch(lines[-1].text)
        and TITLE_END.search("".join(line.text for line in lines[:-1]))
    ):
        score -= 8
    return score + min(len(lines), 3) - _BREAKS.subn("", words)[1]


def settle_title(text: Text, title: Title | None, doubts: Doubts) -> Title | None:
    """Give the lines that turned out to be no title back to the body, and return the title that remains.

    A short line is no title where nothing shows it and the text has no numbered clause either. Of the other lines,
    those that repeat the title or stand above it (headlines of a web page) are set aside.
    """
    structured = any(paragraph.label is not None for paragraph in text.body)
    if title is not None and not title.sure and not structured:
        title = None
    chosen = {id(line) for line in title.lines} if title is not None else set()
    returned: list[Paragraph] = []
    above = title is not None
    for line in text.title:
        if id(line) in chosen:
            above = False
        elif _is_event_rest(line, text):
            line.kind = Kind.EVENT
        elif title is None or not (above or line.text in title.text or TITLE_END.search(line.text)):
            returned.append(line)
        elif line.text not in title.text:
            doubts.note("set aside beside the title, as a headline of the page", line.span)
    back = {id(line) for line in returned}
    text.title = [line for line in text.title if id(line) not in back]
    text.head = [line for line in text.head if id(line) not in back]
    text.body[:0] = returned
    return title


def _is_event_rest(line: Paragraph, text: Text) -> bool:
    """Say whether a line is part of an event that the print broke over several lines."""
    return any(other.kind is Kind.EVENT for other in text.head) and _EVENT_REST.search(line.text) is not None
