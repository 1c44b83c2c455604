"""Ridge logistic regression by Newton's method."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from policydiff.comparison.probabilities import Logistic

Numbers = NDArray[np.float64]

_STEPS = 30
_ENOUGH = 1e-7
_LONGEST_STEP = 1.0
"""The most that a weight of a choice may move in one step: with several right members the loss is not convex."""
_DIGITS = 5
"""Weights are rounded, so that the last bits of a machine's linear algebra do not show."""


def fit_logistic(
    rows: Numbers, labels: Numbers, importance: Numbers, ridge: float, start: Logistic
) -> Logistic:
    """Return the model that explains `labels` best.

    Figures are put on one scale first, so that the ridge bears on all alike; the weights returned are those of the
    raw figures.

    Args:
        rows: One row of figures for each example.
        labels: What is to be explained: 0 or 1 for each example.
        importance: Weight of each example.
        ridge: Strength of the pull towards zero, the bias excepted.
        start: Where the search begins, with the names of the figures. There is one best model, whatever the start.
    """
    means = np.average(rows, axis=0, weights=importance)
    spreads = np.sqrt(np.average((rows - means) ** 2, axis=0, weights=importance))
    spreads[spreads == 0] = 1.0
    scaled = np.column_stack([(rows - means) / spreads, np.ones(len(rows))])
    first = np.array([*start.weights, start.bias + np.dot(start.weights, means)])
    first[:-1] *= spreads
    weights = _newton(scaled, labels, importance, ridge, first)
    raw = weights[:-1] / spreads
    bias = round(float(weights[-1] - raw @ means), _DIGITS)
    return Logistic(start.names, tuple(round(float(weight), _DIGITS) for weight in raw), bias)


def fit_choice(
    choices: Sequence[tuple[Numbers, NDArray[np.bool_]]], ridge: float, names: Sequence[str]
) -> Logistic:
    """Return the model under which the right members of each choice are likeliest among its members (conditional logit).

    Args:
        choices: For each choice one row of figures for each member, and which of them are right (one at least).
        ridge: Strength of the pull towards zero.
        names: Those of the figures.
    """
    rows = np.vstack([members for members, _ in choices])
    means, spreads = rows.mean(axis=0), rows.std(axis=0)
    spreads[spreads == 0] = 1.0
    scaled = [((members - means) / spreads, right) for members, right in choices]
    weights = np.zeros(len(names))
    for _ in range(_STEPS):
        gradient, hessian = ridge * weights, np.eye(len(names)) * ridge
        for members, right in scaled:
            chances = _shares(members @ weights)
            wanted = np.where(right, chances, 0.0)
            expected = members.T @ chances
            gradient = gradient + expected - members.T @ (wanted / wanted.sum())
            hessian += (members * chances[:, None]).T @ members - np.outer(expected, expected)
        step = np.linalg.solve(hessian, gradient)
        weights = weights - step * min(1.0, _LONGEST_STEP / np.abs(step).max())
        if np.abs(step).max() < _ENOUGH:
            break
    return Logistic(tuple(names), tuple(round(float(weight), _DIGITS) for weight in weights / spreads), 0.0)


def ignorant(names: Sequence[str]) -> Logistic:
    """Return the model that knows nothing."""
    return Logistic(tuple(names), (0.0,) * len(names), 0.0)


def _newton(scaled: Numbers, labels: Numbers, importance: Numbers, ridge: float, weights: Numbers) -> Numbers:
    """Return the best weights, sought from those given."""
    pull = np.full(len(weights), ridge)
    pull[-1] = 0.0
    for _ in range(_STEPS):
        chances = _chances(scaled @ weights)
        gradient = scaled.T @ ((chances - labels) * importance) + pull * weights
        curvature = chances * (1 - chances) * importance
        hessian = (scaled * curvature[:, None]).T @ scaled + np.diag(pull + 1e-9)
        step = np.linalg.solve(hessian, gradient)
        weights = weights - step
        if np.abs(step).max() < _ENOUGH:
            break
    return weights


def _chances(scores: Numbers) -> Numbers:
    chances: Numbers = 1 / (1 + np.exp(-np.clip(scores, -40.0, 40.0)))
    return chances


def _shares(scores: Numbers) -> Numbers:
    raised = np.exp(scores - scores.max())
    shares: Numbers = raised / raised.sum()
    return shares
