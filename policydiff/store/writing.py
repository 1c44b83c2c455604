"""The one way into a store: plan against HEAD, write a commit, compare and swap, refresh the work tree.

Writers of this machine take turns by a file lock, which the system releases when a writer dies; the compare-and-swap
also holds against a plain `git commit` and against writers that know no lock. A lost race is planned anew.
"""

import fcntl
import random
import time
from collections.abc import Callable, Iterator
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
            written = _write_once(
                repository, journal, Commit(parent, *_prepare(repository, parent, plan), now), plan
            )
            if written is not None:
                return written
            time.sleep(random.uniform(0.005, 0.05))  # noqa: S311 (spreads writers, keeps no secret)
    raise WriteConflictError(
        f"nothing was recorded: other writers kept changing {repository.folder}; try again"
    )


def _prepare(repository: Repository, parent: str | None, plan: Plan) -> tuple[dict[str, bytes], str]:
    """Return files by path in the repository and the whole message."""
    objects = {path: repository.object_id(content) for path, content in plan.files.items()}
    files = {repository.prefix + path: content for path, content in plan.files.items()}
    return files, trailers.message(plan, parent, objects)


def _write_once(repository: Repository, journal: Journal, commit: Commit, plan: Plan) -> Written | None:
    """Write one commit and put it on the branch; None if another writer was faster."""
    oid = write_commit(repository, commit)
    replaced = {}
    place = None
    if not repository.bare:
        names = (f"{commit.parent}:{path}" for path in commit.files) if commit.parent else ()
        held = list(repository.read_many(names)) or [None] * len(commit.files)
        replaced = {path: "" if old is None else old[0] for path, old in zip(commit.files, held, strict=True)}
        place = journal.write(replaced)
    moved = False
    try:
        moved = advance(repository, commit.parent, oid, f"policydiff: {plan.subject}")
    finally:
        if not moved and place is not None:
            place.unlink(missing_ok=True)
    if not moved:
        return None
    marks.append(repository, oid)
    tidy(repository)
    notes = []
    if place is not None:
        try:
            kept = refresh(repository, oid, replaced)
            place.unlink(missing_ok=True)
            notes = [f"{path} holds changes of your own and was left alone" for path in kept]
        except DamagedStoreError as error:
            notes = [f"recorded, but the work tree is behind until the store is next opened: {error}"]
    return Written(plan, oid, tuple(notes))


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
