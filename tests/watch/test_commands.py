"""The commands as processes: exit codes, streams, one sentence for each fault."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from watch import portal as serve
from watch.portal import Portal, page
from watch.test_run import LINES, REVISED, page_source
from watch.workplace import Workplace

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def work(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path / "store")


def policydiff(work: Workplace, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from policydiff.cli import main; main()", *arguments],
        cwd=work.folder,
        env=os.environ
        | {"POLICYDIFF_LANG": "en", "PYTHONPATH": str(ROOT), "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_source_is_tried_added_tracked_and_healthy(portal: Portal, work: Workplace) -> None:
    portal.pages["/a"] = serve.with_validators(lambda: page(LINES))
    work.configure("")
    tried = policydiff(
        work, "watch", "add", portal.url("/a"), "--id", "city/health", "--name", "health", "--dry-run"
    )
    assert tried.returncode == 0, tried.stderr
    assert "某府发〔2024〕25号" in tried.stdout
    assert "[[sources]]" not in (work.folder / "policydiff.toml").read_text("utf-8")
    assert (
        policydiff(
            work, "watch", "add", portal.url("/a"), "--id", "city/health", "--name", "health"
        ).returncode
        == 0
    )
    listed = policydiff(work, "watch", "list").stdout
    assert all(
        word in listed for word in ("Watched sources (1)", "health", "page", "city/health", portal.url("/a"))
    )
    assert policydiff(work, "health").returncode == 13
    assert work.versions() == {}
    done = policydiff(work, "track", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["changes"][0]["reference"]["id"] == "city/health"
    head = work.state()
    again = policydiff(work, "track", "--all")
    assert (again.returncode, work.state()) == (0, head)
    assert "checked 1: unchanged 1" in again.stdout
    assert policydiff(work, "health", "--full").returncode == 0


def test_a_source_that_cannot_be_read_is_not_added(portal: Portal, work: Workplace) -> None:
    work.configure("")
    tried = policydiff(work, "watch", "add", portal.url("/missing"))
    assert tried.returncode == 13
    assert "gone" in tried.stdout
    assert "[[sources]]" not in (work.folder / "policydiff.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("track", "nobody"), 11, "no source named 'nobody'"),
        (("watch", "try", "nobody"), 11, "no source named 'nobody'"),
        (("watch", "add", "ftp://x/"), 2, "no web address"),
        (("watch", "add", "https://x.cn/", "--kind", "listing"), 2, "needs `entries`"),
        (("check", "--since", "nowhere"), 11, "no revision 'nowhere'"),
        (("check", "city/unknown"), 11, "city/unknown"),
    ],
)
def test_a_fault_is_one_sentence(work: Workplace, arguments: tuple[str, ...], code: int, words: str) -> None:
    work.configure("")
    done = policydiff(work, *arguments)
    assert done.returncode == code, done.stderr
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_broken_settings_name_their_line(work: Workplace) -> None:
    (work.folder / "policydiff.toml").write_text(
        'spec_version = 1\n[[sources]]\nname = "a"\nurl = "x"\n', "utf-8"
    )
    done = policydiff(work, "track")
    assert done.returncode == 2
    assert "line 4" in done.stderr


def test_check_gates_files_and_the_store(portal: Portal, work: Workplace) -> None:
    portal.pages["/a"] = serve.in_turn(page(LINES), page(REVISED))
    work.configure(page_source(portal))
    for name, lines in (("old.txt", LINES), ("new.txt", REVISED)):
        (work.folder / name).write_text("\n".join(lines), "utf-8")
    assert policydiff(work, "check", "old.txt", "old.txt").returncode == 0
    files = policydiff(work, "check", "old.txt", "new.txt", "--json")
    assert files.returncode == 1
    assert [one["rule"] for one in json.loads(files.stdout)["checked"][0]["findings"]] == ["target_changed"]
    work.run()
    assert policydiff(work, "check").returncode == 0
    work.run(everything=True)
    assert policydiff(work, "check", "--sarif", "x.sarif", "--junit", "x.xml").returncode == 1
    assert (work.folder / "x.sarif").is_file()
    assert (work.folder / "x.xml").is_file()
    assert policydiff(work, "check", "--since", "HEAD").returncode == 0
    assert policydiff(work, "check", "--since", "HEAD~1").returncode == 1
