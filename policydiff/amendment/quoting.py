"""Words quoted in a decision: each paragraph opens the quote anew, the last one closes it."""

from collections.abc import Sequence

OPEN, CLOSE = "“", "”"


def quoted(lines: Sequence[str]) -> str:
    r"""Return lines as one quote.

    >>> quoted(["第一款。", "第二款。"])
    '“第一款。\n“第二款。”'
    """
    return "\n".join(f"{OPEN}{inner(line)}" for line in lines) + CLOSE


def inner(line: str) -> str:
    """Return words as they stand inside a quote: their own quotes get the inner marks.

    >>> inner("“三个代表”重要思想")
    '‘三个代表’重要思想'
    """
    if "‘" in line or "’" in line or not quotable(line):
        return line
    return line.replace(OPEN, "‘").replace(CLOSE, "’")


def quotable(words: str) -> bool:
    """Return whether words can stand inside an order as a quote: one line, its inner quotes closed in order."""
    depth = 0
    for character in words:
        depth += (character == OPEN) - (character == CLOSE)
        if depth < 0 or character == "\n":
            return False
    return depth == 0 and words == words.strip() and bool(words)
