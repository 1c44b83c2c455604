"""Results as reports people can send on: pure functions from a value to text or bytes, one renderer a module."""

from policydiff.report.formats import Format, RenderOptions, format_for
from policydiff.report.outline import Outline
from policydiff.report.page import Page
from policydiff.report.pages import page_of
from policydiff.report.render import render
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
