"""What strangers write in addresses, answers, settings, stores and titles, and what becomes of it."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from policydiff.collection.index import Index
from policydiff.errors import PolicydiffError, UsageError
from policydiff.notify import FeedEntry, Message, atom_feed
from policydiff.notify.channels import compose_mail, filled
from policydiff.settings.settings import Mail
from policydiff.settings.settings_file import parse_configuration
from policydiff.store import Store
from policydiff.watch import FailureKind, SourceFailedError
from policydiff.watch.fetch.answers import check_written_address, checked_addresses, read_body
from policydiff.watch.ledger.memory import prepare_folder

LIMIT = 1_000_000


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.0.0.1.",
        "127.1",
        "10.1",
        "0",
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "017700000001",
        "169.254.169.254",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "localhost",
        "LOCALHOST.",
        "a.localhost",
        "localhost.localdomain",
        "ip6-localhost",
    ],
)
def test_no_proxy_is_asked_for_the_machine_itself(host: str) -> None:
    with pytest.raises(SourceFailedError) as refused:
        check_written_address(host, ())
    assert refused.value.kind is FailureKind.BLOCKED


@pytest.mark.parametrize("host", ["www.gov.cn", "8.8.8.8", "134744072", "localhost.gov.cn", "[2400:3200::1]"])
def test_a_proxy_is_asked_for_what_is_public(host: str) -> None:
    check_written_address(host, ())


@pytest.mark.parametrize(
    ("address", "is_public"),
    [
        ("8.8.8.8", True),
        ("2400:3200::1", True),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::808:808", True),  # the address that NAT64 reaches
        ("192.0.0.8", False),  # of protocols
        ("192.88.99.1", False),  # a relay
        ("::127.0.0.1", False),  # IPv4-compatible
        ("::ffff:0:127.0.0.1", False),  # IPv4-translated
        ("fec0::1", False),  # of a site
        ("64:ff9b:1::7f00:1", False),  # NAT64 of a network of its own
        ("2001:4860:4860::5efe:7f00:1", False),  # ISATAP to loopback
        ("2001:0:1::1", False),  # Teredo
        ("3fff::1", False),  # documentation
        ("5f00::1", False),  # segments
        ("2002:7f00:1::", False),  # 6to4 to loopback
        ("100.64.0.1", False),
        ("ff02::1", False),
    ],
)
def test_addresses_that_names_resolve_to(address: str, *, is_public: bool) -> None:
    if is_public:
        assert checked_addresses("a.cn", 80, lambda *_: [address], ()) == [address]
        return
    with pytest.raises(SourceFailedError):
        checked_addresses("a.cn", 80, lambda *_: [address], ())


TWO = gzip.compress(b"a" * 10) + gzip.compress(b"b" * 10)


@pytest.mark.parametrize(
    ("sent", "body"),
    [
        ([TWO], b"a" * 10 + b"b" * 10),  # the second member is a part of the body
        ([TWO[place : place + 1] for place in range(len(TWO))], b"a" * 10 + b"b" * 10),
        ([gzip.compress(b"a") + b"\0" * 20], b"a"),
        ([gzip.compress(b"a") + b"junk"], None),  # damaged, not shorter
        ([gzip.compress(b"\0" * 50 * LIMIT)], None),
        ([gzip.compress(b"\0" * 90_000) * 200], None),  # a bomb in small parts
        ([gzip.compress(b"") * 40_000], None),  # parts of nothing
        ([TWO[:-4]], None),
    ],
)
def test_packed_bodies_are_whole_or_refused(sent: list[bytes], body: bytes | None) -> None:
    if body is not None:
        assert read_body(sent, "gzip", LIMIT) == body
        return
    with pytest.raises(SourceFailedError):
        read_body(sent, "gzip", LIMIT)


SOURCE = '[[sources]]\nname="s"\nid="a/b"\nurl="{}"\n'


@pytest.mark.parametrize(
    "text",
    [
        '[track]\nuser_agent="a\\r\\nX: y"',
        '[track]\nuser_agent="策"',
        '[track]\nproxy="file:///etc/passwd"',
        '[track]\nproxy="http://u:SECRET@proxy.cn:3128"',
        '[track]\nledger_archive="documents/x"',
        '[notify]\nfeed="../x.xml"',
        '[notify]\nfeed=".GIT/config"',
        '[notify]\nfeed="a/.git/config"',
        '[notify]\nfeed="GIT~1/config"',
        '[notify]\nfeed="policydiff.toml"',
        '[notify]\nfeed=".policydiff/track/state.json"',
        '[notify]\nfeed=".github/workflows/x.yml"',
        '[notify]\nfeed="CON"',
        '[notify]\nfeed="a/nul.xml"',
        '[notify]\nfeed="a\\u0000b"',
        '[notify]\nfeed="a:b.xml"',
        '[notify]\nfeed="a/b. "',
        '[notify]\nfeed_authority="a\\nb"',
        '[notify]\nsite="javascript:alert(1)"',
        '[[notify.webhooks]]\nurl="https://u:SECRET@a.cn/"',
        '[[notify.services]]\nurl_env="X"\nbody="{text.__class__}"',
        '[[notify.services]]\nurl_env="X"\nbody="{text:9999999999}"',
        '[[notify.services]]\nurl_env="X"\nbody="{text:{changes}}"',
        '[[notify.services]]\nurl_env="X"\nbody="{text!r}"',
        '[notify.mail]\nhost="h\\r\\nX"\nsender="a@b.cn"\nrecipients=["a@b.cn"]',
        '[notify.mail]\nhost="h"\nsender="a@b\\nBcc: x@y"\nrecipients=["a@b.cn"]',
        SOURCE.format("https://a.cn/\\r\\nX: y"),
        SOURCE.format("https://a b/"),
        SOURCE.format("https://u:SECRET@a.cn/"),
        SOURCE.format("file:///etc/passwd"),
    ],
)
def test_settings_that_reach_further_are_refused(text: str) -> None:
    with pytest.raises(PolicydiffError) as refused:
        parse_configuration(text)
    assert "SECRET" not in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        '[notify]\nfeed="public/feed.xml"',
        '[track]\nledger_archive="ledger/2026"',
        '[track]\nproxy="http://proxy.cn:3128"\nuser_agent="policydiff/0.1 (+https://a.cn/)"',
        '[[notify.services]]\nurl_env="X"\nbody="{subject}: {text} {{}} {link}"',
        SOURCE.format("https://a.cn/d?id=1&t=%E4%B8%80"),
    ],
)
def test_settings_as_people_write_them_are_taken(text: str) -> None:
    parse_configuration(text)


HOSTILE = "某办法<img src=x onerror=alert(1)> @all <!channel> [a](javascript:x) {text} \x1b[31m\u202e\ud800"
MESSAGE = Message(id="1", run="r", subject=f"{HOSTILE}\r\nBcc: x@y.cn", text=HOSTILE, changes=())


@pytest.mark.parametrize(
    ("form", "forbidden"),
    [
        ("html", ["<img", "<!channel", "\x1b", "\u202e"]),
        ("markdown", ["办法<img", "[a](javascript", "\x1b"]),
        ("text", ["@all", "<!channel", "\x1b", "\u202e", "\ud800"]),
    ],
)
def test_words_of_documents_say_nothing_to_a_service(form: str, forbidden: list[str]) -> None:
    told = filled("{subject} {text}", MESSAGE, form)
    assert [words for words in forbidden if words in told] == []
    assert "某办法" in told
    assert "text" in told  # the words {text} of a document are no place of the template


def test_a_mail_has_one_subject_and_can_be_sent() -> None:
    letter = compose_mail(MESSAGE, Mail(host="h", sender="a@b.cn", recipients=("c@d.cn",)))
    assert "Bcc" not in letter
    assert b"\x1b" not in letter.as_bytes()


def test_a_feed_links_to_the_web_only() -> None:
    entry = FeedEntry(
        "a/b", "2024-01-01", HOSTILE + "\x00]]>", "0" * 64, datetime(2024, 1, 1, tzinfo=UTC), HOSTILE, "javascript:alert(1)"
    )  # fmt: skip
    made = atom_feed([entry], title="t", authority="a.cn", site=None, limit=5)
    assert b'href="javascript' not in made
    assert b"<img" not in made


@pytest.mark.parametrize(
    "linked",
    [".policydiff", ".policydiff/track", ".policydiff/track/outbox", ".policydiff/track/state.json"],
)
def test_tracking_writes_nothing_where_a_link_leads_out(tmp_path: Path, linked: str) -> None:
    store, outside = tmp_path / "store", tmp_path / "outside"
    outside.mkdir()
    place = store / linked
    place.parent.mkdir(parents=True)
    place.symlink_to(outside)
    with pytest.raises(UsageError):
        prepare_folder(store, Path(".policydiff") / "track")
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("linked", [".policydiff", ".policydiff/index.sqlite"])
def test_an_index_is_written_nowhere_else(tmp_path: Path, linked: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    with Store.init(tmp_path / "store") as store:
        place = tmp_path / "store" / linked
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(outside / "x.sqlite" if linked.endswith("sqlite") else outside)
        with pytest.raises(UsageError):
            Index.open(store)
    assert list(outside.iterdir()) == []
