"""Passages searched for facts, each with its clause and its place in the extracted text; numbers of standards in them."""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.widths import BLANKS
from policydiff.model import Clause, ClauseKind, Document, Span

_BLANK = lazy_pattern(f"[{BLANKS}]+")
_SOLID = lazy_pattern(f"[^{BLANKS}]+")


class Source:
    """The extracted text, searched without regard to blanks."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._places = array("l")
        for run in _SOLID.finditer(text):
            self._places.extend(range(*run.span()))
        self._solid = _BLANK.sub("", text)

    def locate(self, words: str, start: int = 0, end: int | None = None) -> list[int] | None:
        """Return the place in the text of each character of `words`; None if the words are not there.

        Blanks on either side are ignored, and page furniture may stand between the words of a clause. The
        search covers the text between `start` and `end`.
        """
        solid = _BLANK.sub("", words)
        first = self._index(start)
        last = len(self._solid) if end is None else self._index(end)
        found = self._solid.find(solid, first, last)
        steps = range(found, found + len(solid)) if found >= 0 else self._around_furniture(solid, first, last)
        return None if steps is None else self._spread(words, steps)

    def _index(self, place: int) -> int:
        low, high = 0, len(self._places)
        while low < high:
            middle = (low + high) // 2
            if self._places[middle] < place:
                low = middle + 1
            else:
                high = middle
        return low

    def _around_furniture(self, solid: str, first: int, last: int) -> list[int] | None:
        steps: list[int] = []
        position = first
        for character in solid:
            position = self._solid.find(character, position, last)
            if position < 0:
                return None
            steps.append(position)
            position += 1
        return steps

    def _spread(self, words: str, steps: range | list[int]) -> list[int]:
        """Give blanks of `words` the place after the character before them."""
        places: list[int] = []
        taken = 0
        for character in words:
            if character in BLANKS:
                places.append(places[-1] + 1 if places else self._places[steps[0]] if steps else 0)
            else:
                places.append(self._places[steps[taken]])
                taken += 1
        return places


class Passage:
    """Words of one clause, or of the title or carrier notice (`clause` is then empty)."""

    def __init__(self, words: str, source: Source, clause: str = "", within: Span | None = None) -> None:
        self.words = words
        self.clause = clause
        self.is_title = False
        self._source = source
        self._within = within

    @cached_property
    def _places(self) -> list[int] | None:
        if self._within is None:
            return self._source.locate(self.words)
        start, end = self._within
        return self._source.locate(self.words, start, end)

    @property
    def printed(self) -> str:
        """The clause as the text prints it, with the marks that are no words."""
        return self._source.text[slice(*self._within)] if self._within is not None else self.words

    def span(self, start: int, end: int) -> Span:
        """Return the place of `words[start:end]` (not empty) in the extracted text.

        Where the words do not stand in the text, which a document parsed from another text brings about, the
        place is that of the whole clause.
        """
        places = self._places
        if places is None:
            return self._within or Span(0, 0)
        return Span(places[start], places[end - 1] + 1)

    def indices(self, span: Span) -> tuple[int, int] | None:
        """Return the place in `words` of a span of the extracted text; None if the words are not there."""
        places = self._places
        if places is None:
            return None
        return bisect_left(places, span.start), bisect_left(places, span.end)

    def places_overlap(self, span: Span, start: int) -> bool:
        """Return whether the words at `start` lie inside a place of the extracted text."""
        places = self._places
        return places is not None and span.start <= places[start] < span.end


def passages_of(document: Document, source: Source) -> Iterator[tuple[Passage, Clause | None]]:
    """Yield the passages of a document in reading order: titles, the carrier notice, then its clauses.

    Texts quoted by an amendment are left out: what they cite and demand, the amended document does.
    """
    titles = [document.carrier.title] if document.carrier else []
    for title in dict.fromkeys([*titles, document.title or ""]):
        if title:
            passage = Passage(title, source)
            passage.is_title = True
            yield passage, None
    if document.carrier:
        for line in document.carrier.text.splitlines():
            if line.strip(BLANKS):
                yield Passage(line, source), None
    for clause in _own_clauses(document.clauses):
        if clause.text:
            yield Passage(clause.text, source, clause.id, clause.span), clause


def _own_clauses(clauses: tuple[Clause, ...]) -> Iterator[Clause]:
    waiting = [*reversed(clauses)]
    while waiting:
        clause = waiting.pop()
        if clause.kind is not ClauseKind.QUOTE:
            yield clause
            waiting.extend(reversed(clause.children))


_STANDARD = lazy_pattern(
    r"(?<![A-Za-z])(?:GB|GBJ|GBZ|HJ|JGJ|CJJ|CJ|NY|YY|DB\d{2}|[QT]/[A-Z]{2,8}|JTG|SL|DL|AQ|WS|TSG|MH|GA)(?:\s*/\s*[TZ]|(?<=DB\d\d)\s*/(?=\s*\d))?\s*[A-Z]?\d{1,5}(?:\.\d{1,2})?\s*[—–－-]{1,2}\s*(?:19|20)?\d\d"
    r"|第(?:\d{3}[A-Z]{0,2}|\d{1,4}[A-Z]{1,2})章|第\s*\d{1,3}/(?:19|20)?\d\d(?:/M)?[號号](?:法律|法令|行政法[規规]|[\u4e00-\u9fff]{2,12}?(?:批示|[決决][議议]|命令))"
)
"""Numbers of standards, GB/T 9704—2012, of ordinances of Hong Kong, 第622章, and of laws of Macao, 第3/2016號法律."""
_CHAPTER = lazy_pattern(r"第\d{2,4}[A-Z]{0,2}章")


def _normal_standard(words: str) -> str:
    solid = re.sub(r"[—–－-]+", "-", re.sub(r"\s", "", words))
    return re.sub(
        r"^(?!DB\d\d/\d)(DB\d\d(?:/[TZ])?|[QT]/[A-Z]{2,8}|[A-Z]+(?:/[TZ])?[A-Z]?)(?=\d)", r"\1 ", solid
    )


def standard_in(inner: str) -> str | None:
    """Return the number in brackets after the title of a standard; None if it is no such number."""
    match = _STANDARD.fullmatch(inner.strip()) or _CHAPTER.fullmatch(inner.strip())
    return None if match is None else _normal_standard(match[0])


def find_standards(blanked: str) -> Iterator[tuple[int, int, str]]:
    """Yield the numbers of standards outside titles: GB 5749—2022.

    >>> [number for _, _, number in find_standards("符合GB 5749—2022和GB/T 9704-2012的要求")]
    ['GB 5749-2022', 'GB/T 9704-2012']
    """
    for match in _STANDARD.finditer(blanked):
        yield match.start(), match.end(), _normal_standard(match[0])
