"""Titles of documents that stand without 《》: 国务院关于某事的意见（国发〔2016〕36号）."""

import re
from collections.abc import Iterator

from policydiff.annotate.brackets import bracket_ends
from policydiff.annotate.titles import Title, following_brackets
from policydiff.lexicon.body_endings import BODY
from policydiff.lexicon.number_finding import BEFORE_NUMBERS, number_in
from policydiff.lexicon.wording import Words

_WORDS = Words("policydiff.annotate", "titles", BEFORE_NUMBERS)
_LONGEST = 120
_SHORTEST_NAME = 4
_BOUNDARY = re.compile("[，。；：,;:！!？?（）()《》〈〉\u3000\n\t]")
_KIND = _WORDS.phrase("(?: {kinds} | 计划 | 标准 | 规范 | (?<=.)法 )$")
_ABOUT = re.compile(r"关于 | (?:印发 | 转发 | 批转)(?!的)", re.VERBOSE)
_BODY = re.compile(rf"[\u4e00-\u9fff]{{0,30}}{BODY}")
_OPENING = _WORDS.phrase(".* (?: {before_codes} | {before_names} )")
_NAMED_BY_BODY = _WORDS.phrase(
    r"""
    {named_after} (?P<title>
        (?P<bodies> [\u4e00-\u9fff、]{2,60}? )                                     # 省委、省政府
        关于 [^，。；：（）()《》\u3000]{1,60}? 的 [\u4e00-\u9fff]{0,4}? {unmarked_kinds} )   # 关于某事的实施意见
    (?= [，。；（(的和] | 精神 | 要求 | 以及 )
    """
)


def find_unmarked(words: str, blanked: str) -> list[Title]:
    """Return the titles without marks, in order.

    A title without marks is known by its number, which follows in brackets; or by the body it names and the verb before
    it (根据国务院关于某事的意见). A form of a document that has no name of its own (印发的实施方案) is none.

    Args:
        words: Words of a clause.
        blanked: The same, with the titles that have marks blanked out by ideographic spaces.

    Examples:
        >>> words = "落实国务院关于某事的意见（国发〔2016〕36号）精神"
        >>> [found.title for found in find_unmarked(words, words)]
        ['国务院关于某事的意见']
        >>> words = "按照市政府印发的实施方案（沪府发〔2018〕1号）"
        >>> find_unmarked(words, words)
        []
    """
    found = [*_before_numbers(words, blanked)]
    taken = [(title.start, title.tail) for title in found]
    for match in _NAMED_BY_BODY.finditer(blanked) if "关于" in blanked else ():
        start, end = match.span("title")
        if _start_of_bodies(match["bodies"]) == 0 and all(end <= low or start >= high for low, high in taken):
            found.append(Title(start, end, match["title"], None, None, end))
    return sorted(found)


def _before_numbers(words: str, blanked: str) -> Iterator[Title]:
    if "号" not in blanked:
        return
    brackets = bracket_ends(blanked)
    done = 0
    for opening, closing in sorted(brackets.items()):
        if opening < done or number_in(blanked[opening + 1 : closing - 1]) is None:
            continue
        start = _start(blanked, max(done, opening - _LONGEST), opening)
        if start is None:
            continue
        end = len(blanked[:opening].rstrip())
        number, short, done = following_brackets(words, opening, brackets)
        yield Title(start, end, blanked[start:end], number, short, done)


def _start(blanked: str, low: int, high: int) -> int | None:
    """Return where the title begins that ends at `high`, None where no name of a document ends there."""
    for boundary in _BOUNDARY.finditer(blanked, low, high):
        low = boundary.end()
    words = blanked[low:high].rstrip()
    kind = _KIND.search(words)
    if kind is None:
        return None
    about = _ABOUT.search(words)
    if about is not None and about.start() < kind.start():
        return low + _start_of_bodies(words[: about.start()])
    start = max((match.end() for match in [_OPENING.match(words)] if match), default=0)
    start = max(start, words.rfind("、") + 1)
    return low + start if kind.start() - start >= _SHORTEST_NAME else None


def _start_of_bodies(words: str) -> int:
    """Return where the names of bodies begin that end before 关于; the end of the words where there are none."""
    opening = _OPENING.match(words)
    start = opening.end() if opening else 0
    pieces = [*re.finditer(r"[^、\s]+", words[start:])]
    begin = len(words)
    for piece in reversed(pieces):
        if _BODY.fullmatch(piece[0]) is None:
            break
        begin = start + piece.start()
    return begin
