"""Turns a block of a page into lines, one for each paragraph and table row; a footnote follows the paragraph that refers to it."""

import re
from functools import partial
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from policydiff.extract.reading import Block, Leftovers, Revisions
from policydiff.extract.web.appearance import BLOCKS, SKIPPED, Appearance, is_hidden_by_style, upward
from policydiff.extract.web.grids import (
    FIELDS,
    bare_markup,
    cells_of,
    filled_in,
    grid_of,
    holds_data,
    is_of_data,
    item_number,
    listed_as,
    places_beyond,
    slots_of,
)
from policydiff.lexicon.text_marks import CALL, call, compact, note_line, row_line
from policydiff.lexicon.widths import in_signs, raised

_MARK = re.compile(
    r"^[\[［〔(（]?\s*(?:注|註)?\s*(\d{1,3}|[①-⑳㉑-㉟]|[*＊†‡※]{1,4}|[ivxlc]{1,6}|[a-z])\s*[\]］〕)）]?$"
)
_BACK = re.compile(r"^[\s\xa0]*(?:[\^↑]|跳转至：)[\s\xa0]*")
_LONGEST = 2_000
"""Most characters of a note that a link inside the page leads to; longer blocks are parts of the text."""
_MOST = 2_000
"""Most links inside a page that are followed to their notes, a bound on time."""


class PageNotes(NamedTuple):
    """The notes of a page: labels of calls by element id, and words of notes by label."""

    calls: dict[int, str]
    notes: dict[str, str]


def take_notes(block: LexborNode) -> PageNotes:
    """Return the notes to which marks in a block link, and remove the notes from the block.

    A mark is a link with a number or sign to a place later in the block, whose words begin with the same number or sign,
    or with a link back.
    """
    places: dict[str, LexborNode] = {}
    order: dict[int, int] = {}
    for number, node in enumerate(block.css("*")):
        order[node.mem_id] = number
        for name in ("id", "name"):
            value = node.attributes.get(name)
            if value:
                places.setdefault(value, node)
    calls: dict[int, str] = {}
    notes: dict[str, str] = {}
    taken: list[LexborNode] = []
    for link in block.css("a[href^='#']")[:_MOST]:
        mark = _MARK.match(link.text(strip=True))
        target = places.get((link.attributes.get("href") or "")[1:])
        if mark is None or target is None or order[target.mem_id] <= order[link.mem_id]:
            continue
        note = next((each for each in upward(target) if each.tag in BLOCKS), None)
        if (
            note is None
            or note.mem_id == block.mem_id
            or any(each.mem_id == note.mem_id for each in upward(link))
        ):
            continue
        # A note's words without its mark; None if they neither begin with the mark nor link back
        text = re.sub(r"[ \t\r\n\f\xa0]+", " ", note.text()).strip()
        lead = re.match(rf"[\[［〔(（]?\s*(?:注|註)?\s*{re.escape(mark[1])}\s*[\]］〕)）]?[ .．、:：]*", text)
        lead = lead or _BACK.match(text)
        words = text[lead.end() if lead else 0 :] or None if lead or note.tag == "li" else None
        if words is None or len(words) > _LONGEST:
            continue
        label = mark[1]
        calls[link.mem_id] = label
        if label not in notes:
            notes[label] = words
            taken.append(note)
    for note in taken:
        note.decompose()
    return PageNotes(calls, notes)


