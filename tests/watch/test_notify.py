"""Feed, webhook, mail and the outbox."""

import hashlib
import hmac
import json
import socketserver
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from ipaddress import ip_network
from pathlib import Path

import pytest
from lxml import etree

from policydiff.model import ChangeKind, Reference, RevisionSummary, Signal
from policydiff.notify import DocumentChange, FeedEntry, Message, ToldChange, ToldFact, atom_feed
from policydiff.notify.channels import Channels, deliver, enqueue
from policydiff.report import RenderOptions, render
from policydiff.report.catalog import catalog
from policydiff.report.to_text import workflow_commands
from policydiff.settings.settings import Mail, NotifySettings, TrackSettings, Webhook
from policydiff.store import Store
from policydiff.watch.examine import RunReport
from policydiff.watch.fetch.connection import poster
from policydiff.watch.ledger import Entry, Outcome
from policydiff.watch.run import RunOptions, RunResult
from policydiff.watch.run_page import compose, run_page
from policydiff.watch.session import SessionOptions, carry_out
from watch import portal as serve
from watch.clocks import FakeClock
from watch.portal import Portal, page
from watch.test_run import LINES, REVISED, page_source
from watch.workplace import Workplace

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"


def report(title: str = "关于促进健康服务业的意见", changes: int = 1, failures: int = 0) -> RunReport:
    entries = tuple(
        Entry(run="r", at=NOW, source=f"f{number}", outcome=Outcome.FAILED, failure="blocked", detail="<b>|x|</b>\n::error::")
        for number in range(failures)
    )  # fmt: skip
    change = DocumentChange(
        source="s",
        item="",
        url="https://a.cn/",
        reference=Reference(id="city/health", version="2", title=title, text_sha256="ab"),
        previous="1",
        summary=RevisionSummary(modified=2, removed=1),
    )
    result = RunResult(run="r", started=NOW, ended=NOW, resumed=False, entries=entries, not_due=())
    return RunReport(result=result, changes=(change,) * changes)


def message(**more: object) -> Message:
    composed = compose(report(**more), "zh")  # type: ignore[arg-type]
    assert composed is not None
    return composed


def test_a_failure_leads_to_its_page() -> None:
    failed = Entry(
        run="r", at=NOW, source="f", outcome=Outcome.FAILED, failure="blocked", url="https://a.cn/x"
    )
    result = RunResult(
        run="r", started=NOW, ended=NOW, resumed=False, entries=(failed,), not_due=(), newly_failing=(failed,)
    )
    for lang, label in (("zh", "网页："), ("en", "Page: ")):
        composed = compose(RunReport(result=result, changes=()), lang)
        assert composed is not None
        assert f"\nf\n  {label}https://a.cn/x\n" in composed.text
        assert composed.failures[0].url == "https://a.cn/x"


def _signal(kind: str, direction: str, old: str, new: str, weight: float) -> Signal:
    return Signal(
        type=kind, direction=direction, old=old, new=new, old_span=None, new_span=None, weight=weight
    )  # type: ignore[arg-type]


def _many(duties: int, deadlines: int, summary: int) -> RunReport:
    """Return a run with one amendment: so many duties loosened and deadlines moved, the first twenty of them held."""
    told = [
        ToldChange(label=f"第{n}条", kind=ChangeKind.MODIFIED, old=f"甲{n}应当报告。", new=f"甲{n}可以报告。", signals=(_signal("duty", "looser", "应当", "可以", 0.8),), weight=0.8)
        for n in range(duties)
    ] + [
        ToldChange(label=f"第{n}款", kind=ChangeKind.MODIFIED, old=f"乙{n}在10日内报告。", new=f"乙{n}在25日内报告。", signals=(_signal("period", "higher", "10日", "25日", 0.7),), weight=0.7)
        for n in range(deadlines)
    ]  # fmt: skip
    (change,) = report().changes
    many = {"clauses": tuple(told[:20]), "summary": RevisionSummary(modified=summary)}
    result = RunResult(run="r", started=NOW, ended=NOW, resumed=False, entries=(), not_due=())
    return RunReport(result=result, changes=(change.model_copy(update=many),))


