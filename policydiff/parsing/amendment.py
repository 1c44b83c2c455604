"""The tree of an amendment (修正案, 关于修改…的决定): its items, and the words they put into another text as quotes."""

import re

from policydiff.model import ClauseKind
from policydiff.parsing.labels import Label, Sort, find_label
from policydiff.parsing.paragraphs import Paragraph
from policydiff.parsing.parsing_doubts import Doubts
from policydiff.parsing.tree import Node, node_of, plain_node
from policydiff.parsing.typed import CITES

_STARTS_QUOTE = re.compile(r"[：:]\s*(?=“)")
_AMENDS = re.compile("修改|修正|删除|删去|增加|废止|改为|作为|调整|替换|施行|公布|移至")
_ITEMS = (Sort.PART, Sort.CHAPTER, Sort.ARTICLE, Sort.COMMA, Sort.BRACKET, Sort.POINT, Sort.DIGIT_BRACKET)
_KIND = {
    Sort.PART: ClauseKind.PART,
    Sort.SUBPART: ClauseKind.PART,
    Sort.CHAPTER: ClauseKind.CHAPTER,
    Sort.ARTICLE: ClauseKind.ARTICLE,
}


def build_amendment(paragraphs: list[Paragraph], doubts: Doubts) -> list[Node]:
    """Return the root nodes of an amendment's body."""
    roots: list[Node] = []
    stack: list[tuple[Label, Node]] = []
    holder: Node | None = None
    depth = 0
    opened_at: Paragraph | None = None
    for paragraph in paragraphs:
        goes_on = depth > 0 and not _resumes(paragraph, stack)
        begins = not goes_on and paragraph.whole.startswith("“") and not paragraph.rows
        if holder is not None and (goes_on or begins):
            holder.children.append(_quote(paragraph))
            depth = _depth_after(paragraph.whole, depth if goes_on else 0)
        else:
            holder = _instruction(paragraph, stack, roots)
            depth = _part_quote(holder, paragraph)
        opened_at = paragraph if depth and not goes_on else opened_at
    if depth > 0 and opened_at is not None:
        doubts.warn("the quotation opened here is not closed", opened_at.span)
    return roots


def _instruction(paragraph: Paragraph, stack: list[tuple[Label, Node]], roots: list[Node]) -> Node:
    """File an item of the amendment, or a paragraph of it, and return its node."""
    label = paragraph.label
    if label is None or label.loose or label.sort not in _ITEMS:
        node = plain_node(paragraph, ClauseKind.PARAGRAPH)
        (stack[-1][1].children if stack else roots).append(node)
        return node
    while stack and stack[-1][0].sort >= label.sort:
        stack.pop()
    node = node_of(paragraph, _KIND.get(label.sort, ClauseKind.LEVEL))
    (stack[-1][1].children if stack else roots).append(node)
    stack.append((label, node))
    return node


def _resumes(paragraph: Paragraph, stack: list[tuple[Label, Node]]) -> bool:
    """Say whether an item of the amendment begins though the quotation before it was never closed."""
    label = paragraph.label
    if label is None or label.loose or not stack:
        return False
    expected = next((open_label for open_label, _ in reversed(stack) if open_label.sort is label.sort), None)
    return (
        expected is not None
        and label.value == expected.value + 1
        and _AMENDS.search(paragraph.text[:80]) is not None
    )


def _part_quote(node: Node, paragraph: Paragraph) -> int:
    """Part the quotation that begins in an item's own line from the instruction; return how deep quotes stay open."""
    match = _STARTS_QUOTE.search(paragraph.text)
    if match is None or paragraph.rows or not _quote_fills(paragraph.text, match.end()):
        return 0
    quoted = paragraph.block.part(match.end())
    kept = paragraph.block.part(0, match.end())
    node.text = node.text[: len(node.text) - len(paragraph.text) + match.end()].rstrip()
    node.span = node.span._replace(end=kept.span.end)
    quote = Paragraph(quoted, quoted.span.start)
    node.children.append(_quote(quote))
    return _depth_after(quoted.text, 0)


def _quote_fills(text: str, start: int) -> bool:
    """Say whether the quotation runs to the end of the paragraph, and is no term quoted in the instruction."""
    depth = 0
    for index in range(start, len(text)):
        if text[index] == "“":
            depth += 1
        elif text[index] == "”":
            depth -= 1
            if depth == 0:
                return len(text) - index <= 3
    return True


def _depth_after(words: str, depth: int) -> int:
    """Return how many quotations are open after a paragraph; one that is quoted begins with “ again."""
    opening = words.count("“")
    if depth and words.startswith("“"):
        opening -= 1
    return max(0, depth + opening - words.count("”"))


def _quote(paragraph: Paragraph) -> Node:
    """Return quoted words; a quoted article keeps its number as a label of the quote."""
    node = plain_node(paragraph, ClauseKind.QUOTE)
    if paragraph.rows:
        return node
    words = node.text
    mark = 1 if words.startswith("“") else 0
    label = paragraph.label if mark == 0 else find_label(words[mark : mark + 40])
    if label is None or label.sort is not Sort.ARTICLE or CITES.match(words[mark + label.size :]):
        return node
    size = len(label.text) if mark == 0 else label.size
    return _with_label(node, words[: mark + size], words[mark + size :], label)


def _with_label(node: Node, printed: str, words: str, label: Label) -> Node:
    node.label = printed
    node.text = words.lstrip()
    node.number = label.number
    return node
