"""Closing paragraphs (结语) belong to the document, not to the numbered clause they happen to follow."""

from policydiff.model import ClauseKind
from policydiff.parsing.kinds import LINE_WORDS
from policydiff.parsing.tree import Node

_OPENING = LINE_WORDS.phrase(
    r"""
    各{addressed}
  | 本{own_kinds} [^，。]{0,12} (?: 自 | 由 | 有效期 | 印发 | 未尽 | 施行 | 实施 )
  | 以上 (?: 意见 | 报告 | 请示 | 方案 | 规定 | 措施 )
  | 特此 | 此复 | 专此 | 妥否 | 当否 | 感谢 | 附件?[：:]
  | 请 (?: 各 | 遵照 | 认真 | 结合 | 予 )
  | 执行中 | 实施中 | 此前 | 原有 | 凡与 | 有效期
    """
)
"""How closing words of notices, opinions, reports and letters begin."""

_MOST = 4


def free_closing(roots: list[Node]) -> None:
    """Move the closing paragraphs at the end of the last numbered clause to the document's root.

    A paragraph closes the document where it opens as closing words do and follows a complete clause, or where no
    clause of the same rank as the last one has a paragraph of its own under it.
    """
    if not roots or not _numbered(roots[-1]):
        return
    path = [roots[-1]]
    while path[-1].children and _numbered(path[-1].children[-1]):
        path.append(path[-1].children[-1])
    last = path[-1]
    trailing: list[Node] = []
    for node in reversed(last.children[-_MOST:]):
        if node.kind is not ClauseKind.PARAGRAPH:
            break
        trailing.insert(0, node)
    closing = _closing(last, trailing, _siblings(path, roots))
    if closing:
        del last.children[-len(closing) :]
        roots.extend(closing)


def _closing(last: Node, trailing: list[Node], siblings: list[Node]) -> list[Node]:
    complete = last.text.endswith(("。", "）", ")", "；"))
    bare = not any(_has_plain(node) for node in siblings)
    if complete and len(siblings) >= 2 and bare:
        return trailing
    if bare and any(child.kind is ClauseKind.TABLE for child in last.children):
        return trailing
    for index, node in enumerate(trailing):
        stands_alone = index > 0 or len(last.children) > len(trailing) or (complete and bare)
        if stands_alone and _OPENING.match(node.text):
            return trailing[index:]
    return []


def _siblings(path: list[Node], roots: list[Node]) -> list[Node]:
    """Return the other clauses of the same form and depth as the last one."""
    level = roots
    for _ in path[1:]:
        level = [child for node in level for child in node.children]
    return [node for node in level if _numbered(node) and node is not path[-1]]


def _has_plain(node: Node) -> bool:
    return any(child.kind in (ClauseKind.PARAGRAPH, ClauseKind.MEASURE) for child in node.children)


def _numbered(node: Node) -> bool:
    return node.number is not None
