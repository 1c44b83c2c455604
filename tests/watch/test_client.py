"""Fetching from a server that behaves, and from one that does not."""

import gzip
import os
import zlib
from ipaddress import ip_network
from types import SimpleNamespace

import httpx
import pytest

from policydiff.settings.settings import TrackSettings
from policydiff.watch import Clock, FailureKind, SourceFailedError
from policydiff.watch.fetch.answers import Validators, checked_addresses
from policydiff.watch.fetch.client import Client
from watch import portal as serve
from watch.clocks import FakeClock
from watch.portal import Portal

LOOPBACK = (ip_network("127.0.0.0/8"),)


def settings(**more: object) -> TrackSettings:
    return TrackSettings.model_validate(
        {"pace": 0, "allow_addresses": LOOPBACK, "retries": 0, "timeout": 5, "total_timeout": 5} | more
    )


def fetch(portal: Portal, path: str, clock: FakeClock | Clock | None = None, **more: object) -> object:
    client = Client(settings(**more), clock or FakeClock())
    try:
        return client.get(portal.url(path))
    finally:
        client.close()


def failing(
    portal: Portal, path: str, clock: FakeClock | Clock | None = None, **more: object
) -> SourceFailedError:
    with pytest.raises(SourceFailedError) as caught:
        fetch(portal, path, clock, **more)
    return caught.value


def test_a_page_comes_with_validators_and_is_asked_for_conditionally(portal: Portal) -> None:
    portal.pages["/a"] = serve.with_validators(lambda: b"<html>text</html>")
    client = Client(settings(), FakeClock())
    first = client.get(portal.url("/a"))
    second = client.get(portal.url("/a"), first.validators)
    client.close()
    assert (first.status, first.body, first.is_unchanged) == (200, b"<html>text</html>", False)
    assert (second.status, second.body, second.is_unchanged) == (304, b"", True)
    assert second.validators.etag == first.validators.etag


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, FailureKind.BLOCKED),
        (403, FailureKind.BLOCKED),
        (
            412,
            FailureKind.BLOCKED,
        ),  # what one firewall of government portals answers to clients without script
        (521, FailureKind.BLOCKED),  # and another one
        (404, FailureKind.GONE),
        (410, FailureKind.GONE),
        (429, FailureKind.TRANSIENT),
        (500, FailureKind.TRANSIENT),
        (503, FailureKind.TRANSIENT),
        (304, FailureKind.TRANSIENT),  # without having been asked for
        (400, FailureKind.STRUCTURE),
        (204, FailureKind.EMPTY),
        (302, FailureKind.TRANSIENT),  # without Location
    ],
)
def test_a_status_that_carries_no_document_has_its_type(
    portal: Portal, status: int, kind: FailureKind
) -> None:
    portal.pages["/a"] = serve.answer(status)
    failure = failing(portal, "/a")
    assert (failure.kind, failure.status) == (kind, status)


@pytest.mark.parametrize(
    ("route", "kind", "words"),
    [
        (serve.drip, FailureKind.TRANSIENT, "in time"),
        (serve.drip_headers, FailureKind.TRANSIENT, "in time"),
        (serve.endless, FailureKind.STRUCTURE, "larger than"),
        (serve.too_short, FailureKind.TRANSIENT, "broke"),
        (serve.gzip_bomb, FailureKind.STRUCTURE, "larger than"),
        (serve.gzip_cut, FailureKind.TRANSIENT, "cut short"),
        (serve.answer(200, b"x", content_encoding="br"), FailureKind.STRUCTURE, "packed as"),
        (serve.answer(200, b"not packed", content_encoding="gzip"), FailureKind.TRANSIENT, "damaged"),
        (serve.answer(200, b""), FailureKind.EMPTY, "empty body"),
        (serve.answer(200, b"x" * 300_000), FailureKind.STRUCTURE, "declared as 300,000"),
    ],
    ids=["drip", "drip-head", "endless", "short", "bomb", "cut", "brotli", "damaged", "empty", "declared"],
)
def test_a_body_that_is_none_is_a_failure_in_bounded_time(
    portal: Portal, route: serve.Handler, kind: FailureKind, words: str
) -> None:
    portal.pages["/a"] = route
    failure = failing(portal, "/a", Clock(), timeout=2, total_timeout=0.4, max_bytes=200_000)
    assert failure.kind is kind
    assert words in failure.detail


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "raw deflate"])
def test_packed_bodies_are_unpacked(portal: Portal, encoding: str) -> None:
    body = "某市人民政府".encode() * 1000
    raw = zlib.compressobj(wbits=-15)
    data = {
        "gzip": gzip.compress(body),
        "deflate": zlib.compress(body),
        "raw deflate": raw.compress(body) + raw.flush(),
    }[encoding]
    portal.pages["/a"] = serve.answer(200, data, content_encoding=encoding.rsplit(maxsplit=1)[-1])
    assert fetch(portal, "/a").body == body  # type: ignore[attr-defined]


