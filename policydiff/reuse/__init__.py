"""Where documents of a store come from, who took what from them, and how one clause spread."""

from policydiff.reuse.found import DocumentReuse, DocumentSources
from policydiff.reuse.origin_pages import reuse_page, sources_page
from policydiff.reuse.sourcing import document_sources
from policydiff.reuse.taking import document_reuse

__all__ = [
    "DocumentReuse",
    "DocumentSources",
    "document_reuse",
    "document_sources",
    "reuse_page",
    "sources_page",
]
