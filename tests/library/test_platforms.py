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
from policydiff import platforms

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


EVERY = textwrap.dedent("""
    import sys
    from policydiff.cli.app import COMMANDS
    from policydiff.cli.entry import main

    store, doc = ("--store", "store"), "city/act"
    lines = {
        "init": ("init", "store"), "add": ("add", "old.txt", *store, "--id", doc), "import": ("import", "folder", *store),
        "export": ("export", "out", *store), "correct": ("correct", f"{doc}@2020-01-01", "--text", "old.txt", *store),
        "meta": ("meta", doc, "--jurisdiction", "310000", *store), "reextract": ("reextract", *store),
        "parse": ("parse", "old.txt"), "targets": ("targets", "old.txt"), "cites": ("cites", "old.txt"),
        "responsibilities": ("responsibilities", "old.txt"), "show": ("show", doc, *store), "schema": ("schema", "document"),
        "diff": ("diff", "old.txt", "new.txt"), "apply": ("apply", "old.txt", "order.txt"), "draft": ("draft", "old.txt", "new.txt"),
        "compare": ("compare", "new.txt", "old.txt"), "list": ("list", *store), "log": ("log", doc, "--changes", *store),
        "search": ("search", "养老", *store), "blame": ("blame", doc, *store), "status": ("status", *store),
        "verify": ("verify", *store), "sources": ("sources", doc, *store), "reuse": ("reuse", doc, *store),
        "spread": ("spread", "市民政局负责实施", *store), "families": ("families", *store), "validity": ("validity", *store),
        "radar": ("radar", *store), "delegations": ("delegations", *store), "track": ("track", *store),
        "health": ("health", *store), "publish": ("publish", "updates", *store), "check": ("check", "old.txt", "new.txt"),
        "watch add": ("watch", "add", "http://127.0.0.1:9/a.html", "--name", "a", *store), "watch list": ("watch", "list", *store),
        "watch try": ("watch", "try", "a", *store), "separate": ("separate", doc, "2021-01-01", "--to", "city/new", *store),
        "completion": ("completion", "bash"), "man": ("man",), "help": ("--help",), "help of one": ("diff", "--help"), "nothing": (),
        "no such option": ("diff", "--nonsense"), "no such file": ("diff", "甲⟨.txt", "乙.txt"),
    }
    print(sorted(set(COMMANDS) - set(lines)), file=sys.stderr)
    lines = {"init": lines.pop("init"), "add": lines.pop("add"), "again": ("add", "new.txt", *store, "--id", doc), **lines}
    for name, line in lines.items():
        sys.argv = ["policydiff", *line]
        try:
            main()
        except SystemExit as end:
            print("ended:", name, end.code, file=sys.stderr)
""")
DUE = {
    "no such option": 2, "nothing": 2, "no such file": 10, "watch try": 11, "watch add": 13, "publish": 14, "check": 1,
}  # fmt: skip
"""Exit codes of the command lines that end with another one than 0: nobody answers, there is no remote, an amount changed."""


