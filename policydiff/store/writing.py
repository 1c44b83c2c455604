"""The only way to write to a store: plan from HEAD, write a commit, compare and swap, refresh index and work tree; also makes a store of a folder.

Index and work tree are updated for exactly the paths that the commit wrote. A journal beside the repository lists these
paths before the branch moves; after a crash, the next opening of the store finishes the update from it. A file with
unrecorded words of the user is never overwritten.
"""

import contextlib
import os
import random
import secrets
import stat
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from policydiff.errors import (
    DamagedStoreError,
    DiskFullError,
    NotFoundError,
    PolicydiffError,
    UsageError,
    WriteConflictError,
    worded,
)
from policydiff.store import Action, Plan, StoreStatus, layout
from policydiff.store.git import Repository, create_repository, read_tree
from policydiff.store.history import Commit, advance, commit_date, commit_message, tidy, write_commit
from policydiff.store.layout import remember_commit
from policydiff.store.locks import PATIENCE, clear_branch, explain_conflict, private_index, turn
from policydiff.store.snapshot import Snapshot
from policydiff.store.verify_content import differing, list_recorded


class Pending(NamedTuple):
    """Content of a journal: the commit that a writer was about to record, and the paths that it was about to write."""

    commit: str
    """The commit that was about to be put on the branch."""
    replaced: dict[str, str]
    """Path in the repository to the object it held before, empty for a new path."""


class Journal:
    """The paths of one commit that may not be in the work tree yet, each with the object it replaced."""

    def __init__(self, repository: Repository) -> None:
        self._folder = repository.git_dir / "policydiff"

    def pending(self) -> list[Path]:
        """Return the journals that crashes left, oldest first."""
        try:
            return sorted(place for place in self._folder.iterdir() if place.name.startswith("pending-"))
        except OSError:
            return []

    def write(self, pending: Pending) -> Path:
        """Write a journal of the coming changes and return its path."""
        self._folder.mkdir(parents=True, exist_ok=True)
        place = self._folder / f"pending-{time.time_ns():020d}-{secrets.token_hex(4)}"
        temporary = place.with_name(f"new-{place.name}")
        parts = [pending.commit, *(part for pair in pending.replaced.items() for part in pair)]
        temporary.write_bytes(b"".join(os.fsencode(f"{part}\0") for part in parts))
        temporary.rename(place)
        return place


def refresh(
    repository: Repository, objects: Mapping[str, str], replaced: Mapping[str, str], *, wait: bool = True
) -> list[str]:
    """Bring index and work tree from the objects `replaced` (by path; empty or missing for a new file) to those recorded at HEAD.

    A bare repository stays as it is. Returns the paths left alone because they hold the user's own words. Raises
    DamagedStoreError if another git process holds the index (with `wait`, for too long), or files cannot be written.
    """
    if repository.top is None:
        return []
    entries, files, kept = [], [], []
    for path, oid in sorted(objects.items()):
        entries.append(os.fsencode(f"100644 {oid}\t{path}\0"))
        if not _holds_own_words(repository, repository.top / path, oid, replaced.get(path)):
            # checkout-index takes paths relative to the folder it runs in.
            files.append(os.fsencode(f"{path.removeprefix(repository.prefix)}\0"))
        else:
            kept.append(path)
    with private_index(repository, wait=wait) as index:
        apart = {"GIT_INDEX_FILE": str(index)}
        repository.run("update-index", "-z", "--index-info", data=b"".join(entries), environment=apart)
        repository.run(
            "checkout-index", "-z", "-f", "-u", "-q", "--stdin", data=b"".join(files), environment=apart
        )
    return kept


