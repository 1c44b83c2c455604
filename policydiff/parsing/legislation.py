"""Builds the trees of legislation (编 章 节 条 款 项 目) and of amendments (修正案, 修改决定).

The tree of an amendment holds its items, and the words that they insert into another text.
"""

from policydiff.lexicon.patterns import lazy_pattern
from policydiff.model import ClauseKind
from policydiff.parsing.labels import CITES, Label, Sort, find_label
from policydiff.parsing.paragraphs import Paragraph
from policydiff.parsing.tree import Doubts, Node, node_of, plain_node

_DIVISION = {
    Sort.PART: ClauseKind.PART,
    Sort.SUBPART: ClauseKind.PART,
    Sort.CHAPTER: ClauseKind.CHAPTER,
    Sort.SECTION: ClauseKind.SECTION,
}
_HEADING_END = frozenset("。；;：:，,、")
_LONGEST_HEADING = 40
"""Most characters of the heading of a chapter or article; longer lines are provisions."""
_NAMED = frozenset({"总则", "分则", "附则", "罚则", "法律责任", "一般规定"})
"""Headings that are chapters even if the number of the chapter was lost in print."""


class _Article:
    """An article under construction: its 款, and the 项 and 目 open under the last of them."""

    __slots__ = ("_numbers", "node", "open", "paragraphs")

    def __init__(self, node: Node) -> None:
        self._numbers: dict[Sort, int] = {}
        self.node = node
        self.paragraphs: list[Node] = []
        self.open: list[tuple[Label, Node]] = []

    def add(self, paragraph: Paragraph) -> None:
        """Add a 款, or a 项 or 目 to the last 款."""
        label = paragraph.label
        if label is None or label.loose:
            self.open.clear()
            self.paragraphs.append(plain_node(paragraph, ClauseKind.PARAGRAPH))
            return
        self._numbers[label.sort] = label.value
        depth = label.sort, label.number.count(".")  # 2.1.1 stands below 2.1
        while self.open and (self.open[-1][0].sort, self.open[-1][0].number.count(".")) >= depth:
            self.open.pop()
        first = not self.open and label.sort in (Sort.BRACKET, Sort.COMMA)
        node = node_of(paragraph, ClauseKind.SUBPARAGRAPH if first else ClauseKind.ITEM)
        above = [self.node, *self.paragraphs[-1:], *(entry for _, entry in self.open[-1:])]
        above[-1].children.append(node)
        self.open.append((label, node))

    def continues_with(self, label: Label) -> bool:
        """Return whether `label` is the next number of the article's own 项 or 目."""
        return self._numbers.get(label.sort) == label.value - 1

    def close(self) -> None:
        """Keep a single 款 in the article itself, and several 款 as its children."""
        node = self.node
        if not self.paragraphs:
            return
        if node.heading is not None and node.text == node.heading:
            node.children.extend(self.paragraphs)  # the heading stands on a line of its own above them
            return
        if (
            not node.text
            and not node.children
            and len(self.paragraphs) == 1
            and self.paragraphs[0].kind is not ClauseKind.TABLE
        ):
            only = self.paragraphs[0]
            node.text = only.text
            node.children = only.children
            node.span = node.span._replace(end=only.span.end)
            return
        if node.text or node.children:
            first = Node(ClauseKind.PARAGRAPH, node.text, node.words_span)
            first.children = node.children
            self.paragraphs.insert(0, first)
        node.text = ""
        node.span = node.label_span
        node.children = self.paragraphs


class _Divisions:
    """Parts, chapters, sections and further headings that contain articles."""

    def __init__(self) -> None:
        self.roots: list[Node] = []
        self._open: list[tuple[int, Node]] = []
        self._numbers: dict[Sort, int] = {}

    def open(self, node: Node, rank: int, label: Label | None) -> None:
        if label is not None:
            self._numbers[label.sort] = label.value
        while self._open and self._open[-1][0] >= rank:
            self._open.pop()
        self.add(node)
        self._open.append((rank, node))

    def add(self, node: Node) -> None:
        (self._open[-1][1].children if self._open else self.roots).append(node)

    def continue_with(self, label: Label) -> bool:
        """Return whether `label` is the next number of the headings of its form."""
        return self._numbers.get(label.sort) == label.value - 1

    @property
    def is_open(self) -> bool:
        return bool(self._open)


def build_legislation(paragraphs: list[Paragraph], doubts: Doubts) -> list[Node]:
    """Return the root nodes of a statute's body."""
    divisions = _Divisions()
    article: _Article | None = None
    preface: list[Node] = []
    last = 0
    titled = _titled(paragraphs)
    for index, paragraph in enumerate(paragraphs):
        label = paragraph.label
        rank = _division_rank(paragraphs, index)
        if rank is not None and _is_next_item(label, article, divisions):
            rank = None
        if rank is not None:
            _close(article)
            article = None
            _file_preface(preface, divisions)
            sort = Sort.CHAPTER if label is None else label.sort
            node = node_of(paragraph, _DIVISION.get(sort, ClauseKind.LEVEL))
            node.heading = paragraph.text or None
            divisions.open(node, rank, label)
        elif label is not None and label.sort is Sort.ARTICLE and not label.loose:
            _close(article)
            _file_preface(preface, divisions)
            node = node_of(paragraph, ClauseKind.ARTICLE)
            node.heading = paragraph.text if index in titled else article_heading(paragraph.text)
            divisions.add(node)
            article = _Article(node)
            if label.value != last + 1 and last and not label.inserted:
                doubts.warn(f"{label.text} follows article {last}", paragraph.span)
            last = label.value
        elif article is not None:
            article.add(paragraph)
        elif divisions.is_open:
            divisions.add(plain_node(paragraph, ClauseKind.PARAGRAPH))
        else:
            preface.append(plain_node(paragraph, ClauseKind.PARAGRAPH))
    _close(article)
    _file_preface(preface, divisions)
    return divisions.roots


