"""Formatting of paragraphs and runs of a DOCX, with each style resolved once, and the characters that elements of a run print."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from policydiff.lexicon.text_marks import Merged
from policydiff.lexicon.widths import in_signs, is_of_signs

_DEEPEST = 50
"""Most steps along styles based on each other, which a damaged file may join in a ring."""
_CENTRED = frozenset({"center", "centerGroup"})


class Look(NamedTuple):
    """Look of a run, or the look that a style gives to runs and paragraphs."""

    centred: bool = False
    size: float = 0.0
    """Type size in points; 0 if the file states none."""
    bold: bool = False
    struck: bool = False
    hidden: bool = False
    raised: bool = False
    """Whether the run is raised above the line, like powers and marks of notes."""
    signs: str = ""
    """Font whose letters are printed as signs; empty for ordinary letters."""


_HEXADECIMAL = re.compile(r"[0-9A-Fa-f]{1,8}")
_ROWS, _COLUMNS = ("firstRow", "lastRow", "Horz"), ("firstCol", "lastCol", "Vert")
"""Parts of a table style: first and last row, or column, and every second one between them."""
_USED = {"firstRow": ("firstRow", 0x20), "lastRow": ("lastRow", 0x40), "firstCol": ("firstColumn", 0x80), "lastCol": ("lastColumn", 0x100)}  # fmt: skip
_UNUSED = {"Horz": ("noHBand", 0x200), "Vert": ("noVBand", 0x400)}
"""Attribute and bit by which a table switches a part of its style on (`_USED`) or off (`_UNUSED`) (17.4.55)."""
_SWITCHES = {"b": "bold", "strike": "struck", "dstrike": "struck", "vanish": "hidden"}


class Looks:
    """Looks of a document's styles."""

    def __init__(self, styles: "etree._Element | None") -> None:
        """Read `styles.xml`, which may be missing."""
        self._styles = {attribute(each, "styleId") or "": each for each in children(styles, "style")}
        self._default = usual_style(self._styles, "paragraph")
        self._usual_table = usual_style(self._styles, "table")
        self._base = _with_runs(Look(), child(styles, "docDefaults", "rPrDefault", "rPr"))
        self._found: dict[str, Look] = {}
        self._runs: dict[tuple[str, Look], Look] = {}

    def of_table(self, table: "etree._Element | None") -> Callable[[int, int, int, int], Look]:
        """Return a function that gives the look of a cell's words from the style of a table (`w:tblPr`).

        Its arguments are the number of the cell's row, from 0, the number of rows, the number of its column, and the number of columns.
        """
        style = value_of(table, "tblStyle") or self._usual_table or ""
        whole, used = self._applied(style, Look()), child(table, "tblLook")
        code = attribute(used, "val") or ""
        bits = int(code, 16) if _HEXADECIMAL.fullmatch(code) else 0
        chain = self._chain(style)
        parts = [
            (attribute(each, "type"), child(each, "rPr"))
            for of in chain
            for each in children(of, "tblStylePr")
        ]
        said = {
            part
            for part, (name, bit) in (_USED | _UNUSED).items()
            if bits & bit or attribute(used, name) in _TICKED
        }
        shown = said ^ _UNUSED.keys()

        def look(row: int, rows: int, column: int, columns: int) -> Look:
            at: set[str] = set()
            for (first, last, bands), place, count in ((_ROWS, row, rows), (_COLUMNS, column, columns)):
                ends = {name for name, end in ((first, 0), (last, count - 1)) if place == end} & shown
                band = {f"band{(place - (first in shown)) % 2 + 1}{bands}"}
                at |= ends or (band if bands in shown else set())
            found = whole
            for name, properties in parts:
                found = _with_runs(found, properties) if name in at else found
            return found

        return look

    def of_paragraph(self, properties: "etree._Element | None", table: Look | None = None) -> Look:
        """Return the look from a paragraph's style and its own `w:pPr`; `table` is the look that a table's style gives to the cell."""
        style = value_of(properties, "pStyle") if properties is not None else None
        look = self._resolved(style or self._default or "")
        if table is not None and (table.struck or table.hidden):
            # A switch that two styles set is turned off (17.7.3).
            look = look._replace(struck=look.struck != table.struck, hidden=look.hidden != table.hidden)
        alignment = value_of(properties, "jc") if properties is not None else None
        return look if alignment is None else look._replace(centred=alignment in _CENTRED)

    def of_run(self, properties: "etree._Element | None", paragraph: Look) -> Look:
        """Return the look of a run with this `w:rPr` in a paragraph with this look."""
        if properties is None or not len(properties):
            return paragraph
        style = value_of(properties, "rStyle")
        if style is not None:
            key = style, paragraph
            if key not in self._runs:
                self._runs[key] = _toggled(
                    paragraph, self._applied(style, Look()), self._applied(style, paragraph)
                )
            paragraph = self._runs[key]
        return _with_runs(paragraph, properties)

    def name(self, properties: "etree._Element | None") -> str:
        """Return the name of a paragraph's style; empty for none or the default style."""
        style = value_of(properties, "pStyle") if properties is not None else None
        if style is None or style == self._default:
            return ""
        return value_of(self._styles.get(style), "name") or style

    def _resolved(self, style: str) -> Look:
        if style not in self._found:
            self._found[style] = self._applied(style, self._base)
        return self._found[style]

    def _chain(self, style: str) -> "list[etree._Element]":
        """Return a style and the styles that it is based on, the deepest first."""
        chain: list[etree._Element] = []
        key: str | None = style
        while key in self._styles and len(chain) < _DEEPEST:
            chain.append(self._styles[key])
            key = value_of(self._styles[key], "basedOn")
        return chain[::-1]

    def _applied(self, style: str, look: Look) -> Look:
        for each in self._chain(style):
            look = _with_runs(look, child(each, "rPr"))
            alignment = value_of(each, "pPr", "jc")
            if alignment is not None:
                look = look._replace(centred=alignment in _CENTRED)
        return look


