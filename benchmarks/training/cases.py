"""A pair of documents as training sees it."""

from collections.abc import Iterable, Mapping
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
from policydiff.comparison.encoders import Adapter, CachingEncoder, Meaning
from policydiff.comparison.evidence import Candidate, candidates

_GROUPS = 8
"""Groups of superior documents that are left out together, about three in each."""


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


def case_of_pair(pair: LabelledPair, encoder: CachingEncoder | None = None) -> Case:
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


def case_of_strangers(pair: StrangerPair, family: str, encoder: CachingEncoder | None = None) -> Case:
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


def all_cases(
    encoder: CachingEncoder | None = None, adapters: Mapping[str, Adapter] | None = None
) -> tuple[list[Case], list[Case]]:
    """Return what is trained on: labelled pairs that implement something, and strangers not kept for control.

    Args:
        encoder: Adds figures of meaning.
        adapters: For each family the adapter of the encoder that saw nothing of it.
    """
    labelled = [pair for pair in labelled_pairs() if pair.implements and not pair.held_out]
    families = {pair.local: pair.family for pair in labelled}
    without = adapters or {}
    pairs = [case_of_pair(pair, _with(encoder, without.get(pair.family))) for pair in labelled]
    strangers = []
    for pair in stranger_pairs():
        if not pair.control:
            family = families.get(pair.local, pair.name)
            adapter = (
                without.get(family) or without.get(pair.superior_title) or next(iter(without.values()), None)
            )
            strangers.append(case_of_strangers(pair, family, _with(encoder, adapter)))
    return pairs, strangers


def _with(encoder: CachingEncoder | None, adapter: Adapter | None) -> CachingEncoder | None:
    if encoder is not None:
        encoder.adapter = adapter
    return encoder


def left_out_together(families: Iterable[str]) -> list[frozenset[str]]:
    """Return families in groups: nothing that holds a document of a group is seen when a pair of the group is measured."""
    names = sorted(set(families))
    return [frozenset(names[group::_GROUPS]) for group in range(min(_GROUPS, len(names)))]


def _meaning(local: Side, superior: Side, encoder: CachingEncoder | None) -> Meaning | None:
    if encoder is None or not local.units or not superior.units:
        return None
    return Meaning([unit.text for unit in local.units], [unit.text for unit in superior.units], encoder)
