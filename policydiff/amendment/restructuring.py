"""Carries out orders over whole articles and chapters: insertion, merger, split, renumbering."""

import re
from collections.abc import Iterator
from dataclasses import replace

from policydiff.amendment.inserting import number_items, take_item
from policydiff.amendment.locating import (
    CannotApplyError,
    Instruction,
    article_at,
    articles_at,
    heading_at,
    headings_above,
    item_at,
    paragraph_at,
    subitem_at,
)
from policydiff.amendment.places import LEVEL_LABEL, Place, PlaceKind, heading_title, label_of
from policydiff.amendment.quoted import quoted_articles, quoted_paragraphs
from policydiff.amendment.rewriting import check_count
from policydiff.amendment.statute import (
    PREFACE,
    Article,
    Expectation,
    Heading,
    Line,
    Other,
    Paragraph,
    Statute,
)
from policydiff.lexicon.numerals import clause_number
from policydiff.lexicon.shortest_edits import in_order
from policydiff.model.amended import Reason


def renumber(order: Instruction, statute: Statute) -> tuple[str, ...]:
    """Give articles their new numbers; numbers of paragraphs, items and headings are checked after all orders."""
    given = list(_spread(order, statute))
    touched: list[str] = []
    for article, number in given:
        if article.wanted is not None and article.wanted != number:
            raise CannotApplyError(Reason.CONFLICT, f"{article.label} gets two numbers")
        article.wanted, article.ordered_by = number, statute.speaking
        touched.append(article.number or "")
    if len(given) == len(order.becomes):
        for (article, _), place in zip(given, order.becomes, strict=True):
            put_below(article, place, statute)
    if not given:
        _renumber_inside(order, statute)
    return tuple(touched)


def put_below(article: Article, place: Place, statute: Statute) -> None:
    """Record the heading below which an order puts an article: 作为第九章第六十三条."""
    if place.heading:
        article.inside = heading_at(replace(place, kind=PlaceKind.HEADING), statute)


def _spread(order: Instruction, statute: Statute) -> Iterator[tuple[Article, str]]:
    """Yield articles with their new numbers; ranges are spread out."""
    if any(
        place.kind is not PlaceKind.ARTICLE or place.paragraph is not None or place.item is not None
        for place in order.places
    ):
        return
    articles = [article for place in order.places for article in articles_at(place, statute)]
    for place in order.becomes:
        first = place.paragraph == 1 and len(articles) == 1 and len(articles[0].paragraphs) == 1
        if place.article is None or (place.paragraph is not None and not first) or place.item is not None:
            raise CannotApplyError(Reason.WORDING, "an article becomes a part of an article")
        if place.last is not None and not (place.article.isdecimal() and place.last.isdecimal()):
            raise CannotApplyError(Reason.IMPOSSIBLE_NUMBER, f"the range {place.text} cannot be counted")
    numbers = [number for number in _numbers(order.becomes) if number is not None]
    if len(articles) != len(numbers):
        raise CannotApplyError(Reason.COUNTS_DIFFER, f"{len(articles)} articles, {len(numbers)} numbers")
    yield from zip(articles, numbers, strict=True)


def _renumber_inside(order: Instruction, statute: Statute) -> None:
    """Check that paragraphs or items have the numbers announced by an order: 原第三款改为第四款."""
    if len(order.places) != len(order.becomes):
        raise CannotApplyError(
            Reason.COUNTS_DIFFER, f"{len(order.places)} places, {len(order.becomes)} numbers"
        )
    headings = [
        (heading_at(place, statute), new.heading)
        for place, new in zip(order.places, order.becomes, strict=True)
        if place.kind is PlaceKind.HEADING
    ]
    for heading, label in headings:
        heading.label = label or heading.label
        statute.relabelled.append((heading, statute.speaking))
    for place, new in zip(order.places, order.becomes, strict=True):
        if place.kind is PlaceKind.HEADING:
            continue
        article = article_at(place, statute)
        paragraph = paragraph_at(place, article)
        what: Paragraph | Line = paragraph
        wanted = new.paragraph
        if place.subitem is not None:
            what, wanted = paragraph.lines[subitem_at(place, paragraph)], new.subitem
        elif place.item is not None:
            what, wanted = paragraph.lines[item_at(place, paragraph)], new.item
            _move_item(place, paragraph, new, article)
        if wanted is None or (place.item is not None and new.article not in (None, place.article)):
            raise CannotApplyError(Reason.WORDING, f"the order makes {new.text} of {place.text}")
        statute.expected.append(Expectation(article, what, wanted, statute.speaking))
        article.changed = True


