"""No word of a stranger commands the program that runs a job: what is printed there is its log, which it reads line by line."""

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from policydiff.lexicon.widths import disarmed, escaped, visible
from policydiff.model import DocumentIdentity
from policydiff.store import NewVersion, Store

OBEYED = re.compile(
    r"(?:\A|(?<=[\n\r\u2028]))\s*::\s*[A-Za-z]|##(?:\[|vso\[|teamcity\[)|section_(?:start|end):\d+:\w+(?:\[.*?\])?\r\x1b"
)
"""What GitHub, Azure, TeamCity and GitLab obey."""
COMMANDS = [
    ("::set-output name=a::b", "an output of a step"),
    ("::add-mask::的", "a word blotted out of the log"),
    ("::stop-commands::x", "an end to commands"),
    ("   ::error file=a::b", "behind blanks"),
    ("\u3000::group::x", "behind a wide blank"),
    ("第一条 甲。\n::warning::b", "on a line of its own"),
    ("甲\u2028::error::b", "behind a separator of lines"),
    ("甲\r::error::b", "behind a carriage return"),
    ("甲##[error]b", "the older form, anywhere"),
    ("##[add-path]/x", "a folder of programs"),
    ("##vso[task.setvariable variable=a]b", "of Azure"),
    ("##teamcity[publishArtifacts '/etc']", "of TeamCity"),
    ("section_start:1:a[collapsed=true]\r\x1b[0K甲", "a section of GitLab"),
    ("section_end:1:a\r\x1b[0K", "its end"),
    ("::Error::b", "in capitals"),
]
HARMLESS = [
    "std::vector", "1::2", "甲：：乙", "::", "甲 ::error:: 乙", "## 标题", "#[derive]", "section_start", ":: 第一条", "a\n：：b",
]  # fmt: skip


@pytest.mark.parametrize(("words", "reason"), COMMANDS, ids=[row[1] for row in COMMANDS])
def test_what_commands_a_runner_is_shown_as_a_code(words: str, reason: str) -> None:
    shown = visible(words)
    assert OBEYED.search(words), reason
    assert not OBEYED.search(shown), reason
    assert visible(shown) == shown
    told = escaped(json.dumps({"words": words}, ensure_ascii=False))
    assert not OBEYED.search(told)
    assert json.loads(told) == {"words": words}


@pytest.mark.parametrize("words", HARMLESS)
def test_other_words_stay(words: str) -> None:
    assert visible(words) == disarmed(words) == words


def test_a_long_text_is_looked_through_once() -> None:
    """Blank lines were tried from each of them to the end."""
    assert disarmed("\n" * 1_000_000) == "\n" * 1_000_000
    assert disarmed((" " * 1_000 + "\n") * 1_000).endswith("\n")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("evil")
    evil = "::set-output name=token::x"
    (folder / "::error::a.txt").write_text("某市办法\n第一条 甲。\n", "utf-8")
    identity = DocumentIdentity(id="city/health", title=evil)
    with Store.init(folder / "store") as store:
        for day, share in ((date(2024, 3, 5), "80%"), (date(2024, 4, 5), "2%")):
            text = f"{evil}\n第一条 比例{share}，应当公开。\n##[error]公开\n::add-mask::公开\n"
            store.add(
                NewVersion(
                    identity=identity, text=text, issued=day, source=b"x", extension="txt", media_type="text/plain",
                    extractor="plain", extractor_version="1", url="https://a.cn/", same_document=True,
                )
            )  # fmt: skip
    return folder


def in_a_job(
    folder: Path, *arguments: str, runner: str = "GITHUB_ACTIONS"
) -> "subprocess.CompletedProcess[bytes]":
    bare = {
        name: value
        for name, value in os.environ.items()
        if name not in {"GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD"}
    }
    return subprocess.run(
        [sys.executable, "-c", "from policydiff.cli import main; main()", *arguments],
        cwd=folder, capture_output=True, check=False,
        env={**bare, **({runner: "true"} if runner else {}), "PYTHONPATH": os.pathsep.join(sys.path), "COLUMNS": "60"},
    )  # fmt: skip


@pytest.mark.parametrize("runner", ["GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "city/health", "--store", "store"],
        ["list", "--store", "store"],
        ["list", "--store", "store", "-f", "json"],
        ["list", "--store", "store", "-f", "csv"],
        ["list", "--store", "store", "-f", "markdown"],
        ["diff", "city/health@2024-03-05", "city/health@2024-04-05", "--store", "store"],
        ["parse", "::error::b.txt"],
        ["::error::bad"],
    ],
    ids=" ".join,
)
def test_the_log_of_a_job_commands_nothing(place: Path, arguments: list[str], runner: str) -> None:
    if runner != "GITHUB_ACTIONS" and arguments[0] != "show":
        pytest.skip("every runner is tried with the text itself")
    done = in_a_job(place, *arguments, runner=runner)
    assert not OBEYED.search(done.stdout.decode())
    assert not OBEYED.search(done.stderr.decode())


def test_a_pipe_outside_a_job_and_a_file_inside_get_the_text_as_recorded(place: Path) -> None:
    assert b"\n::add-mask::" in in_a_job(place, "show", "city/health", "--store", "store", runner="").stdout
    in_a_job(place, "show", "city/health", "--store", "store", "-o", "text.txt")
    assert "\n::add-mask::" in (place / "text.txt").read_text("utf-8")


def test_the_command_says_that_it_changed_something(place: Path) -> None:
    assert b"-o" in in_a_job(place, "show", "city/health", "--store", "store").stderr
