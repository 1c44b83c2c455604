"""Commits that touched a store, read without git's porcelain: ids, then what each changed, then what it says."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from policydiff.errors import DamagedStoreError, NotFoundError
from policydiff.store import layout
from policydiff.store.git import Repository
from policydiff.store.names import VersionName
from policydiff.store.publish import Trailers, read_message
from policydiff.store.values import Action, LogEntry


class FileChange(NamedTuple):
    """One recorded file that a commit changed."""

    status: str
    """`A` added, `M` modified, `D` deleted, `T` turned into something else"""
    path: str
    """Relative to the store."""
    old: str
    new: str
    """Object ids; all zeros where there is none."""
    mode: str


class CommitRecord(NamedTuple):
    """One commit as far as the store is concerned."""

    oid: str
    parents: tuple[str, ...]
    when: datetime
    """Committer date."""
    author: str
    subject: str
    trailers: Trailers
    changes: tuple[FileChange, ...]
    """Against the parent; none for a merge."""


Moment = date | datetime
"""A point of record time: a day means its end in UTC, a time without zone is UTC."""


def known_at(repository: Repository, head: str | None, as_of: Moment) -> str:
    """Return the commit that was at HEAD's branch at a time, along first parents.

    Raises:
        NotFoundError: if the store did not exist yet, or the clone does not reach back that far.
    """
    moment = as_of if isinstance(as_of, datetime) else datetime.combine(as_of, time.max)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if head is not None:
        stamp = int(moment.timestamp())
        found = (
            repository.run("rev-list", "-1", "--first-parent", f"--min-age={stamp}", head)
            .output.decode()
            .strip()
        )
        if found:
            return found
    if shallow(repository):
        raise NotFoundError(
            f"this clone's history does not reach back to {moment:%Y-%m-%d}: run git fetch --unshallow"
        )
    raise NotFoundError(f"the store held nothing on {moment:%Y-%m-%d}")


def shallow(repository: Repository) -> set[str]:
    """Return the commits at which a shallow clone's history ends."""
    try:
        return set((repository.common_dir / "shallow").read_text(encoding="ascii").split())
    except OSError:
        return set()


def partial(repository: Repository) -> bool:
    """Say whether the settings let objects be missing from a clone."""
    pattern = r"^(extensions\.partialclone|remote\..*\.(promisor|partialclonefilter))$"
    return bool(repository.setting_names(pattern))


def commits(repository: Repository, head: str, path: str, *, everything: bool = False) -> list[str]:
    """Return commits that touched a path of the store, newest first.

    Args:
        repository: The repository.
        head: Where to start.
        path: Relative to the store.
        everything: Also commits on side branches whose effect a merge discarded.
    """
    options = ["--full-history"] if everything else []
    found = repository.run("rev-list", "--topo-order", *options, head, "--", path)
    return found.output.decode("ascii").split()


def records(repository: Repository, oids: list[str]) -> Iterator[CommitRecord]:
    """Yield what each commit says and changed, in the order given."""
    if not oids:
        return
    listing = repository.run(
        "diff-tree", "--stdin", "-r", "-z", "--root", "--no-renames", "--full-index",
        data="\n".join([*oids, ""]).encode("ascii"),
    ).output  # fmt: skip
    changes = _read_changes(os.fsdecode(listing), repository.prefix)
    for oid, found in zip(oids, repository.read_many(oids), strict=True):
        if found is None or found[1] != "commit":
            raise DamagedStoreError(f"commit {oid} cannot be read")
        yield _record(oid, found[2], changes.get(oid, ()))


def _read_changes(listing: str, prefix: str) -> dict[str, tuple[FileChange, ...]]:
    found: dict[str, list[FileChange]] = {}
    parts = iter(listing.split("\0"))
    current: list[FileChange] = []
    for part in parts:
        if part.startswith(":"):
            _, mode, old, new, status = part[1:].split(" ")
            path = next(parts)
            if path.startswith(prefix):
                current.append(FileChange(status[0], path[len(prefix) :], old, new, mode))
        elif part:
            current = found.setdefault(part.strip(), [])
    return {oid: tuple(changes) for oid, changes in found.items()}


def _record(oid: str, data: bytes, changes: tuple[FileChange, ...]) -> CommitRecord:
    header, _, body = data.partition(b"\n\n")
    message = body.decode("utf-8", "replace")
    fields = [line.partition(b" ") for line in header.split(b"\n") if not line.startswith(b" ")]
    parents = tuple(value.decode("ascii") for key, _, value in fields if key == b"parent")
    people = {key: value for key, _, value in fields if key in {b"author", b"committer"}}
    author = people.get(b"author", b"").rsplit(b" ", 2)[0].decode("utf-8", "replace")
    try:
        when = datetime.fromtimestamp(int(people[b"committer"].rsplit(b" ", 2)[1]), UTC)
    except (KeyError, IndexError, ValueError, OverflowError, OSError):
        when = datetime.fromtimestamp(0, UTC)
    subject = message.split("\n", 1)[0]
    return CommitRecord(oid, parents, when, author, subject, read_message(message), changes)


def changed_documents(repository: Repository, old: str, new: str) -> set[str] | None:
    """Return the ids of documents that differ between two commits, None where the old one is not known here."""
    if repository.read(f"{old}^{{commit}}") is None:
        return None
    listing = repository.run(
        "diff-tree", "-r", "-z", "--name-only", "--no-renames", old, new, "--", layout.DOCUMENTS
    ).output
    paths = (path.removeprefix(repository.prefix) for path in os.fsdecode(listing).split("\0"))
    places = (layout.read_path(path) for path in paths)
    return {place.document_id for place in places if place is not None}


def log_entries(
    commits_read: Iterable[CommitRecord],
    document_id: str | None,
    shown: Callable[[str], Mapping[VersionName, str]],
) -> Iterator[LogEntry]:
    """Yield one entry for each document a commit touched; `shown` gives the names of its versions as they are shown."""
    for commit in commits_read:
        touched: dict[str, dict[VersionName | None, set[str]]] = {}
        for change in commit.changes:
            place = layout.read_path(change.path)
            if place is not None and document_id in {None, place.document_id}:
                versions = touched.setdefault(place.document_id, {})
                versions.setdefault(place.version, set()).add(change.status)
        for touched_id, versions in touched.items():
            yield LogEntry(
                commit=commit.oid,
                recorded_at=commit.when,
                author=commit.author,
                action=_action(commit.trailers.actions, "A" in versions.get(None, ())),
                id=touched_id,
                versions=tuple(
                    shown(touched_id).get(name, str(name)) if name.mark else str(name)
                    for name in versions
                    if name
                ),
                subject=commit.subject,
            )


def _action(actions: frozenset[Action], is_new: bool) -> Action | None:
    """Return what a commit did to one document; a batch that adds and revises is told apart by the document."""
    if actions == {Action.ADD, Action.REVISE}:
        return Action.ADD if is_new else Action.REVISE
    return next(iter(sorted(actions)), None)
