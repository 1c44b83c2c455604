"""How likely each local sentence is derived, and from which superior sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from policydiff.comparison import context, evidence
from policydiff.comparison.evidence import Candidate, candidates
from policydiff.comparison.sides import Side
from policydiff.comparison.weights import Models, models

DERIVED_FIGURES = ("first", "second", "third", "all")
"""What is known of a sentence beside the figures of its best candidate: its candidates' scores."""
ALL_FIGURES = (*evidence.FIGURES, *context.FIGURES)


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


def judge(local: Side, superior: Side, trained: Models | None = None) -> list[Judged]:
    """Return a judgement for each local sentence."""
    trained = trained or models()
    found = candidates(local, superior)
    alone = [[trained.alone.probability(candidate.figures) for candidate in row] for row in found]
    around = context.context_figures(local, superior, found, alone)
    judged = []
    for row, surroundings in zip(found, around, strict=True):
        figures = [(*candidate.figures, *more) for candidate, more in zip(row, surroundings, strict=True)]
        scores = [trained.placed.probability(values) for values in figures]
        probability = trained.derived.probability(derived_figures(scores, figures)) if row else 0.0
        order = sorted(range(len(row)), key=lambda place: (-scores[place], place))
        judged.append(Judged(probability, tuple(Scored(row[place], scores[place]) for place in order)))
    return judged


def derived_figures(scores: Sequence[float], figures: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """Return `DERIVED_FIGURES` and then `ALL_FIGURES` of the best candidate; `scores` must not be empty."""
    ordered = [*sorted(scores, reverse=True)[:3], 0.0, 0.0][:3]
    best = max(range(len(scores)), key=lambda place: (scores[place], -place))
    return (*ordered, sum(ordered), *figures[best])
