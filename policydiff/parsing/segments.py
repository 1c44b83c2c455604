"""Divides a file into its texts: the notice that carries, the text it carries, and annexes."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.titles import DocumentTitle, bare_title, same_title, text_decided_on
from policydiff.parsing.imprint import (
    ANNEX_LIST,
    CLOSING,
    HEAD,
    annex_list_end,
    imprint_end,
    is_list_entry,
    marked_end,
    names_attachment,
    opens_attachment,
    printer_at,
    with_signatures,
    without_frames,
)
from policydiff.parsing.kinds import FORMS, Kind, ends_title
from policydiff.parsing.labels import Sort
from policydiff.parsing.paragraphs import LATIN, MOST_TITLE_LINES, SENTENCE, Paragraph
from policydiff.parsing.works import (
    COUNTS_WORKS,
    HOUSE_NAME,
    IN_BRACKETS,
    ISSUES,
    OPENS_TITLE,
    contents_end,
    head_below,
    is_published,
    is_title_line,
    listed_in,
    names_collection,
    starts_text,
    starts_work,
    tells_fact,
    unnamed_contents_end,
)

_DATED = frozenset({Kind.SIGNED, Kind.DATE, Kind.PRINTED})
_ALONE = frozenset({Kind.NOTE, Kind.COPIED, Kind.PRINTED, Kind.KEYWORDS, Kind.DISCLOSURE})
_ADDS = lazy_pattern(r"[（(][^（()）]{1,20}[)）]$|第\d{1,3}号[—–-]")
"""Beginnings of lines that still belong to a title that seems complete: （试行）, 第14号——收入."""


@dataclass(eq=False, slots=True)
class Text:
    """One text of a document."""

    mark: Paragraph | None = None
    """附件1, where the text is an annex."""
    head: list[Paragraph] = field(default_factory=list)
    """Lines before the body: title, number, events."""
    title: list[Paragraph] = field(default_factory=list)
    """The lines of the head that may be the title."""
    contents: list[Paragraph] = field(default_factory=list)
    """目录 and its lines."""
    body: list[Paragraph] = field(default_factory=list)
    has_labels: bool = False
    has_articles: bool = False
    """Whether the body contains an article."""
    decided: str | None = None
    """Title of the single text that this text amends or approves, as its own title gives it."""
    carried: str | None = None
    """Title of the text that this text sends along, as its own title gives it."""
    annexes_named: list[Paragraph] = field(default_factory=list)
    """附件说明: the list of annexes above the signature."""
    tail: list[Paragraph] = field(default_factory=list)
    """Signature, date, note, 版记."""

    def take(self, paragraphs: Iterable[Paragraph]) -> None:
        """Add paragraphs to the body."""
        for each in paragraphs:
            label = each.label
            self.has_labels |= label is not None
            self.has_articles |= label is not None and label.sort is Sort.ARTICLE and not label.loose
            self.body.append(each)


def part_texts(paragraphs: list[Paragraph]) -> list[Text]:
    """Return the texts of a document in printed order; at least one."""
    texts: list[Text] = []
    index = 0
    paragraphs = with_signatures(without_frames(paragraphs))
    if any(line.text.startswith(("Order ", "Decree ")) for line in paragraphs):
        from policydiff.parsing.english_orders import take_order  # noqa: PLC0415 (for English texts alone)

        head, title, said, signed, paragraphs = take_order(paragraphs)
        texts += [Text(head=head, title=title, body=said, tail=signed)] if said else []
    while index < len(paragraphs) or not texts:
        text = Text()
        if texts and (label := paragraphs[index].label) is not None and label.sort in COUNTS_WORKS:
            paragraphs[index].label = None  # 2.某集团印章管理办法: the number of a work in its collection
        if index < len(paragraphs) and opens_attachment(paragraphs, index):
            text.mark = paragraphs[index]
            index += 1
        listed = listed_in(line for each in texts for line in each.contents)
        for _ in range(2):  # once more where the file opens with its contents
            index = _read_head(paragraphs, index, text, texts)
            index = _read_body(paragraphs, index, text, listed, texts[0] if texts else text)
            if not text.contents or text.title or text.body or text.tail:
                break
            listed |= listed_in(text.contents)
        if text.annexes_named and text.body and text.body[-1].start > text.annexes_named[0].start:
            text.body = sorted([*text.body, *text.annexes_named], key=lambda paragraph: paragraph.start)
            text.annexes_named = []
        if texts:
            _take_names(text)
        texts.append(text)
    return texts


def _read_head(paragraphs: list[Paragraph], index: int, text: Text, before: list[Text]) -> int:
    words = ""
    while index < len(paragraphs):
        paragraph = paragraphs[index]
        _tell_by_place(paragraphs, index, text)
        if before and not words and bare_title(paragraph.text) == f"{before[0].carried}目录":
            paragraph.kind = Kind.CONTENTS  # 某预案目录 above the chapters of 某预案
        counts = paragraph.kind is Kind.NUMBER and IN_BRACKETS.fullmatch(paragraph.text) is not None
        if counts and words.endswith("公报"):
            paragraph.kind = None  # （第二号） counts the bulletins of one census, and is a part of the title
        if paragraph.kind in HEAD or _is_translated(paragraphs, index):
            text.head.append(paragraph)
        elif len(text.title) < MOST_TITLE_LINES and (
            is_title_line(paragraph) or _breaks_off(paragraphs, index, words)
        ):
            if before and not _is_begun(words, before[0]) and _title_is_whole(paragraphs, index, words, text):
                break
            if names_collection(words) and (
                ends_title(paragraph.text) or starts_work(paragraphs, index, words, has_articles=True)
            ):
                break  # 某大学学生手册 is the collection's own title, and the first work's stands below it
            text.title.append(paragraph)
            text.head.append(paragraph)
            words += paragraph.text
        elif not before and (start := head_below(paragraphs, index, words)) > index:
            text.head.extend(paragraphs[index:start])
            index = start
            continue
        else:
            break
        index += 1
    return index


def _tell_by_place(paragraphs: list[Paragraph], index: int, text: Text) -> None:
    """Set the kind of a line of the head by its neighbours where its own words do not show the kind."""
    line, above = paragraphs[index], text.head[-1] if text.head else None
    counted = index + 1 < len(paragraphs) and paragraphs[index + 1].kind is Kind.NUMBER
    ends_head = line.text == "文件" or (counted and line.text in FORMS)  # 文件, or 令 above its number
    if above is not None and above.kind in (Kind.BODY_NAME, Kind.FLAG) and ends_head:
        line.kind = Kind.FLAG
    elif above is not None and not text.title and _signs_too(line, above):
        line.kind = Kind.SIGNER
    elif not text.title and tells_fact(paragraphs, index):
        line.kind = Kind.STATED


_SIGNER = lazy_pattern("[\u4e00-\u9fff]{2,4}")


def _signs_too(line: Paragraph, above: Paragraph) -> bool:
    """Return whether `line` holds only a name, in a column of signers that begins above (签发人：赵某 / 钱某某)."""
    named = above.kind is Kind.SIGNER or "签发人" in above.text
    return (
        named and line.kind is None and _SIGNER.fullmatch(line.text) is not None and not ends_title(line.text)
    )


def _is_translated(paragraphs: list[Paragraph], index: int) -> bool:
    """Return whether a line of the head repeats the title or the note of dates in a language of Latin letters, with Chinese lines after it."""
    line = paragraphs[index]
    if line.label is not None or line.rows or LATIN.fullmatch(line.text) is None:
        return False
    following = paragraphs[index + 1 : index + 1 + _LAST]
    return any(LATIN.fullmatch(each.text) is None and each.text for each in following)


def _take_names(text: Text) -> None:
    """Move the names of bodies directly above the title of an attached text into this title."""
    if not text.title:
        return
    index = next(place for place, line in enumerate(text.head) if line is text.title[0])
    while index > 0 and (above := text.head[index - 1]).kind is Kind.BODY_NAME:
        if text.mark is None and HOUSE_NAME.search(above.text) is None:
            return
        index -= 1
        text.title.insert(0, above)


def _is_begun(words: str, notice: Text) -> bool:
    """Return whether `words` are the beginning of a title that the notice announced, and the title continues (…全程分类体系 / 工作方案)."""
    if not words:
        return False
    key = DocumentTitle.parse(words).key
    listed = (_ENTRY_MARK.sub("", line.text) for line in notice.annexes_named)
    announced = [*filter(None, [notice.carried]), *(DocumentTitle.parse(title).key for title in listed)]
    return bool(key) and any(title.startswith(key) and title != key for title in announced)


_ENTRY_MARK = lazy_pattern(r"^附件?(?:[：:]|\d{0,2}[.．、：:])?(?:\d{1,2}[.．、])?")


def _title_is_whole(paragraphs: list[Paragraph], index: int, words: str, text: Text) -> bool:
    """Return whether the title of a further text, or of an annex, ends before the line at `index`.

    A kind of document at the end of a line may still be in the middle of a title (适用质证程序 / 审理国家赔偿案件的规定).
    """
    named = text.mark is not None and names_attachment(text.mark)
    if named or not words:
        return named
    if not ends_title(words):
        return text.mark is not None and not _completes(paragraphs, index, words)
    goes_on = "关于" in words and _completes(paragraphs, index, words)
    return not goes_on and _ADDS.match(paragraphs[index].text) is None


def _breaks_off(paragraphs: list[Paragraph], index: int, words: str) -> bool:
    """Return whether a line that ends in 、 is a piece of a title that the next lines complete (关于对判处管制、 / 宣告缓刑…的规定)."""
    line = paragraphs[index]
    title = words + line.text
    return (
        line.kind is None
        and line.label is None
        and not line.rows
        and line.text[-1:] == "、"
        and len(line.text) <= _LONGEST_PIECE
        and "关于" in title
        and not SENTENCE.search(line.text)
        and _completes(paragraphs, index + 1, title)
    )


_LONGEST_PIECE = 40
"""Characters of a printed line of a title, set in type larger than the text's."""


