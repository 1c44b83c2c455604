"""The words of a text that stand in no field and no clause, so that nothing is lost silently."""

from collections.abc import Iterable

from policydiff.lexicon.blanks import despace
from policydiff.model import NotPlaced
from policydiff.parsing.kinds import Kind
from policydiff.parsing.parsing_doubts import Doubts
from policydiff.parsing.typed import Dropped

UNREAD = "unread"
"""Reason of a line that no rule knows a place for."""
HEADLINE = "headline"
"""Reason of a line above the title, as web pages have them."""
_LISTED = frozenset({UNREAD, HEADLINE, str(Kind.PAGE_MARK), str(Kind.WEB), str(Kind.FOOTER)})
"""Reasons that are listed; markup and rules hold no words, and all others went into a field."""


def not_placed(text: str, dropped: Iterable[Dropped], doubts: Doubts) -> tuple[NotPlaced, ...]:
    """Return what was left out of the document, in order; where a line was not read, a warning says how many."""
    left = sorted((one for one in dropped if one.reason in _LISTED), key=lambda one: one.span.start)
    found = [
        NotPlaced(text=despace(text[one.span.start : one.span.end]), span=one.span, reason=one.reason)
        for one in left
    ]
    unread = [one for one in found if one.reason == UNREAD]
    if unread:
        doubts.warn(f"lines in no field and no clause: {len(unread)}", unread[0].span)
    return tuple(found)
