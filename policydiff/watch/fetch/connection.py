"""Connections of a run: HTTP to checked addresses with a deadline for the whole exchange, and pages that a script fills in.

A time-out between two bytes does not stop a server that drips one byte a second, in headers or body; every read and write is therefore cut
at the deadline of the request that runs in this thread.

Pages of scripts (extra `[browser]`) are run by a browser without a window. It reaches no network of its own: each of its requests goes
through the client, so that the same addresses are refused, the same limits hold and the same robots.txt is asked as for any other page.
Pictures, fonts and films are not fetched, nothing is stored, and the whole visit has the clock of one request.
"""

import os
import shutil
import ssl
import threading
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import httpcore
import httpx

from policydiff.errors import worded
from policydiff.notify.channels import DeliveryError, Post
from policydiff.settings.settings import TrackSettings
from policydiff.watch import Clock, FailureKind, SourceFailedError
from policydiff.watch.fetch.answers import (
    Networks,
    Resolver,
    check_written_address,
    checked_addresses,
    failure_of_transport,
    resolve,
)

TRANSPORT_ERRORS = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
)
"""Errors that can occur below HTTP."""


class Deadline(threading.local):
    """The moment, on the monotonic clock, at which this thread's request must have ended."""

    at: float | None = None

    def left(self, monotonic: Callable[[], float], timeout: float | None) -> float | None:
        """Return the seconds left for one operation. Raises httpcore.ReadTimeout if the deadline has passed."""
        if self.at is None:
            return timeout
        remaining = self.at - monotonic()
        if remaining <= 0:
            raise httpcore.ReadTimeout(worded("the exchange took longer than track.total_timeout"))
        return remaining if timeout is None else min(timeout, remaining)


