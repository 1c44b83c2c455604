"""Parts of a page that a browser lays out itself: tables as grids with merged cells, numbers of list items, entries of form fields."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from policydiff.errors import UnreadableInputError
from policydiff.extract.number_formats import printed_number
from policydiff.extract.reading import LAYOUT_CELL, LAYOUT_PARAGRAPHS, MOST_PLACES_BEYOND, PLACES_PER_CELL
from policydiff.extract.web.appearance import SKIPPED
from policydiff.lexicon.text_marks import Merged, Slot

_MOST_ACROSS = 100
"""Most columns over which a cell reaches, as browsers cap `colspan` (they take 1,000)."""
_MOST_DOWN = 2_000
"""Most rows over which a cell reaches; browsers take 65,534, and no table of a policy has as many rows."""
_ROW_GROUPS = frozenset({"tbody", "thead", "tfoot"})
_CELLS = frozenset({"td", "th"})


class GridRow(NamedTuple):
    """A row of a table with its places in the grid."""

    row: LexborNode
    places: list[LexborNode | Merged | None]
    """For each place of the grid: its cell, the merge that covers it, or None."""


_Check = Callable[[LexborNode], bool]


def rows_of(table: LexborNode, is_out: _Check = lambda _: False) -> Iterator[LexborNode]:
    """Yield a table's own rows, not those of a table inside it; rows and row groups for which `is_out` is true are skipped."""
    for child in sorted(table.iter(), key=lambda each: each.tag == "tfoot"):  # a foot may come first
        if child.tag in _ROW_GROUPS and not is_out(child):
            yield from (row for row in child.iter() if row.tag == "tr" and not is_out(row))
        elif child.tag == "tr" and not is_out(child):
            yield child


def cells_of(row: LexborNode, is_out: _Check = lambda _: False) -> list[LexborNode]:
    """Return a row's own cells, without cells for which `is_out` is true."""
    return [cell for cell in row.iter() if cell.tag in _CELLS and not is_out(cell)]


def heads_and_values(table: LexborNode) -> list[tuple[str, str]]:
    """Return pairs of a cell in the first row and the cell below it; empty unless both rows have the same number of cells, at least two."""
    rows = [[own_words(cell) for cell in cells_of(row)] for row in rows_of(table)][:2]
    is_head = len(rows) > 1 and len(rows[0]) == len(rows[1]) > 1
    return list(zip(*rows, strict=True)) if is_head else []


def is_of_data(table: LexborNode) -> bool:
    """Return whether a table holds data and does not only lay out the page.

    A table of data has two columns, two cells with words in some row, and no cell that holds the document itself.
    """
    rows = [cells_of(row) for row in rows_of(table)]
    if max(map(len, rows), default=0) < 2:
        return False
    beside = any(sum(bool(own_words(cell)) for cell in cells) > 1 for cells in rows)
    if not beside and not _is_form(rows):
        return False
    return not any(_holds_the_document(cell) for cells in rows for cell in cells)


def holds_data(row: LexborNode) -> bool:
    """Return whether a row of a layout table holds data itself: several short cells with words."""
    cells = cells_of(row)
    return (
        sum(bool(own_words(cell)) for cell in cells) > 1
        and row.css_first("table") is None
        and not any(_holds_the_document(cell) for cell in cells)
    )


def _is_form(rows: Sequence[list[LexborNode]]) -> bool:
    """Return whether rows with one filled cell each are a form to fill in: short labels, and no cell of several paragraphs."""
    filled = [cell for cells in rows for cell in cells if own_words(cell)]
    return len(filled) > 1 and all(
        len(own_words(cell)) <= 20 and len(cell.css("p, div, br")) < 2 and not cell.css_first("table")
        for cell in filled
    )


def own_words(cell: LexborNode) -> str:
    """Return a cell's words without the words of a table inside it."""
    words = cell.text(strip=True)
    for table in cell.css("table"):
        inner = table.text(strip=True)
        words = words.replace(inner, "", 1) if inner else words
    return words


