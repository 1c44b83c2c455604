"""Runs a reader in a process of its own, so that a crash, a hang or a flood of memory is that file's error."""

import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict
from typing import IO

from policydiff.errors import LayoutChangedError, UnreadableInputError
from policydiff.extract.limits import Limits
from policydiff.extract.reading import Form, LeftOut, Reading, RecognisedPage, Remark, Request
from policydiff.extract.sniff import FileKind
from policydiff.platforms import end_group, own_group

# A character takes at most six bytes of JSON; what is known of a line about as much as its words.
_ANSWER_BYTES_PER_CHARACTER = 14
_ANSWER_OVERHEAD = 1 << 20


def read_in_worker(kind: FileKind, request: Request) -> Reading:
    """Return what the reader of this kind gives, run by `policydiff.extract.worker`.

    A fresh interpreter and pipes rather than `multiprocessing`: nothing is forked from a process that may have
    threads, nothing is pickled, and the worker can be ended with all that it started.

    Raises:
        UnreadableInputError: if the reader refuses the file, crashes on it, or passes a limit.
    """
    limits = request.limits
    head = json.dumps(
        {
            "kind": kind.value,
            "limits": asdict(limits),
            "revisions": request.revisions,
            "select": request.select,
            "ignore": request.ignore,
            "parent": os.getpid(),
        }
    )
    # Whatever the worker or what it starts leaves behind goes with this folder, even if both are killed.
    with (
        tempfile.TemporaryDirectory(prefix="policydiff-", ignore_cleanup_errors=True) as scratch,
        subprocess.Popen(
            [sys.executable, "-P", "-m", "policydiff.extract.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(scratch),
            cwd=scratch,
            **own_group(),
        ) as process,
    ):
        try:
            answer = _converse(process, head.encode() + b"\n" + request.data, request)
        finally:
            end_group(process)
    return answer


_KEPT = (
    "PATH", "LANG", "LC_ALL", "LC_CTYPE", "TESSDATA_PREFIX", "PYTHONUTF8",
    "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "PATHEXT", "COMSPEC", "PROGRAMFILES",
)  # fmt: skip
"""What the worker is told of the caller's environment, in which keys and passwords may stand."""


def _environment(scratch: str) -> dict[str, str]:
    """Return the environment of a worker: a few names, its import path, its own home, OpenMP held to one thread."""
    path = os.pathsep.join(os.path.abspath(entry) for entry in sys.path)  # noqa: PTH100 (of "" as well)
    return {
        **{name: os.environ[name] for name in _KEPT if name in os.environ},
        "PYTHONPATH": path,
        "PYTHONDONTWRITEBYTECODE": "1",
        **dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP"), scratch),
        "OMP_NUM_THREADS": "1",
        "OMP_THREAD_LIMIT": "1",
    }


def _converse(process: subprocess.Popen[bytes], question: bytes, request: Request) -> Reading:
    if process.stdin is None or process.stdout is None:
        raise UnreadableInputError("no worker process could be started to read it")
    limits = request.limits
    answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    longest = limits.text_characters * _ANSWER_BYTES_PER_CHARACTER + _ANSWER_OVERHEAD
    threading.Thread(target=_send, args=(process.stdin, question), daemon=True).start()
    threading.Thread(target=_receive, args=(process.stdout, longest, answers), daemon=True).start()
    deadline = time.monotonic() + limits.seconds
    pages_left = limits.ocr_pages
    while True:
        try:
            line = answers.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            raise UnreadableInputError(
                f"reading took longer than the limit of {limits.seconds:g} seconds: "
                "the file is damaged or hostile, or seconds is too low for it"
            ) from None
        if line == b"page\n" and pages_left > 0:
            pages_left -= 1
            deadline = time.monotonic() + max(limits.ocr_seconds, limits.seconds)
            continue
        return _understand(line, process, limits)


def _send(pipe: IO[bytes], question: bytes) -> None:
    try:
        pipe.write(question)
        pipe.close()
    except (BrokenPipeError, OSError, ValueError):
        return  # the worker ended before it read everything: its answer, or the lack of one, says why


def _receive(pipe: IO[bytes], longest: int, answers: "queue.SimpleQueue[bytes]") -> None:
    try:
        while True:
            line = pipe.readline(longest)
            answers.put(line)
            if line != b"page\n":
                return
    except (OSError, ValueError):
        answers.put(b"")


def _understand(line: bytes, process: subprocess.Popen[bytes], limits: Limits) -> Reading:
    if not line.endswith(b"\n"):
        raise UnreadableInputError(_cause(process, limits))
    try:
        answer = json.loads(line)
    except ValueError as error:
        raise UnreadableInputError(
            "the reader gave a broken answer: the file is damaged or hostile"
        ) from error
    if answer.get("layout"):
        raise LayoutChangedError(answer["error"])
    if "error" in answer:
        raise UnreadableInputError(answer["error"])
    fields = answer["reading"]
    for name in ("metadata", "links"):
        fields[name] = tuple((label, value) for label, value in fields[name])
    fields["warnings"] = tuple(Remark(*remark) for remark in fields["warnings"])
    fields["recognised"] = tuple(RecognisedPage(*page) for page in fields["recognised"])
    fields["forms"] = tuple(Form(*form) for form in fields["forms"])
    fields["left_out"] = tuple(LeftOut(*each) for each in fields["left_out"])
    return Reading(**fields)


def _cause(process: subprocess.Popen[bytes], limits: Limits) -> str:
    try:
        code = process.wait(timeout=1)
    except subprocess.TimeoutExpired:
        return "the reader gave a broken answer: the file is damaged or hostile"
    if code == -getattr(signal, "SIGXCPU", 0) and code:
        return (
            "reading took more processor time than a file of its size gets: it is damaged or hostile, or the limit "
            f"seconds ({limits.seconds:g}) is too low for it"
        )
    if code == -getattr(signal, "SIGABRT", 0):
        return (
            "the reader gave up (SIGABRT), as it does when it needs more memory than a file of its size gets: it is "
            f"damaged or hostile, or memory_bytes ({limits.memory_bytes >> 20} MiB) is too low for it"
        )
    if code < 0:
        return f"the reader crashed ({signal.Signals(-code).name}): the file is damaged or hostile"
    return f"the reader ended without an answer, perhaps at its memory limit of {limits.memory_bytes >> 20} MiB: the file is damaged, or memory_bytes is too low for it"
