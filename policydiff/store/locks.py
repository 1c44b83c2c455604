"""Locks: the lock of policydiff's own writers, git's lock on the index, and git's locks on the branch.

A lock of git is a file. A git process that was killed leaves it for ever, and its file looks like that of a running process. It is
removed here only where it certainly belongs to a writer that has ended.
"""

import contextlib
import errno
import os
import random
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from policydiff.errors import (
    FULL_DISK,
    DamagedStoreError,
    DiskFullError,
    UsageError,
    WriteConflictError,
    worded,
)
from policydiff.platforms import release_lock, take_lock
from policydiff.store.git import Repository

PATIENCE = 120.0
"""Seconds for which a writer waits for its turn, and for which lost races are retried."""
INDEX_PATIENCE = 10.0
"""Seconds to wait for another git process to release the index."""
_STALE = 2.0
"""Seconds after which a lock on a branch, which git holds for milliseconds, is taken for a dead process's own."""
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS, errno.EXDEV}


@contextmanager
def turn(repository: Repository, *, wait: bool = True) -> Iterator[None]:
    """Hold the turn, which only one writer of this machine can hold at a time.

    The git processes that move the branch or the work tree share the turn: if the writer is killed and
    these processes survive, the next turn begins after they have ended. Raises WriteConflictError if another
    writer holds it during the whole wait, UsageError if the repository cannot be written.
    """
    folder = repository.common_dir / "policydiff"
    try:
        folder.mkdir(exist_ok=True)
        queue, lock = ((folder / name).open("ab") for name in ("queue", "lock"))
    except OSError as error:
        raise UsageError(
            f"cannot write to the repository at {repository.folder}: {error.strerror}"
        ) from error
    deadline = time.monotonic() + (PATIENCE if wait else 0.0)
    with queue, lock:
        # Who waits for the lock holds the queue: a writer that ends its turn and wants another stands behind.
        for file in (queue, lock):
            while not take_lock(file.fileno()):
                if time.monotonic() > deadline:
                    raise WriteConflictError(f"another writer holds {repository.folder}: try again later")
                time.sleep(random.uniform(0.002, 0.02))  # noqa: S311 (spreads writers, keeps no secret)
        release_lock(queue.fileno())
        repository.turn = lock.fileno()
        try:
            yield
        finally:
            repository.turn = None
            # A hook may have started something that lives on and shares the lock: the turn ends all the same.
            release_lock(lock.fileno())


@contextmanager
def no_writer(repository: Repository) -> Iterator[None]:
    """Hold the turn if the repository ever had a writer; a clone that was only read stays untouched.

    Raises WriteConflictError if another writer holds it during the whole wait.
    """
    if os.access(repository.common_dir / "policydiff" / "lock", os.W_OK):
        with turn(repository):
            yield
    else:
        yield


@contextmanager
def private_index(repository: Repository, *, wait: bool = True) -> Iterator[Path]:
    """Hold git's lock on the index and yield a copy of the index, which replaces the index at the end.

    The lock is a second link to a file of policydiff, so that a lock left by a crash is recognised as its
    own. Call it only while holding the turn. Raises DamagedStoreError if another git process holds the index
    during the whole wait, or the index cannot be written.
    """
    index = (repository.git_dir / "index").resolve()
    lock = index.with_name(f"{index.name}.lock")
    folder = repository.git_dir / "policydiff"
    owned = folder / f"index-{secrets.token_hex(4)}"
    copy = owned.with_name(f"new-{owned.name}")
    held = False
    try:
        _clear_index(folder, lock)
        owned.touch()
        _take(owned, lock, INDEX_PATIENCE if wait else 0.0)
        held = True
        if index.exists():
            shutil.copyfile(index, copy)
        yield copy
        copy.replace(index)
    except OSError as error:
        if error.errno in FULL_DISK:
            raise DiskFullError(f"git's index cannot be written: the disk of {index} is full") from error
        raise DamagedStoreError(f"git's index cannot be written: {error}") from error
    finally:
        copy.unlink(missing_ok=True)
        if held:
            lock.unlink(missing_ok=True)
        owned.unlink(missing_ok=True)


def _take(owned: Path, lock: Path, patience: float) -> None:
    deadline = time.monotonic() + patience
    while True:
        try:
            try:
                lock.hardlink_to(owned)
            except OSError as error:
                if error.errno not in _NO_LINKS:
                    raise
                lock.touch(exist_ok=False)  # holds as well, only that a crash leaves nothing to know it by
        except FileExistsError:
            if time.monotonic() > deadline:
                raise DamagedStoreError(_in_the_way(lock)) from None
            time.sleep(0.05)
        else:
            return


def _clear_index(folder: Path, lock: Path) -> None:
    """Remove files that dead writers left: the caller holds the turn, so no writer uses them."""
    folder.mkdir(exist_ok=True)
    for owned in folder.glob("index-*"):
        if _same(owned, lock):
            lock.unlink(missing_ok=True)
        owned.unlink(missing_ok=True)
    for copy in folder.glob("new-*"):
        copy.unlink(missing_ok=True)


def _same(one: Path, other: Path) -> bool:
    with contextlib.suppress(OSError):
        return one.samefile(other)
    return False


def _branch_locks(repository: Repository) -> list[Path]:
    """Return the files with which git locks the branch at HEAD, whether or not they exist."""
    locks = [repository.git_dir / "HEAD.lock"]
    branch = repository.branch
    return [*locks, repository.common_dir / f"{branch}.lock"] if branch else locks


def clear_branch(repository: Repository, commit: str, since: float, *, wait: bool) -> bool:
    """Remove the locks of a git that was killed while it put `commit` on the branch; False if it is too early to judge them.

    A lock belongs to the dead git if it is no older than its journal (`since`, in seconds since 1970), names no other commit, and stays.
    Call it only while holding the turn: then no git of the dead writer is alive. With `wait` it waits until the lock can be judged.
    """
    for lock in _branch_locks(repository):
        while True:
            try:
                made = lock.stat().st_mtime
                content = lock.read_text(encoding="ascii", errors="replace").strip()
            except OSError:
                break
            if made < since - 1.0 or content not in {"", commit}:
                break  # another's: git names it when it is in the way
            rest = made + _STALE - time.time()
            if rest <= 0:
                lock.unlink(missing_ok=True)
                break
            if not wait:
                return False
            time.sleep(rest)
    return True


def explain_conflict(repository: Repository) -> str:
    """Return why a branch could not be moved for long."""
    for lock in _branch_locks(repository):
        if lock.exists():
            return _in_the_way(lock)
    return worded(f"other writers kept changing {repository.folder}; try again")


def _in_the_way(lock: Path) -> str:
    return f"another git holds {lock}; if none is running, one was killed and left it: delete the file"
