"""Writes new words into a place, and sets the punctuation around words that are added or deleted.

Of two marks that a deletion leaves side by side the weaker one is deleted. Between added words and the words before them a mark
is set where only one mark is possible; else the place is in doubt.
"""

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
from policydiff.amendment.places import (
    ARTICLE_LABEL,
    HEADING_LABEL,
    ITEM_LABEL,
    Place,
    PlaceKind,
    heading_title,
)
from policydiff.amendment.quoted import ended, item_label, items_apart, quoted_articles, quoted_paragraphs
from policydiff.amendment.statute import Article, Heading, Line, Other, Paragraph, Statute
from policydiff.errors import worded
from policydiff.lexicon.numerals import clause_number, to_int
from policydiff.model.amended import Reason


def replace_words(order: Instruction, statute: Statute) -> tuple[str, ...]:
    """Give every place of an order its quoted words."""
    places = order.places
    if not places:
        raise CannotApplyError(Reason.NO_PLACE, "it does not say which article it means")
    quotes = order.words
    if len(quotes) == 1 and len(places) > 1:
        quotes = _quoted_together(quotes[0], places)
    check_count(len(places), len(quotes))
    touched: list[str] = []
    for place, words in zip(places, quotes, strict=True):
        _replace_one(place, words, statute)
        touched.extend(touch(place, statute))
    return tuple(touched)


def check_count(announced: int | None, quoted: int) -> None:
    """Refuse an order whose announced number of places differs from the number quoted; None announces nothing."""
    if announced is not None and announced != quoted:
        raise CannotApplyError(Reason.COUNTS_DIFFER, f"{announced} announced, {quoted} quoted")


