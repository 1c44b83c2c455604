"""Orders that give a place new words, or change words inside it."""

import re
from collections.abc import Iterator
from itertools import pairwise

from policydiff.amendment.locating import (
    CannotApplyError,
    Instruction,
    Order,
    article_at,
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
    ITEM_LABEL,
    Article,
    Line,
    Paragraph,
    Statute,
    quoted_articles,
    quoted_paragraphs,
    with_item_number,
)
from policydiff.errors import worded
from policydiff.lexicon.numerals import to_int
from policydiff.lexicon.widths import fold as fold_width
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
    """Return the words of each place where one quote holds those of several items, told apart by their own numbers.

    第七条第一项、第二项修改为：“（一）…；（二）…”. The quote is left whole where the numbers are not those of the places.
    """
    if any(place.item is None or place.subitem is not None for place in places):
        return (words,)
    starts = [index for index, text in enumerate(words) if Line.new(text).is_item()]
    parts = [words[start:end] for start, end in pairwise([*starts, len(words)])]
    labels = [ITEM_LABEL.match(part[0]) for part in parts]
    if starts[:1] != [0] or [to_int(each[1]) for each in labels if each] != [each.item for each in places]:
        return (words,)
    return tuple(parts)


def _replace_one(place: Place, words: tuple[str, ...], statute: Statute) -> None:
    if place.kind in (PlaceKind.TITLE, PlaceKind.ANNEX):
        other = other_at(place, statute)
        lines = [line.strip("《》") if place.kind is PlaceKind.TITLE else line for line in words]
        if other.label and not re.match("附[件表录图]", lines[0]):
            lines[0] = f"{other.label}{lines[0]}"
        other.content[:] = [Line.new(text) for text in lines]
        return
    if place.kind is PlaceKind.HEADING:
        heading = heading_at(place, statute)
        if len(words) > 1:
            raise CannotApplyError(
                Reason.COUNTS_DIFFER, "a heading is one line, and articles are replaced by their numbers"
            )
        heading.line = Line.new(heading_title(heading.label, words[0]))
        return
    if place.sentence is not None:
        line = lines_at(place, statute)[-1 if place.sentence == -1 else 0]
        start, end = _sentence_span(line.text, place.sentence)
        line.replace(start, end, _ended(("".join(words),), line.text[:end])[0])
        return
    if place.kind is PlaceKind.WHOLE or place.last is not None:
        raise CannotApplyError(Reason.COUNTS_DIFFER, f"one quote cannot be the words of {place.text}")
    article = article_at(place, statute)
    before = lines_at(place, statute)
    words = _ended(words, before[-1].text if before else "")
    if place.paragraph is None and place.item is None:
        article.paragraphs = own_words(words, article)
    elif place.item is None:
        paragraph = paragraph_at(place, article)
        new = quoted_paragraphs(words)
        new[0].number = paragraph.number
        at = article.paragraphs.index(paragraph)
        article.paragraphs[at : at + 1] = new
    else:
        _replace_item(place, words, paragraph_at(place, article))


def replace_lead(order: Instruction, statute: Statute) -> tuple[str, ...]:
    """Give the words before the items of a place (条首部分) new words; the items stay."""
    if len(order.places) != 1 or len(order.words) != 1 or len(order.words[0]) != 1:
        raise CannotApplyError(Reason.COUNTS_DIFFER, "the words before the items are one line of one place")
    place = order.places[0]
    lines = paragraph_at(place, article_at(place, statute)).lines
    if len(lines) < 2 or lines[0].is_item():
        raise CannotApplyError(Reason.NO_SUCH_PLACE, f"{place.text} has no words before items")
    lines[0].replace(0, len(lines[0].text), _ended(order.words[0], lines[0].text)[0])
    return touch(place, statute)


_MARKS_AT_END = "。；：，、？！"


def _ended(words: tuple[str, ...], before: str) -> tuple[str, ...]:
    """Return new words with the mark at their end: where the quote leaves it out, the one that stood there before."""
    last = words[-1]
    if not before or before[-1] not in _MARKS_AT_END or last[-1:] in f"{_MARKS_AT_END}”’）)》…|":
        return words
    return (*words[:-1], f"{last}{before[-1]}")


def own_words(words: tuple[str, ...], article: Article) -> list[Paragraph]:
    """Return the paragraphs a quote gives an article; the quote may print the article's label."""
    quoted = quoted_articles(words)
    if len(quoted) > 1:
        raise CannotApplyError(Reason.COUNTS_DIFFER, f"one article, {len(quoted)} articles quoted")
    new = quoted[0][1]
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


