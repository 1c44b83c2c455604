"""Titles in 《》 with the numbers and short forms in the brackets after them, and brackets that belong together."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from policydiff.lexicon.document_numbers import number_in, number_without_code
from policydiff.lexicon.patterns import Words

_ROUND = re.compile(r"[（()）]")
_OPEN = "（("


class Bracket(NamedTuple):
    """A pair of round brackets: `words[start:end]` with both, `words[start + 1:end - 1]` without."""

    start: int
    end: int


def outer_brackets(words: str, longest: int = 600) -> list[Bracket]:
    """Return the outermost pairs of round brackets, of either width, in order.

    A bracket that is never closed, or closed only after `longest` characters, hides nothing: the pairs inside it count
    as outermost.

    Examples:
        >>> [words[start:end] for words in ["甲（乙(丙)丁）（戊"] for start, end in outer_brackets(words)]
        ['（乙(丙)丁）']
    """
    pairs: list[Bracket] = []
    opened: list[int] = []
    for match in _ROUND.finditer(words):
        if match[0] in _OPEN:
            opened.append(match.start())
        elif opened:
            start = opened.pop()
            if match.end() - start <= longest:
                while pairs and pairs[-1].start > start:
                    pairs.pop()
                pairs.append(Bracket(start, match.end()))
    return pairs


def bracket_ends(words: str) -> dict[int, int]:
    """Return the end of every pair of round brackets by its start, pairs inside others among them.

    Examples:
        >>> bracket_ends("（甲（乙））（")
        {2: 5, 0: 6}
    """
    ends: dict[int, int] = {}
    opened: list[int] = []
    for match in _ROUND.finditer(words):
        if match[0] in _OPEN:
            opened.append(match.start())
        elif opened:
            ends[opened.pop()] = match.end()
    return ends


def split_outside_brackets(words: str, separators: str) -> list[str]:
    """Split at each of the separators that stands outside round brackets; pieces are stripped, empty ones dropped.

    Examples:
        >>> split_outside_brackets("各县(市、区)政府、市科委", "、")
        ['各县(市、区)政府', '市科委']
    """
    pieces: list[str] = []
    start = depth = 0
    for index, character in enumerate(words):
        if character in _OPEN:
            depth += 1
        elif character in "）)":
            depth = max(0, depth - 1)
        elif depth == 0 and character in separators:
            pieces.append(words[start:index])
            start = index + 1
    pieces.append(words[start:])
    return [stripped for piece in pieces if (stripped := piece.strip())]


_LONGEST = 200
_MARK = re.compile(r"[《》〈〉。；\n]")
_WORDS = Words("policydiff.annotate", "titles")
_NO_DOCUMENT = _WORDS.phrase(
    r"""
    {papers} $
  | (?: (?<![皮任])书 | [^论]证 | {forms} ) $      # 决定书, 许可证; 白皮书 and 责任书 are documents
  | ^ .{0,10} 表 $
    """
)
_SHORT = re.compile(
    r"""
    (?: (?: 以下 | 下文 ) [统简]? 称 | 简称 ) 为? \s* [：:]? \s*    # 以下简称
    [“"‘'「]? 《? ( [^《》“”"‘’'」，,。；;]{1,30} )                # “《规划》”
    """,
    re.VERBOSE,
)
_VERSION = _WORDS.phrase(
    r"""
    {states}
  | [^（()）]{0,6} \d{4} \s* (?: [-—－–~～至] \s* \d{4} \s* )? 年? [^（()）]{0,8}   # （2018-2020年）
    """
)


class Title(NamedTuple):
    """A title found: `words[start:end]` is 《…》 with its marks."""

    start: int
    end: int
    title: str
    number: str | None
    """Document number of the brackets that follow, normalised."""
    short: str | None
    """Short form those brackets introduce: 以下简称《规划》."""
    tail: int
    """End of the brackets that belong to the title."""


def find_titles(words: str) -> list[Title]:
    """Return the titles of documents in order, nested ones as part of the outer one; stray marks are passed over.

    Newspapers and forms (《检察建议书》) are no documents.
    """
    if "《" not in words:
        return []
    titles = []
    brackets = bracket_ends(words)
    done = 0
    for start, end in _pairs(words):
        if start < done:
            continue
        inner = words[start + 1 : end - 1].strip()
        if not inner or _NO_DOCUMENT.search(inner):
            continue
        number, short, done = following_brackets(words, end, brackets)
        titles.append(Title(start, end, inner, number, short, done))
    return titles


def _pairs(words: str) -> Iterator[tuple[int, int]]:
    """Yield the outermost 《…》; a mark that is not closed within its sentence is passed over."""
    position = 0
    while (start := words.find("《", position)) >= 0:
        end = _closing(words, start)
        if end is None:
            position = start + 1
        else:
            yield start, end
            position = end


def _closing(words: str, start: int) -> int | None:
    """Return the end of the title that opens at `start`; an inner mark left open does not spoil it."""
    depth = 0
    first: int | None = None
    for match in _MARK.finditer(words, start, start + _LONGEST):
        if match[0] in "《〈":
            if match[0] == "《" and depth and first is None and words[match.start() - 1] in "、，,":
                return None
            depth += 1
        elif match[0] in "》〉":
            depth -= 1
            if match[0] == "》":
                first = first or match.end()
                if depth <= 0:
                    return match.end()
        else:
            break
    return first


def following_brackets(words: str, end: int, brackets: dict[int, int]) -> tuple[str | None, str | None, int]:
    """Return number and short form from up to three brackets after a title, and where these end.

    （试行）（国发〔2015〕43号，以下简称《意见》）

    Args:
        words: The words the title stands in.
        end: Where it ends.
        brackets: Ends of brackets by where they begin.
    """
    number = short = None
    for _ in range(3):
        position = end + len(words[end : end + 2]) - len(words[end : end + 2].lstrip())
        closing = brackets.get(position)
        if closing is None:
            break
        inner = words[position + 1 : closing - 1]
        found = number_in(inner) or number_without_code(inner) or _standard_in(inner)
        introduced = _SHORT.search(inner)
        if not found and not introduced and not _VERSION.fullmatch(inner.strip()):
            break
        number = number or found
        short = short or (introduced[1].strip() if introduced else None)
        end = closing
    return number, short, end


_STANDARD = re.compile(
    r"(?<![A-Za-z])(?:GB|GBJ|GBZ|HJ|JGJ|CJJ|CJ|NY|YY|DB\d{2}|JTG|SL|DL|AQ|WS|TSG|MH|GA)(?:\s*/\s*[TZ])?\s*[A-Z]?\d{1,5}(?:\.\d{1,2})?\s*[—–－-]{1,2}\s*(?:19|20)?\d\d"
)
"""Numbers of national, sectoral and local standards: GB 3096-2008, GB/T 9704—2012, DB31/T 1234-2020."""


def _normal_standard(words: str) -> str:
    code = re.match(r"[A-Z]+\d{0,2}(?:\s*/\s*[TZ])?", words)
    size = code.end() if code is not None else 0
    if re.match(r"DB\d{2}", words) is None and code is not None:
        size = len(re.sub(r"\d.*", "", words))
    head, tail = re.sub(r"\s", "", words[:size]), re.sub(r"\s", "", words[size:])
    return f"{head} {re.sub('[—–－-]+', '-', tail)}"


def _standard_in(inner: str) -> str | None:
    match = _STANDARD.fullmatch(inner.strip())
    return None if match is None else _normal_standard(match[0])


def find_standards(blanked: str) -> Iterator[tuple[int, int, str]]:
    """Yield the numbers of standards outside titles: GB 5749—2022.

    >>> [number for _, _, number in find_standards("符合GB 5749—2022和GB/T 9704-2012的要求")]
    ['GB 5749-2022', 'GB/T 9704-2012']
    """
    for match in _STANDARD.finditer(blanked):
        yield match.start(), match.end(), _normal_standard(match[0])
