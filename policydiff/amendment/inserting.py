"""Carries out orders that delete places, and orders that insert paragraphs, items and sentences into an article."""

import re
from collections.abc import Sequence
from itertools import pairwise

from policydiff.amendment.locating import (
    CannotApplyError,
    Instruction,
    Order,
    article_at,
    articles_at,
    end_of_item,
    heading_at,
    item_at,
    lines_at,
    other_at,
    paragraph_at,
    spot_at,
    subitem_at,
    touch,
)
from policydiff.amendment.places import (
    HEADING_UNITS,
    ITEM_LABEL,
    SUBITEM_LABEL,
    Place,
    PlaceKind,
    heading_number,
)
from policydiff.amendment.quoted import ended, item_label, items_apart, quoted_paragraphs
from policydiff.amendment.rewriting import NAMES, check_count
from policydiff.amendment.statute import Article, Expectation, Heading, Line, Paragraph, Statute
from policydiff.errors import worded
from policydiff.model.amended import Reason

_OVERWRITING = frozenset({Order.REPLACE, Order.DELETE, Order.MERGE, Order.SPLIT})
_WITH_PARAGRAPHS = frozenset({PlaceKind.ARTICLE, PlaceKind.PREFACE, PlaceKind.BODY})


def note_written(order: Instruction, touched: tuple[str, ...], statute: Statute) -> None:
    """Mark the lines in which an order wrote words into the articles `touched` (old numbers).

    An order for many places at once is not contradicted by a later order for one of them.
    """
    general = (
        order.everywhere
        or len(order.places) > 1
        or any(each.kind is PlaceKind.WHOLE for each in order.places)
    )
    articles = [article for number in touched if (article := statute.article(number)) is not None]
    for line in statute.lines() if general else (line for each in articles for line in each.lines()):
        if line.fresh and _written(line):
            statute.written.setdefault(id(line), not general)


def _written(line: Line) -> list[str]:
    """Return the words that the amendment wrote into a line, without pure punctuation."""
    pieces = (line.text[start:end] for start, end in line.fresh)
    return [words for words in pieces if any(map(str.isalnum, words))]


def refuse_overwriting(order: Instruction, statute: Statute) -> None:
    """Refuse new words or a deletion where an earlier order wrote words, which would be lost without a trace."""
    new = "".join(line for quote in order.words for line in quote)
    for place in order.places if order.order in _OVERWRITING and statute.written else ():
        lines: list[Line] = []
        if place.kind is PlaceKind.HEADING and order.order is Order.DELETE:
            below = _below(heading_at(place, statute), place, statute)
            lines = [line for part in below if isinstance(part, Article) for line in part.lines()]
        elif place.kind in _WITH_PARAGRAPHS and place.sentence is None and not place.part + place.holding:
            lines = lines_at(place, statute)
        lost = (words for line in lines if statute.written.get(id(line)) for words in _written(line))
        if any(words not in new for words in lost):
            raise CannotApplyError(Reason.CONFLICT, f"another order changes the words of {place.text}")


def delete(order: Instruction, statute: Statute) -> tuple[str, ...]:
    """Delete every place that an order names; items after a deleted item move up."""
    touched: list[str] = []
    for place in order.places:
        if place.kind is PlaceKind.HEADING:
            # Delete a heading (删去第二章章名), or a chapter with everything below it (删去第二章)
            heading = heading_at(place, statute)
            parts = [heading, *_below(heading, place, statute)]
            for part in parts:
                part.gone = True
            touched.extend([part.number or "" for part in parts if isinstance(part, Article)])
        elif place.kind is PlaceKind.ANNEX and not place.text.endswith(NAMES):
            gone = other_at(place, statute)
            statute.parts.remove(gone)
            statute.gone_annexes.append(gone.label)
        elif place.sentence is not None or place.part:
            touched.extend(touch(place, statute))
            _delete_spot(place, statute)
        elif place.kind in (PlaceKind.TITLE, PlaceKind.WHOLE, PlaceKind.ANNEX):
            raise CannotApplyError(Reason.WORDING, f"{place.text} is deleted by quoting it")
        elif place.paragraph is None and place.item is None:
            for article in articles_at(place, statute):
                article.gone = True
                touched.append(article.number or "")
        else:
            touched.extend(touch(place, statute))
            delete_inside(place, article_at(place, statute))
    return tuple(touched)


