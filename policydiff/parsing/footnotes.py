"""Footnotes and endnotes: removed from the paragraphs, and added below the clause that refers to them after the tree is built."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from policydiff.lexicon.numerals import circled
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.text_marks import CALL, NOTE_LINE
from policydiff.model import ClauseKind, Span
from policydiff.parsing.kinds import Kind
from policydiff.parsing.paragraphs import Paragraph
from policydiff.parsing.source import Block, Dropped
from policydiff.parsing.tree import Node

_MARK = lazy_pattern(
    r"""(?: [①-⑳㉑-㉟]
          | [\[［〔【] \s* (?: 注? \s* \d{1,2} | 注 | [ivx]{1,4} ) \s* [\]］〕】]
          | [（(] \s* 注 \s* (?:\d{1,2}|[①-⑳])? \s* [)）]
          | [*＊※†]{1,3}
          | [¹²³⁰⁴-⁹]{1,2}
        )""",
    re.VERBOSE,
)
_OPENER = lazy_pattern(r"(?:注释?|註|附注|脚注|尾注|备注)\s*[:：]?\s*")
_NAMED = lazy_pattern(r"注\s*(\d{1,2}|[①-⑳])\s*[：:.．、]\s*")
"""注1：, called as （注1） or [注1]."""
_CALLED_AFTER = lazy_pattern(r"[\u4e00-\u9fffA-Za-z0-9０-９%％）)》”\"’】〕\]]")
"""Characters before a mark that calls a note: a word or its closing mark; an item's number follows ：；。 instead."""
_CALLED_AFTER_STOP = frozenset("。；，、")
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


class Footnote:
    """A note with the place of its call in the text, None where nothing calls it."""

    __slots__ = ("block", "call", "label", "number", "start")

    def __init__(self, label: str, start: int, block: Block, call: int | None) -> None:
        self.label = label
        """The mark as printed in the note."""
        self.start = start
        """Place of the mark."""
        self.block = block
        """The words after it."""
        self.call = call
        digits = re.sub(r"\D", "", label.translate(_SUPERSCRIPT))
        value = circled(label) if len(label) == 1 else None
        self.number = str(value) if value else digits or None


def take_footnotes(
    text: str, paragraphs: list[Paragraph], dropped: list[Dropped]
) -> tuple[list[Paragraph], list[Footnote]]:
    """Return the paragraphs without notes, and the notes; a table divided by a note is joined again."""
    notes: list[Footnote] = []
    kept: list[Paragraph] = []
    calls: dict[str, list[int]] = {}
    for call in CALL.finditer(text) if "[^" in text else ():
        calls.setdefault(call[1], []).append(call.start())
    parted = False
    for paragraph in paragraphs:
        if paragraph.kind is Kind.FOOTNOTE:
            notes.append(_marked(text, paragraph, calls, dropped))
            parted = True
            continue
        if parted and paragraph.rows and kept and kept[-1].rows and not paragraph.rows[0].after_gap:
            kept[-1].rows.extend(paragraph.rows)
        else:
            kept.append(paragraph)
        parted = False
    return (
        (_take_printed(kept, notes, dropped), notes) if "注" in text or _MARK.search(text) else (kept, notes)
    )


def _marked(
    text: str, paragraph: Paragraph, calls: Mapping[str, Sequence[int]], dropped: list[Dropped]
) -> Footnote:
    """Return the note of a line `[^1]: words`, called by the nearest `[^1]` above it, or else by the next."""
    line = text[paragraph.start : paragraph.span.end]
    match = NOTE_LINE.match(line)
    label = match[1] if match is not None else ""
    end = match.end() if match is not None else 0
    start = paragraph.start + 2
    dropped.append(Dropped(Span(paragraph.start, start), "markup"))
    dropped.append(Dropped(Span(start + len(label), start + len(label) + 2), "markup"))
    words = paragraph.block
    skipped = sum(words.place(index) < paragraph.start + end for index in range(min(len(words.text), end)))
    places = calls.get(label, ())
    place = places[max(0, bisect_left(places, paragraph.start) - 1)] if places else None
    return Footnote(label, start, words.part(skipped), place)


def _take_printed(
    paragraphs: list[Paragraph], notes: list[Footnote], dropped: list[Dropped]
) -> list[Paragraph]:
    """Take out notes printed in the text itself: 注：① … below the text or a table, ① or * or [1] at its end."""
    kept: list[Paragraph] = []
    # The index from which on nothing but marks of notes and closing lines stands
    last = len(paragraphs)
    while last and (
        (paragraphs[last - 1].kind is not None and not paragraphs[last - 1].rows)
        or _MARK.match(_whole_text(paragraphs[last - 1]))
    ):
        last -= 1
    opened = False
    for index, paragraph in enumerate(paragraphs):
        words = _whole_text(paragraph)
        opener = _OPENER.match(words)
        if opener is not None and opener.end() == len(words) and index + 1 < len(paragraphs):
            after = _whole_block(paragraphs[index + 1])
            opened = any(True for _ in _found(after, 0, kept))
            if opened:
                dropped.append(Dropped(paragraph.span, "note"))
                continue
        start = opener.end() if opener is not None and opener.end() else 0
        may_be = start > 0 or opened or index >= last or _NAMED.match(words) is not None
        # The place of each character is looked for only where a note may stand.
        found = list(_found(_whole_block(paragraph), start, kept)) if may_be and not paragraph.rows else []
        if not found:
            kept.append(paragraph)
            opened = False
            continue
        if found[0].start > paragraph.start:
            dropped.append(Dropped(Span(paragraph.start, found[0].start), "note"))
        for note in found:
            _take_call(kept, note, dropped)
        notes.extend(found)
    return kept


