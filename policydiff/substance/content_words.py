"""The words of a part that lay something down, each in one writing.

Fillers, and the values, modals, bodies, citations and other features that their own finders read, are left out.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from policydiff.lexicon.measures import Quantity
from policydiff.lexicon.text_marks import cut_words
from policydiff.substance.canonical import Canonical, one_writing
from policydiff.substance.features import (
    Word,
    find_definitions,
    find_exceptions,
    find_hedges,
    find_instruments,
    find_sanctions,
)
from policydiff.substance.following import find_cited, find_within
from policydiff.substance.offices import STRUCK, find_bodies
from policydiff.substance.vocabulary import vocabulary

_BOUND = re.compile(
    "不得?[少低小短超高多大][于过]|以[上下内]|至少|超过|不满|不足|最[高低多少]|未满|左右|每|达到?"
)


class ContentWord(NamedTuple):
    """A word of a part that lays something down, at `text[start:end]`, with its one writing."""

    start: int
    end: int
    key: str


def content_words(side: Canonical) -> list[ContentWord]:
    """Return the content words of a part with their places; what other finders read is left out."""
    text = side.part.text
    values = [place for found in side.quantities for place in _places(found)]
    taken = sorted(values + [
        (found.start, found.end)
        for finder in (
            side.horizons, side.modals, find_bodies(text), find_cited(text), find_within(text), find_sanctions(text),
            find_instruments(text), _exceptive(text), find_definitions(text), _own_text(text), find_hedges(text),
        )
        for found in finder
    ])  # fmt: skip
    tokens: list[ContentWord] = []
    done = 0
    for start, end in [*taken, (len(text), len(text))]:
        if start > done:
            tokens.extend(_words(text[done:start], done))
        done = max(done, end)
    return tokens


_EXCEPT_FOR = re.compile("(除).*?((?:以|之)?外)")


def _exceptive(text: str) -> Iterator[Word]:
    """Yield the words that make an exception; of 除…外 the two alone, for what stands between them may differ."""
    for found in find_exceptions(text):
        inner = _EXCEPT_FOR.fullmatch(found.word)
        if inner is None:
            yield found
            continue
        for start, end in (inner.span(1), inner.span(2)):
            yield Word(found.start + start, found.start + end, found.word[start:end], found.key)


_OWN_TEXT = re.compile("本(?:法|条例|规定|决定|解释|(?:实施|指导|工作|管理)?(?:意见|方案|办法|细则))")


def _own_text(text: str) -> Iterator[Word]:
    """Yield where a text speaks of itself: 本法 and 本条例 say the same, each in its own."""
    for found in _OWN_TEXT.finditer(text) if "本" in text else ():
        yield Word(found.start(), found.end(), found[0], "")


@lru_cache(maxsize=8192)
def _key(word: str) -> str:
    """Return a word in one writing, empty for a filler; the same few thousand words come again and again."""
    fillers = vocabulary().fillers
    if word in fillers or _BOUND.fullmatch(word) or _glued(word):
        return ""
    word = _EVERY.sub("", word.replace(STRUCK, ""))
    if len(word) == _TWO_WORDS and word[:_SHORT] in vocabulary().fillers:
        word = word[_SHORT:]  # 承担费用 is one word to the segmenter
    key = one_writing(word)
    return "" if key in fillers else key


_TWO_WORDS = 4


_EVERY = re.compile("^(?:[各每]|依法)(?=[一-鿿]{2})")
"""各街道 is one word to the segmenter, 每个街道 is not; so is 依法追究."""
_SHORT = 2
_ORDER = re.compile("[前后上下内外]")


def _glued(word: str) -> bool:
    """Return whether a word is two fillers that the segmenter took for one: 县为, 自自."""
    return len(word) == _SHORT and not _ORDER.search(word) and set(word) <= vocabulary().fillers


def _places(found: Quantity) -> Iterator[tuple[int, int]]:
    """Yield where a quantity stands with the words that bound it, and the times of its cycle."""
    yield from found.places
    if found.told_end > 0:
        yield found.told_start, found.told_end


def _words(text: str, offset: int) -> Iterator[ContentWord]:
    for token in _content_words(text):
        yield ContentWord(offset + token.start, offset + token.end, token.key)


@lru_cache(maxsize=1024)
def _content_words(text: str) -> tuple[ContentWord, ...]:
    """Return the content words of a stretch; the two sides of a pair have most stretches in common."""
    tokens: list[ContentWord] = []
    offset = 0
    for word in cut_words(text):
        key = _key(word)
        if key:
            tokens.append(ContentWord(offset, offset + len(word), key))
        offset += len(word)
    return tuple(tokens)
