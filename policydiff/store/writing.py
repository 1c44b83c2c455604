"""The one way into a store: plan against HEAD, write a commit, compare and swap, refresh the work tree.

Writers of this machine take turns by a file lock, which the system releases when a writer dies; the compare-and-swap
also holds against a plain `git commit` and against writers that know no lock. A lost race is planned anew.
"""

import fcntl
import random
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from policydiff.errors import DamagedStoreError, UsageError, WriteConflictError
from policydiff.store import marks, trailers
from policydiff.store.git import Repository
from policydiff.store.publish import Commit, advance, commit_date, tidy, write_commit
from policydiff.store.snapshot import Snapshot
from policydiff.store.values import Plan
from policydiff.store.work_tree import Journal, heal, refresh

_PATIENCE = 120.0
"""Seconds for which a writer waits for its turn, and for which lost races are retried."""


class Written(NamedTuple):
    """What was written."""

    plan: Plan
    commit: str | None
    """None where nothing changed."""
    notes: tuple[str, ...] = ()


def write(
    repository: Repository, clock: Callable[[], datetime], planner: Callable[[Snapshot, datetime], Plan]
) -> Written:
    """Record what `planner` asks for in the state it is shown; it may be asked again after a lost race.

    Raises:
        WriteConflictError: if other writers kept winning, or git could not write.
    """
    with _turn(repository):
        journal = Journal(repository)
        heal(repository, journal)
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            parent = repository.head()
            now = clock().replace(microsecond=0)
            if parent is not None:
                # Record time never runs backwards, whatever this machine's clock says.
                now = max(now, commit_date(repository, parent))
            plan = planner(Snapshot(repository, parent), now)
            if not plan.files:
                return Written(plan, None)
            written = _write_once(repository, journal, parent, plan, now)
            if written is not None:
                return written
            time.sleep(random.uniform(0.005, 0.05))  # noqa: S311 (spreads writers, keeps no secret)
    raise WriteConflictError(
        f"nothing was recorded: other writers kept changing {repository.folder}; try again"
    )


def _write_once(
    repository: Repository, journal: Journal, parent: str | None, plan: Plan, now: datetime
) -> Written | None:
    """Write one commit and put it on the branch; None if another writer was faster."""
    objects = {path: repository.object_id(content) for path, content in plan.files.items()}
    files = {repository.prefix + path: content for path, content in plan.files.items()}
    commit = write_commit(repository, Commit(parent, files, trailers.message(plan, parent, objects), now))
    place = None
    replaced = {}
    if not repository.bare:
        replaced = _held(repository, parent, files)
        place = journal.write(replaced)
    # An exception from here on leaves the journal: whether the branch moved is looked at when the store is next opened.
    if not advance(repository, parent, commit, f"policydiff: {plan.subject}"):
        if place is not None:
            place.unlink(missing_ok=True)
        return None
    marks.append(repository, commit)
    tidy(repository)
    if place is None:
        return Written(plan, commit)
    try:
        recorded = {repository.prefix + path: oid for path, oid in objects.items()}
        kept = refresh(repository, recorded, replaced)
    except DamagedStoreError as error:
        return Written(
            plan, commit, (f"recorded, but the work tree is behind until the store is next opened: {error}",)
        )
    place.unlink(missing_ok=True)
    return Written(
        plan, commit, tuple(f"{path} holds changes of your own and was left alone" for path in kept)
    )


def _held(repository: Repository, parent: str | None, paths: Iterable[str]) -> dict[str, str]:
    """Return the object that each path held before, empty for a new one."""
    if parent is None:
        return dict.fromkeys(paths, "")
    found = repository.read_many(f"{parent}:{path}" for path in paths)
    return {path: "" if old is None else old[0] for path, old in zip(paths, found, strict=True)}


def heal_if_crashed(repository: Repository) -> None:
    """Finish what a crash left between commit and work tree, unless another writer is at it."""
    journal = Journal(repository)
    if journal.pending():
        try:
            with _turn(repository, wait=False):
                heal(repository, journal)
        except (WriteConflictError, UsageError, DamagedStoreError, OSError):
            return  # reading does not need the work tree; the next writer heals or says why it cannot


@contextmanager
def _turn(repository: Repository, *, wait: bool = True) -> Iterator[None]:
    folder = repository.common_dir / "policydiff"
    try:
        folder.mkdir(exist_ok=True)
        lock = (folder / "lock").open("ab")
    except OSError as error:
        raise UsageError(
            f"cannot write to the repository at {repository.folder}: {error.strerror}"
        ) from error
    deadline = time.monotonic() + (_PATIENCE if wait else 0.0)
    with lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise WriteConflictError(
                        f"another writer holds {repository.folder}: try again later"
                    ) from None
                time.sleep(random.uniform(0.002, 0.02))  # noqa: S311
        yield