class _Stream(httpcore.NetworkStream):
    def __init__(
        self, inner: httpcore.NetworkStream, deadline: Deadline, monotonic: Callable[[], float]
    ) -> None:
        self._inner = inner
        self._deadline = deadline
        self._monotonic = monotonic

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.left(self._monotonic, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.left(self._monotonic, timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._deadline.left(self._monotonic, timeout)
        return _Stream(
            self._inner.start_tls(ssl_context, server_hostname, left), self._deadline, self._monotonic
        )

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    def __init__(
        self,
        resolver: Resolver,
        allowed: Networks,
        *,
        exempt: str | None,
        deadline: Deadline,
        monotonic: Callable[[], float],
    ) -> None:
        self._inner = httpcore.SyncBackend()
        self._resolver = resolver
        self._allowed = allowed
        self._exempt = exempt
        self._deadline = deadline
        self._monotonic = monotonic

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        if host == self._exempt:
            addresses = [host]
        else:
            addresses = checked_addresses(host, port, self._resolver, self._allowed)
        failure: Exception | None = None
        for address in addresses:
            left = self._deadline.left(self._monotonic, timeout)
            try:
                stream = self._inner.connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
                continue
            return _Stream(stream, self._deadline, self._monotonic)
        raise failure or httpcore.ConnectError(f"{host} has no address")

    def sleep(self, seconds: float) -> None:
        self._inner.sleep(seconds)


class Connections(httpx.BaseTransport):
    """A transport for httpx whose connections are checked and cut at a deadline."""

    def __init__(
        self,
        resolver: Resolver,
        allowed: Networks,
        *,
        monotonic: Callable[[], float],
        proxy: str | None = None,
        deadline: Deadline | None = None,
    ) -> None:
        self.deadline = deadline or Deadline()
        proxy_host = httpx.URL(proxy).host if proxy else None
        backend = _Backend(resolver, allowed, exempt=proxy_host, deadline=self.deadline, monotonic=monotonic)
        self._is_proxied = proxy is not None
        self._allowed = allowed
        # HTTP/1.1 alone: one request a connection at a time is what ties a read to the deadline of its thread.
        shared: dict[str, Any] = {
            "ssl_context": httpx.create_ssl_context(),
            "max_connections": 64,
            "max_keepalive_connections": 16,
            "keepalive_expiry": 15.0,
            "network_backend": backend,
        }
        self._pool: httpcore.ConnectionPool = (
            httpcore.HTTPProxy(**_proxy_arguments(proxy), **shared)
            if proxy
            else httpcore.ConnectionPool(**shared)
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; errors are those of httpcore, and `SourceFailedError` for a refused address."""
        url = request.url
        if self._is_proxied:
            # Names are resolved by the proxy; what can be judged here is an address written out.
            check_written_address(url.host, self._allowed)
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Body(answer),
            extensions=answer.extensions,
            request=request,
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


def _proxy_arguments(proxy: str) -> dict[str, Any]:
    url = httpx.URL(proxy)
    credentials = (url.username, url.password) if url.username else None
    bare = url.copy_with(username=None, password=None) if credentials else url
    return {"proxy_url": str(bare), "proxy_auth": credentials}


def proxy_for(
    url_scheme: str, host: str, configured: str | None, environment: Mapping[str, str]
) -> str | None:
    """Return the proxy for a request to a host (without port), or None.

    `configured` (`track.proxy`) holds for all hosts. `environment` leads from a scheme in lower case to its proxy,
    as `urllib.request.getproxies()` gives it; `no` lists exceptions.
    """
    if configured:
        return configured
    if _is_exempt(host, environment.get("no", "")):
        return None
    proxy = environment.get(url_scheme) or environment.get("all")
    if proxy and "://" not in proxy:
        proxy = f"http://{proxy}"
    return proxy or None


def _is_exempt(host: str, exceptions: str) -> bool:
    if exceptions.strip() == "*":
        return True
    names = [name.strip().lstrip(".").lower() for name in exceptions.split(",")]
    return any(name and (host.lower() == name or host.lower().endswith(f".{name}")) for name in names)


def environment_proxies() -> dict[str, str]:
    """Return the proxies the process's environment names."""
    return urllib.request.getproxies_environment()


def poster(settings: TrackSettings, clock: Clock, resolver: Resolver = resolve) -> Post:
    """Return a `Post` with the limits and allowed addresses of fetching; redirects are not followed."""

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
        except TRANSPORT_ERRORS as error:
            raise DeliveryError(str(failure_of_transport(error, target.host))) from None
        except SourceFailedError as error:
            raise DeliveryError(f"{target.host} could not be reached: {error}") from error
        finally:
            connections.close()
        if not 200 <= response.status_code < 300:
            raise DeliveryError(f"the receiver {target.host} answers {response.status_code}")

    return post


if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route

_PROGRAMS = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome", "msedge",
)  # fmt: skip
_ARGUMENTS = (
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--no-first-run",
)
_UNWANTED = frozenset({"image", "media", "font", "websocket", "eventsource", "manifest", "ping"})
_MOST_REQUESTS = 300
"""Most requests of one page, after which its visit ends: portals make a few dozen."""
_SETTLED = 600
"""Milliseconds of waiting after the network is idle, before the page counts as complete."""


class Relayed(NamedTuple):
    """An answer in the form for the browser."""

    status: int
    headers: dict[str, str]
    body: bytes


Relay = Callable[[str, str, dict[str, str], bytes | None], Relayed]
"""Makes a request of the browser (method, address, headers, body) through the client; raises `SourceFailedError` where it may not be made."""


class Rendered(NamedTuple):
    """A page after its scripts have run."""

    url: str
    status: int
    body: bytes


def render(url: str, relay: Relay, *, seconds: float, wait_for: str | None = None) -> Rendered:
    """Return the page at an address as a browser shows it after its scripts have run.

    The requests of the browser go through `relay`. Within `seconds` for the whole visit the block of the
    selector `wait_for` must appear; without a selector the visit ends when no further request is made.

    Raises SourceFailedError: empty, if no browser is installed or the block does not appear; otherwise the
    failure of the page's own request.
    """
    try:
        from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415 (an extra)
    except ImportError as error:
        raise _absent() from error
    visit = _Visit(url, relay)
    try:
        with sync_playwright() as playwright:
            browser = _launched(playwright)
            try:
                return visit.make(browser, seconds * 1000, wait_for)
            finally:
                browser.close()
    except Error as error:
        if visit.failure is not None:
            raise visit.failure from error
        reason = error.message.splitlines()[0] if error.message else type(error).__name__
        if "xecutable" in error.message:
            raise _absent() from error
        kind = FailureKind.EMPTY if wait_for and "Timeout" in error.message else FailureKind.TRANSIENT
        raise SourceFailedError(kind, f"the browser did not get {url}: {reason}") from error


def _absent() -> SourceFailedError:
    return SourceFailedError(
        FailureKind.EMPTY,
        "this page is filled in by a script, and no browser is installed: pip install 'policydiff[browser]' and "
        "playwright install chromium, or name a program by POLICYDIFF_BROWSER",
    )


def _launched(playwright: "Playwright") -> "Browser":
    named = os.environ.get("POLICYDIFF_BROWSER") or next(filter(None, map(shutil.which, _PROGRAMS)), None)
    has_own = Path(playwright.chromium.executable_path).exists()
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    # Chromium's own sandbox refuses to start for root, as jobs in containers run; no other user goes without it.
    arguments = [*_ARGUMENTS, *(["--no-sandbox"] if is_root else [])]
    return playwright.chromium.launch(
        executable_path=None if has_own and not os.environ.get("POLICYDIFF_BROWSER") else named,
        args=arguments,
    )


class _Visit:
    def __init__(self, url: str, relay: Relay) -> None:
        self._url = url
        self._relay = relay
        self._left = _MOST_REQUESTS
        self.failure: SourceFailedError | None = None
        """The reason why the page itself could not be fetched."""

    def make(self, browser: "Browser", milliseconds: float, wait_for: str | None) -> Rendered:
        context: BrowserContext = browser.new_context(
            accept_downloads=False, service_workers="block", permissions=[], locale="zh-CN"
        )
        context.set_default_timeout(milliseconds)
        context.route("**/*", self._answer)
        page: Page = context.new_page()
        answer = page.goto(self._url, wait_until="load")
        if wait_for is not None:
            page.wait_for_selector(wait_for, state="attached")
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(_SETTLED)
        return Rendered(page.url, answer.status if answer is not None else 200, page.content().encode())

    def _answer(self, route: "Route") -> None:
        request = route.request
        self._left -= 1
        if request.resource_type in _UNWANTED or self._left < 0:
            route.abort()
            return
        try:
            made = self._relay(request.method, request.url, dict(request.headers), request.post_data_buffer)
        except SourceFailedError as failure:
            if request.is_navigation_request() and request.frame.parent_frame is None:
                self.failure = failure
            route.abort()
            return
        route.fulfill(status=made.status, headers=made.headers, body=made.body)
