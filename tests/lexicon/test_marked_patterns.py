"""Patterns that are compiled only for texts with one of their marks: every match holds one, proved from how it is written."""

import gc
import pkgutil
import re
from importlib import import_module
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import policydiff
from policydiff.lexicon.patterns import _Pattern, lazy_pattern

_FEW = 40
"""Members of a class that are tried one by one."""


def _loaded() -> list[_Pattern]:
    for found in pkgutil.walk_packages(policydiff.__path__, "policydiff."):
        if found.name.split(".")[1] in {"lexicon", "extract", "parsing", "annotate", "substance", "revision"}:
            import_module(found.name)
    return [each for each in gc.get_objects() if isinstance(each, _Pattern) and each.marks]


def _holds(items: list[tuple[Any, Any]], marks: frozenset[str], run: str, folds: bool) -> bool:  # noqa: C901, PLR0911 (a branch for each part of a pattern)
    """Say whether whatever these parts of a pattern match holds a mark; `run` is what stands directly before them."""
    if any(mark in run for mark in marks):
        return True
    if not items:
        return False
    (code, value), rest = items[0], items[1:]
    name = str(code)
    if name == "LITERAL":
        written = chr(value)
        return _holds(
            rest, marks, "" if folds and written.lower() != written.upper() else run + written, folds
        )
    if name == "SUBPATTERN" and value[1] & re.IGNORECASE:
        return _holds(list(value[3]), marks, run, True) or _holds(rest, marks, "", folds)
    if name == "SUBPATTERN":
        return _holds([*value[3], *rest], marks, run, folds)
    if name == "BRANCH":
        return all(_holds([*branch, *rest], marks, run, folds) for branch in value[1])
    if name == "ASSERT":
        return (value[0] > 0 and _holds(list(value[1]), marks, "", folds)) or _holds(rest, marks, run, folds)
    if name in ("ASSERT_NOT", "AT"):
        return _holds(rest, marks, run, folds)
    if name.endswith("_REPEAT"):
        least, most, repeated = value
        if least and _holds(list(repeated), marks, run, folds):
            return True
        absent = not least and _holds(rest, marks, run, folds)
        return (absent or bool(least) or most == 0) and _holds(rest, marks, "", folds)
    if name == "IN":
        members = _members(value)
        if members is not None and not folds:
            return all(each in marks for each in members) or (
                len(members) <= _FEW and all(_holds(rest, marks, run + each, folds) for each in members)
            )
    return _holds(rest, marks, "", folds)


def _members(value: list[tuple[Any, Any]]) -> list[str] | None:
    members: list[str] = []
    for code, each in value:
        if str(code) == "LITERAL":
            members.append(chr(each))
        elif str(code) == "RANGE" and each[1] - each[0] < 2 * _FEW:
            members += map(chr, range(each[0], each[1] + 1))
        else:
            return None
    return members


def _proved(pattern: Any) -> bool:
    parsed = _parser.parse(pattern.pattern, pattern._flags)
    return _holds(list(parsed), frozenset(pattern.marks), "", bool(parsed.state.flags & re.IGNORECASE))


def test_whatever_a_marked_pattern_matches_holds_one_of_its_marks() -> None:
    patterns = _loaded()
    assert len(patterns) > 30
    assert not [each.pattern[:80] for each in patterns if not _proved(each)]


@pytest.mark.parametrize(
    ("pattern", "marks", "right", "why"),
    [
        ("第.条", "条", True, "a character that stands in it"),
        ("第.条?", "条", False, "it may be absent"),
        ("第.(?:条|款)", "条款", True, "one of both alternatives"),
        ("第.(?:条|款)", "条", False, "the other alternative has no mark"),
        ("(?:决定|决议)$", ("决定", "决议"), True, "words whose beginning is shared"),
        ("(?:决定|决议)$", ("决定",), False, "one of them is no mark"),
        ("甲(?!乙)", "乙", False, "what must not follow stands in no match"),
        ("甲(?=乙)", "乙", True, "what must follow stands in the text"),
        ("[甲乙]丙{0,3}", "甲乙", True, "each member of the class is a mark"),
        ("[甲乙丁]", "甲乙", False, "a member is no mark"),
        ("[^甲]乙+", "乙", True, "once at least"),
        ("乙*丙", "乙", False, "perhaps not at all"),
        ("(?i:ab)", "a", False, "the capital letter is found too"),
        ("(?i:第)条", "第", True, "Chinese has no capitals"),
    ],
)
def test_the_proof_itself(pattern: str, marks: tuple[str, ...] | str, right: bool, why: str) -> None:
    assert _proved(lazy_pattern(pattern, marks=marks)) is right, why


def test_a_marked_pattern_answers_as_a_compiled_one() -> None:
    texts = ("", "无", "第一条 甲，第二条 乙。", "条")
    calls = [
        lambda pattern, text: bool(pattern.match(text)),
        lambda pattern, text: bool(pattern.fullmatch(text)),
        lambda pattern, text: pattern.search(text, 3) and pattern.search(text, 3)[0],
        lambda pattern, text: [each.span() for each in pattern.finditer(text)],
        lambda pattern, text: pattern.findall(text),
        lambda pattern, text: pattern.sub("x", text, count=1),
        lambda pattern, text: pattern.subn("x", text),
        lambda pattern, text: pattern.split(text),
    ]
    for call in calls:
        for text in texts:
            assert call(lazy_pattern("第.条", marks="条"), text) == call(re.compile("第.条"), text)
