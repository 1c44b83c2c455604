"""The request to a format's reader, its limits and its result; few imports, so that the worker process loads it quickly."""

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
    """Return a library with its installed version, for the field `version` of a reading: `selectolax 0.3.21`."""
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
    """Sizes above which a file is refused with one clear error.

    A plain dataclass, so that the worker process need not load pydantic. The table `[extract]` of a `policydiff.toml`
    has the same names.

    Raises:
        InvalidLimitError: if a limit is no number or out of its range.
    """

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012 (read by pydantic where settings are validated)

    file_bytes: int = 64 * _MEBIBYTE
    """Size of the captured file in bytes."""
    text_characters: int = 20_000_000
    """Length of the extracted text in characters."""
    pages: int = 2_000
    """Number of pages of a PDF or OFD."""
    unpacked_bytes: int = 256 * _MEBIBYTE
    """Sum of the unpacked sizes of all members of a zip container, in bytes."""
    members: int = 10_000
    """Number of members of a zip container."""
    nesting: int = 250
    """Depth of elements in HTML (for XML, libxml2 has its own limit of 256)."""
    seconds: float = 120.0
    """Seconds of wall time for the worker process, without optical character recognition."""
    memory_bytes: int = 3 * 1024 * _MEBIBYTE
    """Bytes of address space for the worker process (RLIMIT_AS)."""
    ocr_pages: int = 300
    """Pages without text that are recognised from their pictures; further pages are named in a warning."""
    ocr_seconds: float = 60.0
    """Seconds of wall time added for each recognised page."""
    ocr_pixels: int = 20_000_000
    """Pixels of a rendered page; a larger page is rendered at a lower resolution."""

    def __post_init__(self) -> None:
        for field in fields(self):
            _check(field.name, getattr(self, field.name), whole=field.type is int)


DEFAULT_LIMITS = Limits()
LIMIT_NAMES = tuple(field.name for field in fields(Limits))


def parse_limits(assignments: Iterable[str], basis: Limits = DEFAULT_LIMITS) -> Limits:
    """Return the limits of `basis` with the values of the `assignments` `NAME=VALUE`.

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
    """A file to read, with the choices for its reader."""

    data: bytes
    limits: Limits = DEFAULT_LIMITS
    revisions: Revisions = "final"
    """Whether tracked changes are accepted (`final`) or rejected (`original`)."""
    select: tuple[str, ...] = ()
    """CSS selectors of the blocks of a page that hold the document; empty: the reader finds the block itself."""
    ignore: tuple[str, ...] = ()
    """CSS selectors of blocks of a page that are removed first."""
    page_done: Callable[[], None] = lambda: None
    """Called after each recognised page, because recognition has a time limit for each page and all other work has one in total."""
    whole: bool = False
    """Whether the whole page is the document, such as a page made by a word processor."""


class RecognisedPage(NamedTuple):
    """A page whose text was recognised from its picture."""

    page: int
    """Number of the page, from 1."""
    engine: str
    confidence: float
    """Confidence from 0 to 1, the mean over the page's characters, as the engine reports it."""


class Block(NamedTuple):
    """A line of the text, with layout and style as far as the format records them."""

    text: str
    kind: BlockKind = "paragraph"
    centred: bool = False
    size: float = 0.0
    """Size of the type in points; 0 if the format does not record it."""
    bold: bool = False
    style: str = ""
    """Name of the paragraph's style (`Title`, `heading 1`); empty for none."""
    label: int = 0
    """Number of characters at the front that are the number of an automatic list."""


class Form(NamedTuple):
    """The fields of a `Block` without its text, for one line of a text."""

    line: int
    """Index of the line, from 0."""
    kind: BlockKind
    centred: bool
    size: float
    bold: bool
    style: str
    label: int


class LeftOut(NamedTuple):
    """Words of the file that are not in its text, and the reason."""

    kind: str
    """`struck`, `deleted`, `inserted`, `hidden`, `header`, `footer`, `page number`, `comment`, `watermark`, `page`,
    `beside`."""
    text: str
    times: int = 1
    """Number of times that the words occur in the file."""


