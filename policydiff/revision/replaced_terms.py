"""Terms that were replaced throughout a text: 低收入困难家庭 by 最低生活保障边缘家庭 in fourteen articles.

The input is pairs of clauses. For each the result is the old clause with the new terms, so that its other differences are
compared separately, and one signal for each term: in the first clause with full weight and the list of the others.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein, Postfix, Prefix

from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.text_marks import cut_words
from policydiff.model import Direction, Genre, Signal, SignalType, Span
from policydiff.revision.containment import Match
from policydiff.revision.units import UnitGroup
from policydiff.substance.weighing import OF_SUBSTANCE

THROUGHOUT = 3
"""Clauses with the same exchange of words from which the term counts as replaced throughout; two may be chance."""
_SHORTEST, _LONGEST = 2, 24
"""Characters of a term: a single character (省 → 市) is a level or a bound, and a longer exchange is a sentence put anew."""
_OF_TERMS = frozenset({SignalType.SCOPE, SignalType.BODY, SignalType.CONDITION, SignalType.DEFINITION})
"""Types of signal allowed for the exchange of two terms; modals, figures and sanctions are shown clause by clause."""
_OF_SHORT_HALVES = _OF_TERMS | {SignalType.PART_ADDED, SignalType.PART_REMOVED}
"""A half-sentence of little else than the term came and went as a whole: 发给补助金."""
_HALF = lazy_pattern(r"[^，。；：、！？,;\n]+")

_NOT_HAN = lazy_pattern("[^一-鿿]")


class ReplacedTerm(NamedTuple):
    """A term of the old version and the term in its place."""

    old: str
    new: str
    type: SignalType
    weight: float
    """Weight of the exchange in a single clause."""
    places: tuple[int, ...]
    """Places of the new units that hold the term, in reading order."""
    names: tuple[str, ...]
    """The labels, or ids, of these units."""


class ReplacedTerms:
    """The terms of a revision that were replaced throughout."""

    def __init__(self, matches: Sequence[Match], genre: Genre) -> None:
        """Take the matches of the clauses, changed and unchanged."""
        pairs = [
            match
            for match in matches
            if match.old[0].group is UnitGroup.BODY and match.old[0].text != match.new[0].text
        ]
        self._found = tuple(_terms(sorted(pairs, key=lambda match: match.new[0].place), genre))

    def taken_out(self, match: Match, old: str, new: str) -> tuple["Renamed", tuple[Signal, ...]]:
        """Return the old words with the new terms in them, and the signals of the terms of this clause."""
        place = match.new[0].place
        held = [term for term in self._found if place in term.places]
        renamed = Renamed(old, [(term.old, term.new) for term in held])
        return renamed, tuple(_signal(term, place, old, new) for term in held)


class Renamed:
    """A text with some terms replaced, and the mapping of its offsets to the original text."""

    def __init__(self, text: str, terms: Sequence[tuple[str, str]]) -> None:
        """Replace the terms in one pass, so that no term is searched in words that already replace a term."""
        self._printed, self._terms = text, dict(terms)
        self._ends: list[tuple[int, int]] = []
        """Ends of the replaced terms: in the renamed text, and in the original text."""
        self._begins: list[tuple[int, int]] = []
        parts: list[str] = []
        size = cursor = 0
        for start, term in sorted(_places(text, self._terms)):
            if start < cursor:
                continue
            parts += [text[cursor:start], self._terms[term]]
            size += start - cursor
            self._begins.append((size, start))
            size, cursor = size + len(self._terms[term]), start + len(term)
            self._ends.append((size, cursor))
        self.text = "".join((*parts, text[cursor:])) if parts else text

    def as_it_stands(self, signal: Signal) -> Signal:
        """Return a signal with the old words and their place in the original text."""
        if signal.old_span is None or not self._begins:
            return signal
        start, end = (
            self._back(signal.old_span.start, is_end=False),
            self._back(signal.old_span.end, is_end=True),
        )
        words = self.text[signal.old_span.start : signal.old_span.end]
        old = self._printed[start:end] if signal.old == words else signal.old
        return signal.model_copy(update={"old": old, "old_span": Span(start, end)})

    def _back(self, place: int, *, is_end: bool) -> int:
        shift = 0
        for (begin, printed_begin), (end, printed_end) in zip(self._begins, self._ends, strict=True):
            if place >= end:
                shift = printed_end - end
            elif place > begin:
                return printed_end if is_end else printed_begin
        return place + shift


def _places(text: str, terms: dict[str, str]) -> Iterator[tuple[int, str]]:
    """Yield the places of the terms, the longer first if two begin at one place."""
    for term in sorted(terms, key=len, reverse=True):
        start = text.find(term)
        while start >= 0:
            yield start, term
            start = text.find(term, start + len(term))


def _terms(pairs: Sequence[Match], genre: Genre) -> Iterator[ReplacedTerm]:
    """Yield the terms replaced in at least `THROUGHOUT` clauses that no longer occur in these clauses."""
    texts = [_texts(match) for match in pairs]
    seen = Counter(words for old, new in texts for words in dict.fromkeys(_exchanged(old, new)))
    often = [words for words, number in seen.items() if number >= THROUGHOUT - 1]
    for words in often:
        # 国际船舶运输 → 国际客船 here and → 国际散装液体危险品船运输 there is no new name: the rules cover other things now.
        is_one = not any(words != other and (words[0] in other[0] or other[0] in words[0]) for other in often)
        held = [place for place, both in enumerate(texts) if is_one and _took_its_place(*words, *both)]
        if len(held) < THROUGHOUT:
            continue
        both = [texts[place] for place in held]
        kind = _kind(*words, both, genre)
        if kind is not None:
            units = [pairs[place].new[0] for place in held]
            places = tuple(unit.place for unit in units)
            yield ReplacedTerm(*_named(*words, both), *kind, places, tuple(unit.name for unit in units))


def _texts(match: Match) -> tuple[str, str]:
    old, new = ("\n".join(unit.text for unit in units) for units in (match.old, match.new))
    return old, new


def _exchanged(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Yield the differing words of corresponding half-sentences."""
    halves = [_HALF.findall(text) for text in (old, new)]
    edits = Levenshtein.editops(*halves)
    # One half-sentence in the place of two, or two of one, is no term for a term: 国际船舶 → 国际客船、国际散装液体危险品船.
    beside = {
        place
        for edit in edits
        if edit.tag != "replace"
        for place in (edit.src_pos - 1, edit.src_pos, edit.src_pos + 1)
    }
    for edit in edits:
        if edit.tag != "replace" or edit.src_pos in beside:
            continue
        one, other = halves[0][edit.src_pos], halves[1][edit.dest_pos]
        start = Prefix.similarity(one, other)
        end = min(Postfix.similarity(one, other), min(len(one), len(other)) - start)
        words = one[start : len(one) - end], other[start : len(other) - end]
        is_term = all(_SHORTEST <= len(each) <= _LONGEST for each in words)
        if is_term and words[0] not in words[1] and words[1] not in words[0]:
            yield words


