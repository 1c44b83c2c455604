"""Texts that repeat one word or mark without end: read in a time that grows with their length, not with its square."""

import time

import pytest

from policydiff import diff, parse

_ENDLESS = 60.0
"""Processor seconds: a guard against a reading without end, and no measure of speed. The slowest row takes 1.4 s on an idle
machine and up to six times that while lines are counted; read in the square of its length, each row takes minutes to hours."""
_LONG = 60_000
"""Characters of a run of blanks, leaders or empty lines."""
_FRONT = "某市管理办法\n第一条　为了管理，制定本办法。\n第二条　本办法自2015年5月1日起施行。\n"
_IN_A_CLAUSE = [
    ("\t", _LONG, "tabs: blanks on either side of 第 and of a bracket"),
    (" \t", _LONG, "blanks of two kinds"),
    ("\xa0", _LONG, "blanks of pages"),
    ("： ", _LONG, "blanks before a label"),
    (" ", 180_000, "blanks alone, in a text that has labels"),
    ("第一条", 100_000, "places of this document, each held against all words before it"),
    ("第三款", 100_000, "places of another unit"),
    ("废止", 60_000, "verbs that end a text, the clause before each"),
    ("同时废止", 60_000, "the same with its adverb"),
    ("宣布失效", 60_000, "another verb"),
]
_ABOVE = [
    ("·", "leaders of a line of the contents"),
    ("．", "leaders of full width"),
    ("…", "leaders of three points"),
    (" \n", "lines of a blank"),
    ("\n", "empty lines"),
    ("\t\n", "lines of a tab"),
]


def _seconds(text: str) -> float:
    started = time.process_time()
    parse(text)
    return time.process_time() - started


@pytest.mark.parametrize(("word", "length", "why"), _IN_A_CLAUSE, ids=[row[2] for row in _IN_A_CLAUSE])
def test_a_run_within_a_clause_is_read_once(word: str, length: int, why: str) -> None:
    run = word * (length // len(word))
    assert _seconds(f"发布日期：2015-03-01\n{_FRONT}第三条　甲{run}乙。\n") < _ENDLESS, why


@pytest.mark.parametrize(("word", "why"), _ABOVE, ids=[why for _, why in _ABOVE])
def test_a_run_above_the_text_is_read_once(word: str, why: str) -> None:
    assert _seconds(f"{word * (_LONG // len(word))}\n{_FRONT}") < _ENDLESS, why


_COMPARED = [
    ("5%", "shares on either side of words that are new: held against each other, each with each"),
    ("10元", "amounts"),
]


@pytest.mark.parametrize(("word", "why"), _COMPARED, ids=[why for _, why in _COMPARED])
def test_a_run_of_values_is_compared_in_time(word: str, why: str) -> None:
    run = word * (12_000 // len(word))
    middle = len(run) // 2
    old, new = (
        parse(f"{_FRONT}第三条　{run}甲。\n"),
        parse(f"{_FRONT}第三条　{run[:middle]}丙{run[middle:]}戊。\n"),
    )
    started = time.process_time()
    assert diff(old, new).differs, why
    assert time.process_time() - started < _ENDLESS, why