@pytest.mark.parametrize(
    ("duties", "deadlines", "summary", "more", "told"),
    [
        (1, 0, 1, None, ["应当"]),
        (1, 1, 2, 1, ["应当", "10日"]),
        (3, 3, 6, 5, ["应当", "10日"]),
        (10, 40, 50, 49, ["应当", "10日"]),
        (20, 0, 20, 19, ["应当"]),
    ],
)
def test_a_message_tells_one_change_of_each_kind_and_counts_all(
    duties: int, deadlines: int, summary: int, more: int | None, told: list[str]
) -> None:
    composed = compose(_many(duties, deadlines, summary), "zh")
    assert composed is not None
    assert (f"（另有{more}处）" in composed.subject) is (more is not None)
    lines = composed.text.split("\n\n")[0]
    assert all(words in lines for words in told)
    assert ("（同类：" in lines) is (duties + deadlines > 6)
    assert lines.count("应当 → 可以") == (1 if duties + deadlines > 6 else duties)


FACTS = (
    ("—", "已废止", "有效性：新增：已废止"),
    ("", "已废止", "有效性：新增：已废止"),
    ("有效", "已废止", "有效性：有效 → 已废止"),
    ("有效", "—", "有效性：删除：有效"),
)


@pytest.mark.parametrize(("old", "new", "told"), FACTS)
def test_a_fact_is_told_with_both_values_or_says_that_it_came_or_went(old: str, new: str, told: str) -> None:
    given = report()
    facts = (ToldFact(label="有效性", old=old, new=new),)
    change = given.changes[0].model_copy(update={"facts": facts, "summary": RevisionSummary()})
    composed = compose(given.model_copy(update={"changes": (change,)}), "zh")
    assert composed is not None
    assert told in composed.subject


def test_nothing_changed_says_nothing() -> None:
    assert compose(report(changes=0, failures=3), "zh") is None


def entries(count: int) -> list[FeedEntry]:
    return [
        FeedEntry("city/health", f"2024-01-0{number}", "题<目>", f"{number}" * 64, NOW + timedelta(days=number), "修改 1", "https://a.cn/?a&b")
        for number in range(1, count + 1)
    ]  # fmt: skip


def test_feed_ids_never_change_and_the_same_store_gives_the_same_bytes() -> None:
    def made(site: str | None, given: list[FeedEntry]) -> "etree._Element":
        data = atom_feed(given, title="政策", authority="example.org", site=site, limit=2)
        assert data == atom_feed(reversed(given), title="政策", authority="example.org", site=site, limit=2)
        return etree.fromstring(data)

    first, second = made(None, entries(3)), made("https://site.example/x/", entries(3))
    ids = [entry.findtext(f"{ATOM}id") for entry in first.iter(f"{ATOM}entry")]
    assert ids == ["tag:example.org,2026:city/health/2024-01-03/333333333333", "tag:example.org,2026:city/health/2024-01-02/222222222222"]  # fmt: skip
    assert ids == [entry.findtext(f"{ATOM}id") for entry in second.iter(f"{ATOM}entry")]
    assert (
        second.find(f"{ATOM}entry/{ATOM}link").get("href")
        == "https://site.example/x/documents/city/health/2024-01-03"
    )
    assert first.findtext(f"{ATOM}updated") == "2026-01-04T00:00:00Z"


def test_a_webhook_is_signed_over_time_and_body(portal: Portal) -> None:
    taken: list[tuple[Mapping[str, str], bytes]] = []

    def take(request: serve.Request) -> None:
        taken.append((dict(request.headers), request.rfile.read(int(request.headers["Content-Length"]))))
        request.send(202)

    portal.posts["/hook"] = take
    channels = channels_to(portal, "/hook", {"KEY": "secret"})
    enqueue(message(), channels, portal.folder)
    enqueue(message(), channels, portal.folder)  # the same message again is not doubled
    assert deliver(channels, portal.folder) == []
    assert deliver(channels, portal.folder) == []
    ((headers, body),) = taken
    expected = hmac.new(
        b"secret", headers["X-Policydiff-Timestamp"].encode() + b"." + body, hashlib.sha256
    ).hexdigest()
    assert headers["X-Policydiff-Signature-256"] == f"sha256={expected}"
    assert headers["X-Policydiff-Timestamp"] == str(int(NOW.timestamp()))
    data = json.loads(body)
    assert (data["schema"], data["id"]) == ("policydiff/notice/1", headers["X-Policydiff-Delivery"])
    assert data["changes"][0]["reference"]["id"] == "city/health"