_BLANKS = re.compile(r"[ \t\r\n\f]+")
# A source line break between Chinese characters is no blank (CSS Text Module Level 3, 4.1.3), except after the label of an article,
# where LibreOffice breaks the line at a blank.
_WIDE = r"[\u2e80-\u303f\u3400-\u9fff\uff00-\uff60]"
_SOURCE_BREAK = re.compile(
    rf"(?P<label>\A\s*第[一二三四五六七八九十百千零〇\d]{{1,9}}[编章节条])?(?<={_WIDE})[ \t\r\f]*\n[ \t\r\n\f]*(?={_WIDE})"
)
_READING_AIDS = frozenset({"rt", "rp"})
_WORD_COMMENT = re.compile(
    r"mso-(?:special-character|element)\s*:\s*comment(?!-reference)|^Mso(?:Comment|Annotation)Reference$|^msocomanchor$"
)
"""Marks of Word for comments at the end of a page and for the references to them, which are no words of the text."""
_ALIGNED = re.compile(r"text-align\s*:\s*(\w+)", re.IGNORECASE)
_SIZE = re.compile(r"font-size\s*:\s*(\d{1,3}(?:\.\d{1,3})?)\s*(pt|px)", re.IGNORECASE)
_FONT = re.compile(
    r"font-family\s*:\s*[\"']?\s*(Symbol|Wingdings(?: 2)?)\s*[\"']?\s*(?:[,;!]|$)", re.IGNORECASE
)
"""Fonts whose letters are printed as signs."""
_KEEPS_BREAKS = re.compile(r"white-space\s*:\s*(?:pre(?:-wrap|-line)?|break-spaces)\b", re.IGNORECASE)
_FOLDS_BREAKS = re.compile(r"white-space\s*:\s*(?:normal|nowrap)\b", re.IGNORECASE)
_HAN = re.compile("[\u4e00-\u9fff]")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_EDGES = frozenset({"header", "footer"})
_POINTS = {"pt": 1.0, "px": 0.75}
_DEEPEST_TABLE = 5
"""Deepest table inside a table whose depth is told apart."""


class _Open(NamedTuple):
    """A node to enter, or to leave after its children."""

    node: LexborNode
    leaving: bool


class _Around(NamedTuple):
    """Look of a line, as set by the elements around it."""

    centred: bool = False
    size: float = 0.0
    heading: str = ""
    keeps_breaks: bool = False
    """Whether line breaks of the source are shown (`pre`, `white-space: pre-wrap`)."""


class PageWalk:
    """Returns the lines of a block, in one pass with its own stack, because hostile pages are nested deeper than Python can recurse."""

    def __init__(
        self, appearance: Appearance, notes: PageNotes, left_out: Leftovers, revisions: Revisions = "final"
    ) -> None:
        """Read struck words from `appearance`; `original` shows them and leaves out the words inserted in their place."""
        self.appearance = appearance
        self._notes = notes
        self._left_out = left_out
        self._original = revisions == "original"
        self.places_beyond = 0
        """Sum of `places_beyond` over the tables laid out so far."""

    def blocks(self, block: LexborNode) -> list[Block]:
        """Return the lines of a block; a note follows the line that refers to it."""
        found: list[Block] = []
        for line in _Walk(self, 0).lines(block):
            if line.text or found:
                found.append(line)
            # A note with two calls is placed after the first call.
            found.extend(
                Block(note_line(label, words), "note")
                for label in (CALL.findall(line.text) if "[^" in line.text else ())
                if (words := self._notes.notes.pop(label, ""))
            )
        return found

    def lines_of(self, node: LexborNode) -> list[Block]:
        """Return the lines of an element in a block, including the element itself."""
        return [] if self.leaves_out(node) else _Walk(self, 0).lines_of(node)

    def note(self, kind: str, words: str) -> None:
        """Record words that are left out of the text."""
        self._left_out.add(kind, words)

    def hides(self, node: LexborNode) -> bool:
        """Return whether a reader does not see an element; if so, record its words."""
        if node.tag in SKIPPED or self.appearance.is_hidden(node):
            if listed := listed_as(node):
                self.note(listed, _flat(node) or bare_markup(node))
            return True
        return False

    def leaves_out(self, node: LexborNode) -> bool:
        """Return whether an element's words are no part of the text; if so, record them."""
        if self.hides(node):
            return True
        said = (node.attributes.get("title") or "").strip()
        if _HAN.search(said) and said not in node.text():
            self.note("alternative text", said)
        struck = not self._original and self.appearance.is_struck(node)
        put_in = self._original and node.tag == "ins"
        aid = "comment" if node.tag in _READING_AIDS else ""
        kind = aid or _edge_of(node) or ("struck" if struck else "inserted" if put_in else "")
        if kind:
            self.note(kind, _flat(node))
        return bool(kind)

    def leaves_words_out(self, node: LexborNode) -> bool:
        """Return whether an element shows its inner elements but not its own words; if so, record these words."""
        unseen = self.appearance.is_unseen(node.parent)
        if unseen and (words := (node.text_content or "").strip()):
            self.note("hidden", words)
        return unseen

    def note_unprinted(self, node: LexborNode) -> None:
        """Record the alternative text of a picture, and the entries of a select field."""
        if node.tag == "img" and (said := (node.attributes.get("alt") or "").strip()):
            self.note("alternative text", said)
        elif node.tag == "select":
            self.note("choice", "，".join(each.text(strip=True) for each in node.css("option")))

    def call(self, node: LexborNode) -> str | None:
        """Return the mark of the note to which an element refers; None for none."""
        label = self._notes.calls.get(node.mem_id)
        return call(label) if label is not None else None


