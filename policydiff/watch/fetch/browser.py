"""Pages that a script fills in (extra `[browser]`): a browser without a window runs them, and everything it asks for goes through the client.

The browser reaches no network of its own: each of its requests is answered from here, so that the same addresses are
refused, the same limits hold and the same robots.txt is asked as for any other page. Pictures, fonts and films are not
fetched, nothing is stored, and the whole visit has the clock of one request.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from policydiff.watch import FailureKind, SourceFailedError

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
"""Requests of one page beyond which it is let go: portals make a few dozen."""
_SETTLED = 600
"""Milliseconds without another request after which a page counts as filled in."""


class Relayed(NamedTuple):
    """An answer as it is handed to the browser."""

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
    """Return the page at an address as a browser shows it when its scripts have filled it in.

    The requests of the browser go through `relay`. Within `seconds` for the whole visit the block of the selector
    `wait_for` must be there; without a selector the visit ends when no more is asked for.

    Raises SourceFailedError: empty, where no browser is installed or the block does not come; else the failure of
    the page's own request.
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
        """Why the page itself could not be had."""

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