def _toggled(paragraph: Look, own: Look, both: Look) -> Look:
    """Return the look of words with a style of their own; switches that the paragraph's style sets too are turned off (17.7.3)."""
    off = [name for name in ("bold", "struck", "hidden") if getattr(paragraph, name) and getattr(own, name)]
    return both._replace(**dict.fromkeys(off, False))  # type: ignore[arg-type]


def _with_runs(look: Look, properties: "etree._Element | None") -> Look:
    """Return the look with the switches and the size of a `w:rPr` applied."""
    if properties is None:
        return look
    # A run is struck by either of two switches; one of them turned off does not undo the other.
    changed: dict[str, bool | float | str] = {}
    for each in properties:
        name = name_of(each)
        if name in _SWITCHES:
            field = _SWITCHES[name]
            changed[field] = bool(changed.get(field)) or is_on(each)
        elif name == "vertAlign":
            changed["raised"] = attribute(each, "val") == "superscript"
        elif name == "rFonts" and (font := attribute(each, "ascii")) is not None:
            changed["signs"] = font if is_of_signs(font) else ""
        elif name == "sz":
            size = attribute(each, "val") or ""
            if size.isdecimal() and len(size) < 5:
                changed["size"] = int(size) / 2
    return look._replace(**changed) if changed else look  # type: ignore[arg-type]


_OFF = frozenset({"0", "false", "off", "none"})


@lru_cache(maxsize=4096)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def usual_style(styles: "dict[str, etree._Element]", kind: str) -> str | None:
    """Return the id of the style of paragraphs or tables that name no style."""
    usual = (
        key
        for key, each in styles.items()
        if attribute(each, "type") == kind and (attribute(each, "default") or "0").lower() in _TICKED
    )
    return next(usual, None)


def name_of(element: "etree._Element") -> str:
    """Return an element's local name; empty for a comment or processing instruction."""
    tag = element.tag
    return _local(tag) if isinstance(tag, str) else ""


