"""Fields of a Word document that hold no result: Word draws them from their code when it shows the page (ECMA-376, 17.16).

Menus of Word and WPS make such fields: a number in a circle and a sound above a character (EQ), a sign by its number (SYMBOL), a
prompt to click on (MACROBUTTON).
"""

import re

from policydiff.extract.word.looks import in_line
from policydiff.lexicon.widths import in_signs, raised

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
_DEEPEST = 20


class _Field:
    """A field that is open while the runs of a document are walked."""

    __slots__ = ("code", "has_result", "words")

    def __init__(self) -> None:
        self.code = ""
        self.words = ""
        """Words that stand within its code: results of other fields, or a text whose field never comes to its result."""
        self.has_result = False


class Fields:
    """The open fields of a document, from the outermost in."""

    def __init__(self) -> None:
        self._open: list[_Field] = []
        self.are_counted = False
        """Whether the document has numbers that Word counts when it shows the page."""

    def sign(self, kind: str, line: list[str]) -> None:
        """Take the sign of a field: it begins, its result begins, or it ends."""
        if kind == "begin":
            self._open.append(_Field())
        elif self._open and kind == "separate":
            self._open[-1].has_result = True
        elif self._open and kind == "end":
            field = self._open.pop()
            if not field.has_result:
                self.draw(field.code, line)

    def take(self, code: str) -> None:
        """Take a piece of a field's code."""
        if self._open:
            self._open[-1].code += code

    def draw(self, code: str, line: list[str]) -> None:
        """Put the characters that Word draws for a field without a result into the line."""
        words = drawn(code)
        self.are_counted |= words is None
        if words:
            self.put(words, line)

    def put(self, words: str, line: list[str]) -> None:
        """Put words into the line, or into the code of the field that they are a part of."""
        field = next((each for each in reversed(self._open) if not each.has_result), None)
        if field is None:
            line.append(words)
        else:
            field.code += words
            field.words += words

    def end_line(self, line: list[str]) -> None:
        """Show the words behind the beginning of a field that has not come to its result by the paragraph's end."""
        for field in self._open:
            if not field.has_result:
                line.append(field.words)
                field.has_result = True


def drawn(code: str) -> str | None:
    r"""Return the characters that Word draws for a field without a result; None for a number that Word counts when it shows the page.

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
        """Return the text up to the end of the bracket, or of the code."""
        return ",".join(self._list(depth))

    def _list(self, depth: int) -> list[str]:
        found = [""]
        switches: list[str] = []
        while self._at < len(self._parts):
            part = self._parts[self._at]
            self._at += 1
            if part["switch"]:
                switches.append(part["switch"].lower())
            elif part["mark"] == "(" and depth < _DEEPEST:
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
    """Return characters that are drawn over one another: a number in a ring, or the last of them below its sound."""
    rings = [each for each in words if each and each in _FRAMES]
    others = [each for each in words if each not in rings]
    if not rings:
        return words[-1]
    held = "".join(others)
    number = int(held) if held.isdecimal() and len(held) < 3 else 0
    if number and rings[0] in _RINGS and number <= 50:
        first = (0x2460, 1) if number <= 20 else (0x3251, 21) if number <= 35 else (0x32B1, 36)
        return chr(first[0] + number - first[1])
    return f"{rings[0]}{held}"
