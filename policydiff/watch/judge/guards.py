"""Checks between a reading and the store: a page that looks like an error page, a captcha or another document is a failure.

Messages of sites are recognised by words that they share with examples (`lexicon.examples`); sizes are compared with the last version.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from policydiff.errors import worded
from policydiff.extract.decoding import decode
from policydiff.lexicon.examples import CERTAIN, is_message, squeeze, told_by
from policydiff.lexicon.patterns import ForeignPatterns
from policydiff.lexicon.shortest_edits import common_start
from policydiff.model import ClauseKind, Document
from policydiff.settings import Expectations
from policydiff.watch import FailureKind, SourceFailedError
from policydiff.watch.judge.core import ANNEXED, core_lines, lays_down, numbered, overlap
from policydiff.watch.judge.cuts import is_wall
from policydiff.watch.judge.page_runs import LEAST_TITLE, Page, page_of
from policydiff.watch.links import check_bounds, is_html

_SHORT = 1_500
"""Characters beyond which a text is no error page, whatever its words are."""
_SENTENCE = 120
"""Characters up to which a text without clauses is a message of the site: the shortest announcements are longer."""
_FEW_CLAUSES = 3
_FOREIGN = 0.15
"""Share of the words of its provisions below which a text is another document."""
_LEAST_LAID = 60
"""Least characters of provisions, a long sentence, by which two texts can be compared; a text with fewer is made of other lines."""
_FOREIGN_NUMBER = 0.5
"""The same, where the document number is another one too."""
_BLANKS = re.compile(r"\s+")
_HEAD = 64 * 1024
_MOST_LOOKED_AT = 1024 * 1024
_LEAST_TEXT = 600
"""Characters of a page from which on it is no challenge, even with the mark of one in its source."""


class Reading(NamedTuple):
    """A text with what the parser made of it."""

    text: str
    document: Document

    @property
    def clauses(self) -> int:
        """How many clauses carry a number or a heading of their own."""
        return sum(
            1
            for clause in self.document.walk()
            if clause.number or clause.kind is ClauseKind.MEASURE or clause.heading
        )


_CHALLENGE_MARKS = tuple(
    b"__jsl_clearance acw_sc__v2 $_ts.nsd _$jsvmp cf-challenge challenge-platform geetest tcaptcha TencentCaptcha NECaptcha g-recaptcha h-captcha".split()
)
"""Marks of pages that only test the browser: script challenges and captchas of web application firewalls."""


def check_bytes(data: bytes, before: bytes = b"") -> None:
    """Refuse a page that keeps a reader busy or only asks the browser to prove itself; a mark that the last version's page bore is no sign.

    Raises SourceFailedError: structure changed for a page without bounds, blocked for a mark of a script challenge
    in a page with hardly any text.
    """
    if is_html(data):
        check_bounds(data)
    head = data[:_HEAD]
    found = next((mark for mark in _CHALLENGE_MARKS if mark in head and mark not in before), None)
    if found is None:
        return
    page = page_of(data[:_MOST_LOOKED_AT])
    if page is None or sum(len(run.words) for run in page.runs) < _LEAST_TEXT:
        raise SourceFailedError(
            FailureKind.BLOCKED,
            f"the site asks for a script or a captcha first ({found.decode()!r} in the page)",
        )


def check_reading(
    reading: Reading, expect: Expectations, previous: Reading | None, *, shrink: float, accept: bool = False
) -> None:
    """Refuse a reading that is no plausible version of its document: by the expectations of the source, and by the last recorded version, None for a first one.

    A text shorter than the share `shrink` of the last version's counts as shrunken. Where a person has looked
    (`accept`), it is held against expectations and error pages only. Raises SourceFailedError with the type and the
    figures.
    """
    if reading.clauses < _FEW_CLAUSES:
        _check_words(reading.text.splitlines())
    characters = len(_BLANKS.sub("", reading.text))
    if characters < expect.min_characters:
        raise _changed(worded(f"the text has {characters} characters, {expect.min_characters} are expected"))
    if reading.clauses < expect.min_clauses:
        raise _changed(worded(f"the text has {reading.clauses} clauses, {expect.min_clauses} are expected"))
    title = reading.document.title or ""
    if expect.title and not ForeignPatterns([expect.title]).found_in(title):
        raise _changed(worded(f"the title {title[:60]!r} does not fit {expect.title!r}"))
    squeezed = _BLANKS.sub("", reading.text)
    for words in expect.contains:
        if _BLANKS.sub("", words) not in squeezed:
            raise _changed(worded(f"the text does not hold {words!r}"))
    if previous is not None and not accept:
        _check_against(reading, previous, shrink)


def check_page(data: bytes) -> None:
    """Refuse an error page in place of a further page. Raises SourceFailedError with the failure type of its words."""
    check_bytes(data)
    page = page_of(data)
    _check_words(run.words for run in (page.runs if page is not None else ()))


def typed_by_signs(failure: SourceFailedError, data: bytes, before: bytes) -> SourceFailedError:
    """Return the failure with the type that the page's words show, such as an error message; words that the earlier page had too show nothing.

    An error page, a wall or a notice of maintenance says what it is; that a text shrank says only that it is there. The signs
    are asked in this order: words of a wall, a message, a field for a password, words behind a text that breaks off, a page
    of nothing but a script.
    """
    if failure.kind is FailureKind.BLOCKED:
        return failure  # masks and challenges are signs of their own
    page, old = page_of(data), page_of(before)
    if page is None:
        # An answer in JSON, or a line of a proxy: all of its words are its own.
        words = decode(data[:_MOST_OWN_WORDS]).text if b"<" not in data[:_HEAD] else ""
        return _typed(failure, told.kind, words) if (told := told_by(words)) else failure
    known = {*(run.words for run in old.runs), old.title} if old is not None else set[str]()
    own = [run.words for run in page.runs if _is_own(run.words, known)]
    if own and old is not None and (same := common_start(own[0], old.title)) >= LEAST_TITLE:
        own[0] = own[0][same:]
    own = own or [page.alerts]
    if old is None or page.title != old.title:
        # The name of the site ends the titles of all its pages.
        same = common_start(page.title[::-1], old.title[::-1]) if old is not None else 0
        own.insert(0, page.title[: len(page.title) - same])
    said = _message(own)
    if page.leads_on:
        return SourceFailedError(
            FailureKind.GONE, f"the page leads on to {page.leads_on}; {failure.detail}", status=failure.status
        )
    few = own if sum(map(len, own)) <= _MOST_OWN_WORDS else own[:_FIRST_LINES]
    if (wall := next(filter(is_wall, few), None)) is not None:
        return _typed(failure, FailureKind.BLOCKED, wall)
    if page.asks_password and not (old is not None and old.asks_password):
        said = (
            said if said and said[0] == FailureKind.GONE else (FailureKind.BLOCKED, "a field for a password")
        )
    if said is None and failure.kind is FailureKind.STRUCTURE and old is not None:
        behind = _behind_a_cut(page, old)
        said = (FailureKind.BLOCKED, behind) if behind else None
    if said is None and page.is_bare:
        said = FailureKind.BLOCKED, "nothing: a script alone"
    return _typed(failure, *said) if said is not None else failure


def _is_own(words: str, known: set[str]) -> bool:
    """Say whether a run of words is new on a page. Counters and tools are not, nor is the beginning of an old run, which a cut page leaves."""
    if words in known or (len(words) >= _LEAST_SENTENCE and any(each.startswith(words) for each in known)):
        return False
    return bool(core_lines(words)) or told_by(words) is not None or _CODE.fullmatch(words) is not None


_CODE = re.compile(r"[45]\d\d")
"""A status of HTTP that stands alone on an error page, where any other number would be a counter."""


def _typed(failure: SourceFailedError, kind: str, told: str) -> SourceFailedError:
    if squeeze(told) in squeeze(failure.detail):  # the reader quoted the same words
        return SourceFailedError(kind, failure.detail, status=failure.status)
    return SourceFailedError(kind, f"the page says {told[:60]!r}; {failure.detail}", status=failure.status)


def _message(own: list[str]) -> tuple[str, str] | None:
    """Return the type of failure that the new words of a page show, and these words: all words of a short page, or one of the first lines of a longer page.

    What follows the first provision is a text and no message.
    """
    first = next((n for n, words in enumerate(own) if numbered(words)), len(own))
    whole = " ".join(own)
    if len(whole) <= _MESSAGE and first == len(own):
        told = told_by(whole)
        # The name of a column alone, above a shell that a script fills, is no message.
        is_told = told is not None and (len(own) > 1 or told.margin >= CERTAIN)
        return (told.kind, whole) if told is not None and is_told else None
    lines = [words for words in own[: min(first, _FIRST_LINES)] if len(words) <= _LONGEST_LINE]
    told_lines = [(told, words) for words in lines if (told := told_by(words)) and told.margin >= CERTAIN]
    best = max(told_lines, key=lambda pair: pair[0].margin, default=None)
    return (best[0].kind, best[1]) if best is not None else None


def _behind_a_cut(page: Page, old: Page) -> str:
    """Return the new words of a site on a page that holds only a part of the old text: whatever they say, they ask for a login or a payment. Empty where there are none.

    Counters, tools, page numbers and links are no words of its own, and a page that holds hardly anything of the old one is
    another page.
    """
    known = {run.words for run in old.runs}
    told = {words for words in known if len(words) >= _LEAST_PROVISION}
    kept = told & {run.words for run in page.runs}
    own = [
        run.words for run in page.runs if not run.is_link and run.words not in known and core_lines(run.words)
    ]
    if any(numbered(words) or ANNEXED.search(words) for words in own):
        return ""  # another document has provisions of its own, and a text may stand in its annex
    said = "".join(own)
    is_part = page.title == old.title and _LEAST_KEPT * len(told) <= len(kept) < len(told)
    return said if is_part and _LEAST_SENTENCE <= len(said) <= _LONGEST_WALL else ""


_LEAST_PROVISION = 20
"""Least characters of a run that is a sentence of the text; facts and tools are shorter."""
_LEAST_SENTENCE = 8
"""Least characters, without blanks, of words that say something."""
_LONGEST_WALL = 120
_LEAST_KEPT = 0.25
"""Share of the old page's sentences that a part of it still holds."""


