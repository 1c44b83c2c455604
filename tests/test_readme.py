"""What the READMEs show works as shown."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import CORPUS, ROOT

READMES = ("README.md", "README.zh-CN.md")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#]+)\)")


@pytest.mark.parametrize("name", READMES)
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not in this checkout")
def test_the_python_block_runs(name: str) -> None:
    code = next(
        body for language, body in BLOCK.findall((ROOT / name).read_text("utf-8")) if language == "python"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    said = done.stdout.decode()
    assert "<- lvl_" in said, "at least one sentence is surely adopted"
    assert "30万元" in said
    assert "50万元" in said


@pytest.mark.parametrize("name", READMES)
def test_commands_named_exist(name: str) -> None:
    shown = re.findall(r"policydiff ([a-z]+)", (ROOT / name).read_text("utf-8"))
    launcher = Path(sys.executable).with_name("policydiff")
    known = subprocess.run(
        [launcher, "--help"], capture_output=True, check=True, text=True, env={"COLUMNS": "200"}
    ).stdout
    assert shown
    assert [command for command in shown if not re.search(rf"\b{command}\b", known)] == []


@pytest.mark.parametrize("name", READMES)
def test_links_lead_somewhere(name: str) -> None:
    targets = LINK.findall((ROOT / name).read_text("utf-8"))
    assert [target for target in targets if "://" not in target and not (ROOT / target).exists()] == []
