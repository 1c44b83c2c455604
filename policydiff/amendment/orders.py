"""The single orders of an amendment, carried out on a draft."""

import re
from collections.abc import Callable

from policydiff.amendment.draft import (
    Article,
    Draft,
    Paragraph,
    as_paragraphs,
    item_number,
    with_item_number,
)
from policydiff.amendment.instructions import Instruction, Order, Target
from policydiff.lexicon.numerals import clause_number

Inserted = list[tuple[Instruction, list[Article]]]


class CannotApplyError(Exception):
    """An order does not fit the text; the message says why. It never leaves the package."""


def carry_out(order: Instruction, draft: Draft, inserted: Inserted) -> tuple[str, ...]:
    """Carry out one order; return the numbers of the articles it touched.

    New articles are put into `inserted`, to be placed when all old ones are known.

    Raises:
        CannotApplyError: The place or the words it names are not in the text, or its wording is not understood.
    """
    if order.order is Order.INSERT_ARTICLE:
        return _insert_articles(order, inserted)
    if order.order is Order.RENUMBER_ALL:
        return ()
    if order.order is Order.UNKNOWN:
        raise CannotApplyError("its wording is not one of the set phrases")
    if order.target.article == "引言":
        return _introduction(order, draft)
    article = _article(order.target, draft)
    if order.order is Order.DELETE:
        _delete(order, article, draft)
    else:
        _DOERS[order.order](order, article)
    return (order.target.article or "",)


def _article(target: Target, draft: Draft) -> Article:
    if target.article is None:
        raise CannotApplyError("it does not say which article it means")
    found = draft.article(target.article)
    if found is None:
        raise CannotApplyError(f"the text has no article {target.article}")
    return found


def _paragraph(order: Instruction, article: Article) -> Paragraph:
    """Return the paragraph an order means: the one named, the only one, or the first with items for an item."""
    place = order.target.paragraph
    if place is not None:
        if place > len(article.paragraphs):
            raise CannotApplyError(f"{article.label} has no paragraph {place}")
        return article.paragraphs[place - 1]
    with_items = [lines for lines in article.paragraphs if len(lines) > 1]
    return with_items[0] if with_items else article.paragraphs[-1]


def _item_at(lines: Paragraph, number: int) -> int:
    for index, line in enumerate(lines):
        if item_number(line) == number:
            return index
    raise CannotApplyError(f"there is no item {number}")


def _introduction(order: Instruction, draft: Draft) -> tuple[str, ...]:
    if order.order is not Order.REPLACE or order.target.paragraph is not None:
        raise CannotApplyError("only the whole introduction can be replaced")
    if draft.preface is None:
        raise CannotApplyError("the text has no introduction")
    draft.preface[:] = order.words[0]
    return ()


def _replace(order: Instruction, article: Article) -> None:
    target = order.target
    words = as_paragraphs(order.words[0])
    if target.paragraph is None and target.item is None:
        article.paragraphs = words
    elif target.item is None:
        _paragraph(order, article)
        article.paragraphs[(target.paragraph or 1) - 1 : target.paragraph] = words
    else:
        lines = _paragraph(order, article)
        lines[_item_at(lines, target.item)] = order.words[0][0]
    article.rewritten = True


def _swap(order: Instruction, article: Article) -> None:
    """Exchange words; where the counts differ, whole paragraphs or every one of the old by the one new."""
    old, new = (["\n".join(lines) for lines in side] for side in (order.old_words, order.words))
    if len(old) != len(new):
        if len(new) > 1:
            _exchange_paragraphs(old, new, article)
            return
        new = new * len(old)
    for one, other in zip(old, new, strict=True):
        _substitute(order, article, one, other)


def _exchange_paragraphs(old: list[str], new: list[str], article: Article) -> None:
    whole = ["\n".join(lines) for lines in article.paragraphs]
    if old[0] not in whole or whole[whole.index(old[0]) :][: len(old)] != old:
        raise CannotApplyError("the words it quotes are not there")
    start = whole.index(old[0])
    article.paragraphs[start : start + len(old)] = [text.split("\n") for text in new]
    article.rewritten = True


def _substitute(order: Instruction, article: Article, one: str, other: str) -> None:
    """Put `other` for `one` in the paragraph or item named, else wherever it stands in the article."""
    if order.target.paragraph is not None or order.target.item is not None:
        paragraphs = [_paragraph(order, article)]
    else:
        paragraphs = article.paragraphs
    found = False
    for lines in paragraphs:
        for index, line in enumerate(lines):
            named = order.target.item is None or item_number(line) == order.target.item
            if named and one in line:
                lines[index] = line.replace(one, other)
                found = True
    if not found:
        raise CannotApplyError(f"{article.label} does not hold the words “{one[:30]}”")
    article.rewritten = True


