"""Patterns of settings, which may come with a stranger's store, on lines, which come from the web."""

import time

import pytest

from policydiff.errors import UsageError
from policydiff.intake import read_bytes
from policydiff.lexicon.patterns import ForeignPatterns, check_foreign_pattern
from policydiff.model import ReadingRules
from policydiff.settings import Source

_ENDLESS = 20.0
"""Processor seconds: a guard against a pattern without end, and no measure of speed; an accepted pattern takes 0.1 s."""

REFUSED = [
    ("(a+)+$", "a repeat in a repeat"),
    ("(a*)*b", "of nothing, too"),
    (r"(\w+\s?)*$", "words and blanks"),
    ("(?:.*)*x", "everything in everything"),
    ("(a|aa)+$", "one letter in two forms"),
    ("(?:甲|甲乙|乙)*丙", "words that begin alike"),
    ("(a?){50}b", "many that may be missing"),
    ("(.{1,9}){1,99}x", "bounded, and often enough"),
    ("(?=(a+)+b)a", "in a look ahead"),
    ("^(([a-z])+.)+[A-Z]([a-z])+$", "of a well-known list"),
    (r"((?:x+)y?)+?z", "the shortest first"),
    (r"(?:(?:(?:a){2,}b?){2,})+", "three deep"),
    (".*.*.*.*x", "four that take anything"),
    ("a*b*c*d*e*f*", "many in a row"),
    ("(", "no expression"),
    ("a{2,1}", "bounds upside down"),
]
ACCEPTED = [
    (r"浏览次数：\d+", "a counter"),
    (r"^当前位置[:：].*", "crumbs"),
    ("^分享到", "a line of buttons"),
    (r"打印本页|关闭窗口", "one of two"),
    (r"(?:通知|办法|规定)$", "what a title ends with"),
    (r"\d{4}-\d{1,2}-\d{1,2}", "a day"),
    (r"^\s*第\d+页\s*$", "a number of a page"),
    ("[一二三四五六七八九十百]+", "a number in words"),
    (r"(?:\d{4}年){2}", "a fixed number of fixed parts"),
    ("(?i)copyright", "a flag"),
    (r"责任编辑[:：].{0,20}", "a name"),
    (r"^.*来源.*作者.*$", "three that take anything"),
    (r"(?<!不)得", "a look behind"),
    (r"(甲)\1", "a word twice"),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "reason"), REFUSED, ids=[row[1] for row in REFUSED])
def test_a_pattern_that_may_take_time_without_end_is_refused(pattern: str, reason: str) -> None:
    with pytest.raises(ValueError, match=r"no regular expression|without end"):
        check_foreign_pattern(pattern)
    with pytest.raises(ValueError, match=r"no regular expression|without end"):
        Source(name="a", kind="page", url="https://a.example/", ignore_lines=(pattern,))
    with pytest.raises(UsageError):  # a record of a store from elsewhere was never checked as settings
        read_bytes(b"a" * 40, rules=ReadingRules(ignore_lines=(pattern,)))


@pytest.mark.parametrize(("pattern", "reason"), ACCEPTED, ids=[row[1] for row in ACCEPTED])
def test_a_pattern_of_a_page_is_accepted(pattern: str, reason: str) -> None:
    assert check_foreign_pattern(pattern) == pattern, reason
    for line in ("a" * 100_000, "来源作者" * 50_000, "1" * 100_000, " " * 100_000, "一" * 100_000):
        started = time.process_time()
        ForeignPatterns([pattern]).found_in(line)
        assert time.process_time() - started < _ENDLESS


def test_three_repeats_are_accepted_and_four_are_not() -> None:
    check_foreign_pattern("a+b+c+")
    with pytest.raises(ValueError, match="more than 3"):
        check_foreign_pattern("a+b+c+d+")


def test_twenty_times_are_few_and_more_are_many() -> None:
    check_foreign_pattern("(?:[ab]c?){20}")
    with pytest.raises(ValueError, match="in a repeat"):
        check_foreign_pattern("(?:[ab]c?){21}")


def test_only_the_beginning_of_a_line_is_searched() -> None:
    assert ForeignPatterns(["乙"]).found_in("甲" * 299 + "乙")
    assert not ForeignPatterns(["乙"]).found_in("甲" * 300 + "乙")


def test_all_lines_share_one_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 10_000, 2))
    monkeypatch.setattr("policydiff.lexicon.patterns.time.process_time", lambda: float(next(clock)))
    patterns = ForeignPatterns(["x"])
    for _ in range(5):
        patterns.found_in("a")
    with pytest.raises(UsageError, match="took more than 10 seconds"):
        patterns.found_in("a")
