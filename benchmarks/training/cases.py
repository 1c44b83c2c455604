"""A pair of documents as training sees it."""

from dataclasses import dataclass

from benchmarks.training.gold import LabelledPair, StrangerPair, labels_of_units, units_of_text
from policydiff.comparison.evidence import Candidate, candidates
from policydiff.comparison.sides import Side


@dataclass(frozen=True)
class Case:
    """A local and a superior document, and what is known of each local sentence."""

    name: str
    family: str
    """Cases that share a superior document are trained on, or measured, together."""
    families: frozenset[str]
    """All families one of whose documents it holds: it is trained on only when none of these is measured."""
    local: Side
    superior: Side
    derived: tuple[bool | None, ...]
    """For each local sentence; None where the readers disagree."""
    sources: tuple[tuple[int, ...], ...]
    """Indices of the superior sentences listed by the readers."""
    found: tuple[tuple[Candidate, ...], ...]
    stranger: bool
    """Whether neither document implements the other, so that nothing is derived."""


def case_of_pair(pair: LabelledPair) -> Case:
    """Return a labelled pair with its candidates worked out."""
    here, there = units_of_text(pair.local), units_of_text(pair.superior)
    derived, sources = labels_of_units(pair, here, there)
    local, superior = Side(here), Side(there)
    found = tuple(map(tuple, candidates(local, superior)))
    families = frozenset({pair.family})
    return Case(pair.name, pair.family, families, local, superior, derived, sources, found, stranger=False)


def case_of_strangers(pair: StrangerPair, family: str) -> Case:
    """Return a pair of strangers with its candidates worked out.

    Args:
        pair: The two texts.
        family: That of the labelled pair with the same local document, so that both are left out together.
    """
    local, superior = Side(units_of_text(pair.local)), Side(units_of_text(pair.superior))
    nothing = tuple(False for _ in local.units)
    none: tuple[tuple[int, ...], ...] = tuple(() for _ in local.units)
    found = tuple(map(tuple, candidates(local, superior)))
    families = frozenset({family, pair.superior_title})
    return Case(pair.name, family, families, local, superior, nothing, none, found, stranger=True)
