"""Footnotes and endnotes in a text: `[^1]` where one is called, `[^1]: words` as a line after the paragraph that calls it.

The form is that of Markdown, which every reader of files gives and the parser reads again.
"""

import re
from collections.abc import Iterator

_LABEL = r"[^\[\]\s^]{1,12}"
CALL = re.compile(rf"\[\^({_LABEL})\](?!:)")
"""A call; the label is group 1."""
NOTE_LINE = re.compile(rf"\[\^({_LABEL})\]:[ \t\u3000]*")
"""How the line of a note begins; the label is group 1."""


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