class Remark(NamedTuple):
    """Warning for readers of the text about its extraction from the file."""

    kind: RemarkKind
    text: str
    """A sentence in English; the catalogue holds the Chinese."""
    page: int | None = None
    """Number of the page concerned, from 1; None if the remark is about no single page."""
    words: str = ""
    """The words of the text concerned; empty if the remark is about the whole text, or about missing words."""
    links: Pairs = ()
    """Links to the missing part, as pairs (words, address as the page writes it)."""


class Reading(NamedTuple):
    """Text of a file with one paragraph on each line, and the facts on its extraction."""

    text: str
    extractor: str
    version: str
    """Version of the library or program that read the file."""
    title: str | None = None
    metadata: Pairs = ()
    links: Pairs = ()
    warnings: tuple[Remark, ...] = ()
    recognised: tuple[RecognisedPage, ...] = ()
    forms: tuple[Form, ...] = ()
    """Forms of the lines of the text, in order; plain paragraphs may be missing."""
    left_out: tuple[LeftOut, ...] = ()


def text_and_forms(blocks: Iterable[Block]) -> tuple[str, tuple[Form, ...]]:
    """Return the blocks as a text, one on each line, and the forms of the lines that are no plain paragraphs."""
    lines: list[str] = []
    forms: list[Form] = []
    for block in blocks:
        if block[1:] != _PLAIN:
            forms.append(Form(len(lines), *block[1:]))
        lines.append(block.text)
    return "\n".join((*lines, "")) if lines else "", tuple(forms)


_PLAIN = Block("")[1:]
PLACES_PER_CELL = 20
"""Most places of a table grid per cell: a heading over "all" columns may say colspan=100, so that rows of five cells have 20 places per cell."""
MOST_PLACES_BEYOND = 500_000
"""Further places that all tables of a file may have (about a second of work); 37 kB of spans can ask for forty million places."""
LAYOUT_CELL = 800
"""Characters from which a cell of several paragraphs holds the document, and its table only lays out the page."""
LAYOUT_PARAGRAPHS = 3
"""Least paragraphs of such a cell."""


def lays_out(paragraphs: Sequence[str]) -> bool:
    """Return whether a table cell with these paragraphs holds the document itself, so that the table only sets the layout of the page."""
    return len(paragraphs) >= LAYOUT_PARAGRAPHS and sum(map(len, paragraphs)) > LAYOUT_CELL


LIBRARY_FAULTS = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, RecursionError, RuntimeError, TypeError,
    ValueError,
)  # fmt: skip

_LONGEST = 300
"""Most characters kept of one entry, enough to recognise the words."""
_MOST = 2_000
"""Most entries kept; further entries of a kind become one entry with their number."""


class Leftovers:
    """Words left out while a file is read."""

    def __init__(self) -> None:
        self._texts: Counter[tuple[str, str]] = Counter()
        self._characters: Counter[str] = Counter()
        self._last: tuple[str, str] | None = None

    def add(self, kind: str, text: str, *, joined: bool = False) -> None:
        """Record words of a kind; with `joined` they continue the words recorded before, like runs of one paragraph."""
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
        """Record that the next words start anew and do not continue earlier words."""
        self._last = None

    def characters(self, kind: str) -> int:
        """Return the number of characters of a kind left out, without blanks."""
        return self._characters[kind]

    def found(self) -> tuple[LeftOut, ...]:
        """Return the entries in the order in which they were recorded."""
        entries = [
            LeftOut(kind, text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …", count)
            for (kind, text), count in self._texts.items()
            if text.strip()
        ]
        rest = Counter(entry.kind for entry in entries[_MOST:])
        return (*entries[:_MOST], *(LeftOut(kind, "…", count) for kind, count in rest.items()))

    def struck_warning(self) -> tuple[Remark, ...]:
        """Return the warning about struck words; empty if no words were struck."""
        count = self._characters["struck"]
        if not count:
            return ()
        return (
            Remark(
                "left out",
                f"characters struck through and left out: {count}; read with revisions “original” to see them",
            ),
        )
