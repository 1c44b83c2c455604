"""Documents named without 《》: national laws (刑法第一百三十四条之一), and names that the text itself introduces (以下简称水法)."""

import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import NamedTuple

from policydiff.lexicon.statutes import STATE, statutes

_ENDS = re.compile(
    "法典|法|通则|总则|条例|规定|办法|解释|细则|规则|决定|意见|通知|方案|规划|纲要|公约|协定|安排|章程|批复|若干问题"
)
_GOES_ON = re.compile("学|律|院|庭|官|人(?!民法)|治|制(?!定)|定|理(?!解)|规(?!定)|典|盲|网|条文|宣传|制度")
"""What makes another word of a law's name: 民事诉讼法律, 公司法人, 税收法规."""
_AMENDMENT = re.compile(r"修正案\s*(?:[（(][一二三四五六七八九十]{1,3}[）)])?")
_BELOW = re.compile(r"实施(?:条例|细则|办法|规定)")
_ITS_OWN = re.compile(r"\s*[及和与]其\s*(实施(?:条例|细则|办法|规定))")
"""企业所得税法及其实施条例"""
_UNKNOWN = re.compile(
    r"(?:.*(?:根据|依据|依照|按照|违反|适用|参照|比照|符合|触犯|以及|与|和|及|或者|或|对|、|，|。|；|“|修订前的|修订后的|原)|^)"
    r"(?P<name>[^\W\d_本该此同前]{2,20}(?:法典|法|条例|办法|细则|通则))$"
)
"""A law of which neither the list nor the text knows the name (赔偿法第二十六条): its place is not one of this document."""
_GENERIC = frozenset(
    [
        "法",
        "法典",
        "条例",
        "规定",
        "办法",
        "解释",
        "细则",
        "规则",
        "决定",
        "意见",
        "通知",
        "方案",
        "规划",
        "纲要",
        "公约",
        "协定",
        "安排",
        "章程",
        "批复",
        "若干问题",
        "通则",
        "总则",
    ]
)
_NEEDS_PLACE = 2
"""A name of two characters is part of too many words (水法, 契税法 aside) to count without an article behind it."""
_BOUND = frozenset({"刑法", "宪法"})
_LONGEST = 40


class Named(NamedTuple):
    """A name found at `words[start:end]`."""

    start: int
    end: int
    name: str
    is_statute: bool
    """Whether it is a national law, and no name that this text introduced."""


@cache
def _names() -> frozenset[str]:
    return frozenset(statutes())


def find_named(words: str, known: Collection[str]) -> Iterator[Named]:
    """Yield the names in order, the longest where several end alike.

    Args:
        words: Words of a clause, with the titles in 《》 blanked out.
        known: Names that the text introduced, or that it gave in 《》 before.

    Examples:
        >>> [found.name for found in find_named("依照行政处罚法第三条、公司法人和民事诉讼法律", ())]
        ['行政处罚法']
    """
    done = 0
    for end_of_name in _ENDS.finditer(words):
        end = end_of_name.end()
        if end <= done or _GOES_ON.match(words, end):
            continue
        start = _start(words, end, done, known)
        if (
            start is None
            and (unknown := _UNKNOWN.match(words, max(done, end - 60), end))
            and _has_place(words, end)
        ):
            yield Named(unknown.start("name"), end, unknown["name"], is_statute=False)
            done = end
            continue
        if start is None:
            continue
        name = words[start:end]
        bare = name.removeprefix(STATE)
        is_statute = bare in _names() and bare not in known
        if len(bare) <= _NEEDS_PLACE and bare not in _BOUND and not _has_place(words, end):
            continue
        if bare == "宪法" and not (_has_place(words, end) or re.search("(?:根据|依据|依照)$", words[:start])):
            continue
        if bare in _GENERIC and (
            not _has_place(words, end) or words[start - 1 : start] in ("本", "该", "此", "同")
        ):
            continue
        longer = _AMENDMENT.match(words, end) or _BELOW.match(words, end)
        if longer is not None:
            end = longer.end()
        yield Named(start, end, words[start:end], is_statute)
        done = end


def _start(words: str, end: int, low: int, known: Collection[str]) -> int | None:
    for start in range(max(low, end - _LONGEST), end - 1):
        name = words[start:end]
        bare = name.removeprefix(STATE)
        if bare in _names() or bare in known or name in known:
            return start
    return None


def _has_place(words: str, end: int) -> bool:
    return re.match(r"\s*第\s*[（(]?[〇零一二三四五六七八九十百千\d]", words[end : end + 6]) is not None


def its_own(words: str, end: int) -> re.Match[str] | None:
    """Return the match of 及其实施条例 behind a law, None where there is none; group 1 is 实施条例."""
    return _ITS_OWN.match(words, end)