def _edge_of(node: LexborNode) -> str:
    """Return `header`, `footer` or `comment` for elements that word processors write into a saved page; empty for other elements."""
    marks = (node.attributes.get("style"), node.attributes.get("class"))
    if any(_WORD_COMMENT.search(each or "") for each in marks):
        return "comment"
    named = node.attributes.get("title") if node.tag == "div" else None
    return named if named is not None and named in _EDGES else ""


def _label_kept(line_break: re.Match[str]) -> str:
    return f"{line_break['label']} " if line_break["label"] else ""


def _flat(node: LexborNode) -> str:
    return _BLANKS.sub(" ", node.text()).strip()


class _Walk:
    def __init__(self, page: PageWalk, depth: int) -> None:
        self._page = page
        self._depth = depth
        self._lines: list[Block] = []
        self._current: list[str] = []
        self._numbers: dict[int, int] = {}
        self._around: list[_Around] = [_Around()]
        self._pending = ""
        self._bold = 0
        self._strong: list[bool] = []

    def lines(self, block: LexborNode) -> list[Block]:
        self._around[0] = _Around(keeps_breaks=_breaks_kept_at(block))
        return self._walked(
            [_Open(child, leaving=False) for child in reversed(list(block.iter(include_text=True)))]
        )

    def lines_of(self, node: LexborNode) -> list[Block]:
        if node.parent is not None:
            self._around[0] = _Around(keeps_breaks=_breaks_kept_at(node.parent))
        return self._walked([_Open(node, leaving=False)])

    def _walked(self, stack: list[_Open]) -> list[Block]:
        while stack:
            node, leaving = stack.pop()
            if leaving and self._page.appearance.is_block(node):
                self._close()
                self._around.pop()
            elif leaving:
                self._bold -= 1
            elif node.tag == "-text":
                self._text(node)
            elif node.tag == "br":
                self._close()
            elif node.tag in FIELDS and not is_hidden_by_style(node):
                self._page.note_unprinted(node)
                self._put(filled_in(node), keeps_breaks=True)
            elif node.tag == "sup" and not node.css_first("a") and not self._page.leaves_out(node):
                self._current.append(raised(node.text()))
                self._strong.append(self._bold > 0)
            elif not self._page.leaves_out(node):
                self._page.note_unprinted(node)
                self._enter(node, stack)
        self._close()
        return self._lines

    def _enter(self, node: LexborNode, stack: list[_Open]) -> None:
        call = self._page.call(node) if node.tag == "a" else None
        if call is not None:
            self._current.append(call)
            return
        if self._page.appearance.is_block(node):
            self._close()
            stack.append(_Open(node, leaving=True))
            self._around.append(_around(node, self._around[-1]))
        elif node.tag in {"b", "strong"}:
            self._bold += 1
            stack.append(_Open(node, leaving=True))
        elif size := _size_of(node):
            self._around[-1] = self._around[-1]._replace(size=max(size, self._around[-1].size))
        if node.tag == "table" and is_of_data(node):
            self._table(node)
            return
        if node.tag == "tr" and holds_data(node):
            self._lines.append(Block(row_line([self._cell(cell, []) for cell in cells_of(node)]), "row"))
            return
        if node.tag == "li":
            self._close()
            self._pending = item_number(node, self._numbers)
        stack.extend(_Open(child, leaving=False) for child in reversed(list(node.iter(include_text=True))))

    def _table(self, table: LexborNode) -> None:
        rows = grid_of(table, self._page.leaves_out, self._page.hides, self._page.places_beyond)
        self._page.places_beyond += places_beyond(rows)
        if self._lines and self._lines[-1].kind == "row" and not self._depth:
            self._lines.append(Block(""))  # adjacent tables stay two tables
        for caption in (child for child in table.iter() if child.tag == "caption"):
            if not self._page.leaves_out(caption):
                self._lines.extend(_Walk(self._page, self._depth).lines(caption))
        inner: list[list[Block]] = []
        slots = []
        for row in rows:
            nested: list[Block] = []
            slots.append(slots_of(row, partial(self._cell, nested=nested)))
            inner.append(nested)
        for of_row, nested in zip(compact(slots), inner, strict=True):
            if line := row_line(of_row, self._depth):
                self._lines.append(Block(line, "row"))
            self._lines.extend(nested)

    def _cell(self, cell: LexborNode, nested: list[Block]) -> str:
        """Return a cell's words, empty if they are left out; rows of a table inside the cell are added to `nested`."""
        if self._page.leaves_out(cell):
            return ""
        found = _Walk(self._page, min(self._depth + 1, _DEEPEST_TABLE)).lines(cell)
        nested.extend(block for block in found if block.kind == "row")
        return "\n".join(block.text for block in found if block.kind != "row")

    def _text(self, node: LexborNode) -> None:
        if self._page.leaves_words_out(node):
            return
        text = node.text_content or ""
        if node.parent is not None and (font := _FONT.search(_styled(node.parent))) is not None:
            text = in_signs(text, font[1])
        if text.strip():
            self._strong.append(self._bold > 0)
        keeps_breaks = self._around[-1].keeps_breaks or _keeps_breaks(node.parent)
        self._put(text, keeps_breaks=keeps_breaks)

    def _put(self, text: str, *, keeps_breaks: bool) -> None:
        for line in text.splitlines(keepends=True) if keeps_breaks else [text]:
            self._current.append(line)
            if keeps_breaks and line.endswith("\n"):
                self._close()

    def _close(self) -> None:
        line = _BLANKS.sub(" ", _SOURCE_BREAK.sub(_label_kept, "".join(self._current))).strip()
        self._current.clear()
        bold = bool(self._strong) and all(self._strong)
        self._strong.clear()
        if line:
            line, self._pending = self._pending + line, ""
            around = self._around[-1]
            self._lines.append(Block(line, "paragraph", around.centred, around.size, bold, around.heading))


