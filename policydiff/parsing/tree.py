"""Nodes of the tree under construction: made from paragraphs, split at enumerations inside them, turned into clauses with ids.

Enumerations inside a paragraph of an official document: 一是…；二是…, 一是…，二是…, （1）…；（2）…, ①…；②…, （一）…；（二）….
The nodes also keep account of every character of the text: it is in a clause, or was left out for a given reason.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from policydiff.lexicon.numerals import circled, to_int
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.text_marks import responsibility_notes
from policydiff.lexicon.widths import BLANKS, despace
from policydiff.model import Clause, ClauseKind, Diagnostic, NotPlaced, Severity, Span
from policydiff.parsing.kinds import Kind
from policydiff.parsing.paragraphs import Paragraph
from policydiff.parsing.source import Block, Dropped

PREFIX = {
    ClauseKind.PREFACE: "preface", ClauseKind.PART: "part", ClauseKind.CHAPTER: "chp",
    ClauseKind.SECTION: "sec", ClauseKind.ARTICLE: "art", ClauseKind.PARAGRAPH: "para",
    ClauseKind.SUBPARAGRAPH: "subpara", ClauseKind.ITEM: "item", ClauseKind.LEVEL: "lvl",
    ClauseKind.MEASURE: "measure", ClauseKind.TABLE: "table", ClauseKind.ROW: "row",
    ClauseKind.ANNEX: "annex", ClauseKind.NOTE: "note", ClauseKind.QUOTE: "quote",
}  # fmt: skip
"""First part of the eId of each kind (Akoma Ntoso naming convention)."""


@dataclass(eq=False, slots=True)
class Node:
    """A clause under construction."""

    kind: ClauseKind
    text: str
    span: Span
    label: str | None = None
    number: str | None = None
    heading: str | None = None
    children: list["Node"] = field(default_factory=list)
    words: Block | None = None
    """The words with the place of each character, where they are the paragraph's own."""
    key: str | None = field(init=False)
    """Name of the clause in the ids of its parent's clauses: the number, or its last part."""
    label_span: Span = field(init=False)
    """Place of the label alone; the whole span if there is no label."""
    words_span: Span = field(init=False)
    """Place of the words after the label."""

    def __post_init__(self) -> None:
        self.key = self.number
        self.label_span = self.words_span = self.span


def node_of(paragraph: Paragraph, kind: ClauseKind) -> Node:
    """Return a node of the paragraph's own words: numbered if it has a label, a table if it is a table."""
    label = paragraph.label
    if paragraph.rows or label is None:
        return plain_node(paragraph, kind)
    node = Node(kind, paragraph.text, paragraph.span, label.text, label.number)
    node.key = label.number.rsplit(".", 1)[-1]
    node.label_span = Span(paragraph.start, paragraph.start + label.size)
    node.words_span = paragraph.block.span
    node.words = paragraph.block
    return node


def plain_node(paragraph: Paragraph, kind: ClauseKind) -> Node:
    """Return a node of all words of the paragraph, including a seeming label; a table if the paragraph is a table."""
    if paragraph.rows:
        # A table without words of its own, its rows below it; a table in a cell stands below its row
        table = Node(ClauseKind.TABLE, "", Span(paragraph.start, paragraph.start))
        open_tables = [table]
        for row in paragraph.rows:
            del open_tables[row.depth + 1 :]
            while len(open_tables) <= row.depth and open_tables[-1].children:
                inner = Node(ClauseKind.TABLE, "", Span(row.start, row.start))
                open_tables[-1].children[-1].children.append(inner)
                open_tables.append(inner)
            open_tables[-1].children.append(Node(ClauseKind.ROW, row.text, row.span))
        return table
    node = Node(kind, paragraph.whole, paragraph.span)
    if paragraph.label is None:
        node.words = paragraph.block
    return node


