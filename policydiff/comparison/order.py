"""How two documents stand to each other: whether one names the other as its basis, or they were given the wrong way round."""

from collections.abc import Sequence
from datetime import date
from typing import get_args

from rapidfuzz.fuzz import ratio

from policydiff.lexicon.titles import bare_title
from policydiff.model import (
    CitationRelation,
    Document,
    Level,
    OrderDoubt,
    Relation,
    SentenceComparison,
    SentenceKind,
)

_RESTS_ON = frozenset({CitationRelation.BASIS, CitationRelation.IMPLEMENTS})
_STATE = "中华人民共和国"
"""Part of the full title of a law, which citations often leave out."""


def rests_on(local: Document, superior: Document) -> bool:
    """Return whether `local` names `superior`, by number or title, as its basis or as what it carries out.

    根据《优化营商环境条例》 and 为贯彻落实《…若干意见》（沪府发〔2018〕25号） do; a mention in passing does not.
    """
    number = superior.document_number
    title = _bare(superior.title)
    return any(
        citation.relation in _RESTS_ON
        and (
            (number is not None and citation.document_number == number)
            or (title != "" and _bare(citation.title) == title)
        )
        for citation in local.citations
    )


def _bare(title: str | None) -> str:
    return bare_title(title or "").removeprefix(_STATE)


_HEIGHT = {level: -place for place, level in enumerate(get_args(Level))}
_SAME_TITLE = 92.0
"""Likeness of two titles, dates and 试行 left aside, from which on they are one: 管理办法 and 管理办法（试行） are, 管理办法
and 管理规定 of one subject (80 to 90) are not."""
_MOSTLY_SHARED = 0.6
"""Share of sentences in common that two texts of one title and issuer have at least as versions of one document: a district's
own revision of a borrowed rule had 0.7, two plans of following years 0.4."""


def order_doubt(
    local: Document, superior: Document, sentences: Sequence[SentenceComparison]
) -> OrderDoubt | None:
    """Return what speaks against reading the first document as the local one, None where nothing does.

    Signs that outweigh the order given: the second names the first as its basis; its issuer stands lower; at equal level
    and without citation, nothing is said, for documents of one level implement each other too.
    """
    if _are_versions(local, superior, sentences):
        return OrderDoubt.VERSIONS
    if rests_on(local, superior):
        return None
    if rests_on(superior, local):
        return OrderDoubt.SWAPPED
    if local.level is not None and superior.level is not None:
        return OrderDoubt.SWAPPED if _HEIGHT[local.level] > _HEIGHT[superior.level] else None
    first, second = _issued(local), _issued(superior)
    if first is not None and second is not None and first < second and _none_level_known(local, superior):
        return OrderDoubt.SWAPPED
    return None


def _none_level_known(local: Document, superior: Document) -> bool:
    """Return whether the issuers tell nothing, so that the dates are all there is."""
    return (
        local.level is None
        and superior.level is None
        and bool(local.issuing_bodies or superior.issuing_bodies)
    )


def _issued(document: Document) -> date | None:
    return document.dates.issued or document.dates.adopted


def _are_versions(local: Document, superior: Document, sentences: Sequence[SentenceComparison]) -> bool:
    """Return whether title and issuer are one, or title and most words: a revision, not an implementation."""
    one, other = _title(local), _title(superior)
    if not one or not other or ratio(one, other) < _SAME_TITLE:
        return False
    bodies, others = set(local.issuing_bodies), set(superior.issuing_bodies)
    if bodies and others:
        return bool(bodies & others)
    if local.jurisdiction != superior.jurisdiction:
        return False
    counted = [sentence for sentence in sentences if sentence.kind is SentenceKind.SENTENCE]
    same = sum(sentence.relation is Relation.VERBATIM for sentence in counted)
    return same >= _MOSTLY_SHARED * max(1, len(counted))


def _title(document: Document) -> str:
    return bare_title(document.title or "")
