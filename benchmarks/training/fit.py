"""Train the three models of a comparison, each on scores that did not see the pair they are trained with."""

from collections.abc import Mapping, Sequence

from benchmarks.training.cases import Case
from benchmarks.training.logistic import fit_logistic
from policydiff.comparison import context, evidence
from policydiff.comparison.encoders import Meaning
from policydiff.comparison.probabilities import (
    DERIVED_FIGURES,
    MEANING_FIGURES,
    all_figures,
    derived_figures,
    meaning_figures,
)
from policydiff.comparison.weights import Logistic, Models

RIDGE = 10.0
STRANGERS_AS_SOURCES = 0.5
"""How much a sentence of strangers counts when sources are told from other sentences."""
STRANGERS_AS_DERIVED = 0.15
"""How much it counts when derived sentences are told from others: less, so that documents which took little of
their superior are not taken for strangers."""
_FOLDS = 4

_Rows = list[list[tuple[float, ...]]]
"""Figures of each candidate of each local sentence."""


def fit(cases: Sequence[Case]) -> Models:
    """Return the models trained on `cases`.

    The second and third model see scores as they will be on new documents: those of models fitted without the
    family of the case (cross-fitting).
    """
    figures = {case.name: [[found.figures for found in row] for row in case.found] for case in cases}
    names = (*evidence.FIGURES, *context.FIGURES)
    alone, scores = _cross_fit(evidence.FIGURES, cases, figures)
    for case in cases:
        around = context.context_figures(case.local, case.superior, case.found, scores[case.name])
        figures[case.name] = [
            [(*before, *more) for before, more in zip(row, surroundings, strict=True)]
            for row, surroundings in zip(figures[case.name], around, strict=True)
        ]
    placed, scores = _cross_fit(names, cases, figures)
    return Models(alone, placed, _fit_derived(names, cases, figures, scores))


def fit_meaning(cases: Sequence[Case], meanings: Mapping[str, Meaning], trained: Models) -> Logistic:
    """Return the model that tells sources by words, surroundings and meaning.

    Args:
        cases: Labelled pairs; strangers have no sources to tell.
        meanings: Likeness of meaning of each case.
        trained: Models whose first gives the surroundings.
    """
    figures: dict[str, _Rows] = {}
    for case in cases:
        meaning = meanings[case.name]
        figures[case.name] = [
            [(*own, *more) for own, more in zip(row, meaning_figures(meaning, index, members), strict=True)]
            for index, (row, members) in enumerate(
                zip(all_figures(case.local, case.superior, case.found, trained), case.found, strict=True)
            )
        ]
    names = (*evidence.FIGURES, *context.FIGURES, *MEANING_FIGURES)
    return _fit_candidates(names, cases, figures)


def _cross_fit(
    names: Sequence[str], cases: Sequence[Case], figures: Mapping[str, _Rows]
) -> tuple[Logistic, dict[str, list[list[float]]]]:
    """Return the model of all cases, and for each case the scores of a model that did not see its family."""
    families = sorted({case.family for case in cases})
    scores: dict[str, list[list[float]]] = {}
    for fold in range(min(_FOLDS, len(families))):
        left_out = set(families[fold::_FOLDS])
        model = _fit_candidates(names, [case for case in cases if case.family not in left_out], figures)
        for case in cases:
            if case.family in left_out:
                scores[case.name] = [
                    [model.probability(found) for found in row] for row in figures[case.name]
                ]
    return _fit_candidates(names, cases, figures), scores


def _fit_candidates(names: Sequence[str], cases: Sequence[Case], figures: Mapping[str, _Rows]) -> Logistic:
    rows: list[tuple[float, ...]] = []
    labels: list[bool] = []
    importance: list[float] = []
    for case in cases:
        weight = STRANGERS_AS_SOURCES if case.stranger else 1.0
        for index, derived in enumerate(case.derived):
            if derived is None:
                continue
            for found, row in zip(case.found[index], figures[case.name][index], strict=True):
                rows.append(row)
                labels.append(derived and found.source in case.sources[index])
                importance.append(weight)
    return fit_logistic(names, rows, labels, importance, RIDGE)


def _fit_derived(
    names: Sequence[str],
    cases: Sequence[Case],
    figures: Mapping[str, _Rows],
    scores: Mapping[str, list[list[float]]],
) -> Logistic:
    rows: list[tuple[float, ...]] = []
    labels: list[bool] = []
    importance: list[float] = []
    for case in cases:
        weight = STRANGERS_AS_DERIVED if case.stranger else 1.0
        for index, derived in enumerate(case.derived):
            if derived is not None and case.found[index]:
                rows.append(derived_figures(scores[case.name][index], figures[case.name][index]))
                labels.append(derived)
                importance.append(weight)
    return fit_logistic((*DERIVED_FIGURES, *names), rows, labels, importance, RIDGE)
