"""Learn from how many expected local sentences on a measure counts as touched: `python -m benchmarks.training.coverage`.

A measure none of whose sentences was taken is touched, or adopted, as readers see it, or it is omitted. What is expected to come
from it is the sum of the chances of all local sentences, by weights fitted without its superior document. Two thresholds are
learned, one for penalties; documents under one superior document are left out together.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import expm1, log1p

import numpy as np

from benchmarks.adoption import judged_measures
from benchmarks.training.fit import LEAVE_ONE_OUT, models_of
from benchmarks.training.gold import document_of, labelled_pairs
from benchmarks.training.logistic import fit_logistic, ignorant
from policydiff.comparison.clauses import TOUCHED, TOUCHED_PENALTY
from policydiff.comparison.compare import compare_documents
from policydiff.model import Clause, Comparison, Coverage, Matter

RIDGE = 3.0
_NAMES = ("expected", "penalty")


@dataclass(frozen=True)
class Measure:
    """A measure of a superior document of which no sentence was taken."""

    family: str
    expected: float
    """Local sentences expected to come from it."""
    penalty: bool
    touched: bool
    """Whether readers say that something of it was taken up."""


def measures() -> Iterator[Measure]:
    """Yield the measures of all labelled pairs, judged by weights that saw nothing of their superior document."""
    trained = models_of(LEAVE_ONE_OUT)
    for pair in labelled_pairs():
        if pair.name not in trained:
            continue
        superior = document_of(pair.superior)
        found = compare_documents(document_of(pair.local), superior, trained=trained[pair.name])
        covered = {each.clause: each for each in found.coverage}
        for clause, gold in judged_measures(pair, superior):
            if not covered[clause.id].taken:
                penalty = covered[clause.id].matter is Matter.SANCTION
                yield Measure(pair.family, expected(clause, found), penalty, gold is not Coverage.OMITTED)


def expected(clause: Clause, found: Comparison) -> float:
    """Return how many local sentences are expected to come from a clause or from those below it."""
    within = {part.id for part in clause.walk()}
    return sum(
        max(
            (source.score for source in each.sources if source.clause in within),
            default=0.0,
        )
        for each in found.sentences
        if each.kind.value == "sentence"
    )


def learned(known: Sequence[Measure]) -> tuple[float, float]:
    """Return the two thresholds: for a measure, and for a penalty."""
    rows = np.array([[log1p(each.expected), float(each.penalty)] for each in known])
    labels = np.array([float(each.touched) for each in known])
    model = fit_logistic(rows, labels, np.ones(len(rows)), RIDGE, ignorant(_NAMES))
    weight, penalty = model.weights
    return tuple(round(expm1(-(model.bias + more) / weight), 2) for more in (0.0, penalty))  # type: ignore[return-value]


def main() -> int:
    """Print the thresholds and how many measures they judge as readers do."""
    known = [*measures()]
    if not known:
        print("no labelled pairs: the development data is absent")
        return 0
    print(
        f"{len(known)} measures of which no sentence was taken; learned {learned(known)}, shipped {(TOUCHED, TOUCHED_PENALTY)}"
    )
    right = 0
    for family in sorted({each.family for each in known}):
        least = learned([each for each in known if each.family != family])
        own = [each for each in known if each.family == family]
        right += sum((each.expected >= least[each.penalty]) is each.touched for each in own)
    seen = sum((each.expected >= (TOUCHED, TOUCHED_PENALTY)[each.penalty]) is each.touched for each in known)
    print(
        f"as readers: {right / len(known):.3f} with the superior document left out, {seen / len(known):.3f} as shipped"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
