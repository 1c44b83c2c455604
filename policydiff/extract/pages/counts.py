"""How many pages a file has, and which of them a message is about."""

from collections.abc import Sequence

from policydiff.errors import UnreadableInputError
from policydiff.extract.limits import Limits

_NAMED = 20


def check_count(pages: int, what: str, limits: Limits) -> None:
    """Refuse a file without pages or with more than the limit.

    Raises:
        UnreadableInputError: if it is one.
    """
    if pages == 0:
        raise UnreadableInputError(f"the {what} holds no pages: it is damaged")
    if pages > limits.pages:
        raise UnreadableInputError(
            f"the {what} has {pages:,} pages, more than the limit of {limits.pages:,}: raise pages or split it"
        )


def named(pages: Sequence[int]) -> str:
    """Return the pages as a message names them.

    Examples:
        >>> named([3]), named([3, 5])
        ('page 3', 'pages 3, 5')
    """
    listed = ", ".join(map(str, pages[:_NAMED])) + (" …" if len(pages) > _NAMED else "")
    return f"page {listed}" if len(pages) == 1 else f"pages {listed}"
