"""Whatever a file is called, its name commands no terminal."""

import subprocess
import sys
from pathlib import Path

import pytest

HOSTILE = ["nope\x1b[31m.txt", "evil\x1b]0;PWN\x07a.txt", "a\u202efdp.txt", "b\x9b2J.txt", "c\u200b.txt"]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("command", ["parse", "diff"])
def test_a_hostile_name_is_shown_not_obeyed(tmp_path: Path, name: str, command: str) -> None:
    arguments = [sys.executable, "-m", "policydiff", command, name, *([name] if command == "diff" else [])]
    done = subprocess.run(arguments, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode
    told = done.stderr.decode()
    assert not {"\x1b", "\x07", "\u202e", "\x9b", "\u200b"} & set(told)
    assert "⟨U+" in told or "\\x" in told or "\\u" in told
