"""What a page says beside the text: facts that it declares of its document, and where a text stands within a page."""

import re
from collections.abc import Mapping
from html import unescape
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from policydiff.extract.decoding import decode
from policydiff.lexicon.document_numbers import DocumentNumber
from policydiff.model import Extraction
from policydiff.watch.judge.core import CLAUSE, HEAD, core_lines, without_own
from policydiff.watch.judge.examples import simplified, squeeze

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
LABELS = frozenset({*_DATES, _STATUS, ISSUER, "发文字号", "标题"})
"""Facts of every document; any other label is that of an annex, or one that the page alone has."""
_HEAD_TITLE = re.compile(rb"<title[^>]{0,200}>[^<]{1,2000}</title", re.IGNORECASE)
_SITE = re.compile(r"\s*[_|｜]\s*|\s(?:[-–—]+|::|[·•])\s|[-–—]+(?=[^-–—]{2,30}$)")
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


def changed_facts(
    old: Extraction, new: Extraction, pages: tuple[bytes, bytes] = (b"", b"")
) -> tuple[FactChange, ...]:
    """Return the declared facts that differ; what only one of the pages declares is no change, but a new status is.

    Args:
        old: The last version's page, read anew.
        new: The page as it is.
        pages: Bytes of both, for the title that a page bears in its head alone.
    """
    before, after = dict(old.metadata), dict(new.metadata)
    changes = [*_status(before, after), *_number(before, after), *_dates(before, after)]
    changes += suffix_change(old.title, new.title) or _renamed_in_head(old.text, *map(_head_title, pages))
    changes += _annexes(dict(_files(old)), dict(_files(new)))
    return tuple(changes)


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


def _head_title(page: bytes) -> str | None:
    found = _HEAD_TITLE.search(page[:65_536])
    if found is None:
        return None
    words = unescape(decode(found[0]).text)
    return _SITE.split(words.partition(">")[2].rpartition("<")[0].strip())[0].strip() or None


def _renamed_in_head(text: str, old: str | None, new: str | None) -> list[FactChange]:
    """Return how the title in a page's head got or lost a suffix: that of the document, not the name of the site behind it."""
    titles = [_SUFFIX.sub("", squeeze(each)) for each in (old, new) if each]
    if not any(title in squeeze(text[:_TITLED]) for title in titles):
        return []
    return suffix_change(old, new)


_TITLED = 2_000
"""Characters of a text within which its title stands."""


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
        r"废止|失效|停止|无效|过期|作废|失去效力|丧失效力|届满|撤销|终止|中止|不再|替代|取代|^否$|repeal|expired|supersede|revoke|rescind|abolish|withdrawn|cancel|suspend|replaced|no ?longer|invalid|lapsed|annulled",
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
        return [FactChange("标题", old, new)]
    return [FactChange("标题", old, new)] if _SUFFIX.fullmatch(rest) else []


def _files(extraction: Extraction) -> list[tuple[str, str]]:
    labels = [squeeze(text) for text, _ in extraction.links]
    return [
        (squeeze(text), target)
        for text, target in extraction.links
        if squeeze(text) and labels.count(squeeze(text)) == 1 and _name(target)
    ]


def _annexes(old: Mapping[str, str], new: Mapping[str, str]) -> list[FactChange]:
    """Return annexes whose link leads to another file than before."""
    return [
        FactChange(label, _name(old[label]), _name(target), is_file=True)
        for label, target in new.items()
        if label in old and _name(old[label]) != _name(target)
    ]


def _name(target: str) -> str:
    parts = urlsplit(target)
    name = unquote(PurePosixPath(parts.path).name)
    if "." in name:
        return name
    return f"{name}?{parts.query}" if parts.query else ""
