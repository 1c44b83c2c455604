"""Cross-references that only follow a renumbering: 第十二条 became 第十五条, and so did what was said of it."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from policydiff.lexicon.numerals import CHINESE_DIGITS, clause_number, to_chinese, to_int
from policydiff.lexicon.widths import fold_words, mask_references

_STEP = rf"第[（(]?[{CHINESE_DIGITS}\d]{{1,9}}[）)]?[编章节条款项目](?:之[{CHINESE_DIGITS}]{{1,3}})?"
_CHAIN = re.compile(rf"(?:{_STEP})+")
_PART = re.compile(_STEP)
_JOINED = re.compile(r"[、，和及与或至到]|以及|或者|规定|、?或者?")
_NAME = r"(?:法|法典|条例|办法|规定|解释|决定|细则|章程|规则|公约|协定|意见|方案|通知)"
_BRACKET = r"(?:[（(][^（()）]{0,30}[）)])?"
_THIS_TEXT = re.compile(rf"本{_NAME}{_BRACKET}$")
_OTHER_TEXT = re.compile(rf"(?:》|{_NAME}){_BRACKET}$")
_MOVABLE = "编章节条"


class Numbering(NamedTuple):
    """Where the numbered clauses of a version went: `条` → {"12": {"15"}}."""

    moved: Mapping[str, Mapping[str, frozenset[str]]]

    def leads(self, old: str, new: str) -> bool:
        """Return whether `new` is what `old` cites, under its new number; both are one step (第十二条)."""
        if old == new:
            return True
        kind = old.rstrip("之" + CHINESE_DIGITS)[-1:]
        if kind not in _MOVABLE or kind != new.rstrip("之" + CHINESE_DIGITS)[-1:]:
            return False
        source, target = clause_number(old), clause_number(new)
        return source is not None and target in self.moved.get(kind, {}).get(source, frozenset())


class Reference(NamedTuple):
    """One citation of clauses, with its steps: 第十二条, 第一款."""

    text: str
    steps: tuple[str, ...]
    """In one writing: 第（一）项, 第(一)项 and 第1项 are all 第一项."""
    own: bool
    """Whether it cites the text it stands in."""
    start: int
    """Where it begins in the text."""


def references(text: str) -> Iterator[Reference]:
    """Yield the clause citations of a text in order.

    One that stands beside another citation (刑法第三百三十八条、第三百三十九条) is of the same text as that one.
    """
    end, own = -1, True
    for match in _CHAIN.finditer(text):
        between = text[end : match.start()] if end >= 0 else ""
        if end < 0 or not _JOINED.fullmatch(between):
            before = text[max(0, match.start() - 40) : match.start()]
            own = _THIS_TEXT.search(before) is not None or _OTHER_TEXT.search(before) is None
        end = match.end()
        yield Reference(
            match[0], tuple(_one_step(step) for step in _PART.findall(match[0])), own, match.start()
        )


_STEP_NUMBER = re.compile(rf"[{CHINESE_DIGITS}\d]+(?=[编章节条款项目])")


@lru_cache(maxsize=512)
def _one_step(step: str) -> str:
    """Return a step in one writing: 第10条 and 第十条, 第（一）项 and 第一项."""
    return _STEP_NUMBER.sub(_spoken, fold_words(step))


def _spoken(match: re.Match[str]) -> str:
    value = to_int(match[0])
    return match[0] if value is None or value > _LARGEST else to_chinese(value)


_LARGEST = 9999
"""The largest number `to_chinese` writes."""


def only_follows(old: str, new: str, numbering: Numbering) -> bool:
    """Return whether two texts are the same but for own references that follow the renumbering."""
    if mask_references(fold_words(old)) != mask_references(fold_words(new)):
        return False
    pairs = list(references(old)), list(references(new))
    if len(pairs[0]) != len(pairs[1]):
        return False
    return all(
        one.steps == other.steps or (one.own and other.own and _follows(one, other, numbering))
        for one, other in zip(*pairs, strict=True)
    )


def _follows(one: Reference, other: Reference, numbering: Numbering) -> bool:
    if len(one.steps) != len(other.steps):
        return False
    return all(numbering.leads(old, new) for old, new in zip(one.steps, other.steps, strict=True))
