"""Two versions of one document: what changed, clause by clause."""

from policydiff.revision.diffing import diff_documents

__all__ = ["diff_documents"]
