"""Lists of texts that are all repealed, or all kept in force: 对以下文件予以废止：, 附件1 继续有效文件目录; with or without 《》, as lines or table rows."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from policydiff.annotate.cited_titles import find_titles
from policydiff.annotate.endings import kept_for
from policydiff.lexicon.document_numbers import find_numbers
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.model.annotations import ForceKind, NamedText
from policydiff.parsing.kinds import ends_title

_ENDS = lazy_pattern("废止|失效|停止(?:执行|施行|实施|适用)|不再(?:执行|施行|实施|适用|保留)")
_KEPT = lazy_pattern("(?:继续|仍然|仍)(?:有效|执行|施行|实施|适用)|(?:予以|继续)保留|^保留|现行有效")
_EXTENDED = lazy_pattern("(?:延长|延续|顺延).{0,6}(?:有效期|期限)|有效期.{0,8}(?:延长|延续|顺延)")
_CHANGED = lazy_pattern("修改|修订|修正|重新公布|重新制定|合并")
_NOT_DONE = lazy_pattern("拟|建议|应当?|可以|不得|需要|情形|申请")
"""Words with which nothing is ended or kept yet, or something else than a text is: 拟废止, 以下文件应当保留五年."""
_TEXTS = "(?:文件|规章|法规|政策|办法|规定|通知|决定|意见|条例|制度|解释|措施)"
_ANNOUNCES = lazy_pattern(
    rf"(?:以下|下列|下述)[^，。；：:、]{{0,12}}{_TEXTS}|{_TEXTS}[^，。；：:]{{0,12}}如下(?=[：:]|$)"
)
_FATE = "(?:保留|继续有效|继续执行|废止|失效|停止执行|修改|修订)"
_HEADS = lazy_pattern(
    rf"(?:拟|予以|宣布|决定)*{_FATE}(?:[、和或]{_FATE})*的[^，。；：:]{{0,16}}{_TEXTS}(?:目录|清单|名单)?(?:[（(][^（()）]{{1,12}}[)）])?"
)
"""The whole of a numbered heading: 废止的规范性文件（12件）."""
_HEADING = lazy_pattern(f"目录|清单|名单|一览|{_TEXTS}|表")
_NUMBER_ONLY = lazy_pattern(r"[\s　]*[（(]?(?:\d+|[一二三四五六七八九十]+)?[)）]?[\s　]*[.．、|]?[\s　]*")
_LABEL = lazy_pattern(
    r"^[\s　]*(?:[（(](?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）]|(?:\d{1,3}|[一二三四五六七八九十]{1,3})[.．、])[\s　]*"
)
_NUMBERED = lazy_pattern(r"[（(〔\[][^（()）]*号[）)\]]?[。；;]?$")
_VERB_FIRST = lazy_pattern(
    "违反|依照|按照|根据|依据|执行|适用|参照|对|将|凡|由|与|以|未|修订|修改|完善|制定|清理|出台|起草|研究|建立|健全|加强|推进|落实|贯彻|取消|废止|不再"
)
"""Beginning of an item that is a sentence and no title: 违反某市户外广告管理办法."""
_MARKED = lazy_pattern("《[^《》]*》|[（(][^（()）]*[）)]")
_LONGEST_HEADING = 40
"""Most characters of a numbered heading that announces a list (废止的规范性文件); longer lines are sentences."""
_LEAST, _MOST = 5, 100
"""Characters of a title without 《》: 办法 alone names none, and a longer line is a sentence."""


class ForceList(NamedTuple):
    """A list of texts announced by a sentence or a title."""

    kind: ForceKind | None
    """Kind of force statement on its texts; None where they are only changed, or their force is not mentioned."""
    clause: str
    """The announcing clause, or the annex filled by the list; empty for a list announced by the document's title."""
    is_labelled: bool
    """Whether that clause has a number, so that its list lies below it."""
    day: date | None = None
    """First day out of force, if it is printed."""
    until: date | None = None
    term_months: int | None = None

    def holds(self, clause: str) -> bool:
        """Return whether a clause lies where the list may go on."""
        return not self.is_labelled or clause.startswith(f"{self.clause}__")