@pytest.mark.parametrize(
    ("page", "language", "reason"),
    [
        ("cp1252", "zh", "a Western system that reads Chinese: its code page has neither a box nor one of the characters"),
        ("gbk", "en", "a Chinese system: its code page lacks some signs"),
    ],
)  # fmt: skip
def test_every_command_in_a_folder_with_a_blank_and_another_code_page(
    page: str, language: str, reason: str, tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(ABSENT, "utf-8")
    (tmp_path / "every.py").write_text(EVERY, "utf-8")
    work = tmp_path / "我的 文件"
    (work / "folder").mkdir(parents=True)
    text = "某市养老办法\n第一条 为了发展养老，制定本办法。\n第二条 每家补助30万元。\n第三条 市民政局负责实施。\n第四条 自2020年1月1日起施行。\n某市人民政府\n2020年1月1日\n"
    order = "某市人民政府关于修改《某市养老办法》的决定\n一、将第二条中的“30万元”修改为“50万元”。\n本决定自2021年1月1日起施行。\n"
    (work / "old.txt").write_text(text, "utf-8")
    (work / "new.txt").write_text(text.replace("30", "50").replace("2020", "2021"), "utf-8")
    (work / "order.txt").write_text(order, "utf-8")
    (work / "folder" / "another.txt").write_text(text.replace("养老", "托育"), "utf-8")
    done = subprocess.run(
        [sys.executable, str(tmp_path / "every.py")],
        cwd=work,
        env={
            "PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LC_ALL": "C", "POLICYDIFF_LANG": language,
            "PYTHONPATH": f"{tmp_path}:{Path(__file__).resolve().parents[2]}",
            "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": page,
            "GIT_AUTHOR_NAME": "T", "GIT_AUTHOR_EMAIL": "t@example.org",
            "GIT_COMMITTER_NAME": "T", "GIT_COMMITTER_EMAIL": "t@example.org", "GIT_CONFIG_NOSYSTEM": "1",
        },
        capture_output=True, check=False, timeout=300,
    )  # fmt: skip
    told = done.stderr.decode(page)
    assert told.startswith("[]"), "a command is missing above"
    ended = dict(re.findall(r"^ended: (.*) (\S+)$", told, re.MULTILINE))
    assert {name: int(code) for name, code in ended.items()} == {name: DUE.get(name, 0) for name in ended}
    assert len(ended) > 40
    assert "Traceback" not in told
    printed = done.stdout.decode("utf-8")
    assert {"zh": "用法", "en": "Usage"}[language] in printed, "what is redirected is UTF-8, help included"


@pytest.mark.parametrize(
    ("written", "code", "reason"),
    [
        (NEW.encode("utf-8-sig"), 0, "UTF-8 with a mark"),
        (NEW.replace("\n", "\r\n").encode(), 0, "line ends of Windows"),
        (NEW.replace("\n", "\r\n").encode("utf-16"), 0, "what the editor of Windows calls Unicode"),
        (NEW.replace("\n", "\r\n").encode("gb18030"), 0, "what it calls ANSI on a Chinese system"),
        (b"PK\x03\x04\x00\x00\xff\xfe\x9c\x00", 10, "a Word file instead of a text"),
    ],
)
def test_a_correction_comes_from_any_editor(
    written: bytes, code: int, reason: str, elsewhere, tmp_path: Path
) -> None:
    elsewhere("init", "store")
    elsewhere("add", "old.txt", "--store", "store", "--id", "city/act", "--issued", "2020-01-01")
    (tmp_path / "fixed.txt").write_bytes(written)
    done = elsewhere("correct", "city/act@2020-01-01", "--text", "fixed.txt", "--store", "store")
    assert done.returncode == code, done.stderr.decode()
    kept = (tmp_path / "store" / "documents" / "city" / "act" / "2020-01-01" / "text.txt").read_bytes()
    assert kept == (OLD if code else NEW).encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_list_of_pairs_comes_from_any_editor(encoding: str, elsewhere, tmp_path: Path) -> None:
    for name, text in (("旧.txt", OLD), ("新.txt", NEW)):
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "list.tsv").write_bytes("# 旧\t新\r\n旧.txt\t新.txt\r\n".encode(encoding))
    done = elsewhere("diff", "--pairs", "list.tsv", "--json")
    assert done.returncode == 0, done.stderr.decode()
    assert "30万元".encode() in done.stdout


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


_FILES = ("a.txt", "b.txt", "办法1.docx", "办法[1].docx", "意见【2】.docx", "~$办法.docx")


@pytest.mark.parametrize(
    ("system", "given", "passed", "why"),
    [
        (
            "linux",
            "--output=~/a.html",
            ["--output=HOME/a.html"],
            "a shell looks for ~ at the start of a word",
        ),
        ("win32", "--output=~/a.html", ["--output=HOME/a.html"], "no shell of Windows knows ~"),
        ("win32", "~/a.docx", ["HOME/a.docx"], "the folder of the user"),
        ("win32", "~$办法.docx", ["~$办法.docx"], "a lock file of Word, no user of the name $办法.docx"),
        ("linux", "--title=~", ["--title=~"], "a sign, and no path"),
        ("win32", "*.txt", ["a.txt", "b.txt"], "no shell of Windows replaces a pattern"),
        ("win32", "?.txt", ["a.txt", "b.txt"], "one character"),
        ("win32", "办法[1].docx", ["办法[1].docx"], "the second download, not 办法1.docx beside it"),
        ("win32", "办法[?].docx", ["办法[1].docx"], "a bracket is itself within a pattern too"),
        ("win32", "意见【*】.docx", ["意见【2】.docx"], "Chinese brackets are characters like any"),
        ("win32", "c*.txt", ["c*.txt"], "nothing fits: the message names the pattern as it was typed"),
        ("win32", "--match=*.txt", ["--match=*.txt"], "the pattern is the value of an option"),
        ("win32", "%PATH%", ["%PATH%"], "the shell replaced its variables before"),
        ("linux", "*.txt", ["*.txt"], "quoted on purpose: the shell would have replaced it"),
    ],
)
def test_a_command_line_names_the_files_that_the_user_means(
    system: str, given: str, passed: list[str], why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in _FILES:
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, "HOME")
    monkeypatch.setattr(sys, "platform", system)
    assert platforms.spelled_out([given]) == passed, why


def test_a_path_below_the_home_is_found_and_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    home = tmp_path / "家 目录"
    home.mkdir()
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(home))
    (home / "办法.txt").write_text("某办法\n第一条 每家补助30万元。\n", "utf-8")
    document = policydiff.read("~/办法.txt")
    assert document.title == "某办法"
    assert document.save("~/out/办法.html") == home / "out" / "办法.html"
    policydiff.Store.init("~/库").close()
    assert policydiff.Store.open("~/库").folder == home / "库"
    assert not (tmp_path / "~").exists()
    (tmp_path / "~$办法.txt").write_text("另一办法\n第一条 无。\n", "utf-8")
    assert policydiff.read("~$办法.txt").title == "另一办法"
