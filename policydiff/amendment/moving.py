"""Carries out orders that merge, split, exchange and move articles, paragraphs and items."""

from policydiff.amendment.inserting import delete_inside, number_items
from policydiff.amendment.locating import (
    CannotApplyError,
    Instruction,
    article_at,
    articles_at,
    changed,
    end_of_item,
    item_at,
    paragraph_at,
    spot_at,
)
from policydiff.amendment.places import Place
from policydiff.amendment.quoted import ended, item_label, quoted_articles, quoted_paragraphs
from policydiff.amendment.restructuring import put_below
from policydiff.amendment.rewriting import check_count, own_words
from policydiff.amendment.statute import Article, Line, Paragraph, Statute
from policydiff.lexicon.numerals import clause_number
from policydiff.model.amended import Reason


def merge(order: Instruction, statute: Statute) -> tuple[str, ...]:
    """Replace several articles, paragraphs or items by one quoted; a paragraph may merge into an article with others."""
    whole = [place for place in order.places if place.is_article()]
    inside = [place for place in order.places if place not in whole]
    apart = bool(order.becomes) and "条" in order.becomes[0].text and order.becomes[0].is_article()
    if not apart and all(place.item is not None for place in order.places):
        return _merge_items(order, statute)
    if any(place.sentence is not None or place.part for place in inside):
        raise CannotApplyError(Reason.WORDING, "articles are merged whole, two or more of them")
    if not whole and apart:
        return _merge_apart(order, statute)
    if not whole:
        return _merge_paragraphs(order, statute)
    articles = [article for place in whole for article in articles_at(place, statute)]
    if len(articles) + len(inside) < 2:
        raise CannotApplyError(Reason.WORDING, "articles are merged whole, two or more of them")
    touched = list(articles)
    for place in inside:
        article = article_at(place, statute)
        if article in articles:
            raise CannotApplyError(Reason.CONFLICT, f"{place.text} lies in an article that is merged whole")
        _cut(place, article)
        touched.append(article)
    first = articles[0]
    first.paragraphs = own_words(order.words[0], first, statute)
    first.changed = True
    if order.becomes and order.becomes[0].article is not None:
        first.wanted, first.ordered_by = order.becomes[0].article, statute.speaking
        put_below(first, order.becomes[0], statute)
    for article in articles[1:]:
        article.gone = True
    return tuple(article.number or "" for article in touched)


def _cut(place: Place, article: Article) -> None:
    """Remove a paragraph or an item from an article whose rest stays."""
    paragraph = paragraph_at(place, article)
    delete_inside(place, article)
    left = article.paragraphs if place.item is None else [line for line in paragraph.lines if line.is_item()]
    if not left:
        raise CannotApplyError(Reason.WORDING, f"{place.text} is all there is")
    article.changed = True


def _merge_apart(order: Instruction, statute: Statute) -> tuple[str, ...]:
    """Make one new article of paragraphs and items of several articles, whose rest stays."""
    if len(order.places) < 2:
        raise CannotApplyError(Reason.WORDING, "articles are merged whole, two or more of them")
    for place in order.places:
        _cut(place, article_at(place, statute))
    made = _made_article(order.becomes[0], statute, None)
    made.paragraphs.extend(quoted_articles(order.words[0])[0][1])
    return (*(place.article or "" for place in order.places), order.becomes[0].article or "")


def _merge_paragraphs(order: Instruction, statute: Statute) -> tuple[str, ...]:
    article = _common_article(order.places, statute)
    old = [paragraph_at(place, article) for place in order.places]
    new = quoted_paragraphs(ended(order.words[0], old[-1].lines[-1].text))
    if len(old) < 2 or len(new) != 1:
        raise CannotApplyError(Reason.COUNTS_DIFFER, f"{len(old)} paragraphs become {len(new)}")
    new[0].number = old[0].number
    article.paragraphs[article.paragraphs.index(old[0])] = new[0]
    for paragraph in old[1:]:
        article.paragraphs.remove(paragraph)
    return changed(article)