def test_retry_after_is_waited_for_and_the_retry_counts(portal: Portal) -> None:
    portal.pages["/a"] = serve.in_turn(serve.answer(429, retry_after="7"), b"<html>ok</html>")
    clock = FakeClock()
    answer = fetch(portal, "/a", clock, retries=2)
    assert (answer.body, answer.attempts) == (b"<html>ok</html>", 2)  # type: ignore[attr-defined]
    assert clock.slept == [7.0]


def test_a_retry_after_beyond_the_run_is_left_to_the_next_run(portal: Portal) -> None:
    portal.pages["/a"] = serve.answer(503, retry_after="Thu, 01 Jan 2026 02:00:00 GMT")
    clock = FakeClock()
    failure = failing(portal, "/a", clock, retries=3)
    assert (failure.retry_after, failure.attempts, clock.slept) == (7200.0, 1, [])


def test_server_errors_are_retried_with_growing_pauses_and_then_given_up(portal: Portal) -> None:
    portal.pages["/a"] = serve.answer(500)
    clock = FakeClock()
    failure = failing(portal, "/a", clock, retries=3)
    assert (failure.attempts, portal.hits["/a"]) == (4, 4)
    assert len(clock.slept) == 3
    assert clock.slept[0] < clock.slept[1] < clock.slept[2] <= 12


def test_what_is_gone_or_blocked_is_not_retried(portal: Portal) -> None:
    portal.pages["/a"] = serve.answer(403)
    failing(portal, "/a", retries=3)
    assert portal.hits["/a"] == 1


@pytest.mark.parametrize(
    ("pages", "kind", "words"),
    [
        ({"/a": serve.redirect("/a")}, FailureKind.BLOCKED, "circle"),
        ({"/a": serve.redirect("/b"), "/b": serve.redirect("/a")}, FailureKind.BLOCKED, "circle"),
        (
            {f"/{n}": serve.redirect(f"/{n + 1}") for n in range(20)} | {"/a": serve.redirect("/0")},
            FailureKind.BLOCKED,
            "more than",
        ),
        ({"/a": serve.redirect("file:///etc/passwd")}, FailureKind.BLOCKED, "not to the web"),
        ({"/a": serve.redirect("gopher://127.0.0.1:25/")}, FailureKind.BLOCKED, "not to the web"),
        ({"/a": serve.redirect("http://10.0.0.8/")}, FailureKind.BLOCKED, "no public address"),
        ({"/a": serve.redirect("http://169.254.169.254/latest/")}, FailureKind.BLOCKED, "no public address"),
        ({"/a": serve.redirect("http://[::1]/")}, FailureKind.BLOCKED, "no public address"),
        ({"/a": serve.redirect("http://[::ffff:10.0.0.1]/")}, FailureKind.BLOCKED, "no public address"),
        ({"/a": serve.redirect("http://[bad/")}, FailureKind.STRUCTURE, "malformed"),
    ],
)
def test_redirects_that_lead_astray_are_refused(
    portal: Portal, pages: dict[str, serve.Handler], kind: FailureKind, words: str
) -> None:
    portal.pages |= pages
    failure = failing(portal, "/a")
    assert failure.kind is kind
    assert words in failure.detail


