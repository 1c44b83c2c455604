"""What a document does with the one it cites, read from the words around the citation."""

import re

from policydiff.model import CitationRelation

_NEAR = 24
"""Characters of other words that may stand between the governing verb and the title it governs: the names of the
bodies that issued it."""

_GOVERNS = re.compile(
    r"(?P<basis>根据|依据|按照|依照|遵照|参照)"
    r"|(?P<implements>贯彻落实|贯彻执行|贯彻实施|贯彻|落实|(?<!不再)(?<!不予)执行|实施(?!意见|方案|细则|办法|条例|规则)|结合|推进|推动|对照|响应)"
    r"|(?P<repeals>废止|停止执行|宣布失效)"
    r"|(?P<amends>(?:修改|修正|修订|调整)(?!后?的))"
    r"|(?P<carries>(?:印发|批转|转发|公布|发布)(?!的))"
    r"|(?P<other>违反|(?:制定|出台|编制)(?!的)|适用|参见|见于|经|对|将|把|用|以(?![及下上])|自|以及其|符合|具有|学习|宣传)"
)
_ENDED = re.compile(
    r"[^。；;，,]{0,60}?(?:同时|即行|一并|相应|予以)?(?:废止|停止执行|不再执行|停止施行|失效|终止执行)"
)
_CHANGED = re.compile(
    r"[^。；;，,《]{0,16}?(?:作|做)?(?:出|如下|以下|部分|相应|个别)*(?:修改|修正|修订|改为|删去|删除|增加)"
)
_CHANGES_IT = re.compile(r"[对将][^，,]{0,30}$")
_CARRIED_OUT = re.compile(r"[^，,。；《]{0,12}?(?:有效|全面|有力)?(?:落实|落地)")
_HANDS_ON = re.compile(r"(?:印发|批转|转发|公布|发布)[^，,。；]{0,24}$")
_HANDED_ON = re.compile(r"[^。；;《]{0,80}?(?:印发|批转|转发|公布|发布)")
_RELATIONS = {
    "basis": CitationRelation.BASIS,
    "implements": CitationRelation.IMPLEMENTS,
    "repeals": CitationRelation.REPEALS,
    "amends": CitationRelation.AMENDS,
}
_WORDS = re.compile(r"[^\s、，,和与及以]")


def relation_of(before: str, after: str, *, carrying: bool) -> CitationRelation:
    """Return the relation of a citation.

    Args:
        before: Words of the sentence before it, the titles and brackets among them blanked out.
        after: Words of the sentence after it, blanked out likewise.
        carrying: Whether it stands in a title or in a carrier notice, where 印发 hands on the document itself.
    """
    governing = _governing(before)
    stands_apart = before.endswith(("，", ","))
    if _ENDED.match(after) and (governing != "basis" or stands_apart):
        return CitationRelation.REPEALS
    if carrying and (_HANDS_ON.search(before) or _HANDED_ON.match(after)):
        return CitationRelation.CARRIES
    if governing == "other" and _CHANGES_IT.search(before) and _CHANGED.match(after):
        return CitationRelation.AMENDS
    if (
        governing in ("", "other")
        and re.search(r"(?:促进|推动|确保|抓好)$", before)
        and _CARRIED_OUT.match(after)
    ):
        return CitationRelation.IMPLEMENTS
    return _RELATIONS.get(governing, CitationRelation.CITES)


def _governing(before: str) -> str:
    """Return the group of the last verb before the citation, empty where other words have come between."""
    last = None
    for match in _GOVERNS.finditer(before):
        last = match
    if last is None:
        return ""
    between = before[last.end() :]
    if "，" in between or "," in between:
        between = between.replace(" ", "")
        if len(_WORDS.findall(between)) > _NEAR // 3:
            return ""
    if len(_WORDS.findall(between)) > _NEAR:
        return ""
    return last.lastgroup or ""
