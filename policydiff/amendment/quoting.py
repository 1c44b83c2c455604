"""Words quoted in a decision: each paragraph opens the quote anew, the last one closes it."""

from collections.abc import Sequence

OPEN, CLOSE = "“", "”"


def quoted(lines: Sequence[str]) -> str:
    r"""Return lines as one quote.

    >>> quoted(["第一款。", "第二款。"])
    '“第一款。\n“第二款。”'
    """
    return "\n".join(f"{OPEN}{line}" for line in lines) + CLOSE


def quotable(words: str) -> bool:
    """Return whether words can stand inside an order as a quote: one line, its inner quotes closed in order."""
    depth = 0
    for character in words:
        depth += (character == OPEN) - (character == CLOSE)
        if depth < 0 or character == "\n":
            return False
    return depth == 0 and words == words.strip() and bool(words)
