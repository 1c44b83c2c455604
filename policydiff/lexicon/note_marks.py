"""Notes in a text: footnotes and endnotes as `[^1]`, and bracketed notes that say who carries a measure."""

import re
from collections.abc import Iterator

from policydiff.lexicon.bodies import BODY_ENDINGS
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.model import Span

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


_BRACKET = lazy_pattern(r"[（(）)\n]")
_LABELLED = lazy_pattern(
    r"\s*(?:责任|牵头|配合|负责|落实|实施|参与|参加|主办|协办|承办|主管|完成|分工)[^（()）：:，。；]{0,14}[：:]"
)
_BARE = lazy_pattern(
    r"""(?:负责|牵头|配合|参与|参加|协助|分工) (?:落实|实施|推进|组织实施)?
        (?:[，,。；;] [^，,。；;]{0,6} (?:第一位|首位) [^，,。；;]{0,12})?    # 。列第一位者为牵头单位
        (?:[，,]? 下同)? 。? \s* $""",
    re.VERBOSE,
)
_BODY = BODY_ENDINGS.phrase("{noted_endings}")
_SHORTEST_BARE, _LONGEST = 4, 1200


def responsibility_notes(text: str) -> list[Span]:
    """Return the spans of the outermost bracketed notes of responsibility, brackets included, in order.

    A labelled note names a role before a colon (责任单位：…); a bare one, as texts of the State Council print it,
    ends in a verb of duty (…负责, …牵头，…配合).

    >>> text = "推进试点（含村（居）委会）。（责任部门：区科委（牵头）、区民政局）"
    >>> [text[start:end] for start, end in responsibility_notes(text)]
    ['（责任部门：区科委（牵头）、区民政局）']
    """
    notes: list[Span] = []
    opened: list[int] = []
    for match in _BRACKET.finditer(text):
        mark = match[0]
        if mark in "（(":
            opened.append(match.start())
        elif mark == "\n":
            opened.clear()
        elif opened:
            start = opened.pop()
            if is_responsibility_note(text[start + 1 : match.start()]):
                while notes and notes[-1].start > start:
                    notes.pop()
                notes.append(Span(start, match.end()))
    return notes


def is_responsibility_note(words: str) -> bool:
    """Say whether the words inside a bracket are a note of responsibility."""
    if len(words) > _LONGEST:
        return False
    if _LABELLED.match(words) is not None:
        return True
    return (
        len(words) >= _SHORTEST_BARE and _BARE.search(words) is not None and _BODY.search(words) is not None
    )


def is_labelled_note(words: str) -> bool:
    """Say whether the words inside a bracket begin with a role and a colon (责任部门：)."""
    return _LABELLED.match(words) is not None
