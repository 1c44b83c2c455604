"""Guards between a reading and the store: what looks like an error page, a captcha or another document is a failure.

The words and marks of such pages are data (`guards.toml`); sizes are held against the last version.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from policydiff.extract.sniff import decode
from policydiff.lexicon.patterns import ForeignPatterns
from policydiff.model import ClauseKind, Document
from policydiff.settings import Expectations
from policydiff.watch.failure import FailureKind, SourceFailedError
from policydiff.watch.judge.core import ANNEXED, core_lines, numbered, overlap, simplified, squeeze
from policydiff.watch.judge.cuts import wall_of
from policydiff.watch.judge.page_runs import Page, page_of

_SHORT = 1_500
"""Characters beyond which a text is not taken for an error page, whatever its words."""
_SENTENCE = 120
"""Characters up to which a text without clauses is a message of the site: the shortest announcements are longer."""
_FEW_CLAUSES = 3
_FOREIGN = 0.15
"""Share of common words below which a text under another title is another document."""
_FOREIGN_NUMBER = 0.5
"""The same, where the document number is another one too."""
_BLANKS = re.compile(r"\s+")
_HEAD = 64 * 1024
_MOST_LOOKED_AT = 1024 * 1024
_IDEOGRAPHS = re.compile(rb"[\xb0-\xf7][\x80-\xfe]")
"""Roughly one hit a character, in UTF-8 and in GB 18030."""


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


class _Sign(NamedTuple):
    kind: FailureKind
    words: tuple[str, ...]
    """Words that convict a short text."""
    patterns: re.Pattern[str]
    """What tells the type of a page that is refused already."""
    tokens: re.Pattern[str]
    """Words of which the most tell the type of a short page that is refused already, where nothing plainer stands on it."""


@cache
def _tables() -> tuple[tuple[_Sign, ...], tuple[bytes, ...]]:
    data = tomllib.loads(files("policydiff.watch.judge").joinpath("guards.toml").read_text("utf-8"))
    signs = tuple(
        _Sign(
            FailureKind(sign["kind"]),
            tuple(sign["words"]),
            re.compile("|".join(f"(?:{each})" for each in sign["patterns"]), re.IGNORECASE | re.MULTILINE),
            re.compile(sign["tokens"], re.IGNORECASE),
        )
        for sign in data["sign"]
    )
    return signs, tuple(mark.encode() for mark in data["challenge_marks"])


def check_bytes(data: bytes, before: bytes = b"") -> None:
    """Refuse a page that only asks the browser to prove itself; a mark that the last version's page bore is no sign.

    Raises:
        SourceFailedError: blocked, if a mark of a script challenge stands in a page that holds hardly any text.
    """
    _, marks = _tables()
    head = data[:_HEAD]
    found = next((mark for mark in marks if mark in head and mark not in before), None)
    if found is not None and len(_IDEOGRAPHS.findall(data[:_MOST_LOOKED_AT])) < 600:
        raise SourceFailedError(
            FailureKind.BLOCKED,
            f"the site asks for a script or a captcha first ({found.decode()!r} in the page)",
        )


def check_reading(
    reading: Reading, expect: Expectations, previous: Reading | None, *, shrink: float, accept: bool = False
) -> None:
    """Refuse a reading that is no plausible version of its document.

    Args:
        reading: What was read.
        expect: What the source must hold.
        previous: The last recorded version, None for a first one.
        shrink: Share of the last version's length below which a text counts as shrunken.
        accept: A person has looked: hold the reading against expectations and error pages, not against the last version.

    Raises:
        SourceFailedError: with the type and the figures.
    """
    _check_error_page(reading)
    _check_expectations(reading, expect)
    if previous is not None and not accept:
        _check_against(reading, previous, shrink)


def check_page(data: bytes) -> None:
    """Refuse a page that should have led further and is an error page instead.

    Raises:
        SourceFailedError: with the type that its words tell.
    """
    check_bytes(data)
    page = page_of(data)
    _check_words("".join(run.words for run in page.runs) if page is not None else "")


def typed_by_signs(failure: SourceFailedError, data: bytes, before: bytes) -> SourceFailedError:
    """Return a failure with the type that the page's own words tell, where they stood on no earlier page.

    An error page, a wall or a notice of maintenance says what it is; that a text shrank says only that it is there.
    """
    page, old = page_of(data), page_of(before)
    if page is None:
        # An answer in JSON, or a line of a proxy: all of its words are its own.
        told = _sign(squeeze(decode(data[:_MOST_OWN_WORDS]).text)) if b"<" not in data[:_HEAD] else None
        return _typed(failure, *told) if told is not None else failure
    known = {run.words for run in old.runs} if old is not None else set[str]()
    words = page.title + "\n" if old is None or page.title != old.title else ""
    own = "".join(run.words for run in page.runs if run.words not in known) or page.alerts
    words += own if len(own) <= _MOST_OWN_WORDS else own[:_OPENING]
    if (wall := wall_of(own)) is not None:
        return _typed(failure, FailureKind.BLOCKED, wall)
    asks = page.asks_password and not (old is not None and old.asks_password)
    # Of a first page nobody knows which of its words are the document's.
    sign = _sign(words, wide=old is not None)
    if asks and (sign is None or sign[0] is not FailureKind.GONE):
        sign = FailureKind.BLOCKED, "a field for a password"
    is_message = len(words) <= _MESSAGE and not any(numbered(run.words) for run in page.runs)
    if sign is None and old is not None and is_message:
        sign = _by_tokens(simplified(words))
    if sign is None and failure.kind is FailureKind.STRUCTURE and old is not None:
        said = _behind_a_cut(page, old)
        sign = (FailureKind.BLOCKED, said[:60]) if said else None
    if sign is None and page.is_bare:
        sign = FailureKind.BLOCKED, "nothing: a script alone"
    return _typed(failure, *sign) if sign is not None else failure


def _typed(failure: SourceFailedError, kind: FailureKind, told: str) -> SourceFailedError:
    return SourceFailedError(kind, f"the page says {told!r}; {failure.detail}", status=failure.status)


def _sign(words: str, *, wide: bool = True) -> tuple[FailureKind, str] | None:
    """Return the type that the words of a refused page tell, and the words."""
    words = simplified(words)
    for sign in _tables()[0]:
        found = next((each for each in sign.words if each in words), None)
        told = found or (match[0] if wide and (match := sign.patterns.search(words)) else None)
        if told is not None:
            return sign.kind, told[:60]
    return None


def _behind_a_cut(page: Page, old: Page) -> str:
    """Return what a site says of its own on a page that holds only a part of the old one: a wall, whatever its words are.

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
"""Characters of a run that is a sentence of the text, and no fact or tool beside it."""
_LEAST_SENTENCE = 8
"""Characters, blanks aside, of words that say something."""
_LONGEST_WALL = 120
_LEAST_KEPT = 0.25
"""Share of the old page's sentences that a part of it still holds."""


