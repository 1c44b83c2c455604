"""The tree of an official document (公文): 一、 （一） 1. （1） ①, measures with run-in headings, lead and closing words."""

from policydiff.model import ClauseKind
from policydiff.parsing.closing import free_closing
from policydiff.parsing.enumerations import part_enumerations
from policydiff.parsing.headings import give_headings
from policydiff.parsing.labels import Label, Sort
from policydiff.parsing.ladder import ranks_of
from policydiff.parsing.measures import tell_measures
from policydiff.parsing.paragraphs import Paragraph
from policydiff.parsing.parsing_doubts import Doubts
from policydiff.parsing.tree import Node, node_of, plain_node

_KIND = {
    Sort.PART: ClauseKind.PART,
    Sort.SUBPART: ClauseKind.PART,
    Sort.CHAPTER: ClauseKind.CHAPTER,
    Sort.SECTION: ClauseKind.SECTION,
    Sort.ARTICLE: ClauseKind.ARTICLE,
    Sort.CIRCLED: ClauseKind.ITEM,
    Sort.FIRSTLY: ClauseKind.ITEM,
    Sort.LETTER: ClauseKind.ITEM,
    Sort.SMALL_ROMAN: ClauseKind.ITEM,
}


class _Open:
    """A numbered clause that further clauses may still go under."""

    __slots__ = ("label", "node", "rank")

    def __init__(self, label: Label, node: Node, rank: float) -> None:
        self.label = label
        self.node = node
        self.rank = rank


def build_official(paragraphs: list[Paragraph], doubts: Doubts) -> list[Node]:
    """Return the root nodes of an official document's body."""
    roots: list[Node] = []
    stack: list[_Open] = []
    last: dict[Sort, int] = {}
    ranks = _ranks(paragraphs)
    for paragraph in paragraphs:
        label = paragraph.label
        if label is None or label.loose:
            _leave_list(stack)
            node = plain_node(paragraph, ClauseKind.PARAGRAPH)
            (stack[-1].node.children if stack else roots).append(node)
            continue
        rank = _rank(label, ranks)
        while stack and stack[-1].rank >= rank:
            stack.pop()
        node = node_of(paragraph, _KIND.get(label.sort, ClauseKind.LEVEL))
        (stack[-1].node.children if stack else roots).append(node)
        stack.append(_Open(label, node, rank))
        _check_sequence(label, last, paragraph, doubts)
    give_headings(roots)
    tell_measures(roots)
    free_closing(roots)
    part_enumerations(roots)
    return roots


def _leave_list(stack: list[_Open]) -> None:
    """Close a list whose entries end in ；: what follows its last entry goes on with the clause that holds the list."""
    while len(stack) > 1 and not stack[-1].node.children:
        entries = stack[-2].node.children
        if (
            len(entries) < 2
            or entries[-1] is not stack[-1].node
            or not entries[-2].text.endswith(("；", ";"))
        ):
            return
        stack.pop()


def _rank(label: Label, ranks: dict[Sort, float]) -> float:
    rank = ranks.get(label.sort, float(label.sort))
    return rank + label.number.count(".") / 10 if label.sort is Sort.DECIMAL else rank


def _ranks(paragraphs: list[Paragraph]) -> dict[Sort, float]:
    """Return how deep each family of marks stands in this text."""
    return ranks_of(
        [paragraph.label for paragraph in paragraphs if paragraph.label and not paragraph.label.loose]
    )


def _check_sequence(label: Label, last: dict[Sort, int], paragraph: Paragraph, doubts: Doubts) -> None:
    """Note numbers that neither follow the one before nor begin anew."""
    if label.sort in (Sort.DECIMAL, Sort.LETTER, Sort.CAPITAL, Sort.ROMAN, Sort.SMALL_ROMAN, Sort.STEM):
        return
    before = last.get(label.sort)
    if before is not None and label.value not in (1, before + 1) and "-" not in label.number:
        doubts.warn(f"{label.text} follows number {before} of its kind", paragraph.span)
    last[label.sort] = label.value
    if label.sort < Sort.ARTICLE or label.sort is Sort.COMMA:
        for sort in list(last):
            if sort > label.sort and sort in (Sort.BRACKET, Sort.CIRCLED, Sort.DIGIT_BRACKET, Sort.FIRSTLY):
                del last[sort]
