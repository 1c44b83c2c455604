"""Targets side by side: which number of the local document answers which of the superior one, and is it tighter."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from policydiff.comparison.sentences import POSSIBLE
from policydiff.comparison.vectors import character_runs
from policydiff.model import (
    Band,
    SentenceComparison,
    Target,
    TargetChange,
    TargetComparison,
    TargetKind,
)
from policydiff.revision.assignment import assign

_ENOUGH = 0.45
_SAME_METRIC = 0.45
_SAME_VALUE = 0.02
"""Which of two fines of one provision answers another is told by the sum."""
_LESS_IS_MORE = re.compile("不超过|不高于|不得超过|不大于|以内|以下|低于|少于|控制在|小于")
_FLOOR = re.compile("以上|不低于|不少于|不小于|不得低于|不得少于|至少|超过|高于|大于")
_FALL = re.compile("降低|下降|减少|削减|压减|缩短")
_SCALES = {"百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8}
_PLAN = re.compile("十([一二三四五六七八九])五")
_PLAN_END = {digit: 2005 + 5 * place for place, digit in enumerate("〇一二三四五六七八九") if place}
_YEAR = re.compile(r"(?:19|20)\d{2}")
_MONTH = re.compile(r"(?:19|20)\d{2}-(\d{2})")


def target_comparisons(
    local: Sequence[Target], superior: Sequence[Target], sentences: Sequence[SentenceComparison]
) -> tuple[TargetComparison, ...]:
    """Return the targets of both sides: local ones in reading order, then those that only the superior has.

    Two targets answer each other where their metrics are alike, or where they count in one unit and the local
    sentence comes from the superior one; a floor never answers a ceiling. Conditions, fines and grants answer each
    other only where the local sentence may come from the superior one (every fine is named 罚款), and are shown only
    where they have a counterpart: alone they are no target.
    """
    links = _links(sentences)
    scores = {
        (row, column): score
        for row, one in enumerate(local)
        for column, other in enumerate(superior)
        if (score := _likeness(one, other, links)) >= _ENOUGH
    }
    answer = dict(assign(scores))
    compared = []
    for row, one in enumerate(local):
        if row in answer:
            other = superior[answer[row]]
            compared.append(TargetComparison(change=_change(one, other), local=one, superior=other))
        elif one.kind is TargetKind.TARGET:
            compared.append(TargetComparison(change=TargetChange.NEW, local=one))
    answered = set(answer.values())
    compared.extend(
        TargetComparison(change=TargetChange.MISSING, superior=other)
        for column, other in enumerate(superior)
        if column not in answered and other.kind is TargetKind.TARGET
    )
    return tuple(compared)


def _links(sentences: Sequence[SentenceComparison]) -> dict[tuple[str, str], float]:
    """Return how surely a local clause comes from a superior clause."""
    links: dict[tuple[str, str], float] = {}
    for sentence in sentences:
        if sentence.band is Band.UNLIKELY:
            continue
        for rank, source in enumerate(sentence.sources):
            pair = (sentence.clause, source.clause)
            sure = sentence.score if rank == 0 else min(sentence.score, source.score)
            links[pair] = max(sure, links.get(pair, 0.0))
    return links


def _likeness(one: Target, other: Target, links: Mapping[tuple[str, str], float]) -> float:
    first_value, second_value = _scaled(one), _scaled(other)
    if one.kind is not other.kind or first_value[1] != second_value[1] or _bound(one) * _bound(other) < 0:
        return 0.0
    linked = links.get((one.clause, other.clause), 0.0)
    if one.kind is not TargetKind.TARGET and linked < POSSIBLE:
        return 0.0
    likeness = 0.7 * _metric_likeness(one, other) + 0.7 * linked
    if first_value[0] is not None and first_value[0] == second_value[0]:
        likeness += _SAME_VALUE
    first, second = _year(one.deadline), _year(other.deadline)
    if first is not None and second is not None:
        likeness -= 0.005 * min(10.0, abs(first - second))
    return likeness


def _bound(target: Target) -> int:
    """Return 1 for a floor (以上), -1 for a ceiling (不超过), 0 for neither."""
    qualifier = target.qualifier or ""
    if _LESS_IS_MORE.search(qualifier):
        return -1
    return 1 if _FLOOR.search(qualifier) else 0


def _metric_likeness(one: Target, other: Target) -> float:
    """Return the share of common characters and pairs of neighbours of two metrics (Dice)."""
    first, second = character_runs(one.metric), character_runs(other.metric)
    size = sum(first.values()) + sum(second.values())
    return 2 * sum((first & second).values()) / size if size else 0.0


def _change(one: Target, other: Target) -> TargetChange:
    by_value = _compare_values(one, other)
    by_deadline = _compare_deadlines(one, other)
    if by_value == 0 and by_deadline == 0:
        return TargetChange.KEPT
    if one.kind is not TargetKind.TARGET or by_value is None or by_deadline is None:
        return TargetChange.CHANGED
    if _metric_likeness(one, other) < _SAME_METRIC or by_value * by_deadline < 0:
        return TargetChange.CHANGED
    return TargetChange.TIGHTENED if by_value + by_deadline > 0 else TargetChange.RELAXED


def _compare_values(one: Target, other: Target) -> int | None:
    """Return 1 where the local value asks for more, -1 for less, 0 for the same; None where it cannot be said."""
    first, second = _scaled(one)[0], _scaled(other)[0]
    if first is None or second is None:
        return None
    if first == second:
        return 0
    if all(a >= b for a, b in zip(first, second, strict=True)):
        more = 1
    elif all(a <= b for a, b in zip(first, second, strict=True)):
        more = -1
    else:
        return None
    words = f"{one.qualifier or ''}{one.metric}"
    return -more if _LESS_IS_MORE.search(words) and not _FALL.search(words) else more


def _compare_deadlines(one: Target, other: Target) -> int | None:
    """Return 1 where the local deadline is earlier, -1 where it is later, 0 for the same or where both have none."""
    if one.deadline == other.deadline:
        return 0
    first, second = _year(one.deadline), _year(other.deadline)
    if first is None or second is None:
        return None
    return (first < second) - (first > second)


def _scaled(target: Target) -> tuple[tuple[Decimal, Decimal] | None, str]:
    """Return lower and upper value in single units, and the unit without 万 and 亿."""
    unit = target.unit
    factor = 1
    while unit and unit[0] in _SCALES:
        factor *= _SCALES[unit[0]]
        unit = unit[1:]
    low, _, high = target.value.partition("-")
    try:
        return (Decimal(low) * factor, Decimal(high or low) * factor), unit
    except InvalidOperation:
        return None, unit


def _year(deadline: str | None) -> float | None:
    """Return a deadline as a year with the month as its fraction: `2020-06` is 2020.5, “十四五” is 2025."""
    if deadline is None:
        return None
    plan = _PLAN.search(deadline)
    if plan is not None:
        return float(_PLAN_END[plan[1]])
    year = _YEAR.search(deadline)
    if year is None:
        return None
    month = _MONTH.search(deadline)
    return int(year[0]) + (int(month[1]) / 12 if month is not None else 1.0) - (0.0 if month else 1.0)