def _whole_text(paragraph: Paragraph) -> str:
    """Return label and words."""
    return paragraph.block.text if paragraph.label is None else paragraph.label.text + paragraph.block.text


def _whole_block(paragraph: Paragraph) -> Block:
    """Return label and words as one block."""
    label = paragraph.label
    if label is None:
        return paragraph.block
    places = [
        *range(paragraph.start, paragraph.start + len(label.text)),
        *(paragraph.block.place(index) for index in range(len(paragraph.block.text))),
    ]
    return Block(_whole_text(paragraph), paragraph.start, places)


def _found(whole: Block, start: int, above: list[Paragraph]) -> Iterator[Footnote]:
    """Yield the notes of a paragraph, one or several (①…；②…); none unless each is called above."""
    marks: list[tuple[int, int, int]] = []
    named = _NAMED.match(whole.text)
    if named is not None:
        place = _call_of(f"注{named[1]}", above)
        if place is not None:
            yield Footnote(whole.text[: named.end()].strip(), whole.place(0), whole.part(named.end()), place)
        return
    first = _MARK.match(whole.text, start)
    if first is None or not first[0].strip():
        return
    for match in _MARK.finditer(whole.text, start):
        starts = match.start() == start or whole.text[match.start() - 1] in "。；; "
        place = _call_of(match[0], above) if starts else None
        if place is not None:
            marks.append((match.start(), match.end(), place))
    if not marks or marks[0][0] != start:
        return
    for number, (begin, end, place) in enumerate(marks):
        stop = marks[number + 1][0] if number + 1 < len(marks) else None
        words = whole.part(end, stop)
        if words.text:
            yield Footnote(whole.text[begin:end], whole.place(begin), words, place)


def _call_of(mark: str, above: list[Paragraph]) -> int | None:
    """Return the place of the last call of a mark above; None without a call."""
    bare = re.sub(r"\s", "", mark)
    forms = [bare, f"（{bare}）", f"[{bare}]"] if bare.startswith("注") else [bare]
    for paragraph in reversed(above):
        for block in [row.block for row in reversed(paragraph.rows)] or [paragraph.block]:
            for form in forms:
                index = block.text.rfind(form)
                if index > 0 and _calls(block.text, index, form):
                    return block.place(index)
    return None


def _calls(text: str, index: int, mark: str) -> bool:
    """Return whether a mark inside a paragraph calls a note, and numbers no item and cites none."""
    before, after = text[index - 1], text[index + len(mark) : index + len(mark) + 1]
    if mark[0] in "[［〔【（(":
        return True
    if _CALLED_AFTER.match(before):
        return after not in "项目款条" or not after
    return before in _CALLED_AFTER_STOP and not after


def _take_call(above: list[Paragraph], note: Footnote, dropped: list[Dropped]) -> None:
    """Remove the mark of a call from its words."""
    if note.call is None:
        return
    mark = re.sub(r"[：:.．、\s]", "", note.label)
    for paragraph in reversed(above):
        for owner in [*paragraph.rows, paragraph]:
            block = owner.block
            for index in range(len(block.text)):
                if block.place(index) != note.call:
                    continue
                length = len(mark)
                while (
                    index + length < len(block.text)
                    and block.text[index] in "（["
                    and block.text[index + length - 1] not in "）]"
                ):
                    length += 1
                end = block.place(index + length - 1) + 1
                owner.block = block.without(index, index + length)
                dropped.append(Dropped(Span(note.call, end), "note call"))
                return


def attach_footnotes(roots: list[Node], notes: list[Footnote]) -> None:
    """Put each note below the deepest clause whose words hold its call; a note of the head begins the document."""
    placed: dict[int, int] = {}
    homes = _homes(roots, sorted(note.call for note in notes if note.call is not None))
    for note in notes:
        node = _node_of(note)
        home = homes.get(note.call) if note.call is not None else None
        if home is None:
            roots.insert(bisect_right(roots, node.span.start, key=lambda root: root.span.start), node)
            continue
        at = placed.get(id(home), 0)
        home.children.insert(at, node)
        placed[id(home)] = at + 1


def _node_of(note: Footnote) -> Node:
    end = note.block.span.end if note.block.text else note.start + len(note.label)
    node = Node(ClauseKind.NOTE, note.block.text, Span(note.start, end), note.label)
    node.number = node.key = note.number
    return node


def _homes(roots: list[Node], places: list[int]) -> dict[int, Node]:
    """Return for each place of a call the clause with the fewest words that holds it."""
    found: dict[int, Node] = {}
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        start, end = node.span
        for place in places[bisect_left(places, start) : bisect_right(places, end)] if start < end else ():
            known = found.get(place)
            if known is None or end - start <= known.span.end - known.span.start:
                found[place] = node
        waiting.extend(node.children)
    return found
