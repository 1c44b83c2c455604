"""The request to the reader of a format, its limits, and its result; small enough to be imported quickly by the worker process."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, Literal, NamedTuple

from policydiff.errors import InvalidLimitError

_MEBIBYTE = 1024 * 1024
_LOWEST = {"ocr_pages": 0, "seconds": 0.001, "ocr_seconds": 0.001}
_DAY = 86_400
_HIGHEST = {"nesting": 1_000, "seconds": _DAY, "ocr_seconds": _DAY, "memory_bytes": 1 << 46}


@cache
def library(name: str) -> str:
    """Return a library with its installed version, as versions of extractors name it: `selectolax 0.3.21`."""
    from importlib.metadata import version  # noqa: PLC0415 (asked by the readers that call a library, once each)

    return f"{name} {version(name)}"


def _check(name: str, value: object, *, whole: bool) -> None:
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
        raise InvalidLimitError(f"{name} is a {'whole ' if whole else ''}number, not {value!r}")
    least, most = _LOWEST.get(name, 1), _HIGHEST.get(name, math.inf)
    if not least <= value <= most:
        bounds = f"from {least:,}" + (f" to {most:,}" if name in _HIGHEST else "")
        raise InvalidLimitError(f"{name} is a number {bounds}, not {value!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Sizes beyond which a file is refused with one clear error.

    A plain dataclass, so that the worker process need not load the model. The table `[extract]` of a
    `policydiff.toml` holds the same names.

    Raises:
        InvalidLimitError: if a limit is no number or out of its range.
    """

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012 (read by pydantic where settings are validated)

    file_bytes: int = 64 * _MEBIBYTE
    """Size of the captured file."""
    text_characters: int = 20_000_000
    """Length of the extracted text."""
    pages: int = 2_000
    """Pages of a PDF or OFD."""
    unpacked_bytes: int = 256 * _MEBIBYTE
    """Sum of all members of a zip container."""
    members: int = 10_000
    """Members of a zip container."""
    nesting: int = 250
    """Depth of elements in HTML (libxml2 has a limit of its own for XML, 256)."""
    seconds: float = 120.0
    """Wall time of the worker process, optical character recognition apart."""
    memory_bytes: int = 3 * 1024 * _MEBIBYTE
    """Address space of the worker process (RLIMIT_AS)."""
    ocr_pages: int = 300
    """Pages without text that are recognised; the others are named in a warning."""
    ocr_seconds: float = 60.0
    """Wall time that each recognised page adds."""
    ocr_pixels: int = 20_000_000
    """Pixels of a rendered page; a larger page is rendered coarser."""

    def __post_init__(self) -> None:
        for field in fields(self):
            _check(field.name, getattr(self, field.name), whole=field.type is int)


DEFAULT_LIMITS = Limits()
LIMIT_NAMES = tuple(field.name for field in fields(Limits))


def parse_limits(assignments: Iterable[str], basis: Limits = DEFAULT_LIMITS) -> Limits:
    """Return the limits with those of `NAME=VALUE` put in place.

    Raises:
        InvalidLimitError: if one is not of this form, names no limit, or is out of its range.

    Examples:
        >>> parse_limits(["pages=50", "seconds=7.5"]).pages
        50
    """
    given: dict[str, Any] = {}
    for assignment in assignments:
        name, equals, value = (part.strip() for part in assignment.partition("="))
        if not equals or name not in LIMIT_NAMES:
            raise InvalidLimitError(
                f"{assignment!r} sets no limit: write NAME=VALUE, with one of {', '.join(LIMIT_NAMES)}"
            )
        given[name] = _number(name, value)
    return replace(basis, **given)


def _number(name: str, value: str) -> float:
    try:
        return int(value)
    except ValueError:
        pass
    try:
        return float(value)
    except ValueError:
        raise InvalidLimitError(f"{name} is a number, not {value!r}") from None


Revisions = Literal["final", "original"]
Pairs = tuple[tuple[str, str], ...]
BlockKind = Literal["paragraph", "row", "note"]
RemarkKind = Literal[
    "next page", "previous page", "attached text", "damage", "unread", "recognition", "left out", "layout", "encoding",
    "converter",
]  # fmt: skip
"""The values of `WarningKind` of the model, which the worker does not load."""


class Request(NamedTuple):
    """One file to read."""

    data: bytes
    limits: Limits = DEFAULT_LIMITS
    revisions: Revisions = "final"
    """Tracked changes accepted, or refused."""
    select: tuple[str, ...] = ()
    """CSS selectors of the blocks of a page that hold the document; empty for the block that is found by itself."""
    ignore: tuple[str, ...] = ()
    """CSS selectors of blocks of a page that are cut out first."""
    page_done: Callable[[], None] = lambda: None
    """Called after each recognised page: recognition has time for each, everything else has not."""
    whole: bool = False
    """Whether all of a page is the document, as where a word processor made it or holds it."""


class RecognisedPage(NamedTuple):
    """A page whose text was recognised from its picture."""

    page: int
    """1-based."""
    engine: str
    confidence: float
    """Mean over the page's characters, 0 … 1, as the engine gives it."""


