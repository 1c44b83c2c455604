"""How a local provision stands to the one it comes from: same, localised, tightened, loosened, different.

The order of decision: names of place, body and basis are struck first. Then any figure, date, duty, condition, body of
another kind, scope or sanction that is left over decides: tightened or loosened; both ways is different. Else the
provision is localised where striking took something, the same where it did not.
"""

import re
from collections.abc import Iterable, Iterator

from policydiff.lexicon.shortest_edits import common_share
from policydiff.lexicon.widths import fold_words
from policydiff.model import Direction, Dropped, Effect, Genre, Signal, SignalType, Span
from policydiff.substance.classifying import is_exhortation
from policydiff.substance.features import find_cited
from policydiff.substance.offices import find_bodies, strike_places, struck_places
from policydiff.substance.signalling import one_sided, signals_between
from policydiff.substance.weighing import LEAD, NEAR_COPY, OF_SUBSTANCE, SOFT

_SOFT = frozenset(
    {
        SignalType.PART_REMOVED, SignalType.PART_ADDED, SignalType.PARAGRAPH_REMOVED, SignalType.PARAGRAPH_ADDED,
        SignalType.SCOPE, SignalType.DEFINITION, SignalType.BODY, SignalType.REFERENCE,
    }
)  # fmt: skip
"""Types that a district changes in most provisions that it only makes its own (labelled pairs: a half-sentence of no
other type came or went in 29 of 46 localised provisions and in 10 of 23 loosened ones). They are shown; they decide
nothing."""
_TIGHTER = frozenset({Direction.STRICTER, Direction.EARLIER, Direction.HIGHER, Direction.WIDER})
_LOOSER = frozenset({Direction.LOOSER, Direction.LATER, Direction.LOWER, Direction.NARROWER})
_CLOSE = 1.5
"""How much heavier one way must weigh than the other to decide alone."""


def effect(
    superior: str, local: str, *, genre: Genre = Genre.POLICY, signals: Iterable[Signal] | None = None
) -> Effect:
    """Return how a local passage stands to the superior passage it comes from.

    Args:
        superior: The provision of the superior document: every sentence the local one comes from.
        local: The local provision.
        genre: Kind of the local text.
        signals: The result of `local_signals` where it is known already.

    >>> effect("每年检查一次。", "每半年检查一次。").value
    'tightened'
    """
    found = local_signals(superior, local, genre=genre) if signals is None else tuple(signals)
    ways = dict.fromkeys((True, False, None), 0.0)
    for signal in found:
        if _decides(signal):
            ways[_way(signal)] += signal.weight
    if any(ways.values()):
        return _weighed(ways[True], ways[False], ways[None])
    own = _localised(superior, local) or any(_is_example(signal, local) for signal in found)
    return Effect.LOCALISED if own else Effect.SAME


def _decides(signal: Signal) -> bool:
    """Return whether a signal is left over once places, bodies and basis are struck."""
    return signal.weight >= OF_SUBSTANCE and signal.type is not SignalType.REFERENCE


def _is_soft(signal: Signal, superior: str, local: str, *, near: bool) -> bool:
    """Return whether a difference is one that a district makes in most provisions that it only makes its own."""
    if signal.type in _SOFT:
        return not (near and _is_cut(signal, superior, local))
    if near and signal.type is SignalType.DUTY and signal.old and signal.new:
        return False  # 要 → 推动 in the same words
    words = f"{signal.old or ''}{signal.new or ''}"
    if signal.type is SignalType.DUTY and not _DUTY_WORD.search(words):
        return True  # 要加强…: a task of offices, put in other words by every district
    if signal.type is SignalType.PERMISSION and _POWER_USED.search(superior) and signal.new:
        return True  # 可以指定某局组织实施, 某局组织实施: the power was used
    lines = superior.split("\n")
    if len(lines) == 1 or signal.new is not None or signal.old_span is None:
        return False
    whole = superior[slice(*signal.old_span)]
    return any(line.rstrip("。；;") == whole for line in lines)  # other local provisions take it up


def _is_cut(signal: Signal, superior: str, local: str) -> bool:
    """Return whether, of a provision that is copied for the rest, a half-sentence or a member of a list came or went."""
    text, span = (local, signal.new_span) if signal.old is None else (superior, signal.old_span)
    if span is None or (signal.old is not None and signal.new is not None):
        return False
    words = text[span.start : span.end]
    if _is_example(signal, local):
        return False
    if _RESPONSIBLE.search(words) or is_exhortation(words):
        return False
    if signal.type in _PARTS:
        starts = span.start == 0 or text[span.start - 1] in "。；\n"
        return not (starts and len(words) <= LEAD)
    if signal.type is not SignalType.SCOPE or any(find_bodies(words)):
        return False
    before, after = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    return bool(_LISTED.search(before) or _LISTED.match(after) or _LISTED.search(words[:1] + words[-1:]))


