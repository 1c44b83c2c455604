"""Carries out orders that change, delete and add words inside a place.

Words are changed at every place that the order names, or the order is refused. Changes given in one sentence are made at
once, so that no change alters words that another change has just written. Where an order leaves out a punctuation mark
(在“甲”后增加“乙” inside a sentence), the mark is set if only one mark is possible; else the place is in doubt.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from policydiff.amendment.locating import (
    CannotApplyError,
    Instruction,
    Order,
    article_at,
    articles_at,
    lines_at,
    other_at,
    other_sentence,
    row_holding,
    span_in,
    touch,
)
from policydiff.amendment.places import HEADING_LABEL, Place, PlaceKind, heading_title
from policydiff.amendment.quoted import quoted_paragraphs
from policydiff.amendment.rewriting import FIRST_WORDS, NAMES, add_words, drop_words, names_of_annex
from policydiff.amendment.statute import Article, Line, Statute
from policydiff.errors import worded
from policydiff.lexicon.titles import TEXT_KINDS
from policydiff.lexicon.widths import fold as fold_width
from policydiff.model.amended import Reason

_Pair = tuple[str, str]
_Found = tuple[Line, int, int, _Pair]
"""A line, the half-open span of quoted words in it, and the quoted and new words."""


def change_words(order: Instruction, statute: Statute) -> tuple[str, ...]:
    """Change words at every place named; refuse the order if a place does not hold them."""
    if order.unit == "行":
        # Insert lines after or before the line of an annex that holds the words: 附件1中“甲”后增加一行
        if len(order.places) != 1 or order.places[0].kind is not PlaceKind.ANNEX or len(order.old_words) != 1:
            raise CannotApplyError(Reason.WORDING, "a line is added to one annex, beside one other line")
        content = other_at(order.places[0], statute).content
        row = row_holding("".join(order.old_words[0]), content, order.places[0])
        at = next(index for index, line in enumerate(content) if line is row) + (order.side == "after")
        content[at:at] = [Line.new(text) for quote in order.words for text in quote]
        return touch(order.places[0], statute)
    places = order.places or (Place(kind=PlaceKind.WHOLE, text=worded("the text")),)
    if order.order is Order.SWAP and len(order.old_words) != len(order.words) and len(order.words) > 1:
        return _exchange_paragraphs(order, statute)
    touched: list[str] = []
    places = tuple(each for place in places for each in _one_by_one(place, statute))
    old, new = (["\n".join(lines) for lines in side] for side in (order.old_words, order.words))
    if order.order is Order.DROP_WORDS:
        new = [""] * len(old)
    elif order.order is Order.ADD_WORDS:
        new = new * len(old) if len(new) == 1 else new
    elif len(new) == 1:
        new = new * len(old)
    if len(old) != len(new):
        raise CannotApplyError(Reason.COUNTS_DIFFER, f"{len(old)} quotes become {len(new)}")
    pairs = list(zip(old, new, strict=True))
    left_out = [line for place in order.but for line in lines_at(place, statute)]
    for place in places:
        changed = _change(place, pairs, order, statute, left_out)
        if len(order.old_words) > len(order.words) == 1:
            _refuse_twice(lines_at(changed, statute), pairs[0][1])
        touched.extend(touch(changed, statute))
    return tuple(touched)


def _one_by_one(place: Place, statute: Statute) -> Iterator[Place]:
    """Yield the single articles of a range (第六条至第九条), because each of them must hold the words."""
    if place.last is None:
        yield place
        return
    for article in articles_at(place, statute):
        yield replace(place, article=article.number, last=None, text=article.label)


def change_end_mark(order: Instruction, statute: Statute) -> tuple[str, ...]:
    """Change the mark at the end of a place: 将第四项句末的分号改为句号."""
    old, new = order.old_words[0][0], order.words[0][0]
    touched: list[str] = []
    for place in order.places:
        line = lines_at(place, statute)[-1]
        if line.text.endswith(new) and any(end == len(line.text) for _, end in line.fresh):
            touched.extend(touch(place, statute))  # the item behind it went, and left its mark
            continue
        if not line.text.endswith(old):
            raise CannotApplyError(Reason.WORDS_NOT_THERE, f"{place.text} does not hold “{old}”")
        line.end_with(new)
        touched.extend(touch(place, statute))
    return tuple(touched)


def _refuse_twice(lines: list[Line], words: str) -> None:
    """Refuse one new quote for several old ones if it would appear twice side by side: 公安、工商 → 市监、市监."""
    if any(re.search(rf"{re.escape(words)}[、和及与]{re.escape(words)}", line.text) for line in lines):
        raise CannotApplyError(Reason.COUNTS_DIFFER, f"“{words}” would stand twice side by side")


def _change(
    place: Place, pairs: list[_Pair], order: Instruction, statute: Statute, left_out: list[Line]
) -> Place:
    """Change words in one place; return the place, or its article if the words stand elsewhere in the article."""
    if any("\n" in one for one, _ in pairs):
        for one, other in pairs:
            _substitute_lines(place, one, other, statute)
        return place
    whole = place.kind is PlaceKind.WHOLE
    held = _held(place, statute, left_out)
    if order.widening and not whole:
        place, held = _widened(place, held, pairs, statute)
    if whole or place.kind is PlaceKind.TITLE:  # 删去标题“三、其他”: the heading of that name
        pairs = _without_headings(pairs, held, order, statute)
    held = _sentence_lines(held, place)
    spots = [(line, *spot) for line in held for spot in _spots(line, pairs, place, order)]
    _refuse_other_sentence(held, spots, place, order)
    spots = _with_other_marks(pairs, spots, place, held, order)
    if whole:
        _refuse_ambiguous(pairs, spots, place, order)
    _doubt_part_of_word(spots, statute)
    if order.nth is not None:
        if order.nth > len(spots) or len(pairs) != 1:
            raise CannotApplyError(Reason.WORDS_NOT_THERE, f"{place.text} does not hold “{pairs[0][0]}”")
        spots = [spots[order.nth - (order.nth > 0)]]
    before = {id(line): line.text for line in held}
    for line, start, end, pair in reversed(spots):
        if whole:
            _change_throughout(line, start, end, statute)
        _write((line, start, end, pair), before[id(line)], order, statute)
    return place


def _held(place: Place, statute: Statute, left_out: list[Line]) -> list[Line]:
    """Return the lines of a place in which words are searched, without lines that the order excepts."""
    if place.kind is PlaceKind.ANNEX and place.text.endswith(NAMES):
        return names_of_annex(other_at(place, statute))
    return [line for line in lines_at(place, statute) if not any(line is each for each in left_out)]


def _refuse_other_sentence(held: list[Line], spots: list[_Found], place: Place, order: Instruction) -> None:
    """Refuse words of a counted sentence that would be found elsewhere if semicolons also ended sentences."""
    for line in held:
        narrow = other_sentence(line.text, place)
        if narrow is None:
            continue
        inside = [spot for spot in spots if narrow[0] <= spot[1] and spot[2] <= narrow[1]]
        if len(inside) >= (order.nth or 1) and len(inside) != len(spots):
            raise CannotApplyError(
                Reason.AMBIGUOUS_PLACE, f"{place.text} is another one where semicolons end sentences too"
            )


def _inside_name(line: Line, start: int, end: int) -> str:
    """Return the name 《…》 that contains words as a part; empty if the words are the whole name or outside names."""
    for match in re.finditer(r"《(?:中华人民共和国)?([^《》]*)》", line.text):
        if match.start(1) <= start and end <= match.end(1) and match[1] != line.text[start:end]:
            return match[0]
    return ""


_Spot = tuple[int, int, _Pair]


def _spots(line: Line, pairs: list[_Pair], place: Place, order: Instruction) -> Iterator[_Spot]:
    """Yield the places of quoted words in a line, the longest at each place (see `_pairs`).

    Words that the amendment wrote are not changed again, because orders quote the text before it.
    """
    start, end = span_in(line.text, place)
    at = start
    longest = sorted(pairs, key=lambda pair: -len(pair[0]))
    while at < end:
        for pair in longest:
            last = at + len(pair[0])
            if last <= end and line.text.startswith(pair[0], at):
                fresh = any(a < last and at < b for a, b in line.fresh)
                if order.everywhere or not fresh:
                    yield at, last, pair
                    at = last - 1
                    break
        at += 1


def _sentence_lines(held: list[Line], place: Place) -> list[Line]:
    """Return the line in which a sentence of a place is counted: the first, or the last for 末句."""
    if place.sentence in (None, 1, -1) or len(held) < 2:
        return {1: held[:1], -1: held[-1:]}.get(place.sentence or 0, held)
    raise CannotApplyError(
        Reason.AMBIGUOUS_PLACE, f"{place.text} has {len(held)} lines, and the order counts sentences"
    )


def _with_other_marks(
    pairs: list[_Pair], spots: list[_Found], place: Place, held: list[Line], order: Instruction
) -> list[_Found]:
    """Return the spots, including spots whose words differ only in punctuation; refuse words that are not there."""
    found = {pair for *_, pair in spots}
    for pair in pairs:
        if pair in found:
            continue
        other = _but_for_marks(held, pair[0], place) if order.order is Order.SWAP else []
        if len(other) != 1 or any(
            line is other[0][0] and start < other[0][2] and other[0][1] < end for line, start, end, _ in spots
        ):
            raise CannotApplyError(
                Reason.WORDS_NOT_THERE, f"{place.text} does not hold “{pair[0][:FIRST_WORDS]}”"
            )
        spots = [*spots, (*other[0], pair)]
    index = {id(line): number for number, line in enumerate(held)}
    return sorted(spots, key=lambda spot: (index[id(spot[0])], spot[1]))


def _refuse_ambiguous(pairs: list[_Pair], spots: list[_Found], place: Place, order: Instruction) -> None:
    """Refuse words without a place that occur more than once, unless the order means every occurrence (全文, 本法中)."""
    for one, other in pairs:
        count = sum(pair == (one, other) for *_, pair in spots)
        if count > 1 and not (order.everywhere or order.nth) and not place.text.endswith(_THROUGHOUT):
            raise CannotApplyError(
                Reason.AMBIGUOUS_PLACE,
                f"“{one[:FIRST_WORDS]}” stands {count} times, and the order names no place",
            )


def _doubt_part_of_word(spots: list[_Found], statute: Statute) -> None:
    """Doubt a single character extended at several spots: 区 → 县（区） is not meant inside 行政区域, 帐 → 账 is."""
    for pair in {pair for *_, pair in spots if len(pair[0]) == 1 < len(pair[1])}:
        if pair[0].isalpha() and sum(each == pair for *_, each in spots) > 1:
            told = worded(f"“{pair[0]}” stands several times, perhaps inside of other words")
            statute.unsure.append((told, None))


_THROUGHOUT = (*TEXT_KINDS.split("|"), "全文", "全篇", "通篇", "各条", "条文", "条款")
"""Endings of places that mean the whole text."""


def _widened(
    place: Place, held: list[Line], pairs: list[_Pair], statute: Statute
) -> tuple[Place, list[Line]]:
    """Return the place of words named without a place: the previous place, or else its article.

    删去第四项中的“甲”，将“乙”修改为“丙”: 乙 may stand in the item or elsewhere in the article; both at once is ambiguous.
    """
    article = replace(place, paragraph=None, item=None, subitem=None, sentence=None, part="", holding="")
    if article == place or place.kind is not PlaceKind.ARTICLE:
        return place, held
    around = [line for line in lines_at(article, statute) if not any(line is each for each in held)]
    inside, outside = (
        all(any(one in line.text for line in lines) for one, _ in pairs) for lines in (held, around)
    )
    if inside and outside:
        told = worded(f"“{pairs[0][0][:FIRST_WORDS]}” stands in {place.text} and around it")
        raise CannotApplyError(Reason.AMBIGUOUS_PLACE, told)
    return (place, held) if inside or not outside else (article, [*held, *around])


def _without_level(pair: _Pair) -> _Pair:
    """Return quoted words without the number 四、 that both sides begin with, because the text stores numbers separately."""
    label = re.match(r"[一二三四五六七八九十]{1,3}、", pair[0])
    if label is None or not pair[1].startswith(label[0]):
        return pair
    return pair[0][label.end() :], pair[1][label.end() :]


def _without_headings(
    pairs: list[_Pair], held: list[Line], order: Instruction, statute: Statute
) -> list[_Pair]:
    """Rename or delete headings quoted with their number (第二章 总则); return the remaining changes of words."""
    left: list[_Pair] = []
    for one, other in map(_without_level, pairs) if statute.levels else pairs:
        named = [
            part for part in statute.headings() if part.text().replace("　", "") == one.replace("　", "")
        ]
        if len(named) != 1 or any(one in line.text for line in held) or order.order is Order.ADD_WORDS:
            left.append((one, other))
        elif other:
            label = HEADING_LABEL.match(other)
            if label is not None and label[0].strip() != named[0].label:
                named[0].label = label[0].strip()
                statute.relabelled.append((named[0], statute.speaking))
            named[0].line = Line.new(heading_title(named[0].label, other))
        else:
            named[0].gone = True
    return left


def _change_throughout(line: Line, start: int, end: int, statute: Statute) -> None:
    """Mark the article of a line as changed; doubt words inside the name of another text."""
    if name := _inside_name(line, start, end):
        told = worded(f"“{line.text[start:end][:FIRST_WORDS]}” stands in the name {name}")
        statute.unsure.append((told, None))
    for part in statute.parts:
        if isinstance(part, Article) and not part.changed and any(each is line for each in part.lines()):
            part.changed = True


def _write(spot: _Found, before: str, order: Instruction, statute: Statute) -> None:
    """Change quoted words at one spot of a line; `before` is the line before the order, with the marks around the words.

    Words that an order writes cite the new numbers; words that it only extends keep their references.
    """
    line, start, end, (_, words) = spot
    if order.order is Order.ADD_WORDS:
        add_words(line, before, (start, end), words, order, statute)
    elif order.order is Order.DROP_WORDS:
        lead, tail = map(len, order.around)
        drop_words(line, start + lead, end - tail, statute)
    else:
        # no mark stands before 的, which continues the words before it
        start -= words.startswith("的") and start > 0 and line.text[start - 1] in "，、；"
        line.replace(start, end, words)


def _but_for_marks(lines: list[Line], one: str, place: Place) -> list[tuple[Line, int, int]]:
    """Return the spots of quoted words in a place that differ from the quote only in punctuation."""
    found: list[tuple[Line, int, int]] = []
    for line in lines:
        start, end = span_in(line.text, place)
        span = _span_but_for_marks(line.text[start:end], one)
        if span and not any(a < start + span[1] and start + span[0] < b for a, b in line.fresh):
            found.append((line, start + span[0], start + span[1]))
    return found


_LEAST_WITHOUT_MARKS = 12
"""Least number of letters and digits of quoted words that are searched without punctuation; shorter words could be others."""
_MEASURES = frozenset("%‰℃°¥$€.~-")


def _span_but_for_marks(text: str, words: str) -> tuple[int, int] | None:
    """Return the only span with the quoted words apart from punctuation, blanks and width, which vary between editions.

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


def _substitute_lines(place: Place, one: str, other: str, statute: Statute) -> None:
    """Change words across several paragraphs, which must be whole paragraphs of one article."""
    article = article_at(place, statute)
    texts = [paragraph.text() for paragraph in article.paragraphs]
    for start in range(len(texts)):
        for end in range(start + 1, len(texts) + 1):
            if "\n".join(texts[start:end]) == one:
                article.paragraphs[start:end] = quoted_paragraphs(tuple(other.split("\n"))) if other else []
                return
    raise CannotApplyError(Reason.WORDS_NOT_THERE, f"{place.text} does not hold “{one[:FIRST_WORDS]}”")


def _exchange_paragraphs(order: Instruction, statute: Statute) -> tuple[str, ...]:
    """Replace quoted paragraphs by other paragraphs; both quotes hold whole paragraphs, in order."""
    if len(order.places) != 1:
        raise CannotApplyError(
            Reason.COUNTS_DIFFER, f"{len(order.old_words)} quotes become {len(order.words)}"
        )
    old = "\n".join("\n".join(lines) for lines in order.old_words)
    new = "\n".join("\n".join(lines) for lines in order.words)
    _substitute_lines(order.places[0], old, new, statute)
    return touch(order.places[0], statute)
