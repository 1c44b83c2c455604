"""Orders that delete places, and put paragraphs, items and sentences into an article."""

from policydiff.amendment.locating import (
    CannotApplyError,
    Instruction,
    article_at,
    articles_at,
    end_of_item,
    heading_at,
    item_at,
    lines_at,
    other_at,
    paragraph_at,
    subitem_at,
    touch,
)
from policydiff.amendment.places import Place, PlaceKind
from policydiff.amendment.statute import (
    Article,
    Heading,
    Line,
    Paragraph,
    Statute,
    heading_number,
    quoted_paragraphs,
    with_item_number,
)
from policydiff.model.amended import Reason


def delete(order: Instruction, statute: Statute) -> tuple[str, ...]:
    """Delete every place that an order names; items after a deleted one move up."""
    touched: list[str] = []
    for place in order.places:
        if place.kind is PlaceKind.HEADING:
            touched.extend(_delete_heading(heading_at(place, statute), place, statute))
        elif place.kind is PlaceKind.ANNEX:
            statute.parts.remove(other_at(place, statute))
        elif place.paragraph is None and place.item is None:
            if place.sentence is not None:
                raise CannotApplyError(Reason.WORDING, "a sentence is deleted by quoting it")
            for article in articles_at(place, statute):
                article.gone = True
                touched.append(article.number or "")
        else:
            touched.extend(touch(place, statute))
            _delete_inside(place, article_at(place, statute))
    return tuple(touched)


def _delete_heading(heading: Heading, place: Place, statute: Statute) -> list[str]:
    """Delete a heading (删去第二章章名), or a chapter with all that stands below it (删去第二章)."""
    heading.gone = True
    if place.text.endswith(("名", "标题", "名称", "题目")):
        return []
    touched: list[str] = []
    unit = heading_number(heading.label)[0]
    for part in statute.parts[statute.parts.index(heading) + 1 :]:
        if isinstance(part, Heading):
            if _RANKS.find(heading_number(part.label)[0]) <= _RANKS.find(unit):
                break
            part.gone = True
        elif isinstance(part, Article):
            part.gone = True
            touched.append(part.number or "")
    return touched


_RANKS = "编章节"
"""Units of headings from the widest to the narrowest; the mark of any further unit stands before them."""


def _delete_inside(place: Place, article: Article) -> None:
    paragraph = paragraph_at(place, article)
    if place.item is None:
        article.paragraphs.remove(paragraph)
    elif place.subitem is not None:
        del paragraph.lines[subitem_at(place, paragraph)]
    else:
        index = item_at(place, paragraph)
        del paragraph.lines[index : end_of_item(paragraph, index)]
        number_items(paragraph)


def number_items(paragraph: Paragraph) -> None:
    """Number the items of a paragraph through."""
    count = 0
    for line in paragraph.lines:
        if line.is_item():
            count += 1
            text = with_item_number(line.text, count)
            shift = len(text) - len(line.text)
            line.fresh = [(max(0, start + shift) if start else 0, end + shift) for start, end in line.fresh]
            line.text = text


def insert_inside(order: Instruction, statute: Statute) -> tuple[str, ...]:
    """Put new paragraphs or items where the numbers of the order say."""
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
        _insert_items(place, given, order, paragraph_at(place, article))
    elif order.unit == "目":
        raise CannotApplyError(Reason.WORDING, "parts of items are replaced with their item only")
    else:
        _insert_paragraphs(given, order, article)
    return touch(place, statute)


def _insert_paragraphs(numbers: list[int], order: Instruction, article: Article) -> None:
    new = [paragraph for lines in order.words for paragraph in quoted_paragraphs(lines)]
    if len(new) != len(numbers):
        raise CannotApplyError(
            Reason.COUNTS_DIFFER, f"{len(numbers)} paragraphs announced, {len(new)} quoted"
        )
    for number, paragraph in zip(numbers, new, strict=True):
        if number > len(article.paragraphs) + 1:
            raise CannotApplyError(Reason.IMPOSSIBLE_NUMBER, f"{article.label} has too few paragraphs")
        article.paragraphs.insert(number - 1, paragraph)


def _insert_items(place: Place, numbers: list[int], order: Instruction, paragraph: Paragraph) -> None:
    new = [Line.new(text) for quote in order.words for text in quote]
    tops = [line for line in new if line.is_item()]
    if not tops:
        new = [
            Line.new(with_item_number("（一）", number) + line.text)
            for number, line in zip(numbers, new, strict=False)
        ]
        tops = new
    if len(tops) != len(numbers):
        raise CannotApplyError(Reason.COUNTS_DIFFER, f"{len(numbers)} items announced, {len(tops)} quoted")
    items = [index for index, line in enumerate(paragraph.lines) if line.is_item()]
    if not items:
        raise CannotApplyError(Reason.NO_SUCH_PLACE, f"{place.text} has no items")
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        raise CannotApplyError(Reason.IMPOSSIBLE_NUMBER, "the numbers of new items are not in a row")
    first = numbers[0]
    if first > len(items) + 1:
        raise CannotApplyError(Reason.IMPOSSIBLE_NUMBER, f"there are {len(items)} items only")
    at = items[first - 1] if first <= len(items) else end_of_item(paragraph, items[-1])
    paragraph.lines[at:at] = new
    number_items(paragraph)


def append(order: Instruction, statute: Statute) -> tuple[str, ...]:
    """Add words at the end of a place: a sentence, a paragraph (增加一款：), an item (增加一项：)."""
    if len(order.places) != 1:
        raise CannotApplyError(Reason.NO_PLACE, "it does not say which article it means")
    place = order.places[0]
    article = article_at(place, statute)
    words = tuple(line for quote in order.words for line in quote)
    if order.unit == "项":
        paragraph = paragraph_at(place, article)
        number = sum(line.is_item() for line in paragraph.lines) + 1
        if order.side and place.item is not None:
            at = sum(line.is_item() for line in paragraph.lines[: item_at(place, paragraph)]) + 1
            number = at + (order.side == "after")
        _insert_items(place, [number + i for i in range(order.count or 1)], order, paragraph)
    elif order.side and place.paragraph is not None and order.unit in ("款", "段", "自然段"):
        at = article.paragraphs.index(paragraph_at(place, article)) + 1 + (order.side == "after")
        _insert_paragraphs([at + i for i in range(order.count or 1)], order, article)
    elif order.side and not (order.unit == "句" and order.side == "after" and place.sentence is None):
        raise CannotApplyError(Reason.NO_PLACE, "it does not say beside what the new words go")
    elif order.unit in ("句", "") and (place.paragraph is not None or place.item is not None):
        lines = lines_at(place, statute)
        line = lines[0] if place.sentence == 1 else lines[-1]
        at = 0 if place.sentence == 1 else len(line.text)
        line.replace(at, at, "".join(words))
    elif order.unit == "目":
        raise CannotApplyError(Reason.WORDING, "parts of items are replaced with their item only")
    elif order.unit == "句" and len(article.paragraphs) == 1:
        line = article.paragraphs[0].lines[-1]
        line.replace(len(line.text), len(line.text), "".join(words))
    else:
        new = quoted_paragraphs(words)
        if order.count is not None and order.unit in ("款", "段", "自然段") and order.count != len(new):
            raise CannotApplyError(
                Reason.COUNTS_DIFFER, f"{order.count} paragraphs announced, {len(new)} quoted"
            )
        article.paragraphs.extend(new)
    return touch(place, statute)
