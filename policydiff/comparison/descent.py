"""Whether a document says of itself that it rests on another."""

from policydiff.lexicon.titles import bare_title
from policydiff.model import CitationRelation, Document

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
