"""The settings of `policydiff.toml` for fetching, gates and notices, as validated values."""

import re
from datetime import date
from enum import StrEnum
from string import Formatter
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, field_validator, model_validator

from policydiff.errors import without_secrets, worded
from policydiff.extract import DEFAULT_LIMITS, Limits
from policydiff.model import Direction, Effect, Signal, SignalType, Value
from policydiff.settings import InnerPath, Network, Source, WebAddress, check_visible


def _check_proxy(value: str) -> str:
    parts = urlsplit(check_visible(value))
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(
            worded("track.proxy is no address of a proxy: it must start with http:// or https://")
        )
    if "@" in parts.netloc or without_secrets(value) != value:
        raise ValueError(
            worded("track.proxy holds a login: give it by HTTP_PROXY or HTTPS_PROXY, in no file")
        )
    return value


def _check_host(value: str) -> str:
    if "@" in check_visible(value):
        raise ValueError(
            worded("the host of a mail server holds a login: give it by user_env and password_env")
        )
    return value


def _check_header(value: str) -> str:
    if not value.strip() or not value.isascii() or not value.isprintable():
        raise ValueError(worded(f"{value!r} is no header: it is one line of ASCII"))
    return value


ProxyAddress = Annotated[str, AfterValidator(_check_proxy)]
HeaderWords = Annotated[str, AfterValidator(_check_header)]
HostName = Annotated[str, Field(min_length=1), AfterValidator(_check_host)]


class TrackSettings(Value):
    """Settings for fetching sources and judging what was read."""

    user_agent: HeaderWords = "policydiff/0.1 (+policy document tracker)"
    timeout: float = Field(default=30.0, gt=0, le=600)
    """Seconds without a byte after which a request is given up."""
    total_timeout: float = Field(default=120.0, gt=0, le=3600)
    """Most seconds for a whole request."""
    retries: int = Field(default=2, ge=0, le=10)
    """Further attempts after a temporary failure."""
    max_wait: float = Field(default=60.0, ge=0, le=3600)
    """Longest wait in seconds within a run that a server may ask for with Retry-After."""
    pace: float = Field(default=1.0, ge=0, le=3600)
    """Least seconds between two requests to one host."""
    workers: int = Field(default=4, ge=1, le=32)
    """Number of hosts read at the same time."""
    max_bytes: int = Field(default=32 * 1024 * 1024, ge=1024)
    """Most bytes of a response body, both as sent and unpacked."""
    max_redirects: int = Field(default=5, ge=0, le=20)
    robots: bool = True
    """Whether robots.txt is respected."""
    proxy: ProxyAddress | None = None
    """Proxy for all requests; without it, HTTP_PROXY, HTTPS_PROXY and NO_PROXY apply."""
    allow_addresses: tuple[Network, ...] = ()
    """Private or loopback networks from which pages may be fetched."""
    shrink: float = Field(default=0.5, ge=0, lt=1)
    """Share of the last version's length below which a text counts as a changed structure."""
    confirm: int = Field(default=1, ge=1, le=10)
    """Number of runs that must see a change before it is recorded."""
    grace: float = Field(default=0.25, ge=0)
    """Share of its interval by which a source may be late before `health` fails."""
    reports: str = Field(default="html", pattern="^(html|markdown|json|docx|xlsx)$")
    """Format of the reports written with `--out`."""
    radar: bool = True
    """Whether page and message of a run name the local documents of the store that lag behind the changes recorded."""
    ledger_archive: InnerPath | None = None
    """Folder, relative to the store, that gets a copy of each month of the ledger after the month has ended."""


