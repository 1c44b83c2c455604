"""Nodes while the tree is built and how they become clauses with ids, and an account of every character of the text: in a clause, or set aside for a reason."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from policydiff.lexicon.widths import despace
from policydiff.model import Clause, ClauseKind, Diagnostic, NotPlaced, Severity, Span
from policydiff.parsing.kinds import Kind
from policydiff.parsing.paragraphs import Paragraph
from policydiff.parsing.source import Block, Dropped

PREFIX = {
    ClauseKind.PREFACE: "preface",
    ClauseKind.PART: "part",
    ClauseKind.CHAPTER: "chp",
    ClauseKind.SECTION: "sec",
    ClauseKind.ARTICLE: "art",
    ClauseKind.PARAGRAPH: "para",
    ClauseKind.SUBPARAGRAPH: "subpara",
    ClauseKind.ITEM: "item",
    ClauseKind.LEVEL: "lvl",
    ClauseKind.MEASURE: "measure",
    ClauseKind.TABLE: "table",
    ClauseKind.ROW: "row",
    ClauseKind.ANNEX: "annex",
    ClauseKind.NOTE: "note",
    ClauseKind.QUOTE: "quote",
}
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
    """Place of the label alone; the whole span where there is none."""
    words_span: Span = field(init=False)
    """Place of the words after the label."""

    def __post_init__(self) -> None:
        self.key = self.number
        self.label_span = self.words_span = self.span


def node_of(paragraph: Paragraph, kind: ClauseKind) -> Node:
    """Return a node of the paragraph's own words, numbered where it has a label; a table where it is one."""
    label = paragraph.label
    if paragraph.rows:
        return _table_of(paragraph)
    if label is None:
        return plain_node(paragraph, kind)
    node = Node(kind, paragraph.text, paragraph.span, label.text, label.number)
    node.key = label.number.rsplit(".", 1)[-1]
    node.label_span = Span(paragraph.start, paragraph.start + label.size)
    node.words_span = paragraph.block.span
    node.words = paragraph.block
    return node


def plain_node(paragraph: Paragraph, kind: ClauseKind) -> Node:
    """Return a node of all words of the paragraph, a seeming label included; a table where the paragraph is one."""
    if paragraph.rows:
        return _table_of(paragraph)
    node = Node(kind, paragraph.whole, paragraph.span)
    if paragraph.label is None:
        node.words = paragraph.block
    return node


def _table_of(paragraph: Paragraph) -> Node:
    """Return a table without words of its own, its rows below it; a table in a cell stands below its row."""
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


def clauses_of(nodes: Iterable[Node], parent: str = "") -> tuple[Clause, ...]:
    """Return the nodes as clauses.

    A numbered clause is named by its printed number, others are counted in their parent; a number that repeats in
    one parent gets `_2`, `_3` … in reading order.
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
    """Collects diagnostics in the order in which they are met."""

    def __init__(self) -> None:
        self.found: list[Diagnostic] = []

    def note(self, message: str, span: Span | None = None) -> None:
        """Keep a remark that a reader may want to know."""
        self.found.append(Diagnostic(severity=Severity.INFO, message=message, span=span))

    def warn(self, message: str, span: Span | None = None) -> None:
        """Keep a warning of a place that may be read wrong."""
        self.found.append(Diagnostic(severity=Severity.WARNING, message=message, span=span))


UNREAD = "unread"
"""Reason of a line that no rule knows a place for."""
HEADLINE = "headline"
"""Reason of a line above the title, as web pages have them."""
_LISTED = frozenset({UNREAD, HEADLINE, str(Kind.PAGE_MARK), str(Kind.WEB), str(Kind.FOOTER)})
"""Reasons that are listed; markup and rules hold no words, and all others went into a field."""


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