def _merge_items(order: Instruction, statute: Statute) -> tuple[str, ...]:
    article = _common_article(order.places, statute)
    paragraph = paragraph_at(order.places[0], article)
    blocks = [_item(place, paragraph_at(place, article)) for place in order.places]
    words = order.words[0]
    new = [Line.new(text) for text in ended(words, blocks[-1][-1].text)]
    if not new[0].is_item():
        new[0] = Line.new(item_label(order.places[0].item or 0) + new[0].text)
    if len(blocks) < 2 or sum(line.is_item() for line in new) != 1:
        raise CannotApplyError(Reason.COUNTS_DIFFER, f"{len(blocks)} items become several")
    new[0].number = order.places[0].item
    at = paragraph.lines.index(blocks[0][0])
    for block in blocks:
        for line in block:
            paragraph.lines.remove(line)
    paragraph.lines[at:at] = new
    number_items(paragraph)
    return changed(article)


def _common_article(places: tuple[Place, ...], statute: Statute) -> Article:
    articles = {id(article): article for place in places for article in [article_at(place, statute)]}
    if len(articles) != 1:
        raise CannotApplyError(Reason.WORDING, "paragraphs and items are merged within one article")
    return next(iter(articles.values()))


def _item(place: Place, paragraph: Paragraph) -> list[Line]:
    index = item_at(place, paragraph)
    return paragraph.lines[index : end_of_item(paragraph, index)]


def split(order: Instruction, statute: Statute) -> tuple[str, ...]:
    """Replace one article, paragraph or item by several quoted ones."""
    if len(order.places) != 1:
        raise CannotApplyError(Reason.COUNTS_DIFFER, "one article is split at a time")
    place = order.places[0]
    article = article_at(place, statute)
    if order.unit == "项":
        return _split_item(place, article, order)
    if order.unit == "款":
        lines = tuple(text for quote in order.words for text in quote)
        old = article.paragraphs if place.paragraph is None else [paragraph_at(place, article)]
        new = quoted_paragraphs(ended(lines, old[-1].lines[-1].text))
        check_count(order.count or 0, len(new))
        at = article.paragraphs.index(old[0])
        given = [each.paragraph for each in order.becomes]
        if given and given != list(range(at + 1, at + 1 + len(new))):
            raise CannotApplyError(Reason.IMPOSSIBLE_NUMBER, "the number it gives cannot be read")
        for paragraph, before in zip(new, old, strict=False):
            paragraph.number = before.number
        article.paragraphs[at : at + len(old)] = new
        return changed(article)
    if not place.is_article():
        raise CannotApplyError(Reason.WORDING, f"{place.text} becomes articles")
    return _split_article(article, order, statute)


def _split_item(place: Place, article: Article, order: Instruction) -> tuple[str, ...]:
    paragraph = paragraph_at(place, article)
    block = _item(place, paragraph)
    texts = [text for quote in order.words for text in quote]
    new = [Line.new(text) for text in texts]
    items = [line for line in new if line.is_item()]
    if not items and not block[1:]:
        new = items = [Line.new(f"（一）{text}") for text in texts]
    check_count(order.count or 0, len(items))
    for line in items:
        whole = ended((line.text,), "；" if line is not items[-1] else block[-1].text)[0]
        line.replace(0, len(line.text), whole)
    at = paragraph.lines.index(block[0])
    paragraph.lines[at : at + len(block)] = new
    number_items(paragraph)
    return changed(article)


def _split_article(article: Article, order: Instruction, statute: Statute) -> tuple[str, ...]:
    quoted = [each for quote in order.words for each in quoted_articles(quote)]
    check_count(order.count, len(quoted))
    numbers = [place.article for place in order.becomes] or [
        clause_number(label) if label else None for label, _ in quoted
    ]
    check_count(len(numbers), len(quoted))
    article.paragraphs = quoted[0][1]
    article.changed = article.divided = True
    if numbers[0] is not None:
        article.wanted, article.ordered_by = numbers[0], statute.speaking
    anchor = article
    for (_, paragraphs), number in zip(quoted[1:], numbers[1:], strict=True):
        new = statute.add_article(paragraphs, number, behind=anchor)
        new.anchor, new.side = anchor, "after"
        anchor = new
    return (article.number or "", *(number or "" for number in numbers[1:]))


