"""The trainer of the weights: what it learns, and what it must not see."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.training.cases import Case, case_of_strangers, left_out_together
from benchmarks.training.coverage import Measure, learned, measures
from benchmarks.training.gold import StrangerPair, title_of
from benchmarks.training.logistic import fit_choice, fit_logistic, ignorant
from policydiff.comparison.clauses import TOUCHED, TOUCHED_PENALTY
from policydiff.comparison.probabilities import Logistic, logistic

ROWS = np.array([[x / 10, (x * 7 % 11) / 3] for x in range(-40, 41)])
EVEN = np.ones(len(ROWS))


def _labels(model: Logistic) -> np.ndarray:
    return np.array([model.probability(row) for row in ROWS])


def test_the_model_behind_the_labels_is_found() -> None:
    truth = Logistic(("a", "b"), (1.5, -0.5), 0.25)
    found = fit_logistic(ROWS, _labels(truth), EVEN, 1e-6, ignorant(("a", "b")))
    assert found.weights == pytest.approx(truth.weights, abs=1e-3)
    assert found.bias == pytest.approx(truth.bias, abs=1e-3)


def test_the_start_of_the_search_does_not_show_in_the_weights() -> None:
    labels = (ROWS[:, 0] + ROWS[:, 1] > 1).astype(float)
    one = fit_logistic(ROWS, labels, EVEN, 10.0, ignorant(("a", "b")))
    other = fit_logistic(ROWS, labels, EVEN, 10.0, Logistic(("a", "b"), (0.9, 0.4), -1.0))
    assert one == other


def test_a_strong_pull_leaves_only_the_share() -> None:
    labels = (ROWS[:, 0] > 2).astype(float)
    found = fit_logistic(ROWS, labels, EVEN, 1e9, ignorant(("a", "b")))
    assert found.weights == (0.0, 0.0)
    assert logistic(found.bias) == pytest.approx(labels.mean(), abs=1e-4)


def test_examples_of_no_importance_teach_nothing() -> None:
    labels = (ROWS[:, 0] > 0).astype(float)
    importance = np.where(ROWS[:, 0] < -2, 0.0, 1.0)
    spoilt = np.where(ROWS[:, 0] < -2, 1.0, labels)
    start = ignorant(("a", "b"))
    assert fit_logistic(ROWS, spoilt, importance, 3.0, start) == fit_logistic(
        ROWS, labels, importance, 3.0, start
    )


def test_a_choice_is_learned_from_what_tells_its_members_apart() -> None:
    """A figure that is alike for all members of a choice says nothing of which is right, however it goes with being right."""
    random = np.random.default_rng(1)
    choices = []
    for place in range(60):
        members = np.column_stack([random.normal(size=4), np.full(4, place % 2)])
        choices.append((members, members[:, 0] == members[:, 0].max()))
    found = fit_choice(choices, 1.0, ("a", "b"))
    assert found.weights[0] > 1.0
    assert found.weights[1] == 0.0
    assert all(right[int(np.argmax([found.value(row) for row in members]))] for members, right in choices)


def test_either_of_two_right_members_will_do() -> None:
    members = np.array([[1.0], [0.9], [-1.0]])
    found = fit_choice([(members, np.array([True, True, False]))] * 20, 1.0, ("a",))
    assert found.weights[0] > 0


def test_strangers_are_left_out_with_either_of_their_documents() -> None:
    """The superior document of strangers may be the one that is measured, in another version."""
    pair = StrangerPair(
        "a / b", "第一条 一。\n第二条 二。", "第一条 三。\n第二条 四。", "水土保持法", control=False
    )
    case: Case = case_of_strangers(pair, "志愿服务条例")
    assert case.families == {"志愿服务条例", "水土保持法"}
    assert not any(case.derived)


@pytest.mark.parametrize("size", [1, 3, 8, 27])
def test_each_family_is_left_out_in_one_group(size: int) -> None:
    families = [f"law {place}" for place in range(size)]
    groups = left_out_together([*families, *families[:2]])
    assert sorted(family for group in groups for family in group) == sorted(families)
    assert max(map(len, groups)) - min(map(len, groups)) <= 1
    assert groups == left_out_together(reversed(families)), "whatever the order"


@pytest.mark.parametrize(
    ("file", "title"),
    [
        ("laws/水土保持法(2010-12-25).md", "水土保持法"),
        ("shanghai/sh-jingguan-zhaoming-2019.txt", "sh-jingguan-zhaoming-2019"),
        ("laws/given/sh-jingguan-zhaoming-2019", "sh-jingguan-zhaoming-2019"),
        ("gold/pingtan-kunjing-ertong-superior.md", "pingtan-kunjing-ertong-superior"),
        ("pingtan-kunjing-ertong-superior.md", "pingtan-kunjing-ertong-superior"),
    ],
)
def test_one_superior_document_is_one_family_however_its_file_is_named(file: str, title: str) -> None:
    assert title_of(file) == title


def test_the_thresholds_of_coverage_are_found_behind_the_labels() -> None:
    """With a third of a sentence on the touched side, and one and a half for penalties, these are what is learned."""
    known = [
        Measure("law", place / 100, penalty, place / 100 > (1.5 if penalty else 0.33))
        for place in range(1, 300)
        for penalty in (False, True)
    ]
    plain, penalty = learned(known)
    assert plain == pytest.approx(0.33, abs=0.1)
    assert penalty == pytest.approx(1.5, abs=0.2)


@pytest.mark.slow
def test_the_thresholds_of_coverage_are_the_learned_ones(shared_data: Path) -> None:
    assert shared_data.is_dir()
    assert learned([*measures()]) == pytest.approx((TOUCHED, TOUCHED_PENALTY), abs=0.02)
