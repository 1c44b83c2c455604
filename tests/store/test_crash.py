"""Never lost, never half: killed writers, crowds of writers, a crash before the work tree, a full disk."""

import errno
import multiprocessing
import os
import random
import resource
import signal
import threading
import time
from collections import defaultdict
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from policydiff.errors import WriteConflictError
from policydiff.platforms import release_lock, take_lock
from policydiff.store import AddStatus, Fault, Store, locks, writing
from tests.version_names import turn

from .conftest import Clock, entry, git

ID = "shanghai/jingan/plan"
SPAWN = multiprocessing.get_context("forkserver")
SPAWN.set_forkserver_preload(["git.cmd", "policydiff.store", "pytest"])


def record(folder: Path, name: str, count: int, report: Connection, environment: dict[str, str]) -> None:
    """Add versions one after another, in a process group of its own; report each that was recorded."""
    os.setsid()
    os.environ.update(environment)
    with Store.open(folder) as store:
        report.send("ready")
        for number in range(count):
            day = f"20{number % 100:02}"
            made = [entry(f"crowd/{name}", f"{name} {number}\n", f"{day}-01-01")]
            if number % 3 == 0:
                made += [
                    entry(f"crowd/{name}/{part}", f"{name} {number} {part}\n" * 50, f"{day}-02-02")
                    for part in "xyz"
                ]
            for outcome in store.add_many(made):
                report.send(f"{outcome.id}@{outcome.version}")


def start_writer(folder: Path, name: str, count: int) -> tuple[multiprocessing.Process, Connection]:
    reports, report = SPAWN.Pipe(duplex=False)
    environment = {key: value for key, value in os.environ.items() if key.startswith("GIT_")}
    writer = SPAWN.Process(target=record, args=(folder, name, count, report, environment))
    writer.start()
    report.close()
    return writer, reports


def read_all(reports: Connection) -> list[str]:
    found = []
    with reports:
        while True:
            try:
                found.append(reports.recv())
            except (EOFError, OSError):
                return found  # a report that a kill cut off was never made


def assert_there(folder: Path, reported: set[str]) -> None:
    """Everything reported is there, nothing is partial or doubled, and the work tree is as recorded."""
    with Store.open(folder) as store, locks.turn(store._repository):
        pass  # a git that outlived its writer has ended now
    with Store.open(folder):
        pass  # and what it left undone is done
    files: dict[str, set[str]] = defaultdict(set)
    for path in git(folder, "ls-tree", "-r", "--name-only", "HEAD", "documents").split():
        place, _, file = path.removeprefix("documents/").rpartition("/")
        files["@".join(place.rsplit("/", 1))].add(file)
    held = {name: found for name, found in files.items() if "document.json" not in found}
    assert reported <= held.keys()
    assert {name: found for name, found in held.items() if len(found) != 3} == {}
    assert [name for name in held if "." in name] == [], "a silent edit would be a text recorded twice"
    assert git(folder, "status", "--porcelain") == ""


def kill_at_random(folder: Path, name: str, chance: random.Random) -> set[str]:
    writer, reports = start_writer(folder, name, 100)
    assert reports.recv() == "ready"
    time.sleep(chance.uniform(0.0, 0.5))
    assert writer.pid is not None
    if chance.random() < 0.5:
        os.killpg(writer.pid, signal.SIGKILL)  # the machine goes down, git with it
    else:
        os.kill(writer.pid, signal.SIGKILL)  # the process alone, git may go on
    writer.join()
    return set(read_all(reports))


