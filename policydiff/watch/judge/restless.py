"""Places of a page that change of themselves, learned from the versions that were recorded of it.

A counter without a label, a day, a list of neighbours that no rule knows is recorded as a version once, and again. Where two
earlier versions differ from the versions before them in nothing else, their lines tell a place that is restless, and a third
change of that place alone is no version. Only lines above the first provision or behind the last one are learned, and none
that could be a fact of the document: the words of a provision, its title, addressee and number, a body, a day, a state and a
label of facts always count.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from policydiff.lexicon.bodies import place_and_office
from policydiff.lexicon.document_numbers import DocumentNumber
from policydiff.watch.judge.beside import state_of
from policydiff.watch.judge.core import ANNEXED, DATE, core_lines, lays_down, numbered, says_ended
from policydiff.watch.judge.examples import names_document, simplified, squeeze

MOST_VERSIONS = 6
"""Newest versions that are asked: a place that was restless before them may have come to rest."""
_LEAST_CHANGES = 2
"""Earlier changes of a place alone that make it restless: one may be a correction, and two are a habit."""
_MOST_CHARACTERS = 60
"""Characters of a restless line, blanks aside: longer ones are sentences."""


def restless_alone(texts: Sequence[str], old: str, new: str, titles: Sequence[str | None]) -> str | None:
    """Return what differs between two texts, old → new, if nothing does but places that the earlier texts tell as restless, else None.

    Earlier texts come oldest first; titles of the document are its own lines of the head.
    """
    change = _apart(core_lines(old), core_lines(new))
    named = [squeeze(each) for each in titles if each]
    lines = [line for each in change or () for line in (*each.old, *each.new)]
    if not change or any(line in title or title in line for line in lines for title in named):
        return None
    known: Counter[_Place] = Counter()
    for before, after in pairwise([core_lines(each) for each in texts[-MOST_VERSIONS:]]):
        known.update({each.place for each in _apart(before, after) or ()})
    if any(known[each.place] < _LEAST_CHANGES for each in change):
        return None
    olds, news = (
        "；".join(line for lines in side for line in lines)
        for side in zip(*((each.old, each.new) for each in change), strict=True)
    )
    return f"{olds or '—'} → {news or '—'}"


class _Place(NamedTuple):
    """A place in a text, by the lines that stay around it; empty at either end."""

    above: str
    below: str


class _Apart(NamedTuple):
    place: _Place
    old: Sequence[str]
    new: Sequence[str]


def _apart(old: Sequence[str], new: Sequence[str]) -> list[_Apart] | None:
    """Return the places at which two texts differ; None where one of them may be of the document."""
    found: list[_Apart] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if not (_is_outside(old, i1, i2) and _is_outside(new, j1, j2)):
            return None
        place = _Place(old[i1 - 1] if i1 else "", old[i2] if i2 < len(old) else "")
        found.append(_Apart(place, old[i1:i2], new[j1:j2]))
    return found


def _is_outside(lines: Sequence[str], first: int, last: int) -> bool:
    """Say whether lines stand above the first provision of a text or behind its last one, and none may be a fact of it."""
    laid = [*_laid(lines)]
    is_beside = not laid or last <= laid[0] or first > laid[-1]
    return is_beside and not any(map(_may_be_a_fact, lines[first:last]))


def _laid(lines: Sequence[str]) -> Iterator[int]:
    """Yield the places of provisions: of lines that bear a number, or, where none does, of sentences and rows."""
    tests = numbered if any(map(numbered, lines)) else lays_down
    yield from (place for place, line in enumerate(lines) if tests(line))


def _may_be_a_fact(line: str) -> bool:
    label, colon, _ = line.partition(":")
    words = simplified(line)
    return (
        len(line) > _MOST_CHARACTERS
        or lays_down(line)
        or line.endswith(":")
        or bool(ANNEXED.match(line) or DATE.search(line) or DocumentNumber.parse(line))
        or place_and_office(line) is not None  # who signs, or issues
        or bool(state_of(words))
        or says_ended(words)
        or (bool(colon) and names_document(label))
    )
