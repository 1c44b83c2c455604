"""What a value is counted by: 500元/人·月, 每人每月500元, 500元每月 and 每平方米补贴10元 are rates."""

import re
from typing import NamedTuple

from policydiff.lexicon.patterns import lazy_pattern

_COUNTED = (
    "平方米|平米|㎡|m2|m²|平方公里|公顷|亩|立方米|千瓦时|千瓦|公里|公斤|千克|人次|车次|学期|学年|季度|小时|课时|学时|年度|床位|"
    "人|名|位|户|家|月|年|季|日|天|周|次|件|套|个|项|吨|度|辆|台|间|座|床|头|只|株|张|所"
)
_BY = rf"(?:{_COUNTED}|km|kW[·.]?h|kw[·.]?h|KW|kW|W|t|kg)"
_RATE_AFTER = lazy_pattern(rf"\s*/\s*[(]?(?P<by>{_BY}(?:[·.•/*、]{_BY}){{0,2}})[)]?")
_EACH = rf"每(?:一|1)?个?(?:{_COUNTED})"
_RATE_BEFORE = lazy_pattern(rf"(?P<each>(?:{_EACH}){{1,3}})(?P<verb>[^，。；、：\d每\n]{{0,6}}?)$")
_RATE_EACH_AFTER = lazy_pattern(rf"(?P<each>(?:{_EACH}){{1,3}})(?=[^一-鿿]|$|的?(?:标准|补|计|收|发|奖|支))")
_BY_UNIT = {"㎡": "平方米", "平米": "平方米", "m2": "平方米", "m²": "平方米", "名": "人", "位": "人", "天": "日", "年度": "年", "季度": "季", "度": "千瓦时",
    "kwh": "千瓦时", "kW·h": "千瓦时", "kWh": "千瓦时", "kW": "千瓦", "KW": "千瓦", "km": "公里", "t": "吨", "kg": "公斤", "千克": "公斤"}  # fmt: skip


class Rate(NamedTuple):
    """What a value is counted by, and where the words that say so stand."""

    per: tuple[str, ...]
    """In order of spelling: 人 and 月 of 500元/人·月."""
    start: int
    end: int
    apart: bool
    """Whether a verb stands between these words and the value (每平方米补贴10元)."""


def rate_of(text: str, start: int, end: int) -> Rate | None:
    """Return the rate of the value at `text[start:end]`, its bounds and currency included; None where it is none."""
    after = _RATE_AFTER.match(text, end) or _RATE_EACH_AFTER.match(text, end)
    if after is not None:
        names = re.split("[·.•/*、]", after["by"]) if "by" in after.re.groupindex else _each(after["each"])
        return Rate(_by(names), end, after.end(), apart=False)
    window = max(0, start - _LONGEST)
    before = _RATE_BEFORE.search(text[window:start])
    if before is None:
        return None
    per = _by(_each(before["each"]))
    return Rate(per, window + before.start("each"), window + before.end("each"), apart=bool(before["verb"]))


_LONGEST = 24
"""Characters before a value in which the words of its rate are looked for."""


def _each(text: str) -> list[str]:
    return [name for name in re.split("每(?:一|1)?个?", text) if name]


def _by(names: list[str]) -> tuple[str, ...]:
    return tuple(sorted({_BY_UNIT.get(name, name) for name in names}))
