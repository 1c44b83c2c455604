"""No secret of the user is told to anybody: addresses with logins and keys, what variables hold, remotes of git; in no error, log, record, feed, report or traceback."""

import io
import json
import logging
import os
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_network
from pathlib import Path

import pytest
from watch.clocks import FakeClock

import policydiff
from policydiff.errors import PolicydiffError, UsageError
from policydiff.notify import Message
from policydiff.notify.channels import Channels, DeliveryError, Mail, deliver, enqueue
from policydiff.settings.settings import NotifySettings, TrackSettings, Webhook
from policydiff.settings.settings_file import parse_configuration
from policydiff.store import Store
from policydiff.watch import SourceFailedError
from policydiff.watch.fetch.client import Client
from policydiff.watch.fetch.connection import poster

from .command_line import run

KEY = "GEHEIM7f3a9c"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
LOGINS = [
    f"https://user:{KEY}@127.0.0.1:9/a", f"https://{KEY}@127.0.0.1:9/a", f"https://:{KEY}@127.0.0.1:9/a", f"HTTPS://user:{KEY}@127.0.0.1:9/a",
    f"https://us%65r:{KEY}%21@127.0.0.1:9/a", f"http://user:{KEY}@127.0.0.1:9/", f"https://user:{KEY}@[::1]:9/a", f"https://a@b:{KEY}@127.0.0.1:9/a",
]  # fmt: skip
KEYS = [
    f"https://127.0.0.1:9/a?access_token={KEY}", f"https://127.0.0.1:9/a?id=1&token={KEY}", f"https://127.0.0.1:9/a?api_key={KEY}&b=2",
    f"https://127.0.0.1:9/a?apikey={KEY}", f"https://127.0.0.1:9/a?API-KEY={KEY}", f"https://127.0.0.1:9/a?secret={KEY}", f"https://127.0.0.1:9/a?client_secret={KEY}",
    f"https://127.0.0.1:9/a?password={KEY}", f"https://127.0.0.1:9/a?passwd={KEY}", f"https://127.0.0.1:9/a?pwd={KEY}", f"https://127.0.0.1:9/a?X-Amz-Signature={KEY}",
    f"https://127.0.0.1:9/a?x-amz-security-token={KEY}", f"https://127.0.0.1:9/a?sig={KEY}&se=2026", f"https://127.0.0.1:9/a?private_token={KEY}",
    f"https://127.0.0.1:9/a?auth={KEY}", f"https://127.0.0.1:9/a?jwt={KEY}", f"https://127.0.0.1:9/a;token={KEY}", f"https://127.0.0.1:9/a#access_token={KEY}",
    f"https://127.0.0.1:9/a?%74oken={KEY}",
]  # fmt: skip
SECRET_ADDRESSES = LOGINS + KEYS
PUBLIC = [
    "https://www.gov.cn/search?key=政策", "https://a.cn/d?id=1&t=%E4%B8%80", "https://a.cn/?tokens=3", "https://a.cn/token/1", "https://a.cn/password.html",
    "https://a.cn/?q=password", "https://a.cn/a@b", "https://a.cn/?mail=a@b.cn", "https://a.cn/?signed=1", "https://a.cn/?author=甲",
]  # fmt: skip
STORE = ("--store", "store")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    Store.init(tmp_path / "store").close()
    (tmp_path / "a.txt").write_text("某市办法\n某府发〔2024〕9号\n第一条　甲。\n2024年3月5日\n", "utf-8")
    return tmp_path


def written(place: Path) -> str:
    """Return every file below a folder, git's own objects unpacked by git."""
    found = [path.read_text("utf-8", "replace") for path in place.rglob("*") if path.is_file() and ".git" not in path.parts]  # fmt: skip
    log = subprocess.run(
        ["git", "log", "-p", "--all"], cwd=place / "store", capture_output=True, check=False
    ).stdout
    return "\n".join([*found, log.decode("utf-8", "replace")])


@pytest.mark.parametrize("address", SECRET_ADDRESSES)
def test_an_address_with_a_secret_is_recorded_nowhere(place: Path, address: str) -> None:
    """Not as the address of a version, of a source, of a webhook, of the site; and no error repeats it."""
    done = run(["watch", "add", address, "--name", "x", *STORE], place)
    assert done.code, done.told
    assert KEY not in done.told
    with policydiff.Store.open(place / "store") as store:
        added = store.add(str(place / "a.txt"), url=address).files[0].id
        assert store.meta(f"{added}@2024-03-05", url=f"{address}&x=1") or "a&" not in address
    for command in (["list", "-f", "json"], ["log", added], ["show", added], ["verify"]):
        assert KEY not in run([*command, *STORE], place).told
    assert KEY not in written(place)


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_without_one_is_taken(place: Path, address: str) -> None:
    with policydiff.Store.open(place / "store") as store:
        store.add(str(place / "a.txt"), url=address)
    assert parse_configuration(PLACES["a source"].format(address)).sources[0].url == address
    assert "".join(sign for sign in address if sign.isascii()) in "".join(
        sign for sign in written(place) if sign.isascii()
    )


