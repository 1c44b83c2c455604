"""Attachments: those that a document announces (附件说明) held against those whose text it holds."""

from policydiff.lexicon.numerals import clause_number
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.titles import bare_title, same_title
from policydiff.model import Attachment
from policydiff.parsing.account import Doubts
from policydiff.parsing.document_types import ends_title
from policydiff.parsing.segments import Text
from policydiff.parsing.titles import Title

MARK = lazy_pattern(r"附(?:件|录|表|图)?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[A-Z])?[：:]?")
_DIGITS = lazy_pattern("[附件录表图：:]")
_OPENING = lazy_pattern(r"附件?[：:]?")
_ENTRY = lazy_pattern(r"(\d{1,2})[.．、](?!\d)|[（(](\d{1,2})[）)]|(?m:^)附件(\d{1,2})[：:.、]?")


def mark_of(text: Text) -> tuple[str | None, str]:
    """Return the mark of an attached text without its colon (附件1), and what else stands on its line."""
    if text.mark is None:
        return None, ""
    match = MARK.match(text.mark.whole)
    label = match[0] if match is not None else text.mark.whole
    return label.rstrip("：:"), text.mark.whole[len(label) :]


def mark_number(label: str) -> str | None:
    """Return the number of a mark in digits: `1` for 附件一."""
    return clause_number(_DIGITS.sub("", label))


def read_attachments(
    main: Text, notice: Text | None, annexes: list[Text], doubts: Doubts
) -> tuple[Attachment, ...]:
    """Return the attachments in the order announced, then those that are present unannounced."""
    held: list[tuple[str | None, str]] = []
    for text in [*([main] if notice is not None else []), *annexes]:
        label, rest = mark_of(text)
        held.append((label, rest + "".join(line.whole for line in text.title)))
    found: list[Attachment] = []
    taken: set[int] = set()
    for text in [*([notice] if notice is not None else []), main]:
        entries = _announced(text)
        for number, title in entries:
            index = _match(number if len(entries) > 1 else None, title, held, taken)
            if index is not None:
                taken.add(index)
            label = f"附件{number}" if len(entries) > 1 and number else "附件"
            found.append(Attachment(label=label, title=title, present=index is not None))
            if index is None:
                doubts.note(f"attachment announced and not in this text: {title}", text.annexes_named[0].span)
    for index, (label, title) in enumerate(held):
        if index not in taken and label is not None:
            found.append(Attachment(label=label, title=title or None, present=True))
    return tuple(found)


def _announced(text: Text) -> list[tuple[str | None, str]]:
    """Return number and title of each attachment that a list 附件：1.甲　2.乙 names."""
    words = "".join(
        f"{printed}\n"
        for line in text.annexes_named
        for printed in ([row.text.replace("\t", " ").strip() for row in line.rows] or [line.whole])
    )
    if not _ENTRY.match(words):
        words = _OPENING.sub("", words, count=1)
    entries: list[tuple[str | None, str]] = []
    marks = list(_ENTRY.finditer(words))
    if not marks:
        title = "".join(words.split())
        return [(None, title)] if title else []
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        title = words[mark.end() : following.start() if following is not None else len(words)]
        entries.append((mark[1] or mark[2] or mark[3], "".join(title.split())))
    return entries


def _match(number: str | None, title: str, held: list[tuple[str | None, str]], taken: set[int]) -> int | None:
    """Return which text is meant: the one of this title, else the one of this number that bears no other title."""
    wanted = bare_title(title)
    for index, (_, its_title) in enumerate(held):
        its_bare = bare_title(its_title)
        if (
            index not in taken
            and its_bare
            and (its_bare == wanted or its_bare.endswith(wanted) or wanted.endswith(its_bare))
        ):
            return index
    for index, (label, its_title) in enumerate(held):
        if index not in taken and not its_title and label is not None and mark_number(label) == number:
            return index
    return None


def decided_text(decision: Text, rest: list[Text]) -> Text | None:
    """Return the one attached text that a decision amends or approves; None where there is none, or more than one."""
    if decision.decided is None:
        return None
    found = [text for text in rest if same_title(_title_words(text), decision.decided)]
    return found[0] if len(found) == 1 and found[0].body else None


def title_of_mark(text: Text) -> Title | None:
    """Return the title that stands beside the mark of an attached text: 附件：某某办法."""
    words = mark_of(text)[1]
    return Title(words, (text.mark,), sure=True) if text.mark is not None and ends_title(words) else None


def _title_words(text: Text) -> str:
    return mark_of(text)[1] + "".join(line.text for line in text.title)


def joined_texts(first: Text, second: Text) -> Text:
    """Return an announcement and the decision that it publishes as one text: both carry what the decision amends."""
    joined = Text()
    joined.mark = first.mark
    for text in (first, second):
        joined.head.extend(text.head)
        joined.title.extend(text.title)
        joined.contents.extend(text.contents)
        joined.take(text.body)
        joined.annexes_named.extend(text.annexes_named)
        joined.tail.extend(text.tail)
    return joined
