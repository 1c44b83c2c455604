"""How likely each local sentence is derived, and from which superior sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from policydiff.comparison import context
from policydiff.comparison.encoders import Meaning
from policydiff.comparison.evidence import Candidate, candidates
from policydiff.comparison.sides import Side
from policydiff.comparison.weights import Models, models, semantic_model

MEANING_FIGURES = ("meaning", "meaning_behind_best")
"""What a sentence encoder adds."""
DERIVED_FIGURES = ("first", "second", "third", "all")
"""What is known of a sentence beside the figures of its best candidate: its candidates' scores."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with the probability that it is a source."""

    candidate: Candidate
    score: float


@dataclass(frozen=True, slots=True)
class Judged:
    """A local sentence with the probability that it is derived and its candidates, best first."""

    probability: float
    sources: tuple[Scored, ...]


def judge(
    local: Side,
    superior: Side,
    *,
    acknowledged: bool = False,
    meaning: Meaning | None = None,
    trained: Models | None = None,
) -> list[Judged]:
    """Return a judgement for each local sentence.

    Args:
        local: The local sentences.
        superior: The superior sentences.
        acknowledged: Whether the local document names the superior one as what it rests on.
        meaning: Likeness of meaning, from a sentence encoder. It orders the sources of a sentence; whether a sentence
            is derived at all it was not found to tell (`docs/accuracy/comparison.md`).
        trained: Other models than those that ship.
    """
    trained = trained or models()
    found = candidates(local, superior)
    return [
        _judged(row, members, figures, trained, meaning)
        for row, (members, figures) in enumerate(
            zip(found, all_figures(local, superior, found, trained, acknowledged=acknowledged), strict=True)
        )
    ]


def all_figures(
    local: Side,
    superior: Side,
    found: Sequence[Sequence[Candidate]],
    trained: Models,
    *,
    acknowledged: bool = False,
) -> list[list[tuple[float, ...]]]:
    """Return for each candidate its own figures and those of its surroundings."""
    alone = [[trained.alone.probability(candidate.figures) for candidate in row] for row in found]
    around = context.context_figures(local, superior, found, alone, acknowledged=acknowledged)
    return [
        [(*candidate.figures, *more) for candidate, more in zip(row, surroundings, strict=True)]
        for row, surroundings in zip(found, around, strict=True)
    ]


def _judged(
    row: int,
    members: Sequence[Candidate],
    figures: Sequence[tuple[float, ...]],
    trained: Models,
    meaning: Meaning | None,
) -> Judged:
    if not members:
        return Judged(0.0, ())
    scores = [trained.placed.probability(values) for values in figures]
    probability = trained.derived.probability(derived_figures(scores, figures))
    if meaning is not None:
        likeness = meaning_figures(meaning, row, members)
        scores = [
            semantic_model().probability((*values, *more))
            for values, more in zip(figures, likeness, strict=True)
        ]
    order = sorted(range(len(members)), key=lambda place: (-scores[place], place))
    return Judged(probability, tuple(Scored(members[place], scores[place]) for place in order))


def meaning_figures(meaning: Meaning, row: int, members: Sequence[Candidate]) -> list[tuple[float, float]]:
    """Return for each candidate its likeness of meaning, and how far it stays behind the best."""
    cosines = [meaning.cosine(row, candidate.source) for candidate in members]
    best = max(cosines, default=0.0)
    return [(cosine, cosine - best) for cosine in cosines]


def derived_figures(scores: Sequence[float], figures: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """Return `DERIVED_FIGURES` and then all figures of the best candidate; `scores` must not be empty."""
    ordered = [*sorted(scores, reverse=True)[:3], 0.0, 0.0][:3]
    best = max(range(len(scores)), key=lambda place: (scores[place], -place))
    return (*ordered, sum(ordered), *figures[best])
