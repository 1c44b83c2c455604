"""Compilations (制度汇编, 学生手册): where the next of several regulations printed one below the other begins.

A regulation begins where a title stands above a first article or chapter, dates and numbers in between, in a text that has
articles already; so its articles are its own and not paragraphs of the last article before it.
"""

import re

from policydiff.lexicon.titles import bare_title
from policydiff.parsing.document_types import ends_title
from policydiff.parsing.kinds import Kind
from policydiff.parsing.labels import Sort
from policydiff.parsing.paragraphs import Paragraph
from policydiff.parsing.parsing_doubts import Doubts
from policydiff.parsing.typed import CITES

_BETWEEN = frozenset(
    {Kind.DATE, Kind.EVENT, Kind.NUMBER, Kind.BODY_NAME, Kind.SIGNED, Kind.NOTE, Kind.CONTENTS, Kind.FLAG}
)
"""Kinds of lines that may stand between a title and the first article."""
_MOST_TITLE_LINES = 4
_MOST_BETWEEN = 6
_ARTICLE = re.compile(r"第[一二三四五六七八九十百千零〇]{1,6}条(?!之)")
_FEWEST = 2
"""A single such line is as often a citation that opens a paragraph."""


def starts_work(paragraphs: list[Paragraph], index: int, own_title: str, *, has_articles: bool) -> bool:
    """Say whether a further regulation begins at `index`.

    Args:
        paragraphs: The paragraphs of the whole text.
        index: Place of a line that may be a title.
        own_title: Title of the text that is being read; its repetition begins nothing.
        has_articles: Whether that text has an article already.
    """
    title = ""
    while index < len(paragraphs) and len(title) <= 100:
        paragraph = paragraphs[index]
        if paragraph.kind is not None or paragraph.label is not None or paragraph.rows or not paragraph.text:
            return False
        if len(paragraph.text) > 60 or re.search("[。；，：]", paragraph.text):
            return False
        title += paragraph.text
        index += 1
        if ends_title(title):
            break
    else:
        return False
    if bare_title(title) == bare_title(own_title):
        return False
    between = 0
    while index < len(paragraphs) and paragraphs[index].kind in _BETWEEN and between < _MOST_BETWEEN:
        index += 1
        between += 1
    return index < len(paragraphs) and _is_first(paragraphs[index], has_articles=has_articles)


def _is_first(paragraph: Paragraph, *, has_articles: bool) -> bool:
    label = paragraph.label
    if label is None or label.loose or label.value != 1:
        return False
    return label.sort is Sort.ARTICLE or (has_articles and label.sort in (Sort.PART, Sort.CHAPTER))


def warn_of_articles(paragraphs: list[Paragraph], doubts: Doubts) -> None:
    """Warn of lines that look like articles and were not read as articles, with their number."""
    lines = [
        paragraph
        for paragraph in paragraphs
        if paragraph.label is None
        and (match := _ARTICLE.match(paragraph.text)) is not None
        and CITES.match(paragraph.text, match.end()) is None
    ]
    if len(lines) >= _FEWEST:
        doubts.warn(
            f"lines that look like articles and were not read as articles: {len(lines)}", lines[0].span
        )
