"""The tables of `policydiff.toml`: sources, fetching, gates, notices, and limits for files.

This module defines the settings of a watched source, and field types that other tables share.
"""

import re
from datetime import date, timedelta
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import PurePosixPath
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from policydiff.errors import without_secrets, worded
from policydiff.lexicon.patterns import check_foreign_pattern
from policydiff.model import Value
from policydiff.store.layout import check_id

_DURATION = re.compile(r"(\d{1,5})\s*([mhdw])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


def read_duration(value: Any) -> Any:
    """Return the duration in `30m`, `12h`, `1d` or `2w`; values of other types are left to pydantic."""
    if not isinstance(value, str):
        return value
    found = _DURATION.fullmatch(value.strip())
    if not found or int(found.group(1)) == 0:
        raise ValueError(worded(f"{value!r} is no duration: write 30m, 12h, 1d or 2w"))
    return timedelta(**{_UNITS[found.group(2)]: int(found.group(1))})


def _check_selector(value: str) -> str:
    try:
        LexborHTMLParser("<p></p>").css(value)
    except (SelectolaxError, ValueError) as error:
        raise ValueError(worded(f"{value!r} is no CSS selector")) from error
    if not value.strip():
        raise ValueError(worded("a selector must not be empty"))
    return value


def _check_network(value: Any) -> Any:
    return ip_network(value) if isinstance(value, str) else value


def check_visible(value: str) -> str:
    """Refuse blanks and control characters, because a line break would begin a second address or header."""
    if not value.isprintable() or any(sign.isspace() for sign in value):
        raise ValueError(worded(f"{value!r} holds a blank or a control character"))
    return value


def _check_web_address(value: str) -> str:
    check_no_secret(check_visible(value))
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(worded(f"{value!r} is no web address: it must start with http:// or https://"))
    return value


def check_no_secret(address: str) -> str:
    """Refuse an address with a login or key, because settings are recorded and anyone with the store can read them."""
    if without_secrets(address) != address or (
        bool(urlsplit(address).scheme) and "@" in urlsplit(address).netloc
    ):
        raise ValueError(
            worded(
                f"the address of {urlsplit(address).hostname} holds a login or a key, which no settings may hold: leave it out"
            )
        )
    return address


def _inside_the_store(value: str) -> str:
    parts = PurePosixPath(value.replace("\\", "/")).parts
    if not parts or value.startswith(("/", "\\", "~")) or ".." in parts or ":" in parts[0]:
        raise ValueError(worded(f"{value!r} leaves the store: give a path inside it"))
    if parts[0].casefold() in {"documents", "policydiff.toml"}:
        raise ValueError(worded(f"{value!r} belongs to the store itself: give another path"))
    for part in parts:
        if part.startswith(".") or part.casefold().startswith("git~"):
            raise ValueError(worded(f"{value!r} is hidden: git and CI keep their own files there"))
        if (
            set(':*?"<>|') & set(part)
            or not part.isprintable()
            or part != part.rstrip(". ")
            or _DEVICE.fullmatch(part)
        ):
            raise ValueError(worded(f"{value!r} is no path on every system"))
    return value


_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³])(?:\..*)?", re.IGNORECASE)
"""Names that Windows reserves for devices, in every folder and with any ending."""


InnerPath = Annotated[str, AfterValidator(_inside_the_store)]
Duration = Annotated[timedelta, BeforeValidator(read_duration)]
Selector = Annotated[str, AfterValidator(_check_selector)]
Pattern = Annotated[str, AfterValidator(check_foreign_pattern)]
Network = Annotated[IPv4Network | IPv6Network, BeforeValidator(_check_network)]
WebAddress = Annotated[str, AfterValidator(_check_web_address)]


class SourceKind(StrEnum):
    """Place of the text of a watched source."""

    PAGE = "page"
    """the page itself"""
    FILE = "file"
    """a file behind a link on the page"""
    NOTICE = "notice"
    """a page with the attachments that hold its text, both one document"""
    LISTING = "listing"
    """a page whose entries are followed, one document each"""
    FEED = "feed"
    """an RSS or Atom feed whose entries are followed"""
    FOLDER = "folder"
    """files in a folder, one document each"""


SINGLE_KINDS = frozenset({SourceKind.PAGE, SourceKind.FILE, SourceKind.NOTICE})
"""Kinds of sources that are a single document."""


