"""Fetch one address politely: robots.txt by RFC 9309, pace, conditional requests, redirects, limits."""

import threading
import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
from protego import Protego

from policydiff.settings.settings import TrackSettings
from policydiff.watch import Clock, FailureKind, SourceFailedError
from policydiff.watch.fetch.answers import (
    ACCEPTED,
    REDIRECTS,
    Answer,
    Resolver,
    Validators,
    failure_of_status,
    failure_of_transport,
    read_body,
    resolve,
)
from policydiff.watch.fetch.connection import (
    TRANSPORT_ERRORS,
    Connections,
    Deadline,
    Relayed,
    environment_proxies,
    proxy_for,
    render,
)

_MAX_BYTES = 500 * 1024
"""Bytes of robots.txt that are read: RFC 9309, 2.5 demands at least 500 KiB of every crawler."""
_MAX_RULES = 5_000
_LONGEST_LINE = 2_000
"""Most characters of a rule; longer rules are built to keep a matcher busy."""
_MOST_STARS = 8
_LONGEST_DELAY = 60.0


class Robots(NamedTuple):
    """Rules of a host for this client (`robots.txt`)."""

    rules: Protego | None = None
    """None if there are no rules: every path may be fetched."""
    product: str = ""
    delay: float | None = None
    """Crawl-delay in seconds; None if the host states no delay."""

    def allows(self, path: str) -> bool:
        """Return whether a path with its query may be fetched."""
        return self.rules is None or bool(self.rules.can_fetch(path or "/", self.product))


ALLOW_ALL = Robots()


def parse_robots(data: bytes, product: str) -> Robots:
    """Read a robots.txt for the product token of a user agent, else for `*`."""
    lines = data.decode("utf-8", "replace").splitlines()[:_MAX_RULES]
    kept = [line for line in lines if len(line) <= _LONGEST_LINE and line.count("*") <= _MOST_STARS]
    rules = Protego.parse("\n".join(kept))
    delay = rules.crawl_delay(product)
    return Robots(rules, product, min(max(float(delay), 0.0), _LONGEST_DELAY) or None if delay else None)


class Pacer:
    """Keeps a pause between requests to one host, over all threads."""

    def __init__(self, clock: Clock, pause: float) -> None:
        self._clock = clock
        self._pause = pause
        self._delays: dict[str, float] = {}
        self._last: dict[str, float] = {}
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._guard = threading.Lock()

    def slow_down(self, host: str, delay: float) -> None:
        """Keep a longer pause for a host that requests it (Crawl-delay)."""
        self._delays[host] = max(delay, self._pause)

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait for this host's turn and hold it."""
        with self._guard:
            lock = self._locks[host]
        with lock:
            if host in self._last:
                pause = self._delays.get(host, self._pause)
                wait = self._last[host] + pause - self._clock.monotonic()
                if wait > 0:
                    self._clock.sleep(wait)
            try:
                yield
            finally:
                self._last[host] = self._clock.monotonic()


_ROBOTS_ASKS = ("policydiff", "/robots.txt")
_GIVE_UP_AFTER = 3
NOTHING_KNOWN = Validators()
_LOGINS = frozenset({"authorization", "cookie", "proxy-authorization"})
"""Headers that a script sends to one host; no redirect carries them to a different host or from https to http."""
_HOP_HEADERS = frozenset(
    {"content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive"}
)
"""Headers about the transfer from the server to the client; the browser receives the unpacked body."""


class _Exchange(NamedTuple):
    status: int
    headers: httpx.Headers
    body: bytes


