"""Titles in 《》 with the numbers and short forms in brackets behind them, and places in citations: 第二十条第二款第三项."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from policydiff.annotate.passages import standard_in
from policydiff.lexicon.areas import is_area
from policydiff.lexicon.document_numbers import number_in, number_without_code
from policydiff.lexicon.numerals import to_int
from policydiff.lexicon.patterns import Words, lazy_pattern
from policydiff.model import Place

_ROUND = lazy_pattern(r"[（()）]")
_OPEN = "（("


class Bracket(NamedTuple):
    """A pair of round brackets: `words[start:end]` with both, `words[start + 1:end - 1]` without."""

    start: int
    end: int


def outer_brackets(words: str, longest: int = 600) -> list[Bracket]:
    """Return the outermost pairs of round brackets, of either width, in order.

    A bracket that is never closed, or closed only after `longest` characters, hides nothing: the pairs
    inside it count as outermost.

    Examples:
        >>> [words[start:end] for words in ["甲（乙(丙)丁）（戊"] for start, end in outer_brackets(words)]
        ['（乙(丙)丁）']
    """
    pairs: list[Bracket] = []
    for start, end in bracket_ends(words).items():
        if end - start <= longest:
            while pairs and pairs[-1].start > start:
                pairs.pop()
            pairs.append(Bracket(start, end))
    return pairs


def bracket_ends(words: str) -> dict[int, int]:
    """Return the end of every pair of round brackets by its start, including nested pairs.

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
    """Split at each separator outside round brackets; pieces are stripped and empty pieces dropped.

    Examples:
        >>> split_outside_brackets("各县(市、区)政府、市科委", "、")
        ['各县(市、区)政府', '市科委']
    """
    pieces: list[str] = []
    start = depth = 0
    for index, character in enumerate(words):
        depth = max(0, depth + (character in _OPEN) - (character in "）)"))
        if depth == 0 and character in separators:
            pieces.append(words[start:index])
            start = index + 1
    pieces.append(words[start:])
    return [stripped for piece in pieces if (stripped := piece.strip())]