def _styled(node: LexborNode) -> str:
    """Return an element's own style, with the font that the old attribute `face` names."""
    face = node.attributes.get("face") if node.tag == "font" else None
    return f"{node.attributes.get('style') or ''};font-family:{face or ''}"


def _around(node: LexborNode, outer: _Around) -> _Around:
    attributes = node.attributes
    aligned = _ALIGNED.search(attributes.get("style") or "")
    alignment = (aligned[1] if aligned else attributes.get("align") or "").lower()
    centred = outer.centred if not alignment else alignment == "center"
    heading = f"heading {node.tag[1]}" if node.tag in _HEADINGS else outer.heading
    said = _said_of_breaks(node)
    keeps = outer.keeps_breaks if said is None else said
    return _Around(centred or node.tag == "center", _size_of(node) or outer.size, heading, keeps)


def _said_of_breaks(node: LexborNode) -> bool | None:
    """Return whether an element keeps the line breaks of its source; None if the elements around it decide."""
    style = node.attributes.get("style") or ""
    if node.tag == "pre" or _KEEPS_BREAKS.search(style) is not None:
        return True
    return False if _FOLDS_BREAKS.search(style) is not None else None


def _breaks_kept_at(node: LexborNode) -> bool:
    """Return whether an element keeps the line breaks of its source, by its own style or that of the nearest element around it."""
    said = (_said_of_breaks(each) for each in upward(node) if each.tag != "-undef")
    return next((each for each in said if each is not None), False)


def _keeps_breaks(element: LexborNode | None) -> bool:
    """Return whether an element inside a paragraph shows the line breaks of its source."""
    return element is not None and element.tag not in BLOCKS and _said_of_breaks(element) is True


def _size_of(node: LexborNode) -> float:
    size = _SIZE.search(node.attributes.get("style") or "")
    return round(float(size[1]) * _POINTS[size[2].lower()], 1) if size else 0.0