def _completes(paragraphs: list[Paragraph], index: int, words: str) -> bool:
    """Return whether the next lines go on with a title, up to a kind of document, and open none of their own."""
    after = ""
    for paragraph in paragraphs[index : index + MOST_TITLE_LINES]:
        if not (is_title_line(paragraph) or (after and paragraph.kind is Kind.BODY_NAME)):
            return False
        after += paragraph.text
        if OPENS_TITLE.match(after) or after in words:
            return False
        if ends_title(words + after):
            return True
    return False


def _read_body(
    paragraphs: list[Paragraph], index: int, text: Text, listed: frozenset[str], first: Text
) -> int:
    title = "".join(line.text for line in text.title)
    text.decided = text_decided_on(title)
    issued = ISSUES.fullmatch(title)
    carried = issued[1] if issued is not None else DocumentTitle.parse(title).carried
    text.carried = carried if _CARRYING.search(title) else None
    end = unnamed_contents_end(paragraphs, index)
    text.contents.extend(paragraphs[index:end])
    index = end
    while index < len(paragraphs):
        paragraph = paragraphs[index]
        given = text.body and _GIVES.search(text.body[-1].text) and starts_text(paragraphs, index)
        if given or ((text.body or text.tail) and _starts_annex(paragraphs, index)):
            return index
        if _starts_work(paragraphs, index, text, listed, first) or _starts_decided(paragraphs, index, text):
            return index
        if (end := annex_list_end(paragraphs, index)) > index:
            text.annexes_named.extend(paragraphs[index:end])
            index = end
            continue
        if paragraph.kind is Kind.CONTENTS and not text.contents:
            end = contents_end(paragraphs, index)
            text.contents.extend(paragraphs[index:end])
            listed |= listed_in(text.contents)
            index = end
            continue
        if paragraph.kind in CLOSING:
            end = _closing_end(paragraphs, index)
            if _closes(paragraphs, index, end, text):
                text.tail.extend(paragraphs[index:end])
                if end == len(paragraphs) or _starts_other(paragraphs, end, text):
                    return end
            else:
                text.take(paragraphs[index:end])
            index = end
            continue
        text.take([paragraph])
        index += 1
    return index


