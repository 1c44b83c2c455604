"""Results as reports people can send on: pure functions from a value to text or bytes, one renderer a module."""

from policydiff.report.formats import Format, format_for
from policydiff.report.inputs import (
    ComparisonReport,
    PaceReport,
    PeerReport,
    RevisionReport,
    SourcedReport,
)
from policydiff.report.lists import (
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
from policydiff.report.options import RenderOptions
from policydiff.report.outline import Outline
from policydiff.report.render import render

__all__ = [
    "Blame",
    "BlamedClause",
    "CitationList",
    "ComparisonReport",
    "DocumentList",
    "Format",
    "FoundCitation",
    "FoundResponsibility",
    "FoundTarget",
    "LoggedVersion",
    "Outline",
    "PaceReport",
    "PeerReport",
    "RenderOptions",
    "ResponsibilityList",
    "RevisionReport",
    "SearchHit",
    "SearchHits",
    "SourcedReport",
    "TargetList",
    "VersionLog",
    "format_for",
    "render",
]
