"""What `policydiff.toml` may say about watched sources, gates and notices, as validated values."""

import re
from datetime import date, timedelta
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import PurePosixPath
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, field_validator, model_validator
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from policydiff.extract import DEFAULT_LIMITS, Limits
from policydiff.model import Direction, Effect, SignalType, Value

_DURATION = re.compile(r"(\d{1,5})\s*([mhdw])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_DOCUMENT_ID = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+){0,3}")


def read_duration(value: Any) -> Any:
    """Read `30m`, `12h`, `1d` or `2w`; other types are left to pydantic."""
    if not isinstance(value, str):
        return value
    found = _DURATION.fullmatch(value.strip())
    if not found or int(found.group(1)) == 0:
        raise ValueError(f"{value!r} is no duration: write 30m, 12h, 1d or 2w")
    return timedelta(**{_UNITS[found.group(2)]: int(found.group(1))})


def _check_selector(value: str) -> str:
    try:
        LexborHTMLParser("<p></p>").css(value)
    except (SelectolaxError, ValueError) as error:
        raise ValueError(f"{value!r} is no CSS selector") from error
    if not value.strip():
        raise ValueError("a selector must not be empty")
    return value


def _check_pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"{value!r} is no regular expression: {error}") from error
    return value


def _check_network(value: Any) -> Any:
    return ip_network(value) if isinstance(value, str) else value


def _check_web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"{value!r} is no web address: it must start with http:// or https://")
    if parts.username or parts.password:
        raise ValueError(f"the address of {parts.hostname} holds a user name or password: leave them out")
    return value


def _inside_the_store(value: str) -> str:
    parts = PurePosixPath(value.replace("\\", "/")).parts
    if not parts or value.startswith(("/", "\\", "~")) or ".." in parts or ":" in parts[0]:
        raise ValueError(f"{value!r} leaves the store: give a path inside it")
    if parts[0] in {".git", "documents"}:
        raise ValueError(f"{value!r} belongs to the store itself: give another path")
    return value


InnerPath = Annotated[str, AfterValidator(_inside_the_store)]
Duration = Annotated[timedelta, BeforeValidator(read_duration)]
Selector = Annotated[str, BeforeValidator(_check_selector)]
Pattern = Annotated[str, BeforeValidator(_check_pattern)]
Network = Annotated[IPv4Network | IPv6Network, BeforeValidator(_check_network)]
WebAddress = Annotated[str, BeforeValidator(_check_web_address)]


class SourceKind(StrEnum):
    """Where the text of a watched source is found."""

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
"""Kinds that are one document each."""


class Expectations(Value):
    """What a reading must hold, or it counts as a changed structure."""

    min_clauses: int = Field(default=0, ge=0)
    """Clauses a good reading has at least."""
    min_characters: int = Field(default=0, ge=0)
    """Characters a good reading has at least."""
    min_entries: int = Field(default=1, ge=0)
    """Of listings and feeds."""
    title: Pattern | None = None
    """Pattern that the title must contain."""
    contains: tuple[str, ...] = ()
    """Words that the text must hold, white space aside."""


