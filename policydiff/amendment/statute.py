"""A statute being amended: its articles with their paragraphs and items, and the lines around them.

References in words that the amendment wrote (`fresh`) already have the new numbers; all others are updated when articles are renumbered.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from policydiff.amendment.places import ITEM_LABEL, SUBITEM_LABEL, heading_number, label_of
from policydiff.lexicon.numerals import clause_number, to_chinese
from policydiff.model import Clause, ClauseKind, Document

PREFACE, BODY = "引言", "正文"
_HEADINGS = (ClauseKind.PART, ClauseKind.CHAPTER, ClauseKind.SECTION)
_INSIDE = (ClauseKind.SUBPARAGRAPH, ClauseKind.ITEM, ClauseKind.ROW, ClauseKind.TABLE)


@dataclass(eq=False)
class Line:
    """One printed line of an article: a paragraph's own words, an item or a row."""

    text: str
    number: int | None = None
    """Number among the items of its paragraph, or among the parts (目) of its item, before the amendment; None for any other line."""
    deep: bool = False
    """Whether the line stands below an item (目, table rows)."""
    fresh: list[tuple[int, int]] = field(default_factory=list)
    """Half-open spans of the words that the amendment wrote."""

    @classmethod
    def new(cls, text: str) -> "Line":
        """Return a line written by the amendment."""
        return cls(text, deep=SUBITEM_LABEL.match(text) is not None, fresh=[(0, len(text))])

    def is_item(self) -> bool:
        """Return whether the line is an item （一）."""
        return not self.deep and ITEM_LABEL.match(self.text) is not None

    def end_with(self, mark: str) -> None:
        """Replace the final punctuation mark."""
        self.replace(len(self.text) - 1, len(self.text), mark)

    def relabel(self, label: re.Match[str], words: str) -> None:
        """Change the number at the beginning of the line; `fresh` still marks the same words."""
        shift = len(words) - label.end()
        self.fresh = [(max(0, start + shift) if start else 0, end + shift) for start, end in self.fresh]
        self.text = words + self.text[label.end() :]

    def replace(self, start: int, end: int, words: str) -> None:
        """Replace a half-open span by words of the amendment."""
        shift = len(words) - (end - start)
        kept = [
            (
                first + shift if first >= end else min(first, start),
                last if last <= start else max(last, end) + shift,
            )
            for first, last in self.fresh
        ]
        if words:
            kept.append((start, start + len(words)))
        self.fresh = [span for span in sorted(kept) if span[0] < span[1]]
        self.text = self.text[:start] + words + self.text[end:]


@dataclass(eq=False)
class Paragraph:
    """A 款: its own words and its items."""

    lines: list[Line]
    number: int | None = None
    """Number in the article before the amendment, from 1; None for a new paragraph."""
    gap: bool = False
    """Whether the item numbers had a gap before the amendment."""
    origin: tuple[str, int] | None = None
    """Old article and number of a paragraph that an order moved into another article."""

    def text(self) -> str:
        """Return the paragraph and its items, one in each line."""
        return "\n".join(line.text for line in self.lines)

    def item(self, number: int) -> int | None:
        """Return the index of the item with this number before the amendment."""
        held = enumerate(self.lines)
        return next((index for index, line in held if line.number == number and not line.deep), None)


@dataclass(eq=False)
class Article:
    """An article, the introduction, or the body of a text without articles."""

    number: str | None
    """Number before the amendment in digits; None for a new article; 引言 and 正文 for introduction and body."""
    label: str
    """The printed label (第十二条); empty for 引言 and 正文."""
    paragraphs: list[Paragraph]
    wanted: str | None = None
    """Number given by an order."""
    changed: bool = False
    anchor: "Article | None" = None
    """New articles: the article beside which the order places them (see `side`)."""
    side: str = ""
    inside: "Heading | None" = None
    """New articles: the chapter or section that holds them (在第三章中增加一条)."""
    gone: bool = False
    source: "Article | None" = None
    """The article whose paragraphs became this article; it stands below the same heading."""
    rewritten: bool = False
    """Whether an order replaced all its words."""
    divided: bool = False  # made several articles: which of them a reference means is not said
    with_heading: bool = False
    """New articles: whether an order adds them together with their heading."""
    ordered_by: int = -1
    """Index of the sentence that gave the article its number or place; -1 for none."""

    @property
    def numbered(self) -> bool:
        """Whether the value is an article, not the introduction or a body without articles."""
        return self.number not in (PREFACE, BODY)

    def lines(self) -> Iterator[Line]:
        """Yield all lines in order."""
        for paragraph in self.paragraphs:
            yield from paragraph.lines

    def text(self) -> str:
        """Return label and words, one paragraph or item in each line."""
        words = "\n".join(line.text for line in self.lines())
        gap = "　" if self.label and words and not self.label.endswith("、") else ""
        return f"{self.label}{gap}{words}"


