"""A pair of documents as training sees it."""

from dataclasses import dataclass

from benchmarks.training.gold import (
    LabelledPair,
    StrangerPair,
    document_of,
    labelled_pairs,
    labels_of_sides,
    stranger_pairs,
)
from policydiff.comparison.character_runs import Side, side_of
from policydiff.comparison.compare import rests_on
from policydiff.comparison.encoders import Meaning, SentenceEncoder
from policydiff.comparison.evidence import Candidate, candidates


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
    acknowledged: bool
    """Whether the local document names the superior one as what it rests on."""
    stranger: bool
    """Whether neither document implements the other, so that nothing is derived."""


def case_of_pair(pair: LabelledPair, encoder: SentenceEncoder | None = None) -> Case:
    """Return a labelled pair with its candidates worked out."""
    one, other = document_of(pair.local), document_of(pair.superior)
    local, superior = side_of(one), side_of(other)
    derived, sources = labels_of_sides(pair, local, superior)
    return Case(
        name=pair.name,
        family=pair.family,
        families=frozenset({pair.family}),
        local=local,
        superior=superior,
        derived=derived,
        sources=sources,
        found=tuple(map(tuple, candidates(local, superior, _meaning(local, superior, encoder)))),
        acknowledged=rests_on(one, other),
        stranger=False,
    )


def case_of_strangers(pair: StrangerPair, family: str, encoder: SentenceEncoder | None = None) -> Case:
    """Return a pair of strangers with its candidates worked out.

    Args:
        pair: The two texts.
        family: That of the labelled pair with the same local document, so that both are left out together.
        encoder: Adds figures of meaning.
    """
    local, superior = side_of(document_of(pair.local)), side_of(document_of(pair.superior))
    return Case(
        name=pair.name,
        family=family,
        families=frozenset({family, pair.superior_title}),
        local=local,
        superior=superior,
        derived=tuple(False for _ in local.units),
        sources=tuple(() for _ in local.units),
        found=tuple(map(tuple, candidates(local, superior, _meaning(local, superior, encoder)))),
        acknowledged=False,
        stranger=True,
    )


def all_cases(encoder: SentenceEncoder | None = None) -> tuple[list[Case], list[Case]]:
    """Return what is trained on: labelled pairs that implement something, and strangers not kept for control."""
    labelled = [pair for pair in labelled_pairs() if pair.implements]
    families = {pair.local: pair.family for pair in labelled}
    pairs = [case_of_pair(pair, encoder) for pair in labelled]
    strangers = [
        case_of_strangers(pair, families.get(pair.local, pair.name), encoder)
        for pair in stranger_pairs()
        if not pair.control
    ]
    return pairs, strangers


def _meaning(local: Side, superior: Side, encoder: SentenceEncoder | None) -> Meaning | None:
    if encoder is None or not local.units or not superior.units:
        return None
    return Meaning([unit.text for unit in local.units], [unit.text for unit in superior.units], encoder)
