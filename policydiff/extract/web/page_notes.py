"""Footnotes of a page: what a mark in the text links to, and links back, as Word, LibreOffice and wikis write them."""

import re
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from policydiff.extract.web.unseen import BLOCKS

_MARK = re.compile(
    r"^[\[［〔(（]?\s*(?:注|註)?\s*(\d{1,3}|[①-⑳㉑-㉟]|[*＊†‡※]{1,4}|[ivxlc]{1,6}|[a-z])\s*[\]］〕)）]?$"
)
_BACK = re.compile(r"^[\s\xa0]*(?:[\^↑]|跳转至：)[\s\xa0]*")
_LONGEST = 2_000
_MOST = 2_000


class PageNotes(NamedTuple):
    """The notes of a page: the labels of calls by their element, and the words of notes by label."""

    calls: dict[int, str]
    notes: dict[str, str]


def take_notes(block: LexborNode) -> PageNotes:
    """Return the notes that marks in a block link to, and remove them from it.

    A mark is a link of a number or sign to a place later in the block, whose words begin with the same number or
    sign or with a link back.
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
        note = _block_of(target)
        if note is None or note.mem_id == block.mem_id or _contains(note, link):
            continue
        words = _words(note, mark[1])
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


def _block_of(node: LexborNode) -> LexborNode | None:
    here: LexborNode | None = node
    while here is not None and here.tag not in BLOCKS:
        here = here.parent
    return here


def _contains(block: LexborNode, node: LexborNode) -> bool:
    here: LexborNode | None = node
    while here is not None:
        if here.mem_id == block.mem_id:
            return True
        here = here.parent
    return False


def _words(note: LexborNode, mark: str) -> str | None:
    """Return a note's words without its mark; None where it neither bears the mark nor links back."""
    text = re.sub(r"[ \t\r\n\f\xa0]+", " ", note.text()).strip()
    lead = re.match(rf"[\[［〔(（]?\s*(?:注|註)?\s*{re.escape(mark)}\s*[\]］〕)）]?[ .．、:：]*", text)
    if lead:
        return text[lead.end() :] or None
    back = _BACK.match(text)
    if back or note.tag == "li":
        return text[back.end() if back else 0 :] or None
    return None