def _delete_spot(place: Place, statute: Statute) -> None:
    """Delete a sentence or a proviso; the final mark of the line stays."""
    line, start, end = spot_at(place, statute)
    if start == 0 and end == len(line.text):
        raise CannotApplyError(
            Reason.WORDING, f"{place.text} is all there is: its paragraph is deleted by its number"
        )
    if end == len(line.text) and line.text[start - 1] in "；，" and line.text[-1] in "。；":
        start, end = start - 1, end - 1
    line.replace(start, end, "")


def _below(heading: Heading, place: Place, statute: Statute) -> list[Article | Heading]:
    """Return the articles and headings below a heading; empty if an order names only the heading (章名)."""
    below: list[Article | Heading] = []
    unit = HEADING_UNITS.find(heading_number(heading.label)[0])
    for part in statute.parts[statute.parts.index(heading) + 1 :]:
        if isinstance(part, Heading) and HEADING_UNITS.find(heading_number(part.label)[0]) <= unit:
            break
        if isinstance(part, Article | Heading):
            below.append(part)
    return [] if place.text.endswith(("名", "标题", "名称", "题目")) else below


def delete_inside(place: Place, article: Article) -> None:
    """Remove a paragraph, an item or a part of an item from its article."""
    paragraph = paragraph_at(place, article)
    if place.item is None:
        article.paragraphs.remove(paragraph)
    elif place.subitem is not None:
        index = subitem_at(place, paragraph)
        gone = paragraph.lines.pop(index)
        if not any(line.deep for line in paragraph.lines[index : index + 1]):
            _end_list(paragraph.lines[index - 1], gone)
        number_parts(paragraph, index)
    else:
        take_item(place, paragraph)


def take_item(place: Place, paragraph: Paragraph) -> list[Line]:
    """Remove an item from its paragraph and return its lines; the new last item then ends the sentence."""
    index = item_at(place, paragraph)
    end = end_of_item(paragraph, index)
    taken = paragraph.lines[index:end]
    del paragraph.lines[index:end]
    number_items(paragraph)
    if index == len(paragraph.lines) and paragraph.lines[-1].is_item():
        _end_list(paragraph.lines[-1], taken[-1])
    return taken


def _end_list(last: Line, gone: Line) -> None:
    """Give the new last item, or part of an item, the final mark of the removed last item."""
    if gone.text.endswith("。") and last.text.endswith("；"):
        last.end_with("。")


def number_items(paragraph: Paragraph) -> None:
    """Number the items of a paragraph through.

    Raises CannotApplyError if their numbers had a gap before, because an item may be lost or stand inside another line.
    """
    if paragraph.gap:
        raise CannotApplyError(Reason.UNSOUND_TEXT, worded("the numbers of the items do not run on"))
    count = 0
    for line in paragraph.lines:
        label = ITEM_LABEL.match(line.text)
        if label is not None and line.is_item():
            count += 1
            line.relabel(label, item_label(count))


def number_parts(paragraph: Paragraph, index: int) -> None:
    """Number the parts of an item (目) through, around a line added or removed at `index`."""
    start = index
    while start > 0 and paragraph.lines[start - 1].deep:
        start -= 1
    for count, line in enumerate(paragraph.lines[start:], start=1):
        label = SUBITEM_LABEL.match(line.text)
        if not line.deep or label is None:
            return
        circled = chr(ord("①") + count - 1)
        line.relabel(label, circled if label[0] in _CIRCLED else re.sub(r"\d+", str(count), label[0]))


