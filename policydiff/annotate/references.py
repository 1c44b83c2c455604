"""References that name no document by its title: 该办法, 本意见, 前款, 本法第十条."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from policydiff.lexicon.wording import Words

_NUMERAL = r"[〇零一二三四五六七八九十百千两\d]{1,7}"
_WORDS = Words("policydiff.annotate", "titles")
_KINDS = "(?: {kinds} | 法(?![律人官院庭治规定制学]) | 计划(?!生育) | 标准(?!化) | 规范(?!性|化) )"
ARTICLE = rf"""
    第 \s*{_NUMERAL}\s* [编章节条] (?:之[一二三四五六七八九十]{{1,2}})?    # 第五十二条之一
    (?:第 \s*{_NUMERAL}\s* 款)?                                            # 第二款
    (?:第 \s*[（(]? {_NUMERAL} [）)]? \s*项)?                              # 第（三）项
    (?:第 \s*{_NUMERAL}\s* 目)?
"""
ARTICLES = re.compile(
    rf"\s*的?\s*({ARTICLE} (?: \s*[、和及或至]\s*(?:第{_NUMERAL}[条款项]|{ARTICLE}) ){{0,12}})", re.VERBOSE
)
_REFERENCE = _WORDS.phrase(
    rf"""
    (?P<self> 本 ) (?P<own> {_KINDS} )                             # 本意见
  | (?<![应活]) (?P<that> 该 | 上述 ) (?P<kind> {_KINDS} )          # 该办法; 应该 is a word
  | (?P<previous> 前 [两三一二]? [条款项] )                         # 前款, 前两项
    """
)


class Referring(NamedTuple):
    """A reference at `words[start:end]`."""

    start: int
    end: int
    kind: str | None
    """Kind of the document meant (办法), None for one inside this document (前款)."""
    is_self: bool
    article: str | None
    """The article named with it, as printed; 前款 itself."""


def find_references(words: str) -> Iterator[Referring]:
    """Yield the references in order; 第…条 after one belongs to it."""
    if not any(mark in words for mark in "本该前") and "上述" not in words:
        return
    for match in _REFERENCE.finditer(words):
        if match["previous"]:
            yield Referring(match.start(), match.end(), None, True, match["previous"])
            continue
        article = ARTICLES.match(words, match.end())
        end = article.end() if article else match.end()
        kind = match["own"] or match["kind"]
        yield Referring(match.start(), end, kind, match["self"] is not None, article[1] if article else None)


class Known:
    """Titles met so far in a document, for what refers back to them."""

    def __init__(self, own_title: str | None) -> None:
        self._own = _bare(own_title) if own_title else ""
        self._titles: list[str] = []
        self._short: dict[str, str] = {}

    def add(self, title: str, short: str | None) -> None:
        """Remember a title and the short form introduced with it."""
        if title not in self._titles:
            self._titles.append(title)
        if short:
            self._short[short] = title

    def resolve_short(self, title: str) -> str | None:
        """Return the full title that 《title》 stands for, `self` for the document's own, None for a full title.

        Unless introduced by 以下简称, a short form stands for the one earlier title that ends with it.
        """
        if title in self._short:
            return self._short[title]
        if len(title) > 6:
            return None
        meant = [known for known in self._titles if known != title and _bare(known).endswith(title)]
        if len(meant) == 1:
            return meant[0]
        if not meant and self._own.endswith(title) and self._own != title:
            return "self"
        return None

    def resolve_kind(self, kind: str) -> str | None:
        """Return the last title met whose kind of document is this."""
        return next((known for known in reversed(self._titles) if _bare(known).endswith(kind)), None)


def _bare(title: str) -> str:
    return re.sub(r"[（(][^（()）]*[)）]$", "", title)
