"""The table of contents (目录): it names clauses, and is none."""

import re

from policydiff.parsing.labels import Sort
from policydiff.parsing.paragraphs import Paragraph

_PAGE = re.compile(r"[.．…·\-—–\s(（]*\d{0,4}[)）]?$")
_LONGEST = 60
_FEWEST = 3
_MOST = 0.8


def contents_end(paragraphs: list[Paragraph], start: int) -> int:
    """Return the index after the contents whose heading stands at `start`.

    The contents end where their first line comes again, as the heading of the body; failing that, at the first line
    that is no heading.
    """
    index = start + 1
    end = index
    while end < len(paragraphs) and _is_entry(paragraphs[end]):
        end += 1
    if end == index:
        return index
    first = _entry(paragraphs[index])
    for again in range(index + 1, min(end + 1, len(paragraphs))):
        if _entry(paragraphs[again]) == first:
            return again
    return end


def unnamed_contents_end(paragraphs: list[Paragraph], start: int) -> int:
    """Return the index after contents that bear no heading 目录, `start` itself where there are none.

    At least three numbered headings stand together at the start of the body, and come again in it.
    """
    end = start
    while end < len(paragraphs) and paragraphs[end].label is not None and _is_entry(paragraphs[end]):
        end += 1
    first = _entry(paragraphs[start]) if end > start else ""
    end = next((again for again in range(start + 1, end) if _entry(paragraphs[again]) == first), end)
    if end - start < _FEWEST:
        return start
    entries = {_entry(paragraph) for paragraph in paragraphs[start:end]}
    again = {_entry(paragraph) for paragraph in paragraphs[end:] if paragraph.label is not None}
    return end if len(entries & again) >= _MOST * len(entries) else start


def _is_entry(paragraph: Paragraph) -> bool:
    if paragraph.kind is not None or paragraph.rows:
        return False
    label = paragraph.label
    if label is not None and label.sort is Sort.ARTICLE:
        return False
    words = paragraph.text
    return len(words) <= _LONGEST and not words.endswith(("。", "；", "：", ":", ";"))


def _entry(paragraph: Paragraph) -> str:
    return _PAGE.sub("", paragraph.whole)
