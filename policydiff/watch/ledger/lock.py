"""One run at a time in a store; the kernel drops the lock of a run that was killed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from policydiff.errors import WriteConflictError
from policydiff.platforms import O_BINARY, take_lock, write_at_start


@contextmanager
def run_lock(path: Path) -> Iterator[None]:
    """Hold the lock for as long as the block runs.

    Raises:
        WriteConflictError: if another run holds it.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | O_BINARY, 0o644)
    try:
        if not take_lock(descriptor):
            os.lseek(descriptor, 0, os.SEEK_SET)
            holder = os.read(descriptor, 32).decode("ascii", "replace").strip() or "unknown"
            raise WriteConflictError(
                f"another run of `policydiff track` is at work in this store (process {holder}): wait for it to end"
            )
        write_at_start(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)
