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
_REFERENCE_AT_END = re.compile(r"第[^第，。；]{1,12}[条款项]$")


def add_words(line: Line, start: int, end: int, words: str, order: Instruction, statute: Statute) -> None:
    """Add words before or after others, with the mark between them that only one can be.

    Words without a link of their own (和, 或者, 的) need a mark behind others as a rule: where it cannot be told, and the
    words do not plainly end a name (主管部门), the place is in doubt. Before others they belong to them as a rule
    (县级以上人民政府 before 民政部门), unless those are a member of a list.
    """
    if order.before:
        _add_between(line, end, words, order)
        return
    behind = order.side == "after"
    at = end if behind else start
    before, after = line.text[:at], line.text[at:]
    mark: str | None = ""
    if words[-1] in _MARKS or before[-1:] in (_MARKS if behind else ""):
        pass
    elif behind and not _LINKED.match(words):
        mark = _mark_behind(line.text[:start], before[start:], words, after)
    elif not behind and not _BELONGS.search(words):
        member = before[-1:] in ("、", "，") and line.text[end : end + 1] in ("、", "，")
        mark = None if member else ""
    if mark is None:
        one, other = (before, words) if behind else (words, after)
        _doubt(line, worded(f"the mark between “{one[-4:]}” and “{other[:4]}” is not said"), statute)
    line.replace(at, at, f"{mark or ''}{words}")


_BELONGS = re.compile(r"(?:的|地|和|或|及|与)$")
_ENDS_NAME = re.compile(
    r"(?:等|者|性|化|行政|主管|管理|监督|工作|服务|保护|执法|所属|有关|机关|机构|部门|单位|人员|组织|委员会|局|厅|处|所|站|委|办)"
)
"""Words that go on with a name (国土资源 and 主管部门) and cannot stand for themselves."""


def _mark_behind(lead: str, word: str, words: str, after: str) -> str | None:
    """Return the mark between a word and what is added behind it, None where it cannot be told."""
    ends = after[:1] in ("，", "；", "。", "：") or not after
    if _REFERENCE_AT_END.search(word) and ARTICLE_LABEL.match(words):
        return "、"
    if ends and _CLAUSE.match(words):
        return "，"
    if mark := _mark_of_list(lead, word, words, after):
        return mark
    return "" if _ENDS_NAME.match(words) and not _ENDS_NAME.match(word[-2:]) else None


_ALIKE = 2
"""Characters that the ends of two names share (主席的人选, 主任的人选) if they are members of one list."""
_ALIKE_AT_FIRST = 4
"""Characters that their beginnings share (婴幼儿配方乳粉, 婴幼儿配方液态乳): more, since a longer name of the same thing begins so."""


def _mark_of_list(lead: str, word: str, words: str, after: str) -> str:
    """Return the mark between two members of a list, empty where the added words are no member like the word before.

    The list has the mark already that stands beside the word: 、, or ， where the member behind it is alike too.
    """
    same_end = word[-_ALIKE:] == words[-_ALIKE:]
    same_start = len(word) > _ALIKE_AT_FIRST and word[:_ALIKE_AT_FIRST] == words[:_ALIKE_AT_FIRST]
    if not (same_end or same_start) or words.startswith(word) or any(mark in words for mark in "，；。"):
        return ""
    follower = re.split(r"[，。；：]", after[1:], maxsplit=1)[0] if after[:1] == "，" else ""
    if follower and follower[-_ALIKE:] == words[-_ALIKE:] and lead[-1:] != "、":
        return "，"
    return "、" if same_start or after[:1] != "，" else ""


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
