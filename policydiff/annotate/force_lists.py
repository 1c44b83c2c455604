"""Lists of other texts with one fate: 对以下文件予以废止：, 附件1 继续有效文件目录; with or without 《》, as lines or table rows."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from policydiff.annotate.endings import kept_for
from policydiff.annotate.titles import find_titles
from policydiff.lexicon.number_finding import find_numbers
from policydiff.model.validity import ForceKind, NamedText
from policydiff.parsing.document_types import ends_title

_ENDS = re.compile("废止|失效|停止(?:执行|施行|实施|适用)|不再(?:执行|施行|实施|适用)")
_KEPT = re.compile("(?:继续|仍然|仍)(?:有效|执行|施行|实施|适用)|予以保留|(?<!不予)(?<!不再)保留")
_EXTENDED = re.compile("(?:延长|延续|顺延).{0,6}(?:有效期|期限)|有效期.{0,8}(?:延长|延续|顺延)")
_CHANGED = re.compile("修改|修订|修正|重新公布|重新制定|合并")
_TEXTS = "(?:文件|规章|法规|政策|办法|规定|通知|决定|意见|条例|制度|解释|措施)"
_LEAD = re.compile(
    rf"(?:以下|下列|下述)[^，。；：:]{{0,40}}?{_TEXTS}?[^。；]{{0,40}}[：:]?\s*$|[^。；]{{0,60}}{_TEXTS}[^。；]{{0,30}}如下[：:]?\s*$"
)
_HEADING = re.compile(f"目录|清单|名单|一览|{_TEXTS}|表")
_NUMBER_ONLY = re.compile(r"[\s　]*[（(]?(?:\d+|[一二三四五六七八九十]+)?[)）]?[\s　]*[.．、|]?[\s　]*")
_LABEL = re.compile(r"^[\s　]*(?:[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）]?[.．、]?)[\s　]*")
_NUMBERED = re.compile(r"[（(〔\[][^（()）]*号[）)\]]?[。；;]?$")
_LEAST, _MOST = 5, 100
"""Characters of a title without 《》: 办法 alone names none, and a longer line is a sentence."""


class ForceList(NamedTuple):
    """A list that has been announced."""

    kind: ForceKind | None
    """What happens to its texts; None where they are only changed, or nothing is said of their force."""
    clause: str
    """The clause that announces it, or the annex it fills; empty for a list that the title of the document announces."""
    is_labelled: bool
    """Whether that clause bears a number: its list then lies below it."""
    day: date | None = None
    """First day without force, where it is printed."""
    until: date | None = None
    term_months: int | None = None

    def holds(self, clause: str) -> bool:
        """Return whether a clause lies where the list may go on."""
        return not self.is_labelled or clause.startswith(f"{self.clause}__")


def announced(words: str, clause: str, *, is_labelled: bool) -> ForceList | None:
    """Return the list that a sentence announces, None where it announces none."""
    if _LEAD.search(words) is None or "《" in words:
        return None
    return _of(words, clause, is_labelled=is_labelled)


def headed(heading: str, clause: str, known: ForceList | None) -> ForceList | None:
    """Return the list that fills an annex, by its heading, else the one that the body has announced.

    Args:
        heading: Title of the annex, or of the document.
        clause: Id of the annex, empty for the document: then the list goes on to its end.
        known: What the body announces of its annexes, None where it announces nothing.
    """
    if _HEADING.search(heading):
        found = _of(heading, clause, is_labelled=bool(clause))
        if found is not None:
            same = known is not None and known.kind is found.kind
            return found._replace(day=known.day) if same and known is not None else found
    return known._replace(clause=clause, is_labelled=True) if known is not None else None


def _of(words: str, clause: str, *, is_labelled: bool) -> ForceList | None:
    if _EXTENDED.search(words) or _KEPT.search(words):
        kind = ForceKind.EXTENDS if _EXTENDED.search(words) else ForceKind.CONTINUES
        until, months = kept_for(words)
        return ForceList(kind, clause, is_labelled, until=until, term_months=months)
    if _ENDS.search(words):
        return ForceList(ForceKind.ENDS, clause, is_labelled)
    return ForceList(None, clause, is_labelled) if _CHANGED.search(words) else None


def listed(words: str) -> Iterator[NamedText]:
    """Yield the texts that an item of a list names: in 《》 at its beginning, else by a title that ends as titles do.

    >>> [(each.title, each.document_number) for each in listed("2.某市犬类管理办法（某府发〔2008〕7号）")]
    [('某市犬类管理办法', '某府发〔2008〕7号')]
    """
    if "《" in words:
        for title in find_titles(words):
            if _NUMBER_ONLY.fullmatch(re.split("[，。；\t]", words[: title.start])[-1][:12] or ""):
                yield NamedText(title=title.title, document_number=title.number)
        return
    numbers = [each.number for each in find_numbers(words)]
    for cell in words.split("\t"):
        bare = _NUMBERED.sub("", _LABEL.sub("", cell.strip())).strip("　 。；;")
        if _LEAST <= len(bare) <= _MOST and not re.search("[，。；：]", bare) and ends_title(bare):
            yield NamedText(title=bare, document_number=numbers[0] if len(numbers) == 1 else None)
