"""Whatever is wrong with the input: one clear sentence on standard error, and the exit code of its class."""

import errno
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from policydiff.api.rendering import write_file
from policydiff.errors import DiskFullError, cannot_write
from tests.conftest import CORPUS

STATUTE = "某市办法\n第一条 为了发展，制定本办法。\n第二条 本办法自公布之日起施行。\n"


def make_inputs(folder: Path) -> None:
    (folder / "good.txt").write_text(STATUTE, "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.txt").write_bytes(b" \r\n\n\t ")
    (folder / "junk.bin").write_bytes(bytes(range(256)) * 64)
    (folder / "unreadable.txt").write_bytes(b"\xff\x81\xfe\x80" * 500)
    (folder / "cut.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog")
    (folder / "folder").mkdir()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("parse", "missing.txt"), 10, "missing.txt"),
        (("parse", ""), 2, "is empty: name a file"),
        (("diff", "good.txt", ""), 2, "is empty: name a file"),
        (("parse", "empty.txt"), 10, "empty"),
        (("parse", "blank.txt"), 10, "empty"),
        (("parse", "junk.bin"), 10, "junk.bin"),
        (("parse", "unreadable.txt"), 10, "unreadable.txt"),
        (("parse", "cut.pdf"), 10, "cut.pdf"),
        (("parse", "folder"), 10, "folder"),
        (("diff", "good.txt", "missing.txt"), 10, "missing.txt"),
        (("compare", "good.txt", "empty.txt"), 10, "empty.txt"),
        (("diff", "good.txt", "good.txt", "--format", "papyrus"), 2, "papyrus"),
        (("diff", "good.txt", "good.txt", "--json", "--format", "html"), 2, "contradict"),
        (("diff", "good.txt", "good.txt", "-o", "report.xyz"), 2, "report.xyz"),
        (("diff", "good.txt", "good.txt", "--lang", "fr"), 2, "fr"),
        (("diff", "good.txt", "good.txt", "-o", "good.txt/below.md"), 2, "cannot write"),
        (("list",), 11, "no store"),
        (("list", "--store", "folder"), 11, "policydiff init"),
        (("list", "--store", "nowhere"), 11, "nowhere"),
        (("add", "missing.txt", "--dry-run"), 10, "missing.txt"),
        (("add", "good.txt"), 11, "no store"),
        (("add", "good.txt", "--issued", "2021-02-30"), 2, "2021-02-30"),
        (("add", "good.txt", "--id", "../escape", "--dry-run"), 2, "../escape"),
        (("add", "good.txt", "--id", "Upper/case", "--dry-run"), 2, "Upper/case"),
        (("add", "good.txt", "--seen", "yesterday"), 2, "--seen takes a day"),
        (("parse", "good.txt", "--as-of", "2020"), 2, "--as-of takes a day"),
        (("validity", "--on", "2024-02-31"), 2, "--on takes a day"),
        (("search", "补助", "--until", "heute"), 2, "--until takes a day"),
        (("diff", "missing.txt"), 10, "no file missing.txt"),
        (("diff", "City/Act"), 10, "no file City/Act"),
        (("diff", "city/act"), 11, "no store"),
        (("show", "good.txt", "art_9"), 11, "art_9"),
        (("schema", "nonsense"), 2, "nonsense"),
        (("check", "good.txt", "good.txt", "--pairs", "good.txt"), 2, "--pairs"),
        (("check", "good.txt", "good.txt", "--since", "2020-01-01"), 2, "--since"),
        (("check", "-", "-"), 2, "name - once"),
        (("check", "-"), 2, "two files"),
    ],
)
def test_one_sentence_and_a_code(run, tmp_path, arguments, code, said) -> None:
    make_inputs(tmp_path)
    done = run(*arguments)
    message = done.stderr.decode()
    assert done.returncode == code, message
    assert done.stdout == b""
    assert said in message
    assert message.startswith("policydiff: ")
    assert len(message.strip().splitlines()) == 1
    assert "Traceback" not in message


