"""Cross-references that only follow a renumbering: 第十二条 became 第十五条, and references to it changed likewise."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from policydiff.lexicon.numerals import CHINESE_DIGITS, clause_number, to_chinese, to_int
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.widths import fold_words, mask_references

_STEP = rf"第[（(]?[{CHINESE_DIGITS}\d]{{1,9}}[）)]?[编章节条款项目](?:之[{CHINESE_DIGITS}]{{1,3}})?"
_CHAIN = lazy_pattern(rf"(?:{_STEP})+")
_PART = lazy_pattern(_STEP)
_JOINED = lazy_pattern(r"[、，和及与或至到]|以及|或者|规定|、?或者?")
_NAME = r"(?:法|法典|条例|办法|规定|解释|决定|细则|章程|规则|公约|条约|协定|意见|方案|通知)"
_BRACKET = r"(?:[（(][^（()）]{0,30}[）)])?"
_THIS_TEXT = lazy_pattern(rf"本{_NAME}{_BRACKET}$")
_OTHER_TEXT = lazy_pattern(rf"(?:》|{_NAME}){_BRACKET}$")
_MOVABLE = "编章节条款项"


class Numbering(NamedTuple):
    """The new numbers of the numbered clauses of a version: `条` → {"12": {"15"}}."""

    moved: Mapping[str, Mapping[str, frozenset[str]]]
    ahead: tuple[Mapping[str, int], ...] = ({}, {})
    """For each side, the number of the paragraph and item just before the part: 款 → 2 means that 前款 is paragraph 2."""

    def leads(self, old: str, new: str) -> bool:
        """Return whether `new` cites the clause that `old` cites, by its new number; both are single steps (第十二条)."""
        if old == new:
            return True
        kind = old.rstrip("之" + CHINESE_DIGITS)[-1:]
        if kind not in _MOVABLE or kind != new.rstrip("之" + CHINESE_DIGITS)[-1:]:
            return False
        source, target = clause_number(old), clause_number(new)
        return source is not None and target in self.moved.get(kind, {}).get(source, frozenset())


class Reference(NamedTuple):
    """A citation of clauses, with its steps: 第十二条, 第一款."""

    text: str
    steps: tuple[str, ...]
    """Normalised steps: 第（一）项, 第(一)项 and 第1项 all become 第一项."""
    own: bool
    """Whether the citation is of the text that holds it."""
    start: int
    """Offset of its first character in the text."""


def references(text: str) -> Iterator[Reference]:
    """Yield the clause citations of a text in order.

    A citation right after another (刑法第三百三十八条、第三百三十九条) is of the same text as the first.
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


_STEP_NUMBER = lazy_pattern(rf"[{CHINESE_DIGITS}\d]+(?=[编章节条款项目])")


@lru_cache(maxsize=512)
def _one_step(step: str) -> str:
    """Return a normalised step: 第10条 → 第十条, 第（一）项 → 第一项."""
    return _STEP_NUMBER.sub(_spoken, fold_words(step))


def _spoken(match: re.Match[str]) -> str:
    value = to_int(match[0])
    return match[0] if value is None or value > _LARGEST else to_chinese(value)


_LARGEST = 9999
"""The largest number that `to_chinese` writes."""


def only_follows(
    old: str, new: str, numbering: Numbering, followed: Container[tuple[int, int]] = frozenset()
) -> bool:
    """Return whether two texts differ only in references to their own clauses that follow the renumbering.

    Args:
        old: The earlier text.
        new: The later text.
        numbering: The new numbers of the clauses.
        followed: Starts (in `old`, in `new`) of references known to cite the same item under another number.
    """
    if mask_references(fold_words(old)) != mask_references(fold_words(new)):
        return False
    pairs = list(references(old)), list(references(new))
    if len(pairs[0]) != len(pairs[1]):
        return False
    return all(
        one.steps == other.steps
        or (one.start, other.start) in followed
        or leads_to_same(one, other, numbering)
        for one, other in zip(*pairs, strict=True)
    )


