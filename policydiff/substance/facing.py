"""Two parts that face each other, and the signal of a difference between them."""

import re
from typing import NamedTuple

from policydiff.lexicon.horizons import Horizon
from policydiff.lexicon.measures import Quantity
from policydiff.model import Direction, Genre, Signal, SignalType, Span
from policydiff.substance.canonical import Canonical
from policydiff.substance.features import Cited, ModalWord, Word
from policydiff.substance.following import Numbering
from policydiff.substance.offices import BodyName
from policydiff.substance.weighing import weight_of

SANCTION_VERB = re.compile("处|罚|没收|吊销|责令|处分|警告|拘留")


class Sides(NamedTuple):
    """Two parts that answer each other."""

    old: Canonical
    new: Canonical
    genre: Genre
    numbering: Numbering
    around: tuple[str, str] = ("", "")
    """The sentences the two stand in, in one writing."""
    settings: tuple[str, str] = ("", "")
    """The same with one sign for all values of a kind."""


def make_signal(
    sides: Sides,
    kind: SignalType,
    direction: Direction | str | None,
    old: tuple[int, int] | None,
    new: tuple[int, int] | None,
    **more: float,
) -> Signal:
    """Return a signal with its words; places are within the two parts."""
    words: list[str | None] = [None, None]
    spans: list[Span | None] = [None, None]
    for side, (part, place) in enumerate(((sides.old.part, old), (sides.new.part, new))):
        if place is not None:
            words[side] = part.text[place[0] : place[1]]
            spans[side] = Span(part.start + place[0], part.start + place[1])
    among = bool(SANCTION_VERB.search(sides.new.part.text + sides.old.part.text))
    return Signal(
        type=kind,
        direction=Direction(direction or "changed"),
        old=words[0],
        new=words[1],
        old_span=spans[0],
        new_span=spans[1],
        weight=weight_of(kind, factor=more.get("factor", 1.0), sanction=among),
    )


def place_of(found: ModalWord | Word | BodyName | Cited | Quantity | Horizon) -> tuple[int, int]:
    """Return where a feature stands in its part."""
    return found.start, found.end