PLACES = {
    "a source": '[[sources]]\nname="s"\nid="a/b"\nurl="{}"\n',
    "a webhook": '[[notify.webhooks]]\nurl="{}"\n',
    "the site": '[notify]\nsite="{}"\n',
    "the reports": '[notify]\nreports="{}"\n',
    "a proxy": '[track]\nproxy="{}"\n',
}


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("address", SECRET_ADDRESSES)
def test_no_settings_hold_a_secret(address: str, where: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_configuration(PLACES[where].format(address))
    assert KEY not in str(refused.value)
    assert KEY not in repr(refused.value)


@pytest.mark.parametrize("address", SECRET_ADDRESSES)
@pytest.mark.parametrize("kind", [PolicydiffError, UsageError, DeliveryError])
def test_no_error_repeats_a_secret(address: str, kind: type[Exception]) -> None:
    error = kind(f"{address} could not be had: {address}, and {address}")
    assert KEY not in str(error) + repr(error)
    assert "could not be had" in str(error)
    failure = SourceFailedError("transient", f"no connection to {address}")  # type: ignore[arg-type]
    assert KEY not in str(failure) + repr(failure) + failure.detail


@pytest.mark.parametrize(
    "words",
    [
        "a@b.cn did not take it", "HEAD@{1}", "shanghai/x@2024-03-05 is no version", "https://a.cn/?key=政策 is gone", "token: 3", "?id=1&page=2",
        "git@github.com:a/b.git", "第一条 用户名:密码@主机",
    ],
)  # fmt: skip
def test_an_error_keeps_its_other_words(words: str) -> None:
    assert str(PolicydiffError(words)) == words


REMOTES = [
    f"https://user:{KEY}@127.0.0.1:9/a.git", f"https://{KEY}@127.0.0.1:9/a.git", f"https://x-access-token:{KEY}@127.0.0.1:9/a.git",
    f"http://user:{KEY}@127.0.0.1:9/a.git", f"https://oauth2:{KEY}@127.0.0.1:9/a.git", f"https://127.0.0.1:9/a.git?private_token={KEY}",
    f"git://user:{KEY}@127.0.0.1:9/a.git", f"ssh://user:{KEY}@127.0.0.1:9/a.git", f"ftp://user:{KEY}@127.0.0.1:9/a.git", f"https://user:{KEY}@127.0.0.1:9/a b.git",
]  # fmt: skip


@pytest.mark.parametrize("named", [False, True], ids=["as an address", "by its name"])
@pytest.mark.parametrize("remote", REMOTES)
def test_the_login_of_a_remote_is_not_told(place: Path, remote: str, named: bool) -> None:
    run(["add", "a.txt", *STORE], place)
    said = remote
    if named:
        subprocess.run(["git", "remote", "add", "origin", remote], cwd=place / "store", check=True)
        said = "origin"
    done = run(
        ["publish", "--branch", "main", "--remote", said, *STORE],
        place,
        GIT_TERMINAL_PROMPT="0",
        GIT_SSH_COMMAND="false",
    )
    assert done.code
    assert KEY not in done.told
    assert KEY not in "".join(
        path.read_text("utf-8", "replace")
        for path in (place / "store" / ".policydiff").rglob("*")
        if path.is_file()
    )


class Refusing(BaseHTTPRequestHandler):
    """A proxy, or a server, that refuses and repeats what it was sent."""

    def do_GET(self) -> None:
        body = str(self.headers).encode()
        self.send_response(
            407,
            f"no {self.headers.get('Proxy-Authorization', '')}" if self.server.repeats else "no",  # type: ignore[attr-defined]
        )
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_CONNECT = do_GET  # noqa: N815 (the names that the library calls)

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def refusing() -> Iterator[HTTPServer]:
    server = HTTPServer(("127.0.0.1", 0), Refusing)
    server.repeats = True  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    told = io.StringIO()
    handler = logging.StreamHandler(told)
    logging.getLogger().addHandler(handler)
    for name in ("", "httpcore", "httpx", "git", "apprise", "urllib3"):
        monkeypatch.setattr(logging.getLogger(name), "level", logging.DEBUG)
    yield told
    logging.getLogger().removeHandler(handler)


PROXIES = [
    "http://user:{}@127.0.0.1:{}", "http://{}@127.0.0.1:{}", "http://:{}@127.0.0.1:{}", "user:{}@127.0.0.1:{}", "http://us%65r:{}@127.0.0.1:{}",
    "http://user:{}@127.0.0.1:1",
]  # fmt: skip


@pytest.mark.parametrize("repeats", [False, True], ids=["silent", "repeats what it is sent"])
@pytest.mark.parametrize("target", ["http://a.example/x", "https://a.example/x"])
@pytest.mark.parametrize("proxy", PROXIES)
def test_the_login_of_a_proxy_is_not_told(
    refusing: HTTPServer,
    log: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
    proxy: str,
    target: str,
    repeats: bool,
) -> None:
    refusing.repeats = repeats  # type: ignore[attr-defined]
    for name in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(name, proxy.format(KEY, refusing.server_port))
    monkeypatch.delenv("no_proxy", raising=False)
    settings = TrackSettings.model_validate({"pace": 0, "retries": 0, "timeout": 5, "robots": False})
    client = Client(settings, FakeClock(), lambda *_: ["127.0.0.1"])
    with pytest.raises(SourceFailedError) as failed:
        client.get(target)
    with pytest.raises(DeliveryError) as undelivered:
        poster(settings, FakeClock())(target, b"x", {})
    client.close()
    told = str(failed.value) + repr(failed.value) + str(undelivered.value)
    told += "" if repeats else log.getvalue()
    assert KEY not in told
    assert "dXNlcjp" not in told  # the login as the header bears it


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of what Apprise imports
def test_what_variables_hold_is_in_no_failure_and_no_file(refusing: HTTPServer, tmp_path: Path) -> None:
    environment = {"SIGN": f"{KEY}sign", "USER_OF_MAIL": f"{KEY}user", "PASS": f"{KEY}pass", "CHAT": f"json://u:{KEY}@127.0.0.1:{refusing.server_port}/{KEY}"}  # fmt: skip
    settings = NotifySettings.model_validate(
        {
            "webhooks": [{"url": f"http://127.0.0.1:{refusing.server_port}/x", "secret_env": "SIGN"}],
            "mail": {"host": "127.0.0.1", "port": refusing.server_port, "sender": "a@b.cn", "recipients": ["c@d.cn"], "user_env": "USER_OF_MAIL", "password_env": "PASS"},
            "services": [{"url_env": "CHAT"}],
        }
    )  # fmt: skip
    track = TrackSettings.model_validate(
        {
            "pace": 0,
            "retries": 0,
            "timeout": 5,
            "total_timeout": 5,
            "allow_addresses": (ip_network("127.0.0.0/8"),),
        }
    )
    channels = Channels(settings, environment, lambda: NOW, poster(track, FakeClock()))
    message = Message(id="m", run="r", subject="甲", text="乙", changes=())
    enqueue(message, channels, tmp_path)
    troubles = deliver(channels, tmp_path)
    assert len(troubles) == 3
    kept = "".join(path.read_text("utf-8") for path in tmp_path.rglob("*.json"))
    assert KEY not in "".join(troubles) + kept + repr(channels)


def test_a_key_that_is_the_address_of_a_webhook_stands_in_a_variable(
    refusing: HTTPServer, tmp_path: Path
) -> None:
    """WeCom and DingTalk give addresses whose query is the key."""
    settings = NotifySettings(webhooks=(Webhook(url_env="HOOK"),))
    environment = {"HOOK": f"https://127.0.0.1:{refusing.server_port}/cgi-bin/webhook/send?key={KEY}"}
    asked: list[str] = []

    def post(url: str, body: bytes, headers: object) -> None:
        asked.append(url)
        raise DeliveryError(f"{url} answers 500")

    channels = Channels(settings, environment, lambda: NOW, post)
    enqueue(Message(id="m", run="r", subject="甲", text="乙", changes=()), channels, tmp_path)
    troubles = deliver(channels, tmp_path)
    assert asked == [environment["HOOK"]]
    assert KEY not in "".join(troubles)
    assert KEY not in "".join(path.read_text("utf-8") for path in tmp_path.rglob("*.json"))


@pytest.mark.parametrize("address", SECRET_ADDRESSES)
def test_what_a_bug_says_holds_no_secret(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall(*_: object, **__: object) -> None:
        raise RuntimeError(f"cannot read {address}") from ValueError(address)

    monkeypatch.setattr("policydiff.api.opening.Lookup.open", fall)
    monkeypatch.setattr("policydiff.api.verbs.read", fall)
    (tmp_path / "good.txt").write_text("某市办法\n第一条　甲。\n", "utf-8")
    done = run(["parse", "good.txt"], tmp_path)
    assert done.code == 70, done.told
    assert KEY not in done.told


def test_mail_repr_and_json_of_settings_name_variables_only() -> None:
    mail = Mail(host="h", sender="a@b.cn", recipients=("c@d.cn",), user_env="U", password_env="P")
    assert json.loads(mail.model_dump_json())["password_env"] == "P"
    assert os.environ.get("P", KEY) not in repr(mail)
