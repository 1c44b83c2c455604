"""By when: the points in time that govern the goals after them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from policydiff.annotate.quantities import fold_digits

_WHEN = re.compile(
    r"""
    (?P<lead>[到至] | 截至 | 力争 | 争取 | 确保 | 预计 | 计划)? (?:在|于|用)? \s*
    (?P<year>(?:19|20)\d\d) \s*年 (?P<no>[度版的以])?
    (?: \s*(?P<month>1[0-2]|0?[1-9]) \s*月 (?:\s*\d{1,2}\s*日)? )?
    (?P<part>[上下]半年|[一二三四]季度|年?底|年?末)?
    (?P<before>之?前|以前)?
    (?P<since>以来|以后|起|开始|实施|印发|发布|公布|施行|修订|全年|[至-]|—|－|、|\s*[”》）)])?
  | (?P<plan>[“"]?十[一二三四五六七八]五[”"]?) (?:规划)? (?:期间|时期|末|期末|内)
    """,
    re.VERBOSE,
)
_AND = ("和", "、", "及", "与")
_THIS_CENTURY = 2000
_PAST = re.compile(r"(?:自|从|比|较|按|以|在|于|和|与|对|由|《[^》]*)\s*$")


class Deadline(NamedTuple):
    """A deadline at `words[start:end]`, printed in short: `2020`, `2020-06`, `“十四五”`."""

    start: int
    end: int
    text: str


def find_deadlines(words: str, issued: int | None = None) -> Iterator[Deadline]:
    """Yield the deadlines in order; dates since when (2018年以来) and of documents are none, nor are years gone by.

    Args:
        words: Words of one clause.
        issued: Year of the document, None where it is not known: then only 到, 底 and 前 make a deadline of a year
            of the last century.

    Examples:
        >>> [deadline.text for deadline in find_deadlines("自2018年起，到2020年底，到2025年6月底前，“十四五”期间")]
        ['2020', '2025-06', '“十四五”']
    """
    if "年" not in words and "五" not in words:
        return
    folded = fold_digits(words)
    last_end = -1
    for match in _WHEN.finditer(folded):
        start, end = match.start("lead") if match["lead"] else match.start(), match.end()
        if match["plan"]:
            name = match["plan"].strip('“”"')
            yield Deadline(start, end, f"“{name}”")
            continue
        if match["no"] or match["since"]:
            continue
        year = int(match["year"])
        if year < (issued or 0) or (match["lead"] == "截至" and year <= (issued or year)):
            continue
        is_joined = last_end >= 0 and folded[last_end:start] in _AND
        is_bound = match["lead"] or match["before"] or match["part"] or is_joined
        if not is_bound and (
            _PAST.search(folded, max(0, start - 12), start) or not _opens(folded, start, end)
        ):
            continue
        if not is_bound and issued is None and year < _THIS_CENTURY:
            continue
        month = f"-{int(match['month']):02}" if match["month"] else ""
        half = match["part"] if match["part"] and match["part"][0] in "上下一二三四" else ""
        last_end = end
        yield Deadline(start, end, f"{match['year']}{month}{half}")


def _opens(words: str, start: int, end: int) -> bool:
    """Say whether a bare year opens its sentence or part of it (2021年，完成…)."""
    return (start == 0 or words[start - 1] in "。；;，,：:、（( ") and not words[end : end + 1].isspace()
