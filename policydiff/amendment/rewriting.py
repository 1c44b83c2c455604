"""Orders that give a place new words, or change words inside it."""

import re
from itertools import pairwise

from policydiff.amendment.locating import (
    CannotApplyError,
    Instruction,
    article_at,
    end_of_item,
    heading_at,
    item_at,
    lead_at,
    lines_at,
    other_at,
    paragraph_at,
    spot_at,
    subitem_at,
    touch,
)
from policydiff.amendment.places import Place, PlaceKind
from policydiff.amendment.statute import (
    ITEM_LABEL,
    Article,
    Heading,
    Line,
    Other,
    Paragraph,
    Statute,
    quoted_articles,
    quoted_paragraphs,
    with_item_number,
)
from policydiff.lexicon.numerals import clause_number, to_int
from policydiff.model.amended import Reason

_FIRST_WORDS = 30
"""Characters of quoted words that a refusal shows: enough to find them, short enough for a line."""


def replace_words(order: Instruction, statute: Statute) -> tuple[str, ...]:
    """Give every place of an order the words quoted for it."""
    places = order.places
    if not places:
        raise CannotApplyError(Reason.NO_PLACE, "it does not say which article it means")
    quotes = order.words
    if len(quotes) == 1 and len(places) > 1:
        quotes = _quoted_together(quotes[0], places)
    if len(quotes) != len(places):
        raise CannotApplyError(Reason.COUNTS_DIFFER, f"{len(places)} places, {len(order.words)} quotes")
    touched: list[str] = []
    for place, words in zip(places, quotes, strict=True):
        _replace_one(place, words, statute)
        touched.extend(touch(place, statute))
    return tuple(touched)