def _words(order: Instruction) -> Iterator[tuple[str, str]]:
    old, new = (["\n".join(lines) for lines in side] for side in (order.old_words, order.words))
    if order.order is Order.DROP_WORDS:
        new = [""] * len(old)
    elif order.order is Order.ADD_WORDS:
        new = new * len(old) if len(new) == 1 else new
        if len(old) == len(new):
            after = order.side == "after"
            new = [f"{one}{other}" if after else f"{other}{one}" for one, other in zip(old, new, strict=True)]
    elif len(new) == 1:
        new = new * len(old)
    if len(old) != len(new):
        raise CannotApplyError(Reason.COUNTS_DIFFER, f"{len(old)} quotes become {len(new)}")
    return zip(old, new, strict=True)


def change_words(order: Instruction, statute: Statute) -> tuple[str, ...]:
    """Change words at every place named; a place without them refuses the order."""
    places = order.places or (Place(kind=PlaceKind.WHOLE, text=worded("the text")),)
    if order.order is Order.SWAP and len(order.old_words) != len(order.words) and len(order.words) > 1:
        return _exchange_paragraphs(order, statute)
    touched: list[str] = []
    pairs = list(_words(order))
    for place in places:
        for one, other in pairs:
            _substitute(place, one, other, order, statute)
        if len(order.old_words) > len(order.words) == 1:
            _refuse_twice(lines_at(place, statute), pairs[0][1])
        touched.extend(touch(place, statute))
    return tuple(touched)


def _refuse_twice(lines: list[Line], words: str) -> None:
    """Refuse one quote for several where the new words would stand twice side by side: 公安、工商 to 市监 is no 市监、市监."""
    if any(re.search(rf"{re.escape(words)}[、和及与]{re.escape(words)}", line.text) for line in lines):
        raise CannotApplyError(Reason.COUNTS_DIFFER, f"“{words}” would stand twice side by side")


def _substitute(place: Place, one: str, other: str, order: Instruction, statute: Statute) -> None:
    if "\n" in one:
        return _substitute_lines(place, one, other, statute)
    named = place if order.places else Place(kind=PlaceKind.WHOLE, text=worded("the text"))
    if place.kind is PlaceKind.WHOLE:
        found = _substitute_everywhere(one, other, order, statute)
    else:
        lines = lines_at(place, statute)
        found = sum(_substitute_line(line, one, other, named, order) for line in lines)
        if not found and order.order is Order.SWAP:
            found = _substitute_but_for_marks(lines, one, other, named)
    if not found:
        raise CannotApplyError(Reason.WORDS_NOT_THERE, f"{place.text} does not hold “{one[:_FIRST_WORDS]}”")
    return None


def _substitute_everywhere(one: str, other: str, order: Instruction, statute: Statute) -> int:
    """Change words wherever they stand; where the order does not say 全文 or 统一, they must stand once only."""
    lines = [line for line in statute.lines() if one in line.text]
    headings = [part for part in statute.headings() if part.text().replace("　", "") == one.replace("　", "")]
    count = sum(line.text.count(one) for line in lines)
    if not count and len(headings) == 1:
        headings[0].line = Line.new(heading_title(headings[0].label, other))
        return 1
    if count > 1 and not order.everywhere:
        raise CannotApplyError(
            Reason.AMBIGUOUS_PLACE,
            f"“{one[:_FIRST_WORDS]}” stands {count} times, and the order names no place",
        )
    for line in lines:
        _substitute_line(line, one, other, Place(), order)
        for part in statute.parts:
            if isinstance(part, Article) and not part.changed and any(each is line for each in part.lines()):
                part.changed = True
    return count


def _substitute_line(line: Line, one: str, other: str, place: Place, order: Instruction) -> int:
    """Change words in a line, or in the sentence of it that the place names; return how often they stood there.

    Words that an order puts in cite the numbers after the amendment; those it only adds something to do not. Words
    that the amendment wrote are not changed again: orders quote the text before (“甲”修改为“乙”、“乙”修改为“丙”).
    """
    start, end = _sentence_span(line.text, place.sentence)
    count, at = 0, line.text.find(one, start)
    while at >= 0 and at + len(one) <= end:
        if not order.everywhere and any(first <= at and at + len(one) <= last for first, last in line.fresh):
            at = line.text.find(one, at + 1)
            continue
        count += 1
        keep = _kept(one, other) if order.order is Order.ADD_WORDS else (0, 0)
        line.replace(at + keep[0], at + len(one) - keep[1], other[keep[0] : len(other) - keep[1]])
        end += len(other) - len(one)
        at = line.text.find(one, at + len(other))
    return count


