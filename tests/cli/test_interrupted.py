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
