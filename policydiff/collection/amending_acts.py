"""Decisions of a store that amend other documents of it: whether the text held of a document still lacks what one of them orders."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from policydiff.collection.index import Index
from policydiff.model import CitationRelation, NamedText

_AMENDS = re.compile(
    r"关于(?:废止[和、及])?(?:修改|修正|修订|调整)(?!意见|草案|说明|稿|工作|情况)(?!.*(?:征求|征集|草案|起草|审议|说明))"
    r".{2,}的(?:决定|决议|公告|通知|命令|令)\Z"
)
"""The title of an act that changes others; notes, drafts and calls for opinions on a change order none."""
_NAMED = re.compile(r"(?P<act>[\u4e00-\u9fff]{2,40}?)修正案(?:[（(][一二三四五六七八九十]{1,3}[）)])?\Z")
"""An amendment that bears the name of its act: 中华人民共和国刑法修正案（十一）."""

_TITLES = re.compile("[《〈]([^《》〈〉]+)[》〉]")
_AND_OTHERS = re.compile("[》〉]等")


class AmendingAct(NamedTuple):
    """A held version of an act, and a text that it changes."""

    source: str
    version: str
    day: date
    target: NamedText


def amending_acts(index: Index, known: Callable[[str, str], bool] | None) -> Iterator[AmendingAct]:
    """Yield each text that a held act amends, by its title or its first words; the texts of the store are parsed."""
    rows = index.database.execute(
        "SELECT v.document_id, v.version, v.day, d.title, group_concat(f.value ->> '$.title', char(10))"
        " FROM version v JOIN document d ON d.id = v.document_id"
        " LEFT JOIN fact f ON f.version_key = v.key AND f.kind = 'citation' AND f.value ->> '$.relation' = ?"
        " WHERE d.title LIKE '%修%' OR d.title LIKE '%调整%' GROUP BY v.key ORDER BY v.day, v.key",
        (CitationRelation.AMENDS.value,),
    )
    for source, version, day, title, cited in rows:
        if known is not None and not known(source, version):
            continue
        for name in dict.fromkeys(_amended(title, (cited or "").split("\n"))):
            yield AmendingAct(source, version, date.fromisoformat(day), NamedText(title=name))


def _amended(title: str, cited: list[str]) -> list[str]:
    """Return the titles of what an act amends: those that its own title names, else those that its text says it amends."""
    if named := _NAMED.search(title):
        return [named["act"]]
    if _AMENDS.search(title) is None:
        return []
    in_title = _TITLES.findall(title)
    return in_title if in_title and not _AND_OTHERS.search(title) else [*in_title, *filter(None, cited)]
