"""Facts found in a parsed document and kept beside its tree: citations, targets, responsibilities."""

from policydiff.annotate.document import annotate

__all__ = ["annotate"]
