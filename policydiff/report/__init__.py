"""Results as reports people can send on: pure functions from a value to text or bytes, one renderer a module."""

from policydiff.report.formats import Format, format_for
from policydiff.report.inputs import ComparisonReport, RevisionReport
from policydiff.report.options import RenderOptions
from policydiff.report.render import render
from policydiff.report.schemas import schema, schemas

__all__ = [
    "ComparisonReport",
    "Format",
    "RenderOptions",
    "RevisionReport",
    "format_for",
    "render",
    "schema",
    "schemas",
]
