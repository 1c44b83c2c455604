"""No word of a stranger commands a terminal: ids, titles, file names and addresses, in every form and every error."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from policydiff.model import DocumentIdentity
from policydiff.store import NewVersion, Store

pty = pytest.importorskip("pty")
EVIL = "\x1b]0;PWN\x07\x1b[31m\u202e\u200b\x9b31m"
COMMANDS = "\x1b\x07\u202e\u200b\x9b\x08"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("evil")
    (folder / f"evil{EVIL.replace('/', '')}.txt").write_text("某市办法\n第一条 甲。\n", "utf-8")
    identity = DocumentIdentity(
        id="city/health", title=f"某市{EVIL}办法", document_number=f"某府发〔2024〕{EVIL}1号", issuing_bodies=(f"某市{EVIL}",)
    )  # fmt: skip
    with Store.init(folder / "store") as store:
        for day, share in ((date(2024, 3, 5), "80%"), (date(2024, 4, 5), "2%")):
            text = f"某市{EVIL}办法\n第一条 比例{share}{EVIL}，应当公开。\n"
            store.add(
                NewVersion(
                    identity=identity, text=text, issued=day, source=b"x", extension="txt", media_type="text/plain",
                    extractor="plain", extractor_version="1", url=f"https://a.cn/{EVIL}", same_document=True,
                )
            )  # fmt: skip
    return folder


def on_a_terminal(folder: Path, *arguments: str) -> str:
    """Return what a command prints on a terminal, both streams."""
    descriptor, other = pty.openpty()
    code = "from policydiff.cli import main; main()"
    child = subprocess.Popen(
        [sys.executable, "-c", code, *arguments], cwd=folder, stdin=subprocess.DEVNULL, stdout=other, stderr=other,
        env={**os.environ, "NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "200", "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    os.close(other)
    printed = b""
    while True:
        try:
            chunk = os.read(descriptor, 65_536)
        except OSError:
            break
        if not chunk:
            break
        printed += chunk
    child.wait()
    os.close(descriptor)
    return printed.decode("utf-8", "replace")


@pytest.mark.parametrize(
    ("arguments", "holds"),
    [
        (["list", "--store", "store"], "⟨U+001B⟩"),
        (["show", "city/health", "--store", "store"], "⟨U+202E⟩"),
        (["diff", "city/health@2024-03-05", "city/health@2024-04-05", "--store", "store"], "⟨U+001B⟩"),
        (["search", "公开", "--store", "store", "-f", "csv"], "⟨U+001B⟩"),
        (["show", f"no{EVIL}/x", "--store", "store"], "policydiff"),
        (["parse", f"nope{EVIL}.txt"], "⟨U+001B⟩"),
        ([f"bad{EVIL}"], "policydiff"),
        (["track", f"so{EVIL}", "--store", "store"], "policydiff"),
    ],
)
def test_a_terminal_is_not_commanded(place: Path, arguments: list[str], holds: str) -> None:
    printed = on_a_terminal(place, *arguments)
    assert holds in printed
    assert [mark for mark in COMMANDS if mark in printed] == []


def test_json_on_a_terminal_is_the_same_data_without_commands(place: Path) -> None:
    printed = on_a_terminal(place, "list", "--store", "store", "-f", "json")
    assert [mark for mark in COMMANDS if mark in printed] == []
    assert json.loads(printed)["documents"][0]["identity"]["title"] == f"某市{EVIL}办法"
