"""Automatic numbers of DOCX paragraphs (ECMA-376 part 1, 17.9): 一、（一）1. that stand in no text."""

import re
from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

from lxml import etree

from policydiff.extract.word.looks import attribute, child, children, is_on, number_of, usual_style, value_of
from policydiff.lexicon.numerals import to_chinese

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_CLOSED = re.compile(r"[、.．）)】〕：:]$")
_DEEPEST = 50


class _Level(NamedTuple):
    start: int
    number_format: str
    text: str
    suffix: str
    legal: bool
    restart: int | None
    """Level (1-based) after which it starts again; 0 never; None: any higher level."""
    hidden: bool


class _Place(NamedTuple):
    """Where a paragraph stands in which list."""

    number_id: str
    level: int


class Numbering:
    """The lists of a document with their counters; paragraphs are numbered in reading order."""

    def __init__(self, numbering: "etree._Element | None", styles: "etree._Element | None") -> None:
        """Read `numbering.xml` and `styles.xml`, either of which may be missing."""
        self._abstract = {
            attribute(each, "abstractNumId") or "": each for each in children(numbering, "abstractNum")
        }
        self._linked = {
            link: key for key, each in self._abstract.items() if (link := value_of(each, "styleLink"))
        }
        self._numbers = {attribute(each, "numId") or "": each for each in children(numbering, "num")}
        self._styles = {attribute(each, "styleId") or "": each for each in children(styles, "style")}
        self._default = usual_style(self._styles, "paragraph")
        self._levels: dict[tuple[str, int], _Level] = {}
        self._counters: defaultdict[str, list[int | None]] = defaultdict(lambda: [None] * _LEVELS)
        self._overridden: set[tuple[str, int]] = set()

    def label(self, properties: "etree._Element | None") -> str:
        """Count a paragraph with these properties (`w:pPr`) and return its label with the sign that parts it from the text."""
        place = self._place(properties)
        if place is None or place.number_id not in self._numbers:
            return ""
        counters = self._count(place)
        level = self._level(place.number_id, place.level)

        def number(match: re.Match[str]) -> str:
            index = int(match.group(1)) - 1
            of_level = self._level(place.number_id, index)
            value = counters[index] if counters[index] is not None else of_level.start
            return printed_number(value or 0, "decimal" if level.legal else of_level.number_format)

        if level.number_format == "bullet" or level.hidden:
            return ""
        return _parted(_PLACE.sub(number, level.text), level.suffix)

    def _place(self, properties: "etree._Element | None") -> _Place | None:
        own = child(properties, "numPr")
        number_id, level = value_of(own, "numId"), number_of(own, "ilvl")
        style_id = value_of(properties, "pStyle") or self._default
        for _ in range(_DEEPEST):
            if (number_id is not None and level is not None) or style_id not in self._styles:
                break
            style = self._styles[style_id]
            inherited = child(style, "pPr", "numPr")
            number_id = number_id if number_id is not None else value_of(inherited, "numId")
            level = level if level is not None else number_of(inherited, "ilvl")
            if level is None and number_id is not None:
                level = self._level_of_style(number_id, style_id)
            style_id = value_of(style, "basedOn")
        if number_id is None or number_id == "0":
            return None
        return _Place(number_id, min(max(level or 0, 0), _LEVELS - 1))

    def _level_of_style(self, number_id: str, style_id: str) -> int | None:
        """Return the level that names the style: a style with a list may leave its level out."""
        for level in children(self._abstract_of(number_id), "lvl"):
            if value_of(level, "pStyle") == style_id:
                return int(attribute(level, "ilvl") or 0)
        return None

    def _abstract_id(self, number_id: str) -> str:
        key = value_of(self._numbers.get(number_id), "abstractNumId") or ""
        link = value_of(self._abstract.get(key), "numStyleLink")
        return self._linked.get(link, key) if link else key

    def _abstract_of(self, number_id: str) -> "etree._Element | None":
        return self._abstract.get(self._abstract_id(number_id))

    def _level(self, number_id: str, index: int) -> _Level:
        if (number_id, index) not in self._levels:
            self._levels[number_id, index] = self._read_level(number_id, index)
        return self._levels[number_id, index]

    def _read_level(self, number_id: str, index: int) -> _Level:
        override = self._override(number_id, index)
        found = child(override, "lvl")
        if found is None:
            levels = children(self._abstract_of(number_id), "lvl")
            found = next((each for each in levels if attribute(each, "ilvl") == str(index)), None)
        start = number_of(found, "start")
        return _Level(
            start if start is not None else 1,
            _format(found),
            value_of(found, "lvlText") or "",
            value_of(found, "suff") or "tab",
            is_on(found, "isLgl"),
            number_of(found, "lvlRestart"),
            is_on(found, "rPr", "vanish"),
        )

    def _override(self, number_id: str, index: int) -> "etree._Element | None":
        overrides = children(self._numbers.get(number_id), "lvlOverride")
        return next((each for each in overrides if attribute(each, "ilvl") == str(index)), None)

    def _count(self, place: _Place) -> list[int | None]:
        number_id, index = place
        counters = self._counters[self._abstract_id(number_id)]
        again = number_of(self._override(number_id, index), "startOverride")
        if again is not None and (number_id, index) not in self._overridden:
            # Lists that share a definition count on from each other, unless one says where it starts.
            self._overridden.add((number_id, index))
            counters[index] = again
        else:
            value = counters[index]
            counters[index] = self._level(number_id, index).start if value is None else value + 1
        for deeper in range(index + 1, _LEVELS):
            restart = self._level(number_id, deeper).restart
            if restart is None or index + 1 <= restart:
                counters[deeper] = None
        return counters


