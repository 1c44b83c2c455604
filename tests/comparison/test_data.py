"""The data files that ship: well formed, and made for the code beside them."""

import re
import tomllib
from importlib import resources

import pytest

from policydiff.comparison import context, encoders, evidence
from policydiff.comparison.character_runs import bits_of
from policydiff.comparison.probabilities import (
    DERIVED_FIGURES,
    FURTHER_FIGURES,
    Models,
    models,
    semantic_models,
)

FILES = resources.files("policydiff.comparison")


@pytest.mark.parametrize(
    ("trained", "own"),
    [(models(), evidence.FIGURES), (semantic_models(), (*evidence.FIGURES, *encoders.FIGURES))],
    ids=["base", "semantic"],
)
def test_weights_are_for_the_figures_in_their_order(trained: Models, own: tuple[str, ...]) -> None:
    placed = (*own, *context.FIGURES)
    assert trained.alone.names == own
    assert trained.placed.names == placed
    assert trained.derived.names == (*DERIVED_FIGURES, *placed)
    assert trained.further.names == FURTHER_FIGURES


def test_formulas_compile_and_headings_are_there_once() -> None:
    data = tomllib.loads(FILES.joinpath("formulas.toml").read_text(encoding="utf-8"))
    for pattern in (*data["removed"], *(one for many in data["same"].values() for one in many)):
        assert not re.compile(pattern).match(""), f"{pattern} matches nothing at all"
        assert "*" not in pattern.replace(r"\*", ""), f"{pattern} repeats without bound"
    assert len(set(data["generic_headings"])) == len(data["generic_headings"])


def test_terms_of_art_say_more_than_phrases_of_the_genre() -> None:
    assert sum(bits_of("人民政府应当加强")) < sum(bits_of("免疫细胞治疗产业"))
    assert bits_of("甲 乙")[1] == 0.0
    assert all(0 <= bits <= 14 for bits in bits_of("贰ǁ龘应当"))
