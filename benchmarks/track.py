"""A run over 1,000 unchanged sources, and one over 100 that all changed, against a server on loopback: sources a minute, and memory.

The server is a process of its own. Three runs of unchanged sources: the first learns, the second is answered 304 throughout,
in the third the server sends whole pages whose furniture differs on every visit. Then every source has a new text, which is
read, parsed, recorded, and held against the version before it; on a machine that is busy the processor time says more than the clock. `--sources N` and `--changed N` change the numbers.
"""

import hashlib
import resource
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from policydiff.intake.versions import Given, prepare
from policydiff.settings.settings_file import parse_configuration
from policydiff.store import Store
from policydiff.watch import Clock
from policydiff.watch.run import Run, RunOptions, RunResult
from policydiff.watch.session import SessionOptions, carry_out
from policydiff.watch.store_archive import Archive

GOAL_PER_MINUTE = 1_000
GOAL_CHANGED_PER_MINUTE = 100
GOAL_MEMORY_MB = 200


def text_of(number: int, edition: int = 0, *, figures: int = 0) -> str:
    """Return the paragraphs of a document of some 16 kB; an edition has other figures in one clause of twenty, and one clause more.

    `figures` are added to the same figures and leave the number of clauses as it is.
    """
    head = f"<p>某市人民政府关于第{number}项工作的意见</p><p>某府发〔2024〕{number}号</p><p>各区人民政府，市政府各委、办、局：</p>"
    clause = "<p>{0}、推进第{1}项第{0}条工作。应当建立健全工作机制，由有关部门牵头，到2025年覆盖{0}个街道，最高资助{0}万元。</p>"
    return (
        head
        + "".join(
            clause.format(place, number).replace(
                f"最高资助{place}万元", f"最高资助{place + (edition + figures if place % 20 == 0 else 0)}万元"
            )
            for place in range(1, 101 + edition)
        )
        + "<p>某市人民政府</p><p>2024年3月5日</p>"
    )


def page_of(number: int, visit: int, edition: int = 0, *, figures: int = 0) -> bytes:
    title = f"某市人民政府关于第{number}项工作的意见"
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title></head><body>'
        f'<div class="top">今天是2026年1月1日 第{visit}位访问者</div><div id="zoom">{text_of(number, edition, figures=figures)}'
        f"<p>浏览次数：{visit}</p></div></body></html>"
    ).encode()