def exchange(order: Instruction, statute: Statute) -> tuple[str, ...]:
    """Exchange two articles, paragraphs of an article, or items of a paragraph."""
    one, other = order.places
    first, second = article_at(one, statute), article_at(other, statute)
    if one.is_article() and other.is_article() and one.last is None and other.last is None:
        for article, number in ((first, second.number), (second, first.number)):
            if article.wanted is not None:
                raise CannotApplyError(Reason.CONFLICT, f"{article.label} gets two numbers")
            article.wanted, article.ordered_by = number, statute.speaking
        i, j = statute.parts.index(first), statute.parts.index(second)
        statute.parts[i], statute.parts[j] = second, first
        return (first.number or "", second.number or "")
    if one.sentence is not None and other.sentence is not None:
        return _exchange_sentences(one, other, first, statute)
    if first is not second or one.sentence is not None or other.sentence is not None:
        raise CannotApplyError(Reason.WORDING, f"{one.text} and {other.text} cannot change places")
    left, right = paragraph_at(one, first), paragraph_at(other, first)
    if one.item is None and other.item is None and left is not right:
        paragraphs = first.paragraphs
        i, j = paragraphs.index(left), paragraphs.index(right)
        paragraphs[i], paragraphs[j] = right, left
    elif one.item is not None and other.item is not None and left is right:
        _exchange_items(one, other, left)
    else:
        raise CannotApplyError(Reason.WORDING, f"{one.text} and {other.text} cannot change places")
    return changed(first)


def _exchange_sentences(one: Place, other: Place, article: Article, statute: Statute) -> tuple[str, ...]:
    """Exchange two sentences of one line."""
    (line, start, end), (second, first, last) = sorted(
        (spot_at(place, statute) for place in (one, other)), key=lambda spot: spot[1]
    )
    if line is not second or end > first:
        raise CannotApplyError(Reason.WORDING, f"{one.text} and {other.text} cannot change places")
    former, latter = line.text[start:end], line.text[first:last]
    line.replace(first, last, former)
    line.replace(start, end, latter)
    return changed(article)


def _exchange_items(one: Place, other: Place, paragraph: Paragraph) -> None:
    """Exchange two items; the marks at their ends stay in place."""
    former, latter = sorted(
        (_item(one, paragraph), _item(other, paragraph)), key=lambda block: paragraph.lines.index(block[0])
    )
    marks = [block[-1].text[-1:] for block in (former, latter)]
    for block, mark in ((former, marks[1]), (latter, marks[0])):
        line = block[-1]
        if line.text[-1:] in "；。，" and mark in "；。，" and line.text[-1:] != mark:
            line.end_with(mark)
    start, end = paragraph.lines.index(former[0]), paragraph.lines.index(latter[0])
    between = paragraph.lines[start + len(former) : end]
    paragraph.lines[start : end + len(latter)] = [*latter, *between, *former]
    number_items(paragraph)


def move(order: Instruction, statute: Statute) -> tuple[str, ...]:
    """Move an article or a paragraph beside an article, or into one as a paragraph."""
    source, target = order.places[:2]
    article, goal = article_at(source, statute), article_at(target, statute)
    if source.is_article() and target.is_article() and order.side and article is not goal:
        if article.wanted is not None or goal.wanted is not None:
            raise CannotApplyError(Reason.CONFLICT, f"{article.label} gets two numbers")
        article.anchor, article.side, article.ordered_by = goal, order.side, statute.speaking
        return (article.number or "",)
    place = order.becomes[0] if order.becomes else target
    number = place.paragraph
    same = place.article in (None, target.article)
    if source.item is not None or source.sentence is not None or number is None or not same or order.side:
        raise CannotApplyError(Reason.WORDING, f"{source.text} cannot be moved to {target.text}")
    moved = list(article.paragraphs) if source.paragraph is None else [paragraph_at(source, article)]
    if article is goal or not 1 <= number <= len(goal.paragraphs) + 1:
        raise CannotApplyError(Reason.IMPOSSIBLE_NUMBER, f"{goal.label} has too few paragraphs")
    if source.paragraph is None:
        article.gone = True
    else:
        article.paragraphs.remove(moved[0])
        article.changed = True
    for paragraph in moved:
        paragraph.number = None
    goal.paragraphs[number - 1 : number - 1] = moved
    goal.changed = True
    return (article.number or "", goal.number or "")