def _format(level: "etree._Element | None") -> str:
    """Return the number format; a newer one stands before its fallback in `mc:AlternateContent`, and shows what it prints (001, 002, …)."""
    found = child(level, "numFmt")
    if found is None:
        found = child(level, "AlternateContent", "Choice", "numFmt")
    if found is None:
        found = child(level, "AlternateContent", "Fallback", "numFmt")
    name = attribute(found, "val") or "decimal"
    first = (attribute(found, "format") or "").partition(",")[0].strip() if name == "custom" else ""
    return f"zeros {len(first)}" if first.isdecimal() else name


def _parted(label: str, suffix: str) -> str:
    """Return the label as a person would have typed it: 一、总体要求, but 1.1 总体要求."""
    if not label or suffix == "nothing":
        return label
    return label if _CLOSED.search(label) else label + " "


_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_DIGITS = "〇一二三四五六七八九"
_LEGAL = str.maketrans("〇零一二三四五六七八九十百千", "零零壹贰叁肆伍陆柒捌玖拾佰仟")
_TRADITIONAL = str.maketrans("〇零一二三四五六七八九十百千", "零零壹貳參肆伍陸柒捌玖拾佰仟")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_MOST = 9999


def printed_number(value: int, number_format: str) -> str:
    """Return a list number as printed; decimal where the format is not known.

    Examples:
        >>> [printed_number(12, kind) for kind in ("chineseCounting", "decimalEnclosedCircle", "upperRoman")]
        ['十二', '⑫', 'XII']
    """
    if number_format in {"none", "bullet"} or not 0 <= value <= _MOST:
        return ""
    if number_format.startswith("zeros "):
        return str(value).zfill(int(number_format[6:]))
    return _FORMATS.get(number_format, str)(value)


def _roman(value: int) -> str:
    found = ""
    for worth, sign in _ROMAN:
        found += sign * (value // worth)
        value %= worth
    return found


def _letters(value: int) -> str:
    """Return a … z, aa, bb … as Word counts."""
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if value else ""


def _enclosed(first: str, last: int) -> Callable[[int], str]:
    return lambda value: chr(ord(first) + value - 1) if 1 <= value <= last else str(value)


def _circled(value: int) -> str:
    if 21 <= value <= 35:
        return chr(ord("㉑") + value - 21)
    return _enclosed("①", 20)(value)


def _one_of(signs: str) -> Callable[[int], str]:
    return lambda value: signs[value - 1] if 1 <= value <= len(signs) else str(value)


def _by_digits(value: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(value))


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda value: f"{value:02d}",
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerLetter": _letters,
    "upperLetter": lambda value: _letters(value).upper(),
    "chineseCounting": to_chinese,
    "chineseCountingThousand": to_chinese,
    "taiwaneseCounting": to_chinese,
    "taiwaneseCountingThousand": to_chinese,
    "japaneseCounting": to_chinese,
    "chineseLegalSimplified": lambda value: to_chinese(value).translate(_LEGAL),
    "ideographLegalTraditional": lambda value: to_chinese(value).translate(_TRADITIONAL),
    "ideographDigital": _by_digits,
    "taiwaneseDigital": _by_digits,
    "japaneseDigitalTenThousand": _by_digits,
    "ideographTraditional": _one_of(_STEMS),
    "ideographZodiac": _one_of(_BRANCHES),
    "ideographEnclosedCircle": _enclosed("㊀", 10),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _enclosed("⑴", 20),
    "decimalEnclosedFullstop": _enclosed("⒈", 20),
    "decimalFullWidth": lambda value: str(value).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda value: str(value).translate(_FULL_WIDTH),
    "numberInDash": lambda value: f"- {value} -",
}


class NoteLabels:
    """Numbers of notes in the order of their calls."""

    def __init__(self, formats: "dict[str, str] | None" = None) -> None:
        """Take number formats (ST_NumberFormat) by kind of note."""
        self._formats = formats or {}
        self._counts = {"footnote": 0, "endnote": 0}
        self._used: set[str] = set()

    def label(self, kind: str, sign: str) -> str:
        """Return the label of the next note; one that another note bears already gets a mark of its own."""
        if not sign:
            self._counts[kind] += 1
            sign = printed_number(self._counts[kind], self._formats.get(kind, "decimal")) or str(
                self._counts[kind]
            )
        label = re.sub(r"[\s\[\]]+", "", sign)[:8] or "*"
        if label in self._used and kind == "endnote":
            label = f"尾{label}"
        self._used.add(label)
        return label