_FORMS = (
    lazy_pattern(r"([一二三四五六七八九十]{1,2})(?:是|要)(?=[\u4e00-\u9fff“《])"),
    lazy_pattern(r"[（(]([0-9０-９]{1,2})[）)](?=[^，。；、：])"),
    lazy_pattern(r"([\u2460-\u2473])(?=[^，。；、：])"),
    lazy_pattern(r"[（(]([一二三四五六七八九十]{1,2})[）)](?=[^，。；、：])"),
    lazy_pattern(r"([0-9０-９]{1,2})[.．、](?=[^\d，。；、：])"),
)
_STARTS = lazy_pattern(r"一[是要]|[（(][1１一][）)]|①|[1１][.．、]\D")
_BOUNDARY = frozenset("：:；;。")
_COMMA = _BOUNDARY | frozenset("，,")
_SAID = 0
"""Index of the form 一是, the only form whose members may be joined by commas."""
_CLOSES = "》”’））〕〕】〉"
_OPENING = dict(zip("《“‘（(〔[【〈", _CLOSES, strict=True))
_CLOSING = dict(zip("》”’）)〕]】〉", _CLOSES, strict=True))
_SPLIT = frozenset({ClauseKind.LEVEL, ClauseKind.PARAGRAPH, ClauseKind.MEASURE, ClauseKind.ITEM})


class _Mark(NamedTuple):
    """A number at `words[start:end]`, of the form `_FORMS[form]`."""

    start: int
    end: int
    form: int
    value: int


def part_enumerations(nodes: list[Node]) -> None:
    """Make items of the members of enumerations, in this node and below it; the words before an enumeration stay with their clause.

    An enumeration begins at one, has no gap and at least two members, and its numbers stand at the
    start of the paragraph or after ：；。, outside titles, quotes and brackets. Where a paragraph has none, one of 一是 counts
    that also stands after commas (主要目标有两个，一是…，二是…。). Words behind a list whose members end in ； or ， become
    a paragraph of the clause. A clause that ends in a note of responsibility is not split, because the note applies to all of it.
    """
    parted: list[Node] = []
    for node in nodes:
        part_enumerations(node.children)
        block = node.words
        members: list[Node] = []
        if node.kind in _SPLIT and block is not None and _STARTS.search(block.text):
            members = _members(node, block)
        if members and node.label is None and not node.text:
            parted.extend(members)
        else:
            node.children[:0] = members
            parted.append(node)
    nodes[:] = parted


def _members(node: Node, block: Block) -> list[Node]:
    """Return the members of the enumeration in a clause's words, which then keep the lead alone."""
    text = block.text
    if node.text != text or responsibility_notes(text):
        return []
    # The numbers of the outermost enumeration, an empty list where there is none that is sure
    marks = _run(text, list(_marks(text, _BOUNDARY))) or _run(
        text, [mark for mark in _marks(text, _COMMA) if mark.form == _SAID]
    )
    lead = block.part(0, marks[0].start) if marks else block
    if not marks or (node.heading is not None and len(node.heading) > len(lead.text)):
        return []
    end = _end(text, marks)
    stops = [*(mark.start for mark in marks[1:]), end]
    members = [_item(block, mark, stop) for mark, stop in zip(marks, stops, strict=True)]
    rest = block.part(end) if end < len(text) else None
    if rest is not None and rest.text:
        members.append(Node(ClauseKind.PARAGRAPH, rest.text, rest.span))
    node.text = lead.text
    node.words = lead
    if lead.text:
        node.span = Span(node.span.start, lead.span.end)
    elif node.label is not None:
        node.span = node.label_span
    return members


def _item(block: Block, mark: _Mark, stop: int) -> Node:
    words = block.part(mark.end, stop)
    label = block.text[mark.start : mark.end]
    place = block.place(mark.start)
    item = Node(ClauseKind.ITEM, words.text, Span(place, words.span.end), label, str(mark.value))
    item.label_span = Span(place, block.place(mark.end - 1) + 1)
    item.words_span = words.span
    item.words = words
    item.children = _members(item, words)
    return item


def _run(text: str, marks: list[_Mark]) -> list[_Mark]:
    """Return the marks of the first form that begins at one; an empty list if their numbers leave a gap."""
    first = next((mark for mark in marks if mark.value == 1), None)
    if first is None:
        return []
    same = [mark for mark in marks if mark.form == first.form]
    runs = all(other.value == one.value + 1 for one, other in pairwise(same))
    if same[0] is not first or not runs or len(same) < 2 or same[-1].end == len(text):
        return []
    later = (_value(match) for match in _FORMS[first.form].finditer(text, same[-1].end))
    return [] if same[-1].value + 1 in later else same


