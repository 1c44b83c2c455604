"""The one way into a store: plan against HEAD, write a commit, compare and swap, refresh the work tree; and a folder made a store."""

import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from policydiff.errors import DamagedStoreError, DiskFullError, NotFoundError, UsageError, WriteConflictError
from policydiff.store import layout
from policydiff.store.git import Repository, create_repository, read_tree
from policydiff.store.locks import PATIENCE, explain_conflict, turn
from policydiff.store.names import remember_commit
from policydiff.store.publish import Commit, advance, commit_date, commit_message, tidy, write_commit
from policydiff.store.snapshot import Snapshot
from policydiff.store.values import Action, Plan
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


def create(folder: Path, clock: Callable[[], datetime], *, bare: bool) -> Repository:
    """Make a folder a store, in the repository around it or in a new one, and return it.

    Raises:
        UsageError: if it is a store already, or cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder} cannot be made: {error.strerror}") from error
    repository = _enclosing(folder, bare)
    if repository is None:
        create_repository(folder, bare=bare)
        repository = Repository(folder, bare_on_purpose=bare)
    try:
        written = write(repository, clock, lambda snapshot, _: _plan(snapshot.blob, folder))
        if written.commit is None:
            raise UsageError(f"{folder} is a store already")
    except BaseException:
        repository.close()
        raise
    return repository


def _enclosing(folder: Path, bare: bool) -> Repository | None:
    try:
        repository = Repository(folder, bare_on_purpose=bare)
    except NotFoundError:
        return None
    if not bare or repository.bare:
        return repository
    repository.close()
    return None


def _plan(blob: Callable[[str], bytes | None], folder: Path) -> Plan:
    if blob(layout.CONFIG) is not None or (folder / layout.CONFIG).exists():
        return Plan({}, (), "")
    files = {path: content.encode() for path, content in layout.INITIAL_FILES.items()}
    for path in (".gitattributes", ".gitignore"):
        held = blob(path)
        if held is None and (folder / path).is_file():
            held = (folder / path).read_bytes()
        if held is not None:
            # The folder's owner has rules already; ours stand last and win.
            files[path] = held.rstrip(b"\n") + b"\n" + files[path]
    return Plan(files, (Action.META,), "Make this folder a policydiff store")