_MESSAGE = 240
"""Most characters of new words on a page that are read as one message."""
_FIRST_LINES, _LONGEST_LINE = 5, 60
"""Lines of a longer page among which one may say that it is an error page, and the characters of such a line."""
_MOST_OWN_WORDS = 600
"""Characters that an error page has of its own; in more of them words are those of another document, or of a list."""


def _check_words(lines: Iterable[str]) -> None:
    own = [words for line in lines if (words := squeeze(line))]
    whole = "".join(own)
    if len(whole) <= _SENTENCE:
        own = [whole]
    elif len(whole) > _SHORT:
        return
    for words in own[:_FIRST_LINES]:
        # A document may be about servers that are down: of a longer text only the very words of a message convict.
        told = told_by(words) if words == whole or is_message(words) else None
        if told is not None and told.margin >= CERTAIN:
            raise SourceFailedError(told.kind, f"the page says {words[:60]!r}: no document")


def _check_against(reading: Reading, previous: Reading, shrink: float) -> None:
    for said, least in ((squeeze, 0), (_laid_down, _LEAST_LAID)):
        old, new = (len(said(one.text)) for one in (previous, reading))
        if new < shrink * old and old >= least:
            raise _changed(worded(f"the text shrank from {old:,} to {new:,} characters"))
    if previous.clauses >= 4 and reading.clauses < shrink * previous.clauses:
        raise _changed(worded(f"the text shrank from {previous.clauses} to {reading.clauses} clauses"))
    if _is_foreign(reading, previous):
        raise _changed(
            worded(f"another document stands there: {(reading.document.title or 'without a title')[:60]!r}")
        )


def _is_foreign(reading: Reading, previous: Reading) -> bool:
    """Say whether a text is another document: it shares too few words with the last version, or another number and fewer than half of the words."""
    old, new = previous.document, reading.document
    laid = _laid_down(previous.text)
    same = overlap(previous.text, reading.text)
    same = min(same, overlap(laid, _laid_down(reading.text))) if len(laid) >= _LEAST_LAID else same
    if _BLANKS.sub("", old.title or "") == _BLANKS.sub("", new.title or ""):
        # Another text under the right title: the wall of a site, or a page about the document.
        return same < _FOREIGN
    numbers = (old.document_number, new.document_number)
    is_renumbered = None not in numbers and numbers[0] != numbers[1]
    return same < (_FOREIGN_NUMBER if is_renumbered else _FOREIGN)


def _laid_down(text: str) -> str:
    """Return the provisions of a text, or its rows where it has none: title, signature, menu and a table of facts are those of every document of a page."""
    laid = [line for line in core_lines(text) if lays_down(line)]
    return "".join([line for line in laid if not line.startswith("|")] or laid)


def _changed(detail: str) -> SourceFailedError:
    return SourceFailedError(
        FailureKind.STRUCTURE, f"{detail}: look at the page, then change the source or use --accept"
    )