def _substitute_but_for_marks(lines: list[Line], one: str, other: str, place: Place) -> int:
    """Change words that stand in one line alone of a place, and there with other punctuation than quoted."""
    found: list[tuple[Line, int, int]] = []
    for line in lines:
        start, end = _sentence_span(line.text, place.sentence)
        span = _span_but_for_marks(line.text[start:end], one)
        if span and not any(a < start + span[1] and start + span[0] < b for a, b in line.fresh):
            found.append((line, start + span[0], start + span[1]))
    if len(found) != 1:
        return 0
    line, start, end = found[0]
    line.replace(start, end, other)
    return 1


_LEAST_WITHOUT_MARKS = 12
"""Words and digits that quoted words must hold to be found although marks differ: shorter ones could be others."""
_MEASURES = frozenset("%‰℃°¥$€.~-")


def _span_but_for_marks(text: str, words: str) -> tuple[int, int] | None:
    """Return the only span that holds quoted words but for punctuation, blanks and width, which editions print unlike.

    Examples:
        >>> _span_but_for_marks("发展科学、文化、卫生、体育事业，城乡建设和财政。", "文化、卫生、体育事业、城乡建设和财政")
        (5, 23)
    """
    kept = [(place, folded) for place, mark in enumerate(text) if _is_word(folded := fold_width(mark))]
    held = "".join(folded for _, folded in kept)
    wanted = "".join(folded for mark in words if _is_word(folded := fold_width(mark)))
    if len(wanted) < _LEAST_WITHOUT_MARKS or held.count(wanted) != 1:
        return None
    at = held.index(wanted)
    first, behind = kept[at][0], kept[at + len(wanted) - 1][0] + 1
    if not _is_word(fold_width(words[0])):
        first -= first > 0 and not _is_word(fold_width(text[first - 1]))
    if not _is_word(fold_width(words[-1])):
        behind += behind < len(text) and not _is_word(fold_width(text[behind]))
    return first, behind


def _is_word(mark: str) -> bool:
    return mark.isalnum() or mark in _MEASURES


def _kept(one: str, other: str) -> tuple[int, int]:
    """Return how many characters two texts share at the front and at the end: those are no words of the amendment."""
    limit = min(len(one), len(other))
    front = next((i for i in range(limit) if one[i] != other[i]), limit)
    back = next((i for i in range(limit - front) if one[-1 - i] != other[-1 - i]), limit - front)
    return front, back


def _sentence_span(text: str, number: int | None) -> tuple[int, int]:
    if number is None:
        return 0, len(text)
    ends = [match.end() for match in re.finditer(r"[。；！？]|$", text) if match.end()]
    starts = [0, *ends[:-1]]
    index = len(starts) - 1 if number == -1 else number - 1
    if number != -1 and index >= len(starts):
        raise CannotApplyError(Reason.NO_SUCH_PLACE, f"there is no sentence {number}")
    if number == -1 and text.endswith("。") and len(starts) > 1 and starts[-1] == len(text):
        index -= 1
    return starts[index], len(text) if number == -1 else ends[index]


def _substitute_lines(place: Place, one: str, other: str, statute: Statute) -> None:
    """Change words that run over several paragraphs: they must be whole paragraphs of one article."""
    article = article_at(place, statute)
    texts = [paragraph.text() for paragraph in article.paragraphs]
    for start in range(len(texts)):
        for end in range(start + 1, len(texts) + 1):
            if "\n".join(texts[start:end]) == one:
                article.paragraphs[start:end] = quoted_paragraphs(tuple(other.split("\n"))) if other else []
                return
    raise CannotApplyError(Reason.WORDS_NOT_THERE, f"{place.text} does not hold “{one[:_FIRST_WORDS]}”")


def _exchange_paragraphs(order: Instruction, statute: Statute) -> tuple[str, ...]:
    """Put other paragraphs for those quoted: the quotes of both sides are whole paragraphs, in order."""
    if len(order.places) != 1:
        raise CannotApplyError(
            Reason.COUNTS_DIFFER, f"{len(order.old_words)} quotes become {len(order.words)}"
        )
    old = "\n".join("\n".join(lines) for lines in order.old_words)
    new = "\n".join("\n".join(lines) for lines in order.words)
    _substitute_lines(order.places[0], old, new, statute)
    return touch(order.places[0], statute)
