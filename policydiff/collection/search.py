"""Full-text search over the clauses of a store.

A document number is searched in all its spellings: the search finds the clauses that cite it, and the document with this number.
"""

import heapq
import json
import re
from collections.abc import Iterable, Iterator
from itertools import count
from operator import itemgetter
from typing import NamedTuple

from policydiff.collection.index import Filter, Index, condition
from policydiff.collection.packed_clauses import Clause, holding, searched, unpack
from policydiff.errors import UsageError
from policydiff.intake import refer
from policydiff.lexicon.document_numbers import DocumentNumber, Number, find_decrees, find_numbers, number_key
from policydiff.model import Span
from policydiff.model.base import refuse_half_pairs
from policydiff.model.listed import SearchHit, SearchHits

_TERM = re.compile(r'"([^"]+)"|(\S+)')
_LENGTH = 40
"""Characters added to the length of each clause, about half a sentence: otherwise a heading that consists of
little more than the word would rank above every sentence about it."""
_Found = tuple[float, str, Clause]
"""Rank (the lowest first); id and version, joined by @; clause."""


def search(
    index: Index,
    query: str,
    wanted: Filter | None = None,
    *,
    all_versions: bool = False,
    limit: int = 20,
) -> SearchHits:
    """Return the best clauses that contain all words of a query, and the number of such clauses; a phrase with blanks needs quotation marks.

    Only the newest version of each document is searched, unless `all_versions` is set. Raises UsageError if the query contains no word.
    """
    refuse_half_pairs(query)
    terms = _terms(query)
    index.parse()
    numbers = [_Number.of(index, term) for term in terms if DocumentNumber.parse(term) is not None]
    words = [term for term in terms if DocumentNumber.parse(term) is None]
    where, values = condition(wanted or Filter())
    if not all_versions:
        where += " AND v.version = document.newest"
    for number in numbers:
        where += (
            " AND (v.key IN (SELECT value FROM json_each(?)) OR document.id IN (SELECT value FROM json_each(?))"
            " OR v.key IN (SELECT rowid FROM version_words WHERE version_words MATCH ?))"
        )
        as_printed = holding([searched(number.words)]) or '""'
        values = [*values, json.dumps(sorted(number.citing)), json.dumps(sorted(number.bearing)), as_printed]
    narrowed = holding(words)
    if narrowed:
        where += " AND v.key IN (SELECT rowid FROM version_words WHERE version_words MATCH ?)"
        values = [*values, narrowed]
    # a version that another process enters at this moment has no clauses yet
    rows = index.database.execute(
        "SELECT document.id, v.version, v.key, v.clauses FROM version v"  # noqa: S608 (own words)
        f" JOIN document ON document.id = v.document_id WHERE {where} AND v.clauses IS NOT NULL"
        " ORDER BY document.id, v.version",
        values,
    )
    total = count()
    found = (each for each, _ in zip(_found(rows, words, numbers), total, strict=False))
    best = heapq.nsmallest(limit, found, key=itemgetter(0))  # of equals the first, as they stand
    as_numbers = [each for each in terms if each not in words]
    snapshot = index.store.at(None)
    hits = tuple(
        SearchHit(
            document=refer(*snapshot.resolve(reference)),
            clause=clause,
            label=label,
            text=text,
            spans=tuple(_marks(text, words, as_numbers)),
        )
        for _, reference, (clause, label, text) in best
    )
    return SearchHits(query=query, hits=hits, total=next(total))


class _Number(NamedTuple):
    """A document number that is searched for: where it is cited, and whose it is."""

    words: str
    """As it was asked for."""
    key: str
    """The same for all its spellings."""
    citing: dict[int, frozenset[str]]
    """Key of a version to the ids of its clauses that cite the number; the empty id stands for title and carrier."""
    bearing: frozenset[str]
    """Ids of the documents that bear it."""

    @classmethod
    def of(cls, index: Index, words: str) -> "_Number":
        rows = index.database.execute(
            "SELECT version_key, json_group_array(json_extract(value, '$.clause')) FROM fact"
            " WHERE kind = 'citation' AND number = ? GROUP BY version_key",
            (number_key(words),),
        )
        citing = {key: frozenset(json.loads(clauses)) for key, clauses in rows}
        return cls(words, number_key(words), citing, frozenset(each.id for each in index.find(number=words)))

    def is_told_by(self, document_id: str, key: int, clause: Clause, *, first: bool, alone: bool) -> bool:
        """Return whether a clause cites the number, or belongs to its document; of that, `alone`, the first one does."""
        cited = self.citing.get(key, frozenset())
        if (
            clause[0] in cited
            or (first and "" in cited)
            or (document_id in self.bearing and (first or not alone))
        ):
            return True
        return any(number_key(each.number) == self.key for each in _numbers_in(clause[2]))


def _found(
    rows: Iterable[tuple[str, str, int, bytes]], words: list[str], numbers: list[_Number]
) -> Iterator[_Found]:
    """Yield the clauses that hold all words and numbers, each with its rank: the share of it that the words take up."""
    for document_id, version, key, packed in rows:
        for place, clause in enumerate(unpack(packed)):
            folded = searched(clause[2])
            if all(word in folded for word in words) and all(
                number.is_told_by(document_id, key, clause, first=not place, alone=not words)
                for number in numbers
            ):
                taken = sum(folded.count(word) * len(word) for word in words)
                own = any(document_id in number.bearing for number in numbers)
                yield -taken / (len(folded) + _LENGTH) - own, f"{document_id}@{version}", clause


def _terms(query: str) -> list[str]:
    if DocumentNumber.parse(query.strip('" ')) is not None:
        return [query.strip('" ')]  # 国发 〔2018〕 5 号
    terms = [
        searched((quoted or word).replace("\0", "").replace('"', "")) for quoted, word in _TERM.findall(query)
    ]
    terms = list(dict.fromkeys(term for term in terms if term.strip()))
    if not terms:
        raise UsageError("the search names no word: policydiff search 养老机构")
    return terms


def _numbers_in(text: str) -> Iterator[Number]:
    yield from find_numbers(text)
    yield from find_decrees(text)


def _marks(text: str, words: list[str], numbers: list[str]) -> Iterator[Span]:
    """Yield where the words stand, and the numbers however they are spelt, in reading order, without overlap."""
    folded = searched(text)
    found = []
    if words:
        pattern = re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))
        found = [match.span() for match in pattern.finditer(folded)]
    keys = {number_key(number) for number in numbers}
    if keys:
        found += [(each.start, each.end) for each in _numbers_in(text) if number_key(each.number) in keys]
    end = 0
    for start, stop in sorted(found):
        if start >= end:
            yield Span(start, stop)
            end = stop