def heal(repository: Repository, journal: Journal, *, wait: bool) -> None:
    """Finish the steps of a journal that crashes left unfinished; call it only while holding the turn.

    With `wait` it waits until another git releases the index and until a lock that git left on the branch
    can be judged; otherwise both are left to the next writer.
    """
    for place in journal.pending():
        with contextlib.suppress(ValueError, FileNotFoundError):
            # The commit and the paths that a journal holds. Raises ValueError if it is no journal.
            commit, *parts = os.fsdecode(place.read_bytes()).split("\0")[:-1]
            pending = Pending(commit, dict(zip(parts[::2], parts[1::2], strict=True)))
            head = repository.head()
            if head is not None:
                found = repository.read_many(f"{head}:{path}" for path in pending.replaced)
                pairs = zip(pending.replaced, found, strict=True)
                objects = {path: blob[0] for path, blob in pairs if blob is not None}
                refresh(repository, objects, pending.replaced, wait=wait)
            if not clear_branch(repository, pending.commit, place.stat().st_mtime, wait=wait):
                continue
        place.unlink(missing_ok=True)


def _holds_own_words(repository: Repository, place: Path, recorded: str, replaced: str | None) -> bool:
    """Return whether a file of the work tree holds words other than a text that is or was recorded there.

    A git that is killed while it writes `recorded` leaves only its beginning; that does not count.
    """
    try:
        if not stat.S_ISREG(place.lstat().st_mode):
            return False
        content = place.read_bytes()
    except OSError:
        return False
    if repository.object_id(content) in {recorded, replaced}:
        return False
    whole = repository.read(recorded)
    return whole is None or not whole[2].startswith(content)


def read_status(repository: Repository) -> StoreStatus:
    """Return counts, the last recording, and files that differ from their recorded content."""
    head = repository.head()
    recorded = {} if head is None else list_recorded(repository, head)
    places = [place for place in map(layout.read_path, recorded) if place is not None]
    kept = Counter(place.document_id for place in places if place.file == layout.RECORD)
    snapshot = Snapshot(repository, head)
    newest = repository.run("rev-list", "-1", head, "--", layout.DOCUMENTS).output if head else b""
    # Files are held against their hashes: `git status` would run filters.
    unrecorded = [] if repository.bare else differing(repository, head, recorded)
    return StoreStatus(
        folder=str(repository.folder),
        commit=head,
        documents=sum(place.file == layout.IDENTITY for place in places),
        versions=sum(_count_shown(snapshot, document_id, records) for document_id, records in kept.items()),
        recorded_at=commit_date(repository, newest.decode("ascii").strip()) if newest else None,
        unrecorded=tuple(unrecorded),
    )


def _count_shown(snapshot: Snapshot, document_id: str, records: int) -> int:
    """Return the number of a document's listed versions; for a damaged document the number of its records.

    There are more records than versions if two checkouts recorded one text, or if versions were separated from the
    document.
    """
    if records == 1:
        return 1  # neither leaves a document without a version
    try:
        return len(snapshot.shown(document_id))
    except PolicydiffError:
        return records


class Written(NamedTuple):
    """Outcome of a write: the plan, its commit, and remarks for the user."""

    plan: Plan
    commit: str | None
    """None where nothing changed."""
    notes: tuple[str, ...] = ()


def write(
    repository: Repository, clock: Callable[[], datetime], planner: Callable[[Snapshot, datetime], Plan]
) -> Written:
    """Record the files that `planner` plans on the present state; `planner` is called again if another writer was faster.

    Raises WriteConflictError if other writers were faster at every attempt, or git could not write.
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
    notes = [worded(f"{path} holds changes of your own and was left alone") for path in kept]
    if not repository.branch:
        notes.append(worded(f"HEAD is on no branch: keep the record with git branch NAME {commit[:12]}"))
    return Written(plan, commit, tuple(notes))


def _held(repository: Repository, parent: str | None, paths: Iterable[str]) -> dict[str, str]:
    """Return the object that each path held before; an empty string for a new path."""
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
    """Finish the steps between commit and work tree that a crash left, unless another writer is active now."""
    journal = Journal(repository)
    if journal.pending():
        try:
            with turn(repository, wait=False):
                heal(repository, journal, wait=False)
        except (WriteConflictError, UsageError, DamagedStoreError, DiskFullError, OSError):
            return  # reading does not need the work tree; the next writer heals or says why it cannot


def create(folder: Path, clock: Callable[[], datetime], *, bare: bool) -> Repository:
    """Make a folder a store, in the repository around it or in a new one, and return the repository.

    Raises UsageError if it is a store already, or cannot be written.
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
