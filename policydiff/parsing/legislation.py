"""The tree of legislation: 编 章 节 条 款 项 目."""

from policydiff.model import ClauseKind
from policydiff.parsing.labels import Label, Sort
from policydiff.parsing.paragraphs import Paragraph
from policydiff.parsing.tree import Node, node_of

_DIVISION = {Sort.PART: ClauseKind.PART, Sort.CHAPTER: ClauseKind.CHAPTER, Sort.SECTION: ClauseKind.SECTION}


class _Article:
    """An article under construction: its 款, and the 项 and 目 open under the last of them."""

    __slots__ = ("node", "open", "paragraphs")

    def __init__(self, node: Node) -> None:
        self.node = node
        self.paragraphs: list[Node] = []
        self.open: list[tuple[Label, Node]] = []


def build_legislation(paragraphs: list[Paragraph]) -> list[Node]:
    """Return the root nodes of a statute's body."""
    roots: list[Node] = []
    divisions: list[tuple[Label, Node]] = []
    article: _Article | None = None
    preface: list[Node] = []
    for paragraph in paragraphs:
        label = paragraph.label
        if label is not None and label.sort in _DIVISION and len(paragraph.text) <= 60:
            _close(article)
            article = None
            while divisions and divisions[-1][0].sort >= label.sort:
                divisions.pop()
            node = node_of(paragraph, _DIVISION[label.sort])
            node.heading = paragraph.text or None
            (divisions[-1][1].children if divisions else roots).append(node)
            divisions.append((label, node))
        elif label is not None and label.sort is Sort.ARTICLE and not label.loose:
            _close(article)
            node = node_of(paragraph, ClauseKind.ARTICLE)
            node.heading = article_heading(paragraph.text)
            (divisions[-1][1].children if divisions else roots).append(node)
            article = _Article(node)
        elif article is None:
            node = Node(ClauseKind.PARAGRAPH, paragraph.whole, paragraph.span)
            if divisions:
                divisions[-1][1].children.append(node)
            else:
                node.kind = ClauseKind.PREFACE
                preface.append(node)
                roots.append(node)
        else:
            _add(article, paragraph)
    _close(article)
    return roots


def article_heading(text: str) -> str | None:
    """Return the heading in brackets after an article's number, None where there is none.

    >>> article_heading("【立法目的】为了…")
    '立法目的'
    """
    for opening, closing in (("【", "】"), ("（", "）"), ("(", ")")):
        if text.startswith(opening):
            end = text.find(closing, 1, 40)
            if end > 1 and opening not in text[1:end]:
                return text[1:end]
    return None


def _add(article: _Article, paragraph: Paragraph) -> None:
    label = paragraph.label
    if label is not None and not label.loose:
        while article.open and article.open[-1][0].sort >= label.sort:
            article.open.pop()
        kind = (
            ClauseKind.SUBPARAGRAPH
            if not article.open and label.sort in (Sort.BRACKET, Sort.COMMA)
            else ClauseKind.ITEM
        )
        node = node_of(paragraph, kind)
        if article.open:
            article.open[-1][1].children.append(node)
        elif article.paragraphs:
            article.paragraphs[-1].children.append(node)
        else:
            article.node.children.append(node)
        article.open.append((label, node))
        return
    article.open.clear()
    node = Node(ClauseKind.PARAGRAPH, paragraph.whole, paragraph.span)
    article.paragraphs.append(node)


def _close(article: _Article | None) -> None:
    """Give an article its 款 as children where it has several."""
    if article is None or not article.paragraphs:
        return
    node = article.node
    if not node.text and not node.children and len(article.paragraphs) == 1:
        only = article.paragraphs[0]
        node.text = only.text
        node.children = only.children
        node.span = node.span._replace(end=only.span.end)
        return
    if node.text or node.children:
        first = Node(ClauseKind.PARAGRAPH, node.text, node.words_span)
        first.children = node.children
        article.paragraphs.insert(0, first)
    node.text = ""
    node.span = node.label_span
    node.children = article.paragraphs