@dataclass(eq=False)
class Heading:
    """The heading of a part, chapter or section."""

    label: str
    line: Line
    gone: bool = False
    came: bool = False
    """Whether an order placed the heading beside an article, so that its place is final."""
    new: bool = False
    first: int | None = None
    """New headings: new number of the first article below."""
    last: int | None = None
    """New headings: number of the last article, if the order states it (包括第四十二条至第四十五条)."""
    ordered_by: int = -1
    """Index of the sentence that adds the heading or gives it new words; -1 for none."""

    def text(self) -> str:
        """Return label and title."""
        return f"{self.label}{'' if self.label.endswith('、') else '　'}{self.line.text}".strip("　")


@dataclass(eq=False)
class Other:
    """The title, an annex, or other text outside articles."""

    kind: str
    """title, annex, other"""
    label: str
    content: list[Line]
    changed: bool = False

    def text(self) -> str:
        """Return its lines."""
        return "\n".join(line.text for line in self.content)


Part = Article | Heading | Other


@dataclass(frozen=True, slots=True)
class Expectation:
    """A paragraph, item or part with the number announced by an order: 原第三款改为第四款, 作为第四款."""

    article: Article
    what: Paragraph | Line
    wanted: int
    sentence: int

    def stands(self) -> int | None:
        """Return the actual number; None if the place is gone or was replaced."""
        standing = [] if self.article.gone else self.article.paragraphs
        for at, paragraph in enumerate(standing, 1):
            if paragraph is self.what:
                return at
            items = parts = 0
            for line in paragraph.lines:
                items, parts = (items, parts + 1) if line.deep else (items + line.is_item(), 0)
                if line is self.what:
                    return parts if line.deep else items
        return None