def test_a_redirect_is_followed_and_named(portal: Portal) -> None:
    portal.pages |= {"/a": serve.redirect("/b?x=1#top", 301), "/b": b"<html>moved</html>"}
    answer = fetch(portal, "/a")
    assert (answer.url, answer.body) == (portal.url("/b?x=1"), b"<html>moved</html>")  # type: ignore[attr-defined]


def test_a_cookie_set_on_the_way_is_sent_on(portal: Portal) -> None:
    def gate(request: serve.Request) -> None:
        if "seen=1" in request.headers.get("Cookie", ""):
            request.send(200, b"<html>in</html>")
        else:
            request.send(302, b"", location="/a", set_cookie="seen=1; Path=/")

    portal.pages["/a"] = gate
    assert fetch(portal, "/a").body == b"<html>in</html>"  # type: ignore[attr-defined]


def test_loopback_is_refused_unless_allowed(portal: Portal) -> None:
    portal.pages["/a"] = b"<html>secret</html>"
    failure = failing(portal, "/a", allow_addresses=())
    assert failure.kind is FailureKind.BLOCKED
    assert not portal.hits


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
     "::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "nonsense"],
)  # fmt: skip
def test_no_form_of_a_private_address_passes(address: str) -> None:
    with pytest.raises(SourceFailedError) as caught:
        checked_addresses("www.example.cn", 80, lambda *_: ["93.184.216.34", address], ())
    assert caught.value.kind is FailureKind.BLOCKED


def test_a_name_is_resolved_once_and_the_checked_address_is_the_one_connected_to(portal: Portal) -> None:
    """A name that answers with a private address the second time (DNS rebinding) gains nothing."""
    answers = iter([["127.0.0.1"], ["10.9.9.9"]])
    portal.pages["/a"] = b"<html>text</html>"
    client = Client(settings(robots=False), FakeClock(), resolver=lambda *_: next(answers))
    assert client.get(portal.url("/a", host="www.city.example")).body == b"<html>text</html>"
    client.close()
    assert portal.headers[0][1]["Host"] == f"www.city.example:{portal.port}"


def test_pages_of_one_host_are_kept_apart(portal: Portal) -> None:
    portal.pages |= {"/a": b"<html>a</html>", "/b": b"<html>b</html>"}
    clock = FakeClock()
    client = Client(settings(pace=3, robots=False), clock)
    client.get(portal.url("/a"))
    client.get(portal.url("/b"))
    client.close()
    assert clock.slept == [pytest.approx(3, abs=0.5)]


def test_robots_is_asked_once_and_obeyed(portal: Portal) -> None:
    portal.pages |= {
        "/robots.txt": b"User-agent: *\nDisallow: /private\nCrawl-delay: 9\n",
        "/open": b"<html>a</html>",
        "/private/a": b"<html>b</html>",
    }
    clock = FakeClock()
    client = Client(settings(), clock)
    client.get(portal.url("/open"))
    with pytest.raises(SourceFailedError, match="disallows") as caught:
        client.get(portal.url("/private/a"))
    client.close()
    assert caught.value.kind is FailureKind.BLOCKED
    assert (portal.hits["/robots.txt"], portal.hits["/private/a"]) == (1, 0)
    assert clock.slept == [pytest.approx(9, abs=0.5)]


RULES = b"User-agent: *\nDisallow: /private\n"


