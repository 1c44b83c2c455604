"""The imprint (版记) at the end of a document: copied to, printed by; each may run over several lines.

`抄送：甲机关，乙委，丙院，` goes on in the next line until it ends in a full stop, or the imprint's own last line follows.
"""

import re

from policydiff.lexicon.horizons import DATE
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.parsing.kinds import Kind
from policydiff.parsing.paragraphs import Paragraph

_ANY_DAY = re.sub(r"\?P<\w+>", "?:", DATE.pattern)
PRINTED = lazy_pattern(rf"(?P<body>[\u4e00-\u9fff]{{2,40}}?)?(?P<day>{_ANY_DAY})印发", re.VERBOSE)
_LABEL = lazy_pattern(r"(?P<label>抄送|抄报|主送|分送|抄致|发送)(?:机关|单位)?[：:]")
_GOES_ON = lazy_pattern("[\u4e00-\u9fff、，,；;（）()“”·]+[。.]?")
_STARTS_DAY = frozenset("12一二")
_MOST_LINES = 12
"""A list of those copied to takes some ten lines where every department of a city is named."""
_LONGEST_LINE = 120


def imprint_end(paragraphs: list[Paragraph], start: int) -> int:
    """Return the index after the list that a line 抄送：… begins; `start` itself where none begins there.

    The list goes on where the line before is open (ends in a mark that is no full stop, or in none), or where every
    line down to the imprint's last one (某某办公厅 某日印发) reads as names; it takes no numbered clause and no sentence.
    """
    if start >= len(paragraphs) or paragraphs[start].kind is not Kind.COPIED:
        return start
    end = start + 1
    while end < len(paragraphs) and end - start < _MOST_LINES and _is_further(paragraphs[end]):
        if printer_at(paragraphs, end) is not None:
            break
        if not _is_open(paragraphs[end - 1].text) and not _printed_follows(paragraphs, end):
            break
        end += 1
    return end


def printer_at(paragraphs: list[Paragraph], index: int) -> str | None:
    """Return the body that printed the document, where its name stands on the line above the day: 某某办公室 / 某日印发."""
    if index + 1 >= len(paragraphs) or paragraphs[index].kind is not Kind.BODY_NAME:
        return None
    below = paragraphs[index + 1]
    return paragraphs[index].text if below.kind is Kind.PRINTED and below.text[:1] in _STARTS_DAY else None


def _is_open(words: str) -> bool:
    return words[-1:] not in "。."


def _is_further(paragraph: Paragraph) -> bool:
    return (
        paragraph.label is None
        and not paragraph.rows
        and paragraph.kind in (None, Kind.BODY_NAME)
        and len(paragraph.text) <= _LONGEST_LINE
        and _GOES_ON.fullmatch(paragraph.text) is not None
    )


def _printed_follows(paragraphs: list[Paragraph], index: int) -> bool:
    for paragraph in paragraphs[index : index + _MOST_LINES]:
        if paragraph.kind in (Kind.PRINTED, Kind.COPIED):
            return True
        if not _is_further(paragraph):
            return False
    return False


def lists_in(lines: list[Paragraph]) -> list[tuple[str, str, list[Paragraph]]]:
    """Return the lists of an imprint: label (抄送), words without it, and the lines they stand on."""
    lists: list[tuple[str, str, list[Paragraph]]] = []
    index = 0
    while index < len(lines):
        end = imprint_end(lines, index)
        if end == index:
            index += 1
            continue
        words = "".join(line.text for line in lines[index:end])
        match = _LABEL.match(words)
        if match is not None:
            lists.append((match["label"], words[match.end() :].rstrip("。."), lines[index:end]))
        index = end
    return lists
