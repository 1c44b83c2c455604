"""Orders of an amendment as values, and the search in a statute for the places that they name.

An order that is not carried out has its reason as a field.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeVar

from policydiff.amendment.places import HEADING_UNITS, Place, PlaceKind, heading_number
from policydiff.amendment.statute import (
    BODY,
    PREFACE,
    Article,
    Heading,
    Line,
    Other,
    Paragraph,
    Part,
    Statute,
)
from policydiff.errors import worded
from policydiff.lexicon.numerals import clause_number
from policydiff.model.amended import Reason


class Order(StrEnum):
    """Kind of change that an order makes."""

    REPLACE = "replace"
    """修改为: the place gets new words."""
    REPLACE_LEAD = "replace_lead"
    """条首部分修改为: the words before the items get new words."""
    SWAP = "swap"
    """将…中的“…”修改为“…”: words inside the place change."""
    DROP_WORDS = "drop_words"
    """删去…中的“…”: words inside the place go."""
    ADD_WORDS = "add_words"
    """在“…”后增加“…”: words are added inside the place."""
    DELETE = "delete"
    INSERT_ARTICLE = "insert_article"
    INSERT_INSIDE = "insert_inside"
    """增加一款, 增加一项, 增加一目"""
    APPEND = "append"
    """增加规定, 末尾增加"""
    RENUMBER = "renumber"
    """第五条改为第四条; 第三款改为第四款"""
    RENUMBER_ALL = "renumber_all"
    """对条文顺序作相应调整"""
    MERGE = "merge"
    """合并: several articles become the quoted one."""
    SPLIT = "split"
    """分为两条: an article becomes several, each quoted."""
    INSERT_PREFACE = "insert_preface"
    """增加引言: a text without an introduction gets one."""
    INSERT_HEADING = "insert_heading"
    """增加一章: with its articles, or around existing articles."""
    INSERT_ANNEX = "insert_annex"
    """增加附件: an annex after the existing annexes."""
    MOVE = "move"
    """移至, 移作: an article or a paragraph gets another place."""
    STAND_ALONE = "stand_alone"
    """单列一条: a paragraph or a sentence becomes an article or a paragraph of its own."""
    EXCHANGE = "exchange"
    """对调, 互换: two places are exchanged."""
    END_MARK = "end_mark"
    """句末的分号改为句号: the final mark changes."""
    UNSAID = "unsaid"
    """对个别文字作相应修改: a change of words that the decision does not give."""
    DIVIDE = "divide"
    """第二章分为六节: the articles below an existing heading."""


class Doubt(NamedTuple):
    """A changed or unchanged place about which the amendment is not clear."""

    reason: Reason
    detail: str
    article: str = ""
    """New number of the article that holds the place; empty outside articles."""


class CannotApplyError(Exception):
    """An order does not fit the text. The error never leaves the package."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Instruction:
    """One order; its places have the numbers before the amendment."""

    order: Order
    places: tuple[Place, ...] = ()
    becomes: tuple[Place, ...] = ()
    """Places created, or numbers given: 第十七条之一, 第二款."""
    old_words: tuple[tuple[str, ...], ...] = ()
    words: tuple[tuple[str, ...], ...] = ()
    """New words: the lines of each quote."""
    side: str = ""
    """`after` or `before`: side of the place, or of the quoted words, on which new words go."""
    count: int | None = None
    """Announced number of created units (增加两款)."""
    unit: str = ""
    """Created unit: 条 款 项 目 句 章 节."""
    everywhere: bool = False
    """统一修改为, 全文: the change applies to every occurrence of the words."""
    but: tuple[Place, ...] = ()
    """Excepted places: 除第三条外."""
    widening: bool = False
    """Whether the words have no place of their own and belong to the previous place, or else its article."""
    nth: int | None = None
    """Number of the occurrence meant: 第一处“…”."""
    before: tuple[str, ...] = ()
    """Words that follow the place of an addition: 在“甲”之后、“乙”之前增加."""
    around: tuple[str, str] = ("", "")
    """Words before and after deleted words that are quoted with them but stay: 删去“甲”后的“乙”."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One numbered order as printed; it is carried out whole, or not at all."""

    text: str
    """The printed words, with “…” for each quote."""
    act: str | None
    """Name of the amended text; None if the amendment names none."""
    instructions: tuple[Instruction, ...] = ()
    understood: bool = True
    line: int = 0