class Webhook(Value):
    """A web address to which changes are posted."""

    url: WebAddress | None = None
    url_env: str | None = Field(default=None, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")
    """Environment variable with the address, if the address itself is secret (企业微信, 钉钉)."""
    secret_env: str | None = None
    """Environment variable with the key of the signature."""

    @model_validator(mode="after")
    def _one_address(self) -> Self:
        if (self.url is None) == (self.url_env is None):
            raise ValueError(worded("a webhook has one of `url` and `url_env`"))
        return self

    @property
    def name(self) -> str:
        """Name in failures and in the outbox, without secrets."""
        return self.url or f"${self.url_env}"


class Mail(Value):
    """Server and recipients of mails on changes."""

    host: HostName
    port: int = Field(default=587, ge=1, le=65535)
    security: str = Field(default="starttls", pattern="^(starttls|tls|none)$")
    sender: str
    recipients: tuple[str, ...] = Field(min_length=1)
    user_env: str | None = None
    password_env: str | None = None
    """Environment variables with user name and password."""

    @model_validator(mode="after")
    def _login_is_hidden(self) -> Self:
        if self.security == "none" and (self.user_env or self.password_env):
            raise ValueError(
                worded('a login over security = "none" would be readable on its way: use starttls or tls')
            )
        return self

    @field_validator("sender", "recipients")
    @classmethod
    def _addresses(cls, value: Any) -> Any:
        for address in (value,) if isinstance(value, str) else value:
            if not re.fullmatch(r"[^\s@<>,]+@[^\s@<>,]+", address):
                raise ValueError(worded(f"{address!r} is no mail address"))
        return value


class Service(Value):
    """A chat or push service that gets changes: 企业微信, 钉钉, 飞书, Slack, Teams and others that Apprise supports."""

    url_env: str = Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")
    """Environment variable with the address in the form of Apprise; the address contains the key, so it is in no file."""
    title: str = "{subject}"
    """Template of the title: `{subject}`, `{changes}`, `{link}`, `{text}`, `{run}`."""
    body: str = "{text}"
    """Template of the body, with the same places as the title."""
    format: str = Field(default="text", pattern="^(text|markdown|html)$")

    @field_validator("title", "body")
    @classmethod
    def _template(cls, value: str) -> str:
        try:
            places = [place[1:] for place in Formatter().parse(value) if place[1] is not None]
        except ValueError as error:
            raise ValueError(worded(f"{value!r} is no template: {error}")) from error
        if any(name not in _PLACES or spec or conversion for name, spec, conversion in places):
            raise ValueError(
                worded(
                    f"{value!r} is no template: its places are {{subject}} {{changes}} {{link}} {{text}} {{run}}, each a plain name"
                )
            )
        return value


_PLACES = frozenset({"subject", "changes", "link", "text", "run"})


class NotifySettings(Value):
    """Recipients of notices on changes."""

    feed: InnerPath | None = None
    """Path of the Atom feed, relative to the store."""
    feed_authority: str = Field(default="policydiff.invalid", pattern=r"^[A-Za-z0-9][A-Za-z0-9.@-]{0,200}$")
    """Domain in the feed's tag URIs, which must never change."""
    feed_entries: int = Field(default=200, ge=1, le=5000)
    site: WebAddress | None = None
    """Web address of the store, for links."""
    reports: WebAddress | None = None
    """Web address of the reports written with `--out`, for links to the diff."""
    webhooks: tuple[Webhook, ...] = ()
    services: tuple[Service, ...] = ()
    """Chats and push services, through Apprise (extra `notify`)."""
    mail: Mail | None = None
    lang: str = Field(default="zh", pattern="^(zh|en)$")


class RuleKind(StrEnum):
    """Findings that a rule can look for."""

    REMOVED_CLAUSE = "removed_clause"
    """A clause, paragraph, item, table row or half-sentence that was removed."""
    LOST_PROVISION = "lost_provision"
    """A right, condition, exception, instrument or sanction that was dropped or replaced by a lesser one, while its clause stays."""
    DUTY_WEAKENED = "duty_weakened"
    """A duty or ban that asks for less, by its modal, its manner or a new exception; or a provision that covers less, or changed so that it is
    uncertain whether it asks for and grants as much: another body, condition, scope, definition or reference."""
    TARGET_CHANGED = "target_changed"
    SIGNAL = "signal"
    """A difference of substance, selected by type, direction and weight."""
    EFFECT = "effect"
    """The effect of a local provision compared with its source: loosened, different …"""
    ANY_CHANGE = "any_change"
    PARSE_DIAGNOSTIC = "parse_diagnostic"
    UNREAD = "unread"
    """A part of a file that its text lacks (a picture, a damaged page, a next page), which no other rule can examine."""


class Level(StrEnum):
    """Level of a finding; only errors fail a check."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Rule(Value):
    """A rule of the check."""

    on: RuleKind
    documents: tuple[str, ...] = ("*",)
    """Shell patterns for document ids; `*` also matches `/`."""
    level: Level = Level.ERROR
    types: tuple[SignalType, ...] = ()
    """For `signal`: types to look for; empty for all."""
    directions: tuple[Direction, ...] = ()
    """For `signal`: directions to look for; empty for all."""
    weight: float = Field(default=0.3, ge=0, le=1)
    """For `signal`: least weight; substance begins at 0.3."""
    effects: tuple[Effect, ...] = (Effect.LOOSENED, Effect.DIFFERENT)
    """For `effect`: effects to look for."""

    def takes(self, signal: Signal) -> bool:
        """Return whether a signal has the types, directions and weight that the rule names."""
        return (
            signal.weight >= self.weight
            and (not self.types or signal.type in self.types)
            and (not self.directions or signal.direction in self.directions)
        )


class Waiver(Value):
    """A finding that is accepted until a date."""

    rule: RuleKind
    document: str
    """Document id, or a shell pattern for ids."""
    clause: str | None = None
    """Clause id or label; None for all clauses."""
    version: str | None = None
    """Version that introduced the change; None for all versions."""
    types: tuple[SignalType, ...] = ()
    """Types of signals whose findings are accepted; empty for all."""
    directions: tuple[Direction, ...] = ()
    """Directions of signals whose findings are accepted; empty for all."""
    weight: float = Field(default=1.0, ge=0, le=1)
    """Greatest weight of a signal whose finding is accepted."""
    effects: tuple[Effect, ...] = ()
    """Effects whose findings are accepted; empty for all."""
    until: date
    """Last day on which the waiver holds."""
    reason: str = Field(min_length=3)


class CheckSettings(Value):
    """Rules and waivers of `policydiff check`."""

    rules: tuple[Rule, ...] = (
        Rule(on=RuleKind.REMOVED_CLAUSE),
        Rule(on=RuleKind.LOST_PROVISION),
        Rule(on=RuleKind.DUTY_WEAKENED),
        Rule(on=RuleKind.TARGET_CHANGED),
        Rule(on=RuleKind.UNREAD, level=Level.WARNING),
    )
    waivers: tuple[Waiver, ...] = ()


class FileSettings(Value):
    """Settings for reading files, whichever command reads them."""

    extract: Limits = DEFAULT_LIMITS


class Configuration(FileSettings):
    """All settings of `policydiff.toml` that tracking reads."""

    track: TrackSettings = TrackSettings()
    sources: tuple[Source, ...] = ()
    check: CheckSettings = CheckSettings()
    notify: NotifySettings = NotifySettings()

    def source(self, name: str) -> Source | None:
        """Return the source with this name, or None."""
        return next((source for source in self.sources if source.name == name), None)