@pytest.mark.parametrize(
    ("line", "code", "said", "why"),
    [
        ("diff good.txt good.txt >&-", 2, "standard output is closed", "nowhere to write"),
        ("diff good.txt good.txt --json >&-", 2, "standard output is closed", "nor JSON"),
        ("diff good.txt good.txt -o kept.html >&-", 0, "written: kept.html", "a file takes it"),
        ("diff missing.txt good.txt 2>&-", 10, "", "the code stays where nothing can be said"),
        ("diff - good.txt <&-", 10, "it is empty", "a closed input holds nothing"),
        ("diff - - < good.txt", 2, "name - once", "one input for two documents"),
        ("diff good.txt good.txt | head -1", 0, "", "a reader that has enough"),
        ("diff good.txt good.txt > /dev/full", 18, "the disk is full", "no room"),
        ("parse -dash.txt", 2, "begins with a dash", "a name taken for options"),
        ("parse -- -dash.txt", 0, "", "behind two dashes it is a name"),
        ("--lang zh diff good.txt good.txt", 2, "写在命令之后", "options before the command"),
        ("diff good.txt good.txt -o folder", 2, "folder is a folder", "a folder is no file"),
        ("help diff", 0, "", "help as git has it"),
        ("list --store readonly", 11, "readonly", "a folder that is no store"),
        ("diff '空 格.txt' good.txt", 0, "", "a space and Chinese in a name"),
        ("parse missing中.txt", 10, "missing", "a Chinese name that is not there"),
    ],
)
def test_whatever_the_streams_and_names(line: str, code: int, said: str, why: str, tmp_path: Path) -> None:
    make_inputs(tmp_path)
    for name in ("-dash.txt", "空 格.txt"):
        (tmp_path / name).write_text(STATUTE, "utf-8")
    surroundings = {**os.environ, "LC_ALL": "C", "TERM": "dumb", "COLUMNS": "40", "NO_COLOR": "1"}
    command = f"set -o pipefail; {sys.executable} -m policydiff {line}"
    done = subprocess.run(
        ["bash", "-c", command], cwd=tmp_path, env=surroundings, capture_output=True, check=False
    )
    message = done.stderr.decode()
    assert done.returncode == code, (why, message)
    assert said in message, why
    assert "Traceback" not in message, why


LONG = "政策" * 150
"""900 bytes of UTF-8, where file systems take 255 for a name."""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("parse", LONG), 10),
        (("parse", f"{LONG}.docx"), 10),
        (("cites", LONG), 10),
        (("diff", "good.txt", LONG), 10),
        (("diff", "good.txt", "good.txt", "-o", f"{LONG}.html"), 2),
        (("compare", "good.txt", LONG), 10),
        (("apply", LONG, "good.txt"), 10),
        (("show", LONG), 10),
        (("list", "--store", LONG), 11),
        (("verify", "--store", LONG), 11),
        (("add", "good.txt", "--store", LONG), 11),
        (("export", "--store", LONG, "out"), 11),
        (("import", LONG), 11),
        (("init", LONG), 2),
        (("check", "good.txt", "good.txt", "--store", LONG), 11),
        (("diff", "--pairs", LONG), 10),
    ],
)
def test_a_name_that_no_file_system_takes_is_a_missing_one(run, tmp_path, arguments, code) -> None:
    make_inputs(tmp_path)
    done = run(*arguments)
    message = done.stderr.decode()
    assert (done.returncode, "Traceback" in message) == (code, False), message[-300:]


@pytest.mark.parametrize("arguments", [("compare",), ("no-such-command",), ("diff", "a", "b", "--no-such")])
def test_usage_errors_exit_2(run, arguments) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert b"Usage" in done.stderr


def test_unknown_ids_and_versions_in_a_store(run, tmp_path) -> None:
    make_inputs(tmp_path)
    assert run("init", "store").returncode == 0
    assert (
        run("add", "good.txt", "--store", "store", "--id", "some/act", "--issued", "2020-05-01").returncode
        == 0
    )
    for doc in ("some/other", "some/act@2019-01-01", "some/act@2020-05-01.2", "some/act@someday"):
        done = run("show", doc, "--store", "store")
        assert done.returncode in {2, 11}, doc
        assert doc.partition("@")[0] in done.stderr.decode()
        assert b"Traceback" not in done.stderr


def test_no_git_on_the_path(run, tmp_path) -> None:
    """Files need no git; a store says plainly that it does."""
    make_inputs(tmp_path)
    empty = tmp_path / "bin"
    empty.mkdir()
    done = run("init", "store", env={"PATH": str(empty)})
    assert done.returncode == 2
    assert "git" in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert run("parse", "good.txt", env={"PATH": str(empty)}).returncode == 0


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not in this checkout")
def test_reading_a_store_writes_nothing(run, tmp_path) -> None:
    shutil.copytree(CORPUS, tmp_path / "corpus")
    done = run("list", "--store", "corpus")
    assert done.returncode in {2, 11, 12}, "a copied folder has no history to read"
    assert b"Traceback" not in done.stderr


