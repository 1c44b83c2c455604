"""Never lost, never half: killed writers, crowds of writers, a crash before the work tree, a full disk."""

import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from policydiff.errors import WriteConflictError
from policydiff.store import AddStatus, Store, work_tree, writing

from .conftest import Clock, entry, git

ID = "shanghai/jingan/plan"
ROOT = Path(__file__).parents[2]

WRITER = """
import sys
sys.path.insert(0, sys.argv[4])
from store.conftest import entry
from policydiff.store import Store
folder, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
with Store.open(folder) as store:
    print("ready", flush=True)
    for number in range(count):
        made = [entry(f"crowd/{name}", f"{name} {number}\\n", f"20{number % 100:02}-01-01")]
        if number % 3 == 0:
            made += [entry(f"crowd/{name}/{part}", f"{name} {number} {part}\\n" * 50, f"20{number % 100:02}-02-02") for part in "xyz"]
        for outcome in store.add_many(made):
            print(f"{outcome.id}@{outcome.version}", flush=True)
"""


def start_writer(folder: Path, name: str, count: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", WRITER, str(folder), name, str(count), str(ROOT / "tests")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=environment, start_new_session=True
    )


def assert_sound(folder: Path, reported: set[str]) -> None:
    """Everything reported is there, nothing is partial or doubled, and the work tree is as recorded."""
    with Store.open(folder) as store:
        assert store.verify() == []
        held = [
            f"{each.id}@{record.version}" for each in store.documents() for record in store.versions(each.id)
        ]
    assert reported <= set(held)
    texts = [f"{name.partition('@')[0]}" + name[-3:] for name in held if name[-2:] in {".2", ".3"}]
    assert texts == [], "a silent edit would be a text recorded twice"
    assert git(folder, "status", "--porcelain") == ""


def kill_at_random(folder: Path, name: str, chance: random.Random) -> set[str]:
    writer = start_writer(folder, name, 100)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "ready\n"
    time.sleep(chance.uniform(0.0, 0.8))
    if chance.random() < 0.5:
        os.killpg(writer.pid, signal.SIGKILL)  # the machine goes down, git with it
    else:
        writer.kill()  # the process alone, git may go on
    reported = set(writer.stdout.read().split())
    writer.wait()
    writer.stdout.close()
    time.sleep(0.05)
    return {each for each in reported if "@" in each and each.rpartition("@")[2].count("-") == 2}


@pytest.mark.parametrize("kills", [4, pytest.param(200, marks=pytest.mark.slow)])
def test_a_killed_writer_loses_nothing_and_leaves_nothing_half(store: Store, kills: int) -> None:
    chance = random.Random(20240301)
    reported: set[str] = set()
    for number in range(kills):
        reported |= kill_at_random(store.folder, f"writer-{number}", chance)
        if number % 5 == 4:
            assert_sound(store.folder, reported)
    assert_sound(store.folder, reported)


@pytest.mark.parametrize(("writers", "versions"), [(3, 4), pytest.param(8, 50, marks=pytest.mark.slow)])
def test_a_crowd_of_writers_loses_and_doubles_nothing(store: Store, writers: int, versions: int) -> None:
    crowd = [start_writer(store.folder, f"writer-{number}", versions) for number in range(writers)]
    reported: list[str] = []
    for writer in crowd:
        output, _ = writer.communicate(timeout=600)
        assert writer.returncode == 0
        reported += [line for line in output.splitlines() if "@" in line]
    assert_sound(store.folder, set(reported))
    singles = [each for each in set(reported) if each.count("/") == 1]
    assert len(singles) == writers * versions


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
    def crash(*_: object) -> list[str]:
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
        assert [record.version for record in fresh.versions(ID)] == ["2021-11-29", "2021-11-29.2"]
        assert fresh.verify() == []
    assert git(store.folder, "status", "--porcelain") == ""


def test_an_index_that_another_git_holds_delays_the_work_tree_only(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work_tree, "_PATIENCE", 0.2)
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
    monkeypatch.setattr(writing, "_PATIENCE", 0.1)
    with (
        writing._turn(store._repository),
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