def channels_to(
    portal: Portal, path: str, environment: dict[str, str], clock: FakeClock | None = None
) -> Channels:
    settings = TrackSettings(allow_addresses=(ip_network("127.0.0.0/8"),), timeout=2, total_timeout=2)
    clock = clock or FakeClock(NOW)
    notify = NotifySettings(webhooks=(Webhook(url=portal.url(path), secret_env="KEY"),))
    return Channels(notify, environment, clock.now, poster(settings, clock))


def test_what_was_not_taken_is_tried_again_for_a_week(portal: Portal) -> None:
    portal.posts["/hook"] = serve.answer(503)
    clock = FakeClock(NOW)
    channels = channels_to(portal, "/hook", {"KEY": "x"}, clock)
    enqueue(message(), channels, portal.folder)
    assert "answers 503: will be tried again" in deliver(channels, portal.folder)[0]
    clock.advance(days=8)
    assert "given up" in deliver(channels, portal.folder)[0]
    assert deliver(channels, portal.folder) == []


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 429, 500, 502, 504, None])
def test_a_webhook_that_refuses_or_hangs_gets_the_message_once_it_takes_it(
    portal: Portal, status: int | None
) -> None:
    taken: list[str] = []

    def take(request: serve.Request) -> None:
        request.rfile.read(int(request.headers["Content-Length"]))
        taken.append(request.headers["X-Policydiff-Delivery"])
        request.send(200)

    # None: the server takes the connection and answers nothing.
    portal.posts["/hook"] = serve.answer(status) if status else lambda _request: time.sleep(3)
    channels = channels_to(portal, "/hook", {"KEY": "x"})
    enqueue(message(), channels, portal.folder)
    (trouble,) = deliver(channels, portal.folder)
    assert "will be tried again" in trouble
    assert str(status or "") in trouble
    portal.posts["/hook"] = take
    assert deliver(channels, portal.folder) == deliver(channels, portal.folder) == []
    assert len(taken) == 1


@pytest.mark.parametrize(
    ("environment", "allowed", "words"),
    [({}, ("127.0.0.0/8",), "KEY is not set"), ({"KEY": "x"}, (), "no public address")],
)
def test_no_message_leaves_unsigned_or_to_a_private_address(
    portal: Portal, environment: dict[str, str], allowed: tuple[str, ...], words: str
) -> None:
    portal.posts["/hook"] = serve.answer(200)
    channels = channels_to(portal, "/hook", environment)
    settings = TrackSettings(allow_addresses=tuple(ip_network(one) for one in allowed))
    channels = channels._replace(post=poster(settings, FakeClock(NOW)))
    enqueue(message(), channels, portal.folder)
    assert words in deliver(channels, portal.folder)[0]
    assert not portal.hits


class _Smtp(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        lines: list[bytes] = []
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go\r\n")
                while (line := self.rfile.readline()) != b".\r\n":
                    lines.append(line)
                self.server.letters.append(b"".join(lines))  # type: ignore[attr-defined]
                self.wfile.write(b"250 taken\r\n")
            elif word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"550 no\r\n" if b"refused" in line else b"250 ok\r\n")


@contextmanager
def mail_server() -> Iterator[tuple[int, list[bytes]]]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Smtp) as server:
        server.letters = []  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server.server_address[1], server.letters  # type: ignore[attr-defined]
        server.shutdown()


def test_mail_arrives_with_titles_that_try_to_be_headers(tmp_path: Path) -> None:
    with mail_server() as (port, letters):
        mail = Mail(
            host="127.0.0.1", port=port, security="none", sender="a@b.cn", recipients=("c@d.cn", "e@f.cn")
        )
        channels = Channels(NotifySettings(mail=mail), {}, FakeClock(NOW).now, lambda *_: None)
        enqueue(message(title="意见\r\nBcc: evil@x.cn\r\n\r\nbody"), channels, tmp_path)
        assert deliver(channels, tmp_path) == []
        (data,) = letters
    letter = message_from_bytes(data, policy=policy.default)
    assert letter["Bcc"] is None
    assert letter["To"] == "c@d.cn, e@f.cn"
    assert "Bcc: evil@x.cn body" in letter["Subject"]
    assert "city/health@2" in letter.get_content()


