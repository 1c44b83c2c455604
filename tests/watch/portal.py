"""A government portal on loopback that serves pages and, when told to, misbehaves.

A route is a function from the request to what is sent; `Portal.pages` maps paths to routes. Bodies may be raw bytes
written by hand, so that lengths can be wrong and connections can be cut.
"""

import gzip
import hashlib
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

Handler = Callable[["Request"], None]

CHROME = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_某市人民政府</title>
<meta name="ArticleTitle" content="{title}"></head><body>
<div class="top">今天是{today} 您是第{counter}位访问者</div>
<div class="crumbs">您现在的位置：首页 &gt; 政务公开 &gt; 政策文件</div>
{before}<div id="zoom" class="TRS_Editor">{body}<p>浏览次数：{counter}</p></div>{after}
<div class="share">分享到：微信 微博</div>
<div class="foot">版权所有：某市人民政府办公厅 某ICP备05000001号</div></body></html>"""


def policy_lines(title: str, number: str, points: list[str], issued: str = "2024年3月5日") -> list[str]:
    """Return the paragraphs of an official document."""
    numerals = "一二三四五六七八九十"
    lines = [title, number, "各区人民政府，市政府各委、办、局：", "现提出以下意见，请认真贯彻执行。"]
    lines += [f"{numerals[place % 10]}、{point}" for place, point in enumerate(points)]
    return [*lines, "某市人民政府", issued]


def page(
    lines: list[str],
    *,
    counter: int = 1,
    today: str = "2026年1月1日 星期四",
    before: str = "",
    after: str = "",
) -> bytes:
    """Return a portal page around a document: furniture changes from visit to visit, the document does not."""
    body = "".join(f"<p>{line}</p>" for line in lines)
    return CHROME.format(
        title=lines[0], body=body, counter=counter, today=today, before=before, after=after
    ).encode()


class Request(BaseHTTPRequestHandler):
    """One request; routes write to it."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: "_Server"

    def do_GET(self) -> None:
        portal = self.server.portal
        path = self.path.partition("?")[0]
        portal.hits[path] += 1
        portal.headers.append((self.path, dict(self.headers)))
        route = portal.pages.get(path)
        try:
            if route is None:
                self.send(404, b"<html><body>404 Not Found</body></html>" if path != "/robots.txt" else b"")
            elif isinstance(route, bytes):
                self.send(200, route)
            else:
                route(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def do_POST(self) -> None:
        self.server.portal.hits[self.path] += 1
        self.server.portal.posts[self.path](self)

    def send(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Send a whole, correct answer."""
        self.send_response(status)
        names = {name.replace("_", "-").title(): value for name, value in headers.items()}
        names.setdefault("Content-Type", "text/html; charset=utf-8")
        for name, value in names.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status != 304:
            self.wfile.write(body)

    def start(self, status: int, headers: dict[str, str]) -> None:
        """Send status and headers alone; the body is the route's business and ends with the connection."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    portal: "Portal"

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass


class Portal:
    """A running server; `url(path)` gives its addresses, `folder` is free for use."""

    def __init__(self, folder: Path) -> None:
        self.pages: dict[str, bytes | Handler] = {}
        self.posts: dict[str, Handler] = {}
        self.folder = folder
        self.hits: Counter[str] = Counter()
        self.headers: list[tuple[str, dict[str, str]]] = []
        self._server: _Server | None = None
        self._port = 0

    @property
    def port(self) -> int:
        return self._port

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self._port}{path}"

    def begin(self) -> None:
        """Listen; after `end`, again on the same port."""
        self._server = _Server(("127.0.0.1", self._port), Request)
        self._server.portal = self
        self._port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def end(self) -> None:
        """Stop listening: the network is gone."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None


@contextmanager
def running_portal(folder: Path) -> Iterator[Portal]:
    portal = Portal(folder)
    portal.begin()
    try:
        yield portal
    finally:
        portal.end()


def with_validators(body: Callable[[], bytes]) -> Handler:
    """Serve with ETag and Last-Modified, and answer 304 where they match."""

    def route(request: Request) -> None:
        data = body()
        etag = f'"{hashlib.sha256(data).hexdigest()[:16]}"'
        if request.headers.get("If-None-Match") == etag:
            request.send(304, etag=etag)
        else:
            request.send(200, data, etag=etag, last_modified=formatdate(1_700_000_000, usegmt=True))

    return route


def answer(status: int, body: bytes = b"", **headers: str) -> Handler:
    return lambda request: request.send(status, body, **headers)


def redirect(location: str, status: int = 302) -> Handler:
    return lambda request: request.send(status, b"", location=location)


def in_turn(*routes: Handler | bytes) -> Handler:
    """Answer with one route after the other; the last one stays."""
    left = list(routes)

    def route(request: Request) -> None:
        current = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(current, bytes):
            request.send(200, current)
        else:
            current(request)

    return route


def drip(request: Request) -> None:
    """Send a byte now and then, for ever as far as a client is concerned."""
    request.start(200, {"Content-Type": "text/html"})
    for _ in range(200):
        request.wfile.write(b"<")
        request.wfile.flush()
        time.sleep(0.05)


def drip_headers(request: Request) -> None:
    """Send the head of the answer byte by byte."""
    for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 400:
        request.wfile.write(bytes([byte]))
        request.wfile.flush()
        time.sleep(0.05)
    request.close_connection = True


def endless(request: Request) -> None:
    """Send without end."""
    request.start(200, {"Content-Type": "text/html"})
    for _ in range(4000):
        request.wfile.write(b"x" * 65536)


def too_short(request: Request) -> None:
    """Declare more than is sent."""
    request.start(200, {"Content-Type": "text/html", "Content-Length": "100000"})
    request.wfile.write(b"<html><body>cut")


_BOMB = gzip.compress(b"\0" * 50_000_000, 6)


def gzip_bomb(request: Request) -> None:
    """Send 50 kB that unpack to 50 MB."""
    request.send(200, _BOMB, content_encoding="gzip")


def gzip_cut(request: Request) -> None:
    """Send half of a packed body, with a length that agrees."""
    packed = gzip.compress(b"".join(str(number).encode() for number in range(40_000)))
    request.send(200, packed[: len(packed) // 2], content_encoding="gzip")


def packed(body: bytes) -> Handler:
    return lambda request: request.send(200, gzip.compress(body, mtime=0), content_encoding="gzip")