def leads_to_same(one: Reference, other: Reference, numbering: Numbering) -> bool:
    """Return whether two references of a text to its own clauses cite the same clauses, the second by their new numbers."""
    if not (one.own and other.own) or len(one.steps) != len(other.steps):
        return False
    return all(numbering.leads(old, new) for old, new in zip(one.steps, other.steps, strict=True))


_TITLE = lazy_pattern(r"《[^《》\n]{1,120}》|[〔\[（(](?:19|20)\d{2}[〕\]）)] ?第?\d{1,5} ?号")
_WITHIN = lazy_pattern(
    r"(?:本(?:条|款|法|条例|规定|办法|解释))?(?:前[一二三两]?[条款项]|第[（(]?[一二三四五六七八九十\d]{1,3}[)）]?"
    r"(?:(?:[、和及至]|或者?|、?第)+[（(]?[一二三四五六七八九十\d]{1,3}[)）]?){0,12}[款项目](?:至(?=第))?)+"
)
"""Paragraphs and items of the citing article itself: 前款, 第一、二、三项, 本条第一款第(四)项."""
_OF_THIS = lazy_pattern(r"^第[^条]*[款项目]")


_Place = tuple[int, int]


class Cited(NamedTuple):
    """A law, document or clause cited at `text[start:end]`."""

    start: int
    end: int
    key: str
    own: Reference | None
    """The cited clauses; None for a title or document number."""


@lru_cache(maxsize=128)
def find_cited(text: str) -> tuple[Cited, ...]:
    """Return the citations in a part; paragraphs and items of the same article (第二款) are left to `find_within`."""
    return tuple(_cited(text)) if _MAY_CITE.search(text) else ()


_MAY_CITE = lazy_pattern("[《〔第]|号")


def _cited(text: str) -> Iterator[Cited]:
    for match in _TITLE.finditer(text):
        if text[: match.start()].endswith(("本", "该")):
            continue  # 本《指导意见》 is the text itself
        key = fold_words(match[0]).removeprefix("中华人民共和国")
        yield Cited(match.start(), match.end(), key, None)
    for found in references(text):
        if not _OF_THIS.match(found.text):
            yield Cited(found.start, found.start + len(found.text), "".join(found.steps), found)


def find_within(text: str) -> Iterator[Cited]:
    """Yield the citations of paragraphs and items of the citing article, which change with every rearrangement."""
    for match in _WITHIN.finditer(text):
        yield Cited(match.start(), match.end(), "", None)


def differing_within(
    old: str, new: str, numbering: Numbering
) -> Iterator[tuple[_Place | None, _Place | None]]:
    """Yield the places where two parts cite different paragraphs or items of their article (前款 → 前两款), unless these were renumbered so."""
    sides = [
        [each for each in _WITHIN.finditer(text) if not _OF_ARTICLE.search(text, 0, each.start())]
        for text in (old, new)
    ]
    gone, come = list(sides[0]), list(sides[1])
    for one in sides[0]:
        same = next((each for each in come if _same_within(one[0], each[0], numbering)), None)
        if same is not None:
            gone.remove(one)
            come.remove(same)
    left = [each[0] for each in (*gone, *come)]
    mixed = len({"前" in each for each in left}) > 1
    if mixed and not (len(gone) == len(come) == 1 and _cite_others(left[0], left[1], numbering)):
        return  # 前款 may be 第一款, 前两款 may be 第一款、第二款
    for one, other in zip_longest(gone, come):
        before = [_BEFORE.findall(each[0]) for each in (one, other) if each]
        paired = len(before) > 1
        if not paired and (one or other)[0] in {each[0] for each in sides[one is not None]}:
            continue  # it is only said once more, or once less
        known = "款" in numbering.moved and (paired or (all(sides) and not before[0]))
        if known or (paired and not mixed and before[0] != before[1]):
            yield one and one.span(), other and other.span()


