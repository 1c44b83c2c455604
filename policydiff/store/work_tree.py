"""Bring index and work tree up to a new commit for exactly the paths it wrote, and nothing else.

A journal beside the repository names the paths before the branch moves, so that after a crash between the two the
next opening of the store finishes the work. A file that holds words of the user's own is never overwritten.
"""

import contextlib
import os
import secrets
import stat
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from policydiff.store import layout
from policydiff.store.git import Repository
from policydiff.store.locks import clear_branch, private_index
from policydiff.store.publish import commit_date
from policydiff.store.values import StoreStatus
from policydiff.store.verify_content import list_recorded
from policydiff.store.verify_records import differing


class Pending(NamedTuple):
    """What a journal says."""

    commit: str
    """The commit that was to be put on the branch."""
    replaced: dict[str, str]
    """Path in the repository to the object it held before, empty for a new path."""


class Journal:
    """The paths of one commit that may not be in the work tree yet, with the object each replaced."""

    def __init__(self, repository: Repository) -> None:
        self._folder = repository.git_dir / "policydiff"

    def pending(self) -> list[Path]:
        """Return the journals that crashes left behind, oldest first."""
        try:
            return sorted(place for place in self._folder.iterdir() if place.name.startswith("pending-"))
        except OSError:
            return []

    def write(self, pending: Pending) -> Path:
        """Record what is about to happen and return the journal."""
        self._folder.mkdir(parents=True, exist_ok=True)
        place = self._folder / f"pending-{time.time_ns():020d}-{secrets.token_hex(4)}"
        temporary = place.with_name(f"new-{place.name}")
        parts = [pending.commit, *(part for pair in pending.replaced.items() for part in pair)]
        temporary.write_bytes(b"".join(os.fsencode(f"{part}\0") for part in parts))
        temporary.rename(place)
        return place


def read_journal(place: Path) -> Pending:
    """Return what a journal says.

    Raises:
        ValueError: if it is no journal.
    """
    commit, *parts = os.fsdecode(place.read_bytes()).split("\0")[:-1]
    return Pending(commit, dict(zip(parts[::2], parts[1::2], strict=True)))


def refresh(
    repository: Repository, objects: Mapping[str, str], replaced: Mapping[str, str], *, wait: bool = True
) -> list[str]:
    """Bring index and work tree to what was recorded.

    Args:
        repository: The repository; nothing happens in a bare one.
        objects: Path to the object recorded there at HEAD.
        replaced: Path to the object it held before, empty or left out for a new path.
        wait: Wait while another git process holds the index.

    Returns:
        Paths left alone because they hold words of the user's own.

    Raises:
        DamagedStoreError: if another git process holds the index (for too long), or files cannot be written.
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
    """Finish what crashes left unfinished; call it only while holding the turn.

    Args:
        repository: The repository.
        journal: Its journal.
        wait: Wait while another git holds the index, and until it can be told whose a lock is that git left on the
            branch; else leave that to the next writer.
    """
    for place in journal.pending():
        with contextlib.suppress(ValueError, FileNotFoundError):
            pending = read_journal(place)
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
    """Say whether a file of the work tree holds anything but what is or was recorded there.

    A git that is killed while it writes `recorded` leaves the beginning of it.
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
    """Return counts, the last recording, and files that differ from what is recorded."""
    head = repository.head()
    documents = versions = 0
    recorded_at = None
    if head is not None:
        listing = repository.run(
            "ls-tree",
            "-r",
            "-z",
            "--name-only",
            "--full-tree",
            head,
            "--",
            f"{repository.prefix}{layout.DOCUMENTS}/",
        )
        for path in os.fsdecode(listing.output).split("\0"):
            place = layout.read_path(path.removeprefix(repository.prefix))
            if place is not None:
                documents += place.file == layout.IDENTITY
                versions += place.file == layout.RECORD
        newest = repository.run("rev-list", "-1", head, "--", layout.DOCUMENTS).output
        if newest:
            recorded_at = commit_date(repository, newest.decode("ascii").strip())
    return StoreStatus(
        folder=str(repository.folder),
        commit=head,
        documents=documents,
        versions=versions,
        recorded_at=recorded_at,
        unrecorded=tuple(_unrecorded(repository, head)),
    )


def _unrecorded(repository: Repository, head: str | None) -> list[str]:
    """Return the files that differ from what is recorded, by their hashes: `git status` would run filters."""
    if repository.bare:
        return []
    return differing(repository, head, {} if head is None else list_recorded(repository, head))
