"""Send a message to a chat or push service through Apprise, by the user's own template."""

import contextlib
import io
from collections.abc import Mapping
from typing import Any

from policydiff.settings import Service
from policydiff.watch.notify.message import Message
from policydiff.watch.notify.webhook import DeliveryError


def filled(template: str, message: Message) -> str:
    """Return a template with its places filled in; words of documents are put in, never read as templates."""
    links = [change.report or change.url or "" for change in message.changes]
    return template.format(
        subject=message.subject,
        text=message.text,
        changes=len(message.changes),
        link=next(filter(None, links), ""),
        run=message.run,
    )


def send_to_service(message: Message, service: Service, environment: Mapping[str, str]) -> None:
    """Send a message.

    Raises:
        DeliveryError: if Apprise is not installed, the address is not in the environment, or the service refuses.
    """
    address = environment.get(service.url_env)
    if not address:
        raise DeliveryError(f"the environment variable {service.url_env} holds no address of a service")
    try:
        import apprise  # noqa: PLC0415 (an extra, loaded only where a service is told)
    except ImportError as error:
        raise DeliveryError("services need Apprise: pip install 'policydiff[notify]'") from error
    sender: Any = apprise.Apprise()
    if not sender.add(address):
        raise DeliveryError(f"{service.url_env} holds no address that Apprise knows")
    with contextlib.redirect_stdout(io.StringIO()):
        taken = sender.notify(
            title=filled(service.title, message),
            body=filled(service.body, message),
            body_format=service.format,
        )
    if not taken:
        raise DeliveryError(f"the service of {service.url_env} did not take the message")