def _move_item(place: Place, paragraph: Paragraph, new: Place, article: Article) -> None:
    """Move an item to the end of another paragraph's items in its article: 原第六项改为第二款第一项."""
    goal = article.paragraphs[new.paragraph - 1 : new.paragraph] if new.paragraph else [paragraph]
    if not goal or goal[0] is paragraph:
        return
    held = sum(line.is_item() for line in goal[0].lines)
    if new.item != held + 1:
        raise CannotApplyError(Reason.IMPOSSIBLE_NUMBER, f"there are {held} items only")
    goal[0].lines.extend(take_item(place, paragraph))
    number_items(goal[0])


def insert_articles(order: Instruction, statute: Statute) -> tuple[str, ...]:
    """Add new articles; their place is decided after all orders are read (`settle`)."""
    quoted = [each for quote in order.words for each in quoted_articles(quote, levels=statute.levels)]
    if order.count is not None and len(quoted) < order.count:
        quoted = _labelled_as(_numbers(order.becomes), order.words) or quoted
    numbers = _numbers(order.becomes) or [clause_number(label) if label else None for label, _ in quoted]
    first = _first_below(order, statute)
    if first is not None:
        order = replace(order, side=order.side or "before")
        numbers = [None]
    check_count(order.count, len(quoted))
    if len(numbers) != len(quoted) or len(set(numbers)) != len(numbers):
        raise CannotApplyError(Reason.COUNTS_DIFFER, f"{len(numbers)} numbers, {len(quoted)} articles quoted")
    if None in numbers and not order.side:
        raise CannotApplyError(Reason.NO_PLACE, "it says neither the number nor the place of the new article")
    anchor, inside = None, None
    near = (*order.places[-1:], *order.becomes)
    named = next((each for each in near if each.heading or each.kind is PlaceKind.HEADING), None)
    if named is not None:
        inside = heading_at(replace(named, kind=PlaceKind.HEADING), statute)
    if order.places and order.side and order.places[-1].kind is not PlaceKind.HEADING:
        anchor = article_at(order.places[-1], statute)
    elif first is not None:
        anchor = first
    for (_, paragraphs), number in zip(quoted, numbers, strict=True):
        new = statute.add_article(paragraphs, number)
        new.anchor, new.side, new.inside = anchor, order.side, inside
        anchor = new if anchor is not None and order.side == "after" else anchor
    return tuple(number or "" for number in numbers)


def _first_below(order: Instruction, statute: Statute) -> Article | None:
    """Return the article that should follow a new one counted within its chapter (作为第四章的第一条), or None."""
    told = order.becomes[0] if len(order.becomes) == 1 else None
    if told is None or not told.heading or re.search("[编章节]的第", told.text) is None:
        return None
    heading = heading_at(replace(told, kind=PlaceKind.HEADING), statute)
    parts = statute.parts[statute.parts.index(heading) + 1 :]
    below = next((part for part in parts if isinstance(part, Article) and not part.gone), None)
    if (
        told.article != "1"
        or below is None
        or heading not in headings_above(parts[: parts.index(below)] or [heading])
    ):
        raise CannotApplyError(Reason.WORDING, f"{told.text} is counted within its chapter")
    return below


