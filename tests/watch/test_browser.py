"""Pages that a script fills in, read in a real browser that reaches the network through the client alone."""

import shutil
import sys
from collections.abc import Iterator

import pytest

from policydiff.settings.settings import TrackSettings
from policydiff.watch import Clock, FailureKind, SourceFailedError
from policydiff.watch.fetch.client import Client
from watch.portal import Portal

SHELL = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>政策</title></head><body><div id="app"></div>
<script>fetch("/api/text").then(a => a.json()).then(d => {
  document.getElementById("app").innerHTML = d.lines.map(l => "<p>" + l + "</p>").join("");
});</script></body></html>"""
ELSEWHERE = SHELL.replace("/api/text", "http://10.9.8.7/api/text")


@pytest.fixture
def client(portal: Portal) -> Iterator[Client]:
    made = Client(
        TrackSettings(allow_addresses=("127.0.0.0/8",), pace=0, retries=0, total_timeout=60), Clock()
    )
    yield made
    made.close()


@pytest.mark.browser
@pytest.mark.skipif(shutil.which("chromium") is None, reason="no Chromium is installed")
def test_a_page_filled_in_by_a_script_holds_its_text(portal: Portal, client: Client) -> None:
    portal.pages["/app"] = SHELL.encode()
    portal.pages["/api/text"] = '{"lines": ["某市办法", "第一条 给予30万元补助。"]}'.encode()
    answer = client.get_rendered(portal.url("/app"), wait_for="#app p")
    assert "第一条 给予30万元补助。" in answer.body.decode()
    assert "给予30万元" not in client.get(portal.url("/app")).body.decode()


@pytest.mark.browser
@pytest.mark.skipif(shutil.which("chromium") is None, reason="no Chromium is installed")
def test_a_script_reaches_no_address_that_may_not_be_fetched(portal: Portal, client: Client) -> None:
    portal.pages["/app"] = ELSEWHERE.encode()
    answer = client.get_rendered(portal.url("/app"))
    assert '<div id="app"></div>' in answer.body.decode()


@pytest.mark.browser
@pytest.mark.skipif(shutil.which("chromium") is None, reason="no Chromium is installed")
def test_a_page_that_is_refused_keeps_its_type(portal: Portal, client: Client) -> None:
    portal.pages["/robots.txt"] = b"User-agent: *\nDisallow: /app\n"
    portal.pages["/app"] = SHELL.encode()
    with pytest.raises(SourceFailedError) as caught:
        client.get_rendered(portal.url("/app"))
    assert caught.value.kind is FailureKind.BLOCKED


def test_without_a_browser_the_refusal_says_what_to_install(
    portal: Portal, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    with pytest.raises(SourceFailedError, match=r"policydiff\[browser\]") as caught:
        client.get_rendered(portal.url("/app"))
    assert caught.value.kind is FailureKind.EMPTY