def _without_end(request: serve.Request) -> None:
    request.start(200, {"Content-Type": "text/plain", "Transfer-Encoding": "chunked"})
    for chunk in (RULES, *[b"# " + b"x" * 65_000 + b"\n"] * 200):
        request.wfile.write(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
    request.wfile.flush()


@pytest.mark.parametrize(
    "route",
    [
        RULES + b"# remark\n" * 1_200_000,
        RULES + b"x" * 11_000_000,
        lambda request: request.send(
            200, gzip.compress(RULES + b"# \n" * 4_000_000), content_encoding="gzip"
        ),
        lambda request: request.send(
            200, gzip.compress(RULES + os.urandom(900_000)), content_encoding="gzip"
        ),
        lambda request: request.send(200, RULES + b" " * 600_000, content_encoding="identity"),
        _without_end,
    ],
    ids=["ten megabytes", "one line", "packed", "packed, large as sent", "blanks", "without end"],
)
def test_of_a_robots_file_without_measure_the_beginning_holds(
    portal: Portal, route: bytes | serve.Handler
) -> None:
    """RFC 9309, 2.5: a crawler reads so many bytes at least, and what stands behind them shuts no host."""
    portal.pages |= {"/robots.txt": route, "/open": b"<html>a</html>", "/private": b"<html>b</html>"}
    client = Client(settings(), FakeClock())
    assert client.get(portal.url("/open")).status == 200
    with pytest.raises(SourceFailedError, match="disallows"):
        client.get(portal.url("/private"))
    client.close()


def test_a_page_is_read_whole_or_not(portal: Portal) -> None:
    portal.pages |= {"/robots.txt": RULES, "/a": b"a" * 20_000}
    with pytest.raises(SourceFailedError, match=r"track\.max_bytes"):
        Client(settings(max_bytes=10_000), FakeClock()).get(portal.url("/a"))


def test_a_robots_file_that_cannot_be_had_stops_the_host_for_now(portal: Portal) -> None:
    portal.pages |= {"/robots.txt": serve.answer(503), "/a": b"<html>a</html>"}
    assert failing(portal, "/a").kind is FailureKind.TRANSIENT
    assert portal.hits["/a"] == 0


def test_a_host_that_is_away_is_not_asked_by_every_source(portal: Portal) -> None:
    portal.end()
    clock = FakeClock()
    client = Client(settings(retries=2), clock)
    attempts = []
    for number in range(5):
        with pytest.raises(SourceFailedError) as caught:
            client.get(portal.url(f"/{number}"))
        assert caught.value.kind is FailureKind.TRANSIENT
        attempts.append(caught.value.attempts)
    client.close()
    assert attempts == [3, 1, 1, 1, 1]


def test_a_request_through_a_proxy_goes_to_the_proxy_and_private_targets_stay_refused(portal: Portal) -> None:
    seen = []

    def as_proxy(request: serve.Request) -> None:
        seen.append(request.path)
        request.send(200, b"<html>through</html>")

    portal.pages["http://www.city.example/a"] = as_proxy
    proxied = settings(proxy=portal.url(""), robots=False, allow_addresses=())
    client = Client(proxied, FakeClock())
    assert client.get("http://www.city.example/a").body == b"<html>through</html>"
    with pytest.raises(SourceFailedError, match="no public address"):
        client.get("http://192.168.0.1/a")
    client.close()
    assert seen == ["http://www.city.example/a"]


def test_unchanged_needs_validators_of_that_very_address() -> None:
    assert not any(Validators())


@pytest.mark.parametrize(
    ("target", "kept"),
    [
        ("https://a.gov.cn/b", True),
        ("http://a.gov.cn/b", False),
        ("https://other.gov.cn/b", False),
        ("https://a.gov.cn:8443/b", False),
    ],
    ids=["same place", "without TLS", "another host", "another port"],
)
def test_a_login_of_a_script_is_not_carried_to_another_place(
    monkeypatch: pytest.MonkeyPatch, target: str, kept: bool
) -> None:
    """Scripts of a page set headers of their own; a redirect must not hand them on, least of all in clear."""
    client = Client(settings(robots=False), FakeClock())
    sent: list[httpx.Request] = []

    def exchange(request: httpx.Request, *_: object, **__: object) -> SimpleNamespace:
        sent.append(request)
        first = len(sent) == 1
        location = httpx.Headers({"location": target} if first else {})
        return SimpleNamespace(status=302 if first else 200, headers=location, body=b"")

    monkeypatch.setattr(client, "_exchange", exchange)
    client._relay(
        "GET", "https://a.gov.cn/a", {"Authorization": "Bearer x", "cookie": "k=1", "x-page": "1"}, None
    )
    assert [str(each.url) for each in sent] == ["https://a.gov.cn/a", target]
    assert sent[0].headers["authorization"] == "Bearer x"
    assert ("authorization" in sent[1].headers, "cookie" in sent[1].headers) == (kept, kept)
    assert sent[1].headers["x-page"] == "1"
