"""A result together with the documents it was made from, which give a report its chapters and headings."""

from policydiff.model import Comparison, Document, RevisionDiff
from policydiff.model.base import Value


class ComparisonReport(Value):
    """A comparison and its two documents.

    A bare `Comparison` can be rendered too: chapters are then known by their ids only.
    """

    comparison: Comparison
    local: Document
    superior: Document


class RevisionReport(Value):
    """A revision diff and its two documents. A bare `RevisionDiff` can be rendered too."""

    diff: RevisionDiff
    old: Document
    new: Document