def _quoted_together(words: tuple[str, ...], places: tuple[Place, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the words of each place where one quote holds those of several.

    Items and articles are told apart by their own numbers (第七条第一项、第二项修改为：“（一）…；（二）…”), paragraphs by their
    count. The quote is left whole where the numbers are not those of the places.
    """
    if all(place.item is not None and place.subitem is None for place in places):
        return _items_together(words, places) or (words,)
    if any(place.item is not None or place.sentence is not None or place.part for place in places):
        return (words,)
    if all(place.paragraph is not None for place in places):
        paragraphs = quoted_paragraphs(words)
        if len({place.article for place in places}) == 1 and len(paragraphs) == len(places):
            return tuple(tuple(line.text for line in paragraph.lines) for paragraph in paragraphs)
    elif all(place.paragraph is None and place.kind is PlaceKind.ARTICLE for place in places):
        articles = quoted_articles(words)
        if [clause_number(label or "") for label, _ in articles] == [place.article for place in places]:
            return tuple(
                tuple(line.text for paragraph in paragraphs for line in paragraph.lines)
                for _, paragraphs in articles
            )
    return (words,)


def _items_together(words: tuple[str, ...], places: tuple[Place, ...]) -> tuple[tuple[str, ...], ...] | None:
    starts = [index for index, text in enumerate(words) if Line.new(text).is_item()]
    parts = [words[start:end] for start, end in pairwise([*starts, len(words)])]
    labels = [ITEM_LABEL.match(part[0]) for part in parts]
    if starts[:1] != [0] or [to_int(each[1]) for each in labels if each] != [each.item for each in places]:
        return None
    return tuple(parts)


def _replace_one(place: Place, words: tuple[str, ...], statute: Statute) -> None:
    if place.kind in (PlaceKind.TITLE, PlaceKind.ANNEX):
        other = other_at(place, statute)
        if place.kind is PlaceKind.ANNEX and place.text.endswith(NAMES):
            name = name_of_annex(other)
            name.replace(len(other.label), len(name.text), "".join(words))
            return
        lines = [line.strip("《》") if place.kind is PlaceKind.TITLE else line for line in words]
        if other.label and not re.match("附[件表录图]", lines[0]):
            lines[0] = f"{other.label}{lines[0]}"
        other.content[:] = [Line.new(text) for text in lines]
        return
    if place.kind is PlaceKind.HEADING:
        heading = heading_at(place, statute)
        if len(words) > 1:
            _replace_chapter(heading, words[1:], statute)
        heading.line = Line.new(heading_title(heading.label, words[0]))
        heading.ordered_by = statute.speaking
        return
    if place.sentence is not None or place.part:
        line, start, end = spot_at(place, statute)
        line.replace(start, end, ended(("".join(words),), line.text[:end])[0])
        return
    if place.kind is PlaceKind.WHOLE or place.last is not None:
        raise CannotApplyError(Reason.COUNTS_DIFFER, f"one quote cannot be the words of {place.text}")
    article = article_at(place, statute)
    before = lines_at(place, statute)
    words = ended(words, before[-1].text if before else "")
    if place.paragraph is None and place.item is None:
        _check_title(article, words)
        article.paragraphs = own_words(words, article, statute)
        article.rewritten = True
    elif place.item is None:
        paragraph = paragraph_at(place, article)
        new = quoted_paragraphs(words)
        new[0].number = paragraph.number
        at = article.paragraphs.index(paragraph)
        article.paragraphs[at : at + 1] = new
    else:
        _replace_item(place, words, paragraph_at(place, article))


NAMES = ("名称", "标题", "题目")
"""Ends of a place that is the name of an annex."""


def name_of_annex(annex: Other) -> Line:
    """Return the line that holds an annex's label and its name."""
    line = annex.content[0]
    if line.text == annex.label:
        raise CannotApplyError(Reason.NO_SUCH_PLACE, f"{annex.label} has no name on its line")
    return line


def _replace_chapter(heading: Heading, words: tuple[str, ...], statute: Statute) -> None:
    """Give the articles below a heading new words, where the quote holds the same articles; others are not guessed."""
    below: list[Article] = []
    for part in statute.parts[statute.parts.index(heading) + 1 :]:
        if not isinstance(part, Article) or not part.numbered:
            break
        below.append(part)
    quoted = quoted_articles(words)
    numbers = [clause_number(label or "") for label, _ in quoted]
    if numbers != [article.number for article in below] or any(article.gone for article in below):
        raise CannotApplyError(
            Reason.COUNTS_DIFFER, "a heading is one line, and articles are replaced by their numbers"
        )
    for article, (_, paragraphs) in zip(below, quoted, strict=True):
        for place, paragraph in enumerate(paragraphs, start=1):
            paragraph.number = place if place <= len(article.paragraphs) else None
        article.paragraphs, article.changed = paragraphs, True


def replace_lead(order: Instruction, statute: Statute) -> tuple[str, ...]:
    """Give the words before the items of a place (条首部分) new words; the items stay."""
    if len(order.places) != 1 or len(order.words) != 1 or len(order.words[0]) != 1:
        raise CannotApplyError(Reason.COUNTS_DIFFER, "the words before the items are one line of one place")
    place = order.places[0]
    lead = lead_at(place, statute)
    lead.replace(0, len(lead.text), ended(order.words[0], lead.text)[0])
    return touch(place, statute)


_MARKS_AT_END = "。；：，、？！"


def ended(words: tuple[str, ...], before: str) -> tuple[str, ...]:
    """Return new words with the mark at their end: where the quote leaves it out, the one that stood there before."""
    last = words[-1]
    if not before or before[-1] not in _MARKS_AT_END or last[-1:] in f"{_MARKS_AT_END}”’）)》…|":
        return words
    return (*words[:-1], f"{last}{before[-1]}")


def _check_title(article: Article, words: tuple[str, ...]) -> None:
    """Refuse words for a level (三、) that has a title of its own, where they give none: the title may stay or go."""
    lines = list(article.lines())
    titled = article.label.endswith("、") and len(lines) > 1 and lines[0].text[-1:] not in "。；：，"
    if titled and words[0][-1:] in "。；：":
        raise CannotApplyError(
            Reason.AMBIGUOUS_PLACE, f"the order does not say whether “{lines[0].text}” stays"
        )


def own_words(words: tuple[str, ...], article: Article, statute: Statute) -> list[Paragraph]:
    """Return the paragraphs a quote gives an article; the quote may print the article's label, before or after."""
    quoted = quoted_articles(words, levels=article.label.endswith("、"))
    if len(quoted) > 1:
        raise CannotApplyError(Reason.COUNTS_DIFFER, f"one article, {len(quoted)} articles quoted")
    label, new = quoted[0]
    if label is not None:
        statute.labelled.append((article, clause_number(label) or label, statute.speaking))
    for place, paragraph in enumerate(new, start=1):
        paragraph.number = place if place <= len(article.paragraphs) else None
    return new


def _replace_item(place: Place, words: tuple[str, ...], paragraph: Paragraph) -> None:
    if place.subitem is not None:
        index = subitem_at(place, paragraph)
        if len(words) != 1:
            raise CannotApplyError(Reason.COUNTS_DIFFER, f"{place.text} gets {len(words)} lines")
        old = paragraph.lines[index]
        label = re.match(r"(?:\d{1,3}[.．、]|[（(]\d{1,3}[）)]|[①-⑳])?", old.text)
        text = words[0] if Line.new(words[0]).deep or label is None else f"{label[0]}{words[0]}"
        paragraph.lines[index] = Line.new(text)
        return
    index = item_at(place, paragraph)
    new = [Line.new(text) for text in words]
    if not new[0].is_item():
        new[0] = Line.new(with_item_number("（一）", place.item or 0) + words[0])
    if any(line.is_item() for line in new[1:]):
        raise CannotApplyError(Reason.COUNTS_DIFFER, f"{place.text} gets several items")
    for line in new[1:]:
        line.deep = True
    new[0].number = place.item
    paragraph.lines[index : end_of_item(paragraph, index)] = new


def heading_title(label: str, words: str) -> str:
    """Return a heading's title without its label, which a quote may print."""
    match = re.match(r"第[^\s　]{1,9}?(?:编|分编|章|节|部分)[\s　]+", words)
    return words[match.end() :] if match else words.removeprefix(label).strip("　 ")
