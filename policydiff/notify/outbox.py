"""Messages on their way: written down before they are sent, and tried again in later runs until they are taken."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from policydiff.model import Value
from policydiff.notify.channels import DeliveryError, Post, send_mail, send_to_service, send_webhook
from policydiff.notify.message import Message
from policydiff.settings import NotifySettings

_GIVEN_UP_AFTER = timedelta(days=7)
_MAIL = "mail"
_SERVICE = "service:"


class Pending(Value):
    """A message for one channel."""

    channel: str
    """`mail`, `service:` and the name of a variable, or the address of a webhook."""
    since: datetime
    message: Message


class Channels(NamedTuple):
    """How messages leave: settings, secrets, time, and the way to post."""

    settings: NotifySettings
    environment: Mapping[str, str]
    now: Callable[[], datetime]
    post: Post


def enqueue(message: Message, channels: Channels, folder: Path) -> None:
    """Write a message down for every channel; one that is pending or the same again is not doubled."""
    names = [webhook.url for webhook in channels.settings.webhooks]
    if channels.settings.mail:
        names.append(_MAIL)
    names += [f"{_SERVICE}{service.url_env}" for service in channels.settings.services]
    folder.mkdir(parents=True, exist_ok=True)
    for channel in names:
        key = hashlib.sha256(f"{channel}\n{message.id}".encode()).hexdigest()[:24]
        path = folder / f"{key}.json"
        if not path.exists():
            pending = Pending(channel=channel, since=channels.now(), message=message)
            fresh = path.with_suffix(".new")
            fresh.write_text(pending.model_dump_json(), "utf-8")
            fresh.replace(path)


def deliver(channels: Channels, folder: Path) -> list[str]:
    """Send everything that is pending, oldest first; return what went wrong, one sentence each.

    What could not be sent stays for the next run, a week at most.
    """
    troubles = []
    for path, pending in _pending(folder):
        try:
            _send(pending, channels)
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


def _send(pending: Pending, channels: Channels) -> None:
    if pending.channel == _MAIL:
        if channels.settings.mail:
            send_mail(pending.message, channels.settings.mail, channels.environment)
        return
    if pending.channel.startswith(_SERVICE):
        name = pending.channel.removeprefix(_SERVICE)
        service = next((one for one in channels.settings.services if one.url_env == name), None)
        if service:
            send_to_service(pending.message, service, channels.environment)
        return
    webhook = next((one for one in channels.settings.webhooks if one.url == pending.channel), None)
    if webhook:
        send_webhook(pending.message, webhook, channels.environment, channels.now(), channels.post)
