"""Post a message, signed: HMAC-SHA256 over time and body, so that a receiver can tell forged and replayed ones."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Protocol

import httpx

from policydiff.settings import TrackSettings, Webhook
from policydiff.watch.clock import Clock
from policydiff.watch.failure import SourceFailedError
from policydiff.watch.fetch.addresses import Resolver, resolve
from policydiff.watch.fetch.connection import TRANSPORT_ERRORS, Connections, environment_proxies, proxy_for
from policydiff.watch.notify.message import Message

SIGNATURE = "X-Policydiff-Signature-256"
TIMESTAMP = "X-Policydiff-Timestamp"
DELIVERY = "X-Policydiff-Delivery"


class DeliveryError(Exception):
    """A message could not be handed over; it is kept and tried again in the next run."""


class Post(Protocol):
    """Send a request body to an address; raise `DeliveryError` unless it was taken."""

    def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Send."""
        ...


def sign(body: bytes, timestamp: str, secret: str) -> str:
    """Return the signature header's value over `<timestamp>.<body>`."""
    digest = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    return f"sha256={digest.hexdigest()}"


def send_webhook(
    message: Message, webhook: Webhook, environment: Mapping[str, str], clock: Clock, post: Post
) -> None:
    """Post a message.

    Raises:
        DeliveryError: if the key is not in the environment, or the receiver did not take it.
    """
    body = message.model_dump_json().encode()
    timestamp = str(int(clock.now().timestamp()))
    headers = {"Content-Type": "application/json", DELIVERY: message.id, TIMESTAMP: timestamp}
    if webhook.secret_env:
        secret = environment.get(webhook.secret_env)
        if not secret:
            raise DeliveryError(
                f"the environment variable {webhook.secret_env} holds no key for {webhook.url}"
            )
        headers[SIGNATURE] = sign(body, timestamp, secret)
    post(webhook.url, body, headers)


def poster(settings: TrackSettings, clock: Clock, resolver: Resolver = resolve) -> Post:
    """Return a `Post` that keeps to the limits and addresses that fetching keeps to; redirects are not followed."""

    def post(url: str, body: bytes, headers: Mapping[str, str]) -> None:
        target = httpx.URL(url)
        proxy = proxy_for(target.scheme, target.host, settings.proxy, environment_proxies())
        connections = Connections(resolver, settings.allow_addresses, monotonic=clock.monotonic, proxy=proxy)
        connections.deadline.at = clock.monotonic() + settings.total_timeout
        extensions = {"timeout": httpx.Timeout(settings.timeout).as_dict()}
        request = httpx.Request(
            "POST",
            url,
            content=body,
            headers={"User-Agent": settings.user_agent} | dict(headers),
            extensions=extensions,
        )
        try:
            response = connections.handle_request(request)
            response.close()
        except (*TRANSPORT_ERRORS, SourceFailedError) as error:
            raise DeliveryError(f"{target.host} could not be reached: {error}") from error
        finally:
            connections.close()
        if not 200 <= response.status_code < 300:
            raise DeliveryError(f"{target.host} answers {response.status_code}")

    return post