def _labelled_as(
    numbers: list[str | None], words: tuple[tuple[str, ...], ...]
) -> list[tuple[str | None, list[Paragraph]]]:
    """Return quoted articles whose label has no blank after it (第四十四条村级…), found by the numbers given in the order."""
    labels = [label_of(number) for number in numbers if number is not None]
    lines = [line for quote in words for line in quote]
    starts = [index for index, line in enumerate(lines) if line.startswith(tuple(labels))]
    if not labels or len(starts) != len(labels) or starts[0] != 0:
        return []
    if any(not lines[start].startswith(label) for start, label in zip(starts, labels, strict=True)):
        return []
    ends = [*starts[1:], len(lines)]
    return [
        (label, quoted_paragraphs((lines[start].removeprefix(label), *lines[start + 1 : end])))
        for label, start, end in zip(labels, starts, ends, strict=True)
    ]


def _numbers(becomes: tuple[Place, ...]) -> list[str | None]:
    """Return the numbers of new articles; ranges (第十条至第十二条) are spread out."""
    numbers: list[str | None] = []
    for place in becomes:
        numbers.append(place.article)
        if place.last is not None and (place.article or "").isdecimal() and place.last.isdecimal():
            numbers.extend(str(number) for number in range(int(place.article or 0) + 1, int(place.last) + 1))
    return numbers


def insert_preface(order: Instruction, statute: Statute) -> tuple[str, ...]:
    """Insert an introduction before the first article or heading of a text without one."""
    if statute.article(PREFACE) is not None:
        raise CannotApplyError(Reason.CONFLICT, "the text has an introduction")
    at = next(
        (index for index, part in enumerate(statute.parts) if isinstance(part, Article | Heading)),
        len(statute.parts),
    )
    paragraphs = quoted_paragraphs(order.words[0])
    statute.parts.insert(at, Article(PREFACE, "", paragraphs, changed=True))
    return (PREFACE,)


def insert_heading(order: Instruction, statute: Statute) -> tuple[str, ...]:
    """Add a chapter, with the articles in its quote or around articles named by their new numbers."""
    if order.unit == "标题":
        return _insert_level(order, statute)
    label = order.becomes[0].heading
    if order.becomes[0].kind is not PlaceKind.HEADING or label is None:
        raise CannotApplyError(Reason.NO_PLACE, "it does not say which chapter is added")
    words = order.words[0]
    heading = Heading(label, Line.new(heading_title(label, words[0])), new=True, ordered_by=statute.speaking)
    quoted = quoted_articles(words[1:]) if len(words) > 1 else []
    if order.unit == "包括":
        around = [place for place in order.places if place.kind is PlaceKind.ARTICLE]
        if not around or quoted:
            raise CannotApplyError(Reason.NO_PLACE, "it does not say which articles the new chapter holds")
        heading.first = int(around[0].article or 0)
        last = around[-1].last or around[-1].article or ""
        heading.last = int(last) if len(around) > 1 or around[-1].last else None
        statute.parts.append(heading)
        return ()
    if not quoted or any(number is None for number, _ in quoted):
        raise CannotApplyError(Reason.NO_PLACE, "it does not say which articles the new chapter holds")
    numbers = [clause_number(number or "") or "" for number, _ in quoted]
    given = _numbers(order.becomes[1:])
    if order.count is not None and (order.count != len(quoted) or given != numbers):
        raise CannotApplyError(Reason.COUNTS_DIFFER, f"{order.count} announced, {len(quoted)} quoted")
    heading.first = int(numbers[0].partition("-")[0])
    statute.parts.append(heading)
    for (_, paragraphs), number in zip(quoted, numbers, strict=True):
        moved = [each for each in statute.articles() if each.wanted == number]
        if moved and moved[0].ordered_by == statute.speaking:  # 对第三十条进行修改，作为第七十条
            moved[0].paragraphs, moved[0].changed = paragraphs, True
        else:
            moved = [statute.add_article(paragraphs, number)]
        moved[0].with_heading = True
    return tuple(numbers)


