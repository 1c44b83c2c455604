"""Formatting of the cells of an XLSX or ODS: number formats, struck words, and the comments and pictures beside the cells."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from lxml import etree

from policydiff.extract.container import Container, parse_xml
from policydiff.lexicon.widths import raised

_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00", 45: "mm:ss", 46: "h:mm:ss", 47: "mm:ss",
}  # fmt: skip
"""Number formats that every XLSX has without defining them (ECMA-376, 18.8.30), except those for dates."""
_CELL = re.compile(
    rb"<(?:\w{1,20}:)?c\s([^>]{1,400}?)(?:/>|>((?:[^<]|<(?!/?(?:\w{1,20}:)?c[\s>])){0,8000})</)"
)
_VALUE = re.compile(rb"<(?:\w{1,20}:)?v>([^<]{1,200})</")
_FORMULA = re.compile(rb"<(?:\w{1,20}:)?f(?:\s[^>]{0,200})?(?:/>|>([^<]{0,4000})</)")
_STYLE = re.compile(rb"\bs=[\"'](\d{1,6})[\"']")
_KIND = re.compile(rb"\bt=[\"'](\w{1,20})[\"']")
_MARKED = re.compile(b"strike|superscript")
_TELLING = re.compile(rb"<(?:\w{1,20}:)?(?:f[\s>/]|strike|vertAlign)|\bt=[\"']e[\"']")
"""Formulas, errors, and struck or raised words inside cells; a sheet without them has only number formats to read."""
_PLACE = re.compile(rb"\br=[\"'](?P<column>[A-Z]{1,3})(?P<row>\d{1,7})[\"']")
_EDGE = re.compile(rb"<(?:\w{1,20}:)?(?:odd|even|first)(Header|Footer)>([^<]{1,2000})<")
_EDGE_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d+|[A-Za-z])')
_RULE = re.compile(rb"<(?:\w{1,20}:)?dataValidation\s[^>]{1,4000}>")
_MESSAGE = re.compile(rb"\b(?:prompt|promptTitle|error|errorTitle)=\"([^\"]{1,500})\"")
_UNSEEN = re.compile(rb"<(?:\w{1,20}:)?(?:row|col)\s[^>]{0,400}\bhidden=\"(?:1|true)\"")
_OFF = frozenset({"0", "false", "off", "none"})

Cell = tuple[int, int]
"""Row and column of a cell, both from 0."""


class SheetLooks(NamedTuple):
    """Contents of a sheet besides the plain values of its cells."""

    formats: dict[Cell, str]
    """Number format of a cell, if it prints more than the plain number."""
    struck: dict[Cell, tuple[str, str] | None]
    """Cells with struck or raised words, as (words kept, words struck); None if the whole cell is struck."""
    shown: dict[Cell, str] = {}  # noqa: RUF012 (frozen by use: nothing writes to it)
    """Printed words of number cells of an ODS; for an XLSX, errors (#DIV/0!), which have no value."""
    comments: tuple[str, ...] = ()
    boxes: tuple[str, ...] = ()
    """Words of text boxes, in the order of the file."""
    edges: tuple[tuple[str, str], ...] = ()
    """Pairs (`header`, `footer`, `chart`, or `message` for the hints of input rules; its words)."""
    unseen: bool = False
    """Whether rows or columns of the sheet are hidden."""
    uncomputed: int = 0
    """Number of cells with a formula whose value the file does not hold; `shown` has the formula."""


def looks_of_sheets(container: Container) -> dict[str, SheetLooks]:
    """Return the looks of the sheets of an XLSX by sheet name. Raises UnreadableInputError if a part read for them is damaged."""
    book, parts = container.xml("xl/workbook.xml"), container.related("xl/workbook.xml")
    if book is None:
        return {}
    styles = container.xml("xl/styles.xml")
    formats, struck = _styles(styles) if styles is not None else ({}, frozenset())
    shared = _struck_strings(container)
    found = {}
    for sheet in book.iter("{*}sheet"):
        link = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), None)
        _, path = parts.get(str(link), ("", ""))
        content = container.read(path) or b""
        found[str(sheet.get("name"))] = _looks(container, path, content, formats, struck, shared)
    return found


