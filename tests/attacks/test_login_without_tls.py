"""No login goes out in clear: mail, webhooks, services, remotes of git, redirects from https to http."""

import base64
import socketserver
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from shutil import which

import httpx
import pytest
from watch.clocks import FakeClock

from policydiff.notify import Message
from policydiff.notify.channels import DeliveryError, send_mail, send_to_service
from policydiff.settings.settings import Mail, NotifySettings, Service, TrackSettings
from policydiff.settings.settings_file import parse_configuration
from policydiff.store import Store
from policydiff.watch import SourceFailedError
from policydiff.watch.fetch.client import Client, _Exchange

from .command_line import run

KEY = "GEHEIM7f3a9c"
MESSAGE = Message(id="m", run="r", subject="甲", text="乙", changes=())


class Post(socketserver.StreamRequestHandler):
    """A mail server that offers what it is told to."""

    def handle(self) -> None:
        server = self.server
        self.wfile.write(b"220 mail ready\r\n")
        while line := self.rfile.readline():
            server.heard.append(line)  # type: ignore[attr-defined]
            word = line.split()[0].upper() if line.split() else b""
            answer = server.answers.get(word, b"250 ok\r\n")  # type: ignore[attr-defined]
            self.wfile.write(answer)
            if word == b"QUIT" or (word == b"STARTTLS" and answer.startswith(b"220")):
                return


OFFERS = {
    "no TLS at all": {b"EHLO": b"250-mail\r\n250 AUTH PLAIN LOGIN\r\n"},
    "TLS struck out on the way": {b"EHLO": b"250-mail\r\n250-XXXXXXXX\r\n250 AUTH PLAIN LOGIN\r\n"},
    "TLS refused": {
        b"EHLO": b"250-mail\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN\r\n",
        b"STARTTLS": b"454 not now\r\n",
    },
    "TLS accepted and not begun": {
        b"EHLO": b"250-mail\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN\r\n",
        b"STARTTLS": b"220 go\r\n",
    },
    "TLS begun with a word behind it": {
        b"EHLO": b"250-mail\r\n250-STARTTLS\r\n250 AUTH PLAIN\r\n",
        b"STARTTLS": b"220 go\r\n250 AUTH PLAIN\r\n",
    },
    "an old greeting only": {b"EHLO": b"502 no\r\n", b"HELO": b"250 AUTH LOGIN\r\n"},
}


@contextmanager
def mail_server(answers: dict[bytes, bytes]) -> Iterator[socketserver.TCPServer]:
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Post)
    server.daemon_threads = True
    server.answers, server.heard = answers, []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize("offer", OFFERS)
