"""The product where only one system's modules exist: nothing that POSIX alone has is needed."""

import os
import re
import subprocess
import sys
import textwrap
from datetime import date
from pathlib import Path

import pytest

import policydiff

ABSENT = textwrap.dedent("""
    import os, sys, types, fcntl as real
    import subprocess  # tells the system by msvcrt, which is not that of Windows here

    class Hidden:
        names = {"fcntl", "resource", "termios", "pwd", "grp"}
        def find_spec(self, name, path=None, target=None):
            if name in self.names:
                raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    # msvcrt as Windows has it, over the locks of this system: one byte, taken or refused at once.
    runtime = types.ModuleType("msvcrt")
    runtime.LK_NBLCK, runtime.LK_UNLCK = 2, 0
    def locking(descriptor, mode, size):
        how = real.LOCK_UN if mode == runtime.LK_UNLCK else real.LOCK_EX | real.LOCK_NB
        real.lockf(descriptor, how, size, os.lseek(descriptor, 0, os.SEEK_CUR))
    runtime.locking = locking
    sys.modules["msvcrt"] = runtime
    sys.modules.pop("fcntl"); sys.modules.pop("resource", None)
    sys.meta_path.insert(0, Hidden())
    for name in ("killpg", "fork", "forkpty", "getpgid", "setsid", "pwrite", "pread", "getuid", "geteuid", "sched_getaffinity"):
        if hasattr(os, name):
            delattr(os, name)
""")
OLD = "某市办法\n第一条 为了发展，制定本办法。\n第二条 每家补助30万元。\n"
NEW = OLD.replace("30", "50")


@pytest.fixture
def elsewhere(tmp_path: Path):
    """Return a function that runs a command as on a system without POSIX's own modules."""
    (tmp_path / "sitecustomize.py").write_text(ABSENT, "utf-8")
    (tmp_path / "old.txt").write_text(OLD, "utf-8")
    (tmp_path / "new.txt").write_text(NEW, "utf-8")

    def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        root = Path(__file__).resolve().parents[2]
        surroundings = {
            "PATH": "/usr/bin:/bin",
            "HOME": str(tmp_path),
            "LANG": "C.UTF-8",
            "PYTHONPATH": f"{tmp_path}:{root}",
            "GIT_AUTHOR_NAME": "T", "GIT_AUTHOR_EMAIL": "t@example.org",
            "GIT_COMMITTER_NAME": "T", "GIT_COMMITTER_EMAIL": "t@example.org",
            "GIT_CONFIG_NOSYSTEM": "1",
        }  # fmt: skip
        return subprocess.run(
            [sys.executable, "-m", "policydiff", *arguments],
            cwd=tmp_path, env=surroundings, capture_output=True, check=False, timeout=120,
        )  # fmt: skip

    return run


def test_the_modules_are_hidden(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(ABSENT, "utf-8")
    code = "import os\ntry:\n import fcntl\nexcept ImportError:\n print('hidden', hasattr(os, 'fork'))"
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": str(tmp_path)}, capture_output=True, check=True
    )
    assert done.stdout == b"hidden False\n", "else the tests below show nothing"


def test_files_store_reports_and_a_worker_process(elsewhere, tmp_path: Path) -> None:
    """Every kind of work in turn, each on what the one before left."""
    from docx import Document

    word = Document()
    for line in NEW.splitlines():
        word.add_paragraph(line)
    word.save(str(tmp_path / "new.docx"))
    steps = [
        ("diff", "old.txt", "new.txt", "--json"),
        ("diff", "old.txt", "new.docx", "-o", "changes.html"),
        ("compare", "new.docx", "old.txt", "-o", "adoption.docx"),
        ("init", "store"),
        ("add", "old.txt", "--store", "store", "--id", "city/act", "--issued", "2020-01-01"),
        ("add", "new.docx", "--store", "store", "--id", "city/act", "--issued", "2021-01-01"),
        ("search", "补助", "--store", "store", "--json"),
        ("log", "city/act", "--changes", "--store", "store"),
        ("check", "--store", "store"),
        ("verify", "--store", "store"),
        ("track", "--store", "store"),
    ]
    for step in steps:
        done = elsewhere(*step)
        assert done.returncode == (step[0] == "check"), (
            "an amount is a target: the check fails" if step[0] == "check" else (step, done.stderr.decode())
        )
    assert (tmp_path / "changes.html").stat().st_size > 10_000
    assert (tmp_path / "adoption.docx").read_bytes()[:2] == b"PK"


def test_two_writers_wait_for_each_other(elsewhere, tmp_path: Path) -> None:
    """The lock of Windows' form keeps the second run out while the first holds it."""
    from policydiff import platforms

    path = tmp_path / "lock"
    with path.open("w+b") as one, path.open("r+b") as other:
        assert platforms.take_lock(one.fileno())
        assert not platforms.take_lock(other.fileno()), "taken"
        platforms.release_lock(one.fileno())
        assert platforms.take_lock(other.fileno()), "free again"


def test_a_process_is_ended_with_what_it_started() -> None:
    from policydiff import platforms

    code = "import subprocess, sys\nchild = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\nprint(child.pid, flush=True)\nchild.wait()"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, **platforms.own_group())
    assert process.stdout is not None
    child = int(process.stdout.readline())
    platforms.end_group(process)
    process.stdout.close()
    assert process.returncode != 0
    status = Path(f"/proc/{child}/status")
    assert not status.exists() or "zombie" in status.read_text() or _gone(status)


def _gone(status: Path) -> bool:
    """Wait for what was killed to be collected by the system."""
    import time

    for _ in range(100):
        if not status.exists() or "Z (zombie)" in status.read_text():
            return True
        time.sleep(0.05)
    return False


def test_the_day_of_a_question_is_the_users_own() -> None:
    """Between UTC+14 and UTC-12 the calendar always differs: a law that begins today has begun in the first alone."""
    days = {}
    for zone in ("Etc/GMT-14", "Etc/GMT+12"):  # POSIX writes the sign the other way round
        code = "from policydiff.platforms import local_day; print(local_day())"
        told = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        )
        days[zone] = date.fromisoformat(told.stdout.strip())
    assert days["Etc/GMT-14"] > days["Etc/GMT+12"]


def test_one_function_tells_the_day_of_now() -> None:
    pattern = re.compile(r"date\.today\(|now\((?:UTC)?\)(?:\.astimezone\(\))?\.date\(\)")
    root = Path(policydiff.__file__).parent
    telling = [path.name for path in root.rglob("*.py") if pattern.search(path.read_text("utf-8"))]
    assert telling == ["platforms.py"]
