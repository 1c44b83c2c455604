"""A block of a page as lines: what a reader sees as a paragraph is one line, a table row is one line."""

import re
import tomllib
from importlib.resources import files
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from policydiff.extract.table import row_line

_ELEMENTS = tomllib.loads(files("policydiff.extract.web").joinpath("elements.toml").read_text("utf-8"))
BLOCKS = frozenset(_ELEMENTS["blocks"])
_SKIPPED = frozenset(_ELEMENTS["skipped"])
_BLANKS = re.compile(r"[ \t\r\n\f]+")
# A line break of the source between Chinese characters is no blank (CSS Text Module Level 3, 4.1.3).
_WIDE = r"[\u2e80-\u303f\u3400-\u9fff\uff00-\uff60]"
_SOURCE_BREAK = re.compile(rf"(?<={_WIDE})[ \t\r\f]*\n[ \t\r\n\f]*(?={_WIDE})")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_UNNUMBERED = re.compile(r"list-style(?:-type)?\s*:\s*none", re.IGNORECASE)
_NUMBERED = re.compile(r"^[\s（(]*[\d一二三四五六七八九十①-⑳]+\s*[、.．)）]|^[①-⑳]")
_LAYOUT_CELL = 800
_LAYOUT_PARAGRAPHS = 3


class _Open(NamedTuple):
    """A node to visit, or to leave after its children."""

    node: LexborNode
    leaving: bool


def block_lines(block: LexborNode) -> list[str]:
    """Return the lines of a block, none of them empty."""
    return _Walk().lines(block)


def is_hidden(node: LexborNode) -> bool:
    """Return whether a reader does not see the node (scripts, form fields, `display: none`)."""
    if node.tag in _SKIPPED:
        return True
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))


class _Walk:
    """One pass over a block with a stack of its own: hostile pages nest deeper than Python recurses."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._current: list[str] = []
        self._numbers: dict[int, int] = {}
        self._layouts: dict[int, bool] = {}

    def lines(self, block: LexborNode) -> list[str]:
        stack = [_Open(child, leaving=False) for child in reversed(list(block.iter(include_text=True)))]
        while stack:
            node, leaving = stack.pop()
            if leaving:
                self._close()
            elif node.tag == "-text":
                self._text(node)
            elif node.tag == "br":
                self._close()
            elif not is_hidden(node):
                self._enter(node, stack)
        self._close()
        return self._lines

    def _enter(self, node: LexborNode, stack: list[_Open]) -> None:
        if node.tag in BLOCKS:
            self._close()
            stack.append(_Open(node, leaving=True))
        if node.tag == "tr" and not self._lays_out(node) and (cells := _data_cells(node)):
            self._lines.extend(filter(None, [row_line(" ".join(block_lines(cell)) for cell in cells)]))
            return
        if node.tag == "li":
            self._current.append(self._item_number(node))
        stack.extend(_Open(child, leaving=False) for child in reversed(list(node.iter(include_text=True))))

    def _lays_out(self, row: LexborNode) -> bool:
        """Say whether the row's table only lays out the page: its rows hold paragraphs in one cell, and nothing beside."""
        rows = row.parent
        if rows is None:
            return False
        if rows.mem_id not in self._layouts:
            self._layouts[rows.mem_id] = _has_one_filled_column(rows)
        return self._layouts[rows.mem_id]

    def _item_number(self, item: LexborNode) -> str:
        items = item.parent
        first = _first_number(items) if items is not None else None
        if items is None or first is None:
            return ""
        number = self._numbers.get(items.mem_id, first)
        self._numbers[items.mem_id] = number + 1
        return "" if _NUMBERED.match(item.text(strip=True)) else f"{number}. "

    def _text(self, node: LexborNode) -> None:
        text = node.text_content or ""
        parent = node.parent
        if parent is not None and parent.tag == "pre":
            for line in text.splitlines(keepends=True):
                self._current.append(line)
                if line.endswith("\n"):
                    self._close()
        else:
            self._current.append(text)

    def _close(self) -> None:
        line = _BLANKS.sub(" ", _SOURCE_BREAK.sub("", "".join(self._current))).strip()
        self._current.clear()
        if line:
            self._lines.append(line)


def _data_cells(row: LexborNode) -> list[LexborNode]:
    """Return the cells of a row of data; none where the row only lays out the page."""
    cells = [cell for cell in row.iter() if cell.tag in {"td", "th"}]
    if len(cells) < 2 or row.css_first("table") is not None:
        return []
    for cell in cells:
        paragraphs = len(cell.css("p, div, br"))
        if paragraphs >= _LAYOUT_PARAGRAPHS and len(cell.text()) > _LAYOUT_CELL:
            return []
    return cells


def _has_one_filled_column(rows: LexborNode) -> bool:
    several = False
    for row in rows.iter():
        cells = [cell for cell in row.iter() if cell.tag in {"td", "th"}]
        filled = [cell for cell in cells if cell.text(strip=True)]
        if len(filled) > 1:
            return False
        several = several or any(len(cell.css("p, div, br")) > 1 for cell in filled)
    return several


def _first_number(items: LexborNode) -> int | None:
    """Return the number that a browser prints before the first item of a list, None before a list without numbers."""
    if items.tag != "ol" or items.attributes.get("type") not in {None, "1"}:
        return None
    if _UNNUMBERED.search(items.attributes.get("style") or ""):
        return None
    start = items.attributes.get("start") or "1"
    return int(start) if start.isdecimal() and len(start) < 6 else 1