def test_a_closed_pipe_is_no_error(launcher, tmp_path) -> None:
    (tmp_path / "long.txt").write_text(
        "某市办法\n" + "\n".join(f"第{number}条 内容。" for number in range(1, 3000)), "utf-8"
    )
    line = f"'{launcher}' parse '{tmp_path}/long.txt' --json | head -c 10"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", line], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "command", ["--help", "diff --help", "schema comparison", "schema", "man", "parse - --json"]
)
def test_a_reader_that_never_reads_is_no_error(launcher, command) -> None:
    """The pipe is closed before the first word is written, also by what the parser prints itself."""
    line = f"'{launcher}' {command} <<< '某市办法' | exec true"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", line], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stderr == b""


def test_a_full_disk_is_no_bug_and_no_difference(launcher, tmp_path) -> None:
    """Standard output that takes nothing ends in one sentence, and never with 1."""
    make_inputs(tmp_path)
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [launcher, "parse", tmp_path / "good.txt"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 18
    assert done.stderr.decode().startswith("policydiff: the disk is full")


def test_a_place_that_may_not_be_written_is_named() -> None:
    """Also where only the depth of a run meets it, as the lock of `track` does in a read-only store."""
    refused = "raise PermissionError(13, 'Permission denied', '/store/lock')"
    script = f"import policydiff.cli.app as a, policydiff.cli.entry as e\ndef program(arguments): {refused}\na.program = program\ne.main()"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.returncode == 2
    assert done.stderr.decode() == "policydiff: /store/lock: Permission denied\n"


def test_a_bare_store_is_checked_by_the_rules_recorded_in_it_and_not_tracked(run, tmp_path) -> None:
    assert run("init", "store").returncode == 0
    settings = tmp_path / "store" / "policydiff.toml"
    settings.write_text(
        settings.read_text("utf-8") + '[check]\nrules = [{ on = "any_change" }]\n', encoding="utf-8"
    )
    git = ("git", "-C", tmp_path / "store", "-c", "user.name=T", "-c", "user.email=t@example.org")
    subprocess.run([*git, "commit", "-qam", "Set rules"], check=True)
    for day in ("2020-05-01", "2021-05-01"):
        (tmp_path / "act.txt").write_text(STATUTE.replace("发展", f"{day[:4]}年的发展"), "utf-8")
        assert run("add", "act.txt", "--store", "store", "--id", "some/act", "--issued", day).returncode == 0
    subprocess.run(["git", "clone", "-q", "--bare", tmp_path / "store", tmp_path / "bare.git"], check=True)
    done = run("check", "--store", "bare.git")
    assert (done.returncode, "某市办法 [some/act@2021-05-01]" in done.stdout.decode()) == (1, True)
    assert re.search(r"error +watched document +modified 1", done.stdout.decode())
    done = run("track", "--store", "bare.git")
    assert (done.returncode, "bare store" in done.stderr.decode()) == (2, True)


@pytest.mark.parametrize(
    ("files", "said"), [(1, "1 document, 1 version: all"), (2, "2 documents, 2 versions: all")]
)
def test_what_is_counted_is_said_in_the_right_number(run, tmp_path, files, said) -> None:
    run("init", "store")
    for number in range(files):
        (tmp_path / "act.txt").write_text(STATUTE.replace("发展", f"发展{number}"), "utf-8")
        run("add", "act.txt", "--store", "store", "--id", f"some/act-{number}", "--issued", "2020-05-01")
    assert said in run("verify", "--store", "store").stdout.decode()


def test_a_full_disk_leaves_the_file_that_stood_there(tmp_path, monkeypatch) -> None:
    place = tmp_path / "report.html"
    write_file("old", place)

    def half(path: Path, data: bytes) -> int:
        with path.open("wb") as stream:
            stream.write(data[:2])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises(DiskFullError, match=r"the disk is full .*report\.html"):
        write_file("new words", place)
    assert place.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [place]


FULL = [
    (OSError(errno.ENOSPC, "No space left on device"), 18),
    (sqlite3.OperationalError("database or disk is full"), 18),
    (OSError(errno.EACCES, "Permission denied"), 2),
    (ValueError("embedded null byte"), 2),
]


@pytest.mark.parametrize(("error", "code"), FULL, ids=[str(row[0]) for row in FULL])
def test_a_full_disk_is_told_from_other_refusals(error: Exception, code: int) -> None:
    assert cannot_write("report.html", error).exit_code == code


def test_a_file_keeps_its_rights_and_a_link_its_file(tmp_path) -> None:
    place, link = tmp_path / "report.html", tmp_path / "newest.html"
    write_file("old", place)
    place.chmod(0o640)
    link.symlink_to(place)
    write_file("new", place)
    assert place.stat().st_mode & 0o777 == 0o640
    write_file("newer", link)
    assert link.is_symlink()
    assert place.read_text("utf-8") == "newer"