def stand_alone(order: Instruction, statute: Statute) -> tuple[str, ...]:
    """Turn paragraphs into an article or into paragraphs of a new article, or a sentence into a paragraph.

    The numbers of the new article and its paragraphs are those after the amendment. An article that gives
    away its last paragraph is gone.
    """
    source, becomes = order.places[0], order.becomes[0]
    if source.sentence is not None:
        return _sentence_alone(source, becomes, article_at(source, statute), order, statute)
    together = len(order.becomes) == 1 and becomes.paragraph is None
    _check_parts(order, together=together)
    taken = [_taken(place, order, statute) for place in order.places]
    origins = [(place.article or "", place.paragraph or 0) for place in order.places]
    if order.words:
        taken = quoted_articles(ended(order.words[0], "。"))[0][1]
        if not together:
            check_count(1, len(taken))
    for paragraph in taken:
        paragraph.number = None
    for paragraph, origin in zip(taken, origins, strict=False):
        paragraph.origin = origin
    sources = [article_at(place, statute, gone=True) for place in order.places]
    if together:
        _made_article(becomes, statute, sources[0]).paragraphs.extend(taken)
    else:
        for place, paragraph, source_of in zip(order.becomes, taken, sources, strict=True):
            made = _made_article(place, statute, source_of)
            if place.paragraph is None or place.paragraph > len(made.paragraphs) + 1:
                raise CannotApplyError(Reason.IMPOSSIBLE_NUMBER, f"{place.text} has too few paragraphs")
            made.paragraphs.insert(place.paragraph - 1, paragraph)
    return (*(place.article or "" for place in order.places), becomes.article or "")


def _check_parts(order: Instruction, *, together: bool) -> None:
    """Check that an order turns whole paragraphs into as many articles or paragraphs as it names."""
    places, becomes = order.places, order.becomes
    if any(each.paragraph is None or each.item is not None for each in places) or any(
        each.article is None or each.item is not None for each in becomes
    ):
        raise CannotApplyError(Reason.WORDING, f"the order makes {becomes[0].text} of {places[0].text}")
    if not together and len(becomes) != len(places):
        raise CannotApplyError(Reason.COUNTS_DIFFER, f"{len(places)} places, {len(becomes)} numbers")
    if len(order.words) > 1 or (order.words and not together and len(places) > 1):
        raise CannotApplyError(Reason.COUNTS_DIFFER, f"{len(places)} places, {len(order.words)} quotes")


def _taken(place: Place, order: Instruction, statute: Statute) -> Paragraph:
    """Remove a paragraph from its article; an article with entirely new words has no paragraph left to remove."""
    article = article_at(place, statute)
    if article.rewritten:
        if not order.words:
            raise CannotApplyError(Reason.CONFLICT, f"another order gives {article.label} new words")
        return Paragraph([])
    paragraph = paragraph_at(place, article)
    if len(article.paragraphs) < 2 and not article.changed:
        raise CannotApplyError(Reason.NO_SUCH_PLACE, f"{article.label} has too few paragraphs")
    article.paragraphs.remove(paragraph)
    article.changed = True
    article.gone = not article.paragraphs
    return paragraph


def _made_article(place: Place, statute: Statute, source: Article | None) -> Article:
    """Return the article made of paragraphs under a number, a new one if there is none yet."""
    number = place.article or ""
    made = statute.made(number)
    if made is None or place.paragraph is None:
        made = statute.add_article([], number)
        made.source = source
        put_below(made, place, statute)
    return made


def _sentence_alone(
    source: Place, becomes: Place, article: Article, order: Instruction, statute: Statute
) -> tuple[str, ...]:
    line, start, end = spot_at(source, statute)
    paragraph = next(each for each in article.paragraphs if any(line is held for held in each.lines))
    at = article.paragraphs.index(paragraph) + 1
    if end != len(line.text) or not start or line is not paragraph.lines[-1] or becomes.paragraph != at + 1:
        raise CannotApplyError(Reason.WORDING, f"the order makes {becomes.text} of {source.text}")
    words = order.words[0] if order.words else (line.text[start:],)
    fresh = [(a - start, b - start) for a, b in line.fresh if a >= start]
    new = quoted_paragraphs(words) if order.words else [Paragraph([Line(words[0], fresh=fresh)])]
    line.replace(start, end, "")
    article.paragraphs[at:at] = new
    return changed(article)
