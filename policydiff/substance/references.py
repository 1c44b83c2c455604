"""Laws, documents and clauses that a part cites."""

import re
from collections.abc import Iterator
from functools import lru_cache
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
