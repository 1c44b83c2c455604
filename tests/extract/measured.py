"""What a worker process takes: processor seconds with those of the programs it starts, and memory at its peak."""

import os
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from policydiff.extract import dispatch

_EVERY = 0.01
"""Seconds between two looks at the memory of a worker."""


@dataclass
class Taken:
    """The sums over the workers that ended."""

    seconds: float = 0.0
    bytes: int = 0
    workers: int = 0


@contextmanager
def workers_measured() -> Iterator[Taken]:
    """Measure the workers that a block starts."""
    taken = Taken()

    def watch(process: subprocess.Popen[bytes]) -> None:
        # What `wait4` tells of memory counts that of the parent before the child was another program.
        status = Path(f"/proc/{process.pid}/status")
        while process.returncode is None:
            with suppress(OSError, StopIteration, ValueError):
                told = next(line for line in status.read_text("utf-8").splitlines() if "VmHWM" in line)
                taken.bytes = max(taken.bytes, int(told.split()[1]) * 1024)
            time.sleep(_EVERY)

    class Measured(subprocess.Popen[bytes]):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            threading.Thread(target=watch, args=(self,), daemon=True).start()

        def _try_wait(self, wait_flags: int) -> tuple[int, int]:
            try:
                pid, status, usage = os.wait4(self.pid, wait_flags)
            except ChildProcessError:
                return self.pid, 0
            if pid:
                taken.seconds += usage.ru_utime + usage.ru_stime
                taken.workers += 1
            return pid, status

    patch = pytest.MonkeyPatch()
    replaced: Any = type("subprocess", (), {**vars(subprocess), "Popen": Measured})
    patch.setattr(dispatch, "subprocess", replaced)
    try:
        yield taken
    finally:
        patch.undo()
