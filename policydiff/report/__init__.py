"""Results as reports people can send on: pure functions from a value to text or bytes, one renderer a module."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from policydiff.report.formats import (
    Format as Format,
    RenderOptions as RenderOptions,
    format_for as format_for,
)
from policydiff.report.outline import Outline as Outline
from policydiff.report.page import Page as Page
from policydiff.report.render import page_of as page_of, render as render

if TYPE_CHECKING:
    from policydiff.report.results import (
        Blame as Blame,
        BlamedClause as BlamedClause,
        CitationList as CitationList,
        DocumentList as DocumentList,
        FoundCitation as FoundCitation,
        FoundResponsibility as FoundResponsibility,
        FoundTarget as FoundTarget,
        LoggedVersion as LoggedVersion,
        ResponsibilityList as ResponsibilityList,
        SearchHit as SearchHit,
        SearchHits as SearchHits,
        TargetList as TargetList,
        VersionLog as VersionLog,
    )


def __getattr__(name: str) -> Any:
    """Return a kind of list, whose forms are made when a list is asked for."""
    if name[0].isupper() and hasattr(results := import_module(f"{__name__}.results"), name):
        return getattr(results, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
