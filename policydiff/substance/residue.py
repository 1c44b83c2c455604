"""What two parts differ in beside values, modals, bodies, citations and words of their own kind: nouns and attributes."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Indel

from policydiff.lexicon.quantities import Quantity
from policydiff.lexicon.segmentation import cut
from policydiff.model import Direction
from policydiff.substance.canonical import Canonical, one_writing
from policydiff.substance.features import find_definitions, find_exceptions, find_instruments, find_sanctions
from policydiff.substance.localising import STRUCK
from policydiff.substance.offices import find_bodies
from policydiff.substance.references import find_cited, find_within
from policydiff.substance.vocabulary import vocabulary

_JOINS = re.compile("^(?:、|或者?|和|以及|及其?|与)|(?:、|或者?|和|以及|及|与)$")
_BOUND = re.compile("不得?[少低小短超高多大][于过]|以[上下内]|至少|超过|不满|不足|最[高低多少]|未满|左右|每")
_TELLING = 2
"""Characters from which a word that the other side has at another place counts as kept: 人 stands in many words."""
_CONTENT = re.compile("[一-鿿A-Za-z]")


class Edit(NamedTuple):
    """Words of either side that the other has not, at places within the two parts."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int
    direction: Direction


class _Token(NamedTuple):
    start: int
    end: int
    key: str


def residue(old: Canonical, new: Canonical, around: tuple[str, str] = ("", "")) -> Iterator[Edit]:
    """Yield the edits of content words between two parts; fillers and synonyms make none.

    Args:
        old: A part of the old side.
        new: The part of the new side that answers it.
        around: The sentences the two stand in, in one writing: a subject may only have gone to the part before.
    """
    sides = _tokens(old), _tokens(new)
    keys = [token.key for token in sides[0]], [token.key for token in sides[1]]
    elsewhere = "".join(keys[0]) + around[0], "".join(keys[1]) + around[1]
    run: list[tuple[Sequence[_Token], Sequence[_Token]]] = []
    for step in Indel.opcodes(*keys):
        if step.tag == "equal":
            yield from _edit(run, old, new, elsewhere)
            run = []
        else:
            run.append((sides[0][step.src_start : step.src_end], sides[1][step.dest_start : step.dest_end]))
    yield from _edit(run, old, new, elsewhere)


def _edit(
    run: Sequence[tuple[Sequence[_Token], Sequence[_Token]]],
    old: Canonical,
    new: Canonical,
    elsewhere: tuple[str, str],
) -> Iterator[Edit]:
    gone = _new_to([token for one, _ in run for token in one], elsewhere[1])
    come = _new_to([token for _, other in run for token in other], elsewhere[0])
    words = "".join(token.key for token in gone), "".join(token.key for token in come)
    if words[0] == words[1] or (words[0] in elsewhere[1] and words[1] in elsewhere[0]):
        return  # the same words in another order, or in another cut
    if not any(_CONTENT.search(side) for side in words):
        return
    before = (gone[0].start, gone[-1].end) if gone else (0, 0)
    after = (come[0].start, come[-1].end) if come else (0, 0)
    yield Edit(*before, *after, _direction(gone, come, old.part.text, new.part.text))


def _new_to(tokens: Sequence[_Token], other: str) -> list[_Token]:
    """Return the tokens that the other side has nowhere, with those they make one name with: 殡仪 of 殡仪服务站."""
    new = [len(token.key) < _TELLING or token.key not in other for token in tokens]
    if True not in new:
        return []
    first, last = new.index(True), len(new) - 1 - new[::-1].index(True)
    while first and tokens[first - 1].end == tokens[first].start:
        first -= 1
    return [
        token
        for index, token in enumerate(tokens[first : last + 1], first)
        if new[index] or index < new.index(True)
    ]


def _direction(gone: Sequence[_Token], come: Sequence[_Token], old: str, new: str) -> Direction:
    """A noun joined to others widens, an attribute put before one narrows; taken out they do the reverse."""
    if gone and come:
        return Direction.CHANGED
    side, text = (come, new) if come else (gone, old)
    start, end = side[0].start, side[-1].end
    joined = (
        bool(_JOINS.search(text[start:end])) or _JOINS.search(text[max(0, start - 2) : start]) is not None
    )
    joined = joined or re.match("、|或|和|以及|及|与|等", text[end : end + 2]) is not None
    widens = joined == bool(come)
    return Direction.WIDER if widens else Direction.NARROWER


def _tokens(side: Canonical) -> list[_Token]:
    """Return the content words of a part with their places; what other finders read is left out."""
    text = side.part.text
    values = [place for found in side.quantities for place in _places(found)]
    taken = sorted(values + [
        (found.start, found.end)
        for finder in (
            side.horizons, side.modals, find_bodies(text), find_cited(text), find_within(text), find_sanctions(text),
            find_instruments(text), find_exceptions(text), find_definitions(text),
        )
        for found in finder
    ])  # fmt: skip
    tokens: list[_Token] = []
    done = 0
    for start, end in [*taken, (len(text), len(text))]:
        if start > done:
            tokens.extend(_words(text[done:start], done))
        done = max(done, end)
    return tokens


@lru_cache(maxsize=8192)
def _key(word: str) -> str:
    """Return a word in one writing; the same few thousand words come again and again."""
    return one_writing(word.replace(STRUCK, ""))


_SHORT = 2
_ORDER = re.compile("[前后上下内外]")


def _glued(word: str) -> bool:
    """Return whether a word is two fillers that the segmenter took for one: 县为, 自自."""
    return len(word) == _SHORT and not _ORDER.search(word) and set(word) <= vocabulary().fillers


def _places(found: Quantity) -> Iterator[tuple[int, int]]:
    """Yield where a quantity stands with the words that bound it, and the times of its cycle."""
    yield found.outer_start, found.outer_end
    if found.times_end > 0:
        yield found.times_start, found.times_end


def _words(text: str, offset: int) -> Iterator[_Token]:
    for token in _content_words(text):
        yield _Token(offset + token.start, offset + token.end, token.key)


@lru_cache(maxsize=1024)
def _content_words(text: str) -> tuple[_Token, ...]:
    """Return the content words of a stretch; the two sides of a pair have most stretches in common."""
    fillers = vocabulary().fillers
    tokens: list[_Token] = []
    offset = 0
    for word in cut(text):
        key = _key(word)
        if (
            key
            and word not in fillers
            and key not in fillers
            and not _BOUND.fullmatch(word)
            and not _glued(word)
        ):
            tokens.append(_Token(offset, offset + len(word), key))
        offset += len(word)
    return tuple(tokens)
