"""A passage cut into its parts: what stands between commas and stops, line by line."""

import re
from typing import NamedTuple

from policydiff.lexicon.widths import fold

_CUT = re.compile(r"(?:[^，,。；;：:！？\n]|(?<=\d)[,，:：](?=\d))+[，,。；;：:！？]?|\n")
_STOP = "。；;！？\n"
_LABEL = re.compile(
    r"(?:[（(][一二三四五六七八九十〇百零\d]{1,4}[)）]|\d{1,3}[.．、](?!\d)|[①-⑳]|[一二三四五六七八九十]{1,3}、|[一二三四五六七八九十]是)"
)


class Part(NamedTuple):
    """A part at `passage[start:end]`, without its mark and label."""

    start: int
    end: int
    text: str
    line: int
    """Index of its line."""
    sentence: int
    """Index of its sentence in the passage."""
    label: str
    """Label of the line, where this is its first part: （一）."""
    mark: str
    """The mark that closes it, empty at the end of a line."""


def parts_of(passage: str) -> list[Part]:
    r"""Return the parts of a passage in order.

    >>> [part.text for part in parts_of("申请人应当登记，并提交：\n（一）证明；\n（二）照片。")]
    ['申请人应当登记', '并提交', '证明', '照片']
    """
    parts: list[Part] = []
    line = sentence = 0
    opens_line = True
    for match in _CUT.finditer(passage):
        if match[0] == "\n":
            line, sentence, opens_line = line + 1, sentence + 1, True
            continue
        start, end = match.span()
        mark = passage[end - 1] if passage[end - 1] in "，,。；;：:！？" else ""
        end -= len(mark)
        label = ""
        while start < end and passage[start] in " \u3000\t":
            start += 1
        if opens_line and (found := _LABEL.match(passage, start, end)):
            label, start = found[0], found.end()
        while start < end and passage[start] in " \u3000\t":
            start += 1
        while end > start and passage[end - 1] in " \u3000\t":
            end -= 1
        opens_line = False
        if start < end:
            parts.append(Part(start, end, passage[start:end], line, sentence, label, fold(mark)))
        if mark and mark in _STOP:
            sentence += 1
    return parts
