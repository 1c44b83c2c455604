"""Which numbering conventions a text follows, and the tree they give."""

import re

from policydiff.model import Grammar
from policydiff.parsing.amendment import build_amendment
from policydiff.parsing.labels import Sort
from policydiff.parsing.legislation import build_legislation
from policydiff.parsing.official import build_official
from policydiff.parsing.paragraphs import Paragraph
from policydiff.parsing.parsing_doubts import Doubts
from policydiff.parsing.tree import Node

_AMENDS = re.compile(r"修正案|关于(?:修改|修正|废止|删除|调整).{0,80}的(?:决定|决议|公告|通知)")
_INSTRUCTS = re.compile(r"(?:修改为|改为|增加|删去|删除|予以修改|作出修改|作如下修改|废止)")
_QUOTES_ARTICLE = re.compile(r"第[一二三四五六七八九十百千零〇]+条[^。]{0,400}“")
_CHANGES_TITLE = re.compile("(?:修改|将)[^。]{0,60}《")
_ENOUGH = 3
_MOST = 0.6


def choose_grammar(body: list[Paragraph], title: str | None) -> Grammar:
    """Return the grammar of a text, chosen once: what a （一） is depends on it.

    Legislation where articles (第X条) run through it; amendment where its title says so, or its items are instructions
    to change another text; else official.
    """
    articles = commas = instructions = quoting = 0
    for paragraph in body:
        if _INSTRUCTS.search(paragraph.text):
            instructions += 1
            quoting += paragraph.label is not None and _QUOTES_ARTICLE.search(paragraph.text) is not None
        label = paragraph.label
        if label is None or label.loose:
            continue
        if label.sort is Sort.ARTICLE:
            articles += 1
        elif label.sort is Sort.COMMA:
            commas += 1
    named = (
        title is not None and _AMENDS.search(title) is not None and (articles < _ENOUGH or "修正案" in title)
    )
    mostly = quoting >= _MOST * max(1, articles + commas) and quoting > 1
    if instructions and (named or mostly or _says_amends(body)):
        return Grammar.AMENDMENT
    if articles >= _ENOUGH or (articles and articles > commas):
        return Grammar.LEGISLATION
    return Grammar.OFFICIAL


def _says_amends(body: list[Paragraph]) -> bool:
    """Say whether the first words of the body are an instruction to change another text."""
    first = body[0] if body else None
    return first is not None and first.label is not None and _CHANGES_TITLE.match(first.text) is not None


def build(body: list[Paragraph], grammar: Grammar, doubts: Doubts) -> list[Node]:
    """Return the root nodes of a text's body."""
    if grammar is Grammar.LEGISLATION:
        return build_legislation(body, doubts)
    if grammar is Grammar.AMENDMENT:
        return build_amendment(body, doubts)
    return build_official(body, doubts)
