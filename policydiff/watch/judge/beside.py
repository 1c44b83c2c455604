"""What a page says beside the text: facts that it declares of its document, and where a text stands within a page."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from policydiff.lexicon.document_numbers import DocumentNumber
from policydiff.watch.judge.core import CLAUSE, HEAD, core_lines, without_own
from policydiff.watch.judge.examples import is_pages_label, simplified, squeeze

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
    return [*filter(None, map(_without_own_cells, head)), *lines[first:]]


def _without_own_cells(line: str) -> str:
    """Return a row of labels and values without those that a page says of itself: |文号|甲|索引号|乙|."""
    cells = line.strip("|").split("|")
    if not line.startswith("|") or len(cells) % 2:
        return line
    pairs = zip(cells[::2], cells[1::2], strict=True)
    return "".join(f"|{label}|{value}" for label, value in pairs if not is_pages_label(label))


def is_within(text: str, page: str) -> bool:
    """Say whether a whole page holds a text line by line, and no clause of its own right behind it."""
    wanted = core_lines(text)
    lines = [words for line in page.splitlines() if (words := without_own(line)[0])]
    for place in range(len(lines) - len(wanted) + 1):
        if lines[place : place + len(wanted)] == wanted:
            following = lines[place + len(wanted) : place + len(wanted) + 1]
            return bool(wanted) and not any(CLAUSE.match(line) for line in following)
    return False


_DATES = ("失效日期", "施行日期", "成文日期")
_DAY = re.compile(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})")
_STATUS = "有效性"
ANNEX = "附件"
ISSUER = "发文机关"
ABOVE, BELOW = "正文上方", "正文下方"
"""Labels of what a page says without a label: above its text, below it."""
TITLE = "标题"
"""Label of a title that got or lost a suffix."""
NAMED = (_STATUS, "发文字号", ISSUER, TITLE, *_DATES[::-1], ABOVE, BELOW)
"""Labels that stand for one thing on every page, in this order in `run_page`."""
LABELS = frozenset({*_DATES, _STATUS, ISSUER, "发文字号", TITLE})
"""Facts of every document; any other label is that of an annex, or one that the page alone has."""
_SITE = re.compile(r"[_|｜]|::|[-–—]+(?=[^-–—]{2,30}$)")
"""What parts the title of a document from the name of its site, blanks aside."""
_SUFFIX = re.compile(
    r"[（(【\[〔](?!\d+[）)】\]〕])[^（）()【】\[\]]{1,40}[）)】\]〕]|试行|暂行|修订(?:版|稿)?|废止|失效|已修改|征求意见稿"
)


class FactChange(NamedTuple):
    """A fact that a page declares otherwise than before."""

    label: str
    old: str
    new: str
    is_file: bool = False
    """Whether it is a file that the page leads to, under the words of its link."""


def declared_changes(
    before: tuple[tuple[str, str], ...],
    after: tuple[tuple[str, str], ...],
    titles: tuple[str | None, str | None],
) -> tuple[FactChange, ...]:
    """Return how the facts that two recorded versions bear differ, annexes that were named with the newer one included."""
    old, new = dict(before), dict(after)
    annexes = [value for label, value in after if label == ANNEX and (label, value) not in before]
    return (
        *_status(old, new),
        *_number(old, new),
        *_issuer(old, new),
        *_dates(old, new),
        *suffix_change(*titles),
        *(
            FactChange(label, "", name, is_file=True)
            for label, _, name in (each.rpartition(" ") for each in annexes)
        ),
    )


def renamed_in_head(old: str, new: str, shown: Iterable[str]) -> list[FactChange]:
    """Return how the title in a page's head got or lost a suffix: that of the document, which the page shows, and not the name of the site behind it."""
    titles = [_SITE.split(each)[0] for each in (old, new)]
    bare = {_SUFFIX.sub("", each) for each in titles if each}
    return suffix_change(*titles) if any(title in words for words in shown for title in bare) else []


def _status(before: Mapping[str, str], after: Mapping[str, str]) -> list[FactChange]:
    old, new = (state_of(facts.get(_STATUS, "")) for facts in (before, after))
    if old == new or not new:
        return []
    if not old and new == "有效":
        return []
    return [FactChange(_STATUS, before.get(_STATUS, "") or "—", after[_STATUS])]


def state_of(words: str) -> str:
    """Return one word for each state that a document can be in, empty where the words say none."""
    return next((state for state, pattern in _STATES.items() if pattern.search(simplified(words))), "")


_STATES = {
    "失效": re.compile(
        r"废止|失效|停止|暂停|暂缓|停用|无效|过期|作废|失去效力|丧失效力|届满|撤销|终止|中止|不再|替代|取代|^否$|repeal|expired|supersede|revoke|rescind|abolish|withdrawn|cancel|suspend|replaced|no ?longer|invalid|lapsed|annulled",
        re.IGNORECASE,
    ),
    "修改": re.compile(r"修改|修订|修正|amended|revised|modified|updated", re.IGNORECASE),
    "未生效": re.compile(r"尚未|未生效|未施行|未实施|not ?yet", re.IGNORECASE),
    "有效": re.compile(r"有效|是|现行|执行|生效|施行|实施|in ?force|effective|valid", re.IGNORECASE),
}
"""The words of each state, looked for in this order: 未生效 holds 生效."""


def _number(before: Mapping[str, str], after: Mapping[str, str]) -> list[FactChange]:
    old, new = before.get("发文字号"), after.get("发文字号")
    first = DocumentNumber.parse(old) if old else None
    second = DocumentNumber.parse(new) if new else None
    if first is None or second is None or first.key == second.key:
        return []
    return [FactChange("发文字号", str(first), str(second))]


def _issuer(before: Mapping[str, str], after: Mapping[str, str]) -> list[FactChange]:
    old, new = before.get(ISSUER), after.get(ISSUER)
    return [FactChange(ISSUER, old, new)] if old and new and squeeze(old) != squeeze(new) else []


def _dates(before: Mapping[str, str], after: Mapping[str, str]) -> list[FactChange]:
    changes = []
    for label in _DATES:
        old, new = (_DAY.search(facts.get(label, "")) for facts in (before, after))
        if old and new and [int(part) for part in old.groups()] != [int(part) for part in new.groups()]:
            changes.append(FactChange(label, before[label], after[label]))
    return changes


def suffix_change(old: str | None, new: str | None) -> list[FactChange]:
    """Return a title that got or lost a suffix such as （试行）; a page that calls itself otherwise is no change."""
    if not old or not new:
        return []
    first, second = squeeze(old), squeeze(new)
    if first == second:
        return []
    longer, shorter = sorted((first, second), key=len, reverse=True)
    if len(shorter) >= 6 and longer.startswith(shorter):
        rest = longer[len(shorter) :]
    else:
        bare = [_SUFFIX.sub("", each) for each in (first, second)]
        if bare[0] != bare[1] or len(bare[0]) < 6:
            return []
        return [FactChange(TITLE, old, new)]
    return [FactChange(TITLE, old, new)] if _SUFFIX.fullmatch(rest) else []
