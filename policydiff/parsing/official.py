"""Builds the tree of official documents: the order of their levels, run-in headings and measures, and the closing words."""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.text_marks import responsibility_notes
from policydiff.model import ClauseKind
from policydiff.parsing.kinds import LINE_WORDS
from policydiff.parsing.labels import Label, Sort
from policydiff.parsing.paragraphs import Paragraph
from policydiff.parsing.tree import Doubts, Node, node_of, part_enumerations, plain_node

_KIND = {
    Sort.PART: ClauseKind.PART, Sort.SUBPART: ClauseKind.PART, Sort.CHAPTER: ClauseKind.CHAPTER,
    Sort.SECTION: ClauseKind.SECTION, Sort.ARTICLE: ClauseKind.ARTICLE, Sort.CIRCLED: ClauseKind.ITEM,
    Sort.FIRSTLY: ClauseKind.ITEM, Sort.LETTER: ClauseKind.ITEM, Sort.SMALL_ROMAN: ClauseKind.ITEM,
}  # fmt: skip


class _Open(NamedTuple):
    """A numbered clause that may still receive further clauses as children."""

    label: Label
    node: Node
    rank: float


def build_official(paragraphs: list[Paragraph], doubts: Doubts) -> list[Node]:
    """Return the root nodes of an official document's body."""
    roots: list[Node] = []
    stack: list[_Open] = []
    last: dict[Sort, int] = {}
    ranks = ranks_of([each.label for each in paragraphs if each.label and not each.label.loose])
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
    """Close a list whose entries end in ；: paragraphs after its last entry belong to the clause that holds the list."""
    while len(stack) > 1 and not stack[-1].node.children:
        entries = stack[-2].node.children
        if (
            len(entries) < 2
            or entries[-1] is not stack[-1].node
            or not entries[-2].text.endswith(("；", ";"))
        ):
            return
        stack.pop()


def _rank(label: Label, ranks: dict[str, float]) -> float:
    rank = ranks[label.family]
    if label.sort is not Sort.DECIMAL:
        return rank
    return rank + label.number.removesuffix(".0").count(".") / 10  # 1.0 stands above 1.1


def _check_sequence(label: Label, last: dict[Sort, int], paragraph: Paragraph, doubts: Doubts) -> None:
    """Warn about a number that neither follows the previous number of its form nor begins at one again."""
    if label.sort not in _USUAL or label.sort is Sort.DECIMAL:
        return
    before = last.get(label.sort)
    if before is not None and label.value not in (1, before + 1) and not label.inserted:
        doubts.warn(f"{label.text} follows number {before} of its kind", paragraph.span)
    last[label.sort] = label.value
    if label.sort < Sort.ARTICLE or label.sort is Sort.COMMA:
        for sort in list(last):
            if sort > label.sort and sort in (Sort.BRACKET, Sort.CIRCLED, Sort.DIGIT_BRACKET, Sort.FIRSTLY):
                del last[sort]


_RUN_IN = lazy_pattern(
    r"""
    ( (?: [^。；;：:！!？?（(\t] | [（(] [^。；;：:（()）\t]{1,20} [)）] ){2,80} ) 。 (?=\S{4,})   # 总结阶段（9月15日前）。
    """,
    re.VERBOSE,
)
_SENTENCE = lazy_pattern(r"[^。；;：:！!？?\t，,]{2,40}。")
_ENDS_OPEN = frozenset("。；;：:，,、")
_LONGEST = 80
"""Most characters of a clause that is its own heading as a whole; longer ones are text without a full stop."""
_MOST = 0.6
"""Share of the clauses of one form that must begin with a short sentence for such sentences to be headings."""
_PLAIN = frozenset({ClauseKind.PARAGRAPH, ClauseKind.MEASURE})


