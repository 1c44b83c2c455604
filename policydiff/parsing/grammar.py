"""Which numbering conventions a text follows, and the tree they give."""

import re

from policydiff.model import Grammar
from policydiff.parsing.labels import Sort
from policydiff.parsing.legislation import build_legislation
from policydiff.parsing.official import build_official
from policydiff.parsing.paragraphs import Paragraph
from policydiff.parsing.tree import Node

_AMENDING = re.compile(r"修正案|关于修改|关于修正|关于废止和修改|关于修改和废止")


def choose_grammar(body: list[Paragraph], title: str | None) -> Grammar:
    """Return the grammar of a text: legislation where articles run in sequence, else official."""
    articles = commas = 0
    for paragraph in body:
        label = paragraph.label
        if label is None or label.loose:
            continue
        if label.sort is Sort.ARTICLE:
            articles += 1
        elif label.sort is Sort.COMMA:
            commas += 1
    if title is not None and _AMENDING.search(title) and commas and articles < 3:
        return Grammar.AMENDMENT
    if articles >= 3 or (articles and articles > commas):
        return Grammar.LEGISLATION
    return Grammar.OFFICIAL


def build(body: list[Paragraph], grammar: Grammar) -> list[Node]:
    """Return the root nodes of a text's body."""
    if grammar is Grammar.LEGISLATION:
        return build_legislation(body)
    return build_official(body)
