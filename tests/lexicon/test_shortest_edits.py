"""Edits between sequences: always a way from one to the other, the shortest up to a length, in bounded pieces beyond."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, strategies as st
from rapidfuzz.distance import Indel

from policydiff.lexicon import shortest_edits as edits
from policydiff.lexicon.shortest_edits import EXACT, Step, common_share, matching_blocks, steps

WORDS = st.text(alphabet="甲乙丙丁", max_size=30)


def rebuilt(old: str, new: str, found: Sequence[Step]) -> str:
    return "".join(
        old[s.old_start : s.old_end] if s.is_equal else new[s.new_start : s.new_end] for s in found
    )


def holds_together(found: Sequence[Step], old: str, new: str) -> bool:
    """Whether the steps follow each other without a gap and an equal one has equal words."""
    ends = [(0, 0), *((step.old_end, step.new_end) for step in found)]
    starts = [(step.old_start, step.new_start) for step in found]
    equal = all(old[s.old_start : s.old_end] == new[s.new_start : s.new_end] for s in found if s.is_equal)
    return equal and starts == ends[:-1] and ends[-1] == (len(old), len(new))


@given(WORDS, WORDS)
def test_steps_lead_from_one_text_to_the_other_by_the_shortest_way(old: str, new: str) -> None:
    found = list(steps(old, new))
    assert holds_together(found, old, new)
    assert rebuilt(old, new, found) == new
    kept = sum(step.old_end - step.old_start for step in found if step.is_equal)
    assert len(old) + len(new) - 2 * kept == Indel.distance(old, new)


@given(WORDS, WORDS)
def test_they_do_so_in_pieces_too(old: str, new: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(edits, "EXACT", 6)
        found = list(steps(old, new))
        assert holds_together(found, old, new)
        assert rebuilt(old, new, found) == new
        assert common_share(old, new) <= Indel.normalized_similarity(old, new) + 1e-9


def long_pair(length: int) -> tuple[str, str]:
    """Return a text without a character twice in a run, and the same with every tenth character replaced."""
    chance = random.Random(length)
    old = "".join(chance.choices([chr(0x4E00 + code) for code in range(3000)], k=length))
    new = "".join("一" if index % 10 == 9 else letter for index, letter in enumerate(old))
    return old, new


def test_a_long_text_edited_everywhere_keeps_the_words_it_has() -> None:
    old, new = long_pair(5 * EXACT)
    assert common_share(old, new) == pytest.approx(0.9, abs=0.001)
    assert common_share(old[:-500], old[700:]) > 0.95  # cut at both ends


def test_no_piece_is_longer_than_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time of a piece is the product of its sides: a bound on the sides makes the whole linear."""
    asked: list[int] = []

    class Counted:
        @staticmethod
        def opcodes(one: Sequence[object], other: Sequence[object]) -> object:
            asked.append(max(len(one), len(other)))
            return Indel.opcodes(one, other)

    monkeypatch.setattr(edits, "_indel", lambda: Counted)
    chance = random.Random(1)
    old, new = ("".join(chance.choices("甲乙丙丁戊己庚辛", k=3 * EXACT + 5)) for _ in range(2))
    assert rebuilt(old, new, list(steps(old, new))) == new
    assert max(asked) <= EXACT


def test_the_shortest_way_is_found_up_to_the_bound_and_not_beyond() -> None:
    """Two halves that change places: the shortest way keeps the longer one, runs that stand once hold it too;
    without such runs, only up to the bound."""
    half = EXACT // 2
    at, beyond = ("甲" * (size - half) + "乙" * half for size in (EXACT, EXACT + 2))
    for text, is_exact in ((at, True), (beyond, False)):
        other = "乙" * half + "甲" * (len(text) - half)
        shortest = Indel.normalized_similarity(text, other)
        assert (common_share(text, other) == pytest.approx(shortest)) is is_exact


def test_blocks_are_the_equal_stretches() -> None:
    assert list(matching_blocks(["a", "b", "c"], ["b", "c", "d"])) == [(1, 0, 2)]