def _holds_the_document(cell: LexborNode) -> bool:
    paragraphs = len(cell.css("p, div, br"))
    return paragraphs >= LAYOUT_PARAGRAPHS and len(cell.text()) > LAYOUT_CELL


def places_beyond(rows: Sequence[GridRow]) -> int:
    """Return the number of places in a grid (as wide as its longest row), minus `PLACES_PER_CELL` for each cell."""
    written = sum(isinstance(place, LexborNode) for row in rows for place in row.places)
    widest = max((len(row.places) for row in rows), default=0)
    return len(rows) * widest - PLACES_PER_CELL * written


def _check_places(beyond: int) -> None:
    if beyond > MOST_PLACES_BEYOND:
        raise UnreadableInputError(
            f"its tables have over {MOST_PLACES_BEYOND:,} places in which no cell is written: the page is damaged or hostile"
        )


def grid_of(table: LexborNode, is_out: _Check, is_hidden: _Check, before: int = 0) -> list[GridRow]:
    """Return a table's rows with the places that `colspan` and `rowspan` take up (HTML Living Standard, 4.9.12).

    Rows for which `is_out` is true are not part of the text; cells hidden from readers take no place. `before` is the sum
    of `places_beyond` over the page's earlier tables.

    Raises UnreadableInputError if the page's tables have far more places than cells.
    """
    found: list[GridRow] = []
    written = widest = 0
    below: dict[int, tuple[int, bool]] = {}
    for row in rows_of(table, is_out):
        places: list[LexborNode | Merged | None] = []
        waiting = cells_of(row, is_hidden)
        written += len(waiting)
        if found and row.parent != found[-1].row.parent:
            below = {}  # no cell extends beyond its group of rows
        column = 0
        fresh: dict[int, tuple[int, bool]] = {}
        while waiting or any(place >= column for place in below):
            if column in below:
                left, is_first = below[column]
                places.append(Merged.ABOVE if is_first else Merged.LEFT)
                if left > 1:
                    fresh[column] = left - 1, is_first
                del below[column]
                column += 1
                continue
            if not waiting:
                places.append(None)
                column += 1
                continue
            cell = waiting.pop(0)
            across = _number(cell, "colspan", _MOST_ACROSS)
            to_end = cell.attributes.get("rowspan") == "0"
            down = _MOST_DOWN if to_end else _number(cell, "rowspan", _MOST_DOWN)
            for step in range(across):
                if step and column in below:
                    break
                places.append(Merged.LEFT if step else cell)
                if down > 1:
                    fresh[column] = down - 1, not step
                column += 1
        below = fresh
        found.append(GridRow(row, places))
        widest = max(widest, len(places))
        _check_places(before + len(found) * widest - PLACES_PER_CELL * written)
    return found


def slots_of(row: GridRow, words: Callable[[LexborNode], str]) -> list[Slot]:
    """Return a row's places, with the words of a cell in place of the cell."""
    return [
        "" if place is None else place if isinstance(place, Merged) else words(place) for place in row.places
    ]


def _number(cell: LexborNode, name: str, most: int) -> int:
    value = (cell.attributes.get(name) or "").strip()
    return min(max(int(value), 1), most) if value.isdecimal() and len(value) < 6 else 1


