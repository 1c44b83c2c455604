"""Whether two texts of a page differ only by words of the page itself: above the title, behind the end, or declared beside it."""

import re
from difflib import SequenceMatcher

from policydiff.watch.judge.core import (
    ANNEXED,
    CLAUSE,
    COUNTED,
    DATE,
    HEAD,
    core_lines,
    lays_down,
    simplified,
    squeeze,
)

_DECLARED = re.compile(
    r"\|?(?:索引号|(?:法规|文件|信息|政策)(?:名称|标题)|统一编号|登记号|主题词|信息(?:名称|分类|类别)|(?:主题|体裁|组配|法规|文件|公文|效力)(?:分类|类别|类型|种类|层级|级别)|(?:法律)?效力位阶|服务对象"
    r"|(?:发文|发布|制定|公开|印发|颁布|责任)(?:机关|机构|单位|主体|部门)|(?:发文字|文件编|文|令)号|文件编号|(?:成文|发文|发布|公布|公开|生成|印发|施行|实施|生效|失效|废止)(?:日期|时间)"
    r"|(?:是否)?有效(?:性|期|状态)?|时效(?:性|状态)|(?:效力|文件|公文|生效|法规)(?:状态|时效)|issuedby|issuingbody|effectivedate|status)[:：|]{0,2}[^。]{1,60}",
    re.IGNORECASE,
)


def without_declared(lines: list[str], title: str | None) -> list[str]:
    """Return the lines of a page's text without its title and the facts that it declares above the first provision.

    One layout shows them in the block that is read, another outside it; `declared_anew` holds them against the page before.
    """
    first = next((place for place, line in enumerate(lines) if CLAUSE.match(line)), min(len(lines), HEAD))
    wanted = squeeze(title) if title else None
    head = [line for line in lines[:first] if line != wanted and not _DECLARED.fullmatch(simplified(line))]
    return [*head, *lines[first:]]


def restated(old: list[str], new: list[str]) -> bool:
    """Say whether some line of a text says now what it said before in other words: of lines that a parser places nowhere."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if max(len(old), len(new)) > _MOST_DIFFERENT:
        return False
    return any(
        kind == "replace"
        and i2 - i1 == j2 - j1
        and any(
            len(line) >= _LEAST_RESTATED
            and ":" not in line + other
            and not _counts_alone([line], [other])
            and SequenceMatcher(None, line, other, autojunk=False).ratio() >= _ALIKE
            for line, other in zip(old[i1:i2], new[j1:j2], strict=True)
        )
        for kind, i1, i2, j1, j2 in matcher.get_opcodes()
    )


_LEAST_RESTATED = 12
"""Characters of a line of which most are the same as before: shorter ones are the page's."""
_ALIKE = 0.8
"""Likeness beyond which a line is the old one with a word or figure changed."""


def differ_beside(old: list[str], new: list[str]) -> bool:
    """Say whether two texts differ only by lines of the page's own, above the first provision or behind the last.

    For texts without a signature: a statute ends with its last article. Short words that only one side has behind the
    end are the page's; words that both have there, and that differ, must be titles of other documents or the same words
    with another count.
    """
    ends = (_provisions(old), _provisions(new))
    start = next(
        (n for n, (one, other) in enumerate(zip(old, new, strict=False)) if one != other),
        min(len(old), len(new)),
    )
    if max(len(old), len(new)) - start > _MOST_DIFFERENT:
        old_tail, new_tail = old[-_MOST_DIFFERENT:], new[-_MOST_DIFFERENT:]
        if start or old_tail != new_tail:
            return False
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            continue
        sides = ((old[i1:i2], i1, i2, ends[0]), (new[j1:j2], j1, j2, ends[1]))
        is_tail = all(start > last for _, start, _, (_, last) in sides)
        is_head = all(end <= first for _, _, end, (first, _) in sides)
        lines = [line for part, *_ in sides for line in part]
        if not (is_tail or is_head) or not all(_is_beside(line) for line in lines):
            return False
        if _counts_alone(old[i1:i2], new[j1:j2]) or (is_head and _above_title(old[:i2], new[:j2], old, new)):
            continue
        if (
            any(":" in line and not line.endswith("?") for line in lines)
            or is_head
            or (sides[0][0] and sides[1][0] and not all(_TITLE.search(line) for line in lines))
        ):
            return False
    return True


