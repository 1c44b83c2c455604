"""Where documents of a store come from, who took what from them, and how one clause spread."""

from policydiff.reuse.bulk import CorpusReuse
from policydiff.reuse.found import DocumentReuse, DocumentSources
from policydiff.reuse.origin_pages import corpus_page, reuse_page, sources_page
from policydiff.reuse.sourcing import document_sources
from policydiff.reuse.spread_found import ClauseSpread, FamilyList
from policydiff.reuse.spread_pages import families_page, spread_page
from policydiff.reuse.spreading import clause_spread
from policydiff.reuse.taking import document_reuse
from policydiff.reuse.templates import families

__all__ = [
    "ClauseSpread",
    "CorpusReuse",
    "DocumentReuse",
    "DocumentSources",
    "FamilyList",
    "clause_spread",
    "corpus_page",
    "document_reuse",
    "document_sources",
    "families",
    "families_page",
    "reuse_page",
    "sources_page",
    "spread_page",
]