_OF_ARTICLE = lazy_pattern(rf"条(?:{_STEP}|[、，和及与或至]|以及|或者)*$")
"""Words before a paragraph number that make it a paragraph of another named article: 第二十八条第一款、第二款."""
_BEFORE = lazy_pattern("前[一二三两]?[条款项]")
_AHEAD = lazy_pattern("前一?[款项]")


def _cite_others(old: str, new: str, numbering: Numbering) -> bool:
    """Return whether 前款 on one side is another paragraph than the number on the other side; without a paragraph before, 前款 is 第一款."""
    said = [_by_number(words, ahead) for words, ahead in zip((old, new), numbering.ahead, strict=True)]
    alike = [_PART.sub("", each.removeprefix("本条")) for each in said]
    kinds = [[step[-1] for step in _PART.findall(each)] for each in said]
    return alike == ["", ""] and kinds[0] == kinds[1] and not _same_within(said[0], said[1], numbering)


def _by_number(words: str, ahead: Mapping[str, int]) -> str:
    """Return the citation with 前款 or 前项 replaced by the number of the preceding paragraph or item: 前款 → 第二款."""
    return _AHEAD.sub(lambda found: f"第{ahead.get(found[0][-1], 1)}{found[0][-1]}", words)


def _same_within(old: str, new: str, numbering: Numbering) -> bool:
    """Return whether two citations of paragraphs or items have the same target, by new numbers if they moved."""
    words = _one_step(old).removeprefix("本条"), _one_step(new).removeprefix("本条")
    steps = [_PART.findall(each) for each in words]
    if words[0] == words[1] or len(steps[0]) != len(steps[1]) or not steps[0]:
        return words[0] == words[1]
    bare = [_PART.sub("", each) for each in words]
    return bare[0] == bare[1] and all(map(numbering.leads, *steps))


def follows(old: Cited, new: Cited, numbering: Numbering) -> bool:
    """Return whether two citations have the same target: by equal words, or by the new number of an own clause."""
    if old.key == new.key:
        return True
    if old.own is None or new.own is None or not (old.own.own and new.own.own):
        return False
    if len(old.own.steps) != len(new.own.steps):
        return False
    return all(numbering.leads(one, other) for one, other in zip(old.own.steps, new.own.steps, strict=True))


def differing_citations(
    old: str, new: str, numbering: Numbering
) -> Iterator[tuple[_Place | None, _Place | None]]:
    """Yield the places of citations that have another target or that only one side has, paired in order."""
    left = list(find_cited(new))
    gone: list[Cited] = []
    for one in find_cited(old):
        equal = next((other for other in left if follows(one, other, numbering)), None)
        if equal is not None:
            left.remove(equal)
        elif not _named(one, new):
            gone.append(one)
    left = [found for found in left if not _named(found, old)]
    yield from zip_longest(_runs(gone, old), _runs(left, new))


def _named(cited: Cited, other: str) -> bool:
    """Return whether the other text names the law cited by title without title marks: 《民事诉讼法》 → 民事诉讼法."""
    title = cited.key
    return (
        cited.own is None and title.endswith(_KINDS_OF_LAW) and f"《{title}》" not in other and title in other
    )


_KINDS_OF_LAW = ("法", "法典", "条例", "办法", "规定", "细则")


def _runs(cited: Sequence[Cited], text: str) -> list[_Place]:
    """Return the places of citations; joined citations are one place: 民法典第一百四十四条、第一百四十六条."""
    runs: list[_Place] = []
    for found in sorted(cited):
        if runs and CITED_TOGETHER.fullmatch(text[runs[-1][1] : found.start]):
            runs[-1] = runs[-1][0], found.end
        else:
            runs.append((found.start, found.end))
    return runs


CITED_TOGETHER = lazy_pattern("、?(?:或者|以及|[或和及与至])?")
