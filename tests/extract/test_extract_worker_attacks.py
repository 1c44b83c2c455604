"""Bombs and mutants through the worker as it runs: confined, capped, one error of one kind, little time and memory.

A sample of them runs always; all bombs, and three thousand mutants of each format (`attacks`), are slow.
"""

import os
import random

import pytest

from policydiff.errors import UnreadableInputError
from policydiff.extract import extract
from policydiff.extract.pages import recognition
from policydiff.extract.sniff import FileKind
from tests.extract.attacks import (
    MEMORY,
    PICTURES,
    SECONDS,
    TARGETS,
    load_quietly,
    meet,
    mutants,
    says_why,
)
from tests.extract.bombs_more import ALL as BOMBS
from tests.extract.measured import workers_measured
from tests.extract.test_extract_fuzz import SEEDS

SAMPLE = 6
SAMPLED = random.Random(5).sample(range(len(BOMBS)), 10)


def met(data: bytes) -> tuple[float, int]:
    """Return the processor time and the memory that reading these bytes takes, by whichever process."""
    before = os.times()
    refused = ""
    with workers_measured() as taken:
        try:
            extract(data)
        except UnreadableInputError as error:
            refused = str(error)
    after = os.times()
    assert not refused or says_why(refused), refused
    own = after.user + after.system - before.user - before.system
    return taken.seconds + own, taken.bytes


@pytest.mark.parametrize("name", [BOMBS[number][0] for number in SAMPLED])
def test_a_bomb_ends_in_time(name: str) -> None:
    bomb_ends(name)


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for number, (name, _) in enumerate(BOMBS) if number not in SAMPLED])
def test_every_bomb_ends_in_time(name: str) -> None:
    bomb_ends(name)


def bomb_ends(name: str) -> None:
    seconds, taken = met(dict(BOMBS)[name]())
    assert seconds < SECONDS
    assert name.startswith(("png", "tiff", "jpeg")) or taken < MEMORY


def test_there_are_bombs_of_every_kind() -> None:
    assert len(BOMBS) >= 40
    assert len({name for name, _ in BOMBS}) == len(BOMBS)
    kinds = {name.split(":")[0] for name, _ in BOMBS}
    assert {
        "html",
        "docx",
        "xlsx",
        "ods",
        "rtf",
        "ofd",
        "pdf",
        "png",
        "tiff",
        "doc",
        "plain",
        "markdown",
    } <= kinds


@pytest.mark.parametrize("name", TARGETS)
def test_mutants_through_the_worker(name: str) -> None:
    """A sample through fresh workers, as `extract` starts them."""
    for data in mutants(name, 2 if TARGETS[name].kind is FileKind.DOC or name in PICTURES else SAMPLE):
        seconds, taken = met(data)
        assert seconds < SECONDS
        assert taken < MEMORY or name in PICTURES


@pytest.mark.parametrize("name", [name for name in TARGETS if name not in PICTURES])
def test_the_seeds_are_read(name: str) -> None:
    """A seed that its reader refuses would test nothing; of a PDF whose two pages said the same, all was once taken for furniture."""
    assert extract(TARGETS[name].seed).media_type == TARGETS[name].kind.value


@pytest.mark.parametrize("name", PICTURES)
def test_the_pictures_are_read(name: str) -> None:
    if recognition.find_engine(20) is None:
        pytest.skip("no engine for pictures is installed")
    assert "ARTICLE" in extract(TARGETS[name].seed).text


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_three_thousand_mutants_through_the_worker(name: str) -> None:
    """What `python -m benchmarks.hostile` counts, each ending one that is foreseen."""
    load_quietly(TARGETS[name])
    faults = [fault for data in mutants(name, TARGETS[name].count) if (fault := meet(name, data).fault)]
    assert faults == []


def test_the_measure_sees_time_and_memory() -> None:
    """A measure that saw nothing would let everything pass."""
    seconds, taken = met(SEEDS[FileKind.PDF])
    assert seconds > 0.01
    assert taken > 5 << 20
