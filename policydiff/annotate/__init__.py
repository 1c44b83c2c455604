"""Facts found in a parsed document and kept beside its tree: citations, targets, responsibilities."""

from policydiff.annotate.annotated import annotate

__all__ = ["annotate"]