class Expectations(Value):
    """Least content of a reading; below it, the structure of the page counts as changed."""

    min_clauses: int = Field(default=0, ge=0)
    """Least number of clauses of a good reading."""
    min_characters: int = Field(default=0, ge=0)
    """Least number of characters of a good reading."""
    min_entries: int = Field(default=1, ge=0)
    """Least number of entries of a listing or feed."""
    title: Pattern | None = None
    """Pattern that the title must contain."""
    contains: tuple[str, ...] = ()
    """Words that the text must contain; white space is ignored."""


class Source(Value):
    """A watched source."""

    name: str
    """Unique key of the source in the ledger."""
    kind: SourceKind = SourceKind.PAGE
    """Content at the address: a page with the text, a file, a notice with attached files, a listing or feed of documents, or a folder."""
    url: WebAddress | None = None
    path: str | None = None
    """Folder relative to the store, for the kind `folder`."""
    id: str | None = None
    """Document id of a page or file; for a listing, feed or folder, the leading part of the ids."""
    every: Duration = timedelta(days=1)
    """Time between two readings."""
    select: tuple[Selector, ...] = ()
    """Blocks that hold the document; if empty, the extractor finds them."""
    ignore: tuple[Selector, ...] = ()
    """Blocks inside the selected blocks that are not part of the document."""
    ignore_lines: tuple[Pattern, ...] = ()
    """Patterns of lines that are not part of the document."""
    link: Selector | None = None
    """Link to the file (kind `file`), or to the attachments with the text (kind `notice`)."""
    entries: Selector | None = None
    """Links to the documents (kind `listing`)."""
    match: Pattern | None = None
    """Pattern that the title of an entry must contain."""
    next: Selector | None = None
    """Link to the next page of a document or listing."""
    script: bool = False
    """Whether scripts fill in the page, so that it is read in a browser without a window (extra `browser`)."""
    wait: Selector | None = None
    """For a page filled in by scripts: the block that must exist before the page is read."""
    pages: int = Field(default=30, ge=1, le=500)
    """Most pages followed by `next`."""
    limit: int = Field(default=100, ge=1, le=5000)
    """Most entries of a listing, feed or folder read in one run."""
    number: str | None = None
    """Document number for a text that states none (page and file)."""
    issued: date | None = None
    """Date of issue for a text that states none (page and file)."""
    superiors: tuple[str, ...] = ()
    """Ids of documents that the watched document implements without citing them."""
    expect: Expectations = Expectations()
    """Least content of a good reading; a reading below it is not recorded."""
    paused: bool = False
    """Whether runs skip the source."""

    @field_validator("name")
    @classmethod
    def _name(cls, value: str) -> str:
        if not NAME.fullmatch(value):
            raise ValueError(worded(f"{value!r} is no name: use a-z, 0-9 and -, 63 characters at most"))
        return value

    @field_validator("path")
    @classmethod
    def _path(cls, value: str | None) -> str | None:
        return None if value is None else _inside_the_store(value)

    @field_validator("id")
    @classmethod
    def _id(cls, value: str | None, given: ValidationInfo) -> str | None:
        if value is not None:
            # The ids of the documents of a listing, feed or folder begin with it and go on.
            check_id(value if given.data.get("kind") in SINGLE_KINDS else f"{value}/x")
        return value

    @model_validator(mode="after")
    def _whole(self) -> Self:
        folder = self.kind is SourceKind.FOLDER
        if folder != bool(self.path) or folder == bool(self.url):
            raise ValueError(
                worded("a folder needs `path`, every other kind needs `url`, and none takes both")
            )
        if self.kind is SourceKind.FILE and not self.link:
            raise ValueError(worded("a file source needs `link`, the selector of the link to the file"))
        if self.kind is SourceKind.LISTING and not self.entries:
            raise ValueError(worded("a listing needs `entries`, the selector of the links to its documents"))
        if self.wait and not self.script:
            raise ValueError(worded("`wait` is of a page that scripts fill in: add `script = true`"))
        single = self.kind in SINGLE_KINDS
        if not single and (self.number or self.issued):
            raise ValueError(
                worded(
                    "`number` and `issued` belong to one document: leave them out of a listing, feed or folder"
                )
            )
        return self

    @property
    def origin(self) -> str:
        """The address or folder of the source."""
        return self.url or self.path or ""
