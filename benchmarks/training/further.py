"""Learn which candidates a sentence comes from beside the first: `python -m benchmarks.training.further` (a minute).

A sentence may be fused from several sources. The model is fitted on the derived sentences of all labelled pairs, each judged by weights
that saw nothing of its superior document, and written beside the other weights; those with the bundled encoder get the same one.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.training.cases import Case, all_cases, left_out_together
from benchmarks.training.fit import (
    LEAVE_ONE_OUT,
    LEAVE_ONE_OUT_SEMANTIC,
    SHIPPED,
    SHIPPED_SEMANTIC,
    models_of,
    write_all_models,
    write_models,
)
from benchmarks.training.logistic import fit_logistic, ignorant
from policydiff.comparison.probabilities import (
    FURTHER_FIGURES,
    Logistic,
    Models,
    all_figures,
    derived_figures,
    further_figures,
    models,
    semantic_models,
)

RIDGE = 10.0


@dataclass(frozen=True)
class Further:
    """A candidate behind the first one of a derived sentence."""

    family: str
    figures: tuple[float, ...]
    alone: float
    """Its probability by itself."""
    listed: bool


def further_candidates(case: Case, trained: Models) -> list[Further]:
    """Return the candidates behind the first one of all derived sentences of a pair."""
    found = []
    figures = all_figures(case.local, case.superior, case.found, trained, acknowledged=case.acknowledged)
    for index, sentence in enumerate(case.local.sentences):
        members, rows = case.found[index], figures[index]
        if not (case.derived[index] and members):
            continue
        scores = [trained.placed.probability(row) for row in rows]
        known = derived_figures(sentence, members, scores, rows, acknowledged=case.acknowledged)
        derived = trained.derived.probability(known)
        first = max(range(len(rows)), key=lambda place: (trained.order.value(rows[place]), -place))
        for place, member in enumerate(members):
            if place != first:
                own = further_figures(
                    sentence, members, first, place, (scores[place], derived), case.superior
                )
                listed = member.source in case.sources[index]
                found.append(Further(case.family, own, scores[place], listed))
    return found


def learned(known: Sequence[Further]) -> Logistic:
    """Return the model."""
    rows, labels = (
        np.array([each.figures for each in known]),
        np.array([float(each.listed) for each in known]),
    )
    return fit_logistic(rows, labels, np.ones(len(known)), RIDGE, ignorant(FURTHER_FIGURES))


def fitted_on(cases: Sequence[Case]) -> Logistic:
    """Return the model of those of some cases that weights were fitted without."""
    trained = models_of(LEAVE_ONE_OUT)
    return learned(
        [
            each
            for case in cases
            if case.name in trained
            for each in further_candidates(case, trained[case.name])
        ]
    )


def write_further() -> None:
    """Fit the model, and for each pair without its superior document, write both, and print how well they tell."""
    trained = models_of(LEAVE_ONE_OUT)
    cases = [case for case in all_cases()[0] if case.name in trained]
    known = [each for case in cases for each in further_candidates(case, trained[case.name])]
    if not known:
        print("no labelled pairs: the development data is absent")
        return
    groups = left_out_together(case.family for case in cases)
    without = {group: learned([each for each in known if each.family not in group]) for group in groups}
    by_pair = {case.name: next(without[group] for group in groups if case.family in group) for case in cases}
    for path in (LEAVE_ONE_OUT, LEAVE_ONE_OUT_SEMANTIC):
        write_all_models(
            path, {name: replace(model, further=by_pair[name]) for name, model in models_of(path).items()}
        )
    whole = learned(known)
    for path, model in ((SHIPPED, models()), (SHIPPED_SEMANTIC, semantic_models())):
        write_models(path, replace(model, further=whole))
    by_family = {family: without[group] for group in groups for family in group}
    _print("by itself", [(each.alone, each.listed) for each in known])
    _print(
        "by this model", [(by_family[each.family].probability(each.figures), each.listed) for each in known]
    )


def _print(name: str, told: Sequence[tuple[float, bool]]) -> None:
    """Print how many of the listed candidates are told, and how many of those told are listed."""
    listed = sum(right for _, right in told)
    figures = []
    for least in (0.5, 0.35):
        taken = [right for chance, right in told if chance >= least]
        figures.append(
            f"from {least}: {sum(taken)} of {listed} listed, precision {sum(taken) / max(1, len(taken)):.2f}"
        )
    print(f"{name}, superior document left out: {'; '.join(figures)}")


def main() -> int:
    """Fit and write."""
    write_further()
    return 0


if __name__ == "__main__":
    sys.exit(main())