def child(element: "etree._Element | None", *path: str) -> "etree._Element | None":
    """Return the first descendant along a path of local names; None if a step is missing."""
    for name in path:
        if element is None:
            return None
        element = next((each for each in element if name_of(each) == name), None)
    return element


def children(element: "etree._Element | None", name: str) -> "Iterator[etree._Element]":
    """Return the children with a local name."""
    return (each for each in (() if element is None else element) if name_of(each) == name)


def attribute(element: "etree._Element | None", name: str) -> str | None:
    """Return an attribute by its local name; None if it is missing."""
    if element is None:
        return None
    return next((str(value) for key, value in element.attrib.items() if _local(str(key)) == name), None)


def value_of(element: "etree._Element | None", *path: str) -> str | None:
    """Return the `val` attribute of the element along a path; None if it is missing."""
    return attribute(child(element, *path), "val")


def number_of(element: "etree._Element | None", *path: str) -> int | None:
    """Return the `val` attribute as a number; None if it is missing or no number."""
    text = value_of(element, *path) if path else attribute(element, "val")
    try:
        return int(text) if text is not None and len(text) < 10 else None
    except ValueError:
        return None


def is_on(element: "etree._Element | None", *path: str) -> bool:
    """Return whether a switch exists and is not turned off."""
    found = child(element, *path)
    return found is not None and (attribute(found, "val") or "1").lower() not in _OFF