_NUMBERED = re.compile(r"^[\s（(]*[\d一二三四五六七八九十①-⑳]+\s*[、.．)）]|^[①-⑳]")
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([^;]{1,80})", re.IGNORECASE)
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_LIST_NUMBERS = {
    "decimal": ("decimal", ". "),
    "decimal-leading-zero": ("decimalZero", ". "),
    **dict.fromkeys(("lower-alpha", "lower-latin"), ("lowerLetter", ". ")),
    **dict.fromkeys(("upper-alpha", "upper-latin"), ("upperLetter", ". ")),
    "lower-roman": ("lowerRoman", ". "),
    "upper-roman": ("upperRoman", ". "),
    **dict.fromkeys(
        ("cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal"), ("chineseCounting", "、")
    ),
    **dict.fromkeys(("simp-chinese-formal", "trad-chinese-formal"), ("chineseLegalSimplified", "、")),
    "cjk-decimal": ("ideographDigital", "、"),
    "cjk-heavenly-stem": ("ideographTraditional", "、"),
    "cjk-earthly-branch": ("ideographZodiac", "、"),
}
"""Number format and closing sign that a browser prints, for each list style that numbers its items."""
_PROMPT = re.compile("请输入|请选择|搜索|检索|查询|关键[字词]|验证码|search", re.IGNORECASE)
FIELDS = frozenset({"input", "textarea", "select"})
"""Elements of a form that users fill in."""
_UNPRINTED_FIELDS = frozenset(
    {"hidden", "submit", "button", "reset", "image", "file", "password", "search", "range", "color"}
)


def item_number(item: LexborNode, counted: dict[int, int]) -> str:
    """Return the number that a browser prints before a list item, counted for each list; empty if the item's own words begin with a number."""
    items = item.parent
    style = _list_style(items) if items is not None else None
    if items is None or style is None:
        return ""
    step = -1 if "reversed" in items.attributes else 1
    given = item.attributes.get("value") or ""
    if given.isdecimal() and len(given) < 6:
        number = int(given)
    elif items.mem_id in counted:
        number = counted[items.mem_id]
    else:
        number = _first_number(items, step)
    counted[items.mem_id] = number + step
    if _NUMBERED.match(item.text(strip=True)):
        return ""
    number_format, behind = style
    return printed_number(number, number_format) + behind


def _list_style(items: LexborNode) -> tuple[str, str] | None:
    """Return the number format and closing sign that a browser prints for a list's items; None for a list without numbers."""
    said = _LIST_STYLE.search(items.attributes.get("style") or "")
    if said is not None:
        names = said[1].lower().split()
        known = next((_LIST_NUMBERS[name] for name in names if name in _LIST_NUMBERS), None)
        if known is not None or "none" in names or items.tag != "ol":
            return known
    if items.tag != "ol":
        return None
    return _LIST_NUMBERS.get(_TYPES.get(items.attributes.get("type") or "1", ""))


def _first_number(items: LexborNode, step: int) -> int:
    """Return the number of the first item of a list."""
    start = items.attributes.get("start") or ""
    if start.isdecimal() and len(start) < 6:
        return int(start)
    return 1 if step > 0 else sum(child.tag == "li" for child in items.iter())


def filled_in(field: LexborNode) -> str:
    """Return the entry that a form field shows: words written or chosen in it, or a box with or without a tick."""
    attributes = field.attributes
    if field.tag == "textarea":
        shown = field.text().strip()
    elif field.tag == "select":
        shown = "，".join(each.text(strip=True) for each in field.css("option[selected]"))
    else:
        kind = (attributes.get("type") or "text").lower()
        if kind in _UNPRINTED_FIELDS:
            return ""
        if kind in {"checkbox", "radio"}:
            return "☑" if "checked" in attributes else "□"
        shown = (attributes.get("value") or "").strip()
    return "" if _PROMPT.search(shown) else shown


_WITH_WORDS = frozenset({"noscript", "template", "iframe", "object", "svg", "button", "select", "textarea"})
_DRAWN = {"svg": "drawing", "button": "button", "select": "choice"}


def listed_as(node: LexborNode) -> str | None:
    """Return the kind under which the words of an element outside all lines are recorded; None if it holds no words."""
    if node.tag in SKIPPED and node.tag not in _WITH_WORDS:
        return None
    return _DRAWN.get(node.tag or "", "hidden")


_TAG = re.compile(r"<[^<>]{0,2000}>")


def bare_markup(node: LexborNode) -> str:
    """Return the words of an element with content separate from the page (`template`)."""
    return " ".join(_TAG.sub(" ", node.html or "").split())