def announced(words: str, clause: str, *, is_labelled: bool) -> ForceList | None:
    """Return the list announced by a sentence or a numbered heading; None if it announces none."""
    lead = re.split("[：:]", words, maxsplit=1)[0]
    if "下" not in lead and not (is_labelled and len(lead) <= _LONGEST_HEADING):
        return None  # most sentences: nothing else is looked for in them
    if _ANNOUNCES.search(lead) is None and not (is_labelled and _HEADS.fullmatch(lead)):
        return None
    return _of(lead, clause, is_labelled=is_labelled)


def headed(heading: str, clause: str, known: ForceList | None) -> ForceList | None:
    """Return the list that fills an annex, by its heading, or else the list announced in the body (`known`).

    For the document itself (no annex id) the list runs to the end of the document.
    """
    if _HEADING.search(heading):
        found = _of(heading, clause, is_labelled=bool(clause))
        if found is not None:
            same = known is not None and known.kind is found.kind
            return found._replace(day=known.day) if same and known is not None else found
    return known._replace(clause=clause, is_labelled=True) if known is not None else None


def _of(words: str, clause: str, *, is_labelled: bool) -> ForceList | None:
    plain = _MARKED.sub("", words)
    fates = (
        (ForceKind.EXTENDS, _EXTENDED), (ForceKind.CONTINUES, _KEPT), (ForceKind.ENDS, _ENDS), (None, _CHANGED)
    )  # fmt: skip
    kind = next((kind for kind, pattern in fates if pattern.search(plain)), ForceKind.COMMENCES)
    if kind is ForceKind.COMMENCES:
        return None  # no fate is told
    if _NOT_DONE.search(plain):
        return ForceList(None, clause, is_labelled)
    until, months = (None, None) if kind in (ForceKind.ENDS, None) else kept_for(words)
    return ForceList(kind, clause, is_labelled, until=until, term_months=months)


def listed(words: str) -> Iterator[NamedText]:
    """Yield the texts named in an item of a list: each cell of a row that is a title, in 《》 or with the ending of a title.

    >>> [(each.title, each.document_number) for each in listed("2.某市犬类管理办法（某府发〔2008〕7号）")]
    [('某市犬类管理办法', '某府发〔2008〕7号')]
    """
    numbers = [each.number for each in find_numbers(words)]
    for cell in words.split("\t"):
        item = _LABEL.sub("", cell.strip())
        if item.startswith("《"):
            for title in find_titles(cell):
                if _NUMBER_ONLY.fullmatch(re.split("[，。；、]", cell[: title.start])[-1][:12] or ""):
                    yield NamedText(title=title.title, document_number=title.number)
            continue
        bare = _NUMBERED.sub("", item).strip("　 。；;")
        says = _MARKED.sub("", bare)
        if (
            _LEAST <= len(bare) <= _MOST
            and not re.search("[，。；：]", says)
            and _VERB_FIRST.match(bare) is None
            and ends_title(bare)
        ):
            yield NamedText(title=bare, document_number=numbers[0] if len(numbers) == 1 else None)


def behind_lead(words: str) -> Iterator[NamedText]:
    """Yield the texts that the announcing sentence itself names: 废止下列文件：某市甲办法（…）、某市乙规定（…）."""
    _, _, rest = words.partition("：")
    for item in _split(rest.rstrip("。")):
        yield from listed(item)


def _split(words: str) -> Iterator[str]:
    """Yield the items of a list in one sentence; marks inside 《》 and brackets do not separate items."""
    masked = _MARKED.sub(lambda match: "□" * len(match[0]), words)
    start = 0
    for mark in re.finditer("[、；;]", masked):
        yield words[start : mark.start()]
        start = mark.end()
    yield words[start:]