_CHARACTERS = {"tab": " ", "ptab": " ", "cr": "\n", "br": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_TICKED = frozenset({"1", "true", "on"})
MATHS = {
    "f": ("num", "den"), "sSup": ("e", "sup"), "sSub": ("e", "sub"), "sSubSup": ("e", "sub", "sup"), "limLow": ("e", "lim"),
    "limUpp": ("e", "lim"), "rad": ("deg", "e"), "nary": ("sub", "sup", "e"), "d": ("e",), "eqArr": ("e",), "bar": ("e",), "acc": ("e",),
}  # fmt: skip
"""Parts of formulas (ECMA-376, 22.1) whose position on the page, or whose signs, carry meaning."""
_BETWEEN = {"f": "/", "sSup": "^", "sSub": "_", "sSubSup": "_^", "limLow": "_", "limUpp": "^"}
UNREAD_PARTS = {
    "relIds": "a diagram (SmartArt)",
    "chart": "a chart",
    "OLEObject": "an embedded object",
    "subDoc": "a document of its own (subDoc)",
}
"""Elements that show words of another part, with the name that a warning gives them."""


def characters_of(element: "etree._Element", name: str, signs: str = "") -> str | None:
    """Return the characters that an element prints itself; None if it only contains other elements.

    `signs` is the font of signs, in which letters print signs; empty for other fonts.
    """
    if name in {"t", "delText"}:
        return in_signs(element.text or "", signs) if signs else element.text or ""
    if name == "textpath":
        return attribute(element, "string") or ""
    if name == "ffData":
        # Entry of a form field: a box with or without a tick, or the chosen word; typed text is in runs of its own
        box = child(element, "checkBox")
        if box is not None:
            said = value_of(box, "checked") if child(box, "checked") is not None else value_of(box, "default")
            ticked = child(box, "checked") is not None and said is None
            return "☑" if ticked or (said or "").lower() in _TICKED else "□"
        choice = child(element, "ddList")
        if choice is None:
            return ""
        entries = [attribute(entry, "val") or "" for entry in children(choice, "listEntry")]
        chosen = number_of(choice, "result") or number_of(choice, "default") or 0
        return entries[chosen] if 0 <= chosen < len(entries) else ""
    return _symbol(element) if name == "sym" else _CHARACTERS.get(name)


def _symbol(element: "etree._Element") -> str:
    """Return the sign that a font prints for a number; empty if it is not known."""
    try:
        sign = in_signs(chr(int(attribute(element, "char") or "", 16)), attribute(element, "font") or "")
    except (ValueError, OverflowError):
        return ""
    return "" if sign < " " or "\ud800" <= sign <= "\uf8ff" else sign


def in_line(name: str, *places: str, properties: "etree._Element | None" = None) -> str:
    """Return a part of a formula on one line; `name` is its element, brackets are added if the order of operations would be lost.

    `places` are the words in its positions, in the order of `MATHS`; `properties` state its signs: brackets, the sign of a sum,
    a bar.

    Examples:
        >>> in_line("f", "a+b", "10"), in_line("sSup", "x", "2"), in_line("rad", "", "x"), in_line("nary", "i=1", "n", "x")
        ('(a+b)/10', 'x^2', '√x', '∫_(i=1)^n x')
    """
    sign = value_of(properties, "chr")
    if name == "d":
        opening, closing = value_of(properties, "begChr"), value_of(properties, "endChr")
        return f"{'(' if opening is None else opening}{places[0]}{')' if closing is None else closing}"
    if name in {"bar", "acc", "eqArr"}:
        line = "\u0304" if value_of(properties, "pos") == "top" else "\u0332"
        return places[0] + {"bar": line, "acc": sign or "\u0302"}.get(name, "")
    held = [f"({words})" if len(words) > 1 and not words.isdecimal() else words for words in places]
    if name == "nary":
        return (
            f"{sign or '∫'}{f'_{held[0]}' if held[0] else ''}{f'^{held[1]}' if held[1] else ''} {places[2]}"
        )
    if name == "rad":
        return f"{held[0]}√{held[1]}"
    return held[0] + "".join(f"{sign}{words}" for sign, words in zip(_BETWEEN[name], held[1:], strict=True))


def words_of(element: "etree._Element") -> str:
    """Return the characters of an element and of all elements inside it."""
    return "".join(each.text or "" for each in element.iter() if name_of(each) in {"t", "delText"})


_QUOTED = re.compile('"([^"]*[\u4e00-\u9fff][^"]*)"')
"""Words in the code of a field that the field may print: QUOTE, IF, a title."""


def unprinted(element: "etree._Element", name: str) -> Iterator[tuple[str, str]]:
    """Yield the words of an element that no page shows as part of a line, each with its kind."""
    if name in {"docPr", "cNvPr"}:
        for said in ("title", "descr"):
            yield "alternative text", attribute(element, said) or ""
    elif name == "tblPr":
        for said in ("tblCaption", "tblDescription"):
            yield "alternative text", value_of(element, said) or ""
    elif name == "rt":
        yield "phonetic guide", words_of(element)
    elif name == "instrText":
        yield from (("field", words) for words in _QUOTED.findall(element.text or ""))
    elif name in {"sdtPr", "ffData"}:
        entries = (
            attribute(each, "displayText") or attribute(each, "value") or attribute(each, "val")
            for each in element.iter()
            if name_of(each) in {"listItem", "listEntry"}
        )
        yield "choice", "，".join(filter(None, entries))


def chosen(alternatives: "etree._Element") -> "etree._Element":
    """Return one branch of `mc:AlternateContent`, because all branches show the same text box."""
    choice = child(alternatives, "Choice")
    found = choice if choice is not None else child(alternatives, "Fallback")
    return found if found is not None else alternatives


def note_texts(part: "etree._Element | None", kind: str) -> "dict[str, etree._Element]":
    """Return the notes of `footnotes.xml` or `endnotes.xml` by id, without separators."""
    return {
        attribute(each, "id") or "": each
        for each in children(part, kind)
        if attribute(each, "type") in {None, "normal"} and value_of(each, "separator") is None
    }


def merge_of(properties: "etree._Element | None") -> Merged | None:
    """Return whether a cell with these properties (`w:tcPr`) continues the cell above or before it; None if neither."""
    for name, merged in (("vMerge", Merged.ABOVE), ("hMerge", Merged.LEFT)):
        merge = child(properties, name)
        if merge is not None and (attribute(merge, "val") or "continue") == "continue":
            return merged
    return None