def _by_tokens(words: str) -> tuple[FailureKind, str] | None:
    """Return the type of which most words stand in a message, the first of equals."""
    found = [(sign.kind, sign.tokens.findall(words)) for sign in _tables()[0] if sign.tokens.pattern]
    kind, said = max(found, key=lambda pair: len({each.lower() for each in pair[1]}))
    return (kind, " ".join(said)[:60]) if said else None


_MESSAGE = 240
"""Characters of a message of a site, of which single words tell the type."""
_MOST_OWN_WORDS = 600
"""Characters that an error page has of its own; in more of them words are those of another document, or of a list."""
_OPENING = 200
"""Characters of a longer page within which an error page says that it is one."""


def _check_error_page(reading: Reading) -> None:
    if reading.clauses < _FEW_CLAUSES:
        _check_words(squeeze(reading.text))


def _check_words(text: str) -> None:
    if len(text) > _SHORT:
        return
    if len(text) <= _SENTENCE and (told := _sign(text)) is not None:
        raise SourceFailedError(told[0], f"the page says {told[1]!r} in {len(text)} characters: no document")
    for sign in _tables()[0]:
        for words in sign.words:
            if words in text:
                raise SourceFailedError(
                    sign.kind, f"the page says {words!r} in {len(text)} characters: no document"
                )


def _check_expectations(reading: Reading, expect: Expectations) -> None:
    characters = len(_BLANKS.sub("", reading.text))
    if characters < expect.min_characters:
        raise _changed(f"the text has {characters} characters, {expect.min_characters} are expected")
    if reading.clauses < expect.min_clauses:
        raise _changed(f"the text has {reading.clauses} clauses, {expect.min_clauses} are expected")
    title = reading.document.title or ""
    if expect.title and not ForeignPatterns([expect.title]).found_in(title):
        raise _changed(f"the title {title[:60]!r} does not fit {expect.title!r}")
    squeezed = _BLANKS.sub("", reading.text)
    for words in expect.contains:
        if _BLANKS.sub("", words) not in squeezed:
            raise _changed(f"the text does not hold {words!r}")


def _check_against(reading: Reading, previous: Reading, shrink: float) -> None:
    old, new = (len(_BLANKS.sub("", one.text)) for one in (previous, reading))
    if new < shrink * old:
        raise _changed(f"the text shrank from {old:,} to {new:,} characters")
    if previous.clauses >= 4 and reading.clauses < shrink * previous.clauses:
        raise _changed(f"the text shrank from {previous.clauses} to {reading.clauses} clauses")
    if _is_foreign(reading, previous):
        raise _changed(
            f"another document stands there: {(reading.document.title or 'without a title')[:60]!r}"
        )


def _is_foreign(reading: Reading, previous: Reading) -> bool:
    """Say whether title and words, or title and number and most words, are not those of the document."""
    old, new = previous.document, reading.document
    if _BLANKS.sub("", old.title or "") == _BLANKS.sub("", new.title or ""):
        # Another text under the right title: the wall of a site, or a page about the document.
        return overlap(previous.text, reading.text) < _FOREIGN
    numbers = (old.document_number, new.document_number)
    is_renumbered = None not in numbers and numbers[0] != numbers[1]
    return overlap(previous.text, reading.text) < (_FOREIGN_NUMBER if is_renumbered else _FOREIGN)


def _changed(detail: str) -> SourceFailedError:
    return SourceFailedError(
        FailureKind.STRUCTURE, f"{detail}: look at the page, then change the source or use --accept"
    )
