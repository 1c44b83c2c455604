"""Measures that a superior leaves to localities, vague or within a range, and the local words or figures that settle them."""

import re
from functools import lru_cache

from policydiff.lexicon.areas import LEFT_TO_LOCALITY
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.quantities import find_quantities
from policydiff.model import Span
from policydiff.substance.mentions import HALVES
from policydiff.substance.value_differences import CEILINGS


@lru_cache(maxsize=8)
def _left_open(superior: str) -> tuple[re.Match[str], ...]:
    return tuple(LEFT_TO_LOCALITY.finditer(superior))


def settles(superior: str, local: str, old: Span | None, new: Span | None) -> bool:
    """Return whether local words settle a measure that the superior leaves to localities: 标准由各区确定 → 标准为每人5000元."""
    if new is not None and (
        _FORBIDS.match(local, new.start) or _exceeds(superior, local[new.start : new.end])
    ):
        return False
    for left in _left_open(superior):
        told = local
        if new is not None:
            start, end = (new.start, new.end)
            told = HALVES.split(local[:start])[-1] + local[start:end] + HALVES.split(local[end:])[0]
        within = old is None or left.start() - _BESIDE <= old.start <= old.end <= left.end() + _BESIDE
        nouns = [noun for noun in left.groupdict().values() if noun]
        kind = left["of"] or ""  # of 补贴标准 no 收费标准 is one
        of_sum = left[0] not in local and _SUM.search(told) and not _OF_SUMS.isdisjoint(nouns)
        named = of_sum or any(noun in told for noun in nouns)
        if within and named and (kind in told or _ANY_KIND.search(kind)):
            return True
    return new is not None and _fills_in(superior, local, old, new)


def _exceeds(superior: str, words: str) -> bool:
    """Return whether a local figure is above a ceiling that the superior sets, whatever either is counted by: 最高不超过2000元, 每床3000元."""
    ceilings = [each for each in find_quantities(superior) if each.bound in CEILINGS and each.high]
    return any(
        each.low is not None and each.low > ceiling.high and each.unit == ceiling.unit
        for each in find_quantities(words)
        for ceiling in ceilings
    )


_FORBIDS = lazy_pattern("不得|禁止|严禁|不可以")
_OF_SUMS, _SUM = frozenset({"标准", "额度", "金额", "比例"}), lazy_pattern("元|[%％]|百分之")
_ANY_KIND = lazy_pattern("具体|[相有]关|各项|不同|最[高低]|合理|[的其该本]")
"""Words before an open measure that do not state the measured object."""


_BESIDE = 12
"""Characters looked at before an open measure, for its noun (培训补贴的具体标准), and after it."""


def _fills_in(superior: str, local: str, old: Span | None, new: Span) -> bool:
    """Return whether a local figure replaces a vague figure of the superior, with the same words before or after it, or lies within its range."""
    near = [
        text[max(0, place.start - _NEAR) : place.end + _NEAR] if place else ""
        for text, place in ((superior, old), (local, new))
    ]
    if _is_within(*near):
        return True
    beside = local[max(0, new.start - _NEAR) : new.start], local[new.end :][:_NEAR]
    return any(
        vague[0] not in local
        and (old is None or (old.start < vague.end() and vague.start() < old.end))
        and (
            (superior[: vague.start()][-2:] or "。") in beside[0]
            or (superior[vague.end() :][:2] or "。") in beside[1]
        )
        for vague in _VAGUE.finditer(superior)
    )


def _is_within(ranged: str, filled: str) -> bool:
    """Return whether the only figure of its measure in local words lies within the range of the superior: 200元以上2000元以下, 500元."""
    reach, values = ([*find_quantities(words)] for words in (ranged, filled))
    least = [each for each in reach if each.bound == "+" or each.low != each.high]
    most = [each for each in reach if each.bound == "-" or each.low != each.high]
    if len(least) != 1 or len(most) != 1 or least[0].measure is not most[0].measure:
        return False
    alike = [each for each in values if (each.measure, each.per) == (most[0].measure, most[0].per)]
    return (
        len(alike) == 1
        and not alike[0].bound
        and least[0].low <= alike[0].low == alike[0].high <= most[0].high
    )


_VAGUE = lazy_pattern(
    "一批|若干|(?:一定|适当|规定|相应)的?(?:标准|比例|数量|期限|时限|年限|额度|时间)|(?:按照?|依照)规定的?标准"
)
"""A figure that a superior leaves vague: 评选一批, 规定标准, 一定比例."""
_NEAR = 12
"""Characters on either side of a figure in which stand the ends of its range, and the words beside a vague figure."""