def _quoted_together(words: tuple[str, ...], places: tuple[Place, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the words of each place if one quote holds the words of several places.

    Items and articles are separated by their own numbers (第七条第一项、第二项修改为：“（一）…；（二）…”),
    paragraphs by their count. The quote stays whole if its numbers are not those of the places.
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
    words = items_apart(words)
    starts = [index for index, text in enumerate(words) if Line.new(text).is_item()]
    parts = [words[start:end] for start, end in pairwise([*starts, len(words)])]
    labels = [ITEM_LABEL.match(part[0]) for part in parts]
    if starts[:1] != [0] or [to_int(each[1]) for each in labels if each] != [each.item for each in places]:
        return None
    return tuple(parts)


def _replace_one(place: Place, words: tuple[str, ...], statute: Statute) -> None:
    if place.kind in (PlaceKind.TITLE, PlaceKind.ANNEX):
        _replace_other(place, words, other_at(place, statute))
        return
    if place.kind is PlaceKind.HEADING:
        heading = heading_at(place, statute)
        if len(words) > 1:
            _replace_chapter(heading, words[1:], statute)
        printed = HEADING_LABEL.match(words[0])
        if printed is not None and printed[0].strip() != heading.label:
            statute.labelled.append((heading, printed[0].strip(), statute.speaking))
        heading.line = Line.new(heading_title(heading.label, words[0]))
        heading.ordered_by = statute.speaking
        return
    if place.part == "答复":
        _replace_answer(words, article_at(place, statute))
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


def _replace_other(place: Place, words: tuple[str, ...], other: Other) -> None:
    """Give new words to the title, to an annex, or to the name of an annex."""
    if place.kind is PlaceKind.ANNEX and place.text.endswith(NAMES):
        for name in names_of_annex(other):
            start = len(other.label) if name.text.startswith(other.label) else 0
            name.replace(start, len(name.text), "".join(words))
        return
    lines = [line.strip("《》") if place.kind is PlaceKind.TITLE else line for line in words]
    if other.label and not re.match("附[件表录图]", lines[0]):
        lines[0] = f"{other.label}{lines[0]}"
    other.content[:] = [Line.new(text) for text in lines]


def _replace_answer(words: tuple[str, ...], body: Article) -> None:
    """Give new words to the answer of a reply, between 答复如下： and 此复."""
    texts = [paragraph.text() for paragraph in body.paragraphs]
    starts = [at for at, text in enumerate(texts, 1) if re.search(r"(?:答|批|函)复如下[：:]$", text)]
    if len(starts) != 1:
        raise CannotApplyError(Reason.NO_SUCH_PLACE, "the text does not say where its answer begins")
    end = next((at for at in range(starts[0], len(texts)) if texts[at].startswith("此复")), len(texts))
    body.paragraphs[starts[0] : end] = quoted_paragraphs(ended(words, texts[end - 1]))


NAMES = ("名称", "标题", "题目")
"""Endings of a place that is the name of an annex."""


def names_of_annex(annex: Other) -> list[Line]:
    """Return the line with an annex's label and name, and the title below a repeated label (附件：甲 / 附件 / 甲)."""
    line = annex.content[0]
    if line.text == annex.label:
        raise CannotApplyError(Reason.NO_SUCH_PLACE, f"{annex.label} has no name on its line")
    return [line, *(each for each in annex.content[1:3] if each.text == line.text.removeprefix(annex.label))]


def _replace_chapter(heading: Heading, words: tuple[str, ...], statute: Statute) -> None:
    """Give new words to the articles below a heading, if the quote holds the same articles; else refuse."""
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
    """Give new words to the words before the items of a place (条首部分); the items stay."""
    if len(order.places) != 1 or len(order.words) != 1 or len(order.words[0]) != 1:
        raise CannotApplyError(Reason.COUNTS_DIFFER, "the words before the items are one line of one place")
    place = order.places[0]
    lead = lead_at(place, statute)
    lead.replace(0, len(lead.text), ended(order.words[0], lead.text)[0])
    return touch(place, statute)


def _check_title(article: Article, words: tuple[str, ...]) -> None:
    """Refuse words without a title for a level (三、) with a title, because the title may stay or go."""
    lines = list(article.lines())
    titled = article.label.endswith("、") and len(lines) > 1 and lines[0].text[-1:] not in "。；：，"
    if titled and words[0][-1:] in "。；：":
        raise CannotApplyError(
            Reason.AMBIGUOUS_PLACE, f"the order does not say whether “{lines[0].text}” stays"
        )


def own_words(words: tuple[str, ...], article: Article, statute: Statute) -> list[Paragraph]:
    """Return the paragraphs that a quote gives an article; the quote may begin with the article's old or new label."""
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
        new[0] = Line.new(item_label(place.item or 0) + words[0])
    if any(line.is_item() for line in new[1:]):
        raise CannotApplyError(Reason.COUNTS_DIFFER, f"{place.text} gets several items")
    for line in new[1:]:
        line.deep = True
    new[0].number = place.item
    paragraph.lines[index : end_of_item(paragraph, index)] = new


FIRST_WORDS = 30
"""Characters of quoted words shown in a refusal: enough to find them, short enough for one line."""
_JOINING = "、，；：。"
"""Marks between words and sentences, from weakest to strongest."""
_LIST_GOES_ON = re.compile(r"等|和|或|及|以及|与")
_AND = re.compile(r"(?:和|或者|或|及|以及|与)$")


def drop_words(line: Line, start: int, end: int, statute: Statute) -> None:
    """Delete words, and the weaker of two marks that would then stand side by side."""
    before, after = line.text[:start], line.text[end:]
    left, right = before[-1:], after[:1]
    if left in _JOINING and right in _JOINING and left and right:
        if _JOINING.index(left) <= _JOINING.index(right):
            start -= 1
        else:
            end += 1
    elif (not before or right == "、") and right in _JOINING and right:
        end += 1  # the first of a list goes: 会同环保、水利 is 会同水利
    elif left == "、" and _LIST_GOES_ON.match(after):
        start -= 1  # the last of a list goes: 环保、国土等部门 is 环保等部门
    elif _AND.search(before) and (right in _JOINING or not right):
        _doubt(line, worded(f"“{before[-4:]}{after[:4]}” would be left of a list"), statute)
    line.replace(start, end, "")


_LINKED = re.compile(r"[，、；。：“（]|和|或|及|以及|等|的|与")
_VERBS = "严格|重点|依法|依照|及时|定期|按照|根据|推动|推进|坚持|加强|促进|保障|维护|建立|健全|完善|鼓励|支持|提高|实行|实施|落实|贯彻"
_CLAUSE = re.compile(rf"并(?![列存])|应当|不得|可以|必须|同时|但|也|且|(?:{_VERBS})(?=.{{6}})")
"""Beginnings of a further clause of a sentence: words of duty, and common adverbs and verbs before longer words."""
_WHOLE_CLAUSE = re.compile(
    r"(?:推动|推进|坚持|加强|促进|保障|维护|建立|健全|完善|鼓励|支持|提高|实行|实施|落实|贯彻)[^，、；。]{4,}"
)
"""A whole clause of verb and object; inserted before another clause of a series it needs the same final mark."""
_SERIES = re.compile(rf"，(?:{_VERBS})")
"""The next clause of a series; the words before it are a clause too, however short: 鼓励创新 before ，提高效率."""
_REFERENCE_AT_END = re.compile(r"第[^第，。；]{1,12}[条款项]$")


def add_words(
    line: Line, text: str, span: tuple[int, int], words: str, order: Instruction, statute: Statute
) -> None:
    """Add words before or after quoted words of a line, with a mark between them if only one mark is possible.

    `text` is the line before the order, in which the quoted words have the half-open `span`; words that the order
    adds further on in the line do not affect the marks here. Words added after others usually need a mark, unless
    they begin with a link (和, 或者, 的). The place is in doubt if the mark is uncertain and the words do not clearly
    end a name (主管部门). Words added before others usually belong to them (县级以上人民政府 before 民政部门), unless
    the others are a member of a list.
    """
    start, end = span
    if order.before:
        _add_between(line, end, words, order)
        return
    behind = order.side == "after"
    at, words = _past_mark(text, end, words) if behind else (start, words)
    before, after = text[:at], text[at:]
    mark: str | None = ""
    if words[-1] in _JOINING or before[-1:] in (_JOINING if behind else ""):
        pass
    elif behind and not _LINKED.match(words):
        mark = _mark_behind(text[:start], before[start:], words, after)
    elif not behind and _PEER.search(words) and _PEER.search(text[start:end]):
        between = _mark_of_peers(before, text[end:])
        mark, words = (None, words) if between is None else ("", f"{words}{between}")
    elif not behind and not _BELONGS.search(words):
        # a member of a series stands between two marks, so the added member needs a mark too
        member = before[-1:] in ("、", "，") and text[end : end + 1] in ("", *_JOINING)
        mark = None if member else ""
        if member and before[-1] == "，" and _WHOLE_CLAUSE.fullmatch(words):
            mark, words = "", f"{words}，"
    if mark is None:
        one, other = (before, words) if behind else (words, after)
        _doubt(line, worded(f"the mark between “{one[-4:]}” and “{other[:4]}” is not said"), statute)
    line.replace(at, at, f"{mark or ''}{words}")


def _past_mark(text: str, at: int, words: str) -> tuple[int, str]:
    """Return the place and the words of an addition after others: “乙，” before a comma goes after it, “，乙，” drops its comma."""
    if words[-1] not in _JOINING or text[at : at + 1] != words[-1]:
        return at, words
    return (at, words[:-1]) if _LINKED.match(words) else (at + 1, words)


_PEER = re.compile(r"(?:人民政府|监察委员会|人民法院|人民检察院|(?:法院)?院长|检察长|主任|副主任|委员)$")
"""Organs of state and their heads; none is part of another's name, so one added before another is a list member."""


def _mark_of_peers(before: str, after: str) -> str | None:
    """Return the mark after an organ added before another organ; None if two marks are possible."""
    goes_on = after[:1] == "、" or _LIST_GOES_ON.match(after) is not None
    if before[-1:] == "，":
        return None if goes_on else "，"
    return "、" if goes_on or before[-1:] == "、" else None


_BELONGS = re.compile(r"(?:的|地|和|或|及|与|均|都|也|应当|可以|必须|不得|依法)$")
_ENDS_NAME = re.compile(
    r"(?:等|者|性|化|行政|主管|管理|监督|工作|服务|保护|执法|所属|有关|机关|机构|部门|单位|人员|组织|委员会|局|厅|处|所|站|委|办)"
)
"""Words that continue a name (主管部门 after 国土资源) and cannot stand alone."""


def _mark_behind(lead: str, word: str, words: str, after: str) -> str | None:
    """Return the mark between a word and the words added after it; None if two marks are possible."""
    ends = after[:1] in ("，", "；", "。", "：") or not after
    if _REFERENCE_AT_END.search(word) and ARTICLE_LABEL.match(words):
        return "、"
    series = _SERIES.match(after) and re.match(_VERBS, words) and not re.search(r"、[^，。；：]*$", lead)
    if ends and (_CLAUSE.match(words) or series):
        return "，"
    if mark := _mark_of_list(lead, word, words, after):
        return mark
    return "" if _ENDS_NAME.match(words) and not _ENDS_NAME.match(word[-2:]) else None


_ALIKE = 2
"""Characters shared by the ends of two members of one list (主席的人选, 主任的人选)."""
_ALIKE_AT_FIRST = 4
"""Characters shared by their beginnings (婴幼儿配方乳粉, 婴幼儿配方液态乳); more, as a longer name of one object begins alike."""


def _mark_of_list(lead: str, word: str, words: str, after: str) -> str:
    """Return the mark between two members of a list; empty if the added words are no member like the word before.

    The list's mark stands beside the word: 、, or ， if the next member is alike too.
    """
    same_end = word[-_ALIKE:] == words[-_ALIKE:]
    same_start = len(word) > _ALIKE_AT_FIRST and word[:_ALIKE_AT_FIRST] == words[:_ALIKE_AT_FIRST]
    if not (same_end or same_start) or words.startswith(word) or any(mark in words for mark in "，；。"):
        return ""
    follower = re.split(r"[，。；：]", after[1:], maxsplit=1)[0] if after[:1] == "，" else ""
    if follower and follower[-_ALIKE:] == words[-_ALIKE:] and lead[-1:] != "、":
        return "，"
    return "、" if same_start or after[:1] != "，" else ""


def _add_between(line: Line, at: int, words: str, order: Instruction) -> None:
    """Add words between two quoted places (在“甲”之后、“乙”之前), which at most a mark may separate."""
    follow = "".join(order.before)
    gap = next((size for size in (0, 1) if line.text[at + size :].startswith(follow)), None)
    if gap is None or (gap and line.text[at] not in _JOINING):
        raise CannotApplyError(Reason.WORDS_NOT_THERE, f"“{follow[:FIRST_WORDS]}” does not follow there")
    marked = words[0] in _JOINING, words[-1] in _JOINING
    if gap and marked == (False, False):
        raise CannotApplyError(Reason.AMBIGUOUS_PLACE, worded("a mark stands between the words it names"))
    at += gap if marked[1] and not marked[0] else 0
    line.replace(at, at, words)


def _doubt(line: Line, told: str, statute: Statute) -> None:
    articles = (part for part in statute.parts if isinstance(part, Article))
    holds = (article for article in articles if any(each is line for each in article.lines()))
    statute.unsure.append((told, next(holds, None)))