def _above_title(old_head: list[str], new_head: list[str], old: list[str], new: list[str]) -> bool:
    """Say whether two heads end above the title that both texts bear, and are short words of the page's own.

    A number, a date, a kind of document (令, 文件) or a mark above a title belongs to the document.
    """
    after = next((line for line in old[len(old_head) :] if len(line) >= _LEAST_HEADING), "")
    if not _HEADING.search(after) or after not in new[len(new_head) : len(new_head) + 4]:
        return False
    return all(
        len(line) <= _LONGEST_OWN and not _OF_DOCUMENT.search(line)
        for line in {*old_head, *new_head} - {*old_head} & {*new_head}
    )


_LEAST_HEADING = 6
_LONGEST_OWN = 20
"""Characters of a line of the page's own above a title."""
_HEADING = re.compile(
    r"(?:通知|意见|办法|公告|通告|决定|方案|规定|条例|條例|细则|通报|规划|计划|纲要|批复|函|法|指南|标准|制度|规则|章程|措施|清单)(?:[（(].{1,40}[）)])?$"
    r"|(?i:measures|regulation|rules|guidelines|notice|law|act|scheme|plan|opinions?|decision|provisions|order)"
)
_OF_DOCUMENT = re.compile(r"[〔〕\[\]【】（(]|\d{4}|(?:文件|令|公报|号)$|急|密|[:。；]")


def _provisions(lines: list[str]) -> tuple[int, int]:
    """Return the places of the first and the last line that lays something down."""
    first = next((place for place, line in enumerate(lines) if CLAUSE.match(line)), None)
    if first is None:
        first = next((place for place, line in enumerate(lines) if lays_down(line)), 0)
    last = next((place for place in reversed(range(len(lines))) if lays_down(lines[place])), -1)
    return first, max(last, min(2, len(lines) - 1))


def _counts_alone(old: list[str], new: list[str]) -> bool:
    """Say whether lines are the same words with other numbers, and no number of them measures anything."""
    return (
        len(old) == len(new)
        and all(
            _NUMBERS.sub("0", one) == _NUMBERS.sub("0", other) for one, other in zip(old, new, strict=True)
        )
        and not any(_MEASURED.search(line) for line in (*old, *new))
    )


_NUMBERS = re.compile(r"\d[\d,.:]*")
_MEASURED = re.compile(
    r"\d(?:[\d,.]*)(?:元|%|‰|万元|亿|倍|家|名|场|套|项|亩|公里|千?米|吨|年|个?月|日|天|个?工作日|小时|岁|周|级|平方|立方|台|辆|户|件|所|张|册|度|号|期|批)|第\d"
)
_TITLE = re.compile(
    r"关于.{2,}的|(?:通知|意见|办法|公告|通告|决定|方案|规定|条例|细则|解读|问答|图解|读懂|通报|规划|举措|措施)[》」]?$"
)
_MOST_DIFFERENT = 400
"""Lines behind the first difference beyond which two texts do not differ by a few lines of the page."""
_FACT = re.compile(
    r"(?:联系|咨询|监督|举报|投诉|服务)?(?:人|电话|传真|手机|邮箱|地址|邮编|网址|热线)[:：(（]|(?:主办|承办|协办|指导|支持|牵头|责任|组织|参加|实施|监督|解释|主管|审批)(?:单位|部门|机构|机关|主体)"
)
"""Short lines that are facts of a document wherever they stand."""


def _is_beside(line: str) -> bool:
    return (
        len(line) <= 60
        and not any(mark in line for mark in "。；")
        and not line.startswith("|")
        and not CLAUSE.match(line)
        and not ANNEXED.match(line)
        and not DATE.fullmatch(line)
        and not _FACT.search(line)
    )


def is_within(text: str, page: str) -> bool:
    """Say whether a whole page holds a text line by line, and no clause of its own right behind it."""
    wanted = core_lines(text)
    lines = [words for line in page.splitlines() if (words := COUNTED.sub("", squeeze(line)))]
    for place in range(len(lines) - len(wanted) + 1):
        if lines[place : place + len(wanted)] == wanted:
            following = lines[place + len(wanted) : place + len(wanted) + 1]
            return bool(wanted) and not any(CLAUSE.match(line) for line in following)
    return False
