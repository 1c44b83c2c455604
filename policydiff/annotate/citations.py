"""Documents cited (引用): by title, by number, by article, by reference back."""

import re
from collections.abc import Iterable

from policydiff.annotate.named import Named, find_named, its_own
from policydiff.annotate.passages import Passage
from policydiff.annotate.places import annexes_in, places_at
from policydiff.annotate.references import Known, Referring, find_own_places, find_references
from policydiff.annotate.relations import relation_of
from policydiff.annotate.titles import Title, find_standards, find_titles
from policydiff.annotate.unmarked import find_unmarked
from policydiff.lexicon.number_finding import Number, find_decrees, find_numbers
from policydiff.lexicon.statutes import full_name
from policydiff.model import Citation, CitationRelation

_SENTENCE_END = re.compile(r"[。；;！!？?\n]")
_BLANK = "\u3000"
_MARKS = ("号", "《", "本", "该", "前", "关于", "法", "第", "附", "GB")
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
    numbers.extend(Number(*found) for found in find_standards(blanked))
    for title in titles:
        if known.resolve_short(title.title) is None:
            known.add(title.title, title.short)
    named = [
        name
        for name in ([] if passage.is_title else find_named(blanked, known.names))
        if not any(number.start < name.end and name.start < number.end for number in numbers)
    ]
    references = [
        reference
        for reference in find_references(blanked)
        if (reference.kind is None or reference.article or not (is_statute or reference.is_self))
        and not any(name.start < reference.end and reference.start < name.end for name in named)
    ]
    items: list[Title | Number | Referring | Named] = [*titles, *numbers, *references, *named]
    found: list[Citation] = []
    for item in sorted(items, key=_start):
        if found and passage.places_overlap(found[-1].span, item.start) and not isinstance(item, Title):
            continue
        found.extend(_cited(passage, item, blanked, known))
    taken = [span for citation in found if (span := passage.indices(citation.span)) is not None]
    own = [] if passage.is_title else [*find_own_places(blanked, taken)]
    own.extend(
        Referring(one.start, one.end, None, True, blanked[one.start : one.end], one.places)
        for one in ([] if passage.is_title or passage.clause == "" else annexes_in(blanked))
        if not any(low <= one.start < high for low, high in taken)
    )
    read = (_referring(passage, reference, blanked, known) for reference in own)
    found.extend(citation for citation in read if citation is not None)
    return sorted(found, key=lambda citation: citation.span)


def _cited(
    passage: Passage, item: Title | Number | Referring | Named, blanked: str, known: Known
) -> Iterable[Citation]:
    """Yield the citation that an item gives, and that of 及其实施条例 behind it."""
    carrying = passage.clause == ""
    if isinstance(item, Title):
        yield _titled(passage, item, blanked, known, carrying=carrying)
        behind, name = item.tail, item.title
    elif isinstance(item, Number):
        yield _numbered(passage, item, blanked, carrying=carrying)
        return
    elif isinstance(item, Named):
        yield _named(passage, item, blanked, known)
        behind, name = item.end, item.name
    else:
        citation = _referring(passage, item, blanked, known)
        if citation is not None:
            yield citation
        return
    own = its_own(passage.words, behind)
    if own is not None and name.endswith(("法", "法典")):
        title = f"{name}{own[1]}"
        known.add(title, None)
        yield Citation(
            clause=passage.clause,
            title=title,
            document_number=None,
            relation=_relation(blanked, item.start, own.end(), carrying=False),
            span=passage.span(own.start(1), own.end(1)),
        )


def _named(passage: Passage, item: Named, blanked: str, known: Known) -> Citation:
    """Return the citation of a document named without 《》."""
    resolved = known.full(item.name) or (full_name(item.name) if item.is_statute else None)
    known.add(resolved or item.name, None)
    found = places_at(passage.words, item.end)
    return Citation(
        clause=passage.clause,
        title=item.name,
        document_number=None,
        relation=_relation(blanked, item.start, item.end, carrying=False),
        article=passage.words[found.start : found.end] if found else None,
        places=found.places if found else (),
        resolved=None if resolved == item.name else resolved,
        span=passage.span(item.start, found.end if found else item.end),
    )


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
        places=reference.places,
        resolved=resolved,
        span=passage.span(start, end),
    )


def _titled(passage: Passage, item: Title, blanked: str, known: Known, *, carrying: bool) -> Citation:
    resolved = known.resolve_short(item.title)
    if resolved is None:
        known.add(item.title, item.short)
    found = places_at(passage.words, item.tail)
    return Citation(
        clause=passage.clause,
        title=item.title,
        document_number=item.number,
        relation=_relation(blanked, item.start, item.tail, carrying=carrying),
        article=passage.words[found.start : found.end] if found else None,
        places=found.places if found else (),
        resolved=resolved,
        span=passage.span(item.start, found.end if found else item.tail),
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


def _start(item: Title | Number | Referring | Named) -> int:
    return item.start