def _is_example(signal: Signal, local: str) -> bool:
    """Return whether words only name some of what the superior means: 华东理工、应技大等高校 of 高校."""
    span = signal.new_span
    if span is None or signal.old is not None or not local.startswith("等", span.end):
        return False
    return local[max(0, span.start - 1) : span.start] not in ("、", "和", "及", "或", "与")


_PARTS = frozenset({SignalType.PART_REMOVED, SignalType.PART_ADDED})
_RESPONSIBLE = re.compile(
    "(?:责任|牵头|配合|主管|实施|协办|参与)(?:单位|部门)[：:]|是[^，。；]{0,20}(?:主管|牵头|责任)?(?:部门|机构|单位|主体)$"
)
"""Whose a task is: （责任单位：区民政局）, 市民政部门是养老服务的主管部门."""
_LISTED = re.compile("[、和及或与]")


def _is_near(superior: str, local: str) -> bool:
    """Return whether a local passage is its source copied, names and few words aside."""
    return common_share(fold_words(superior), fold_words(local)) >= NEAR_COPY


_POWER_USED = re.compile("可以?(?:指定|确定|委托|授权|根据实际)")
_DUTY_WORD = re.compile("应当|必须|须|务必|一律|应(?!用|急|对)")


def _weighed(tighter: float, looser: float, other: float) -> Effect:
    """Return the effect by the weight of what goes either way, and of what goes neither."""
    heavier, lighter = max(tighter, looser), min(tighter, looser)
    if heavier == 0 or other > heavier or (lighter and heavier < _CLOSE * lighter):
        return Effect.DIFFERENT
    return Effect.TIGHTENED if tighter > looser else Effect.LOOSENED


def local_signals(superior: str, local: str, *, genre: Genre = Genre.POLICY) -> tuple[Signal, ...]:
    """Return the signals between a superior and a local passage once names of place and level are struck."""
    struck = strike_places(superior), strike_places(local)
    if struck[0] == struck[1]:
        return ()
    near = _is_near(*struck)
    return tuple(
        signal.model_copy(
            update={
                "old": superior[slice(*signal.old_span)] if signal.old_span else None,
                "new": local[slice(*signal.new_span)] if signal.new_span else None,
                "weight": min(signal.weight, SOFT)
                if _is_soft(signal, superior, local, near=near)
                else signal.weight,
            }
        )
        for signal in signals_between(*struck, genre=genre)
    )


def _way(signal: Signal) -> bool | None:
    """Return True where the local text is tighter, False where it is looser, None where that cannot be said."""
    if signal.type in _FIGURES and (signal.new is None or signal.old is None):
        return signal.old is None  # a figure left out binds less, one put in binds more
    if signal.type is SignalType.PERIOD and signal.direction in (Direction.HIGHER, Direction.LOWER):
        return signal.direction is Direction.LOWER  # a shorter time to act asks for more
    if signal.type in _PARTS:
        return signal.old is None  # half a sentence more asks for more
    if signal.direction in _TIGHTER:
        return True
    return False if signal.direction in _LOOSER else None


_FIGURES = frozenset(
    {
        SignalType.AMOUNT, SignalType.PERCENTAGE, SignalType.AREA, SignalType.NUMBER, SignalType.FREQUENCY,
        SignalType.PERIOD, SignalType.DEADLINE,
    }
)  # fmt: skip


def _localised(superior: str, local: str) -> bool:
    """Return whether places, bodies or basis of the local text are its own."""
    if superior == local:
        return False
    return any(set(names(superior)) != set(names(local)) for names in (_places, _cited, _bodies))


def _places(text: str) -> Iterator[str]:
    return (text[start:end] for start, end in struck_places(text))


def _cited(text: str) -> Iterator[str]:
    return (text[found.start : found.end] for found in find_cited(text))


def _bodies(text: str) -> Iterator[str]:
    return (found.key for found in find_bodies(text))


def dropped(source: str, local: str, *, genre: Genre = Genre.POLICY) -> tuple[Dropped, ...]:
    """Return the parts of substance of a source that a local text leaves out, in the order of the source.

    Names of places are no part of substance. `local` may hold several sentences: everything that comes from the source.

    >>> [(each.type.value, each.text) for each in dropped(
    ...     "市级部门应当公开名单，并接受社会监督，不得收取费用。", "区级部门应当公开名单。")]
    [('part_removed', '并接受社会监督'), ('prohibition', '不得收取费用')]
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
