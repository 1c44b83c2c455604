"""Laws, documents and clauses that a part cites."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from policydiff.lexicon.variants import fold_words
from policydiff.substance.following import Numbering, Reference, references

_TITLE = re.compile(r"《[^《》\n]{1,120}》|[〔\[（(](?:19|20)\d{2}[〕\]）)]第?\d{1,5}号")
_WITHIN = re.compile(
    r"(?:本(?:条|款|法|条例|规定|办法|解释))?(?:前[一二三两]?[条款项]|第[（(]?[一二三四五六七八九十\d]{1,3}[)）]?"
    r"(?:(?:[、和及至]|或者?|、?第)+[（(]?[一二三四五六七八九十\d]{1,3}[)）]?){0,12}[款项目](?:至(?=第))?)+"
)
"""Items and paragraphs of the same article: 前款, 第一、二、三项, 本条第一款第(四)项."""
_OF_THIS = re.compile(r"^第[^条]*[款项目]")


class Cited(NamedTuple):
    """A law, document or clause cited at `text[start:end]`."""

    start: int
    end: int
    key: str
    own: Reference | None
    """The clauses cited, None for a title or number."""


@lru_cache(maxsize=128)
def find_cited(text: str) -> tuple[Cited, ...]:
    """Return what a part cites; items and paragraphs of the same article (第二款) are not told apart from words."""
    return tuple(_cited(text)) if _MAY_CITE.search(text) else ()


_MAY_CITE = re.compile("[《〔第]|号")


def _cited(text: str) -> Iterator[Cited]:
    for match in _TITLE.finditer(text):
        key = fold_words(match[0]).removeprefix("中华人民共和国")
        yield Cited(match.start(), match.end(), key, None)
    for found in references(text):
        if not _OF_THIS.match(found.text):
            yield Cited(found.start, found.start + len(found.text), "".join(found.steps), found)


def find_within(text: str) -> Iterator[Cited]:
    """Yield citations of items and paragraphs of the article a part stands in; they follow every rearrangement."""
    for match in _WITHIN.finditer(text):
        yield Cited(match.start(), match.end(), "", None)


def follows(old: Cited, new: Cited, numbering: Numbering) -> bool:
    """Return whether two citations lead to the same: in the same words, or under the new number of an own clause."""
    if old.key == new.key:
        return True
    if old.own is None or new.own is None or not (old.own.own and new.own.own):
        return False
    if len(old.own.steps) != len(new.own.steps):
        return False
    return all(numbering.leads(one, other) for one, other in zip(old.own.steps, new.own.steps, strict=True))


_Place = tuple[int, int]


def differing_citations(
    old: str, new: str, numbering: Numbering
) -> Iterator[tuple[_Place | None, _Place | None]]:
    """Yield the places of citations of two parts that lead elsewhere or stand on one side alone, paired in order."""
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
    """Return whether a law cited by its title stands in the other text without the marks of a title: 民事诉讼法."""
    title = cited.key
    return (
        cited.own is None and title.endswith(_KINDS_OF_LAW) and f"《{title}》" not in other and title in other
    )


_KINDS_OF_LAW = ("法", "法典", "条例", "办法", "规定", "细则")


def _runs(cited: Sequence[Cited], text: str) -> list[_Place]:
    """Return the places of citations, those joined to each other as one: 民法典第一百四十四条、第一百四十六条."""
    runs: list[_Place] = []
    for found in sorted(cited):
        if runs and _CITED_TOGETHER.fullmatch(text[runs[-1][1] : found.start]):
            runs[-1] = runs[-1][0], found.end
        else:
            runs.append((found.start, found.end))
    return runs


_CITED_TOGETHER = re.compile("、?(?:或者|以及|[或和及与至])?")
