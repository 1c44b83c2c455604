"""Blanks that a page puts between Chinese characters, and how to take them out again."""

import re

_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
BLANKS = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u2028\u2029\u202f\u205f\u3000" + _ZERO_WIDTH
)
"""Every character that `str.isspace` calls white space, and those of no width."""

_RUN = re.compile(f"[{BLANKS}]+")
_ONLY_ZERO_WIDTH = re.compile(f"[{_ZERO_WIDTH}]+")
_LATIN = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_LATIN_PUNCTUATION = frozenset(".,;:!?)]&/+\"'")


def despace(text: str) -> str:
    """Remove stray blanks: all but those between Latin words or numbers; these become one space.

    >>> despace("到 2023 年, 占比达到 7%左右")
    '到2023年,占比达到7%左右'
    >>> despace(" Open  Data 平台 ")
    'Open Data平台'
    """
    return despace_with_offsets(text)[0]


def despace_with_offsets(text: str) -> tuple[str, list[int] | None]:
    """Return the text without stray blanks and, for each of its characters, its index in `text`.

    The indices are None where nothing was removed.
    """
    if _RUN.search(text) is None:
        return text, None
    pieces: list[str] = []
    offsets: list[int] = []
    done = 0
    for run in _RUN.finditer(text):
        start, end = run.span()
        pieces.append(text[done:start])
        offsets.extend(range(done, start))
        done = end
        if start and end < len(text) and _keeps_words_apart(text, start, end):
            pieces.append(" ")
            offsets.append(start)
    pieces.append(text[done:])
    offsets.extend(range(done, len(text)))
    return "".join(pieces), offsets


def _keeps_words_apart(text: str, start: int, end: int) -> bool:
    left, right = text[start - 1], text[end]
    if right not in _LATIN or _ONLY_ZERO_WIDTH.fullmatch(text, start, end):
        return False
    if left in _LATIN:
        return True
    return left in _LATIN_PUNCTUATION and start > 1 and text[start - 2] in _LATIN
