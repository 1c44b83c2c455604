"""The sentences of a document, each with its place in the tree."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policydiff.comparison.folding import Folded, fold, is_generic_heading
from policydiff.lexicon.sentences import split_sentences
from policydiff.model import Clause, ClauseKind, Document

_GROUPING = frozenset(
    {ClauseKind.ARTICLE, ClauseKind.LEVEL, ClauseKind.MEASURE, ClauseKind.PREFACE, ClauseKind.ANNEX}
)
_DIVISIONS = frozenset({ClauseKind.PART, ClauseKind.CHAPTER, ClauseKind.SECTION})
_ENDED = re.compile(r"[。；;！!？?：:，,、]\W*$")
_AREA = re.compile(
    r"[一-鿿]{1,8}?(?:自治区|自治州|自治县|特别行政区|(?<![城都社园地景郊辖林牧山校库灾])[省市区县州盟旗])"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence as it is compared."""

    clause: str
    """Id of the clause it stands in."""
    text: str
    """As printed."""
    folded: Folded
    heading: bool
    """A heading without a full stop (第二章 监督管理, 二、重点任务)."""
    generic: bool
    """A heading that every document of its genre has (总体要求)."""
    group: int
    """Sentences of one article, or of one numbered measure, bear one number; numbers rise in reading order."""


def units_of(document: Document) -> list[Unit]:
    """Return the sentences of a document's body in reading order; headings are sentences too.

    Tables count row by row. Text quoted by an amendment is left out: it belongs to another document.
    """
    areas = _areas(document)
    units: list[Unit] = []
    group = -1
    last_owner: str | None = None
    for clause, owner in _walk(document.clauses, None):
        for text, heading in _sentences(clause):
            if owner is None or owner != last_owner:
                group += 1
                last_owner = owner
            units.append(
                Unit(clause.id, text, fold(text, areas), heading, heading and is_generic_heading(text), group)
            )
    return units


def _walk(clauses: tuple[Clause, ...], owner: str | None) -> Iterator[tuple[Clause, str | None]]:
    """Yield each clause with the id of the article or measure it belongs to, None for chapter headings."""
    for clause in clauses:
        if clause.kind is ClauseKind.QUOTE:
            continue
        own = clause.id if clause.kind in _GROUPING else owner
        if clause.kind in _DIVISIONS:
            own = None
        yield clause, own
        yield from _walk(clause.children, own)


def _sentences(clause: Clause) -> Iterator[tuple[str, bool]]:
    """Yield the sentences of a clause's own words, each with whether it is a heading without a full stop."""
    text = clause.text
    heading = clause.heading
    start = 0
    if heading and text.startswith(heading) and not _ENDED.search(heading):
        after = text[len(heading) :].lstrip()
        if not after or after[0] not in "。；;！!？?：:，,、":
            yield heading, True
            start = len(heading)
    for begin, end in split_sentences(text[start:]):
        yield text[start + begin : start + end], False


def _areas(document: Document) -> re.Pattern[str] | None:
    """Return a pattern for the names of the document's own area, read from its title and issuing bodies."""
    names = set()
    for source in (document.title or "", *document.issuing_bodies):
        match = _AREA.match(source)
        rest = source
        while match is not None and match.end() > 1:
            name = match[0]
            names.add(name)
            rest = rest[match.end() :]
            match = _AREA.match(rest)
            if match is not None and len(match[0]) > 6:
                break
    if not names:
        return None
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, longest_first)))
