"""What the terminal says of an amendment carried out: what was done, what was not and why, what is in doubt."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policydiff.model.result import counted, shortened

if TYPE_CHECKING:
    from policydiff.amendment import AppliedAmendment

_SHOWN = 60
"""Characters of an article that a difference shows of each side."""


def told_amendment(result: "AppliedAmendment") -> Iterator[str]:
    """Yield one line for the outcome, and one for each order that was not carried out and each place in doubt."""
    elsewhere = f", {result.elsewhere} for other texts" if result.elsewhere else ""
    yield f"{result.outcome.value}: {counted(len(result.applied), 'instruction')} carried out, {len(result.unapplied)} not{elsewhere}"
    for each in result.unapplied:
        yield f"not carried out: {each.text} ({each.reason})"
    for each in result.doubts:
        yield f"in doubt: {each.text} ({each.reason})" if each.text else f"in doubt: {each.reason}"
    for difference in result.differences or ():
        made, published = shortened(difference.made, _SHOWN), shortened(difference.published, _SHOWN)
        yield f"no order accounts for article {difference.article or '-'}: ordered {made!r}, published {published!r}"
    for order in result.without_change or ():
        yield f"no change of the published text shows this order: {order.text}"