_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def _insert_parts(place: Place, numbers: list[int], order: Instruction, paragraph: Paragraph) -> list[Line]:
    """Insert new parts (目) into an item at the numbers of the order, and return the new lines."""
    start = item_at(place, paragraph)
    end = end_of_item(paragraph, start)
    texts = [text for quote in order.words for text in quote]
    standing = paragraph.lines[start + 1 : end]
    labels = [SUBITEM_LABEL.match(line.text) for line in standing]
    if not standing or None in labels or len(texts) != len(numbers):
        raise CannotApplyError(Reason.COUNTS_DIFFER, f"{len(numbers)} announced, {len(texts)} quoted")
    if not 1 <= numbers[0] <= len(standing) + 1 or numbers != list(
        range(numbers[0], numbers[0] + len(numbers))
    ):
        raise CannotApplyError(Reason.IMPOSSIBLE_NUMBER, f"there are {len(standing)} parts only")
    form = labels[0][0] if labels[0] else ""
    behind = numbers[0] == len(standing) + 1
    mark = standing[-1].text[-1] if behind else "；"
    texts = [*(ended((text,), "；")[0] for text in texts[:-1]), *ended((texts[-1],), mark)]
    new = [Line.new(text if SUBITEM_LABEL.match(text) else f"{form}{text}") for text in texts]
    for line in new:
        line.deep = True
    at = start + numbers[0]
    if behind:
        _go_on_behind(standing, new)
    paragraph.lines[at:at] = new
    number_parts(paragraph, at)
    return new


def insert_inside(order: Instruction, statute: Statute) -> tuple[str, ...]:
    """Insert new paragraphs or items at the numbers of the order."""
    if not order.places:
        raise CannotApplyError(Reason.NO_PLACE, "it does not say which article it means")
    place = order.places[-1]
    article = article_at(place, statute)
    numbers = [each.subitem or each.item or each.paragraph for each in order.becomes]
    if None in numbers or len(set(numbers)) != len(numbers):
        raise CannotApplyError(Reason.IMPOSSIBLE_NUMBER, "the number it gives cannot be read")
    if order.count is not None and order.count != len(numbers):
        raise CannotApplyError(Reason.COUNTS_DIFFER, f"{order.count} announced, {len(numbers)} numbers given")
    given = [number for number in numbers if number is not None]
    if order.unit == "项":
        new: Sequence[Line | Paragraph] = _insert_items(place, given, order, paragraph_at(place, article))
    elif order.unit == "目":
        new = _insert_parts(place, given, order, paragraph_at(place, article))
    else:
        new = _insert_paragraphs(given, order, article)
    statute.expected.extend(
        Expectation(article, each, number, statute.speaking) for each, number in zip(new, given, strict=True)
    )
    return touch(place, statute)


def _insert_paragraphs(numbers: list[int], order: Instruction, article: Article) -> list[Paragraph]:
    new = [paragraph for lines in order.words for paragraph in quoted_paragraphs(ended(lines, "。"))]
    check_count(len(numbers), len(new))
    for number, paragraph in zip(numbers, new, strict=True):
        if number > len(article.paragraphs) + 1:
            raise CannotApplyError(Reason.IMPOSSIBLE_NUMBER, f"{article.label} has too few paragraphs")
        article.paragraphs.insert(number - 1, paragraph)
    return new


def _insert_items(place: Place, numbers: list[int], order: Instruction, paragraph: Paragraph) -> list[Line]:
    new = [Line.new(text) for quote in order.words for text in items_apart(quote)]
    tops = [line for line in new if line.is_item()]
    if not tops:
        new = [Line.new(item_label(number) + line.text) for number, line in zip(numbers, new, strict=False)]
        tops = new
    check_count(len(numbers), len(tops))
    items = [index for index, line in enumerate(paragraph.lines) if line.is_item()]
    last = numbers[-1] == len(items) + len(numbers)
    for line in tops:
        whole = ended((line.text,), "。" if last and line is tops[-1] else "；")[0]
        line.replace(0, len(line.text), whole)
    if not items:
        raise CannotApplyError(Reason.NO_SUCH_PLACE, f"{place.text} has no items")
    if numbers != sorted(numbers):
        raise CannotApplyError(Reason.IMPOSSIBLE_NUMBER, "the numbers of new items run back")
    if last:
        ends = [paragraph.lines[at - 1] for at in (*items[1:], end_of_item(paragraph, items[-1]))]
        _go_on_behind(ends, tops)
    starts = [*(new.index(line) for line in tops), len(new)]
    for number, (start, end) in zip(numbers, pairwise(starts), strict=True):
        # numbers are final, because the items before are already in place
        items = [index for index, line in enumerate(paragraph.lines) if line.is_item()]
        if number > len(items) + 1:
            raise CannotApplyError(Reason.IMPOSSIBLE_NUMBER, f"there are {len(items)} items only")
        at = items[number - 1] if number <= len(items) else end_of_item(paragraph, items[-1])
        paragraph.lines[at:at] = new[start:end]
    number_items(paragraph)
    return tops


