"""Runs as they happen: many sources, a network that goes, a process that is killed, thirty days."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from policydiff.errors import DamagedStoreError
from policydiff.intake.versions import Given, prepare
from policydiff.settings.settings_file import parse_configuration
from policydiff.store import Store
from policydiff.watch.ledger import Entry, Intent, RunEnd, RunStart
from policydiff.watch.watched import read_health
from tests.version_names import turn
from watch import portal as serve
from watch.portal import Portal, Request, page, policy_lines
from watch.test_run import LINES, REVISED, page_source
from watch.workplace import Workplace

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def work(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path / "store")


def points(number: int, revision: int = 0) -> list[str]:
    figures = [
        f"到2025年，第{number}项服务覆盖{number + 10 + revision}个街道。",
        f"给予最高{number + 100}万元资助。",
    ]
    return [
        *figures,
        "由区卫生健康委牵头，各有关部门配合。",
        f"第{number}项工作纳入年度考核，应当按季度报送进展。",
    ]


def lines_of(number: int, revision: int = 0) -> list[str]:
    return policy_lines(
        f"某市人民政府关于第{number}项工作的意见", f"某府发〔2024〕{number}号", points(number, revision)
    )


def sources(portal: Portal, count: int, more: str = "") -> str:
    return "".join(page_source(portal, f"/{number}", f"s{number:03}", more) for number in range(count))


@pytest.mark.slow
def test_two_hundred_sources_in_one_run(portal: Portal, work: Workplace) -> None:
    for number in range(200):
        portal.pages[f"/{number}"] = page(lines_of(number), counter=number)
    portal.pages["/7"] = serve.answer(500)
    portal.pages["/8"] = serve.answer(404)
    with Store.open(work.folder, clock=work.clock.now) as store:
        today = work.clock.now().date()
        store.add_many(
            prepare(
                page(lines_of(number)), name="a.html", today=today, given=Given(id=f"city/s{number:03}")
            ).entry
            for number in range(170)
        )
    work.configure(sources(portal, 200), "retries = 0")
    outcomes = work.outcomes(work.run())
    assert len(outcomes) == 200
    assert (outcomes.pop("s007"), outcomes.pop("s008")) == ("transient", "gone")
    assert [outcomes[f"s{number:03}"] for number in range(170, 200)] == ["changed"] * 30
    assert sum(outcome == "unchanged" for outcome in outcomes.values()) == 168
    assert len(work.versions()) == 200
    assert all(len(versions) == 1 for versions in work.versions().values())


def test_the_network_goes_in_the_middle_and_comes_back(portal: Portal, work: Workplace) -> None:
    served = 0

    def until_ten(request: Request) -> None:
        nonlocal served
        served += 1
        request.send(200, page(lines_of(int(request.path[1:]))), connection="close")
        request.close_connection = True

    for number in range(20):
        portal.pages[f"/{number}"] = until_ten
    work.configure(sources(portal, 20), "workers = 1")
    settled: list[Entry] = []

    def cut(entry: Entry) -> None:
        settled.append(entry)
        if len(settled) == 10:
            portal.end()

    first = work.outcomes(work.run(on_entry=cut))
    assert set(first.values()) == {"changed", "transient"}
    assert len(first) == 20
    portal.begin()
    second = work.outcomes(work.run())
    assert set(second) == {name for name, outcome in first.items() if outcome == "transient"}
    assert set(second.values()) == {"changed"}
    assert len(work.versions()) == 20


def test_an_interrupted_run_is_taken_up_where_it_stopped(portal: Portal, work: Workplace) -> None:
    for number in range(12):
        portal.pages[f"/{number}"] = page(lines_of(number))
    work.configure(sources(portal, 12), "workers = 1")
    settled: list[str] = []

    def stop(entry: Entry) -> None:
        settled.append(entry.source)
        if len(settled) == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work.run(on_entry=stop)
    result = work.run()
    assert result.resumed
    assert work.outcomes(result) == {f"s{number:03}": "changed" for number in range(12)}
    assert all(portal.hits[f"/{number}"] == 1 for number in range(5))
    lines = work.ledger()
    assert [type(line) for line in (lines[0], lines[-1])] == [RunStart, RunEnd]
    assert sum(isinstance(line, RunStart) for line in lines) == 1


def test_a_crash_between_recording_and_ledger_still_reports_the_change(
    portal: Portal, work: Workplace
) -> None:
    portal.pages["/a"] = serve.in_turn(page(LINES), page(REVISED))
    work.configure(page_source(portal))
    work.run()
    journal = work.folder / ".policydiff" / "track" / "ledger" / "2026-01.jsonl"
    result = work.run(everything=True)
    assert result.changed[0].previous == "2024-03-05"
    # As the disk is after a kill right behind the store's commit: the intent is written, half of the entry, no end.
    kept = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(kept[:-2]) + kept[-2][:40])
    assert isinstance(work.ledger()[-1], Intent)
    resumed = work.run()
    assert resumed.resumed
    assert [(turn(entry.version), entry.previous) for entry in resumed.changed] == [
        ("2024-03-05.2", "2024-03-05")
    ]
    assert work.versions() == {"city/health": ["2024-03-05", "2024-03-05.2"]}


def test_an_altered_ledger_is_named(portal: Portal, work: Workplace) -> None:
    portal.pages["/a"] = serve.answer(404)
    work.configure(page_source(portal))
    work.run()
    journal = work.folder / ".policydiff" / "track" / "ledger" / "2026-01.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b'"gone"', b'"unchanged"'))
    with pytest.raises(DamagedStoreError, match=r"2026-01.jsonl, line 2"):
        work.ledger()


@pytest.mark.slow
def test_runs_killed_at_any_moment_lose_nothing_and_double_nothing(portal: Portal, tmp_path: Path) -> None:
    """The command itself, killed with SIGKILL again and again, then run to its end."""
    work = Workplace(tmp_path / "store")
    for number in range(20):
        portal.pages[f"/{number}"] = page(lines_of(number))
    work.configure(sources(portal, 20))
    command = [
        sys.executable,
        "-c",
        "from policydiff.cli import main; main()",
        "track",
        "--store",
        str(work.folder),
    ]
    environment = os.environ | {"POLICYDIFF_LANG": "en", "PYTHONPATH": str(ROOT)}
    chance = random.Random(8)
    for _ in range(4):
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.8, 2.5))
        process.send_signal(signal.SIGKILL)
        process.wait()
    finished = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
    assert work.versions() == {f"city/s{number:03}": ["2024-03-05"] for number in range(20)}
    changed = [
        line.document for line in work.ledger() if isinstance(line, Entry) and line.outcome == "changed"
    ]
    assert sorted(name or "" for name in changed) == [f"city/s{number:03}" for number in range(20)]


def test_two_processes_at_once(portal: Portal, tmp_path: Path) -> None:
    work = Workplace(tmp_path / "store")
    for number in range(10):
        portal.pages[f"/{number}"] = page(lines_of(number))
    work.configure(sources(portal, 10), "pace = 0.05")
    command = [
        sys.executable,
        "-c",
        "from policydiff.cli import main; main()",
        "track",
        "--all",
        "--store",
        str(work.folder),
    ]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    both = [
        subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    ends = [process.communicate()[1] for process in both]
    codes = sorted(process.returncode for process in both)
    assert codes in ([0, 0], [0, 14])
    assert codes == [0, 0] or any("another run" in words for words in ends)
    assert work.versions() == {f"city/s{number:03}": ["2024-03-05"] for number in range(10)}


class Publisher:
    """Fifty pages over thirty days: what they show, and how they misbehave, is settled by a seed."""

    def __init__(self, portal: Portal, count: int, days: int) -> None:
        chance = random.Random(20260101)
        self.day = 0
        self.visits = 0
        self.revised = {
            number: sorted(chance.sample(range(1, days - 2), chance.choice([0, 0, 0, 1, 1, 2])))
            for number in range(count)
        }
        self.trouble: dict[tuple[int, int], str] = {}
        for number in range(count):
            for day in range(1, days - 1):
                # A page that misbehaves on the day of its revision is read a day later: still the same versions.
                if chance.random() < 0.15:
                    self.trouble[number, day] = chance.choice(
                        ["500", "404", "captcha", "upkeep", "short", "shrunken", "empty", "cut", "429"]
                    )
        for number in range(count):
            portal.pages[f"/{number}"] = lambda request, number=number: self.serve(request, number)

    def revision(self, number: int, day: int) -> int:
        return sum(when <= day for when in self.revised[number])

    def serve(self, request: Request, number: int) -> None:
        self.visits += 1
        lines = lines_of(number, self.revision(number, self.day))
        body = page(
            lines,
            counter=self.visits,
            today=f"2026年1月{self.day + 1}日 星期{'一二三四五六日'[self.day % 7]}",
            before="<div><a href='/n'>新闻</a></div>" * (self.visits % 3),
        )
        captcha = "<html><body><p>访问过于频繁，请输入验证码</p></body></html>".encode()
        upkeep = "<html><body><p>网站维护中，请稍后再试</p></body></html>".encode()
        trouble = {
            "500": serve.answer(500),
            "404": serve.answer(404),
            "429": serve.answer(429, retry_after="9999"),
            "captcha": serve.answer(200, captcha),
            "upkeep": serve.answer(200, upkeep),
            "short": serve.too_short,
            "shrunken": serve.answer(200, page(lines[:3])),
            "empty": serve.answer(200, b""),
            "cut": serve.gzip_cut,
        }
        trouble.get(self.trouble.get((number, self.day), ""), serve.packed(body))(request)


@pytest.mark.slow
def test_thirty_days_over_fifty_sources_end_with_what_was_published(portal: Portal, work: Workplace) -> None:
    count, days = 50, 30
    publisher = Publisher(portal, count, days)
    work.configure(sources(portal, count), "retries = 0\nworkers = 2")
    begin = datetime(2026, 1, 1, 6, 0, tzinfo=UTC)
    for day in range(days):
        publisher.day = day
        work.at(begin + timedelta(days=day, minutes=7 * (day % 3)))
        work.run()
        before = work.state()
        publisher.visits += 100
        if day % 10 == 9:
            assert {entry.outcome.value for entry in work.run(everything=True).entries} <= {
                "unchanged",
                "failed",
                "gone",
            }
            assert work.state() == before

    assert sum(len(revisions) for revisions in publisher.revised.values()) > 25
    assert len(publisher.trouble) > 150
    expected = {
        f"city/s{number:03}": [
            "2024-03-05",
            *(f"2024-03-05.{edit + 2}" for edit in range(len(publisher.revised[number]))),
        ]
        for number in range(count)
    }
    assert work.versions() == _read_in_time(expected, publisher, days)
    _texts_are_the_published_ones(work, publisher)
    _the_ledger_has_no_gap(work, publisher, count, days)
    health = read_health(work.configuration, work.folder, work.clock.now(), full=True)
    assert health.late == ()


def _read_in_time(expected: dict[str, list[str]], publisher: Publisher, days: int) -> dict[str, list[str]]:
    """Take out revisions that no check could see: the page misbehaved until the next revision was out."""
    for number, revisions in publisher.revised.items():
        for place, when in enumerate(revisions):
            until = revisions[place + 1] if place + 1 < len(revisions) else days
            if all((number, day) in publisher.trouble for day in range(when, until)):
                expected[f"city/s{number:03}"].pop()
    return expected


def _texts_are_the_published_ones(work: Workplace, publisher: Publisher) -> None:
    with Store.open(work.folder) as store:
        for number, revisions in publisher.revised.items():
            document_id = f"city/s{number:03}"
            texts = [store.text(document_id, record.version) for record in store.versions(document_id)]
            published = [points(number, revision)[0] for revision in range(len(revisions) + 1)]
            assert [any(figure in text for text in texts) for figure in published].count(True) == len(texts)
            assert not any("浏览次数" in text or "今天是" in text for text in texts)


def _the_ledger_has_no_gap(work: Workplace, publisher: Publisher, count: int, days: int) -> None:
    checks: dict[int, dict[str, Entry]] = {}
    for line in work.ledger():
        if isinstance(line, Entry):
            checks.setdefault((line.at - datetime(2026, 1, 1, tzinfo=UTC)).days, {}).setdefault(
                line.source, line
            )
    assert sorted(checks) == list(range(days))
    for day, found in checks.items():
        assert len(found) == count, f"day {day}"
        for number in range(count):
            entry = found[f"s{number:03}"]
            assert (entry.failure is not None) == ((number, day) in publisher.trouble), (number, day, entry)


def test_health_names_what_is_late(portal: Portal, work: Workplace) -> None:
    portal.pages |= {"/a": page(LINES), "/b": serve.answer(500)}
    work.configure(
        page_source(portal, more='every = "1d"')
        + page_source(portal, "/b", "broken", 'every = "1d"')
        + page_source(portal, "/c", "asleep", "paused = true"),
        "retries = 0",
    )
    work.run()
    configuration = parse_configuration(work.text)

    def late(**later: float) -> list[str]:
        work.clock.advance(**later)
        return [one.source for one in read_health(configuration, work.folder, work.clock.now()).late]

    assert late(hours=29) == ["broken"]
    assert late(hours=2) == ["health", "broken"]
    assert read_health(configuration, work.folder, work.clock.now()).failing == ("broken",)
