"""What --output may name: never a file that the command reads, and `-` is standard output."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[bytes]]

OLD = "某市办法\n第一条 为了发展，制定本办法。\n第二条 每家补助30万元。\n"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "old.md").write_text(OLD, "utf-8")
    (tmp_path / "new.md").write_text(OLD.replace("30", "50"), "utf-8")
    (tmp_path / "pairs.tsv").write_text("old.md\tnew.md\n", "utf-8")
    (tmp_path / "linked.md").symlink_to("old.md")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ("diff old.md new.md -o old.md", "the earlier version"),
        ("diff old.md new.md -o ./new.md", "the later version, in another writing"),
        ("diff old.md new.md -o linked.md", "a link to the earlier version"),
        ("compare old.md new.md -o old.md", "the local document"),
        ("compare old.md new.md -f json -o new.md", "the superior document"),
        ("parse old.md -o old.md", "the one document"),
        ("show old.md -o old.md", "the text of itself"),
        ("apply old.md new.md -o old.md", "the text to be amended"),
        ("draft old.md new.md -o new.md", "the text after it"),
        ("diff --pairs pairs.tsv -f csv -o pairs.tsv", "a list of pairs"),
        ("targets old.md -f markdown -o old.md", "a list of facts"),
    ],
)
def test_a_file_that_is_read_is_never_written(arguments: str, why: str, here: Path, run: Run) -> None:
    before = {file.name: file.read_bytes() for file in here.iterdir()}
    done = run(*arguments.split())
    assert done.returncode == 2, why
    assert "is a file that is read" in done.stderr.decode()
    assert {file.name: file.read_bytes() for file in here.iterdir()} == before, why


def test_a_report_may_be_written_again(here: Path, run: Run) -> None:
    assert [run("diff", "old.md", "new.md", "-o", "report.html").returncode for _ in range(2)] == [0, 0]


def test_a_dash_is_standard_output(here: Path, run: Run) -> None:
    told = run("diff", "old.md", "new.md", "-f", "markdown", "-o", "-").stdout.decode()
    assert told == run("diff", "old.md", "new.md", "-f", "markdown").stdout.decode() != ""
    assert not (here / "-").exists()