class Source(Value):
    """One watched source."""

    name: str
    """Unique key of the source in the ledger."""
    kind: SourceKind = SourceKind.PAGE
    url: WebAddress | None = None
    path: str | None = None
    """Of a folder, relative to the store."""
    id: str | None = None
    """Document id of a page or file; leading part of the ids of a listing, feed or folder."""
    every: Duration = timedelta(days=1)
    """How often the source is due."""
    select: tuple[Selector, ...] = ()
    """Blocks that hold the document; without any, the extractor finds them."""
    ignore: tuple[Selector, ...] = ()
    """Blocks inside that are not the document."""
    ignore_lines: tuple[Pattern, ...] = ()
    """Lines that contain one of these patterns are not the document."""
    link: Selector | None = None
    """The link to the file (kind `file`), or to the attachments that are the text (kind `notice`)."""
    entries: Selector | None = None
    """The links to the documents (kind `listing`)."""
    match: Pattern | None = None
    """Pattern that the title of an entry must contain."""
    next: Selector | None = None
    """The link to the next page, of a document or of a listing."""
    script: bool = False
    """Whether scripts fill the page in: it is read in a browser without a window (extra `browser`)."""
    wait: Selector | None = None
    """Of a page that scripts fill in: the block that must be there before it is read."""
    pages: int = Field(default=30, ge=1, le=500)
    """How many pages `next` is followed at most."""
    limit: int = Field(default=100, ge=1, le=5000)
    """How many entries of a listing, feed or folder are read in one run."""
    number: str | None = None
    """Document number, where the text bears none (page and file)."""
    issued: date | None = None
    """Date of issue, where the text bears none (page and file)."""
    superiors: tuple[str, ...] = ()
    """Ids of documents that this one implements, beside those it cites."""
    expect: Expectations = Expectations()
    """What a good reading of it has at least; anything less is not recorded."""
    paused: bool = False
    """Whether runs pass it over."""

    @field_validator("name")
    @classmethod
    def _name(cls, value: str) -> str:
        if not _NAME.fullmatch(value):
            raise ValueError(f"{value!r} is no name: use a-z, 0-9 and -, 63 characters at most")
        return value

    @field_validator("path")
    @classmethod
    def _path(cls, value: str | None) -> str | None:
        return None if value is None else _inside_the_store(value)

    @field_validator("id")
    @classmethod
    def _id(cls, value: str | None) -> str | None:
        if value is not None and not _DOCUMENT_ID.fullmatch(value):
            raise ValueError(f"{value!r} is no document id: use segments of a-z, 0-9 and -, joined by /")
        return value

    @model_validator(mode="after")
    def _whole(self) -> Self:
        folder = self.kind is SourceKind.FOLDER
        if folder != bool(self.path) or folder == bool(self.url):
            raise ValueError("a folder needs `path`, every other kind needs `url`, and none takes both")
        if self.kind is SourceKind.FILE and not self.link:
            raise ValueError("a file source needs `link`, the selector of the link to the file")
        if self.kind is SourceKind.LISTING and not self.entries:
            raise ValueError("a listing needs `entries`, the selector of the links to its documents")
        if self.wait and not self.script:
            raise ValueError("`wait` is of a page that scripts fill in: add `script = true`")
        single = self.kind in SINGLE_KINDS
        if not single and (self.number or self.issued):
            raise ValueError(
                "`number` and `issued` belong to one document: leave them out of a listing, feed or folder"
            )
        if single and self.id is not None and "/" not in self.id:
            raise ValueError(f"the document id {self.id!r} needs at least two segments: issuer/name")
        return self

    @property
    def origin(self) -> str:
        """The address or folder, whichever it has."""
        return self.url or self.path or ""


class TrackSettings(Value):
    """How sources are fetched and judged."""

    user_agent: str = "policydiff/0.1 (+policy document tracker)"
    timeout: float = Field(default=30.0, gt=0, le=600)
    """Seconds without a byte before a request is given up."""
    total_timeout: float = Field(default=120.0, gt=0, le=3600)
    """Seconds for one request as a whole."""
    retries: int = Field(default=2, ge=0, le=10)
    """Further attempts after a transient failure."""
    max_wait: float = Field(default=60.0, ge=0, le=3600)
    """Longest wait in seconds that a server's Retry-After is granted within a run."""
    pace: float = Field(default=1.0, ge=0, le=3600)
    """Seconds between two requests to one host."""
    workers: int = Field(default=4, ge=1, le=32)
    """Hosts that are read at the same time."""
    max_bytes: int = Field(default=32 * 1024 * 1024, ge=1024)
    """Size of a body as sent and as unpacked."""
    max_redirects: int = Field(default=5, ge=0, le=20)
    robots: bool = True
    """Respect robots.txt."""
    proxy: str | None = None
    """Proxy for all requests; without it, HTTP_PROXY, HTTPS_PROXY and NO_PROXY hold."""
    allow_addresses: tuple[Network, ...] = ()
    """Private or loopback networks that may be fetched from."""
    shrink: float = Field(default=0.5, ge=0, lt=1)
    """A text shorter than this share of the last version is a changed structure."""
    confirm: int = Field(default=1, ge=1, le=10)
    """How many runs must see a change before it is recorded."""
    grace: float = Field(default=0.25, ge=0)
    """Share of its cadence by which a source may be late before `health` fails."""
    reports: str = Field(default="html", pattern="^(html|markdown|json|docx|xlsx)$")
    """Format of the reports written with `--out`."""
    ledger_archive: InnerPath | None = None
    """Folder, relative to the store, that gets a copy of each month of the ledger once the month is over."""


class Webhook(Value):
    """Where changes are posted."""

    url: WebAddress
    secret_env: str | None = None
    """Environment variable that holds the key of the signature."""


class Mail(Value):
    """How changes are mailed."""

    host: str
    port: int = Field(default=587, ge=1, le=65535)
    security: str = Field(default="starttls", pattern="^(starttls|tls|none)$")
    sender: str
    recipients: tuple[str, ...] = Field(min_length=1)
    user_env: str | None = None
    password_env: str | None = None
    """Environment variables that hold the login."""

    @model_validator(mode="after")
    def _login_is_hidden(self) -> Self:
        if self.security == "none" and (self.user_env or self.password_env):
            raise ValueError(
                'a login over security = "none" would be readable on its way: use starttls or tls'
            )
        return self

    @field_validator("sender", "recipients")
    @classmethod
    def _addresses(cls, value: Any) -> Any:
        for address in (value,) if isinstance(value, str) else value:
            if not re.fullmatch(r"[^\s@<>,]+@[^\s@<>,]+", address):
                raise ValueError(f"{address!r} is no mail address")
        return value


