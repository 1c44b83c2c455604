"""Changes of words in the form in which a drafter quotes them: whole words, as few as identify the place.

A change that applies to every occurrence of its words in the line is quoted once (“帐簿”修改为“账簿”).
Else neighbouring words are added to the quotation until it occurs only once in the line.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from policydiff.amendment.quoted import inner, quotable
from policydiff.lexicon.text_marks import cut_words
from policydiff.model import WordingOp
from policydiff.revision.wording import compare_wording

_MOST_CHANGES = 3
"""Most changes of words in one paragraph that are quoted singly; with more, a reader cannot follow the sentence."""
_MOST_CHANGED = 0.4
"""Greatest share (0…1) of a paragraph's characters in changes of words; beyond it the paragraph is quoted whole."""
_MOST_WORDS = 14
"""Most words added on each side until the quoted words are unique."""
_NEAR = 3
"""Most characters between two changes that are quoted together: 农业、林业 → 农业农村、林业草原."""
_LEAST = 2
"""Least characters of quoted words, because a single character is part of a word."""
_MARKS = "，。；：、（）“”《》！？"


@dataclass(slots=True)
class _Change:
    """Half-open span of the old line, and its new words."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class WordOrder:
    """Words of one place that an order changes, as pairs (old, new); new is empty for deleted words."""

    place: str
    """The place in full: 第九条第二款."""
    pairs: tuple[tuple[str, str], ...]
    near: str = ""
    """Short form of the place in an article that the order already names: 第二款, or 其 for the whole article; empty if named in full."""

    def told(self) -> str:
        """Return the order."""
        place = self.near or self.place
        swaps = [(one, other) for one, other in self.pairs if other]
        gone = [one for one, other in self.pairs if not other]
        told = []
        if gone:
            told.append(f"删去{place}中的" + "、".join(f"“{inner(one)}”" for one in gone))
        if swaps:
            pairs = "，".join(f"“{inner(one)}”修改为“{inner(other)}”" for one, other in swaps)
            told.append(f"将{place}中的{pairs}")
        return "；".join(told)


def word_order(place: str, old: str, new: str, near: str = "") -> WordOrder | None:
    """Return the order that changes single words of a line; None if it would not be unambiguous."""
    changes = _joined(_changes(old, new), old)
    if not changes:
        return None
    touched = sum(max(each.end - each.start, len(each.words)) for each in changes)
    if touched > max(len(old), len(new)) * _MOST_CHANGED:
        return None
    bounds = _bounds(old)
    for change in changes:
        _to_words(change, old, bounds)
    for _ in range(_MOST_WORDS):
        changes = _joined(changes, old)
        pairs = _pairs(changes, old)
        if pairs is not None and _made(old, pairs) == new:
            break
        # Widen every change whose words also occur elsewhere in the line
        held = [old[change.start : change.end] for change in changes]
        astray = [
            change
            for change, words in zip(changes, held, strict=True)
            if not words or pairs is None or old.count(words) != held.count(words)
        ]
        grown = [_grow(change, old, bounds) for change in astray or changes]
        if not any(grown):
            return None
    else:
        return None
    plain = all(quotable(one) and (not other or quotable(other)) for one, other in pairs)
    return WordOrder(place, tuple(pairs), near) if plain and len(pairs) <= _MOST_CHANGES else None


def _changes(old: str, new: str) -> list[_Change]:
    found: list[_Change] = []
    at = 0
    open_ = False
    for run in compare_wording(old, new):
        if run.op is WordingOp.EQUAL:
            open_ = False
            at += len(run.text)
            continue
        if not open_:
            found.append(_Change(at, at, ""))
            open_ = True
        if run.op is WordingOp.DELETE:
            at += len(run.text)
            found[-1].end = at
        else:
            found[-1].words += run.text
    return found


def _joined(changes: list[_Change], old: str) -> list[_Change]:
    """Join changes that touch or nearly touch."""
    joined: list[_Change] = []
    for change in changes:
        last = joined[-1] if joined else None
        if last is not None and change.start - last.end <= _NEAR and last.words and change.words:
            between = old[last.end : change.start] if change.start > last.end else ""
            last.words += between + change.words
            last.end = max(last.end, change.end)
        else:
            joined.append(change)
    return joined


def _bounds(text: str) -> list[int]:
    """Return the offsets of the beginnings of words, and the end of the text."""
    bounds = [0]
    for word in cut_words(text):
        bounds.append(bounds[-1] + len(word))
    return bounds


def _to_words(change: _Change, old: str, bounds: list[int]) -> None:
    """Widen a change to whole words; a pure addition takes in the words before it."""
    start = max(bound for bound in bounds if bound <= change.start)
    end = min(bound for bound in bounds if bound >= change.end)
    if change.words or start != change.start or end != change.end:
        _take(change, old, start, end)
    while _is_bare(change, old) and _grow(change, old, bounds):
        pass


def _is_bare(change: _Change, old: str) -> bool:
    """Return whether the words of a change are too short, or begin with a mark that separates them from others."""
    held = old[change.start : change.end]
    if not change.words:
        return not any(map(str.isalnum, held))
    return len(held) < _LEAST or (change.start > 0 and held[0] in _MARKS)


def _take(change: _Change, old: str, start: int, end: int) -> None:
    change.words = old[start : change.start] + change.words + old[change.end : end]
    change.start, change.end = start, end


def _grow(change: _Change, old: str, bounds: list[int]) -> bool:
    """Take in one more word: before the change, or after it at the beginning of a clause."""
    before = [bound for bound in bounds if bound < change.start]
    after = [bound for bound in bounds if bound > change.end]
    if before and old[change.start - 1] not in _MARKS:
        _take(change, old, before[-1], change.end)
    elif after and old[change.end] not in _MARKS:
        _take(change, old, change.start, after[0])
    elif len(before) > 1:
        _take(change, old, before[-2], change.end)
    elif len(after) > 1:
        _take(change, old, change.start, after[1])
    else:
        return False
    return True


def _pairs(changes: list[_Change], old: str) -> list[tuple[str, str]] | None:
    """Return the different changes in order; None if a change has no words, or equal words become different words."""
    pairs: dict[str, str] = {}
    for change in changes:
        one = old[change.start : change.end]
        if not one or pairs.setdefault(one, change.words) != change.words:
            return None
    return list(pairs.items())


def _made(old: str, pairs: list[tuple[str, str]]) -> str:
    """Return the line with all changes made at once, longest words first, as an amendment carries them out."""
    words = dict(pairs)
    longest = sorted(words, key=len, reverse=True)
    return re.sub("|".join(map(re.escape, longest)), lambda found: words[found[0]], old)


def shared_orders(orders: Iterable[WordOrder]) -> tuple[list[str], set[int]]:
    """Return changes common to several places as one order each, and the identities of the replaced orders."""
    by_pairs: dict[tuple[tuple[str, str], ...], list[WordOrder]] = {}
    for order in orders:
        by_pairs.setdefault(order.pairs, []).append(order)
    shared = {
        pairs: held
        for pairs, held in by_pairs.items()
        if len(held) >= _LEAST_SHARED and all(other for _, other in pairs)
    }
    told = [WordOrder(_list(held), pairs).told() for pairs, held in shared.items()]
    return told, {id(order) for held in shared.values() for order in held}


def _list(orders: list[WordOrder]) -> str:
    """Return places as a list that names each article once: 第五条、第九条第一款、第三款."""
    told: list[str] = []
    last = ""
    for order in orders:
        article, _, inside = order.place.partition("条")
        paragraph = inside.partition("款")[2] == "" and inside.endswith("款") and not inside.startswith("之")
        told.append(inside if article == last and paragraph else order.place)
        last = article if paragraph else ""
    return "、".join(told)


_LEAST_SHARED = 3
"""Least number of places with equal changes that one order names together; fewer are ordered article by article."""