def test_a_mail_server_that_refuses_is_a_trouble_not_a_crash(tmp_path: Path) -> None:
    with mail_server() as (port, letters):
        mail = Mail(
            host="127.0.0.1", port=port, security="none", sender="refused@b.cn", recipients=("c@d.cn",)
        )
        channels = Channels(NotifySettings(mail=mail), {}, FakeClock(NOW).now, lambda *_: None)
        enqueue(message(), channels, tmp_path)
        assert "did not take the mail" in deliver(channels, tmp_path)[0]
        assert letters == []


def test_a_summary_stays_below_its_size_with_whole_entries_only() -> None:
    text = str(
        render(report(changes=500, failures=500), "markdown", options=RenderOptions(max_characters=20_000))
    )
    assert len(text) <= 20_000
    assert "另有" in text
    assert all(line.count("|") - line.count("\\|") == 7 for line in text.splitlines() if line.startswith("|"))


def test_annotations_are_few_and_cannot_be_broken_out_of() -> None:
    page = run_page(report(title="a::b,c\n::error::x%", changes=20, failures=20), catalog("en"))
    lines = workflow_commands(page, catalog("en"))
    assert len(lines) == 20
    assert all(
        line.count("\n") == 0 and line.startswith(("::notice title=", "::warning title=")) for line in lines
    )
    assert not any("\n" in line for line in lines)
    assert any("x%25" in line for line in lines), "words of a page are data of the command"


def test_a_session_writes_reports_feed_and_message_once(portal: Portal, tmp_path: Path) -> None:
    work = Workplace(tmp_path / "store")
    portal.pages["/a"] = serve.in_turn(page(LINES), page(REVISED))
    posted: list[bytes] = []

    def take(request: serve.Request) -> None:
        posted.append(request.rfile.read(int(request.headers["Content-Length"])))
        request.send(200)

    portal.posts["/hook"] = take
    notify = f'[notify]\nfeed = "feed.xml"\nfeed_authority = "example.org"\n[[notify.webhooks]]\nurl = "{portal.url("/hook")}"\n'
    work.configure(page_source(portal) + notify)

    def session() -> RunReport:
        with Store.open(work.folder, clock=work.clock.now) as store:
            options = SessionOptions(RunOptions(everything=True), "zh", tmp_path / "out")
            found = carry_out(work.configuration, store, work.clock, options)
        assert found.troubles == ()
        return found.report

    session()
    feed = (work.folder / "feed.xml").read_bytes()
    work.clock.advance(hours=1)
    changed = session()
    assert [change.previous for change in changed.changes] == ["2024-03-05"]
    assert changed.changes[0].summary.modified == 1  # type: ignore[union-attr]
    html = next((tmp_path / "out").glob("city_health@2024-03-05.2-*.html")).read_text("utf-8")
    assert "120亿元" in html
    second = (work.folder / "feed.xml").read_bytes()
    assert feed != second
    summary = etree.fromstring(second).findtext(f"{ATOM}entry/{ATOM}summary", "")
    assert "100亿元 → 120亿元" in summary
    assert "修改 1" in summary
    assert session().changes == ()
    assert (work.folder / "feed.xml").read_bytes() == second
    assert len(posted) == 2


def test_a_change_of_a_superior_compares_its_local_document_again(portal: Portal, tmp_path: Path) -> None:
    work = Workplace(tmp_path / "store")
    local = [
        LINES[0].replace("某市", "某区"),
        "某区府发〔2024〕3号",
        *LINES[2:-2],
        "某区人民政府",
        "2024年6月1日",
    ]
    portal.pages |= {"/up": serve.in_turn(page(LINES), page(REVISED)), "/low": page(local)}
    work.configure(
        page_source(portal, "/up", "up") + page_source(portal, "/low", "low", 'superiors = ["city/up"]')
    )
    for expected in (["low"], ["up"]):
        with Store.open(work.folder, clock=work.clock.now) as store:
            options = SessionOptions(RunOptions(everything=True), "zh", tmp_path / "out")
            changes = carry_out(work.configuration, store, work.clock, options).report.changes
        concerned = {change.source: change.concerns for change in changes if change.concerns}
        assert set(expected) <= set(concerned)
    (concern,) = concerned["up"]
    assert (concern.role, concern.other.id) == ("local", "city/low")
    assert concern.before is not None
    counted = concern.after.measures
    told = (tmp_path / "out" / "run.md").read_text("utf-8")
    assert f"已承接 {counted.adopted}" in told, (
        "the run counts measures as the report beside it does, not clauses"
    )
    assert (tmp_path / "out" / "city_low--city_up.html").is_file()