_GIVES = lazy_pattern("全文(?:公布|刊登|发布)?如下[。：]$")
"""End of a news item that prints a text in full below it."""
_CARRYING = lazy_pattern("印[发發]|下[发發]|颁发|征求|发布《", marks="印下颁征发")
_SENDS = lazy_pattern(
    "现将《([^《》]+)》(?:印发|发)给|[訂修][定正]「([^「」]+)」|(?:制定|修订)了?《([^《》]+)》[^。《》]{0,40}现予以?(?:公布|发布)"
)
_KIND_ALONE = lazy_pattern("(?:(?!关于)[\u4e00-\u9fff]){0,60}(?:公告|通告|令)")
_LAST = 3
"""Lines at the end of a notice, including its signature, in which the enclosed texts may be named; and lines below a translated title."""


def _sent(text: Text) -> str | None:
    """Return the title of the text that a notice sends, read from its last words; for notices without a title or with a bare kind (通知) as title."""
    named = any(not _KIND_ALONE.fullmatch(line.text) for line in text.title)
    words = "" if named else "".join(line.text for line in text.body[-_LAST:])
    found = _SENDS.search(words)
    return found[found.lastindex or 1] if found is not None else None


def _starts_decided(paragraphs: list[Paragraph], index: int, text: Text) -> bool:
    """Return whether the text that a decision amends begins at `index`, printed below the decision under its bare title."""
    first = paragraphs[index] if index < len(paragraphs) else None
    if first is None or not text.body or not (is_title_line(first) or first.kind is Kind.BODY_NAME):
        return False
    announced = text.decided or text.carried or _sent(text)
    if announced is None or len(first.text) > len(announced) + _LONGEST_ISSUER:
        return False
    words = ""
    for paragraph in paragraphs[index : index + MOST_TITLE_LINES]:
        if not (is_title_line(paragraph) or paragraph.kind is Kind.BODY_NAME):
            return False
        words += paragraph.text
        if same_title(words, announced) and (ends_title(words) or bare_title(words) == bare_title(announced)):
            return True
    return False


