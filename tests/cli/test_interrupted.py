"""Ctrl-C ends a run with 130 and one line, wherever it comes."""

import os
import signal
import subprocess
import sys

import pytest

from tests.conftest import ROOT

_LISTENING = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from policydiff.cli import main; main()"
"""Tests that run in the background of a script inherit a Ctrl-C that is ignored."""


@pytest.mark.skipif(os.name == "nt", reason="signals are sent in another way there")
def test_ctrl_c_while_standard_input_is_read() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", _LISTENING, "parse", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "C.UTF-8", "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdin is not None
    # More than a pipe holds: writing ends only when the program is reading, that is, when it has started.
    process.stdin.write(b"\n" * 1_000_000)
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in told
    assert b"interrupted" in told


@pytest.mark.skipif(os.name == "nt", reason="signals are sent in another way there")
def test_ctrl_c_while_modules_are_loaded_shows_no_traceback() -> None:
    """A slow disk or a busy machine makes this a second or two."""
    loading = (
        "import os, signal, sys\n"
        "class Pressed:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'policydiff.cli.entry': os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Pressed())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", loading + _LISTENING, "--version"], capture_output=True, cwd=ROOT, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")
