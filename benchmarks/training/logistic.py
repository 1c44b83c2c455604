"""Ridge logistic regression by Newton's method, in plain Python: no dependency, the same weights on every machine."""

from collections.abc import Sequence
from math import sqrt
from operator import mul

from policydiff.comparison.weights import Logistic, logistic

_STEPS = 12
_ENOUGH = 1e-6


def fit_logistic(
    names: Sequence[str],
    rows: Sequence[Sequence[float]],
    labels: Sequence[bool],
    importance: Sequence[float],
    ridge: float,
) -> Logistic:
    """Return the model that explains `labels` best.

    Figures are put on one scale first, so that the ridge bears on all alike; the weights returned are those of the
    raw figures.

    Args:
        names: Names of the figures.
        rows: One row of figures for each example.
        labels: What is to be explained.
        importance: Weight of each example.
        ridge: Strength of the pull towards zero, the bias excepted.
    """
    columns = [list(column) for column in zip(*rows, strict=True)]
    total = sum(importance)
    means = [sum(map(mul, column, importance)) / total for column in columns]
    spreads = []
    for place, (column, mean) in enumerate(zip(columns, means, strict=True)):
        centred = [value - mean for value in column]
        spread = sqrt(sum(map(mul, importance, map(mul, centred, centred))) / total) or 1.0
        columns[place] = [value / spread for value in centred]
        spreads.append(spread)
    columns.append([1.0] * len(rows))
    weights = _newton(columns, labels, importance, ridge)
    raw = [weight / spread for weight, spread in zip(weights, spreads, strict=False)]
    bias = weights[-1] - sum(map(mul, raw, means))
    return Logistic(tuple(names), tuple(round(weight, 5) for weight in raw), round(bias, 5))


def _newton(
    columns: Sequence[Sequence[float]], labels: Sequence[bool], importance: Sequence[float], ridge: float
) -> list[float]:
    size = len(columns)
    weights = [0.0] * size
    pull = [ridge] * (size - 1) + [0.0]
    for _ in range(_STEPS):
        scores = [0.0] * len(labels)
        for weight, column in zip(weights, columns, strict=True):
            if weight:
                scores = [score + weight * value for score, value in zip(scores, column, strict=True)]
        chances = list(map(logistic, scores))
        misses = [
            (chance - label) * part for chance, label, part in zip(chances, labels, importance, strict=True)
        ]
        curvature = [chance * (1 - chance) * part for chance, part in zip(chances, importance, strict=True)]
        gradient = [
            sum(map(mul, column, misses)) + force * weight
            for column, force, weight in zip(columns, pull, weights, strict=True)
        ]
        hessian = [[0.0] * size for _ in range(size)]
        for one, column in enumerate(columns):
            bent = list(map(mul, column, curvature))
            for other in range(one + 1):
                hessian[one][other] = hessian[other][one] = sum(map(mul, bent, columns[other]))
            hessian[one][one] += pull[one] + 1e-9
        step = _solve(hessian, gradient)
        weights = [weight - change for weight, change in zip(weights, step, strict=True)]
        if max(map(abs, step)) < _ENOUGH:
            break
    return weights


def _solve(matrix: list[list[float]], vector: list[float]) -> list[float]:
    """Solve a symmetric positive definite system by elimination."""
    size = len(vector)
    rows = [[*row, value] for row, value in zip(matrix, vector, strict=True)]
    for pivot in range(size):
        for other in range(pivot + 1, size):
            factor = rows[other][pivot] / rows[pivot][pivot]
            if factor:
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[pivot], strict=True)]
    solution = [0.0] * size
    for pivot in range(size - 1, -1, -1):
        known = sum(map(mul, rows[pivot][pivot + 1 : size], solution[pivot + 1 :]))
        solution[pivot] = (rows[pivot][size] - known) / rows[pivot][pivot]
    return solution
