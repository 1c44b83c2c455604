"""A result together with the documents it was made from, which give a report its chapters and headings."""

from policydiff.model import (
    Comparison,
    Document,
    PaceComparison,
    PeerComparison,
    RevisionDiff,
    SourcedComparison,
)
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


class SourcedReport(Value):
    """A comparison with several superior documents, and the documents. A bare `SourcedComparison` can be rendered too."""

    comparison: SourcedComparison
    local: Document
    superiors: tuple[Document, ...]
    """In the order of the comparisons."""


class PeerReport(Value):
    """A comparison of peers and their documents. A bare `PeerComparison` can be rendered too."""

    comparison: PeerComparison
    documents: tuple[Document, ...]
    """In the order of the comparison."""
    superior: Document | None = None


class PaceReport(Value):
    """A comparison over time and its documents; a bare `PaceComparison` lacks the superior's words."""

    comparison: PaceComparison
    local: Document
    old_superior: Document
    new_superior: Document
