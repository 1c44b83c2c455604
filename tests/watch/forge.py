"""A server that speaks the routes of GitHub and GitLab that the action and the component use: comments and notes, over real HTTP."""

import json
import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

PER_PAGE = 3
"""Entries of a page, whatever was asked: both forges cap it."""
LONGEST = {"github": 65_536, "gitlab": 1_000_000}
"""Characters of a body; 422 and 400 beyond them."""


class Forge:
    """Comments of one pull request or merge request."""

    def __init__(self) -> None:
        self.comments: dict[int, str] = {}
        self.requests: list[tuple[str, str]] = []
        self.tokens: list[str] = []
        self.faults: list[tuple[int, dict[str, str]]] = []
        """Answers in the place of the next ones."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"forge": self}))
        Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    forge: Forge
    _LISTED = re.compile(r"/repos/o/r/issues/7/comments|/api/v4/projects/42/merge_requests/7/notes")
    _ONE = re.compile(r"(?:/repos/o/r/issues/comments|/api/v4/projects/42/merge_requests/7/notes)/(\d+)")

    def _answer(self, status: int, value: object, **headers: str) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        for name, said in headers.items():
            self.send_header(name.replace("_", "-"), said)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _serve(self) -> None:  # noqa: PLR0911 (one answer for each route)
        forge, parts = self.forge, urlsplit(self.path)
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        forge.requests.append((self.command, self.path))
        forge.tokens.append(self.headers.get("PRIVATE-TOKEN") or self.headers.get("Authorization") or "")
        if forge.faults:
            status, headers = forge.faults.pop(0)
            return self._answer(status, {"message": "no"}, **headers)
        one, kind = self._ONE.fullmatch(parts.path), "github" if "/repos/" in parts.path else "gitlab"
        if not forge.tokens[-1]:
            return self._answer(401, {"message": "401 Unauthorized"})
        if self.command == "GET" and self._LISTED.fullmatch(parts.path):
            page = int(parse_qs(parts.query).get("page", ["1"])[0])
            entries = [{"id": n, "body": body} for n, body in forge.comments.items()]
            shown, more = entries[(page - 1) * PER_PAGE : page * PER_PAGE], len(entries) > page * PER_PAGE
            following = f'<{forge.url}{parts.path}?page={page + 1}>; rel="next"' if more else ""
            return self._answer(200, shown, X_Next_Page=str(page + 1) if more else "", Link=following)
        is_form = "urlencoded" in (self.headers.get("Content-Type") or "")
        body: Any = parse_qs(sent).get("body", [""])[0] if is_form else json.loads(sent)["body"]
        if not body or len(body) > LONGEST[kind]:
            return self._answer(422 if kind == "github" else 400, {"message": "body is invalid"})
        if self.command in {"PATCH", "PUT"} and one and int(one[1]) in forge.comments:
            forge.comments[int(one[1])] = body
            return self._answer(200, {"id": int(one[1])})
        if self.command == "POST" and self._LISTED.fullmatch(parts.path):
            forge.comments[len(forge.comments) + 1] = body
            return self._answer(201, {"id": len(forge.comments)})
        return self._answer(404, {"message": "Not Found"})

    do_GET = do_POST = do_PUT = do_PATCH = _serve  # noqa: N815

    def log_message(self, *_: object) -> None:
        pass
