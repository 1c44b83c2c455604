"""What two parts differ in beside values, modals, bodies, citations and words of their own kind.

Nouns and attributes.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from policydiff.lexicon.measures import Quantity
from policydiff.lexicon.sentences import cut_words
from policydiff.lexicon.shortest_edits import steps
from policydiff.model import Direction
from policydiff.substance.canonical import Canonical, one_writing
from policydiff.substance.facing import BESIDE, REWORDED, WHOLE_PART
from policydiff.substance.features import (
    find_cited,
    find_definitions,
    find_exceptions,
    find_instruments,
    find_sanctions,
    find_within,
)
from policydiff.substance.offices import STRUCK, find_bodies
from policydiff.substance.vocabulary import vocabulary

_JOIN = "、|以及|及其|或者|[和或与及]|[”’][“‘]"
_JOINS = re.compile(f"^(?:{_JOIN})|(?:{_JOIN})$")
_JOINS_WITHIN = re.compile("[、，；]|以及|或者|[和或及](?!谐|平|格)")
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
    texts = old.part.text, new.part.text
    edits: list[Edit] = []
    ends = [0, 0]
    run: tuple[list[_Token], list[_Token]] = [], []
    for step in steps(*keys):
        if step.is_equal:
            one, other = sides[0][step.old_start], sides[1][step.new_start]
            edits += _edit(run, ((ends[0], one.start), (ends[1], other.start)), texts, elsewhere)
            run = [], []
            ends = [sides[0][step.old_end - 1].end, sides[1][step.new_end - 1].end]
        else:
            run[0].extend(sides[0][step.old_start : step.old_end])
            run[1].extend(sides[1][step.new_start : step.new_end])
    edits += _edit(run, ((ends[0], len(texts[0])), (ends[1], len(texts[1]))), texts, elsewhere)
    yield from _together(edits, sides)


_Place = tuple[int, int]


def _together(edits: Sequence[Edit], sides: tuple[Sequence[_Token], Sequence[_Token]]) -> Iterator[Edit]:
    """Yield edits, those that stand close together as one: of a sentence put in other words a reader names one difference."""
    said = max(sum(len(token.key) for token in side) for side in sides)
    edited = sum(max(edit.old_end - edit.old_start, edit.new_end - edit.new_start) for edit in edits)
    near = WHOLE_PART if edited >= REWORDED * said else BESIDE
    joined: Edit | None = None
    for edit in edits:
        if joined is not None and _gap(joined, edit) <= near:
            joined = _join(joined, edit)
            continue
        if joined is not None:
            yield joined
        joined = edit
    if joined is not None:
        yield joined


def _gap(one: Edit, other: Edit) -> int:
    """Return the fewest characters between two edits on a side that both have."""
    gaps = []
    if one.old_end and other.old_end > other.old_start:
        gaps.append(other.old_start - one.old_end)
    if one.new_end and other.new_end > other.new_start:
        gaps.append(other.new_start - one.new_end)
    return max(gaps, default=BESIDE + 1)


def _join(one: Edit, other: Edit) -> Edit:
    places: list[_Place] = []
    for first, last in (
        ((one.old_start, one.old_end), (other.old_start, other.old_end)),
        ((one.new_start, one.new_end), (other.new_start, other.new_end)),
    ):
        have = [place for place in (first, last) if place[1] > place[0]]
        places.append((have[0][0], have[-1][1]) if have else (0, 0))
    direction = one.direction if one.direction is other.direction else Direction.CHANGED
    return Edit(*places[0], *places[1], direction)


def _edit(
    run: tuple[Sequence[_Token], Sequence[_Token]],
    gaps: tuple[_Place, _Place],
    texts: tuple[str, str],
    elsewhere: tuple[str, str],
) -> Iterator[Edit]:
    gone, come = _new_to(run[0], elsewhere[1]), _new_to(run[1], elsewhere[0])
    words = "".join(token.key for token in gone), "".join(token.key for token in come)
    if words[0] == words[1] or (words[0] in elsewhere[1] and words[1] in elsewhere[0]):
        return  # the same words in another order, or in another cut
    if not any(_CONTENT.search(side) for side in words):
        return
    before = (gone[0].start, gone[-1].end) if gone else (0, 0)
    after = (come[0].start, come[-1].end) if come else (0, 0)
    yield Edit(*before, *after, _direction(gaps, texts))


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


def _direction(gaps: tuple[_Place, _Place], texts: tuple[str, str]) -> Direction:
    """Return which way words go that were only put in or only taken out; `changed` for all else.

    A noun joined to others widens, an attribute put before one narrows; taken out they do the reverse.
    """
    old, new = (text[slice(*gap)] for text, gap in zip(texts, gaps, strict=True))
    comes = len(new) > len(old)
    longer, shorter = (new, old) if comes else (old, new)
    text, (start, end) = (texts[1], gaps[1]) if comes else (texts[0], gaps[0])
    lead = _shared(longer, shorter)
    tail = _shared(longer[::-1], shorter[lead:][::-1])
    if lead + tail < len(shorter):
        return Direction.CHANGED
    start, end = start + lead, end - tail
    if any(_JOINS.search(text[one:other]) for one, other in _turned(text, start, end)):
        return Direction.WIDER if comes else Direction.NARROWER
    if _JOINS_WITHIN.search(text[start:end]) or not _NOUN_AFTER.match(text, end):
        return Direction.CHANGED
    return Direction.NARROWER if comes else Direction.WIDER


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts begin with in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


_NOUN_AFTER = re.compile("[一-鿿]")


def _turned(text: str, start: int, end: int) -> Iterator[_Place]:
    """Yield every place at which the same stretch may have been taken out: A、B of A、B、C is A、 or 、B."""
    yield start, end
    one, other = start, end
    while one and text[one - 1] == text[other - 1]:
        one, other = one - 1, other - 1
        yield one, other
    while end < len(text) and text[start] == text[end]:
        start, end = start + 1, end + 1
        yield start, end


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
    return one_writing(_EVERY.sub("", word.replace(STRUCK, "")))


_EVERY = re.compile("^[各每](?=[一-鿿]{2})")
"""各街道 is one word to the segmenter, 每个街道 is not."""
_SHORT = 2
_ORDER = re.compile("[前后上下内外]")


def _glued(word: str) -> bool:
    """Return whether a word is two fillers that the segmenter took for one: 县为, 自自."""
    return len(word) == _SHORT and not _ORDER.search(word) and set(word) <= vocabulary().fillers


def _places(found: Quantity) -> Iterator[tuple[int, int]]:
    """Yield where a quantity stands with the words that bound it, and the times of its cycle."""
    yield found.outer_start, found.outer_end
    if found.told_end > 0:
        yield found.told_start, found.told_end


def _words(text: str, offset: int) -> Iterator[_Token]:
    for token in _content_words(text):
        yield _Token(offset + token.start, offset + token.end, token.key)


@lru_cache(maxsize=1024)
def _content_words(text: str) -> tuple[_Token, ...]:
    """Return the content words of a stretch; the two sides of a pair have most stretches in common."""
    fillers = vocabulary().fillers
    tokens: list[_Token] = []
    offset = 0
    for word in cut_words(text):
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
