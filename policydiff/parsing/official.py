"""The tree of an official document (公文): 一、 （一） 1. （1） ①, measures with run-in headings, lead and closing words."""

import re

from policydiff.model import ClauseKind
from policydiff.parsing.closing import free_closing
from policydiff.parsing.doubts import Doubts
from policydiff.parsing.labels import Label, Sort
from policydiff.parsing.measures import tell_measures
from policydiff.parsing.paragraphs import Paragraph
from policydiff.parsing.tree import Node, node_of, plain_node

_KIND = {
    Sort.PART: ClauseKind.PART,
    Sort.CHAPTER: ClauseKind.CHAPTER,
    Sort.SECTION: ClauseKind.SECTION,
    Sort.ARTICLE: ClauseKind.ARTICLE,
    Sort.CIRCLED: ClauseKind.ITEM,
    Sort.FIRSTLY: ClauseKind.ITEM,
    Sort.LETTER: ClauseKind.ITEM,
}
_RUN_IN = re.compile(r"([^。；;：:！!？?（(\t]{2,60})[。](?=\S{4,})")
_ENDS_OPEN = frozenset("。；;：:，,、")


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
            node = plain_node(paragraph, ClauseKind.PARAGRAPH)
            (stack[-1].node.children if stack else roots).append(node)
            continue
        rank = _rank(label, ranks)
        while stack and stack[-1].rank >= rank:
            stack.pop()
        node = node_of(paragraph, _KIND.get(label.sort, ClauseKind.LEVEL))
        node.heading = heading_of(paragraph.text)
        (stack[-1].node.children if stack else roots).append(node)
        stack.append(_Open(label, node, rank))
        _check_sequence(label, last, paragraph, doubts)
    tell_measures(roots)
    free_closing(roots)
    return roots


def heading_of(text: str) -> str | None:
    """Return the heading of a numbered clause: its first sentence where more follows, or all of it where it is none.

    >>> heading_of("编制产业发展规划。借鉴先发地区经验。"), heading_of("总体要求"), heading_of("组织实施本方案。")
    ('编制产业发展规划', '总体要求', None)
    """
    run_in = _RUN_IN.match(text)
    if run_in is not None:
        return run_in[1]
    if text and len(text) <= 80 and text[-1] not in _ENDS_OPEN:
        return text
    return None


def _rank(label: Label, ranks: dict[Sort, float]) -> float:
    rank = ranks.get(label.sort, float(label.sort))
    return rank + label.number.count(".") / 10 if label.sort is Sort.DECIMAL else rank


def _ranks(paragraphs: list[Paragraph]) -> dict[Sort, float]:
    """Return how deep each form of label stands in this text, where that differs from the usual order.

    1. goes above （一） where it comes first and （一） starts anew below it; a text that is numbered 1.1 throughout
    is ordered by the count of its points.
    """
    labels = [paragraph.label for paragraph in paragraphs if paragraph.label and not paragraph.label.loose]
    ranks = {Sort.DECIMAL: 6.5}
    for upper, lower in (
        (Sort.POINT, Sort.BRACKET),
        (Sort.DIGIT_BRACKET, Sort.BRACKET),
        (Sort.BRACKET, Sort.COMMA),
    ):
        first = next((label.sort for label in labels if label.sort in (upper, lower)), None)
        if first is upper and _restarts(labels, upper, lower):
            ranks[upper] = lower - 0.5
    return ranks


def _restarts(labels: list[Label], upper: Sort, lower: Sort) -> bool:
    """Say whether the upper numbers run on while the lower ones begin anew between them."""
    expected = 1
    starts = 0
    for label in labels:
        if label.sort is upper:
            if label.value != expected:
                return False
            expected += 1
        elif label.sort is lower and label.value == 1:
            starts += 1
    return expected > 2 and starts >= 1 and _ends_with_upper_or_restarts(labels, upper, lower, starts)


def _ends_with_upper_or_restarts(labels: list[Label], upper: Sort, lower: Sort, starts: int) -> bool:
    if starts > 1:
        return True
    kinds = [label.sort for label in labels if label.sort in (upper, lower)]
    return kinds[-1] is upper


def _check_sequence(label: Label, last: dict[Sort, int], paragraph: Paragraph, doubts: Doubts) -> None:
    """Note numbers that neither follow the one before nor begin anew."""
    if label.sort in (Sort.DECIMAL, Sort.LETTER):
        return
    before = last.get(label.sort)
    if before is not None and label.value not in (1, before + 1) and "-" not in label.number:
        doubts.warn(f"{label.text} follows number {before} of its kind", paragraph.span)
    last[label.sort] = label.value
    if label.sort < Sort.ARTICLE or label.sort is Sort.COMMA:
        for sort in list(last):
            if sort > label.sort and sort in (Sort.BRACKET, Sort.CIRCLED, Sort.DIGIT_BRACKET, Sort.FIRSTLY):
                del last[sort]
