"""Words of which one holds for less, or asks for more, than its counterpart in the same place: 任何单位 and 有关单位."""

import re
from collections.abc import Iterator

from policydiff.model import Direction, Signal, SignalType
from policydiff.substance.alignment import Sides, make_signal

_COUNTERPARTS = (
    (
        SignalType.SCOPE,
        Direction.NARROWER,
        re.compile(
            "(?:任何|各(?!级|自|类|种|项|有关|相关)|每[个名家位])(?=(?!部门|方面|地区|环节)([一-鿿]{2}))"
        ),
        re.compile("(?:有关|相关|部分|个别|少数|特定|指定)(?:的)?(?=([一-鿿]{2}))"),
    ),
    (
        SignalType.CONDITION,
        Direction.STRICTER,
        re.compile("(?=([一-鿿]{2})后)"),
        re.compile("([一-鿿]{2})(?:表决|投票)?通过后"),
    ),
    (
        SignalType.SCOPE,
        Direction.NARROWER,
        re.compile("(?:主要|可以|具体)?(?:包括但不限于|包括)(?=([一-鿿]{2}))"),
        re.compile("(?<!不)(?:仅限于?|限于|只限于?|仅指|仅包括|只包括|仅包含)(?=([一-鿿]{2}))"),
    ),
)
"""Words of which the second ones, beside the same two characters, hold for less or ask for more than the first: any and some,
after a discussion and after its consent, a list that is open and one that is closed."""


def counterparts(sides: Sides) -> Iterator[Signal]:
    """Yield words that took the place of their counterparts beside the same words: 任何单位, 有关单位; 讨论后, 讨论通过后."""
    texts = [part.part.text for part in sides[:2]]
    for kind, way, first, second in _COUNTERPARTS:
        for one, other, turned in ((first, second, False), (second, first, True)):
            old = {match[1]: match.span() for match in one.finditer(texts[0])}
            new = {match[1]: match.span() for match in other.finditer(texts[1])}
            for beside in old.keys() & new.keys():
                if beside in {match[1] for match in other.finditer(texts[0])}:
                    continue  # it stood there before
                yield make_signal(sides, kind, _TURNED[way] if turned else way, old[beside], new[beside])
    yield from _of_own_area(sides)


_OWN = re.compile(
    "本[省市区县镇乡](?=(企业|居民|市民|村民|学生|老年人|老人|单位|车辆|职工|个人|农民|农户|家庭|儿童|公民|毕业生|产品|项目|患者|申请人|投资者|用户|机构))"
)
_GRANTS = re.compile("可以|补贴|补助|奖励|资助|给予|免费|优惠|优先|招收|享受|减免|救助|申请|扶持|发放")


def _of_own_area(sides: Sides) -> Iterator[Signal]:
    """Yield where a benefit is given to those of the own area alone on one side: 企业可以申请, 本市企业可以申请.

    A duty binds nobody outside the area anyway.
    """
    texts = [part.part.text for part in sides[:2]]
    found = [list(_OWN.finditer(text)) for text in texts]
    if (not found[0]) == (not found[1]) or not all(map(_GRANTS.search, texts)):
        return
    own, side = (found[0][0], 1) if found[0] else (found[1][0], 0)
    start = texts[side].find(own[1])
    if start < 0 or texts[side][max(0, start - 2) : start] == own[0]:
        return
    other = start, start + len(own[1])
    way = Direction.WIDER if found[0] else Direction.NARROWER
    places = (own.start(), own.end(1)), other
    yield make_signal(sides, SignalType.SCOPE, way, *(places if found[0] else places[::-1]))


_TURNED = {Direction.NARROWER: Direction.WIDER, Direction.STRICTER: Direction.LOOSER}
