"""The settings of `policydiff.toml` on fetching, gates and notices, as validated values."""

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
    """Fetching and judging of sources."""

    user_agent: HeaderWords = "policydiff/0.1 (+policy document tracker)"
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
    proxy: ProxyAddress | None = None
    """Proxy for all requests; without it, HTTP_PROXY, HTTPS_PROXY and NO_PROXY hold."""
    allow_addresses: tuple[Network, ...] = ()
    """Private or loopback networks that may be fetched from."""
    shrink: float = Field(default=0.5, ge=0, lt=1)
    """A text shorter than this share of the last version is a changed structure."""
    confirm: int = Field(default=1, ge=1, le=10)
    """Runs that must see a change before it is recorded."""
    grace: float = Field(default=0.25, ge=0)
    """Share of its cadence by which a source may be late before `health` fails."""
    reports: str = Field(default="html", pattern="^(html|markdown|json|docx|xlsx)$")
    """Format of the reports written with `--out`."""
    radar: bool = True
    """Name in page and message of a run the local documents of the store that lag behind what the run recorded."""
    ledger_archive: InnerPath | None = None
    """Folder, relative to the store, that gets a copy of each month of the ledger once the month is over."""


class Webhook(Value):
    """Where changes are posted."""

    url: WebAddress | None = None
    url_env: str | None = Field(default=None, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")
    """Environment variable that holds the address, where the address is itself a key (企业微信, 钉钉)."""
    secret_env: str | None = None
    """Environment variable that holds the key of the signature."""

    @model_validator(mode="after")
    def _one_address(self) -> Self:
        if (self.url is None) == (self.url_env is None):
            raise ValueError(worded("a webhook has one of `url` and `url_env`"))
        return self

    @property
    def name(self) -> str:
        """Name in failures and in the outbox, without a secret."""
        return self.url or f"${self.url_env}"


class Mail(Value):
    """Server and receivers of mails on changes."""

    host: HostName
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
    """Receivers of notices on changes."""

    feed: InnerPath | None = None
    """Path of the Atom feed, relative to the store."""
    feed_authority: str = Field(default="policydiff.invalid", pattern=r"^[A-Za-z0-9][A-Za-z0-9.@-]{0,200}$")
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
    """Findings that a gate can look for."""

    REMOVED_CLAUSE = "removed_clause"
    """A clause, paragraph, item, table row or half-sentence that is gone."""
    LOST_PROVISION = "lost_provision"
    """A right, condition, exception, instrument or sanction that fell away, or gave place to a lesser one, while its clause stays."""
    DUTY_WEAKENED = "duty_weakened"
    """A duty or ban that asks for less, by its modal, by how it is done or by a new exception; or a provision that covers less, or changed
    so that nobody can say it asks for and grants no less: another body, condition, scope, definition or reference."""
    TARGET_CHANGED = "target_changed"
    SIGNAL = "signal"
    """A difference of substance, chosen by type, direction and weight."""
    EFFECT = "effect"
    """A local provision against the one it comes from: loosened, different …"""
    ANY_CHANGE = "any_change"
    PARSE_DIAGNOSTIC = "parse_diagnostic"
    UNREAD = "unread"
    """A part of a file that its text lacks (a picture, a damaged page, a next page): no other rule looks at it."""


class Level(StrEnum):
    """Weight of a finding; only errors fail a check."""

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

    def takes(self, signal: Signal) -> bool:
        """Return whether a signal is of the types, directions and weight that this rule names."""
        return (
            signal.weight >= self.weight
            and (not self.types or signal.type in self.types)
            and (not self.directions or signal.direction in self.directions)
        )


class Waiver(Value):
    """A finding that is accepted until a date."""

    rule: RuleKind
    document: str
    """Document id or shell pattern."""
    clause: str | None = None
    """Clause id or label; None for all clauses."""
    version: str | None = None
    """Version that brought the change; None for all versions."""
    types: tuple[SignalType, ...] = ()
    """Types of signals whose findings it accepts; none for all."""
    directions: tuple[Direction, ...] = ()
    """Directions of signals whose findings it accepts; none for all."""
    weight: float = Field(default=1.0, ge=0, le=1)
    """Greatest weight of a signal whose finding it accepts."""
    effects: tuple[Effect, ...] = ()
    """Effects whose findings it accepts; none for all."""
    until: date
    """Last day on which the waiver holds."""
    reason: str = Field(min_length=3)


class CheckSettings(Value):
    """Gates of `policydiff check`."""

    rules: tuple[Rule, ...] = (
        Rule(on=RuleKind.REMOVED_CLAUSE),
        Rule(on=RuleKind.LOST_PROVISION),
        Rule(on=RuleKind.DUTY_WEAKENED),
        Rule(on=RuleKind.TARGET_CHANGED),
        Rule(on=RuleKind.UNREAD, level=Level.WARNING),
    )
    waivers: tuple[Waiver, ...] = ()


class FileSettings(Value):
    """Reading of files, whichever command reads them."""

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