def _styles(styles: "etree._Element") -> tuple[dict[bytes, str], frozenset[bytes]]:
    """Return the number format of each cell style, if it prints more than the number, and the cell styles that strike."""
    codes = {**{str(number): code for number, code in _BUILT_IN.items()}}
    codes |= {
        str(each.get("numFmtId")): str(each.get("formatCode") or "") for each in styles.iter("{*}numFmt")
    }
    fonts = [
        any(mark.get("val") not in _OFF for mark in font.iter("{*}strike"))
        for fonts in styles.iter("{*}fonts")
        for font in fonts
    ]
    formats: dict[bytes, str] = {}
    struck = set()
    looks = [each for held in styles.iter("{*}cellXfs") for each in held]
    for index, each in enumerate(looks):
        code = codes.get(str(each.get("numFmtId")), "")
        if code and code.lower() not in {"general", "@"}:
            formats[str(index).encode()] = code
        font = str(each.get("fontId") or "")
        if font.isdecimal() and int(font) < len(fonts) and fonts[int(font)]:
            struck.add(str(index).encode())
    return formats, frozenset(struck)


def _struck_strings(container: Container) -> dict[int, tuple[str, str]]:
    """Return the shared strings with struck or raised words, by number: (words kept, words struck)."""
    if not _MARKED.search(container.read("xl/sharedStrings.xml") or b""):
        return {}
    strings = container.xml("xl/sharedStrings.xml")
    found = {}
    for number, item in enumerate(strings if strings is not None else ()):
        if parts := _parts(item):
            found[number] = parts
    return found


def _parts(item: "etree._Element") -> tuple[str, str] | None:
    """Return the words of a string that are kept and that are struck; None if nothing is struck or raised."""
    kept: list[str] = []
    gone: list[str] = []
    shown: list[str] = []
    for run in item.iter("{*}r"):
        words = "".join(each.text or "" for each in run.iter("{*}t"))
        is_struck = any(mark.get("val") not in _OFF for mark in run.iter("{*}strike"))
        is_raised = any(mark.get("val") == "superscript" for mark in run.iter("{*}vertAlign"))
        (gone if is_struck else kept).append(raised(words) if is_raised else words)
        shown.append(words)
    return ("".join(kept), "".join(gone)) if gone or kept != shown else None


_PREFIX = re.compile(rb"(</?)\w{1,20}:")


def _looks(
    container: Container,
    path: str,
    content: bytes,
    formats: dict[bytes, str],
    struck: frozenset[bytes],
    shared: dict[int, tuple[str, str]],
) -> SheetLooks:
    of_cells: dict[Cell, str] = {}
    struck_cells: dict[Cell, tuple[str, str] | None] = {}
    shown: dict[Cell, str] = {}
    uncomputed = 0
    tells = formats or struck or shared or _TELLING.search(content)
    for tag in _CELL.finditer(content) if tells else ():
        style, place, kind, inner = (
            _STYLE.search(tag[1]),
            _PLACE.search(tag[1]),
            _KIND.search(tag[1]),
            tag[2] or b"",
        )
        if place is None:
            continue
        cell = int(place["row"]) - 1, _column(place["column"])
        value, said = _VALUE.search(inner), kind[1] if kind is not None else b""
        if style is not None and style[1] in formats:
            of_cells[cell] = formats[style[1]]
        if style is not None and style[1] in struck:
            struck_cells[cell] = None
        elif said == b"s" and value is not None and value[1].isdigit() and int(value[1]) in shared:
            struck_cells[cell] = shared[int(value[1])]
        elif _MARKED.search(inner) and (parts := _parts(parse_xml(_PREFIX.sub(rb"\1", inner), "a cell"))):
            struck_cells[cell] = parts
        if said == b"e" and value is not None:
            shown[cell] = value[1].decode("utf-8", "replace")
        elif (
            value is None
            and said not in {b"str", b"inlineStr"}
            and (formula := _FORMULA.search(inner)) is not None
        ):
            # Programs that generate sheets leave the computation to Excel; an empty text is a value too.
            shown[cell] = "=" + unescape((formula[1] or b"").decode("utf-8", "replace"))
            uncomputed += 1
    comments, boxes, beside = _beside_cells(container, path, content)
    unseen = _UNSEEN.search(content) is not None
    return SheetLooks(of_cells, struck_cells, shown, comments, boxes, beside, unseen, uncomputed)