def test_no_mail_server_gets_a_login_in_clear(
    offer: str, security: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policydiff.notify.channels._TIMEOUT", 3.0)
    with mail_server(OFFERS[offer]) as server:
        mail = Mail(
            host="127.0.0.1",
            port=server.server_address[1],
            security=security,
            sender="a@b.cn",
            recipients=("c@d.cn",),
            user_env="U",
            password_env="P",
        )
        with pytest.raises(DeliveryError) as refused:
            send_mail(MESSAGE, mail, {"U": f"{KEY}user", "P": f"{KEY}pass"})
        heard = b"".join(server.heard)  # type: ignore[attr-defined]
    assert b"AUTH" not in heard
    assert KEY.encode() not in heard
    assert base64.b64encode(KEY.encode())[:12] not in heard
    assert KEY not in str(refused.value)


@pytest.mark.skipif(which("openssl") is None, reason="openssl makes the certificate")
def test_a_mail_server_of_nobody_gets_no_login(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with mail_server(OFFERS["no TLS at all"]) as server:
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
        server.socket = context.wrap_socket(server.socket, server_side=True)
        mail = Mail(
            host="127.0.0.1",
            port=server.server_address[1],
            security="tls",
            sender="a@b.cn",
            recipients=("c@d.cn",),
            user_env="U",
            password_env="P",
        )
        with pytest.raises(DeliveryError, match="ertificate"):
            send_mail(MESSAGE, mail, {"U": KEY, "P": KEY})
        assert server.heard == []  # type: ignore[attr-defined]


SETTINGS = [
    '[notify.mail]\nhost="h"\nsender="a@b.cn"\nrecipients=["a@b.cn"]\nsecurity="none"\nuser_env="U"\npassword_env="P"',
    '[notify.mail]\nhost="h"\nsender="a@b.cn"\nrecipients=["a@b.cn"]\nsecurity="none"\npassword_env="P"',
    '[notify.mail]\nhost="h"\nsender="a@b.cn"\nrecipients=["a@b.cn"]\nsecurity="plain"',
    '[notify.mail]\nhost="h"\nsender="a@b.cn"\nrecipients=["a@b.cn"]\nsecurity="STARTTLS"',
    '[notify.mail]\nhost="u:p@h"\nsender="a@b.cn"\nrecipients=["a@b.cn"]',
    '[[notify.webhooks]]\nurl="http://a.cn/?access_token=x"',
    '[[notify.webhooks]]\nurl="http://u:p@a.cn/"',
    '[[notify.webhooks]]\nurl="http://u@a.cn/"',
    '[[sources]]\nname="s"\nid="a/b"\nurl="http://u:p@a.cn/"',
    '[[sources]]\nname="s"\nid="a/b"\nurl="http://a.cn/?password=x"',
    '[track]\nproxy="http://u:p@a.cn:3128"',
    '[notify]\nsite="http://u:p@a.cn/"',
]


@pytest.mark.parametrize("text", SETTINGS)
def test_settings_that_would_send_one_are_refused(text: str) -> None:
    from policydiff.errors import UsageError

    with pytest.raises(UsageError):
        parse_configuration(text)


class Heard(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.server.heard.append((self.path, str(self.headers)))  # type: ignore[attr-defined]
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_PUT = do_POST  # noqa: N815 (the names that the library calls)

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def listening() -> Iterator[HTTPServer]:
    server = HTTPServer(("127.0.0.1", 0), Heard)
    server.heard = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


ADDRESSES = [
    "json://user:{key}@127.0.0.1:{port}/x", "json://user@127.0.0.1:{port}/x?+Authorization=Bearer%20{key}", "xml://user:{key}@127.0.0.1:{port}/x",
    "form://user:{key}@127.0.0.1:{port}/x", "gotify://127.0.0.1:{port}/{key}", "ntfy://user:{key}@127.0.0.1:{port}/topic", "matrix://user:{key}@127.0.0.1:{port}/room",
    "rocket://user:{key}@127.0.0.1:{port}/#room", "mmost://127.0.0.1:{port}/{key}GEHEIM7f3a9cGEHEIM", "hassio://127.0.0.1:{port}/{key}", "apprise://user:{key}@127.0.0.1:{port}/{key}",
    "mailto://user:{key}@127.0.0.1:{port}?from=a@b.cn&mode=insecure",
]  # fmt: skip


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_service_gets_its_key_in_clear(listening: HTTPServer, address: str) -> None:
    pytest.importorskip("apprise")
    with pytest.raises(DeliveryError) as refused:
        send_to_service(
            MESSAGE, Service(url_env="CHAT"), {"CHAT": address.format(key=KEY, port=listening.server_port)}
        )
    assert listening.heard == []  # type: ignore[attr-defined]
    assert KEY not in str(refused.value)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_service_that_takes_no_key_may_be_told_in_clear(listening: HTTPServer) -> None:
    pytest.importorskip("apprise")
    send_to_service(MESSAGE, Service(url_env="CHAT"), {"CHAT": f"json://127.0.0.1:{listening.server_port}/x"})
    assert len(listening.heard) == 1  # type: ignore[attr-defined]


def test_the_address_of_a_webhook_that_is_a_key_is_asked_over_tls_only(tmp_path: Path) -> None:
    from watch.test_notify import NOW

    from policydiff.notify.channels import send_webhook
    from policydiff.settings.settings import Webhook

    asked: list[str] = []
    with pytest.raises(DeliveryError, match="TLS"):
        send_webhook(
            MESSAGE,
            Webhook(url_env="HOOK"),
            {"HOOK": f"http://a.cn/?key={KEY}"},
            NOW,
            lambda url, *_: asked.append(url),
        )
    assert asked == []
    assert NotifySettings(webhooks=(Webhook(url_env="HOOK"),)).webhooks[0].url is None


REMOTES = [
    f"http://user:{KEY}@127.0.0.1:{{port}}/a.git", f"http://{KEY}@127.0.0.1:{{port}}/a.git", f"HTTP://user:{KEY}@127.0.0.1:{{port}}/a.git",
    f"http://oauth2:{KEY}@localhost:{{port}}/a.git", f"ftp://user:{KEY}@127.0.0.1:{{port}}/a.git",
]  # fmt: skip


@pytest.mark.parametrize("named", [False, True])
@pytest.mark.parametrize("remote", REMOTES)
def test_no_remote_gets_a_login_in_clear(
    listening: HTTPServer, tmp_path: Path, remote: str, named: bool
) -> None:
    Store.init(tmp_path / "store").close()
    (tmp_path / "a.txt").write_text("某市办法\n某府发〔2024〕9号\n第一条　甲。\n2024年3月5日\n", "utf-8")
    run(["add", "a.txt", "--store", "store"], tmp_path)
    said = remote.format(port=listening.server_port)
    if named:
        subprocess.run(["git", "remote", "add", "origin", said], cwd=tmp_path / "store", check=True)
        said = "origin"
    done = run(["publish", "--branch", "main", "--remote", said, "--store", "store"], tmp_path)
    assert done.code
    assert KEY not in done.told
    assert [heard for heard in listening.heard if "uthorization" in heard[1]] == []  # type: ignore[attr-defined]
    assert listening.heard == []  # type: ignore[attr-defined]


HOPS = [
    ("https://a.cn/x", "http://a.cn/y", "from https to http"),
    ("https://a.cn/x", "http://a.cn:8080/y", "to another port in clear"),
    ("https://a.cn/x", "HTTP://A.CN/y", "in capitals"),
    ("https://a.cn/x", "http://b.a.cn/y", "to a host below, in clear"),
    ("https://a.cn/x", "http:////a.cn/y", "with more strokes"),
]


@pytest.mark.parametrize(("first", "then", "reason"), HOPS, ids=[row[2] for row in HOPS])
def test_a_cookie_given_over_tls_is_not_sent_in_clear(
    first: str, then: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[httpx.Request] = []

    def exchange(
        self: Client, request: httpx.Request, limit: int, cookies: httpx.Cookies, **_: object
    ) -> _Exchange:
        asked.append(request)
        if len(asked) > 1:
            return _Exchange(200, httpx.Headers(), b"x")
        response = httpx.Response(
            302,
            headers={"location": then, "set-cookie": f"session={KEY}; Domain=a.cn; Path=/"},
            request=request,
        )
        cookies.extract_cookies(response)
        return _Exchange(302, response.headers, b"")

    monkeypatch.setattr(Client, "_exchange", exchange)
    client = Client(TrackSettings.model_validate({"robots": False, "retries": 0}), FakeClock())
    try:
        client.get(first)
    except SourceFailedError:
        assert len(asked) == 1
    assert [request for request in asked[1:] if KEY in str(request.headers.multi_items())] == []
