"""The forms in which drafters lay down the same: 作出准予或者不准予的决定, 决定是否准予; 100, 一百; a list in one line or set out.

A phrase is read in another form only where the other passage has that form in its place, so that no form hides what differs beside it.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from policydiff.lexicon.numerals import number_value
from policydiff.lexicon.widths import fold
from policydiff.model import Signal, Span
from policydiff.substance.vocabulary import forms, kept_marks


class InForm(NamedTuple):
    """A passage with phrases in the form that another passage has."""

    text: str
    places: tuple[tuple[int, int, int, int], ...] = ()
    """Where each phrase stands in `text`, and where in the passage."""

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where words of `text` stand in the passage; of part of a phrase, where the phrase does."""
        found = [start, end]
        for begin, stop, first, last in self.places:
            if begin <= start < stop:
                found[0] = first
            elif start >= stop:
                found[0] = start + last - stop
            if begin < end <= stop:
                found[1] = last
            elif end > stop:
                found[1] = end + last - stop
        return found[0], found[1]


_BESIDE = 2
"""Characters on either side of a phrase by which its place is known in the other passage."""
_LONG = 8
"""Characters from which a phrase is known again by itself."""


def in_form_of(passage: str, other: str) -> InForm:
    """Return a passage with each phrase in that other form of it which the other passage has in its place.

    >>> in_form_of("作出受理或者不予受理的决定", "决定是否受理").text
    '决定是否受理'
    """
    there = kept_marks(other)
    taken = [*_cells_in_form(passage, other), *_lists_in_form(passage, there)]
    for pattern, writings in forms():
        for found in pattern.finditer(passage):
            before, after = passage[: found.start()][-_BESIDE:], passage[found.end() :][:_BESIDE]
            is_taken = any(start < found.end() and found.start() < end for start, end, _ in taken)
            if is_taken or kept_marks(before + found[0] + after) in there:
                continue
            for words in map(found.expand, writings):
                beside = (before and before + words, after and words + after)
                known = [words] if len(words) >= _LONG or not any(beside) else filter(None, beside)
                if words != found[0] and any(kept_marks(each) in there for each in known):
                    taken.append((*found.span(), words))
                    break
    pieces: list[str] = []
    places: list[tuple[int, int, int, int]] = []
    done = length = 0
    for start, end, words in sorted(taken):
        length += start - done
        pieces += [passage[done:start], words]
        places.append((length, length + len(words), start, end))
        done, length = end, length + len(words)
    return InForm("".join([*pieces, passage[done:]]), tuple(places))


_CELL = re.compile(r"[^\t\n|]+")
_LONGEST_NUMBER = 12


def _cells_in_form(passage: str, other: str) -> Iterator[tuple[int, int, str]]:
    """Yield the cells and lines that are a number alone which the other passage has in another writing: 100, 一百."""
    cells = {found[0] for found in _CELL.finditer(other) if len(found[0]) <= _LONGEST_NUMBER}
    values = {number_value(fold(cell)): cell for cell in cells}
    for found in _CELL.finditer(passage) if values else ():
        if len(found[0]) <= _LONGEST_NUMBER and found[0] not in cells:
            words = values.get(number_value(fold(found[0])))
            if words is not None and number_value(fold(words)) is not None:
                yield (*found.span(), words)


_LABEL = "(?:[（(][一二三四五六七八九十]{1,3}[)）]|\\d{1,2}[.．、])"
_SET_OUT = re.compile(f"：\n?{_LABEL}(?P<members>[^：；。\n]+(?:；\n?{_LABEL}[^：；。\n]+)+)")
_BETWEEN = re.compile(f"；\n?{_LABEL}")


def _lists_in_form(passage: str, there: str) -> Iterator[tuple[int, int, str]]:
    """Yield the lists that are set out with numbers, behind words that the other passage has before a list in one line."""
    for found in _SET_OUT.finditer(passage):
        lead = kept_marks(passage[: found.start()][-_LONG:] + "：")
        at = there.find(lead) + len(lead)
        if lead in there and "、" in there[at:] and not re.match(f"\n|{_LABEL}", there[at:]):
            yield (*found.span(), "：" + _BETWEEN.sub("、", found["members"]))


def as_printed(
    signal: Signal, old: str, new: str, forms: tuple[InForm, InForm] = (InForm(""), InForm(""))
) -> Signal:
    """Return a signal with the words as the passages have them, which were read in other characters or forms."""
    told: dict[str, str | Span | None] = {}
    for side, words, span, text, form in (
        ("old", signal.old, signal.old_span, old, forms[0]),
        ("new", signal.new, signal.new_span, new, forms[1]),
    ):
        if words is not None and span is not None:
            shown = form.place(span.start, span.start + len(words.rstrip("…")))
            told[side] = text[slice(*shown)] + "…" * words.endswith("…")
            told[f"{side}_span"] = Span(*form.place(span.start, span.end))
    return signal.model_copy(update=told)