class Service(Value):
    """A chat or push service that hears of changes: 企业微信, 钉钉, 飞书, Slack, Teams and others that Apprise knows."""

    url_env: str = Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")
    """Environment variable that holds the address as Apprise writes it; it holds the key too, so it stands in no file."""
    title: str = "{subject}"
    """Template of the title: `{subject}`, `{changes}`, `{link}`, `{text}`, `{run}`."""
    body: str = "{text}"
    """Template of the body, with the same places."""
    format: str = Field(default="text", pattern="^(text|markdown|html)$")

    @field_validator("title", "body")
    @classmethod
    def _template(cls, value: str) -> str:
        try:
            filled = value.format(subject="", changes="", link="", text="", run="")
        except (KeyError, IndexError, ValueError, AttributeError) as error:
            raise ValueError(
                f"{value!r} is no template: its places are {{subject}} {{changes}} {{link}} {{text}} {{run}}"
            ) from error
        if re.search(r"\{[^{}]*[.\[!]", value):
            raise ValueError(f"{value!r} is no template: a place is a plain name")
        del filled
        return value


class NotifySettings(Value):
    """Who hears of changes."""

    feed: InnerPath | None = None
    """Path of the Atom feed, relative to the store."""
    feed_authority: str = "policydiff.invalid"
    """Domain in the feed's tag URIs; choose it once."""
    feed_entries: int = Field(default=200, ge=1, le=5000)
    site: WebAddress | None = None
    """Address under which the store can be read, for links."""
    reports: WebAddress | None = None
    """Address under which the reports written with `--out` can be read, for links to our own diff."""
    webhooks: tuple[Webhook, ...] = ()
    services: tuple[Service, ...] = ()
    """Chats and push services, through Apprise (extra `notify`)."""
    mail: Mail | None = None
    lang: str = Field(default="zh", pattern="^(zh|en)$")


class RuleKind(StrEnum):
    """What a gate can look for."""

    REMOVED_CLAUSE = "removed_clause"
    DUTY_WEAKENED = "duty_weakened"
    TARGET_CHANGED = "target_changed"
    SIGNAL = "signal"
    """A difference of substance, chosen by type, direction and weight."""
    EFFECT = "effect"
    """A local provision against the one it comes from: loosened, different …"""
    ANY_CHANGE = "any_change"
    PARSE_DIAGNOSTIC = "parse_diagnostic"


class Level(StrEnum):
    """How much a finding weighs; only errors fail a check."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Rule(Value):
    """One gate."""

    on: RuleKind
    documents: tuple[str, ...] = ("*",)
    """Shell patterns over document ids; `*` also crosses `/`."""
    level: Level = Level.ERROR
    types: tuple[SignalType, ...] = ()
    """Of `signal`: the types it looks for; none for all."""
    directions: tuple[Direction, ...] = ()
    """Of `signal`: the directions it looks for; none for all."""
    weight: float = Field(default=0.3, ge=0, le=1)
    """Of `signal`: the least weight; 0.3 is where substance begins."""
    effects: tuple[Effect, ...] = (Effect.LOOSENED, Effect.DIFFERENT)
    """Of `effect`: the effects it looks for."""


class Waiver(Value):
    """A finding that is accepted until a date."""

    rule: RuleKind
    document: str
    """Document id or shell pattern."""
    clause: str | None = None
    """Clause id or label; None for all clauses."""
    version: str | None = None
    """Version that brought the change; None for all versions."""
    until: date
    """Last day on which the waiver holds."""
    reason: str = Field(min_length=3)


class CheckSettings(Value):
    """Gates of `policydiff check`."""

    rules: tuple[Rule, ...] = (
        Rule(on=RuleKind.REMOVED_CLAUSE),
        Rule(on=RuleKind.DUTY_WEAKENED),
        Rule(on=RuleKind.TARGET_CHANGED),
    )
    waivers: tuple[Waiver, ...] = ()


class FileSettings(Value):
    """How files are read, whichever command reads them."""

    extract: Limits = DEFAULT_LIMITS


class Configuration(FileSettings):
    """Everything of `policydiff.toml` that tracking reads."""

    track: TrackSettings = TrackSettings()
    sources: tuple[Source, ...] = ()
    check: CheckSettings = CheckSettings()
    notify: NotifySettings = NotifySettings()

    def source(self, name: str) -> Source | None:
        """Return the source with this name, or None."""
        return next((source for source in self.sources if source.name == name), None)
