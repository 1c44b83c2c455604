"""Documents cited (引用): by title, by number, by article, by reference back."""

import re
from collections.abc import Iterable

from policydiff.annotate.passages import Passage
from policydiff.annotate.references import ARTICLES, Known, Referring, find_references
from policydiff.annotate.relations import relation_of
from policydiff.annotate.titles import Title, find_titles
from policydiff.annotate.unmarked import find_unmarked
from policydiff.lexicon.number_finding import Number, find_decrees, find_numbers
from policydiff.model import Citation, CitationRelation

_SENTENCE_END = re.compile(r"[。；;！!？?\n]")
_BLANK = "\u3000"
_MARKS = ("号", "《", "本", "该", "前", "关于")
"""One of these stands in every citation."""


def find_citations(
    passages: Iterable[Passage], own_title: str | None, *, is_statute: bool
) -> tuple[Citation, ...]:
    """Return every citation in reading order.

    Args:
        passages: The document's words.
        own_title: Title of the document, so that a short form of it is known as such.
        is_statute: In a statute 该法 without an article is no citation. 本意见 and 本法 without one never are: it is how a
            document speaks of itself.
    """
    known = Known(own_title)
    found: list[Citation] = []
    for passage in passages:
        if any(mark in passage.words for mark in _MARKS):
            found.extend(_in_passage(passage, known, is_statute=is_statute))
    return tuple(found)


def _in_passage(passage: Passage, known: Known, *, is_statute: bool) -> list[Citation]:
    words = passage.words
    marked = find_titles(words)
    blanked = _blank(words, marked)
    unmarked = find_unmarked(words, blanked)
    titles = marked
    if unmarked:
        # a title in the brackets of one without marks is its short form (以下简称《意见》)
        tails = [(title.end, title.tail) for title in unmarked]
        kept = [
            title for title in marked if all(title.start < low or title.end > high for low, high in tails)
        ]
        titles = sorted([*kept, *unmarked])
        blanked = _blank(words, titles)
    numbers = [
        number for number in [*find_numbers(blanked), *find_decrees(blanked)] if number.number[-1] == "号"
    ]
    references = [
        reference
        for reference in find_references(blanked)
        if reference.kind is None or reference.article or not (is_statute or reference.is_self)
    ]
    carrying = passage.clause == ""
    items: list[Title | Number | Referring] = [*titles, *numbers, *references]
    found: list[Citation] = []
    for item in sorted(items, key=_start):
        citation: Citation | None
        if isinstance(item, Title):
            citation = _titled(passage, item, blanked, known, carrying=carrying)
        elif isinstance(item, Number):
            citation = _numbered(passage, item, blanked, carrying=carrying)
        else:
            citation = _referring(passage, item, blanked, known)
        if citation is not None:
            found.append(citation)
    return found


def _numbered(passage: Passage, number: Number, blanked: str, *, carrying: bool) -> Citation:
    return Citation(
        clause=passage.clause,
        title=None,
        document_number=number.number,
        relation=_relation(blanked, number.start, number.end, carrying=carrying),
        span=passage.span(number.start, number.end),
    )


def _referring(passage: Passage, reference: Referring, blanked: str, known: Known) -> Citation | None:
    start, end = reference.start, reference.end
    resolved = "self" if reference.is_self else known.resolve_kind(reference.kind or "")
    if resolved is None:
        return None
    relation = CitationRelation.CITES
    if not reference.is_self:
        relation = _relation(blanked, start, end, carrying=False)
    return Citation(
        clause=passage.clause,
        title=None,
        document_number=None,
        relation=relation,
        article=reference.article,
        resolved=resolved,
        span=passage.span(start, end),
    )


def _titled(passage: Passage, item: Title, blanked: str, known: Known, *, carrying: bool) -> Citation:
    resolved = known.resolve_short(item.title)
    if resolved is None:
        known.add(item.title, item.short)
    article = ARTICLES.match(passage.words, item.tail)
    return Citation(
        clause=passage.clause,
        title=item.title,
        document_number=item.number,
        relation=_relation(blanked, item.start, item.tail, carrying=carrying),
        article=article[1] if article else None,
        resolved=resolved,
        span=passage.span(item.start, article.end() if article else item.tail),
    )


def _relation(blanked: str, start: int, end: int, *, carrying: bool) -> CitationRelation:
    before = re.split(_SENTENCE_END, blanked[max(0, start - 300) : start])[-1]
    after = re.split(_SENTENCE_END, blanked[end : end + 120])[0]
    return relation_of(before.replace(_BLANK, ""), after.replace(_BLANK, ""), carrying=carrying)


def _blank(words: str, titles: list[Title]) -> str:
    """Return `words` with titles and their brackets made blank, length unchanged."""
    pieces: list[str] = []
    position = 0
    for title in titles:
        pieces.append(words[position : title.start])
        pieces.append(_BLANK * (title.tail - title.start))
        position = title.tail
    pieces.append(words[position:])
    return "".join(pieces)


def _start(item: Title | Number | Referring) -> int:
    return item.start
