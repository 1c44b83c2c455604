"""Full-text search over the clauses of a store, and the facts found in them."""

import heapq
import re
from collections.abc import Iterable, Iterator
from operator import itemgetter

from policydiff.collection.catalog import Filter, FoundCitation, FoundResponsibility, FoundTarget, Hit
from policydiff.collection.index import Index, condition
from policydiff.collection.packed_clauses import Clause, holding, searched, unpack
from policydiff.errors import UsageError
from policydiff.lexicon.document_numbers import number_key
from policydiff.lexicon.titles import bare_title
from policydiff.model import Citation, Responsibility, Target

_TERM = re.compile(r'"([^"]+)"|(\S+)')
_LENGTH = 40
"""Characters, of half a sentence, added to a clause's own: a heading that is hardly more than the word does not come
before every sentence about it."""
_Found = tuple[float, tuple[str, str, str], Clause]
"""Rank (the lowest first); id, version and title; clause."""


def search(
    index: Index, query: str, wanted: Filter | None = None, *, all_versions: bool = False, limit: int = 20
) -> list[Hit]:
    """Return clauses that hold all words of a query, best first.

    Args:
        index: The index of the store.
        query: Words joined by blanks, all of which must occur; a phrase with blanks stands in quotation marks.
        wanted: Which documents to look into.
        all_versions: Also look into versions that are not the newest of their document.
        limit: Hits at most.

    Raises:
        UsageError: if the query holds no word.
    """
    terms = _terms(query)
    index.parse()
    where, values = condition(wanted or Filter())
    if not all_versions:
        where += " AND v.version = document.newest"
    narrowed = holding(terms)
    if narrowed:
        where += " AND v.key IN (SELECT rowid FROM version_words WHERE version_words MATCH ?)"
        values = [*values, narrowed]
    rows = index.database.execute(
        "SELECT document.id, v.version, document.title, v.clauses FROM version v"  # noqa: S608 (own words)
        f" JOIN document ON document.id = v.document_id WHERE {where} ORDER BY document.id, v.version",
        values,
    )
    best = heapq.nsmallest(
        limit, _found(rows, terms), key=itemgetter(0)
    )  # of equals the first, as they stand
    return [
        Hit(
            id=document_id,
            version=version,
            title=title,
            clause=clause,
            label=label,
            text=text,
            marks=tuple(_marks(searched(text), terms)),
            score=round(-rank, 6),
        )
        for rank, (document_id, version, title), (clause, label, text) in best
    ]


def _found(rows: Iterable[tuple[str, str, str, bytes]], terms: list[str]) -> Iterator[_Found]:
    """Yield the clauses that hold all terms, each with its rank: the share of the clause that the terms take up."""
    for *about, packed in rows:
        for clause in unpack(packed):
            folded = searched(clause[2])
            if all(term in folded for term in terms):
                taken = sum(folded.count(term) * len(term) for term in terms)
                yield -taken / (len(folded) + _LENGTH), (about[0], about[1], about[2]), clause


def _terms(query: str) -> list[str]:
    terms = [
        searched((quoted or word).replace("\0", "").replace('"', "")) for quoted, word in _TERM.findall(query)
    ]
    terms = list(dict.fromkeys(term for term in terms if term.strip()))
    if not terms:
        raise UsageError("the search names no word: policydiff search 养老机构")
    return terms


def _marks(folded: str, terms: list[str]) -> Iterator[tuple[int, int]]:
    """Yield where the terms stand, in reading order, without overlap."""
    pattern = re.compile("|".join(re.escape(term) for term in sorted(terms, key=len, reverse=True)))
    for match in pattern.finditer(folded):
        yield match.span()


def citations(index: Index, wanted: Filter | None = None) -> list[FoundCitation]:
    """Return what the newest versions of the documents meant cite."""
    return [
        FoundCitation(
            id=document_id, version=version, title=title, citation=Citation.model_validate_json(value)
        )
        for document_id, version, title, value in _facts(index, "citation", wanted)
    ]


def citing(index: Index, *, number: str | None, title: str | None) -> list[FoundCitation]:
    """Return the citations in newest versions of a document told by number or title."""
    index.parse()
    rows = index.database.execute(
        "SELECT d.id, v.version, d.title, f.value FROM fact f JOIN version v ON v.key = f.version_key"
        " JOIN document d ON d.id = v.document_id AND d.newest = v.version"
        " WHERE f.kind = 'citation' AND (f.number = ? OR f.bare_title = ?) ORDER BY d.id, f.key",
        (None if number is None else number_key(number), None if title is None else bare_title(title)),
    )
    return [
        FoundCitation(
            id=document_id, version=version, title=found, citation=Citation.model_validate_json(value)
        )
        for document_id, version, found, value in rows
    ]


def targets(index: Index, wanted: Filter | None = None) -> list[FoundTarget]:
    """Return the targets of the newest versions of the documents meant."""
    return [
        FoundTarget(id=document_id, version=version, title=title, target=Target.model_validate_json(value))
        for document_id, version, title, value in _facts(index, "target", wanted)
    ]


def responsibilities(index: Index, wanted: Filter | None = None) -> list[FoundResponsibility]:
    """Return who does what by the newest versions of the documents meant."""
    return [
        FoundResponsibility(
            id=document_id,
            version=version,
            title=title,
            responsibility=Responsibility.model_validate_json(value),
        )
        for document_id, version, title, value in _facts(index, "responsibility", wanted)
    ]


def _facts(index: Index, kind: str, wanted: Filter | None) -> list[tuple[str, str, str, str]]:
    index.parse()
    where, values = condition(wanted or Filter())
    return index.database.execute(
        "SELECT document.id, v.version, document.title, f.value FROM fact f"  # noqa: S608 (own words)
        " JOIN version v ON v.key = f.version_key"
        " JOIN document ON document.id = v.document_id AND document.newest = v.version"
        f" WHERE f.kind = ? AND {where} ORDER BY document.id, f.key",
        [kind, *values],
    ).fetchall()
