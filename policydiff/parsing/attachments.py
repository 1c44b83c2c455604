"""Attachments that a document announces (附件说明) or its page links to, each with whether its text is in the file; and the marks of attached texts."""

from collections.abc import Iterator
from itertools import chain

from policydiff.lexicon.numerals import clause_number
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.titles import bare_title, same_title
from policydiff.model import Attachment
from policydiff.parsing.kinds import HOW_MANY, ends_title
from policydiff.parsing.segments import Text
from policydiff.parsing.title_lines import Title
from policydiff.parsing.tree import Doubts

MARK = lazy_pattern(
    r"[（(【\[]?附(?:件|录|表|图)?(?:[：:]?\d{1,2}(?:[-－—]\d{1,2})?|[一二三四五六七八九十]{1,3}|[A-Z])?[：:.．、)）】\]]?"
)
_DIGITS = lazy_pattern("[附件录表图：:.．、（()）【】\\[\\]]")
_AROUND_MARK = lazy_pattern(r"[（()）【】\[\]：:.．、]")
_OPENING = lazy_pattern(r"附件?[：:]?")
_ENTRY = lazy_pattern(
    r"(\d{1,2})[.．、](?!\d(?!\d{3}年))|[（(](\d{1,2})[）)]|(?m:^)附件(\d{1,2}(?![\d-])|[一二三四五六七八九十]{1,3})[：:.．、]?"
)


_NAMELESS = lazy_pattern("(?i:docx?|xlsx?|pptx?|pdf|wps|et|ofd|zip|rar)")
"""Endings left where the name of a file holds nothing but its mark: 附件1.docx."""
_COUNT = lazy_pattern(r"^\d{1,2}[.．、]\s*(?=\D)")
_FILE_ENDING = lazy_pattern(
    r"(?i:\s*\.(?:docx?|xlsx?|pptx?|pdf|wps|et|ofd|rtf|zip|rar|7z)(?:\s*[（(][^（()）]{1,12}[)）])?)$",
    marks=".",
)
_LEADERS = lazy_pattern(r"(?m:(?:(?<![.．·])[.．·]{3,}|(?<![…⋯])[…⋯]+)\s*[（(]?\d{0,4}[)）]?$)")
"""Points and the page behind the title of an attachment."""


def mark_of(text: Text) -> tuple[str | None, str]:
    """Return the mark of an attached text without its colon (附件1), and the other words of its line."""
    if text.mark is None:
        return None, ""
    match = MARK.match(text.mark.whole)
    label = match[0] if match is not None else text.mark.whole
    return _AROUND_MARK.sub("", label), text.mark.whole[len(label) :].lstrip()


def mark_number(label: str) -> str | None:
    """Return the number of a mark in digits: `1` for 附件一."""
    return clause_number(_DIGITS.sub("", label))


def read_attachments(
    main: Text, notice: Text | None, annexes: list[Text], linked: str, doubts: Doubts
) -> tuple[Attachment, ...]:
    """Return the attachments in the announced order, followed by the further ones that the page links to (`linked`, with bars between them) or that are present."""
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
            named = f"附件{number}.{title}" if _NAMELESS.fullmatch(title) else title
            found.append(Attachment(label=label, title=named, present=index is not None))
            if index is None:
                doubts.note(f"attachment announced and not in this text: {named}", text.annexes_named[0].span)
    found.extend(_linked(linked, found, held, taken, doubts))
    for index, (label, title) in enumerate(held):
        if index not in taken and label is not None:
            found.append(Attachment(label=label, title=title or None, present=True))
    return tuple(found)


def _linked(
    linked: str,
    found: list[Attachment],
    held: list[tuple[str | None, str]],
    taken: set[int],
    doubts: Doubts,
) -> Iterator[Attachment]:
    """Yield the attachments that the page links to and the text does not announce."""
    known = [bare_title(_FILE_ENDING.sub("", each.title or "")) for each in found]
    for line in filter(None, (_COUNT.sub("", each.strip()) for each in linked.split("|"))):
        mark = MARK.match(line)
        words = line[mark.end() :].strip() if mark is not None else line
        words = words if len(words) >= _SHORTEST_TITLE else line  # 附件下载 names none
        title = _FILE_ENDING.sub("", words)
        if not (key := bare_title(title)) or any(each and (each in key or key in each) for each in known):
            continue
        label = _AROUND_MARK.sub("", mark[0]) if mark is not None else "附件"
        index = _match(mark_number(label), title, held, taken)
        if index is not None:
            taken.add(index)
        else:
            doubts.note(f"attachment announced and not in this text: {words}")
        known.append(key)
        yield Attachment(label=label, title=words, present=index is not None)


def _announced(text: Text) -> list[tuple[str | None, str]]:
    """Return number and title of each attachment in a list 附件：1.甲　2.乙."""
    words = "".join(
        f"{printed}\n"
        for line in text.annexes_named
        for printed in ([row.text.replace("\t", " ").strip() for row in line.rows] or [line.whole])
    )
    words = _LEADERS.sub("", words)
    if not _ENTRY.match(words):
        words = _OPENING.sub("", words, count=1)
    entries: list[tuple[str | None, str]] = []
    marks = list(_ENTRY.finditer(words))
    if not marks:
        title = "".join(words.split())
        return [(None, title)] if title else []
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        title = words[mark.end() : following.start() if following is not None else len(words)]
        entries.append((mark_number(mark[mark.lastindex or 1]), "".join(title.split())))
    return entries


_HOW_MANY = lazy_pattern(rf"[（(]{HOW_MANY}[)）]$", marks="共")


def _match(number: str | None, title: str, held: list[tuple[str | None, str]], taken: set[int]) -> int | None:
    """Return the index of the text meant: the one with this title, else the one with this number and no other title."""
    wanted = bare_title(_HOW_MANY.sub("", title))
    names = [bare_title(_HOW_MANY.sub("", its_title)) for _, its_title in held]
    free = [index for index in range(len(held)) if index not in taken]
    named = (at for at in free if names[at] and (names[at].endswith(wanted) or wanted.endswith(names[at])))
    marked = (
        at for at in free if (label := held[at][0]) and not held[at][1] and mark_number(label) == number
    )
    return next(chain(named, marked), None)


def title_of_mark(text: Text, *, alone: bool = False) -> Title | None:
    """Return the title beside the mark of an attached text (附件：某某办法); alone in its file the text may be a form with any name."""
    words = mark_of(text)[1]
    is_title = ends_title(words) or (
        alone and len(words) >= _SHORTEST_TITLE and not set(words) & set("。；，")
    )
    return Title(words, (text.mark,), sure=True) if text.mark is not None and is_title else None


_SHORTEST_TITLE = 4
"""Least characters of the words beside a mark that name a text; 申请书 alone names a form on any subject."""


def decided_text(decision: Text, rest: list[Text]) -> Text | None:
    """Return the only attached text that a decision amends or approves; None if there is none, or more than one."""
    if decision.decided is None:
        return None
    titles = ((text, mark_of(text)[1] + "".join(line.text for line in text.title)) for text in rest)
    found = [text for text, words in titles if same_title(words, decision.decided)]
    return found[0] if len(found) == 1 and found[0].body else None
