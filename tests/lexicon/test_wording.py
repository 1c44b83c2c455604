"""Groups of words in data files, and the patterns built from them."""

import inspect
import re
from importlib.resources import files
from types import ModuleType

import pytest

from policydiff.annotate import (
    candidates,
    citations,
    cited_titles,
    metrics,
    notes,
    number_purposes,
    references,
    targets,
)
from policydiff.lexicon import areas, document_numbers
from policydiff.lexicon.document_numbers import BEFORE_NUMBERS
from policydiff.lexicon.patterns import Words
from policydiff.parsing import fixed_lines, issuers, official, segments
from policydiff.parsing.kinds import LINE_WORDS

WORDS = {
    "goals": Words("policydiff.annotate", "goals"),
    "relations": Words("policydiff.annotate", "relations"),
    "notes": Words("policydiff.annotate", "notes"),
    "titles": Words("policydiff.annotate", "titles"),
    "lines": LINE_WORDS,
    "areas": Words("policydiff.lexicon", "areas"),
    "before_numbers": BEFORE_NUMBERS,
}
MODULES = {
    "goals": (candidates, number_purposes, metrics, targets),
    "relations": (citations,),
    "notes": (notes,),
    "titles": (cited_titles, references, citations),
    "lines": (fixed_lines, issuers, official, segments),
    "areas": (areas,),
    "before_numbers": (document_numbers,),
}
BUILT_AT_IMPORT = {"events"}
"""Groups that stand in patterns tried on every line."""


@pytest.mark.parametrize("name", WORDS)
def test_groups_hold_each_word_once_and_no_blank(name: str) -> None:
    for group, words in WORDS[name].groups.items():
        assert len(words) == len(set(words)), f"a word stands twice in {group}"
        assert all(word and not re.search(r"\s", word) for word in words), group


@pytest.mark.parametrize(("name", "modules"), MODULES.items(), ids=MODULES)
def test_every_group_serves_a_pattern_and_every_pattern_compiles(
    name: str, modules: tuple[ModuleType, ...]
) -> None:
    sources = "".join(inspect.getsource(module) for module in modules)
    own = set(WORDS[name].groups)
    assert own - set(re.findall(r"\{([a-z_]+)\}", sources)) <= BUILT_AT_IMPORT
    for module in modules:
        for value in vars(module).values():
            if hasattr(value, "fullmatch") and hasattr(value, "pattern") and not isinstance(value, type):
                value.fullmatch("")  # compiles it: a group that no file holds is an error


@pytest.mark.parametrize("name", WORDS)
def test_every_group_says_above_it_what_its_words_are(name: str) -> None:
    package = {"lines": "parsing", "areas": "lexicon", "before_numbers": "lexicon"}.get(name, "annotate")
    lines = files(f"policydiff.{package}").joinpath(f"{name}.toml").read_text(encoding="utf-8").splitlines()
    heads = [index for index, line in enumerate(lines) if re.match(r"[a-z_]+ = ", line)]
    assert heads
    assert not [lines[index] for index in heads if not lines[index - 1].startswith("# ")]


def test_the_longest_word_of_a_group_is_matched() -> None:
    carries = WORDS["relations"].phrase("{implements} 《")
    match = carries.search("为贯彻落实《甲意见》")
    assert match is not None
    assert match[0] == "贯彻落实《"


def test_a_group_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        WORDS["relations"].phrase("{nothing}").search("")


def test_words_are_no_patterns() -> None:
    assert WORDS["goals"].phrase("{counts_parts}").search("(共") is not None