@dataclass(eq=False)
class Statute:
    """The parts of a statute in reading order."""

    parts: list[Part] = field(default_factory=list)
    levels: bool = False
    """Whether the articles are numbered 一、 二、, as in notices and replies; orders call them 第一条."""
    speaking: int = 0
    """Index of the sentence being carried out, to which a later failure is assigned."""
    written: dict[int, bool] = field(default_factory=dict)
    """Identities of the lines written by orders, and whether the first such order was for a single place."""
    expected: list["Expectation"] = field(default_factory=list)
    labelled: list[tuple[Article | Heading, str, int]] = field(default_factory=list)
    """Articles and headings with the number printed in the quote of their new words, and the index of the sentence."""
    relabelled: list[tuple["Heading", int]] = field(default_factory=list)
    """Headings with a number given by an order, and the index of the sentence."""
    gone_annexes: list[str] = field(default_factory=list)
    """Labels of deleted annexes, which remaining words may cite."""
    broken: dict[str, str] = field(default_factory=dict)
    """Titles of headings broken by the page, and their lines, which orders leave unchanged."""
    unsure: list[tuple[str, Article | None]] = field(default_factory=list)
    """Places where an order leaves a mark open, as a sentence, with the article of the place."""
    _by_number: dict[str | None, Article] = field(default_factory=dict)
    """The articles by number, as first read; a decision names thousands."""
    _by_heading: dict[str, list[Heading]] = field(default_factory=dict)
    """The headings by number, as first read."""

    def articles(self) -> list[Article]:
        """Return the articles that are not deleted, without introduction and body."""
        return [part for part in self.parts if isinstance(part, Article) and part.numbered and not part.gone]

    def article(self, number: str) -> Article | None:
        """Return the first article (or 引言, 正文) with this number before the amendment, even if deleted."""
        if not self._by_number:
            articles = (part for part in reversed(self.parts) if isinstance(part, Article))
            self._by_number.update((part.number, part) for part in articles)
        late = (part for part in self.parts if isinstance(part, Article) and part.number == number)
        return self._by_number.get(number) or next(late, None)

    def made(self, number: str) -> Article | None:
        """Return the article that an order makes under this number."""
        return next((each for each in self.articles() if each.number is None and each.wanted == number), None)

    def add_article(
        self, paragraphs: list[Paragraph], number: str | None, behind: Article | None = None
    ) -> Article:
        """Add an article made by the current sentence, at the end or after `behind`; it is placed later."""
        new = Article(None, "", paragraphs, wanted=number, changed=True, ordered_by=self.speaking)
        self.parts.insert(len(self.parts) if behind is None else self.parts.index(behind) + 1, new)
        return new

    def headings(self) -> list[Heading]:
        """Return the headings that are not deleted."""
        return [part for part in self.parts if isinstance(part, Heading) and not part.gone]

    def headings_of(self, number: str) -> list[Heading]:
        """Return the headings with a number; those that had it before the amendment come first."""
        if not self._by_heading:
            for heading in self.headings():
                self._by_heading.setdefault(heading_number(heading.label)[1], []).append(heading)
        found = [each for each in self._by_heading.get(number, []) if heading_number(each.label)[1] == number]
        return found or [each for each in self.headings() if heading_number(each.label)[1] == number]

    def lines(self) -> Iterator[Line]:
        """Yield every line of the text."""
        for part in self.parts:
            if isinstance(part, Other):
                yield from part.content
            elif not part.gone:
                yield from part.lines() if isinstance(part, Article) else (part.line,)

    def label_of(self, number: str) -> str:
        """Return the label of an article number in the style of this text."""
        if self.levels and number.isdecimal():
            return f"{to_chinese(int(number))}、"
        labels = (part.label for part in self.parts if isinstance(part, Article))
        return label_of(number, "條" if any("條" in label for label in labels) else "条")

    def text(self) -> str:
        """Return the whole text, one paragraph in each line."""
        shown = [part.text() for part in self.parts if isinstance(part, Other) or not part.gone]
        text = "\n".join(filter(None, shown)) + "\n"
        for whole, lines in self.broken.items():
            text = text.replace(f"　{whole}\n", f"　{lines}\n")
        return text


def statute_of(document: Document) -> Statute:
    """Return the parts of a parsed statute."""
    # Whether a text without articles is divided into 一、 二、 三、 at the top, which orders call articles
    tops = [clause.number for clause in document.clauses if _level(clause)]
    run_on = len(tops) > 1 and tops == [str(place) for place in range(1, len(tops) + 1)]
    kinds = {below.kind for clause in document.clauses for below in clause.walk()}
    statute = Statute(levels=run_on and ClauseKind.ARTICLE not in kinds)
    if document.title:
        statute.parts.append(Other("title", "", [Line(document.title)]))
    if document.addressees:
        statute.parts.append(Other("other", "", [Line(f"{'，'.join(document.addressees)}：")]))
    loose: list[Clause] = []
    for clause in document.clauses:
        _add(clause, statute, loose)
    _flush(loose, statute, BODY)
    return statute


def _level(clause: Clause) -> bool:
    return clause.kind is ClauseKind.LEVEL and (clause.label or "").endswith("、")


def _add(clause: Clause, statute: Statute, loose: list[Clause]) -> None:
    numbered = clause.kind is ClauseKind.ARTICLE or (statute.levels and _level(clause))
    if numbered and clause.number and clause.label:
        _flush(loose, statute)
        statute.parts.append(Article(clause.number, clause.label, paragraphs_of(clause)))
    elif clause.kind in _HEADINGS or (
        clause.kind is ClauseKind.LEVEL and any(each.kind is ClauseKind.ARTICLE for each in clause.children)
    ):
        _flush(loose, statute)
        statute.parts.append(Heading(clause.label or "", Line(clause.text)))
        for child in clause.children:
            _add(child, statute, loose)
    elif clause.kind is ClauseKind.ANNEX:
        _flush(loose, statute)
        held = (f"{below.label or ''}{below.text}" for below in clause.walk())
        statute.parts.append(Other("annex", clause.label or "", [Line(text) for text in held if text]))
    else:
        loose.append(clause)


