"""One run at a time in a store; the kernel drops the lock of a run that was killed."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from policydiff.errors import WriteConflictError


@contextmanager
def run_lock(path: Path) -> Iterator[None]:
    """Hold the lock for as long as the block runs.

    Raises:
        WriteConflictError: if another run holds it.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(descriptor, 32).decode("ascii", "replace").strip() or "unknown"
            raise WriteConflictError(
                f"another run of `policydiff track` is at work in this store (process {holder}): wait for it to end"
            ) from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)