@pytest.mark.parametrize(
    ("kills", "seed"),
    [
        (6, 20240301),
        pytest.param(100, 20240302, marks=pytest.mark.slow),
        pytest.param(100, 20240303, marks=pytest.mark.slow),
    ],
)
def test_a_killed_writer_loses_nothing_and_leaves_nothing_half(store: Store, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    reported: set[str] = set()
    for number in range(kills):
        reported |= kill_at_random(store.folder, f"writer-{number}", chance)
        if number % 3 == 2:
            assert_there(store.folder, reported)
    assert store.add(entry()).status is AddStatus.ADDED
    assert_there(store.folder, reported)
    assert store.verify() == []
    left = [
        name
        for name in ("index.lock", "HEAD.lock", "refs/heads/main.lock")
        if (store.folder / ".git" / name).exists()
    ]
    assert left == []


@pytest.mark.parametrize(("writers", "versions"), [(3, 4), pytest.param(8, 50, marks=pytest.mark.slow)])
def test_a_crowd_of_writers_loses_and_doubles_nothing(store: Store, writers: int, versions: int) -> None:
    crowd = [start_writer(store.folder, f"writer-{number}", versions) for number in range(writers)]
    reported: list[str] = []
    for writer, reports in crowd:
        reported += [line for line in read_all(reports) if line != "ready"]
        writer.join()
        assert writer.exitcode == 0
    assert_there(store.folder, set(reported))
    assert store.verify() == []
    singles = [each for each in set(reported) if each.count("/") == 1]
    assert len(singles) == writers * versions


def test_a_writer_that_begins_again_at_once_stands_behind_the_one_that_waits(store: Store) -> None:
    """Turns taken by chance starved four of eight busy writers for two minutes."""
    turns: list[str] = []

    def wait() -> None:
        with Store.open(store.folder) as other, locks.turn(other._repository):
            turns.append("waiting")

    waiting = threading.Thread(target=wait)
    with locks.turn(store._repository), (store.folder / ".git" / "policydiff" / "queue").open("ab") as queue:
        turns.append("first")
        waiting.start()
        while take_lock(queue.fileno()):  # until the other stands in the queue
            release_lock(queue.fileno())
            time.sleep(0.005)
    with locks.turn(store._repository):
        turns.append("again")
    waiting.join()
    assert turns == ["first", "waiting", "again"]


def test_a_plain_commit_in_between_is_a_race_that_is_run_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file lock does not bind the user's own git: compare-and-swap does."""
    honest = writing.write_commit
    rounds = []

    def slow(*arguments: object) -> str:
        made = honest(*arguments)  # type: ignore[arg-type]
        if len(rounds) < 2:
            rounds.append(git(store.folder, "commit", "-q", "--allow-empty", "-m", "meanwhile"))
        return made

    monkeypatch.setattr(writing, "write_commit", slow)
    assert store.add(entry()).status is AddStatus.ADDED
    assert len(rounds) == 2
    assert git(store.folder, "rev-list", "--count", "HEAD").strip() == "4"
    assert store.verify() == []


def test_a_crash_between_commit_and_work_tree_is_healed_when_next_opened(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = writing.refresh

    def crash(*given: Any, **how: Any) -> list[str]:
        if how:  # what heals the store after the first crash is whole
            return honest(*given, **how)
        raise KeyboardInterrupt

    store.add(entry())
    with monkeypatch.context() as broken:
        broken.setattr(writing, "refresh", crash)
        with pytest.raises(KeyboardInterrupt):
            store.add(entry(text="二\n"))
        with pytest.raises(KeyboardInterrupt):
            store.correct(ID, "2021-11-29", "一，校正\n")
    assert git(store.folder, "status", "--porcelain") != ""
    with Store.open(store.folder) as fresh:
        assert [turn(record.version) for record in fresh.versions(ID)] == ["2021-11-29", "2021-11-29.2"]
        assert fresh.verify() == []
    assert git(store.folder, "status", "--porcelain") == ""


def test_verify_waits_for_a_writer_between_commit_and_files(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = writing.refresh
    found: list[list[Fault]] = []

    def verify() -> None:
        with Store.open(store.folder) as other:
            found.append(other.verify())

    reader = threading.Thread(target=verify)

    def slow(*arguments: object) -> list[str]:
        reader.start()
        reader.join(0.5)
        assert reader.is_alive()
        return honest(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(writing, "refresh", slow)
    store.add(entry())
    reader.join()
    assert found == [[]]


def test_an_index_that_another_git_holds_delays_the_work_tree_only(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "INDEX_PATIENCE", 0.2)
    lock = store.folder / ".git" / "index.lock"
    lock.touch()
    outcome = store.add(entry())
    assert outcome.status is AddStatus.ADDED
    assert "work tree is behind" in outcome.notes[0]
    lock.unlink()
    with Store.open(store.folder) as fresh:
        assert fresh.verify() == []


def test_a_writer_that_holds_the_lock_is_waited_for_only_so_long(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "PATIENCE", 0.1)
    with (
        locks.turn(store._repository),
        Store.open(store.folder) as other,
        pytest.raises(WriteConflictError, match="another writer"),
    ):
        other.add(entry())
    assert store.documents() == []


@pytest.mark.parametrize("limit", [1, 400, 20_000])
def test_a_full_disk_records_nothing_or_everything(store: Store, clock: Clock, limit: int) -> None:
    """A limit on the size of files stands for a disk that fills up while git writes."""
    big = random.Random(1).randbytes(200_000)
    process = os.fork()
    if process == 0:
        status = 1
        try:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            with Store.open(store.folder, clock=clock) as writer:
                writer.add(entry(text="一\n", source=big))
        except Exception as error:
            status = 0 if type(error).__module__.startswith("policydiff") else 3
        finally:
            os._exit(status)
    _, status = os.waitpid(process, 0)
    assert os.waitstatus_to_exitcode(status) == 0, "one clear error"
    with Store.open(store.folder) as fresh:
        assert fresh.documents() == []
        assert fresh.verify() == []
        assert fresh.add(entry(text="一\n", source=big)).status is AddStatus.ADDED
        assert fresh.verify() == []


def crash_before(store: Store, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Add a text and die before a step of the writing."""

    def crash(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(writing, step, crash)
        with pytest.raises(KeyboardInterrupt):
            store.add(entry())


def test_a_lock_on_the_index_that_a_dead_writer_left_is_known_and_removed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    crash_before(store, monkeypatch, "refresh")
    index = store.folder / ".git" / "index"
    owned = store.folder / ".git" / "policydiff" / "index-0badcafe"
    owned.touch()
    index.with_name("index.lock").hardlink_to(owned)
    with Store.open(store.folder) as fresh:
        assert fresh.verify() == []
    assert not index.with_name("index.lock").exists()
    assert sorted(place.name for place in owned.parent.iterdir()) == ["home", "lock", "queue", "recorded"]


def test_a_file_system_without_links_is_locked_all_the_same(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def refuse(lock: Path, _: Path) -> None:
        seen.append(lock.name)
        raise PermissionError(errno.EPERM, "no links here")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    assert store.add(entry()).notes == ()
    assert seen == ["index.lock"]
    assert not (store.folder / ".git" / "index.lock").exists()
    (store.folder / ".git" / "index.lock").touch()
    monkeypatch.setattr(locks, "INDEX_PATIENCE", 0.1)
    assert "index.lock" in store.add(entry(text="二\n")).notes[-1]


@pytest.mark.parametrize("name", ["HEAD.lock", "refs/heads/main.lock"])
def test_a_lock_on_the_branch_that_a_dead_writer_left_is_waited_for_and_removed(
    store: Store, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    crash_before(store, monkeypatch, "advance")
    lock = store.folder / ".git" / name
    lock.touch()
    with Store.open(store.folder) as fresh:
        assert lock.exists(), "reading waits for nothing"
        assert fresh.add(entry()).status is AddStatus.ADDED
    assert not lock.exists()
    assert store.verify() == []


def test_a_lock_on_the_branch_of_another_git_stays_and_is_named(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "PATIENCE", 0.3)
    crash_before(store, monkeypatch, "advance")
    lock = store.folder / ".git" / "refs" / "heads" / "main.lock"
    lock.write_text("1" * 40 + "\n")
    with pytest.raises(WriteConflictError, match=r"main\.lock"):
        store.add(entry())
    assert lock.exists()


def test_a_file_that_a_dead_git_half_wrote_is_not_taken_for_the_users_words(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    crash_before(store, monkeypatch, "refresh")
    folder = store.folder / "documents" / ID / "2021-11-29"
    folder.mkdir(parents=True)
    (folder / "text.txt").write_bytes("第一条".encode())
    (folder / "source.html").write_bytes(b"my notes")
    with Store.open(store.folder) as fresh:
        assert (folder / "text.txt").read_text() == "第一条　正文。\n"
        assert (folder / "source.html").read_bytes() == b"my notes"
        assert [fault.path for fault in fresh.verify()] == [f"documents/{ID}/2021-11-29/source.html"]


def test_the_next_turn_begins_when_the_git_of_a_dead_writer_has_ended(
    store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A hook stands for a git that goes on while the process that started it is gone."""
    hook = store.folder / ".git" / "hooks" / "reference-transaction"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(
        f"#!/bin/sh\ntouch '{tmp_path}/moving'\n"
        # Ends by itself after half a minute, so that a test that fails leaves nothing running.
        f"for turn in $(seq 600); do [ -e '{tmp_path}/go' ] && break; sleep 0.05; done\n",
        encoding="utf-8",
    )
    hook.chmod(0o755)
    writer, reports = start_writer(store.folder, "killed", 1)
    assert reports.recv() == "ready"
    while not (tmp_path / "moving").exists():
        time.sleep(0.01)
    assert writer.pid is not None
    os.kill(writer.pid, signal.SIGKILL)
    writer.join()
    assert read_all(reports) == []
    with pytest.raises(WriteConflictError), locks.turn(store._repository, wait=False):
        pass
    (tmp_path / "go").touch()
    assert store.add(entry()).status is AddStatus.ADDED
    assert len(store.documents()) == 5, "what that git put on the branch counts"
    assert store.verify() == []
