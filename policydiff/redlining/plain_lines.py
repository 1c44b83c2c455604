"""Lines of a text and what they are in a Word file: numbers, rows, cells."""

import re
from copy import deepcopy

from lxml import etree

from policydiff.lexicon.note_marks import CALL
from policydiff.lexicon.table_rows import read_row
from policydiff.redlining.stories import cells
from policydiff.redlining.wordml import found, made, paragraph_properties, put_numbering, set_words, w

_HEAD = re.compile(
    r"(?P<indent>\s*)(?:(?P<number>第[^\s第]{1,9}?[编章节条](?:之[一二三四五六七八九十]+)?)(?P<gap>\s*))?"
)
"""Indent and number of a paragraph; formats of files differ in the blanks beside them."""
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_MARK = re.compile(r"[\s|^>]|<br ?/?>")


def folded(text: str) -> str:
    """Return a text without what printing adds or loses: blanks, borders of cells, calls of notes."""
    return _MARK.sub("", CALL.sub("", text))


def cell_texts(line: str) -> list[str]:
    """Return the words of a row's own cells; merged places have none."""
    return [
        _BREAK.sub("\n", line[cell.start : cell.end]).replace("\\|", "|").strip()
        for cell in read_row(line).cells
        if cell.merged is None
    ]


def spaced_like(old: str, line: str) -> str:
    """Return a line with the blanks that the old paragraph has at its beginning and behind its number."""
    mine, theirs = _HEAD.match(old), _HEAD.match(line)
    if mine is None or theirs is None or (mine["number"] is None) != (theirs["number"] is None):
        return line
    number = theirs["number"] or ""
    return f"{mine['indent']}{number}{(mine['gap'] or '') if number else ''}{line[theirs.end() :]}"


def bare_line(line: str) -> str:
    """Return a line without calls of notes and blanks at its ends."""
    return CALL.sub("", line).strip()


def type_number(paragraph: "etree._Element", number: str) -> None:
    """Put a number into the words of a paragraph, and take it out of its list."""
    properties = paragraph_properties(paragraph)
    none = made("numPr")
    none.extend([made("ilvl", val="0"), made("numId", val="0")])
    put_numbering(properties, none)
    first = next(paragraph.iter(w("r")), None)
    run = made("r")
    look = found(first, "rPr")
    if look is not None:
        run.append(deepcopy(look))
    words = made("t")
    set_words(words, number)
    run.append(words)
    properties.addnext(run)


def table_without_rows(table: "etree._Element | None", row: "etree._Element") -> "etree._Element":
    """Return a table without its rows."""
    if table is not None and table.tag == w("tbl"):
        copy = deepcopy(table)
        for each in list(copy):
            if each.tag not in {w("tblPr"), w("tblGrid")}:
                copy.remove(each)
        return copy
    copy = made("tbl")
    properties, grid = made("tblPr"), made("tblGrid")
    properties.append(made("tblW", w="0", type="auto"))
    for _ in cells(row):
        grid.append(made("gridCol"))
    copy.extend([properties, grid])
    return copy


def goes_on(cell: "etree._Element") -> bool:
    """Return whether a cell is the continuation of the one above."""
    merge = found(found(cell, "tcPr"), "vMerge")
    return merge is not None and (merge.get(w("val")) or "continue") == "continue"
