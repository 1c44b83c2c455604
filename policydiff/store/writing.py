"""The one way into a store: plan against HEAD, write a commit, compare and swap, refresh the work tree.

Writers of this machine take turns by a file lock, which the system releases when a writer dies; the compare-and-swap
also holds against a plain `git commit` and against writers that know no lock. A lost race is planned anew.
"""

import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

from policydiff.errors import DamagedStoreError, DiskFullError, UsageError, WriteConflictError
from policydiff.store.git import Repository, read_tree
from policydiff.store.locks import PATIENCE, explain_conflict, turn
from policydiff.store.names import remember_commit
from policydiff.store.publish import Commit, advance, commit_date, commit_message, tidy, write_commit
from policydiff.store.snapshot import Snapshot
from policydiff.store.values import Plan
from policydiff.store.work_tree import Journal, Pending, heal, refresh


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
    with turn(repository):
        journal = Journal(repository)
        heal(repository, journal, wait=True)
        deadline = time.monotonic() + PATIENCE
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
    raise WriteConflictError(f"nothing was recorded: {explain_conflict(repository)}")


def _write_once(
    repository: Repository, journal: Journal, parent: str | None, plan: Plan, now: datetime
) -> Written | None:
    """Write one commit and put it on the branch; None if another writer was faster."""
    objects = {path: repository.object_id(content) for path, content in plan.files.items()}
    files = {repository.prefix + path: content for path, content in plan.files.items()}
    commit = write_commit(repository, Commit(parent, files, commit_message(plan, parent, objects), now))
    replaced = {} if repository.bare else _held(repository, parent, files)
    place = journal.write(Pending(commit, replaced))
    # An exception from here on leaves the journal: whether the branch moved is looked at when the store is next opened.
    if not advance(repository, parent, commit, f"policydiff: {plan.subject}"):
        place.unlink(missing_ok=True)
        return None
    remember_commit(repository, commit)
    tidy(repository)
    try:
        recorded = {repository.prefix + path: oid for path, oid in objects.items()}
        kept = refresh(repository, recorded, replaced)
    except (DamagedStoreError, DiskFullError) as error:
        return Written(
            plan, commit, (f"recorded, but the work tree is behind until the store is next opened: {error}",)
        )
    place.unlink(missing_ok=True)
    return Written(
        plan, commit, tuple(f"{path} holds changes of your own and was left alone" for path in kept)
    )


def _held(repository: Repository, parent: str | None, paths: Iterable[str]) -> dict[str, str]:
    """Return the object that each path held before, empty for a new one."""
    folders: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        folders[path.rpartition("/")[0]].append(path)
    held = dict.fromkeys((path for members in folders.values() for path in members), "")
    if parent is not None:
        found = repository.read_many(f"{parent}:{folder}" for folder in folders)
        for members, tree in zip(folders.values(), found, strict=True):
            names = {entry.name: entry.oid for entry in (read_tree(tree) if tree else ())}
            held |= {path: names.get(path.rpartition("/")[2], "") for path in members}
    return held


def heal_if_crashed(repository: Repository) -> None:
    """Finish what a crash left between commit and work tree, unless another writer is at it."""
    journal = Journal(repository)
    if journal.pending():
        try:
            with turn(repository, wait=False):
                heal(repository, journal, wait=False)
        except (WriteConflictError, UsageError, DamagedStoreError, DiskFullError, OSError):
            return  # reading does not need the work tree; the next writer heals or says why it cannot
