"""Which printed lines belong to one paragraph, where the extractor could not tell."""

import re
from collections import Counter
from itertools import pairwise

from policydiff.parsing.document_types import TITLE_END
from policydiff.parsing.kinds import Kind
from policydiff.parsing.labels import Sort
from policydiff.parsing.typed import TERMINAL, TypedLine
from policydiff.text.blanks import despace

_WRAPPED_AT_LEAST = 5
_SHORTEST_WRAP = 18
_LONG = 25
_OPEN_END = frozenset("，、,（(“《")
_SENTENCE = re.compile("[。；]")
_CLAUSE_MARK = re.compile("[。；，,]")
_ADDRESSED = re.compile(r"[^。；;]{2,200}[：:]$")
_OPENS_BODY = re.compile(
    "为(?=[了加推进贯深全提促落规进支切保认积更充做])|根据|按照|依据|近年来|目前|当前|今年|去年|我[区市省县局委办]|关于"
)
"""How the first sentence under a heading begins; a heading broken over two lines does not go on so."""
_LOOKS_FIXED = frozenset({Kind.BODY_NAME, Kind.EVENT, Kind.DATE, Kind.SIGNED, Kind.NUMBER})
"""Kinds that a line broken out of a sentence may look like."""


def wrap_width(typed: list[TypedLine]) -> int | None:
    """Return the length (characters, blanks excluded) at which the page breaks lines; None where it does not."""
    lengths = Counter(
        len(despace(one.line.raw))
        for one, other in pairwise(typed)
        if one.kind is None
        and not one.line.markup
        and other.label is None
        and other.kind is None
        and not one.finished
        and len(one.line.raw) >= _SHORTEST_WRAP
    )
    best = most = 0
    for length in sorted(lengths):
        near = sum(lengths[length + step] for step in (-2, -1, 0, 1))
        if near > most:
            best, most = length, near
    if most >= _WRAPPED_AT_LEAST and most * 3 >= lengths.total():
        return best
    return None


def continues(first: TypedLine, one: TypedLine, other: TypedLine, width: int | None) -> bool:
    """Say whether the line `other` goes on with the line `one` of the paragraph that `first` begins."""
    if one.kind is not None or other.apart or one.line.markup or other.line.markup or other.label is not None:
        return False
    raw = one.line.raw
    label = first.label
    if one is first and label is not None and label.end == len(raw) and label.sort <= Sort.ARTICLE:
        return other.kind is None
    if raw[-1] in TERMINAL:
        return False
    words = despace(raw)
    if _bracket_open(first, words):
        return other.kind is None or other.kind in _LOOKS_FIXED
    full = width is not None and len(words) >= width - 2
    if other.kind is not None and not (full and other.kind in _LOOKS_FIXED):
        return False
    if full:
        if one is first and label is not None and not _SENTENCE.search(words):
            return _OPENS_BODY.match(other.line.raw) is None
        return not (TITLE_END.search(words) and not _CLAUSE_MARK.search(words) and one is first)
    return _broken(first, one, other, words)


def _bracket_open(first: TypedLine, words: str) -> bool:
    """Say whether a note under a title (（…年…月…日国务院第…次常务会议通过）) goes on in the next line."""
    return first.line.raw[0] in "（(" and words.count("（") + words.count("(") > words.count(
        "）"
    ) + words.count(")")


def _broken(first: TypedLine, one: TypedLine, other: TypedLine, words: str) -> bool:
    """Say whether a line that fills no page width was broken off all the same, as at the end of a page."""
    if TITLE_END.search(words) and not _CLAUSE_MARK.search(words):
        return False
    if len(words) < 60 and _ADDRESSED.match(other.line.raw):
        return False
    if words[-1] in _OPEN_END:
        return len(words) >= 15
    if len(words) < _LONG:
        return False
    is_heading = (
        one is first
        and first.label is not None
        and first.label.sort is not Sort.ARTICLE
        and not _SENTENCE.search(words)
    )
    return not is_heading
