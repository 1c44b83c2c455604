"""Running the command line as users do: in a process of its own, in a plain locale."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(scope="session")
def launcher() -> str:
    return str(Path(sys.executable).with_name("policydiff"))


@pytest.fixture
def run(launcher: str, tmp_path: Path) -> Run:
    """Return a function that runs `policydiff ARGS…` in an empty folder, outside any store."""
    surroundings = {
        "HOME": str(tmp_path),
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "COLUMNS": "100",
        "GIT_AUTHOR_NAME": "Tester",
        "GIT_AUTHOR_EMAIL": "tester@example.org",
        "GIT_COMMITTER_NAME": "Tester",
        "GIT_COMMITTER_EMAIL": "tester@example.org",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CEILING_DIRECTORIES": str(tmp_path),
    }

    def run_in_process(
        *arguments: str | Path, cwd: Path | None = None, stdin: bytes = b"", env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [launcher, *map(str, arguments)],
            cwd=cwd or tmp_path,
            input=stdin,
            env=surroundings | (env or {}),
            capture_output=True,
            check=False,
            timeout=120,
        )

    return run_in_process