def test_a_superior_that_is_cited_needs_no_setting(portal: Portal, tmp_path: Path) -> None:
    work = Workplace(tmp_path / "store")
    title = LINES[0]
    local = [
        "某区人民政府关于促进健康服务业发展的实施意见",
        "某区府发〔2024〕3号",
        "各街道办事处：",
        f"为贯彻落实《{title}》（{LINES[1]}），现提出以下意见。",
        *LINES[4:-2],
        "某区人民政府",
        "2024年6月1日",
    ]
    portal.pages |= {"/up": serve.in_turn(page(LINES), page(REVISED)), "/low": page(local)}
    work.configure(page_source(portal, "/up", "up") + page_source(portal, "/low", "low"))
    seen = []
    for _ in range(2):
        with Store.open(work.folder, clock=work.clock.now) as store:
            options = SessionOptions(RunOptions(everything=True), "zh")
            changes = carry_out(work.configuration, store, work.clock, options).report.changes
        seen.append(
            {change.source: [(one.role, one.other.id) for one in change.concerns] for change in changes}
        )
    assert seen[0]["low"] == [("superior", "city/up")]
    assert seen[1] == {"up": [("local", "city/low")]}


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([*LINES[:-1], "2024年3月9日"], "落款与版记：时限 [2024年3月5日 → 2024年3月9日]（推迟）"),
        (
            [*LINES[:-2], "某市卫生健康委员会", LINES[-1]],
            "落款与版记：删除：某市人民政府；落款与版记：新增：某市卫生健康委员会",
        ),
        ([*LINES[:2], "各县人民政府：", *LINES[3:]], "[各区人民政府，市政府各委、办、局 → 各县人民政府]"),
        ([*LINES[:-2], "（此件公开发布）", *LINES[-2:]], "落款与版记：新增：（此件公开发布）"),
    ],
    ids=["the day alone", "the signature", "the addressee", "a line more"],
)
def test_what_differs_outside_the_clauses_is_told_in_words(
    lines: list[str], told: str, portal: Portal, tmp_path: Path
) -> None:
    """A text whose clauses are the same still changed: “none” is no message."""
    work = Workplace(tmp_path / "store")
    portal.pages["/a"] = serve.in_turn(page(LINES), page(lines))
    work.configure(page_source(portal))
    changes: list[DocumentChange] = []
    for _ in range(2):
        with Store.open(work.folder, clock=work.clock.now) as store:
            options = SessionOptions(RunOptions(everything=True), "zh", None)
            found = carry_out(work.configuration, store, work.clock, options).report
        changes = [*found.changes]
        work.clock.advance(hours=30)
    composed = compose(found, "zh")
    assert composed is not None
    assert changes[0].outside or changes[0].clauses
    assert told in composed.text
    assert "无 (" not in composed.text


def test_a_source_that_fails_is_told_in_the_readers_language_with_its_page(
    portal: Portal, tmp_path: Path
) -> None:
    work = Workplace(tmp_path / "store")
    portal.pages["/a"] = serve.in_turn(page(LINES), serve.answer(403), page(LINES))
    work.configure(page_source(portal))
    standing = []
    for _ in range(3):
        with Store.open(work.folder, clock=work.clock.now) as store:
            options = SessionOptions(RunOptions(everything=True), "zh", tmp_path / "out")
            carry_out(work.configuration, store, work.clock, options)
        standing.append((tmp_path / "out" / "sources.tsv").read_text("utf-8"))
        work.clock.advance(hours=30)
    assert standing[1].startswith("failing\thealth\t拒绝访问：服务器返回 403")
    assert standing[1].rstrip().endswith(f"<{portal.url('/a')}>")
    assert standing[2] == standing[0] == "read\thealth\n"