_Found = TypeVar("_Found")


def the_only(found: Sequence[_Found], told: str, none: Reason = Reason.NO_SUCH_PLACE) -> _Found:
    """Return the only candidate.

    Raises CannotApplyError if there are several candidates (an ambiguous place), or none (reason `none`).
    """
    if len(found) != 1:
        raise CannotApplyError(Reason.AMBIGUOUS_PLACE if found else none, told)
    return found[0]


def article_at(place: Place, statute: Statute, *, gone: bool = False) -> Article:
    """Return the article, introduction or body of a place; raise a conflict if another order deletes it, unless `gone`."""
    name = {PlaceKind.PREFACE: PREFACE, PlaceKind.BODY: BODY}.get(place.kind, place.article)
    if name is None:
        raise CannotApplyError(Reason.NO_PLACE, "it does not say which article it means")
    found = statute.made(name) if place.made else statute.article(name)
    if found is None:
        told = {
            PREFACE: worded("the text has no introduction"),
            BODY: worded("the text has no body without articles"),
        }.get(name, worded(f"the text has no article {name}"))
        raise CannotApplyError(Reason.NO_SUCH_PLACE, told)
    if found.gone and not gone:
        raise CannotApplyError(Reason.CONFLICT, f"another order deletes {found.label or name}")
    if place.kind is PlaceKind.ARTICLE and "、" in (place.heading or ""):
        if found.text().split("\n")[0].replace("　", "") != place.heading:
            raise CannotApplyError(Reason.WORDS_NOT_THERE, f"{found.label} does not hold “{place.heading}”")
    elif place.kind is PlaceKind.ARTICLE and place.heading and not place.made:
        heading = heading_at(place, statute)
        if heading not in headings_above(statute.parts[: statute.parts.index(found)]):
            raise CannotApplyError(
                Reason.NO_SUCH_PLACE, f"{found.label} does not stand below {place.heading}"
            )
    return found


def headings_above(parts: Sequence[Part]) -> list[Heading]:
    """Return the headings above the end of `parts`, nearest first: section, chapter, 编."""
    found: list[Heading] = []
    for part in reversed(parts):
        if isinstance(part, Heading) and not part.gone:
            rank = HEADING_UNITS.find(heading_number(part.label)[0])
            if not found or rank < HEADING_UNITS.find(heading_number(found[-1].label)[0]):
                found.append(part)
    return found


def articles_at(place: Place, statute: Statute) -> list[Article]:
    """Return the article of a place, or all articles of a range (第三条至第五条)."""
    first = article_at(place, statute)
    if place.last is None:
        return [first]
    last = article_at(Place(article=place.last), statute)
    chosen = [part for part in statute.parts if isinstance(part, Article) and part.numbered and part.number]
    start, end = chosen.index(first), chosen.index(last)
    if start > end:
        raise CannotApplyError(Reason.NO_SUCH_PLACE, f"{place.text} runs backwards")
    return [part for part in chosen[start : end + 1] if not part.gone]


def paragraph_at(place: Place, article: Article) -> Paragraph:
    """Return the paragraph of a place: by number, else the article's only paragraph, else the only one with the words or item."""
    label = article.label or article.number
    if place.paragraph == -1:
        return article.paragraphs[-1]
    if place.paragraph is not None:
        found = next((each for each in article.paragraphs if each.number == place.paragraph), None)
        if found is None:
            raise CannotApplyError(Reason.NO_SUCH_PLACE, f"{label} has no paragraph {place.paragraph}")
        return found
    if len(article.paragraphs) == 1:
        return article.paragraphs[0]
    if place.holding:
        holders = [each for each in article.paragraphs if place.holding in each.text()]
    elif place.item is not None:
        holders = [each for each in article.paragraphs if each.item(place.item) is not None]
    else:
        holders = [each for each in article.paragraphs if any(line.is_item() for line in each.lines)]
    return the_only(holders, worded(f"{len(holders)} paragraphs of {label} are such a place"))


