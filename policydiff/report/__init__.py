"""Results as reports people can send on: pure functions from a value to text or bytes, one renderer a module."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from policydiff.report.outline import Outline
from policydiff.report.page import Page
from policydiff.report.render import Format, RenderOptions, format_for, page_of, render

if TYPE_CHECKING:
    from policydiff.report.results import (
        Blame,
        BlamedClause,
        CitationList,
        DocumentList,
        FoundCitation,
        FoundResponsibility,
        FoundTarget,
        LoggedVersion,
        ResponsibilityList,
        SearchHit,
        SearchHits,
        TargetList,
        VersionLog,
    )

__all__ = [
    "Blame",
    "BlamedClause",
    "CitationList",
    "DocumentList",
    "Format",
    "FoundCitation",
    "FoundResponsibility",
    "FoundTarget",
    "LoggedVersion",
    "Outline",
    "Page",
    "RenderOptions",
    "ResponsibilityList",
    "SearchHit",
    "SearchHits",
    "TargetList",
    "VersionLog",
    "format_for",
    "page_of",
    "render",
]


def __getattr__(name: str) -> Any:
    """Return a kind of list, whose forms are made when a list is asked for."""
    if name in __all__:
        return getattr(import_module(f"{__name__}.results"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
