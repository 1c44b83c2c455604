"""A document against the one it implements: what it adopted, adapted, added and left out."""

from policydiff.comparison.compare import compare_documents

__all__ = ["compare_documents"]