class _Pages(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    visits = 0
    edition = 0
    figures = 0

    def do_GET(self) -> None:
        kind, _, number = self.path.strip("/").partition("/")
        if not number.isdigit():
            self._send(404, b"")
            return
        if kind in {"edition", "figures"}:
            setattr(type(self), kind, int(number))
            self._send(200, b"set")
            return
        type(self).visits += 1
        edition = type(self).edition if kind == "moving" else 0
        figures = type(self).figures if kind == "moving" else 0
        body = page_of(int(number), type(self).visits if kind == "noisy" else 1, edition, figures=figures)
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if kind == "still" and self.headers.get("If-None-Match") == etag:
            self.send_response(304)
            self.end_headers()
            return
        self._send(200, body, etag)

    def _send(self, status: int, body: bytes, etag: str | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if etag:
            self.send_header("ETag", etag)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


class _Server(ThreadingHTTPServer):
    request_queue_size = 64
    daemon_threads = True


def serve() -> None:
    """Serve until standard input closes; print the port."""
    server = _Server(("127.0.0.1", 0), _Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()


class _Clock(Clock):
    """The machine's clock, a day further for each run."""

    def __init__(self) -> None:
        self.days = 0

    def now(self) -> datetime:
        return datetime.now(UTC).replace(microsecond=0) + timedelta(days=self.days)

    def monotonic(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


def configuration_of(port: int, kind: str, count: int) -> str:
    lines = ['[track]\npace = 0\nallow_addresses = ["127.0.0.0/8"]\nworkers = 4\n']
    lines += [
        f'[[sources]]\nname = "s{number}"\nurl = "http://127.0.0.1:{port}/{kind}/{number}"\n'
        f'id = "city/s{number}"\n'
        for number in range(count)
    ]
    return "\n".join(lines)


def _worked() -> float:
    """Return the processor seconds of this process and of the children that ended: git, and workers."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


def measure_changed(port: int, count: int) -> bool:
    """Time a whole session over sources that all changed: fetched, read, recorded, and held against the version before."""
    clock = _Clock()
    with tempfile.TemporaryDirectory() as folder, Store.init(Path(folder) / "store") as store:
        configuration = parse_configuration(configuration_of(port, "moving", count))
        seconds = worked = 0.0
        for edition in (0, 1):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/edition/{edition}").read()
            clock.days += 1
            options = SessionOptions(RunOptions(), "zh")
            begun, worked = time.perf_counter(), _worked()
            report = carry_out(configuration, store, clock, options).report
            seconds, worked = time.perf_counter() - begun, _worked() - worked
        told = sum(bool(change.signals) for change in report.changes)
        rate = count / seconds * 60
        print(
            f"{count} sources of 16 kB, all changed: read, parsed, recorded and diffed (goal: {GOAL_CHANGED_PER_MINUTE} a minute)"
        )
        print(
            f"  {'whole session':28} {seconds:6.1f} s   {rate:8,.0f} a minute   {len(report.changes)} changed, {told} with signals"
        )
        busy = count / worked * 60
        print(
            f"  {'processor time, with children':28} {worked:6.1f} s   {busy:8,.0f} a minute of one processor"
        )
        return rate >= GOAL_CHANGED_PER_MINUTE and len(report.changes) == count


def measure(port: int, count: int, changed: int) -> bool:
    clock = _Clock()
    with tempfile.TemporaryDirectory() as folder, Store.init(Path(folder) / "store") as store:
        today = clock.now().date()
        entries = [
            prepare(page_of(number, 1), name="a.html", today=today, given=Given(id=f"city/s{number}")).entry
            for number in range(count)
        ]
        store.add_many(entries)
        entries.clear()
        head = store.commit

        def run(kind: str) -> tuple[RunResult, float, float]:
            configuration = parse_configuration(configuration_of(port, kind, count))
            clock.days += 1
            asked = Run(configuration, store.folder, Archive(store), clock)
            begun, worked = time.perf_counter(), _worked()
            result = asked.carry_out()
            return result, time.perf_counter() - begun, _worked() - worked

        good = True
        print(
            f"{count} sources of 16 kB on one loopback host, nothing changed (goal: {GOAL_PER_MINUTE:,} a minute)"
        )
        for label, kind in (
            ("first run, all pages read", "still"),
            ("304 throughout", "still"),
            ("whole pages, new furniture", "noisy"),
        ):
            result, seconds, worked = run(kind)
            outcomes = {entry.outcome.value for entry in result.entries}
            rate = count / seconds * 60
            for entry in result.failed[:3]:
                print(f"    {entry.source}: {entry.failure} {entry.detail}")
            good = good and outcomes == {"unchanged"} and rate >= GOAL_PER_MINUTE
            print(
                f"  {label:28} {seconds:6.1f} s   {rate:8,.0f} a minute   {worked:5.1f} CPU s   {', '.join(sorted(outcomes))}"
            )
        good = good and store.commit == head
        print(f"  HEAD {'unchanged' if store.commit == head else 'MOVED'}")
    good = measure_changed(port, changed) and good
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  peak memory {peak:.0f} MB (goal: under {GOAL_MEMORY_MB} MB)")
    return good and peak < GOAL_MEMORY_MB


def main() -> int:
    if "--serve" in sys.argv:
        serve()
        return 0
    count = int(sys.argv[sys.argv.index("--sources") + 1]) if "--sources" in sys.argv else 1_000
    changed = int(sys.argv[sys.argv.index("--changed") + 1]) if "--changed" in sys.argv else 100
    command = [sys.executable, "-m", "benchmarks.track", "--serve"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            good = measure(int(server.stdout.readline()), count, changed)
        finally:
            server.terminate()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
