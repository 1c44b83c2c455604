"""The tree of an official document (公文): 一、 （一） 1. （1） ①, measures with run-in headings, lead and closing words."""

import re

from policydiff.model import ClauseKind
from policydiff.parsing.labels import Label, Sort
from policydiff.parsing.paragraphs import Paragraph
from policydiff.parsing.tree import Node, node_of

_KIND = {
    Sort.PART: ClauseKind.PART,
    Sort.CHAPTER: ClauseKind.CHAPTER,
    Sort.SECTION: ClauseKind.SECTION,
    Sort.ARTICLE: ClauseKind.ARTICLE,
    Sort.CIRCLED: ClauseKind.ITEM,
    Sort.FIRSTLY: ClauseKind.ITEM,
    Sort.LETTER: ClauseKind.ITEM,
}
_RUN_IN_NUMBERED = re.compile(r"([^。；;：:！!？?（(]{2,60})。(?=\S{4,})")
_RUN_IN = re.compile(r"([^\s。；;，,：:！!？?（(\d][^\s。；;，,：:！!？?（(]{2,24})。(?=\S{10,})")
_NOTE_AT_END = re.compile(
    r"[（(](?:责任|牵头|配合|负责|落实|实施)[^（()）：:]{0,14}[：:](?:[^（()）]|[（(][^（()）]{0,60}[)）]){1,400}[)）][。；;]?$"
)
_CLOSING = re.compile(
    r"(?:各(?:省|自治区|市|县|区|地|镇|乡|街道|部门|单位|有关|级|相关)|本(?:意见|通知|办法|方案|决定|规定|措施|细则|计划|规划|行动|政策|实施)"
    r"|以上(?:意见|报告|请示|方案)|特此|此复|专此|妥否|请(?:各|遵照|认真|结合)|附件[：:]|感谢|上述)"
)


def build_official(paragraphs: list[Paragraph]) -> list[Node]:
    """Return the root nodes of an official document's body."""
    roots: list[Node] = []
    stack: list[tuple[Label, Node]] = []
    for paragraph in paragraphs:
        label = paragraph.label
        if label is not None and _counts(label, stack, paragraph):
            while stack and stack[-1][0].sort >= label.sort:
                stack.pop()
            node = node_of(paragraph, _KIND.get(label.sort, ClauseKind.LEVEL))
            node.heading = _heading(paragraph.text)
            (stack[-1][1].children if stack else roots).append(node)
            stack.append((label, node))
            continue
        node = _plain(paragraph)
        (stack[-1][1].children if stack else roots).append(node)
    _tell_measures(roots)
    _free_closing(roots, stack)
    return roots


def _counts(label: Label, stack: list[tuple[Label, Node]], paragraph: Paragraph) -> bool:
    if label.loose:
        return False
    if (
        label.sort is Sort.COMMA
        and label.value == 1
        and re.match("[一二三四五六七八九十][级类等期批次线档审]", paragraph.text)
    ):
        return False
    return True


def _heading(text: str) -> str | None:
    run_in = _RUN_IN_NUMBERED.match(text)
    if run_in is not None:
        return run_in[1]
    if text and len(text) <= 80 and text[-1] not in "。；;：:，,":
        return text
    return None


def _plain(paragraph: Paragraph) -> Node:
    words = paragraph.whole
    node = Node(ClauseKind.PARAGRAPH, words, paragraph.span)
    return node


def _tell_measures(nodes: list[Node]) -> None:
    """Turn paragraphs with a run-in heading or a closing note into measures, where a sibling is one too or a note closes it."""
    plain = [node for node in nodes if node.kind is ClauseKind.PARAGRAPH]
    headed = [(node, _RUN_IN.match(node.text)) for node in plain]
    several = sum(match is not None for _, match in headed) >= 2
    for node, match in headed:
        noted = _NOTE_AT_END.search(node.text[-600:]) is not None
        if noted or (several and match is not None):
            node.kind = ClauseKind.MEASURE
            node.heading = match[1] if match is not None and several else None
    for node in nodes:
        _tell_measures(node.children)


def _free_closing(roots: list[Node], stack: list[tuple[Label, Node]]) -> None:
    """Give the closing paragraphs at the very end to the document instead of the last numbered clause."""
    if not stack:
        return
    last = stack[-1][1]
    moved: list[Node] = []
    while last.children and last.children[-1].kind is ClauseKind.PARAGRAPH:
        closing = last.children[-1]
        if not (
            _CLOSING.match(closing.text) and (len(last.children) > 1 or last.text.endswith(("。", "）", ")")))
        ):
            break
        moved.insert(0, last.children.pop())
    roots.extend(moved)