def _drop_words(order: Instruction, article: Article) -> None:
    for lines in order.old_words:
        _substitute(order, article, "\n".join(lines), "")


def _delete(order: Instruction, article: Article, draft: Draft) -> None:
    numbers = re.findall(r"第[^第、和至]{1,9}条(?:之[一-鿿]{1,2})?", order.target.text)
    if "至" in order.target.text:
        raise CannotApplyError("a range of places is not deleted")
    if order.target.item is not None:
        lines = _paragraph(order, article)
        del lines[_item_at(lines, order.target.item)]
        for index, line in enumerate(lines):
            number = item_number(line)
            if number is not None and number > order.target.item:
                lines[index] = with_item_number(line, number - 1)
        article.rewritten = True
    elif order.target.paragraph is not None:
        _paragraph(order, article)
        del article.paragraphs[order.target.paragraph - 1]
        article.rewritten = True
    else:
        for label in numbers:
            draft.parts.remove(_article(Target(article=clause_number(label)), draft))


def _insert_inside(order: Instruction, article: Article) -> None:
    number = clause_number(re.sub(r"[（()）]", "", order.becomes[0]))
    if number is None or not number.isdecimal():
        raise CannotApplyError("the number it gives cannot be read")
    if "项" in order.becomes[0]:
        _insert_items(order, article, int(number))
    else:
        if int(number) > len(article.paragraphs) + 1:
            raise CannotApplyError(f"{article.label} has too few paragraphs")
        words = [paragraph for lines in order.words for paragraph in as_paragraphs(lines)]
        article.paragraphs[int(number) - 1 : int(number) - 1] = words
    article.rewritten = True


def _insert_items(order: Instruction, article: Article, number: int) -> None:
    lines = _paragraph(order, article)
    words = [line for quote in order.words for line in quote]
    numbers = [item_number(line) for line in lines]
    at = numbers.index(number) if number in numbers else len(lines)
    for index in range(at, len(lines)):
        known = numbers[index]
        if known is not None:
            lines[index] = with_item_number(lines[index], known + len(words))
    lines[at:at] = words


def _append(order: Instruction, article: Article) -> None:
    words = [line for quote in order.words for line in quote]
    if order.target.paragraph is not None:
        lines = _paragraph(order, article)
        lines[-1] += "".join(words)
    else:
        article.paragraphs.extend(as_paragraphs(tuple(words)))
    article.rewritten = True


def _renumber(order: Instruction, article: Article) -> None:
    """An article's new number follows when all are numbered through; a paragraph's from what is put in before it."""


_DOERS: dict[Order, Callable[[Instruction, Article], None]] = {
    Order.REPLACE: _replace,
    Order.SWAP: _swap,
    Order.DROP_WORDS: _drop_words,
    Order.INSERT_INSIDE: _insert_inside,
    Order.APPEND: _append,
    Order.RENUMBER: _renumber,
}


def _insert_articles(order: Instruction, inserted: Inserted) -> tuple[str, ...]:
    quotes = order.words
    if len(order.becomes) != len(quotes):
        raise CannotApplyError("it names another number of articles than it quotes")
    articles = [
        Article(None, label, as_paragraphs(lines), rewritten=True)
        for label, lines in zip(order.becomes, quotes, strict=True)
    ]
    inserted.append((order, articles))
    return tuple(clause_number(label) or label for label in order.becomes)


def place_of_article(order: Instruction, articles: list[Article], draft: Draft) -> None:
    """Put new articles where their numbers say: 之一 after the article it belongs to, others by count."""
    for article in articles:
        number = clause_number(article.label) or ""
        base, _, suffix = number.partition("-")
        if suffix:
            before = [
                index
                for index, part in enumerate(draft.parts)
                if isinstance(part, Article) and _belongs(part, base, int(suffix))
            ]
            at = before[-1] + 1 if before else len(draft.parts)
        else:
            plain = [
                index
                for index, part in enumerate(draft.parts)
                if isinstance(part, Article) and "之" not in part.label
            ]
            place = int(base) - 1
            at = plain[place] if place < len(plain) else (plain[-1] + 1 if plain else len(draft.parts))
            if order.after and order.target.article and (known := draft.article(order.target.article)):
                at = draft.parts.index(known) + 1
        draft.parts.insert(at, article)


def _belongs(part: Article, base: str, suffix: int) -> bool:
    """Return whether an article stands before 第X条之N: 第X条 itself, or 之 of a lower number."""
    one, _, other = (clause_number(part.label) or "").partition("-")
    return one == base and (not other or int(other) < suffix)