def _starts_other(paragraphs: list[Paragraph], index: int, text: Text) -> bool:
    told = is_published(paragraphs, index, text.body) or _starts_decided(paragraphs, index, text)
    return told or starts_text(paragraphs, index)


_LONGEST_ISSUER = 40
"""Most characters by which a printed title may exceed the name in the decision: the issuer in front of it, the year behind it."""


def _starts_work(
    paragraphs: list[Paragraph], index: int, text: Text, listed: frozenset[str], first: Text
) -> bool:
    """Return whether the next regulation of a compilation begins at `index`: below articles, or below the table of contents."""
    title = "".join(line.text for line in text.head if line.kind is Kind.BODY_NAME or line in text.title)
    collected = names_collection("".join(line.text for line in first.title))
    below_contents = not text.body and bool(title) and (bool(text.contents) or names_collection(title))
    if not (below_contents or listed or text.has_labels):
        return False
    begun = text.has_articles or below_contents
    return starts_work(paragraphs, index, title, has_articles=begun, listed=listed, collected=collected)


def _closes(paragraphs: list[Paragraph], start: int, end: int, text: Text) -> bool:
    """Return whether the lines from `start` to `end` close a text, and are not names and dates inside its body."""
    run = paragraphs[start:end]
    kinds = {paragraph.kind for paragraph in run}
    if kinds <= _ALONE:
        return True
    is_dated = bool(kinds & _DATED)
    if end == len(paragraphs):
        return is_dated or (text.mark is None and sum(line.kind is Kind.BODY_NAME for line in run) <= 3)
    return is_dated and (_starts_other(paragraphs, end, text) or annex_list_end(paragraphs, end) > end)


def _closing_end(paragraphs: list[Paragraph], index: int) -> int:
    """Return the index after the lines that close a text. Names below the date may begin the next text; a document number below it may end the file."""
    dated = False
    while index < len(paragraphs):
        kind = paragraphs[index].kind
        is_last = (
            dated and kind is Kind.NUMBER and all(line.kind in CLOSING for line in paragraphs[index + 1 :])
        )
        if not is_last and kind not in CLOSING and printer_at(paragraphs, index) is None:
            break
        if dated and kind is Kind.BODY_NAME and starts_text(paragraphs, index):
            break
        dated = dated or kind in _DATED
        index = max(index + 1, imprint_end(paragraphs, index))
    return index


def _starts_annex(paragraphs: list[Paragraph], index: int) -> bool:
    """Return whether an annex begins at `index`, and not the list of annexes (附件说明) above or below the signature."""
    paragraph = paragraphs[index]
    if paragraph.kind is not Kind.ANNEX and not names_attachment(paragraph):
        return False
    after = index + 1
    while after < len(paragraphs) and is_list_entry(paragraphs[after]):
        after += 1
    if after == len(paragraphs):
        lists = ANNEX_LIST.match(paragraph.text) is not None
        return paragraph.kind is Kind.ANNEX and after > index + 1 and not lists
    listed = marked_end(paragraphs, index) > index + 1
    return not listed and (paragraphs[after].kind not in CLOSING or paragraphs[after].kind is Kind.NOTE)
