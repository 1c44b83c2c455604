"""Feeds without end, certificates that nobody signed, and secrets that a library would write into a log."""

import io
import logging
import ssl
import subprocess
import threading
from contextlib import redirect_stderr, redirect_stdout
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_network
from pathlib import Path
from shutil import which

import pytest

from policydiff.settings.settings import TrackSettings
from policydiff.watch import SourceFailedError
from policydiff.watch.fetch.client import Client
from policydiff.watch.links import read_feed
from watch.clocks import FakeClock

BASE = "https://a.example/"


def feed(entries: int) -> bytes:
    item = "<item><title>办法</title><link>https://a.example/{}</link></item>"
    return f"<rss version='2.0'><channel>{''.join(map(item.format, range(entries)))}</channel></rss>".encode()


def atom(entries: int) -> bytes:
    item = "<entry><title>办法</title><link href='https://a.example/{}'/></entry>"
    return f"<feed xmlns='http://www.w3.org/2005/Atom'>{''.join(map(item.format, range(entries)))}</feed>".encode()


def sitemap(entries: int) -> bytes:
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    item = "<url><loc>https://a.example/{}</loc></url>"
    return f"<urlset xmlns='{space}'>{''.join(map(item.format, range(entries)))}</urlset>".encode()


def prefixed(entries: int) -> bytes:
    return sitemap(entries).replace(b"<loc>", b"<s:loc>").replace(b"</loc>", b"</s:loc>")


@pytest.mark.parametrize("make", [feed, atom, sitemap, prefixed])
def test_a_feed_without_end_is_refused_before_it_is_parsed(make) -> None:
    with pytest.raises(SourceFailedError, match="50,001 entries"):
        read_feed(make(50_001), BASE)


def test_the_longest_sitemap_of_the_standard_is_read() -> None:
    assert len(read_feed(sitemap(50_000), BASE)[0]) == 50_000


class Server(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<html>secret</html>")

    def log_message(self, *_: object) -> None:
        return


@pytest.mark.skipif(which("openssl") is None, reason="openssl makes the certificate")
def test_a_certificate_that_nobody_signed_is_refused(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    server = HTTPServer(("127.0.0.1", 0), Server)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings = TrackSettings.model_validate(
        {
            "pace": 0,
            "allow_addresses": (ip_network("127.0.0.0/8"),),
            "retries": 0,
            "timeout": 5,
            "total_timeout": 5,
        }
    )
    client = Client(settings, FakeClock())
    try:
        with pytest.raises(SourceFailedError) as caught:
            client.get(f"https://127.0.0.1:{server.server_port}/")
        assert "certificate" in str(caught.value).lower()
    finally:
        client.close()
        server.shutdown()
        server.server_close()


ADDRESSES = [
    "json://geheim1:geheim2@127.0.0.1:9/geheim3/",
    "xml://geheim1:geheim2@127.0.0.1:9/geheim3",
    "form://127.0.0.1:9/?token=geheim4",
    "gotify://127.0.0.1:9/geheim5Geheim",
    "nosuch://geheim6",
    "slack://geheim",
    "discord://geheim7",
]  # fmt: skip


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of what Apprise imports
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_secret_of_a_service_is_printed_or_logged(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("apprise")
    from policydiff.notify import Message
    from policydiff.notify.channels import DeliveryError, send_to_service
    from policydiff.settings.settings import Service

    log, told = io.StringIO(), io.StringIO()
    handler = logging.StreamHandler(log)
    logging.getLogger().addHandler(handler)
    for name in ("", "apprise", "urllib3", "requests"):
        monkeypatch.setattr(logging.getLogger(name), "level", logging.DEBUG)
    try:
        with redirect_stderr(told), redirect_stdout(told), pytest.raises(DeliveryError) as caught:
            send_to_service(
                Message(id="m1", run="r1", subject="甲", text="乙", changes=()),
                Service(url_env="CHAT"),
                {"CHAT": address},
            )
    finally:
        logging.getLogger().removeHandler(handler)
    assert "geheim" not in (log.getvalue() + told.getvalue() + str(caught.value)).lower()