class Block(NamedTuple):
    """A line of the text, with layout and style as far as the format knows them."""

    text: str
    kind: BlockKind = "paragraph"
    centred: bool = False
    size: float = 0.0
    """Height of the type in points; 0 where the format does not say."""
    bold: bool = False
    style: str = ""
    """Name of the paragraph's style (`Title`, `heading 1`); empty where it has none."""
    label: int = 0
    """Characters at the front that are the number of an automatic list."""


class Form(NamedTuple):
    """Form that a file gives to one line of a text; the words of the line are not in it."""

    line: int
    """Index of the line, 0-based."""
    kind: BlockKind
    centred: bool
    size: float
    bold: bool
    style: str
    label: int


class LeftOut(NamedTuple):
    """Words of the file that are not in its text, and why."""

    kind: str
    """`struck`, `deleted`, `inserted`, `hidden`, `header`, `footer`, `page number`, `comment`, `watermark`, `page`,
    `beside`."""
    text: str
    times: int = 1
    """Number of times it stands in the file."""


class Remark(NamedTuple):
    """Warning for readers of the text on how it was got from the file."""

    kind: RemarkKind
    text: str
    """A sentence in English; the catalogue has the Chinese."""
    page: int | None = None
    """1-based, where it is about one page."""
    words: str = ""
    """The words of the text that it is about; empty where it is about the whole, or about what is missing."""
    links: Pairs = ()
    """Where the missing part stands: (words, address as the page writes it)."""


class Reading(NamedTuple):
    """Text of a file, one paragraph a line, and how it was got."""

    text: str
    extractor: str
    version: str
    """Version of the library or program that did the reading."""
    title: str | None = None
    metadata: Pairs = ()
    links: Pairs = ()
    warnings: tuple[Remark, ...] = ()
    recognised: tuple[RecognisedPage, ...] = ()
    forms: tuple[Form, ...] = ()
    """Forms of the lines of the text, in the order of lines; plain paragraphs may be missing."""
    left_out: tuple[LeftOut, ...] = ()


def text_and_forms(blocks: Iterable[Block]) -> tuple[str, tuple[Form, ...]]:
    """Return the blocks as a text, one a line, and what is known of its lines."""
    lines: list[str] = []
    forms: list[Form] = []
    for block in blocks:
        if block[1:] != _PLAIN:
            forms.append(Form(len(lines), *block[1:]))
        lines.append(block.text)
    return "\n".join((*lines, "")) if lines else "", tuple(forms)


_PLAIN = Block("")[1:]
PLACES_PER_CELL = 20
"""A heading over "all" columns says colspan=100; rows of five cells below it then have twenty places for each cell."""
MOST_PLACES_BEYOND = 500_000
"""Places that tables may have beyond that: about a second of work; 37 kB of spans can ask for forty million."""
LAYOUT_CELL = 800
LAYOUT_PARAGRAPHS = 3


def lays_out(paragraphs: Sequence[str]) -> bool:
    """Return whether a cell of these paragraphs holds the document itself, the table being there for the page's look."""
    return len(paragraphs) >= LAYOUT_PARAGRAPHS and sum(map(len, paragraphs)) > LAYOUT_CELL


LIBRARY_FAULTS = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, RecursionError, RuntimeError, TypeError,
    ValueError,
)  # fmt: skip

_LONGEST = 300
"""Characters of one entry that are kept: enough to know the words by."""
_MOST = 2_000
"""Entries that are kept; the rest of a kind is one entry that gives their number."""


class Leftovers:
    """Words left out while one file is read."""

    def __init__(self) -> None:
        self._texts: Counter[tuple[str, str]] = Counter()
        self._characters: Counter[str] = Counter()
        self._last: tuple[str, str] | None = None

    def add(self, kind: str, text: str, *, joined: bool = False) -> None:
        """Note words of a kind; `joined`: they go on from the words noted before, as runs of one paragraph do."""
        if not text:
            return
        self._characters[kind] += sum(not character.isspace() for character in text)
        before = self._last
        if joined and before is not None and before[0] == kind:
            self._texts[before] -= 1
            if not self._texts[before]:
                del self._texts[before]
            text = before[1] + text
        self._last = kind, text
        self._texts[self._last] += 1

    def part(self) -> None:
        """Note that the next words begin anew, and continue no words before them."""
        self._last = None

    def characters(self, kind: str) -> int:
        """Return how many characters that are no blanks were left out."""
        return self._characters[kind]

    def found(self) -> tuple[LeftOut, ...]:
        """Return the entries in the order in which they were met."""
        entries = [
            LeftOut(kind, text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …", count)
            for (kind, text), count in self._texts.items()
            if text.strip()
        ]
        rest = Counter(entry.kind for entry in entries[_MOST:])
        return (*entries[:_MOST], *(LeftOut(kind, "…", count) for kind, count in rest.items()))

    def struck_warning(self) -> tuple[Remark, ...]:
        """Return the warning that belongs to struck words, none where there are none."""
        count = self._characters["struck"]
        if not count:
            return ()
        return (
            Remark(
                "left out",
                f"characters struck through and left out: {count}; read with revisions “original” to see them",
            ),
        )