def _took_its_place(term: str, instead: str, old: str, new: str) -> bool:
    """Return whether the new term was added to a clause as often as the old term disappeared."""
    number = old.count(term)
    return number > 0 and term not in new and new.count(instead) - old.count(instead) >= number


def _named(term: str, instead: str, texts: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Return two terms widened by the neighbouring words that are the same everywhere, to whole names such as 市场主体."""
    from policydiff.substance.features import find_modals  # noqa: PLC0415 (equal texts do without)

    besides = [
        (text[: found.start()], text[found.end() :])
        for text, _ in texts
        for found in re.finditer(re.escape(term), text)
    ]
    before = _shared([before[::-1] for before, _ in besides])[::-1]
    behind = _shared([behind for _, behind in besides])
    left, right = _NOT_HAN.split(before)[-1], _NOT_HAN.split(behind)[0]
    words = cut_words(left)[-1:], cut_words(right)[:1]
    # 人 behind 未成年 is a part of its word; any longer word that does not bind is a part of the name.
    inside = cut_words(left[-1:] + term)[:1] != [left[-1:]], cut_words(term + right[:1])[-1:] != [right[:1]]
    left, right = (
        "".join(
            word
            for word in found
            if (len(word) > 1 or is_inside) and not any(find_modals(word, policy=False))
        )
        for found, is_inside in zip(words, inside, strict=True)
    )
    for first, last in ((left, right), (left, ""), ("", right)):
        named = f"{first}{term}{last}", f"{first}{instead}{last}"
        if all(_took_its_place(*named, *both) for both in texts):
            return named
    return term, instead


def _shared(texts: Sequence[str]) -> str:
    """Return the characters with which all texts begin."""
    return "".join(each[0] for each in takewhile(lambda each: len(set(each)) == 1, zip(*texts, strict=False)))


def _kind(
    term: str, instead: str, texts: Sequence[tuple[str, str]], genre: Genre
) -> tuple[SignalType, float] | None:
    """Return type and weight of an exchange of terms over all half-sentences with the old term; None if it is more than a term.

    已取得许可证的企业 is a scope, but 应当取得许可证 in the next clause a licence; an effect on any clause counts.
    """
    from policydiff.substance.signalling import signals_between  # noqa: PLC0415 (equal texts do without)

    halves = dict.fromkeys(half for old, _ in texts for half in _HALF.findall(old) if term in half)
    signals = [
        each for half in halves for each in signals_between(half, half.replace(term, instead), genre=genre)
    ]
    if any(each.type not in _OF_SHORT_HALVES or each.direction is not Direction.CHANGED for each in signals):
        return None
    of_terms = [each for each in signals if each.type in _OF_TERMS]
    if not of_terms:
        return None
    ((usual, _),) = Counter(each.type for each in of_terms).most_common(1)
    return usual, max(each.weight for each in of_terms)


def _signal(term: ReplacedTerm, place: int, old: str, new: str) -> Signal:
    is_first = place == term.places[0]
    starts = old.index(term.old), new.index(term.new)
    return Signal(
        type=term.type,
        direction=Direction.CHANGED,
        old=term.old,
        new=term.new,
        old_span=Span(starts[0], starts[0] + len(term.old)),
        new_span=Span(starts[1], starts[1] + len(term.new)),
        weight=term.weight if is_first else min(term.weight, OF_SUBSTANCE),
        detail=f"replaced in {'、'.join(term.names)}" if is_first else "replaced throughout",
    )