def _go_on_behind(ends: list[Line], new: list[Line]) -> None:
    """Give the former last item, or part of an item, the mark of the others; its full stop passes to the new last one.

    A list whose items all end with a full stop keeps them.
    """
    stops = [line.text.endswith("。") for line in (*ends, *new)]
    if stops.pop(len(ends) - 1) and stops.pop() and not any(stops):
        ends[-1].end_with("；")


def append(order: Instruction, statute: Statute) -> tuple[str, ...]:
    """Add a sentence, a paragraph (增加一款：) or an item (增加一项：) at the end of a place, or beside it."""
    if len(order.places) != 1:
        raise CannotApplyError(Reason.NO_PLACE, "it does not say which article it means")
    place = order.places[0]
    words = tuple(line for quote in order.words for line in quote)
    if place.kind is PlaceKind.ANNEX and order.unit in ("", "段"):
        other_at(place, statute).content.extend(map(Line.new, words))
        return touch(place, statute)
    article = article_at(place, statute)
    if order.unit == "项":
        _append_items(place, order, paragraph_at(place, article))
    elif order.unit == "目":
        paragraph = paragraph_at(place, article)
        start = item_at(place, paragraph)
        first = end_of_item(paragraph, start) - start
        _insert_parts(place, [first + i for i in range(order.count or 1)], order, paragraph)
    elif order.side and place.paragraph is not None and order.unit in _PARAGRAPHS:
        at = article.paragraphs.index(paragraph_at(place, article)) + 1 + (order.side == "after")
        _insert_paragraphs([at + i for i in range(order.count or 1)], order, article)
    elif order.unit in ("句", "但书") or (
        order.unit == ""
        and (
            any(each is not None for each in (place.paragraph, place.item, place.sentence))
            or words[0].startswith(("但是", "但，"))
        )
    ):
        _append_sentence(place, order, "".join(words), article, statute)
    elif order.side:
        raise CannotApplyError(Reason.NO_PLACE, "it does not say beside what the new words go")
    else:
        if order.unit == "" and len(article.paragraphs) == 1 and len(words) == 1:
            told = worded("it does not say whether a sentence or a paragraph is added")
            statute.unsure.append((told, article))
        new = quoted_paragraphs(ended(words, "。"))
        if order.unit in _PARAGRAPHS:
            check_count(order.count, len(new))
        article.paragraphs.extend(new)
    return touch(place, statute)


_PARAGRAPHS = ("款", "段", "自然段")
"""Names of a paragraph."""


def _append_items(place: Place, order: Instruction, paragraph: Paragraph) -> None:
    number = sum(line.is_item() for line in paragraph.lines) + 1
    if order.side and place.item is not None:
        at = sum(line.is_item() for line in paragraph.lines[: item_at(place, paragraph)]) + 1
        number = at + (order.side == "after")
    _insert_items(place, [number + i for i in range(order.count or 1)], order, paragraph)


def _append_sentence(
    place: Place, order: Instruction, words: str, article: Article, statute: Statute
) -> None:
    if order.side and place.sentence is not None:
        line, start, end = spot_at(place, statute)
        at = end if order.side == "after" else start
    elif order.side == "before" or (
        place.paragraph is None
        and place.item is None
        and place.sentence is None
        and len(article.paragraphs) > 1
    ):
        raise CannotApplyError(Reason.NO_PLACE, "it does not say beside what the new words go")
    else:
        lines = lines_at(place, statute)
        line = lines[0] if place.sentence == 1 else lines[-1]
        at = 0 if place.sentence == 1 else len(line.text)
    text, open_end = line.text, words[-1] not in "。；，、：！？"
    linked = words.startswith(("，", "、", "；", "并", "且", "或", "及", "和", "以及", "等", "的", "（"))
    at -= at == len(text) and open_end and text.endswith(("。", "；"))  # before the mark that ends the place
    if (open_end and not (linked and text[at:] in ("。", "；"))) or (linked and at == len(text)):
        one, other = (words, text[at:]) if at < len(text) else (text, words)
        told = worded(f"the mark between “{one[-4:]}” and “{other[:4]}” is not said")
        statute.unsure.append((told, article))
    line.replace(at, at, words)