def item_at(place: Place, paragraph: Paragraph) -> int:
    """Return the index of a place's item among the lines of a paragraph."""
    if place.item == -1:
        items = [index for index, line in enumerate(paragraph.lines) if line.is_item()]
        index = items[-1] if items else None
    else:
        index = paragraph.item(place.item or 0)
    if index is None:
        raise CannotApplyError(Reason.NO_SUCH_PLACE, f"there is no item {place.item}")
    return index


def lead_at(place: Place, statute: Statute) -> Line:
    """Return the line before the items of a place (条首部分, 第一自然段)."""
    lines = paragraph_at(place, article_at(place, statute)).lines
    if len(lines) < 2 or lines[0].is_item():
        raise CannotApplyError(Reason.NO_SUCH_PLACE, f"{place.text} has no words before items")
    return lines[0]


def end_of_item(paragraph: Paragraph, index: int) -> int:
    """Return the index after an item and the lines below it."""
    end = index + 1
    while end < len(paragraph.lines) and paragraph.lines[end].deep:
        end += 1
    return end


def subitem_at(place: Place, paragraph: Paragraph) -> int:
    """Return the index of a part of an item (目) among the lines of a paragraph."""
    start = item_at(place, paragraph)
    inside = range(start + 1, end_of_item(paragraph, start))
    named = [at for at in inside if place.subitem in (-1, paragraph.lines[at].number)]
    if not named:
        raise CannotApplyError(Reason.NO_SUCH_PLACE, f"item {place.item} has no part {place.subitem}")
    return named[-1]


def lines_at(place: Place, statute: Statute) -> list[Line]:
    """Return the lines of a place, for orders about words."""
    if place.kind is PlaceKind.WHOLE:
        return list(statute.lines())
    if place.kind in (PlaceKind.TITLE, PlaceKind.ANNEX):
        content = other_at(place, statute).content
        return [row_holding(place.holding, content, place)] if place.holding else list(content)
    if place.kind is PlaceKind.HEADING:
        return [heading_at(place, statute).line]
    if place.part == "自然段":
        return [lead_at(place, statute)]
    lines: list[Line] = []
    for article in articles_at(place, statute):
        if place.paragraph is None and place.item is None:
            lines.extend(article.lines())
            continue
        paragraph = paragraph_at(place, article)
        if place.item is None:
            lines.extend(paragraph.lines)
        elif place.subitem is not None:
            lines.append(paragraph.lines[subitem_at(place, paragraph)])
        else:
            start = item_at(place, paragraph)
            lines.extend(paragraph.lines[start : end_of_item(paragraph, start)])
    return lines


def row_holding(words: str, lines: list[Line], place: Place) -> Line:
    """Return the only line of an annex that holds the words."""
    rows = [line for line in lines if words in line.text]
    told = worded(f"{len(rows)} lines of {place.text} hold “{words}”")
    return the_only(rows, told, none=Reason.WORDS_NOT_THERE)


def changed(article: Article) -> tuple[str, ...]:
    """Mark an article as changed; return its number before the amendment."""
    article.changed = True
    return (article.number or "",)


def touch(place: Place, statute: Statute) -> tuple[str, ...]:
    """Mark the articles of a place as changed; return their numbers before the amendment."""
    if place.kind in (PlaceKind.TITLE, PlaceKind.ANNEX):
        other_at(place, statute).changed = True
    if place.kind in (PlaceKind.TITLE, PlaceKind.ANNEX, PlaceKind.WHOLE, PlaceKind.HEADING):
        return ()
    return tuple(number for article in articles_at(place, statute) for number in changed(article))