class Client:
    """Fetches for one run by its settings; safe to share between threads.

    The clock serves pace, deadlines and Retry-After; the resolver returns the addresses of a host and port
    (by default the system's resolver).
    """

    def __init__(self, settings: TrackSettings, clock: Clock, resolver: Resolver = resolve) -> None:
        self._settings = settings
        self._clock = clock
        self._resolver = resolver
        self._pacer = Pacer(clock, settings.pace)
        self._deadline = Deadline()
        self._connections: dict[str | None, Connections] = {}
        self._proxies = environment_proxies()
        self._robots: dict[str, Robots | SourceFailedError] = {}
        self._silent: dict[str, int] = {}
        self._guard = threading.Lock()

    def close(self) -> None:
        """Close all connections."""
        for connections in self._connections.values():
            connections.close()

    def get(self, url: str, validators: Validators = NOTHING_KNOWN) -> Answer:
        """Return the body at an address, or the answer that it is unchanged.

        Raises SourceFailedError if it could not be fetched, for a transient failure after its retries.
        """
        attempt = 1
        while True:
            try:
                return self._follow(url, validators, attempt)
            except SourceFailedError as failure:
                failure.attempts = attempt
                wait = self._wait_before_retry(failure, attempt, url)
                if wait is None:
                    raise
            self._clock.sleep(wait)
            attempt += 1

    def get_rendered(self, url: str, wait_for: str | None = None) -> Answer:
        """Return the page at an address as a browser shows it when its scripts have run (extra `browser`).

        Raises SourceFailedError if it could not be had, or no browser is installed.
        """
        page = render(url, self._relay, seconds=self._settings.total_timeout, wait_for=wait_for)
        failure = failure_of_status(page.status, {}, self._clock.now())
        if failure:
            raise failure
        return Answer(page.url.partition("#")[0], 200, page.body, NOTHING_KNOWN, 1)

    def _relay(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> Relayed:
        """Make one request for a browser, by the same rules and limits as every request."""
        if urlsplit(url).scheme not in {"http", "https"}:
            raise SourceFailedError(
                FailureKind.BLOCKED, f"a script asks for {url[:80]!r}, which is not on the web"
            )
        cookies = httpx.Cookies()
        current = url
        for _ in range(self._settings.max_redirects + 1):
            self._ask_robots(current)
            request = self._request(current, NOTHING_KNOWN)
            request = httpx.Request(
                method,
                current,
                headers={**headers, **request.headers, "Accept": headers.get("accept", "*/*")},
                content=body,
                extensions=request.extensions,
            )
            exchange = self._exchange(request, self._settings.max_bytes, cookies, paced=False)
            if exchange.status not in REDIRECTS or "location" not in exchange.headers or method != "GET":
                break
            before, current = current, _next_address(current, exchange.headers["location"])
            if _leaves_tls(before, current):
                cookies = httpx.Cookies()
            if urlsplit(before)[:2] != urlsplit(current)[:2]:
                headers = {name: value for name, value in headers.items() if name.lower() not in _LOGINS}
        kept = {name: value for name, value in exchange.headers.items() if name.lower() not in _HOP_HEADERS}
        return Relayed(exchange.status, kept, exchange.body)

    def _wait_before_retry(self, failure: SourceFailedError, attempt: int, url: str) -> float | None:
        if failure.kind is not FailureKind.TRANSIENT or attempt > self._settings.retries:
            return None
        parts = urlsplit(url)
        if self._silent.get(parts.hostname or "", 0) >= _GIVE_UP_AFTER:
            return None
        origin = f"{parts.scheme}://{parts.netloc}"
        if isinstance(self._robots.get(origin), SourceFailedError):
            del self._robots[origin]
        # Spread by address, not by chance: a run is the same each time, and clients do not beat in step.
        spread = 1 + (zlib.crc32(url.encode()) % 256) / 512
        wait = max(failure.retry_after or 0.0, min(2.0 ** (attempt - 1), 30.0) * spread)
        return wait if wait <= self._settings.max_wait else None

    def _follow(self, url: str, validators: Validators, attempt: int) -> Answer:
        cookies = httpx.Cookies()
        seen: set[tuple[str, str]] = set()
        current = url
        for _ in range(self._settings.max_redirects + 1):
            self._ask_robots(current)
            request = self._request(current, validators)
            cookies.set_cookie_header(request)
            state = (current, request.headers.get("cookie", ""))
            if state in seen:
                raise SourceFailedError(FailureKind.BLOCKED, f"{url} redirects in a circle")
            seen.add(state)
            exchange = self._exchange(request, self._settings.max_bytes, cookies)
            if exchange.status in REDIRECTS and "location" in exchange.headers:
                before, current = current, _next_address(current, exchange.headers["location"])
                if _leaves_tls(before, current):
                    cookies = httpx.Cookies()
                continue
            return self._answer(current, exchange, validators, attempt)
        raise SourceFailedError(
            FailureKind.BLOCKED, f"{url} redirects more than {self._settings.max_redirects} times"
        )

    def _answer(self, url: str, exchange: _Exchange, validators: Validators, attempt: int) -> Answer:
        headers = exchange.headers
        if exchange.status == 304 and any(validators):
            kept = Validators(
                headers.get("etag") or validators.etag,
                headers.get("last-modified") or validators.last_modified,
            )
            return Answer(url, 304, b"", kept, attempt)
        failure = failure_of_status(exchange.status, headers, self._clock.now())
        if failure:
            raise failure
        if not exchange.body:
            raise SourceFailedError(FailureKind.EMPTY, f"{url} has an empty body", status=exchange.status)
        found = Validators(headers.get("etag"), headers.get("last-modified"))
        return Answer(url, 200, exchange.body, found, attempt)

    def _request(self, url: str, validators: Validators) -> httpx.Request:
        headers = {
            "User-Agent": self._settings.user_agent,
            "Accept": "text/html,application/xhtml+xml,application/pdf,*/*;q=0.8",
            "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
            "Accept-Encoding": ACCEPTED,
        }
        if validators.etag:
            headers["If-None-Match"] = validators.etag
        if validators.last_modified:
            headers["If-Modified-Since"] = validators.last_modified
        timeout = httpx.Timeout(self._settings.timeout).as_dict()
        try:
            return httpx.Request("GET", url, headers=headers, extensions={"timeout": timeout})
        except (httpx.InvalidURL, ValueError) as error:
            raise SourceFailedError(FailureKind.STRUCTURE, f"{url!r} is no web address: {error}") from error

    def _exchange(
        self,
        request: httpx.Request,
        limit: int,
        cookies: httpx.Cookies,
        *,
        paced: bool = True,
        whole: bool = True,
    ) -> _Exchange:
        host = request.url.host
        if self._silent.get(host, 0) >= _GIVE_UP_AFTER:
            raise SourceFailedError(
                FailureKind.TRANSIENT, f"no connection to {host}: tried {_GIVE_UP_AFTER} times in this run"
            )
        # What one page asks for is one visit: the pause is between two pages.
        with self._pacer.turn(host) if paced else nullcontext():
            self._deadline.at = self._clock.monotonic() + self._settings.total_timeout
            try:
                response = self._transport(request).handle_request(request)
                try:
                    cookies.extract_cookies(response)
                    is_redirect = response.status_code in REDIRECTS
                    body = b"" if is_redirect else self._read(response, limit, whole=whole)
                finally:
                    response.close()
            except TRANSPORT_ERRORS as error:
                if isinstance(error, httpcore.ConnectError | httpcore.ConnectTimeout):
                    self._silent[host] = self._silent.get(host, 0) + 1
                raise failure_of_transport(error, host) from error
            finally:
                self._deadline.at = None
        self._silent[host] = 0
        return _Exchange(response.status_code, response.headers, body)

    def _read(self, response: httpx.Response, limit: int, *, whole: bool) -> bytes:
        declared = response.headers.get("content-length", "")
        if whole and declared.isdigit() and len(declared) < 20 and int(declared) > limit:
            raise SourceFailedError(
                FailureKind.STRUCTURE,
                f"the body is declared as {int(declared):,} bytes, more than track.max_bytes = {limit:,}",
            )
        packed = response.headers.get("content-encoding", "")
        return read_body(response.iter_raw(), packed, limit, whole=whole)

    def _transport(self, request: httpx.Request) -> Connections:
        proxy = proxy_for(request.url.scheme, request.url.host, self._settings.proxy, self._proxies)
        with self._guard:
            if proxy not in self._connections:
                self._connections[proxy] = Connections(
                    self._resolver,
                    self._settings.allow_addresses,
                    monotonic=self._clock.monotonic,
                    proxy=proxy,
                    deadline=self._deadline,
                )
            return self._connections[proxy]

    def _ask_robots(self, url: str) -> None:
        parts = urlsplit(url)
        product, path = _ROBOTS_ASKS
        if not self._settings.robots or parts.path == path:
            return
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._robots:
            self._robots[origin] = self._read_robots(origin + path, product, parts.hostname or "")
        robots = self._robots[origin]
        if isinstance(robots, SourceFailedError):
            raise SourceFailedError(
                robots.kind, robots.detail, status=robots.status, retry_after=robots.retry_after
            )
        if not robots.allows(parts.path + (f"?{parts.query}" if parts.query else "")):
            raise SourceFailedError(
                FailureKind.BLOCKED, f"robots.txt of {parts.netloc} disallows {parts.path}"
            )

    def _read_robots(self, url: str, product: str, host: str) -> Robots | SourceFailedError:
        """Read robots.txt as RFC 9309 2.3.1 asks: absent allows all, unreachable disallows all for now."""
        cookies = httpx.Cookies()
        try:
            current = url
            for _ in range(6):
                request = self._request(current, NOTHING_KNOWN)
                exchange = self._exchange(request, _MAX_BYTES, cookies, whole=False)
                if exchange.status not in REDIRECTS or "location" not in exchange.headers:
                    break
                current = _next_address(current, exchange.headers["location"])
        except SourceFailedError as error:
            return error
        if exchange.status == 429 or exchange.status >= 500:
            failure = failure_of_status(exchange.status, exchange.headers, self._clock.now())
            return failure or ALLOW_ALL
        robots = parse_robots(exchange.body, product) if exchange.status == 200 else ALLOW_ALL
        if robots.delay:
            self._pacer.slow_down(host, robots.delay)
        return robots


def _leaves_tls(before: str, after: str) -> bool:
    """Return whether a redirect leads from https to http: headers sent over TLS must not be sent in clear."""
    return urlsplit(before).scheme == "https" != urlsplit(after).scheme


def _next_address(current: str, location: str) -> str:
    try:
        address = urljoin(current, location)
        parts = urlsplit(address)
    except ValueError as error:
        raise SourceFailedError(
            FailureKind.STRUCTURE, f"{current} redirects to a malformed address"
        ) from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SourceFailedError(
            FailureKind.BLOCKED, f"{current} redirects to {parts.scheme or 'nothing'}:, not to the web"
        )
    return address.partition("#")[0]
