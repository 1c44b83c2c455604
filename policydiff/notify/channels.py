"""Channels that deliver a message: a signed webhook, mail through an SMTP server, chats.

A message stays in the outbox until it is delivered; later runs try again.
"""

import contextlib
import hashlib
import hmac
import io
import logging
import smtplib
import ssl
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from email.message import EmailMessage
from functools import partial
from html import escape
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from pydantic import ValidationError

from policydiff.errors import PolicydiffError
from policydiff.lexicon.widths import visible
from policydiff.model import Value
from policydiff.notify import Message, web_link
from policydiff.platforms import write_whole
from policydiff.report.to_text import escape as markdown_escaped, one_line
from policydiff.settings.settings import Mail, NotifySettings, Service, Webhook

SIGNATURE = "X-Policydiff-Signature-256"
TIMESTAMP = "X-Policydiff-Timestamp"
DELIVERY = "X-Policydiff-Delivery"


class DeliveryError(PolicydiffError):
    """A message could not be delivered; it is kept and tried again in the next run."""


Post = Callable[[str, bytes, Mapping[str, str]], None]
"""Sends a request body with headers to an address; raises `DeliveryError` unless the receiver accepts it."""


def sign(body: bytes, timestamp: str, secret: str) -> str:
    """Return the value of the signature header, computed over `<timestamp>.<body>`."""
    digest = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    return f"sha256={digest.hexdigest()}"


def send_webhook(
    message: Message, webhook: Webhook, environment: Mapping[str, str], now: datetime, post: Post
) -> None:
    """Post a message. Raises DeliveryError if the key is not in the environment, or the receiver does not accept the message."""
    url = webhook.url or _secret(webhook.url_env or "", environment)
    if webhook.url_env and urlsplit(url).scheme.lower() != "https":
        raise DeliveryError(
            f"{webhook.url_env} holds an address that is a key and is not asked over TLS: it begins with https://"
        )
    body = message.model_dump_json().encode()
    timestamp = str(int(now.timestamp()))
    headers = {"Content-Type": "application/json", DELIVERY: message.id, TIMESTAMP: timestamp}
    if webhook.secret_env:
        headers[SIGNATURE] = sign(body, timestamp, _secret(webhook.secret_env, environment))
    try:
        post(url, body, headers)
    except DeliveryError as error:
        raise DeliveryError(str(error).replace(url, webhook.name)) from error


_TIMEOUT = 30.0
"""Seconds that a mail server may take for each answer."""


def compose_mail(message: Message, mail: Mail) -> EmailMessage:
    """Return the mail; words of documents are only in subject and body, and cannot reach the syntax of headers."""
    letter = EmailMessage()
    letter["Subject"] = one_line(message.subject, 400)
    letter["From"] = mail.sender
    letter["To"] = ", ".join(mail.recipients)
    domain = mail.sender.rpartition("@")[2]
    letter["Message-ID"] = f"<{message.id}@{domain}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(visible(message.text))
    return letter


def send_mail(message: Message, mail: Mail, environment: Mapping[str, str]) -> None:
    """Send a message. Raises DeliveryError if the login is not in the environment, or the server does not accept the mail."""
    try:
        with _connect(mail) as server:
            if mail.user_env:
                server.login(
                    _secret(mail.user_env, environment), _secret(mail.password_env or "", environment)
                )
            server.send_message(compose_mail(message, mail))
    except (smtplib.SMTPException, OSError) as error:
        raise DeliveryError(f"the mail server {mail.host} did not take the mail: {error}") from error


def _connect(mail: Mail) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if mail.security == "tls":
        return smtplib.SMTP_SSL(mail.host, mail.port, timeout=_TIMEOUT, context=context)
    server = smtplib.SMTP(mail.host, mail.port, timeout=_TIMEOUT)
    if mail.security == "starttls":
        try:
            server.starttls(context=context)
        except BaseException:
            server.close()
            raise
    return server


def _secret(name: str, environment: Mapping[str, str]) -> str:
    value = environment.get(name)
    if not value:
        raise DeliveryError(f"the environment variable {name or 'of the mail login'} is not set")
    return value


def filled(template: str, message: Message, form: str = "text") -> str:
    """Return a template with its places filled in; words of documents are inserted, never read as templates or markup.

    `form` (`text`, `markdown`, `html`) is the language of the template, in which words of documents are escaped.
    """
    address = web_link(next(filter(None, (change.report or change.url for change in message.changes)), ""))
    shown = {"markdown": markdown_escaped, "html": _in_html}.get(form, _in_chat)
    return template.format(
        subject=shown(message.subject),
        text=shown(message.text),
        changes=len(message.changes),
        link=shown(address) if form == "html" else address,
        run=shown(message.run),
    )


def _in_html(words: str) -> str:
    return escape(visible(words)).replace("\n", "<br>\n")