def other_at(place: Place, statute: Statute) -> Other:
    """Return the title or the annex of a place."""
    found = [part for part in statute.parts if isinstance(part, Other) and part.kind == place.kind.value]
    wanted = place.heading or ""
    if place.kind is PlaceKind.ANNEX and len(wanted) > len("附件"):
        found = [
            part
            for part in found
            if (clause_number(re.sub(r"^附[件表录图]", "", part.label)) or "1") == wanted[2:]
        ]
    if len(found) != 1:
        raise CannotApplyError(Reason.NO_SUCH_PLACE, f"the text has {len(found)} places called {place.text}")
    return found[0]


def heading_at(place: Place, statute: Statute) -> Heading:
    """Return the heading that a place names, preceded in its name by wider headings if there are any."""
    parts = statute.parts
    bare = re.sub(r"\s", "", place.holding)
    named = statute.headings() if bare else []
    found = [
        each for each in named if bare in (re.sub(r"\s", "", each.text()), re.sub(r"\s", "", each.line.text))
    ]
    for step in re.findall(r"第[^第]+", place.heading or "") or ([] if bare else [""]):
        unit, number = heading_number(step)  # of 第一部分 the unit is 分
        found = [
            each
            for each in statute.headings_of(number)
            if not (each.new or each.gone)
            and unit in (heading_number(each.label)[0], "分")
            and (not found or any(one in found for one in headings_above(parts[: parts.index(each) + 1])))
        ]
    return the_only(found, worded(f"the text has {len(found)} headings {place.heading}"))


def span_in(text: str, place: Place) -> tuple[int, int]:
    """Return the half-open span of a line that a place means: a sentence, a proviso, one side of a semicolon."""
    if place.holding and place.kind is not PlaceKind.ANNEX and place.holding in text:
        start = text.index(place.holding)
        return start, start + len(place.holding)
    if place.part == "但书":
        found = re.search(r"但是?[，,]?", text)
        return (found.start(), len(text)) if found else (0, 0)
    if place.part.startswith("分号"):
        if text.count("；") != 1:
            return 0, 0
        middle = text.index("；")
        return (0, middle) if place.part.endswith("前") else (middle + 1, len(text))
    return sentence_span(text, place.sentence)


def sentence_span(text: str, number: int | None, ends: str = "。！？") -> tuple[int, int]:
    """Return the half-open span of a sentence; `ends` are the marks that end sentences."""
    if number is None:
        return 0, len(text)
    stops = [match.end() for match in re.finditer(f"[{ends}]|$", text) if match.end()]
    stops = list(dict.fromkeys(stops))
    starts = [0, *stops[:-1]]
    if number > len(starts):
        raise CannotApplyError(Reason.NO_SUCH_PLACE, f"there is no sentence {number}")
    at = number - (number > 0)
    return starts[at], stops[at]


def other_sentence(text: str, place: Place) -> tuple[int, int] | None:
    """Return the span of a counted sentence if semicolons also end sentences; None if it is the same span."""
    if place.sentence is None or place.part or place.holding:
        return None
    try:
        other = sentence_span(text, place.sentence, "。；！？")
    except CannotApplyError:
        return None
    return None if other == sentence_span(text, place.sentence) else other


def spot_at(place: Place, statute: Statute) -> tuple[Line, int, int]:
    """Return the line and the half-open span of a place within a line: a sentence, 但书, 分号后."""
    lines = lines_at(place, statute)
    if place.part:
        lines = [line for line in lines if span_in(line.text, place)[1]]
    elif len(lines) > 1 and place.sentence not in (1, -1):
        raise CannotApplyError(
            Reason.AMBIGUOUS_PLACE, f"{place.text} has {len(lines)} lines, and the order counts sentences"
        )
    if not lines or place.part:
        the_only(lines, worded(f"the text has {len(lines)} places called {place.text}"))
    line = lines[-1 if place.sentence == -1 else 0]
    if other_sentence(line.text, place) is not None:
        raise CannotApplyError(
            Reason.AMBIGUOUS_PLACE, f"{place.text} is another one where semicolons end sentences too"
        )
    return (line, *span_in(line.text, place))