def divide(order: Instruction, statute: Statute) -> tuple[str, ...]:
    """Record the articles below an existing heading, by their new numbers: 第一章分为六条，包括第一条至第六条."""
    heading = heading_at(order.places[0], statute)
    named = order.places[0].holding
    if named and heading.text().replace("　", "") != named:
        raise CannotApplyError(Reason.WORDS_NOT_THERE, f"{heading.label} does not hold “{named}”")
    first, last = order.places[1], order.places[-1]
    numbers = (first.article or "", last.last or last.article or "")
    if not all(map(str.isdecimal, numbers)):
        raise CannotApplyError(Reason.NO_PLACE, "it does not say which articles the new chapter holds")
    heading.first, heading.last = map(int, numbers)
    return ()


def _insert_level(order: Instruction, statute: Statute) -> tuple[str, ...]:
    """Add a heading 二、 before or after an article, because such a heading has no unit and is placed by an article."""
    if len(order.places) != 1 or not order.places[0].is_article() or not order.side:
        raise CannotApplyError(Reason.NO_PLACE, "it does not say beside which article the heading stands")
    lines = [line for quote in order.words for line in quote]
    label = LEVEL_LABEL.match(lines[0]) if len(lines) == 1 and not statute.levels else None
    if label is None:
        raise CannotApplyError(Reason.WORDING, "a heading beside an article is one line numbered 一、")
    at = statute.parts.index(article_at(order.places[0], statute)) + (order.side == "after")
    while order.side == "after" and at < len(statute.parts) and isinstance(statute.parts[at], Heading):
        at += 1  # a heading that stands there already has articles of its own, if only new ones
    words = Line.new(lines[0][label.end() :].strip())
    heading = Heading(label[0], words, came=True, ordered_by=statute.speaking)
    statute.parts.insert(at, heading)
    statute.relabelled.append((heading, statute.speaking))
    return ()


def insert_annex(order: Instruction, statute: Statute) -> tuple[str, ...]:
    """Add an annex after the existing annexes; a number given in the order must be the next one."""
    count = sum(isinstance(part, Other) and part.kind == PlaceKind.ANNEX.value for part in statute.parts)
    if len(order.words) != 1 or len(order.becomes) > 1:
        raise CannotApplyError(Reason.COUNTS_DIFFER, f"{len(order.words)} quotes become {len(order.becomes)}")
    label = order.becomes[0].heading or "" if order.becomes else ""
    given = clause_number(label.lstrip("附件表录图")) if len(label) > len("附件") else None
    if order.becomes and order.becomes[0].kind is not PlaceKind.ANNEX:
        raise CannotApplyError(Reason.NO_PLACE, "it does not say which article it means")
    if given is not None and given != str(count + 1):
        raise CannotApplyError(Reason.IMPOSSIBLE_NUMBER, f"the text has {count} places called {label[:2]}")
    lines = [Line.new(text) for text in order.words[0]]
    if not lines[0].text.startswith("附"):
        lines.insert(0, Line.new(label or "附件"))
    statute.parts.append(Other(PlaceKind.ANNEX.value, label or "附件", lines, changed=True))
    return ()


def moved_articles(statute: Statute, order: list[Article]) -> set[int]:
    """Return the identities of old articles that change their place among the kept ones, as few as possible."""
    place = {id(part): index for index, part in enumerate(statute.parts)}
    standing = [article for article in order if article.number is not None]
    kept = in_order([place[id(article)] for article in standing])
    return {id(article) for index, article in enumerate(standing) if index not in kept}


def plainly_moved(statute: Statute, order: list[Article], moved: set[int]) -> set[int]:
    """Return the moved articles that pass more articles than are moved, so that no other article can be the moved one.

    Of two neighbours that change places, either may be the moved one.
    """
    place = {id(part): index for index, part in enumerate(statute.parts)}
    kept = [(at, place[id(each)]) for at, each in enumerate(order) if each.number and id(each) not in moved]
    plainly: set[int] = set()
    for at, article in enumerate(order):
        if id(article) in moved and article.wanted is not None:
            before = place[id(article)]
            passed = sum((new < at) != (old < before) for new, old in kept)
            if passed > len(moved):
                plainly.add(id(article))
    return plainly