def _in_chat(words: str) -> str:
    """Return words in which no chat finds a mention of everybody: @all, <!channel>."""
    return visible(words).replace("@", "@\u2060").replace("<!", "<\u2060!")


def send_to_service(message: Message, service: Service, environment: Mapping[str, str]) -> None:
    """Send a message.

    Raises DeliveryError if Apprise is not installed, the address is not in the environment, or the service refuses.
    """
    address = _secret(service.url_env, environment)
    try:
        import apprise  # noqa: PLC0415 (an extra, loaded only where a service is told)
    except ImportError as error:
        raise DeliveryError("services need Apprise: pip install 'policydiff[notify]'") from error
    with _silent():
        known: Any = apprise.Apprise.instantiate(address)
        if known and _tells_a_key_in_clear(known):
            raise DeliveryError(
                f"{service.url_env} would send its key without TLS: write the form of the address that ends in s (jsons://, mailtos://)"
            )
        taken = known and known.notify(
            title=filled(service.title, message),
            body=filled(service.body, message, service.format),
            body_format=service.format,
        )
    if not known:
        raise DeliveryError(f"{service.url_env} holds no address that Apprise knows")
    if not taken:
        raise DeliveryError(f"the service of {service.url_env} did not take the message")


def _tells_a_key_in_clear(service: Any) -> bool:
    """Return whether a service of Apprise would get a login, a key or the user's headers without TLS."""
    has_key = (
        service.url(privacy=True) != service.url(privacy=False)
        or service.user
        or getattr(service, "headers", None)
    )
    return bool(has_key and service.protocol and not service.secure)


_TELL_ADDRESSES = ("apprise", "requests", "urllib3.connectionpool", "urllib3.util.retry")
"""Loggers that would write addresses with secret keys; Python prints records of a logger without a handler."""


@contextlib.contextmanager
def _silent() -> Iterator[None]:
    """Keep a library's messages about an address, which is secret, off the terminal and out of every log."""
    loggers = [logging.getLogger(name) for name in _TELL_ADDRESSES]
    before = [logger.disabled for logger in loggers]
    try:
        for logger in loggers:
            logger.disabled = True
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            yield
    finally:
        for logger, was in zip(loggers, before, strict=True):
            logger.disabled = was


_GIVEN_UP_AFTER = timedelta(days=7)
_MAIL = "mail"
_SERVICE = "service:"


class Pending(Value):
    """A message that waits for one channel."""

    channel: str
    """`mail`, `service:` with the name of a variable, or the name of a webhook."""
    since: datetime
    message: Message


class Channels(NamedTuple):
    """Ways of sending messages: settings, secrets, the current time, and the function that posts."""

    settings: NotifySettings
    environment: Mapping[str, str]
    now: Callable[[], datetime]
    post: Post

    def __repr__(self) -> str:
        """Return the settings alone, because the environment holds secrets."""
        return f"Channels({self.settings!r})"


def _ways(channels: Channels) -> dict[str, Callable[[Message], None]]:
    """Return the function that sends a message to each channel of the settings, by the channel's name."""
    settings, environment = channels.settings, channels.environment
    ways: dict[str, Callable[[Message], None]] = {
        each.name: partial(
            send_webhook, webhook=each, environment=environment, now=channels.now(), post=channels.post
        )
        for each in settings.webhooks
    }
    if settings.mail:
        ways[_MAIL] = partial(send_mail, mail=settings.mail, environment=environment)
    for service in settings.services:
        ways[_SERVICE + service.url_env] = partial(send_to_service, service=service, environment=environment)
    return ways


def enqueue(message: Message, channels: Channels, folder: Path) -> None:
    """Store a message for every channel, unless the same message already waits there."""
    folder.mkdir(parents=True, exist_ok=True)
    for channel in _ways(channels):
        key = hashlib.sha256(f"{channel}\n{message.id}".encode()).hexdigest()[:24]
        path = folder / f"{key}.json"
        if not path.exists():
            pending = Pending(channel=channel, since=channels.now(), message=message)
            write_whole(path, pending.model_dump_json())


def deliver(channels: Channels, folder: Path) -> list[str]:
    """Send all pending messages, oldest first; return a sentence for each failure.

    A message that could not be sent stays for the next run, for a week at most.
    """
    troubles, ways = [], _ways(channels)
    for path, pending in _pending(folder):
        try:
            if pending.channel in ways:
                ways[pending.channel](pending.message)
        except DeliveryError as error:
            late = channels.now() - pending.since > _GIVEN_UP_AFTER
            troubles.append(f"{error}" + (": given up after a week" if late else ": will be tried again"))
            if not late:
                continue
        path.unlink()
    return troubles


def _pending(folder: Path) -> list[tuple[Path, Pending]]:
    found = []
    for path in folder.glob("*.json"):
        try:
            found.append((path, Pending.model_validate_json(path.read_text("utf-8"))))
        except ValidationError:
            path.unlink()
    return sorted(found, key=lambda pair: (pair[1].since, pair[0].name))
