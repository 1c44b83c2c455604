"""What of a source another text leaves out: half-sentences, items, whole sentences of substance."""

from policydiff.model import Dropped, Genre, Span
from policydiff.substance.localising import strike_places
from policydiff.substance.signalling import one_sided
from policydiff.substance.thresholds import OF_SUBSTANCE


def dropped(source: str, local: str, *, genre: Genre = Genre.POLICY) -> tuple[Dropped, ...]:
    """Return the parts of substance of a source that a local text leaves out, in the order of the source.

    Names of places are no part of substance. `local` may hold several sentences: everything that comes from the source.

    >>> [(each.type.value, each.text) for each in dropped(
    ...     "市级部门应当公开名单，并接受社会监督，不得收取费用。", "区级部门应当公开名单。")]
    [('prohibition', '并接受社会监督，不得收取费用')]
    """
    found = one_sided(strike_places(source), strike_places(local), genre=genre, comes=False)
    places: dict[Span, Dropped] = {}
    for signal in found:
        if signal.old_span is not None and signal.weight >= OF_SUBSTANCE:
            text = source[signal.old_span.start : signal.old_span.end]
            # of a whole line its content is named last, and says more than that a line is gone
            places[signal.old_span] = Dropped(
                type=signal.type, text=text, span=signal.old_span, weight=signal.weight
            )
    return tuple(places.values())
