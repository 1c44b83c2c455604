"""Marks of punctuation around words that an order deletes or adds, and leaves unsaid.

Of two marks that would stand side by side the weaker one goes; between added words and those before them the mark is set
where only one is possible, else the place is in doubt.
"""

import re

from policydiff.amendment.locating import CannotApplyError, Instruction
from policydiff.amendment.statute import ARTICLE_LABEL, Article, Line, Statute
from policydiff.errors import worded
from policydiff.model.amended import Reason

_FIRST_WORDS = 30
"""Characters of quoted words that a refusal shows: enough to find them, short enough for a line."""
_MARKS = "、，；：。"
"""Marks between words and sentences, the weakest first."""
_LIST_GOES_ON = re.compile(r"等|和|或|及|以及|与")
_AND = re.compile(r"(?:和|或者|或|及|以及|与)$")


def drop_words(line: Line, start: int, end: int, statute: Statute) -> None:
    """Delete words, and one of the two marks that would stand side by side then: the weaker one."""
    before, after = line.text[:start], line.text[end:]
    left, right = before[-1:], after[:1]
    if left in _MARKS and right in _MARKS and left and right:
        if _MARKS.index(left) <= _MARKS.index(right):
            start -= 1
        else:
            end += 1
    elif (not before or right == "、") and right in _MARKS and right:
        end += 1  # the first of a list goes: 会同环保、水利 is 会同水利
    elif left == "、" and _LIST_GOES_ON.match(after):
        start -= 1  # the last of a list goes: 环保、国土等部门 is 环保等部门
    elif _AND.search(before) and (right in _MARKS or not right):
        _doubt(line, worded(f"“{before[-4:]}{after[:4]}” would be left of a list"), statute)
    line.replace(start, end, "")


_LINKED = re.compile(r"[，、；。：“（]|和|或|及|以及|等|的|与")
_CLAUSE = re.compile(
    r"并(?![列存])|应当|不得|可以|必须|同时|但|也|且"
    r"|(?:严格|重点|依法|依照|及时|定期|按照|根据|推动|推进|坚持|加强|促进|保障|维护|建立|健全|完善|鼓励|支持|提高|实行|实施|落实|贯彻)(?=.{6})"
)
"""Words with which a further clause of the sentence begins: those of duty, and in longer words the usual adverbs and verbs."""
_LEAST_CLAUSE = 8
"""Characters of added words that may be a clause of their own; shorter ones are words within the clause."""
_REFERENCE_AT_END = re.compile(r"第[^第，。；]{1,12}[条款项]$")


def add_words(line: Line, start: int, end: int, words: str, order: Instruction, statute: Statute) -> None:
    """Add words before or after others, with the mark between them that only one can be."""
    if order.before:
        _add_between(line, end, words, order)
        return
    at = end if order.side == "after" else start
    before, after = line.text[:at], line.text[at:]
    mark = ""
    if order.side == "after" and not _LINKED.match(words) and words[-1] not in _MARKS:
        ends = after[:1] in ("，", "；", "。", "：") or not after
        if _REFERENCE_AT_END.search(before) and ARTICLE_LABEL.match(words):
            mark = "、"
        elif before[-1:] in _MARKS:
            mark = ""
        elif ends and _CLAUSE.match(words):
            mark = "，"
        elif (ends and len(words) >= _LEAST_CLAUSE) or "、" in (after[:1], line.text[start - 1 : start]):
            told = worded(f"the mark between “{before[-4:]}” and “{words[:4]}” is not said")
            _doubt(line, told, statute)
    line.replace(at, at, f"{mark}{words}")


def _add_between(line: Line, at: int, words: str, order: Instruction) -> None:
    """Add words after some and before others: 在“甲”之后、“乙”之前; at most a mark may stand between the two."""
    follow = "".join(order.before)
    gap = next((size for size in (0, 1) if line.text[at + size :].startswith(follow)), None)
    if gap is None or (gap and line.text[at] not in _MARKS):
        raise CannotApplyError(Reason.WORDS_NOT_THERE, f"“{follow[:_FIRST_WORDS]}” does not follow there")
    marked = words[0] in _MARKS, words[-1] in _MARKS
    if gap and marked == (False, False):
        raise CannotApplyError(Reason.AMBIGUOUS_PLACE, worded("a mark stands between the words it names"))
    at += gap if marked[1] and not marked[0] else 0
    line.replace(at, at, words)


def _doubt(line: Line, told: str, statute: Statute) -> None:
    article = next(
        (
            part
            for part in statute.parts
            if isinstance(part, Article) and any(each is line for each in part.lines())
        ),
        None,
    )
    statute.unsure.append((told, article))