_MOST_TITLED = 0.6
"""Least share of the articles with a heading on a line of its own; below this share no such line counts as a heading."""


def _titled(paragraphs: list[Paragraph]) -> set[int]:
    """Return the indexes of the articles whose own line is a heading above their text: Article 1. Purpose, 第一條 / 標的."""
    articles = [index for index, each in enumerate(paragraphs) if _is_article(each)]
    found = {
        index
        for index in articles
        if 0 < len(words := paragraphs[index].text) <= _LONGEST_HEADING
        and words[-1] not in _ENDS_SENTENCE
        and index + 1 < len(paragraphs)
        and (
            (below := paragraphs[index + 1].label) is None
            or below.sort in (Sort.BRACKET, Sort.DIGIT_BRACKET, Sort.COMMA)
        )
    }
    return found if len(found) > 1 and len(found) >= _MOST_TITLED * len(articles) else set()


_ENDS_SENTENCE = _HEADING_END | {".", "”"}


def article_heading(text: str) -> str | None:
    """Return the heading in brackets at the start of an article's text; None if there is no such heading.

    >>> article_heading("【立法目的】为了…")
    '立法目的'
    """
    for opening, closing in (("【", "】"), ("（", "）"), ("(", ")"), ("[", "]"), ("〔", "〕")):
        if text.startswith(opening):
            end = text.find(closing, 1, 40)
            if end > 1 and opening not in text[1:end]:
                return text[1:end]
    return None


def _division_rank(paragraphs: list[Paragraph], index: int) -> int | None:
    """Return the rank of a heading that contains articles; None for all other paragraphs.

    Judicial interpretations number such headings 一、 and （一）: a short line, directly followed by an article.
    """
    label = paragraphs[index].label
    text = paragraphs[index].text
    following = paragraphs[index + 1 : index + 3]
    if label is None or label.loose:
        is_named = text in _NAMED and following and _is_article(following[0])
        return Sort.CHAPTER if is_named else None
    if label.sort in _DIVISION:
        return label.sort
    return label.sort if _heads_articles(label, text, following) else None


def _is_article(paragraph: Paragraph) -> bool:
    return paragraph.label is not None and paragraph.label.sort is Sort.ARTICLE


def _heads_articles(label: Label, text: str, following: list[Paragraph]) -> bool:
    if label.sort not in (Sort.COMMA, Sort.BRACKET) or not text or len(text) > _LONGEST_HEADING:
        return False
    if text[-1] in _HEADING_END or not following:
        return False
    deeper = (
        label.sort is Sort.COMMA
        and following[0].label is not None
        and following[0].label.sort is Sort.BRACKET
    )
    return _is_article(following[0]) or (deeper and len(following) > 1 and _is_article(following[1]))


def _is_next_item(label: Label | None, article: _Article | None, divisions: _Divisions) -> bool:
    """Return whether a short numbered line above an article is the last item of the previous article, and not a heading.

    （四）其他项目 after the items （一） to （三） of that article is such an item: many lists end without a full stop.
    """
    if label is None or article is None or label.sort not in (Sort.COMMA, Sort.BRACKET):
        return False
    return article.continues_with(label) and not divisions.continue_with(label)


def _close(article: _Article | None) -> None:
    if article is not None:
        article.close()


def _file_preface(preface: list[Node], divisions: _Divisions) -> None:
    """Collect the text before the first numbered clause in one preface: a single paragraph as its words, several as its children."""
    if not preface:
        return
    if len(preface) == 1 and preface[0].kind is ClauseKind.PARAGRAPH:
        node = preface[0]
        node.kind = ClauseKind.PREFACE
    else:
        node = _preface_of(preface)
    divisions.add(node)
    preface.clear()


_PREFACE_HEADING = lazy_pattern("(?:序言|前言|引言|导言|序)$")


def _preface_of(nodes: list[Node]) -> Node:
    first = nodes[0]
    if first.kind is ClauseKind.PARAGRAPH and _PREFACE_HEADING.match(first.text):
        first.kind = ClauseKind.PREFACE
        first.heading = first.text
        first.children = nodes[1:]
        return first
    node = Node(ClauseKind.PREFACE, "", first.span._replace(end=first.span.start))
    node.children = list(nodes)
    return node


_STARTS_QUOTE = lazy_pattern(r"[：:]\s*(?=“)")
_AMENDS = lazy_pattern("修改|修正|删除|删去|增加|废止|改为|作为|调整|替换|施行|公布|移至")
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
    """Return whether `paragraph` is the next item of the amendment although the quotation before it was never closed."""
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
    """Split the line of an item into the instruction and the quotation that begins in it; return the number of quotations left open."""
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
    """Return whether the quotation runs to the end of the paragraph, and is no term quoted in the instruction."""
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
    """Return how many quotations are open after a paragraph; each further paragraph of an open quotation begins with “ again."""
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
    size = mark + (len(label.text) if mark == 0 else label.size)
    node.label, node.text, node.number = words[:size], words[size:].lstrip(), label.number
    return node
