"""Measures without a number: told by a run-in heading (段首句标题), or by the note of responsibility that closes them."""

import re

from policydiff.lexicon.notes import responsibility_notes
from policydiff.model import ClauseKind
from policydiff.parsing.tree import Node

_RUN_IN = re.compile(r"([^\s。；;，,：:！!？?（(\d“\"《][^\s。；;，,：:！!？?（(]{2,24})。(?=\S{10,})")


def tell_measures(nodes: list[Node]) -> None:
    """Turn plain paragraphs into measures, here and below.

    A run-in heading counts where at least two paragraphs of the same clause have one: a single short first sentence
    is an ordinary sentence.
    """
    plain = [node for node in nodes if node.kind is ClauseKind.PARAGRAPH]
    headings = [_RUN_IN.match(node.text) for node in plain]
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
