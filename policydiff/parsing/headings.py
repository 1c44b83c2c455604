"""Headings of numbered clauses: a line of their own, or the first sentence of the clause (段首句标题)."""

import re
from collections import defaultdict

from policydiff.model import ClauseKind
from policydiff.parsing.tree import Node

_RUN_IN = re.compile(
    r"""
    ( (?: [^。；;：:！!？?（(\t] | [（(] [^。；;：:（()）\t]{1,20} [)）] ){2,80} ) 。 (?=\S{4,})   # 总结阶段（9月15日前）。
    """,
    re.VERBOSE,
)
_SENTENCE = re.compile(r"[^。；;：:！!？?\t，,]{2,40}。")
_ENDS_OPEN = frozenset("。；;：:，,、")
_LONGEST = 80
_MOST = 0.6
_PLAIN = frozenset({ClauseKind.PARAGRAPH, ClauseKind.MEASURE})


def give_headings(roots: list[Node]) -> None:
    """Give the numbered clauses of an official document their headings.

    A clause without a sentence is its own heading. A first sentence is a run-in heading where most clauses of the same
    form begin with one: otherwise it is an ordinary sentence that happens to be short. A single short sentence with
    full stop is a heading where paragraphs of its own follow below it.
    """
    by_form: dict[str, list[Node]] = defaultdict(list)
    _collect(roots, by_form)
    for nodes in by_form.values():
        matches = [(node, _RUN_IN.match(node.text)) for node in nodes if node.heading is None]
        run_in = sum(match is not None for _, match in matches)
        if run_in >= _MOST * len(matches):
            for node, match in matches:
                node.heading = match[1] if match is not None else None


def _collect(nodes: list[Node], by_form: dict[str, list[Node]]) -> None:
    for node in nodes:
        if node.number is not None and node.kind is not ClauseKind.ANNEX:
            node.heading = _whole_heading(node)
            by_form[_form(node)].append(node)
        _collect(node.children, by_form)


def _form(node: Node) -> str:
    return re.sub(r"[0-9０-９一二三四五六七八九十百零〇]+", "0", node.label or "")


def _whole_heading(node: Node) -> str | None:
    text = node.text
    if not text or len(text) > _LONGEST:
        return None
    if text[-1] not in _ENDS_OPEN:
        return text
    if _SENTENCE.fullmatch(text) and node.children and node.children[0].kind in _PLAIN:
        return text[:-1]
    return None