def _flush(loose: list[Clause], statute: Statute, name: str = PREFACE) -> None:
    """Add the collected lines outside articles to the text; before the first article they are the introduction."""
    if not loose:
        return
    if statute.articles() or statute.article(PREFACE) is not None:
        name = ""
    held: list[Paragraph] = []
    for each in loose:
        held += paragraphs_of(each) if each.kind is ClauseKind.PREFACE else [Paragraph(_lines(each))]
    loose.clear()
    paragraphs = _heading_goes_on(statute, held)
    if paragraphs and name == PREFACE and "".join(paragraphs[0].text().split()) in ("序言", "引言", "前言"):
        statute.parts.append(Other("other", "", paragraphs.pop(0).lines))
    if name and paragraphs:
        statute.parts.append(Article(name, "", numbered(paragraphs)))
    elif paragraphs:
        statute.parts.append(Other("other", "", [line for part in paragraphs for line in part.lines]))


def _heading_goes_on(statute: Statute, paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Join the second line of a heading broken by the page to its heading; return the remaining paragraphs."""
    last = statute.parts[-1] if statute.parts else None
    if not isinstance(last, Heading):
        return paragraphs
    lines = [last.line.text]
    while paragraphs and not re.search(r"[。；：！？]", paragraphs[0].text()):
        lines.append(paragraphs.pop(0).text())
    last.line.text = "".join(lines)
    statute.broken[last.line.text] = "\n".join(lines)
    return paragraphs


def paragraphs_of(article: Clause) -> list[Paragraph]:
    """Return the 款 of an article; items stand below the paragraph before them."""
    paragraphs: list[Paragraph] = [Paragraph([Line(article.text)])] if article.text else []
    for child in article.children:
        lines = _lines(child)
        below = child.kind in (*_INSIDE, *((ClauseKind.LEVEL,) if _level(article) else ()))
        last = paragraphs[-1].lines[-1] if paragraphs else None
        # an unmarked list continues a line that ends in mid-sentence
        goes_on = last is not None and not last.is_item() and last.text.endswith(("：", ":", "，", "、"))
        if paragraphs and (below or goes_on):
            paragraphs[-1].lines.extend(lines)
        else:
            paragraphs.append(Paragraph(lines))
    return numbered(paragraphs)


def numbered(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Give paragraphs and items their numbers before the amendment."""
    for place, paragraph in enumerate(paragraphs, start=1):
        paragraph.number = place
        # Give the first item its own line if the page ran it on after the lead-in, as the next line being item two shows
        run_on = re.search(r"(?<=[：:])[（(]一[）)]", (lead := paragraph.lines[0]).text)
        second = ITEM_LABEL.match("".join(line.text for line in paragraph.lines[1:2]))
        if run_on and second and second[1] == "二":
            paragraph.lines[0:1] = [Line(lead.text[: run_on.start()]), Line(lead.text[run_on.start() :])]
        parts = 0
        for line in paragraph.lines:
            label = ITEM_LABEL.match(line.text)
            printed = clause_number(label[0]) if label and not line.deep else None
            parts = parts + 1 if line.deep else 0
            line.number = int(printed) if printed and printed.isdecimal() else parts or None
        items = [line.number for line in paragraph.lines if line.is_item()]
        paragraph.gap = items != list(range(1, len(items) + 1))
    return paragraphs


def _lines(clause: Clause) -> list[Line]:
    deep = () if clause.kind is ClauseKind.SUBPARAGRAPH else (ClauseKind.ITEM, ClauseKind.ROW)
    held = ((f"{below.label or ''}{below.text}", below.kind) for below in clause.walk())
    return [
        Line(text, deep=SUBITEM_LABEL.match(text) is not None or kind in deep)
        for text, kind in held
        if text or kind is not ClauseKind.TABLE
    ]
