"""What a document does with the one it cites, read from the words around the citation."""

import re

from policydiff.lexicon.wording import Words
from policydiff.model import CitationRelation

_NEAR = 24
"""Characters of other words that may stand between the governing verb and the title it governs: the names of the
bodies that issued it."""

_WORDS = Words("policydiff.annotate", "relations")
_GOVERNS = _WORDS.phrase(
    r"""
    (?P<asked> {asks} [^，,。；;]{0,6}? {amends} )
  | (?P<basis> {basis} )
  | (?P<implements> {implements} | (?<!不再)(?<!不予)执行 | 实施(?!{kinds_of_implementation}) )
  | (?P<repeals> {repeals} )
  | (?P<amends> {amends} (?!后?的) )
  | (?P<carries> {carries} (?!的) )
  | (?P<other> {others} | {makes} (?!的) | 以(?![及下上]) )
    """
)
_ENDED = _WORDS.phrase("[^。；;，,]{0,60}? {ended_how}? {ended}")  # 《甲办法》|（国发〔2000〕1号）同时废止
_CHANGED = _WORDS.phrase("[^。；;，,《]{0,16}? [作做]? {changed_how}* {changed}")  # 对《甲条例》|作如下修改
_CHANGES_IT = re.compile(r"[对将] [^，,]{0,30} $", re.VERBOSE)
_CARES_FOR = re.compile(r"(?: 促进 | 推动 | 确保 | 抓好 )$", re.VERBOSE)
_CARRIED_OUT = re.compile(
    r"[^，,。；《]{0,12}? (?: 有效 | 全面 | 有力 )? (?: 落实 | 落地 )", re.VERBOSE
)  # 确保《甲规划》|全面落地
_HANDS_ON = _WORDS.phrase("{carries} [^，,。；]{0,24} $")
_HANDED_ON = _WORDS.phrase("[^。；;《]{0,80}? {carries}")
_RELATIONS = {
    "basis": CitationRelation.BASIS,
    "implements": CitationRelation.IMPLEMENTS,
    "repeals": CitationRelation.REPEALS,
    "amends": CitationRelation.AMENDS,
}
_OTHER_WORD = re.compile(r"[^\s、，,和与及以]")


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
    is_governed = governing in ("basis", "implements") and not stands_apart
    if carrying and not is_governed and (_HANDS_ON.search(before) or _HANDED_ON.match(after)):
        return CitationRelation.CARRIES
    if governing == "other" and _CHANGES_IT.search(before) and _CHANGED.match(after):
        return CitationRelation.AMENDS
    if governing in ("", "other") and _CARES_FOR.search(before) and _CARRIED_OUT.match(after):
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
        if len(_OTHER_WORD.findall(between)) > _NEAR // 3:
            return ""
    if len(_OTHER_WORD.findall(between)) > _NEAR:
        return ""
    return last.lastgroup or ""
