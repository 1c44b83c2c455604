"""Runs Python's garbage collector less often while a piece of work of bounded size builds many values."""

import contextlib
import gc
import threading
from collections.abc import Iterator

_SELDOM = (20_000, 20, 20)
"""New objects, and rounds of the younger generations, after which the interpreter looks again; 700, 10, 10 by itself."""
_counting = threading.Lock()
_held = 0
_often = gc.get_threshold()


@contextlib.contextmanager
def collecting_seldom() -> Iterator[None]:
    """Run the garbage collector less often while texts are parsed or compared, and as often as before afterwards.

    Documents and results are trees without cycles, so that Python frees them without the collector. Its searches took a
    quarter of the time of an import, and half the time of a diff of ten thousand articles, a share that grows with the
    length of the text. Cycles are still collected, only later, so that memory stays bounded. Calls may be nested and may
    overlap in several threads: the first call saves the old setting, the last one to end restores it.
    """
    global _held, _often  # noqa: PLW0603 (the interpreter has one collector)
    with _counting:
        if not _held:
            _often = gc.get_threshold()
            if _often[0]:  # 0: whoever runs this has switched it off
                gc.set_threshold(*(max(held, seldom) for held, seldom in zip(_often, _SELDOM, strict=True)))
        _held += 1
    try:
        yield
    finally:
        with _counting:
            _held -= 1
            if not _held:
                gc.set_threshold(*_often)