def _marks(text: str, boundary: frozenset[str]) -> Iterator[_Mark]:
    """Yield the marks at boundaries outside titles, quotes and brackets; a bracket that is never closed hides all text after it."""
    opened: list[str] = []
    index = 0
    is_boundary = True
    quoted = False
    while index < len(text):
        character = text[index]
        mark = _mark(text, index) if is_boundary and not opened and not quoted else None
        if mark is not None:
            yield mark
            index = mark.end
            is_boundary = False
            continue
        if character == '"':
            quoted = not quoted
        elif character in _OPENING:
            opened.append(_OPENING[character])
        elif opened and _CLOSING.get(character) == opened[-1]:
            opened.pop()
        if character not in BLANKS and character not in _CLOSING:
            is_boundary = character in boundary
        index += 1


def _mark(text: str, index: int) -> _Mark | None:
    for form, pattern in enumerate(_FORMS):
        match = pattern.match(text, index)
        if match is not None:
            value = _value(match)
            return None if value is None else _Mark(index, match.end(), form, value)
    return None


def _value(match: re.Match[str]) -> int | None:
    return to_int(match[1]) or circled(match[1])


def _end(text: str, marks: list[_Mark]) -> int:
    """Return the end of the last member: the end of its sentence if no earlier member holds several sentences, else the end of the text."""
    for one, other in pairwise(marks):
        if "。" in text[one.end : other.start].rstrip(f"。{BLANKS}"):
            return len(text)
    end = marks[-1].end
    opened = 0
    while end < len(text):
        character = text[end]
        opened += (character in _OPENING) - (character in _CLOSING)
        end += 1
        if character == "。" and opened <= 0:
            return end
    return end


def clauses_of(nodes: Iterable[Node], parent: str = "") -> tuple[Clause, ...]:
    """Return the nodes as clauses with ids.

    The id of a numbered clause uses its printed number, other clauses are counted within their parent; a
    number that repeats in one parent gets `_2`, `_3` … in reading order.
    """
    clauses: list[Clause] = []
    seen: dict[str, int] = {}
    counts: dict[ClauseKind, int] = {}
    for node in nodes:
        prefix = PREFIX[node.kind]
        if node.key is None:
            counts[node.kind] = counts.get(node.kind, 0) + 1
            name = prefix if node.kind is ClauseKind.PREFACE else f"{prefix}_{counts[node.kind]}"
        else:
            name = f"{prefix}_{node.key}"
        times = seen[name] = seen.get(name, 0) + 1
        if times > 1:
            name = f"{name}_{times}"
        clause_id = f"{parent}__{name}" if parent else name
        clauses.append(
            Clause.made(
                {
                    "id": clause_id,
                    "kind": node.kind,
                    "label": node.label,
                    "number": node.number,
                    "heading": node.heading,
                    "text": node.text,
                    "span": node.span,
                    "children": clauses_of(node.children, clause_id) if node.children else (),
                }
            )
        )
    return tuple(clauses)


class Doubts:
    """Collects diagnostics in the order in which they arise."""

    def __init__(self) -> None:
        self.found: list[Diagnostic] = []

    def note(self, message: str, span: Span | None = None) -> None:
        """Keep a remark that may interest a reader."""
        self.found.append(Diagnostic(severity=Severity.INFO, message=message, span=span))

    def warn(self, message: str, span: Span | None = None) -> None:
        """Keep a warning about a place that may have been read wrongly."""
        self.found.append(Diagnostic(severity=Severity.WARNING, message=message, span=span))


UNREAD = "unread"
"""Reason given for a line that no rule can place."""
HEADLINE = "headline"
"""Reason of a line above the title, as web pages have them."""
_LISTED = frozenset({UNREAD, HEADLINE, str(Kind.PAGE_MARK), str(Kind.WEB), str(Kind.FOOTER)})
"""Reasons that are reported; markup and rules hold no words, and lines with any other reason were read into a field."""


def not_placed(text: str, dropped: Iterable[Dropped], doubts: Doubts) -> tuple[NotPlaced, ...]:
    """Return the words left out of the document, in order; where lines were not read, a warning gives their number."""
    left = sorted((one for one in dropped if one.reason in _LISTED), key=lambda one: one.span.start)
    found = [
        NotPlaced(text=despace(text[one.span.start : one.span.end]), span=one.span, reason=one.reason)
        for one in left
    ]
    unread = [one for one in found if one.reason == UNREAD]
    if unread:
        doubts.warn(f"lines in no field and no clause: {len(unread)}", unread[0].span)
    return tuple(found)