def give_headings(roots: list[Node]) -> None:
    """Set the headings of the numbered clauses of an official document.

    A clause without a sentence is its own heading. A short first sentence is a run-in heading if most
    clauses of the same form begin with one; otherwise it is an ordinary sentence. A single short sentence
    with full stop is a heading if paragraphs of its own follow below it.
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
            by_form[_NUMERALS.sub("0", node.label or "")].append(node)
        _collect(node.children, by_form)


_NUMERALS = lazy_pattern(r"[0-9０-９一二三四五六七八九十百零〇]+")


def _whole_heading(node: Node) -> str | None:
    text = node.text
    if not text or len(text) > _LONGEST:
        return None
    if text[-1] not in _ENDS_OPEN:
        return text
    if _SENTENCE.fullmatch(text) and node.children and node.children[0].kind in _PLAIN:
        return text[:-1]
    return None


_LED_BY = lazy_pattern(r"([^\s。；;，,：:！!？?（(\d“\"《][^\s。；;，,：:！!？?（(]{2,24})。(?=\S{10,})")


def tell_measures(nodes: list[Node]) -> None:
    """Turn plain paragraphs into measures, in `nodes` and in all nodes below.

    A run-in heading counts if at least two paragraphs of the same clause have one: a single short first
    sentence is an ordinary sentence.
    """
    plain = [node for node in nodes if node.kind is ClauseKind.PARAGRAPH]
    headings = [_LED_BY.match(node.text) for node in plain]
    several = sum(match is not None for match in headings) >= 2
    for node, match in zip(plain, headings, strict=True):
        if several and match is not None:
            node.kind = ClauseKind.MEASURE
            node.heading = match[1]
        elif _ends_in_note(node.text):
            node.kind = ClauseKind.MEASURE
    for node in nodes:
        if node.children:
            tell_measures(node.children)


def _ends_in_note(text: str) -> bool:
    ending = text.rstrip("。；;")
    if not ending.endswith(("）", ")")) or len(text) < 20:
        return False
    notes = responsibility_notes(text)
    return bool(notes) and notes[-1].end == len(ending) and notes[-1].start > 0


_USUAL = {
    Sort.PART: 0, Sort.SUBPART: 1, Sort.CHAPTER: 2, Sort.SECTION: 3, Sort.ARTICLE: 4, Sort.COMMA: 5, Sort.BRACKET: 6,
    Sort.DECIMAL: 6.5, Sort.POINT: 7, Sort.DIGIT_BRACKET: 8, Sort.CIRCLED: 9, Sort.FIRSTLY: 10,
}  # fmt: skip
"""Usual level of each form (smaller is higher); letters, Roman numbers, 甲乙, 壹贰 and 任务一 get their level from each text."""


def ranks_of(labels: Sequence[Label]) -> dict[str, float]:
    """Return the rank of each family of marks in a text; a smaller rank is a higher level."""
    order: list[Label] = []
    first: dict[str, Label] = {}
    current: Label | None = None
    named = [(label.family, label) for label in labels]
    for family, label in named:
        known = first.get(family)
        if known is None:
            order.insert(_place(label, order, current), label)
            first[family] = label
        current = known or label
    for upper, lower in combinations([*first.values()][:_MOST_FAMILIES], 2):
        runs_across = order.index(upper) > order.index(lower) and _runs_across(named, upper, lower)
        if runs_across and not _runs_across(named, lower, upper):
            order.remove(upper)
            order.insert(order.index(lower), upper)
    return {label.family: float(min(rank, _MOST_FAMILIES)) for rank, label in enumerate(order)}


_MOST_FAMILIES = 40
"""Most families of marks that are compared, and most levels of a text (a text uses about a dozen); all further families share the last level."""
_Named = Sequence[tuple[str, Label]]
"""Labels with their families."""


def _place(label: Label, order: list[Label], current: Label | None) -> int:
    """Return the index in `order` at which a family met for the first time is inserted."""
    usual = _USUAL.get(label.sort)
    if usual is None:
        return order.index(current) + 1 if current is not None else 0
    above = [index for index, other in enumerate(order) if _USUAL.get(other.sort, usual) < usual]
    below = [index for index, other in enumerate(order) if _USUAL.get(other.sort, usual) > usual]
    place = above[-1] + 1 if above else (below[0] if below else len(order))
    if current is not None and current.sort not in _USUAL and not below:
        place = max(place, order.index(current) + 1)
    return place


def _runs_across(labels: _Named, upper: Label, lower: Label) -> bool:
    """Return whether the numbers of `upper` continue in sequence while the numbers of `lower` restart between them."""
    last: int | None = None
    begun = False
    highest = min(_USUAL.get(upper.sort, 99), _USUAL.get(lower.sort, 99))
    above, below = upper.family, lower.family
    for family, label in labels:
        if family == above:
            if begun and last is not None and label.value == last + 1:
                return True
            last, begun = label.value, False
        elif family == below:
            if label.sort is Sort.DECIMAL and label.number == f"{last}.1":
                return True  # 2.1 below 2., whether or not the entry before has 1.1
            begun = begun or (label.value == 1 and last is not None)
        elif _USUAL.get(label.sort, 99) < highest:
            last, begun = None, False
    return False


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
"""Beginnings of the closing words of notices, opinions, reports and letters."""

_MOST_CLOSING = 4
"""Most paragraphs at the end of the last clause that are looked at as closing words of the document."""


def free_closing(roots: list[Node]) -> None:
    """Move the closing paragraphs at the end of the last numbered clause to the document's root.

    A paragraph closes the document if it begins with closing words and follows a complete clause, or if no
    clause of the same rank as the last clause has a paragraph of its own.
    """
    if not roots or not _numbered(roots[-1]):
        return
    path = [roots[-1]]
    while path[-1].children and _numbered(path[-1].children[-1]):
        path.append(path[-1].children[-1])
    last = path[-1]
    trailing: list[Node] = []
    for node in reversed(last.children[-_MOST_CLOSING:]):
        if node.kind is not ClauseKind.PARAGRAPH:
            break
        trailing.insert(0, node)
    # The other clauses of the same form and depth as the last one
    level = roots
    for _ in path[1:]:
        level = [child for node in level for child in node.children]
    closing = _closing(last, trailing, [node for node in level if _numbered(node) and node is not path[-1]])
    if closing:
        del last.children[-len(closing) :]
        roots.extend(closing)


def _closing(last: Node, trailing: list[Node], siblings: list[Node]) -> list[Node]:
    complete = last.text.endswith(("。", "）", ")", "；"))
    bare = not any(child.kind in _PLAIN for node in siblings for child in node.children)
    if complete and len(siblings) >= 2 and bare:
        return trailing
    if bare and any(child.kind is ClauseKind.TABLE for child in last.children):
        return trailing
    for index, node in enumerate(trailing):
        stands_alone = index > 0 or len(last.children) > len(trailing) or (complete and bare)
        if stands_alone and _OPENING.match(node.text):
            return trailing[index:]
    return []


def _numbered(node: Node) -> bool:
    return node.number is not None
