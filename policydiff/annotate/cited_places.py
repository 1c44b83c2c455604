"""Places in a document as citations name them: 第二十条第二款第三项, one or a list of them, each written out in full.

A list may leave out what it shares with the place before (第六十五条第一款、第三款), its ordinal (第（一）、（三）项) and its unit (第一至三项).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from policydiff.lexicon.numerals import to_int
from policydiff.model import Place

_NUMERAL = r"(?:[〇零○一二三四五六七八九十百千两]{1,8}|[0-9０-９]{1,4})"
_MARKED = rf"[（(]?\s*{_NUMERAL}\s*[）)]?"
_TO = r"(?:至|到|—|–|－|-|~|～)"
_UNITS = "分编|[编編章节節条條款项項目]"
_PIECE = re.compile(
    rf"""
    \s* 第? \s* (?P<first>{_MARKED})
    (?P<more> (?: \s* (?: 、 | {_TO} | 和 | 及 | 或 ) \s* 第? \s* {_MARKED} )* )
    \s* (?P<unit>{_UNITS}) (?: \s*之\s*(?P<inserted>[一二三四五六七八九十]{{1,3}}|[0-9]{{1,2}}) (?![款项目]) )?
    """,
    re.VERBOSE,
)
_ONE_MORE = re.compile(rf"\s*(?P<join>、|和|及|或|{_TO})\s*第?\s*(?P<number>{_MARKED})", re.VERBOSE)
_JOIN = re.compile(rf"\s*(?P<join>以及|及其|或者|或是|、|，|,|；|;|和|及|与|或|{_TO})\s*(?=第)", re.VERBOSE)
_OPENS = re.compile(rf"\s*第\s*{_MARKED}|\s*[（(]{_NUMERAL}[）)]\s*项", re.VERBOSE)
_FIELDS = {
    "编": "part", "分编": "part", "章": "chapter", "节": "section", "条": "article", "款": "paragraph", "项": "subparagraph", "目": "item",
}  # fmt: skip
_ORDER = ("part", "chapter", "section", "article", "paragraph", "subparagraph", "item")
_SIMPLE = {"編": "编", "節": "节", "條": "条", "項": "项"}
_RANGES = frozenset("至到—–－-~～")
_MOST = 24


class Found(NamedTuple):
    """Places named at `words[start:end]`."""

    start: int
    end: int
    places: tuple[Place, ...]


class _Piece(NamedTuple):
    """Units of one kind: 第三、四款 gives two numbers."""

    unit: str
    numbers: list[tuple[str, str, bool]]
    """Number in digits, as printed without brackets, and whether it ends a range."""
    end: int


def places_at(words: str, start: int, above: dict[str, tuple[str, str]] | None = None) -> Found | None:
    """Return the places that a list names at `start`, None where none is named there.

    Args:
        words: The words of a clause.
        start: Where the list may begin; blanks before it are passed over.
        above: Units already named before the list (本条 → {}, 前款 → paragraph `previous`).
    """
    begin = start + len(words[start:]) - len(words[start:].lstrip())
    if words[begin : begin + 1] == "的":
        begin += 1
    if _OPENS.match(words, begin) is None:
        return None
    context = dict(above or {})
    places: list[Place] = []
    position, ends_range = begin, False
    while len(places) < _MOST:
        one = _place(words, position, context)
        if one is None:
            break
        found, position, context = one
        if ends_range and places:
            places[-1] = places[-1].model_copy(update={"until": found[0]})
            found = found[1:]
        places.extend(found)
        join = _JOIN.match(words, position)
        if join is None or _PIECE.match(words, join.end()) is None:
            break
        position, ends_range = join.end(), join["join"] in _RANGES
    end = position if places else begin
    while end > begin and words[end - 1 : end] in "、，,；;和及与或至 ":
        end -= 1
    return Found(begin, end, tuple(places)) if places else None


def _place(
    words: str, position: int, context: dict[str, tuple[str, str]]
) -> tuple[list[Place], int, dict[str, tuple[str, str]]] | None:
    """Read one place, pieces from the highest unit down; the last piece may number several."""
    units = dict(context)
    lowest = -1
    last: _Piece | None = None
    while (piece := _piece(words, position)) is not None:
        rank = _ORDER.index(_FIELDS[piece.unit])
        if rank <= lowest or (last is not None and len(last.numbers) > 1):
            break
        units = {field: value for field, value in units.items() if _ORDER.index(field) < rank}
        units[_FIELDS[piece.unit]] = piece.numbers[0][:2]
        lowest, last, position = rank, piece, piece.end
    if last is None:
        return None
    field = _FIELDS[last.unit]
    places: list[Place] = []
    for digits, printed, ends_range in last.numbers:
        units[field] = (digits, printed)
        place = place_of(units)
        if ends_range and places:
            places[-1] = places[-1].model_copy(update={"until": place})
        else:
            places.append(place)
    return places, position, units


def _piece(words: str, position: int) -> _Piece | None:
    match = _PIECE.match(words, position)
    if match is None:
        return None
    unit = _SIMPLE.get(match["unit"], match["unit"])
    numbers = [(*_number(match["first"]), False)]
    numbers.extend(
        (*_number(more["number"]), more["join"] in _RANGES) for more in _ONE_MORE.finditer(match["more"])
    )
    if match["inserted"] is not None:
        inserted = to_int(match["inserted"])
        digits, printed, ends_range = numbers[-1]
        numbers[-1] = (f"{digits}-{inserted}", f"{printed}{unit}之{match['inserted']}", ends_range)
    return _Piece(unit, numbers, match.end())


def _number(marked: str) -> tuple[str, str]:
    printed = re.sub(r"[（()）\s]", "", marked)
    value = to_int(printed)
    return (printed if value is None else str(value)), printed


def place_of(units: dict[str, tuple[str, str]]) -> Place:
    """Return a place from its units: field → (digits, numeral as printed)."""
    names = {field: name for name, field in _FIELDS.items() if name != "分编"}
    text = ""
    for field in _ORDER:
        if field not in units:
            continue
        digits, printed = units[field]
        if digits.startswith("previous"):
            text += printed
        else:
            text += f"第{printed}" if "条之" in printed else f"第{printed}{names[field]}"
    return Place(text=text, **{field: value[0] for field, value in units.items()})


_ANNEX = re.compile(
    rf"附(?:件|表|录|图)(?P<number>{_NUMERAL}|[A-Z])(?P<more>(?:\s*[、和及至]\s*(?:附[件表录图])?{_NUMERAL})*)(?![.．、：:]|[年月日个份页件张])"
)


def annexes_in(words: str) -> Iterator[Found]:
    """Yield the annexes that words name by their number: 附件2, 附表一."""
    for match in _ANNEX.finditer(words) if "附" in words else ():
        digits, printed = _number(match["number"])
        mark = match[0][:2]
        places = [Place(text=f"{mark}{printed}", annex=digits)]
        for more in re.finditer(rf"([、和及至])\s*(附[件表录图])?({_NUMERAL})", match["more"]):
            following = _number(more[3])
            place = Place(text=f"{more[2] or mark}{following[1]}", annex=following[0])
            if more[1] == "至":
                places[-1] = places[-1].model_copy(update={"until": place})
            else:
                places.append(place)
        yield Found(match.start(), match.end(), tuple(places))
