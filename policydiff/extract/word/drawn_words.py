"""Words that are in no text element of a Word file because Word computes them for display: automatic numbers, and fields without a result.

Numbers of paragraphs and notes come from their lists (一、（一）1.; ECMA-376 part 1, 17.9), the words of fields from their code (17.16).
Menus of Word and WPS make such fields: a number in a circle and a pronunciation above a character (EQ), a symbol by its number
(SYMBOL), a prompt to click on (MACROBUTTON).
"""

import re
from collections import defaultdict
from typing import NamedTuple

from lxml import etree

from policydiff.extract.number_formats import printed_number
from policydiff.extract.word.looks import (
    attribute,
    child,
    children,
    in_line,
    is_on,
    number_of,
    usual_style,
    value_of,
)
from policydiff.lexicon.widths import in_signs, raised

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
"""Levels of a list in Word."""
_CLOSED = re.compile(r"[、.．）)】〕：:]$")
_DEEPEST = 50
"""Most steps along styles based on each other, which a damaged file may join in a ring."""
_NAME = re.compile(r"\s*([A-Za-z=]+)\s*")
_SIGN = re.compile(r"(0x[0-9A-Fa-f]{1,6}|\d{1,7})(?P<switches>.*)", re.DOTALL)
_FONT = re.compile(r'\\f\s+(?:"([^"]*)"|(\S+))')
_COUNTED = frozenset({"AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "LISTNUM"})
_PART = re.compile(
    r"\\(?P<escaped>[\\,;()])|\\(?P<switch>[A-Za-z*]+)\s*(?P<number>-?\d+(?:\.\d+)?)?|(?P<mark>[(),;])|(?P<words>[^\\(),;]+|\\)"
)
_OPTION = re.compile(r'\\\*\s*(?:jc\d*|hps\d*|"[^"]*")\s*|"Font:[^"]*"\s*', re.IGNORECASE)
_RINGS = "○〇◯"
_FRAMES = _RINGS + "□△◇"
_FUNCTIONS = frozenset("abdfilorsx")
_DEEPEST_BRACKET = 20
"""Deepest brackets read in a formula, a bound on the depth of calls."""


class _Level(NamedTuple):
    start: int
    number_format: str
    text: str
    suffix: str
    legal: bool
    restart: int | None
    """Level (from 1) after which this level starts again; 0: never; None: after any higher level."""
    hidden: bool


class _Place(NamedTuple):
    """The list of a paragraph, and its level in the list."""

    number_id: str
    level: int


class Numbering:
    """The lists of a document with their counters; paragraphs must be numbered in reading order."""

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
        """Count a paragraph with these properties (`w:pPr`) and return its label, with a blank if no mark separates it from the text."""
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
        # The label as a person would type it: 一、总体要求, but 1.1 总体要求
        label = _PLACE.sub(number, level.text)
        if not label or level.suffix == "nothing":
            return label
        return label if _CLOSED.search(label) else label + " "

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
        """Return the list level that names the style, because a style with a list may leave its level out."""
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
            # Lists with one definition continue each other's numbers, unless a list states where it starts.
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
    """Return the number format of a level; in `mc:AlternateContent` the newer format comes first and shows its numbers (001, 002, …)."""
    found = child(level, "numFmt")
    if found is None:
        found = child(level, "AlternateContent", "Choice", "numFmt")
    if found is None:
        found = child(level, "AlternateContent", "Fallback", "numFmt")
    name = attribute(found, "val") or "decimal"
    first = (attribute(found, "format") or "").partition(",")[0].strip() if name == "custom" else ""
    return f"zeros {len(first)}" if first.isdecimal() else name


class NoteLabels:
    """Numbers of notes in the order of the references to them."""

    def __init__(self, formats: "dict[str, str] | None" = None) -> None:
        """`formats`: number format (ST_NumberFormat) by kind of note."""
        self._formats = formats or {}
        self._counts = {"footnote": 0, "endnote": 0}
        self._used: set[str] = set()

    def label(self, kind: str, sign: str) -> str:
        """Return the label of the next note; an endnote whose label is taken gets 尾 before it."""
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


class _Field:
    """A field that is open while the runs of a document are read."""

    __slots__ = ("code", "has_result", "words")

    def __init__(self) -> None:
        self.code = ""
        self.words = ""
        """Words inside the field's code: results of other fields, or a text whose field never reaches its result."""
        self.has_result = False


class Fields:
    """The open fields of a document, the outermost first."""

    def __init__(self) -> None:
        self._open: list[_Field] = []
        self.are_counted = False
        """Whether the document has numbers that Word counts only when it shows the page."""

    def sign(self, kind: str, line: list[str]) -> None:
        """Process a sign of a field: it begins, its result begins, or it ends."""
        if kind == "begin":
            self._open.append(_Field())
        elif self._open and kind == "separate":
            self._open[-1].has_result = True
        elif self._open and kind == "end":
            field = self._open.pop()
            if not field.has_result:
                self.draw(field.code, line)

    def take(self, code: str) -> None:
        """Add a piece to the code of the innermost open field."""
        if self._open:
            self._open[-1].code += code

    def draw(self, code: str, line: list[str]) -> None:
        """Add the characters that Word draws for a field without a result to the line."""
        words = drawn(code)
        self.are_counted |= words is None
        if words:
            self.put(words, line)

    def put(self, words: str, line: list[str]) -> None:
        """Add words to the line, or to the code of the field that contains them."""
        field = next((each for each in reversed(self._open) if not each.has_result), None)
        if field is None:
            line.append(words)
        else:
            field.code += words
            field.words += words

    def end_line(self, line: list[str]) -> None:
        """Add the words of fields that have not reached their result by the end of the paragraph to the line."""
        for field in self._open:
            if not field.has_result:
                line.append(field.words)
                field.has_result = True


def drawn(code: str) -> str | None:
    r"""Return the characters that Word draws for a field without a result; None for a number that Word counts only when it shows the page.

    Examples:
        >>> [drawn(code) for code in (r"EQ \o\ac(○,21)", r"EQ \f(2,3)", r"SYMBOL 254 \f Wingdings", "MACROBUTTON a [姓名]", "PAGE")]
        ['㉑', '2/3', '☑', '[姓名]', '']
    """
    name = _NAME.match(code)
    kind, rest = (name[1].upper(), code[name.end() :]) if name is not None else ("", "")
    if kind in _COUNTED:
        return None
    if kind == "EQ":
        return _Equation(_OPTION.sub("", rest)).read(0).strip()
    if kind == "SYMBOL" and (sign := _SIGN.match(rest)) is not None:
        font = _FONT.search(sign["switches"])
        return in_signs(chr(min(int(sign[1], 0), 0x10FFFF)), (font[1] or font[2]) if font is not None else "")
    if kind == "MACROBUTTON":
        return rest.partition(" ")[2].strip()
    return rest.strip().strip('"') if kind == "QUOTE" else ""


class _Equation:
    """Reads the code of an EQ field."""

    def __init__(self, code: str) -> None:
        self._parts = list(_PART.finditer(code))
        self._at = 0

    def read(self, depth: int) -> str:
        """Return the text up to the end of the bracket, or to the end of the code."""
        return ",".join(self._list(depth))

    def _list(self, depth: int) -> list[str]:
        found = [""]
        switches: list[str] = []
        while self._at < len(self._parts):
            part = self._parts[self._at]
            self._at += 1
            if part["switch"]:
                switches.append(part["switch"].lower())
            elif part["mark"] == "(" and depth < _DEEPEST_BRACKET:
                inner = self._list(depth + 1)
                found[-1] += _shown(switches, inner)
                switches = []
            elif part["mark"] == ")" and depth:
                break
            elif part["mark"] in {",", ";"} and depth:
                found.append("")
            else:
                found[-1] += part["escaped"] or part["words"] or part["mark"]
        return found


def _shown(switches: list[str], inner: list[str]) -> str:
    """Return a function of an equation as one line of text."""
    function = next((each for each in switches if each in _FUNCTIONS), "")
    words = [each.strip() for each in inner]
    if not function:
        return f"({','.join(inner)})"
    if function == "f" and len(words) == 2:
        return in_line("f", *words)
    if function == "r":
        return in_line("rad", *(("", *words) if len(words) == 1 else words[:2]))
    if function == "s":
        return "".join(map(raised, words)) if "up" in switches else "".join(words)
    if function == "o":
        return _one_over_the_other(words)
    return f"({','.join(words)})" if function == "b" else "".join(words)


def _one_over_the_other(words: list[str]) -> str:
    """Return characters drawn over one another: a number in a circle → ㉑, a character below its pronunciation → the character."""
    rings = [each for each in words if each and each in _FRAMES]
    others = [each for each in words if each not in rings]
    if not rings:
        # A pronunciation has letters; Chinese characters one below the other form one word.
        return "".join(words) if "\u4e00" <= words[0] <= "\u9fff" else words[-1]
    held = "".join(others)
    number = int(held) if held.isdecimal() and len(held) < 3 else 0
    if number and rings[0] in _RINGS and number <= 50:
        return printed_number(number, "decimalEnclosedCircle")
    return f"{rings[0]}{held}"
