"""Words that bound a value (以上, 不少于, 超过, 不满): a floor or a ceiling, with the value itself or without it.

以上, 以下, 以内 hold the value itself; 不满, 超过, 以外 do not (民法典 art. 1259).
"""

import re
from typing import NamedTuple

_NEAR = r"[^，。；、\d一-九]{0,3}$"
_BEFORE = {
    "+": re.compile(
        rf"(?:(?:最低|最少)?不得?(?:少于|低于|小于|短于)|至少|最低|最少|年满|已满|(?<![不未期届年已])满){_NEAR}"
    ),
    ">": re.compile(rf"(?<![不未得])(?:超过|高于|大于|多于|长于){_NEAR}"),
    "-": re.compile(
        rf"(?:(?:最[长高多]|总计|累计)?(?:不得?|未)(?:超过|高于|大于|多于|长于)|最[多高长]|至多){_NEAR}"
    ),
    "<": re.compile(rf"(?:(?<!不)(?<!不得)(?:低于|少于|小于|短于)|不足|[不未]满|不到){_NEAR}"),
}
"""Words before a quantity that bound it, by the sign of the bound."""
_FLOOR_AFTER = re.compile(r"\s*(?:\(含\)|及|或者?)?(?:以上|起(?!草|诉|施|算)|及其以上)")
_CEILING_AFTER = re.compile(r"\s*(?:\(含\)|及|或者?)?(?:以下|以内|之?内(?![部容陆地])|以?之?前)")


class Bound(NamedTuple):
    """The bound of a value, and where the value stands with the words that say so."""

    sign: str
    start: int
    end: int


def bound_of(text: str, start: int, end: int) -> Bound:
    """Return which bound a quantity is, and where it stands with the words that say so."""
    window = max(0, start - 10)
    before = text[window:start]
    leads = next(((sign, found) for sign, words in _BEFORE.items() if (found := words.search(before))), None)
    ends = (("-", _CEILING_AFTER), ("+", _FLOOR_AFTER))
    follows = next(((sign, found) for sign, words in ends if (found := words.match(text, end))), None)
    sign = follows[0] if follows else leads[0] if leads else ""
    return Bound(sign, window + leads[1].start() if leads else start, follows[1].end() if follows else end)
