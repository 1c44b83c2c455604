"""Words that make a number more or less exact or binding: 左右, 以上, 力争, 不低于."""

import re

from policydiff.annotate.quantities import Quantity, UnitKind
from policydiff.lexicon.wording import Words

_WORDS = Words("policydiff.annotate", "goals")
_BEFORE = _WORDS.phrase("不得? {bounds} | {qualifiers} | 近(?!年|期|日) | 超(?!过) | (?<![不未])满(?!足)")
_AFTER = re.compile(
    r"""
    (?P<noun> [\u4e00-\u9fff]{0,4}? )                     # 100张|床位|及以上
    (?P<word> 左右 | 上下 | [及或（(]? (?: 含\d* [)）]? )? 以[上下内外] | 之内 | 不等 | (?<=[年月日天时])内 )
    """,
    re.VERBOSE,
)
_BINDING = ("力争", "争取", "确保", "原则上", "累计", "年均")
_WAY_BACK = 14
"""How far 不超过 may stand before its number: 不超过项目实际投资的10%."""
_NEAR = 3


def qualifiers_of(words: str, part_start: int, quantity: Quantity) -> tuple[tuple[str, ...], int]:
    """Return the qualifiers of a quantity as printed, in order, and where the last one after it ends."""
    found: list[str] = []
    start = max(part_start, quantity.start - 40)
    for match in _BEFORE.finditer(words, start, quantity.start):
        between = words[match.end() : quantity.start]
        # 力争 governs all things counted after it, but not what is measured of one of them (产值达30亿元)
        is_binding = match[0] in _BINDING and (
            quantity.kind is UnitKind.COUNT or not re.search(r"\d", between)
        )
        reach = _WAY_BACK if match[0][0] in "不最至" else _NEAR
        if is_binding or (len(between) <= reach and not re.search(r"[、\d]", between)):
            found.append(match[0])
    found = [word for word in found if word not in ("累计", "年均")]
    if quantity.is_more:
        found.append("余" if "余" in words[quantity.start : quantity.end] else "多")
    end = quantity.end
    following = _AFTER.match(words, quantity.end)
    if following and not re.search(r"[的和与及为在]", following["noun"]):
        found.append(following["word"].lstrip("（(").rstrip("）)"))
        end = following.end()
    return tuple(dict.fromkeys(found)), end
