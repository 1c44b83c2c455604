"""Web furniture (网页附件).

Lines that belong to a page and not to the document on it, from one list (`furniture.toml`).
"""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.widths import BLANKS

_BLANK = lazy_pattern(f"[{BLANKS}]+")
_LONGEST = 80
"""Characters of the longest line of furniture, blanks aside: longer lines on portals are sentences."""
_MARKS = r"[|｜\[\]【】（）()·/\-—>＞»]{0,4}"
"""What stands between the pieces of one line, and around them."""
_MOST_PIECES = 11
"""Pieces of one line at most, so that a line is read in bounded time; portals print up to nine."""
_LONGEST_STATED = 400
"""The same of what a portal states above a text, a summary of it included."""


class _Patterns(NamedTuple):
    line: re.Pattern[str]
    edge: re.Pattern[str]
    stated: re.Pattern[str]
    footer: re.Pattern[str]
    beside_footer: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    text = files("policydiff.lexicon").joinpath("furniture.toml").read_text("utf-8")
    lists: dict[str, list[str]] = tomllib.loads(text)
    every = {name: "|".join(f"(?:{pattern})" for pattern in patterns) for name, patterns in lists.items()}
    item, beside = every["items"], every["beside"]
    line = f"{_MARKS}(?:(?:(?P<item>{item})|{beside}){_MARKS}){{1,{_MOST_PIECES}}}"
    wanted = (line, every["edges"], every["stated"], every["footers"], every["beside_footers"])
    return _Patterns(*(lazy_pattern(pattern, re.VERBOSE) for pattern in wanted))


def is_furniture(line: str) -> bool:
    """Say whether a line is furniture wherever it stands: a clause that speaks of a counter is none.

    >>> [is_furniture(line) for line in ("【打印本页】【关闭窗口】【字体：大 中 小】", "一、浏览次数应当如实公布。")]
    [True, False]
    """
    words = _BLANK.sub("", line)
    found = _patterns().line.fullmatch(words) if 0 < len(words) <= _LONGEST else None
    return found is not None and found["item"] is not None


def is_stated(line: str) -> bool:
    """Say whether a line is what a portal states of a document above its text: 索引号：某号."""
    words = _BLANK.sub("", line)
    return 0 < len(words) <= _LONGEST_STATED and _patterns().stated.fullmatch(words) is not None


def opens_footer(line: str, *, beside: bool = False) -> bool:
    """Say whether a line is a record or copyright line of a page; what may stand above one, where `beside`.

    Seen below regulations on the pages of ministries and agencies: only the end of a text is asked, since 主办单位：某局
    in its body is a fact of the document.
    """
    words = _BLANK.sub("", line)
    pattern = _patterns().beside_footer if beside else _patterns().footer
    return len(words) <= _LONGEST_STATED and pattern.fullmatch(words) is not None


def kept_lines(lines: Sequence[str]) -> list[bool]:
    """Say of each line of a page's text whether it stays: no furniture, and no line that counts at the edges there."""
    stays = [not is_furniture(line) for line in lines]
    left = [index for index, kept in enumerate(stays) if kept]
    while left and _is_edge(lines[left[0]]):
        stays[left.pop(0)] = False
    in_footer = False
    while left:
        line = lines[left[-1]]
        in_footer = in_footer or opens_footer(line)
        if not (_is_edge(line) or opens_footer(line) or (in_footer and opens_footer(line, beside=True))):
            break
        stays[left.pop()] = False
    return stays


def without_furniture(lines: Sequence[str]) -> list[str]:
    """Return the lines of a page's text without its furniture.

    >>> without_furniture(["首页 > 文件", "第一条 甲。", "主办单位：乙局", "第二条 乙。", "主办单位：丙局", "版权所有 丙局"])
    ['第一条 甲。', '主办单位：乙局', '第二条 乙。']
    """
    return [line for line, stays in zip(lines, kept_lines(lines), strict=True) if stays]


def _is_edge(line: str) -> bool:
    words = _BLANK.sub("", line)
    return not words or (len(words) <= _LONGEST and _patterns().edge.fullmatch(words) is not None)
