"""What a page declares of its document outside the text: validity, number, title, dates, and which files its annexes are."""

import re
from collections.abc import Mapping
from html import unescape
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from policydiff.extract.encoding import decode
from policydiff.lexicon.document_numbers import DocumentNumber
from policydiff.model import Extraction
from policydiff.watch.judge.core import squeeze

_DATES = ("失效日期", "施行日期", "成文日期")
_DAY = re.compile(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})")
_STATUS = "有效性"
ANNEX = "附件"
LABELS = frozenset({*_DATES, _STATUS, "发文字号", "标题"})
"""Facts of the document itself; any other label is that of an annex."""
_HEAD_TITLE = re.compile(rb"<title[^>]{0,200}>[^<]{1,2000}</title", re.IGNORECASE)
_SITE = re.compile(r"\s*[_|｜]\s*|\s[-–—]+\s|[-–—](?=[^-–—]{2,30}$)")
_SUFFIX = re.compile(
    r"[（(【\[〔](?!\d+[）)】\]〕])[^（）()【】\[\]]{1,40}[）)】\]〕]|试行|暂行|修订(?:版|稿)?|废止|失效|已修改|征求意见稿"
)


class FactChange(NamedTuple):
    """A fact that a page declares otherwise than before."""

    label: str
    old: str
    new: str


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
    changes += suffix_change(old.title, new.title) or suffix_change(*map(_head_title, pages))
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
        *_dates(old, new),
        *suffix_change(*titles),
        *(FactChange(label, "", name) for label, _, name in (each.rpartition(" ") for each in annexes)),
    )


def _head_title(page: bytes) -> str | None:
    found = _HEAD_TITLE.search(page[:65_536])
    if found is None:
        return None
    words = unescape(decode(found[0]).text)
    return _SITE.split(words.partition(">")[2].rpartition("<")[0].strip())[0].strip() or None


def _status(before: Mapping[str, str], after: Mapping[str, str]) -> list[FactChange]:
    old, new = (state_of(facts.get(_STATUS, "")) for facts in (before, after))
    if old == new or not new:
        return []
    if not old and new == "有效":
        return []
    return [FactChange(_STATUS, before.get(_STATUS, "") or "—", after[_STATUS])]


def state_of(words: str) -> str:
    """Return one word for each state that a document can be in, empty where the words say none."""
    if re.search("废止|失效|停止执行|无效|过期", words):
        return "失效"
    if re.search("修改|修订|修正", words):
        return "修改"
    if re.search("尚未|未生效|未施行", words):
        return "未生效"
    return "有效" if re.search("有效|是|现行|执行", words) else ""


def _number(before: Mapping[str, str], after: Mapping[str, str]) -> list[FactChange]:
    old, new = before.get("发文字号"), after.get("发文字号")
    first = DocumentNumber.parse(old) if old else None
    second = DocumentNumber.parse(new) if new else None
    if first is None or second is None or first.key == second.key:
        return []
    return [FactChange("发文字号", str(first), str(second))]


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
        FactChange(label, _name(old[label]), _name(target))
        for label, target in new.items()
        if label in old and _name(old[label]) != _name(target)
    ]


def _name(target: str) -> str:
    parts = urlsplit(target)
    name = unquote(PurePosixPath(parts.path).name)
    if "." in name:
        return name
    return f"{name}?{parts.query}" if parts.query else ""