_LONGEST = 200
"""Characters after 《 within which 》 must stand, so that one unclosed mark does not swallow a paragraph."""
_MARK = lazy_pattern(r"[《》〈〉。；\n]")
_WORDS = Words("policydiff.annotate", "titles")
_NO_DOCUMENT = _WORDS.phrase(
    r"""
    {papers} $
  | (?: (?<![皮任])书 | [^论]证 | {forms} ) $      # 决定书, 许可证; 白皮书 and 责任书 are documents
  | ^ .{0,10} 表 $
    """
)
_SHORT = lazy_pattern(
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


_ISSUED = lazy_pattern(r"[^（()）。；]{2,40}(?:号令?|令)")
"""An order or number without normal form after a title: （七部委30号令）."""


class Title(NamedTuple):
    """A title found: `words[start:end]` is 《…》 with its marks."""

    start: int
    end: int
    title: str
    number: str | None
    """Document number in the following brackets, normalised."""
    short: str | None
    """Short form introduced in these brackets: 以下简称《规划》."""
    tail: int
    """End of the brackets that belong to the title."""


_MEASURES = lazy_pattern(r"(?:办法|细则|若干规定|规定|条例)(?=第|的?规定|[，。、；和与及])")
"""A local measure that carries out a law, with only the law in 《》: 浙江省实施《水法》办法第三条; a title alone cites its law."""


_INTERPRETS = re.compile(
    r"[\u4e00-\u9fff]{0,6}编?(?:司法)?解释(?:[（(]?[一二三四五六七八九十]{1,3}[)）]?)?(?=\s*第)"
)
"""The judicial interpretation of a law, the law alone in 《》: 《公司法》司法解释（三）第十八条."""


def find_titles(words: str) -> list[Title]:
    """Return the titles of documents in order, with nested titles inside the outer one; stray marks are skipped.

    Newspapers and forms (《检察建议书》) are no documents.
    """
    if "《" not in words:
        return []
    titles = []
    brackets = bracket_ends(words)
    done = 0
    for start, closing in _pairs(words):
        inner = words[start + 1 : closing - 1].strip()
        if start < done or not inner or _NO_DOCUMENT.search(inner):
            continue
        begin = next((at for at in range(max(0, start - 11), start) if is_area(words[at : start - 2])), start)
        made = _MEASURES.match(words, closing) if words[begin:start].endswith("实施") else None
        made = made or _INTERPRETS.match(words, closing)
        end = closing if made is None else made.end()
        begin, inner = (start, inner) if made is None else (begin, words[begin:end])
        number, short, done = following_brackets(words, end, brackets)
        titles.append(Title(begin, end, inner, number, short, done))
    return titles


def _pairs(words: str) -> Iterator[tuple[int, int]]:
    """Yield the outermost 《…》; a mark not closed within its sentence is skipped."""
    position = 0
    while (start := words.find("《", position)) >= 0:
        if (end := _closing(words, start)) is not None:
            yield start, end
        position = end or start + 1


def _closing(words: str, start: int) -> int | None:
    """Return the end of the title that opens at `start`; an unclosed inner mark does no harm."""
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


_COUNT = lazy_pattern(r"(?:19|20)\d\d年第\d{1,4}号")
"""Announcements bear a count of the year behind their title: 《关于…的公告》（2023年第12号）."""


def following_brackets(words: str, end: int, brackets: dict[int, int]) -> tuple[str | None, str | None, int]:
    """Return number and short form from up to three brackets after a title that ends at `end`, and the end of the last bracket.

    （试行）（国发〔2015〕43号，以下简称《意见》）. `brackets` maps the start of each bracket to its end.
    """
    number = short = None
    for _ in range(3):
        position = end + len(words[end : end + 2]) - len(words[end : end + 2].lstrip())
        closing = brackets.get(position)
        if closing is None:
            break
        inner = words[position + 1 : closing - 1]
        found = number_in(inner) or number_without_code(inner) or standard_in(inner)
        if found is None and words[:end].rstrip("》〉").endswith("公告") and _COUNT.fullmatch(inner):
            found = f"公告{inner}"
        introduced = _SHORT.search(inner)
        said = inner.strip()
        if not (found or introduced or _ISSUED.fullmatch(said) or _VERSION.fullmatch(said)):
            break
        number = number or found
        short = short or (introduced[1].strip() if introduced else None)
        end = closing
    return number, short, end


NUMERAL = r"(?:[〇零○一二三四五六七八九十百千两]{1,8}|[0-9０-９]{1,4}(?:\.[0-9]{1,2}){0,3}[A-Z]{0,2}|[IVX]{1,6}[A-D]?|[a-z](?=[）)]?\s*[項项]))"
_STEP = r"\s*[（(]\s*(?:\d{1,3}[A-Z]{0,2}|[a-z]{1,4})\s*[）)]"
MARKED = rf"(?:[（(]?\s*+{NUMERAL}\s*[）)]?(?:{_STEP}){{0,3}}|(?:{_STEP}){{1,3}})"
"""A number with or without brackets; in Hong Kong the numbers of its paragraph, item and point may follow: 14(1)(a)(i)."""
_TO = r"(?:至|到|—|–|－|-|~|～)"
_UNITS = "部分|部(?![分门門委队隊长長级級属屬])|分编|[编編章节節条條款项項目]|(?<=[）)])段"
_PIECE = lazy_pattern(
    rf"""
    \s*+ 第? \s*+ (?P<first>{MARKED})
    (?P<more> (?: \s* (?: 、 | {_TO} | 和 | 及 | 或 ) \s*+ 第? \s*+ {MARKED} )* )
    \s* (?P<unit>{_UNITS}) (?: \s*之\s*(?P<inserted>[一二三四五六七八九十]{{1,3}}|[0-9]{{1,2}}) (?![款项目]) )?
    """,
    re.VERBOSE,
)
_ONE_MORE = lazy_pattern(rf"\s*(?P<join>、|和|及|或|{_TO})\s*+第?\s*+(?P<number>{MARKED})", re.VERBOSE)
_BARE = r"(?P<bare>[〇零一二三四五六七八九十百\d]{1,7})[条條](?:(?<=[一二三四五六七八九十\d]{2}[条條])|之?[规規]定|所[列称稱述]|的|[、，。；和或及至]|以及|第|$)"
_JOIN = lazy_pattern(
    rf"\s*(?P<join>以及|及其|或者|或是|、|，|,|；|;|和|及|与|或|{_TO})\s*(?:(?:总则|分则|[\u4e00-\u9fff]{{2,6}}?)编\s*)?(?=第|[a-z][）)]?\s*項|{_BARE})",
    re.VERBOSE,
)
"""Words that join two places; the later place may lack 第 (第七条、八条规定), but not before a counted thing (三条线路)."""
_OPENS = lazy_pattern(rf"\s*第\s*{MARKED}|\s*[（(]{NUMERAL}[）)]\s*项", re.VERBOSE)
_FIELDS = {
    "部分": "part", "部": "part", "分编": "part", "编": "part", "章": "chapter", "节": "section", "条": "article", "款": "paragraph", "项": "subparagraph", "目": "item",
}  # fmt: skip
_ORDER = ("part", "chapter", "section", "article", "paragraph", "subparagraph", "item")
_SIMPLE = {"編": "编", "節": "节", "條": "条", "項": "项", "段": "项"}
_RANGES = frozenset("至到—–－-~～")
_MOST = 24
"""Most places read in one list (第一条、第三条…), a bound on time alone; a repeal rarely names as many."""
_BOOK = r"(?:(?!第)[\u4e00-\u9fff]){2,8}?编"
_HALF = lazy_pattern(rf"(?:(?:总则|分则|附则)(?:编)?|{_BOOK})\s*(?=第)")
"""The half or the book of a law before its chapters or articles: 刑法分则第三章, 民法典合同编第五百条."""


class Found(NamedTuple):
    """Places named at `words[start:end]`."""

    start: int
    end: int
    places: tuple[Place, ...]


class _Piece(NamedTuple):
    """Units of one kind: 第三、四款 has two numbers."""

    unit: str
    numbers: list[tuple[list[tuple[str, str]], bool]]
    """Steps down from the unit, each in digits and as printed without brackets, and whether they end a range."""
    end: int


def places_at(words: str, start: int, above: dict[str, tuple[str, str]] | None = None) -> Found | None:
    """Return the places listed at `start`, after any blanks; None if no place is named there.

    `above` holds the units already named before the list (本条 → {}, 前款 → paragraph `previous`).
    """
    begin = next((place for place in range(start, len(words)) if not words[place].isspace()), len(words))
    begin += words.startswith("的", begin)
    if (half := _HALF.match(words, begin)) is not None:
        begin = half.end()
    if _OPENS.match(words, begin) is None:
        return None
    context = dict(above or {})
    places: list[Place] = []
    position, end, ends_range = begin, begin, False
    while len(places) < _MOST:
        one = _place(words, position, context)
        if one is None:
            break
        found, end, context = one
        if ends_range and places:
            places[-1] = places[-1].model_copy(update={"until": found[0]})
            found = found[1:]
        places.extend(found)
        join = _JOIN.match(words, end)
        if join is None or _PIECE.match(words, join.end()) is None:
            break
        if join["bare"] and (to_int(join["bare"]) or 0) <= (to_int(places[-1].article or "") or 0):
            break  # 第七条、两条
        position, ends_range = join.end(), join["join"] in _RANGES
    return Found(begin, end, tuple(places)) if places else None


def _place(
    words: str, position: int, context: dict[str, tuple[str, str]]
) -> tuple[list[Place], int, dict[str, tuple[str, str]]] | None:
    """Read one place, from the highest unit down; its last piece may have several numbers."""
    units = dict(context)
    lowest = -1
    last: _Piece | None = None
    while True:
        within = _WITHIN.match(words, position) if last is not None else None
        begin = position if within is None else within.end()
        above = last.unit == "款" if last is not None else units.get("paragraph", ("", ""))[1].endswith("項")
        piece = _piece(words, begin, under_paragraph=above)
        if piece is None:
            break
        rank = _ORDER.index(_FIELDS[piece.unit])
        if last is not None and (last.unit, piece.unit) == ("编", "分编"):
            (digits, printed), steps = last.numbers[0][0][0], piece.numbers[0][0]
            steps[0], lowest = (digits, f"{printed}编第{steps[0][1]}分编"), -1
        if rank <= lowest or (last is not None and len(last.numbers) > 1):
            break
        higher = {field: value for field, value in units.items() if _ORDER.index(field) < rank}
        if lowest < 0 and piece.unit == "条":
            higher = {}  # articles are counted through the whole law, whatever chapter was named before them
        units = {**higher, **dict(zip(_ORDER[rank:], piece.numbers[0][0], strict=False))}
        lowest, last, position = rank, piece, piece.end
    if last is None:
        return None
    places: list[Place] = []
    for steps, ends_range in last.numbers:
        units = {**higher, **dict(zip(_ORDER[lowest:], steps, strict=False))}
        place = place_of(units)
        if ends_range and places:
            places[-1] = places[-1].model_copy(update={"until": place})
        else:
            places.append(place)
    return places, position, units


_WITHIN = lazy_pattern(
    rf"\s*(?:[“「][^“”「」]{{1,60}}[”」]中的?|所列|所称|规定的?|中的?|的)(?=\s*+第?\s*+{MARKED})"
)
"""Words between an article and its part: 第十条|所列|第（三）项, 第六条|“下列职权”中|第二项."""


def _piece(words: str, position: int, *, under_paragraph: bool = False) -> _Piece | None:
    match = _PIECE.match(words, position)
    if match is None:
        return None
    unit = _SIMPLE.get(match["unit"], match["unit"])
    if match["unit"] == "項" and re.match(r"\s*[（(a-z]", match["first"]) is None:
        unit = "款"  # in Taiwan 項 is the paragraph of an article and 款 its item; in Macao items stand in brackets
    elif under_paragraph and unit == "款":
        unit = "项"
    numbers = [(_steps(match["first"], []), False)]
    inserted = match["inserted"]
    for more in _ONE_MORE.finditer(match["more"]):
        steps = _steps(more["number"], numbers[-1][0])
        ends_range = more["join"] in _RANGES
        if ends_range and 0 < (to_int(steps[0][1]) or 0) < (to_int(numbers[-1][0][0][1]) or 0):
            inserted = steps[0][1]  # 第84-1條 is 第84條之1
        else:
            numbers.append((steps, ends_range))
    if unit in ("部分", "部") or unit != _SIMPLE.get(match["unit"], match["unit"]):
        for steps, _ in numbers:
            steps[0] = (steps[0][0], f"{steps[0][1]}{match['unit']}")
    if inserted is not None:
        steps = numbers[-1][0]
        steps[0] = (f"{steps[0][0]}-{to_int(inserted)}", f"{steps[0][1]}{unit}之{inserted}")
    return _Piece(unit, numbers, match.end())


def _steps(marked: str, before: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the steps of a number, with omitted steps taken from the number before: 14(1)(a) 或 (b)."""
    steps = [number_printed(step) for step in re.findall(r"[^（()）\s]+", marked)]
    if len(before) == 1 or marked.strip()[:1] not in "（(":
        return steps
    alike = [index for index, step in enumerate(before) if _sort(step[1]) == _sort(steps[0][1])]
    return [*before[: alike[-1] if alike else -1], *steps]


def _sort(step: str) -> int:
    return 0 if step[0].isdigit() else 1 if set(step) <= set("ivx") else 2


def number_printed(marked: str) -> tuple[str, str]:
    """Return a number in digits, and as printed without brackets and blanks."""
    printed = re.sub(r"[（()）\s]", "", marked)
    return str(to_int(printed) or printed), printed


def place_of(units: dict[str, tuple[str, str]]) -> Place:
    """Return a place from its units: field → (digits, numeral as printed)."""
    names = {field: name for name, field in _FIELDS.items()}  # of several, the last: 编
    text = ""
    for field in filter(units.__contains__, _ORDER):
        digits, printed = units[field]
        if digits.startswith("previous"):
            text += printed
        else:
            has_unit = "条之" in printed or printed[-1:] in "項款分部编"
            text += f"第{printed}{'' if has_unit else names[field]}"
    return Place(text=text, **{field: value[0] for field, value in units.items()})