_Words = tuple[str, ...]


def _beside_cells(
    container: Container, path: str, content: bytes
) -> tuple[_Words, _Words, tuple[tuple[str, str], ...]]:
    """Return the comments of a sheet, the words of its text boxes, and its other words beside the cells."""
    beside = [
        (edge[1].decode().lower(), words)
        for edge in _EDGE.finditer(content)
        if (words := _EDGE_CODE.sub("", edge[2].decode("utf-8", "replace").replace("&amp;", "&")).strip())
    ]
    beside.extend(("message", words) for words in _messages(content))
    comments: list[str] = []
    boxes: list[str] = []
    for _, target in container.related(path).values():
        if "/comments" in target:
            comments.extend(_texts(container, target, "comment", "t"))
        elif "/drawings/" in target and target.endswith(".xml"):
            boxes.extend(_texts(container, target, "txBody", "t"))
            for _, chart in container.related(target).values():
                if "/charts/" in chart and chart.endswith(".xml"):
                    beside.extend(("chart", words) for words in _texts(container, chart, "rich", "t"))
    return tuple(comments), tuple(boxes), tuple(beside)


def _messages(content: bytes) -> Iterator[str]:
    """Yield the messages in which input rules tell people how to fill in cells."""
    for rule in _RULE.finditer(content):
        for said in _MESSAGE.finditer(rule[0]):
            yield unescape(said[1].decode("utf-8", "replace")).strip()


def _texts(container: Container, path: str, holder: str, words: str) -> Iterator[str]:
    root = container.xml(path)
    for each in root.iter(f"{{*}}{holder}") if root is not None else ():
        text = "".join(part.text or "" for part in each.iter(f"{{*}}{words}")).strip()
        if text:
            yield text


_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_NUMBERS = frozenset({"float", "percentage", "currency", "time"})
_MOST_REPEATED = 1_000
"""Most repeated rows or cells that are listed one by one, because the empty rows to the end of a sheet are stored as one repeated row."""


def looks_of_open_sheets(container: Container) -> dict[str, SheetLooks]:
    """Return the looks of the sheets of an ODS by sheet name; an ODS stores the printed words of a number beside its value.

    Raises UnreadableInputError if its content is damaged.
    """
    content = container.xml("content.xml")
    return {
        table.get(f"{_TABLE}name") or "": _looks_of_open_sheet(table)
        for table in (content.iter(f"{_TABLE}table") if content is not None else ())
    }


def _looks_of_open_sheet(table: "etree._Element") -> SheetLooks:
    shown: dict[Cell, str] = {}
    comments: list[str] = []
    at_row = 0
    for row in table.iter(f"{_TABLE}table-row"):
        rows = _repeated(row, "number-rows-repeated")
        column = 0
        for cell in row:
            if cell.tag not in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
                continue
            across = _repeated(cell, "number-columns-repeated")
            words = "\n".join(
                "".join(map(str, each.itertext())) for each in cell if each.tag == f"{_TEXT}p"
            ).strip()
            if words and cell.get(f"{_OFFICE}value-type") in _NUMBERS:
                shown |= {
                    (at_row + down, column + step): words
                    for down in range(min(rows, _MOST_REPEATED))
                    for step in range(min(across, _MOST_REPEATED))
                    if down * across + step < _MOST_REPEATED
                }
            comments.extend(
                "".join(map(str, part.itertext()))
                for note in cell.iter(f"{_OFFICE}annotation")
                for part in note.iter(f"{_TEXT}p")
            )
            column += across
        at_row += rows
    return SheetLooks({}, {}, shown, tuple(comments))


def _repeated(element: "etree._Element", name: str) -> int:
    given = element.get(f"{_TABLE}{name}") or ""
    return int(given) if given.isdecimal() and 0 < len(given) < 8 else 1


def _column(letters: bytes) -> int:
    """Return the index of a column from its letters, from 0 for A.

    Examples:
        >>> _column(b"AB")
        27
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
