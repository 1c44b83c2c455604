"""Words of Chinese prose. The segmenter's dictionary takes longer to load than most diffs, so it is loaded on first use."""

from collections.abc import Callable
from functools import cache


def cut(text: str) -> list[str]:
    """Return the words of a text; joined they are the text."""
    return _segmenter()(text)


@cache
def _segmenter() -> Callable[[str], list[str]]:
    import rjieba  # noqa: PLC0415 (clauses without change need no words)

    segment: Callable[[str], list[str]] = rjieba.cut
    return segment
