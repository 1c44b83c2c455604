"""Shared runs: longest first, in any order."""

from hypothesis import given, strategies as st

from policydiff.comparison.character_runs import shared_runs

WORDS = st.text(st.sampled_from("甲乙丙丁 "), max_size=30)


def _runs(local: str, source: str) -> list[str]:
    return [local[start : start + length] for start, _, length in shared_runs(local, source)]


def test_a_reordered_list_is_still_covered() -> None:
    assert _runs("助行助医助餐助浴", "助餐助浴助行助医") == ["助行助医", "助餐助浴"]


def test_the_longest_run_wins_over_the_first() -> None:
    assert _runs("医疗机构评审", "医疗保险和医疗机构评审") == ["医疗机构评审"]


def test_a_run_does_not_cross_a_stop() -> None:
    assert _runs("规划 建设", "规划 建设") == ["规划", "建设"]


@given(WORDS, WORDS)
def test_runs_are_equal_words_that_do_not_overlap(local: str, source: str) -> None:
    end = 0
    for start, place, length in shared_runs(local, source):
        assert start >= end
        assert length >= 2
        assert local[start : start + length] == source[place : place + length]
        assert " " not in local[start : start + length]
        end = start + length


@given(WORDS)
def test_a_text_covers_itself(text: str) -> None:
    covered = sum(len(run) for run in _runs(text, text))
    assert covered == sum(len(word) for word in text.split(" ") if len(word) > 1)
